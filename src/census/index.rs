//! The index of household keys that finds a door listed twice.

use std::collections::BTreeMap;
use std::fmt;

use twox_hash::XxHash3_128;

use super::shard::{CHUNK_BYTES, Print, Shard};
use crate::household::Earlier;

/// Rows from here on are kept apart: nothing that exists has as many.
const FAR: u64 = 1 << 40;
/// An index with fewer households than this for each place in its directory has no need of a longer one.
const SPARSE: usize = 1024;
/// So many bits of a digest say the estate: some hundred places in the index, and none is so large in a list of one
/// estate that its growing would be noticed.
const ESTATE_BITS: u32 = 8;
/// More bits of the estate stand where an index looks at none: between those that it keeps.
const MORE_FROM: u32 = 88;
const MORE_BITS: u32 = 3;
/// As many groups of estates are told apart by [`group_of`].
pub(super) const GROUPS: usize = 1 << (ESTATE_BITS + MORE_BITS);
/// What is held is at most so many bytes a household, and so many besides.
const BYTES: usize = 24;
const BESIDES: usize = 4 << 10;
/// As many keys are approached before the first of them is met.
const GROUP: usize = 32;

/// Which keys were met, and in which row and with which code first.
///
/// # Memory
///
/// At most 24 bytes a household and 8 KiB, between 19 and 24 in fact; and while a shard grows, its new table beside
/// what is left of the old one: 400 KiB more, whatever the length of the list. Memory is taken in pieces of 4 KiB, the
/// first of them with the first household. Outside of this stand households from row 2⁴⁰ on, in a map of some 100 bytes
/// each, where they are found as surely; and a shard of its own for each 8 million rows, if there are fewer than a
/// few hundred households among those.
///
/// # Certainty
///
/// Keys are compared by 84 bits of their digests, of which 8 say only the estate. That any two different keys among 494
/// million are taken for one has a probability of 494 000 000² ÷ 2 ÷ 2⁸⁴ = 6 in a thousand million.
///
/// # How it is built
///
/// [Extendible hashing](https://en.wikipedia.org/wiki/Extendible_hashing): the lowest bits of a digest are the place in
/// a directory that says which [`Shard`] the key belongs to. A shard that has become large is cut in two by one bit
/// more, and the directory is doubled when it has no place for that. So a household never moves but within a few
/// hundred kilobytes; no insertion waits for the whole; and bits that the shard says need not be kept, which leaves
/// them for the row's number, the longer the more households there are.
///
/// Each growing of a shard moves all of it, so it grows by much where that can be: with the memory that shards which
/// are nearly full do not take.
pub(super) struct KeyIndex {
    /// 2ⁿ numbers of shards: at each place, that of the shard which shares the place's lowest bits.
    directory: Vec<u32>,
    shards: Vec<Shard>,
    /// How many [chunks](CHUNK_BYTES) these have together.
    chunks: usize,
    len: usize,
    far: BTreeMap<Print, Earlier>,
}

impl Default for KeyIndex {
    fn default() -> Self {
        Self {
            directory: vec![0],
            shards: vec![Shard::first()],
            chunks: 0,
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
        let end = match shard.find(print) {
            Ok(earlier) => return Some(earlier),
            Err(end) => end,
        };
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
            let shard = self.shards.get_mut(at)?;
            shard.insert(print, here, shard.home(print));
        } else {
            shard.insert(print, here, end);
        }
        self.len += 1;
        None
    }

    /// Where a key was met first.
    pub(super) fn find(&self, digest: u128) -> Option<Earlier> {
        let print = Print::of(digest);
        let shard = self.shards.get(self.shard_of(print))?;
        shard
            .find(print)
            .ok()
            .or_else(|| self.far.get(&print).copied())
    }

    /// Reads what [`meet`](Self::meet) will need for a key. Done for some 30 keys before they are met, it lets the
    /// processor fetch all of that at once, where one key after the other would wait for its own.
    #[inline]
    pub(super) fn approach(&self, digest: u128) {
        let print = Print::of(digest);
        if let Some(shard) = self.shards.get(self.shard_of(print)) {
            shard.touch(print);
        }
    }

    /// Notes all households of a chunk; gives back those that were met before, by row number.
    pub(super) fn meet_all(&mut self, all: &[(u128, Earlier)]) -> BTreeMap<u64, Earlier> {
        let mut known = BTreeMap::new();
        for group in all.chunks(GROUP) {
            for (digest, _) in group {
                self.approach(*digest);
            }
            for (digest, here) in group {
                if let Some(earlier) = self.meet(*digest, *here) {
                    known.insert(here.row, earlier);
                }
            }
        }
        known
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
        let far = self.far.len() * size_of::<(Print, Earlier)>() * 2;
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
            let Some(chunks) = self.shards.get(at).map(Shard::chunks) else {
                return;
            };
            let more = self.growth(chunks);
            let Some(shard) = self.shards.get_mut(at) else {
                return;
            };
            let crowded = shard.is_large() && self.len >> shard.depth() >= SPARSE;
            if !shard.is_wide_enough(row) || shard.is_full() && crowded {
                let (depth, before) = (shard.depth(), shard.chunks());
                let half = shard.split();
                self.chunks += shard.chunks() + half.chunks();
                self.chunks -= before;
                self.register(half, print.low, depth);
            } else if shard.is_full() {
                shard.grow(more);
                self.chunks += more;
            } else {
                return;
            }
        }
    }

    /// By how many chunks a full shard of so many is to grow: by three eighths, or what there is memory for.
    fn growth(&self, chunks: usize) -> usize {
        let held = self.chunks * CHUNK_BYTES;
        // All the others may be full, too, before there are many more households, and then each needs a little.
        let kept = held / 32 + (self.shards.len() - 1) * CHUNK_BYTES;
        let spare = (self.len * BYTES + BESIDES).saturating_sub(held + kept);
        (spare / CHUNK_BYTES)
            .min(chunks * 3 / 8)
            .max(chunks / 16 + 1)
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

/// 128 bits that stand for a key, which is an estate, a staircase and a room: XXH3, which is the same for ever and
/// everywhere. The digest of what stands before is the seed of the next, and is mixed into the half that a seed does not
/// reach.
///
/// The lowest bits are those of the estate's digest, whose bytes the key begins with: the households of one estate,
/// which stand together in most lists, stand together in the index, where the processor has them at hand.
#[inline]
pub(super) fn digest(room: &[u8], staircase: u128, estate: u128) -> u128 {
    const LOW: u128 = (1 << ESTATE_BITS) - 1;
    const MORE: u128 = ((1 << MORE_BITS) - 1) << MORE_FROM;
    let of_estate = estate & LOW | estate << (MORE_FROM - ESTATE_BITS) & MORE;
    mixed(room, staircase) & !(LOW | MORE) | of_estate
}

/// A number below [`GROUPS`] for the estate of a digest, which it shares with few others.
#[inline]
pub(super) fn group_of(digest: u128) -> usize {
    let low = digest & ((1 << ESTATE_BITS) - 1);
    let more = digest >> MORE_FROM & ((1 << MORE_BITS) - 1);
    usize::try_from(more << ESTATE_BITS | low).unwrap_or_default()
}

/// The digest of the beginning of a key that all doors of a staircase share: that of the estate, and what follows it.
#[inline]
pub(super) fn digest_of_staircase(rest: &[u8], estate: u128) -> u128 {
    mixed(rest, estate)
}

/// The digest of the beginning of a key that all households of an estate share.
#[inline]
pub(super) fn digest_of_estate(beginning: &[u8]) -> u128 {
    XxHash3_128::oneshot(beginning)
}

/// The digest of some bytes behind others that have one.
#[inline]
fn mixed(bytes: &[u8], before: u128) -> u128 {
    #[expect(clippy::cast_possible_truncation, reason = "the lower half")]
    let seed = before as u64;
    XxHash3_128::oneshot_with_seed(seed, bytes) ^ (before >> 64 << 64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::GridCode;
    use proptest::prelude::*;

    /// The digest of anything, as good as random.
    fn mixed(number: u64) -> u128 {
        XxHash3_128::oneshot(&number.to_le_bytes())
    }

    fn at(row: u64) -> Earlier {
        let text = (!row.is_multiple_of(3)).then(|| format!("{}Bb{}", row % 100_000, row % 10));
        let code = text.map(|text| GridCode::parse(&text).unwrap());
        Earlier { row, code }
    }

    /// Digests with few shards, few buckets, or nothing in common.
    fn any_digest() -> impl Strategy<Value = u128> {
        let few = (0..400_u64).prop_map(mixed);
        let one_bucket = (0..400_u64).prop_map(|number| mixed(number) << 32 >> 32 | 7 << 96);
        let one_shard = (0..400_u64).prop_map(|number| mixed(number) >> 40 << 40);
        prop_oneof![few, one_bucket, one_shard, any::<u128>()]
    }

    fn any_row() -> impl Strategy<Value = u64> {
        let edges = [1 << 23, 1 << 24, 1 << 28, FAR, u64::MAX - 1];
        let edge = (proptest::sample::select(edges.to_vec()), 0..3_u64)
            .prop_map(|(edge, more)| (edge - 1).saturating_add(more));
        prop_oneof![20 => 0..100_000_u64, 1 => edge]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn it_says_what_a_map_of_the_same_prints_says(
            list in proptest::collection::vec((any_digest(), any_row()), 0..2000)
        ) {
            let mut index = KeyIndex::default();
            let mut map = BTreeMap::new();
            for (digest, row) in list {
                let print = Print::of(digest);
                index.approach(digest);
                prop_assert_eq!(index.meet(digest, at(row)), map.get(&print).copied());
                map.entry(print).or_insert(at(row));
                prop_assert_eq!(index.len(), map.len());
            }
            for (print, first) in map {
                prop_assert_eq!(index.meet(print.digest(), at(0)), Some(first));
            }
        }
    }

    #[test]
    fn it_holds_at_most_24_bytes_a_household_and_8_kibibytes_at_every_length() {
        let mut index = KeyIndex::default();
        assert!(index.bytes() < 300);
        for number in 1..=1_000_000 {
            assert_eq!(index.meet(mixed(number), at(number)), None);
            if number % 1000 == 0 || number < 1000 {
                let most = 24 * index.len() + (8 << 10);
                assert!(index.bytes() <= most, "{} for {number}", index.bytes());
            }
        }
        for number in 1..=1_000_000 {
            assert_eq!(index.meet(mixed(number), at(0)), Some(at(number)));
        }
        assert_eq!(index.len(), 1_000_000);
    }

    #[test]
    fn it_holds_as_much_where_one_estate_follows_another_and_where_they_take_turns() {
        let mut index = KeyIndex::default();
        let mut meet = |estate: u64, number: u64| {
            let rest = mixed(number) >> ESTATE_BITS << ESTATE_BITS;
            index.meet(rest | u128::from(estate % 256), at(number));
            let most = 24 * index.len() + (8 << 10);
            assert!(
                !number.is_multiple_of(500) || index.bytes() <= most,
                "{number}"
            );
        };
        for number in 0..700_000 {
            meet(number / 5_000, number);
        }
        for number in 700_000..1_000_000 {
            meet(number, number);
        }
    }

    #[test]
    fn few_households_in_very_many_rows_cost_little() {
        let mut index = KeyIndex::default();
        for number in 0..1000 {
            let row = 494_000_000 + number;
            assert_eq!(index.meet(mixed(number), at(row)), None);
        }
        assert!(index.bytes() < 400 << 10, "{}", index.bytes());
        assert_eq!(index.meet(mixed(7), at(0)), Some(at(494_000_007)));
    }

    #[test]
    fn digests_that_end_alike_lengthen_no_directory() {
        let mut index = KeyIndex::default();
        for number in 0..50_000 {
            assert_eq!(index.meet(mixed(number) >> 40 << 40, at(number)), None);
        }
        assert!(index.directory.len() <= 64, "{}", index.directory.len());
        assert_eq!(index.meet(mixed(7) >> 40 << 40, at(0)), Some(at(7)));
    }

    #[test]
    fn the_debug_form_tells_no_digest() {
        let mut index = KeyIndex::default();
        index.meet(mixed(1), at(1));
        assert_eq!(format!("{index:?}"), "KeyIndex { len: 1, .. }");
    }

    #[test]
    fn the_digest_is_the_published_hash() {
        // XXH3_128bits of no bytes, from the specification's test vectors.
        let empty = 0x99aa_06d3_0147_98d8_6001_c324_468d_497f;
        assert_eq!(XxHash3_128::oneshot(b""), empty);
    }
}
