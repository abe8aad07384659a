//! The words of real lists that lead to a letter, to the reason why none fits, or to nothing.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::lang::Text;

/// Where a word leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mapped<'a, L> {
    /// To a letter.
    Letter(L),
    /// To no letter, for this reason.
    NoLetter(&'a Text),
    /// The word says nothing (`不详`): as if the cell were empty.
    Nothing,
    /// The codebook does not know the word.
    Unknown,
}

/// What the codebook says of one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry<L> {
    Letter(L),
    NoLetter(Text),
    Nothing,
}

/// The words of one kind: those valid everywhere, and the coded values valid under certain headers only.
#[derive(Clone, Debug)]
pub struct Words<L> {
    pub(super) everywhere: BTreeMap<String, Entry<L>>,
    pub(super) under: BTreeMap<String, BTreeMap<String, Entry<L>>>,
}

impl<L> Default for Words<L> {
    fn default() -> Self {
        Self {
            everywhere: BTreeMap::new(),
            under: BTreeMap::new(),
        }
    }
}

impl<L: Copy> Words<L> {
    /// Looks a cell's text up, first among the coded values of its header, then among the words valid everywhere.
    ///
    /// Width, case and blanks do not matter; an empty text says nothing.
    pub fn find(&self, text: &str, header: &str) -> Mapped<'_, L> {
        // Most cells are written just as the codebook writes them: no allocation then.
        if (self.under.is_empty() || self.list(header).is_none())
            && let Some(entry) = self.everywhere.get(text)
        {
            return entry.mapped();
        }
        let word = plain(text);
        if word.is_empty() {
            return Mapped::Nothing;
        }
        let listed = self.list(header).and_then(|list| list.get(&word));
        listed
            .or_else(|| self.everywhere.get(&word))
            .map_or(Mapped::Unknown, Entry::mapped)
    }

    /// The words valid under any header, in order, each with where it leads.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Mapped<'_, L>)> {
        self.everywhere
            .iter()
            .map(|(word, entry)| (word.as_str(), entry.mapped()))
    }

    /// The headers that have coded values of their own, each with its values.
    pub fn lists(
        &self,
    ) -> impl Iterator<Item = (&str, impl Iterator<Item = (&str, Mapped<'_, L>)>)> {
        self.under.iter().map(|(header, list)| {
            (
                header.as_str(),
                list.iter()
                    .map(|(word, entry)| (word.as_str(), entry.mapped())),
            )
        })
    }

    /// Whether a header has coded values of its own.
    #[must_use]
    pub fn has_list(&self, header: &str) -> bool {
        self.list(header).is_some()
    }

    // A header of two rows is `group/lowest`; the lowest part names the column.
    fn list(&self, header: &str) -> Option<&BTreeMap<String, Entry<L>>> {
        self.under.get(header).or_else(|| {
            self.under
                .get(&plain(header.rsplit('/').next().unwrap_or(header)))
        })
    }
}

impl<L: Copy> Entry<L> {
    fn mapped(&self) -> Mapped<'_, L> {
        match self {
            Self::Letter(letter) => Mapped::Letter(*letter),
            Self::NoLetter(reason) => Mapped::NoLetter(reason),
            Self::Nothing => Mapped::Nothing,
        }
    }
}

/// The form in which words are compared: compatibility forms made plain, blanks and marks off, small letters.
pub(super) fn plain(text: &str) -> String {
    let shown = text.nfkc().filter(|c| !is_ignored(*c));
    let lower: String = shown.flat_map(char::to_lowercase).collect();
    // `permanent resident` keeps its one blank; Chinese words have none.
    lower
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(if lower.is_ascii() { " " } else { "" })
}

fn is_ignored(c: char) -> bool {
    matches!(c, '*' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_blanks_and_invisible_characters_do_not_matter() {
        assert_eq!(plain(" 常 住\u{a0}人口\u{200b}"), "常住人口");
        assert_eq!(plain("Permanent  Resident"), "permanent resident");
        assert_eq!(plain("０１"), "01");
    }
}
