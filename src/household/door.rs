//! The door a row names, put together from all its columns.

use std::borrow::Cow;

use smol_str::SmolStr;

use super::{Entry, Recall};
use crate::address::{
    self, AddressError, Building, Contradiction, Door, Entrance, Key, Mangled, Reading, Unit,
    mangled_date,
};
use crate::row::{CellKind, Field};

/// What a row says of its door, and what in it cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoorRead {
    /// Building, entrance and unit, as far as they could be read.
    pub door: Door,
    /// What could not be read, each with the column at fault.
    pub faults: Vec<(Field, DoorFault)>,
    community: Option<SmolStr>,
    estate: Option<SmolStr>,
    unit_from_code: bool,
    /// Another column than the unit's has told a unit.
    unit_beside_column: bool,
}

/// Why a cell does not tell its part of the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DoorFault {
    /// The grammar cannot read it.
    Unreadable(AddressError),
    /// It can mean several doors.
    Ambiguous(Vec<Door>),
    /// It says something else than another column of the row.
    Contradicts(Contradiction),
    /// Excel made a date of it.
    Mangled(Mangled),
}

impl DoorRead {
    /// Reads every column of a row that says something of the door. The code, where it can be read, gives the unit of a
    /// list that has no column for it.
    #[must_use]
    pub(super) fn of(entry: &Entry<'_>, recall: &mut Recall<'_>) -> Self {
        let mut read = recall.door(entry, Self::without_unit);
        read.take_unit(entry, recall);
        let has_column = entry.columns.has(Field::Unit) || entry.columns.has(Field::Address);
        if let Some(code) = entry.sure_code()
            && !has_column
            && read.door.unit.is_none()
        {
            read.door.unit = Some(Unit::from(code.unit));
            read.unit_from_code = true;
        }
        read
    }

    /// What all columns but the unit's say: in a list in order it is the same over many rows.
    fn without_unit(entry: &Entry<'_>, recall: &mut Recall<'_>) -> Self {
        let mut read = Self {
            community: entry.text(Field::Community).map(SmolStr::from),
            estate: entry.text(Field::Estate).map(SmolStr::from),
            ..Self::default()
        };
        read.take(entry, recall, Field::Building, Building::parse_column);
        read.take(entry, recall, Field::Entrance, Entrance::parse_column);
        read.take(entry, recall, Field::Address, address::parse);
        read
    }

    fn take_unit(&mut self, entry: &Entry<'_>, recall: &mut Recall<'_>) {
        self.unit_beside_column = self.door.unit.is_some();
        // A few digits are a room and nothing else; most cells hold no more.
        if let Some(text) = entry.text(Field::Unit)
            && self.door.unit.is_none()
            && entry.kind(Field::Unit) != CellKind::Date
            && let Some(unit) = Unit::of_digits(text)
        {
            self.door.unit = Some(unit);
            return;
        }
        self.take(entry, recall, Field::Unit, Unit::parse_column);
    }

    fn take(
        &mut self,
        entry: &Entry<'_>,
        recall: &mut Recall<'_>,
        field: Field,
        parse: impl Fn(&str) -> Result<Reading, AddressError>,
    ) {
        let Some(text) = entry.text(field) else {
            return;
        };
        let is_date = entry.kind(field) == CellKind::Date;
        let read = recall.cell(field, text, is_date, || CellRead::of(text, is_date, parse));
        match read {
            CellRead::Mangled(mangled) => self.faults.push((field, DoorFault::Mangled(mangled))),
            CellRead::Read(Ok(Reading::Exact(door))) => match self.door.clone().merge(door) {
                Ok(door) => self.door = door,
                Err(contradiction) => self
                    .faults
                    .push((field, DoorFault::Contradicts(contradiction))),
            },
            CellRead::Read(Ok(Reading::Ambiguous(doors))) => self.settle(field, doors),
            CellRead::Read(Err(error)) => self.faults.push((field, DoorFault::Unreadable(error))),
        }
    }

    /// Other columns may leave only one of several candidates.
    fn settle(&mut self, field: Field, doors: Vec<Door>) {
        let mut fitting = doors
            .iter()
            .filter_map(|door| self.door.clone().merge(door.clone()).ok());
        match (fitting.next(), fitting.next()) {
            (Some(door), None) => self.door = door,
            _ => self.faults.push((field, DoorFault::Ambiguous(doors))),
        }
    }

    /// The household's key; `None` where neither a building nor a unit is known.
    #[must_use]
    pub fn key(&self) -> Option<Key> {
        let (community, estate) = self.names();
        self.is_somewhere()
            .then(|| Key::new(community, estate, &self.door))
    }

    /// Whether a building or a unit is known, so that there is a key.
    pub(crate) fn is_somewhere(&self) -> bool {
        self.door.building.is_some() || self.door.unit.is_some()
    }

    /// Community and estate as the list names them; empty where it does not.
    #[must_use]
    pub fn names(&self) -> (&str, &str) {
        (
            self.community.as_deref().unwrap_or_default(),
            self.estate.as_deref().unwrap_or_default(),
        )
    }

    /// Whether another door is of the same staircase: the keys differ in the room at most.
    pub(crate) fn is_of_staircase(&self, other: &Self) -> bool {
        let (here, there) = (&self.door, &other.door);
        here.building == there.building
            && here.entrance == there.entrance
            && here.prefix == there.prefix
            && self.community == other.community
            && self.estate == other.estate
    }

    /// The unit as a code can carry it; `None` where it is not known or not one to five digits.
    #[must_use]
    pub fn code_unit(&self) -> Option<crate::code::Unit> {
        self.door.unit.as_ref().and_then(Unit::code_unit)
    }

    /// Whether two rows that say this say the same household: a unit is known, and not only from a code without a
    /// building, since 803 exists in every building.
    #[must_use]
    pub fn tells_households_apart(&self) -> bool {
        self.door.unit.is_some() && (!self.unit_from_code || self.door.building.is_some())
    }

    /// Whether another column than the unit's tells a unit too, as a building's `3栋803` does: what is said of the
    /// unit's own cell follows from both then.
    pub(crate) fn has_unit_beside_column(&self) -> bool {
        self.unit_beside_column
    }

    /// Whether the unit was taken from the code because the list has no column for it.
    #[must_use]
    pub fn unit_is_from_code(&self) -> bool {
        self.unit_from_code
    }
}

/// What one cell says of the door, apart from the others of its row.
#[derive(Clone, Debug)]
pub(super) enum CellRead {
    Mangled(Mangled),
    Read(Result<Reading, AddressError>),
}

impl CellRead {
    fn of(
        text: &str,
        is_date: bool,
        parse: impl Fn(&str) -> Result<Reading, AddressError>,
    ) -> Self {
        let mangled = if is_date {
            address::undate(text)
        } else {
            mangled_date(text)
        };
        mangled.map_or_else(|| Self::Read(parse(&listed(text))), Self::Mangled)
    }
}

/// `3、2、803` under a header such as 楼号、单元、房间号: the parts in the order of the header, which the grammar writes with dashes.
fn listed(text: &str) -> Cow<'_, str> {
    let is_comma = |c| matches!(c, '、' | '，' | ',');
    let parts: Vec<&str> = text.split(is_comma).map(str::trim).collect();
    let number = |part: &&str| {
        !part.is_empty() && part.len() <= 5 && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if parts.len() == 3 && parts.iter().all(number) {
        Cow::Owned(parts.join("-"))
    } else {
        Cow::Borrowed(text)
    }
}
