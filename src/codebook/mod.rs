//! What the letters and digits of a code mean, and which words of a list lead to them.

mod builtin;
mod error;
mod explain;
mod load;
mod merge;
mod words;

use std::borrow::Cow;

use crate::code::{Alphabet, GridCode, ParseError, ResidentLetter, TenureLetter};
use crate::lang::{Lang, Text};

pub use error::CodebookError;
pub use explain::{Explained, InWords};
pub use words::{Mapped, Words};

/// On what the meaning of a letter or digit rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Printed in a public source.
    Published,
    /// Seen in printed examples, explained nowhere.
    Observed,
    /// Somebody's plausible reading; a guess.
    Inferred,
    /// Laid down by the community that uses the codebook.
    Local,
}

impl Basis {
    /// The name used in TOML and JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Observed => "observed",
            Self::Inferred => "inferred",
            Self::Local => "local",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Published, Lang::Zh) => "公开",
            (Self::Observed, Lang::Zh) => "见于实例，未公开含义",
            (Self::Inferred, Lang::Zh) => "推测",
            (Self::Local, Lang::Zh) => "本社区自定",
            (Self::Published, Lang::En) => "published",
            (Self::Observed, Lang::En) => "observed, not explained",
            (Self::Inferred, Lang::En) => "inferred",
            (Self::Local, Lang::En) => "local",
        }
    }
}

/// What a letter or digit means, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The meaning in words.
    pub text: Text,
    /// On what it rests.
    pub basis: Basis,
    /// Where it is written; empty for a community's own.
    pub source: Text,
}

impl Meaning {
    /// The meaning in one language; a guess says that it is one.
    #[must_use]
    pub fn words(&self, lang: Lang) -> Cow<'_, str> {
        let text = self.text.get(lang);
        match self.basis {
            Basis::Inferred => {
                Cow::Owned(lang.pick(format!("{text}（推测）"), format!("{text} (inferred)")))
            }
            Basis::Published | Basis::Observed | Basis::Local => Cow::Borrowed(text),
        }
    }
}

/// Whose age a flag looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AgeOf {
    /// Any resident of the household.
    Any,
    /// The eldest resident.
    Eldest,
    /// The head of the household.
    Head,
}

/// From which data a flag follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// Somebody's age in completed years lies in a range.
    Age {
        /// Whose age.
        of: AgeOf,
        /// The lowest age, in completed years.
        from: u16,
        /// The highest age; `None` for no upper end.
        to: Option<u16>,
    },
    /// The tags column of some row contains a word.
    Tag(String),
}

/// A letter and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter<L> {
    /// The letter.
    pub letter: L,
    /// What it means.
    pub meaning: Meaning,
}

/// A flag digit, what it means, and what it follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The digit, 0 to 9.
    pub digit: u8,
    /// What it means.
    pub meaning: Meaning,
    /// What it follows from; `None` for a digit that no data leads to: it is read but never written.
    pub when: Option<When>,
}

/// Whose resident type a household takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ResidentOf {
    /// The head's; the first row's where no head is marked.
    #[default]
    Head,
    /// The first row's, whoever it is.
    First,
}

/// The meaning of every letter and digit, the words that lead to them, and how a household of many is coded.
///
/// ```
/// use gridcode::codebook::{Codebook, Mapped};
/// let book = Codebook::shushan();
/// let code = book.parse("803Aa8")?;
/// assert_eq!(book.resident(code.resident).unwrap().meaning.text.zh, "常住人口");
/// assert!(matches!(book.tenure_words().find("租赁房屋", "住房情况"), Mapped::Letter(letter) if letter.as_char() == 'b'));
/// assert!(matches!(book.tenure_words().find("借住", "住房情况"), Mapped::NoLetter(_)));
/// # Ok::<(), gridcode::code::ParseError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Codebook {
    name: String,
    title: Text,
    residents: Vec<Letter<ResidentLetter>>,
    tenures: Vec<Letter<TenureLetter>>,
    flags: Vec<Flag>,
    resident_words: Words<ResidentLetter>,
    tenure_words: Words<TenureLetter>,
    resident_of: ResidentOf,
    tenure_if_any: Option<TenureLetter>,
    alphabet: Alphabet,
}

impl Codebook {
    /// The name it is chosen by.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is, in a line.
    #[must_use]
    pub fn title(&self) -> &Text {
        &self.title
    }

    /// Parses a code with this codebook's letters.
    ///
    /// # Errors
    /// When the text is not exactly one code of these letters.
    pub fn parse(&self, text: &str) -> Result<GridCode, ParseError> {
        GridCode::parse_in(text, self.alphabet)
    }

    /// The letters in use.
    #[must_use]
    pub fn alphabet(&self) -> Alphabet {
        self.alphabet
    }

    /// The resident letters in alphabetical order.
    #[must_use]
    pub fn residents(&self) -> &[Letter<ResidentLetter>] {
        &self.residents
    }

    /// The tenure letters in alphabetical order.
    #[must_use]
    pub fn tenures(&self) -> &[Letter<TenureLetter>] {
        &self.tenures
    }

    /// The flags, rising.
    #[must_use]
    pub fn flags(&self) -> &[Flag] {
        &self.flags
    }

    /// What a resident letter means here.
    #[must_use]
    pub fn resident(&self, letter: ResidentLetter) -> Option<&Letter<ResidentLetter>> {
        self.residents.iter().find(|entry| entry.letter == letter)
    }

    /// What a tenure letter means here.
    #[must_use]
    pub fn tenure(&self, letter: TenureLetter) -> Option<&Letter<TenureLetter>> {
        self.tenures.iter().find(|entry| entry.letter == letter)
    }

    /// What a flag digit means here.
    #[must_use]
    pub fn flag(&self, digit: u8) -> Option<&Flag> {
        self.flags.iter().find(|flag| flag.digit == digit)
    }

    /// Where the text of a resident-type cell leads: a letter in use leads to itself, all else is looked up in the words.
    #[must_use]
    pub fn resident_for(&self, text: &str, header: &str) -> Mapped<'_, ResidentLetter> {
        let own = one_char(text).and_then(ResidentLetter::new);
        match own.filter(|letter| self.alphabet.has_resident(*letter)) {
            Some(letter) => Mapped::Letter(letter),
            None => self.resident_words.find(text, header),
        }
    }

    /// Where the text of a tenure cell leads: a letter in use leads to itself, all else is looked up in the words.
    #[must_use]
    pub fn tenure_for(&self, text: &str, header: &str) -> Mapped<'_, TenureLetter> {
        let own = one_char(text).and_then(TenureLetter::new);
        match own.filter(|letter| self.alphabet.has_tenure(*letter)) {
            Some(letter) => Mapped::Letter(letter),
            None => self.tenure_words.find(text, header),
        }
    }

    /// The words that lead to a resident letter.
    #[must_use]
    pub fn resident_words(&self) -> &Words<ResidentLetter> {
        &self.resident_words
    }

    /// The words that lead to a tenure letter.
    #[must_use]
    pub fn tenure_words(&self) -> &Words<TenureLetter> {
        &self.tenure_words
    }

    /// Whose resident type a household takes.
    #[must_use]
    pub fn resident_of(&self) -> ResidentOf {
        self.resident_of
    }

    /// The tenure that holds as soon as one row of the household has it.
    #[must_use]
    pub fn tenure_if_any(&self) -> Option<TenureLetter> {
        self.tenure_if_any
    }

    /// Whether any meaning in it is a guess, which has to be said wherever it is used.
    #[must_use]
    pub fn is_inferred(&self) -> bool {
        let letters = self
            .residents
            .iter()
            .map(|entry| &entry.meaning)
            .chain(self.tenures.iter().map(|entry| &entry.meaning));
        letters
            .chain(self.flags.iter().map(|flag| &flag.meaning))
            .any(|meaning| meaning.basis == Basis::Inferred)
    }
}

fn one_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}
