//! Along the rows of a person-level table: each is read with the door of the household above, where its own is left blank.

use std::mem;

use super::judge::{Table, is_ragged};
use super::staircase::Staircase;
use crate::household::{Entry, Level, Recall, continues};
use crate::row::{CellKind, Columns, Field, Row};

/// Reads residents' rows one after the other, and remembers what spares work on the next; one for each thread.
#[derive(Debug)]
pub(super) struct Along<'t> {
    table: &'t Table<'t>,
    /// Whether rows are read whole, or only their doors.
    whole: bool,
    /// The columns that name a door.
    naming: Vec<usize>,
    recall: Recall<'t>,
    staircase: Staircase,
    pub(super) above: Above,
}

/// The last row that named a door, on which a row below may lean.
#[derive(Debug, Default)]
pub(super) struct Above {
    known: Known,
    row: Row,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Known {
    /// The rows above are another thread's.
    #[default]
    Untold,
    /// There is none, or a row that belongs to nobody known stands between.
    Nobody,
    Row,
}

impl Above {
    /// Above the first row of a table.
    pub(super) fn none() -> Self {
        Self {
            known: Known::Nobody,
            row: Row::default(),
        }
    }

    /// Whether the rows above have been seen.
    pub(super) fn is_told(&self) -> bool {
        self.known != Known::Untold
    }
}

impl<'t> Along<'t> {
    pub(super) fn new(table: &'t Table<'t>, whole: bool) -> Self {
        let columns = table.columns;
        let fields: &[Field] = if columns.has(Field::Unit) || columns.has(Field::Address) {
            &[Field::Unit, Field::Address]
        } else {
            &[Field::HouseholdId]
        };
        Self {
            table,
            whole,
            naming: fields
                .iter()
                .filter_map(|field| columns.of(*field))
                .collect(),
            recall: Recall::default(),
            staircase: Staircase::default(),
            above: Above::none(),
        }
    }

    /// Whether a row names a door, so that it leans on none above.
    pub(super) fn names_door(&self, row: &Row) -> bool {
        self.naming
            .iter()
            .any(|column| !row.get(*column).trim().is_empty())
    }

    /// Reads a data row, and gives it as it stands in the file, as it is read, and with the digest of its household.
    /// Afterwards nothing is left of the row.
    pub(super) fn read<R>(
        &mut self,
        row: &mut Row,
        record: u64,
        with: impl FnOnce(&Row, &Entry<'_>, u128) -> R,
    ) -> R {
        let table = self.table;
        let columns = table.columns;
        let names_door = self.names_door(row);
        let filled = if names_door {
            None
        } else {
            self.lean(row, columns)
        };
        let read = filled.as_ref().unwrap_or(row);
        let reading = if self.whole {
            Entry::recalling
        } else {
            Entry::naming
        };
        let (recall, level) = (&mut self.recall, Level::Person);
        let mut entry = reading(recall, read, columns, record, level, table.codebook);
        entry.ragged = is_ragged(row, columns, table.remarks_from, table.text);
        let household = self.staircase.household_of(&entry);
        let result = with(row, &entry, household);
        if names_door {
            mem::swap(row, &mut self.above.row);
            self.above.known = Known::Row;
        }
        result
    }

    /// A row that names no door, with what the household above says of it; `None` where it does not go on with that one.
    fn lean(&mut self, row: &Row, columns: &Columns) -> Option<Row> {
        let above = &self.above.row;
        if self.above.known != Known::Row || !continues(row, above, columns) {
            self.above.known = Known::Nobody;
            return None;
        }
        let mut filled = row.clone();
        for column in OF_HOUSEHOLD.iter().filter_map(|field| columns.of(*field)) {
            let blank = row.get(column).trim().is_empty();
            // What a formula would say is not known, but it is not nothing.
            if blank && row.kind(column) != CellKind::NoValue {
                filled.set(column, above.get(column), CellKind::Carried);
            }
        }
        Some(filled)
    }
}

/// Columns that speak of the household and not of one resident.
const OF_HOUSEHOLD: [Field; 14] = [
    Field::Community,
    Field::Street,
    Field::Estate,
    Field::Address,
    Field::Building,
    Field::Entrance,
    Field::Floor,
    Field::Unit,
    Field::GridCode,
    Field::Tenure,
    Field::HouseholdId,
    Field::HeadName,
    Field::Residents,
    Field::Grid,
];
