//! Households handed over one by one on the thread of the caller, each with its door: for those who count them by building.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::along::Along;
use super::index::KeyIndex;
use super::judge::{self, is_ragged};
use super::staircase::Staircase;
use super::walk::{ROWS_BETWEEN_WORDS, tell};
use super::wrong_rows::WrongRows;
use super::{Options, SheetAccount};
use crate::diagnostic::{Diagnostic, Severity};
use crate::household::{Earlier, Entry, Household, Level, Recall};
use crate::row::Row;
use crate::rule::{Context, Findings, judge_household, judge_row};
use crate::table::{RowKind, Table, TableError};

/// Takes households, and the rows between them.
pub(super) trait OneByOne {
    /// A data row as it stands in the file, what was read from it, and its household, complete.
    fn data(
        &mut self,
        row: &Row,
        entry: &Entry<'_>,
        household: &Household,
    ) -> Result<(), TableError>;

    /// A row that is no data, as it stands in the file.
    fn other(&mut self, _kind: RowKind, _row: &Row) -> Result<(), TableError> {
        Ok(())
    }
}

/// A table that is gone through.
pub(super) struct Sheet<'s> {
    pub(super) table: &'s judge::Table<'s>,
    pub(super) name: Option<Arc<str>>,
    pub(super) options: &'s Options<'s>,
    pub(super) level: Level,
}

/// The households of a person-level table, by the digests of their doors.
#[derive(Debug, Default)]
pub(super) struct Folded {
    households: Vec<Household>,
    by_digest: BTreeMap<u128, usize>,
}

impl Folded {
    fn of(&self, digest: u128) -> Option<&Household> {
        self.by_digest
            .get(&digest)
            .and_then(|at| self.households.get(*at))
    }
}

impl Sheet<'_> {
    /// Judges all rows. Households that are rows are handed over at once; those that are many have to be read again, and
    /// are given back.
    pub(super) fn first(
        &self,
        rows: &mut Table<'_>,
        account: &mut SheetAccount,
        taker: &mut dyn OneByOne,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<Option<Folded>, TableError> {
        match self.level {
            Level::Household => {
                self.households(rows, account, taker, sink)?;
                Ok(None)
            }
            Level::Person => self.persons(rows, account, sink).map(Some),
        }
    }

    fn context(&self) -> Context<'_> {
        Context {
            codebook: self.table.codebook,
            columns: self.table.columns,
            on: self.table.on,
        }
    }

    pub(super) fn heard(&self, rows: u64) -> Result<(), TableError> {
        if rows.is_multiple_of(ROWS_BETWEEN_WORDS) {
            return tell(self.options, rows);
        }
        Ok(())
    }

    fn households(
        &self,
        rows: &mut Table<'_>,
        account: &mut SheetAccount,
        taker: &mut dyn OneByOne,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<(), TableError> {
        let table = self.table;
        let context = self.context();
        let mut found = Findings::new(self.name.clone(), &self.options.settings, sink);
        let (mut staircase, mut index) = (Staircase::default(), KeyIndex::default());
        let (mut recall, mut row) = (Recall::default(), Row::default());
        while let Some(kind) = rows.next(&mut row)? {
            account.rows += 1;
            self.heard(account.rows)?;
            if kind != RowKind::Data {
                *account.skipped.entry(kind).or_default() += 1;
                taker.other(kind, &row)?;
                continue;
            }
            let record = account.data_rows() + 1;
            let level = Level::Household;
            let mut entry = Entry::recalling(
                &mut recall,
                &row,
                table.columns,
                record,
                level,
                table.codebook,
            );
            entry.ragged = is_ragged(&row, table.columns, table.remarks_from, table.text);
            judge_row(&entry, &context, &mut found);
            let mut household = Household::begin(&entry, table.codebook, table.on);
            household.finish(table.codebook);
            let here = Earlier {
                row: row.number(),
                code: household.code.map(|(code, _)| code),
            };
            let digest = staircase.digest(&entry.door);
            household.earlier = digest.and_then(|digest| index.meet(digest, here));
            judge_household(&household, &context, &mut found);
            let wrong = found.take_worst() == Some(Severity::Error);
            account.households += 1;
            account.codes += u64::from(here.code.is_some());
            account.with_errors += u64::from(wrong);
            account.accepted += u64::from(!wrong);
            taker.data(&row, &entry, &household)?;
        }
        Ok(())
    }

    fn persons(
        &self,
        rows: &mut Table<'_>,
        account: &mut SheetAccount,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<Folded, TableError> {
        let table = self.table;
        let context = self.context();
        let mut wrong = WrongRows::default();
        let mut noting = |finding: Diagnostic| {
            if finding.severity == Severity::Error {
                wrong.insert(finding.record);
            }
            sink(finding);
        };
        let mut found = Findings::new(self.name.clone(), &self.options.settings, &mut noting);
        let mut folded = Folded::default();
        let mut along = Along::new(table, true);
        let mut row = Row::default();
        while let Some(kind) = rows.next(&mut row)? {
            account.rows += 1;
            self.heard(account.rows)?;
            if kind != RowKind::Data {
                *account.skipped.entry(kind).or_default() += 1;
                continue;
            }
            let record = account.data_rows() + 1;
            along.read(&mut row, record, |_, entry, digest| {
                judge_row(entry, &context, &mut found);
                account.codes += u64::from(entry.sure_code().is_some());
                let next = folded.households.len();
                let at = *folded.by_digest.entry(digest).or_insert(next);
                if let Some(household) = folded.households.get_mut(at) {
                    household.add(entry, table.codebook, table.on);
                } else {
                    let household = Household::begin(entry, table.codebook, table.on);
                    folded.households.push(household);
                }
            });
            account.accepted += 1;
        }
        account.households = folded.households.len() as u64;
        for household in &mut folded.households {
            household.finish(table.codebook);
            judge_household(household, &context, &mut found);
        }
        account.with_errors = wrong.count();
        account.accepted -= wrong.count();
        Ok(folded)
    }

    /// Reads a person-level table once more: now its households are known.
    pub(super) fn again(
        &self,
        rows: &mut Table<'_>,
        folded: &Folded,
        taker: &mut dyn OneByOne,
    ) -> Result<(), TableError> {
        let mut along = Along::new(self.table, false);
        let (mut row, mut read, mut record) = (Row::default(), 0, 0);
        while let Some(kind) = rows.next(&mut row)? {
            read += 1;
            self.heard(read)?;
            if kind != RowKind::Data {
                taker.other(kind, &row)?;
                continue;
            }
            record += 1;
            along.read(&mut row, record, |row, entry, digest| {
                match folded.of(digest) {
                    Some(household) => taker.data(row, entry, household),
                    None => Ok(()),
                }
            })?;
        }
        Ok(())
    }
}
