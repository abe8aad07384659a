//! Reading files of every format, encoding and dialect.

use std::path::{Path, PathBuf};

use gridcode::row::{CellKind, Row};
use gridcode::table::{Book, Dialect, Format, LineEnd, ReadOptions, Source, TableError};

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
fn one_list_reads_the_same_from_every_kind_of_workbook() {
    for (name, format, first) in [
        ("households.xlsx", Format::Xlsx, 2),
        ("households.xls", Format::Xls, 2),
        ("households-saved-again.xlsx", Format::Xlsx, 2),
        ("households.xlsb", Format::Xlsb, 2),
        ("households.ods", Format::Ods, 1),
    ] {
        let mut book = open(name).unwrap();
        assert_eq!(book.format(), format);
        assert_eq!(book.dialect(), None);
        assert_eq!(book.sheets()[0].name.as_deref(), Some("住户"));
        assert!(book.sheets()[0].visible);
        for _ in 0..2 {
            let rows = rows_of(&mut book, 0).unwrap();
            let skip = usize::try_from(first - 1).unwrap();
            assert_households(&rows[skip..skip + 16], first);
        }
    }
}

#[test]
fn a_merged_title_fills_its_row_and_is_marked_as_filled() {
    for name in [
        "households.xlsx",
        "households-saved-again.xlsx",
        "households.xls",
    ] {
        let rows = read(name);
        assert_eq!(texts(&rows[0]), ["翠竹园社区住户信息表"; 8]);
        assert_eq!(rows[0].kind(0), CellKind::Text);
        assert!((1..8).all(|column| rows[0].kind(column) == CellKind::Filled));
    }
}

#[test]
fn merged_areas_fill_downwards_and_never_beyond_the_last_row_with_content() {
    let rows = read("merged.xlsx");
    let seen: Vec<_> = rows.iter().map(texts).collect();
    assert_eq!(
        seen,
        [
            ["楼栋", "单元", "房号", "", "说明"],
            ["3栋", "1单元", "101", "", "说明"],
            ["3栋", "1单元", "102", "", "说明"],
            ["3栋", "2单元", "2024-02-03", "", "说明"],
            ["3栋", "2单元", "202", "", "说明"],
            ["合计", "合计", "合计", "", "说明"],
        ]
    );
    assert_eq!(rows[2].kind(0), CellKind::Filled);
    assert_eq!(rows[2].kind(2), CellKind::Number);
    assert_eq!(rows[3].kind(2), CellKind::Date);
}

#[test]
fn floats_of_an_old_workbook_are_read_as_the_numbers_people_typed() {
    let rows = read("households.xls");
    assert_eq!(rows[2].get(2), "803");
    assert_eq!(rows[2].kind(2), CellKind::Number);
    assert_eq!(rows[2].get(5), "340104190001010001");
    assert_eq!(rows[2].kind(5), CellKind::Text);
    assert_eq!(rows[17].number(), 18);
    assert_eq!(rows[17].get(2), "2024-02-03");
    assert_eq!(rows[17].kind(2), CellKind::Date);
}

#[test]
fn every_kind_of_cell_keeps_its_place_its_text_and_its_kind() {
    let rows = read("cell-kinds.xlsx");
    assert_eq!(rows.len(), 6);
    assert!(rows[..3].iter().all(Row::is_empty));
    let numbers: Vec<_> = rows.iter().map(Row::number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
    let row = &rows[3];
    let seen: Vec<_> = (0..row.len())
        .map(|column| (row.get(column), row.kind(column)))
        .collect();
    assert_eq!(
        seen,
        [
            ("", CellKind::Text),
            ("", CellKind::Text),
            ("803", CellKind::Number),
            ("18428000000", CellKind::Number),
            ("0.1", CellKind::Number),
            ("340104199003077000", CellKind::Number),
            ("2024-03-02", CellKind::Date),
            ("2024-03-02 08:30:00", CellKind::Date),
            ("08:30:00", CellKind::Date),
            ("TRUE", CellKind::Bool),
            ("0.25", CellKind::Number),
            ("  803 ", CellKind::Text),
            ("#DIV/0!", CellKind::Error),
        ]
    );
    assert!(rows[4].is_empty());
    assert_eq!(texts(&rows[5]), ["", "", "后一行"]);
}

#[test]
fn dates_of_the_1904_system_are_the_same_days() {
    assert_eq!(texts(&read("dates-1904.xlsx")[0]), ["2024-03-02"]);
}

#[test]
fn hidden_and_empty_sheets_are_listed_and_marked() {
    let mut book = open("households.xlsx").unwrap();
    let seen: Vec<_> = book
        .sheets()
        .iter()
        .map(|sheet| (sheet.name.as_deref().unwrap(), sheet.visible))
        .collect();
    assert_eq!(seen, [("住户", true), ("字典", false), ("Sheet3", true)]);
    assert_eq!(texts(&rows_of(&mut book, 1).unwrap()[0]), ["A", "常住人口"]);
    assert_eq!(rows_of(&mut book, 2).unwrap(), []);
    let error = book.rows(3).map(|_| ()).unwrap_err();
    assert!(matches!(error, TableError::NoSheet { index: 3, count: 3 }));
    assert_said(&error);
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
        ("letter.docx", "Word"),
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
    let error = error_of("password.xlsx");
    assert!(matches!(error, TableError::Password { .. }), "{error:?}");
    assert_said(&error);
    let error = error_of("password.xlsx");
    assert!(!error.to_string().contains("password.xlsx"), "{error}");
    let mut old = std::fs::read(fixture("households.xls")).unwrap();
    old.truncate(old.len() / 2);
    let error = read_bytes(old, &ReadOptions::default()).unwrap_err();
    assert!(matches!(error, TableError::Corrupt { .. }), "{error:?}");
    assert_said(&error);
    let error = error_of("truncated.xlsx");
    assert!(matches!(error, TableError::Corrupt { .. }), "{error:?}");
    assert_said(&error);
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
    let mut text = "楼栋,房号\r\n".repeat(40_000).into_bytes();
    let at = text.len() - 5;
    text[at] = 0xFF;
    let marked = [b"\xef\xbb\xbf", text.as_slice()].concat();
    let error = read_bytes(marked, &ReadOptions::default()).unwrap_err();
    let TableError::Encoding {
        line,
        byte,
        encoding,
        ..
    } = error
    else {
        panic!("{error:?}");
    };
    assert_eq!((line, encoding), (40_000, "UTF-8"));
    // The offending byte makes the character it stands in undecodable.
    assert!(
        (at as u64 + 1..=at as u64 + 3).contains(&byte),
        "{byte} {at}"
    );
}

#[test]
fn the_encoding_and_the_delimiter_can_be_given() {
    let options = ReadOptions {
        encoding: Some("big5".into()),
        delimiter: Some('|'),
        raw: false,
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

/// Changes single bytes of a workbook's parts, packs them anew, and reads the result to its end.
///
/// The checksums fit, so whatever is wrong reaches the workbook reader.
#[test]
fn a_workbook_with_damaged_parts_is_read_or_refused_but_never_ends_the_program() {
    let mut state = 803_u64;
    let mut next = move |below: usize| {
        // A small generator of Knuth's: the same damage each time.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for name in [
        "cell-kinds.xlsx",
        "merged.xlsx",
        "households-saved-again.xlsx",
        "households.xlsb",
        "households.ods",
    ] {
        let parts = parts_of(name);
        for _ in 0..300 {
            let mut damaged = parts.clone();
            for _ in 0..=next(3) {
                let part = next(damaged.len());
                let content = &mut damaged[part].1;
                let at = next(content.len());
                match next(3) {
                    0 => content[at] = u8::try_from(next(256)).unwrap(),
                    1 => content.truncate(at),
                    _ => {
                        content.remove(at);
                    }
                }
                if content.is_empty() {
                    content.push(b'x');
                }
            }
            read_to_the_end(packed(&damaged));
        }
    }
    let bytes = std::fs::read(fixture("households.xls")).unwrap();
    for _ in 0..1000 {
        let mut damaged = bytes.clone();
        for _ in 0..=next(4) {
            let at = next(damaged.len());
            damaged[at] = u8::try_from(next(256)).unwrap();
        }
        if next(4) == 0 {
            damaged.truncate(next(bytes.len()));
        }
        read_to_the_end(damaged);
    }
}

fn read_to_the_end(bytes: Vec<u8>) {
    let source = Source::bytes("damaged", bytes);
    match Book::open(&source, &ReadOptions::default()) {
        Ok(mut book) => {
            for sheet in 0..book.sheets().len() {
                if let Err(error) = rows_of(&mut book, sheet) {
                    assert_said(&error);
                }
            }
        }
        Err(error) => assert_said(&error),
    }
}

type Parts = Vec<(String, Vec<u8>)>;

fn parts_of(name: &str) -> Parts {
    let file = std::fs::File::open(fixture(name)).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut part, &mut content).unwrap();
            (part.name().unwrap().into_owned(), content)
        })
        .collect()
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        out.start_file(name.as_str(), zip::write::SimpleFileOptions::default())
            .unwrap();
        std::io::Write::write_all(&mut out, content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_that_unpacks_or_promises_beyond_measure_is_refused_quickly() {
    let mut bomb = parts_of("households-saved-again.xlsx");
    let strings = bomb
        .iter()
        .position(|(name, _)| name.ends_with("sharedStrings.xml"))
        .unwrap();
    let text = String::from_utf8(bomb[strings].1.clone()).unwrap();
    let at = text.find("uniqueCount=\"").unwrap() + "uniqueCount=\"".len();
    bomb[strings].1.splice(at..at, *b"99999999999");
    let error = Book::open(
        &Source::bytes("b.xlsx", packed(&bomb)),
        &ReadOptions::default(),
    )
    .unwrap_err();
    assert!(matches!(error, TableError::Corrupt { .. }), "{error:?}");
    bomb[strings].1 = vec![b' '; 300 << 20];
    let error = Book::open(
        &Source::bytes("b.xlsx", packed(&bomb)),
        &ReadOptions::default(),
    )
    .unwrap_err();
    assert!(matches!(error, TableError::TooLarge { .. }), "{error:?}");
    assert_said(&error);
}

#[test]
fn a_formula_without_its_value_is_told_from_a_blank_cell() {
    let mut parts = parts_of("households-saved-again.xlsx");
    let sheet = parts
        .iter()
        .position(|(name, _)| name.ends_with("sheet1.xml"))
        .unwrap();
    let text = String::from_utf8(parts[sheet].1.clone()).unwrap();
    let (head, rest) = text.split_once("<sheetData>").unwrap();
    let (_, tail) = rest.split_once("</sheetData>").unwrap();
    let cells = r#"<sheetData><row r="40"><c r="A40"><v>803</v></c><c r="B40"><f>A1+1</f><v/></c><c r="C40"><v/></c><c r="D40"><f>A1+1</f><v>804</v></c><c r="E40" t="str"><f>""</f><v></v></c></row></sheetData>"#;
    parts[sheet].1 = format!("{head}{cells}{tail}").into_bytes();
    let mut book = Book::open(
        &Source::bytes("f.xlsx", packed(&parts)),
        &ReadOptions::default(),
    )
    .unwrap();
    let rows = rows_of(&mut book, 0).unwrap();
    // Below the merged title of the list.
    let row = rows.last().unwrap();
    let kinds: Vec<CellKind> = (0..4).map(|column| row.kind(column)).collect();
    assert_eq!(texts(row)[..4], ["803", "", "", "804"]);
    assert_eq!(
        kinds,
        [
            CellKind::Number,
            CellKind::NoValue,
            CellKind::Text,
            CellKind::Number
        ]
    );
    assert_ne!(row.kind(4), CellKind::NoValue);
}
