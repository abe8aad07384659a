//! Writing delimited text that reads back exactly, in the encoding the user's programs expect.

use std::io::Write;

use csv_core::{QuoteStyle, Writer, WriterBuilder};
use encoding_rs::{EncoderResult, GB18030};

use super::dialect::{Dialect, LineEnd, checked_delimiter};
use super::guard::needs_guard;
use super::{RowWriter, TableError};
use crate::row::Place;

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
    const fn name(self) -> &'static str {
        match self {
            Self::Utf8Mark | Self::Utf8 => "UTF-8",
            Self::Gb18030 => "gb18030",
            Self::Utf16Le => "UTF-16LE",
        }
    }

    const fn mark(self) -> &'static [u8] {
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
    options: CsvOptions,
    /// Says which cells need quotes, and puts them.
    quoting: Writer,
    /// A cell in its quotes.
    quoted: Vec<u8>,
    /// The row being written.
    line: String,
    /// Where its cells end, to name the one that cannot be encoded.
    ends: Vec<usize>,
    /// Encoded rows on their way to the target.
    out: Vec<u8>,
    rows: u64,
}

impl<W: Write> CsvWriter<W> {
    /// Begins a text.
    ///
    /// # Errors
    /// When the delimiter cannot be one.
    pub fn new(target: W, options: &CsvOptions) -> Result<Self, TableError> {
        let quoting = WriterBuilder::new()
            .delimiter(checked_delimiter(options.delimiter)?)
            .quote_style(QuoteStyle::Always)
            .build();
        Ok(Self {
            target,
            options: *options,
            quoting,
            quoted: Vec::new(),
            line: String::new(),
            ends: Vec::new(),
            out: options.encoding.mark().to_vec(),
            rows: 0,
        })
    }

    /// Goes on with a text that another writer began.
    pub(crate) fn continuing(target: W, options: &CsvOptions) -> Result<Self, TableError> {
        let mut writer = Self::new(target, options)?;
        writer.out.clear();
        writer.rows = 1;
        Ok(writer)
    }

    pub(crate) fn into_target(mut self) -> Result<W, TableError> {
        self.pass_on()?;
        Ok(self.target)
    }

    /// Appends rows that another writer with the same options has written.
    ///
    /// # Errors
    /// When the target cannot be written.
    pub fn append(&mut self, bytes: &[u8], rows: u64) -> Result<(), TableError> {
        self.pass_on()?;
        self.target.write_all(bytes)?;
        self.rows += rows;
        Ok(())
    }

    /// Appends one cell to the line, guarded and quoted where it has to be.
    fn put(&mut self, cell: &str) {
        let guard = !self.options.raw && needs_guard(cell);
        let first = self.rows == 0 && self.ends.is_empty();
        // Blank cells before a `<` would leave a file that begins like a web page.
        let quoted = (first && is_mistakable(cell))
            || cell.trim_start().starts_with('<')
            || cell.bytes().any(|byte| self.quoting.is_special_byte(byte));
        let guard = if guard { "'" } else { "" };
        if quoted {
            self.put_quoted(guard, cell);
        } else {
            self.line.push_str(guard);
            self.line.push_str(cell);
        }
        self.ends.push(self.line.len());
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
        if let Some(at) = self.line.bytes().position(|byte| byte == 0) {
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

    fn pass_on(&mut self) -> Result<(), TableError> {
        self.target.write_all(&self.out)?;
        self.out.clear();
        Ok(())
    }
}

impl<W: Write> RowWriter for CsvWriter<W> {
    fn write_row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<(), TableError> {
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
        self.line.push_str(self.options.line_end.as_str());
        let before = self.out.len();
        if let Err(error) = self.encode() {
            self.out.truncate(before);
            return Err(error);
        }
        self.rows += 1;
        if self.out.len() >= BLOCK {
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
