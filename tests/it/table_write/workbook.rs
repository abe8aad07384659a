//! Writing workbooks: text stays text, the same bytes each time, and what a workbook cannot hold is refused.

use gridcode::row::{CellKind, Row};
use gridcode::table::{Book, ReadOptions, RowWriter, Source, TableError, XlsxWriter};
use proptest::prelude::*;

use super::{Table, own, rows, table, write_all};

fn xlsx(table: &Table) -> Result<Vec<u8>, TableError> {
    let mut bytes = Vec::new();
    write_all(Box::new(XlsxWriter::new(&mut bytes)), table)?;
    Ok(bytes)
}

proptest! {
    #[test]
    fn a_written_workbook_reads_back_as_text_cells(
        cells in proptest::collection::vec(proptest::collection::vec("['=+@0-9E.楼,\"<&> -]{1,6}", 1..5), 1..5)
    ) {
        let back = rows(xlsx(&cells).unwrap(), &ReadOptions::default()).unwrap();
        prop_assert_eq!(table(&back), cells);
        for row in &back {
            prop_assert!((0..row.len()).all(|column| row.kind(column) == CellKind::Text));
        }
    }
}

#[test]
fn a_workbook_is_the_same_bytes_each_time_and_holds_every_sheet() {
    let make = || {
        let mut bytes = Vec::new();
        let mut writer = XlsxWriter::new(&mut bytes);
        for name in ["住户", "问题"] {
            writer.begin(name, 1).unwrap();
            writer
                .write_row(&mut ["房号", "网格编码"].into_iter())
                .unwrap();
            writer.write_row(&mut ["0803", "=1+1"].into_iter()).unwrap();
        }
        Box::new(writer).finish().unwrap();
        bytes
    };
    let bytes = make();
    assert!(bytes == make());
    let mut book = Book::open(&Source::bytes("b.xlsx", bytes), &ReadOptions::default()).unwrap();
    let names: Vec<_> = book
        .sheets()
        .iter()
        .map(|sheet| sheet.name.clone().unwrap())
        .collect();
    assert_eq!(
        names.iter().map(|name| &**name).collect::<Vec<_>>(),
        ["住户", "问题"]
    );
    let mut rows = book.rows(1).unwrap();
    let mut row = Row::default();
    rows.next_row(&mut row).unwrap();
    rows.next_row(&mut row).unwrap();
    assert_eq!(row.iter().collect::<Vec<_>>(), ["0803", "=1+1"]);
    assert_eq!(row.kind(0), CellKind::Text);
}

#[test]
fn what_a_workbook_cannot_hold_is_refused_by_its_cell() {
    let longest = "楼".repeat(32_767);
    assert!(xlsx(&own(&[&["a", &longest]])).is_ok());
    let error = xlsx(&own(&[&["a"], &["b", &format!("{longest}楼")]])).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("Sheet1!B2 is longer than the 32,767"),
        "{error}"
    );
    let wide = vec![vec![String::from("x"); 16_385]];
    let error = xlsx(&wide).unwrap_err();
    assert!(
        error.to_string().starts_with("Sheet1!XFE1 lies outside"),
        "{error}"
    );
    let mut sink = std::io::sink();
    let mut writer = XlsxWriter::new(&mut sink);
    for name in ["", "a/b", "'a", &"a".repeat(32), "History"] {
        let error = writer.begin(name, 1).unwrap_err();
        assert!(matches!(error, TableError::SheetName { .. }), "{name}");
    }
    writer.begin("A", 1).unwrap();
    assert!(writer.begin("a", 1).is_err());
}
