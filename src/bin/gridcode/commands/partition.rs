//! `gridcode partition`: the list as it was, with the grid of every household; what was proved, grid by grid.

use std::path::{Path, PathBuf};

use gridcode::census;
use gridcode::diagnostic::Severity;
use gridcode::partition::{Limits, Options, Standard};
use gridcode::report::{grid_sheet, plan};
use gridcode::survey::{self, Beside, Division, Previous, Survey, Wishes, divide_all, write_list};
use gridcode::table::{Source, TableError};

use super::division_files::are_possible;
use super::division_report::{Heard, Taken, print};
use super::findings::write_json;
use super::grid_count::grid_count;
use super::maps::Maps;
use super::plan_file::{is_json_file, read_plan, write_plan};
use super::settings::{codebook, options};
use super::target::{write_to, written};
use super::verify_plan;
use crate::Outcome;
use crate::cli::{Format, Partition};
use crate::failure::Failure;
use crate::inputs::{self, Input};
use crate::output::Output;
use crate::progress::Progress;

pub fn run(args: &Partition, output: &mut Output) -> Result<Outcome, Failure> {
    let (maps, typed) = Maps::of(args)?;
    if let Some(path) = &args.verify {
        return verify_plan::run(path, output);
    }
    let Some(list) = &args.input else {
        return Err(Failure::said("没有指定名单", "no list named"));
    };
    let taken = taken(args)?;
    let book = codebook(&args.codebook)?;
    let mut reading = options(&book, &typed, Some(&args.judging), output)?;
    let progress = Progress::new(output);
    reading.watch = Some(&progress);
    let solving = solving(args)?;
    let input = inputs::one(list)?;
    let sheets = Sheets::of(args);
    let read: Vec<&Source> = sheets.all().chain([&input.source]).collect();
    are_possible(args, &maps, &read)?;
    let mut heard = Heard::default();
    let survey = survey_of(args, &input, &reading, &solving, &mut heard)?;
    progress.clear();
    for note in survey.account.notes.iter().chain(&survey.notes) {
        output.note(note);
    }
    let all = survey.communities.len();
    if all == 0 {
        heard.print(args.max_errors, true, output)?;
        return Err(Failure::said(
            format!("{}：没有可划分的住户", input.name),
            format!("{}: there is no household to divide", input.name),
        ));
    }
    let divisions = divide_all(
        &survey.communities,
        &solving,
        reading.threads,
        &mut |count| progress.communities(count, all),
    );
    progress.clear();
    if divisions.len() < all {
        return Err(Failure::table(input.name, TableError::Interrupted));
    }
    let plan = plan::plan(&survey, &solving, &divisions, &heard.findings);
    let made = (&survey, divisions.as_slice(), &plan);
    let drawn = maps.draw(args, made, output)?;
    write_files(args, &input, &reading, made, output)?;
    if let Some(drawn) = &drawn {
        maps.write(drawn, &read, output.lang())?;
    }
    if taken == Taken::ByPlan {
        write_json(output, &plan, output.is_terminal())?;
    }
    heard.print(args.max_errors, taken != Taken::No, output)?;
    print(&survey, &divisions, taken, output)?;
    for path in [&args.output, &args.grids_sheet, &args.plan]
        .into_iter()
        .flatten()
        .chain(maps.paths())
    {
        if path.as_os_str() != "-" {
            output.note(&written(path));
        }
    }
    let is_sound = divisions.iter().all(Division::is_legal)
        && survey.undivided == 0
        && survey.account.findings(Severity::Error) == 0
        && heard
            .findings
            .iter()
            .all(|finding| finding.severity != Severity::Error);
    Ok(if is_sound {
        Outcome::Sound
    } else {
        Outcome::Findings
    })
}

/// What standard output is for: the list, the plan, or the report.
fn taken(args: &Partition) -> Result<Taken, Failure> {
    let is_json = args.json || args.format == Format::Json;
    if !is_json && args.format != Format::Text {
        return Err(Failure::said(
            "--format 此处应为 text 或 json",
            "--format: expected text or json",
        ));
    }
    if let Some(path) = &args.plan
        && !is_json_file(path)
    {
        return Err(Failure::said(
            "--plan 的文件名应以 .json 结尾",
            "--plan: name a file ending in .json",
        ));
    }
    let to_stdout = args
        .output
        .as_deref()
        .is_some_and(|path| path.as_os_str() == "-");
    match (to_stdout, is_json) {
        (true, true) => Err(Failure::said(
            "-o - 已把名单输出到标准输出，方案不能再用 --json：请用 --plan 写入文件",
            "-o - sends the list to standard output, where the plan in --json would be mixed with it: name a file with --plan",
        )),
        (true, false) => Ok(Taken::ByList),
        (false, true) => Ok(Taken::ByPlan),
        (false, false) => Ok(Taken::No),
    }
}

/// Reads the list and the sheets beside it.
fn survey_of(
    args: &Partition,
    input: &Input,
    reading: &census::Options<'_>,
    solving: &Options,
    heard: &mut Heard,
) -> Result<Survey, Failure> {
    let sheets = Sheets::of(args);
    let wishes = Wishes {
        standard: solving.standard,
        priority_weight: args.search.priority_weight,
        locked: args.beside.lock.clone(),
    };
    let earlier = match &args.beside.previous {
        Some(path) if is_json_file(path) => Some(read_plan(path)?.blocks()),
        _ => None,
    };
    let previous = match (&earlier, &sheets.previous) {
        (Some(blocks), _) => Previous::Plan(blocks),
        (None, Some(source)) => Previous::Sheet(source),
        (None, None) => Previous::None,
    };
    let Heard { rows, findings } = heard;
    Ok(survey::read(
        &input.source,
        reading,
        sheets.beside(),
        previous,
        &wishes,
        &mut |row| rows.push(row),
        &mut |finding| findings.push(finding),
    )?)
}

/// Writes the list, the sheet of grids and the plan, as far as they are wanted.
fn write_files(
    args: &Partition,
    input: &Input,
    reading: &census::Options<'_>,
    (survey, divisions, plan): (&Survey, &[Division], &plan::Plan),
    output: &mut Output,
) -> Result<(), Failure> {
    let source = &input.source;
    if let Some(path) = &args.output {
        write_to(
            path,
            source,
            &reading.read,
            &args.writing,
            output.stdout(),
            |target| write_list(source, reading, survey, divisions, target),
        )?;
    }
    if let Some(path) = &args.grids_sheet {
        write_grids(path, args, source, &reading.read, divisions, output)?;
    }
    if let Some(path) = &args.plan {
        write_plan(path, plan, source)?;
    }
    Ok(())
}

/// The options of the solver, as typed.
fn solving(args: &Partition) -> Result<Options, Failure> {
    let size = &args.size;
    let limits = |min: u32, max: u32, zh: &str, en: &str| {
        if min > max {
            return Err(Failure::said(
                format!("每格最少{zh}数 {min} 大于最多{zh}数 {max}"),
                format!("the least {en} of a grid, {min}, are more than the most, {max}"),
            ));
        }
        Ok(Limits { min, max })
    };
    Ok(Options {
        standard: Standard {
            households: limits(size.min_households, size.max_households, "户", "households")?,
            residents: limits(size.min_residents, size.max_residents, "人", "residents")?,
        },
        count: grid_count(size.grids.as_deref())?,
        balance: args.search.balance,
        seed: args.search.seed,
        nodes: args.search.nodes.unwrap_or(Options::DEFAULT_NODES),
        strict: size.strict,
    })
}

/// The files beside the list.
struct Sheets {
    positions: Option<Source>,
    adjacency: Option<Source>,
    barriers: Option<Source>,
    together: Option<Source>,
    apart: Option<Source>,
    bounds: Option<Source>,
    previous: Option<Source>,
    /// Rosters and titles, for the map.
    people: Vec<Source>,
}

impl Sheets {
    fn of(args: &Partition) -> Self {
        let source = |path: &Option<PathBuf>| path.as_ref().map(Source::path);
        Self {
            positions: source(&args.beside.positions),
            adjacency: source(&args.beside.adjacency),
            barriers: source(&args.beside.barriers),
            together: source(&args.beside.together),
            apart: source(&args.beside.apart),
            bounds: source(&args.size.bounds),
            previous: source(&args.beside.previous),
            people: args
                .roster
                .iter()
                .chain(&args.roles)
                .map(Source::path)
                .collect(),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Source> {
        let all = [
            &self.positions,
            &self.adjacency,
            &self.barriers,
            &self.together,
            &self.apart,
            &self.bounds,
            &self.previous,
        ];
        all.into_iter().flatten().chain(&self.people)
    }

    fn beside(&self) -> Beside<'_> {
        Beside {
            positions: self.positions.as_ref(),
            adjacency: self.adjacency.as_ref(),
            barriers: self.barriers.as_ref(),
            together: self.together.as_ref(),
            apart: self.apart.as_ref(),
            bounds: self.bounds.as_ref(),
        }
    }
}

fn write_grids(
    path: &Path,
    args: &Partition,
    source: &Source,
    read: &gridcode::table::ReadOptions,
    divisions: &[Division],
    output: &mut Output,
) -> Result<(), Failure> {
    let lang = output.lang();
    write_to(
        path,
        source,
        read,
        &args.writing,
        output.stdout(),
        |target| {
            target.sheet(None, 1)?;
            target.row(&mut grid_sheet::header(lang).into_iter())?;
            for division in divisions {
                for row in grid_sheet::rows(division, lang) {
                    target.row(&mut row.iter().map(String::as_str))?;
                }
            }
            Ok(())
        },
    )
}
