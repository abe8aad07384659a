//! Workbooks changed in place: what is asked for is done, all else stays, and it can be undone.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use gridcode::row::{Place, Row};
use gridcode::table::{Book, ReadOptions, RowWriter as _, Source, XlsxWriter};
use gridcode::workbook::{Mark, NewCell, NewColumns, NewSheet, Saved, Tint, Workbook};

/// Every cell with something in it, by sheet, row and column, as the readers of lists see it.
pub(crate) type Cells = BTreeMap<(String, u64, usize), String>;

pub(crate) fn cells(bytes: &[u8]) -> Cells {
    let mut book = Book::open(
        &Source::bytes("a.xlsx", bytes.to_vec()),
        &ReadOptions::default(),
    )
    .unwrap();
    let names: Vec<String> = book
        .sheets()
        .iter()
        .map(|sheet| sheet.name.as_deref().unwrap_or_default().to_owned())
        .collect();
    let mut all = Cells::new();
    for (index, name) in names.into_iter().enumerate() {
        let mut rows = book.rows(index).unwrap();
        let mut row = Row::default();
        while rows.next_row(&mut row).unwrap() {
            for column in 0..row.len() {
                let text = row.own(column);
                if !text.is_empty() {
                    all.insert((name.clone(), row.number(), column), text.to_owned());
                }
            }
        }
    }
    all
}

/// The parts of a package.
pub(crate) fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            (part.name().unwrap().into_owned(), content)
        })
        .collect()
}

fn list(rows: &[&[&str]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = XlsxWriter::new(&mut bytes);
    writer.begin("住户", 1).unwrap();
    for row in rows {
        writer.write_row(&mut row.iter().copied()).unwrap();
    }
    Box::new(writer).finish().unwrap();
    bytes
}

fn open(bytes: &[u8]) -> Workbook {
    Workbook::open(&Source::bytes("a.xlsx", bytes.to_vec())).unwrap()
}

fn save(workbook: Workbook) -> (Vec<u8>, Saved) {
    let mut bytes = Vec::new();
    let saved = workbook.save(&mut bytes).unwrap();
    (bytes, saved)
}

/// Marks some cells of each sheet, adds columns to each and a sheet to the workbook.
fn marked(bytes: &[u8]) -> Vec<u8> {
    let mut workbook = open(bytes);
    workbook.remove_marks();
    let names: Vec<String> = workbook.sheets().map(str::to_owned).collect();
    for name in &names {
        for (row, column, tint) in [
            (1, 0, Tint::Red),
            (2, 1, Tint::Yellow),
            (3, 5, Tint::Blue),
            (40, 2, Tint::Red),
        ] {
            let mark = Mark {
                tint,
                note: format!("错误：第{row}行 <{column}> & _x0041_"),
            };
            workbook
                .mark(&Place::cell(Some(name), row, column), mark)
                .unwrap();
        }
        let columns = NewColumns {
            header_row: 1,
            headers: vec!["错误".into(), "建议".into()],
            widths: vec![40, 20],
            cells: BTreeMap::from([
                (2, vec!["=1+1".into(), "0803".into()]),
                (40, vec![String::new(), "1E5".into()]),
            ]),
        };
        workbook.add_columns(name, columns).unwrap();
    }
    workbook.add_sheet(NewSheet {
        name: "汇总".into(),
        rows: vec![vec![NewCell::bold("甲"), NewCell::plain("=1+1")]],
        widths: vec![10],
        headers: 1,
        lasting: false,
    });
    save(workbook).0
}

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for folder in [
        "fixtures/tables",
        "fixtures/communities",
        "fixtures/examples",
    ] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.display().to_string();
            let is_workbook = path.extension().is_some_and(|end| end == "xlsx");
            if is_workbook
                && !["password", "truncated"]
                    .iter()
                    .any(|word| name.contains(word))
            {
                all.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    all.sort();
    assert!(all.len() > 4);
    all
}

#[test]
fn every_value_of_every_fixture_stays_and_marking_twice_is_marking_once() {
    for (name, before) in fixtures() {
        let once = marked(&before);
        let (old, new) = (cells(&before), cells(&once));
        for (place, text) in &old {
            assert_eq!(new.get(place), Some(text), "{name} {place:?}");
        }
        let twice = marked(&once);
        assert!(once == twice, "{name}: {:?}", different(&once, &twice));
        let mut workbook = open(&once);
        workbook.remove_marks();
        let (clean, _) = save(workbook);
        assert_eq!(cells(&clean), old, "{name}");
        let left = parts(&clean);
        assert!(
            !left
                .keys()
                .any(|part| part.contains("comments") || part.contains("vmlDrawing")),
            "{name}"
        );
        let rest = String::from_utf8_lossy(&left["xl/workbook.xml"]).into_owned();
        assert!(
            !rest.contains("gridcode") && !rest.contains("汇总"),
            "{rest}"
        );
    }
}

/// Where two packages differ first, part by part.
fn different(left: &[u8], right: &[u8]) -> Vec<String> {
    let (left, right) = (parts(left), parts(right));
    let names: std::collections::BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    let mut found = Vec::new();
    for name in names {
        let text = |parts: &BTreeMap<String, Vec<u8>>| {
            String::from_utf8_lossy(parts.get(name).map_or(&[][..], Vec::as_slice)).into_owned()
        };
        let (left, right) = (text(&left), text(&right));
        let same = left
            .chars()
            .zip(right.chars())
            .take_while(|(a, b)| a == b)
            .count();
        if left != right {
            let around = |text: &str| -> String {
                text.chars()
                    .skip(same.saturating_sub(80))
                    .take(200)
                    .collect()
            };
            found.push(format!("{name}\n{}\n{}", around(&left), around(&right)));
        }
    }
    found
}

#[test]
fn parts_that_nobody_touches_are_the_same_bytes() {
    for (name, before) in fixtures() {
        let (old, new) = (parts(&before), parts(&marked(&before)));
        for (part, content) in &old {
            let changes = ["worksheets/", "styles.xml", "workbook.xml", "Content_Types"];
            if !changes.iter().any(|word| part.contains(word)) {
                assert!(new.get(part) == Some(content), "{name} {part}");
            }
        }
    }
}

#[test]
fn a_text_set_into_a_cell_is_that_text() {
    let before = list(&[&["房号", "编码"], &["0803", "a"], &["804", "b"]]);
    let texts = [
        "0803",
        "1E5",
        "=1+1",
        "+1",
        "-1",
        "@a",
        "'=1",
        " a ",
        "a\nb",
        "<&>\"",
        "_x0041_",
        "13800000000",
        "TRUE",
        "2026-01-01",
    ];
    for text in texts {
        let mut workbook = open(&before);
        workbook
            .set_text(&Place::cell(Some("住户"), 2, 1), text)
            .unwrap();
        workbook
            .set_text(&Place::cell(Some("住户"), 9, 3), text)
            .unwrap();
        let (after, saved) = save(workbook);
        assert_eq!(saved, Saved::default());
        let mut expected = cells(&before);
        expected.insert(("住户".into(), 2, 1), text.to_owned());
        expected.insert(("住户".into(), 9, 3), text.to_owned());
        assert_eq!(cells(&after), expected);
        let xml = String::from_utf8(parts(&after)["xl/worksheets/sheet1.xml"].clone()).unwrap();
        assert!(!xml.contains("<f>"));
    }
}

#[test]
fn a_cell_or_sheet_that_is_not_there_is_refused() {
    let mut workbook = open(&list(&[&["房号"]]));
    for place in [
        Place::cell(Some("没有"), 1, 0),
        Place::cell(Some("住户"), 0, 0),
        Place::cell(Some("住户"), 1_048_577, 0),
        Place::cell(Some("住户"), 1, 16_384),
        Place::row(Some("住户"), 1),
    ] {
        assert!(workbook.set_text(&place, "a").is_err(), "{place}");
    }
    let long = "长".repeat(32_768);
    assert!(
        workbook
            .set_text(&Place::cell(Some("住户"), 1, 0), &long)
            .is_err()
    );
}

/// A package of given parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// As sparse as a program can write it: prefixes, places left out, no styles, formulas, a filter, protection.
fn sparse() -> Vec<u8> {
    package(&[
        (
            "[Content_Types].xml",
            "<?xml version=\"1.0\"?><t:Types xmlns:t=\"http://schemas.openxmlformats.org/package/2006/content-types\"><t:Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><t:Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></t:Types>",
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<x:workbook xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:q=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><x:sheets><x:sheet name=\"甲 'a' &amp; b\" sheetId=\"1\" q:id=\"s1\"/></x:sheets></x:workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<p:Relationships xmlns:p=\"http://schemas.openxmlformats.org/package/2006/relationships\"><p:Relationship Id=\"s1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"/xl/worksheets/sheet1.xml\"/></p:Relationships>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData><x:row><x:c t=\"inlineStr\"><x:is><x:t>房号</x:t></x:is></x:c><x:c t=\"inlineStr\"><x:is><x:t>编码</x:t></x:is></x:c></x:row><x:row><x:c><x:v>803</x:v></x:c><x:c r=\"D2\"><x:f>A2+1</x:f><x:v>804</x:v></x:c></x:row></x:sheetData><x:sheetProtection sheet=\"1\"/><x:autoFilter ref=\"A1:B2\"/><x:mergeCells count=\"1\"><x:mergeCell ref=\"A5:F5\"/></x:mergeCells></x:worksheet>",
        ),
    ])
}

#[test]
fn a_workbook_as_sparse_as_can_be_is_marked_and_cleaned() {
    let before = sparse();
    let old = cells(&before);
    let name = "甲 'a' & b".to_owned();
    let once = marked(&before);
    let new = cells(&once);
    for (place, text) in &old {
        assert_eq!(new.get(place), Some(text));
    }
    let xml = String::from_utf8(parts(&once)["xl/worksheets/sheet1.xml"].clone()).unwrap();
    assert!(xml.contains("<x:autoFilter ref=\"A1:H2\"/>"), "{xml}");
    assert!(
        xml.contains("<x:f>A2+1</x:f>") && xml.contains("<x:cols><x:col min=\"7\""),
        "{xml}"
    );
    let order: Vec<usize> = [
        "<x:cols>",
        "<x:sheetData>",
        "<x:sheetProtection",
        "<x:autoFilter",
        "<x:mergeCells",
        "<x:legacyDrawing",
    ]
    .iter()
    .map(|element| xml.find(element).unwrap())
    .collect();
    assert!(order.is_sorted());
    assert!(
        marked(&once) == once,
        "{:?}",
        different(&once, &marked(&once))
    );
    let mut workbook = open(&once);
    workbook.remove_marks();
    assert_eq!(cells(&save(workbook).0), old);

    let mut workbook = open(&before);
    workbook
        .set_text(&Place::cell(Some(&name), 2, 3), "不行")
        .unwrap();
    workbook
        .set_text(&Place::cell(Some(&name), 2, 0), "0803")
        .unwrap();
    let (bytes, saved) = save(workbook);
    assert_eq!(saved.formulas, [Place::cell(Some(&name), 2, 3)]);
    assert_eq!(saved.protected, std::slice::from_ref(&name));
    let mut expected = old;
    expected.insert((name, 2, 0), "0803".into());
    assert_eq!(cells(&bytes), expected);
}

mod random {
    use proptest::prelude::*;

    use super::{cells, list, marked, open, save};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_a_list_says_it_says_after_marking_and_cleaning(
            rows in prop::collection::vec(prop::collection::vec("[ -~\\n房号=@０８a_x]{0,12}", 0..6), 1..12)
        ) {
            let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
            let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
            let before = list(&rows);
            let old = cells(&before);
            let once = marked(&before);
            let new = cells(&once);
            for (place, text) in &old {
                prop_assert_eq!(new.get(place), Some(text));
            }
            prop_assert!(marked(&once) == once);
            let mut workbook = open(&once);
            workbook.remove_marks();
            prop_assert_eq!(cells(&save(workbook).0), old);
        }
    }
}
