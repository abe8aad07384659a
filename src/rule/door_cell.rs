//! The cells that name a door: what a spreadsheet has made of them, and where in them a fault stands.

use std::ops::Range;

use super::Said;
use crate::household::Entry;
use crate::row::Field;

/// Whether a text is a number in scientific notation, as a spreadsheet shows it: `8.03E+05`.
///
/// `1E5` without point and sign may be a room that somebody has typed.
pub(super) fn is_scientific(text: &str) -> bool {
    // Few texts have the letter.
    if !text.bytes().any(|byte| byte | 0x20 == b'e') {
        return false;
    }
    let text = text.trim();
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let sign = exponent.strip_prefix(['+', '-']);
    let marked = sign.is_some() || mantissa.contains('.');
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    marked
        && whole.len() == 1
        && digits(whole)
        && digits(fraction)
        && digits(sign.unwrap_or(exponent))
}

/// Puts the span of a trimmed text where it stands in the whole cell.
pub(super) fn said_at(said: Said, entry: &Entry<'_>, field: Field, span: &Range<usize>) -> Said {
    let text = entry.raw(field);
    let before = text.len() - text.trim_start().len();
    said.at(&(span.start + before..span.end + before))
}

#[cfg(test)]
mod tests {
    use super::is_scientific;

    #[test]
    fn only_what_a_spreadsheet_writes_is_scientific() {
        for text in [
            "8.03E+05",
            "8.03e5",
            "8E+05",
            "3.40104E+17",
            " 9.90E+17 ",
            "1.0E-3",
        ] {
            assert!(is_scientific(text), "{text}");
        }
        for text in [
            "", "1E5", "803E", "E5", "12.3E+4", "8.03E", "8.E+5", "803", "A座E5",
        ] {
            assert!(!is_scientific(text), "{text}");
        }
    }
}
