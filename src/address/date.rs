//! Dates that a spreadsheet has made of `2-3`, and what may have been typed.

use super::numeral;
use jiff::civil::date;
use jiff::{Span, civil::Date};

/// A date that was once two numbers: `2月3日` from `2-3` or `3-2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mangled {
    month: u8,
    day: u8,
}

impl Mangled {
    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day; up to 99 where a spreadsheet has taken the second number for a year (`Mar-45`).
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// What a person may have typed: month first, then day first.
    #[must_use]
    pub fn typed(self) -> [String; 2] {
        let Self { month, day } = self;
        [format!("{month}-{day}"), format!("{day}-{month}")]
    }

    fn new(month: u8, day: u8) -> Option<Self> {
        // A leap year: without a year, 29 February is a date too.
        date_of(2024, month, day)?;
        Some(Self { month, day })
    }
}

fn date_of(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Whether a text is a date as spreadsheets show it: `2月3日`, `2-Mar`, `Mar-02`, `2024-02-03`, `2024/2/3`, `2/3/2024`.
///
/// `2-3` is what was typed and no date. A bare number is never a date here; see [`undate`].
///
/// ```
/// use gridcode::address::mangled_date;
/// assert_eq!(mangled_date("2月3日").unwrap().typed(), ["2-3", "3-2"]);
/// assert_eq!(mangled_date("45325"), None);
/// ```
#[must_use]
pub fn mangled_date(text: &str) -> Option<Mangled> {
    // The longest form, a date with a time, has under forty bytes.
    if text.len() > 64 {
        return None;
    }
    let folded: String = text.trim().chars().map(narrow).collect();
    chinese(&folded)
        .or_else(|| english(&folded))
        .or_else(|| numeric(&folded))
}

/// As [`mangled_date`], and takes a number for the serial of a spreadsheet's date: `45325` is 3 February 2024.
///
/// Only for a cell that is known to have held a date: 45325 may be a room.
///
/// ```
/// use gridcode::address::undate;
/// assert_eq!(undate("45325").unwrap().typed(), ["2-3", "3-2"]);
/// ```
#[must_use]
pub fn undate(text: &str) -> Option<Mangled> {
    mangled_date(text).or_else(|| {
        let serial: i64 = digits(text.trim(), 7)?.into();
        // Before 61 the serials count a 29 February 1900 that never was.
        if !(61..=2_958_465).contains(&serial) {
            return None;
        }
        let day = date(1899, 12, 30)
            .checked_add(Span::new().try_days(serial).ok()?)
            .ok()?;
        Mangled::new(
            u8::try_from(day.month()).ok()?,
            u8::try_from(day.day()).ok()?,
        )
    })
}

fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => c,
    }
    .to_ascii_uppercase()
}

fn digits(text: &str, most: usize) -> Option<u32> {
    let plain =
        !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn short(text: &str) -> Option<u8> {
    u8::try_from(digits(text, 2)?).ok()
}

fn year(text: &str) -> Option<i16> {
    let year = digits(text, 4).filter(|year| (1900..=2199).contains(year))?;
    i16::try_from(year).ok()
}

/// `2月3日`, `2024年2月3日`, `二月三日`.
fn chinese(text: &str) -> Option<Mangled> {
    let (front, day) = text.strip_suffix('日')?.split_once('月')?;
    let month = match front.split_once('年') {
        Some((front, month)) => {
            year(front).or_else(|| year(&numeral::read(front)?))?;
            month
        }
        None => front,
    };
    let value = |text: &str| short(text).or_else(|| short(&numeral::read(text)?));
    Mangled::new(value(month)?, value(day)?)
}

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

fn month_name(text: &str) -> Option<u8> {
    let index = MONTHS.iter().position(|name| *name == text)?;
    u8::try_from(index + 1).ok()
}

/// `2-Mar`, `Mar-02`, `2-Mar-24`, `Mar-45`.
fn english(text: &str) -> Option<Mangled> {
    let mut parts = text.split(['-', '/', ' ']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some()
        || third.is_some_and(|third| short(third).is_none() && year(third).is_none())
    {
        return None;
    }
    if let Some(month) = month_name(second) {
        return Mangled::new(month, short(first)?);
    }
    let (month, other) = (month_name(first)?, short(second)?);
    Mangled::new(month, other).or_else(|| {
        // `3-45` is taken for March 1945.
        (other > 31 && third.is_none()).then_some(Mangled { month, day: other })
    })
}

/// `2024-02-03`, `2024/2/3`, `2024.2.3`, `2/3/2024`, `2/3`, each with a time or without.
fn numeric(text: &str) -> Option<Mangled> {
    let (text, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    if !time
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'Z'))
    {
        return None;
    }
    let sign = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<&str> = text.split(sign).collect();
    match (parts.as_slice(), sign) {
        ([front, month, day], _) if year(front).is_some() => {
            let (month, day) = (short(month)?, short(day)?);
            date_of(year(front)?, month, day)?;
            Mangled::new(month, day)
        }
        ([first, second, back], '/')
            if year(back).or_else(|| short(back).map(i16::from)).is_some() =>
        {
            slash(first, second)
        }
        ([first, second], '/') => slash(first, second),
        _ => None,
    }
}

fn slash(first: &str, second: &str) -> Option<Mangled> {
    let (first, second) = (short(first)?, short(second)?);
    Mangled::new(first, second).or_else(|| Mangled::new(second, first))
}
