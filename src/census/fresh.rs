//! The households of a new list on their way into an old one.

use std::collections::BTreeMap;

use crate::address::{Door, Key};
use crate::code::GridCode;
use crate::row::{CellKind, Columns, Field, Row};

/// A household of the new list.
pub(super) struct Fresh {
    /// The digest of its key; `None` where the list does not tell which household it is.
    pub(super) digest: Option<u128>,
    pub(super) key: Option<Key>,
    pub(super) door: Door,
    /// The number of its table.
    pub(super) table: usize,
    /// Its row, the first where there are several.
    pub(super) cells: Vec<String>,
    /// How many rows it has, where these are its residents.
    pub(super) residents: Option<String>,
    pub(super) code: Option<GridCode>,
}

/// All of them, in the order of the list.
#[derive(Default)]
pub(super) struct Incoming {
    pub(super) households: Vec<Fresh>,
    by_digest: BTreeMap<u128, usize>,
    /// Rows whose household stands above already.
    pub(super) repeated: u64,
}

impl Incoming {
    pub(super) fn take(&mut self, fresh: Fresh) {
        if let Some(digest) = fresh.digest {
            if self.by_digest.contains_key(&digest) {
                self.repeated += 1;
                return;
            }
            self.by_digest.insert(digest, self.households.len());
        }
        self.households.push(fresh);
    }

    pub(super) fn of(&self, digest: u128) -> Option<&Fresh> {
        self.by_digest
            .get(&digest)
            .and_then(|at| self.households.get(*at))
    }
}

impl Fresh {
    pub(super) fn code_text(&self) -> String {
        self.code.map(|code| code.to_string()).unwrap_or_default()
    }

    /// What the new list says under a field; `None` where it says nothing.
    pub(super) fn text(&self, field: Field, tables: &[Columns]) -> Option<String> {
        let columns = tables.get(self.table)?;
        let cell = columns.of(field).and_then(|at| self.cells.get(at));
        let said = cell.filter(|text| !text.trim().is_empty()).cloned();
        match field {
            // Who counts residents row by row has counted them.
            Field::Residents => said.or_else(|| self.residents.clone()),
            _ => said,
        }
    }

    /// A row for a table with other columns: what says the door is put together anew where the new list has no such column.
    pub(super) fn row(&self, columns: &Columns, tables: &[Columns]) -> Row {
        let door = |field: Field| match field {
            Field::Building => self.door.building.as_ref().map(ToString::to_string),
            Field::Entrance => self.door.entrance.as_ref().map(ToString::to_string),
            Field::Unit => self.door.unit.as_ref().map(|unit| unit.text().to_owned()),
            Field::Address => Some(self.door.to_string()),
            _ => None,
        };
        let mut row = Row::new(0);
        for column in columns.iter() {
            let text = column
                .field
                .and_then(|field| self.text(field, tables).or_else(|| door(field)));
            row.push(&text.unwrap_or_default(), CellKind::Text);
        }
        row
    }
}
