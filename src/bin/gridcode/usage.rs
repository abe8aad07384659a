//! What clap has to say: its help as it stands, its errors in the language of the run.

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use gridcode::Lang;

use crate::cli::brief;
use crate::language::lang;

/// Whether `-h` was typed, which explains less than `--help`.
pub fn is_brief<'a>(arguments: impl Iterator<Item = &'a OsString>) -> bool {
    arguments
        .take_while(|argument| *argument != "--")
        .any(|argument| argument == "-h")
}

/// Prints help, version or a usage error; the exit code is 0 for what was asked, 2 for a mistake.
pub fn explain(error: &clap::Error) -> ExitCode {
    let asked = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    let said = match error.kind() {
        ErrorKind::MissingSubcommand => localised(&brief().render_help()),
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => localised(&error.render()),
        _ if lang() == Lang::En => error.render().ansi().to_string(),
        _ => wrong(error),
    };
    // A closed pipe is no fault.
    if asked {
        let _ = write!(anstream::stdout(), "{said}");
        ExitCode::SUCCESS
    } else {
        let _ = write!(anstream::stderr(), "{said}");
        ExitCode::from(2)
    }
}

/// clap writes its own few words in English, and a plain colon behind every heading.
fn localised(help: &StyledStr) -> String {
    let help = help.ansi().to_string();
    if lang() == Lang::En {
        return help;
    }
    let lines = help.split('\n').map(|line| {
        let line = line
            .replace("[OPTIONS]", "[选项]")
            .replace("Arguments:", "参数:")
            .replace("Options:", "选项:");
        let indented = line.starts_with(' ');
        let heading = (!indented).then(|| {
            // The colon is the last sign before the colour ends.
            let (text, end) = line.split_at(
                line.find(":\u{1b}")
                    .or_else(|| line.strip_suffix(':').map(str::len))?,
            );
            Some(format!("{text}：{}", end.get(1..)?))
        });
        heading.flatten().unwrap_or(line)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A usage error in Chinese, with the usage of the command it is about.
fn wrong(error: &clap::Error) -> String {
    let said = chinese(error);
    let usage = error
        .get(ContextKind::Usage)
        .map(ToString::to_string)
        .unwrap_or_default();
    let usage = usage
        .replace("Usage: ", "用法：")
        .replace("[OPTIONS]", "[选项]");
    let usage = usage.trim_end();
    // `用法：gridcode encode [选项] …`: the command is the words before the first bracket or option.
    let command: Vec<&str> = usage
        .trim_start_matches("用法：")
        .split_whitespace()
        .take_while(|word| word.starts_with(|c: char| c.is_ascii_lowercase()))
        .collect();
    let command = if command.is_empty() {
        "gridcode".to_owned()
    } else {
        command.join(" ")
    };
    let usage = if usage.is_empty() {
        String::new()
    } else {
        format!("{usage}\n")
    };
    format!("用法有误：{said}\n{usage}完整说明：{command} --help\n")
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
