//! `gridcode man`: man pages, from the same definition as the command line.

use clap::CommandFactory as _;
use gridcode::Lang;

use crate::Outcome;
use crate::cli::{Cli, Man};
use crate::failure::Failure;
use crate::output::Output;

pub fn run(args: &Man, output: &mut Output) -> Result<Outcome, Failure> {
    let mut command = Cli::command();
    command.build();
    let lang = output.lang();
    let Some(folder) = &args.folder else {
        output.print(&page(command, lang)?)?;
        return Ok(Outcome::Sound);
    };
    std::fs::create_dir_all(folder)?;
    for sub in command.get_subcommands() {
        let name = format!("gridcode-{}", sub.get_name());
        let text = page(sub.clone(), lang)?;
        std::fs::write(folder.join(format!("{name}.1")), text)?;
    }
    std::fs::write(folder.join("gridcode.1"), page(command, lang)?)?;
    Ok(Outcome::Sound)
}

/// One page; the headings that come from elsewhere are English, and are put into the language of the run.
fn page(command: clap::Command, lang: Lang) -> Result<String, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .source(concat!("gridcode ", env!("CARGO_PKG_VERSION")))
        .render(&mut page)?;
    let page = String::from_utf8_lossy(&page).into_owned();
    if lang == Lang::En {
        return Ok(page);
    }
    let headings = [
        (".SH NAME", ".SH 名称"),
        (".SH SYNOPSIS", ".SH 概要"),
        (".SH DESCRIPTION", ".SH 说明"),
        (".SH OPTIONS", ".SH 选项"),
        (".SH EXTRA", ".SH 补充"),
        (".SH VERSION", ".SH 版本"),
    ];
    let lines = page.lines().map(|line| {
        headings
            .iter()
            .find(|(english, _)| *english == line)
            .map_or(line, |(_, chinese)| *chinese)
    });
    Ok(lines.flat_map(|line| [line, "\n"]).collect())
}
