//! Sex, as an ID number or a column tells it.

use super::Entry;
use crate::lang::Lang;
use crate::row::Field;

/// Somebody's sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// 女.
    Female,
    /// 男.
    Male,
}

impl Sex {
    /// Reads a cell: 男 and 女, English words, or the digits of GB/T 2261.1 (1 male, 2 female; 0 and 9 say nothing).
    ///
    /// ```
    /// use gridcode::household::Sex;
    /// assert_eq!(Sex::read("女"), Some(Sex::Female));
    /// assert_eq!(Sex::read("1"), Some(Sex::Male));
    /// assert_eq!(Sex::read("9"), None);
    /// ```
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        match text {
            "女" | "女性" | "女士" | "2" | "02" | "2.0" | "2女" | "2-女" | "２" => {
                Some(Self::Female)
            }
            "男" | "男性" | "男士" | "1" | "01" | "1.0" | "1男" | "1-男" | "１" => {
                Some(Self::Male)
            }
            _ => {
                let is =
                    |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
                if is(["f", "female", "woman"]) {
                    Some(Self::Female)
                } else {
                    is(["m", "male", "man"]).then_some(Self::Male)
                }
            }
        }
    }

    /// The word in JSON and TOML.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Female, Lang::Zh) => "女",
            (Self::Female, Lang::En) => "female",
            (Self::Male, Lang::Zh) => "男",
            (Self::Male, Lang::En) => "male",
        }
    }
}

impl Entry<'_> {
    /// The sex of whom the row is about: from a sound ID number, else from the column.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        match self.id {
            Some(Ok(id)) if id.is_female() => Some(Sex::Female),
            Some(Ok(_)) => Some(Sex::Male),
            _ => self.text(Field::Sex).and_then(Sex::read),
        }
    }
}
