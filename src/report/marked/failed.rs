//! The sheets of rows to correct: only the rows with errors, under the list's own header, ready to be checked again.

use std::collections::{BTreeMap, BTreeSet};

use super::cut::cut;
use super::{Checked, tint};
use crate::census::rows_as_read;
use crate::diagnostic::{Diagnostic, Severity};
use crate::row::Row;
use crate::table::{Book, TableError};
use crate::workbook::{NewCell, NewSheet, Tint};

/// Widths in digits.
const NARROWEST: usize = 8;
const WIDEST: usize = 40;
/// Excel has no more columns.
const MOST_COLUMNS: usize = 16_384;
/// So many empty cells are held to keep the numbers of the rows in one column: a word left far to the right asks for more.
const MOST_EMPTY: usize = 4_000_000;

/// A sheet for each list with errors. Findings come in the order of places.
pub(super) fn sheets(
    checked: &Checked<'_>,
    findings: &[&Diagnostic],
) -> Result<Vec<NewSheet>, TableError> {
    let lang = checked.lang;
    let mut sheets = Vec::new();
    let book = Book::open(checked.source, &checked.options.read)?;
    let wrong = |sheet: Option<&str>| -> BTreeSet<u64> {
        let errors = findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error);
        let here = errors.filter(|finding| finding.place.sheet.as_deref() == sheet);
        here.map(|finding| finding.place.row)
            .filter(|row| *row > 0)
            .collect()
    };
    let several = {
        let with_errors = checked
            .account
            .sheets
            .iter()
            .filter(|sheet| sheet.with_errors > 0);
        with_errors.count() > 1
    };
    for account in &checked.account.sheets {
        let name = account.sheet.as_deref();
        let rows = wrong(name);
        let index = book
            .sheets()
            .iter()
            .position(|sheet| sheet.name.as_deref() == name);
        let (Some(index), Some(last)) = (index, rows.last().copied()) else {
            continue;
        };
        let header = account.header;
        let is_header =
            |number: u64| header.is_some_and(|(first, last)| (first..=last).contains(&number));
        let tints = tints(findings, name);
        let is_wanted = |number: u64| is_header(number) || rows.contains(&number);
        let taken = rows_as_read(checked.source, checked.options, index, &is_wanted, last)?;
        let taken: Vec<(Row, bool)> = taken
            .into_iter()
            .map(|row| {
                let number = row.number();
                (row, is_header(number))
            })
            .collect();
        // A row may be longer than the header; the number of the row stands beside all of them.
        let width = taken.iter().map(|(row, _)| used(row)).max().unwrap_or(0);
        let empty: usize = taken.iter().map(|(row, _)| width - used(row)).sum();
        let has_number = width < MOST_COLUMNS && empty <= MOST_EMPTY;
        let mut widths = vec![NARROWEST; width + usize::from(has_number)];
        let last_header = header.map_or(0, |(_, last)| last);
        let mut lines = Vec::with_capacity(taken.len());
        for (row, head) in &taken {
            let mut cells: Vec<NewCell> = (0..if has_number { width } else { used(row) })
                .map(|column| {
                    let text = cut(row.get(column), lang);
                    if *head {
                        return NewCell::bold(text);
                    }
                    NewCell {
                        tint: tints.get(&(row.number(), column)).copied(),
                        ..NewCell::plain(text)
                    }
                })
                .collect();
            for (known, cell) in widths.iter_mut().zip(&cells) {
                let signs = cell
                    .text
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .chars()
                    .take(WIDEST);
                let wide: usize = signs.map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum();
                *known = (*known).max(wide + 2).min(WIDEST);
            }
            if has_number {
                cells.push(match (head, row.number() == last_header) {
                    (true, true) => NewCell::bold(lang.pick("原行号", "original row")),
                    (true, false) => NewCell::default(),
                    (false, _) => NewCell::plain(row.number().to_string()),
                });
            }
            lines.push(cells);
        }
        let headers = taken.iter().filter(|(_, head)| *head).count();
        let own = lang.pick("待改行", "To correct");
        sheets.push(NewSheet {
            name: match name {
                Some(name) if several => format!("{own} {name}"),
                _ => own.to_owned(),
            },
            rows: lines,
            widths: widths
                .into_iter()
                .map(|width| u32::try_from(width).unwrap_or(20))
                .collect(),
            headers: u32::try_from(headers).unwrap_or(0),
            lasting: false,
        });
    }
    Ok(sheets)
}

/// The colours of the wrong cells of a sheet.
fn tints(findings: &[&Diagnostic], sheet: Option<&str>) -> BTreeMap<(u64, usize), Tint> {
    let mut tints = BTreeMap::new();
    let here = findings
        .iter()
        .filter(|finding| finding.place.sheet.as_deref() == sheet);
    for finding in here {
        if let Some(column) = finding.place.column {
            let tint = tint(finding.severity);
            let known = tints.entry((finding.place.row, column)).or_insert(tint);
            *known = (*known).max(tint);
        }
    }
    tints
}

/// How many columns of a row are in use.
fn used(row: &Row) -> usize {
    (0..row.len())
        .rev()
        .find(|column| !row.get(*column).is_empty())
        .map_or(0, |last| last + 1)
}
