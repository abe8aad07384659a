//! `Spelling`: cells written down as words of eight bytes, to be looked up and compared with few instructions.

use crate::row::CellKind;

const WORD: usize = 8;
/// No byte of UTF-8.
const END: u64 = 0xff;

/// What cells say: different cells have different spellings.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    words: Vec<u64>,
    hash: u64,
}

impl Spelling {
    pub(super) fn words(&self) -> &[u64] {
        &self.words
    }

    /// One of so many slots, a power of two above 1. Equal spellings have the same.
    #[inline]
    pub(super) fn slot(&self, slots: usize) -> usize {
        usize::try_from(self.hash >> (u64::BITS - slots.ilog2())).unwrap_or_default()
    }

    #[inline]
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.hash = 0;
    }

    /// Adds the first `length` bytes of `text`. The last word has less than eight, and after them the end, so that no
    /// text is the beginning of another.
    #[inline]
    pub(super) fn push(&mut self, text: &[u8], length: usize) {
        let left = length % WORD;
        let Some((whole, rest)) = text.split_at_checked(length - left) else {
            return;
        };
        let mut hash = self.hash;
        let words = whole.as_chunks::<WORD>().0.iter();
        self.words.extend(words.map(|bytes| {
            let word = u64::from_le_bytes(*bytes);
            hash = mixed(hash, word);
            word
        }));
        self.hash = hash;
        self.push_word(if let Some(bytes) = rest.first_chunk::<WORD>() {
            // What stands behind the text is read with it, and cut off.
            let end = 8 * left;
            u64::from_le_bytes(*bytes) & ((1 << end) - 1) | END << end
        } else {
            let bytes = rest.iter().take(left).rev();
            bytes.fold(END, |word, byte| word << 8 | u64::from(*byte))
        });
    }

    /// Adds what a cell is, as a word that is none of a text.
    #[inline]
    pub(super) fn push_kind(&mut self, kind: CellKind) {
        self.push_word(u64::MAX - kind as u64);
    }

    #[inline]
    fn push_word(&mut self, word: u64) {
        self.words.push(word);
        self.hash = mixed(self.hash, word);
    }
}

#[inline]
fn mixed(hash: u64, word: u64) -> u64 {
    // The golden ratio, as Knuth recommends: good enough to choose a slot by the highest bits.
    let product = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ product >> 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spelt(texts: &[String], behind: &str) -> Vec<u64> {
        let mut spelling = Spelling::default();
        for text in texts {
            spelling.push(format!("{text}{behind}").as_bytes(), text.len());
        }
        spelling.words().to_vec()
    }

    proptest! {
        #[test]
        fn texts_are_spelt_alike_where_they_are_alike_whatever_stands_behind(
            one in prop::collection::vec("[a甲]{0,9}", 0..4),
            other in prop::collection::vec("[a甲]{0,9}", 0..4),
            behind in "[a甲]{0,9}",
        ) {
            prop_assert_eq!(spelt(&one, &behind), spelt(&one, ""));
            prop_assert_eq!(spelt(&one, &behind) == spelt(&other, ""), one == other);
        }
    }

    #[test]
    fn no_text_is_spelt_like_a_kind() {
        let mut spelling = Spelling::default();
        spelling.push_kind(CellKind::Carried);
        spelling.push_kind(CellKind::Text);
        assert_eq!(spelling.words(), [u64::MAX - 7, u64::MAX]);
        assert!(!spelt(&["a".repeat(7)], "").contains(&u64::MAX));
    }
}
