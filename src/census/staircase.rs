//! Digests of the keys of doors, staircase by staircase.

use super::index::{digest, estate_digest};
use crate::address::Key;
use crate::household::DoorRead;

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
        Some(digest(&self.bytes, self.estate))
    }

    /// The digest of a room of plain digits in the staircase of the door before, which has no floor of its own.
    pub(super) fn next_room(&mut self, digits: &str) -> u128 {
        self.bytes.truncate(self.length);
        Key::push_digits(&mut self.bytes, digits);
        digest(&self.bytes, self.estate)
    }
}
