//! `gridcode fix`: what can be put right, written where it stands, and what stood there kept.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use gridcode::Text;
use gridcode::census::Options;
use gridcode::census::fix::{Plan, Repair, fix_text, plan};
use gridcode::code::Confidence;
use gridcode::diagnostic::Severity;
use gridcode::report::{fix_json, fix_text as words, fixed_workbook, text};
use gridcode::table::{
    Book, CsvOptions, CsvWriter, Format as FileFormat, Output as File, RowWriter as _, Source,
    TableError,
};
use gridcode::workbook::{Workbook, WorkbookError};

use super::findings::{FOR_A_PERSON, write_json, write_row};
use super::settings::{codebook, options};
use super::target::written;
use crate::Outcome;
use crate::cli::{Fix, Format};
use crate::failure::Failure;
use crate::inputs;
use crate::interrupt;
use crate::output::Output;
use crate::progress::Progress;

/// What has been done, and the cells that are to be told of.
struct Done<'p> {
    cells: u64,
    shown: Vec<(&'p Repair, Option<String>)>,
    log: Option<String>,
    /// Whether a workbook of an older format was written anew.
    rewritten: bool,
    /// Whether the workbook still shows the marks of an earlier check.
    marked: bool,
}

pub fn run(args: &Fix, output: &mut Output) -> Result<Outcome, Failure> {
    let format = if args.json { Format::Json } else { args.format };
    if format == Format::Ndjson {
        return Err(Failure::said(
            "--format 此处应为 text、json 或 csv",
            "--format: expected text, json or csv",
        ));
    }
    let book = codebook(&args.codebook)?;
    let mut options = options(&book, &args.reading, Some(&args.judging), output)?;
    let progress = Progress::new(output);
    options.watch = Some(&progress);
    let input = inputs::one(&args.input)?;
    let failed = |error| Failure::table(input.name.clone(), error);
    let is_text = Book::open(&input.source, &options.read)
        .map_err(failed)?
        .format()
        == FileFormat::Text;
    if let Some(path) = &args.output {
        check_name(path, is_text)?;
    }
    let upto = if args.suggested {
        Confidence::Suggested
    } else {
        Confidence::Safe
    };
    let mut planned = plan(&input.source, &options, upto, &BTreeSet::new()).map_err(failed)?;
    if !is_text {
        let formulas = fixed_workbook::formulas(&input.source, &options.read, &planned)
            .map_err(|error| Failure::said_by(&input.name, &error.message()))?;
        if !formulas.is_empty() {
            planned = plan(&input.source, &options, upto, &formulas).map_err(failed)?;
        }
    }
    progress.clear();
    let most = match (args.max_fixes, format) {
        (Some(0), _) | (None, Format::Json | Format::Ndjson | Format::Csv) => usize::MAX,
        (Some(most), _) => most,
        (None, Format::Text) => FOR_A_PERSON,
    };
    let work = Work {
        args,
        source: &input.source,
        options: &options,
        plan: &planned,
        most,
        lang: output.lang(),
    };
    let done = if is_text {
        work.text().map_err(failed)?
    } else {
        work.workbook(&input.name)?
    };
    for note in &planned.before.notes {
        output.note(note);
    }
    tell(&done, &planned, args, format, &options, output)?;
    let errors = planned.after.findings(Severity::Error);
    Ok(
        if args.dry_run && done.cells > 0 || !args.dry_run && errors > 0 {
            Outcome::Findings
        } else {
            Outcome::Sound
        },
    )
}

/// What comes in as text goes out as it came; what comes in as a workbook goes out as one.
fn check_name(path: &Path, is_text: bool) -> Result<(), Failure> {
    let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    let ending = ending.as_ref().and_then(|ending| ending.to_str());
    let name = path.display();
    match (is_text, ending) {
        (true, Some("csv" | "tsv" | "txt")) | (false, Some("xlsx" | "xlsm")) => Ok(()),
        (true, _) => Err(Failure::said(
            format!("不能写成“{name}”：文本名单改好后仍是文本，文件名应以 .csv、.tsv 或 .txt 结尾"),
            format!(
                "cannot write `{name}`: a text list stays one; name a file ending in .csv, .tsv or .txt"
            ),
        )),
        (false, _) => Err(Failure::said(
            format!("不能写成“{name}”：工作簿改好后仍是工作簿，文件名应以 .xlsx 结尾"),
            format!("cannot write `{name}`: a workbook stays one; name a file ending in .xlsx"),
        )),
    }
}

/// All that is known before anything is written.
struct Work<'w> {
    args: &'w Fix,
    source: &'w Source,
    options: &'w Options<'w>,
    plan: &'w Plan,
    most: usize,
    lang: gridcode::Lang,
}

impl<'w> Work<'w> {
    /// A cell that is told of, with what stands there if that may be shown.
    fn shown(&self, repair: &'w Repair, before: &str) -> (&'w Repair, Option<String>) {
        let may = repair.shown || self.options.settings.show_values || before.is_empty();
        (repair, may.then(|| before.to_owned()))
    }

    /// A text: copied, but for the cells that are written anew.
    fn text(&self) -> Result<Done<'w>, TableError> {
        let mut shown = Vec::new();
        let read = &self.options.read;
        let Some(path) = &self.args.output else {
            let cells = fix_text(
                self.source,
                read,
                self.plan,
                &mut std::io::sink(),
                &mut |repair, before| {
                    if shown.len() < self.most {
                        shown.push(self.shown(repair, before));
                    }
                    Ok(())
                },
            )?;
            return Ok(Done {
                cells,
                shown,
                log: None,
                rewritten: false,
                marked: false,
            });
        };
        let log_path = log_beside(path);
        let mut file = File::create(path, &[self.source])?;
        interrupt::unfinished(file.temporary());
        let mut log = File::create(&log_path, &[self.source])?;
        let mut writer = CsvWriter::new(&mut log, &CsvOptions::default())?;
        writer.write_row(&mut words::header(self.lang).into_iter())?;
        let cells = fix_text(
            self.source,
            read,
            self.plan,
            &mut file,
            &mut |repair, before| {
                if shown.len() < self.most {
                    shown.push(self.shown(repair, before));
                }
                let row = words::row(repair, before, self.lang);
                writer.write_row(&mut row.iter().map(AsRef::as_ref))
            },
        )?;
        Box::new(writer).finish()?;
        file.flush()?;
        // Whoever finds the list finds what was changed in it.
        log.commit()?;
        file.commit()?;
        interrupt::unfinished(None);
        let log = Some(log_path.display().to_string());
        Ok(Done {
            cells,
            shown,
            log,
            rewritten: false,
            marked: false,
        })
    }

    /// A workbook: changed in place, with a sheet that keeps what stood in the cells.
    fn workbook(&self, name: &str) -> Result<Done<'w>, Failure> {
        let mut shown = Vec::new();
        let failed = |error: WorkbookError| Failure::said_by(name, &error.message());
        let mut write = |target: &mut dyn Write| {
            let read = &self.options.read;
            fixed_workbook::write(
                self.source,
                read,
                self.plan,
                self.lang,
                target,
                &mut |repair, before| {
                    if shown.len() < self.most {
                        shown.push(self.shown(repair, before));
                    }
                },
            )
        };
        let fixed = match &self.args.output {
            None => write(&mut std::io::sink()).map_err(failed)?,
            Some(path) => {
                self.check_macros(path).map_err(failed)??;
                let refused = |error| Failure::table(path.display().to_string(), error);
                let mut file = File::create(path, &[self.source]).map_err(refused)?;
                interrupt::unfinished(file.temporary());
                let fixed = write(&mut file).map_err(failed)?;
                let kept = file.commit().map_err(refused);
                interrupt::unfinished(None);
                kept?;
                fixed
            }
        };
        let log = fixed.log.filter(|_| self.args.output.is_some());
        Ok(Done {
            cells: fixed.done,
            shown,
            log,
            rewritten: fixed.rewritten,
            marked: fixed.marked && fixed.done > 0 && self.args.output.is_some(),
        })
    }

    /// Excel opens a workbook with macros only under the name of one.
    fn check_macros(&self, path: &Path) -> Result<Result<(), Failure>, WorkbookError> {
        let named = path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("xlsm"));
        let is_xlsx = Book::open(self.source, &self.options.read)?.format() == FileFormat::Xlsx;
        let has = is_xlsx && Workbook::open(self.source)?.has_macros()?;
        Ok(if has == named {
            Ok(())
        } else if has {
            Err(Failure::said(
                "名单含有宏，改好后也是：文件名应以 .xlsm 结尾",
                "the list has macros and keeps them: name a file ending in .xlsm",
            ))
        } else {
            Err(Failure::said(
                "名单没有宏：文件名应以 .xlsx 结尾",
                "the list has no macros: name a file ending in .xlsx",
            ))
        })
    }
}

/// `住户_改.csv` is logged in `住户_改.fixes.csv`.
fn log_beside(path: &Path) -> PathBuf {
    path.with_extension("fixes.csv")
}

/// Tells of the cells, of what is left, and what the list is now.
fn tell(
    done: &Done<'_>,
    plan: &Plan,
    args: &Fix,
    format: Format,
    options: &Options<'_>,
    output: &mut Output,
) -> Result<(), Failure> {
    let lang = output.lang();
    let path = args.output.as_ref().map(|path| path.display().to_string());
    match format {
        Format::Json | Format::Ndjson => {
            let run = fix_json::Run {
                output: path.as_deref(),
                log: done.log.as_deref(),
                suggested: args.suggested,
                repaired: done.cells,
            };
            let report =
                fix_json::Report::new(plan, &done.shown, run, options.codebook, options.on);
            let pretty = output.is_terminal();
            write_json(output, &report, pretty)?;
        }
        Format::Csv => {
            write_row(output, words::header(lang))?;
            for (repair, before) in &done.shown {
                let row = words::row(repair, before.as_deref().unwrap_or_default(), lang);
                write_row(output, row.iter().map(AsRef::as_ref))?;
            }
        }
        Format::Text => {
            for (repair, before) in &done.shown {
                let line = words::line(repair, before.as_deref(), lang, &|style, text| {
                    output.paint(style, text)
                });
                output.line(&line)?;
            }
            let hidden = done.cells.saturating_sub(done.shown.len() as u64);
            if hidden > 0 {
                let hidden = text::grouped(hidden);
                output.line(&lang.pick(
                    format!("……还有 {hidden} 格未显示；--max-fixes 0 显示全部"),
                    format!("… and {hidden} more; --max-fixes 0 prints all"),
                ))?;
            }
        }
    }
    let lines = |lang| words::account(done.cells, &plan.left, args.dry_run, lang);
    let both = lines(gridcode::Lang::Zh)
        .into_iter()
        .zip(lines(gridcode::Lang::En));
    for (zh, en) in both {
        output.note(&Text::new(zh, en));
    }
    let repeats = plan.new_repeats();
    if repeats > 0 {
        let repeats = text::grouped(repeats);
        output.note(&Text::new(
            format!("注意：改后有 {repeats} 行与别的行是同一户，改前看不出来；请用 gridcode validate 查看"),
            format!("note: {repeats} rows now are the same household as another, which could not be seen before; see `gridcode validate`"),
        ));
    }
    output.note(&Text::of(|lang| {
        let tally = text::tally(std::slice::from_ref(&plan.after), lang);
        let total = text::account(&plan.after.total(), lang);
        let after = lang.pick("改后：", "afterwards: ");
        format!("{after}{tally}\n{total}")
    }));
    if let Some(path) = &args.output {
        output.note(&written(path));
    }
    if let Some(log) = &done.log {
        output.note(&Text::new(
            format!("原来的内容记在“{log}”"),
            format!("what stood in the cells is kept in `{log}`"),
        ));
    }
    if done.marked {
        output.note(&Text::fixed(
            "工作簿里的颜色、批注和右边三列还是上次检查的；请用 gridcode validate -o 再检查一次，换成新的",
            "colours, comments and the three columns in the workbook are still those of the last check; check it again with `gridcode validate -o` to renew them",
        ));
    }
    if done.rewritten && path.is_some() {
        output.note(&Text::fixed(
            "名单不是 .xlsx，已另写成 .xlsx：各格都是文本，格式、公式、批注等不保留；要保留请先用 Excel 或 WPS 另存为 .xlsx",
            "the list is no .xlsx and was written anew as one: its cells are texts; formats, formulas and comments are not kept; to keep them, save it as .xlsx first",
        ));
    }
    Ok(())
}
