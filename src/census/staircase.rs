//! Digests of the keys of doors, staircase by staircase.

use super::index::{digest, estate_digest};
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
    bytes: Vec<u8>,
    length: usize,
    estate: u64,
}

impl Staircase {
    /// The digest of a door's key; `None` where the row does not tell households apart.
    pub(super) fn digest(&mut self, door: &DoorRead) -> Option<u128> {
        if !door.tells_households_apart() || !door.is_somewhere() {
            return None;
        }
        self.spell(door);
        Some(digest(&self.bytes, self.estate))
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
            self.last = None;
            self.bytes.clear();
            self.bytes.push(mark);
            self.bytes.extend_from_slice(name);
            return digest(&self.bytes, estate_digest(&[mark]));
        }
        self.spell(door);
        if let Some(number) = number.filter(|_| door.door.building.is_none()) {
            self.bytes.push(BY_NUMBER);
            self.bytes.extend_from_slice(number.as_bytes());
        }
        digest(&self.bytes, self.estate)
    }

    /// Spells the key of a door that is somewhere.
    fn spell(&mut self, door: &DoorRead) {
        if !self
            .last
            .as_ref()
            .is_some_and(|last| last.is_of_staircase(door))
        {
            let (community, estate) = door.names();
            self.bytes.clear();
            Key::push_staircase(&mut self.bytes, community, estate, &door.door);
            self.length = self.bytes.len();
            self.estate = estate_digest(Key::estate_of(&self.bytes));
            self.last = Some(door.clone());
        }
        self.bytes.truncate(self.length);
        Key::push_room(&mut self.bytes, &door.door);
    }

    /// The digest of a room of plain digits in the staircase of the door before, which has no floor of its own.
    pub(super) fn next_room(&mut self, digits: &str) -> u128 {
        self.bytes.truncate(self.length);
        Key::push_digits(&mut self.bytes, digits);
        digest(&self.bytes, self.estate)
    }
}
