//! Data rows one by one, each read whole, in the order of the file: for those who ask of each resident, and keep little.

use std::sync::Arc;

use super::along::Along;
use super::judge::{self, is_ragged};
use super::staircase::Staircase;
use super::walk::{Begun, ROWS_BETWEEN_WORDS, Visitor, tell, walk};
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
pub(super) type TakeResident<'t> = dyn FnMut(Resident<'_>) + 't;

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
    walk(source, &options, &mut Teller { take, sheets: 0 }, sink)
}

struct Teller<'t> {
    take: &'t mut TakeResident<'t>,
    sheets: usize,
}

impl Visitor for Teller<'_> {
    fn table(&mut self, _begun: &Begun<'_>) -> Result<(), TableError> {
        self.sheets += 1;
        Ok(())
    }

    fn each_resident(&mut self) -> Option<(usize, &mut TakeResident<'_>)> {
        Some((self.sheets.saturating_sub(1), &mut *self.take))
    }
}

/// A table that is gone through.
pub(super) struct Sheet<'s> {
    pub(super) table: &'s judge::Table<'s>,
    pub(super) number: usize,
    pub(super) name: Option<Arc<str>>,
    pub(super) options: &'s Options<'s>,
    pub(super) level: Level,
}

impl Sheet<'_> {
    /// Hands over every data row, and accounts for the others.
    pub(super) fn run(
        &self,
        rows: &mut Table<'_>,
        account: &mut SheetAccount,
        take: &mut TakeResident<'_>,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<(), TableError> {
        let table = self.table;
        let context = Context {
            codebook: table.codebook,
            columns: table.columns,
            on: table.on,
        };
        let mut found = Findings::new(self.name.clone(), &self.options.settings, sink);
        let mut along = Along::new(table, true);
        let (mut recall, mut staircase) = (Recall::default(), Staircase::default());
        let mut row = Row::default();
        while let Some(kind) = rows.next(&mut row)? {
            account.rows += 1;
            if account.rows.is_multiple_of(ROWS_BETWEEN_WORDS) {
                tell(self.options, account.rows)?;
            }
            if kind != RowKind::Data {
                *account.skipped.entry(kind).or_default() += 1;
                continue;
            }
            let record = account.data_rows() + 1;
            let mut judge = |entry: &Entry<'_>, home: u128| {
                judge_row(entry, &context, &mut found);
                account.codes += u64::from(entry.sure_code().is_some());
                take(Resident {
                    sheet: self.number,
                    sheet_name: self.name.as_ref(),
                    entry,
                    home,
                });
            };
            if self.level == Level::Person {
                along.read(&mut row, record, |_, entry, home| judge(entry, home));
            } else {
                let (columns, book) = (table.columns, table.codebook);
                let mut entry =
                    Entry::recalling(&mut recall, &row, columns, record, self.level, book);
                entry.ragged = is_ragged(&row, columns, table.remarks_from, table.text);
                // A household listed twice stands in two rows, each of which speaks for itself.
                let home = staircase.household_of(&entry) ^ u128::from(row.number());
                judge(&entry, home);
                account.households += 1;
            }
            let wrong = found.take_worst() == Some(Severity::Error);
            account.with_errors += u64::from(wrong);
            account.accepted += u64::from(!wrong);
        }
        Ok(())
    }
}
