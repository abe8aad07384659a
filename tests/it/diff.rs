//! Month against month: what is told as different, and what is not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;

use gridcode::census::diff::{Change, Diff, Kind, Kinds, diff};
use gridcode::census::{UpdateError, update};
use gridcode::lang::Lang;
use gridcode::report::{diff_table, diff_text};
use gridcode::table::{Source, TextEncoding};
use proptest::prelude::*;

use crate::pipe::{SAMPLED, Text, options};

const HEADER: &str = "楼栋,单元,房号,网格编码,居住类型,住房性质,人数,户主姓名\n";

fn compare(old: &str, new: &str) -> Diff {
    let source = |name: &str, text: &str| Source::bytes(name, text.as_bytes().to_vec());
    diff(
        &source("old.csv", old),
        &source("new.csv", new),
        &options(1, 1 << 18),
    )
    .unwrap()
}

/// Each difference as one reads it, without its rows.
fn said(diff: &Diff) -> Vec<String> {
    let line = |change: &Change| {
        let words = change
            .kinds
            .iter()
            .map(|kind| diff_text::in_words(kind, change, Lang::En));
        let words = words.collect::<Vec<_>>().join("; ");
        format!("{}: {words}", diff_text::door(change, Lang::En))
    };
    diff.changes.iter().map(line).collect()
}

fn list(rows: &[&str]) -> String {
    let mut text = HEADER.to_owned();
    for row in rows {
        let _ = writeln!(text, "{row}");
    }
    text
}

#[test]
fn every_kind_of_difference_is_told_with_what_was_before_and_after() {
    let old = list(&[
        "3栋,1,101,101Aa,常住,自购房,2,甲",
        "3栋,1,102,102Aa5,常住,自购房,2,甲",
        "3栋,1,103,103Bb,流动,出租房,2,甲",
        "3栋,1,104,104Bb,流动,出租房,2,甲",
        "3栋,1,105,105Bb,流动,出租房,2,甲",
        "3栋,1,106,106Bb,,,2,甲",
        "3栋,1,107,107Aa,常住,自购房,2,甲",
    ]);
    let new = list(&[
        "3栋,1,108,108Aa,常住,自购房,1,甲",
        "3栋,1,101,101Bb,流动,出租房,2,甲",
        "3栋,1,102,102Aa8,常住,自购房,3,甲",
        "3栋,1,103,103Ab,流动,出租房,1,甲",
        "3栋,1,0104,0104Bb,流动,出租房,2,甲",
        "3栋,1,105,,,出租房,2,甲",
        "3栋,1,106,106Bb,,,2,甲",
    ]);
    let diff = compare(&old, &new);
    assert_eq!(
        said(&diff),
        [
            "3栋1单元101室: another resident type A → B; another tenure a → b",
            "3栋1单元102室: a flag came 8; a flag went 5; more residents 2 → 3",
            "3栋1单元103室: fewer residents 2 → 1; only the code rewritten",
            "3栋1单元104室: key written differently",
            "3栋1单元105室: code no longer known",
            "3栋1单元107室: moved out",
            "3栋1单元108室: moved in",
        ]
    );
    assert_eq!(diff.same, 1);
    let row = diff_table::row(&diff.changes[2], Lang::En);
    assert_eq!(&row[4..8], ["103Bb", "103Ab", "2", "1"]);
    let total = diff.total();
    assert_eq!((total.households, total.residents_more), (7, -1));
    for kind in [Kind::MovedIn, Kind::MovedOut, Kind::Tenure, Kind::CodeGone] {
        assert_eq!(total.count(kind), 1, "{kind:?}");
    }
}

#[test]
fn what_only_one_list_tells_is_no_difference_but_is_said() {
    let old = "楼栋,单元,房号,网格编码,人数\n3栋,1,101,101Aa8,2\n";
    let new = "楼栋,单元,房号,居住类型\n3栋,1,101,常住\n";
    let diff = compare(old, new);
    assert!(diff.is_same(), "{:?}", said(&diff));
    let notes: Vec<&str> = diff.notes.iter().map(|note| note.en.as_ref()).collect();
    assert_eq!(
        notes,
        [
            "the new list does not tell the tenure: it is not compared",
            "the new list does not tell the number of residents: it is not compared",
        ]
    );
}

#[test]
fn codes_are_derived_where_a_list_has_none_and_ages_count_on_the_day() {
    let old = "楼栋,单元,房号,网格编码\n3栋,1,101,101Aa\n3栋,1,102,102Bb\n";
    let new = "楼栋,单元,房号,姓名,与户主关系,年龄,居住类型,住房性质\n\
        3栋,1,101,甲,户主,50,常住,自购房\n3栋,1,101,乙,父亲,81,常住,自购房\n3栋,1,102,丙,户主,30,流动,出租房\n";
    let diff = compare(old, new);
    assert_eq!(said(&diff), ["3栋1单元101室: a flag came 8"]);
    let codes = diff.changes[0].codes();
    assert_eq!(codes.0.unwrap().to_string(), "101Aa");
    assert_eq!(codes.1.unwrap().to_string(), "101Aa8");
}

#[test]
fn residents_are_counted_row_by_row_where_both_lists_have_a_row_for_each() {
    let header = "楼栋,单元,房号,姓名,与户主关系,居住类型,住房性质,人数\n";
    let old = format!(
        "{header}3栋,1,101,甲,户主,常住,自购房,2\n3栋,1,101,乙,妻,常住,自购房,2\n3栋,1,102,丙,户主,常住,自购房,1\n"
    );
    let new = format!(
        "{header}3栋,1,102,丙,户主,常住,自购房,1\n3栋,1,101,甲,户主,常住,自购房,2\n3栋,1,101,乙,妻,常住,自购房,2\n,,,丁,子,常住,自购房,2\n"
    );
    assert_eq!(
        said(&compare(&old, &new)),
        ["3栋1单元101室: more residents 2 → 3"]
    );
}

#[test]
fn a_door_listed_twice_counts_once_and_one_that_cannot_be_read_is_counted_apart() {
    let old = list(&[
        "3栋,1,101,101Aa,常住,自购房,2,甲",
        "三栋,一单元,101,101Bb,流动,出租房,4,乙",
        "3栋,1,,,常住,自购房,2,丙",
        "3栋,1,3月4日,,常住,自购房,2,丙",
    ]);
    let new = list(&["3栋,1,101,101Aa,常住,自购房,2,甲"]);
    for (one, other) in [(&old, &new), (&new, &old)] {
        let diff = compare(one, other);
        assert!(diff.is_same(), "{:?}", said(&diff));
        let dirty = if std::ptr::eq(one, &raw const old) {
            &diff.old
        } else {
            &diff.new
        };
        assert_eq!((dirty.compared, dirty.repeated, dirty.unnamed), (1, 1, 2));
        assert_eq!(dirty.account.total().households, 4);
        assert!(
            diff.notes[0]
                .en
                .contains("2 households that cannot be told apart")
        );
    }
}

#[test]
fn doors_that_one_list_names_less_exactly_are_one_where_there_is_no_other() {
    let old = "社区,楼栋,单元,房号,网格编码\n甲社区,3栋,1单元,101,101Aa\n甲社区,3栋,1单元,102,102Aa\n甲社区,3栋,2单元,102,102Aa\n";
    let new = "楼栋,房号,网格编码\n3栋,101,101Ab\n3栋,102,102Aa\n";
    let diff = compare(old, new);
    assert_eq!(
        said(&diff),
        [
            "3栋101室: another tenure a → b; key written differently 甲社区 3栋1单元101室 → 3栋101室",
            "3栋102室: moved in",
            "甲社区 3栋1单元102室: moved out",
            "甲社区 3栋2单元102室: moved out",
        ]
    );
    let notes: Vec<&str> = diff.notes.iter().map(|note| note.en.as_ref()).collect();
    assert!(
        notes
            .iter()
            .any(|note| note.starts_with("the entrance of 1 doors"))
    );
    assert!(
        notes
            .iter()
            .any(|note| note.starts_with("2 households are told as moved out, but"))
    );

    let new = "楼栋,单元,房号,网格编码\n3栋,1,101,101Aa\n3栋,1,102,102Aa\n3栋,2,102,102Aa\n";
    let diff = compare(old, new);
    assert!(diff.is_same(), "{:?}", said(&diff));
    assert_eq!(diff.same, 3);
    assert!(
        diff.notes
            .iter()
            .any(|note| note.en.starts_with("the community or estate of 3 doors"))
    );
}

#[test]
fn totals_stand_grid_by_grid_and_building_by_building() {
    let old = "楼栋,单元,房号,所属网格,网格编码\n10栋,1,101,第10网格,101Aa\n9栋,1,101,第9网格,101Aa\n9栋,1,102,第9网格,102Aa\n";
    let new = "楼栋,单元,房号,网格编码\n10栋,1,101,101Bb\n9栋,1,101,101Ba\n9栋,1,103,103Aa\n";
    let diff = compare(old, new);
    let grids: Vec<_> = diff
        .by_grid()
        .into_iter()
        .map(|(grid, total)| (grid, total.households))
        .collect();
    let grid = |name: &str| Some(name.to_owned());
    assert_eq!(
        grids,
        [(grid("第9网格"), 2), (grid("第10网格"), 1), (None, 1)]
    );
    let buildings: Vec<_> = diff
        .by_building()
        .into_iter()
        .map(|(key, total)| (key.unwrap().to_string(), total.households))
        .collect();
    assert_eq!(buildings, [("9栋".to_owned(), 3), ("10栋".to_owned(), 1)]);
}

#[test]
fn neither_names_nor_numbers_of_persons_leave_a_comparison() {
    let header = "楼栋,单元,房号,姓名,与户主关系,身份证号,联系电话,居住类型,住房性质\n";
    let old = format!("{header}3栋,1,101,赵某某,户主,990100193803050019,13800000001,常住,自购房\n");
    let new = format!(
        "{header}3栋,1,102,钱某某,户主,990100194107120022,13800000002,常住,自购房\n赵某某楼,1,13800000001,孙某某,户主,,,流动,出租房\n"
    );
    let diff = compare(&old, &new);
    let mut out = format!("{diff:?}");
    for lang in [Lang::Zh, Lang::En] {
        for change in &diff.changes {
            out.push_str(&diff_text::change(
                change,
                lang,
                &gridcode::report::text::plain,
            ));
            out.push_str(&diff_table::row(change, lang).join(","));
        }
    }
    for secret in ["钱某某", "孙某某", "990100", "138000"] {
        assert!(!out.contains(secret), "{secret} in {out}");
    }
}

/// A household as a list may write it in many ways.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Home {
    flags: &'static str,
    resident: bool,
    tenure: bool,
    residents: u8,
}

type Homes = BTreeMap<(u8, u8, u16), Home>;

fn any_home() -> impl Strategy<Value = Home> {
    let flags = prop::sample::select(&["", "5", "8", "58"][..]);
    (flags, any::<bool>(), any::<bool>(), 1..6_u8).prop_map(
        |(flags, resident, tenure, residents)| Home {
            flags,
            resident,
            tenure,
            residents,
        },
    )
}

fn any_homes() -> impl Strategy<Value = Homes> {
    let door = (1..12_u8, 1..3_u8, 101..140_u16);
    prop::collection::btree_map(door, any_home(), 1..60)
}

/// How a list is written.
#[derive(Clone, Debug)]
struct Manner {
    seed: u64,
    spelling: usize,
    gb18030: bool,
    without_codes: bool,
}

fn any_manner() -> impl Strategy<Value = Manner> {
    (any::<u64>(), 0..4_usize, any::<bool>(), any::<bool>()).prop_map(
        |(seed, spelling, gb18030, without_codes)| Manner {
            seed,
            spelling,
            gb18030,
            without_codes,
        },
    )
}

const NUMERALS: [&str; 12] = [
    "零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一",
];

fn written(homes: &Homes, manner: &Manner) -> Source {
    let mut rows: Vec<String> = Vec::new();
    for ((building, entrance, room), home) in homes {
        let (letter, tenure) = (
            if home.resident { 'A' } else { 'B' },
            if home.tenure { 'a' } else { 'b' },
        );
        let code = format!("{room}{letter}{tenure}{}", home.flags);
        let door = match manner.spelling {
            0 => format!("{building}栋,{entrance}单元,{room}"),
            1 => format!("{building}#,{entrance},{room}室"),
            2 => format!(
                "{}幢,{}单元,{room}",
                NUMERALS[usize::from(*building)],
                NUMERALS[usize::from(*entrance)]
            ),
            _ => format!("0{building}号楼,0{entrance},{room}"),
        };
        let types = format!(
            "{},{}",
            if home.resident {
                "常住人口"
            } else {
                "流动人口"
            },
            if home.tenure {
                "自购房"
            } else {
                "出租房"
            }
        );
        let code = if manner.without_codes && home.flags.is_empty() {
            String::new()
        } else {
            code
        };
        rows.push(format!("{door},{code},{types},{},甲", home.residents));
    }
    // Any order that the seed says.
    rows.sort_by_key(|row| {
        row.bytes().fold(manner.seed, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    });
    let text = format!("{HEADER}{}\n", rows.join("\n"));
    let bytes = if manner.gb18030 {
        encoding_rs::GB18030.encode(&text).0.into_owned()
    } else {
        text.into_bytes()
    };
    Source::bytes("list.csv", bytes)
}

/// What a comparison comes to, door by door, without rows.
fn told(diff: &Diff) -> BTreeMap<String, Kinds> {
    diff.changes
        .iter()
        .map(|change| (change.key.as_ref().unwrap().to_string(), change.kinds))
        .collect()
}

fn expected(old: &Homes, new: &Homes) -> BTreeMap<String, Kinds> {
    let doors: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let mut expected = BTreeMap::new();
    for door in doors {
        let kinds: Kinds = match (old.get(door), new.get(door)) {
            (None, _) => [Kind::MovedIn].into_iter().collect(),
            (_, None) => [Kind::MovedOut].into_iter().collect(),
            (Some(old), Some(new)) => {
                let came = |one: &Home, other: &Home| {
                    one.flags.chars().any(|flag| !other.flags.contains(flag))
                };
                let kinds = [
                    (Kind::ResidentType, old.resident != new.resident),
                    (Kind::Tenure, old.tenure != new.tenure),
                    (Kind::FlagCome, came(new, old)),
                    (Kind::FlagGone, came(old, new)),
                    (Kind::MoreResidents, new.residents > old.residents),
                    (Kind::FewerResidents, new.residents < old.residents),
                ];
                let kinds = kinds.into_iter().filter(|(_, is)| *is);
                kinds.map(|(kind, _)| kind).collect()
            }
        };
        let (building, entrance, room) = door;
        if !kinds.is_empty() {
            expected.insert(format!("{building}栋{entrance}单元{room}室"), kinds);
        }
    }
    expected
}

fn mirrored(kinds: Kinds) -> Kinds {
    let other = |kind| match kind {
        Kind::MovedIn => Kind::MovedOut,
        Kind::MovedOut => Kind::MovedIn,
        Kind::FlagCome => Kind::FlagGone,
        Kind::FlagGone => Kind::FlagCome,
        Kind::MoreResidents => Kind::FewerResidents,
        Kind::FewerResidents => Kind::MoreResidents,
        Kind::CodeCome => Kind::CodeGone,
        Kind::CodeGone => Kind::CodeCome,
        kind => kind,
    };
    kinds.iter().map(other).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn order_spelling_and_encoding_are_no_difference(
        homes in any_homes(), one in any_manner(), other in any_manner()
    ) {
        let diff = diff(&written(&homes, &one), &written(&homes, &other), &options(1, 1 << 18)).unwrap();
        prop_assert!(diff.is_same(), "{:?}", said(&diff));
        prop_assert_eq!(diff.same, homes.len() as u64);
    }

    #[test]
    fn what_was_changed_is_told_and_nothing_else_and_backwards_it_is_the_mirror(
        old in any_homes(), edits in any_homes(), removed in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
        one in any_manner(), other in any_manner()
    ) {
        let mut new = old.clone();
        for index in removed {
            let door = *old.keys().nth(index.index(old.len())).unwrap();
            new.remove(&door);
        }
        new.extend(edits);
        let coded = |manner: &Manner| Manner { without_codes: false, ..manner.clone() };
        let (one, other) = (written(&old, &coded(&one)), written(&new, &coded(&other)));
        let forth = diff(&one, &other, &options(1, 1 << 18)).unwrap();
        prop_assert_eq!(told(&forth), expected(&old, &new));
        let back = diff(&other, &one, &options(1, 1 << 18)).unwrap();
        let mirror: BTreeMap<_, _> = told(&forth).into_iter().map(|(door, kinds)| (door, mirrored(kinds))).collect();
        prop_assert_eq!(told(&back), mirror);
        prop_assert_eq!(forth.same, back.same);
    }
}

/// More households than are looked at before threads begin; every so many is different.
fn long(changed: bool) -> String {
    let mut text = HEADER.to_owned();
    for number in 0..SAMPLED * 4 {
        let (building, room) = (number / 100 + 1, number % 100 + 101);
        let other = changed && number % 37 == 0;
        let (letters, types) = if other {
            ("Bb", "流动,出租房")
        } else {
            ("Aa", "常住,自购房")
        };
        if changed && number % 101 == 0 {
            continue;
        }
        // A cell with a line break, a row cut short, a door listed twice.
        let name = if number % 53 == 0 {
            "\"甲\n乙\""
        } else {
            "甲"
        };
        let row = format!(
            "{building}栋,1,{room},{room}{letters},{types},{},{name}",
            number % 5 + 1
        );
        let _ = writeln!(text, "{row}");
        if number % 997 == 0 {
            let _ = writeln!(text, "{row}\n合计,,,,,,,\n{building}栋,1");
        }
    }
    text
}

#[test]
fn the_result_is_the_same_for_any_number_of_threads_and_any_size_of_chunks() {
    let source = |text: String| Source::bytes("list.csv", text.into_bytes());
    let (old, new) = (source(long(false)), source(long(true)));
    let run = |threads, chunk| format!("{:?}", diff(&old, &new, &options(threads, chunk)).unwrap());
    let one = run(1, 1 << 18);
    assert!(one.contains("MovedOut") && one.contains("Tenure"));
    for (threads, chunk) in [(1, 1), (2, 500), (7, 3_000)] {
        assert!(
            run(threads, chunk) == one,
            "{threads} threads, chunks of {chunk}"
        );
    }
}

fn updated(new: &str, old: &str) -> Result<(String, gridcode::census::Updated), UpdateError> {
    let source = |name: &str, text: &str| Source::bytes(name, text.as_bytes().to_vec());
    let mut target = Text::new(TextEncoding::Utf8);
    let done = update(
        &source("new.csv", new),
        &source("old.csv", old),
        &options(1, 1 << 18),
        &mut target,
        &mut |_| {},
    )?;
    let text = String::from_utf8(target.bytes()).unwrap();
    Ok((text.replace("\r\n", "\n"), done))
}

#[test]
fn an_old_list_keeps_its_order_and_its_own_columns_and_takes_the_new_facts() {
    let old = "十月登记表,,,,,,\n楼栋,单元,房号,居住类型,住房性质,联系电话,走访记录\n\
        10栋,1,101,流动,出租房,000,门口有狗\n三栋,2,803,常住,自购房,111,\n三栋,2,505,常住,自购房,222,周末在家\n\
        三栋,2,,常住,自购房,333,看不清\n合计,3,,,,,\n";
    let new = "房间号,楼号,单元号,住房来源,人口类型,手机号\n0803,3,2,租赁房屋,常住,\n606,3,2,自购房,常住,444\n\
        101,10,1,租赁房屋,流动人口,555\n";
    let (text, done) = updated(new, old).unwrap();
    assert_eq!(
        text,
        "十月登记表,,,,,,\n楼栋,单元,房号,居住类型,住房性质,联系电话,走访记录,网格编码\n\
         10栋,1,101,流动人口,租赁房屋,555,门口有狗,101Bb\n三栋,2,803,常住,租赁房屋,111,,0803Ab\n\
         三栋,2,,常住,自购房,333,看不清,\n3,2,606,常住,自购房,444,,606Aa\n合计,3,,,,,\n"
    );
    assert_eq!(
        (done.renewed, done.appended, done.gone, done.unnamed),
        (2, 1, 1, 1)
    );
    assert_eq!((done.new.coded, done.new.uncoded), (3, 0));
}

#[test]
fn an_old_list_of_a_header_alone_keeps_it_at_the_top() {
    let new = "楼栋,单元,房号,居住类型,住房性质\n1栋,1,101,常住人口,自购房\n";
    let old = "某月名单,,,,,\n楼栋,单元,房号,居住类型,住房性质,备注\n,,,,,\n合计,,,,,\n";
    let (text, done) = updated(new, old).unwrap();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].starts_with("某月名单"), "{text}");
    assert!(lines[1].starts_with("楼栋,单元,房号"), "{text}");
    assert!(
        lines[2].starts_with("1栋,1单元,101") || lines[2].starts_with("1栋,1,101"),
        "{text}"
    );
    assert!(lines[4].starts_with("合计"), "{text}");
    assert_eq!(done.appended, 1);
}

#[test]
fn residents_of_the_new_list_become_households_of_the_old_one() {
    let old = "楼栋,单元,房号,人数,居住类型,住房性质,网格编码\n3栋,2,803,9,流动,出租房,803Bb\n";
    let new = "楼栋,单元,房号,姓名,与户主关系,年龄,居住类型,住房性质\n\
        3栋,2,803,甲,户主,50,常住,自购房\n3栋,2,803,乙,父亲,81,常住,自购房\n";
    let (text, _) = updated(new, old).unwrap();
    assert!(text.ends_with("3栋,2,803,2,常住,自购房,803Aa8\n"), "{text}");
    assert!(matches!(updated(old, new), Err(UpdateError::Persons)));
}

#[test]
fn lists_of_different_places_are_not_put_together() {
    let (one, other) = ("楼栋,单元,房号\n3栋,2,803\n", "楼栋,单元,房号\n4栋,2,803\n");
    assert!(matches!(
        updated(one, other),
        Err(UpdateError::NothingInCommon)
    ));
}

#[cfg(feature = "cli")]
#[test]
fn the_json_of_a_comparison_fits_its_schema_and_names_every_kind() {
    use crate::json::{Desk, ON, assert_valid, validator};

    let old = list(&[
        "3栋,1,101,101Aa5,常住,自购房,2,甲",
        "3栋,1,102,102Aa,常住,自购房,2,甲",
    ]);
    let new = list(&[
        "3栋,1,0101,0101Bb,流动,出租房,3,甲",
        "3栋,1,103,,,出租房,,甲",
        "3栋,1,103,,,出租房,,甲",
    ]);
    let desk = Desk::with(&[("old.csv", &old), ("new.csv", &new)]);
    let report = desk.json(1, &["diff", "old.csv", "new.csv", "--json", ON]);
    assert_valid(&validator("diff.schema.json", None), &report);
    assert_eq!(report["changes"].as_array().unwrap().len(), 3);
    assert_eq!(report["new"]["repeated"], 1);
    assert_eq!(report["changes"][0]["flags_gone"], serde_json::json!([5]));
    let one = desk.json(
        1,
        &[
            "diff",
            "old.csv",
            "new.csv",
            "--json",
            "--max-changes=1",
            ON,
        ],
    );
    assert_valid(&validator("diff.schema.json", None), &one);
    assert_eq!(one["changes_not_shown"], 2);
    let same = desk.json(0, &["diff", "old.csv", "old.csv", "--json", ON]);
    assert_valid(&validator("diff.schema.json", None), &same);
    let schema = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/docs/diff.schema.json"
    ))
    .unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    assert_eq!(
        schema["$defs"]["kind"]["enum"],
        serde_json::json!(Kind::ALL.map(Kind::key))
    );
}

/// A list as UTF-8, with a byte order mark, as GB18030, packed, sent by a pipe, and in a file.
fn in_many_ways(text: &str, folder: &std::path::Path) -> Vec<Source> {
    let bytes = |bytes: Vec<u8>| Source::bytes("list.csv", bytes);
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text.as_bytes()).unwrap();
    let path = folder.join("list.csv");
    std::fs::write(&path, text).unwrap();
    vec![
        bytes(text.as_bytes().to_vec()),
        bytes(format!("\u{feff}{text}").into_bytes()),
        bytes(format!("sep=,\n{text}").into_bytes()),
        bytes(encoding_rs::GB18030.encode(text).0.into_owned()),
        bytes(packer.finish().unwrap()),
        Source::reader("list.csv", text.as_bytes()).unwrap(),
        Source::path(path),
    ]
}

#[test]
fn doors_that_are_read_again_are_named_alike_whatever_the_list_is_kept_in() {
    let folder = tempfile::tempdir().unwrap();
    for (old, new) in [
        (long(false), long(true)),
        (city(4_000, 3, 0, 0), city(4_000, 0, 41, 53)),
        (city(4_000, 0, 41, 53), city(4_000, 4, 0, 0)),
    ] {
        let old = Source::bytes("old.csv", old.into_bytes());
        let named: Vec<Vec<String>> = in_many_ways(&new, folder.path())
            .iter()
            .map(|new| {
                let both = [(&old, new), (new, &old)];
                let diffs = both.map(|(old, new)| diff(old, new, &options(2, 1 << 13)).unwrap());
                diffs.iter().flat_map(said).collect()
            })
            .collect();
        assert!(
            named[0].len() > 200
                && named[0]
                    .iter()
                    .all(|line| line.contains('栋') || line.contains('座'))
        );
        for (at, other) in named.iter().enumerate() {
            assert!(other == &named[0], "{at}");
        }
    }
}

/// A list of so many households of several estates, in an order that `seed` says; every `gone`th is left out, and every
/// `other`th is of another tenure. Some buildings are written in words, and some cells have quotes.
fn city(households: u64, seed: u64, gone: u64, other: u64) -> String {
    let mut rows: Vec<String> = (0..households)
        .filter(|number| gone == 0 || number % gone != 1)
        .map(|number| {
            let (estate, building, room) = (number % 7, number / 7 % 11, 101 + number / 77);
            let building = if building == 3 {
                "A座".to_owned()
            } else {
                format!("{}栋", building + 1)
            };
            let tenure = if other > 0 && number % other == 2 {
                "出租房"
            } else {
                "自购房"
            };
            let name = if number % 50 == 0 { "\"甲\"" } else { "甲" };
            format!("第{estate}社区,苑{estate},{building},1单元,{room},常住,{tenure},{name}")
        })
        .collect();
    if seed > 0 {
        let mut chance = fastrand::Rng::with_seed(seed);
        chance.shuffle(&mut rows);
    }
    format!(
        "社区,小区,楼栋,单元,房号,居住类型,住房性质,户主姓名\n{}\n",
        rows.join("\n")
    )
}

#[test]
fn neither_order_nor_pieces_nor_threads_change_what_is_different() {
    let old = city(4_000, 0, 0, 0);
    let (new, mixed) = (city(4_000, 0, 41, 53), city(4_000, 9, 41, 53));
    let whole = said(&compare(&old, &new));
    assert_eq!(
        whole.len(),
        4_000 / 41 + 1 + (0..4_000).filter(|n| n % 53 == 2 && n % 41 != 1).count()
    );
    for (threads, chunk) in [(1, 1 << 18), (1, 1 << 12), (3, 1 << 13)] {
        for (one, other) in [
            (&old, &new),
            (&old, &mixed),
            (&city(4_000, 5, 0, 0), &mixed),
        ] {
            let source = |name: &str, text: &str| Source::bytes(name, text.as_bytes().to_vec());
            let diff = diff(
                &source("old.csv", one),
                &source("new.csv", other),
                &options(threads, chunk),
            )
            .unwrap();
            assert!(said(&diff) == whole, "{threads} {chunk}");
            assert_eq!(diff.new.account.total().rows, 1 + diff.new.compared);
        }
    }
}

#[test]
fn flags_that_coding_anew_does_not_write_are_told_as_such() {
    let old = list(&[
        "3栋,1,101,101Aa5,常住,自购房,2,甲",
        "3栋,1,102,102Aa7,常住,自购房,2,甲",
    ]);
    let noted = |new: &str| {
        let diff = compare(&old, new);
        let mut notes = diff.notes.into_iter();
        notes
            .find(|note| note.en.contains("coded anew"))
            .map(|note| note.en)
    };
    let anew = list(&[
        "3栋,1,101,101Aa,常住,自购房,2,甲",
        "3栋,1,102,102Aa,常住,自购房,2,甲",
    ]);
    assert!(
        noted(&anew)
            .unwrap()
            .starts_with("no code of the new list has 5 or 7, which 2 ")
    );
    let kept = list(&[
        "3栋,1,101,101Aa5,常住,自购房,2,甲",
        "3栋,1,102,102Aa5,常住,自购房,2,甲",
    ]);
    assert!(
        noted(&kept)
            .unwrap()
            .starts_with("no code of the new list has 7, which 1 ")
    );
    assert_eq!(noted(&old), None);
}

#[test]
fn a_person_in_the_column_of_grids_is_no_grid() {
    let list = |tenure: &str| {
        let rows = [
            ("101", "01"),
            ("102", "张某"),
            ("103", "10000000001"),
            ("104", "990100194612050029"),
            ("105", "司马相如一"),
        ];
        let rows = rows.map(|(room, grid)| format!("3栋,{room},常住,{tenure},司马相如,{grid}\n"));
        format!(
            "楼栋,房号,居住类型,住房性质,户主姓名,网格\n{}",
            rows.concat()
        )
    };
    let diff = compare(&list("自购房"), &list("出租房"));
    let grids: Vec<_> = diff
        .by_grid()
        .into_iter()
        .map(|(grid, total)| (grid, total.households))
        .collect();
    assert_eq!(grids, [(Some("01".to_owned()), 1), (None, 4)]);
}
