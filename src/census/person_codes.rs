//! A person-level table read for the second time: every row is written on with the code of its household.

use super::along::Along;
use super::coding::Coding;
use super::households::{Watcher, Writing};
use super::judge::Table;
use super::person_rows::{EachRow, PersonRows};
use super::register::Register;
use super::target::{Added, LinesWriter, Target};
use crate::code::GridCode;
use crate::row::Row;
use crate::table::{self, CsvCells, CsvOptions, RowKind, TableError};

/// The table that is written on.
pub(super) struct PersonCodes<'t> {
    pub(super) table: &'t Table<'t>,
    pub(super) register: &'t Register,
    pub(super) coding: &'t Coding<'t>,
    pub(super) threads: usize,
    /// How much text a chunk has, about.
    pub(super) chunk: usize,
}

impl PersonCodes<'_> {
    /// Works through the table.
    pub(super) fn run(
        &self,
        rows: &mut table::Table<'_>,
        writing: Writing<'_>,
        watcher: &mut Watcher<'_>,
    ) -> Result<(), TableError> {
        let Writing { added, target } = writing;
        let Some(options) = target.csv() else {
            return self.one_by_one(rows, added, target, watcher);
        };
        let each = Lines {
            codes: self,
            added,
            options,
        };
        let work = PersonRows {
            each: &each,
            table: self.table,
            threads: self.threads,
            chunk: self.chunk,
        };
        let mut read = 0;
        let mut absorb = |written: Written| {
            read += written.rows;
            match written.text {
                Some(mut text) => target.append(&mut text.lines, written.failed)?,
                None => written.failed.map_or(Ok(()), Err)?,
            }
            Ok(read)
        };
        work.run(rows, &mut absorb, watcher)
    }

    /// Writes the rows into a target that takes them one after the other.
    fn one_by_one(
        &self,
        rows: &mut table::Table<'_>,
        added: &Added,
        target: &mut dyn Target,
        watcher: &mut Watcher<'_>,
    ) -> Result<(), TableError> {
        let mut along = Along::new(self.table, false);
        let (mut row, mut last) = (Row::default(), None);
        let mut read: u64 = 0;
        while let Some(kind) = rows.next(&mut row)? {
            read += 1;
            if kind == RowKind::Data {
                along.read(&mut row, read, |row, _, digest| {
                    let mut buffer = [0; GridCode::MAX_LEN];
                    let code = self.code(digest, &mut last);
                    let text = code.map_or("", |code| code.encode_into(&mut buffer));
                    added.data(row, &[text], target)
                })?;
            } else {
                added.other(kind, &row, target)?;
            }
            if read.is_multiple_of(super::walk::ROWS_BETWEEN_WORDS) {
                watcher(read)?;
            }
        }
        Ok(())
    }

    /// The code of a household; `last` is that of the row before.
    fn code(&self, digest: u128, last: &mut Last) -> Option<GridCode> {
        if let Some((known, code)) = last
            && *known == digest
        {
            return *code;
        }
        let mut household = self.register.of(digest)?;
        household.finish(self.table.codebook);
        let code = self.coding.code_of(&household);
        *last = Some((digest, code));
        code
    }
}

type Last = Option<(u128, Option<GridCode>)>;

/// The lines of a text, written by several threads.
struct Lines<'w> {
    codes: &'w PersonCodes<'w>,
    added: &'w Added,
    options: CsvOptions,
}

/// Some rows, written on.
struct Written {
    rows: u64,
    last: Last,
    text: Option<LinesWriter>,
    failed: Option<TableError>,
}

impl EachRow for Lines<'_> {
    type Done = Written;

    const WHOLE: bool = false;

    fn nothing(&self) -> Written {
        let (text, failed) = match LinesWriter::new(self.options, 0) {
            Ok(text) => (Some(text), None),
            Err(error) => (None, Some(error)),
        };
        Written {
            rows: 0,
            last: None,
            text,
            failed,
        }
    }

    fn row(&self, row: &mut Row, kind: RowKind, along: &mut Along<'_>, done: &mut Written) {
        done.rows += 1;
        // Nothing is written behind a row that cannot be.
        let (Some(text), None) = (&mut done.text, &done.failed) else {
            return;
        };
        let written = if kind == RowKind::Data {
            let last = &mut done.last;
            along.read(row, done.rows, |row, _, digest| {
                let mut buffer = [0; GridCode::MAX_LEN];
                let code = self.codes.code(digest, last);
                let cell = code.map_or("", |code| code.encode_into(&mut buffer));
                let copied = self
                    .added
                    .copy(&row.cells(), cell, &CsvCells::default(), text)?;
                if copied {
                    Ok(())
                } else {
                    self.added.data(row, &[cell], text)
                }
            })
        } else {
            self.added.other(kind, row, text)
        };
        done.failed = written.err();
    }
}
