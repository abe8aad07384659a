//! Writing a code and its parts: the one text of each value, without allocation.

use std::fmt::{self, Debug, Display, Write as _};

use super::{Flags, GridCode, ResidentLetter, TenureLetter, Unit};

impl GridCode {
    /// The length of the longest text, `12345Aa0123456789`, in bytes.
    pub const MAX_LEN: usize = Unit::MAX_DIGITS as usize + 2 + 10;

    /// Writes the text into a buffer and gives it back: for lists of many codes, and where nothing may be allocated.
    ///
    /// ```
    /// use gridcode::GridCode;
    /// let code = GridCode::parse("803Aa7")?;
    /// let mut buffer = [0; GridCode::MAX_LEN];
    /// assert_eq!(code.encode_into(&mut buffer), "803Aa7");
    /// # Ok::<(), gridcode::code::ParseError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn encode_into(self, buffer: &mut [u8; Self::MAX_LEN]) -> &str {
        let mut length = 0;
        let mut slots = buffer.iter_mut();
        let mut push = |byte: u8| {
            if let Some(slot) = slots.next() {
                *slot = byte;
                length += 1;
            }
        };
        self.unit.for_each_digit(&mut push);
        push(self.resident.0);
        push(self.tenure.0);
        self.flags.for_each_digit(&mut push);
        let text = buffer.get(..length).unwrap_or_default();
        // Only ASCII was written, so neither default is ever taken.
        str::from_utf8(text).unwrap_or_default()
    }

    /// Puts the text at the end of a string.
    #[inline]
    pub fn append_to(self, out: &mut String) {
        out.push_str(self.encode_into(&mut [0; Self::MAX_LEN]));
    }
}

impl Display for GridCode {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.encode_into(&mut [0; Self::MAX_LEN]))
    }
}

impl Debug for GridCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GridCode({})", self.encode_into(&mut [0; Self::MAX_LEN]))
    }
}

impl Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = [0; Self::MAX_DIGITS as usize];
        let mut slots = buffer.iter_mut();
        self.for_each_digit(|digit| {
            if let Some(slot) = slots.next() {
                *slot = digit;
            }
        });
        let text = buffer.get(..self.digits().into()).unwrap_or_default();
        f.pad(str::from_utf8(text).unwrap_or_default())
    }
}

impl Debug for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unit({self})")
    }
}

impl Display for ResidentLetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char(self.as_char())
    }
}

impl Display for TenureLetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char(self.as_char())
    }
}

/// The digits, rising: `57`; nothing for no flag.
impl Display for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|digit| write!(f, "{digit}"))
    }
}

impl Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flags({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_prints_with_its_leading_zeros() {
        for (number, digits, text) in [
            (803, 3, "803"),
            (803, 4, "0803"),
            (0, 1, "0"),
            (0, 5, "00000"),
            (99999, 5, "99999"),
        ] {
            assert_eq!(Unit::new(number, digits).unwrap().to_string(), text);
        }
    }

    #[test]
    fn debug_shows_texts_and_not_bits() {
        let code = GridCode::parse("0803Bb58").unwrap();
        assert_eq!(format!("{code:?}"), "GridCode(0803Bb58)");
        assert_eq!(
            format!("{:?} {:?}", code.unit, code.flags),
            "Unit(0803) Flags(58)"
        );
    }

    #[test]
    fn width_and_alignment_are_honoured() {
        let code = GridCode::parse("803Aa7").unwrap();
        assert_eq!(
            format!("[{code:>8}|{code:<8}|{code:^8}]"),
            "[  803Aa7|803Aa7  | 803Aa7 ]"
        );
        assert_eq!(format!("[{:>5}]", code.unit), "[  803]");
    }
}
