//! Cells whose code a spreadsheet has already destroyed: numbers in scientific notation, dates, error values.

use super::Reason;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const ERRORS: [&str; 8] = [
    "#n/a", "#ref!", "#name?", "#value!", "#div/0!", "#num!", "#null!", "#spill!",
];

/// Why nothing can be recovered from a text, if so; `plain` has no blanks and no full-width forms.
pub(super) fn reason(plain: &str) -> Option<Reason> {
    let plain = plain.to_ascii_lowercase();
    if plain.contains('\u{fffd}') {
        Some(Reason::LostCharacter)
    } else if is_scientific(&plain) {
        Some(Reason::Scientific)
    } else if is_date(&plain) {
        Some(Reason::Date)
    } else if ERRORS.contains(&plain.as_str())
        || plain.len() > 1 && plain.bytes().all(|b| b == b'#')
    {
        Some(Reason::SheetError)
    } else {
        None
    }
}

fn is_digits(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// `8.03e+05`, `8e5`.
fn is_scientific(plain: &str) -> bool {
    let Some((mantissa, exponent)) = plain.split_once('e') else {
        return false;
    };
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    is_digits(whole, 1) && is_digits(fraction, 20) && is_digits(exponent, 3)
}

fn is_date(plain: &str) -> bool {
    is_date_with_month_name(plain) || is_chinese_date(plain) || is_date_with_year(plain)
}

/// `2-mar`, `mar-24`, `2-mar-24`, `march2,2024`.
fn is_date_with_month_name(plain: &str) -> bool {
    let numbers = plain.trim_matches(|c: char| !c.is_ascii_alphabetic());
    let is_month = MONTHS
        .iter()
        .any(|month| numbers == *month || month.get(..3) == Some(numbers));
    let others = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | ',' | '.');
    is_month && plain.chars().all(others) && plain.bytes().any(|b| b.is_ascii_digit())
}

/// `2月3日`, `2024年2月`, `2024年2月3日`.
fn is_chinese_date(plain: &str) -> bool {
    let (year, rest) = plain.split_once('年').unwrap_or(("2024", plain));
    let Some((month, day)) = rest.split_once('月') else {
        return false;
    };
    let day = day.strip_suffix(['日', '号']).unwrap_or(day);
    is_digits(year, 4) && is_digits(month, 2) && (day.is_empty() || is_digits(day, 2))
}

/// `2024-03-02`, `2024/3/2`, `3/2/2024`, `2024-03-0200:00:00` (blanks are off).
///
/// `1-1-1001` and `3-2-2001` are doors, not dates: with dashes only a year in front makes a date.
fn is_date_with_year(plain: &str) -> bool {
    let date = match plain.split_once(':') {
        // A time follows; its hours hang on to the day.
        Some((before, _)) => before
            .get(..before.len().saturating_sub(2))
            .unwrap_or(before),
        None => plain,
    };
    let date = date.strip_suffix('t').unwrap_or(date);
    let is_year =
        |part: &str| part.len() == 4 && is_digits(part, 4) && part.starts_with(['1', '2']);
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    match parts.as_slice() {
        [first, middle, last] if is_digits(middle, 2) => {
            is_year(first) && is_digits(last, 2)
                || date.contains('/') && is_digits(first, 2) && is_year(last)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destroyed_cells_are_recognised() {
        for (text, expected) in [
            ("8.03E+05", Reason::Scientific),
            ("8.03E5", Reason::Scientific),
            ("8,03E+05", Reason::Scientific),
            ("1E5", Reason::Scientific),
            ("2-Mar", Reason::Date),
            ("Mar-24", Reason::Date),
            ("March2,2024", Reason::Date),
            ("2月3日", Reason::Date),
            ("2024年2月", Reason::Date),
            ("2024-03-02", Reason::Date),
            ("3/2/2024", Reason::Date),
            ("2024-03-0200:00:00", Reason::Date),
            ("2024-03-02T00:00:00", Reason::Date),
            ("#N/A", Reason::SheetError),
            ("########", Reason::SheetError),
            ("803\u{fffd}a7", Reason::LostCharacter),
        ] {
            assert_eq!(reason(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn codes_and_addresses_are_not_destroyed_cells() {
        for text in [
            "",
            "803Aa7",
            "803",
            "3-2",
            "3-2-803",
            "80.3",
            "8e",
            "e5",
            "803-Aa-7",
            "3栋2单元803",
            "#",
            "May",
            "45325",
            "1-1-1001",
            "月",
            "年月",
        ] {
            assert_eq!(reason(text), None, "{text}");
        }
    }
}
