//! `Ledger`: every household of the smaller list in few bytes, found by the digest of its key.

use std::fmt;
use std::hint::black_box;

use super::super::index::KeyIndex;
use super::super::said::Said;
use super::gather::Met;
use super::half::Half;
use crate::household::Earlier;

/// The households of one list, in the order of their first rows.
///
/// # Memory
///
/// At most 64 bytes a household: 24 in the index of keys, the rest here, in pieces of one size.
#[derive(Default)]
pub(super) struct Ledger {
    /// The number of each household and the code that is written for it, by its key.
    index: KeyIndex,
    pages: Vec<Vec<Kept>>,
    len: u64,
}

/// How many, and not who.
impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger")
            .field("len", &self.len)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Copy)]
struct Kept {
    said: Said,
    /// The Excel row in 40 bits, above it the sheet, above that whether a code can be told, whether it was met, and whether
    /// its row is a line.
    place: u64,
    /// The code as the list writes it, packed.
    written: u64,
}

const ROW_BITS: u32 = 40;
const SHEET_BITS: u32 = 20;
const TELLS: u64 = 1 << (ROW_BITS + SHEET_BITS);
const SEEN: u64 = TELLS << 1;
const LINE: u64 = SEEN << 1;
/// Households in a page.
const PAGE: u64 = 1 << 10;

/// Which household of the ledger.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number(u64);

impl Ledger {
    /// Enters a household; `false` where its key was entered before.
    pub(super) fn enter(&mut self, digest: u128, met: &Met, sheet: u32, tells_codes: bool) -> bool {
        let here = Earlier {
            row: self.len,
            code: None,
        };
        if self.index.meet(digest, here).is_some() {
            return false;
        }
        let (page, _) = place_of(self.len);
        if page == self.pages.len() {
            self.pages.push(Vec::with_capacity(
                usize::try_from(PAGE).unwrap_or_default(),
            ));
        }
        let row = met.row & ((1 << ROW_BITS) - 1);
        let sheet = u64::from(sheet) & ((1 << SHEET_BITS) - 1);
        let tells = if tells_codes { TELLS } else { 0 };
        let line = if met.is_line { LINE } else { 0 };
        if let Some(page) = self.pages.get_mut(page) {
            page.push(Kept {
                said: met.said,
                place: row | sheet << ROW_BITS | tells | line,
                written: met.code.map_or(0, crate::code::GridCode::pack),
            });
        }
        self.len += 1;
        true
    }

    /// Reads what [`enter`](Self::enter) or [`find`](Self::find) will need for a key, some keys before.
    pub(super) fn approach(&self, digest: u128) {
        self.index.approach(digest);
    }

    /// Looks for a household of the other list; reads what [`meet`](Self::meet) will need of it, some households before.
    pub(super) fn find(&self, digest: u128) -> Option<Number> {
        let number = Number(self.index.find(digest)?.row);
        let (page, place) = place_of(number.0);
        black_box(self.pages.get(page)?.get(place)?.place);
        Some(number)
    }

    /// Meets a household that was found.
    pub(super) fn meet(&mut self, number: Number) -> Option<Half> {
        let (page, place) = place_of(number.0);
        let kept = self.pages.get_mut(page)?.get_mut(place)?;
        let is_first = kept.place & SEEN == 0;
        kept.place |= SEEN;
        is_first.then(|| kept.half())
    }

    /// The households that were not met, in order.
    pub(super) fn unmet(&self) -> impl Iterator<Item = Half> {
        let all = self.pages.iter().flatten();
        all.filter(|kept| kept.place & SEEN == 0).map(Kept::half)
    }

    /// How many households there are.
    pub(super) fn len(&self) -> u64 {
        self.len
    }
}

impl Kept {
    fn half(&self) -> Half {
        Half {
            sheet: u32::try_from(self.place >> ROW_BITS & ((1 << SHEET_BITS) - 1))
                .unwrap_or_default(),
            row: self.place & ((1 << ROW_BITS) - 1),
            is_line: self.place & LINE != 0,
            said: self.said,
            written: crate::code::GridCode::unpack(self.written),
            tells_codes: self.place & TELLS != 0,
        }
    }
}

fn place_of(number: u64) -> (usize, usize) {
    let small = |number| usize::try_from(number).unwrap_or(usize::MAX);
    (small(number / PAGE), small(number % PAGE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_has_at_most_64_bytes_with_its_place_in_the_index() {
        assert!(size_of::<Kept>() <= 40, "{}", size_of::<Kept>());
    }
}
