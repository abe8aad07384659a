//! Small lists for the tests of rules: a table as text, every rule run over it as over a real list.

use std::sync::Arc;

use jiff::civil::{Date, date};

use super::{Context, Findings, Settings, judge_household, judge_row};
use crate::address::Key;
use crate::codebook::Codebook;
use crate::diagnostic::Diagnostic;
use crate::household::{Earlier, Entry, Household};
use crate::row::{CellKind, Column, Columns, Field, Row};

pub(super) use crate::household::Level;

/// The day on which ages count in all tests.
pub(super) const ON: Date = date(2026, 11, 1);

/// Every finding of every rule.
///
/// The first line holds the names of fields, cells are divided by `|`. A cell that begins with `^` repeats the one
/// above it, with `#` it is a number cell, with `@` a date cell. A row of another length is ragged.
pub(super) fn findings(level: Level, list: &str) -> Vec<Diagnostic> {
    findings_by(level, list, Codebook::shushan(), &Settings::default())
}

/// The findings of one rule.
pub(super) fn only(rule: &str, level: Level, list: &str) -> Vec<Diagnostic> {
    let mut found = findings(level, list);
    found.retain(|finding| finding.rule == rule);
    found
}

/// Every finding, with a codebook and settings.
pub(super) fn findings_by(
    level: Level,
    list: &str,
    codebook: &Codebook,
    settings: &Settings,
) -> Vec<Diagnostic> {
    let mut lines = list.lines();
    let columns = columns(lines.next().unwrap_or_default());
    let context = Context {
        codebook,
        columns: &columns,
        on: ON,
    };
    let mut diagnostics = Vec::new();
    let mut sink = |finding| diagnostics.push(finding);
    let mut found = Findings::new(None::<Arc<str>>, settings, &mut sink);
    let mut households: Vec<(Option<Key>, Household)> = Vec::new();
    for (line, number) in lines.zip(2_u64..) {
        let row = row(line, number);
        let mut entry = Entry::read(&row, &columns, number - 1, level, codebook);
        entry.ragged = row.len() != columns.len();
        judge_row(&entry, &context, &mut found);
        let key = entry.door.key().filter(|_| entry.door.door.unit.is_some());
        let same = households
            .iter_mut()
            .find(|(other, _)| key.is_some() && *other == key)
            .map(|(_, household)| household);
        match (level, same) {
            (Level::Person, Some(household)) => household.add(&entry, codebook, ON),
            (_, same) => {
                let earlier = same.map(|first| Earlier {
                    row: first.row,
                    code: first.code.map(|(code, _)| code),
                });
                let mut household = Household::begin(&entry, codebook, ON);
                household.earlier = earlier;
                households.push((key, household));
            }
        }
    }
    for (_, household) in &mut households {
        household.finish(codebook);
        judge_household(household, &context, &mut found);
    }
    diagnostics
}

/// Holds message and advice against what they should be, in both languages.
#[track_caller]
pub(super) fn says(finding: &Diagnostic, zh: &str, en: &str) {
    let join = |message: &str, advice: &str, between: &str| {
        if advice.is_empty() {
            message.to_owned()
        } else {
            format!("{message}{between}{advice}")
        }
    };
    assert_eq!(join(&finding.message.zh, &finding.advice.zh, "；"), zh);
    assert_eq!(join(&finding.message.en, &finding.advice.en, "; "), en);
}

fn columns(line: &str) -> Columns {
    let field = |name: &str| {
        Field::ALL
            .iter()
            .copied()
            .find(|field| field.label(crate::Lang::Zh) == name)
    };
    // `住所类型=住房性质`: a header of its own over a field.
    let column = |cell: &str| {
        let (header, name) = cell.split_once('=').unwrap_or((cell, cell));
        Column {
            header: header.to_owned(),
            field: field(name),
        }
    };
    Columns::new(line.split('|').map(column).collect())
}

fn row(line: &str, number: u64) -> Row {
    let mut row = Row::new(number);
    for cell in line.split('|') {
        let marks = [
            ('^', CellKind::Filled),
            ('#', CellKind::Number),
            ('@', CellKind::Date),
            ('=', CellKind::NoValue),
        ];
        let marked = marks
            .iter()
            .find_map(|(mark, kind)| Some((cell.strip_prefix(*mark)?, *kind)));
        let (text, kind) = marked
            .filter(|(text, _)| !text.starts_with("N/A"))
            .unwrap_or((cell, CellKind::Text));
        row.push(text, kind);
    }
    row
}
