//! The 18 characters of a resident identity number (GB 11643-1999), taken apart and checked.

use jiff::civil::Date;

/// A sound resident identity number: where it was given, when its holder was born, which sex.
///
/// Personal: it does not keep the number, and never prints the birth date by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct IdNumber {
    born: Date,
    male: bool,
}

impl std::fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdNumber(…)")
    }
}

/// What is wrong with an identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdFault {
    /// Not 18 characters: how many it has.
    Length(usize),
    /// The old form of 15 digits, invalid since 2013.
    Old,
    /// A character other than a digit (and the last `X`): its 1-based position.
    Character(usize),
    /// The eight digits of the birth date are no date.
    NoSuchDay,
    /// The last character is not the one that the others demand.
    Checksum,
    /// The tail is `000`, as Excel leaves it when it turns the number into a float.
    CutByExcel,
    /// Written as a float: `3.40104E+17`.
    Scientific,
    /// Another paper (passport, travel permit): not checked.
    OtherPaper,
}

impl IdNumber {
    /// Checks a text: length, digits, date, check character.
    ///
    /// # Errors
    /// The first of these that fails. A number ending in `000` is reported as cut by Excel even where its
    /// check digit happens to be right, as one in eleven is.
    ///
    /// The two numbers printed in GB 11643-1999 itself:
    /// ```
    /// use gridcode::household::{IdFault, IdNumber};
    /// assert_eq!(IdNumber::read("11010519491231002X").unwrap().born(), jiff::civil::date(1949, 12, 31));
    /// assert!(!IdNumber::read("440524188001010014").unwrap().is_female());
    /// assert_eq!(IdNumber::read("110105194912310020"), Err(IdFault::Checksum));
    /// ```
    pub fn read(text: &str) -> Result<Self, IdFault> {
        let length = text.chars().count();
        if is_scientific(text) {
            return Err(IdFault::Scientific);
        }
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if digits + 3 < length || digits < 8 {
            return Err(if length > 11 || digits == length {
                IdFault::Length(length)
            } else {
                IdFault::OtherPaper
            });
        }
        if length < 12 && digits < length {
            return Err(IdFault::OtherPaper);
        }
        if length == 15 && digits == 15 {
            return Err(IdFault::Old);
        }
        if length != 18 {
            return Err(IdFault::Length(length));
        }
        let Ok(bytes) = <[u8; 18]>::try_from(text.as_bytes()) else {
            let position = text.chars().position(|c| !c.is_ascii()).unwrap_or(0);
            return Err(IdFault::Character(position + 1));
        };
        Self::check(&bytes)
    }

    fn check(bytes: &[u8; 18]) -> Result<Self, IdFault> {
        let [body @ .., last] = bytes;
        if let Some(position) = body.iter().position(|byte| !byte.is_ascii_digit()) {
            return Err(IdFault::Character(position + 1));
        }
        if !last.is_ascii_digit() && !last.eq_ignore_ascii_case(&b'X') {
            return Err(IdFault::Character(18));
        }
        let number = |from: usize, to: usize| -> i16 {
            body.iter()
                .skip(from)
                .take(to - from)
                .fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0'))
        };
        let (year, month, day) = (number(6, 10), number(10, 12), number(12, 14));
        let date = i8::try_from(month).ok().zip(i8::try_from(day).ok());
        let born = date.and_then(|(month, day)| Date::new(year, month, day).ok());
        let sound = last.to_ascii_uppercase() == check_character(body);
        // 000 is no sequence number that a person gets: the tail was lost when a float kept 15 digits.
        if bytes.ends_with(b"000") {
            return Err(IdFault::CutByExcel);
        }
        let Some(born) = born else {
            return Err(IdFault::NoSuchDay);
        };
        if !sound {
            return Err(IdFault::Checksum);
        }
        Ok(Self {
            born,
            male: number(16, 17) % 2 == 1,
        })
    }

    /// The holder's date of birth.
    #[must_use]
    pub const fn born(self) -> Date {
        self.born
    }

    /// Whether the 17th digit is even.
    #[must_use]
    pub const fn is_female(self) -> bool {
        !self.male
    }
}

/// The character that makes a number of 17 digits whole: weights and remainders of GB 11643-1999.
fn check_character(body: &[u8]) -> u8 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHARACTERS: [u8; 11] = *b"10X98765432";
    let sum: u32 = WEIGHTS
        .iter()
        .zip(body)
        .map(|(weight, digit)| weight * u32::from(digit - b'0'))
        .sum();
    CHARACTERS.get((sum % 11) as usize).copied().unwrap_or(b'?')
}

/// `3.40104E+17`: a number whose digits are gone.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let plain = |text: &str, dot: bool| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || dot && b == b'.')
    };
    plain(mantissa, true) && plain(exponent, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_told_apart() {
        let cases = [
            ("1101051949123100", IdFault::Length(16)),
            ("110105491231002", IdFault::Old),
            ("1101O519491231002X", IdFault::Character(5)),
            ("11010519491331002X", IdFault::NoSuchDay),
            ("110105194912310021", IdFault::Checksum),
            ("110105194912310000", IdFault::CutByExcel),
            ("1.10105E+17", IdFault::Scientific),
            ("E12345678", IdFault::OtherPaper),
        ];
        for (text, fault) in cases {
            assert_eq!(IdNumber::read(text), Err(fault), "{text}");
        }
        assert!(IdNumber::read("11010519491231002x").is_ok());
    }

    #[test]
    fn a_number_shows_nothing_of_itself() {
        let number = IdNumber::read("11010519491231002X").unwrap();
        assert_eq!(format!("{number:?}"), "IdNumber(…)");
    }
}
