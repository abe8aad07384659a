//! Addresses: the vectors, the inverse operations, the keys.

use std::fs;

use gridcode::address::{
    AddressError, Building, Entrance, Key, Mangled, Reading, Style, Unit, mangled_date, parse,
    undate,
};
use proptest::prelude::*;

fn read(column: &str, text: &str) -> Result<Reading, AddressError> {
    match column {
        "address" => parse(text),
        "building" => Building::parse_column(text),
        "entrance" => Entrance::parse_column(text),
        "unit" => Unit::parse_column(text),
        other => panic!("no column {other}"),
    }
}

fn vectors(name: &str) -> Vec<csv::StringRecord> {
    let path = format!(
        "{}/fixtures/addresses/{name}.csv",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = fs::read_to_string(path).unwrap();
    let rows: Vec<_> = csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(Result::unwrap)
        .collect();
    assert!(rows.len() >= 30, "{name} has lost its rows");
    rows
}

#[test]
fn every_vector_that_is_exact_reads_and_prints_as_written() {
    for row in vectors("read") {
        let door = read(&row[1], &row[0])
            .unwrap()
            .exact()
            .unwrap_or_else(|| panic!("{row:?}"));
        let parts = [
            door.prefix.clone().unwrap_or_default(),
            door.building.as_ref().map_or("", Building::name).to_owned(),
            door.entrance.as_ref().map_or("", Entrance::name).to_owned(),
            door.floor
                .map(|floor| floor.number().to_string())
                .unwrap_or_default(),
            door.unit.as_ref().map_or("", Unit::text).to_owned(),
            door.to_string(),
            door.styled(Style::Dashed),
            door.styled(Style::Hash),
        ];
        assert_eq!(
            parts.each_ref().map(String::as_str).as_slice(),
            row.iter().skip(2).collect::<Vec<_>>(),
            "{row:?}"
        );
    }
}

#[test]
fn every_ambiguous_vector_gives_its_doors_in_order() {
    for row in vectors("ambiguous") {
        let Reading::Ambiguous(doors) = read(&row[1], &row[0]).unwrap() else {
            panic!("{row:?} is exact");
        };
        let printed: Vec<String> = doors.iter().map(ToString::to_string).collect();
        assert_eq!(printed.join("|"), row[2], "{row:?}");
        for door in doors {
            let words = door.describe();
            assert!(!words.zh.is_empty() && !words.en.is_empty());
        }
    }
}

#[test]
fn every_invalid_vector_says_where_and_why() {
    for row in vectors("invalid") {
        let error = read(&row[1], &row[0]).unwrap_err();
        let (span, text) = (error.span(), error.text());
        let found = [
            error.key(),
            &span.start.to_string(),
            &span.end.to_string(),
            &text.zh,
            &text.en,
        ]
        .map(str::to_owned);
        assert_eq!(
            found.each_ref().map(String::as_str).as_slice(),
            row.iter().skip(2).collect::<Vec<_>>(),
            "{row:?}"
        );
    }
}

#[test]
fn an_error_repeats_no_word_of_the_text() {
    let error = parse("3栋2单元803张三丰13805510001").unwrap_err();
    let said = format!("{error} {error:?} {}", error.text().zh);
    assert!(!said.contains('张') && !said.contains("1380"), "{said}");
}

#[test]
fn ten_megabytes_are_refused_before_they_are_read() {
    for text in [
        "3".repeat(10_000_000),
        "栋-".repeat(3_000_000),
        " ".repeat(10_000_000),
    ] {
        assert_eq!(parse(&text).unwrap_err().key(), "too-long");
    }
}

#[test]
fn the_same_building_has_one_name_however_it_is_written() {
    for text in [
        "3栋",
        "三栋",
        "3#",
        "3号楼",
        "3幢",
        "３栋",
        "03栋",
        "第三栋",
        "3棟",
        "3",
        "三",
        " 3 ",
    ] {
        let door = Building::parse_column(text).unwrap().exact().unwrap();
        assert_eq!(door.building.unwrap().name(), "3", "{text}");
    }
}

#[test]
fn a_unit_gives_a_grid_code_only_one_to_five_digits_as_written() {
    for (text, digits) in [
        ("803", Some("803")),
        ("0803", Some("0803")),
        ("八〇三室", Some("803")),
        ("12003", Some("12003")),
        ("120003", None),
        ("803-1", None),
        ("803A", None),
        ("门面3", None),
        ("-101", None),
    ] {
        let unit = Unit::parse_column(text)
            .unwrap()
            .exact()
            .unwrap()
            .unit
            .unwrap();
        assert_eq!(unit.code_digits(), digits, "{text}");
        assert_eq!(
            unit.code_unit().map(Unit::from).as_ref().map(Unit::text),
            digits,
            "{text}"
        );
    }
}

#[test]
fn keys_stand_in_walking_order() {
    let walk = [
        "3栋",
        "3栋负101室",
        "3栋101室",
        "3栋803室",
        "3栋0804室",
        "3栋1001室",
        "3栋门面3",
        "3栋1单元101室",
        "3栋2单元803室",
        "3栋2单元803-1室",
        "3栋2单元803A室",
        "3栋2单元804室",
        "3栋10单元101室",
        "3栋甲单元101室",
        "3栋乙单元101室",
        "9栋1单元101室",
        "10栋1单元101室",
        "12A栋101室",
        "A区9栋101室",
        "A区10栋101室",
        "B座1203室",
        "翠竹楼101室",
    ];
    let keys: Vec<Key> = walk.iter().map(|text| key(text)).collect();
    for pair in keys.windows(2) {
        assert!(pair[0] < pair[1], "{} stands before {}", pair[0], pair[1]);
    }
}

#[test]
fn one_door_has_one_key_and_the_key_one_text() {
    for text in [
        "3-2-803",
        "三栋二单元八〇三",
        "03#02-0803",
        "翠竹园3栋2单元803室",
        "安徽省合肥市蜀山区翠竹园3栋2单元8层803室",
    ] {
        assert_eq!(key(text), key("3栋2单元803室"), "{text}");
        assert_eq!(key(text).to_string(), "翠竹园3栋2单元803室", "{text}");
    }
    assert_ne!(key("3栋2单元8层东户"), key("3栋2单元7层东户"));
    assert_ne!(key("3栋2单元-101"), key("3栋2单元101"));
    assert_eq!(key("3-2-803").of_entrance(), key("3栋2单元"));
    assert_eq!(key("3-2-803").of_building().to_string(), "翠竹园3栋");
    let door = parse("3-2-803").unwrap().exact().unwrap();
    assert_eq!(
        Key::new("340104003001", "翠竹园", &door).to_string(),
        "340104003001 翠竹园3栋2单元803室"
    );
    assert_ne!(Key::new("翠竹", "园", &door), Key::new("翠", "竹园", &door));
}

#[test]
fn a_district_is_taken_off_and_an_estate_named_like_a_city_is_not() {
    let estate = |text: &str| Key::new("", "", &parse(text).unwrap().exact().unwrap()).to_string();
    for (text, printed) in [
        ("安徽省合肥市蜀山区翠竹园3栋803室", "翠竹园3栋803室"),
        ("合肥市蜀山区翠竹园3栋803室", "翠竹园3栋803室"),
        ("合肥市肥西县翠竹园3栋803室", "翠竹园3栋803室"),
        ("万科城市花园小区3栋803室", "万科城市花园小区3栋803室"),
        ("都市新园小区3栋803室", "都市新园小区3栋803室"),
    ] {
        assert_eq!(estate(text), printed);
    }
}

#[test]
fn an_ambiguous_cell_is_settled_by_its_neighbour_or_contradicts_it() {
    let building = Building::parse_column("3").unwrap();
    let merged = building.clone().merge(&parse("2-803").unwrap()).unwrap();
    assert_eq!(merged.exact().unwrap().to_string(), "3栋2单元803室");
    let error = building
        .merge(&Unit::parse_column("5栋803").unwrap())
        .unwrap_err();
    assert_eq!(
        error.text().zh,
        "楼栋应前后一致，实为一处“3栋”、另一处“5栋”"
    );
    let entrance = Entrance::parse_column("2").unwrap();
    let merged = entrance.merge(&Unit::parse_column("9-8").unwrap()).unwrap();
    assert_eq!(merged.exact().unwrap().to_string(), "2单元9-8号");
}

#[test]
fn dates_are_known_and_numbers_and_doors_are_none() {
    for text in [
        "2月3日",
        "二月三日",
        "2-3月".trim_end_matches('月'),
        "3-2-803",
        "45325",
        "803",
        "2月30日",
        "13月1日",
        "2-Foo",
        "",
        "2024-13-02",
    ] {
        let date = matches!(text, "2月3日" | "二月三日");
        assert_eq!(mangled_date(text).is_some(), date, "{text}");
    }
    for text in [
        "2-Mar",
        "Mar-02",
        "2-MAR-24",
        "2024-03-02",
        "2024/3/2",
        "2024年3月2日",
        "3/2/2024",
        "2024-03-02 00:00:00",
        "2024-03-02T00:00:00",
        "２－Ｍａｒ",
    ] {
        assert_eq!(
            mangled_date(text).map(Mangled::typed),
            Some(["3-2".into(), "2-3".into()]),
            "{text}"
        );
    }
    assert_eq!(mangled_date("Mar-45").unwrap().typed(), ["3-45", "45-3"]);
    assert_eq!(undate("45325").unwrap().typed(), ["2-3", "3-2"]);
    assert_eq!(undate("60"), None);
    assert_eq!(undate("99999999"), None);
}

fn key(text: &str) -> Key {
    let reading = parse(text).unwrap();
    Key::new("", "翠竹园", &reading.doors()[reading.doors().len() - 1])
}

const PIECES: [&str; 60] = [
    "3",
    "12",
    "803",
    "0803",
    "1203",
    "B",
    "12A",
    "三",
    "十二",
    "八〇三",
    "七",
    "栋",
    "号楼",
    "幢",
    "座",
    "#",
    "楼",
    "号",
    "单元",
    "梯",
    "门",
    "单",
    "层",
    "室",
    "房",
    "户",
    "-",
    "-",
    "-",
    "—",
    " ",
    "负",
    "地下",
    "附",
    "第",
    "翠竹园",
    "翠竹楼",
    "长江路",
    "安徽省",
    "蜀山区",
    "A区",
    "一期",
    "东",
    "西区",
    "门面",
    "车库",
    "东户",
    "夹层",
    "甲",
    "乙",
    "大厦",
    "小区",
    "村",
    "弄",
    "、",
    "·",
    "(",
    ")",
    "北侧",
    "101",
];

fn addresses() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 1..9)
        .prop_map(|pieces| pieces.concat())
}

fn columns() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&["address", "building", "entrance", "unit"][..])
}

#[test]
fn a_dot_divides_a_name_from_what_follows_and_is_no_part_of_it() {
    for (dotted, plain) in [
        ("翠竹园·3栋803", "翠竹园3栋803"),
        ("·3栋803", "3栋803"),
        ("翠竹园·3-2-803", "翠竹园3-2-803"),
        ("·翠竹楼", "翠竹楼"),
        ("·翠竹园·B座1203", "翠竹园B座1203"),
    ] {
        assert_eq!(parse(dotted), parse(plain), "{dotted}");
    }
    let key = |text| Key::new("", "", &parse(text).unwrap().exact().unwrap());
    assert_eq!(key("合肥市蜀山区·翠竹园3栋803"), key("翠竹园3栋803"));
    assert_eq!(key("安徽省·3栋803"), key("3栋803"));
    assert_eq!(key("安徽省()3栋803"), key("3栋803"));
    assert_eq!(key("安徽省A(3栋803").to_string(), "安徽省A(3栋803室");
}

#[test]
fn a_key_keeps_the_floor_where_the_room_would_take_the_name_for_its_own() {
    let key = |text| Key::new("", "", &parse(text).unwrap().exact().unwrap());
    assert_eq!(key("门面三层312").to_string(), "门面3层312室");
    assert_ne!(key("门面三层312"), key("门面312"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_is_exact_prints_as_a_text_that_reads_back(text in addresses()) {
        if let Ok(Reading::Exact(door)) = parse(&text) {
            for style in [Style::Full, Style::Dashed, Style::Hash] {
                let printed = door.styled(style);
                prop_assert_eq!(parse(&printed), Ok(Reading::Exact(door.clone())), "{} {}", text, printed);
            }
        }
    }

    #[test]
    fn every_candidate_of_an_ambiguous_text_can_be_written_without_doubt(text in addresses()) {
        if let Ok(Reading::Ambiguous(doors)) = parse(&text) {
            prop_assert!(doors.len() > 1);
            for (index, door) in doors.iter().enumerate() {
                prop_assert!(!doors[..index].contains(door));
                let printed = door.to_string();
                prop_assert_eq!(parse(&printed), Ok(Reading::Exact(door.clone())), "{} {}", text, printed);
            }
        }
    }

    #[test]
    fn three_plain_parts_have_a_dashed_form(building in 1_u32..100, entrance in 1_u32..30, room in 101_u32..4000) {
        let door = parse(&format!("{building}栋{entrance}单元{room}室")).unwrap().exact().unwrap();
        prop_assert_eq!(door.styled(Style::Dashed), format!("{building}-{entrance}-{room}"));
        prop_assert_eq!(door.styled(Style::Hash), format!("{building}#{entrance}-{room}"));
    }

    #[test]
    fn no_text_panics_and_spans_stand_on_borders(text in any::<String>(), column in columns()) {
        check_span(&text, read(column, &text))?;
        prop_assert!(mangled_date(&text).is_none_or(|date| date.month() <= 12));
        let _ = undate(&text);
    }

    #[test]
    fn spans_of_near_misses_stand_on_borders(text in addresses(), column in columns()) {
        check_span(&text, read(column, &text))?;
    }

    #[test]
    fn keys_are_totally_ordered_and_agree_with_equality(a in addresses(), b in addresses(), c in addresses()) {
        let keys = [a, b, c].map(|text| parse(&text).ok().map(|reading| Key::new("", "", &reading.doors()[0])));
        if let [Some(a), Some(b), Some(c)] = keys {
            prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
            prop_assert_eq!(a == b, a.cmp(&b).is_eq());
            prop_assert!(!(a <= b && b <= c) || a <= c);
        }
    }

    #[test]
    fn a_key_prints_as_a_door_with_the_same_key(text in addresses()) {
        if let Ok(Reading::Exact(door)) = parse(&text) {
            let key = Key::new("", "", &door);
            if let Ok(Reading::Exact(again)) = parse(&key.to_string()) {
                prop_assert_eq!(Key::new("", "", &again), key);
            }
        }
    }
}

fn check_span(text: &str, outcome: Result<Reading, AddressError>) -> Result<(), TestCaseError> {
    if let Err(error) = outcome {
        prop_assert!(
            text.get(error.span().clone()).is_some(),
            "{:?} {:?}",
            text,
            error
        );
        prop_assert!(
            !error.span().is_empty() || text.is_empty(),
            "{:?} {:?}",
            text,
            error
        );
        let said = error.text();
        prop_assert!(!said.zh.ends_with('。') && !said.en.ends_with('.'));
    }
    Ok(())
}
