//! What `assign` and `find` share: grids and rosters read, people given their places.

use std::path::{Path, PathBuf};

use gridcode::census::Options;
use gridcode::report::text;
use gridcode::report::{staff as report, staff::Personal};
use gridcode::staff::{
    AssignOptions, Assignment, Finding, Ground, Roles, Roster, RosterOptions, assign,
};
use gridcode::table::Source;

use super::plan_file::{is_json_file, read_plan};
use crate::cli::People;
use crate::failure::{Failure, reason};
use crate::inputs::one;
use crate::output::Output;

/// Everybody in their places, and what was found on the way.
pub struct Staffed {
    pub assignment: Assignment,
    /// Of files, before people were given places.
    pub read: Vec<Finding>,
    /// The list of the grids has rows with errors.
    pub wrong_rows: u64,
}

/// Reads the grids and the rosters, and an earlier assignment.
pub fn staffed(
    grids: &Path,
    rosters: &[PathBuf],
    previous: Option<&Path>,
    people: &People,
    (reading, wishes): (&Options<'_>, AssignOptions),
    output: &mut Output,
) -> Result<Staffed, Failure> {
    let mut read = Vec::new();
    let mut wrong_rows = 0;
    let options = roster_options(people.roles.as_deref(), people.show_values)?;
    let mut roster = rosters_read(rosters, &options, &mut read)?;
    let ground = if is_json_file(grids) {
        read_plan(grids)?.ground()
    } else {
        let source = one(grids)?.source;
        let mut sink = |row: gridcode::diagnostic::Diagnostic| {
            wrong_rows += u64::from(row.severity == gridcode::diagnostic::Severity::Error);
        };
        let ground = Ground::read(&source, reading, &mut sink, &mut |finding| {
            read.push(finding);
        })?;
        roster.read_earlier(&source, &options, &mut |finding| read.push(finding))?;
        ground
    };
    if let Some(path) = previous {
        let source = Source::path(path);
        if !roster.read_earlier(&source, &options, &mut |finding| read.push(finding))? {
            return Err(Failure::said(
                format!(
                    "{}：没有找到分工：需要“网格”一列和各级人员的列，如 gridcode assign -o 写出的文件",
                    path.display()
                ),
                format!(
                    "{}: no duties found: a column `grid` and columns of people are needed, as `gridcode assign -o` writes them",
                    path.display()
                ),
            ));
        }
    }
    for note in &roster.notes {
        output.note(note);
    }
    let assignment = assign(ground, roster, options.roles, wishes);
    Ok(Staffed {
        assignment,
        read,
        wrong_rows,
    })
}

/// Gives the people of rosters their places in grids that are at hand; with what the rosters have wrong.
pub fn of_ground(
    ground: Ground,
    rosters: &[PathBuf],
    roles: Option<&Path>,
    wishes: AssignOptions,
) -> Result<(Assignment, Vec<Finding>), Failure> {
    let mut read = Vec::new();
    let options = roster_options(roles, wishes.show_values)?;
    let roster = rosters_read(rosters, &options, &mut read)?;
    Ok((assign(ground, roster, options.roles, wishes), read))
}

fn roster_options(roles_file: Option<&Path>, show_values: bool) -> Result<RosterOptions, Failure> {
    Ok(RosterOptions {
        roles: roles(roles_file)?,
        read: gridcode::table::ReadOptions::default(),
        show_values,
    })
}

fn rosters_read(
    rosters: &[PathBuf],
    options: &RosterOptions,
    read: &mut Vec<Finding>,
) -> Result<Roster, Failure> {
    let mut roster = Roster::default();
    for path in rosters {
        let source = one(path)?.source;
        roster.read(&source, options, &mut |finding| read.push(finding))?;
    }
    Ok(roster)
}

fn roles(path: Option<&Path>) -> Result<Roles, Failure> {
    let Some(path) = path else {
        return Ok(Roles::builtin());
    };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| {
        let why = reason(&error);
        Failure::said(format!("{name}：{}", why.zh), format!("{name}: {}", why.en))
    })?;
    Ok(Roles::from_toml(&text, &name)?)
}

/// Findings as lines on standard error.
pub fn say<'f>(findings: impl Iterator<Item = &'f Finding>, output: &mut Output) {
    for finding in findings {
        output.note(&gridcode::Text::of(|lang| {
            report::finding(finding, lang, &text::plain)
        }));
    }
}

/// What may be shown of people: names where they are the answer, telephone numbers where the user says so.
pub fn personal(people: &People, names: bool) -> Personal {
    Personal {
        names: names || people.show_values,
        phones: people.show_values,
    }
}
