//! The list of households as it really arrives: some sixty slips of the pen, and the truth about each.

use fastrand::Rng;
use jiff::civil::{Date, date};

use super::community::Household;
use super::files::Planted;
use super::lists::{Cell, column, household_row};
use super::workbook::ABOVE;

/// The line under the list.
pub(crate) const FOOTER: &str = "注：空白处请核实后补填，本表合成，仅供测试";

/// Writes one slip, where the household allows it.
type Write = fn(&Household) -> Option<Cell>;

/// A kind, the column it stands in, and what is written there.
type Slip = (&'static str, usize, Write);

const SLIPS: &[Slip] = &[
    ("code-syntax", column::CODE, |home| text(wide(&home.code()))),
    ("code-syntax", column::CODE, |home| {
        text(format!("{}{}", wide(&home.room), letters(home)))
    }),
    ("code-syntax", column::CODE, |home| {
        text(format!("{} {}", home.room, letters(home)))
    }),
    ("code-syntax", column::CODE, |home| {
        text(format!("{}\u{200b}{}", home.room, letters(home)))
    }),
    ("code-syntax", column::CODE, |home| {
        text(format!("{}{}", home.room, home.resident()))
    }),
    ("code-syntax", column::CODE, |home| {
        text(format!("{}{}", home.room, home.tenure()))
    }),
    ("code-syntax", column::CODE, |home| text(letters(home))),
    ("code-syntax", column::CODE, |home| {
        let (resident, tenure) = (home.resident(), home.tenure());
        text(format!(
            "{}{}{}",
            home.room,
            resident.to_ascii_lowercase(),
            tenure.to_ascii_uppercase()
        ))
    }),
    ("code-syntax", column::CODE, |home| {
        text(format!(
            "{}{}",
            home.room,
            letters(home).to_ascii_uppercase()
        ))
    }),
    ("code-syntax", column::CODE, |home| {
        (home.flag() == "8").then(|| format!("{}7", home.code()).into())
    }),
    ("code-syntax", column::CODE, |home| {
        (home.flag() == "8").then(|| format!("{}8", home.code()).into())
    }),
    ("code-syntax", column::CODE, |home| {
        text(format!("{}{}", letters(home), home.room))
    }),
    ("code-syntax", column::CODE, |home| {
        text(format!("100{}{}", home.room, letters(home)))
    }),
    ("code-syntax", column::CODE, |home| {
        text(format!("{}-{}", home.room, letters(home)))
    }),
    ("code-syntax", column::CODE, |home| {
        text(format!("{}常自", home.room))
    }),
    ("look-alike", column::CODE, |home| {
        other(home, home.code().replacen('0', "O", 1))
    }),
    ("look-alike", column::CODE, |home| {
        other(home, home.code().replacen('0', "o", 1))
    }),
    ("look-alike", column::CODE, |home| {
        other(home, home.code().replacen('1', "l", 1))
    }),
    // Cyrillic А, В, а and Greek Α.
    ("look-alike", column::CODE, |home| {
        other(home, home.code().replace('A', "\u{410}"))
    }),
    ("look-alike", column::CODE, |home| {
        other(home, home.code().replace('B', "\u{412}"))
    }),
    ("look-alike", column::CODE, |home| {
        other(home, home.code().replace('a', "\u{430}"))
    }),
    ("look-alike", column::CODE, |home| {
        other(home, home.code().replace('A', "\u{391}"))
    }),
    ("undefined-letter", column::CODE, |home| {
        text(format!("{}C{}{}", home.room, home.tenure(), home.flag()))
    }),
    ("undefined-letter", column::CODE, |home| {
        text(format!("{}{}c{}", home.room, home.resident(), home.flag()))
    }),
    ("undefined-letter", column::CODE, |home| {
        text(format!("{}Dd{}", home.room, home.flag()))
    }),
    ("undefined-flag", column::CODE, |home| plain(home, "3")),
    ("undefined-flag", column::CODE, |home| plain(home, "1")),
    ("undefined-flag", column::CODE, |home| plain(home, "69")),
    ("code-mismatch", column::CODE, |home| {
        // No door has a number of this shape, so it is nobody else's code.
        let (landing, door) = home.room.split_at(home.room.len() - 2);
        text(format!(
            "{landing}5{}{}",
            door.trim_start_matches('0'),
            letters(home)
        ))
    }),
    ("code-mismatch", column::CODE, |home| {
        let wrong = if home.permanent { 'B' } else { 'A' };
        text(format!(
            "{}{wrong}{}{}",
            home.room,
            home.tenure(),
            home.flag()
        ))
    }),
    ("code-mismatch", column::CODE, |home| {
        let wrong = if home.rented { 'a' } else { 'b' };
        text(format!(
            "{}{}{wrong}{}",
            home.room,
            home.resident(),
            home.flag()
        ))
    }),
    ("code-mismatch", column::CODE, |home| {
        (home.permanent && !home.rented).then(|| format!("{}Bb{}", home.room, home.flag()).into())
    }),
    ("missing-unit", column::UNIT, |_| text("")),
    ("missing-unit", column::UNIT, |_| text("")),
    ("missing-resident", column::RESIDENT, |_| text("")),
    ("missing-resident", column::RESIDENT, |_| text("")),
    ("missing-tenure", column::TENURE, |_| text("")),
    ("missing-tenure", column::TENURE, |_| text("")),
    ("unmapped-value", column::TENURE, |_| text("借住")),
    ("unmapped-value", column::TENURE, |_| text("空置")),
    ("unmapped-value", column::TENURE, |_| text("单位宿舍")),
    ("unmapped-value", column::TENURE, |_| text("寄宿")),
    ("unmapped-value", column::RESIDENT, |_| text("空挂户")),
    ("unmapped-value", column::RESIDENT, |_| text("境外人员")),
    ("unmapped-value", column::RESIDENT, |_| text("户在人不在")),
    ("date-mangled", column::UNIT, |_| {
        Some(Cell::MonthDay(date(2026, 3, 4)))
    }),
    ("date-mangled", column::UNIT, |_| text("3月4日")),
    ("date-mangled", column::UNIT, |_| text("2026/3/4")),
    ("scientific-notation", column::UNIT, |_| text("8.03E+05")),
    ("scientific-notation", column::CODE, |_| text("8.03E+05")),
    ("harmless", column::UNIT, |home| {
        home.room.parse().ok().map(Cell::Number)
    }),
    ("harmless", column::UNIT, |home| {
        text(format!("{} ", home.room))
    }),
    ("harmless", column::UNIT, |home| text(wide(&home.room))),
    ("harmless", column::RESIDENT, |home| {
        text(format!("\u{3000}{}", home.resident_word))
    }),
    ("harmless", column::CODE, |home| plain(home, "5")),
    ("harmless", column::CODE, |home| plain(home, "7")),
];

/// Writes a building and its entrance in another way, from their numbers.
type Rewrite = fn(usize, u8) -> (String, String);

const REWRITTEN: &[Rewrite] = &[
    |building, entrance| {
        (
            format!("{}栋", chinese(building)),
            format!("{entrance}单元"),
        )
    },
    |building, entrance| {
        (
            format!("{building}#"),
            format!("{}单元", chinese(entrance.into())),
        )
    },
    |building, entrance| (format!("{building}号楼"), entrance.to_string()),
    |building, entrance| {
        (
            format!("{}栋", wide(&building.to_string())),
            format!("{entrance} 单元"),
        )
    },
];

/// The rows with mistakes, and where each stands in the sheet.
pub(crate) fn spoil(seed: u64, on: Date, homes: &[Household]) -> (Vec<Vec<Cell>>, Vec<Planted>) {
    let mut rng = Rng::with_seed(seed ^ u64::from(on.year().unsigned_abs()) << 20 ^ 0xD1);
    let mut rows: Vec<_> = homes.iter().map(household_row).collect();
    let mut planted = Vec::new();
    let mut free: Vec<usize> = (0..homes.len()).collect();
    rng.shuffle(&mut free);
    let number = |row: usize| row + 1 + usize::try_from(ABOVE).unwrap_or(0);

    for &(kind, column, write) in SLIPS {
        let found = free.iter().enumerate().find_map(|(nth, &row)| {
            let cell = homes.get(row).and_then(write)?;
            Some((nth, row, cell))
        });
        let Some((nth, row, cell)) = found else {
            continue;
        };
        free.swap_remove(nth);
        let what = cell.text();
        put(&mut rows, row, column, cell);
        if kind.starts_with("missing-") {
            // What is missing must not be readable in the code beside it.
            put(&mut rows, row, column::CODE, "".into());
        }
        planted.push(Planted {
            row: number(row),
            column: Some(column),
            kind,
            what,
        });
    }

    // Written down a second time, by somebody else, at the end.
    for rewrite in REWRITTEN {
        let found = free.iter().enumerate().find_map(|(nth, &row)| {
            let home = homes.get(row)?;
            let building = home.building.strip_suffix('栋')?.parse().ok()?;
            (building <= 10).then_some((nth, row, home, building))
        });
        let Some((nth, row, home, building)) = found else {
            continue;
        };
        free.swap_remove(nth);
        let (name, entrance) = rewrite(building, home.entrance);
        let what = format!("{name} {entrance} {} = {}", home.room, number(row));
        let again = rows.len();
        rows.push(household_row(home));
        put(&mut rows, again, column::BUILDING, name.into());
        put(&mut rows, again, column::ENTRANCE, entrance.into());
        planted.push(Planted {
            row: number(again),
            column: Some(column::UNIT),
            kind: "duplicate-household",
            what,
        });
    }
    planted.push(Planted {
        row: number(rows.len() + 1),
        column: Some(0),
        kind: "harmless",
        what: FOOTER.to_owned(),
    });
    (rows, planted)
}

fn put(rows: &mut [Vec<Cell>], row: usize, column: usize, cell: Cell) {
    if let Some(slot) = rows.get_mut(row).and_then(|cells| cells.get_mut(column)) {
        *slot = cell;
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the end of a slip, which may also not apply"
)]
fn text(text: impl Into<Cell>) -> Option<Cell> {
    Some(text.into())
}

/// A code that a slip has changed; `None` where it had nothing to change.
fn other(home: &Household, code: String) -> Option<Cell> {
    (code != home.code()).then(|| code.into())
}

/// The code of a household without a flag, and a flag.
fn plain(home: &Household, flag: &str) -> Option<Cell> {
    (home.flag().is_empty()).then(|| format!("{}{flag}", home.code()).into())
}

fn letters(home: &Household) -> String {
    format!("{}{}{}", home.resident(), home.tenure(), home.flag())
}

/// Full-width forms.
fn wide(text: &str) -> String {
    text.chars()
        .map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c))
        .collect()
}

fn chinese(number: usize) -> char {
    "零一二三四五六七八九十".chars().nth(number).unwrap_or('零')
}
