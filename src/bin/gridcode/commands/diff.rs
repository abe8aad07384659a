//! `gridcode diff`: what is different between two lists, household by household.

use std::path::Path;

use gridcode::Text;
use gridcode::census::Target;
use gridcode::census::diff::{Diff as Compared, DiffError, Listed, Which, diff};
use gridcode::report::text::grouped;
use gridcode::report::{diff_json, diff_table, diff_text};
use gridcode::table::TableError;

use super::findings::{FOR_A_PERSON, write_json};
use super::settings::{codebook, day, options};
use super::target::{write_apart, write_to, written};
use crate::Outcome;
use crate::cli::{Diff, Format};
use crate::failure::Failure;
use crate::inputs;
use crate::output::Output;
use crate::progress::Progress;

pub fn run(args: &Diff, output: &mut Output) -> Result<Outcome, Failure> {
    let format = format_of(args)?;
    let is_pipe = |path: &Path| path.as_os_str() == "-";
    if is_pipe(&args.old) && is_pipe(&args.new) {
        return Err(Failure::said(
            "两份名单不能都从标准输入读取：请写出其中一份的文件名",
            "both lists cannot come from standard input: name a file for one of them",
        ));
    }
    let book = codebook(&args.codebook)?;
    let mut options = options(&book, &args.reading, None, output)?;
    options.on = day(args.on.as_deref())?;
    let progress = Progress::new(output);
    options.watch = Some(&progress);
    let (old, new) = (inputs::one(&args.old)?, inputs::one(&args.new)?);
    let compared =
        diff(&old.source, &new.source, &options).map_err(|DiffError { which, error }| {
            let name = match which {
                Which::Old => &old.name,
                Which::New => &new.name,
            };
            Failure::table(name.clone(), *error)
        })?;
    progress.clear();
    for (listed, name) in [(&compared.old, &old.name), (&compared.new, &new.name)] {
        for note in &listed.account.notes {
            output.note(&Text::new(
                format!("{name}：{}", note.zh),
                format!("{name}: {}", note.en),
            ));
        }
    }
    let most = match (args.max_changes, format) {
        (Some(0), _) | (None, Format::Json | Format::Ndjson | Format::Csv) => None,
        (Some(most), _) => Some(most),
        (None, Format::Text) => Some(FOR_A_PERSON),
    };
    let shown = most.unwrap_or(usize::MAX).min(compared.changes.len());
    if let Some(path) = &args.output {
        let source = &new.source;
        let (read, writing) = (&options.read, &args.writing);
        let is_workbook = path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("xlsx"));
        let lang = output.lang();
        let sources = (source, &[&old.source][..]);
        write_apart(path, sources, read, writing, output.stdout(), |target| {
            table(&compared, compared.changes.len(), lang, target)?;
            if is_workbook {
                totals(&compared, lang, target)
            } else {
                Ok(())
            }
        })?;
    }
    let by_file = args.output.as_deref().is_some_and(is_pipe);
    match format {
        _ if by_file => {}
        Format::Json | Format::Ndjson => {
            let report = diff_json::Report::new(&compared, &book, options.on, most);
            write_json(output, &report, output.is_terminal())?;
        }
        Format::Csv => {
            let lang = output.lang();
            let path = Path::new("-");
            write_to(
                path,
                &new.source,
                &options.read,
                &args.writing,
                output.stdout(),
                |target| table(&compared, shown, lang, target),
            )?;
        }
        Format::Text => print(&compared, shown, output)?,
    }
    if by_file || format == Format::Csv {
        let lang = output.lang();
        let totals = diff_text::totals(&compared, lang, &gridcode::report::text::plain);
        output.note(&Text::new(
            totals.trim_end().to_owned(),
            totals.trim_end().to_owned(),
        ));
    }
    for note in &compared.notes {
        output.note(note);
    }
    account(&compared.old, &old.name, output);
    account(&compared.new, &new.name, output);
    if let Some(path) = args.output.as_deref().filter(|path| !is_pipe(path)) {
        output.note(&written(path));
    }
    Ok(if compared.is_same() {
        Outcome::Sound
    } else {
        Outcome::Findings
    })
}

fn format_of(args: &Diff) -> Result<Format, Failure> {
    let format = if args.json { Format::Json } else { args.format };
    let to_stdout = args
        .output
        .as_deref()
        .is_some_and(|path| path.as_os_str() == "-");
    if format == Format::Ndjson {
        return Err(Failure::said(
            "--format 此处应为 text、json 或 csv",
            "--format: expected text, json or csv",
        ));
    }
    if to_stdout && format != Format::Text {
        return Err(Failure::said(
            "-o - 已把变化输出到标准输出，不能再用 --format：请用 -o 写入文件",
            "-o - sends the differences to standard output, where --format would be mixed with them: name a file with -o",
        ));
    }
    Ok(format)
}

/// The households that are different, as a table.
fn table(
    compared: &Compared,
    shown: usize,
    lang: gridcode::Lang,
    target: &mut dyn Target,
) -> Result<(), TableError> {
    target.sheet(Some(lang.pick("变化", "changes")), 1)?;
    target.row(&mut diff_table::header(lang).into_iter())?;
    for change in compared.changes.iter().take(shown) {
        let row = diff_table::row(change, lang);
        target.row(&mut row.iter().map(String::as_str))?;
    }
    Ok(())
}

/// The totals, as a sheet of their own.
fn totals(
    compared: &Compared,
    lang: gridcode::Lang,
    target: &mut dyn Target,
) -> Result<(), TableError> {
    target.sheet(Some(lang.pick("汇总", "totals")), 1)?;
    target.row(&mut diff_table::totals_header(lang).into_iter())?;
    for row in diff_table::totals(compared, lang) {
        target.row(&mut row.iter().map(String::as_str))?;
    }
    Ok(())
}

/// For a person: the households, then the totals.
fn print(compared: &Compared, shown: usize, output: &mut Output) -> Result<(), Failure> {
    let lang = output.lang();
    for change in compared.changes.iter().take(shown) {
        let line = diff_text::change(change, lang, &|style, text| output.paint(style, text));
        output.line(&line)?;
    }
    let hidden = compared.changes.len() - shown;
    if hidden > 0 {
        let hidden = grouped(hidden as u64);
        let more = lang.pick(
            format!("另有 {hidden} 户变化未显示；--max-changes 0 全部显示"),
            format!("{hidden} more differences are not shown; --max-changes 0 shows all"),
        );
        output.line(&more)?;
    }
    if !compared.is_same() {
        output.line("")?;
    }
    let totals = diff_text::totals(compared, lang, &|style, text| output.paint(style, text));
    output.print(&totals)
}

/// What became of the rows of one list, and what to do about those that could not be compared.
fn account(listed: &Listed, name: &str, output: &mut Output) {
    output.note(&Text::of(|lang| {
        let said = diff_text::listed(listed, lang);
        let colon = lang.pick("：", ": ");
        let advice = if listed.repeated + listed.unnamed == 0 {
            String::new()
        } else {
            lang.pick(
                format!("；gridcode validate {name} 指出是哪些行"),
                format!("; `gridcode validate {name}` names the rows"),
            )
        };
        format!("{name}{colon}{said}{advice}")
    }));
}
