//! Repairs: what is safe is made, nothing else differs by a byte, and no repair is left to make.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16LE};
use gridcode::census::fix::{Plan, fix_text, plan};
use gridcode::census::{Options, check};
use gridcode::code::Confidence;
use gridcode::codebook::Codebook;
use gridcode::row::Row;
use gridcode::table::{Book, ReadOptions, Source, patch_text};
use jiff::civil::date;
use proptest::prelude::*;

fn options() -> Options<'static> {
    Options::new(Codebook::shushan(), date(2026, 11, 1))
}

fn bytes(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    if encoding == UTF_16LE {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        return [0xff, 0xfe].into_iter().chain(units).collect();
    }
    encoding.encode(text).0.into_owned()
}

/// The plan for a list, the list put right, and what the log says.
fn fixed(list: Vec<u8>, upto: Confidence) -> (Plan, Vec<u8>, Vec<(String, String, String)>) {
    let source = Source::bytes("list.csv", list);
    let plan = plan(&source, &options(), upto, &BTreeSet::new()).unwrap();
    let (mut out, mut log) = (Vec::new(), Vec::new());
    let done = fix_text(
        &source,
        &ReadOptions::default(),
        &plan,
        &mut out,
        &mut |repair, before| {
            log.push((
                repair.place.to_string(),
                before.to_owned(),
                repair.after.clone(),
            ));
            Ok(())
        },
    );
    assert_eq!(done.unwrap(), plan.repairs.len() as u64);
    (plan, out, log)
}

/// Cells of codes as people write them, and what a safe repair makes of each.
const CODES: [(&str, Option<&str>); 12] = [
    ("803Aa7", None),
    ("８０３Ａａ７", Some("803Aa7")),
    (" 803Aa7", Some("803Aa7")),
    ("803Aa7\u{a0}", Some("803Aa7")),
    ("\"803Ａa7\"", Some("\"803Aa7\"")),
    ("803\u{3000}Aa7", Some("803Aa7")),
    ("8O3Aa7", None),
    ("803aa7", None),
    ("8.03E+05", None),
    ("", None),
    ("2月3日", None),
    ("\"８０３Ａａ\"", Some("\"803Aa\"")),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn only_the_cells_of_safe_repairs_differ_by_a_byte(
        rows in proptest::collection::vec((0_usize..CODES.len(), prop::sample::select(vec!["", "\"备注,有逗号\"", "\"两\n行\"", "\"引\"\"号\"", "＝1+1", "|", " 丂亅 "]), any::<bool>()), 1..40),
        (encoding, end, delimiter) in (prop::sample::select(vec![UTF_8, GB18030, UTF_16LE]), prop::sample::select(vec!["\n", "\r\n", "\r"]), prop::sample::select(vec![",", ";", "\t", "|"])),
        last_line_ends in any::<bool>(),
    ) {
        let (mut before, mut after) = (vec!["序号,楼栋,房号,网格编码,备注".to_owned()], vec![]);
        after.push(before[0].clone());
        let mut count = 0;
        for (number, (code, remark, blank)) in rows.iter().enumerate() {
            if *blank {
                before.push(String::new());
                after.push(String::new());
            }
            let remark = if encoding == GB18030 { remark.replace('\u{a0}', "") } else { (*remark).to_owned() };
            let row = |code: &str| format!("{},{}栋,803,{code},{}", number + 1, number + 1, remark.replace(',', "，"));
            let (dirty, clean) = CODES[*code];
            before.push(row(dirty));
            after.push(row(clean.unwrap_or(dirty)));
            count += usize::from(clean.is_some());
        }
        // A bar inside a cell is no delimiter where it does not stand for one.
        let whole = |lines: &[String]| {
            let lines: Vec<String> = lines.iter().map(|line| if delimiter == "|" { line.replace('|', "") } else { line.clone() }.replace(',', delimiter)).collect();
            let mut text = lines.join(end);
            if last_line_ends { text += end; }
            bytes(&text, encoding)
        };
        let list = whole(&before);
        let (plan, out, log) = fixed(list.clone(), Confidence::Safe);
        prop_assert_eq!(plan.repairs.len(), count);
        prop_assert_eq!(&out, &whole(&after));
        prop_assert!(log.iter().all(|(place, before, after)| place.starts_with('D') && before != after));

        // The account that was promised is the account of what was written, and there is nothing left to put right.
        let source = Source::bytes("out.csv", out.clone());
        let mut safe = 0;
        let account = check(&source, &options(), &mut |finding| {
            safe += usize::from(finding.fix.is_some_and(|fix| fix.confidence == Confidence::Safe));
        }).unwrap();
        prop_assert_eq!(safe, 0);
        prop_assert_eq!(account.rules, plan.after.rules);
        prop_assert_eq!(account.sheets, plan.after.sheets);
        let (again, same, _) = fixed(out.clone(), Confidence::Safe);
        prop_assert!(again.repairs.is_empty());
        prop_assert!(same == out);
    }

    /// Fixing everything that is suggested comes to an end, too, and gives no household the code of another.
    #[test]
    fn suggested_repairs_are_all_made_and_none_takes_the_code_of_another_household(
        rows in proptest::collection::vec((0_usize..CODES.len(), 0_usize..6, prop::sample::select(vec!["803", "804", "", "0803"]), prop::sample::select(vec!["常住人口", "流动人口", "借住", ""]), prop::sample::select(vec!["自购房", "出租房", ""]), prop::sample::select(vec!["1930-01-01", "1990-01-01", ""])), 1..30),
        person in any::<bool>(),
        with_unit in any::<bool>(),
    ) {
        let mut list = String::from("楼栋,房号,网格编码,居住类型,住房性质,出生日期,姓名\n");
        for (number, (code, building, unit, resident, tenure, birth)) in rows.iter().enumerate() {
            let unit = if with_unit { unit } else { "" };
            let _ = writeln!(list, "{building}栋,{unit},{},{resident},{tenure},{birth},甲{number}", CODES[*code].0);
        }
        if !with_unit {
            list = list.replace("栋,,", "栋,").replace("房号,", "");
        }
        let mut options = options();
        if person { options.level = Some(gridcode::household::Level::Person); }
        let source = Source::bytes("list.csv", list.clone().into_bytes());
        let planned = plan(&source, &options, Confidence::Suggested, &BTreeSet::new()).unwrap();
        prop_assert!(planned.before.total().balances() && planned.after.total().balances());
        // The account that was promised is that of the list as it was read.
        options.level = planned.before.sheets[0].level;
        let mut out = Vec::new();
        fix_text(&source, &ReadOptions::default(), &planned, &mut out, &mut |_, _| Ok(())).unwrap();
        let source = Source::bytes("out.csv", out);
        let account = check(&source, &options, &mut |_| ()).unwrap();
        prop_assert_eq!(&account.rules, &planned.after.rules);
        let again = plan(&source, &options, Confidence::Suggested, &BTreeSet::new()).unwrap();
        prop_assert!(again.repairs.len() as u64 <= planned.left.would_repeat, "{:?}", again.repairs);
    }

    /// The cells that are found in the bytes are those that are read.
    #[test]
    fn cells_are_told_apart_as_reading_tells_them(
        text in "([a楼,;|\t\"'=| -]|\"\"|\r\n|\n|\r|,|,'=|,\"|\",){1,80}",
        encoding in prop::sample::select(vec![UTF_8, GB18030, UTF_16LE]),
        delimiter in prop::sample::select(vec![',', ';', '\t']),
    ) {
        let read = ReadOptions { encoding: Some(encoding.name().to_owned()), delimiter: Some(delimiter), ..ReadOptions::default() };
        let source = Source::bytes("list.csv", bytes(&text, encoding));
        let Ok(mut book) = Book::open(&source, &read) else { return Ok(()) };
        let (mut cells, mut row) = (Vec::new(), Row::default());
        let mut rows = book.rows(0).unwrap();
        loop {
            match rows.next_row(&mut row) {
                Ok(true) => cells.extend(row.iter().enumerate().map(|(column, cell)| (row.number(), column, cell.to_owned()))),
                Ok(false) => break,
                Err(_) => return Ok(()),
            }
        }
        let (mut told, mut out) = (Vec::new(), Vec::new());
        let mut places = cells.iter().map(|(row, column, _)| (*row, *column));
        patch_text(&source, &read, &mut out, &mut places, &mut |row, column, text| {
            told.push((row, column, text.to_owned()));
            None
        }).unwrap();
        prop_assert_eq!(told, cells);
        prop_assert_eq!(out, bytes(&text, encoding));
    }
}

#[test]
fn a_repair_that_makes_an_earlier_row_the_household_of_a_later_one_is_not_made() {
    let list = "楼栋,房号,网格编码\n5栋,803,803Aa\n4栋,,803Aa\n4栋,803,8O3Aa\n";
    let (plan, out, log) = fixed(list.into(), Confidence::Suggested);
    // The unit of row 3 would be 803; the code of row 4 is put right all the same.
    assert_eq!(
        log,
        [("C4".to_owned(), "8O3Aa".to_owned(), "803Aa".to_owned())]
    );
    assert_eq!(plan.left.would_repeat, 1);
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains("\n4栋,,803Aa\n4栋,803,803Aa\n"), "{out}");
}

#[test]
fn repairs_do_not_make_households_into_residents() {
    let list = "楼栋,房号,网格编码,姓名\n5栋,803,803Aa,甲\n5栋,,803Aa,乙\n";
    let (plan, out, log) = fixed(list.into(), Confidence::Suggested);
    assert_eq!((log.len(), plan.left.would_repeat), (0, 1));
    assert_eq!(out, list.as_bytes());
}

#[test]
fn what_is_left_is_counted_by_reason() {
    let list = "楼栋,房号,网格编码,居住类型,住房性质\n1栋,803,８０３Aa,常住,自购房\n2栋,803,8O3Aa,常住,自购房\n3栋,803,8.03E+02,常住,自购房\n4栋,3月4日,,常住,自购房\n";
    let (plan, _, log) = fixed(list.into(), Confidence::Safe);
    assert_eq!(
        log,
        [("C2".to_owned(), "８０３Aa".to_owned(), "803Aa".to_owned())]
    );
    assert_eq!((plan.left.to_check, plan.left.would_repeat), (1, 0));
    assert!(plan.left.to_ask >= 2, "{:?}", plan.left);
    let (plan, out, _) = fixed(list.into(), Confidence::Suggested);
    assert_eq!((plan.repairs.len(), plan.left.to_check), (2, 0));
    let out = String::from_utf8(out).unwrap();
    assert!(
        out.contains("8.03E+02") && out.contains("3月4日"),
        "what is lost stays"
    );
}

#[test]
fn a_suggested_code_goes_into_every_row_of_its_household() {
    let list = "楼栋,房号,姓名,与户主关系,居住类型,住房性质,网格编码\n3栋,803,甲,户主,常住,自购房,803Bb\n3栋,803,乙,配偶,常住,自购房,803Bb\n3栋,803,丙,子,常住,自购房,８０３Bb\n3栋,804,丁,户主,流动,出租房,804Bb\n3栋,804,戊,子,流动,出租房,\n";
    let (plan, out, log) = fixed(list.into(), Confidence::Suggested);
    assert_eq!(
        log.iter()
            .map(|(place, ..)| place.as_str())
            .collect::<Vec<_>>(),
        ["G2", "G3", "G4"]
    );
    assert!(log.iter().all(|(_, _, after)| after == "803Aa"));
    assert_eq!(plan.after.rules.len(), 0);
    let expected = list.replace("803Bb", "803Aa").replace("８０３Bb", "803Aa");
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

#[test]
fn a_repair_that_would_make_a_row_another_household_is_not_made() {
    // Without a column for the room the code tells it.
    let list = "楼栋,网格编码,居住类型\n3栋,803Aa,常住\n3栋,8O3Aa,常住\n3栋,8O4Aa,常住\n";
    let (plan, out, log) = fixed(list.into(), Confidence::Suggested);
    assert_eq!(
        log,
        [("B4".to_owned(), "8O4Aa".to_owned(), "804Aa".to_owned())]
    );
    assert_eq!((plan.left.would_repeat, plan.new_repeats()), (1, 0));
    assert!(String::from_utf8(out).unwrap().contains("3栋,8O3Aa,"));
}

#[test]
fn a_cell_that_a_row_does_not_have_is_left_and_counted() {
    let list = "楼栋,网格编码,房号\n3栋,803Aa,803\n3栋,804Aa\n3栋,805Aa,\n";
    let (plan, out, log) = fixed(list.into(), Confidence::Suggested);
    assert_eq!(log, [("C4".to_owned(), String::new(), "805".to_owned())]);
    assert_eq!(plan.left.no_column, 1);
    assert_eq!(
        String::from_utf8(out).unwrap(),
        list.replace("805Aa,", "805Aa,805")
    );
}

#[test]
fn a_list_that_is_sound_comes_out_as_it_went_in() {
    let list = "sep=;\r\n楼栋;房号;网格编码\r\n\"3栋\";803;803Aa7\r\n\r\n"
        .as_bytes()
        .to_vec();
    let (plan, out, _) = fixed(list.clone(), Confidence::Suggested);
    assert!(plan.repairs.is_empty());
    assert_eq!(out, list);
}

#[test]
fn rows_below_a_separator_line_and_a_mark_are_found() {
    let list = "\u{feff}sep=;\r\n楼栋;房号;网格编码\r\n3栋;803; 803Aa7\r\n";
    let (_, out, log) = fixed(list.into(), Confidence::Safe);
    assert_eq!(log[0].0, "C2");
    assert_eq!(
        String::from_utf8(out).unwrap(),
        list.replace("; 803Aa7", ";803Aa7")
    );
}

#[cfg(feature = "cli")]
mod program {
    use std::process::{Command, Output};

    use serde_json::Value;

    fn gridcode(folder: &std::path::Path, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_gridcode"))
            .args(["--lang", "zh"])
            .args(arguments)
            .args(["--on", "2026-11-01"])
            .current_dir(folder)
            .output()
            .unwrap()
    }

    const LIST: &str = "楼栋,房号,网格编码,居住类型,住房性质,姓名\n3栋,803,８０３Aa,常住,自购房,甲某\n3栋,804,8O4Aa,常住,自购房,乙某\n3栋,805,,常住,自购房,丙某\n";

    #[test]
    fn the_report_is_as_the_schema_says_and_names_nobody() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("l.csv"), LIST).unwrap();
        let validator = crate::json::validator("fix.schema.json", None);
        for (arguments, repaired) in [
            (&["fix", "l.csv", "--dry-run", "--json"][..], 1),
            (&["fix", "l.csv", "-o", "o.csv", "--json", "--suggested"], 2),
            (
                &[
                    "fix",
                    "l.csv",
                    "--dry-run",
                    "--json",
                    "--suggested",
                    "--max-fixes",
                    "1",
                ],
                2,
            ),
        ] {
            let output = gridcode(folder.path(), arguments);
            assert_eq!(output.status.code(), Some(1), "{output:?}");
            let report: Value = serde_json::from_slice(&output.stdout).unwrap();
            crate::json::assert_valid(&validator, &report);
            assert_eq!(report["repaired"], repaired);
            assert!(!String::from_utf8_lossy(&output.stdout).contains('某'));
        }
    }

    #[test]
    fn nothing_is_written_by_a_dry_run_and_the_input_never() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("l.csv");
        std::fs::write(&list, LIST).unwrap();
        let files = || std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(
            gridcode(folder.path(), &["fix", "l.csv", "--dry-run"])
                .status
                .code(),
            Some(1)
        );
        assert_eq!(files(), 1);
        for output in ["l.csv", "./l.csv", "o.xlsx", "o"] {
            let refused = gridcode(folder.path(), &["fix", "l.csv", "-o", output]);
            assert_eq!(refused.status.code(), Some(2), "{output}");
            assert_eq!(files(), 1, "{output}");
        }
        assert_eq!(std::fs::read_to_string(&list).unwrap(), LIST);
    }

    #[test]
    fn a_list_with_nothing_left_to_find_ends_with_0() {
        let folder = tempfile::tempdir().unwrap();
        let list = "楼栋,房号,网格编码\n3栋,803,８０３Aa\n";
        std::fs::write(folder.path().join("l.csv"), list).unwrap();
        assert_eq!(
            gridcode(folder.path(), &["fix", "l.csv", "-o", "o.csv"])
                .status
                .code(),
            Some(0)
        );
        assert_eq!(
            gridcode(folder.path(), &["fix", "o.csv", "--dry-run"])
                .status
                .code(),
            Some(0)
        );
        let log = std::fs::read_to_string(folder.path().join("o.fixes.csv")).unwrap();
        assert!(log.contains("C2,８０３Aa,803Aa,"), "{log}");
    }
}

#[cfg(feature = "excel")]
mod workbook {
    use std::collections::{BTreeMap, BTreeSet};
    use std::io::{Cursor, Read as _};

    use gridcode::Lang;
    use gridcode::census::check;
    use gridcode::census::fix::plan;
    use gridcode::code::Confidence;
    use gridcode::report::fixed_workbook::{self, Fixed};
    use gridcode::row::Row;
    use gridcode::table::{Book, ReadOptions, Source};
    use rust_xlsxwriter::{Format, Formula, Workbook};

    /// A list with colours, a formula among its codes, and a sheet that is none of its business.
    fn list() -> Vec<u8> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name("住户").unwrap();
        let red = Format::new()
            .set_bold()
            .set_background_color(0x00_FF_00_00)
            .set_num_format("@");
        for (row, cells) in (0..).zip([
            ["楼栋", "房号", "网格编码"],
            ["3栋", "803", "８０３Aa"],
            ["3栋", "804", ""],
            ["3栋", "805", "805Aa "],
            ["3栋", "806", "8O6Aa"],
        ]) {
            for (column, cell) in (0..).zip(cells) {
                sheet
                    .write_string_with_format(row, column, cell, &red)
                    .unwrap();
            }
        }
        let formula = Formula::new("=B3&\"Ａa\"").set_result("804Ａa");
        sheet.write_formula(2, 2, formula).unwrap();
        let other = workbook.add_worksheet();
        other.set_name("说明").unwrap();
        other
            .write_formula(0, 0, Formula::new("=COUNTA(住户!C:C)").set_result("5"))
            .unwrap();
        other.write_number(1, 0, 1.5).unwrap();
        workbook.save_to_buffer().unwrap()
    }

    fn fixed(bytes: Vec<u8>, upto: Confidence) -> (Fixed, Vec<u8>, Vec<String>) {
        let source = Source::bytes("list.xlsx", bytes);
        let read = ReadOptions::default();
        let first = plan(&source, &super::options(), upto, &BTreeSet::new()).unwrap();
        let formulas = fixed_workbook::formulas(&source, &read, &first).unwrap();
        let plan = plan(&source, &super::options(), upto, &formulas).unwrap();
        assert_eq!(plan.left.sealed, formulas.len() as u64);
        let (mut out, mut told) = (Vec::new(), Vec::new());
        let fixed = fixed_workbook::write(
            &source,
            &read,
            &plan,
            Lang::Zh,
            &mut out,
            &mut |repair, before| {
                told.push(format!("{} {before} {}", repair.place, repair.after));
            },
        );
        (fixed.unwrap(), out, told)
    }

    fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
        let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let all = (0..package.len()).map(|at| {
            let mut part = package.by_index(at).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        });
        all.collect()
    }

    fn rows(bytes: &[u8], sheet: usize) -> Vec<Vec<String>> {
        let source = Source::bytes("out.xlsx", bytes.to_vec());
        let mut book = Book::open(&source, &ReadOptions::default()).unwrap();
        let mut rows = book.rows(sheet).unwrap();
        let (mut all, mut row) = (Vec::new(), Row::default());
        while rows.next_row(&mut row).unwrap() {
            all.push(
                (0..row.len())
                    .map(|column| row.own(column).to_owned())
                    .collect(),
            );
        }
        all
    }

    /// Nothing at the end of a row is nothing.
    fn trimmed(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
        for row in &mut rows {
            while row.last().is_some_and(String::is_empty) {
                row.pop();
            }
        }
        rows
    }

    #[test]
    fn a_workbook_is_changed_in_place_and_formulas_stay() {
        let before = list();
        let (done, out, told) = fixed(before.clone(), Confidence::Safe);
        assert_eq!((done.done, done.rewritten), (2, false));
        assert_eq!(told, ["住户!C2 ８０３Aa 803Aa", "住户!C4 805Aa  805Aa"]);
        let codes: Vec<String> = rows(&out, 0)
            .into_iter()
            .map(|row| row[2].clone())
            .collect();
        assert_eq!(codes, ["网格编码", "803Aa", "804Ａa", "805Aa", "8O6Aa"]);
        let (old, new) = (parts(&before), parts(&out));
        let sheet = String::from_utf8(new["xl/worksheets/sheet1.xml"].clone()).unwrap();
        assert!(sheet.contains("B3&amp;\"Ａa\""), "{sheet}");
        assert!(old["xl/worksheets/sheet2.xml"] == new["xl/worksheets/sheet2.xml"]);
    }

    #[test]
    fn what_stood_in_the_cells_is_kept_in_a_sheet_that_is_no_list() {
        let (done, out, _) = fixed(list(), Confidence::Suggested);
        assert_eq!(done.log.as_deref(), Some("修改记录"));
        let log = rows(&out, 2);
        assert_eq!(
            log[0],
            ["单元格", "修改前", "修改后", "原因", "规则", "把握"]
        );
        let cells: Vec<[&str; 3]> = log[1..]
            .iter()
            .map(|row| [&*row[0], &*row[1], &*row[2]])
            .collect();
        assert_eq!(
            cells,
            [
                ["住户!C2", "８０３Aa", "803Aa"],
                ["住户!C4", "805Aa ", "805Aa"],
                ["住户!C5", "8O6Aa", "806Aa"]
            ]
        );
        let source = Source::bytes("out.xlsx", out.clone());
        let account = check(&source, &super::options(), &mut |_| ()).unwrap();
        assert_eq!(account.total().data_rows(), 4);
        assert!(account.total().balances());
        // It is the user's, and stays when marks are taken away.
        let mut workbook = gridcode::workbook::Workbook::open(&source).unwrap();
        workbook.remove_marks();
        let mut cleaned = Vec::new();
        workbook.save(&mut cleaned).unwrap();
        assert_eq!(rows(&cleaned, 2), log);
        // The formula is all that is left, and it stays.
        let (again, _, told) = fixed(out, Confidence::Suggested);
        assert_eq!((again.done, again.log), (0, None));
        assert!(told.is_empty());
    }

    #[test]
    fn a_workbook_of_another_format_is_written_anew_as_texts() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/tables");
        for name in ["households.xls", "households.ods", "households.xlsb"] {
            let before = std::fs::read(path.join(name)).unwrap();
            let (done, out, told) = fixed(before.clone(), Confidence::Safe);
            assert!(done.rewritten, "{name}");
            let (mut expected, out) = (trimmed(rows(&before, 0)), trimmed(rows(&out, 0)));
            assert!(!told.is_empty());
            for (row, cells) in expected.iter_mut().enumerate() {
                if told
                    .iter()
                    .any(|told| told.contains(&format!("!D{} ", row + 1)))
                {
                    cells[3].clone_from(&out[row][3]);
                }
            }
            assert_eq!(out, expected, "{name}");
        }
    }
}
