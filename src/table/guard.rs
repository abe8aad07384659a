//! The guard that keeps a text cell from becoming a formula, and its exact inverse.

/// Whether a text would be taken for a formula, or for a guarded one: any number of `'`, then a sign that starts formulas.
fn is_risky(text: &str) -> bool {
    matches!(
        text.trim_start_matches('\'').chars().next(),
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠')
    )
}

/// Whether a text has to be written with one more leading `'`.
pub(crate) fn needs_guard(text: &str) -> bool {
    is_risky(text)
}

/// A text read from a file, without the `'` that [`needs_guard`] asked for.
pub(crate) fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest,
        _ => text,
    }
}

/// Whether a cell without special signs says the same with and without quotes, to every program: it needs no guard, and
/// cannot begin a web page.
pub(crate) fn verbatim(cell: &str) -> bool {
    !needs_guard(cell) && !cell.trim_start().starts_with('<')
}

/// The bytes with which a text can begin that has a guard, needs one, or is not [`verbatim`]: white space among them,
/// for what may come after it.
pub(crate) fn suspects() -> [bool; 256] {
    let mut suspects = [false; 256];
    // The last five begin U+0085 and U+00A0, U+1680, U+2000 and its like, U+3000, and the full-width signs.
    for first in b"'=+-@\t\n\r\x0b\x0c <\xc2\xe1\xe2\xe3\xef" {
        if let Some(slot) = suspects.get_mut(usize::from(*first)) {
            *slot = true;
        }
    }
    suspects
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_texts_that_could_start_a_formula_are_guarded() {
        for text in ["=1", "+86", "-1", "@x", "\t", "\r", "＝1", "'=1", "''-"] {
            assert!(needs_guard(text), "{text:?}");
            assert_eq!(unguarded(&format!("'{text}")), text);
        }
        for text in ["", "'", "803Aa7", "3-2", "'3", " =1"] {
            assert!(!needs_guard(text), "{text:?}");
            assert_eq!(unguarded(text), text);
        }
    }

    #[test]
    fn no_text_that_is_not_verbatim_begins_with_a_harmless_byte() {
        let suspects = suspects();
        for sign in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            for text in [format!("{sign}"), format!("{sign}<"), format!("{sign}=")] {
                let harmless = verbatim(&text) && unguarded(&text) == text;
                let first = text.as_bytes()[0];
                assert!(harmless || suspects[usize::from(first)], "{text:?}");
            }
        }
    }
}
