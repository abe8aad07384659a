//! `Door` and `Reading`: what an address says, every part optional.

use super::{Building, Entrance, Unit};
use crate::lang::Lang;
use std::fmt;

/// A floor: 8 for `8层`, −1 for `负一层`. Never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Floor(pub(super) i16);

impl Floor {
    /// The number of the floor, negative below ground.
    #[must_use]
    pub const fn number(self) -> i16 {
        self.0
    }
}

impl fmt::Display for Floor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "负" } else { "" };
        write!(f, "{sign}{}层", self.0.unsigned_abs())
    }
}

/// A door as far as a text says it.
///
/// Printed in full: `翠竹园3栋2单元803室`. What the grammar has read and [`parse`](super::parse)
/// called exact prints as a text that reads back as the same door.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Door {
    /// The estate, the street, the district: the text before the building, normalised.
    pub prefix: Option<String>,
    /// The building, 楼栋.
    pub building: Option<Building>,
    /// The entrance, 单元.
    pub entrance: Option<Entrance>,
    /// The floor, where the text names it.
    pub floor: Option<Floor>,
    /// The room, 房号.
    pub unit: Option<Unit>,
}

/// What a text may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// One door and no other.
    Exact(Door),
    /// At least two doors, the likelier first; [`Door::describe`] tells them apart in words.
    Ambiguous(Vec<Door>),
}

impl Reading {
    /// The door, where there is only one.
    #[must_use]
    pub fn exact(self) -> Option<Door> {
        match self {
            Self::Exact(door) => Some(door),
            Self::Ambiguous(_) => None,
        }
    }

    /// Every door the text may mean: one, or at least two.
    #[must_use]
    pub fn doors(&self) -> &[Door] {
        match self {
            Self::Exact(door) => std::slice::from_ref(door),
            Self::Ambiguous(doors) => doors,
        }
    }

    /// From candidates in order; `None` where there is none.
    pub(super) fn of(candidates: Vec<Door>) -> Option<Self> {
        let mut doors: Vec<Door> = Vec::with_capacity(candidates.len());
        for door in candidates {
            if !doors.contains(&door) {
                doors.push(door);
            }
        }
        if doors.len() > 1 {
            return Some(Self::Ambiguous(doors));
        }
        doors.pop().map(Self::Exact)
    }
}

/// A part of a door, for messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The text before the building.
    Prefix,
    /// The building.
    Building,
    /// The entrance.
    Entrance,
    /// The floor.
    Floor,
    /// The room.
    Unit,
}

impl Part {
    /// What people call it.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Prefix, Lang::Zh) => "小区",
            (Self::Building, Lang::Zh) => "楼栋",
            (Self::Entrance, Lang::Zh) => "单元",
            (Self::Floor, Lang::Zh) => "楼层",
            (Self::Unit, Lang::Zh) => "房号",
            (Self::Prefix, Lang::En) => "estate",
            (Self::Building, Lang::En) => "building",
            (Self::Entrance, Lang::En) => "entrance",
            (Self::Floor, Lang::En) => "floor",
            (Self::Unit, Lang::En) => "room",
        }
    }
}
