//! Single lines of a text file, read again where they are known to begin.

use std::io::{Seek, SeekFrom};

use encoding_rs::UTF_8;

use super::chunk::Chunk;
use super::chunk_rows::ChunkRows;
use super::fill::fill;
use super::source::Input;
use super::text::LONGEST_RECORD;
use super::{Source, TableError, encoding};
use crate::row::Row;

/// Lines with no more than this between their beginnings are read together: copying that costs no more than asking the
/// system once more.
const NEAR: u64 = 1 << 12;
/// No more than about this is read together.
const MOST: u64 = 1 << 18;
/// A line is no longer, mostly.
const LINE: usize = 1 << 9;

/// Where a line begins, and the number of its row.
pub(crate) type LinePlace = (u64, u64);

/// Reads some lines of a file, given in order, each of which is a row. The file is UTF-8, and not packed.
///
/// # Errors
/// When the file cannot be read, or is not any more what it was; and what `take` says.
pub(crate) fn lines_again(
    source: &Source,
    dialect: (u8, bool),
    places: &[LinePlace],
    take: &mut dyn FnMut(&Row) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let mut input = source.open()?;
    let (mut bytes, mut chunk, mut row) = (Vec::new(), Chunk::default(), Row::default());
    let mut rest = places;
    while let Some(&(begins, number)) = rest.first() {
        let near = rest.windows(2).take_while(|pair| match pair {
            [(one, _), (next, _)] => next - one <= NEAR && next - begins <= MOST,
            _ => false,
        });
        let (group, others) = rest.split_at(near.count() + 1);
        rest = others;
        let last = group.last().map_or(begins, |(last, _)| *last);
        let end = read_lines(source, &mut input, begins, last, &mut bytes)?;
        let text = simdutf8::basic::from_utf8(bytes.get(..end).unwrap_or_default())
            .map_err(|_| encoding::malformed(source, UTF_8, begins))?;
        chunk.take_lines(text, number, dialect);
        let mut rows = ChunkRows::new(&chunk);
        for (place, number) in group {
            let at = usize::try_from(place - begins).unwrap_or(usize::MAX);
            rows.go_to(at, *number);
            if rows.next(&mut row) {
                take(&row)?;
            }
        }
    }
    Ok(())
}

/// Reads from one place up to the end of the line that begins at another; says how many bytes that are.
fn read_lines(
    source: &Source,
    input: &mut Input,
    begins: u64,
    last: u64,
    bytes: &mut Vec<u8>,
) -> Result<usize, TableError> {
    let broke = |error| source.broke(error, false);
    input.seek(SeekFrom::Start(begins)).map_err(broke)?;
    let before = usize::try_from(last - begins).unwrap_or_default();
    let (mut filled, mut want) = (0, before + LINE);
    loop {
        if bytes.len() < want {
            bytes.resize(want, 0);
        }
        let room = bytes.get_mut(filled..want).unwrap_or_default();
        let (read, result) = fill(input, room);
        result.map_err(broke)?;
        filled += read;
        let line = bytes.get(before..filled).unwrap_or_default();
        // The last line of a file may lack its end.
        let end = match memchr::memchr(b'\n', line) {
            Some(end) => before + end + 1,
            None if filled < want || want > LONGEST_RECORD => filled,
            None => {
                want *= 2;
                continue;
            }
        };
        return Ok(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Book, ReadOptions};
    use proptest::prelude::*;

    const COMMA: (u8, bool) = (b',', false);

    proptest! {
        #[test]
        fn every_line_says_what_it_said_the_first_time(
            lines in prop::collection::vec("([a楼']{0,3},){0,3}[a楼]{1,3}|[a楼]{600}|,{0,2}[a楼]{5000}", 1..40),
            mark in any::<bool>(),
            end in prop_oneof![Just("\n"), Just("\r\n")],
            size in 1..9_000_usize,
            before in 0..3_usize,
            wanted in prop::collection::vec(any::<bool>(), 40),
        ) {
            let mark = if mark { "\u{feff}" } else { "" };
            let text = format!("{mark}楼栋,房号{end}{}", lines.join(end));
            let source = Source::bytes("list.csv", text.into_bytes());
            let options = ReadOptions { delimiter: Some(','), ..ReadOptions::default() };
            let mut book = Book::open(&source, &options).unwrap();
            let mut rows = book.rows(0).unwrap();
            let mut row = Row::default();
            for _ in 0..=before {
                rows.next_row(&mut row).unwrap();
            }
            let (mut places, mut expected) = (Vec::new(), Vec::new());
            if let Some(mut chunks) = rows.chunks(size) {
                let mut chunk = Chunk::default();
                while chunks.next(&mut chunk).unwrap() {
                    let mut rows = chunk.rows();
                    loop {
                        let place = rows.place().unwrap();
                        if !rows.next(&mut row) {
                            break;
                        }
                        if wanted[usize::try_from(row.number()).unwrap() % 40] {
                            places.push((place, row.number()));
                            expected.push(row.clone());
                        }
                    }
                }
            }
            let mut found = Vec::new();
            lines_again(&source, COMMA, &places, &mut |row| {
                found.push(row.clone());
                Ok(())
            }).unwrap();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_file_that_is_text_no_longer_is_an_error() {
        let source = Source::bytes("list.csv", b"a,b\nc,\xff\n".to_vec());
        let error = lines_again(&source, COMMA, &[(4, 2)], &mut |_| Ok(())).unwrap_err();
        assert!(matches!(error, TableError::Encoding { .. }), "{error:?}");
    }

    #[test]
    fn no_place_is_known_in_a_file_that_is_not_text_byte_for_byte() {
        let (text, _, _) = encoding_rs::GB18030.encode("楼栋,房号\n3栋,803\n");
        let source = Source::bytes("list.csv", text.into_owned());
        let mut book = Book::open(&source, &ReadOptions::default()).unwrap();
        let mut rows = book.rows(0).unwrap();
        let mut chunk = Chunk::default();
        assert!(rows.chunks(5).unwrap().next(&mut chunk).unwrap());
        assert_eq!(chunk.rows().place(), None);
    }
}
