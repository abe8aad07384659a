//! Households one by one, each with its door: for those who count them by building, and write a word beside each.

use super::one_by_one::OneByOne;
use super::target::{Added, write_loose};
use super::walk::{Begun, Visitor, walk};
use super::{Account, Options, Target};
use crate::diagnostic::Diagnostic;
use crate::household::{Entry, Household};
use crate::lang::Text;
use crate::row::{Field, Row};
use crate::table::{RowKind, Source, TableError};

/// One household of a list, complete.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The sheet it stands in, counted from 0 among those that hold a table.
    pub sheet: usize,
    /// What was read from the row in hand, by [`each`] its first: the door of that one is the household's.
    pub entry: &'a Entry<'a>,
    /// What all its rows say together. [`earlier`](Household::earlier) tells whether it was listed before.
    pub household: &'a Household,
}

/// Rules that say where a household lives and how many people it has; the others have no say in who counts them.
pub(super) const ABOUT_DOORS: [&str; 11] = [
    "duplicate-household",
    "missing-building",
    "missing-unit",
    "address-unreadable",
    "address-ambiguous",
    "address-conflict",
    "date-mangled",
    "scientific-notation",
    "residents-count",
    "ragged-row",
    "formula-without-value",
];

/// Reads a list and hands over its households, each once, in the order of their first rows; only rules about doors and
/// the number of residents are asked. A person-level list is read twice.
///
/// # Errors
/// When the source cannot be read or holds no household table.
pub fn each(
    source: &Source,
    options: &Options<'_>,
    take: &mut dyn FnMut(Told<'_>),
    sink: &mut dyn FnMut(Diagnostic),
) -> Result<Account, TableError> {
    let options = options.asking_only(&ABOUT_DOORS);
    // A household of many rows is told at its first.
    let mut take = |told: Told<'_>| {
        if told.household.row == told.entry.row.number() {
            take(told);
        }
    };
    let mut teller = Teller {
        take: &mut take,
        sheets: 0,
    };
    walk(source, &options, &mut teller, sink)
}

/// Reads a list and hands over every data row with its household, in order; no rule is asked. A household of many rows
/// comes with each of them, its own first. A person-level list is read twice.
///
/// # Errors
/// When the source cannot be read or holds no household table.
pub fn every_row(
    source: &Source,
    options: &Options<'_>,
    take: &mut dyn FnMut(Told<'_>),
) -> Result<Account, TableError> {
    let options = options.asking_only(&[]);
    let mut teller = Teller { take, sheets: 0 };
    walk(source, &options, &mut teller, &mut |_| {})
}

struct Teller<'t> {
    take: &'t mut dyn FnMut(Told<'_>),
    sheets: usize,
}

impl Visitor for Teller<'_> {
    fn table(&mut self, _begun: &Begun<'_>) -> Result<(), TableError> {
        self.sheets += 1;
        Ok(())
    }

    fn reads_residents_twice(&self) -> bool {
        true
    }

    fn one_by_one(&mut self) -> Option<&mut dyn OneByOne> {
        Some(self)
    }
}

impl OneByOne for Teller<'_> {
    fn data(
        &mut self,
        _row: &Row,
        entry: &Entry<'_>,
        household: &Household,
    ) -> Result<(), TableError> {
        (self.take)(Told {
            sheet: self.sheets.saturating_sub(1),
            entry,
            household,
        });
        Ok(())
    }
}

/// Reads a list once more and writes every row on, with a word for each household in a column of grids.
///
/// The column is the one that holds the grid already, or else a new one under `header`. `word` is asked with the sheet
/// and the Excel row at which [`each`] handed the household over. Every other cell keeps its text.
///
/// # Errors
/// As [`each`], and when the target cannot be written.
pub fn write_grids(
    source: &Source,
    options: &Options<'_>,
    header: &Text,
    target: &mut dyn Target,
    word: &dyn Fn(usize, u64) -> String,
) -> Result<(), TableError> {
    let mut writer = Writer {
        target,
        header,
        word,
        sheets: 0,
        added: None,
    };
    walk(source, options, &mut writer, &mut |_| {}).map(|_| ())
}

struct Writer<'t> {
    target: &'t mut dyn Target,
    header: &'t Text,
    word: &'t dyn Fn(usize, u64) -> String,
    sheets: usize,
    added: Option<Added>,
}

impl Visitor for Writer<'_> {
    fn table(&mut self, begun: &Begun<'_>) -> Result<(), TableError> {
        self.sheets += 1;
        let header = if begun.columns.is_chinese() {
            &self.header.zh
        } else {
            &self.header.en
        };
        let added = Added::new(vec![header.to_string()], begun);
        self.added = Some(added.replacing(begun.columns.of(Field::Grid)));
        self.target.sheet(begun.sheet, begun.last_header_row)
    }

    fn reads_residents_twice(&self) -> bool {
        true
    }

    fn one_by_one(&mut self) -> Option<&mut dyn OneByOne> {
        Some(self)
    }

    fn without_table(&mut self, sheet: Option<&str>) -> Result<bool, TableError> {
        self.target.other_sheet(sheet)
    }

    fn loose(&mut self, row: &Row) -> Result<(), TableError> {
        write_loose(row, self.target)
    }
}

impl OneByOne for Writer<'_> {
    fn data(
        &mut self,
        row: &Row,
        _entry: &Entry<'_>,
        household: &Household,
    ) -> Result<(), TableError> {
        let word = (self.word)(self.sheets.saturating_sub(1), household.row);
        match &self.added {
            Some(added) => added.data(row, &[&word], self.target),
            None => Ok(()),
        }
    }

    fn other(&mut self, kind: RowKind, row: &Row) -> Result<(), TableError> {
        match &self.added {
            Some(added) => added.other(kind, row, self.target),
            None => Ok(()),
        }
    }
}
