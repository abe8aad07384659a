//! What there is to be divided: communities, their buildings, entrances and floors, and how many live there.

use std::collections::BTreeMap;

use super::name::{Handle, Name};
use crate::address::Entrance as EntranceName;
use crate::partition::{Point, Standard};

/// Who lives somewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Households.
    pub households: u32,
    /// Residents of those households of which the number is known.
    pub residents: u32,
    /// Households of which the number of residents is not known.
    pub unknown: u32,
    /// Households that need priority service.
    pub priority: u32,
    /// Work that the households make.
    pub work: u32,
}

impl Count {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            households: self.households.saturating_add(other.households),
            residents: self.residents.saturating_add(other.residents),
            unknown: self.unknown.saturating_add(other.unknown),
            priority: self.priority.saturating_add(other.priority),
            work: self.work.saturating_add(other.work),
        }
    }
}

/// One staircase of a building, or a part of it that is listed as a block of its own.
#[derive(Clone, Debug)]
pub struct Entrance {
    /// `2单元`; empty where the list does not say.
    pub name: String,
    pub(super) handle: Option<Handle>,
    /// Who lives on each floor, rising; `None` is where the floor is not known, and comes first.
    pub floors: BTreeMap<Option<i16>, Count>,
    /// Where it stands.
    pub at: Option<Point>,
}

impl Entrance {
    /// Who lives there.
    #[must_use]
    pub fn count(&self) -> Count {
        self.floors
            .values()
            .fold(Count::default(), |sum, count| sum.plus(*count))
    }
}

/// A building.
#[derive(Clone, Debug)]
pub struct Building {
    /// As it is called within its community: `3栋`, `翠竹园3栋`.
    pub name: String,
    pub(super) names: Name,
    /// Its entrances in walking order; those of which the list does not say the entrance come first.
    pub entrances: Vec<Entrance>,
    /// Its entrances are listed as blocks of their own, and stay so.
    pub is_in_parts: bool,
    /// Where it stands.
    pub at: Option<Point>,
    /// No position of its own is known while others' are: [`at`](Self::at) is that of the nearest building by name.
    pub is_beside: bool,
    /// Its place in an order of buildings.
    pub order: Option<i64>,
}

impl Building {
    /// Who lives there.
    #[must_use]
    pub fn count(&self) -> Count {
        let all = self.entrances.iter();
        all.fold(Count::default(), |sum, entrance| sum.plus(entrance.count()))
    }
}

/// What tells which buildings touch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// The natural order of names: nothing better is known.
    #[default]
    Names,
    /// An order that somebody gave.
    Order,
    /// Pairs that somebody gave.
    Pairs,
    /// Positions.
    Positions,
}

/// A building, or one entrance of it, by place in [`Community::buildings`] and [`Building::entrances`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The building.
    pub building: usize,
    /// The entrance, where one is meant.
    pub entrance: Option<usize>,
}

/// What the previous plan says of a community.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// The names of its grids, in natural order.
    pub grids: Vec<String>,
    /// How many of each building, entrance and floor were in which grid.
    pub(super) members: Vec<(Spot, Option<i16>, u32, u32)>,
    /// Grids that stay as they are.
    pub locked: Vec<u32>,
    /// Grids with limits of their own.
    pub own: Vec<(u32, Standard)>,
}

/// A community.
#[derive(Clone, Debug)]
pub struct Community {
    /// Its name or statistical code as the list says it; empty where it does not.
    pub name: String,
    /// Its buildings in natural order of their names.
    pub buildings: Vec<Building>,
    /// What tells which buildings touch.
    pub ground: Ground,
    /// Pairs that touch, where somebody gave them.
    pub pairs: Vec<(Spot, Spot)>,
    /// Barriers between buildings.
    pub barriers: Vec<(Point, Point)>,
    /// Pairs that must be in one grid.
    pub together: Vec<(Spot, Spot)>,
    /// Pairs that must not be in one grid.
    pub apart: Vec<(Spot, Spot)>,
    /// The previous plan.
    pub before: Option<Before>,
    /// Its own limits, where they differ from all others'.
    pub standard: Option<Standard>,
}

impl Community {
    /// Who lives there.
    #[must_use]
    pub fn count(&self) -> Count {
        let all = self.buildings.iter();
        all.fold(Count::default(), |sum, building| sum.plus(building.count()))
    }
}

/// Where a row of the list belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The community.
    pub community: usize,
    /// The building in it.
    pub building: usize,
    /// The entrance of that.
    pub entrance: usize,
    /// The floor, where it is known.
    pub floor: Option<i16>,
}

/// A list on its way: buildings are numbered as they are met and put in order at the end.
#[derive(Default)]
pub(super) struct Draft {
    communities: Vec<Drafted>,
    by_name: BTreeMap<String, usize>,
    seats: BTreeMap<(usize, u64), Seat>,
}

#[derive(Default)]
struct Drafted {
    name: String,
    buildings: Vec<Building>,
    by_handle: BTreeMap<Handle, usize>,
}

/// One household, or several that are listed together.
pub(super) struct Dwelling<'d> {
    pub(super) community: &'d str,
    pub(super) name: Name,
    /// The entrance, and how it is written.
    pub(super) entrance: Option<(Handle, String)>,
    pub(super) floor: Option<i16>,
    pub(super) count: Count,
    pub(super) is_part: bool,
}

impl Draft {
    /// Takes a dwelling in; `at` is where it is listed.
    pub(super) fn add(&mut self, at: (usize, u64), dwelling: Dwelling<'_>) {
        let next = self.communities.len();
        let community = *self
            .by_name
            .entry(dwelling.community.to_owned())
            .or_insert(next);
        if community == next {
            self.communities.push(Drafted {
                name: dwelling.community.to_owned(),
                ..Drafted::default()
            });
        }
        let Some(drafted) = self.communities.get_mut(community) else {
            return;
        };
        let next = drafted.buildings.len();
        let building = *drafted
            .by_handle
            .entry(dwelling.name.full.clone())
            .or_insert(next);
        if building == next {
            drafted.buildings.push(Building {
                name: String::new(),
                names: dwelling.name,
                entrances: Vec::new(),
                is_in_parts: dwelling.is_part,
                at: None,
                is_beside: false,
                order: None,
            });
        }
        let Some(drafted) = drafted.buildings.get_mut(building) else {
            return;
        };
        let (handle, name) = dwelling.entrance.unzip();
        let known = drafted
            .entrances
            .iter()
            .position(|known| known.handle == handle);
        let entrance = known.unwrap_or_else(|| {
            drafted.entrances.push(Entrance {
                name: name.unwrap_or_default(),
                handle,
                floors: BTreeMap::new(),
                at: None,
            });
            drafted.entrances.len() - 1
        });
        if let Some(entrance) = drafted.entrances.get_mut(entrance) {
            let floor = entrance.floors.entry(dwelling.floor).or_default();
            *floor = floor.plus(dwelling.count);
        }
        self.seats.insert(
            at,
            Seat {
                community,
                building,
                entrance,
                floor: dwelling.floor,
            },
        );
    }

    /// Whether a building, or a part of it, has been listed.
    pub(super) fn has(&self, community: &str, name: &Name, entrance: Option<&Handle>) -> bool {
        let drafted = self
            .by_name
            .get(community)
            .and_then(|at| self.communities.get(*at));
        let building = drafted.and_then(|drafted| {
            let at = drafted.by_handle.get(&name.full)?;
            drafted.buildings.get(*at)
        });
        building.is_some_and(|building| {
            let mut entrances = building.entrances.iter();
            entrances.any(|known| known.handle.as_ref() == entrance)
        })
    }

    /// Puts everything in order: buildings and entrances by name, communities as they were met.
    pub(super) fn finish(self) -> (Vec<Community>, BTreeMap<(usize, u64), Seat>) {
        let mut seats = self.seats;
        let mut places = Vec::new();
        let mut communities = Vec::new();
        for drafted in self.communities {
            let (buildings, moved) = in_order(drafted.buildings);
            places.push(moved);
            communities.push(Community {
                name: drafted.name,
                buildings,
                ground: Ground::Names,
                pairs: Vec::new(),
                barriers: Vec::new(),
                together: Vec::new(),
                apart: Vec::new(),
                before: None,
                standard: None,
            });
        }
        for seat in seats.values_mut() {
            let moved = places
                .get(seat.community)
                .and_then(|moved| moved.get(seat.building));
            if let Some((building, entrances)) = moved {
                seat.building = *building;
                seat.entrance = entrances.get(seat.entrance).copied().unwrap_or_default();
            }
        }
        (communities, seats)
    }
}

/// Where a building, and each of its entrances, has moved to.
type Moved = (usize, Vec<usize>);

fn in_order(drafted: Vec<Building>) -> (Vec<Building>, Vec<Moved>) {
    let mut estates = drafted.iter().map(|building| &building.names);
    let first = estates.next();
    // Where all are of one estate its name says nothing.
    let says = |names: &Name| {
        names
            .full_text
            .strip_suffix(names.bare_text.as_str())
            .map(str::to_owned)
    };
    let one_estate = first.is_some_and(|first| estates.all(|names| says(names) == says(first)));
    let mut order: Vec<(usize, Building)> = drafted.into_iter().enumerate().collect();
    order.sort_by(|a, b| a.1.names.full.cmp(&b.1.names.full));
    let mut moved = vec![(0, Vec::new()); order.len()];
    let mut buildings = Vec::with_capacity(order.len());
    for (to, (from, mut building)) in order.into_iter().enumerate() {
        let names = &building.names;
        let called = if one_estate {
            &names.bare_text
        } else {
            &names.full_text
        };
        building.name.clone_from(called);
        let mut entrances: Vec<(usize, Entrance)> =
            building.entrances.into_iter().enumerate().collect();
        entrances.sort_by(|a, b| a.1.handle.cmp(&b.1.handle));
        let mut places = vec![0; entrances.len()];
        for (to, (from, _)) in entrances.iter().enumerate() {
            if let Some(slot) = places.get_mut(*from) {
                *slot = to;
            }
        }
        building.entrances = entrances
            .into_iter()
            .map(|(_, entrance)| entrance)
            .collect();
        if let Some(slot) = moved.get_mut(from) {
            *slot = (to, places);
        }
        buildings.push(building);
    }
    (buildings, moved)
}

/// How an entrance is written: `2单元`.
pub(super) fn entrance_text(entrance: &EntranceName) -> (Handle, String) {
    (Handle::of_entrance(entrance), entrance.to_string())
}
