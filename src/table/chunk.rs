//! The rest of a text in chunks that can be read apart from one another: each ends where a record ends.

use super::TableError;
use super::chunk_rows::ChunkRows;
use super::record::{Records, Step};
use super::text::{Flow, LONGEST_RECORD, TextBook};

/// No chunk is asked to be larger: memory for it is taken at once.
const LARGEST: usize = 1 << 26;

/// A piece of a delimited text: whole records, and the number of the first. Its memory is used again when it is
/// handed to [`Chunks::next`] again.
#[derive(Default)]
pub struct Chunk {
    text: String,
    first_row: u64,
    row_count: u64,
    /// Where it begins in the file, where its text stands there byte for byte.
    begins: Option<u64>,
    delimiter: u8,
    raw: bool,
}

/// The text may hold names and numbers of persons: it is counted, not shown.
impl std::fmt::Debug for Chunk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chunk")
            .field("bytes", &self.text.len())
            .field("first_row", &self.first_row)
            .field("row_count", &self.row_count)
            .finish_non_exhaustive()
    }
}

impl Chunk {
    /// The number of the first row, as Excel shows it.
    #[must_use]
    pub fn first_row(&self) -> u64 {
        self.first_row
    }

    /// How many rows there are, blank lines counted.
    #[must_use]
    pub fn row_count(&self) -> u64 {
        self.row_count
    }

    /// The rows, from the first.
    #[must_use]
    pub fn rows(&self) -> ChunkRows<'_> {
        ChunkRows::new(self)
    }

    /// The rows, for somebody who asks for few of them.
    pub(crate) fn rows_passing(&self) -> ChunkRows<'_> {
        ChunkRows::passing(self)
    }

    /// Whether each line is a row, whatever stands in it.
    pub(crate) fn is_lines(&self) -> bool {
        special(self.text.as_bytes(), true).is_none()
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where it begins in the file, where its text stands there byte for byte.
    pub(crate) fn begins(&self) -> Option<u64> {
        self.begins
    }

    /// Overwrites the chunk with lines of a file, the first of which has a number.
    pub(super) fn take_lines(&mut self, text: &str, first_row: u64, (delimiter, raw): (u8, bool)) {
        self.text.clear();
        self.text.push_str(text);
        self.first_row = first_row;
        self.row_count = memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64;
        self.begins = None;
        (self.delimiter, self.raw) = (delimiter, raw);
    }

    /// The delimiter, and whether guards stay.
    pub(crate) fn dialect(&self) -> (u8, bool) {
        (self.delimiter, self.raw)
    }
}

/// What [`Rows::next_row`](super::Rows::next_row) has not given yet, as chunks that several threads can take in turns
/// and read at the same time.
///
/// ```
/// use gridcode::row::Row;
/// use gridcode::table::{Book, Chunk, ReadOptions, Source};
///
/// let source = Source::bytes("list.csv", "楼栋,网格编码\n3栋,803Aa7\n3栋,804Bb\n".into());
/// let mut book = Book::open(&source, &ReadOptions::default())?;
/// let mut rows = book.rows(0)?;
/// let mut row = Row::default();
/// rows.next_row(&mut row)?;
///
/// let mut chunks = rows.chunks(1 << 18).expect("a text file");
/// let mut chunk = Chunk::default();
/// while chunks.next(&mut chunk)? {
///     assert_eq!((chunk.first_row(), chunk.row_count()), (2, 2));
///     let mut rows = chunk.rows();
///     while rows.next(&mut row) {
///         assert_eq!(row.get(0), "3栋");
///     }
/// }
/// # Ok::<(), gridcode::table::TableError>(())
/// ```
pub struct Chunks<'a> {
    book: &'a TextBook,
    flow: &'a mut Flow,
    size: usize,
    failed: bool,
}

impl<'a> Chunks<'a> {
    pub(crate) fn new(book: &'a TextBook, flow: &'a mut Flow, size: usize) -> Self {
        let size = size.clamp(1, LARGEST);
        Self {
            book,
            flow,
            size,
            failed: false,
        }
    }

    /// The delimiter of the text, and whether guards stay.
    pub(crate) fn dialect(&self) -> (u8, bool) {
        self.book.reading()
    }

    /// Overwrites `chunk` with the next chunk; `false` after the last, and after an error.
    ///
    /// # Errors
    /// When the file cannot be read on, at the very row where [`Rows::next_row`](super::Rows::next_row) fails.
    pub fn next(&mut self, chunk: &mut Chunk) -> Result<bool, TableError> {
        chunk.text.clear();
        (chunk.delimiter, chunk.raw) = self.book.reading();
        chunk.first_row = self.flow.number;
        chunk.row_count = 0;
        chunk.begins = None;
        if self.failed {
            return Ok(false);
        }
        let done = self.gather(chunk);
        let end = done.as_ref().map_or(0, |cut| cut.end);
        self.flow
            .give_back(chunk.text.get(end..).unwrap_or_default());
        self.flow.records.begin_anew();
        self.failed = done.is_err();
        let cut = done?;
        chunk.text.truncate(cut.end);
        let end = self.flow.place(self.book);
        chunk.begins = end.and_then(|end| end.checked_sub(cut.end as u64));
        chunk.row_count = cut.rows;
        self.flow.number += cut.rows;
        Ok(cut.rows > 0)
    }

    /// Takes text until it holds a whole record.
    fn gather(&mut self, chunk: &mut Chunk) -> Result<Cut, TableError> {
        let mut size = self.size;
        loop {
            let taken = self.flow.take(self.book, &mut chunk.text, size);
            let whole = matches!(taken, Ok(true));
            let cut = cut(&mut self.flow.records, &chunk.text, whole);
            if cut.rows > 0 {
                if let Err(error) = taken {
                    self.flow.fail_later(error);
                }
                return Ok(cut);
            }
            if taken? && !cut.open {
                return Ok(cut);
            }
            if cut.open || chunk.text.len() > LONGEST_RECORD {
                return Err(self.book.open_quote(self.flow.number));
            }
            // A byte more than the longest record shows that there is one longer.
            size = size.max(chunk.text.len() * 2).min(LONGEST_RECORD + 1);
        }
    }
}

/// How much of a text is whole records.
#[derive(Debug, Default, PartialEq, Eq)]
struct Cut {
    end: usize,
    rows: u64,
    /// Whether the text is at its end, and what follows the whole records is an open quote.
    open: bool,
}

/// Finds the last end of a record. `whole` says that nothing follows `text`.
///
/// Lines without quotes are only counted; a record with a quote or a lone CR is read.
fn cut(records: &mut Records, text: &str, whole: bool) -> Cut {
    let bytes = text.as_bytes();
    let mut cut = Cut::default();
    loop {
        let rest = bytes.get(cut.end..).unwrap_or_default();
        let special = special(rest, whole);
        let plain = rest
            .get(..special.unwrap_or(rest.len()))
            .unwrap_or_default();
        let lines = memchr::memrchr(b'\n', plain).map_or(0, |last| last + 1);
        let plain = plain.get(..lines).unwrap_or_default();
        cut.rows += memchr::memchr_iter(b'\n', plain).count() as u64;
        cut.end += lines;
        if special.is_none() {
            if whole && cut.end < bytes.len() {
                cut.rows += 1;
                cut.end = bytes.len();
            }
            return cut;
        }
        match records.read_one(text, &mut cut.end, whole) {
            Step::Record => cut.rows += 1,
            Step::More | Step::End => return cut,
            Step::Open => {
                cut.open = true;
                return cut;
            }
        }
    }
}

/// Where the first quote is, or the first CR without an LF. What follows a CR at the end is not known before the text
/// is whole.
fn special(bytes: &[u8], whole: bool) -> Option<usize> {
    memchr::memchr2_iter(b'"', b'\r', bytes).find(|&at| match bytes.get(at + 1) {
        _ if bytes.get(at) == Some(&b'"') => true,
        Some(next) => *next != b'\n',
        None => whole,
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};
    use proptest::prelude::*;

    use super::*;
    use crate::row::Row;
    use crate::table::{Book, ReadOptions, Rows, Source};

    /// The rows of a file, and why there are no more.
    type Read = (Vec<Row>, Option<String>);

    fn said(error: &TableError) -> String {
        format!("{error:?}")
    }

    /// The first rows one by one.
    fn first(rows: &mut dyn Rows, count: usize) -> Read {
        let mut all = Vec::new();
        while all.len() < count {
            let mut row = Row::default();
            match rows.next_row(&mut row) {
                Ok(true) => all.push(row),
                Ok(false) => break,
                Err(error) => return (all, Some(said(&error))),
            }
        }
        (all, None)
    }

    /// The first rows one by one, and the others from chunks.
    fn in_chunks(book: &mut Book, before: usize, size: usize) -> Read {
        let mut rows = book.rows(0).unwrap();
        let (mut all, error) = first(&mut *rows, before);
        let Some(mut chunks) = rows.chunks(size) else {
            assert!(error.is_some(), "text comes in chunks");
            return (all, error);
        };
        let (mut chunk, mut row) = (Chunk::default(), Row::of(9, ["before"]));
        loop {
            match chunks.next(&mut chunk) {
                Ok(true) => {}
                Ok(false) => return (all, None),
                Err(error) => {
                    assert!(!chunks.next(&mut chunk).unwrap());
                    return (all, Some(said(&error)));
                }
            }
            assert_eq!(chunk.first_row(), all.len() as u64 + 1);
            let held = all.len();
            let mut rows = chunk.rows();
            while rows.next(&mut row) {
                if let Some((line, delimiter)) = row.line() {
                    let cells = line
                        .split(char::from(delimiter))
                        .filter(|_| !line.is_empty());
                    assert!(cells.eq(row.iter()), "the line is the cells");
                }
                all.push(row.clone());
            }
            assert_eq!(chunk.row_count(), (all.len() - held) as u64);
        }
    }

    fn one_by_one(book: &mut Book) -> Read {
        first(&mut *book.rows(0).unwrap(), usize::MAX)
    }

    /// Everything that means something in a text, and more often than in life.
    fn any_text() -> impl Strategy<Value = String> {
        let signs = "([a楼,;\\|\t\"'=<+ \u{feff}\u{3000}＝-]|\"\"|\r\n|\n|\r|,|,'=|,\"|\",){0,60}";
        let lines =
            "((a|3栋|803Aa7|'|'-|=|\"a,\n\"|-| <|\u{3000}|楼){0,3}(,|;|,|\t|\r\n|\n|\n)){0,60}\"?";
        prop_oneof![signs, lines]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn chunks_of_any_size_give_the_rows_and_the_error_that_come_one_by_one(
            text in any_text(),
            delimiter in prop_oneof![3 => Just(','), 1 => Just(';'), 1 => Just('\t'), 1 => Just('|')],
            raw in any::<bool>(),
            encoding in prop_oneof![3 => Just("utf-8"), 1 => Just("gb18030"), 1 => Just("utf-16le")],
            before in prop_oneof![2 => Just(0), 1 => 0..4_usize],
            size in prop_oneof![2 => 1..12_usize, 1 => 1..400_usize],
        ) {
            let bytes = match encoding {
                "gb18030" => encoding_rs::GB18030.encode(&text).0.into_owned(),
                "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                _ => text.into_bytes(),
            };
            let options = ReadOptions {
                encoding: Some(encoding.to_owned()),
                delimiter: Some(delimiter),
                raw,
                ..ReadOptions::default()
            };
            if let Ok(mut book) = Book::open(&Source::bytes("list.csv", bytes), &options) {
                prop_assert_eq!(in_chunks(&mut book, before, size), one_by_one(&mut book));
            }
        }
    }

    #[test]
    fn a_line_end_cut_in_two_by_a_block_is_one_line_end() {
        for (end, rest) in [
            ("\r", "\nb\n"),
            ("\r", "\n"),
            ("\r", ""),
            ("\r", "\n\n"),
            ("\"\r", "\n\"\""),
        ] {
            let text = format!("{}{end}{rest}", "a".repeat((1 << 17) - end.len()));
            let text = if end.len() > 1 {
                text.replacen('a', "\"", 1)
            } else {
                text
            };
            let source = Source::bytes("list.csv", text.into_bytes());
            let mut book = Book::open(&source, &ReadOptions::default()).unwrap();
            let expected = one_by_one(&mut book);
            for (before, size) in [(0, 1), (0, 1 << 17), (0, 1 << 18), (1, 1), (1, 1 << 17)] {
                assert_eq!(
                    in_chunks(&mut book, before, size),
                    expected,
                    "{end:?} {rest:?}"
                );
            }
        }
    }

    #[test]
    fn every_row_before_the_place_where_a_file_is_broken_comes_first() {
        let mut list = Vec::new();
        for number in 0..200_000_u32 {
            writeln!(
                list,
                "3栋,{},\"{number}\"",
                number.wrapping_mul(2_654_435_761)
            )
            .unwrap();
        }
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(&list).unwrap();
        let mut cut_off = gzip.finish().unwrap();
        cut_off.truncate(cut_off.len() - 100);
        let mut malformed = list.clone();
        *malformed.iter_mut().nth_back(1_000).unwrap() = 0xff;
        let options = ReadOptions {
            encoding: Some("utf-8".to_owned()),
            ..ReadOptions::default()
        };
        for bytes in [malformed, cut_off] {
            let source = Source::bytes("list.csv", bytes);
            let mut book = Book::open(&source, &options).unwrap();
            let expected = one_by_one(&mut book);
            assert!(expected.1.is_some() && expected.0.len() > 195_000);
            for (before, size) in [(0, 1 << 10), (0, 1 << 18), (1_000, 1 << 18), (0, 9 << 20)] {
                let read = in_chunks(&mut book, before, size);
                assert_eq!((read.0.len(), &read.1), (expected.0.len(), &expected.1));
                assert!(read == expected);
            }
        }
    }

    #[test]
    fn rows_and_chunks_can_take_turns() {
        let text = "a\n\"b\n\"\r\nc\n\nd\ne";
        let mut book = Book::open(
            &Source::bytes("list.csv", text.into()),
            &ReadOptions::default(),
        )
        .unwrap();
        let mut rows = book.rows(0).unwrap();
        let (mut chunk, mut row) = (Chunk::default(), Row::default());
        let mut firsts = Vec::new();
        loop {
            let mut chunks = rows.chunks(1).unwrap();
            if !chunks.next(&mut chunk).unwrap() {
                break;
            }
            assert!(chunk.rows().next(&mut row));
            firsts.push(format!("{}{}", row.number(), row.get(0)));
            if rows.next_row(&mut row).unwrap() {
                firsts.push(format!("{}{}", row.number(), row.get(0)));
            }
        }
        assert_eq!(firsts, ["1a", "2b\n", "3c", "4", "5d", "6e"]);
    }

    #[test]
    fn chunks_can_be_taken_and_read_by_other_threads() {
        fn sent<T: Send>() {}
        sent::<Chunks<'_>>();
        sent::<Chunk>();
        sent::<ChunkRows<'_>>();
    }
}
