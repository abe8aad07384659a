//! `Standing`: the staircase in which a silent row stood last, and how the next row lies to it.

use super::families::{self, Families, Family, NAMES, Sample, Stairs};
use super::numbered::number;
use super::staircase::{Beginning, Staircase};
use crate::address::{Building, Entrance};
use crate::household::{DoorRead, Entry};
use crate::row::{CellKind, Cells};

/// The staircase of the row before, and those of all silent rows before that.
#[derive(Debug)]
pub(super) struct Standing {
    stairs: Stairs,
    /// The texts and kinds that name the staircase, and its door.
    sample: Sample,
    /// Whether its building and its entrance are plain numbers, so that others in their place change nothing.
    is_numbered: bool,
    /// Whether the door has the numbers of another staircase.
    is_door_behind: bool,
    /// Whether the row before stood elsewhere, in a staircase of this family. In a list in no order all rows do, and
    /// nothing need be known of its staircase but what its keys begin with.
    away: Option<Beginning>,
    families: Families,
}

/// Where a row stands, as seen from the one before.
pub(super) enum Step {
    /// In the same staircase.
    Here,
    /// In one that differs in plain numbers only.
    Next,
    /// In one of a family that is known.
    Far(Family),
}

/// How a row that was not judged follows the one before.
#[derive(Debug)]
pub(super) enum Way<'s> {
    /// In the same staircase.
    On,
    /// The row before was none that was told, or nothing but the door tells where the staircase is.
    Anew,
    /// In another staircase of the same estate, with these numbers of building and entrance.
    Next(Option<&'s str>, Option<&'s str>),
    /// In one of the estate whose keys begin so.
    Far(Beginning, Option<&'s str>, Option<&'s str>),
}

impl Standing {
    pub(super) fn new(stairs: Stairs) -> Self {
        Self {
            stairs,
            sample: Sample::default(),
            is_numbered: false,
            is_door_behind: false,
            away: None,
            families: Families::default(),
        }
    }

    /// Where a row stands; `None` where no silent row stood before.
    #[inline]
    pub(super) fn step(&mut self, row: &Cells<'_>) -> Option<Step> {
        if self.away.is_none() {
            if families::is_of(&self.sample.texts, &self.stairs, row) {
                return Some(Step::Here);
            }
            if self.is_next(row) {
                return Some(Step::Next);
            }
        }
        self.families.find(&self.stairs, row).map(Step::Far)
    }

    /// Takes a step; `resumes` says that the row before was judged.
    #[inline]
    pub(super) fn take<'s>(&mut self, step: &Step, row: &Cells<'s>, resumes: bool) -> Way<'s> {
        match step {
            Step::Here if resumes => Way::Anew,
            Step::Here => Way::On,
            Step::Next => {
                self.enter(row);
                if resumes {
                    return Way::Anew;
                }
                let (building, entrance) = self.numbers(row);
                Way::Next(building, entrance)
            }
            Step::Far(family) => self.go_to(*family, row),
        }
    }

    fn go_to<'s>(&mut self, family: Family, row: &Cells<'s>) -> Way<'s> {
        let beginning = family.beginning;
        // Two rows of one family running: it may be worth while to know more of it.
        let stays = self.away == Some(beginning);
        self.away = Some(beginning);
        if stays || !family.is_numbered {
            self.settle(family, row);
        }
        if !family.is_numbered {
            return Way::Anew;
        }
        let (building, entrance) = self.numbers(row);
        Way::Far(beginning, building, entrance)
    }

    #[cold]
    fn settle(&mut self, family: Family, row: &Cells<'_>) {
        if let Some(sample) = self.families.sample(family) {
            self.sample.clone_from(sample);
            self.is_numbered = family.is_numbered;
            self.enter(row);
            self.away = None;
        }
    }

    /// Whether a row is of another staircase than the one before, but only by the numbers of building and entrance.
    fn is_next(&self, row: &Cells<'_>) -> bool {
        let is_like =
            |(place, (at, (text, kind))): (usize, (&Option<usize>, &(String, CellKind)))| {
                at.is_none_or(|at| {
                    let here = row.get(at);
                    let same = match (number(here), number(text)) {
                        (Some((_, mark)), Some((_, known))) if place >= NAMES => mark == known,
                        _ => here == text,
                    };
                    same && row.kind(at) == *kind
                })
            };
        let known = self.stairs.iter().zip(&self.sample.texts);
        self.is_numbered && known.enumerate().all(is_like)
    }

    /// The numbers of the building and the entrance that a row names.
    #[inline]
    fn numbers<'s>(&self, row: &Cells<'s>) -> (Option<&'s str>, Option<&'s str>) {
        let [.., building, entrance] = self.stairs;
        let digits = |at: Option<usize>| Some(number(row.get(at?))?.0);
        (digits(building), digits(entrance))
    }

    /// Goes on to the staircase that a row names, which differs in its numbers.
    fn enter(&mut self, row: &Cells<'_>) {
        for (at, (text, _)) in self.stairs.iter().zip(&mut self.sample.texts) {
            if let Some(at) = at {
                row.get(*at).clone_into(text);
            }
        }
        self.is_door_behind = self.is_numbered;
    }

    /// A door of the staircase of the row before, which is not away.
    pub(super) fn door(&mut self) -> &DoorRead {
        if self.is_door_behind {
            self.is_door_behind = false;
            let [.., building, entrance] = self.sample.texts.as_slice() else {
                return &self.sample.door;
            };
            let value = |(text, _): &(String, CellKind)| number(text)?.0.parse().ok();
            let door = &mut self.sample.door.door;
            door.building = value(building).map(Building::numbered);
            door.entrance = value(entrance).map(Entrance::numbered);
        }
        &self.sample.door
    }

    /// Remembers the staircase of a row that was judged, and silent. The staircase has just told the digest of its door.
    pub(super) fn learn(&mut self, entry: &Entry<'_>, staircase: &Staircase) {
        let row = &entry.row.cells();
        if self.away.is_none() && families::is_of(&self.sample.texts, &self.stairs, row) {
            return;
        }
        self.sample = Sample {
            texts: families::texts(&self.stairs, row),
            door: entry.door.clone(),
        };
        self.is_door_behind = false;
        self.away = None;
        self.is_numbered = self.is_plainly_numbered(row);
        let (sample, beginning) = (self.sample.clone(), staircase.beginning());
        self.families
            .learn(&self.stairs, row, sample, self.is_numbered, beginning);
    }

    /// Whether the door that was read from a row is that of the plain numbers in it.
    fn is_plainly_numbered(&self, row: &Cells<'_>) -> bool {
        let [.., building_at, entrance_at] = self.stairs;
        let (building, entrance) = self.numbers(row);
        let door = &self.sample.door.door;
        door.prefix.is_none()
            && building_at.is_some() == building.is_some()
            && entrance_at.is_some() == entrance.is_some()
            && door.building.as_ref().map(Building::name) == building
            && door.entrance.as_ref().map(Entrance::name) == entrance
    }
}
