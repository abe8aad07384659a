//! `gridcode encode`: the list as it was, with the code of every household.

use std::io::{self, Write};

use gridcode::Text;
use gridcode::census::{self, Encoded};
use gridcode::diagnostic::{Diagnostic, Severity};
use gridcode::report::text::{self, grouped};

use super::findings::{Printer, more_of};
use super::settings::{codebook, options};
use super::target::{write_to, written};
use super::update;
use crate::Outcome;
use crate::cli::{Encode, Format};
use crate::failure::Failure;
use crate::inputs;
use crate::output::Output;
use crate::progress::Progress;

pub fn run(args: &Encode, output: &mut Output) -> Result<Outcome, Failure> {
    let book = codebook(&args.codebook)?;
    let mut options = options(&book, &args.reading, Some(&args.judging), output)?;
    let progress = Progress::new(output);
    options.watch = Some(&progress);
    let to_stdout = args.output.as_os_str() == "-";

    if to_stdout && (args.json || args.format != Format::Text) {
        return Err(Failure::said(
            "-o - 已把名单输出到标准输出，问题清单不能再用 --format：请用 -o 写入文件",
            "-o - sends the list to standard output, where findings in --format would be mixed with it: name a file with -o",
        ));
    }

    if let Some(old) = &args.update {
        return update::run(args, old, &book, &options, output);
    }
    let input = inputs::one(&args.input)?;
    let format = if args.json { Format::Json } else { args.format };
    let mut printer = Printer::new(format, args.max_errors, &book, options.on, false, output);
    let mut file = printer.file(input.source.name());
    let list = |stdout: &mut dyn Write, sink: &mut dyn FnMut(Diagnostic)| {
        let (path, source) = (&args.output, &input.source);
        write_to(
            path,
            source,
            &options.read,
            &args.writing,
            stdout,
            |target| census::encode(source, &options, target, sink),
        )
    };
    let done = if to_stdout {
        list(output.stdout(), &mut |finding| {
            file.push(finding);
        })?
    } else {
        let mut said = Ok(());
        let done = list(&mut io::sink(), &mut |finding| {
            if file.push(finding) && said.is_ok() {
                progress.clear();
                said = printer.some(&mut file, output);
            }
        });
        let done = done?;
        said?;
        done
    };
    progress.clear();
    for note in &done.account.notes {
        output.note(note);
    }
    let uncoded = done.uncoded;
    for note in account(&done) {
        output.note(&note);
    }
    let errors = done.account.findings(Severity::Error);
    if to_stdout {
        // The list itself is on stdout; the findings are told in words about the run.
        let findings = file.in_order();
        for finding in &findings {
            output.note(&Text::of(|lang| text::finding(finding, lang, &text::plain)));
        }
        let all = [Severity::Error, Severity::Warning, Severity::Note]
            .map(|severity| done.account.findings(severity));
        let hidden = all
            .iter()
            .sum::<u64>()
            .saturating_sub(findings.len() as u64);
        if hidden > 0 {
            output.note(&more_of(&grouped(hidden)));
        }
        output.note(&Text::of(|lang| {
            let tally = text::tally(std::slice::from_ref(&done.account), lang);
            let total = text::account(&done.account.total(), lang);
            format!("{tally}\n{total}")
        }));
    } else {
        printer.file_end(done.account, file, output)?;
        printer.end(output)?;
        output.note(&written(&args.output));
    }
    Ok(if errors > 0 || uncoded > 0 {
        Outcome::Findings
    } else {
        Outcome::Sound
    })
}

pub fn account(done: &Encoded) -> Vec<Text> {
    let (coded, uncoded, changed) = (
        grouped(done.coded),
        grouped(done.uncoded),
        grouped(done.changed),
    );
    let mut notes = vec![Text::new(
        format!("已编码 {coded} 户，未能编码 {uncoded} 户，与原编码不同 {changed} 户"),
        format!(
            "{coded} households coded, {uncoded} not coded, {changed} with another code than before"
        ),
    )];
    if done.without_ages > 0 {
        let count = grouped(done.without_ages);
        notes.push(Text::new(
            format!("{count} 户没有年龄、出生日期或身份证号，无法判断标记；原编码中由年龄得出的标记予以保留"),
            format!("{count} households have no age, birth date or ID number, so no flag can be told; flags that follow from ages are kept from the former codes"),
        ));
    }
    if done.flags_left_out > 0 {
        let count = grouped(done.flags_left_out);
        notes.push(Text::new(
            format!("{count} 户原编码中的标记没有公开含义（如 5、7），不写入新编码；原文件不变"),
            format!("{count} former codes have flags whose meaning is not published (such as 5, 7): they are not written again; the input file is unchanged"),
        ));
    }
    if done.emptied > 0 {
        let count = grouped(done.emptied);
        notes.push(Text::new(
            format!("{count} 户原有编码但这次无法编码，该格留空；原编码仍在输入文件中"),
            format!("{count} households had a code and could not be coded now: their cells are empty; the former codes stay in the input file"),
        ));
    }
    notes
}
