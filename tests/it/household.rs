//! Households: the code that follows from their rows, ages to the day, and whether a row is a household or a resident.

use gridcode::codebook::Codebook;
use gridcode::household::{Age, Birth, Derived, Entry, Household, Level, Undecided};
use gridcode::row::{CellKind, Column, Columns, Field, Row};
use jiff::civil::{Date, date};

const ON: Date = date(2026, 11, 1);

/// Columns and rows of a list written with `|`; the first line holds field keys.
fn list(text: &str) -> (Columns, Vec<Row>) {
    let mut lines = text.lines().map(str::trim);
    let columns = lines.next().unwrap().split('|').map(|key| {
        let field = Field::from_key(key);
        assert!(field.is_some(), "{key}");
        let header = key.to_owned();
        Column { header, field }
    });
    let columns = Columns::new(columns.collect());
    let rows = (2_u64..)
        .zip(lines)
        .map(|(number, line)| Row::of(number, line.split('|')));
    (columns, rows.collect())
}

/// All rows as one household.
fn household(level: Level, codebook: &Codebook, text: &str) -> Household {
    let (columns, rows) = list(text);
    let entries: Vec<Entry<'_>> = (1..)
        .zip(&rows)
        .map(|(record, row)| Entry::read(row, &columns, record, level, codebook))
        .collect();
    let mut household = Household::begin(&entries[0], codebook, ON);
    for entry in &entries[1..] {
        household.add(entry, codebook, ON);
    }
    household.finish(codebook);
    household
}

fn persons(text: &str) -> Derived {
    household(Level::Person, Codebook::shushan(), text)
        .facts
        .derive()
}

/// Letters as in a code, `?` for a missing one, `-` for one that no letter fits; flags; then the open flags.
fn shown(derived: Derived) -> String {
    fn letter<L: ToString>(letter: Result<L, Undecided>) -> String {
        match letter {
            Ok(letter) => letter.to_string(),
            Err(Undecided::Missing) => "?".to_owned(),
            Err(Undecided::Unmapped) => "-".to_owned(),
        }
    }
    let mut text = letter(derived.resident) + &letter(derived.tenure);
    text.extend(derived.flags.iter().map(|digit| char::from(b'0' + digit)));
    if derived.open_flags.iter().next().is_some() {
        text.push('+');
        text.extend(
            derived
                .open_flags
                .iter()
                .map(|digit| char::from(b'0' + digit)),
        );
    }
    text
}

fn own(lines: &str) -> Codebook {
    Codebook::from_toml(&format!("extends = \"shushan\"\n{lines}"), "own.toml").unwrap()
}

#[test]
fn the_heads_resident_type_counts_wherever_the_heads_row_stands() {
    for (rows, expected) in [
        ("常住|户主|30\n流动|子|5", "A?"),
        ("流动|子|5\n常住|户主|30", "A?"),
        ("流动|子|5\n常住|户主|30\n流动|女|3", "A?"),
        ("流动|子|5\n常住|0|30", "A?"),
        // No head: the first row.
        ("流动|子|5\n常住|配偶|30", "B?"),
        ("流动||5\n常住||30", "B?"),
        ("不详||5\n常住||30", "A?"),
        // The first of two heads.
        ("流动|户主|5\n常住|户主|30", "B?"),
    ] {
        let text = format!("resident|relation|age\n{rows}");
        assert_eq!(shown(persons(&text)), expected, "{rows}");
    }
}

#[test]
fn a_value_without_a_letter_is_not_replaced_by_another_rows() {
    for (rows, expected) in [
        ("空挂户|户主|30\n流动|子|5", "-?"),
        ("流动|子|5\n空挂户|户主|30", "-?"),
        // A word nobody knows is no better.
        ("候鸟老人|户主|30\n流动|子|5", "-?"),
        ("空挂户|户主|30\n流动|户主|35", "-?"),
        // Somebody else's changes nothing.
        ("常住|户主|30\n空挂户|子|5", "A?"),
        ("空挂户|子|5\n常住|户主|30", "A?"),
        // Without a head the first row decides, either way.
        ("空挂户|子|5\n常住|女|30", "-?"),
        ("常住|女|30\n空挂户|子|5", "A?"),
    ] {
        let text = format!("resident|relation|age\n{rows}");
        assert_eq!(shown(persons(&text)), expected, "{rows}");
    }
}

#[test]
fn a_codebook_can_let_the_first_row_decide() {
    let book = own("household.resident = \"first\"");
    for (rows, expected) in [
        ("流动|子|5\n常住|户主|30", "B?"),
        ("流动|子|5\n空挂户|户主|30", "B?"),
        ("空挂户|子|5\n常住|户主|30", "-?"),
    ] {
        let text = format!("resident|relation|age\n{rows}");
        let derived = household(Level::Person, &book, &text).facts.derive();
        assert_eq!(shown(derived), expected, "{rows}");
    }
}

#[test]
fn one_tenants_row_makes_the_home_rented() {
    for (rows, expected) in [
        ("自购|户主|30\n租赁|租客|25", "?b"),
        ("租赁||30\n自购||25", "?b"),
        ("自购|户主|30\n|租客|25", "?b"),
        ("自购|户主|30\n自购|租客|25", "?b"),
        ("借住|户主|30\n租赁||25", "?b"),
        ("借住|租客|30", "?b"),
        ("自购|户主|30\n借住||25", "?-"),
        ("借住||30\n自购|户主|25", "?-"),
        ("自购|户主|30\n不详||25", "?a"),
        ("|户主|30\n无||25", "??"),
    ] {
        let text = format!("tenure|relation|age\n{rows}");
        assert_eq!(shown(persons(&text)), expected, "{rows}");
    }
}

#[test]
fn among_other_tenures_the_heads_counts() {
    let book = own("tenure.c = { zh = \"单位宿舍\" }\nvalues.tenure.\"单位宿舍\" = \"c\"");
    for (rows, expected) in [
        ("单位宿舍|子|5\n自购|户主|30", "?a"),
        ("自购|子|5\n单位宿舍|户主|30", "?c"),
        ("自购|子|5\n单位宿舍|女|30", "?a"),
        ("租赁|子|5\n单位宿舍|户主|30", "?b"),
    ] {
        let text = format!("tenure|relation|age\n{rows}");
        let derived = household(Level::Person, &book, &text).facts.derive();
        assert_eq!(shown(derived), expected, "{rows}");
    }
}

#[test]
fn a_head_with_lodgers_of_another_type_differs() {
    let differs = |rows: &str| {
        let text = format!("resident|relation\n{rows}");
        household(Level::Person, Codebook::shushan(), &text)
            .facts
            .residents_differ
    };
    assert!(differs("常住|户主\n流动|租客"));
    assert!(differs("流动|租客\n常住|户主"));
    assert!(!differs("常住|户主\n户籍|子\n|女\n不详|其他"));
    assert!(!differs("空挂户|户主\n常住|子"));
}

#[test]
fn eighty_counts_from_the_birthday_on() {
    for (birth, expected) in [
        ("1946-11-01", "??8"),
        ("1946-11-02", "??"),
        ("1946-10-31", "??8"),
        // Only the month or the year is known: open until it is certain.
        ("1946-11", "??+8"),
        ("1946-10", "??8"),
        ("1946-12", "??"),
        ("1946", "??+8"),
        ("1945", "??8"),
        ("1947", "??"),
        ("1900-01-01", "??+8"),
        ("", "??+8"),
        ("2027-01-01", "??+8"),
    ] {
        let text = format!("birth\n{birth}\n1990-01-01");
        assert_eq!(shown(persons(&text)), expected, "{birth}");
    }
}

#[test]
fn the_id_number_beats_the_birth_date_and_that_beats_the_age() {
    for (row, expected) in [
        // A sound number of 1946-11-01 … and one of 1950.
        ("440524188001010014||30", "??+8"),
        ("11010519491231002X|1940-01-01|90", "??"),
        ("110105194912310021|1940-01-01|30", "??8"),
        ("|1940-01-01|30", "??8"),
        ("|1990-01-01|90", "??"),
        ("||90", "??8"),
        ("||80周岁", "??8"),
        ("||79", "??"),
        ("111111111111111111|1900-01-01|1", "??+8"),
        ("无|不详|-", "??+8"),
        ("||999", "??+8"),
        // Nobody is that old: a slip, from which nothing follows.
        ("||155", "??+8"),
        ("|1850-01-01|", "??+8"),
        ("||八十五", "??+8"),
    ] {
        let text = format!("id|birth|age\n{row}");
        assert_eq!(shown(persons(&text)), expected, "{row}");
    }
}

#[test]
fn whoever_is_not_listed_leaves_the_flag_open() {
    for (rows, expected) in [
        ("2|30\n2|40", "??"),
        ("3|30\n3|40", "??+8"),
        ("3人|85\n3人|40", "??8"),
        ("1|30\n1|40", "??"),
        ("0|30\n0|40", "??"),
        ("三|30\n|40", "??"),
    ] {
        let text = format!("residents|age\n{rows}");
        assert_eq!(shown(persons(&text)), expected, "{rows}");
    }
    for (row, expected) in [
        ("1|30", "??"),
        ("3|30", "??+8"),
        ("|30", "??+8"),
        ("3|85", "??8"),
        ("1|", "??+8"),
    ] {
        let text = format!("residents|age\n{row}");
        let derived = household(Level::Household, Codebook::shushan(), &text)
            .facts
            .derive();
        assert_eq!(shown(derived), expected, "{row}");
    }
}

#[test]
fn the_eldest_decade_needs_every_age() {
    let decades = |level, rows: &str| {
        let text = format!("residents|age\n{rows}");
        shown(
            household(level, Codebook::age_decade(), &text)
                .facts
                .derive(),
        )
    };
    assert_eq!(decades(Level::Person, "2|30\n2|59"), "??5");
    assert_eq!(decades(Level::Person, "2|9\n2|5"), "??");
    assert_eq!(decades(Level::Person, "2|80\n2|"), "??8");
    assert_eq!(decades(Level::Person, "2|79\n2|"), "??+78");
    assert_eq!(decades(Level::Person, "3|79\n3|60"), "??+78");
    assert_eq!(decades(Level::Person, "3|82\n3|60"), "??8");
    assert_eq!(decades(Level::Person, "2|\n2|"), "??+12345678");
    // One age of several people: nobody is younger than the eldest, but somebody may be older.
    assert_eq!(decades(Level::Household, "1|55"), "??5");
    assert_eq!(decades(Level::Household, "4|55"), "??+5678");
    assert_eq!(decades(Level::Household, "|55"), "??+5678");
    assert_eq!(decades(Level::Household, "4|85"), "??8");
}

#[test]
fn a_year_only_birth_leaves_both_decades_open() {
    let text = "birth\n1966\n1990-01-01";
    let derived = household(Level::Person, Codebook::age_decade(), text)
        .facts
        .derive();
    assert_eq!(shown(derived), "??+56");
}

#[test]
fn the_heads_age_is_nobody_elses() {
    let book = own("flag.6 = { zh = \"户主60岁以上\", when = { age-of = \"head\", from = 60 } }");
    for (rows, expected) in [
        ("户主|61\n子|30", "??6"),
        ("户主|59\n父亲|79", "??"),
        ("子|30\n户主|61", "??6"),
        ("户主|\n子|30", "??+68"),
        ("子|61\n女|62", "??+6"),
    ] {
        let text = format!("relation|age\n{rows}");
        let derived = household(Level::Person, &book, &text).facts.derive();
        assert_eq!(shown(derived), expected, "{rows}");
    }
}

#[test]
fn a_tag_counts_in_any_row_and_its_column_is_needed() {
    let book = own("flag.1 = { zh = \"独居\", when = { tag = \"独居\" } }");
    let derive = |text: &str| shown(household(Level::Person, &book, text).facts.derive());
    assert_eq!(derive("age|tags\n30|\n40|独居老人,低保户"), "??1");
    assert_eq!(derive("age|tags\n30|\n40|低保户"), "??");
    assert_eq!(derive("age\n30"), "??+1");
}

#[test]
fn a_flag_left_open_is_kept_from_the_former_code_and_one_that_fell_is_not() {
    let book = Codebook::shushan();
    let former = book.parse("803Aa578").unwrap();
    let code = |age: &str| {
        let text = format!("resident|tenure|age\n常住|租赁|{age}");
        let derived = household(Level::Person, book, &text).facts.derive();
        derived.code(former.unit, Some(former)).unwrap().to_string()
    };
    assert_eq!(code("85"), "803Ab8");
    assert_eq!(code(""), "803Ab8");
    // 5 and 7 follow from nothing that is known.
    assert_eq!(code("57"), "803Ab");
}

#[test]
fn ages_are_completed_years_across_leap_days_and_centuries() {
    let age = |born: Date, on: Date| Birth::Day(born).age_on(on);
    for (born, on, years) in [
        (date(1924, 2, 29), date(2004, 2, 28), 79),
        (date(1924, 2, 29), date(2004, 2, 29), 80),
        (date(1944, 2, 29), date(2025, 2, 28), 80),
        (date(1944, 2, 29), date(2025, 3, 1), 81),
        // 2100 is no leap year, 2000 was one.
        (date(2020, 2, 29), date(2100, 2, 28), 79),
        (date(2020, 2, 29), date(2100, 3, 1), 80),
        (date(1920, 2, 29), date(2000, 2, 29), 80),
        (date(1900, 3, 1), date(2000, 2, 29), 99),
        (date(1900, 3, 1), date(2000, 3, 1), 100),
        (date(1999, 12, 31), date(2000, 1, 1), 0),
        (date(2000, 1, 1), date(2000, 1, 1), 0),
    ] {
        assert_eq!(age(born, on), Some(Age::exactly(years)), "{born} {on}");
    }
    assert_eq!(age(date(2026, 11, 2), ON), None);
    assert_eq!(Birth::Year(2026).age_on(ON), Some(Age::exactly(0)));
    assert_eq!(Birth::Month(2026, 12).age_on(ON), None);
}

#[test]
fn no_birth_date_and_no_row_of_it_prints_itself() {
    let birth = Birth::read("1946-11-02", CellKind::Text).unwrap();
    assert!(!format!("{birth:?}").contains("1946"));
    let text = "id|birth\n11010519491231002X|1949-12-31";
    let household = household(Level::Person, Codebook::shushan(), text);
    let printed = format!("{household:?}");
    assert!(
        !printed.contains("1949") && !printed.contains("11010519"),
        "{printed}"
    );
}

fn level(text: &str) -> Level {
    let (columns, rows) = list(text);
    Level::detect(&columns, rows.iter(), Codebook::shushan())
}

#[test]
fn one_family_member_under_an_owner_makes_a_list_of_residents() {
    // As the import template of a community system in wide use has it: owner, member of the family, tenant.
    let people = "building|unit|name|tenure\n1|101|住户01|业主\n1|101|住户02|家庭成员\n1|102|住户03|业主\n1|103|住户04|业主\n1|104|住户05|业主\n1|105|住户06|租客";
    assert_eq!(level(people), Level::Person);
    let households = people.replace("家庭成员", "业主");
    assert_eq!(level(&households), Level::Household);
}

#[test]
fn a_household_list_with_some_duplicates_stays_one() {
    let rows = |text: &str| format!("building|unit|name|phone\n{text}");
    assert_eq!(
        level(&rows(
            "3栋|801|甲|1\n3栋|802|乙|2\n3栋|802|丙|3\n3栋|803|丁|4\n3栋|804|戊|5"
        )),
        Level::Household
    );
    // Nobody is in it.
    assert_eq!(
        level("building|unit|resident\n3栋|801|常住\n3栋|801|流动\n3栋|801|常住"),
        Level::Household
    );
    assert_eq!(level(&rows("3栋|801|甲|1")), Level::Household);
    assert_eq!(level("building|unit|name"), Level::Household);
    // A column of relations in which everybody is a head, or nothing is written.
    assert_eq!(
        level("unit|name|relation\n801|甲|户主\n802|乙|本人\n803|丙|\n804|丁|/\n805|戊|无"),
        Level::Household
    );
}

#[test]
fn the_code_tells_households_apart_where_no_unit_does() {
    let text = "building|name|code\n3栋|甲|801Aa\n3栋|乙|802Aa\n3栋|丙|803Aa\n3栋|丁|804Bb";
    assert_eq!(level(text), Level::Household);
    assert_eq!(
        level("building|name\n3栋|甲\n3栋|乙\n3栋|丙"),
        Level::Household
    );
    let text = "building|name|code\n3栋|甲|801Aa\n3栋|乙|801Aa\n3栋|丙|803Aa\n3栋|丁|803Aa";
    assert_eq!(level(text), Level::Person);
}

#[test]
fn a_list_of_residents_is_known_by_its_repeated_or_blank_doors() {
    for text in [
        "building|unit|name\n3栋|801|甲\n3栋|801|乙\n3栋|802|丙\n3栋|802|丁",
        "building|unit|name\n3栋|801|甲\n||乙\n||丙\n3栋|802|丁\n||戊",
        "building|unit|id\n3栋|801|990100196709270019\n|||\n3栋|802|990100197204300002\n||990100197109200003",
        "household-id|name\n0001|甲\n0001|乙\n0002|丙\n0002|丁",
        "address|name\n3栋801室|甲\n|乙\n3栋802室|丙",
        "unit|name|relation\n801|甲|户主\n802|乙|户主\n802|丙|配偶\n803|丁|户主\n804|戊|户主\n805|己|户主\n806|庚|户主\n807|辛|户主\n808|壬|户主",
    ] {
        assert_eq!(level(text), Level::Person, "{text}");
    }
}
