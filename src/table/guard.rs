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
}
