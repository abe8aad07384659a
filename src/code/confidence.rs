//! How far a proposed repair can be trusted.

use crate::lang::Lang;

/// How far a repair can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Only the writing changes, never the meaning: full-width forms, blanks, invisible characters.
    Safe,
    /// Very likely what was meant; somebody should look: the letter O for 0, Cyrillic letters, wrong case.
    Suggested,
    /// What was meant is lost and has to be asked: `8.03E+05`.
    Never,
}

impl Confidence {
    /// The name used in JSON and in the vectors.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Suggested => "suggested",
            Self::Never => "never",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Safe, Lang::Zh) => "可放心采用",
            (Self::Suggested, Lang::Zh) => "建议，请核对",
            (Self::Never, Lang::Zh) => "无法恢复",
            (Self::Safe, Lang::En) => "safe",
            (Self::Suggested, Lang::En) => "suggested, please check",
            (Self::Never, Lang::En) => "cannot be recovered",
        }
    }
}
