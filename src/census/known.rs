//! The households of an old list that is brought up to date: which they are, and row by row.

use std::collections::{BTreeMap, BTreeSet};

use super::SheetAccount;
use super::one_by_one::Sheet;
use super::staircase::Staircase;
use super::walk::{Through, Visitor};
use crate::address::Key;
use crate::diagnostic::Diagnostic;
use crate::household::{Entry, Level, Recall};
use crate::row::Row;
use crate::table::{RowKind, Table, TableError};

/// Looks which households the old list has, and in which sheet their buildings end.
#[derive(Default)]
pub(super) struct Looker {
    pub(super) digests: BTreeSet<u128>,
    pub(super) buildings: BTreeMap<Key, usize>,
    pub(super) persons: bool,
    pub(super) sheets: usize,
}

impl Visitor for Looker {
    fn through(&mut self) -> Option<&mut dyn Through> {
        Some(self)
    }
}

impl Through for Looker {
    fn table(
        &mut self,
        sheet: &Sheet<'_>,
        rows: &mut Table<'_>,
        account: &mut SheetAccount,
        _sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<(), TableError> {
        self.persons |= sheet.level == Level::Person;
        let number = self.sheets;
        self.sheets += 1;
        each(sheet, rows, account, &mut |kind, _, read| {
            if let (RowKind::Data, Some((entry, digest))) = (kind, read) {
                self.digests.extend(digest);
                if let Some(key) = entry.door.key() {
                    self.buildings.insert(key.of_building(), number);
                }
            }
            Ok(())
        })
    }
}

/// A household's row, read, and the digest of its key.
pub(super) type Named<'e, 'r> = (&'e Entry<'r>, Option<u128>);

/// Takes each row of a table.
pub(super) type Take<'t> =
    dyn FnMut(RowKind, &Row, Option<Named<'_, '_>>) -> Result<(), TableError> + 't;

/// Goes through the rows of a table whose rows are households.
pub(super) fn each(
    sheet: &Sheet<'_>,
    rows: &mut Table<'_>,
    account: &mut SheetAccount,
    take: &mut Take<'_>,
) -> Result<(), TableError> {
    let (columns, codebook) = (sheet.table.columns, sheet.table.codebook);
    let (mut recall, mut row) = (Recall::default(), Row::default());
    let mut staircase = Staircase::default();
    while let Some(kind) = rows.next(&mut row)? {
        account.rows += 1;
        sheet.heard(account.rows)?;
        if kind != RowKind::Data {
            *account.skipped.entry(kind).or_default() += 1;
            take(kind, &row, None)?;
            continue;
        }
        account.accepted += 1;
        account.households += 1;
        let (record, level) = (account.accepted, Level::Household);
        let entry = Entry::naming(&mut recall, &row, columns, record, level, codebook);
        let digest = staircase.digest(&entry.door);
        take(kind, &row, Some((&entry, digest)))?;
    }
    Ok(())
}
