//! Data rows one by one, each read whole, in the order of the file: for those who ask of each resident, and keep little.

use std::sync::Arc;

use super::along::Along;
use super::judge::is_ragged;
use super::one_by_one::Sheet;
use super::staircase::Staircase;
use super::walk::{ROWS_BETWEEN_WORDS, Through, Visitor, tell, walk};
use super::{Account, Options, SheetAccount};
use crate::diagnostic::{Diagnostic, Severity};
use crate::household::{Entry, Level, Recall};
use crate::row::Row;
use crate::rule::{Context, Findings, judge_row};
use crate::table::{RowKind, Source, Table, TableError};

/// One data row of a list: a resident, or a household with what is known of its head.
#[derive(Clone, Copy, Debug)]
pub struct Resident<'a> {
    /// The sheet it stands in, counted from 0 among those that hold a table.
    pub sheet: usize,
    /// The sheet's name; `None` for a file without sheets.
    pub sheet_name: Option<&'a Arc<str>>,
    /// What was read from the row.
    pub entry: &'a Entry<'a>,
    /// The same number for all rows of one household within a sheet.
    pub home: u128,
}

/// Who takes them.
type TakeResident<'t> = dyn FnMut(Resident<'_>) + 't;

/// Rules that say who somebody is, when born and where to be found; the others have no say in who asks for that.
const ABOUT_RESIDENTS: [&str; 16] = [
    "missing-building",
    "missing-unit",
    "address-unreadable",
    "address-ambiguous",
    "address-conflict",
    "date-mangled",
    "scientific-notation",
    "id-length",
    "id-date",
    "id-checksum",
    "id-truncated",
    "birth-impossible",
    "birth-future",
    "birth-id-mismatch",
    "ragged-row",
    "formula-without-value",
];

/// Reads a list once and hands over every data row; only rules about birth dates, ID numbers and doors are asked.
///
/// Nothing is kept from row to row: households are counted only where each is a row.
///
/// # Errors
/// When the source cannot be read or holds no household table.
pub fn residents(
    source: &Source,
    options: &Options<'_>,
    take: &mut dyn FnMut(Resident<'_>),
    sink: &mut dyn FnMut(Diagnostic),
) -> Result<Account, TableError> {
    let options = options.asking_only(&ABOUT_RESIDENTS);
    let mut teller = Teller {
        take,
        wanted: None,
        sheets: 0,
    };
    walk(source, &options, &mut teller, sink)
}

/// Reads a list once more and hands over the rows of some households, named by their sheet and [number](Resident::home);
/// no rule is asked.
///
/// # Errors
/// When the source cannot be read or holds no household table.
pub fn residents_of(
    source: &Source,
    options: &Options<'_>,
    wanted: &dyn Fn(usize, u128) -> bool,
    take: &mut dyn FnMut(Resident<'_>),
) -> Result<(), TableError> {
    let options = options.asking_only(&[]);
    let mut teller = Teller {
        take,
        wanted: Some(wanted),
        sheets: 0,
    };
    walk(source, &options, &mut teller, &mut |_| {}).map(|_| ())
}

struct Teller<'t> {
    take: &'t mut TakeResident<'t>,
    wanted: Option<&'t Wanted<'t>>,
    sheets: usize,
}

/// Which households are wanted.
type Wanted<'w> = dyn Fn(usize, u128) -> bool + 'w;

impl Visitor for Teller<'_> {
    fn through(&mut self) -> Option<&mut dyn Through> {
        Some(self)
    }
}

impl Through for Teller<'_> {
    /// Hands over every data row, and accounts for the others.
    fn table(
        &mut self,
        sheet: &Sheet<'_>,
        rows: &mut Table<'_>,
        account: &mut SheetAccount,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<(), TableError> {
        let number = self.sheets;
        self.sheets += 1;
        let table = sheet.table;
        let context = Context {
            codebook: table.codebook,
            columns: table.columns,
            on: table.on,
        };
        let is_first = self.wanted.is_none();
        let mut found = Findings::new(sheet.name.clone(), &sheet.options.settings, sink);
        let mut along = Along::new(table, is_first);
        let (mut recall, mut again) = (Recall::default(), Recall::default());
        let mut staircase = Staircase::default();
        let mut row = Row::default();
        while let Some(kind) = rows.next(&mut row)? {
            account.rows += 1;
            if account.rows.is_multiple_of(ROWS_BETWEEN_WORDS) {
                tell(sheet.options, account.rows)?;
            }
            if kind != RowKind::Data {
                *account.skipped.entry(kind).or_default() += 1;
                continue;
            }
            let record = account.data_rows() + 1;
            let mut take = |entry: &Entry<'_>, home: u128| {
                let resident = |entry| Resident {
                    sheet: number,
                    sheet_name: sheet.name.as_ref(),
                    entry,
                    home,
                };
                match self.wanted {
                    None => {
                        judge_row(entry, &context, &mut found);
                        account.codes += u64::from(entry.sure_code().is_some());
                        (self.take)(resident(entry));
                    }
                    Some(wanted) if wanted(number, home) => {
                        let (row, columns, book) = (entry.row, table.columns, table.codebook);
                        let level = sheet.level;
                        let whole = Entry::recalling(&mut again, row, columns, record, level, book);
                        (self.take)(resident(&whole));
                    }
                    Some(_) => {}
                }
            };
            if sheet.level == Level::Person {
                along.read(&mut row, record, |_, entry, home| take(entry, home));
            } else {
                let reading = if is_first {
                    Entry::recalling
                } else {
                    Entry::naming
                };
                let (columns, book) = (table.columns, table.codebook);
                let mut entry = reading(&mut recall, &row, columns, record, sheet.level, book);
                entry.ragged = is_ragged(&row, columns, table.remarks_from, table.text);
                // A household listed twice stands in two rows, each of which speaks for itself.
                let home = staircase.household_of(&entry) ^ u128::from(row.number());
                take(&entry, home);
                account.households += 1;
            }
            let wrong = found.take_worst() == Some(Severity::Error);
            account.with_errors += u64::from(wrong);
            account.accepted += u64::from(!wrong);
        }
        Ok(())
    }
}
