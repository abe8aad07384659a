//! The files of `partition --map`: which they are, who is on them, and writing them whole or not at all.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use gridcode::Lang;
use gridcode::report::map::{Map, Staff, html, map, svg};
use gridcode::report::plan::Plan;
use gridcode::staff::{AssignOptions, Assignment};
use gridcode::survey::{Division, Survey};
use gridcode::table::{Output as File, Source};

use super::people::{of_ground, say};
use super::target::keep;
use crate::cli::{Partition, Reading};
use crate::failure::Failure;
use crate::interrupt;
use crate::output::Output;

/// A form of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Svg,
    Html,
}

impl Form {
    /// By the ending of a name.
    fn of(text: &str) -> Option<Self> {
        let ending = Path::new(text).extension()?;
        let is = |wanted| ending.eq_ignore_ascii_case(wanted);
        match () {
            () if is("svg") => Some(Self::Svg),
            () if is("html") || is("htm") => Some(Self::Html),
            () => None,
        }
    }
}

/// The maps that are wanted.
pub struct Maps {
    files: Vec<(PathBuf, Form)>,
}

impl Maps {
    /// Parts the values of `--map`: files of maps, and what columns of the list mean, which stays in the options.
    pub fn of(args: &Partition) -> Result<(Self, Reading), Failure> {
        let mut reading = args.reading.clone();
        let mut files = Vec::new();
        for text in std::mem::take(&mut reading.map) {
            // A name with a sign of equality in it can be told from a column by `./` before it.
            let is_column = text.contains('=') && !text.contains(['/', '\\']);
            match Form::of(&text) {
                _ if is_column => reading.map.push(text),
                Some(form) => files.push((PathBuf::from(text), form)),
                None if text.contains('=') => reading.map.push(text),
                None => {
                    return Err(Failure::said(
                        format!(
                            "--map 此处应为地图文件名（以 .svg 或 .html 结尾），或 含义=列（如 building=2），实为“{text}”"
                        ),
                        format!(
                            "--map: expected a map's file name ending in .svg or .html, or FIELD=COLUMN (as building=2), found `{text}`"
                        ),
                    ));
                }
            }
        }
        if files.is_empty() && !args.roster.is_empty() {
            return Err(Failure::said(
                "--roster 用于地图：请同时用 --map 地图.html 指定地图文件",
                "--roster is for the map: name one too, such as --map map.html",
            ));
        }
        if !files.is_empty() && args.verify.is_some() {
            return Err(Failure::said(
                "--verify 只核验方案，不画地图：请在划分时加 --map",
                "--verify checks a plan and draws no map: use --map where the division is made",
            ));
        }
        Ok((Self { files }, reading))
    }

    /// The files, in the order in which they were named.
    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.iter().map(|(path, _)| path)
    }

    /// Draws what is to be on the maps; `None` where none is wanted.
    pub fn draw(
        &self,
        args: &Partition,
        (survey, divisions, plan): (&Survey, &[Division], &Plan),
        output: &mut Output,
    ) -> Result<Option<Map>, Failure> {
        if self.files.is_empty() {
            return Ok(None);
        }
        let assignment = assignment(args, plan, output)?;
        let staff = assignment.as_ref().map(|assignment| Staff {
            assignment,
            show_values: args.judging.show_values,
        });
        Ok(Some(map(survey, divisions, staff)))
    }

    /// Writes the maps. `inputs` are files that may not be written over.
    pub fn write(&self, drawn: &Map, inputs: &[&Source], lang: Lang) -> Result<(), Failure> {
        for (path, form) in &self.files {
            write_one(path, &text(drawn, *form, lang), inputs)?;
        }
        Ok(())
    }
}

fn text(drawn: &Map, form: Form, lang: Lang) -> String {
    match form {
        Form::Svg => svg(drawn, lang),
        Form::Html => html(drawn, lang),
    }
}

/// Everybody of the rosters in their places in the grids that were just made.
fn assignment(
    args: &Partition,
    plan: &Plan,
    output: &mut Output,
) -> Result<Option<Assignment>, Failure> {
    if args.roster.is_empty() {
        return Ok(None);
    }
    let wishes = AssignOptions {
        priority_weight: args.search.priority_weight,
        show_values: args.judging.show_values,
        ..AssignOptions::default()
    };
    let (assignment, found) =
        of_ground(plan.ground(), &args.roster, args.roles.as_deref(), wishes)?;
    for note in &assignment.roster.notes {
        output.note(note);
    }
    // What is missing in the roster is `assign`'s news; only what the files themselves have wrong is said here.
    say(found.iter(), output);
    Ok(Some(assignment))
}

fn write_one(path: &Path, text: &str, inputs: &[&Source]) -> Result<(), Failure> {
    let name = path.display().to_string();
    let mut file =
        File::create(path, inputs).map_err(|error| Failure::table(name.clone(), error))?;
    interrupt::unfinished(file.temporary());
    file.write_all(text.as_bytes())?;
    keep(file, name)
}
