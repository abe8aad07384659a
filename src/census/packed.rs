//! `Packed`: what a list says of a household and the code it writes, in 120 bits.

use super::said::Said;
use crate::code::{Flags, GridCode, ResidentLetter, TenureLetter, Unit};

/// Two households of which the same is said are the same number, so that most need no closer look.
// From the lowest bit, each field as wide as its name says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Packed(u128);

const FLAGS: u32 = 0;
const OPEN: u32 = FLAGS + FLAG_BITS;
const RESIDENT: u32 = OPEN + FLAG_BITS;
const TENURE: u32 = RESIDENT + LETTER_BITS;
const STATED: u32 = TENURE + LETTER_BITS;
const LISTED: u32 = STATED + COUNT_BITS + 1;
const UNIT: u32 = LISTED + COUNT_BITS;
const WRITTEN: u32 = UNIT + DIGITS_BITS + NUMBER_BITS;

const FLAG_BITS: u32 = 10;
const LETTER_BITS: u32 = 5;
const COUNT_BITS: u32 = u16::BITS;
const DIGITS_BITS: u32 = 3;
const NUMBER_BITS: u32 = 17;

const _: () = assert!(WRITTEN + GridCode::PACKED_BITS <= u128::BITS);

impl Packed {
    /// All that is said, and the code that is written, where one is.
    pub(super) fn of(said: &Said, written: Option<GridCode>) -> Self {
        let letter = |letter: Option<char>, first: char| {
            letter.map_or(0, |letter| u128::from(letter) - u128::from(first) + 1)
        };
        let stated = said
            .stated
            .map_or(0, |count| 1 << COUNT_BITS | u128::from(count));
        let fields = u128::from(said.flags.bits()) << FLAGS
            | u128::from(said.open.bits()) << OPEN
            | letter(said.resident.map(ResidentLetter::as_char), 'A') << RESIDENT
            | letter(said.tenure.map(TenureLetter::as_char), 'a') << TENURE
            | stated << STATED
            | u128::from(said.listed) << LISTED;
        let unit = said.unit.map_or(0, bits_of);
        Self(fields | unit << UNIT).with_code(written)
    }

    /// The same with a unit, where none is said.
    #[inline]
    pub(super) fn with_unit(self, unit: Unit) -> Self {
        Self(self.0 | bits_of(unit) << UNIT)
    }

    /// The same with the code that is written, where there was none.
    #[inline]
    pub(super) fn with_code(self, written: Option<GridCode>) -> Self {
        Self(self.0 | u128::from(written.map_or(0, GridCode::pack)) << WRITTEN)
    }

    /// All flags that hold in either; nothing else of the result means anything.
    #[inline]
    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Flags that hold.
    pub(super) fn flags(self) -> Flags {
        Flags::of_bits(self.small(FLAGS, FLAG_BITS))
    }

    /// The code that is written.
    pub(super) fn written(self) -> Option<GridCode> {
        let packed = self.0 >> WRITTEN & ((1 << GridCode::PACKED_BITS) - 1);
        GridCode::unpack(u64::try_from(packed).unwrap_or_default())
    }

    /// All that is said.
    pub(super) fn said(self) -> Said {
        let letter = |from: u32, first: char| {
            let place = self.small(from, LETTER_BITS).checked_sub(1)?;
            char::from_u32(u32::from(first) + u32::from(place))
        };
        let is_stated = self.small(STATED + COUNT_BITS, 1) == 1;
        let number = self.0 >> (UNIT + DIGITS_BITS) & ((1 << NUMBER_BITS) - 1);
        let digits = u8::try_from(self.small(UNIT, DIGITS_BITS)).unwrap_or_default();
        Said {
            unit: Unit::new(u32::try_from(number).unwrap_or_default(), digits),
            resident: letter(RESIDENT, 'A').and_then(ResidentLetter::new),
            tenure: letter(TENURE, 'a').and_then(TenureLetter::new),
            flags: self.flags(),
            open: Flags::of_bits(self.small(OPEN, FLAG_BITS)),
            stated: is_stated.then_some(self.small(STATED, COUNT_BITS)),
            listed: self.small(LISTED, COUNT_BITS),
        }
    }

    /// At most 16 bits.
    fn small(self, from: u32, bits: u32) -> u16 {
        u16::try_from(self.0 >> from & ((1 << bits) - 1)).unwrap_or_default()
    }
}

#[inline]
fn bits_of(unit: Unit) -> u128 {
    u128::from(unit.number()) << DIGITS_BITS | u128::from(unit.digits())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_said() -> impl Strategy<Value = Said> {
        let unit = (0..100_000_u32, 0..6_u8).prop_map(|(number, digits)| Unit::new(number, digits));
        let resident = prop::option::of(prop::char::range('A', 'Z'));
        let tenure = prop::option::of(prop::char::range('a', 'z'));
        let flags = || any::<u16>().prop_map(Flags::of_bits);
        let rest = (flags(), flags(), any::<Option<u16>>(), any::<u16>());
        (unit, resident, tenure, rest).prop_map(|(unit, resident, tenure, rest)| Said {
            unit,
            resident: resident.and_then(ResidentLetter::new),
            tenure: tenure.and_then(TenureLetter::new),
            flags: rest.0,
            open: rest.1,
            stated: rest.2,
            listed: rest.3,
        })
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_back(
            said in any_said(),
            unit in 0..100_000_u32,
            code in prop::option::of("[0-9]{1,5}[A-Z][a-z](0?1?2?3?4?5?6?7?8?9?)"),
        ) {
            let code = code.map(|code| GridCode::parse_in(&code, crate::code::Alphabet::ANY).unwrap());
            let packed = Packed::of(&said, code);
            prop_assert_eq!(packed.said(), said);
            prop_assert_eq!(packed.written(), code);
            prop_assert_eq!(packed.flags(), said.flags);
            let without = Packed::of(&Said { unit: None, ..said }, None);
            let unit = said.unit.or(Unit::new(unit, 5)).unwrap();
            let whole = Packed::of(&Said { unit: Some(unit), ..said }, code);
            prop_assert_eq!(without.with_unit(unit).with_code(code), whole);
        }
    }
}
