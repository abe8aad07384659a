//! `gridcode encode --update`: last month's own sheet with this month's facts and codes.

use std::path::Path;

use gridcode::Text;
use gridcode::census::diff::Which;
use gridcode::census::{Options, UpdateError, Updated, update};
use gridcode::codebook::Codebook;
use gridcode::diagnostic::Severity;
use gridcode::report::text::{self, grouped};
use gridcode::table::{RowKind, TableError};

use super::encode::account;
use super::findings::Printer;
use super::target::{write_apart, written};
use crate::Outcome;
use crate::cli::{Encode, Format};
use crate::failure::Failure;
use crate::inputs::{self, Input};
use crate::output::Output;

pub fn run(
    args: &Encode,
    old: &Path,
    book: &Codebook,
    options: &Options<'_>,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let new = inputs::one(&args.input)?;
    let old = inputs::one(old)?;
    let to_stdout = args.output.as_os_str() == "-";
    let format = if args.json { Format::Json } else { args.format };
    let mut printer = Printer::new(format, args.max_errors, book, options.on, false, output);
    let mut file = printer.file(new.source.name());
    let mut failed = None;
    let sources = (&old.source, &[&new.source][..]);
    let (path, read, writing) = (&args.output, &options.read, &args.writing);
    let done = write_apart(path, sources, read, writing, output.stdout(), |target| {
        let mut sink = |finding| {
            file.push(finding);
        };
        update(&new.source, &old.source, options, target, &mut sink).map_err(|error| {
            let (why, error) = reason(error, &new, &old);
            failed = why;
            error
        })
    });
    let done = match (done, failed) {
        (Err(Failure::Table(_, _)), Some(why)) => return Err(why),
        (done, _) => done?,
    };
    for (notes, name) in [
        (&done.new.account.notes, &new.name),
        (&done.old.notes, &old.name),
    ] {
        for note in notes {
            output.note(&Text::new(
                format!("{name}：{}", note.zh),
                format!("{name}: {}", note.en),
            ));
        }
    }
    let errors = done.new.account.findings(Severity::Error);
    let mut told = told(&done, &new, &old);
    told.extend(account(&done.new));
    let uncoded = done.new.uncoded;
    if to_stdout {
        for finding in file.in_order() {
            output.note(&Text::of(|lang| {
                text::finding(&finding, lang, &text::plain)
            }));
        }
        output.note(&Text::of(|lang| {
            text::account(&done.new.account.total(), lang)
        }));
    } else {
        printer.file_end(done.new.account, file, output)?;
        printer.end(output)?;
    }
    for note in &told {
        output.note(note);
    }
    if !to_stdout {
        output.note(&written(&args.output));
    }
    Ok(if errors > 0 || uncoded > 0 {
        Outcome::Findings
    } else {
        Outcome::Sound
    })
}

/// Why it could not be done, in words where a table's own do not suffice; and an error that ends the writing.
fn reason(error: UpdateError, new: &Input, old: &Input) -> (Option<Failure>, TableError) {
    let said = |zh: String, en: String| (Some(Failure::said(zh, en)), TableError::Interrupted);
    let (name, other) = (&old.name, &new.name);
    match error {
        UpdateError::Table {
            which: Which::Old,
            error,
        } => (None, *error),
        UpdateError::Table { error, .. } => {
            let failure = Failure::table(new.name.clone(), *error);
            (Some(failure), TableError::Interrupted)
        }
        UpdateError::Persons => said(
            format!("{name}：旧名单是一行一人；--update 的旧名单应为一行一户"),
            format!(
                "{name}: the list has a row for each resident; --update needs one with a row for each household"
            ),
        ),
        UpdateError::NothingInCommon => said(
            format!(
                "{name} 与 {other} 没有一户相同，没有写出：请核对两份名单是否同一社区，楼栋、单元、房号是否都写明"
            ),
            format!(
                "{name} and {other} have no household in common, nothing is written: are both of the same community, and do both name community, building, entrance and unit alike?"
            ),
        ),
    }
}

fn told(done: &Updated, new: &Input, old: &Input) -> Vec<Text> {
    let [renewed, appended, gone] = [done.renewed, done.appended, done.gone].map(grouped);
    let some =
        |count: u64, one: &'static str, many: &'static str| if count == 1 { one } else { many };
    let renewed_rows = some(done.renewed, "row", "rows");
    let added = some(done.appended, "household", "households");
    let gone_rows = some(done.gone, "row", "rows");
    let (new_name, old_name) = (&new.name, &old.name);
    let mut notes = vec![Text::new(
        format!("更新 {renewed} 行，末尾新增 {appended} 户，不再列出 {gone} 行"),
        format!(
            "{renewed} {renewed_rows} brought up to date, {appended} {added} added at the end, {gone} {gone_rows} left out"
        ),
    )];
    if done.appended > 0 || done.gone > 0 {
        notes.push(Text::new(
            format!("gridcode diff {old_name} {new_name} 列出新增和减少的住户；{old_name} 不变"),
            format!("`gridcode diff {old_name} {new_name}` lists who moved in and out; `{old_name}` stays as it is"),
        ));
    }
    if !done.first_gone.is_empty() {
        let places: Vec<String> = done.first_gone.iter().map(ToString::to_string).collect();
        let more = done.gone > places.len() as u64;
        notes.push(Text::new(
            format!(
                "不再列出的行（{old_name}）：{}{}",
                places.join("、"),
                if more { "……" } else { "" }
            ),
            format!(
                "rows left out (of {old_name}): {}{}",
                places.join(", "),
                if more { ", …" } else { "" }
            ),
        ));
    }
    if let Some(rows) = done.old.total().skipped.get(&RowKind::Total) {
        notes.push(Text::new(
            format!("旧名单中的 {rows} 个合计行原样写出，其中的数没有重算"),
            format!("{rows} rows of sums in the old list are written as they were: their numbers are not counted anew"),
        ));
    }
    if done.unnamed > 0 {
        let count = grouped(done.unnamed);
        notes.push(Text::new(
            format!("旧名单有 {count} 行认不出是哪一户，原样保留；gridcode validate {old_name} 指出是哪些行"),
            format!("{count} rows of the old list do not tell which household they are and stay as they were; `gridcode validate {old_name}` names them"),
        ));
    }
    if done.repeated > 0 {
        let count = grouped(done.repeated);
        notes.push(Text::new(
            format!("新名单有 {count} 行的住户前面已登记，以第一行为准"),
            format!("{count} rows of the new list are of households that stand there already: the first one counts"),
        ));
    }
    notes
}
