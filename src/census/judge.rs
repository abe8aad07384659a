//! One row of a household-level list, judged: what is wrong with it, its key and its code.

use jiff::civil::Date;

use super::coding::{Coding, Tally};
use super::silent::{Silent, Verdict};
use super::staircase::Staircase;
use crate::code::GridCode;
use crate::codebook::Codebook;
use crate::diagnostic::Severity;
use crate::household::{Earlier, Entry, Household, Level, Recall};
use crate::row::{Columns, Row};
use crate::rule::{Context, Findings, judge_household, judge_row};

/// What is the same for all rows of one table.
#[derive(Clone, Debug)]
pub(super) struct Table<'t> {
    pub(super) columns: &'t Columns,
    pub(super) codebook: &'t Codebook,
    pub(super) on: Date,
    /// In a text file each row tells how many cells it has.
    pub(super) text: bool,
    pub(super) remarks_from: Option<usize>,
    /// How households get codes, where they are to get any.
    pub(super) coding: Option<Coding<'t>>,
}

/// Judges the rows of a household-level table, and remembers what spares work on the next; one for each thread.
#[derive(Debug)]
pub(super) struct Judge<'t> {
    table: &'t Table<'t>,
    recall: Recall<'t>,
    staircase: Staircase,
    silent: Option<Silent>,
}

/// What a row came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Judged {
    /// The digest of the household's key; `None` where the row does not tell households apart.
    pub(super) digest: Option<u128>,
    /// The code as it stands in the row.
    pub(super) code: Option<GridCode>,
    /// The code that the household is to get.
    pub(super) new: Option<GridCode>,
    /// Whether a finding is an error.
    pub(super) wrong: bool,
    pub(super) tally: Tally,
}

impl<'t> Judge<'t> {
    pub(super) fn new(table: &'t Table<'t>) -> Self {
        Self {
            table,
            recall: Recall::default(),
            staircase: Staircase::default(),
            silent: Silent::of(table.columns),
        }
    }

    /// Judges a row. `record` is the number of the data row, `earlier` the row that had the same key.
    pub(super) fn row(
        &mut self,
        row: &Row,
        record: u64,
        earlier: Option<Earlier>,
        found: &mut Findings<'_>,
    ) -> Judged {
        let table = self.table;
        let ragged = is_ragged(row, table.columns, table.remarks_from, table.text);
        if let Some(silent) = &mut self.silent
            && earlier.is_none()
            && !ragged
            && let Some(told) = silent.told(row, table.columns)
        {
            return Judged {
                digest: self.staircase.digest(told.door),
                code: told.code,
                new: told.verdict.new(told.code, told.unit),
                wrong: false,
                tally: told.verdict.tally,
            };
        }
        let context = Context {
            codebook: table.codebook,
            columns: table.columns,
            on: table.on,
        };
        let mut entry = Entry::recalling(
            &mut self.recall,
            row,
            table.columns,
            record,
            Level::Household,
            table.codebook,
        );
        entry.ragged = ragged;
        judge_row(&entry, &context, found);
        let mut household = Household::begin(&entry, table.codebook, table.on);
        household.finish(table.codebook);
        household.earlier = earlier;
        judge_household(&household, &context, found);
        let (new, tally) = match &table.coding {
            None => (None, Tally::default()),
            Some(coding) => {
                let new = coding.code_of(&household);
                (new, coding.count(&household, new, table.columns, found))
            }
        };
        let worst = found.take_worst();
        let code = household.code.map(|(code, _)| code);
        if let Some(silent) = &mut self.silent
            && worst.is_none()
            && earlier.is_none()
            && !ragged
        {
            silent.learn(&entry, Verdict::of(new, tally));
        }
        Judged {
            digest: self.staircase.digest(&entry.door),
            code,
            new,
            wrong: worst == Some(Severity::Error),
            tally,
        }
    }
}

/// Whether a row has more cells than the table, or, in a text file, fewer: its values may stand under wrong headers.
pub(super) fn is_ragged(
    row: &Row,
    columns: &Columns,
    remarks_from: Option<usize>,
    text: bool,
) -> bool {
    let width = columns.len();
    let end = remarks_from.unwrap_or(row.len()).min(row.len());
    let surplus = (width..end).any(|column| !row.get(column).trim().is_empty());
    surplus || text && row.len() < width
}
