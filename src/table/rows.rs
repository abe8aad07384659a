//! The one way rows leave a file: in order, each exactly once, none left out.

use super::TableError;
use crate::row::Row;

/// The rows of one sheet, titles, headers and blank rows included.
pub trait Rows {
    /// Overwrites `row` with the next row; `false` after the last.
    ///
    /// # Errors
    /// When the file cannot be read on.
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TableError>;
}
