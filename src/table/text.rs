//! The rows of a delimited text, streamed: constant memory, whatever the length of the file.

use std::io::Read;

use encoding_rs::Encoding;

use super::decode::{Decode, DecodeError};
use super::dialect::{self, Dialect};
use super::encoding::{self, Decision};
use super::guard::unguarded;
use super::kind::{self, Kind};
use super::record::{Records, Step};
use super::source::Unpacked;
use super::{ReadOptions, Rows, Source, TableError};
use crate::lang::Text;
use crate::row::{CellKind, Row};

/// What is looked at before the first row: more than any title block, less than a user notices.
const SAMPLE: usize = 1 << 20;
/// How much is read at a time.
const BLOCK: usize = 1 << 17;
/// No row is longer than this; a quote that is never closed must not swallow a whole disk.
const LONGEST_RECORD: usize = 256 << 20;

/// A text file about which everything is known.
#[derive(Debug)]
pub(crate) struct TextBook {
    source: Source,
    decision: Decision,
    delimiter: u8,
    /// Where the table begins in the decoded text: after a `sep=` line.
    start: usize,
    raw: bool,
    pub(crate) dialect: Dialect,
    pub(crate) notes: Vec<Text>,
}

impl TextBook {
    /// Decides encoding and delimiter. The source must be settled, and its first bytes no workbook.
    pub(crate) fn open(source: &Source, options: &ReadOptions) -> Result<Self, TableError> {
        let (mut input, gzip) = source.unpacked()?;
        let mut bytes = Vec::new();
        (&mut input)
            .take(SAMPLE as u64)
            .read_to_end(&mut bytes)
            .map_err(|error| source.broke(error, gzip))?;
        if gzip {
            refuse_inside_gzip(source, &bytes)?;
        }
        let decision = encoding::decide(source, &bytes, options.encoding.as_deref())?;
        let unmarked = bytes.get(decision.mark..).unwrap_or_default();
        if unmarked.is_empty() {
            return Err(TableError::Empty {
                name: source.name().to_owned(),
            });
        }
        if is_binary(unmarked, decision.encoding) {
            let (what, advice) = kind::binary();
            return Err(unsupported(source, what, advice));
        }
        let whole = bytes.len() < SAMPLE;
        let sample = sample_text(source, &bytes, &decision, whole)?;
        let separator = dialect::separator_line(&sample);
        let start = separator.map_or(0, |(_, start)| start);
        let mut notes: Vec<Text> = decision.note.iter().cloned().collect();
        let delimiter = match (options.delimiter, separator) {
            (Some(delimiter), _) => dialect::checked_delimiter(delimiter)?,
            (None, Some((delimiter, _))) => delimiter,
            (None, None) => {
                let found = dialect::delimiter(&sample, start, whole);
                if found != b',' {
                    notes.push(delimiter_note(found));
                }
                found
            }
        };
        Ok(Self {
            dialect: Dialect {
                encoding: decision.encoding.name(),
                mark: decision.mark > 0,
                delimiter: char::from(delimiter),
                line_end: dialect::line_end(&sample),
                gzip,
            },
            source: source.clone(),
            decision,
            delimiter,
            start,
            raw: options.raw,
            notes,
        })
    }

    /// The rows, from the first.
    pub(crate) fn rows(&self) -> Result<TextRows<'_>, TableError> {
        let (input, gzip) = self.source.unpacked()?;
        let decode = Decode::new(input, self.decision.encoding, self.decision.mark)
            .map_err(|error| self.source.broke(error, gzip))?;
        Ok(TextRows {
            book: self,
            decode,
            records: Records::new(self.delimiter),
            text: String::new(),
            at: 0,
            to_skip: self.start,
            number: 1,
        })
    }

    fn failed(&self, error: DecodeError) -> TableError {
        match error {
            DecodeError::Malformed(byte) => {
                encoding::malformed(&self.source, self.decision.encoding, byte)
            }
            DecodeError::Io(error) => self.source.broke(error, self.dialect.gzip),
        }
    }
}

/// The rows of a text file. Row numbers are Excel's: blank lines count, a line break inside a quoted cell does not.
pub(crate) struct TextRows<'a> {
    book: &'a TextBook,
    decode: Decode<Unpacked>,
    records: Records,
    /// A block of decoded text of which the first `at` bytes are done with.
    text: String,
    at: usize,
    to_skip: usize,
    number: u64,
}

impl Rows for TextRows<'_> {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TableError> {
        row.reset(self.number);
        loop {
            let whole = self.decode.ended();
            match self.records.read(&self.text, &mut self.at, whole) {
                Step::Record => {
                    for cell in self.records.cells() {
                        let cell = if self.book.raw { cell } else { unguarded(cell) };
                        row.push(cell, CellKind::Text);
                    }
                    self.number += 1;
                    return Ok(true);
                }
                Step::End => return Ok(false),
                Step::More if self.records.length() <= LONGEST_RECORD => self.read_on()?,
                Step::More | Step::Open => {
                    return Err(TableError::OpenQuote {
                        name: self.book.source.name().to_owned(),
                        row: self.number,
                    });
                }
            }
        }
    }
}

impl TextRows<'_> {
    /// Replaces the block, which is done with, by the next.
    fn read_on(&mut self) -> Result<(), TableError> {
        self.text.clear();
        self.decode
            .more(&mut self.text, BLOCK)
            .map_err(|error| self.book.failed(error))?;
        self.at = std::mem::take(&mut self.to_skip).min(self.text.len());
        Ok(())
    }
}

/// The decoded sample; a character cut at its end is left out.
fn sample_text(
    source: &Source,
    bytes: &[u8],
    decision: &Decision,
    whole: bool,
) -> Result<String, TableError> {
    let mut text = String::new();
    let mut decode = Decode::new(bytes, decision.encoding, decision.mark)?;
    // Asking for exactly what is there leaves the end of the text open; one byte more closes it.
    let want = bytes.len() - decision.mark.min(bytes.len()) + usize::from(whole);
    match decode.more(&mut text, want) {
        Ok(()) => Ok(text),
        Err(DecodeError::Malformed(byte)) => {
            Err(encoding::malformed(source, decision.encoding, byte))
        }
        Err(DecodeError::Io(error)) => Err(error.into()),
    }
}

/// Text holds no zero bytes, unless every character has one.
fn is_binary(bytes: &[u8], encoding: &'static Encoding) -> bool {
    encoding != encoding_rs::UTF_16LE && encoding != encoding_rs::UTF_16BE && bytes.contains(&0)
}

fn refuse_inside_gzip(source: &Source, bytes: &[u8]) -> Result<(), TableError> {
    let what = match kind::of(bytes) {
        Kind::Text => return Ok(()),
        Kind::Other(what, advice) => return Err(unsupported(source, what, advice)),
        Kind::Zip | Kind::Compound => Text::fixed(
            "用 gzip 压缩过的工作簿或压缩包",
            "a workbook or archive packed once more with gzip",
        ),
    };
    Err(unsupported(
        source,
        what,
        Text::fixed("请先用 gunzip 解压", "unpack it with gunzip first"),
    ))
}

pub(crate) fn unsupported(source: &Source, what: Text, advice: Text) -> TableError {
    TableError::Unsupported {
        name: source.name().to_owned(),
        what,
        advice,
    }
}

fn delimiter_note(delimiter: u8) -> Text {
    let (zh, en) = match delimiter {
        b'\t' => ("制表符", "the tab character"),
        b';' => ("分号", "the semicolon"),
        _ => ("竖线", "the vertical bar"),
    };
    Text::new(
        format!("按{zh}分列（可用 --delimiter 改变）"),
        format!("cells are separated by {en} (--delimiter overrides)"),
    )
}
