//! When somebody was born, as exactly as a list says it, and how old that makes them on a day.

use std::borrow::Cow;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;

use crate::row::CellKind;

/// A date of birth, as exact as it is known. Personal: it never prints itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Birth {
    /// To the day.
    Day(Date),
    /// To the month: year and month.
    Month(i16, i8),
    /// Only the year.
    Year(i16),
}

impl std::fmt::Debug for Birth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Day(_) => "Birth::Day(…)",
            Self::Month(..) => "Birth::Month(…)",
            Self::Year(_) => "Birth::Year(…)",
        })
    }
}

/// An age in completed years, as exactly as it is known: both ends are possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Age {
    /// The lowest possible age.
    pub low: u16,
    /// The highest possible age.
    pub high: u16,
}

impl Age {
    /// Whoever would be older than this is a slip of the pen.
    pub const OLDEST: u16 = 130;

    /// An age known exactly.
    #[must_use]
    pub const fn exactly(years: u16) -> Self {
        Self {
            low: years,
            high: years,
        }
    }
}

/// Why a birth date cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BirthFault {
    /// The text is no way of writing a date.
    Unreadable,
    /// It is written like a date, but there is no such day.
    NoSuchDay,
}

impl Birth {
    /// Reads a cell: `1950-02-03`, with any dash, `1950/2/3`, `1950.2.3`, `1950年2月3日`, `19500203`, `19500203.0`, a time of day after it,
    /// only the month (`1950-02`, `195002`), only the year, or the day number of Excel in a number cell.
    ///
    /// # Errors
    /// [`BirthFault::NoSuchDay`] for the 30th of February, [`BirthFault::Unreadable`] for everything else.
    ///
    /// ```
    /// use gridcode::household::{Birth, BirthFault};
    /// use gridcode::row::CellKind;
    /// use jiff::civil::date;
    /// assert_eq!(Birth::read("1950年2月3日", CellKind::Text), Ok(Birth::Day(date(1950, 2, 3))));
    /// assert_eq!(Birth::read("1950-02", CellKind::Text), Ok(Birth::Month(1950, 2)));
    /// assert_eq!(Birth::read("1950-02-30", CellKind::Text), Err(BirthFault::NoSuchDay));
    /// ```
    pub fn read(text: &str, kind: CellKind) -> Result<Self, BirthFault> {
        if text.len() > 80 {
            return Err(BirthFault::Unreadable);
        }
        let plain = plain(text.trim());
        let text = without_point(without_time(&plain));
        let mut numbers = [0_i32; 3];
        let mut count = 0;
        let mut widths = [0_usize; 3];
        for part in text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
        {
            let (Some(number), Some(width), true) = (
                numbers.get_mut(count),
                widths.get_mut(count),
                part.len() <= 8,
            ) else {
                return Err(BirthFault::Unreadable);
            };
            *number = part.parse().map_err(|_| BirthFault::Unreadable)?;
            *width = part.len();
            count += 1;
        }
        if !text.chars().all(|c| {
            c.is_ascii_digit()
                || matches!(c, '-' | '/' | '.' | '年' | '月' | '日' | '号' | ' ')
                || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}')
        }) {
            return Err(BirthFault::Unreadable);
        }
        let [first, second, third] = numbers;
        match (count, widths) {
            (3, [4, ..]) => day(first, second, third),
            // A number cell turns 1946.10 into 1946.1: which of the two months is not known.
            (2, [4, 1, _]) if second == 1 && text.contains('.') => year(first),
            (2, [4, ..]) => month(first, second),
            (1, [8, ..]) => day(first / 10_000, first / 100 % 100, first % 100),
            (1, [6, ..]) => month(first / 100, first % 100),
            (1, [4, ..]) if kind != CellKind::Number || (1850..2200).contains(&first) => {
                year(first)
            }
            (1, [4 | 5, ..]) if kind == CellKind::Number => serial(first),
            _ => Err(BirthFault::Unreadable),
        }
    }

    /// The age on a day, in completed years; `None` when the birth is certainly later than the day.
    ///
    /// Who is born on 29 February completes a year on 1 March where there is no 29th.
    #[must_use]
    pub fn age_on(self, on: Date) -> Option<Age> {
        let (first, last) = self.range()?;
        let high = years(first, on)?;
        let low = years(last, on).unwrap_or(0);
        Some(Age { low, high })
    }

    /// The first and the last possible day.
    #[must_use]
    pub fn range(self) -> Option<(Date, Date)> {
        match self {
            Self::Day(date) => Some((date, date)),
            Self::Month(year, month) => {
                let first = Date::new(year, month, 1).ok()?;
                Some((first, first.last_of_month()))
            }
            Self::Year(year) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        }
    }
}

fn years(born: Date, on: Date) -> Option<u16> {
    if born > on {
        return None;
    }
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    u16::try_from(on.year() - born.year() - i16::from(!had_birthday)).ok()
}

/// `１９４６年` as `1946年`: full-width signs are the plain ones.
fn plain(text: &str) -> Cow<'_, str> {
    let wide = |c: char| ('\u{ff01}'..='\u{ff5e}').contains(&c);
    if text.contains(wide) {
        text.nfkc().collect()
    } else {
        Cow::Borrowed(text)
    }
}

fn without_time(text: &str) -> &str {
    match text.split_once([' ', 'T']) {
        Some((date, time)) if time.contains(':') => date,
        _ => text,
    }
}

/// `19500203.0`: a number that another program has written as text.
fn without_point(text: &str) -> &str {
    let whole = text.strip_suffix(".0").filter(|whole| {
        matches!(whole.len(), 4 | 6 | 8) && whole.bytes().all(|byte| byte.is_ascii_digit())
    });
    whole.unwrap_or(text)
}

fn day(year: i32, month: i32, day: i32) -> Result<Birth, BirthFault> {
    let (year, month, day) = (narrow(year)?, narrow(month)?, narrow(day)?);
    Date::new(year, month, day)
        .map(Birth::Day)
        .map_err(|_| BirthFault::NoSuchDay)
}

fn month(year: i32, month: i32) -> Result<Birth, BirthFault> {
    let (year, month) = (narrow(year)?, narrow(month)?);
    if (1..=12).contains(&month) {
        Ok(Birth::Month(year, month))
    } else {
        Err(BirthFault::NoSuchDay)
    }
}

fn year(year: i32) -> Result<Birth, BirthFault> {
    narrow(year).map(Birth::Year)
}

/// Excel's day number, 1900 system: 1 is 1900-01-01, and a day that never was, 1900-02-29, is counted.
fn serial(number: i32) -> Result<Birth, BirthFault> {
    let days = if number > 59 { number - 1 } else { number };
    let first = jiff::civil::date(1899, 12, 31);
    let span = jiff::Span::new()
        .try_days(days)
        .map_err(|_| BirthFault::Unreadable)?;
    first
        .checked_add(span)
        .map(Birth::Day)
        .map_err(|_| BirthFault::Unreadable)
}

fn narrow<T: TryFrom<i32>>(number: i32) -> Result<T, BirthFault> {
    T::try_from(number).map_err(|_| BirthFault::NoSuchDay)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_usual_way_of_writing_a_day_is_read() {
        let expected = Ok(Birth::Day(date(1946, 11, 2)));
        for text in [
            "1946-11-02",
            "1946/11/2",
            "1946.11.2",
            "1946年11月2日",
            "19461102",
            "1946-11-02 00:00:00",
            "1946-11-02T08:30:00",
            "１９４６年１１月２日",
            "１９４６／１１／０２",
            "1946—11—02",
            "1946–11–02",
            "19461102.0",
        ] {
            assert_eq!(Birth::read(text, CellKind::Text), expected, "{text}");
        }
        assert_eq!(Birth::read("17108", CellKind::Number), expected);
        assert_eq!(
            Birth::read("17108", CellKind::Text),
            Err(BirthFault::Unreadable)
        );
        assert_eq!(
            Birth::read("194611.0", CellKind::Text),
            Ok(Birth::Month(1946, 11))
        );
        for text in ["19461102.5", "19461102.00", "1946~11~02"] {
            assert!(Birth::read(text, CellKind::Text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_day_before_the_eightieth_birthday_is_seventy_nine() {
        let born = Birth::Day(date(1946, 11, 2));
        assert_eq!(born.age_on(date(2026, 11, 1)), Some(Age::exactly(79)));
        assert_eq!(born.age_on(date(2026, 11, 2)), Some(Age::exactly(80)));
        assert_eq!(born.age_on(date(1946, 11, 1)), None);
    }

    #[test]
    fn a_leap_day_child_completes_the_year_on_the_first_of_march() {
        let born = Birth::Day(date(2004, 2, 29));
        assert_eq!(born.age_on(date(2022, 2, 28)), Some(Age::exactly(17)));
        assert_eq!(born.age_on(date(2022, 3, 1)), Some(Age::exactly(18)));
        assert_eq!(born.age_on(date(2024, 2, 29)), Some(Age::exactly(20)));
    }

    #[test]
    fn a_month_or_a_year_gives_a_range_of_ages() {
        assert_eq!(
            Birth::Month(1946, 11).age_on(date(2026, 11, 15)),
            Some(Age { low: 79, high: 80 })
        );
        assert_eq!(
            Birth::Year(1946).age_on(date(2026, 11, 15)),
            Some(Age { low: 79, high: 80 })
        );
        assert_eq!(
            Birth::Year(1945).age_on(date(2026, 1, 1)),
            Some(Age { low: 80, high: 81 })
        );
    }
}
