//! Where the rows of a changed list go, sheet by sheet, with columns added or replaced.

use super::walk::Begun;
use crate::row::{CellKind, Cells, Row};
use crate::table::{CsvCells, CsvLines, CsvOptions, RowKind, TableError};

/// Takes the rows of one table after the other.
pub trait Target {
    /// A table begins; its rows follow. `headers` is the Excel row of its (last) header row, 0 where there is none.
    ///
    /// # Errors
    /// When the format cannot hold another table, or the target cannot be written.
    fn sheet(&mut self, name: Option<&str>, headers: u64) -> Result<(), TableError>;

    /// A sheet begins that holds no table; its rows follow as they are. `false` where the format has one sheet only:
    /// then they do not follow.
    ///
    /// # Errors
    /// When the target cannot be written.
    fn other_sheet(&mut self, _name: Option<&str>) -> Result<bool, TableError> {
        Ok(false)
    }

    /// One row of text cells.
    ///
    /// # Errors
    /// When a cell cannot be held by the format or encoding, or the target cannot be written.
    fn row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<(), TableError>;

    /// How rows are written, where the target is a text: several threads can then write them for it. `None` for any other.
    fn csv(&self) -> Option<CsvOptions> {
        None
    }

    /// Takes rows that are written already, as [`csv`](Self::csv) says; or the error that the row after them gave.
    ///
    /// # Errors
    /// When a cell cannot be held by the encoding, or the target cannot be written.
    fn append(
        &mut self,
        _lines: &mut CsvLines,
        failed: Option<TableError>,
    ) -> Result<(), TableError> {
        failed.map_or(Ok(()), Err)
    }
}

/// The columns that a command adds to a table, or replaces where the table has them already.
#[derive(Debug)]
pub(super) struct Added {
    headers: Vec<String>,
    /// Where each stands in the table already.
    existing: Vec<Option<usize>>,
    /// Whether none does.
    all_new: bool,
    nothing: CsvCells,
    /// Where new columns are inserted: right of the table, left of remarks beside it.
    insert_at: usize,
    last_header_row: u64,
    /// Cells of a merged area are written out in every row of it.
    repeat_merged: bool,
}

impl Added {
    pub(super) fn new(headers: Vec<String>, begun: &Begun<'_>) -> Self {
        let same = |header: &String| {
            begun
                .columns
                .iter()
                .position(|column| column.header == *header)
        };
        let existing: Vec<_> = headers.iter().map(same).collect();
        Self {
            headers,
            all_new: existing.iter().all(Option::is_none),
            nothing: CsvCells::default(),
            existing,
            insert_at: begun.columns.len(),
            last_header_row: begun.last_header_row,
            repeat_merged: begun.repeat_merged,
        }
    }

    /// Lets the first column be one that the table has under another name.
    pub(super) fn replacing(mut self, column: Option<usize>) -> Self {
        if let (Some(column), Some(first)) = (column, self.existing.first_mut()) {
            *first = Some(column);
            self.all_new = false;
        }
        self
    }

    /// Writes a data row with the values of the added columns.
    pub(super) fn data(
        &self,
        row: &Row,
        values: &[&str],
        target: &mut dyn Target,
    ) -> Result<(), TableError> {
        self.write(row, Some(values), Line::Data, target)
    }

    /// Writes a data row into lines: in one piece where it is a line of the file still and keeps all its cells.
    /// `lead` is a code or the digits of a unit, or empty; it is the first of the added cells, and `cells` are the others.
    #[inline]
    pub(super) fn copy(
        &self,
        row: &Cells<'_>,
        lead: &str,
        cells: &CsvCells,
        lines: &mut LinesWriter,
    ) -> Result<bool, TableError> {
        if self.all_new {
            return lines.lines.copy_led(row, self.insert_at, Some(lead), cells);
        }
        match self.existing.as_slice() {
            // The code is the one that stands there.
            [Some(column)] if row.get(*column) == lead => {
                let end = row.len().max(self.insert_at);
                lines.lines.copy_led(row, end, None, &self.nothing)
            }
            _ => Ok(false),
        }
    }

    /// Writes a row that is no data; a header gets the names of the added columns, and keeps those it has.
    pub(super) fn other(
        &self,
        kind: RowKind,
        row: &Row,
        target: &mut dyn Target,
    ) -> Result<(), TableError> {
        let is_header = kind == RowKind::RepeatedHeader
            || kind == RowKind::Header && row.number() == self.last_header_row;
        let headers: Vec<&str> = self.headers.iter().map(String::as_str).collect();
        let names = is_header.then_some(headers.as_slice());
        self.write(row, names, Line::Other, target)
    }

    fn write(
        &self,
        row: &Row,
        values: Option<&[&str]>,
        line: Line,
        target: &mut dyn Target,
    ) -> Result<(), TableError> {
        let value = |index: usize| values.and_then(|values| values.get(index)).copied();
        let is_data = matches!(line, Line::Data);
        let cell = |column: usize| {
            let replaced = self
                .existing
                .iter()
                .position(|existing| is_data && *existing == Some(column))
                .and_then(value);
            let repeats = is_data && self.repeat_merged;
            let own = match row.kind(column) {
                CellKind::Filled if repeats => row.get(column),
                _ => row.own(column),
            };
            replaced.unwrap_or(own)
        };
        let is_new = |index: &usize| self.existing.get(*index) == Some(&None);
        let new = (0..self.headers.len())
            .filter(is_new)
            .map(|index| value(index).unwrap_or(""));
        // A blank row, a title, stays as short as it is.
        let reaches = values.is_some() || row.len() > self.insert_at;
        let left = if reaches { self.insert_at } else { row.len() };
        let right = row.len().max(left);
        let mut cells = (0..left)
            .map(cell)
            .chain(new.take_while(|_| reaches))
            .chain((left..right).map(cell));
        target.row(&mut cells)
    }
}

#[derive(Clone, Copy)]
enum Line {
    Data,
    Other,
}

/// Writes a row of a sheet without a table: a merged cell stands in its first row only.
pub(super) fn write_loose(row: &Row, target: &mut dyn Target) -> Result<(), TableError> {
    target.row(&mut (0..row.len()).map(|column| row.own(column)))
}

/// The rows of a chunk on their way to a text.
pub(super) struct LinesWriter {
    pub(super) lines: CsvLines,
}

impl LinesWriter {
    /// For about so many bytes.
    pub(super) fn new(options: CsvOptions, bytes: usize) -> Result<Self, TableError> {
        let mut lines = CsvLines::new(&options)?;
        lines.reserve(bytes);
        Ok(Self { lines })
    }
}

impl Target for LinesWriter {
    fn sheet(&mut self, _name: Option<&str>, _headers: u64) -> Result<(), TableError> {
        Ok(())
    }

    fn row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<(), TableError> {
        self.lines.row(cells)
    }
}
