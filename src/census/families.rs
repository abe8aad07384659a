//! Staircases that had a silent row, found again by the texts that name them, whatever the numbers in these.

use std::ops::Range;

use twox_hash::XxHash3_64;

use super::numbered::marked;
use super::staircase::Beginning;
use crate::household::DoorRead;
use crate::row::{CellKind, Cells};

/// How many can be remembered, a power of two, three times the estates of a city with what is written behind their numbers:
/// a list in no order goes from one to another with every row.
const SLOTS: usize = 1 << 14;
/// A list of one community has fewer.
const FIRST_SLOTS: usize = 1 << 6;
/// As many places are looked at.
const WAY: usize = 16;

/// The columns of community, estate, building and entrance, those that there are.
pub(super) type Stairs = [Option<usize>; 4];

/// As many of these come first that are names, and no numbers.
pub(super) const NAMES: usize = 2;

/// Staircases, each with all others that differ from it in nothing but plain numbers of building and entrance.
///
/// What a row needs of its family is in one place of 32 bytes: a list in no order goes from one to another with every row,
/// and there are thousands.
#[derive(Debug, Default)]
pub(super) struct Families {
    /// Room to spell names in that do not stand side by side.
    spelt: Vec<u8>,
    slots: Vec<Option<Family>>,
    len: usize,
    /// One of the staircases of each, and its door.
    samples: Vec<Sample>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Family {
    /// What the keys of its doors begin with.
    pub(super) beginning: Beginning,
    /// Stands for its names. That any two of a hundred thousand families are taken for one has a probability of 3 in ten
    /// thousand million, less than with the keys of households.
    print: u64,
    sample: u32,
    /// Whether building and entrance are plain numbers; where they are not, it has one staircase only.
    pub(super) is_numbered: bool,
}

/// One staircase of a family.
#[derive(Clone, Debug, Default)]
pub(super) struct Sample {
    /// The texts and kinds that name it.
    pub(super) texts: Vec<(String, CellKind)>,
    pub(super) door: DoorRead,
}

impl Families {
    /// The family of a row, where it is known.
    #[inline]
    pub(super) fn find(&mut self, stairs: &Stairs, row: &Cells<'_>) -> Option<Family> {
        if self.slots.is_empty() {
            return None;
        }
        let print = print(stairs, row, &mut self.spelt);
        let way = self.slots.get(self.way_of(print))?;
        let is_it = |family: &&Family| family.print == print;
        let family = *way.iter().flatten().find(is_it)?;
        let is_one = family.is_numbered || is_of(&self.sample(family)?.texts, stairs, row);
        is_one.then_some(family)
    }

    /// One staircase of a family.
    pub(super) fn sample(&self, family: Family) -> Option<&Sample> {
        self.samples.get(family.sample as usize)
    }

    /// Remembers the family of a row's staircase.
    pub(super) fn learn(
        &mut self,
        stairs: &Stairs,
        row: &Cells<'_>,
        sample: Sample,
        is_numbered: bool,
        beginning: Beginning,
    ) {
        if self.len * 8 >= self.slots.len() * 5 && self.slots.len() < SLOTS {
            self.grow();
        }
        let print = print(stairs, row, &mut self.spelt);
        let at = u32::try_from(self.samples.len()).unwrap_or(u32::MAX);
        let Some(slot) = self.slot_for(print) else {
            return;
        };
        // One that is lost to another costs a judging.
        let lost = slot.map(|known| known.sample);
        *slot = Some(Family {
            print,
            beginning,
            sample: lost.unwrap_or(at),
            is_numbered,
        });
        if let Some(known) = lost.and_then(|lost| self.samples.get_mut(lost as usize)) {
            *known = sample;
        } else {
            self.len += 1;
            self.samples.push(sample);
        }
    }

    /// Its own place, or a free one; that of another where there is neither.
    fn slot_for(&mut self, print: u64) -> Option<&mut Option<Family>> {
        let range = self.way_of(print);
        let way = self.slots.get_mut(range)?;
        let is_free = |slot: &Option<Family>| slot.is_none_or(|known| known.print == print);
        let at = way.iter().position(is_free).unwrap_or_default();
        way.get_mut(at)
    }

    fn grow(&mut self) {
        let slots = (self.slots.len().next_power_of_two()).max(FIRST_SLOTS);
        let old = std::mem::replace(&mut self.slots, vec![None; slots + WAY]);
        self.len = 0;
        for family in old.into_iter().flatten() {
            if let Some(slot @ None) = self.slot_for(family.print) {
                *slot = Some(family);
                self.len += 1;
            }
        }
    }

    /// The places where a family may stand.
    #[inline]
    fn way_of(&self, print: u64) -> Range<usize> {
        let slots = self.slots.len().saturating_sub(WAY).max(1);
        // A part of one, times the number of slots.
        let home = (u128::from(print) * slots as u128) >> u64::BITS;
        let home = usize::try_from(home).unwrap_or_default();
        home..home + WAY
    }
}

/// No byte of UTF-8, and no kind of cell: what stands before each cell that is spelt by itself.
const CELL: u8 = 0xff;
/// What stands for a number.
const NUMBER: u8 = 0xfe;

/// Stands for the texts that name a staircase: of plain numbers only for what stands behind them.
#[inline]
fn print(stairs: &Stairs, row: &Cells<'_>, spelt: &mut Vec<u8>) -> u64 {
    if let Some((names, marks)) = names_of_line(stairs, row) {
        return XxHash3_64::oneshot_with_seed(marks, names);
    }
    spelt.clear();
    for (place, at) in stairs.iter().enumerate() {
        let Some(at) = *at else {
            spelt.push(CELL);
            continue;
        };
        spelt.extend([CELL, row.kind(at) as u8]);
        match marked(row.get(at)) {
            Some((_, mark, _)) if place >= NAMES => {
                spelt.push(NUMBER);
                spelt.extend_from_slice(mark.as_bytes());
            }
            _ => spelt.extend_from_slice(row.bytes(at)),
        }
    }
    XxHash3_64::oneshot(spelt)
}

/// The names in a plain line, where they stand side by side, with the delimiter between them; and a number above 0 for what
/// stands behind the numbers.
#[inline]
fn names_of_line<'s>(stairs: &Stairs, row: &Cells<'s>) -> Option<(&'s [u8], u64)> {
    let (line, ends) = row.plain_line()?;
    let [community, estate, building, entrance] = *stairs;
    let names = match (community, estate) {
        (None, None) => &[][..],
        (one, other) => {
            let (one, other) = (one.or(other)?, other.or(one)?);
            let (first, last) = (one.min(other), one.max(other));
            if last - first > 1 {
                return None;
            }
            let start = match first.checked_sub(1) {
                None => 0,
                Some(before) => ends.get(before)? + 1,
            };
            line.get(start..*ends.get(last)?)?
        }
    };
    let mut marks = 1;
    for at in [building, entrance] {
        let mark = match at {
            None => 0,
            Some(at) => marked(row.get(at))?.2 as u64 + 1,
        };
        marks = marks << 4 | mark;
    }
    Some((names, marks))
}

/// The texts and kinds of a row that name its staircase.
pub(super) fn texts(stairs: &Stairs, row: &Cells<'_>) -> Vec<(String, CellKind)> {
    let text = |at: &Option<usize>| {
        at.map_or_else(Default::default, |at| {
            (row.get(at).to_owned(), row.kind(at))
        })
    };
    stairs.iter().map(text).collect()
}

/// Whether a row names the staircase that these texts name.
pub(super) fn is_of(staircase: &[(String, CellKind)], stairs: &Stairs, row: &Cells<'_>) -> bool {
    let is_same = |(at, (text, kind)): (&Option<usize>, &(String, CellKind))| {
        at.is_none_or(|at| row.get(at) == text && row.kind(at) == *kind)
    };
    !staircase.is_empty() && stairs.iter().zip(staircase).all(is_same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::Row;

    const STAIRS: Stairs = [Some(0), Some(1), Some(2), Some(3)];

    fn learnt(families: &mut Families, row: &Row, is_numbered: bool) {
        let sample = Sample {
            texts: texts(&STAIRS, &row.cells()),
            door: DoorRead::default(),
        };
        families.learn(
            &STAIRS,
            &row.cells(),
            sample,
            is_numbered,
            Beginning::default(),
        );
    }

    #[test]
    fn a_family_is_in_32_bytes() {
        assert_eq!(size_of::<Option<Family>>(), 32);
    }

    #[test]
    fn numbers_tell_no_families_apart_and_all_else_does() {
        let mut families = Families::default();
        learnt(
            &mut families,
            &Row::of(2, ["甲社区", "东区", "3栋", "1单元"]),
            true,
        );
        learnt(
            &mut families,
            &Row::of(3, ["甲社区", "东区", "甲栋", "1单元"]),
            false,
        );
        for (cells, is_known) in [
            (["甲社区", "东区", "12栋", "9单元"], true),
            (["甲社区", "东区", "甲栋", "1单元"], true),
            (["甲社区", "东区", "甲栋", "2单元"], false),
            (["甲社区", "东区", "乙栋", "1单元"], false),
            (["甲社区", "东区", "3幢", "1单元"], false),
            (["甲社区", "东区", "3栋", "1"], false),
            (["甲社区", "东区", "3栋", ""], false),
            (["甲社区", "西区", "3栋", "1单元"], false),
            (["乙社区", "东区", "3栋", "1单元"], false),
            (["甲社", "区东区", "3栋", "1单元"], false),
        ] {
            let row = Row::of(4, cells);
            let found = families.find(&STAIRS, &row.cells());
            assert_eq!(found.is_some(), is_known, "{cells:?}");
        }
    }

    #[test]
    fn a_city_of_families_is_remembered_each_with_its_own_sample() {
        let mut families = Families::default();
        let row = |number: usize| {
            let (community, estate) = (format!("{}社区", number / 9), format!("{}区", number % 9));
            Row::of(2, [community.as_str(), estate.as_str(), "3栋", "1单元"])
        };
        for number in 0..5_000 {
            learnt(&mut families, &row(number), true);
        }
        let mut known = 0;
        for number in 0..5_000 {
            let row = row(number);
            let found = families.find(&STAIRS, &row.cells());
            let sample = found.and_then(|family| families.sample(family));
            let own = texts(&STAIRS, &row.cells());
            known += usize::from(sample.is_some_and(|sample| sample.texts == own));
        }
        assert!(known > 4_900, "{known}");
    }
}
