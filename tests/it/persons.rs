//! Long person-level lists: the same result for any number of threads and any size of chunks, wherever rows fall.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gridcode::census::{Account, Options, check, encode};
use gridcode::diagnostic::Diagnostic;
use gridcode::household::Level;
use gridcode::table::{Source, TextEncoding};
use proptest::prelude::*;

use crate::pipe::{SAMPLED, Text, checked_and_coded, options};

const HEADER: &str = "社区,楼栋,单元,房号,网格编码,居住类型,住房性质,人数,户号,姓名,与户主关系,身份证号,出生日期,年龄,备注\n";

fn of_persons(threads: usize, chunk: usize) -> Options<'static> {
    let mut options = options(threads, chunk);
    options.level = Some(Level::Person);
    options
}

/// Rows that are read before anything is decided; what they say is sound.
fn first_rows() -> String {
    let mut list = HEADER.to_owned();
    for row in 0..SAMPLED {
        let home = row / 2;
        let (building, unit) = (home / 40 + 1, home % 40 / 4 * 100 + home % 4 + 101);
        let (relation, age) = if row % 2 == 0 {
            ("户主", 40)
        } else {
            ("子", 9)
        };
        let _ = writeln!(
            list,
            "翠竹园社区,{building}栋,1单元,{unit},{unit}Aa,常住人口,自购房,2,{home},甲,{relation},,,{age},"
        );
    }
    list
}

fn any_resident() -> impl Strategy<Value = String> {
    let cell = |texts: &'static [&'static str]| prop::sample::select(texts);
    let sound = (
        cell(&["1栋", "77栋", "78栋", "七十八栋", "", ""]),
        cell(&["1单元", "2", "", ""]),
        cell(&["101", "802", "0802", "", "", "", "", "803A", "8.02E+02"]),
        cell(&[
            "101Aa",
            "802Aa",
            "802Ab8",
            "0802Bb8",
            "８０２Aa",
            "802Ca",
            "",
            "",
            "x",
        ]),
        cell(&["常住人口", "流动人口", "空挂户", ""]),
        cell(&["自购房", "出租房", "借住", "", ""]),
        cell(&["2", "1", "", "三"]),
        cell(&["", "", "17", "499", "18"]),
        cell(&["甲", "\"乙,\"\"丙\"", "\"两\n行\"", "=1+1"]),
        (
            cell(&["户主", "子", "租客", "配偶", ""]),
            cell(&[
                "",
                "990100194009200003",
                "990100197109200003",
                "99010019710920000",
            ]),
        ),
        (
            cell(&["", "1940-01-02", "2019-13-01"]),
            cell(&["40", "85", "", "8５", "300"]),
        ),
        cell(&["\n", "\r\n", ",多\n", "\n\n"]),
    );
    let sound = sound.prop_map(
        |(b, e, u, c, r, t, p, h, n, (rel, id), (birth, age), end)| {
            format!("翠竹园社区,{b},{e},{u},{c},{r},{t},{p},{h},{n},{rel},{id},{birth},{age},{end}")
        },
    );
    prop_oneof![
        16 => sound,
        4 => cell(&[",,,,,,,,,丙,子,,,9,\n", "翠竹园社区,,,,,,,,,丁,配偶,,,,\n"]).prop_map(str::to_owned),
        1 => cell(&["合计,,,5,,,,,,,,\n", "\n", "79栋\n", "说明：以上为样例\n", "少,了\n", HEADER]).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn threads_and_chunks_change_no_byte_of_a_list_of_residents(
        rows in prop::collection::vec(any_resident(), 0..160),
        without in prop::collection::vec(prop::sample::select(&["房号", "楼栋", "户号", "网格编码"][..]), 0..2),
        chunk in prop_oneof![1_usize..400, 400_usize..9_000],
        threads in 1_usize..5,
        encoding in prop::sample::select(&[TextEncoding::Utf8, TextEncoding::Gb18030][..]),
    ) {
        let mut list = first_rows() + &rows.concat();
        for header in without {
            // A column that means nothing.
            list = list.replacen(header, "某列", 1);
        }
        let source = Source::bytes("list.csv", list.into_bytes());
        let expected = checked_and_coded(&source, &of_persons(1, usize::MAX), encoding);
        if let Ok((checked, coded)) = &expected {
            for account in [&checked.0, &coded.0] {
                prop_assert!(account.total().balances(), "{:?}", account.total());
            }
            // Each row at fault is counted once, whatever is wrong with it.
            let (account, found) = checked;
            let errors = found.iter().filter(|finding| finding.severity.key() == "error");
            let mut rows: Vec<u64> = errors.map(|finding| finding.place.row).collect();
            rows.sort_unstable();
            rows.dedup();
            prop_assert_eq!(account.total().with_errors, rows.len() as u64);
        }
        prop_assert_eq!(checked_and_coded(&source, &of_persons(threads, chunk), encoding), expected);
    }
}

fn checked(list: &str, threads: usize, chunk: usize) -> (Account, Vec<Diagnostic>) {
    let source = Source::bytes("list.csv", list.to_owned().into_bytes());
    let mut found = Vec::new();
    let account = check(&source, &of_persons(threads, chunk), &mut |finding| {
        found.push(finding);
    });
    (account.unwrap(), found)
}

fn coded(list: &str, threads: usize, chunk: usize) -> Vec<String> {
    let source = Source::bytes("list.csv", list.to_owned().into_bytes());
    let mut text = Text::new(TextEncoding::Utf8);
    encode(&source, &of_persons(threads, chunk), &mut text, &mut |_| {}).unwrap();
    let written = String::from_utf8(text.bytes()).unwrap();
    written.lines().map(str::to_owned).collect()
}

#[test]
fn a_household_whose_rows_are_scattered_over_the_list_is_one_household() {
    // All heads first, then all others in the opposite order; the old ones are among the others.
    let home = |nth: u32, relation: &str, age: u32| {
        let (building, unit) = (nth / 40 + 1, nth % 40 / 4 * 100 + nth % 4 + 101);
        format!("{building}栋,{unit},,常住人口,自购房,甲,{relation},{age}\n")
    };
    let mut list = "楼栋,房号,网格编码,居住类型,住房性质,姓名,与户主关系,年龄\n".to_owned();
    for nth in 0..1_500 {
        list += &home(nth, "户主", 40);
    }
    for nth in (0..1_500).rev() {
        list += &home(nth, "父亲", if nth % 3 == 0 { 81 } else { 60 });
    }
    for (threads, chunk) in [(1, usize::MAX), (2, 5_000), (4, 300)] {
        let (account, found) = checked(&list, threads, chunk);
        assert_eq!(account.total().households, 1_500);
        assert_eq!(account.total().with_errors, 1_500);
        assert!(found.iter().all(|finding| finding.rule == "missing-code"));
        let lines = coded(&list, threads, chunk);
        let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in lines.iter().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let door = format!("{}{}", cells[0], cells[1]);
            codes.entry(door).or_default().push(cells[2].to_owned());
        }
        assert_eq!(codes.len(), 1_500);
        let mut old = 0;
        for codes in codes.values() {
            assert_eq!(codes.len(), 2);
            assert_eq!(codes[0], codes[1]);
            old += u32::from(codes[0].ends_with("Aa8"));
        }
        assert_eq!(old, 500);
    }
}

#[test]
fn members_below_a_head_belong_to_it_wherever_the_list_is_cut() {
    let mut list = "楼栋,房号,网格编码,居住类型,住房性质,姓名,与户主关系,年龄\n".to_owned();
    for nth in 0..1_000 {
        let _ = writeln!(list, "3栋,{},,流动人口,出租房,甲,户主,30", 1_000 + nth);
        for member in 0..nth % 7 {
            let _ = writeln!(list, ",,,,,乙,子,{}", if member == 4 { 88 } else { 9 });
        }
    }
    let rows = list.lines().count() as u64;
    let expected = coded(&list, 1, usize::MAX);
    for (threads, chunk) in [(1, 1), (1, usize::MAX), (2, 1_000), (4, 90)] {
        let (account, found) = checked(&list, threads, chunk);
        let total = account.total();
        assert_eq!((total.rows, total.households), (rows, 1_000));
        assert!(
            found.iter().all(|finding| finding.rule == "missing-code"),
            "{found:?}"
        );
        assert_eq!(found.len(), 1_000);
        let lines = coded(&list, threads, chunk);
        assert_eq!(lines, expected);
        let with_flag = lines.iter().filter(|line| line.contains("Bb8,")).count();
        assert_eq!(
            with_flag,
            (0..1_000)
                .filter(|nth| nth % 7 > 4)
                .map(|nth| nth % 7 + 1)
                .sum::<usize>()
        );
    }
}

#[test]
fn a_code_that_changes_is_told_in_the_row_that_has_it() {
    let list = "楼栋,房号,网格编码,居住类型,住房性质,姓名,与户主关系\n3栋,803,,常住人口,自购房,甲,户主\n3栋,803,803Bb,常住人口,自购房,乙,配偶\n";
    let source = Source::bytes("list.csv", list.as_bytes().to_vec());
    let mut found = Vec::new();
    let mut text = Text::new(TextEncoding::Utf8);
    encode(
        &source,
        &of_persons(1, usize::MAX),
        &mut text,
        &mut |finding| {
            found.push((finding.rule, finding.place.row, finding.record));
        },
    )
    .unwrap();
    assert_eq!(found, [("code-changed", 3, 2)]);
}
