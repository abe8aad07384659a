//! The one way rows enter a file, whatever its format.

use super::TableError;

/// Takes rows of text cells, in order.
///
/// ```
/// use gridcode::table::{CsvOptions, CsvWriter, RowWriter};
///
/// let mut bytes = Vec::new();
/// let mut writer: Box<dyn RowWriter + '_> = Box::new(CsvWriter::new(&mut bytes, &CsvOptions::default())?);
/// writer.write_row(&mut ["3栋", "=1+1"].into_iter())?;
/// writer.finish()?;
/// assert_eq!(bytes, "\u{feff}3栋,'=1+1\r\n".as_bytes());
/// # Ok::<(), gridcode::table::TableError>(())
/// ```
pub trait RowWriter {
    /// Writes one row; a row without cells is a blank row.
    ///
    /// # Errors
    /// When a cell cannot be held by the format or encoding, or the target cannot be written.
    fn write_row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<(), TableError>;

    /// Writes what is still to be written. A writer dropped before this leaves an unfinished file.
    ///
    /// # Errors
    /// When the target cannot be written.
    fn finish(self: Box<Self>) -> Result<(), TableError>;
}
