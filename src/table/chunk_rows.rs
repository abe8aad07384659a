//! The rows of a chunk: lines cut at their delimiters, and records read with care where a line has quotes.

use std::ops::Range;

use super::chunk::Chunk;
use super::guard::{self, unguarded, verbatim};
use super::record::{Records, Step};
use super::signs::Signs;
use crate::row::{CellKind, Cells, Row};

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
    signs: Signs,
    /// Where the cells of the line end; what follows `width` is room.
    ends: Vec<usize>,
    width: usize,
    /// Where the line above stands, of which `ends` still says the ends; empty where it was no plain line.
    above: Range<usize>,
    /// Reads what is no plain line, once there is such a line.
    records: Option<Records>,
    /// Whether each line is a row.
    is_lines: bool,
    /// Where the text begins in the file.
    begins: Option<u64>,
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
            signs: Signs::at(0, text.as_bytes(), delimiter),
            ends: vec![0; 1 << 6],
            width: 0,
            above: 0..0,
            records: None,
            is_lines: false,
            begins: chunk.begins(),
        }
    }

    /// The same rows, looked through first: where all are lines, some can be [passed over](Self::pass_to) uncut.
    pub(crate) fn passing(chunk: &'c Chunk) -> Self {
        Self {
            is_lines: chunk.is_lines(),
            ..Self::new(chunk)
        }
    }

    /// Passes over the rows before one; `false` where these are no mere lines, or it is not there.
    pub(crate) fn pass_to(&mut self, number: u64) -> bool {
        let Some(lines) = number.checked_sub(self.number).filter(|_| self.is_lines) else {
            return false;
        };
        let bytes = self.text.as_bytes();
        let rest = bytes.get(self.at..).unwrap_or_default();
        let last = usize::try_from(lines).unwrap_or(usize::MAX).checked_sub(1);
        let Some(last) = last else { return true };
        let Some(end) = memchr::memchr_iter(b'\n', rest).nth(last) else {
            return false;
        };
        self.go_to(self.at + end + 1, number);
        true
    }

    /// Where in the file the next row begins, where that is known.
    #[inline]
    pub(crate) fn place(&self) -> Option<u64> {
        Some(self.begins? + self.at as u64)
    }

    /// Goes to the row that begins at a byte of the text, and gives it a number.
    pub(super) fn go_to(&mut self, at: usize, number: u64) {
        (self.at, self.number) = (at, number);
        self.above = 0..0;
        self.width = 0;
        self.signs = Signs::at(at, self.text.as_bytes(), self.delimiter);
    }

    /// Overwrites `row` with the next row of the chunk; `false` after the last.
    pub fn next(&mut self, row: &mut Row) -> bool {
        match self.advance(row) {
            None => return false,
            Some(Next::Row) => {}
            Some(Next::Line(line)) => line.fill(row),
        }
        true
    }

    /// The next row of the chunk where it stands, if it is a plain line; where it is not, `row` is overwritten with
    /// it. `None` after the last.
    #[inline]
    pub(crate) fn advance(&mut self, row: &mut Row) -> Option<Next<'_>> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        if start >= bytes.len() {
            return None;
        }
        let (shared, cell) = self.shared(start);
        if shared > 0 {
            self.signs = Signs::at(cell, bytes, self.delimiter);
        }
        self.width = shared;
        let before = self.signs;
        let (end, next, suspect) = loop {
            match self.cut(start, cell) {
                Cut::Line { end, next, suspect } => break (end, next, suspect),
                Cut::Wide => {
                    let wider = self.ends.len() * 2;
                    self.ends.resize(wider, 0);
                    (self.signs, self.width) = (before, shared);
                }
                Cut::Other => {
                    self.above = 0..0;
                    self.read_with_care(row);
                    return Some(Next::Row);
                }
            }
        };
        let line = self.text.get(start..end).unwrap_or_default();
        let number = self.number;
        self.at = next;
        self.number += 1;
        if suspect {
            self.above = 0..0;
            self.fill_from_suspect(row, number, line);
            return Some(Next::Row);
        }
        self.above = start..end;
        let verbatim = self.clean.then_some(self.delimiter);
        Some(Next::Line(Cells::of_line(
            number,
            line,
            self.ends.get(..self.width).unwrap_or_default(),
            verbatim,
            shared,
        )))
    }

    /// Cuts the line that begins at `start` into its cells, from that on which begins at `cell`.
    #[inline]
    fn cut(&mut self, start: usize, cell: usize) -> Cut {
        let (bytes, delimiter) = (self.text.as_bytes(), self.delimiter);
        let suspects = &self.suspects;
        let is_suspect = |cell: usize| {
            let first = bytes.get(cell).copied().unwrap_or(b'0');
            suspects.get(usize::from(first)) == Some(&true)
        };
        let mut suspect = is_suspect(cell);
        let (mut signs, mut width) = (self.signs, self.width);
        let ends = self.ends.as_mut_slice();
        let (end, next) = loop {
            // The last line of a file may lack its end.
            let Some(at) = signs.next(bytes, delimiter) else {
                break (bytes.len(), bytes.len());
            };
            let Some(&byte) = bytes.get(at) else {
                return Cut::Other;
            };
            if byte == delimiter {
                let Some(to) = ends.get_mut(width) else {
                    return Cut::Wide;
                };
                *to = at - start;
                width += 1;
                suspect |= is_suspect(at + 1);
            } else if byte == b'\n' {
                break (at, at + 1);
            } else if byte == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                signs.next(bytes, delimiter);
                break (at, at + 2);
            } else {
                return Cut::Other;
            }
        };
        // A blank line has no cell.
        if end > start {
            let Some(to) = ends.get_mut(width) else {
                return Cut::Wide;
            };
            *to = end - start;
            width += 1;
        }
        (self.signs, self.width) = (signs, width);
        Cut::Line { end, next, suspect }
    }

    /// How many of the first cells of the line that begins at `start` are those of the line above, and where the next
    /// cell begins. A list in order says in most rows where it said the row above is.
    #[inline]
    fn shared(&self, start: usize) -> (usize, usize) {
        let bytes = self.text.as_bytes();
        let above = bytes.get(self.above.clone()).unwrap_or_default();
        let common = common(above, bytes.get(start..).unwrap_or_default());
        let (mut shared, mut cell) = (0, start);
        for end in self.ends.iter().take(self.width) {
            // A delimiter follows the cell in both lines.
            if *end >= common {
                break;
            }
            shared += 1;
            cell = start + end + 1;
        }
        (shared, cell)
    }

    /// Fills the row from a line in which a cell may have a guard, or need one.
    #[cold]
    fn fill_from_suspect(&self, row: &mut Row, number: u64, line: &str) {
        let mut start = 0;
        let ends = self.ends.get(..self.width).unwrap_or_default();
        let cells = ends.iter().map(move |&end| {
            let cell = line.get(start..end).unwrap_or_default();
            start = end + 1;
            cell
        });
        if self.raw || cells.clone().all(|cell| unguarded(cell) == cell) {
            let verbatim = self.clean && cells.clone().all(verbatim);
            let verbatim = verbatim.then_some(self.delimiter);
            row.take_line(number, line, ends, verbatim);
        } else {
            row.reset(number);
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
        self.signs = Signs::at(self.at, self.text.as_bytes(), self.delimiter);
        self.width = 0;
    }
}

/// Where the next row is.
pub(crate) enum Next<'c> {
    /// In the line, where it stands.
    Line(Cells<'c>),
    /// In the row that was handed in.
    Row,
}

/// What came of cutting a line.
enum Cut {
    /// It ends at `end`, and the next begins at `next`; a cell of it may need a closer look.
    Line {
        end: usize,
        next: usize,
        suspect: bool,
    },
    /// It has more cells than there is room for.
    Wide,
    /// It has a quote or a lone CR.
    Other,
}

/// How many bytes two texts have in common at their beginning, at least to the end of the last whole block of them.
#[inline]
fn common(one: &[u8], other: &[u8]) -> usize {
    let mut same = 0;
    let (blocks, rest) = one.as_chunks::<16>();
    let (others, _) = other.as_chunks::<16>();
    for (one, other) in blocks.iter().zip(others) {
        let differ = u128::from_le_bytes(*one) ^ u128::from_le_bytes(*other);
        if differ != 0 {
            return same + differ.trailing_zeros() as usize / 8;
        }
        same += one.len();
    }
    if others.len() < blocks.len() {
        return same;
    }
    let tail = other.get(same..).unwrap_or_default();
    same + rest
        .iter()
        .zip(tail)
        .take_while(|(one, other)| one == other)
        .count()
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
