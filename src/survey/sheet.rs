//! A sheet of named columns: buildings with positions, pairs, limits; found by its headers in any kind of file.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::SurveyError;
use super::finding::{Finding, Kind};
use super::header::Column;
use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::row::{Place, Row};
use crate::table::{Book, ReadOptions, Source};

/// So many rows from the top a header is looked for.
const TOP: usize = 50;

/// The rows of one sheet below its header.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) file: String,
    pub(super) index: usize,
    name: Option<Arc<str>>,
    /// The Excel row of the header.
    pub(super) header: u64,
    /// How many columns the header has.
    pub(super) width: usize,
    is_chinese: bool,
    columns: Vec<(Column, usize)>,
    /// Rows with something in them.
    pub(super) lines: Vec<Row>,
    /// Rows read in all.
    pub(super) rows: u64,
    pub(super) notes: Vec<Text>,
}

/// Which columns a sheet may have, and which it must.
pub(super) struct Wanted<'w> {
    pub(super) columns: &'w [Column],
    pub(super) enough: &'w dyn Fn(&BTreeSet<Column>) -> bool,
    /// What is needed, in words.
    pub(super) expected: Text,
}

impl Sheet {
    /// Reads the first sheet of a file that has the headers; `None` where none has.
    pub(super) fn find(
        source: &Source,
        read: &ReadOptions,
        wanted: &Wanted<'_>,
    ) -> Result<Option<Self>, SurveyError> {
        let failed = |error| SurveyError::table(source.name(), error);
        let mut book = Book::open(source, read).map_err(failed)?;
        let notes = book.notes().to_vec();
        for index in 0..book.sheets().len() {
            let name = book
                .sheets()
                .get(index)
                .and_then(|sheet| sheet.name.clone());
            let mut rows = book.rows(index).map_err(failed)?;
            let mut row = Row::default();
            let mut read = 0;
            let mut found: Option<Self> = None;
            while rows.next_row(&mut row).map_err(failed)? {
                read += 1;
                if let Some(sheet) = &mut found {
                    if !row.is_blank() {
                        sheet.lines.push(row.clone());
                    }
                    continue;
                }
                if read > TOP as u64 {
                    break;
                }
                let columns = columns_of(&row, wanted.columns);
                if (wanted.enough)(&columns.iter().map(|(column, _)| *column).collect()) {
                    found = Some(Self {
                        file: source.name().to_owned(),
                        index,
                        name: name.clone(),
                        header: row.number(),
                        width: (0..row.len())
                            .rev()
                            .find(|at| !row.get(*at).trim().is_empty())
                            .map_or(0, |last| last + 1),
                        is_chinese: row.iter().any(|cell| cell.chars().any(crate::row::is_han)),
                        columns,
                        lines: Vec::new(),
                        rows: 0,
                        notes: notes.clone(),
                    });
                }
            }
            if let Some(sheet) = found {
                return Ok(Some(Self {
                    rows: read,
                    ..sheet
                }));
            }
        }
        Ok(None)
    }

    /// As [`find`](Self::find), where there has to be one.
    pub(super) fn read(
        source: &Source,
        read: &ReadOptions,
        wanted: &Wanted<'_>,
    ) -> Result<Self, SurveyError> {
        Self::find(source, read, wanted)?.ok_or_else(|| SurveyError::Headers {
            file: source.name().to_owned(),
            expected: wanted.expected.clone(),
        })
    }

    /// Whether the headers are Chinese.
    pub(super) fn is_chinese(&self) -> bool {
        self.is_chinese
    }

    /// Whether the sheet has a column.
    pub(super) fn has(&self, column: Column) -> bool {
        self.at(column).is_some()
    }

    /// Where a column stands.
    pub(super) fn at(&self, column: Column) -> Option<usize> {
        let mut known = self.columns.iter();
        known.find(|(name, _)| *name == column).map(|(_, at)| *at)
    }

    /// The text of a cell without blanks around it; empty where there is no such column.
    pub(super) fn get<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        self.at(column).map_or("", |at| row.get(at).trim())
    }

    /// A finding about a cell.
    pub(super) fn finding(
        &self,
        (row, column): (&Row, Column),
        (kind, severity): (Kind, Severity),
        message: Text,
        advice: Text,
    ) -> Finding {
        Finding {
            kind,
            severity,
            file: self.file.clone(),
            place: Place {
                sheet: self.name.clone(),
                row: row.number(),
                column: self.at(column),
            },
            message,
            advice,
        }
    }
}

fn columns_of(row: &Row, wanted: &[Column]) -> Vec<(Column, usize)> {
    let mut columns: Vec<(Column, usize)> = Vec::new();
    for at in 0..row.len().min(200) {
        if let Some(column) = Column::of(row.get(at), wanted)
            && !columns.iter().any(|(known, _)| *known == column)
        {
            columns.push((column, at));
        }
    }
    columns
}
