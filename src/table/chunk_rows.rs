//! The rows of a chunk: lines cut at their delimiters, and records read with care where a line has quotes.

use super::chunk::Chunk;
use super::guard::{self, unguarded, verbatim};
use super::record::{Records, Step};
use super::signs::Signs;
use crate::row::{CellKind, Row};

/// The rows of one [`Chunk`], in order.
#[derive(Debug)]
pub struct ChunkRows<'c> {
    text: &'c str,
    delimiter: u8,
    raw: bool,
    /// Whether lines of the text may be copied into a file: a zero byte may not.
    clean: bool,
    /// The first bytes of cells that need a closer look.
    suspects: [bool; 256],
    at: usize,
    number: u64,
    signs: Signs<'c>,
    /// Where the cells of the line end.
    ends: Vec<usize>,
    /// Reads what is no plain line, once there is such a line.
    records: Option<Records>,
}

impl<'c> ChunkRows<'c> {
    pub(crate) fn new(chunk: &'c Chunk) -> Self {
        let text = chunk.text();
        let (delimiter, raw) = chunk.dialect();
        Self {
            text,
            delimiter,
            raw,
            clean: memchr::memchr(0, text.as_bytes()).is_none(),
            suspects: suspects(delimiter),
            at: 0,
            number: chunk.first_row(),
            signs: Signs::new(text.as_bytes(), delimiter),
            ends: Vec::new(),
            records: None,
        }
    }

    /// Overwrites `row` with the next row of the chunk; `false` after the last.
    pub fn next(&mut self, row: &mut Row) -> bool {
        let bytes = self.text.as_bytes();
        let start = self.at;
        if start >= bytes.len() {
            return false;
        }
        self.ends.clear();
        let mut cell = start;
        let mut suspect = false;
        let (end, next) = loop {
            // The last line of a file may lack its end.
            let at = self.signs.next().unwrap_or(bytes.len());
            let first = bytes.get(cell).copied().unwrap_or_default();
            suspect |= self.suspects.get(usize::from(first)) == Some(&true);
            match bytes.get(at) {
                Some(&byte) if byte == self.delimiter => {
                    self.ends.push(at - start);
                    cell = at + 1;
                }
                Some(b'\n') => break (at, at + 1),
                Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => {
                    self.signs.next();
                    break (at, at + 2);
                }
                None => break (at, at),
                Some(_) => {
                    self.read_with_care(row);
                    return true;
                }
            }
        };
        // A blank line has no cell.
        if end > start {
            self.ends.push(end - start);
        }
        let line = self.text.get(start..end).unwrap_or_default();
        if suspect {
            self.fill_from_suspect(row, line);
        } else {
            let verbatim = self.clean.then_some(self.delimiter);
            row.take_line(self.number, line, &self.ends, verbatim);
        }
        self.at = next;
        self.number += 1;
        true
    }

    /// Fills the row from a line in which a cell may have a guard, or need one.
    #[cold]
    fn fill_from_suspect(&self, row: &mut Row, line: &str) {
        let mut start = 0;
        let cells = self.ends.iter().map(move |&end| {
            let cell = line.get(start..end).unwrap_or_default();
            start = end + 1;
            cell
        });
        if self.raw || cells.clone().all(|cell| unguarded(cell) == cell) {
            let verbatim = self.clean && cells.clone().all(verbatim);
            let verbatim = verbatim.then_some(self.delimiter);
            row.take_line(self.number, line, &self.ends, verbatim);
        } else {
            row.reset(self.number);
            for cell in cells {
                row.push(unguarded(cell), CellKind::Text);
            }
        }
    }

    /// Reads the record that begins here, with its quotes or its lone CR.
    #[cold]
    fn read_with_care(&mut self, row: &mut Row) {
        row.reset(self.number);
        let records = self
            .records
            .get_or_insert_with(|| Records::new(self.delimiter));
        let step = records.read_one(self.text, &mut self.at, true);
        debug_assert_eq!(step, Step::Record, "a chunk is whole records");
        for cell in records.cells() {
            let cell = if self.raw { cell } else { unguarded(cell) };
            row.push(cell, CellKind::Text);
        }
        self.number += 1;
        self.signs.go_to(self.at);
    }
}

/// The first bytes of cells that need a closer look. An empty cell seems to begin with what ends it: in a line without
/// quotes no other cell does.
fn suspects(delimiter: u8) -> [bool; 256] {
    let mut suspects = guard::suspects();
    for end in [delimiter, b'\n', b'\r'] {
        if let Some(slot) = suspects.get_mut(usize::from(end)) {
            *slot = false;
        }
    }
    suspects
}
