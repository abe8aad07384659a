//! Digests of the keys of doors, staircase by staircase.

use super::index::{digest, digest_of_estate, digest_of_staircase};
use crate::address::Key;
use crate::household::{DoorRead, Entry};
use crate::row::Field;

/// What stands before a number in the register, and before the row of whoever has neither door nor number: no byte of a
/// key.
const BY_NUMBER: u8 = 0xff;
const BY_ROW: u8 = 0xfe;

/// The key of the staircase that the row before was of, to which a door of the same one adds its room.
#[derive(Debug, Default)]
pub(super) struct Staircase {
    last: Option<DoorRead>,
    /// Room for parts of a key.
    bytes: Vec<u8>,
    digest: u128,
    estate: Beginning,
    room: Vec<u8>,
}

/// The digest of what the keys of all doors of an estate begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Beginning(u128);

impl Staircase {
    /// The beginning of the keys of the estate that the door before is in.
    pub(super) fn beginning(&self) -> Beginning {
        self.estate
    }

    /// Goes to a staircase of another estate, whose building and entrance are plain numbers.
    pub(super) fn go_to(
        &mut self,
        beginning: Beginning,
        building: Option<&str>,
        entrance: Option<&str>,
    ) {
        self.estate = beginning;
        self.enter(building, entrance);
    }

    /// The digest of a door's key; `None` where the row does not tell households apart.
    pub(super) fn digest(&mut self, door: &DoorRead) -> Option<u128> {
        if !door.tells_households_apart() || !door.is_somewhere() {
            return None;
        }
        self.spell(door);
        Some(digest(&self.room, self.digest, self.estate.0))
    }

    /// Which household a resident's row belongs to: that of its door, or of its number in the register.
    ///
    /// A unit without a building may be in any of them; the number tells which. A row that names neither is a household
    /// of its own.
    pub(super) fn household_of(&mut self, entry: &Entry<'_>) -> u128 {
        let number = entry.text(Field::HouseholdId);
        let door = &entry.door;
        if door.door.unit.is_none() {
            let number = number.map(str::as_bytes);
            let row = entry.row.number().to_le_bytes();
            let (mark, name) = number.map_or((BY_ROW, &row[..]), |number| (BY_NUMBER, number));
            self.room.clear();
            self.room.push(mark);
            self.room.extend_from_slice(name);
            return digest(&self.room, 0, digest_of_estate(&[mark]));
        }
        self.spell(door);
        if let Some(number) = number.filter(|_| door.door.building.is_none()) {
            self.room.push(BY_NUMBER);
            self.room.extend_from_slice(number.as_bytes());
        }
        digest(&self.room, self.digest, self.estate.0)
    }

    /// Spells the key of a door that is somewhere.
    fn spell(&mut self, door: &DoorRead) {
        let last = self.last.as_ref();
        if !last.is_some_and(|last| last.is_of_staircase(door)) {
            let (community, estate) = door.names();
            self.bytes.clear();
            Key::push_staircase(&mut self.bytes, community, estate, &door.door);
            let estate = Key::estate_of(&self.bytes);
            let of_estate = digest_of_estate(estate);
            let rest = self.bytes.get(estate.len() + 1..).unwrap_or_default();
            self.digest = digest_of_staircase(rest, of_estate);
            self.estate = Beginning(of_estate);
            self.last = Some(door.clone());
        }
        self.room.clear();
        Key::push_room(&mut self.room, &door.door);
    }

    /// The digest of a room of plain digits in the staircase of the door before, which has no floor of its own.
    #[inline]
    pub(super) fn next_room(&self, number: u32) -> u128 {
        let (bytes, length) = Key::room_of(number);
        let room = bytes.get(..length).unwrap_or_default();
        digest(room, self.digest, self.estate.0)
    }

    /// Goes on to another staircase of the same estate: its building and its entrance, each where it has one, are plain
    /// numbers.
    pub(super) fn enter(&mut self, building: Option<&str>, entrance: Option<&str>) {
        self.bytes.clear();
        Key::push_numbers(&mut self.bytes, building, entrance);
        self.digest = digest_of_staircase(&self.bytes, self.estate.0);
        self.last = None;
    }
}
