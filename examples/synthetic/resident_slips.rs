//! A list of residents with mistakes in ID numbers, births, ages and flags, and the truth about each.

use fastrand::Rng;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::community::{Household, Person};
use super::files::Planted;
use super::ids::with_check;
use super::lists::{Cell, column, resident_rows};

/// What a slip may look at: the household, one of its residents, the day.
struct Look<'a> {
    home: &'a Household,
    person: &'a Person,
    on: Date,
}

/// Where the text goes.
#[derive(Clone, Copy)]
enum Rows {
    /// Into the resident's row.
    One,
    /// Into every row of the household, which all repeat it; its place is the first.
    All,
    /// Into the second row of the household only.
    Second,
}

type Slip = (&'static str, usize, Rows, fn(&Look) -> Option<Cell>);

const SLIPS: &[Slip] = &[
    ("flag-missing", column::CODE, Rows::All, flag_missing),
    ("flag-missing", column::CODE, Rows::All, flag_missing),
    ("flag-missing", column::CODE, Rows::All, flag_missing),
    ("flag-stale", column::CODE, Rows::All, flag_stale),
    ("flag-stale", column::CODE, Rows::All, flag_stale),
    // The eldest is 79: too early by less than a year.
    ("flag-stale", column::CODE, Rows::All, |look| {
        let eldest = look.home.people.iter().map(|person| person.age).max();
        (eldest == Some(79)).then(|| format!("{}8", look.home.code()).into())
    }),
    ("two-codes", column::CODE, Rows::Second, |look| {
        let wrong = if look.home.rented { 'a' } else { 'b' };
        recoded(look, look.home.resident(), wrong)
    }),
    ("two-codes", column::CODE, Rows::Second, |look| {
        let wrong = if look.home.permanent { 'B' } else { 'A' };
        recoded(look, wrong, look.home.tenure())
    }),
    ("id-length", column::ID, Rows::One, |look| {
        look.person.id.get(..17).map(Cell::from)
    }),
    ("id-length", column::ID, Rows::One, |look| {
        look.person.id.get(1..).map(Cell::from)
    }),
    ("id-length", column::ID, Rows::One, |look| {
        text(format!("{}1", look.person.id))
    }),
    ("id-date", column::ID, Rows::One, |look| dated(look, "1301")),
    ("id-date", column::ID, Rows::One, |look| dated(look, "0230")),
    ("id-checksum", column::ID, Rows::One, |look| {
        let digits = look.person.id.get(..17)?;
        let wrong = if look.person.id.ends_with('7') {
            '3'
        } else {
            '7'
        };
        text(format!("{digits}{wrong}"))
    }),
    ("id-checksum", column::ID, Rows::One, |look| {
        // Two digits exchanged.
        let id = &look.person.id;
        let (before, pair, after) = (id.get(..14)?, id.get(14..16)?, id.get(16..)?);
        let turned: String = pair.chars().rev().collect();
        (turned != pair).then(|| format!("{before}{turned}{after}").into())
    }),
    ("id-checksum", column::ID, Rows::One, |look| {
        let id = &look.person.id;
        let other = if id.get(16..17)? == "5" { '6' } else { '5' };
        text(format!("{}{other}{}", id.get(..16)?, id.get(17..)?))
    }),
    ("id-truncated", column::ID, Rows::One, truncated),
    ("id-truncated", column::ID, Rows::One, truncated),
    ("id-truncated", column::ID, Rows::One, truncated),
    ("scientific-notation", column::ID, Rows::One, |look| {
        text(format!("9.{}E+17", look.person.id.get(1..15)?))
    }),
    ("scientific-notation", column::ID, Rows::One, |_| {
        text("9.90E+17")
    }),
    ("birth-impossible", column::BIRTH, Rows::One, |look| {
        text(format!("{}-02-30", look.person.birth.year()))
    }),
    ("birth-impossible", column::BIRTH, Rows::One, |look| {
        text(format!("{}-13-01", look.person.birth.year()))
    }),
    ("birth-future", column::BIRTH, Rows::One, |look| {
        Some(Cell::Day(look.on.saturating_add(40.days())))
    }),
    ("birth-future", column::BIRTH, Rows::One, |look| {
        Some(Cell::Day(look.on.saturating_add(10.years())))
    }),
    ("birth-id-mismatch", column::BIRTH, Rows::One, |look| {
        (look.person.birth.day() < 28).then(|| Cell::Day(look.person.birth.saturating_add(1.day())))
    }),
    ("birth-id-mismatch", column::BIRTH, Rows::One, |look| {
        Some(Cell::Day(look.person.birth.saturating_sub(10.years())))
    }),
    ("birth-id-mismatch", column::BIRTH, Rows::One, |look| {
        // Month and day exchanged.
        let birth = look.person.birth;
        (birth.day() <= 12 && birth.day() != birth.month())
            .then(|| Cell::Day(date(birth.year(), birth.day(), birth.month())))
    }),
    ("age-mismatch", column::AGE, Rows::One, |look| {
        Some(Cell::Number(u32::from(look.person.age) + 3))
    }),
    ("age-mismatch", column::AGE, Rows::One, |look| {
        Some(Cell::Number(u32::from(look.person.age) + 100))
    }),
    ("age-mismatch", column::AGE, Rows::One, |look| {
        Some(Cell::Number(u32::from(look.person.age.checked_sub(5)?)))
    }),
    ("residents-count", column::COUNT, Rows::All, |look| {
        Some(Cell::Number(people(look) + 1))
    }),
    ("residents-count", column::COUNT, Rows::All, |look| {
        Some(Cell::Number(people(look) + 9))
    }),
    ("residents-count", column::COUNT, Rows::All, |look| {
        (people(look) > 1).then(|| Cell::Number(people(look) - 1))
    }),
    ("placeholder", column::ID, Rows::One, |_| {
        text("111111111111111111")
    }),
    ("placeholder", column::ID, Rows::One, |_| text("无")),
    ("harmless", column::ID, Rows::One, |look| {
        let id = &look.person.id;
        id.ends_with('X').then(|| id.to_ascii_lowercase().into())
    }),
    ("harmless", column::ID, Rows::One, |look| {
        text(format!("{}\u{a0}", look.person.id))
    }),
    ("harmless", column::BIRTH, Rows::One, |look| {
        let birth = look.person.birth;
        text(format!(
            "{}/{}/{}",
            birth.year(),
            birth.month(),
            birth.day()
        ))
    }),
    ("harmless", column::BIRTH, Rows::One, |look| {
        let birth = look.person.birth;
        text(format!(
            "{}{:02}{:02}",
            birth.year(),
            birth.month(),
            birth.day()
        ))
    }),
    ("harmless", column::BIRTH, Rows::One, |look| {
        let birth = look.person.birth;
        text(format!(
            "{}年{}月{}日",
            birth.year(),
            birth.month(),
            birth.day()
        ))
    }),
    ("harmless", column::PHONE, Rows::One, |look| {
        let phone = look.home.phone();
        text(format!(
            "{} {} {}",
            phone.get(..3)?,
            phone.get(3..7)?,
            phone.get(7..)?
        ))
    }),
];

/// The rows with mistakes, and where each stands in the file.
pub(crate) fn spoil(seed: u64, on: Date, homes: &[&Household]) -> (Vec<Vec<Cell>>, Vec<Planted>) {
    let mut rng = Rng::with_seed(seed ^ 0xD2);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut free = Vec::new();
    for home in homes {
        free.push((*home, rows.len()));
        rows.extend(resident_rows(home));
    }
    rng.shuffle(&mut free);
    let mut planted = Vec::new();
    for &(kind, column, place, write) in SLIPS {
        let found = free.iter().enumerate().find_map(|(nth, &(home, first))| {
            let who = match place {
                Rows::All => 0,
                Rows::Second => 1,
                // The telephone stands in the head's row.
                Rows::One if column == column::PHONE => 0,
                Rows::One => nth % home.people.len(),
            };
            let person = home.people.get(who)?;
            Some((nth, home, first, who, write(&Look { home, person, on })?))
        });
        let Some((nth, home, first, who, cell)) = found else {
            continue;
        };
        free.swap_remove(nth);
        let (start, count) = match place {
            Rows::All => (first, home.people.len()),
            Rows::One | Rows::Second => (first + who, 1),
        };
        for cells in rows.iter_mut().skip(start).take(count) {
            if let Some(slot) = cells.get_mut(column) {
                *slot = cell.clone();
            }
        }
        planted.push(Planted {
            row: number(first + who),
            column: Some(column),
            kind,
            what: cell.text(),
        });
    }

    // One row without its last two cells, one with a cell too many.
    for longer in [false, true] {
        let Some((_, first)) = free.pop() else {
            continue;
        };
        if let Some(row) = rows.get_mut(first) {
            if longer {
                row.push("多一格".into());
            } else {
                row.truncate(row.len() - 2);
            }
            planted.push(Planted {
                row: number(first),
                column: None,
                kind: "ragged",
                what: format!("{} cells", row.len()),
            });
        }
    }
    (rows, planted)
}

/// The line a row stands on, below the header.
fn number(row: usize) -> usize {
    row + 2
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the end of a slip, which may also not apply"
)]
fn text(text: impl Into<Cell>) -> Option<Cell> {
    Some(text.into())
}

fn people(look: &Look) -> u32 {
    u32::try_from(look.home.people.len()).unwrap_or(0)
}

fn flag_missing(look: &Look) -> Option<Cell> {
    let code = look.home.code();
    (look.home.flag() == "8").then(|| code.trim_end_matches('8').into())
}

fn flag_stale(look: &Look) -> Option<Cell> {
    look.home
        .flag()
        .is_empty()
        .then(|| format!("{}8", look.home.code()).into())
}

/// The code with other letters.
fn recoded(look: &Look, resident: char, tenure: char) -> Option<Cell> {
    text(format!(
        "{}{resident}{tenure}{}",
        look.home.room,
        look.home.flag()
    ))
}

/// The ID number with another month and day, and the check character that fits.
fn dated(look: &Look, month_day: &str) -> Option<Cell> {
    let id = &look.person.id;
    text(with_check(&format!(
        "{}{month_day}{}",
        id.get(..10)?,
        id.get(14..17)?
    )))
}

/// What a spreadsheet leaves of an ID number typed as a number: 15 digits, then zeros.
fn truncated(look: &Look) -> Option<Cell> {
    text(format!("{}000", look.person.id.get(..15)?))
}
