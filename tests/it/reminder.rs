//! What comes due for whom, and on which day: the rules against vectors, lists against what was written into them.

use gridcode::Lang;
use gridcode::address;
use gridcode::census::{self, Options, Target};
use gridcode::codebook::Codebook;
use gridcode::household::{Birth, Sex};
use gridcode::reminder::{Asked, Basis, Check, Events, Matter, Post, Reminders, collect};
use gridcode::row::CellKind;
use gridcode::table::{Source, TableError};
use jiff::civil::{Date, date};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn remind(list: &str, from: Date, to: Date) -> Reminders {
    remind_by(Events::builtin(), list, from, to)
}

fn remind_by(events: &Events, list: &str, from: Date, to: Date) -> Reminders {
    let options = Options::new(Codebook::shushan(), date(2026, 11, 24));
    let asked = Asked {
        from,
        to,
        events,
        post: None,
    };
    let source = Source::bytes("list.csv", list.as_bytes().to_vec());
    collect(&source, &options, &asked, &mut |_| {}).unwrap()
}

/// Event (or `=old→new`), day, row and checks of every line.
fn told(reminders: &Reminders) -> Vec<String> {
    let code =
        |code: &Option<gridcode::GridCode>| code.map_or("?".to_owned(), |code| code.to_string());
    reminders
        .lines
        .iter()
        .map(|line| {
            let what = match &line.matter {
                Matter::Event(life) => {
                    let checks: Vec<_> = life.checks.iter().map(Check::key).collect();
                    format!("{} {}", life.event.id, checks.join(" "))
                }
                Matter::Code { old, new, .. } => format!("{}→{}", code(old), code(new)),
            };
            format!("{} {} {}", line.due, line.place.row, what.trim_end())
        })
        .collect()
}

fn month(year: i16, month: i8) -> (Date, Date) {
    let first = date(year, month, 1);
    (first, first.last_of_month())
}

#[test]
fn every_vector_comes_due_on_its_day() {
    let mut reader = csv::Reader::from_path(format!("{ROOT}/fixtures/reminders/due.csv")).unwrap();
    let mut count = 0;
    for record in reader.records() {
        let record = record.unwrap();
        let event = Events::builtin().get(&record[0]).unwrap();
        let birth = Birth::read(&record[1], CellKind::Text).unwrap();
        let due = event.due(birth).map(|due| due.to_string());
        assert_eq!(due.as_deref(), Some(&record[2]), "{record:?}");
        count += 1;
    }
    assert!(count > 800, "{count} vectors");
}

#[test]
fn whoever_reached_the_old_retirement_age_before_2025_is_not_reminded() {
    for (event, born) in [
        ("retirement-men", date(1964, 12, 31)),
        ("retirement-women-55", date(1969, 12, 31)),
        ("retirement-women-50", date(1974, 12, 31)),
    ] {
        let event_of_the_31st = Events::builtin().get(event).unwrap();
        let due = event_of_the_31st.due(Birth::Day(born.tomorrow().unwrap().last_of_month()));
        assert_eq!(due.unwrap().to_string(), "2025-02", "born on 31 January");
        let event = Events::builtin().get(event).unwrap();
        assert_eq!(event.due(Birth::Day(born)), None);
        assert!(event.due(Birth::Day(born.tomorrow().unwrap())).is_some());
    }
}

#[test]
fn the_day_before_and_the_day_after_are_outside_of_the_range() {
    let list = "楼栋,房号,出生日期,性别\n3栋,1,1966-11-30,男\n3栋,2,1966-12-01,男\n3栋,3,1966-12-31,男\n3栋,4,1967-01-01,男\n";
    let (from, to) = month(2026, 12);
    let lines = told(&remind(list, from, to));
    assert_eq!(
        lines,
        ["2026-12-01 3 senior-card", "2026-12-31 4 senior-card"]
    );
}

#[test]
fn a_leap_day_child_turns_sixty_on_the_leap_day_and_sixteen_and_seventy_by_the_first_of_march() {
    let list = "楼栋,房号,出生日期\n3栋,1,1956-02-29\n3栋,2,1968-02-29\n";
    assert_eq!(
        told(&remind(list, date(2026, 2, 28), date(2026, 2, 28))),
        [""; 0]
    );
    assert_eq!(
        told(&remind(list, date(2026, 3, 1), date(2026, 3, 1))),
        ["2026-03-01 2 free-buses"]
    );
    assert_eq!(
        told(&remind(list, date(2028, 2, 29), date(2028, 2, 29))),
        ["2028-02-29 3 senior-card"]
    );
}

#[test]
fn the_first_of_september_divides_the_years_of_school() {
    let list = "楼栋,房号,出生日期\n3栋,1,2020-08-31\n3栋,2,2020-09-01\n";
    let lines = told(&remind(list, date(2026, 8, 31), date(2026, 8, 31)));
    assert_eq!(lines, ["2026-08-31 2 school-entry"]);
    // Three months ahead it is told already, and no day sooner.
    let lines = told(&remind(list, date(2026, 5, 31), date(2026, 5, 31)));
    assert_eq!(lines, ["2026-08-31 2 school-entry"]);
    assert_eq!(
        told(&remind(list, date(2026, 5, 30), date(2026, 5, 30))),
        [""; 0]
    );
}

#[test]
fn the_allowance_is_paid_from_the_next_month_and_is_to_be_checked_for_the_floating() {
    let list = "楼栋,房号,出生日期,居住类型,住房性质\n3栋,1,1946-12-05,常住人口,自购房\n3栋,2,1946-12-06,流动人口,出租房\n3栋,3,1946-12-07,,自购房\n";
    let (from, to) = month(2026, 12);
    let due = remind(list, from, to);
    assert_eq!(
        told(&due),
        [
            "2026-12-05 2 old-age-allowance-80",
            "2026-12-05 2 1Aa→1Aa8",
            "2026-12-06 3 old-age-allowance-80 floating",
            "2026-12-06 3 2Bb→2Bb8",
            "2026-12-07 4 old-age-allowance-80 registration-unknown",
            "2026-12-07 4 ?→?",
        ]
    );
    let Matter::Event(life) = &due.lines[0].matter else {
        panic!("an event");
    };
    assert_eq!(life.effect, Some(date(2027, 1, 1)));
    assert_eq!(life.event.basis, Basis::Unverified);
}

#[test]
fn a_month_or_a_year_of_birth_is_told_so_and_to_be_checked() {
    let list = "楼栋,房号,出生日期,性别\n3栋,1,1966-12,女\n3栋,2,1966,女\n3栋,3,1966年12月,女\n";
    let (from, to) = month(2026, 12);
    let due = remind(list, from, to);
    assert_eq!(
        told(&due),
        [
            "2026 3 senior-card day-unknown",
            "2026-12 2 senior-card day-unknown",
            "2026-12 4 senior-card day-unknown",
        ]
        .map(str::to_owned)
        .into_iter()
        .collect::<Vec<_>>()
    );
    assert_eq!((due.people.month, due.people.year), (2, 1));
    let (from, to) = month(2026, 11);
    assert_eq!(
        told(&remind(list, from, to)),
        ["2026 3 senior-card day-unknown"]
    );
}

#[test]
fn everybody_is_counted_once_by_what_is_known_of_their_birth() {
    let list = "姓名,身份证号,出生日期,年龄,楼栋,房号\n\
        甲,11010519491231002X,,,3栋,1\n乙,,1950-02-30,,3栋,2\n丙,,,61,3栋,3\n丁,,,,3栋,4\n戊,,1950,,3栋,5\n己,111111111111111111,,1,3栋,6\n\
        庚,110105194912310020,,,3栋,7\n辛,,1850-01-01,,3栋,8\n壬,,1966-12,,3栋,9\n";
    let (from, to) = month(2026, 12);
    let people = remind(list, from, to).people;
    assert_eq!(
        (people.residents, people.day, people.month, people.year),
        (9, 1, 1, 1)
    );
    assert_eq!(
        (people.age_only, people.unreadable, people.nothing),
        (1, 3, 2)
    );
    let notes: Vec<_> = gridcode::report::reminder::text::people(&people)
        .iter()
        .map(|note| note.get(Lang::En).to_owned())
        .collect();
    assert_eq!(
        notes[0],
        "2 residents have no birth date: nothing can come due for them"
    );
}

#[test]
fn the_id_number_wins_over_the_columns_and_one_number_is_told_once() {
    // Born 1949-12-31, a woman, by the number printed in GB 11643-1999.
    let list = "楼栋,房号,身份证号,出生日期,性别\n3栋,1,11010519491231002X,1950-12-31,男\n3栋,2,11010519491231002x,,\n";
    let due = remind(list, date(2019, 1, 1), date(2020, 12, 31));
    assert_eq!(
        told(&due),
        [""; 0],
        "free buses are valid from 2020-04-08 only"
    );
    let due = remind(list, date(2029, 12, 1), date(2029, 12, 31));
    assert_eq!(
        told(&due),
        [
            "2029-12-31 2 old-age-allowance-80 registration-unknown",
            "2029-12-31 2 ?→?",
            "2029-12-31 3 ?→?"
        ]
    );
    let Matter::Event(life) = &due.lines[0].matter else {
        panic!("an event");
    };
    assert_eq!(life.sex, Some(Sex::Female));
    assert_eq!(due.people.twice, 1);
}

#[test]
fn a_woman_is_told_both_retirement_ages_to_be_checked_and_who_has_no_sex_all() {
    let list = "楼栋,房号,出生日期,性别\n3栋,1,1971-12-20,女\n3栋,2,1976-06-01,女\n3栋,3,1966-07-15,男\n3栋,4,1966-07-15,\n";
    let (from, to) = month(2026, 12);
    assert_eq!(
        told(&remind(list, from, to)),
        [
            "2026-12 4 retirement-men condition",
            "2026-12 5 retirement-men sex-unknown condition",
        ]
    );
    let (from, to) = month(2027, 6);
    assert_eq!(
        told(&remind(list, from, to)),
        ["2027-06 2 retirement-women-55 condition"]
    );
    let (from, to) = month(2027, 3);
    assert_eq!(
        told(&remind(list, from, to)),
        ["2027-03 3 retirement-women-50 condition"]
    );
}

#[test]
fn lines_stand_by_day_and_then_as_one_walks() {
    let list = "所属网格,楼栋,单元,房号,出生日期\n网格10,1栋,1单元,101,1966-12-05\n网格2,10栋,1单元,101,1966-12-05\n\
        网格2,9栋,2单元,101,1966-12-05\n网格2,9栋,1单元,1001,1966-12-05\n网格2,9栋,1单元,902,1966-12-05\n网格2,99栋,1单元,101,1966-12-04\n";
    let (from, to) = month(2026, 12);
    let due = remind(list, from, to);
    let rows: Vec<u64> = due.lines.iter().map(|line| line.place.row).collect();
    assert_eq!(rows, [7, 6, 5, 4, 3, 2]);
    assert_eq!(due.lines[0].post.grid, "网格2");
}

#[test]
fn who_answers_for_a_row_is_asked_for() {
    let list = "楼栋,房号,出生日期\n3栋,1,1966-12-05\n";
    let options = Options::new(Codebook::shushan(), date(2026, 11, 24));
    let post = |entry: &gridcode::household::Entry<'_>| Post {
        grid: entry.door.key().unwrap().to_string(),
        worker: "网格员01".to_owned(),
    };
    let asked = Asked {
        from: date(2026, 12, 1),
        to: date(2026, 12, 31),
        events: Events::builtin(),
        post: Some(&post),
    };
    let due = collect(
        &Source::bytes("list.csv", list.into()),
        &options,
        &asked,
        &mut |_| {},
    )
    .unwrap();
    assert_eq!(due.lines[0].post.grid, "3栋1室");
    assert_eq!(due.lines[0].post.worker, "网格员01");
    let door = address::parse("3栋1室").unwrap().exact().unwrap();
    assert_eq!(due.lines[0].door, Some(address::Key::new("", "", &door)));
}

#[test]
fn a_household_list_reminds_of_its_heads_and_their_codes() {
    let list = "楼栋,房号,户主姓名,户主身份证号,人数,网格编码,居住类型,住房性质\n3栋,803,甲,11010519491231002X,3,803Aa7,常住人口,自购房\n";
    let due = remind(list, date(2029, 12, 1), date(2029, 12, 31));
    assert_eq!(
        told(&due),
        [
            "2029-12-31 2 old-age-allowance-80",
            "2029-12-31 2 803Aa→803Aa8"
        ]
    );
    let Matter::Code { listed, .. } = &due.lines[1].matter else {
        panic!("a code");
    };
    assert_eq!(listed.unwrap().to_string(), "803Aa7");
}

#[test]
fn a_flag_that_somebody_else_keeps_does_not_change() {
    let list = "楼栋,房号,与户主关系,出生日期,居住类型,住房性质\n3栋,1,户主,1946-12-05,常住,自购\n3栋,1,配偶,1940-01-01,常住,自购\n\
        3栋,2,户主,1946-12-05,常住,自购\n3栋,2,配偶,,常住,自购\n3栋,1,父亲,1946-12-09,常住,自购\n";
    let (from, to) = month(2026, 12);
    let codes: Vec<_> = told(&remind(list, from, to))
        .into_iter()
        .filter(|line| line.contains('→'))
        .collect();
    assert_eq!(codes, ["2026-12-05 4 2Aa→2Aa8"]);
}

#[test]
fn a_code_changes_step_by_step_by_any_codebook() {
    let list = "楼栋,房号,出生日期,居住类型,住房性质,人数\n3栋,1,1966-12-05,常住,自购,1\n";
    let options = Options::new(Codebook::age_decade(), date(2026, 11, 24));
    let asked = Asked {
        from: date(2026, 1, 1),
        to: date(2046, 12, 31),
        events: &Events::from_toml("", "none.toml").unwrap(),
        post: None,
    };
    let due = collect(
        &Source::bytes("list.csv", list.into()),
        &options,
        &asked,
        &mut |_| {},
    )
    .unwrap();
    assert_eq!(
        told(&due),
        [
            "2026-12-05 2 1Aa5→1Aa6",
            "2036-12-05 2 1Aa6→1Aa7",
            "2046-12-05 2 1Aa7→1Aa8"
        ]
    );
}

/// Keeps the rows that are written.
#[derive(Default)]
struct Kept(Vec<Vec<String>>);

impl Target for Kept {
    fn sheet(&mut self, _name: Option<&str>, _headers: u64) -> Result<(), TableError> {
        Ok(())
    }

    fn row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<(), TableError> {
        self.0.push(cells.map(str::to_owned).collect());
        Ok(())
    }
}

#[test]
fn the_codes_that_change_are_those_that_encode_writes_otherwise_on_the_last_day_than_before_the_first()
 {
    let source = Source::path(format!(
        "{ROOT}/fixtures/communities/cuizhuyuan-residents-dirty.csv"
    ));
    let (from, to) = (date(2026, 1, 1), date(2029, 12, 31));
    let encoded = |on: Date| {
        let mut kept = Kept::default();
        census::encode(
            &source,
            &Options::new(Codebook::shushan(), on),
            &mut kept,
            &mut |_| {},
        )
        .unwrap();
        kept.0
    };
    let (before, after) = (encoded(from.yesterday().unwrap()), encoded(to));
    let different: Vec<usize> = (0..before.len())
        .filter(|row| before[*row] != after[*row])
        .collect();
    let options = Options::new(Codebook::shushan(), date(2026, 11, 24));
    let asked = Asked {
        from,
        to,
        events: &Events::from_toml("", "none.toml").unwrap(),
        post: None,
    };
    let due = collect(&source, &options, &asked, &mut |_| {}).unwrap();
    assert!(due.lines.len() > 5, "{}", due.lines.len());
    let mut rows: Vec<usize> = due
        .lines
        .iter()
        .filter(|line| matches!(line.matter, Matter::Code { new: Some(_), .. }))
        .map(|line| usize::try_from(line.place.row).unwrap() - 1)
        .collect();
    rows.sort_unstable();
    rows.dedup();
    // The rows of a household follow its first.
    for row in &rows {
        assert!(different.contains(row), "row {} does not change", row + 1);
    }
    let doors: std::collections::BTreeSet<_> = different
        .iter()
        .map(|row| before[*row][..5].to_vec())
        .collect();
    let told: std::collections::BTreeSet<_> =
        rows.iter().map(|row| before[*row][..5].to_vec()).collect();
    assert_eq!(told.len(), rows.len());
    for door in &doors {
        let known = told.contains(door) || door[2..].iter().any(String::is_empty);
        assert!(known, "{door:?} changes and is not told");
    }
}

#[test]
fn a_range_of_centuries_ends_and_a_range_cut_in_two_tells_the_same() {
    let list = "楼栋,房号,出生日期,性别\n3栋,1,1966-12-05,女\n3栋,2,2004-02-29,男\n";
    let all = told(&remind(list, date(1900, 1, 1), date(9999, 12, 31)));
    let mut parts = told(&remind(list, date(1900, 1, 1), date(2040, 6, 15)));
    parts.extend(told(&remind(list, date(2040, 6, 16), date(9999, 12, 31))));
    assert_eq!(all, parts);
    assert!(all.len() > 8, "{all:?}");
}

#[test]
fn a_fault_in_a_file_of_events_names_its_line() {
    let cases = [
        ("x = 1", 1, "unknown field"),
        ("extends = \"nowhere\"", 1, "no built-in events"),
        ("extends = \"hefei\"\nomit = [\"a\"]", 2, "no event `a`"),
        ("[event.a]\nage = 3", 1, "needs zh or en"),
        ("[event.a]\nzh = \"甲\"", 1, "one way to come due"),
        ("[event.a]\nzh = \"甲\"\nage = 131", 3, "at most 130"),
        (
            "[event.a]\nzh = \"甲\"\nage = -1",
            3,
            "a whole number from 0 to",
        ),
        (
            "[event.a]\nzh = \"甲\"\nage = 6\ncutoff = \"02-29\"",
            4,
            "every year has",
        ),
        (
            "[event.a]\nzh = \"甲\"\nage = 6\nafter-birth-months = 1",
            1,
            "one way to come due",
        ),
        (
            "[event.a]\nzh = \"甲\"\nage = 6\nsteps = { born-from = \"1965\", every = 4, most = 36 }",
            4,
            "steps such as",
        ),
        (
            "[event.a]\nzh = \"甲\"\nage = 6\nsource = \"b\"",
            4,
            "[sources] has no `b`",
        ),
        (
            "[event.a]\nzh = \"甲\"\nage = 6\nbasis = \"published\"",
            4,
            "needs a source",
        ),
        (
            "[event.a]\nzh = \"甲\"\nage = 6\nvalid-from = 08:00:00",
            4,
            "a date such as",
        ),
        (
            "[event.\"a b\"]\nzh = \"甲\"\nage = 6",
            1,
            "a name of at most",
        ),
        ("local-letters = [\"a\"]", 1, "one letter"),
        (
            "[event.a]\nzh = \"甲\"\nage = 6\nsex = \"男\"",
            4,
            "unknown variant",
        ),
    ];
    for (text, line, words) in cases {
        let error = Events::from_toml(text, "ours.toml").unwrap_err();
        assert_eq!(error.line, line, "{text}: {error}");
        assert!(error.text().en.contains(words), "{text}: {error}");
        assert!(error.text().zh.contains("第"), "{text}");
    }
}

#[test]
fn a_file_replaces_adds_and_omits_and_alone_it_is_all() {
    let text = "extends = \"hefei\"\nomit = [\"free-buses\"]\nlocal-letters = [\"A\", \"B\"]\n[event.senior-card]\nzh = \"老年证\"\nage = 65\n[event.z]\nen = \"z\"\nage = 1";
    let events = Events::from_toml(text, "ours.toml").unwrap();
    assert_eq!(events.all().len(), Events::builtin().all().len());
    assert_eq!(events.get("senior-card").unwrap().title.en, "老年证");
    assert_eq!(events.get("z").unwrap().basis, Basis::Local);
    let list =
        "楼栋,房号,出生日期,居住类型\n3栋,1,1961-12-05,流动人口\n3栋,2,1946-12-05,流动人口\n";
    let (from, to) = month(2026, 12);
    let lines = told(&remind_by(&events, list, from, to));
    assert!(
        lines.contains(&"2026-12-05 2 senior-card".to_owned()),
        "{lines:?}"
    );
    assert!(
        lines.contains(&"2026-12-05 3 old-age-allowance-80".to_owned()),
        "{lines:?}"
    );
    assert_eq!(
        Events::from_toml("[event.z]\nen = \"z\"\nage = 1", "ours.toml")
            .unwrap()
            .all()
            .len(),
        1
    );
}

#[test]
fn what_is_kept_in_memory_shows_nobody() {
    let list = "楼栋,房号,姓名,身份证号\n3栋,1,张某,11010519491231002X\n";
    let due = remind(list, date(2029, 12, 1), date(2029, 12, 31));
    let shown = format!("{due:?}");
    assert!(
        !shown.contains("张某") && !shown.contains("1949"),
        "{shown}"
    );
    let mut options = Options::new(Codebook::shushan(), date(2026, 11, 24));
    options.settings.show_values = true;
    let asked = Asked {
        from: date(2029, 12, 1),
        to: date(2029, 12, 31),
        events: Events::builtin(),
        post: None,
    };
    let due = collect(
        &Source::bytes("list.csv", list.into()),
        &options,
        &asked,
        &mut |_| {},
    )
    .unwrap();
    let Matter::Event(life) = &due.lines[0].matter else {
        panic!("an event");
    };
    assert_eq!(life.personal.as_ref().unwrap().name, "张某");
    assert!(!format!("{due:?}").contains("张某"));
}

#[test]
fn a_code_changes_on_the_last_day_that_it_may_be() {
    let list = "楼栋,单元,房号,出生日期,居住类型,住房性质\n3栋,1,101,1946-12,常住人口,自购房\n";
    let changes = |from, to| {
        let lines = told(&remind_by(Events::builtin(), list, from, to));
        lines.iter().filter(|line| line.contains("101Aa8")).count()
    };
    assert_eq!(changes(date(2026, 12, 1), date(2026, 12, 30)), 0);
    assert_eq!(changes(date(2026, 12, 31), date(2026, 12, 31)), 1);
    assert_eq!(changes(date(2026, 12, 1), date(2027, 1, 31)), 1);
}
