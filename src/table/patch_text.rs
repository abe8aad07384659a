//! Changing single cells of a delimited text where they stand: every byte outside them stays as it is.

use std::io::{Read, Write};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::guard::unguarded;
use super::text::TextBook;
use super::unit::Units;
use super::{ReadOptions, Source, TableError};

/// How much is read, and gathered before it is written.
const BLOCK: usize = 1 << 17;

/// Copies a delimited text to `target`, and replaces the text of some of its cells.
///
/// `cells` names them by row, as Excel numbers it, and 0-based column, from the first to the last. `change` is asked with
/// each that the text has, and with what stands there; `None` leaves it. Encoding, delimiter, line ends, quotes, blanks and
/// marks are those of the file: nothing outside a changed cell is decoded. A text packed with gzip is unpacked.
///
/// # Errors
/// When the text cannot be read, the target cannot be written, or the encoding has no such character.
///
/// ```
/// use gridcode::table::{ReadOptions, Source, patch_text};
///
/// let list = Source::bytes("list.csv", b"\"3\" ,803 , 803Aa7\r\n4;,\"9,1\",\"x\"\n".to_vec());
/// let mut out = Vec::new();
/// let options = ReadOptions { delimiter: Some(','), ..ReadOptions::default() };
/// patch_text(&list, &options, &mut out, &mut [(1, 2)].into_iter(), &mut |_, _, before| {
///     assert_eq!(before, " 803Aa7");
///     Some("803Aa7".to_owned())
/// })?;
/// assert_eq!(out, b"\"3\" ,803 ,803Aa7\r\n4;,\"9,1\",\"x\"\n");
/// # Ok::<(), gridcode::table::TableError>(())
/// ```
pub fn patch_text(
    source: &Source,
    options: &ReadOptions,
    target: &mut dyn Write,
    cells: &mut dyn Iterator<Item = (u64, usize)>,
    change: &mut Change<'_>,
) -> Result<(), TableError> {
    let source = source.settled()?;
    let book = TextBook::open(&source, options)?;
    let (encoding, head) = book.bytes_before_rows();
    let (delimiter, raw) = book.reading();
    let Some(units) = Units::of(encoding) else {
        return Err(TableError::UnknownEncoding {
            label: encoding.name().to_owned(),
        });
    };
    let (mut input, gzip) = source.unpacked()?;
    let mut patch = Patch {
        delimiter,
        raw,
        encoding,
        row: 1,
        column: 0,
        state: State::Row,
        next: cells.next(),
        cells,
        change,
        out: Vec::with_capacity(BLOCK * 2),
        cell: None,
    };
    let mut block = Vec::with_capacity(BLOCK * 2);
    let mut to_copy = head;
    loop {
        let room = &mut input;
        let read = room
            .take(BLOCK as u64)
            .read_to_end(&mut block)
            .map_err(|error| source.broke(error, gzip))?;
        let ended = read == 0;
        let mut at = to_copy.min(block.len());
        patch.out.extend(block.iter().take(at));
        to_copy -= at;
        while let Some(unit) = units.next(&block, at, ended) {
            patch.take(
                block.get(at..at + unit.length).unwrap_or_default(),
                unit.sign,
            );
            at += unit.length;
        }
        block.drain(..at);
        patch.pass_on(target)?;
        if ended {
            break;
        }
    }
    patch.end_cell();
    target.write_all(&patch.out)?;
    target.flush()?;
    Ok(())
}

/// Is asked with row, column and text of a cell what to write instead.
pub type Change<'c> = dyn FnMut(u64, usize, &str) -> Option<String> + 'c;

/// Where in the text the next sign stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the first of a row.
    Row,
    /// At the first of a row, behind a CR to which an LF belongs.
    AfterCr,
    /// At the first of a cell.
    Cell,
    /// In a cell without quotes.
    Plain,
    /// Between quotes.
    Quoted,
    /// Behind a quote that may end the cell, or be the first of two.
    Quote,
}

struct Patch<'c> {
    delimiter: u8,
    raw: bool,
    encoding: &'static Encoding,
    row: u64,
    column: usize,
    state: State,
    cells: &'c mut dyn Iterator<Item = (u64, usize)>,
    next: Option<(u64, usize)>,
    change: &'c mut Change<'c>,
    out: Vec<u8>,
    /// Where the cell that is asked for begins in `out`.
    cell: Option<usize>,
}

impl Patch<'_> {
    /// Takes one character in its bytes; `sign` is what it is in ASCII.
    fn take(&mut self, bytes: &[u8], sign: Option<u8>) {
        if self.state == State::AfterCr {
            self.state = State::Row;
            if sign == Some(b'\n') {
                self.out.extend(bytes);
                return;
            }
        }
        let is_end = matches!(sign, Some(b'\n' | b'\r'));
        if matches!(self.state, State::Row | State::Cell) {
            if self.state == State::Row && is_end {
                // A blank line has no cell.
                self.end_row(bytes, sign);
                return;
            }
            self.begin_cell();
            self.state = if sign == Some(b'"') {
                State::Quoted
            } else {
                State::Plain
            };
            if self.state == State::Quoted {
                self.out.extend(bytes);
                return;
            }
        }
        match (self.state, sign) {
            (State::Quoted, Some(b'"')) => self.state = State::Quote,
            (State::Quoted, _) => {}
            (State::Quote, Some(b'"')) => self.state = State::Quoted,
            _ if is_end => {
                self.end_cell();
                self.end_row(bytes, sign);
                return;
            }
            _ if sign == Some(self.delimiter) => {
                self.end_cell();
                self.column += 1;
                self.state = State::Cell;
            }
            _ => self.state = State::Plain,
        }
        self.out.extend(bytes);
    }

    fn begin_cell(&mut self) {
        // What the row does not have is passed over.
        while self.next.is_some_and(|next| next < (self.row, self.column)) {
            self.next = self.cells.next();
        }
        if self.next == Some((self.row, self.column)) {
            self.cell = Some(self.out.len());
        }
    }

    fn end_row(&mut self, bytes: &[u8], sign: Option<u8>) {
        self.out.extend(bytes);
        self.row += 1;
        self.column = 0;
        self.state = if sign == Some(b'\r') {
            State::AfterCr
        } else {
            State::Row
        };
    }

    fn end_cell(&mut self) {
        if self.state == State::Cell {
            // The text ends with a delimiter.
            self.begin_cell();
        }
        let Some(start) = self.cell.take() else {
            return;
        };
        let written = self.out.get(start..).unwrap_or_default();
        let (text, _) = self.encoding.decode_without_bom_handling(written);
        let (quoted, text) = unquoted(&text);
        let before = if self.raw { &text } else { unguarded(&text) };
        let Some(after) = (self.change)(self.row, self.column, before) else {
            return;
        };
        let delimiter = char::from(self.delimiter);
        let needs_quotes = quoted || after.contains(['"', '\r', '\n', delimiter]);
        let after = if needs_quotes {
            format!("\"{}\"", after.replace('"', "\"\""))
        } else {
            after
        };
        let bytes = encoded(&after, self.encoding);
        self.out.truncate(start);
        self.out.extend(bytes);
    }

    fn pass_on(&mut self, target: &mut dyn Write) -> Result<(), TableError> {
        let done = self.cell.unwrap_or(self.out.len());
        target.write_all(self.out.get(..done).unwrap_or_default())?;
        self.out.drain(..done);
        self.cell = self.cell.map(|_| 0);
        Ok(())
    }
}

/// A cell's text without its quotes, and whether it had any.
fn unquoted(text: &str) -> (bool, String) {
    let Some(inner) = text.strip_prefix('"') else {
        return (false, text.to_owned());
    };
    let mut plain = String::with_capacity(inner.len());
    let mut quoted = true;
    let mut signs = inner.chars().peekable();
    while let Some(sign) = signs.next() {
        if quoted && sign == '"' && signs.next_if_eq(&'"').is_none() {
            quoted = false;
            continue;
        }
        plain.push(sign);
    }
    (true, plain)
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    if encoding == UTF_16LE {
        return text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    }
    if encoding == UTF_16BE {
        return text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    }
    encoding.encode(text).0.into_owned()
}
