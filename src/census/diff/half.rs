//! `Half`: one list's part in a household that is compared.

use super::super::packed::Packed;
use super::super::said::Said;
use super::reach::Reach;
use crate::code::GridCode;

/// What one list says of a household, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Half {
    /// The sheet, counted from 0 among those that hold a table.
    pub(super) sheet: u32,
    /// The Excel row, the first where there are several.
    pub(super) row: u64,
    pub(super) reach: Reach,
    pub(super) said: Said,
    /// The code as the list writes it.
    pub(super) written: Option<GridCode>,
    /// Whether the sheet has columns from which a code can be told.
    pub(super) tells_codes: bool,
}

impl Half {
    pub(super) fn of(
        (sheet, row): (u32, u64),
        reach: Reach,
        facts: Packed,
        tells_codes: bool,
    ) -> Self {
        Self {
            sheet,
            row,
            reach,
            said: facts.said(),
            written: facts.written(),
            tells_codes,
        }
    }
}
