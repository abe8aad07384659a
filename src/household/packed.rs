//! A household of a person-level list in 40 bytes, for lists of very many.

use super::{Age, Facts, Household, Level, Written};
use crate::code::{Flags, GridCode, ResidentLetter, TenureLetter, Unit};

/// What is known of a household while its rows are still being read, and afterwards.
///
/// A few households do not fit: those with two different codes, and whatever has more rows, or rows further apart, than
/// households have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Packed([u64; WORDS]);

const WORDS: usize = 5;

/// How many bits each part has, in the order in which they are packed; none crosses a word.
mod bits {
    pub(super) const ROW: u32 = 40;
    pub(super) const UNIT: u32 = 17;
    pub(super) const DIGITS: u32 = 3;
    pub(super) const LETTER: u32 = 5;
    pub(super) const FLAGS: u32 = 10;
    pub(super) const CODE: u32 = crate::code::GridCode::PACKED_BITS;
    /// How far below its first row a household has its code.
    pub(super) const BELOW: u32 = 24;
    pub(super) const AGE: u32 = 8;
    pub(super) const COUNT: u32 = 16;
}

impl Packed {
    /// Stands where there is nothing.
    pub(crate) const NOTHING: Self = Self([0; WORDS]);

    /// Packs a household; `None` where it does not fit.
    pub(crate) fn of(household: &Household) -> Option<Self> {
        let Household {
            code_unit,
            row,
            record,
            level: Level::Person,
            code,
            written,
            other_code: None,
            earlier: None,
            facts,
        } = household
        else {
            return None;
        };
        let mut into = Packer::default();
        into.put(*row, bits::ROW)?;
        let (number, digits) = code_unit.map_or((0, 0), |unit| (unit.number(), unit.digits()));
        into.put(number.into(), bits::UNIT)?;
        into.put(digits.into(), bits::DIGITS)?;
        into.next_word();
        into.put(*record, bits::ROW)?;
        into.put(
            letter(facts.resident.map(ResidentLetter::as_char), 'A'),
            bits::LETTER,
        )?;
        into.put(
            letter(facts.tenure.map(TenureLetter::as_char), 'a'),
            bits::LETTER,
        )?;
        for flag in of(facts) {
            into.put(flag.into(), 1)?;
        }
        into.next_word();
        let (packed, code_row) = code.map_or((0, *row), |(code, row)| (code.pack(), row));
        into.put(packed, bits::CODE)?;
        into.put(written.exact.into(), 1)?;
        into.put(facts.flags.bits().into(), bits::FLAGS)?;
        into.put(facts.open_flags.bits().into(), bits::FLAGS)?;
        into.put(facts.eldest.is_some().into(), 1)?;
        into.put(facts.stated_residents.is_some().into(), 1)?;
        into.next_word();
        into.put(code_row.checked_sub(*row)?, bits::BELOW)?;
        let code_record = code.map_or(*record, |_| written.record);
        into.put(code_record.checked_sub(*record)?, bits::BELOW)?;
        let eldest = facts.eldest.unwrap_or(Age::exactly(0));
        into.put(eldest.low.into(), bits::AGE)?;
        into.put(eldest.high.into(), bits::AGE)?;
        into.next_word();
        into.put(facts.rows.into(), bits::COUNT)?;
        into.put(facts.ages_known.into(), bits::COUNT)?;
        into.put(written.texts.into(), bits::COUNT)?;
        into.put(facts.stated_residents.unwrap_or(0).into(), bits::COUNT)?;
        Some(Self(into.words))
    }

    /// The household that was packed.
    pub(crate) fn household(&self) -> Household {
        let mut from = Unpacker::new(self.0);
        let row = from.take(bits::ROW);
        let number = from.small(bits::UNIT);
        let digits = from.byte(bits::DIGITS);
        from.next_word();
        let record = from.take(bits::ROW);
        let mut facts = Facts {
            resident: char_of(from.byte(bits::LETTER), b'A').and_then(ResidentLetter::new),
            tenure: char_of(from.byte(bits::LETTER), b'a').and_then(TenureLetter::new),
            ..Facts::default()
        };
        for flag in of_mut(&mut facts) {
            *flag = from.bit();
        }
        from.next_word();
        let code = GridCode::unpack(from.take(bits::CODE));
        let exact = from.bit();
        facts.flags = Flags::of_bits(from.short(bits::FLAGS));
        facts.open_flags = Flags::of_bits(from.short(bits::FLAGS));
        let (has_eldest, has_stated) = (from.bit(), from.bit());
        from.next_word();
        let code_row = row + from.take(bits::BELOW);
        let code_record = record + from.take(bits::BELOW);
        let (low, high) = (from.short(bits::AGE), from.short(bits::AGE));
        facts.eldest = has_eldest.then_some(Age { low, high });
        from.next_word();
        facts.rows = from.small(bits::COUNT);
        facts.ages_known = from.small(bits::COUNT);
        let texts = from.small(bits::COUNT);
        let stated = from.short(bits::COUNT);
        facts.stated_residents = has_stated.then_some(stated);
        Household {
            code_unit: Unit::new(number, digits),
            row,
            record,
            level: Level::Person,
            code: code.map(|code| (code, code_row)),
            written: Written {
                texts,
                record: if code.is_some() { code_record } else { 0 },
                exact,
            },
            other_code: None,
            earlier: None,
            facts,
        }
    }
}

/// What some row said or did not.
fn of(facts: &Facts) -> [bool; 8] {
    let mut facts = facts.clone();
    of_mut(&mut facts).map(|flag| *flag)
}

fn of_mut(facts: &mut Facts) -> [&mut bool; 8] {
    [
        &mut facts.resident_unmapped,
        &mut facts.residents_differ,
        &mut facts.tenure_unmapped,
        &mut facts.head_met,
        &mut facts.resident_has_no_letter,
        &mut facts.resident_is_heads,
        &mut facts.tenure_is_final,
        &mut facts.somebody_unlisted,
    ]
}

/// Letters count from 1: 0 is none.
fn letter(letter: Option<char>, first: char) -> u64 {
    letter.map_or(0, |letter| u64::from(letter) - u64::from(first) + 1)
}

fn char_of(letter: u8, first: u8) -> Option<char> {
    Some(char::from(first + letter.checked_sub(1)?))
}

#[derive(Default)]
struct Packer {
    words: [u64; WORDS],
    word: usize,
    at: u32,
}

impl Packer {
    /// Puts a number in as many bits; `None` where it has more.
    #[inline]
    fn put(&mut self, value: u64, bits: u32) -> Option<()> {
        debug_assert!(self.at + bits <= u64::BITS, "no part crosses a word");
        if value >> bits != 0 {
            return None;
        }
        *self.words.get_mut(self.word)? |= value << self.at;
        self.at += bits;
        Some(())
    }

    fn next_word(&mut self) {
        self.word += 1;
        self.at = 0;
    }
}

struct Unpacker {
    words: std::array::IntoIter<u64, WORDS>,
    rest: u64,
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "no more bits are asked for than the number has"
)]
impl Unpacker {
    fn new(words: [u64; WORDS]) -> Self {
        let mut words = words.into_iter();
        let rest = words.next().unwrap_or_default();
        Self { words, rest }
    }

    fn next_word(&mut self) {
        self.rest = self.words.next().unwrap_or_default();
    }

    #[inline]
    fn take(&mut self, bits: u32) -> u64 {
        let value = self.rest & ((1 << bits) - 1);
        self.rest >>= bits;
        value
    }

    fn small(&mut self, bits: u32) -> u32 {
        self.take(bits) as u32
    }

    fn short(&mut self, bits: u32) -> u16 {
        self.take(bits) as u16
    }

    fn byte(&mut self, bits: u32) -> u8 {
        self.take(bits) as u8
    }

    fn bit(&mut self) -> bool {
        self.take(1) == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_household() -> impl Strategy<Value = Household> {
        let edge = |bits: u32| prop_oneof![0..9_u64, Just((1 << bits) - 1), Just(1_u64 << bits)];
        let place = (edge(40), edge(40), edge(24), edge(24));
        let codes = (0..1_u64 << 37, 0..1_u64 << 37);
        let counts = (edge(16), edge(16), edge(16));
        let ages = (any::<bool>(), 0..300_u16, 0..300_u16);
        let others = (
            any::<[bool; 10]>(),
            any::<u16>(),
            any::<u16>(),
            any::<u16>(),
        );
        (place, codes, counts, ages, others).prop_map(|(place, codes, counts, ages, others)| {
            let (flags, first, second, stated) = others;
            let like = GridCode::unpack(codes.1);
            let code = GridCode::unpack(codes.0).map(|code| (code, place.0 + place.2));
            let count = |count: u64| u32::try_from(count).unwrap();
            let mut facts = Facts {
                rows: count(counts.0),
                ages_known: count(counts.1),
                stated_residents: flags[8].then_some(stated),
                resident: like.map(|code| code.resident),
                tenure: like.map(|code| code.tenure),
                flags: Flags::of_bits(first),
                open_flags: Flags::of_bits(second),
                ..Facts::default()
            };
            facts.eldest = ages.0.then_some(Age {
                low: ages.1,
                high: ages.2,
            });
            for (flag, value) in of_mut(&mut facts).into_iter().zip(flags) {
                *flag = value;
            }
            Household {
                code_unit: like.map(|code| code.unit),
                row: place.0,
                record: place.1,
                level: Level::Person,
                code,
                written: Written {
                    texts: count(counts.2),
                    record: code.map_or(0, |_| place.1 + place.3),
                    exact: flags[9],
                },
                other_code: None,
                earlier: None,
                facts,
            }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn a_household_is_unpacked_as_it_was_packed_or_does_not_fit(household in any_household()) {
            let fits = [
                (household.row, 40), (household.record, 40),
                (household.code.map_or(0, |(_, row)| row - household.row), 24),
                (household.written.record.saturating_sub(household.record), 24),
                (household.facts.rows.into(), 16), (household.facts.ages_known.into(), 16),
                (household.written.texts.into(), 16),
                (household.facts.eldest.map_or(0, |age| age.low.max(age.high).into()), 8),
            ];
            let fits = fits.iter().all(|(value, bits)| value >> bits == 0);
            match Packed::of(&household) {
                Some(packed) => prop_assert_eq!(packed.household(), household),
                None => prop_assert!(!fits),
            }
        }
    }

    #[test]
    fn it_has_40_bytes() {
        assert_eq!(size_of::<Packed>(), 40);
    }
}
