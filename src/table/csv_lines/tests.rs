//! Lines held against the straightforward way to write each cell.

use proptest::prelude::*;

use super::*;
use crate::table::{Book, Chunk, CsvWriter, LineEnd, ReadOptions, RowWriter, Source};

/// The text of the rows, cell by cell and without any haste.
fn text_of(rows: &[Vec<String>], options: CsvOptions) -> String {
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let guard = !options.raw && needs_guard(cell);
            let mistakable = number == 0 && column == 0 && is_mistakable(cell);
            let page = cell.trim_start().starts_with('<');
            let written = format!("{}{cell}", if guard { "'" } else { "" });
            if mistakable || page || cell.contains([options.delimiter, '"', '\r', '\n']) {
                format!("\"{}\"", written.replace('"', "\"\""))
            } else {
                written
            }
        });
        let line = cells
            .collect::<Vec<_>>()
            .join(&options.delimiter.to_string());
        let alone = row.len() == 1 && line.is_empty();
        text.push_str(if alone { "\"\"" } else { &line });
        text.push_str(options.line_end.as_str());
    }
    text
}

fn encoded(text: &str, encoding: TextEncoding) -> Vec<u8> {
    let mut bytes = encoding.mark().to_vec();
    match encoding {
        TextEncoding::Utf8 | TextEncoding::Utf8Mark => bytes.extend(text.as_bytes()),
        TextEncoding::Gb18030 => bytes.extend(&*GB18030.encode(text).0),
        TextEncoding::Utf16Le => bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes)),
    }
    bytes
}

fn any_rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = "[a楼,;|\t\"'=<+ \r\n\u{85}\u{a0}\u{feff}\u{2003}\u{3000}＝-]{0,3}|803Aa7|sep=|PK";
    proptest::collection::vec(proptest::collection::vec(cell, 0..4), 1..6)
}

fn any_options() -> impl Strategy<Value = CsvOptions> {
    let encodings = prop_oneof![
        Just(TextEncoding::Utf8Mark),
        Just(TextEncoding::Utf8),
        Just(TextEncoding::Gb18030),
        Just(TextEncoding::Utf16Le),
    ];
    let delimiters = prop_oneof![3 => Just(','), 1 => Just('\t'), 1 => Just(';')];
    (encodings, delimiters, any::<bool>()).prop_map(|(encoding, delimiter, raw)| CsvOptions {
        delimiter,
        encoding,
        line_end: if raw { LineEnd::Lf } else { LineEnd::CrLf },
        raw,
    })
}

fn strs(row: &[String]) -> impl Iterator<Item = &str> {
    row.iter().map(String::as_str)
}

proptest! {
    #[test]
    fn rows_in_one_go_and_in_parts_are_the_text_that_each_cell_asks_for(
        rows in any_rows(), options in any_options(), part in 1..4_usize
    ) {
        let expected = encoded(&text_of(&rows, options), options.encoding);
        let mut bytes = Vec::new();
        let mut writer = CsvWriter::new(&mut bytes, &options).unwrap();
        let mut lines = CsvLines::new(&options).unwrap();
        let (head, tail) = rows.split_at(part.min(rows.len()));
        for row in head {
            writer.write_row(&mut strs(row)).unwrap();
        }
        for rows in tail.chunks(part) {
            for row in rows {
                lines.row(&mut strs(row)).unwrap();
            }
            prop_assert_eq!(lines.rows(), rows.len() as u64);
            writer.append(&mut lines).unwrap();
        }
        Box::new(writer).finish().unwrap();
        prop_assert_eq!(bytes, expected);
    }

    #[test]
    fn a_line_that_is_copied_is_the_line_that_would_be_formatted(
        rows in any_rows(), read in any_options(), write in any_options(),
        same in any::<bool>(), at in 0..4_usize, added in proptest::collection::vec("[a楼,'=\0 ]{0,2}", 0..3)
    ) {
        let text = text_of(&rows, read).into_bytes();
        let write = CsvOptions { delimiter: if same { read.delimiter } else { write.delimiter }, ..write };
        let options = ReadOptions {
            encoding: Some("utf-8".to_owned()),
            delimiter: Some(read.delimiter),
            raw: read.raw,
            ..ReadOptions::default()
        };
        let Ok(mut book) = Book::open(&Source::bytes("list.csv", text), &options) else {
            return Ok(());
        };
        let mut rows = book.rows(0).unwrap();
        let (mut chunk, mut row) = (Chunk::default(), Row::default());
        rows.chunks(1 << 10).unwrap().next(&mut chunk).unwrap();
        let mut rows = chunk.rows();
        while rows.next(&mut row) {
            let (mut copied, mut formatted) = (CsvLines::new(&write).unwrap(), CsvLines::new(&write).unwrap());
            let cells = copied.cells(&mut strs(&added));
            let copy = copied.copy(&row, at, &cells);
            let mut all: Vec<&str> = row.iter().collect();
            let at = at.min(all.len());
            all.splice(at..at, strs(&added));
            let format = formatted.row(&mut all.into_iter());
            match copy {
                Ok(true) => prop_assert_eq!((copied.bytes(), copied.rows()), (formatted.bytes(), 1)),
                Ok(false) => prop_assert_eq!(copied.rows(), 0),
                Err(error) => prop_assert_eq!(error.to_string(), format.unwrap_err().to_string()),
            }
        }
    }
}

#[test]
fn a_plain_row_is_copied_and_an_error_of_a_part_names_the_row_of_the_whole() {
    let options = CsvOptions::default();
    let text = "楼栋,房号\n3栋,803\n";
    let source = Source::bytes("list.csv", text.into());
    let mut book = Book::open(&source, &ReadOptions::default()).unwrap();
    let mut rows = book.rows(0).unwrap();
    let (mut chunk, mut row) = (Chunk::default(), Row::default());
    rows.chunks(1).unwrap().next(&mut chunk).unwrap();
    assert!(chunk.rows().next(&mut row));
    let mut lines = CsvLines::new(&options).unwrap();
    let cells = lines.cells(&mut ["-", "a,b"].into_iter());
    assert!(lines.copy(&row, 1, &cells).unwrap() && lines.copy(&row, 2, &cells).unwrap());
    assert!(lines.copy(&row, 2, &CsvCells::default()).unwrap());
    let expected = "楼栋,'-,\"a,b\",房号\r\n楼栋,房号,'-,\"a,b\"\r\n楼栋,房号\r\n";
    assert_eq!(lines.bytes(), expected.as_bytes());

    let mut writer = CsvWriter::new(std::io::sink(), &options).unwrap();
    writer.write_row(&mut ["a"].into_iter()).unwrap();
    writer.append(&mut lines).unwrap();
    writer.write_row(&mut ["b"].into_iter()).unwrap();
    let error = lines.row(&mut ["x", "\0"].into_iter()).unwrap_err();
    assert!(writer.placed(error).message().en.starts_with("B6:"));
    let error = writer.write_row(&mut ["\0"].into_iter()).unwrap_err();
    assert!(error.message().en.starts_with("A6:"));
}
