//! `Usual`: texts that households' rows begin with and that name no sum, remembered so that none is looked into twice.

use super::words;

/// How many are remembered, a power of two: the estates and buildings of a city.
const SLOTS: usize = 1 << 13;

/// One for each thread: what it remembers changes no result.
#[derive(Default)]
pub(crate) struct Usual {
    slots: Vec<Option<Box<str>>>,
    /// So many of the first cells of the last row that was asked about told that it is a household's.
    pub(super) reach: usize,
}

/// Lists hold names of persons.
impl std::fmt::Debug for Usual {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Usual").finish_non_exhaustive()
    }
}

impl Usual {
    /// Whether a text names no sum and counts nothing.
    pub(super) fn is_plain(&mut self, text: &str) -> bool {
        if self.slots.is_empty() {
            self.slots.resize(SLOTS, None);
        }
        let Some(slot) = self.slots.get_mut(slot_of(text)) else {
            return false;
        };
        if slot.as_deref() == Some(text) {
            return true;
        }
        let is_plain = !text.starts_with('共') && !words::is_sum(text);
        if is_plain {
            *slot = Some(text.into());
        }
        is_plain
    }
}

fn slot_of(text: &str) -> usize {
    const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let mix = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(GOLDEN);
    let hash = words.iter().fold(text.len() as u64, |hash, word| {
        mix(hash, u64::from_le_bytes(*word))
    });
    let last = rest
        .iter()
        .fold(0, |word, byte| word << 8 | u64::from(*byte));
    usize::try_from(mix(hash, last) >> (u64::BITS - SLOTS.ilog2())).unwrap_or_default()
}
