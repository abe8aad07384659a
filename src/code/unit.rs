//! `Unit`: the one to five digits of a room number, kept as written.

/// The room number of a code: one to five digits, leading zeros kept.
///
/// `0803` and `803` are different texts and different values; they share the [`number`](Self::number) 803.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
// number * 8 + length: orders by number first, then by written length.
pub struct Unit(u32);

impl Unit {
    /// The most digits a unit can have.
    pub const MAX_DIGITS: u8 = 5;

    /// The unit written with `digits` digits; `None` where the number does not fit them or they are not one to five.
    ///
    /// ```
    /// use gridcode::code::Unit;
    /// assert_eq!(Unit::new(803, 4).unwrap().digits(), 4);
    /// assert_eq!(Unit::new(803, 2), None);
    /// ```
    #[must_use]
    pub const fn new(number: u32, digits: u8) -> Option<Self> {
        if digits == 0 || digits > Self::MAX_DIGITS || number >= numbers(digits) {
            return None;
        }
        Some(Self(number << 3 | digits as u32))
    }

    /// The value of the digits: 803 for `0803`.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0 >> 3
    }

    /// How many digits are written: 4 for `0803`.
    #[must_use]
    pub const fn digits(self) -> u8 {
        (self.0 & 7) as u8
    }

    /// Gives each written digit as ASCII, from the left.
    #[inline]
    pub(super) fn for_each_digit(self, mut give: impl FnMut(u8)) {
        let number = self.number();
        let digits = self.digits();
        for (place, power) in [(5, 10_000), (4, 1_000), (3, 100), (2, 10), (1, 1)] {
            if place <= digits {
                // A remainder by 10: it fits.
                give(b'0' + (number / power % 10) as u8);
            }
        }
    }
}

/// How many numbers can be written with so many digits, at most [`Unit::MAX_DIGITS`].
pub(super) const fn numbers(digits: u8) -> u32 {
    match digits {
        0 => 1,
        1 => 10,
        2 => 100,
        3 => 1_000,
        4 => 10_000,
        _ => 100_000,
    }
}
