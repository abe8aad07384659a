//! Reading files of every format, encoding and dialect.

use std::path::{Path, PathBuf};

use gridcode::row::Row;
use gridcode::table::{Book, Dialect, Format, LineEnd, ReadOptions, Source, TableError};

#[cfg(feature = "excel")]
mod workbook;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/tables")
        .join(name)
}

fn open(name: &str) -> Result<Book, TableError> {
    Book::open(&Source::path(fixture(name)), &ReadOptions::default())
}

fn rows_of(book: &mut Book, sheet: usize) -> Result<Vec<Row>, TableError> {
    let mut rows = book.rows(sheet)?;
    let mut all = Vec::new();
    let mut row = Row::default();
    while rows.next_row(&mut row)? {
        all.push(row.clone());
    }
    Ok(all)
}

fn read(name: &str) -> Vec<Row> {
    rows_of(&mut open(name).unwrap(), 0).unwrap()
}

fn read_bytes(bytes: impl Into<Vec<u8>>, options: &ReadOptions) -> Result<Vec<Row>, TableError> {
    let mut book = Book::open(&Source::bytes("test.csv", bytes.into()), options)?;
    rows_of(&mut book, 0)
}

fn texts(row: &Row) -> Vec<&str> {
    row.iter().collect()
}

fn error_of(name: &str) -> TableError {
    match open(name) {
        Err(error) => error,
        Ok(mut book) => rows_of(&mut book, 0).unwrap_err(),
    }
}

/// Every sentence is there in both languages, and names the file rather than a cell's content.
fn assert_said(error: &TableError) {
    let text = error.message();
    assert!(!text.zh.is_empty() && !text.en.is_empty());
    assert!(!text.zh.is_ascii(), "{}", text.zh);
    assert!(!text.en.ends_with('.'), "{}", text.en);
    assert_eq!(error.to_string(), text.en);
}

/// The household list, as every text fixture holds it.
fn assert_households(rows: &[Row], first: u64) {
    assert_eq!(rows.len(), 16);
    assert_eq!(rows[0].number(), first);
    assert_eq!(
        texts(&rows[0]),
        [
            "楼栋",
            "单元",
            "房号",
            "网格码",
            "姓名",
            "身份证号",
            "联系电话",
            "备注"
        ]
    );
    assert_eq!(rows[1].get(3), "803Aa7");
    assert_eq!(rows[5].get(3), "１２０４Ａａ７");
    assert_eq!(rows[11].get(3), " 1001Aa8 ");
    assert_eq!(rows[11].get(4), "=cmd|'/c calc'!A1");
    assert_eq!(rows[13].get(3), "1003аa5");
    assert_eq!(rows[14].get(3), "8.03E+05");
    assert_eq!(rows[15].number(), first + 15);
    assert_eq!(rows[15].len(), 7, "the short row keeps its length");
    // A workbook does not store an empty last cell.
    assert!(rows.iter().skip(3).take(12).all(|row| row.len() == 8));
}

#[test]
fn one_list_reads_the_same_from_every_encoding_and_delimiter() {
    for (name, encoding, mark, delimiter, line_end, notes) in [
        (
            "households-utf8-bom.csv",
            "UTF-8",
            true,
            ',',
            LineEnd::CrLf,
            0,
        ),
        ("households-utf8.csv", "UTF-8", false, ',', LineEnd::Lf, 0),
        (
            "households-gbk.csv",
            "gb18030",
            false,
            ',',
            LineEnd::CrLf,
            1,
        ),
        (
            "households-utf16le.csv",
            "UTF-16LE",
            true,
            '\t',
            LineEnd::CrLf,
            1,
        ),
        (
            "households-utf16be.csv",
            "UTF-16BE",
            true,
            ',',
            LineEnd::CrLf,
            0,
        ),
        (
            "households-utf16le-no-mark.csv",
            "UTF-16LE",
            false,
            ',',
            LineEnd::CrLf,
            1,
        ),
        (
            "households-semicolon.csv",
            "UTF-8",
            false,
            ';',
            LineEnd::CrLf,
            1,
        ),
        ("households-tab.txt", "UTF-8", false, '\t', LineEnd::CrLf, 1),
        ("households-sep.csv", "UTF-8", true, ';', LineEnd::CrLf, 0),
        ("households.csv.gz", "UTF-8", false, ',', LineEnd::CrLf, 0),
    ] {
        let mut book = open(name).unwrap();
        assert_eq!(book.format(), Format::Text);
        let expected = Dialect {
            encoding,
            mark,
            delimiter,
            line_end,
            gzip: name.contains(".gz"),
        };
        assert_eq!(book.dialect(), Some(&expected), "{name}");
        assert_eq!(book.notes().len(), notes, "{name}: {:?}", book.notes());
        assert_eq!(book.sheets().len(), 1);
        assert_eq!(book.sheets()[0].name, None);
        for _ in 0..2 {
            assert_households(&rows_of(&mut book, 0).unwrap(), 1);
        }
    }
}

#[test]
fn a_single_chinese_character_that_is_valid_utf8_too_is_read_as_gb18030() {
    let rows = read("gbk-trap.csv");
    assert_eq!(texts(&rows[1]), ["803", "3楼"]);
    let options = ReadOptions {
        encoding: Some("utf-8".into()),
        ..ReadOptions::default()
    };
    let bytes = std::fs::read(fixture("gbk-trap.csv")).unwrap();
    assert_ne!(read_bytes(bytes, &options).unwrap()[1].get(1), "3楼");
}

#[test]
fn chinese_after_sixty_five_kilobytes_of_ascii_is_found() {
    let mut book = open("gbk-late.csv").unwrap();
    assert_eq!(book.dialect().unwrap().encoding, "gb18030");
    let rows = rows_of(&mut book, 0).unwrap();
    assert_eq!(rows.last().unwrap().get(2), "翠竹园");
}

#[test]
fn every_character_gb18030_has_is_read_four_bytes_long_or_two() {
    // As the standard lists them: two characters of four bytes, then some of two.
    let bytes = b"\x95\x34\xb2\x35\x82\x30\xa8\x39\xe9\x46\xa1\xa4\xa8\xa6".to_vec();
    let rows = read_bytes(bytes, &ReadOptions::default()).unwrap();
    assert_eq!(texts(&rows[0]), ["𠮷㘵镕·é"]);
}

#[test]
fn rows_have_the_numbers_that_excel_shows() {
    let rows = read("blank-lines.csv");
    let seen: Vec<_> = rows.iter().map(|row| (row.number(), texts(row))).collect();
    assert_eq!(
        seen,
        [
            (1, vec![]),
            (2, vec!["翠竹园社区住户表"]),
            (3, vec![]),
            (4, vec!["楼栋", "房号"]),
            (5, vec![]),
            (6, vec!["3栋", "803"]),
            (7, vec![]),
            (8, vec![]),
        ]
    );
    let rows = read("quoted-newlines.csv");
    assert_eq!(texts(&rows[1]), ["3栋", "第一行\r\n第二行\n\"引号\""]);
    assert_eq!((rows[2].number(), rows[2].get(0)), (3, "4栋"));
    let mut book = open("cr-only.csv").unwrap();
    assert_eq!(book.dialect().unwrap().line_end, LineEnd::Cr);
    let rows = rows_of(&mut book, 0).unwrap();
    assert_eq!(rows.len(), 4);
    assert_eq!((rows[3].number(), rows[3].get(1)), (4, "804"));
    assert!(rows[2].is_empty());
}

#[test]
fn a_header_alone_is_a_table_of_one_row() {
    assert_eq!(read("header-only.csv").len(), 1);
}

#[test]
fn what_is_no_table_is_refused_by_its_name() {
    for (name, word) in [
        ("picture.csv", "PNG"),
        ("paper.pdf", "PDF"),
        ("web-page.xls", "HTML"),
    ] {
        let error = error_of(name);
        assert!(
            matches!(error, TableError::Unsupported { .. }),
            "{name}: {error:?}"
        );
        assert!(error.to_string().contains(word), "{error}");
        assert_said(&error);
    }
    let error = read_bytes(b"803\0Aa7,\0\x01\x02\n".to_vec(), &ReadOptions::default()).unwrap_err();
    assert!(matches!(error, TableError::Unsupported { .. }), "{error:?}");
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let error = error_of("empty.csv");
    assert!(matches!(error, TableError::Empty { .. }), "{error:?}");
    assert_said(&error);
    let error = error_of("no-such-file.csv");
    assert!(matches!(error, TableError::Missing { .. }), "{error:?}");
    assert_said(&error);
    let error = error_of("");
    assert!(matches!(error, TableError::Directory { .. }), "{error:?}");
    assert_said(&error);
    let error = error_of("open-quote.csv");
    assert!(
        matches!(error, TableError::OpenQuote { row: 3, .. }),
        "{error:?}"
    );
    assert_said(&error);
    let only_mark = read_bytes(b"\xef\xbb\xbf".to_vec(), &ReadOptions::default()).unwrap_err();
    assert!(matches!(only_mark, TableError::Empty { .. }));
    let mut cut = std::fs::read(fixture("households.csv.gz")).unwrap();
    cut.truncate(cut.len() - 20);
    let error = read_bytes(cut, &ReadOptions::default()).unwrap_err();
    assert!(matches!(error, TableError::Corrupt { .. }), "{error:?}");
    assert_said(&error);
}

#[test]
fn bytes_that_fit_no_encoding_are_refused_with_line_and_byte() {
    let error = error_of("mixed-encodings.csv");
    let TableError::Encoding { line, byte, .. } = error else {
        panic!("{error:?}");
    };
    assert_eq!((line, byte), (4, 42));
    assert_said(&error);
    // Without a mark, the beginning of a long text settles the encoding.
    for (mark, lines) in [(&b"\xef\xbb\xbf"[..], 40_000), (b"", 100_000)] {
        let mut text = [mark, "楼栋,房号\r\n".repeat(lines).as_bytes()].concat();
        let at = text.len() - 5;
        text[at] = 0xFF;
        let error = read_bytes(text, &ReadOptions::default()).unwrap_err();
        let TableError::Encoding {
            line,
            byte,
            encoding,
            ..
        } = error
        else {
            panic!("{error:?}");
        };
        assert_eq!((line, encoding), (lines as u64, "UTF-8"));
        // The offending byte makes the character it stands in undecodable.
        assert!((at as u64 - 2..=at as u64).contains(&byte), "{byte} {at}");
    }
}

#[test]
fn the_encoding_and_the_delimiter_can_be_given() {
    let options = ReadOptions {
        encoding: Some("big5".into()),
        delimiter: Some('|'),
        ..ReadOptions::default()
    };
    let rows = read_bytes(b"\xa4\xa4|\xa4\xe5,x\n".to_vec(), &options).unwrap();
    assert_eq!(texts(&rows[0]), ["中", "文,x"]);
    for (options, zh) in [
        (
            ReadOptions {
                encoding: Some("klingon".into()),
                ..ReadOptions::default()
            },
            "klingon",
        ),
        (
            ReadOptions {
                delimiter: Some('"'),
                ..ReadOptions::default()
            },
            "分隔符",
        ),
    ] {
        let error = read_bytes(b"a,b\n".to_vec(), &options).unwrap_err();
        assert!(error.message().zh.contains(zh), "{error:?}");
        assert_said(&error);
    }
}

#[test]
fn a_guarded_cell_is_read_without_its_guard_unless_the_raw_text_is_asked_for() {
    let text = "'=1,''+2,'803,'\n";
    let rows = read_bytes(text, &ReadOptions::default()).unwrap();
    assert_eq!(texts(&rows[0]), ["=1", "'+2", "'803", "'"]);
    let raw = ReadOptions {
        raw: true,
        ..ReadOptions::default()
    };
    let rows = read_bytes(text, &raw).unwrap();
    assert_eq!(texts(&rows[0]), ["'=1", "''+2", "'803", "'"]);
}

#[test]
fn a_cell_of_ten_megabytes_is_read_whole() {
    let long = "楼\"\"\n".repeat(2 << 20);
    let rows = read_bytes(format!("a,\"{long}\"\nb\n"), &ReadOptions::default()).unwrap();
    assert_eq!(rows[0].get(1).len(), (2 << 20) * 5);
    assert_eq!((rows[1].number(), rows[1].get(0)), (2, "b"));
}

#[cfg(not(feature = "excel"))]
#[test]
fn a_workbook_is_refused_as_one_where_workbooks_are_left_out() {
    for name in ["households.xlsx", "households.xls", "households.ods"] {
        let error = error_of(name);
        let without = matches!(error, TableError::WithoutWorkbooks { .. });
        assert!(without, "{name}: {error:?}");
        assert_said(&error);
    }
}
