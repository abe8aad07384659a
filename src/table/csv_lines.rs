//! Rows as lines of delimited text, formatted and encoded before there is a file to write them to.

use csv_core::{QuoteStyle, Writer, WriterBuilder};
use encoding_rs::{EncoderResult, GB18030};

use super::dialect::checked_delimiter;
use super::guard::{self, needs_guard};
use super::{CsvOptions, TableError, TextEncoding};
use crate::row::{Cells, Place, Row};

/// Cells formatted ahead, for many rows: guarded and quoted, delimiters between them.
#[derive(Clone, Debug, Default)]
pub struct CsvCells {
    /// With a delimiter before the first.
    text: String,
    /// Where the cells end in what follows that delimiter.
    ends: Vec<usize>,
    /// Whether no cell has a zero byte.
    clean: bool,
}

/// Formats rows, apart from any file: several threads can each format a part of a text, and
/// [`CsvWriter::append`](super::CsvWriter::append) writes the parts in order.
///
/// ```
/// use gridcode::table::{CsvLines, CsvOptions, CsvWriter, RowWriter};
///
/// let options = CsvOptions::default();
/// let mut bytes = Vec::new();
/// let mut writer = CsvWriter::new(&mut bytes, &options)?;
/// writer.write_row(&mut ["楼栋", "备注"].into_iter())?;
/// let mut lines = CsvLines::new(&options)?;
/// lines.row(&mut ["3栋", "-"].into_iter())?;
/// writer.append(&mut lines)?;
/// Box::new(writer).finish()?;
/// assert_eq!(bytes, "\u{feff}楼栋,备注\r\n3栋,'-\r\n".as_bytes());
/// # Ok::<(), gridcode::table::TableError>(())
/// ```
#[derive(Debug)]
pub struct CsvLines {
    options: CsvOptions,
    delimiter: u8,
    /// Puts the quotes.
    quoting: Writer,
    /// A cell in its quotes.
    quoted: Vec<u8>,
    /// The first bytes of cells that need a closer look.
    suspects: [bool; 256],
    /// The bytes for which a cell needs quotes.
    special: [bool; 256],
    /// Whether the next row is the first of its text.
    begins: bool,
    /// The row being formatted.
    line: String,
    /// Where its cells end, to name the one that cannot be encoded.
    ends: Vec<usize>,
    /// The rows, encoded.
    out: Vec<u8>,
    rows: u64,
}

impl CsvLines {
    /// Rows of which none is the first of its text.
    ///
    /// # Errors
    /// When the delimiter cannot be one.
    pub fn new(options: &CsvOptions) -> Result<Self, TableError> {
        let delimiter = checked_delimiter(options.delimiter)?;
        let mut special = [false; 256];
        for byte in [delimiter, b'"', b'\r', b'\n'] {
            if let Some(slot) = special.get_mut(usize::from(byte)) {
                *slot = true;
            }
        }
        Ok(Self {
            options: *options,
            delimiter,
            quoting: WriterBuilder::new()
                .delimiter(delimiter)
                .quote_style(QuoteStyle::Always)
                .build(),
            quoted: Vec::new(),
            suspects: guard::suspects(),
            special,
            begins: false,
            line: String::new(),
            ends: Vec::new(),
            out: Vec::new(),
            rows: 0,
        })
    }

    /// Rows from the first of a text, and before them the encoding's mark.
    pub(crate) fn beginning(options: CsvOptions) -> Result<Self, TableError> {
        let mut lines = Self::new(&options)?;
        lines.begins = true;
        lines.out.extend_from_slice(options.encoding.mark());
        Ok(lines)
    }

    /// Formats one row; a row without cells is a blank row.
    ///
    /// # Errors
    /// When a cell cannot be held by the encoding; the row is named as if these rows were a whole text.
    pub fn row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<(), TableError> {
        self.line.clear();
        self.ends.clear();
        for cell in cells {
            if !self.ends.is_empty() {
                self.line.push(self.options.delimiter);
            }
            self.put(cell);
        }
        // One empty cell is not a blank row.
        if self.ends.len() == 1 && self.line.is_empty() {
            self.put_quoted("", "");
        }
        self.end_line()
    }

    /// Formats cells ahead, to be added to many rows.
    pub fn cells(&mut self, cells: &mut dyn Iterator<Item = &str>) -> CsvCells {
        let begins = std::mem::take(&mut self.begins);
        self.line.clear();
        self.ends.clear();
        for cell in cells {
            if !self.ends.is_empty() {
                self.line.push(self.options.delimiter);
            }
            self.put(cell);
        }
        self.begins = begins;
        CsvCells {
            text: format!("{}{}", self.options.delimiter, self.line),
            ends: self.ends.clone(),
            clean: memchr::memchr(0, self.line.as_bytes()).is_none(),
        }
    }

    /// Copies a row that is still a line of the file it came from, with `added` cells after its first `at`, which are
    /// none or not the first. `false` where the row has to be [formatted](Self::row): nothing is written then.
    ///
    /// # Errors
    /// As [`row`](Self::row).
    pub fn copy(&mut self, row: &Row, at: usize, added: &CsvCells) -> Result<bool, TableError> {
        self.copy_led(&row.cells(), at, None, added)
    }

    /// Copies a row as [`copy`](Self::copy) does, with `lead` as the first of the added cells: a text of ASCII letters and
    /// digits that begins with a digit, so that it is a cell as it stands; or an empty text, which is an empty cell.
    #[inline]
    pub(crate) fn copy_led(
        &mut self,
        row: &Cells<'_>,
        at: usize,
        lead: Option<&str>,
        added: &CsvCells,
    ) -> Result<bool, TableError> {
        let Some((line, delimiter)) = row.line() else {
            return Ok(false);
        };
        let Some(split) = row.line_end(at) else {
            return Ok(false);
        };
        let alone = added.ends.is_empty() && lead.is_none();
        if self.begins || delimiter != self.delimiter || !alone && at == 0 {
            return Ok(false);
        }
        let utf8 = matches!(
            self.options.encoding,
            TextEncoding::Utf8 | TextEncoding::Utf8Mark
        );
        let none = added.ends.is_empty();
        // What is copied holds no zero byte.
        if !utf8 || !none && !added.clean {
            self.copy_encoded(row, (line, split), at, lead, added)?;
            return Ok(true);
        }
        let line = line.as_bytes();
        let (before, after) = line.split_at_checked(split).unwrap_or((line, b""));
        self.out.extend_from_slice(before);
        if let Some(lead) = lead {
            self.out.push(delimiter);
            self.out.extend_from_slice(lead.as_bytes());
        }
        if !none {
            self.out.extend_from_slice(added.text.as_bytes());
        }
        if !after.is_empty() {
            self.out.extend_from_slice(after);
        }
        let end = self.options.line_end.as_str();
        self.out.extend_from_slice(end.as_bytes());
        self.rows += 1;
        Ok(true)
    }

    /// Copies a row by way of `line`, to be encoded.
    fn copy_encoded(
        &mut self,
        row: &Cells<'_>,
        (line, split): (&str, usize),
        at: usize,
        lead: Option<&str>,
        added: &CsvCells,
    ) -> Result<(), TableError> {
        let (before, after) = line.split_at_checked(split).unwrap_or((line, ""));
        self.line.clear();
        self.ends.clear();
        self.line.push_str(before);
        self.ends
            .extend((1..=at).filter_map(|count| row.line_end(count)));
        if let Some(lead) = lead {
            self.line.push(self.options.delimiter);
            self.line.push_str(lead);
            self.ends.push(self.line.len());
        }
        if !added.ends.is_empty() {
            let start = self.line.len() + 1;
            self.line.push_str(&added.text);
            self.ends.extend(added.ends.iter().map(|end| start + end));
        }
        let moved = self.line.len() - before.len();
        self.line.push_str(after);
        let later = (at + 1..=row.len()).filter_map(|count| row.line_end(count));
        self.ends.extend(later.map(|end| end + moved));
        self.end_line()
    }

    /// The rows, encoded.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.out
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Makes room for so many bytes of rows at once: what grows bit by bit is copied as often.
    pub(crate) fn reserve(&mut self, bytes: usize) {
        self.out.reserve(bytes);
    }

    /// Forgets the rows and keeps the memory.
    pub fn clear(&mut self) {
        self.out.clear();
        self.rows = 0;
    }

    fn end_line(&mut self) -> Result<(), TableError> {
        self.line.push_str(self.options.line_end.as_str());
        let before = self.out.len();
        if let Err(error) = self.encode() {
            self.out.truncate(before);
            return Err(error);
        }
        self.begins = false;
        self.rows += 1;
        Ok(())
    }

    /// Appends one cell to the line, guarded and quoted where it has to be.
    fn put(&mut self, cell: &str) {
        let first = cell.as_bytes().first().map_or(0, |&byte| usize::from(byte));
        if self.begins || self.suspects.get(first) == Some(&true) {
            self.put_suspect(cell);
        } else if self.has_special(cell) {
            self.put_quoted("", cell);
        } else {
            self.line.push_str(cell);
        }
        self.ends.push(self.line.len());
    }

    /// Appends a cell that may need a guard, or quotes for what it begins with.
    fn put_suspect(&mut self, cell: &str) {
        let guard = !self.options.raw && needs_guard(cell);
        let first = self.begins && self.ends.is_empty();
        // Blank cells before a `<` would leave a file that begins like a web page.
        let quoted = (first && is_mistakable(cell))
            || cell.trim_start().starts_with('<')
            || self.has_special(cell);
        let guard = if guard { "'" } else { "" };
        if quoted {
            self.put_quoted(guard, cell);
        } else {
            self.line.push_str(guard);
            self.line.push_str(cell);
        }
    }

    fn has_special(&self, cell: &str) -> bool {
        cell.bytes()
            .any(|byte| self.special.get(usize::from(byte)) == Some(&true))
    }

    /// Appends guard and text as one quoted cell.
    fn put_quoted(&mut self, guard: &str, text: &str) {
        // Each byte may be a quote that is doubled, and two go around them: there is always room.
        self.quoted.resize(2 * (guard.len() + text.len() + 1), 0);
        let mut rest = self.quoted.as_mut_slice();
        for part in [guard, text] {
            let (_, _, wrote) = self.quoting.field(part.as_bytes(), rest);
            rest = rest.get_mut(wrote..).unwrap_or_default();
        }
        let (_, wrote) = self.quoting.finish(rest);
        let room = rest.len() - wrote;
        let length = self.quoted.len() - room;
        let quoted = self.quoted.get(..length).unwrap_or_default();
        // Text with quotes put in is text: this never fails.
        self.line
            .push_str(str::from_utf8(quoted).unwrap_or_default());
    }

    /// Moves the finished line into `out`, encoded.
    fn encode(&mut self) -> Result<(), TableError> {
        // Zero bytes make a text file look binary to every program, this one included.
        if let Some(at) = memchr::memchr(0, self.line.as_bytes()) {
            return Err(self.unencodable(at, '\0'));
        }
        match self.options.encoding {
            TextEncoding::Utf8Mark | TextEncoding::Utf8 => {
                self.out.extend_from_slice(self.line.as_bytes());
            }
            TextEncoding::Utf16Le => {
                for unit in self.line.encode_utf16() {
                    self.out.extend_from_slice(&unit.to_le_bytes());
                }
            }
            TextEncoding::Gb18030 => {
                let mut encoder = GB18030.new_encoder();
                let mut used = 0;
                loop {
                    let rest = self.line.get(used..).unwrap_or_default();
                    self.out.reserve(rest.len() * 2 + 16);
                    let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(
                        rest,
                        &mut self.out,
                        true,
                    );
                    used += read;
                    match result {
                        EncoderResult::InputEmpty => break,
                        EncoderResult::OutputFull => {}
                        EncoderResult::Unmappable(character) => {
                            return Err(self.unencodable(used.saturating_sub(1), character));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn unencodable(&self, at: usize, character: char) -> TableError {
        TableError::Unencodable {
            place: Place::cell(
                None,
                self.rows + 1,
                self.ends.partition_point(|&end| end <= at),
            ),
            character,
            encoding: self.options.encoding.name(),
        }
    }
}

/// Whether a first cell could make the whole file look like something else: another format, or a `sep=` line.
fn is_mistakable(cell: &str) -> bool {
    let sign = cell.chars().next();
    let harmless = sign.is_none_or(char::is_alphanumeric);
    let named = ["sep=", "GIF8", "PK", "BZh"].iter().any(|start| {
        cell.get(..start.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(start))
    });
    !harmless || named
}

#[cfg(test)]
mod tests;
