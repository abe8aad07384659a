//! Letters and flags of codes in words, each put into words once.

use crate::code::{Flags, GridCode, ResidentLetter, TenureLetter};
use crate::codebook::{Codebook, InWords};
use crate::lang::Lang;
use crate::table::CsvCells;

/// All that were met: a whole country has a few dozen of them.
#[derive(Default)]
pub(super) struct Phrases<'d> {
    list: Vec<Phrase<'d>>,
    /// What stands behind the unit of a sound code, and which phrase it is.
    written: Vec<(u64, usize)>,
}

/// What letters and flags mean.
pub(super) struct Phrase<'d> {
    parts: (ResidentLetter, TenureLetter, Flags),
    pub(super) words: InWords<'d>,
    /// The words as cells of a line, once they were written into one.
    pub(super) cells: Option<CsvCells>,
}

impl<'d> Phrases<'d> {
    /// The phrase of a code.
    pub(super) fn of(
        &mut self,
        code: GridCode,
        codebook: &'d Codebook,
        lang: Lang,
    ) -> &mut Phrase<'d> {
        let parts = (code.resident, code.tenure, code.flags);
        let known = self.list.iter().position(|known| known.parts == parts);
        let at = known.unwrap_or_else(|| {
            self.list.push(Phrase {
                parts,
                words: codebook.in_words(code, lang),
                cells: None,
            });
            self.list.len() - 1
        });
        // Found or put there just now.
        #[expect(clippy::indexing_slicing, reason = "a place that exists")]
        &mut self.list[at]
    }

    /// The place of the phrase of a code that could be read, if one ended with the same letters and flags before.
    #[inline]
    pub(super) fn written(&self, letters: &str) -> Option<usize> {
        let key = key(letters)?;
        let known = self.written.iter().find(|(known, _)| *known == key);
        known.map(|(_, at)| *at)
    }

    /// The phrase at a place.
    #[inline]
    pub(super) fn get(&mut self, at: usize) -> Option<&mut Phrase<'d>> {
        self.list.get_mut(at)
    }

    /// Remembers how the letters and flags of a code are written.
    pub(super) fn learn(
        &mut self,
        letters: &str,
        code: GridCode,
        codebook: &'d Codebook,
        lang: Lang,
    ) -> Option<usize> {
        self.of(code, codebook, lang);
        let parts = (code.resident, code.tenure, code.flags);
        let at = self.list.iter().position(|known| known.parts == parts);
        self.written.extend(key(letters).zip(at));
        at
    }
}

/// A short text as a number, another for each text; `None` for a text of more letters and flags than any code has for
/// long.
#[inline]
fn key(letters: &str) -> Option<u64> {
    // The 1 in front tells how long the text is.
    let add = |key: u64, byte: u8| key << 8 | u64::from(byte);
    (letters.len() < 8).then(|| letters.bytes().fold(1, add))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_found_again_as_they_were_written_and_no_others() {
        let codebook = Codebook::shushan();
        let mut phrases = Phrases::default();
        let code = GridCode::parse("803Aa78").unwrap();
        phrases.learn("Aa78", code, codebook, Lang::En);
        let words = codebook.in_words(code, Lang::En);
        let at = phrases.written("Aa78").unwrap();
        let found = phrases.get(at).map(|found| found.words.flags.clone());
        assert_eq!(found, Some(words.flags));
        for other in [
            "",
            "Aa",
            "aA78",
            "\0Aa78",
            "Aa78\0",
            "Aa780123456789012345678",
        ] {
            assert!(phrases.written(other).is_none(), "{other:?}");
        }
    }
}
