//! Staircases that had a silent row, found again by the texts that name them, whatever the numbers in these.

use super::numbered::number;
use super::spelling::Spelling;
use super::staircase::Beginning;
use crate::household::DoorRead;
use crate::row::{CellKind, Cells};

/// How many can be remembered, a power of two, three times the estates of a city with what is written behind their numbers:
/// a list in no order goes from one to another with every row.
const SLOTS: usize = 1 << 14;
/// As many places are looked at.
const WAY: usize = 4;

/// The columns of community, estate, building and entrance, those that there are.
pub(super) type Stairs = [Option<usize>; 4];

/// As many of these come first that are names, and no numbers.
pub(super) const NAMES: usize = 2;

/// Staircases, each with all others that differ from it in nothing but plain numbers of building and entrance.
#[derive(Debug, Default)]
pub(super) struct Families {
    sought: Spelling,
    slots: Vec<Option<Box<Family>>>,
}

#[derive(Debug)]
pub(super) struct Family {
    sought: Box<[u64]>,
    /// The texts and kinds of one of its staircases, and its door.
    pub(super) staircase: Vec<(String, CellKind)>,
    pub(super) door: DoorRead,
    /// Whether building and entrance are plain numbers; where they are not, it has one staircase only.
    pub(super) is_numbered: bool,
    /// What the keys of its doors begin with.
    pub(super) beginning: Beginning,
}

impl Families {
    /// The place of the family of a row, where it is known.
    pub(super) fn find(&mut self, stairs: &Stairs, row: &Cells<'_>) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let home = self.seek(stairs, row);
        let mut way = home..home + WAY;
        let slot = way.find(|slot| self.is_sought(*slot))?;
        let family = self.get(slot)?;
        let is_one = family.is_numbered || is_of(&family.staircase, stairs, row);
        is_one.then_some(slot)
    }

    fn is_sought(&self, slot: usize) -> bool {
        self.get(slot)
            .is_some_and(|family| *family.sought == *self.sought.words())
    }

    pub(super) fn get(&self, slot: usize) -> Option<&Family> {
        self.slots.get(slot)?.as_deref()
    }

    /// Remembers the family of a row's staircase.
    pub(super) fn learn(
        &mut self,
        stairs: &Stairs,
        row: &Cells<'_>,
        door: &DoorRead,
        is_numbered: bool,
        beginning: Beginning,
    ) {
        if self.slots.is_empty() {
            self.slots.resize_with(SLOTS + WAY, || None);
        }
        let home = self.seek(stairs, row);
        let family = Family {
            sought: self.sought.words().into(),
            staircase: texts(stairs, row),
            door: door.clone(),
            is_numbered,
            beginning,
        };
        let is_free = |slot: &usize| self.get(*slot).is_none() || self.is_sought(*slot);
        // One that is lost to another costs a judging.
        let slot = (home..home + WAY).find(is_free).unwrap_or(home);
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = Some(Box::new(family));
        }
    }

    /// Spells the texts that name a staircase, of plain numbers only what stands behind them; gives the slot.
    fn seek(&mut self, stairs: &Stairs, row: &Cells<'_>) -> usize {
        self.sought.clear();
        for (place, at) in stairs.iter().enumerate() {
            let Some(at) = *at else { continue };
            let text = row.get(at);
            self.sought.push_kind(row.kind(at));
            let text = match number(text) {
                Some((_, mark)) if place >= NAMES => {
                    // A second kind says that there was a number.
                    self.sought.push_kind(CellKind::Number);
                    mark
                }
                _ => text,
            };
            self.sought.push(text.as_bytes(), text.len());
        }
        self.sought.slot(SLOTS)
    }
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
