//! `803Aa7`: the parts of a grid code, its one text, and what can be wrong with a text.

mod alphabet;
mod change;
mod confidence;
mod error;
mod flags;
mod format;
mod lookalike;
mod lost;
mod naming;
mod numeral;
mod pack;
mod parse;
mod reading;
mod repair;
mod serde;
mod token;
mod unit;
mod unrepairable;

pub use alphabet::Alphabet;
pub use change::{Change, ChangeKind};
pub use confidence::Confidence;
pub use error::{ParseError, ParseErrorKind, Part};
pub use flags::Flags;
pub use repair::{Repaired, repair, repair_in};
pub use unit::Unit;
pub use unrepairable::{Reason, Unrepairable};

/// A letter `A` to `Z` that says what kind of resident a household is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResidentLetter(u8);

/// A letter `a` to `z` that says how a household holds its home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TenureLetter(u8);

impl ResidentLetter {
    /// `A`, a permanent resident in the published examples.
    pub const A: Self = Self(b'A');
    /// `B`, floating population in the published examples.
    pub const B: Self = Self(b'B');

    /// The letter, when it is one of `A` to `Z`.
    #[must_use]
    pub const fn new(letter: char) -> Option<Self> {
        if letter.is_ascii_uppercase() {
            Some(Self(letter as u8))
        } else {
            None
        }
    }

    /// The letter as a character.
    #[must_use]
    pub const fn as_char(self) -> char {
        self.0 as char
    }
}

impl TenureLetter {
    /// `a`, a self-owned home in the published examples.
    pub const A: Self = Self(b'a');
    /// `b`, a rented home in the published examples.
    pub const B: Self = Self(b'b');

    /// The letter, when it is one of `a` to `z`.
    #[must_use]
    pub const fn new(letter: char) -> Option<Self> {
        if letter.is_ascii_lowercase() {
            Some(Self(letter as u8))
        } else {
            None
        }
    }

    /// The letter as a character.
    #[must_use]
    pub const fn as_char(self) -> char {
        self.0 as char
    }
}

/// A household's grid code: unit, resident type, tenure, flags.
///
/// Every combination of its parts is legal, so the fields are public. There is one text for
/// each value: `parse` and [`Display`](std::fmt::Display) are inverse.
/// What the letters and digits mean is not known here but in a codebook.
///
/// Order: by the unit's number, then by how it is written (`803` before `0803`), then resident
/// type, tenure and flags.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GridCode {
    /// The unit as written on the door list: `803`.
    pub unit: Unit,
    /// The resident type: `A`.
    pub resident: ResidentLetter,
    /// The tenure: `a`.
    pub tenure: TenureLetter,
    /// The flags: `7`.
    pub flags: Flags,
}
