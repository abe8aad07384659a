//! Who answers for what, as `assign` leaves it.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::ground::Ground;
use super::person::Person;
use super::role::{Level, Roles};
use super::roster::Roster;
use crate::address::Entrance;

/// Somebody at a level of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// By place in [`Roster::people`].
    pub person: usize,
    /// The roster, or an earlier assignment, says so; else the load was levelled.
    pub is_kept: bool,
    /// Where it is only some entrances of the piece: these.
    pub entrances: Vec<Entrance>,
}

/// Who answers for what.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The grids.
    pub ground: Ground,
    /// The people.
    pub roster: Roster,
    /// What the levels are called.
    pub roles: Roles,
    /// What is missing, too much, or cannot be read.
    pub findings: Vec<Finding>,
    pub(super) held: Held,
}

/// Level and place: a community for chief and committee, a grid for area head, worker and branch, a piece for the others.
pub(super) type Held = BTreeMap<(Level, usize), Vec<Holder>>;

impl Assignment {
    /// Who stands at a level of a place: a community for [`Level::Chief`] and [`Level::Committee`], a grid for
    /// [`Level::Area`], [`Level::Worker`] and [`Level::Branch`], a piece for the others; by place in the ground's lists.
    #[must_use]
    pub fn holders(&self, level: Level, place: usize) -> &[Holder] {
        self.held.get(&(level, place)).map_or(&[], Vec::as_slice)
    }

    /// A person of the roster.
    #[must_use]
    pub fn person(&self, person: usize) -> Option<&Person> {
        self.roster.people.get(person)
    }

    /// The level's holders for a grid, and for a part of it where one is meant.
    #[must_use]
    pub fn at(&self, level: Level, grid: usize, piece: Option<usize>) -> Vec<Holder> {
        let place = match level {
            Level::Chief | Level::Committee => {
                self.ground.grids.get(grid).map(|grid| grid.community)
            }
            Level::Area | Level::Worker | Level::Branch => Some(grid),
            Level::Assistant | Level::Group | Level::Member => piece,
        };
        place.map_or_else(Vec::new, |place| self.holders(level, place).to_vec())
    }
}
