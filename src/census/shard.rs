//! `Shard`: one part of the key index, a table that is nearly full at every size.

use std::hint::black_box;
use std::mem;

use crate::code::GridCode;
use crate::household::Earlier;

/// Households in a bucket: 18 bytes each and four for the bucket make four cache lines of 64 bytes.
const SLOTS: usize = 14;
/// The halves of a shard that is cut in two get buckets for so many households each; and a table that has more than
/// `FULL` each gets more buckets.
const NEW: usize = 11;
const FULL_TIMES_8: usize = 108;
/// Buckets that are allocated together, 4 KiB: when all memory is held in pieces of one size, what a growing shard
/// gives back is what the next one takes, and none of it is lost between pieces.
const CHUNK: usize = 16;
/// What a chunk takes, with its place in the table.
pub(super) const CHUNK_BYTES: usize =
    size_of::<[Bucket; CHUNK]>() + size_of::<Box<[Bucket; CHUNK]>>();
/// More buckets than this, and a shard is better cut in two than made larger: 192 KiB, what a cache of the second
/// level holds with room for its successor, so that no insertion waits for longer than it takes to go through that.
const LARGE: usize = 768;

const SLOT_BYTES: usize = 14;
const ROW_FROM: u32 = GridCode::PACKED_BITS;
const ROW_BITS: u32 = 23;
const LOW_FROM: u32 = ROW_FROM + ROW_BITS;
const LOW_BITS: u32 = 52;

/// The 84 bits of a digest that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Print {
    /// Says the bucket, and tells households in it apart at first sight.
    tag: u32,
    /// 52 bits, of which the lowest say the shard.
    pub(super) low: u64,
}

impl Print {
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "32 and 52 bits are taken")]
    pub(super) const fn of(digest: u128) -> Self {
        Self {
            tag: (digest >> 96) as u32,
            low: digest as u64 & ((1 << LOW_BITS) - 1),
        }
    }

    /// A digest with this print.
    #[cfg(test)]
    pub(super) fn digest(self) -> u128 {
        u128::from(self.tag) << 96 | u128::from(self.low)
    }
}

/// The first lines of a bucket are all that a search for a new key reads.
#[derive(Clone)]
#[repr(C, align(64))]
struct Bucket {
    filled: u8,
    /// The [marks](mark) of the households that belong here or before and stand behind, because this bucket was full
    /// when they came: who looks for one of another mark need not look further.
    passed: u16,
    tags: [u32; SLOTS],
    /// From the lowest bit: the code in 37 bits, the row in 23 and as many more as there are bits in the shard's
    /// name, and above it those of the lower 52 bits of the print that the shard's name does not say.
    rest: [[u8; SLOT_BYTES]; SLOTS],
}

const _: () =
    assert!(size_of::<Bucket>() == 256 && 8 * SLOT_BYTES == (LOW_FROM + LOW_BITS) as usize);

impl Bucket {
    const EMPTY: Self = Self {
        filled: 0,
        passed: 0,
        tags: [0; SLOTS],
        rest: [[0; SLOT_BYTES]; SLOTS],
    };

    /// The slots with a tag, as bits.
    #[inline]
    fn with_tag(&self, tag: u32) -> u32 {
        let mut places = 0;
        // All of them, without a branch: this is compiled to a few instructions on four tags at a time.
        for (place, stored) in self.tags.iter().enumerate() {
            places |= u32::from(*stored == tag) << place;
        }
        places & !(u32::MAX << self.filled)
    }

    /// Whether there was a slot left.
    #[inline]
    fn put(&mut self, tag: u32, rest: &[u8; SLOT_BYTES]) -> bool {
        let place = usize::from(self.filled);
        let (Some(to_tag), Some(to_rest)) = (self.tags.get_mut(place), self.rest.get_mut(place))
        else {
            self.passed |= mark(tag);
            return false;
        };
        *to_tag = tag;
        *to_rest = *rest;
        self.filled += 1;
        true
    }

    fn entries(&self) -> impl Iterator<Item = (u32, &[u8; SLOT_BYTES])> {
        let filled = self.tags.iter().copied().zip(&self.rest);
        filled.take(self.filled.into())
    }
}

/// One of sixteen bits, by those bits of a tag that say least about its bucket.
#[inline]
const fn mark(tag: u32) -> u16 {
    1 << (tag % u16::BITS)
}

#[inline]
fn widen(rest: &[u8; SLOT_BYTES]) -> u128 {
    let mut bytes = [0; 16];
    if let Some(lower) = bytes.first_chunk_mut() {
        *lower = *rest;
    }
    u128::from_le_bytes(bytes)
}

#[inline]
fn narrow(rest: u128) -> [u8; SLOT_BYTES] {
    let mut bytes = [0; SLOT_BYTES];
    if let Some(lower) = rest.to_le_bytes().first_chunk() {
        bytes = *lower;
    }
    bytes
}

/// The households whose prints end with the same bits.
///
/// A household stands in the bucket that its tag says or, where that is full, in one of the next ones. Buckets are in
/// the order of tags, so that a larger table is made of a smaller one from front to back.
pub(super) struct Shard {
    chunks: Vec<Box<[Bucket; CHUNK]>>,
    len: usize,
    /// How many of the lowest bits all prints share.
    depth: u32,
}

impl Shard {
    /// The only shard of an index, which names no bits.
    pub(super) const fn first() -> Self {
        Self {
            chunks: Vec::new(),
            len: 0,
            depth: 0,
        }
    }

    pub(super) const fn depth(&self) -> u32 {
        self.depth
    }

    /// How many [chunks](CHUNK_BYTES) it has.
    pub(super) const fn chunks(&self) -> usize {
        self.chunks.len()
    }

    /// The memory held, without the shard itself.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        let unused = self.chunks.capacity() - self.chunks.len();
        self.chunks.len() * CHUNK_BYTES + unused * size_of::<Box<[Bucket; CHUNK]>>()
    }

    #[inline]
    const fn buckets(&self) -> usize {
        self.chunks.len() * CHUNK
    }

    #[inline]
    fn bucket(&self, at: usize) -> Option<&Bucket> {
        self.chunks.get(at / CHUNK)?.get(at % CHUNK)
    }

    /// Reads what `find` and `insert` will need.
    #[inline]
    pub(super) fn touch(&self, print: Print) {
        if let Some(bucket) = self.bucket(self.home(print)) {
            // The line where the household would go, which only the first line tells.
            let place = usize::from(bucket.filled).min(SLOTS - 1);
            black_box(bucket.rest.get(place).map_or(0, |rest| rest[0]));
        }
    }

    /// The household of a print; or, where there is none, the bucket at which the search has ended, which may be full.
    #[inline]
    pub(super) fn find(&self, print: Print) -> Result<Earlier, usize> {
        let mut at = self.home(print);
        // Every bucket may have been passed, so the way ends after one round.
        for _ in 0..self.buckets() {
            let Some(bucket) = self.bucket(at) else {
                break;
            };
            let mut places = bucket.with_tag(print.tag);
            while places != 0 {
                let rest = bucket.rest.get(places.trailing_zeros() as usize);
                let rest = rest.map(widen).unwrap_or_default();
                if self.low(rest) == print.low >> self.depth {
                    return Ok(self.unpack(rest));
                }
                places &= places - 1;
            }
            if bucket.passed & mark(print.tag) == 0 {
                break;
            }
            at = self.after(at);
        }
        Err(at)
    }

    /// Whether a row has few enough bits to be kept here.
    #[inline]
    pub(super) const fn is_wide_enough(&self, row: u64) -> bool {
        row >> (ROW_BITS + self.depth) == 0
    }

    /// Whether there is no room for one household more.
    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.len * 8 >= self.buckets() * FULL_TIMES_8
    }

    /// Whether it is better cut in two than made larger.
    pub(super) const fn is_large(&self) -> bool {
        self.buckets() > LARGE
    }

    /// Takes a household in that is not there; there has to be room, and its row has to fit. No bucket before `from` has
    /// room for it: the search for it has ended there, or it is its [home](Self::home).
    #[inline]
    pub(super) fn insert(&mut self, print: Print, household: Earlier, from: usize) {
        let code = household.code.map_or(0, GridCode::pack);
        let low = print.low >> self.depth << self.depth;
        let rest =
            u128::from(low) << LOW_FROM | u128::from(household.row) << ROW_FROM | u128::from(code);
        self.put(print.tag, &narrow(rest), from);
    }

    /// Makes the table larger by some chunks.
    pub(super) fn grow(&mut self, more: usize) {
        let old = mem::replace(self, Self::of(self.chunks.len() + more, self.depth));
        // What has been moved is given back at once.
        for chunk in old.chunks {
            for bucket in chunk.iter() {
                for (tag, rest) in bucket.entries() {
                    self.put(tag, rest, self.home_of(tag));
                }
            }
        }
    }

    /// Cuts the shard in two by one bit more; gives back the half where that bit is 1.
    pub(super) fn split(&mut self) -> Self {
        let bit = 1_u128 << (LOW_FROM + self.depth);
        let buckets = self.chunks.iter().flat_map(|chunk| chunk.iter());
        let entries = buckets.flat_map(Bucket::entries);
        let ones = entries.filter(|(_, rest)| widen(rest) & bit != 0).count();
        let mut half = Self::with_room(ones, self.depth + 1);
        let old = mem::replace(self, Self::with_room(self.len - ones, self.depth + 1));
        for chunk in old.chunks {
            for bucket in chunk.iter() {
                for (tag, rest) in bucket.entries() {
                    let wide = widen(rest);
                    if wide & bit == 0 {
                        self.put(tag, rest, self.home_of(tag));
                    } else {
                        // The bit is now said by the shard's name, and its place is the row's.
                        half.put(tag, &narrow(wide & !bit), half.home_of(tag));
                    }
                }
            }
        }
        half
    }

    fn with_room(households: usize, depth: u32) -> Self {
        Self::of(households.div_ceil(NEW * CHUNK), depth)
    }

    fn of(chunks: usize, depth: u32) -> Self {
        // Made where it stays: an array would be made first, and moved there.
        let chunk = || {
            let buckets = vec![Bucket::EMPTY; CHUNK];
            Box::try_from(buckets).unwrap_or_else(|_| Box::new([Bucket::EMPTY; CHUNK]))
        };
        Self {
            chunks: (0..chunks).map(|_| chunk()).collect(),
            len: 0,
            depth,
        }
    }

    #[inline]
    fn put(&mut self, tag: u32, rest: &[u8; SLOT_BYTES], from: usize) {
        let mut at = from;
        while let Some(bucket) = self
            .chunks
            .get_mut(at / CHUNK)
            .and_then(|chunk| chunk.get_mut(at % CHUNK))
        {
            if bucket.put(tag, rest) {
                self.len += 1;
                return;
            }
            at = self.after(at);
        }
    }

    /// The bucket where the way of a household begins.
    #[inline]
    pub(super) fn home(&self, print: Print) -> usize {
        self.home_of(print.tag)
    }

    /// Tags in order have buckets in order, evenly.
    #[inline]
    fn home_of(&self, tag: u32) -> usize {
        ((u64::from(tag) * self.buckets() as u64) >> 32) as usize
    }

    #[inline]
    fn after(&self, at: usize) -> usize {
        if at + 1 < self.buckets() { at + 1 } else { 0 }
    }

    /// The bits of a print that are kept, without those of the shard's name.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "52 bits at most")]
    fn low(&self, rest: u128) -> u64 {
        (rest >> LOW_FROM) as u64 >> self.depth
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "both are cut to their bits"
    )]
    fn unpack(&self, rest: u128) -> Earlier {
        let row = (rest >> ROW_FROM) as u64;
        Earlier {
            row: row & ((1 << (ROW_BITS + self.depth)) - 1),
            code: GridCode::unpack(rest as u64 & ((1 << ROW_FROM) - 1)),
        }
    }
}
