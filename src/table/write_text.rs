//! Writing delimited text that reads back exactly, in the encoding the user's programs expect.

use std::io::Write;

use super::dialect::{Dialect, LineEnd};
use super::{CsvLines, RowWriter, TableError};

/// How much is gathered before it is written.
const BLOCK: usize = 1 << 16;

/// An encoding that can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextEncoding {
    /// UTF-8 with a byte order mark: Excel and WPS show it right on a double click.
    #[default]
    Utf8Mark,
    /// UTF-8 without a mark, for programs.
    Utf8,
    /// GB18030, the superset of GBK that older Chinese programs expect.
    Gb18030,
    /// UTF-16, little end first, with its mark.
    Utf16Le,
}

impl TextEncoding {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Utf8Mark | Self::Utf8 => "UTF-8",
            Self::Gb18030 => "gb18030",
            Self::Utf16Le => "UTF-16LE",
        }
    }

    pub(super) const fn mark(self) -> &'static [u8] {
        match self {
            Self::Utf8Mark => b"\xef\xbb\xbf",
            Self::Utf16Le => b"\xff\xfe",
            Self::Utf8 | Self::Gb18030 => b"",
        }
    }
}

/// How to write delimited text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CsvOptions {
    /// What stands between cells.
    pub delimiter: char,
    /// The encoding.
    pub encoding: TextEncoding,
    /// What ends a row.
    pub line_end: LineEnd,
    /// Whether cells are written as they are, without the `'` that keeps them from becoming formulas.
    pub raw: bool,
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self {
            delimiter: ',',
            encoding: TextEncoding::default(),
            line_end: LineEnd::default(),
            raw: false,
        }
    }
}

impl CsvOptions {
    /// As a file that was read is written; an encoding that only can be read becomes UTF-8 with a mark.
    #[must_use]
    pub fn like(dialect: &Dialect) -> Self {
        Self {
            delimiter: dialect.delimiter,
            encoding: match (dialect.encoding, dialect.mark) {
                ("UTF-8", false) => TextEncoding::Utf8,
                ("gb18030", _) => TextEncoding::Gb18030,
                ("UTF-16LE", _) => TextEncoding::Utf16Le,
                _ => TextEncoding::Utf8Mark,
            },
            line_end: dialect.line_end,
            raw: false,
        }
    }
}

/// Writes delimited text. Reading it back with the same options gives the same rows.
#[derive(Debug)]
pub struct CsvWriter<W> {
    target: W,
    lines: CsvLines,
    /// How many rows have been passed on to the target.
    rows: u64,
}

impl<W: Write> CsvWriter<W> {
    /// Begins a text.
    ///
    /// # Errors
    /// When the delimiter cannot be one.
    pub fn new(target: W, options: &CsvOptions) -> Result<Self, TableError> {
        Ok(Self {
            target,
            lines: CsvLines::beginning(*options)?,
            rows: 0,
        })
    }

    /// Writes rows that were formatted apart, and empties `lines`. They must be formatted with the same options, and
    /// the first row of a text cannot be among them.
    ///
    /// # Errors
    /// When the target cannot be written.
    pub fn append(&mut self, lines: &mut CsvLines) -> Result<(), TableError> {
        self.pass_on()?;
        self.target.write_all(lines.bytes())?;
        self.rows += lines.rows();
        lines.clear();
        Ok(())
    }

    /// An error of [`CsvLines`] whose rows would be appended now, with the number that the row has in the whole text.
    #[must_use]
    pub fn placed(&self, error: TableError) -> TableError {
        let mut error = error;
        if let TableError::Unencodable { place, .. } = &mut error {
            place.row += self.rows + self.lines.rows();
        }
        error
    }

    fn pass_on(&mut self) -> Result<(), TableError> {
        self.target.write_all(self.lines.bytes())?;
        self.rows += self.lines.rows();
        self.lines.clear();
        Ok(())
    }
}

impl<W: Write> RowWriter for CsvWriter<W> {
    fn write_row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<(), TableError> {
        if let Err(mut error) = self.lines.row(cells) {
            if let TableError::Unencodable { place, .. } = &mut error {
                place.row += self.rows;
            }
            return Err(error);
        }
        if self.lines.bytes().len() >= BLOCK {
            self.pass_on()?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), TableError> {
        self.pass_on()?;
        self.target.flush()?;
        Ok(())
    }
}
