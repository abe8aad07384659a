//! The index of household keys that finds a door listed twice.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::household::Earlier;

/// Which keys were met, and in which row first.
#[derive(Debug, Default)]
pub(super) struct KeyIndex {
    seen: BTreeMap<u128, Earlier>,
}

impl KeyIndex {
    /// Notes a key; gives back where it was met first, if it was.
    pub(super) fn meet(&mut self, digest: u128, here: Earlier) -> Option<Earlier> {
        let mut earlier = None;
        self.seen
            .entry(digest)
            .and_modify(|first| earlier = Some(*first))
            .or_insert(here);
        earlier
    }
}

impl KeyIndex {
    /// Notes all households of a chunk; gives back those that were met before, by row number.
    pub(super) fn meet_all(&mut self, all: &[(u128, Earlier)]) -> BTreeMap<u64, Earlier> {
        let mut known = BTreeMap::new();
        for (digest, here) in all {
            if let Some(earlier) = self.meet(*digest, *here) {
                known.insert(here.row, earlier);
            }
        }
        known
    }
}

/// 128 bits of two hashes with fixed keys: among a thousand million keys, two different ones share a digest
/// with a probability below 10⁻²⁰.
pub(super) fn digest(key: &[u8]) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        salt.hash(&mut hasher);
        key.hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}
