//! A list as it will be: its rows, with the repaired cells in place of what stands there.

use super::Repair;
use crate::row::{CellKind, Row};
use crate::table::{Rows, TableError};

/// Cells of a list that are read otherwise than they stand in the file.
#[derive(Debug, Default)]
pub(in crate::census) struct Overlay<'r> {
    /// In the order of their places within each sheet.
    pub(super) repairs: &'r [Repair],
}

impl<'r> Overlay<'r> {
    /// The rows of a sheet with its repairs. `grows` says that a row can get cells which it does not have: a workbook's.
    pub(in crate::census) fn over<'b>(
        &self,
        sheet: Option<&str>,
        grows: bool,
        rows: Box<dyn Rows + 'b>,
    ) -> Box<dyn Rows + 'b>
    where
        'r: 'b,
    {
        let own = |repair: &Repair| repair.place.sheet.as_deref() == sheet;
        let start = self.repairs.iter().position(own).unwrap_or(0);
        let repairs = self.repairs.get(start..).unwrap_or_default();
        let count = repairs.iter().take_while(|repair| own(repair)).count();
        Box::new(Overlaid {
            rows,
            repairs: repairs.get(..count).unwrap_or_default(),
            grows,
        })
    }
}

struct Overlaid<'b> {
    rows: Box<dyn Rows + 'b>,
    /// Those of the rows to come.
    repairs: &'b [Repair],
    grows: bool,
}

impl Rows for Overlaid<'_> {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TableError> {
        if !self.rows.next_row(row)? {
            return Ok(false);
        }
        while let Some((repair, rest)) = self.repairs.split_first() {
            if repair.place.row > row.number() {
                break;
            }
            self.repairs = rest;
            if let Some(column) = repair.place.column
                && repair.place.row == row.number()
                && (self.grows || column < row.len())
            {
                row.set(column, &repair.after, CellKind::Text);
            }
        }
        Ok(true)
    }
}
