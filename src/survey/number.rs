//! Numbers in cells: counts, which are whole, and coordinates, which are not.

use unicode_normalization::UnicodeNormalization;

/// Why a cell is no count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadCount {
    /// No number at all.
    NoNumber,
    /// Below zero.
    Negative,
    /// Not whole.
    Fraction,
    /// More than any building has.
    Absurd,
}

/// More than this no building has: the largest block of flats of the world has some 20,000 residents.
const MOST: u64 = 50_000;

/// A whole number as people write it: `58`, `５８`, `58.0`, `1,234`, `58户`.
pub(crate) fn count(text: &str) -> Result<u32, BadCount> {
    let plain = plain(text, &["户", "口人", "人", "口", "个"]);
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(rest) {
        return Err(BadCount::NoNumber);
    }
    if sign && digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        return Err(BadCount::Negative);
    }
    if rest.bytes().any(|byte| byte != b'0') {
        return Err(BadCount::Fraction);
    }
    let number: u64 = whole.parse().map_err(|_| BadCount::Absurd)?;
    u32::try_from(number)
        .ok()
        .filter(|_| number <= MOST)
        .ok_or(BadCount::Absurd)
}

/// A coordinate, and how many digits stand behind its point: `117.2034`, `-12.5`, `31.8°`, `120米`.
pub(super) fn coordinate(text: &str) -> Option<(f64, usize)> {
    let plain = plain(text, &["°", "度", "米", "m", "e", "n"]);
    let digits = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if digits.is_empty() || digits == "." || !is_digits(whole) || !is_digits(rest) {
        return None;
    }
    let number: f64 = plain.parse().ok()?;
    (number.abs() < 1e9).then_some((number, rest.trim_end_matches('0').len()))
}

fn plain(text: &str, words: &[&str]) -> String {
    let text: String = text
        .nfkc()
        .filter(|c| !c.is_whitespace() && *c != ',' && *c != '\'')
        .flat_map(char::to_lowercase)
        .map(|c| {
            if matches!(c, '−' | '–' | '—') {
                '-'
            } else {
                c
            }
        })
        .collect();
    let bare = words.iter().find_map(|word| text.strip_suffix(word));
    bare.map_or_else(|| text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_whole_and_possible() {
        for (text, number) in [
            ("58", 58),
            ("５８", 58),
            ("58.0", 58),
            ("1,234", 1234),
            ("58户", 58),
            ("0", 0),
            ("-0", 0),
        ] {
            assert_eq!(count(text), Ok(number), "{text}");
        }
        for (text, why) in [
            ("", BadCount::NoNumber),
            ("五十八", BadCount::NoNumber),
            ("5E+03", BadCount::NoNumber),
            ("-5", BadCount::Negative),
            ("58.5", BadCount::Fraction),
            ("999999", BadCount::Absurd),
            ("99999999999999999999999", BadCount::Absurd),
        ] {
            assert_eq!(count(text), Err(why), "{text}");
        }
    }

    #[test]
    fn coordinates_keep_their_digits() {
        assert_eq!(coordinate("117.2034"), Some((117.2034, 4)));
        assert_eq!(coordinate("-12.50"), Some((-12.5, 1)));
        assert_eq!(coordinate("31.8°"), Some((31.8, 1)));
        assert_eq!(coordinate("120米"), Some((120.0, 0)));
        for text in ["", "-", ".", "东", "1e9", "NaN", "inf", "99999999999"] {
            assert_eq!(coordinate(text), None, "{text}");
        }
    }
}
