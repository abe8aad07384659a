//! A code as 37 bits and back, for tables of very many codes.

use super::unit::numbers;
use super::{Flags, GridCode, ResidentLetter, TenureLetter, Unit};

/// The five lengths of a unit have 10, 100, 1 000, 10 000 and 100 000 numbers: 111 110 units, one after the other.
const UNIT_BITS: u32 = 17;
const LETTER_BITS: u32 = 5;
const FLAG_BITS: u32 = 10;

impl GridCode {
    /// How many bits [`pack`](Self::pack) fills at most.
    pub(crate) const PACKED_BITS: u32 = UNIT_BITS + 2 * LETTER_BITS + FLAG_BITS;

    /// The code in 37 bits; never 0, which is left for no code.
    #[inline]
    pub(crate) const fn pack(self) -> u64 {
        let unit = shorter_units(self.unit.digits()) + self.unit.number();
        // Letters count from 1, which is what makes the whole differ from 0.
        let resident = self.resident.0 - b'A' + 1;
        let tenure = self.tenure.0 - b'a' + 1;
        let letters = (resident as u64) << LETTER_BITS | tenure as u64;
        ((unit as u64) << (2 * LETTER_BITS) | letters) << FLAG_BITS | self.flags.bits() as u64
    }

    /// The code that was packed; `None` for 0 and for any other number that is no code.
    pub(crate) fn unpack(packed: u64) -> Option<Self> {
        let field = |from: u32, bits: u32| {
            let value = packed >> from & ((1 << bits) - 1);
            u32::try_from(value).unwrap_or_default()
        };
        if packed >> Self::PACKED_BITS != 0 {
            return None;
        }
        let letter = |from: u32, first: char| {
            let letter = field(from, LETTER_BITS).checked_sub(1)?;
            char::from_u32(u32::from(first) + letter)
        };
        let unit = field(FLAG_BITS + 2 * LETTER_BITS, UNIT_BITS);
        let digits = (1..=Unit::MAX_DIGITS).rfind(|digits| shorter_units(*digits) <= unit)?;
        Some(Self {
            unit: Unit::new(unit - shorter_units(digits), digits)?,
            resident: ResidentLetter::new(letter(FLAG_BITS + LETTER_BITS, 'A')?)?,
            tenure: TenureLetter::new(letter(FLAG_BITS, 'a')?)?,
            flags: (0..=9)
                .filter(|digit| packed >> digit & 1 == 1)
                .collect::<Flags>(),
        })
    }
}

/// How many units have fewer digits: 0, 10, 110, 1 110, 11 110.
const fn shorter_units(digits: u8) -> u32 {
    (numbers(digits) - 10) / 9
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(unit: &str, resident: char, tenure: char, flags: &[u8]) -> GridCode {
        GridCode {
            unit: Unit::new(unit.parse().unwrap(), unit.len().try_into().unwrap()).unwrap(),
            resident: ResidentLetter::new(resident).unwrap(),
            tenure: TenureLetter::new(tenure).unwrap(),
            flags: flags.iter().copied().collect(),
        }
    }

    #[test]
    fn every_unit_has_a_place_of_its_own() {
        let mut expected = 0;
        for digits in 1..=Unit::MAX_DIGITS {
            for number in 0..10_u32.pow(digits.into()) {
                let mut code = code("0", 'Z', 'z', &[9]);
                code.unit = Unit::new(number, digits).unwrap();
                assert_eq!(code.pack() >> 20, expected);
                assert_eq!(GridCode::unpack(code.pack()), Some(code));
                expected += 1;
            }
        }
        assert_eq!(expected, 111_110);
    }

    #[test]
    fn the_least_code_is_not_0_and_the_greatest_fits() {
        assert_ne!(code("0", 'A', 'a', &[]).pack(), 0);
        let greatest = code("99999", 'Z', 'z', &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(greatest.pack() >> GridCode::PACKED_BITS, 0);
    }

    proptest! {
        #[test]
        fn packing_and_unpacking_are_inverse(
            unit in "[0-9]{1,5}", resident in proptest::char::range('A', 'Z'),
            tenure in proptest::char::range('a', 'z'), flags in proptest::collection::vec(0..=9_u8, 0..10)
        ) {
            let code = code(&unit, resident, tenure, &flags);
            prop_assert_eq!(GridCode::unpack(code.pack()), Some(code));
        }

        #[test]
        fn a_number_is_one_code_or_none(packed in prop_oneof![any::<u64>(), 0..1_u64 << 37]) {
            if let Some(code) = GridCode::unpack(packed) {
                prop_assert_eq!(code.pack(), packed);
            }
        }
    }
}
