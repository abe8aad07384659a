//! `gridcode remind` as programs see it: JSON, CSV, workbooks and calendars.

use crate::json::{Desk, ON, assert_valid, validator};

const LIST: &str = "所属网格,楼栋,单元,房号,姓名,身份证号,性别,出生日期,居住类型,住房性质,网格编码,联系电话\n\
    网格2,3栋,2单元,803,=cmd甲,990100194612050029,,,常住人口,自购房,803Aa,13800000000\n\
    网格2,3栋,2单元,803,张某乙,,男,1966-12,常住人口,自购房,803Aa,13800000001\n\
    网格/1,4栋,1单元,101,张某丙,,女,2010-12-31,流动人口,出租房,101Bb,13800000002\n\
    网格/1,4栋,1单元,102,张某丁,,女,1950-02-30,流动人口,出租房,102Bb,13800000003\n";

const MONTH: &str = "--month=2026-12";

fn desk() -> Desk {
    Desk::with(&[("list.csv", LIST)])
}

#[test]
fn json_fits_the_schema_whether_values_are_shown_or_not() {
    let desk = desk();
    let schema = validator("reminders.schema.json", None);
    for extra in [&[][..], &["--show-values"]] {
        let report = desk.json(
            1,
            &[&["remind", "list.csv", MONTH, "--json", ON], extra].concat(),
        );
        assert_valid(&schema, &report);
        assert_eq!(
            report["reminders"].as_array().unwrap().len(),
            4,
            "{report:#}"
        );
        assert_eq!(report["residents"]["unreadable"], 1);
        let account = &report["account"];
        let number = |member: &str| account[member].as_u64().unwrap();
        assert_eq!(
            number("rows"),
            number("accepted") + number("with_errors") + number("skipped")
        );
    }
    desk.run(
        0,
        &[
            "remind",
            "list.csv",
            MONTH,
            "-o",
            "out.json",
            "--allow=birth-impossible",
            ON,
        ],
    );
    let written = std::fs::read_to_string(desk.0.path().join("out.json")).unwrap();
    assert_valid(&schema, &serde_json::from_str(&written).unwrap());
}

#[test]
fn nobody_is_named_in_any_format_unless_it_is_asked_for() {
    let desk = desk();
    for format in ["text", "json", "csv", "ics"] {
        for lang in ["zh", "en"] {
            let arguments = [
                "remind", "list.csv", MONTH, "--format", format, "--lang", lang, ON,
            ];
            let said = desk.run(1, &arguments);
            for secret in [
                "张某",
                "cmd",
                "9901001946",
                "1380000",
                "1946-12-05",
                "19461205",
            ] {
                assert!(!said.contains(secret), "{secret} in {said}");
            }
            let said = desk.run(1, &[&arguments[..], &["--show-values"]].concat());
            assert!(said.replace("\r\n ", "").contains("cmd甲"), "{said}");
            assert!(
                !said.contains("1380000") && !said.contains("9901001946"),
                "{said}"
            );
        }
    }
}

#[test]
fn a_workbook_has_a_sheet_for_each_grid_and_no_formula() {
    let desk = desk();
    desk.run(
        1,
        &[
            "remind",
            "list.csv",
            MONTH,
            "-o",
            "out.xlsx",
            "--show-values",
            "--lang=zh",
            ON,
        ],
    );
    let csv = desk.run(
        1,
        &[
            "remind",
            "list.csv",
            MONTH,
            "--format=csv",
            "--show-values",
            "--lang=zh",
            ON,
        ],
    );
    assert!(csv.contains(",'=cmd甲,"), "{csv}");
    assert!(!csv.contains(",=cmd"), "{csv}");
    let path = desk.0.path().join("out.xlsx");
    let source = gridcode::table::Source::path(path);
    let book =
        gridcode::table::Book::open(&source, &gridcode::table::ReadOptions::default()).unwrap();
    let names: Vec<_> = book
        .sheets()
        .iter()
        .filter_map(|sheet| sheet.name.as_deref())
        .collect();
    assert_eq!(names, ["网格 网格2", "网格 网格_1"]);
}

#[test]
fn a_calendar_has_short_lines_whole_days_and_lasting_names() {
    let desk = desk();
    let calendar = desk.run(
        1,
        &["remind", "list.csv", MONTH, "--format=ics", "--lang=zh", ON],
    );
    assert!(calendar.ends_with("END:VCALENDAR\r\n"));
    for line in calendar.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    assert_eq!(calendar.matches("BEGIN:VEVENT\r\n").count(), 4);
    assert!(
        calendar.contains("DTSTART;VALUE=DATE:20261205\r\nDTEND;VALUE=DATE:20261206\r\n"),
        "{calendar}"
    );
    assert!(
        calendar.contains("DTSTART;VALUE=DATE:20261201\r\nDTEND;VALUE=DATE:20270101\r\n"),
        "{calendar}"
    );
    assert!(calendar.contains("DTSTAMP:20261101T000000Z\r\n"));
    let names = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| line.starts_with("UID:"))
            .map(str::to_owned)
            .collect()
    };
    // Rows that move, and another language, change no name.
    let moved = LIST.replacen('\n', "\n网格2,9栋,1单元,101,,,,,,,,\n", 1);
    let other = Desk::with(&[("list.csv", &moved)]);
    let again = other.run(
        1,
        &["remind", "list.csv", MONTH, "--format=ics", "--lang=en", ON],
    );
    assert_eq!(names(&calendar), names(&again));
    assert_eq!(
        names(&calendar)
            .into_iter()
            .collect::<std::collections::BTreeSet<_>>()
            .len(),
        4
    );
}

#[test]
fn what_cannot_be_asked_is_said_and_nothing_is_overwritten() {
    let desk = desk();
    for arguments in [
        &["remind", "list.csv"][..],
        &["remind", "list.csv", "--from=2026-12-01"],
        &["remind", "list.csv", "--from=2026-12-31", "--to=2026-12-01"],
        &["remind", "list.csv", "--month=2026-13"],
        &["remind", "list.csv", "--month=12"],
        &[
            "remind",
            "list.csv",
            "--month=2026-12",
            "--from=2026-12-01",
            "--to=2026-12-02",
        ],
        &["remind", "list.csv", MONTH, "-o", "list.csv"],
        &["remind", "list.csv", MONTH, "-o", "out.docx"],
        &["remind", "list.csv", MONTH, "--events", "nowhere.toml"],
        &["remind", "nowhere.csv", MONTH],
    ] {
        desk.run(2, arguments);
    }
    assert_eq!(
        std::fs::read_to_string(desk.0.path().join("list.csv")).unwrap(),
        LIST
    );
    assert!(!desk.0.path().join("out.docx").exists());
}

#[test]
fn a_workbook_has_a_sheet_for_each_worker_whose_name_is_told_only_where_it_may_be() {
    let staff = "姓名,职务,负责网格\n李某01,专职网格员,网格2\n李某02,专职网格员,网格/1\n";
    let desk = Desk::with(&[("list.csv", LIST), ("staff.csv", staff)]);
    for (extra, expected) in [
        (&[][..], ["staff.csv A2", "staff.csv A3"]),
        (&["--show-values"], ["李某01", "李某02"]),
    ] {
        let arguments = ["remind", "list.csv", MONTH, "--roster=staff.csv", ON];
        let json = desk.json(1, &[&arguments[..], &["--json"], extra].concat());
        let lines = json["reminders"].as_array().unwrap();
        assert!(
            lines
                .iter()
                .all(|line| expected.contains(&line["worker"].as_str().unwrap())),
            "{json:#}"
        );
        desk.run(1, &[&arguments[..], &["-o", "out.xlsx"], extra].concat());
        let source = gridcode::table::Source::path(desk.0.path().join("out.xlsx"));
        let book =
            gridcode::table::Book::open(&source, &gridcode::table::ReadOptions::default()).unwrap();
        let names: Vec<_> = book
            .sheets()
            .iter()
            .filter_map(|sheet| sheet.name.as_deref())
            .collect();
        assert_eq!(names, expected);
    }
}

#[test]
fn a_person_in_the_column_of_grids_is_in_no_output() {
    let list = "网格,楼栋,房号,姓名,出生日期,居住类型,住房性质\n\
        欧阳锋,3栋,803,欧阳锋,1946-12-05,常住人口,自购房\n\
        990100194612050029,3栋,804,张某,1946-12-06,常住人口,自购房\n";
    let desk = Desk::with(&[("list.csv", list)]);
    for format in ["text", "json", "csv", "ics"] {
        let out = desk.run(0, &["remind", "list.csv", MONTH, "--format", format, ON]);
        for personal in ["欧阳锋", "990100194612050029"] {
            assert!(!out.contains(personal), "{format}");
        }
    }
}
