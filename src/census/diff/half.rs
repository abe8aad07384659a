//! `Half`: one list's part in a household that is compared.

use super::super::said::Said;
use crate::code::GridCode;

/// What one list says of a household, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Half {
    /// The sheet, counted from 0 among those that hold a table.
    pub(super) sheet: u32,
    /// The Excel row, the first where there are several.
    pub(super) row: u64,
    /// Whether this row is a line that needs no other row to be read.
    pub(super) is_line: bool,
    pub(super) said: Said,
    /// The code as the list writes it.
    pub(super) written: Option<GridCode>,
    /// Whether the sheet has columns from which a code can be told.
    pub(super) tells_codes: bool,
}
