//! The one way rows leave a file: in order, each exactly once, none left out.

use super::{Chunks, TableError};
use crate::row::Row;

/// The rows of one sheet, titles, headers and blank rows included.
pub trait Rows {
    /// Overwrites `row` with the next row; `false` after the last.
    ///
    /// # Errors
    /// When the file cannot be read on.
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TableError>;

    /// The rows that [`next_row`](Self::next_row) has not given yet, as text in chunks of about `size` bytes;
    /// `None` where rows do not come from lines of text.
    fn chunks(&mut self, size: usize) -> Option<Chunks<'_>> {
        let _ = size;
        None
    }
}
