//! `Kind`: the ways in which a household of one list can differ from the same household of another.

use std::fmt;

use crate::lang::Lang;

/// One way in which a household differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Its door is in the new list only.
    MovedIn,
    /// Its door is in the old list only.
    MovedOut,
    /// Another resident type: `A` became `B`, or `B` became `A`.
    ResidentType,
    /// Another tenure: `a` became `b`, or `b` became `a`.
    Tenure,
    /// A flag holds that did not.
    FlagCome,
    /// A flag no longer holds.
    FlagGone,
    /// More residents than before.
    MoreResidents,
    /// Fewer residents than before.
    FewerResidents,
    /// The same door under another key: `0803` for `803`, or an entrance that only one list names.
    KeyRewritten,
    /// Another code is written, though the columns say what they said.
    CodeRewritten,
    /// A code can be told that could not.
    CodeCome,
    /// A code can no longer be told.
    CodeGone,
}

impl Kind {
    /// How many kinds there are.
    pub const COUNT: usize = Self::ALL.len();

    /// Every kind, in the order in which they are told.
    pub const ALL: [Self; 12] = [
        Self::MovedIn,
        Self::MovedOut,
        Self::ResidentType,
        Self::Tenure,
        Self::FlagCome,
        Self::FlagGone,
        Self::MoreResidents,
        Self::FewerResidents,
        Self::KeyRewritten,
        Self::CodeRewritten,
        Self::CodeCome,
        Self::CodeGone,
    ];

    /// The name used in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::MovedIn => "moved-in",
            Self::MovedOut => "moved-out",
            Self::ResidentType => "resident-type",
            Self::Tenure => "tenure",
            Self::FlagCome => "flag-come",
            Self::FlagGone => "flag-gone",
            Self::MoreResidents => "more-residents",
            Self::FewerResidents => "fewer-residents",
            Self::KeyRewritten => "key-rewritten",
            Self::CodeRewritten => "code-rewritten",
            Self::CodeCome => "code-come",
            Self::CodeGone => "code-gone",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::MovedIn, Lang::Zh) => "新增户",
            (Self::MovedOut, Lang::Zh) => "减少户",
            (Self::ResidentType, Lang::Zh) => "居住类型变化",
            (Self::Tenure, Lang::Zh) => "住房性质变化",
            (Self::FlagCome, Lang::Zh) => "标记增加",
            (Self::FlagGone, Lang::Zh) => "标记消失",
            (Self::MoreResidents, Lang::Zh) => "人数增加",
            (Self::FewerResidents, Lang::Zh) => "人数减少",
            (Self::KeyRewritten, Lang::Zh) => "同一户写法不同",
            (Self::CodeRewritten, Lang::Zh) => "只有编码改写",
            (Self::CodeCome, Lang::Zh) => "编码由无到有",
            (Self::CodeGone, Lang::Zh) => "编码无法得出",
            (Self::MovedIn, Lang::En) => "moved in",
            (Self::MovedOut, Lang::En) => "moved out",
            (Self::ResidentType, Lang::En) => "another resident type",
            (Self::Tenure, Lang::En) => "another tenure",
            (Self::FlagCome, Lang::En) => "a flag came",
            (Self::FlagGone, Lang::En) => "a flag went",
            (Self::MoreResidents, Lang::En) => "more residents",
            (Self::FewerResidents, Lang::En) => "fewer residents",
            (Self::KeyRewritten, Lang::En) => "key written differently",
            (Self::CodeRewritten, Lang::En) => "only the code rewritten",
            (Self::CodeCome, Lang::En) => "code known now",
            (Self::CodeGone, Lang::En) => "code no longer known",
        }
    }
}

/// The kinds of one household.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Kinds(u16);

impl Kinds {
    /// None: the household is the same in both lists.
    pub const NONE: Self = Self(0);

    /// These and one more.
    #[must_use]
    pub const fn with(self, kind: Kind) -> Self {
        Self(self.0 | 1 << kind as u16)
    }

    /// These, and one more where that is so.
    #[must_use]
    pub(super) const fn with_if(self, kind: Kind, is_so: bool) -> Self {
        if is_so { self.with(kind) } else { self }
    }

    /// Whether one is among them.
    #[must_use]
    pub const fn contains(self, kind: Kind) -> bool {
        self.0 >> kind as u16 & 1 == 1
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// All of them, in the order of [`Kind::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::ALL
            .into_iter()
            .filter(move |kind| self.contains(*kind))
    }
}

impl FromIterator<Kind> for Kinds {
    fn from_iter<I: IntoIterator<Item = Kind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Debug for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
