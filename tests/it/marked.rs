//! The marked workbook: what it says of a list, and that checking it again is checking the list.

use std::process::Command;

use gridcode::Lang;
use gridcode::census::{Account, Options, SheetChoice, check};
use gridcode::codebook::Codebook;
use gridcode::diagnostic::Diagnostic;
use gridcode::report::marked::{Checked, named};
use gridcode::table::{RowWriter as _, Source, XlsxWriter};
use jiff::civil::date;

use crate::workbook::{Cells, cells, parts};

pub(crate) fn options() -> Options<'static> {
    Options::new(Codebook::shushan(), date(2026, 11, 1))
}

fn checked(source: &Source, options: &Options<'_>) -> (Account, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let account = check(source, options, &mut |finding| findings.push(finding)).unwrap();
    (account, findings)
}

/// The marked workbook of a list, and what is told about it, in Chinese.
pub(crate) fn marked(source: &Source, lang: Lang) -> (Vec<u8>, Vec<String>) {
    let options = options();
    let (account, findings) = checked(source, &options);
    let checked = Checked {
        source,
        options: &options,
        account: &account,
        findings: &findings,
        lang,
    };
    let mut bytes = Vec::new();
    let told = checked.write(&mut bytes).unwrap();
    (
        bytes,
        told.into_iter().map(|text| text.zh.into_owned()).collect(),
    )
}

fn lists() -> Vec<Source> {
    [
        "fixtures/communities/cuizhuyuan-dirty.xlsx",
        "fixtures/communities/cuizhuyuan.xlsx",
        "fixtures/tables/households.xlsx",
        "fixtures/tables/households-saved-again.xlsx",
        "fixtures/tables/merged.xlsx",
    ]
    .into_iter()
    .map(Source::path)
    .collect()
}

/// What is wrong with a list, without what tells one file from another.
fn wrong(findings: &[Diagnostic]) -> Vec<(String, &'static str)> {
    let mut all: Vec<_> = findings
        .iter()
        .map(|finding| (finding.place.to_string(), finding.rule))
        .collect();
    all.sort();
    all
}

#[test]
fn a_workbook_keeps_every_value_and_checking_it_again_finds_the_same() {
    for source in lists() {
        let before = cells(&std::fs::read(source.file().unwrap()).unwrap());
        let (bytes, _) = marked(&source, Lang::Zh);
        let after = cells(&bytes);
        for (place, text) in &before {
            assert_eq!(after.get(place), Some(text), "{} {place:?}", source.name());
        }
        let again = Source::bytes(source.name(), bytes.clone());
        let (first, second) = (checked(&source, &options()), checked(&again, &options()));
        assert_eq!(wrong(&first.1), wrong(&second.1), "{}", source.name());
        assert_eq!(first.0.total(), second.0.total());
        assert!(marked(&again, Lang::Zh).0 == bytes, "{}", source.name());
    }
}

/// The texts of one row of a sheet.
fn row(cells: &Cells, sheet: &str, number: u64) -> Vec<String> {
    let of_row = cells
        .iter()
        .filter(|((name, row, _), _)| name == sheet && *row == number);
    of_row.map(|(_, text)| text.clone()).collect()
}

fn example() -> Source {
    Source::path("fixtures/examples/households.csv")
}

#[test]
fn a_text_list_becomes_a_workbook_of_texts_with_columns_summary_and_rows_to_correct() {
    let (bytes, told) = marked(&example(), Lang::Zh);
    assert!(told[0].contains("每格都是文本"), "{told:?}");
    // What this program wrote is no data: a reader of lists does not see the columns.
    let all = cells(&bytes);
    assert_eq!(
        row(&all, "名单", 1),
        [
            "楼栋",
            "单元",
            "房号",
            "网格编码",
            "居住类型",
            "住房性质",
            "户主姓名"
        ]
    );
    assert_eq!(
        row(&all, "待改行", 1),
        [
            "楼栋",
            "单元",
            "房号",
            "网格编码",
            "居住类型",
            "住房性质",
            "户主姓名",
            "原行号"
        ]
    );
    assert_eq!(row(&all, "待改行", 2).last().unwrap(), "4");
    let of_summary = all.iter().filter(|((name, ..), _)| name == "汇总");
    let summary: Vec<&str> = of_summary.map(|(_, text)| text.as_str()).collect();
    let summary = summary.join("\n");
    for word in [
        "2026-11-01",
        "错误 6 处，警告 1 处",
        "date-mangled",
        "名单!C5",
        "表头 1",
    ] {
        assert!(summary.contains(word), "{word}\n{summary}");
    }
    let parts = parts(&bytes);
    let text = |name: &str| String::from_utf8(parts[name].clone()).unwrap();
    let sheet = text("xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<autoFilter ref=\"A1:J8\"/>"), "{sheet}");
    for word in [
        "错误 D4 网格编码：",
        "改为 606Aa5（可放心采用）",
        ">code-width<",
    ] {
        assert!(sheet.contains(word), "{word}");
    }
    let comments = text("xl/comments1.xml");
    assert_eq!(comments.matches("<comment ").count(), 7);
    assert!(
        comments.contains("【gridcode】\n错误：此处应为房号，如 803，实为空"),
        "{comments}"
    );
    for part in parts.values() {
        assert!(!String::from_utf8_lossy(part).contains("<f>"));
    }
}

#[test]
fn the_rows_to_correct_can_be_checked_alone_and_corrected() {
    let (bytes, _) = marked(
        &Source::path("fixtures/communities/cuizhuyuan-dirty.xlsx"),
        Lang::Zh,
    );
    let source = Source::bytes("marked.xlsx", bytes);
    let mut options = options();
    options.sheet = Some(SheetChoice::Name("待改行".into()));
    let (account, findings) = checked(&source, &options);
    assert_eq!(account.total().data_rows(), 47);
    // What was wrong because of another row may not be wrong among these rows alone.
    assert!(account.total().with_errors > 40, "{account:?}");
    assert!(!findings.iter().any(|finding| finding.rule == "ragged-row"));
}

#[test]
fn a_list_put_right_loses_its_marks_and_keeps_a_summary() {
    let mut bytes = Vec::new();
    let mut writer = XlsxWriter::new(&mut bytes);
    writer.begin("住户", 1).unwrap();
    for row in [
        ["楼栋", "房号", "网格编码"],
        ["3栋", "803", "８０３Ａａ８"],
        ["3栋", "804", "804Ca"],
    ] {
        writer.write_row(&mut row.into_iter()).unwrap();
    }
    Box::new(writer).finish().unwrap();
    let (wrong, _) = marked(&Source::bytes("a.xlsx", bytes), Lang::En);
    assert!(parts(&wrong).keys().any(|part| part.contains("comments")));
    let mut workbook = gridcode::workbook::Workbook::open(&Source::bytes("a.xlsx", wrong)).unwrap();
    for (row, text) in [(2, "803Aa8"), (3, "804Aa")] {
        workbook
            .set_text(&gridcode::row::Place::cell(Some("住户"), row, 2), text)
            .unwrap();
    }
    let mut right = Vec::new();
    workbook.save(&mut right).unwrap();
    let (clean, told) = marked(&Source::bytes("a.xlsx", right), Lang::En);
    assert!(told[0].contains("上次检查"), "{told:?}");
    let all = cells(&clean);
    let sheets: std::collections::BTreeSet<&str> =
        all.keys().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(sheets.into_iter().collect::<Vec<_>>(), ["Summary", "住户"]);
    let left = parts(&clean);
    assert!(
        !left
            .keys()
            .any(|part| part.contains("comments") || part.contains("vml"))
    );
    let sheet = String::from_utf8(left["xl/worksheets/sheet1.xml"].clone()).unwrap();
    assert!(!sheet.contains("problem") && !sheet.contains("legacyDrawing"));
}

#[test]
fn other_formats_keep_their_values_and_what_is_lost_is_told() {
    for (name, word) in [
        ("xls", "XLS 不能原样标注"),
        ("ods", "ODS"),
        ("xlsb", "XLSB"),
    ] {
        let path = format!("fixtures/tables/households.{name}");
        let (bytes, told) = marked(&Source::path(&path), Lang::Zh);
        assert!(
            told[0].contains(word) && told[0].contains("字体"),
            "{told:?}"
        );
        let (before, after) = (cells(&std::fs::read(&path).unwrap()), cells(&bytes));
        assert!(before.len() > 50);
        for (place, text) in &before {
            assert_eq!(after.get(place), Some(text), "{name} {place:?}");
        }
    }
    for name in [
        "households-gbk.csv",
        "households.csv.gz",
        "households-utf16le.csv",
    ] {
        let source = Source::path(format!("fixtures/tables/{name}"));
        let (bytes, _) = marked(&source, Lang::Zh);
        let again = Source::bytes("a.xlsx", bytes);
        let places = |findings: &[Diagnostic]| -> Vec<(String, &'static str)> {
            let mut all: Vec<_> = findings
                .iter()
                // How many cells a row has only a text file says.
                .filter(|finding| finding.rule != "ragged-row")
                .map(|finding| (finding.place.name(), finding.rule))
                .collect();
            all.sort();
            all
        };
        assert_eq!(
            places(&checked(&source, &options()).1),
            places(&checked(&again, &options()).1),
            "{name}"
        );
    }
}

#[test]
fn a_row_to_correct_has_what_its_list_writes_once_per_group() {
    let text = "楼栋,房号,网格编码\n3栋,101,101Aa\n,102,102Ax\n,103,103Aa\n4栋,101,101Aa\n,102,102Ax\n,103,103Aa\n";
    let source = Source::bytes("住户.csv", text.into());
    let (bytes, _) = marked(&source, Lang::Zh);
    let all = cells(&bytes);
    assert_eq!(row(&all, "待改行", 2), ["3栋", "102", "102Ax", "3"]);
    assert_eq!(row(&all, "待改行", 3), ["4栋", "102", "102Ax", "6"]);
    // The list itself stays as it is.
    assert_eq!(row(&all, "名单", 3), ["102", "102Ax"]);
}

#[test]
fn a_text_that_no_cell_holds_is_cut_with_a_word_and_the_rest_of_the_list_is_marked() {
    let long = "长".repeat(40_000);
    let text = format!("楼栋,房号,网格编码,备注\n3栋,803,803Ax,{long}\n3栋,804,804Aa,短\n");
    let source = Source::bytes("住户.csv", text.into());
    let (bytes, told) = marked(&source, Lang::Zh);
    assert!(
        told.iter()
            .any(|told| told.contains("1 格的内容超过一格的上限") && told.contains("名单!D2")),
        "{told:?}"
    );
    let all = cells(&bytes);
    for (sheet, cell) in [("名单", (2, 3)), ("待改行", (2, 3))] {
        let kept = &all[&(sheet.to_owned(), cell.0, cell.1)];
        assert_eq!(kept.encode_utf16().count(), 32_767);
        assert!(kept.ends_with("……【原文 40000 字，一格放不下，其余见原名单】"));
    }
    assert_eq!(all[&("名单".to_owned(), 3, 3)], "短");
    assert!(!told_of_cuts(&marked(&example(), Lang::Zh).1));
}

fn told_of_cuts(told: &[String]) -> bool {
    told.iter().any(|told| told.contains("上限"))
}

#[test]
fn libre_office_opens_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let few = [lists().remove(0), lists().remove(4), example()];
    for (number, source) in few.into_iter().enumerate() {
        let path = folder.path().join(format!("marked{number}.xlsx"));
        std::fs::write(&path, marked(&source, Lang::Zh).0).unwrap();
        let run = Command::new("soffice")
            .arg(format!(
                "-env:UserInstallation=file://{}",
                folder.path().join("profile").display()
            ))
            .args(["--headless", "--convert-to", "ods", "--outdir"])
            .arg(folder.path())
            .arg(&path)
            .output();
        let Ok(run) = run else {
            #[expect(clippy::print_stderr, reason = "what is skipped is said")]
            {
                eprintln!("soffice is not installed: nothing was opened with LibreOffice");
            }
            return;
        };
        let opened = path.with_extension("ods");
        assert!(opened.exists(), "{run:?}");
        // What it saved is checked again: our sheets and columns are still known.
        let (first, second) = (
            checked(&source, &options()),
            checked(&Source::path(&opened), &options()),
        );
        assert_eq!(
            first.0.total().data_rows(),
            second.0.total().data_rows(),
            "{}",
            source.name()
        );
    }
}

#[test]
fn a_marked_workbook_is_named_after_its_list() {
    let name = named(std::path::Path::new("甲/住户.名单.xlsx"), false, Lang::Zh);
    assert_eq!(name, std::path::Path::new("住户.名单_检查结果.xlsx"));
}
