//! Reading workbooks: the same rows as from text, merged cells, dates, and files that are damaged or hostile.

use gridcode::row::{CellKind, Row};
use gridcode::table::{Book, Format, ReadOptions, Source, TableError};

use super::{
    assert_households, assert_said, error_of, fixture, open, read, read_bytes, rows_of, texts,
};

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
fn a_workbook_that_cannot_be_read_says_why() {
    let error = error_of("password.xlsx");
    assert!(matches!(error, TableError::Password { .. }), "{error:?}");
    assert_said(&error);
    let error = error_of("truncated.xlsx");
    assert!(matches!(error, TableError::Corrupt { .. }), "{error:?}");
    assert_said(&error);
    let error = error_of("letter.docx");
    assert!(matches!(error, TableError::Unsupported { .. }), "{error:?}");
    assert!(error.to_string().contains("Word"), "{error}");
    assert_said(&error);
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

#[test]
fn a_workbook_cut_short_is_damaged_and_its_message_leaves_the_name_to_the_caller() {
    let error = error_of("password.xlsx");
    assert!(!error.to_string().contains("password.xlsx"), "{error}");
    let mut old = std::fs::read(fixture("households.xls")).unwrap();
    old.truncate(old.len() / 2);
    let error = read_bytes(old, &ReadOptions::default()).unwrap_err();
    assert!(matches!(error, TableError::Corrupt { .. }), "{error:?}");
    assert_said(&error);
}
