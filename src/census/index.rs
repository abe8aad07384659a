//! The index of household keys that finds a door listed twice.

use std::collections::BTreeMap;
use std::fmt;

use twox_hash::XxHash3_128;

use super::shard::{Print, Shard};
use crate::address::Key;
use crate::household::Earlier;

/// Rows from here on are kept apart: nothing that exists has as many.
const FAR: u64 = 1 << 40;
/// An index with fewer households than this for each place in its directory has no need of a longer one.
const SPARSE: usize = 1024;

/// Which keys were met, and in which row and with which code first.
///
/// # Memory
///
/// From 10 000 households on at most 24 bytes a household and 16 KiB, at every moment but while a shard grows, when
/// its new table stands beside the old one: 600 KiB more, whatever the length of the list. It is between 20 and 24
/// bytes in fact. Below, it is a bucket of 256 bytes for every 11 households. Nothing is held for an empty index but
/// the places where its first households will be. Households from row 2⁴⁰ on are outside of this: they stand in a map
/// of some 100 bytes each, and are found as surely.
///
/// # Certainty
///
/// Keys are compared by 84 bits of their digests. That any two different keys among 494 million are taken for one has a
/// probability of 494 000 000² ÷ 2 ÷ 2⁸⁴ = 6 in a thousand million.
///
/// # How it is built
///
/// [Extendible hashing](https://en.wikipedia.org/wiki/Extendible_hashing): the lowest bits of a digest are the place in
/// a directory that says which [`Shard`] the key belongs to. A shard that has become large is cut in two by one bit
/// more, and the directory is doubled when it has no place for that. So a household never moves but within a few
/// hundred kilobytes; no insertion waits for the whole; and bits that the shard says need not be kept, which leaves
/// them for the row's number, the longer the more households there are.
pub(super) struct KeyIndex {
    /// 2ⁿ numbers of shards: at each place, that of the shard which shares the place's lowest bits.
    directory: Vec<u32>,
    shards: Vec<Shard>,
    len: usize,
    far: BTreeMap<Print, Earlier>,
}

impl Default for KeyIndex {
    fn default() -> Self {
        Self {
            directory: vec![0],
            shards: vec![Shard::first()],
            len: 0,
            far: BTreeMap::new(),
        }
    }
}

/// How many, and not what: digests say who lives where to those who can guess.
impl fmt::Debug for KeyIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyIndex")
            .field("len", &self.len)
            .finish_non_exhaustive()
    }
}

impl KeyIndex {
    /// Notes a key; gives back where it was met first, if it was.
    #[inline]
    pub(super) fn meet(&mut self, digest: u128, here: Earlier) -> Option<Earlier> {
        let print = Print::of(digest);
        let at = self.shard_of(print);
        let shard = self.shards.get_mut(at)?;
        if let Some(earlier) = shard.find(print) {
            return Some(earlier);
        }
        if here.row >= FAR || !self.far.is_empty() {
            if let Some(earlier) = self.far.get(&print) {
                return Some(*earlier);
            }
            if here.row >= FAR {
                self.far.insert(print, here);
                self.len += 1;
                return None;
            }
        }
        if shard.is_full() || !shard.is_wide_enough(here.row) {
            self.make_room(print, here.row);
            let at = self.shard_of(print);
            self.shards.get_mut(at)?.insert(print, here);
        } else {
            shard.insert(print, here);
        }
        self.len += 1;
        None
    }

    /// How many keys were met.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The memory held.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        let directory = self.directory.capacity() * size_of::<u32>();
        let shards = self.shards.capacity() * size_of::<Shard>();
        // The nodes of a map are half full at least.
        let far = self.far.len() * 2 * size_of::<(Print, Earlier)>();
        let tables: usize = self.shards.iter().map(Shard::bytes).sum();
        size_of::<Self>() + directory + shards + far + tables
    }

    #[inline]
    #[expect(
        clippy::indexing_slicing,
        clippy::cast_possible_truncation,
        reason = "the directory's length is a power of two, so what is left is a place in it"
    )]
    fn shard_of(&self, print: Print) -> usize {
        self.directory[print.low as usize & (self.directory.len() - 1)] as usize
    }

    /// Cuts and grows the shard of a print until that has room for it.
    #[cold]
    fn make_room(&mut self, print: Print, row: u64) {
        loop {
            let at = self.shard_of(print);
            let Some(shard) = self.shards.get_mut(at) else {
                return;
            };
            let crowded = shard.is_large() && self.len >> shard.depth() >= SPARSE;
            if !shard.is_wide_enough(row) || shard.is_full() && crowded {
                let depth = shard.depth();
                let half = shard.split();
                self.register(half, print.low, depth);
            } else if shard.is_full() {
                shard.grow();
            } else {
                return;
            }
        }
    }

    /// Enters a shard's upper half in the directory, for all places that end with the bits of both and a 1 before.
    fn register(&mut self, half: Shard, low: u64, depth: u32) {
        if self.directory.len() >> depth == 1 {
            self.directory.extend_from_within(..);
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a number of shards, of hundreds of households each, and a place in the directory"
        )]
        let (number, low) = (self.shards.len() as u32, low as usize);
        let step = 1_usize << depth;
        let first = low & (step - 1) | step;
        for place in self.directory.iter_mut().skip(first).step_by(2 * step) {
            *place = number;
        }
        self.shards.push(half);
    }
}

/// 128 bits that stand for a key: XXH3, which is the same for ever and everywhere.
#[inline]
pub(super) fn digest(key: &Key) -> u128 {
    XxHash3_128::oneshot(key.as_bytes())
}
