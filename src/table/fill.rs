//! Reading until a buffer is full, into memory that is there already.

use std::io::{ErrorKind, Read, Result};

/// Fills the room from the input as far as that goes, and says how far. `Read::read_to_end` would clear the memory
/// before each read, and costs as much again as checking the text.
pub(super) fn fill(input: &mut impl Read, mut room: &mut [u8]) -> (usize, Result<()>) {
    let mut total = 0;
    while !room.is_empty() {
        match input.read(room) {
            Ok(0) => break,
            Ok(read) => {
                total += read;
                room = room.get_mut(read..).unwrap_or_default();
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return (total, Err(error)),
        }
    }
    (total, Ok(()))
}
