//! A code in words: each part with its meaning and what that rests on.

use std::borrow::Cow;

use super::{Codebook, Meaning};
use crate::code::{GridCode, Part};
use crate::lang::Lang;

/// One part of a code and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained<'a> {
    /// Which part of the code.
    pub part: Part,
    /// The part as it is written in the code.
    pub text: String,
    /// Its meaning; `None` for the unit, which means itself, and for what the codebook does not define.
    pub meaning: Option<&'a Meaning>,
}

impl Codebook {
    /// The parts of a code, left to right: unit, resident type, tenure, then each flag.
    ///
    /// ```
    /// use gridcode::codebook::Codebook;
    /// let book = Codebook::shushan();
    /// let parts = book.explain(book.parse("803Aa7")?);
    /// assert_eq!(parts.len(), 4);
    /// assert_eq!(parts[1].meaning.unwrap().text.en, "permanent resident");
    /// # Ok::<(), gridcode::code::ParseError>(())
    /// ```
    #[must_use]
    pub fn explain(&self, code: GridCode) -> Vec<Explained<'_>> {
        let resident = self.resident(code.resident).map(|entry| &entry.meaning);
        let tenure = self.tenure(code.tenure).map(|entry| &entry.meaning);
        let mut parts = vec![
            Explained {
                part: Part::Unit,
                text: code.unit.to_string(),
                meaning: None,
            },
            Explained {
                part: Part::Resident,
                text: code.resident.as_char().to_string(),
                meaning: resident,
            },
            Explained {
                part: Part::Tenure,
                text: code.tenure.as_char().to_string(),
                meaning: tenure,
            },
        ];
        parts.extend(code.flags.iter().map(|digit| Explained {
            part: Part::Flags,
            text: digit.to_string(),
            meaning: self.flag(digit).map(|flag| &flag.meaning),
        }));
        parts
    }
}

/// The letters and flags of a code in words, for a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InWords<'a> {
    /// The resident type.
    pub resident: Cow<'a, str>,
    /// The tenure.
    pub tenure: Cow<'a, str>,
    /// Every flag with its meaning; empty where there is none.
    pub flags: String,
}

impl Codebook {
    /// What a code's letters and flags mean, in one language; what the codebook does not define is said to be so.
    #[must_use]
    pub fn in_words(&self, code: GridCode, lang: Lang) -> InWords<'_> {
        let undefined = lang.pick("未定义", "not defined");
        let mut flags = String::new();
        for digit in code.flags.iter() {
            if !flags.is_empty() {
                flags.push_str(lang.pick("；", "; "));
            }
            flags.push(char::from(b'0' + digit));
            flags.push(' ');
            match self.flag(digit) {
                Some(flag) => flags.push_str(&flag.meaning.words(lang)),
                None => flags.push_str(undefined),
            }
        }
        let resident = self.resident(code.resident);
        let tenure = self.tenure(code.tenure);
        InWords {
            resident: resident.map_or(undefined.into(), |entry| entry.meaning.words(lang)),
            tenure: tenure.map_or(undefined.into(), |entry| entry.meaning.words(lang)),
            flags,
        }
    }
}
