//! `gridcode ask`: asks for a list, checks it, and writes the marked workbook beside it, for whom a terminal is foreign.

mod dropped;
mod result;

use std::io::{ErrorKind, IsTerminal as _, stdin};
use std::path::{Path, PathBuf};

use gridcode::Text;
use gridcode::census::{Account, Options, check};
use gridcode::diagnostic::Severity;
use gridcode::report::marked::{self, Checked};
use gridcode::report::text::{self, Style};
use gridcode::table::{Remedy, TableError};

use super::settings::{codebook, options};
use crate::Outcome;
use crate::cli::Ask;
use crate::failure::Failure;
use crate::inputs;
use crate::interrupt;
use crate::output::Output;
use crate::progress::Progress;
use crate::window;

/// How often what no person types may be wrong.
const TRIES: usize = 5;

pub fn run(args: &Ask, output: &mut Output) -> Result<Outcome, Failure> {
    let book = codebook(&args.codebook)?;
    let mut options = options(&book, &args.reading, Some(&args.judging), output)?;
    // Who drops a file on a window types no options.
    options.read.remedy = Remedy::Sheet;
    if args.files.is_empty() {
        return ask(&options, output);
    }
    let (done, failed) = each(&args.files, &options, output)?;
    Ok(done.max(failed).unwrap_or(Outcome::Sound))
}

/// Asks until a list could be checked, or nobody names one any more.
fn ask(options: &Options<'_>, output: &mut Output) -> Result<Outcome, Failure> {
    output.note(&Text::fixed(
        "检查住户名单：请把名单文件（Excel、WPS 或 CSV）拖进这个窗口，再按回车键。\n名单不会被改动，也不会上传；结果写成旁边的一个新文件。不想检查了，直接按回车键。",
        "To check a household list, drop its file (Excel, WPS or CSV) on this window and press Enter.\nThe list is not changed and not sent anywhere; the result is a new file beside it. Enter alone leaves.",
    ));
    let question = Text::fixed("名单文件：", "list: ");
    let mut left = Outcome::Sound;
    for attempt in 1.. {
        output.question(&question);
        let Some(line) = window::line()? else {
            // The answer that did not come ends no line.
            output.question(&Text::fixed("\n", "\n"));
            break;
        };
        if line.trim().is_empty() {
            break;
        }
        let (done, failed) = each(&named(&line), options, output)?;
        if let Some(done) = done {
            return Ok(done.max(failed.unwrap_or(done)));
        }
        left = Outcome::Failed;
        if attempt >= TRIES && !stdin().is_terminal() {
            output.note(&Text::new(
                format!("试了 {TRIES} 次都没有可以检查的名单，不再询问"),
                format!(
                    "no list could be checked in {TRIES} attempts, and no further is asked for"
                ),
            ));
            return Ok(left);
        }
        output.note(&Text::fixed(
            "请再拖入一个文件，或直接按回车键退出。",
            "Please drop another file, or press Enter to leave.",
        ));
    }
    output.note(&Text::fixed(
        "没有检查名单。需要时再打开就好，再见！",
        "No list was checked. Come back whenever you like; goodbye!",
    ));
    Ok(left)
}

/// The paths that a line names: the first reading of which all exist.
fn named(line: &str) -> Vec<PathBuf> {
    let mut readings = dropped::readings(line);
    let real = readings
        .iter()
        .position(|paths| paths.iter().all(|path| path.exists()));
    readings.swap_remove(real.unwrap_or(0))
}

/// Checks one list after the other: the worst of what was found, where one could be checked, and whether one could not.
fn each(
    files: &[PathBuf],
    options: &Options<'_>,
    output: &mut Output,
) -> Result<(Option<Outcome>, Option<Outcome>), Failure> {
    let (mut done, mut failed) = (None, None);
    for (place, path) in files.iter().enumerate() {
        if place > 0 {
            output.note(&Text::fixed("", ""));
        }
        match one(path, options, output) {
            Ok(outcome) => done = done.max(Some(outcome)),
            Err(failure) if interrupt::asked() || matches!(failure, Failure::BrokenPipe) => {
                return Err(failure);
            }
            Err(failure) => {
                output.failure(&failure);
                failed = Some(Outcome::Failed);
            }
        }
    }
    Ok((done, failed))
}

/// Checks a list and writes its marked workbook.
fn one(path: &Path, options: &Options<'_>, output: &mut Output) -> Result<Outcome, Failure> {
    is_file(path)?;
    let progress = Progress::new(output);
    let mut options = options.clone();
    options.watch = Some(&progress);
    let inputs::Input { name, source, .. } = inputs::one(path)?;
    let unreadable = |error: TableError| Failure::said_by(&name, &error.message_for(Remedy::Sheet));
    let macros = marked::has_macros(&source, &options.read).map_err(unreadable)?;
    let (begun, moved) = result::begin(path, &source, macros, output.lang(), &result::others())?;
    let mut findings = Vec::new();
    let checked = check(&source, &options, &mut |finding| findings.push(finding));
    progress.clear();
    let account = checked.map_err(unreadable)?;
    for note in account.notes.iter().chain(&moved) {
        output.note(note);
    }
    let list = Checked {
        source: &source,
        options: &options,
        account: &account,
        findings: &findings,
        lang: output.lang(),
    };
    let written = begun.write(&list, output)?;
    said(path, &account, &written, output)?;
    Ok(if account.findings(Severity::Error) > 0 {
        Outcome::Findings
    } else {
        Outcome::Sound
    })
}

/// What is no file is told in words that say what to do instead.
fn is_file(path: &Path) -> Result<(), Failure> {
    let name = path.display();
    match path.metadata() {
        Ok(about) if about.is_dir() => Err(Failure::said(
            format!("“{name}”是文件夹；请打开它，把里面的名单文件拖进来"),
            format!("`{name}` is a folder: open it and drop the list that is in it"),
        )),
        Err(error) if is_no_path(error.kind()) => Err(Failure::said(
            format!("找不到“{name}”；请从文件夹里把文件拖进来，不用打字"),
            format!(
                "`{name}` is not there: drop the file from its folder, there is no need to type"
            ),
        )),
        // Anything else is told by whoever reads it.
        _ => Ok(()),
    }
}

/// Whether nothing can be under such a name: what somebody types need not be one.
fn is_no_path(kind: ErrorKind) -> bool {
    use ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    matches!(
        kind,
        NotFound | NotADirectory | InvalidFilename | InvalidInput
    )
}

/// The result in a few lines: what was found, every row accounted for, and where to look.
fn said(
    path: &Path,
    account: &Account,
    written: &Path,
    output: &mut Output,
) -> Result<(), Failure> {
    let lang = output.lang();
    let name = path.file_name().unwrap_or(path.as_os_str());
    let name = name.display();
    let tally = text::tally(std::slice::from_ref(account), lang);
    let title = lang.pick(
        format!("已检查“{name}”：{tally}"),
        format!("`{name}` checked: {tally}"),
    );
    let style = if account.findings(Severity::Error) > 0 {
        Style::Error
    } else {
        Style::Title
    };
    let title = output.paint(style, &title);
    output.line(&title)?;
    output.line(&text::account(&account.total(), lang))?;
    let written = written.display();
    let place = lang.pick(
        format!("结果已写入“{written}”"),
        format!("result written to `{written}`"),
    );
    output.line(&text::escape(&place))?;
    let all: u64 = [Severity::Error, Severity::Warning, Severity::Note]
        .map(|severity| account.findings(severity))
        .iter()
        .sum();
    if all > 0 {
        output.note(&Text::fixed(
            "用 Excel 或 WPS 打开它：有问题的格子标了颜色，批注写着怎样改，“汇总”表列出全部问题。改好后把它再拖到本程序上检查一次。",
            "Open it in Excel or WPS: marked cells are coloured, their comments say what to write, and a summary lists all of it. Correct them there, then drop that workbook on this program to check it again.",
        ));
    }
    Ok(())
}
