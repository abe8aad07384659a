//! A text that a cell cannot hold, cut where it is too long, with a word in its place.

use std::borrow::Cow;

use crate::lang::Lang;

/// What Excel keeps of a cell, in UTF-16 code units.
const LONGEST: usize = 32_767;

/// The text, or as much of it as a cell holds, and that it was cut.
pub(super) fn cut(text: &str, lang: Lang) -> Cow<'_, str> {
    // No text has more code units than bytes.
    if text.len() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let length = text.encode_utf16().count();
    if length <= LONGEST {
        return Cow::Borrowed(text);
    }
    let word = lang.pick(
        format!("……【原文 {length} 字，一格放不下，其余见原名单】"),
        format!(
            " … [cut: a cell cannot hold all {length} characters, the rest is in the list itself]"
        ),
    );
    let mut room = LONGEST - word.encode_utf16().count();
    let mut kept = String::with_capacity(text.len().min(4 * LONGEST));
    for sign in text.chars() {
        let Some(left) = room.checked_sub(sign.len_utf16()) else {
            break;
        };
        room = left;
        kept.push(sign);
    }
    Cow::Owned(kept + &word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_fits_is_left_alone() {
        for text in ["", "803Aa7", &"长".repeat(LONGEST), &"a".repeat(LONGEST)] {
            assert!(matches!(cut(text, Lang::Zh), Cow::Borrowed(kept) if kept == text));
        }
    }

    #[test]
    fn a_text_that_is_too_long_fills_the_cell_and_says_so() {
        for (text, lang, word) in [
            (
                "长".repeat(40_000),
                Lang::Zh,
                "……【原文 40000 字，一格放不下，其余见原名单】",
            ),
            (
                "long ".repeat(8_000),
                Lang::En,
                "characters, the rest is in the list itself]",
            ),
        ] {
            let kept = cut(&text, lang);
            assert_eq!(kept.encode_utf16().count(), LONGEST);
            assert!(kept.ends_with(word));
            assert!(text.starts_with(kept.split([' ', '…']).next().unwrap()));
        }
        // A sign of two units is not torn apart.
        let rare = "𠮷".repeat(20_000);
        let kept = cut(&rare, Lang::Zh);
        assert!((LONGEST - 1..=LONGEST).contains(&kept.encode_utf16().count()));
    }
}
