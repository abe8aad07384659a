//! Whole lists: every row accounted for, codes written and nothing else changed, nobody's data in a report.

use gridcode::census::{Account, Encoded, Options, Target, check, decode, encode};
use gridcode::codebook::Codebook;
use gridcode::diagnostic::{Diagnostic, Severity};
use gridcode::household::Level;
use gridcode::lang::Lang;
use gridcode::report::{delimited, json, text};
use gridcode::table::{CsvOptions, CsvWriter, RowWriter, Source, TableError};
use jiff::civil::date;
use proptest::prelude::*;

fn options() -> Options<'static> {
    Options::new(Codebook::shushan(), date(2026, 11, 1))
}

fn source(list: impl Into<String>) -> Source {
    Source::bytes("list.csv", list.into().into_bytes())
}

fn checked(source: &Source, options: &Options<'_>) -> (Account, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let account = check(source, options, &mut |finding| found.push(finding)).unwrap();
    (account, found)
}

type Cells = Vec<Vec<String>>;

/// Keeps what is written to it.
#[derive(Default)]
struct Kept {
    sheets: Vec<(String, Cells)>,
    takes_others: bool,
}

impl Target for Kept {
    fn sheet(&mut self, name: Option<&str>, _: u64) -> Result<(), TableError> {
        self.sheets
            .push((name.unwrap_or_default().to_owned(), Vec::new()));
        Ok(())
    }

    fn other_sheet(&mut self, name: Option<&str>) -> Result<bool, TableError> {
        if self.takes_others {
            self.sheet(name, 0)?;
        }
        Ok(self.takes_others)
    }

    fn row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<(), TableError> {
        let row = cells.map(str::to_owned).collect();
        self.sheets.last_mut().unwrap().1.push(row);
        Ok(())
    }
}

fn encoded(source: &Source) -> (Encoded, Cells, Vec<Diagnostic>) {
    let (mut target, mut found) = (Kept::default(), Vec::new());
    let done = encode(source, &options(), &mut target, &mut |finding| {
        found.push(finding);
    })
    .unwrap();
    assert_eq!(target.sheets.len(), 1);
    (done, target.sheets.remove(0).1, found)
}

fn csv(cells: &Cells) -> Source {
    let mut bytes = Vec::new();
    let mut writer = CsvWriter::new(&mut bytes, &CsvOptions::default()).unwrap();
    for row in cells {
        writer
            .write_row(&mut row.iter().map(String::as_str))
            .unwrap();
    }
    Box::new(writer).finish().unwrap();
    Source::bytes("list.csv", bytes)
}

#[cfg(feature = "excel")]
fn xlsx(sheets: &[(&str, &Cells)]) -> Source {
    let mut bytes = Vec::new();
    let mut writer = gridcode::table::XlsxWriter::new(&mut bytes);
    for (name, cells) in sheets {
        writer.begin(name, 1).unwrap();
        for row in *cells {
            writer
                .write_row(&mut row.iter().map(String::as_str))
                .unwrap();
        }
    }
    Box::new(writer).finish().unwrap();
    Source::bytes("list.xlsx", bytes)
}

fn cells(list: &str) -> Cells {
    list.lines()
        .map(|line| line.trim().split(',').map(str::to_owned).collect())
        .collect()
}

fn lines(cells: &Cells) -> Vec<String> {
    cells.iter().map(|row| row.join(",")).collect()
}

#[test]
fn every_kind_of_row_is_accounted_for() {
    let list = "翠竹园社区住户清册,,\n制表日期：2026年11月1日,,\n楼栋,房号,网格编码\n（必填）,（必填）,（自动）\n\
                3栋,801,801Aa\n,,\n3栋,802,802Ca\n楼栋,房号,网格编码\n3栋,803,803Aa\n合计,3,\n说明：本表仅供内部使用,,\n";
    let (account, _) = checked(&source(list), &options());
    let total = account.total();
    assert!(total.balances(), "{total:?}");
    assert_eq!(
        (total.rows, total.accepted, total.with_errors),
        (11, 2, 1),
        "{total:?}"
    );
    assert_eq!(total.skipped_rows(), 8);
    assert_eq!((total.households, total.codes), (3, 3));
}

#[test]
fn rows_of_one_door_are_one_household_wherever_they_stand() {
    let list = "楼栋,单元,房号,姓名,与户主关系,居住类型,住房性质\n\
                3栋,2单元,803,甲,户主,常住,自购\n4栋,2单元,803,丁,户主,流动,租赁\n\
                三幢,二单元,0803,乙,配偶,常住,自购\n3#,2,803室,丙,子,常住,自购\n4栋,2单元,803,戊,子,流动,租赁\n";
    let (account, found) = checked(&source(list), &options());
    assert_eq!(found, []);
    assert_eq!(
        (account.total().households, account.total().accepted),
        (2, 5)
    );
    let (done, rows, _) = encoded(&source(list));
    assert_eq!((done.coded, done.uncoded), (2, 0));
    let codes: Vec<&str> = rows[1..].iter().map(|row| row[7].as_str()).collect();
    assert_eq!(codes, ["803Aa", "803Bb", "803Aa", "803Aa", "803Bb"]);
}

#[test]
fn rows_with_a_blank_door_go_on_with_the_household_above() {
    let list = "楼栋,单元,房号,姓名,与户主关系,居住类型,住房性质,年龄\n\
                3栋,2,803,甲,户主,常住,自购,50\n,,,乙,母亲,常住,,85\n,,,丙,子,常住,,20\n3栋,2,804,丁,户主,流动,租赁,30\n";
    let (done, rows, found) = encoded(&source(list));
    assert_eq!(found, []);
    assert_eq!(done.account.total().households, 2);
    // The blank cells stay blank; the code stands in every row.
    assert_eq!(
        lines(&rows)[2..4],
        [",,,乙,母亲,常住,,85,803Aa8", ",,,丙,子,常住,,20,803Aa8"]
    );
}

#[test]
fn residents_below_their_head_live_behind_the_door_of_the_head() {
    let (_, rows, found) = encoded(&source(
        "楼栋,房号,姓名,与户主关系,居住类型,住房性质\n3栋,101,甲,户主,常住,自购\n,,乙,妻,,\n,,丙,子,,\n\
         ,102,丁,户主,流动,租赁\n,,戊,子,,\n,,己,户主,常住,自购\n,,庚,子,,\n,103,辛,户主,常住,自购\n",
    ));
    let codes: Vec<&str> = rows[1..].iter().map(|row| row[6].as_str()).collect();
    assert_eq!(codes[..5], ["101Aa", "101Aa", "101Aa", "102Bb", "102Bb"]);
    // A head without a door begins a household that nobody knows the door of, and so do those below.
    assert_eq!(codes[5..], ["", "", "103Aa"]);
    let missing = |row| {
        found
            .iter()
            .any(|f| f.rule == "missing-unit" && f.place.row == row)
    };
    assert!(missing(7) && missing(8), "{found:?}");
}

#[test]
fn a_row_of_another_building_or_head_is_not_put_into_the_household_above() {
    for stray in [
        "4栋,,,乙,子,常住,自购",
        ",,,乙,户主,常住,自购",
        "3栋,1,,乙,子,常住,自购",
    ] {
        let list = format!(
            "楼栋,单元,房号,姓名,与户主关系,居住类型,住房性质\n3栋,2,803,甲,户主,常住,自购\n{stray}\n\
             ,,,丙,子,常住,自购\n3栋,2,805,己,户主,常住,自购\n,,,庚,子,常住,自购\n"
        );
        let (_, rows, found) = encoded(&source(list));
        assert_eq!(rows[2][7], "", "{stray}");
        assert!(
            found
                .iter()
                .any(|finding| finding.rule == "missing-unit" && finding.place.row == 3),
            "{stray}: {found:?}"
        );
    }
}

#[test]
fn what_is_wrong_with_a_household_counts_in_the_row_it_names() {
    let list = "楼栋,房号,姓名,与户主关系,网格编码,居住类型,住房性质\n\
                3栋,803,甲,户主,803Aa,常住,自购\n3栋,803,乙,子,803Bb,常住,自购\n3栋,804,丙,户主,804Aa,常住,自购\n3栋,804,丁,子,804Aa,常住,自购\n";
    let (account, found) = checked(&source(list), &options());
    let rows: std::collections::BTreeSet<u64> = found
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.place.row)
        .collect();
    assert_eq!(account.total().with_errors, rows.len() as u64, "{found:?}");
    assert!(account.total().balances());
}

#[test]
fn a_letter_that_is_not_defined_is_reported_once() {
    let list =
        "楼栋,房号,网格编码,居住类型,住房性质\n3栋,803,803Ca,常住,租赁\n3栋,804,804Ac,常住,自购\n";
    let (_, found) = checked(&source(list), &options());
    let found: Vec<_> = found
        .iter()
        .map(|finding| (finding.place.row, finding.rule, finding.span))
        .collect();
    assert_eq!(
        found,
        [
            (2, "undefined-letter", Some((3, 4))),
            (2, "code-mismatch", Some((4, 5))),
            (3, "undefined-letter", Some((4, 5))),
        ]
    );
}

#[cfg(feature = "excel")]
#[test]
fn each_sheet_has_its_account_and_one_without_a_table_is_written_as_it_is() {
    let first = cells("楼栋,房号,居住类型,住房性质\n3栋,801,常住,自购\n3栋,802,流动,租赁");
    let second = cells(
        "楼栋,房号,姓名,与户主关系,居住类型,住房性质\n4栋,801,甲,户主,常住,自购\n4栋,801,乙,子,常住,自购",
    );
    let form = cells("填表说明\n请一户一行填写,0803\n=1+1");
    let book = xlsx(&[("说明", &form), ("A区", &first), ("B区", &second)]);
    let (account, _) = checked(&book, &options());
    assert_eq!(account.sheets.len(), 3);
    assert!(
        account
            .sheets
            .iter()
            .all(gridcode::census::SheetAccount::balances)
    );
    assert_eq!(account.sheets[0].without_table, 3);
    assert_eq!(account.total().households, 3);

    let mut target = Kept {
        takes_others: true,
        ..Kept::default()
    };
    let done = encode(&book, &options(), &mut target, &mut |_| {}).unwrap();
    let names: Vec<&str> = target
        .sheets
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names, ["说明", "A区", "B区"]);
    assert_eq!(lines(&target.sheets[0].1), lines(&form));
    assert_eq!(target.sheets[1].1[1].last().unwrap(), "801Aa");
    assert_eq!(target.sheets[2].1[2].last().unwrap(), "801Aa");
    let told =
        |notes: &[gridcode::Text], word: &str| notes.iter().any(|note| note.en.contains(word));
    assert!(told(&done.account.notes, "written as they are"));
    assert!(!told(&done.account.notes, "skipped"));

    // A target for one table leaves it out, and says so.
    let mut target = Kept::default();
    let done = encode(&book, &options(), &mut target, &mut |_| {}).unwrap();
    assert_eq!(target.sheets.len(), 2);
    assert!(told(&done.account.notes, "3 rows skipped"));
}

#[cfg(feature = "excel")]
#[test]
fn decoding_keeps_a_sheet_without_a_table_too() {
    let codes = cells("房号,网格编码\n801,801Aa\n802,802Bb8");
    let form = cells("填表说明\n请一户一行填写,0803");
    let book = xlsx(&[("住户", &codes), ("说明", &form)]);
    let mut target = Kept {
        takes_others: true,
        ..Kept::default()
    };
    let done = decode(&book, &options(), Lang::Zh, &mut target).unwrap();
    assert!(done.account.total().balances());
    assert_eq!(lines(&target.sheets[1].1), lines(&form));
}

#[test]
fn a_code_column_is_replaced_where_it_stands_under_its_own_header() {
    let list = "网格密码,楼栋,房号,居住类型,住房性质\n801Aa7,3栋,801,常住,自购\n,3栋,802,流动,租赁\nxx,3栋,803,流动,租赁\n";
    let (done, rows, found) = encoded(&source(list));
    assert_eq!(
        lines(&rows),
        [
            "网格密码,楼栋,房号,居住类型,住房性质",
            "801Aa,3栋,801,常住,自购",
            "802Bb,3栋,802,流动,租赁",
            "803Bb,3栋,803,流动,租赁"
        ]
    );
    assert_eq!((done.coded, done.changed), (3, 2));
    // A text that is replaced is told, though nothing is wrong with the household.
    let told: Vec<_> = found
        .iter()
        .map(|finding| (finding.rule, finding.place.name()))
        .collect();
    let expected = [
        ("code-changed", "A2"),
        ("code-syntax", "A4"),
        ("code-changed", "A4"),
    ];
    assert_eq!(told, expected.map(|(rule, cell)| (rule, cell.to_owned())));
    assert!(
        found
            .iter()
            .all(|finding| finding.severity < Severity::Error)
    );
}

#[test]
fn titles_remarks_and_blank_rows_stay_where_they_are() {
    let list = "住户清册,,,,,\n,,,,,\n楼栋,房号,居住类型,住房性质,,\n3栋,801,常住,自购,,说明：请看下面\n3栋,802,流动,租赁,,\n\n3栋,803,借住客,租赁,,\n合计,3,,,,\n";
    let (done, rows, _) = encoded(&source(list));
    assert!(done.account.total().balances());
    assert_eq!(rows.len(), 8);
    let remarks = rows[3]
        .iter()
        .filter(|cell| *cell == "说明：请看下面")
        .count();
    assert_eq!(remarks, 1, "{rows:?}");
    assert_eq!(rows[0][0], "住户清册");
    assert_eq!(
        (
            rows[2][4].as_str(),
            rows[3][4].as_str(),
            rows[6][4].as_str()
        ),
        ("网格编码", "801Aa", "")
    );
    assert_eq!(rows[7][0], "合计");
}

#[test]
fn what_cannot_be_coded_gets_an_empty_cell_and_a_finding() {
    let list = "楼栋,房号,居住类型,住房性质\n3栋,801,空挂户,自购\n3栋,802,常住,\n3栋,,常住,自购\n3栋,A区商铺,常住,自购\n3栋,3月4日,常住,自购\n3栋,806,常住,自购\n";
    let (done, rows, found) = encoded(&source(list));
    assert_eq!((done.coded, done.uncoded), (1, 5));
    for (at, row) in rows.iter().enumerate().skip(1) {
        let number = at as u64 + 1;
        let wrong = found
            .iter()
            .any(|finding| finding.severity == Severity::Error && finding.place.row == number);
        assert_eq!(row[4].is_empty(), wrong, "row {number}: {found:?}");
    }
}

#[test]
fn a_code_that_cannot_be_renewed_because_of_its_unit_is_told() {
    let list = "楼栋,房号,网格编码,居住类型,住房性质\n3栋,803A,803Aa,常住,自购\n";
    assert_eq!(checked(&source(list), &options()).1, []);
    let (done, rows, found) = encoded(&source(list));
    assert_eq!((done.emptied, rows[1][2].as_str()), (1, ""));
    assert_eq!(found[0].rule, "unit-not-codable");
}

#[test]
fn a_list_without_the_needed_columns_says_so() {
    let (done, rows, _) = encoded(&source("楼栋,房号,住房性质\n3栋,801,自购\n"));
    assert_eq!((done.coded, done.uncoded, rows[1][3].as_str()), (0, 1, ""));
    assert!(
        done.account
            .notes
            .iter()
            .any(|note| note.en.contains("no column for the resident type"))
    );
}

#[test]
fn the_coded_values_of_the_national_standard_are_read_under_their_headers() {
    let list = "楼栋,房号,人户一致标识,住所类型\n3栋,801,01,01\n3栋,802,01,02\n3栋,803,02,02\n3栋,804,01,06\n";
    let (done, rows, _) = encoded(&source(list));
    assert_eq!((done.coded, done.uncoded), (2, 2));
    let codes: Vec<&str> = rows[1..].iter().map(|row| row[4].as_str()).collect();
    assert_eq!(codes, ["801Aa", "802Ab", "", ""]);
    // The same digits under another header may be kinds of buildings.
    let (done, ..) = encoded(&source(list.replace("住所类型", "房屋类型")));
    assert_eq!(done.coded, 0);
}

#[test]
fn a_decoded_list_has_its_parts_in_words_and_decodes_to_the_same_again() {
    let list = "房号,网格编码,备注\n801,801Aa,x\n802,802Bb578,\n803,803Zz,\n804,八〇四,\n805,,\n";
    let mut target = Kept::default();
    let done = decode(&source(list), &options(), Lang::Zh, &mut target).unwrap();
    let rows = target.sheets.remove(0).1;
    assert!(done.account.total().balances());
    assert_eq!((done.without_code, done.account.total().codes), (1, 2));
    assert_eq!(lines(&rows)[1], "801,801Aa,x,801,常住人口,自购房,,");
    assert!(rows[2][6].starts_with("5 含义未公开；7 含义未公开；8 "));
    for row in &rows[3..5] {
        assert!(row[3].is_empty() && !row[7].is_empty(), "{row:?}");
    }
    let mut again = Kept::default();
    decode(&csv(&rows), &options(), Lang::Zh, &mut again).unwrap();
    assert_eq!(again.sheets[0].1, rows);
}

#[test]
fn nothing_personal_leaves_without_the_users_word() {
    let planted = [
        "李小龙",
        "990100195402300012",
        "13905510001",
        "9901001954",
        "欧阳娜娜",
    ];
    let list = "楼栋,房号,网格编码,居住类型,住房性质,姓名,身份证号,出生日期,年龄,联系电话\n\
                3栋,801,李小龙,李小龙,13905510001,李小龙,990100195402300012,1954-13-01,33,13905510001\n\
                李小龙,欧阳娜娜,990100195402300012,常住,李小龙,990100195402300012,李小龙,13905510001,李小龙,李小龙\n\
                3栋,803,803Aa,常住,自购,欧阳娜娜,99010019540230001,李小龙,990100195402300012\n\
                李小龙3栋,13905510001,803Aa,常住,常住,,,,,\n3栋,803,803Aa,李小龙,借住,李小龙,,,,\n";
    let reports = |options: &Options<'_>| {
        let (account, found) = checked(&source(list), options);
        let total = account.total();
        let mut all = format!("{found:?}");
        for lang in [Lang::Zh, Lang::En] {
            for finding in &found {
                all.push_str(&text::finding(finding, lang, &text::plain));
                all.push_str(&delimited::row("list.csv", finding, lang).join(","));
            }
            all.push_str(&text::by_rule(
                std::slice::from_ref(&account),
                lang,
                &text::plain,
            ));
            all.push_str(&text::account(&total, lang));
        }
        let files = [(account, found)];
        let report = json::report(&files, &total, options.codebook, options.on);
        all + &serde_json::to_string(&report).unwrap()
    };
    let shown = reports(&options());
    for value in planted {
        assert!(!shown.contains(value), "{value}");
    }
    let mut loud = options();
    loud.settings.show_values = true;
    let shown = reports(&loud);
    for value in ["李小龙", "990100195402300012", "13905510001"] {
        assert!(shown.contains(value), "{value}");
    }
}

#[test]
fn the_order_of_rows_changes_no_code() {
    let list = "楼栋,房号,姓名,与户主关系,居住类型,住房性质,年龄\n3栋,803,甲,户主,常住,自购,50\n3栋,803,乙,母亲,流动,自购,85\n\
                3栋,804,丙,租客,流动,租赁,30\n3栋,804,丁,户主,常住,自购,20\n3栋,805,戊,户主,常住,自购,20\n3栋,805,己,子,流动,租赁,2";
    let codes = |order: &[usize]| {
        let all = cells(list);
        let mut shuffled = vec![all[0].clone()];
        shuffled.extend(order.iter().map(|at| all[at + 1].clone()));
        let mut options = options();
        options.level = Some(Level::Person);
        let mut target = Kept::default();
        encode(&csv(&shuffled), &options, &mut target, &mut |_| {}).unwrap();
        let mut rows = target.sheets.remove(0).1;
        rows.sort();
        rows
    };
    let first = codes(&[0, 1, 2, 3, 4, 5]);
    assert_eq!(codes(&[5, 4, 3, 2, 1, 0]), first);
    assert_eq!(codes(&[2, 0, 5, 1, 3, 4]), first);
}

/// A cell of a list: sound values, dirt, and anything.
fn any_value(sound: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(sound).prop_map(str::to_owned),
        1 => prop::sample::select(&["", "无", "不详", "合计", "张三", "3-2", "=1+1", "０８０３", "8.03E+05", "a,b", "\"", "两\n行", "'803"][..])
            .prop_map(str::to_owned),
        1 => "[ -~楼栋房号]{0,6}",
    ]
}

fn any_list() -> impl Strategy<Value = Cells> {
    let row = (
        any_value(&["3栋", "三幢", "4#", "B座"]),
        any_value(&["1单元", "2", ""]),
        any_value(&["801", "0801", "802室", "1203"]),
        any_value(&["801Aa", "802Bb8", "803Aa7", "８０１Aa"]),
        any_value(&["常住人口", "流动", "空挂户"]),
        any_value(&["自购房", "出租房", "借住"]),
        any_value(&["2", "1", "3人"]),
        any_value(&["甲", "乙", "丙"]),
        any_value(&["户主", "子", "租客"]),
        any_value(&["30", "81", "79"]),
        any_value(&["x", "备注"]),
    );
    let rows = prop::collection::vec(row, 0..9);
    let names = [
        "楼栋",
        "单元",
        "房号",
        "网格编码",
        "居住类型",
        "住房性质",
        "人数",
        "姓名",
        "与户主关系",
        "年龄",
        "附记",
    ];
    let order = Just((0..names.len()).collect::<Vec<_>>()).prop_shuffle();
    (rows, order, 6_usize..=11).prop_map(move |(rows, order, kept)| {
        // Some columns are lacking; these are always there, so that there is a table.
        let order: Vec<usize> = order.into_iter().filter(|at| *at < kept).collect();
        let pick = |row: Vec<String>| order.iter().map(|at| row[*at].clone()).collect::<Vec<_>>();
        let mut list = vec![pick(names.map(str::to_owned).to_vec())];
        for (a, b, c, d, e, f, g, h, i, j, k) in rows {
            list.push(pick(vec![a, b, c, d, e, f, g, h, i, j, k]));
        }
        list
    })
}

fn without_code(rows: &Cells, at: usize) -> Cells {
    rows.iter()
        .map(|row| {
            let mut row = row.clone();
            if at < row.len() {
                row.remove(at);
            }
            while row.last().is_some_and(String::is_empty) {
                row.pop();
            }
            row
        })
        .collect()
}

/// Every promise of `encode` and `check` that holds for any list.
fn keeps_its_promises(
    source: &Source,
    list: &Cells,
    rewritten: impl Fn(&Cells) -> Source,
) -> Result<(), TestCaseError> {
    let refusal = check(source, &options(), &mut |_| {}).err();
    if matches!(refusal, Some(TableError::TwoColumns { .. })) {
        // `a` under 居住类型 makes it a second column of the tenure: the user is asked.
        return Ok(());
    }
    let (account, found) = checked(source, &options());
    let total = account.total();
    prop_assert!(total.balances(), "{total:?}");
    let end = total.rows;
    for finding in &found {
        prop_assert!(
            finding.place.row >= 1 && finding.place.row <= end.max(1) + 100,
            "{finding:?}"
        );
    }
    let wrong: std::collections::BTreeSet<u64> = found
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.place.row)
        .collect();
    prop_assert_eq!(total.with_errors, wrong.len() as u64);
    prop_assert_eq!(checked(source, &options()).1, found, "the same once more");

    let (done, rows, findings) = encoded(source);
    prop_assert!(done.account.total().balances());
    prop_assert_eq!(done.coded + done.uncoded, done.account.total().households);
    prop_assert_eq!(rows.len() as u64, done.account.total().rows);
    let header = rows
        .iter()
        .position(|row| row.iter().any(|cell| cell == "网格编码"))
        .unwrap();
    let column = rows[header]
        .iter()
        .position(|cell| cell == "网格编码")
        .unwrap();
    let had = list[0]
        .iter()
        .position(|cell| cell == "网格编码")
        .unwrap_or(usize::MAX);
    prop_assert_eq!(
        without_code(&rows, column),
        without_code(list, had),
        "other columns"
    );
    // Rows that are no data keep whatever stands in the code's column.
    let unsound = rows[header + 1..].iter().filter(|row| {
        let code = row.get(column).map_or("", String::as_str);
        let sound = Codebook::shushan()
            .parse(code)
            .is_ok_and(|code| !code.flags.contains(5) && !code.flags.contains(7));
        !code.is_empty() && !sound
    });
    prop_assert!(unsound.count() as u64 <= done.account.total().skipped_rows());
    let told = findings
        .iter()
        .any(|finding| finding.severity >= Severity::Warning);
    let lacks = ["居住类型", "住房性质"]
        .iter()
        .any(|name| !list[0].iter().any(|cell| cell == name));
    prop_assert!(done.uncoded == 0 || told || lacks, "{findings:?}");

    let written = rewritten(&rows);
    let about_codes = [
        "code-syntax",
        "code-width",
        "look-alike",
        "undefined-letter",
        "undefined-flag",
        "code-mismatch",
        "flag-missing",
        "flag-stale",
        "two-codes",
    ];
    let (_, after) = checked(&written, &options());
    // A door listed twice in a list of households has two rows that need not agree: that is told of the door.
    let of_persons = done.account.sheets[0].level == Some(Level::Person);
    let about: Vec<_> = after
        .iter()
        .filter(|finding| about_codes.contains(&finding.rule))
        .filter(|finding| of_persons || finding.rule != "two-codes")
        .collect();
    prop_assert!(about.is_empty(), "{about:?}");
    let (_, again, _) = encoded(&written);
    prop_assert_eq!(
        without_code(&again, usize::MAX),
        without_code(&rows, usize::MAX),
        "encoded twice"
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn any_text_list_keeps_its_cells_and_gets_sound_codes(list in any_list()) {
        keeps_its_promises(&csv(&list), &list, csv)?;
    }
}

#[cfg(feature = "excel")]
proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_workbook_keeps_its_cells_and_gets_sound_codes(list in any_list()) {
        keeps_its_promises(&xlsx(&[("住户", &list)]), &list, |rows| xlsx(&[("住户", rows)]))?;
    }
}

#[test]
fn a_household_with_its_number_on_every_row_and_its_door_on_the_first_is_one() {
    let list = "户号,楼栋,房号,姓名,与户主关系,出生日期,居住类型,住房性质\n1,3栋,803,甲,户主,1970-01-01,常住,自购\n1,,,乙,父亲,1940-01-01,常住,\n";
    let (done, rows, found) = encoded(&source(list));
    assert_eq!((done.coded, done.uncoded), (1, 0), "{found:?}");
    assert!(rows[1..].iter().all(|row| row[8] == "803Aa8"), "{rows:?}");
}

#[test]
fn two_numbers_at_one_room_of_a_list_without_buildings_are_two_households() {
    let list = "户号,房号,姓名,与户主关系,年龄,居住类型,住房性质\n1,803,甲,户主,40,常住,自购\n1,803,乙,子,10,常住,自购\n2,803,丙,户主,85,流动,租赁\n2,803,丁,配偶,80,流动,租赁\n";
    let (done, rows, _) = encoded(&source(list));
    assert_eq!(done.coded, 2);
    let codes: Vec<&str> = rows[1..].iter().map(|row| row[7].as_str()).collect();
    assert_eq!(codes, ["803Aa", "803Aa", "803Bb8", "803Bb8"]);
}

#[test]
fn a_former_code_lends_only_letters_that_the_codebook_knows() {
    let (done, rows, _) = encoded(&source(
        "楼栋,房号,网格编码,住房性质\n3栋,0803,803Aa5,自购\n3栋,804,804Za,自购\n",
    ));
    assert_eq!((done.coded, done.emptied, done.flags_left_out), (1, 1, 1));
    assert_eq!([&rows[1][2], &rows[2][2]], ["803Aa", ""]);
}

#[test]
fn no_cell_shows_itself_in_the_debug_form_of_a_row() {
    let row = gridcode::row::Row::of(2, ["张某", "990100193803050019"]);
    let shown = format!("{row:?}");
    assert_eq!(shown, "Row { number: 2, cells: 2, .. }");
}

#[cfg(feature = "excel")]
#[test]
fn a_sheet_of_households_without_codes_does_not_stop_the_others_from_being_decoded() {
    let coded = cells("楼栋,房号,网格编码\n3栋,801,801Aa");
    let bare = cells("楼栋,房号\n3栋,802");
    let book = xlsx(&[("一", &coded), ("二", &bare)]);
    let mut target = Kept {
        takes_others: true,
        ..Kept::default()
    };
    let done = decode(&book, &options(), Lang::Zh, &mut target).unwrap();
    assert!(done.account.total().balances());
    assert_eq!(target.sheets.len(), 2);
    assert_eq!(lines(&target.sheets[1].1), lines(&bare));
    let alone = xlsx(&[("二", &bare)]);
    let error = decode(&alone, &options(), Lang::Zh, &mut Kept::default()).unwrap_err();
    assert!(
        matches!(error, TableError::NoCodeColumn { .. }),
        "{error:?}"
    );
}
