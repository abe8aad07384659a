//! The rows of a delimited text, streamed: constant memory, whatever the length of the file.

use std::io::Read;

use encoding_rs::Encoding;

use super::chunk::Chunks;
use super::decode::{Decode, DecodeError};
use super::dialect::{self, Dialect};
use super::encoding::{self, Decision};
use super::guard::unguarded;
use super::kind::{self, Kind};
use super::record::{Records, Step};
use super::source::Unpacked;
use super::{ReadOptions, Remedy, Rows, Source, TableError};
use crate::lang::Text;
use crate::row::{CellKind, Row};

/// What is looked at before the first row: more than any title block, less than a user notices.
const SAMPLE: usize = 1 << 20;
/// How much is read at a time.
const BLOCK: usize = 1 << 17;
/// No row is longer than this; a quote that is never closed must not swallow a whole disk.
pub(crate) const LONGEST_RECORD: usize = 256 << 20;

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
        let decision =
            encoding::decide(source, &bytes, options.encoding.as_deref(), options.remedy)?;
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
                    notes.push(delimiter_note(found, options.remedy));
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
            flow: Flow {
                decode,
                failed: None,
                records: Records::new(self.delimiter),
                text: String::new(),
                at: 0,
                to_skip: self.start,
                number: 1,
            },
        })
    }

    /// The delimiter, and whether guards stay.
    pub(crate) fn reading(&self) -> (u8, bool) {
        (self.delimiter, self.raw)
    }

    /// The encoding, and how many bytes stand before the first row: a byte order mark and a `sep=` line.
    pub(crate) fn bytes_before_rows(&self) -> (&'static Encoding, usize) {
        let encoding = self.decision.encoding;
        let is_wide = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
        // The line has ASCII characters only.
        let line = if is_wide { self.start * 2 } else { self.start };
        (encoding, self.decision.mark + line)
    }

    pub(crate) fn open_quote(&self, row: u64) -> TableError {
        TableError::OpenQuote {
            name: self.source.name().to_owned(),
            row,
        }
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
    flow: Flow,
}

/// The text of a file on its way to rows.
pub(crate) struct Flow {
    decode: Decode<Unpacked>,
    /// Why the text cannot be read on, until the records before that place are read.
    failed: Option<TableError>,
    pub(crate) records: Records,
    /// A block of decoded text of which the first `at` bytes are done with.
    text: String,
    at: usize,
    to_skip: usize,
    /// The number of the next row.
    pub(crate) number: u64,
}

impl Rows for TextRows<'_> {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TableError> {
        let flow = &mut self.flow;
        row.reset(flow.number);
        loop {
            let whole = flow.decode.ended();
            match flow.records.read(&flow.text, &mut flow.at, whole) {
                Step::Record => {
                    for cell in flow.records.cells() {
                        let cell = if self.book.raw { cell } else { unguarded(cell) };
                        row.push(cell, CellKind::Text);
                    }
                    flow.number += 1;
                    return Ok(true);
                }
                Step::End => return Ok(false),
                Step::More if flow.records.length() <= LONGEST_RECORD => flow.read_on(self.book)?,
                Step::More | Step::Open => return Err(self.book.open_quote(flow.number)),
            }
        }
    }

    fn chunks(&mut self, size: usize) -> Option<Chunks<'_>> {
        let Self { book, flow } = self;
        // Part of a record is gone where reading it has failed.
        (!flow.records.has_begun()).then(|| Chunks::new(book, flow, size))
    }
}

impl Flow {
    /// Replaces the block, which is done with, by the next.
    fn read_on(&mut self, book: &TextBook) -> Result<(), TableError> {
        self.text.clear();
        self.at = 0;
        let mut text = std::mem::take(&mut self.text);
        let read = self.more(book, &mut text, BLOCK);
        self.text = text;
        self.at = std::mem::take(&mut self.to_skip).min(self.text.len());
        read
    }

    fn more(&mut self, book: &TextBook, out: &mut String, want: usize) -> Result<(), TableError> {
        match self.failed.take() {
            Some(error) => Err(error),
            None => self
                .decode
                .more(out, want)
                .map_err(|error| book.failed(error)),
        }
    }

    /// Appends text to `out` until there are about `size` bytes, and says whether nothing follows them.
    ///
    /// What is appended to an empty text begins with a record.
    pub(crate) fn take(
        &mut self,
        book: &TextBook,
        out: &mut String,
        size: usize,
    ) -> Result<bool, TableError> {
        if self.to_skip > 0 {
            self.read_on(book)?;
        }
        let begins = out.is_empty();
        let held = self.text.get(self.at..).unwrap_or_default();
        let mut taken = size.saturating_sub(out.len()).min(held.len());
        while !held.is_char_boundary(taken) {
            taken += 1;
        }
        out.push_str(held.get(..taken).unwrap_or_default());
        self.at += taken;
        while out.len() < size && !self.decode.ended() {
            // Nothing is held any more, and what is given back comes from `out`.
            self.text.clear();
            self.at = 0;
            self.more(book, out, size - out.len())?;
        }
        if begins && !out.is_empty() && self.records.begin_anew() && out.starts_with('\n') {
            out.remove(0);
        }
        Ok(self.decode.ended() && self.at >= self.text.len())
    }

    /// Takes back the end of what was taken last.
    pub(crate) fn give_back(&mut self, tail: &str) {
        if self.text.is_empty() {
            self.text.push_str(tail);
        } else {
            self.at = self.at.saturating_sub(tail.len());
        }
    }

    /// Where in the file the text begins that is not taken yet, where that is known: where the file is UTF-8 and not packed.
    pub(crate) fn place(&self, book: &TextBook) -> Option<u64> {
        let read = self.decode.place().filter(|_| !book.dialect.gzip)?;
        let held = self.text.get(self.at..).unwrap_or_default();
        read.checked_sub(held.len() as u64)
    }

    /// Puts an error off until the records before it are read.
    pub(crate) fn fail_later(&mut self, error: TableError) {
        self.failed = Some(error);
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
    let read = decode.more(&mut text, want);
    match read.and_then(|()| decode.failure()) {
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

fn delimiter_note(delimiter: u8, remedy: Remedy) -> Text {
    let (zh, en) = match delimiter {
        b'\t' => ("制表符", "the tab character"),
        b';' => ("分号", "the semicolon"),
        _ => ("竖线", "the vertical bar"),
    };
    Text::new(
        format!("按{zh}分列")
            + remedy.pick(
                "（可用 --delimiter 改变）",
                "；如果分错了，请用 Excel 或 WPS 另存为 .xlsx 再检查",
            ),
        format!("cells are separated by {en}")
            + remedy.pick(
                " (--delimiter overrides)",
                "; if that is wrong, save the list as .xlsx in Excel or WPS and check that",
            ),
    )
}
