//! What clap has to say: its help as it stands, its errors in the language of the run.

use std::io::Write as _;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use gridcode::Lang;

use crate::language::lang;

/// Prints help, version or a usage error; the exit code is 0 for what was asked, 2 for a mistake.
pub fn explain(error: &clap::Error) -> ExitCode {
    let asked = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    let help = asked || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if help || lang() == Lang::En {
        // A closed pipe is no fault.
        let _ = error.print();
    } else {
        let _ = writeln!(
            std::io::stderr(),
            "用法有误：{}\n用 gridcode --help 查看帮助",
            chinese(error)
        );
    }
    if asked {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    }
}

fn chinese(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let said = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有 {argument} 这个选项"),
        ErrorKind::InvalidSubcommand => {
            format!("没有 {} 这个命令", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 缺少值"),
        ErrorKind::InvalidValue => format!(
            "{argument} 不能是“{value}”，可用：{}",
            context(ContextKind::ValidValue)
        ),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error)
                .map(ToString::to_string)
                .unwrap_or_default();
            format!(
                "{argument} 不能是“{value}”{}{why}",
                if why.is_empty() { "" } else { "：" }
            )
        }
        ErrorKind::ArgumentConflict => format!(
            "{argument} 不能与 {} 同时使用",
            context(ContextKind::PriorArg)
        ),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 的值个数不对")
        }
        _ => error.to_string(),
    };
    let mut nearest = Vec::new();
    for kind in [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ] {
        let text = context(kind);
        if !text.is_empty() {
            nearest.push(text);
        }
    }
    if nearest.is_empty() {
        said
    } else {
        format!("{said}；是不是 {}？", nearest.join("、"))
    }
}
