//! Who answers for a place: the grid's full-time worker, and the whole chain.

use std::collections::BTreeSet;

use super::answer::Hit;
use super::assignment::{Assignment, Holder};
use super::person::Person;
use super::role::Level;
use crate::address::Door;
use crate::survey::Name;

/// Who answers for a door: its grid and the grid's full-time worker.
#[derive(Clone, Debug)]
pub struct Duty<'d> {
    /// The grid's name: `03`; with its community where there are several.
    pub grid: String,
    /// The grid's place in [`Ground::grids`](super::Ground::grids), which is the order of numbers.
    pub at: usize,
    /// The fixed responsible person; `None` where the grid has none.
    pub worker: Option<&'d Person>,
}

impl Assignment {
    /// The grid of a household and its full-time worker; `None` where the grids do not have the building, or do not tell which
    /// of several grids the door is in. `community` and `estate` are what the household's list says; both may be empty.
    #[must_use]
    pub fn responsible(&self, community: &str, estate: &str, door: &Door) -> Option<Duty<'_>> {
        let within = self.ground.community(community);
        let name = Name::of_door(estate, door)?;
        let found =
            self.ground
                .buildings_of(&name, within, estate.is_empty() && door.prefix.is_none());
        let [building] = found.as_slice() else {
            return None;
        };
        let pieces = self.ground.pieces_at(*building, door);
        let grids: BTreeSet<usize> = pieces
            .iter()
            .filter_map(|at| self.ground.pieces.get(*at))
            .map(|piece| piece.grid)
            .collect();
        let mut grids = grids.into_iter();
        let grid = grids.next().filter(|_| grids.next().is_none())?;
        Some(self.duty(grid))
    }

    /// A grid by what a list calls it, and its full-time worker; `None` where there is no such grid, or several.
    #[must_use]
    pub fn responsible_for_grid(&self, community: &str, label: &str) -> Option<Duty<'_>> {
        match self.ground.grid(self.ground.community(community), label) {
            super::ground::Named::One(grid) => Some(self.duty(grid)),
            _ => None,
        }
    }

    fn duty(&self, at: usize) -> Duty<'_> {
        let worker = self.holders(Level::Worker, at).first();
        Duty {
            grid: self.ground.grid_name(at),
            at,
            worker: worker.and_then(|holder| self.person(holder.person)),
        }
    }

    /// The people who answer for a place, nearest first: the grid staff, then the party; levels where nobody stands are left out.
    #[must_use]
    pub fn chain(&self, hit: &Hit) -> Vec<(Level, Vec<Holder>)> {
        let nearest = [
            Level::Assistant,
            Level::Worker,
            Level::Area,
            Level::Chief,
            Level::Member,
            Level::Group,
            Level::Branch,
            Level::Committee,
        ];
        let of = |level| {
            let mut holders = self.at(level, hit.grid, Some(hit.piece));
            if let Some(entrance) = &hit.entrance {
                holders.retain(|holder| {
                    holder.entrances.is_empty() || holder.entrances.contains(entrance)
                });
            }
            // Whoever has just this entrance is nearer than whoever has the building.
            holders.sort_by_key(|holder| holder.entrances.is_empty());
            holders
        };
        let all = nearest.into_iter().map(|level| (level, of(level)));
        all.filter(|(_, holders)| !holders.is_empty()).collect()
    }
}
