//! `Flags`: the digits at the end of a code, each at most once.

/// A set of the digits 0 to 9, printed in rising order.
///
/// ```
/// use gridcode::code::Flags;
/// let flags = Flags::NONE.with(8).with(5);
/// assert!(flags.contains(8));
/// assert_eq!(flags.iter().collect::<Vec<_>>(), [5, 8]);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Flags(u16);

impl Flags {
    /// No flag.
    pub const NONE: Self = Self(0);

    /// The set with one digit more; a number over 9 changes nothing.
    #[must_use]
    pub const fn with(self, digit: u8) -> Self {
        if digit > 9 {
            self
        } else {
            Self(self.0 | 1 << digit)
        }
    }

    /// The set without one digit.
    #[must_use]
    pub const fn without(self, digit: u8) -> Self {
        if digit > 9 {
            self
        } else {
            Self(self.0 & !(1 << digit))
        }
    }

    /// Whether the digit is set.
    #[must_use]
    pub const fn contains(self, digit: u8) -> bool {
        digit <= 9 && self.0 >> digit & 1 == 1
    }

    /// Whether no digit is set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set of the digits that are in either.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The digits, rising.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (0..=9).filter(move |digit| self.contains(*digit))
    }

    /// The set as ten bits, digit 0 the lowest.
    #[inline]
    pub(crate) const fn bits(self) -> u16 {
        self.0
    }

    /// The set of ten bits, digit 0 the lowest; higher bits are left out.
    #[inline]
    pub(crate) const fn of_bits(bits: u16) -> Self {
        Self(bits & 0x3ff)
    }

    /// The set with a digit from 0 to 9 that is higher than all in it; `None` where it is not.
    #[inline]
    pub(super) fn with_higher(self, digit: u8) -> Option<Self> {
        let bit = 1_u16 << (digit & 0xf);
        // A bit above all bits so far is a digit above all digits so far.
        (bit > self.0).then_some(Self(self.0 | bit))
    }

    /// Gives each digit as ASCII, rising.
    #[inline]
    pub(super) fn for_each_digit(self, mut give: impl FnMut(u8)) {
        let mut rest = self.0;
        while rest != 0 {
            // At most 9: it fits.
            #[expect(clippy::cast_possible_truncation, reason = "at most 9")]
            give(b'0' + rest.trailing_zeros() as u8);
            rest &= rest - 1;
        }
    }
}

impl FromIterator<u8> for Flags {
    /// The set of the digits given; numbers over 9 are left out.
    fn from_iter<I: IntoIterator<Item = u8>>(digits: I) -> Self {
        digits.into_iter().fold(Self::NONE, Self::with)
    }
}
