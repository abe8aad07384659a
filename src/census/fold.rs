//! Rows to households: at once in a household-level list, by key in a person-level one.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::index::{KeyIndex, digest};
use crate::address::Key;
use crate::codebook::Codebook;
use crate::household::{Earlier, Entry, Household, Level, continues};
use crate::row::{CellKind, Columns, Field, Row};

/// Where a resident's row belongs: to the household of a door, or of a number in the register.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Belongs {
    Door(Key),
    Number(String),
    /// A unit without a building may be in any of them; the number tells which.
    Both(Key, String),
}

/// Gathers rows into households.
#[derive(Debug)]
pub(super) struct Fold<'a> {
    level: Level,
    codebook: &'a Codebook,
    on: Date,
    index: KeyIndex,
    households: Vec<Household>,
    by_key: BTreeMap<Belongs, usize>,
    complete: u64,
}

impl<'a> Fold<'a> {
    pub(super) fn new(level: Level, codebook: &'a Codebook, on: Date) -> Self {
        Self {
            level,
            codebook,
            on,
            index: KeyIndex::default(),
            households: Vec::new(),
            by_key: BTreeMap::new(),
            complete: 0,
        }
    }

    /// Takes a row in; gives the household back when the row makes it complete.
    pub(super) fn add(&mut self, entry: &Entry<'_>) -> Option<Household> {
        match self.level {
            Level::Household => {
                let mut household = Household::begin(entry, self.codebook, self.on);
                household.finish(self.codebook);
                let code = household.code.map(|(code, _)| code);
                let here = Earlier {
                    row: household.row,
                    code,
                };
                household.earlier = household
                    .key
                    .as_ref()
                    .filter(|_| entry.door.tells_households_apart())
                    .and_then(|key| self.index.meet(digest(key), here));
                self.complete += 1;
                Some(household)
            }
            Level::Person => {
                let at = belongs(entry)
                    .map(|key| *self.by_key.entry(key).or_insert(self.households.len()));
                match at.and_then(|at| self.households.get_mut(at)) {
                    Some(household) => household.add(entry, self.codebook, self.on),
                    None => self
                        .households
                        .push(Household::begin(entry, self.codebook, self.on)),
                }
                None
            }
        }
    }

    /// The households that were still open, in the order of their first rows.
    pub(super) fn finish(self) -> (u64, Households) {
        let mut households = self.households;
        for household in &mut households {
            household.finish(self.codebook);
        }
        (
            self.complete + households.len() as u64,
            Households {
                list: households,
                by_key: self.by_key,
            },
        )
    }
}

/// All households of a person-level list.
#[derive(Debug)]
pub(super) struct Households {
    pub(super) list: Vec<Household>,
    by_key: BTreeMap<Belongs, usize>,
}

impl Households {
    /// The household that a row belongs to.
    pub(super) fn of(&self, entry: &Entry<'_>) -> Option<&Household> {
        if let Some(key) = belongs(entry) {
            return self.by_key.get(&key).and_then(|at| self.list.get(*at));
        }
        // A row without a door is a household of its own, and households stand in the order of rows.
        let at = self
            .list
            .binary_search_by_key(&entry.row.number(), |household| household.row);
        at.ok().and_then(|at| self.list.get(at))
    }
}

fn belongs(entry: &Entry<'_>) -> Option<Belongs> {
    let door = entry.door.key().filter(|_| entry.door.door.unit.is_some());
    let number = || entry.text(Field::HouseholdId).map(str::to_owned);
    match door {
        Some(door) if entry.door.door.building.is_some() => Some(Belongs::Door(door)),
        Some(door) => Some(match number() {
            Some(number) => Belongs::Both(door, number),
            None => Belongs::Door(door),
        }),
        None => number().map(Belongs::Number),
    }
}

/// Columns that speak of the household and not of one resident.
const OF_HOUSEHOLD: [Field; 14] = [
    Field::Community,
    Field::Street,
    Field::Estate,
    Field::Address,
    Field::Building,
    Field::Entrance,
    Field::Floor,
    Field::Unit,
    Field::GridCode,
    Field::Tenure,
    Field::HouseholdId,
    Field::HeadName,
    Field::Residents,
    Field::Grid,
];

/// Lets a resident's row whose door is left blank go on with the household above it.
///
/// `above` is the last row that named a door, and is renewed here; after a row that belongs to nobody known, there is none.
pub(super) fn continue_household(row: &mut Row, above: &mut Option<Row>, columns: &Columns) {
    let named: &[Field] = if columns.has(Field::Unit) || columns.has(Field::Address) {
        &[Field::Unit, Field::Address]
    } else {
        &[Field::HouseholdId]
    };
    let is_named = |field: &Field| {
        let text = columns.of(*field).map(|column| row.get(column).trim());
        text.is_some_and(|text| !text.is_empty())
    };
    if named.iter().any(is_named) {
        *above = Some(row.clone());
        return;
    }
    match above
        .as_ref()
        .filter(|above| continues(row, above, columns))
    {
        Some(above) => {
            for column in OF_HOUSEHOLD.iter().filter_map(|field| columns.of(*field)) {
                let blank = row.get(column).trim().is_empty();
                // What a formula would say is not known, but it is not nothing.
                if blank && row.kind(column) != CellKind::NoValue {
                    row.set(column, above.get(column), CellKind::Carried);
                }
            }
        }
        None => *above = None,
    }
}
