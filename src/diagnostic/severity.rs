//! How bad a finding is.

use crate::lang::Lang;

/// How bad a finding is; the order is from harmless to grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is wrong with the row.
    Note,
    /// Probably wrong; the row still counts as accepted.
    Warning,
    /// Wrong: the row does not count as accepted.
    Error,
}

impl Severity {
    /// The name used in JSON and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Note, Lang::Zh) => "提示",
            (Self::Warning, Lang::Zh) => "警告",
            (Self::Error, Lang::Zh) => "错误",
            (Self::Note, Lang::En) => "note",
            (Self::Warning, Lang::En) => "warning",
            (Self::Error, Lang::En) => "error",
        }
    }
}
