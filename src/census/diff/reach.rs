//! `Reach`: what it takes to read the row of a household once more.

use std::fmt;

/// How a row can be read again, in eight bytes: there is one for each household.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reach(u64);

impl Reach {
    /// With the rows above it, on which it may lean.
    pub(super) const AMONG: Self = Self(u64::MAX);
    /// Alone: it is a line that needs no other row.
    pub(super) const LINE: Self = Self(u64::MAX - 1);

    /// Alone, and it may be known at which byte of the file it begins.
    #[inline]
    pub(super) fn line(begins: Option<u64>) -> Self {
        begins.map_or(Self::LINE, Self)
    }

    /// Whether it can be read without the rows above.
    pub(super) fn is_line(self) -> bool {
        self != Self::AMONG
    }

    /// At which byte of the file it begins, where that is known.
    pub(super) fn begins(self) -> Option<u64> {
        (self.0 < Self::LINE.0).then_some(self.0)
    }
}

impl fmt::Debug for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.begins() {
            Some(begins) => write!(f, "Reach({begins})"),
            None if self.is_line() => f.write_str("Reach(line)"),
            None => f.write_str("Reach(among)"),
        }
    }
}
