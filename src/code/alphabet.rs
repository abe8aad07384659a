//! `Alphabet`: which letters a parser takes for the resident type and the tenure.

use super::{ResidentLetter, TenureLetter};

/// The letters that may stand in a code. A codebook has one; [`Alphabet::PUBLISHED`] is `A B a b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Alphabet {
    resident: u32,
    tenure: u32,
}

impl Alphabet {
    /// The letters of the published examples: `A`, `B`, `a`, `b`.
    pub const PUBLISHED: Self = Self {
        resident: 0b11,
        tenure: 0b11,
    };
    /// Every letter of the grammar: `A` to `Z`, `a` to `z`.
    pub const ANY: Self = Self {
        resident: (1 << 26) - 1,
        tenure: (1 << 26) - 1,
    };
    /// No letter at all, to be filled with [`with_resident`](Self::with_resident) and [`with_tenure`](Self::with_tenure).
    pub const EMPTY: Self = Self {
        resident: 0,
        tenure: 0,
    };

    /// Adds a resident letter.
    #[must_use]
    pub const fn with_resident(self, letter: ResidentLetter) -> Self {
        Self {
            resident: self.resident | 1 << (letter.0 - b'A'),
            ..self
        }
    }

    /// Adds a tenure letter.
    #[must_use]
    pub const fn with_tenure(self, letter: TenureLetter) -> Self {
        Self {
            tenure: self.tenure | 1 << (letter.0 - b'a'),
            ..self
        }
    }

    /// Whether a resident letter is in use.
    #[must_use]
    pub const fn has_resident(self, letter: ResidentLetter) -> bool {
        self.resident >> (letter.0 - b'A') & 1 == 1
    }

    /// Whether a tenure letter is in use.
    #[must_use]
    pub const fn has_tenure(self, letter: TenureLetter) -> bool {
        self.tenure >> (letter.0 - b'a') & 1 == 1
    }

    /// The resident letters in use, in order.
    #[must_use = "iterators are lazy"]
    pub fn residents(self) -> impl Iterator<Item = ResidentLetter> {
        (b'A'..=b'Z')
            .map(ResidentLetter)
            .filter(move |letter| self.has_resident(*letter))
    }

    /// The tenure letters in use, in order.
    pub fn tenures(self) -> impl Iterator<Item = TenureLetter> {
        (b'a'..=b'z')
            .map(TenureLetter)
            .filter(move |letter| self.has_tenure(*letter))
    }
}
