//! `gridcode assign`: every grid its people, what is missing, and the sheet that says who answers for what.

use std::io::Write as _;
use std::path::Path;

use gridcode::Text;
use gridcode::diagnostic::Severity;
use gridcode::report::staff::{sheet, summary, wecom};
use gridcode::report::text;
use gridcode::staff::{AssignOptions, Assignment};
use gridcode::table::{Output as File, ReadOptions, Source};

use super::findings::write_json;
use super::people::{Staffed, personal, say, staffed};
use super::plan_file::is_json_file;
use super::settings::{codebook, options};
use super::target::{write_to, written};
use crate::Outcome;
use crate::cli::{Assign, AssignFormat, Rows};
use crate::failure::Failure;
use crate::interrupt;
use crate::output::Output;

pub fn run(args: &Assign, output: &mut Output) -> Result<Outcome, Failure> {
    let format = if args.json {
        AssignFormat::Json
    } else {
        args.format
    };
    let to_stdout = args
        .output
        .as_deref()
        .is_some_and(|path| path.as_os_str() == "-");
    if to_stdout && format != AssignFormat::Text {
        return Err(Failure::said(
            "-o - 已把分工表输出到标准输出，不能再用 --format json 或 wecom",
            "-o - sends the duties to standard output, where --format json or wecom would be mixed with them",
        ));
    }
    let book = codebook(&args.codebook)?;
    let reading = options(&book, &args.reading, None, output)?;
    let wishes = AssignOptions {
        priority_weight: args.priority_weight,
        most_grids: args.most_grids,
        show_values: args.people.show_values,
    };
    let Staffed {
        mut assignment,
        read,
        wrong_rows,
    } = staffed(
        &args.grids,
        &args.rosters,
        args.previous.as_deref(),
        &args.people,
        (&reading, wishes),
        output,
    )?;
    // What the files have wrong comes first, in the JSON too.
    assignment.findings.splice(..0, read);
    let wants_tree =
        format == AssignFormat::Wecom || args.output.as_deref().is_some_and(is_json_file);
    let (tree, of_tree) = if wants_tree {
        wecom::tree(&assignment)
    } else {
        Default::default()
    };
    if let Some(path) = &args.output {
        if is_json_file(path) {
            write_tree(path, &tree, args)?;
        } else {
            write_sheet(path, args, &reading.read, &assignment, output)?;
        }
    }
    match format {
        AssignFormat::Text => {}
        AssignFormat::Json => {
            let json = summary::json(&assignment, personal(&args.people, false));
            write_json(output, &json, output.is_terminal())?;
        }
        AssignFormat::Wecom => write_json(output, &tree, output.is_terminal())?,
    }
    let all = || assignment.findings.iter().chain(&of_tree);
    say(all(), output);
    for line in summary::lines(&assignment, output.lang()) {
        if format == AssignFormat::Text && !to_stdout {
            output.line(&line)?;
        } else {
            output.note(&Text::new(line.clone(), line));
        }
    }
    output.note(&summary::account(&assignment.roster.account));
    if wrong_rows > 0 {
        output.note(&Text::new(
            format!(
                "网格所在的名单有 {} 处错误，逐格的问题见 gridcode validate",
                text::grouped(wrong_rows)
            ),
            format!(
                "the list of the grids holds {} errors; `gridcode validate` names every cell",
                text::grouped(wrong_rows)
            ),
        ));
    }
    if let Some(path) = args
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != "-")
    {
        output.note(&written(path));
    }
    let is_sound = all().all(|finding| finding.severity != Severity::Error);
    Ok(if is_sound {
        Outcome::Sound
    } else {
        Outcome::Findings
    })
}

fn write_sheet(
    path: &Path,
    args: &Assign,
    read: &ReadOptions,
    assignment: &Assignment,
    output: &mut Output,
) -> Result<(), Failure> {
    let lang = output.lang();
    let phones = args.people.show_values;
    let source = Source::path(&args.grids);
    // Neither the grids nor the rosters may be written over.
    for input in args.rosters.iter().chain(&args.previous) {
        if path.as_os_str() != "-" && is_same(path, input) {
            return Err(Failure::said(
                format!("不能覆盖输入文件 {}", input.display()),
                format!("would write over the input {}", input.display()),
            ));
        }
    }
    let is_workbook = path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("xlsx"));
    let sheets: &[bool] = if is_workbook {
        &[false, true]
    } else {
        &[args.rows == Rows::Building]
    };
    write_to(
        path,
        &source,
        read,
        &args.writing,
        output.stdout(),
        |target| {
            for by_building in sheets {
                let name = if *by_building {
                    lang.pick("楼栋", "buildings")
                } else {
                    lang.pick("网格", "grids")
                };
                target.sheet(is_workbook.then_some(name), 1)?;
                let header = sheet::header(assignment, *by_building, phones, lang);
                target.row(&mut header.iter().map(String::as_str))?;
                for row in sheet::rows(assignment, *by_building, phones, lang) {
                    target.row(&mut row.iter().map(String::as_str))?;
                }
            }
            Ok(())
        },
    )
}

fn is_same(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}

fn write_tree(path: &Path, tree: &[wecom::Node], args: &Assign) -> Result<(), Failure> {
    let name = path.display().to_string();
    let failed = |error| Failure::table(name.clone(), error);
    let inputs: Vec<Source> = std::iter::once(&args.grids)
        .chain(&args.rosters)
        .chain(&args.previous)
        .map(Source::path)
        .collect();
    let inputs: Vec<&Source> = inputs.iter().collect();
    let mut file = File::create(path, &inputs).map_err(failed)?;
    interrupt::unfinished(file.temporary());
    serde_json::to_writer_pretty(&mut file, tree).map_err(std::io::Error::from)?;
    file.write_all(b"\n")?;
    let kept = file.commit().map_err(|error| Failure::table(name, error));
    interrupt::unfinished(None);
    kept
}
