//! Writing files: what is written reads back exactly, appears whole or not at all, and is safe to open.

use std::io::Write;

use gridcode::row::Row;
use gridcode::table::{
    Book, CsvOptions, CsvWriter, LineEnd, Output, ReadOptions, RowWriter, Source, TableError,
    TextEncoding,
};
use proptest::prelude::*;

#[cfg(feature = "excel")]
mod workbook;

type Table = Vec<Vec<String>>;

fn write_all(mut writer: Box<dyn RowWriter + '_>, table: &Table) -> Result<(), TableError> {
    for row in table {
        writer.write_row(&mut row.iter().map(String::as_str))?;
    }
    writer.finish()
}

fn csv(table: &Table, options: &CsvOptions) -> Result<Vec<u8>, TableError> {
    let mut bytes = Vec::new();
    write_all(Box::new(CsvWriter::new(&mut bytes, options)?), table)?;
    Ok(bytes)
}

fn rows(bytes: Vec<u8>, options: &ReadOptions) -> Result<Vec<Row>, TableError> {
    let mut book = Book::open(&Source::bytes("written", bytes), options)?;
    let mut rows = book.rows(0)?;
    let mut all = Vec::new();
    let mut row = Row::default();
    while rows.next_row(&mut row)? {
        all.push(row.clone());
    }
    Ok(all)
}

fn table(rows: &[Row]) -> Table {
    rows.iter()
        .map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

fn own(rows: &[&[&str]]) -> Table {
    rows.iter()
        .map(|row| row.iter().map(|&cell| cell.to_owned()).collect())
        .collect()
}

/// Cells made of everything that means something to a reader of delimited text, and of everything else.
fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => r#"['=+@＝－"楼,;|a\t\r\n -]{0,6}"#,
        1 => Just("sep=;".to_owned()),
        1 => Just("\u{feff}房号".to_owned()),
        1 => Just("PK\u{3}\u{4}".to_owned()),
        1 => Just("%PDF-".to_owned()),
        1 => Just("<html>".to_owned()),
        1 => "[^\\x00\u{e5e5}]{0,8}",
    ]
}

fn any_table() -> impl Strategy<Value = Table> {
    proptest::collection::vec(proptest::collection::vec(any_cell(), 0..5), 1..6)
}

fn any_options() -> impl Strategy<Value = (CsvOptions, ReadOptions)> {
    let encodings = prop_oneof![
        Just((TextEncoding::Utf8Mark, None)),
        Just((TextEncoding::Utf8, Some("utf-8"))),
        Just((TextEncoding::Gb18030, Some("gbk"))),
        Just((TextEncoding::Utf16Le, None)),
    ];
    let delimiters = prop_oneof![Just(','), Just('\t'), Just(';'), Just('|')];
    let ends = prop_oneof![Just(LineEnd::CrLf), Just(LineEnd::Lf), Just(LineEnd::Cr)];
    (encodings, delimiters, ends, any::<bool>()).prop_map(
        |((encoding, label), delimiter, line_end, raw)| {
            let write = CsvOptions {
                delimiter,
                encoding,
                line_end,
                raw,
            };
            let read = ReadOptions {
                encoding: label.map(str::to_owned),
                delimiter: Some(delimiter),
                raw,
                ..ReadOptions::default()
            };
            (write, read)
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_as_text_reads_back_as_it_was((write, read) in any_options(), cells in any_table()) {
        let bytes = csv(&cells, &write).unwrap();
        let back = rows(bytes, &read).unwrap();
        prop_assert_eq!(table(&back), cells);
        for (row, number) in back.iter().zip(1..) {
            prop_assert_eq!(row.number(), number);
        }
    }

    #[test]
    fn any_bytes_at_all_are_read_or_refused_but_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Err(error) = rows(bytes, &ReadOptions::default()) {
            prop_assert!(!error.message().zh.is_empty());
        }
    }

}

#[test]
fn a_formula_can_never_start_in_a_written_text_cell() {
    let cells = own(&[&[
        "=cmd|'/c calc'!A1",
        "+86",
        "-1",
        "@x",
        "\tx",
        "＝1",
        "'=1",
        "803",
    ]]);
    let text = String::from_utf8(csv(&cells, &CsvOptions::default()).unwrap()).unwrap();
    assert_eq!(
        text,
        "\u{feff}\"'=cmd|'/c calc'!A1\",'+86,'-1,'@x,'\tx,'＝1,''=1,803\r\n"
    );
    let raw = CsvOptions {
        raw: true,
        encoding: TextEncoding::Utf8,
        ..CsvOptions::default()
    };
    let text = String::from_utf8(csv(&own(&[&["803", "=1"]]), &raw).unwrap()).unwrap();
    assert_eq!(text, "803,=1\r\n");
}

#[test]
fn a_file_is_written_like_the_one_that_was_read() {
    for name in [
        "households-gbk.csv",
        "households-utf16le.csv",
        "households-utf8.csv",
    ] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures/tables")
            .join(name);
        let before = std::fs::read(&path).unwrap();
        let raw = ReadOptions {
            raw: true,
            ..ReadOptions::default()
        };
        let book = Book::open(&Source::path(&path), &raw).unwrap();
        let mut like = CsvOptions::like(book.dialect().unwrap());
        like.raw = true;
        let cells = table(&rows(before.clone(), &raw).unwrap());
        assert!(csv(&cells, &like).unwrap() == before, "{name}");
    }
}

#[test]
fn characters_that_gb18030_lacks_are_refused_by_their_cell() {
    let options = CsvOptions {
        encoding: TextEncoding::Gb18030,
        ..CsvOptions::default()
    };
    let error = csv(&own(&[&["楼栋", "备注"], &["3栋", "a\u{e5e5}b"]]), &options).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("B2: gb18030 has no character U+E5E5"),
        "{error}"
    );
    // Rare characters of names that GBK lacks are no trouble.
    let cells = own(&[&["㘵𠮷", "\u{e170}"]]);
    let read = ReadOptions {
        encoding: Some("gbk".into()),
        ..ReadOptions::default()
    };
    assert_eq!(
        table(&rows(csv(&cells, &options).unwrap(), &read).unwrap()),
        cells
    );
    let error = csv(&own(&[&["a\0"]]), &CsvOptions::default()).unwrap_err();
    assert!(matches!(
        error,
        TableError::Unencodable {
            character: '\0',
            ..
        }
    ));
}

#[test]
fn an_output_appears_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out.csv");
    std::fs::write(&target, "before").unwrap();
    let mut output = Output::create(&target, &[]).unwrap();
    output.write_all(b"half").unwrap();
    drop(output);
    assert_eq!(std::fs::read(&target).unwrap(), b"before");
    let mut output = Output::create(&target, &[]).unwrap();
    let cells = own(&[&["803Aa7"]]);
    let options = CsvOptions {
        encoding: TextEncoding::Utf8,
        ..CsvOptions::default()
    };
    write_all(
        Box::new(CsvWriter::new(&mut output, &options).unwrap()),
        &cells,
    )
    .unwrap();
    assert_eq!(std::fs::read(&target).unwrap(), b"before");
    output.commit().unwrap();
    assert_eq!(std::fs::read(&target).unwrap(), b"803Aa7\r\n");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_input_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("list.csv");
    std::fs::write(&input, "803Aa7\n").unwrap();
    let source = Source::path(&input);
    let around = folder.path().join(".").join("list.csv");
    let mut paths = vec![input.clone(), around];
    let link = folder.path().join("hard.csv");
    std::fs::hard_link(&input, &link).unwrap();
    #[cfg(unix)]
    {
        paths.push(link);
        let soft = folder.path().join("soft.csv");
        std::os::unix::fs::symlink(&input, &soft).unwrap();
        paths.push(soft);
    }
    for path in paths {
        let error = Output::create(&path, &[&source]).unwrap_err();
        assert!(matches!(error, TableError::SameFile { .. }), "{path:?}");
        assert!(!error.message().zh.is_ascii());
    }
    assert!(Output::create(folder.path().join("other.csv"), &[&source]).is_ok());
}

#[test]
fn a_folder_or_a_missing_folder_is_no_target_and_a_device_stays_one() {
    let folder = tempfile::tempdir().unwrap();
    let error = Output::create(folder.path(), &[]).unwrap_err();
    assert!(matches!(error, TableError::Directory { .. }));
    let error = Output::create(folder.path().join("no/out.csv"), &[]).unwrap_err();
    assert!(error.to_string().contains("no such folder"), "{error}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let mut output = Output::create("/dev/null", &[]).unwrap();
        assert!(output.temporary().is_none());
        output.write_all(b"x").unwrap();
        output.commit().unwrap();
        let about = std::fs::metadata("/dev/null").unwrap();
        assert!(about.file_type().is_char_device());
    }
}

#[cfg(unix)]
#[test]
fn a_new_file_has_ordinary_rights_and_a_replaced_one_keeps_its_own() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let rights =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let plain = folder.path().join("plain");
    std::fs::write(&plain, "").unwrap();
    let new = folder.path().join("new.csv");
    Output::create(&new, &[]).unwrap().commit().unwrap();
    assert_eq!(rights(&new), rights(&plain));
    std::fs::set_permissions(&new, std::fs::Permissions::from_mode(0o640)).unwrap();
    Output::create(&new, &[]).unwrap().commit().unwrap();
    assert_eq!(rights(&new), 0o640);
}
