//! `Ledger`: every household of the smaller list in few bytes, found by the digest of its key.

use std::fmt;
use std::hint::black_box;

use super::super::index::{GROUPS, KeyIndex, group_of};
use super::super::packed::Packed;
use super::gather::Met;
use super::half::Half;
use super::reach::Reach;
use crate::household::Earlier;

/// The households of one list.
///
/// # Memory
///
/// At most 58 bytes a household: 24 in the index of keys, the rest here, in pages of one size; and besides, a page that is
/// not full for each group of estates, two mebibytes at most.
///
/// # Order
///
/// A page holds households of one estate, or of a few: where a list in no order was entered, one in order still finds
/// what it looks for close together.
pub(super) struct Ledger {
    /// The number of each household, by its key.
    index: KeyIndex,
    pages: Vec<Vec<Kept>>,
    /// The number of the next household of each group of estates.
    next: Vec<u64>,
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

/// What is kept of a household.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    pub(super) facts: Packed,
    /// The Excel row in 40 bits, above it the sheet, above that whether a code can be told, and whether it was met.
    place: u64,
    reach: Reach,
}

const ROW_BITS: u32 = 40;
const SHEET_BITS: u32 = 20;
const TELLS: u64 = 1 << (ROW_BITS + SHEET_BITS);
const SEEN: u64 = TELLS << 1;
/// Households in a page.
const PAGE: u64 = 1 << 5;

/// Which household of the ledger.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number(u64);

impl Ledger {
    pub(super) fn new() -> Self {
        Self {
            index: KeyIndex::default(),
            pages: Vec::new(),
            next: vec![0; GROUPS],
            len: 0,
        }
    }

    /// Enters a household; `false` where its key was entered before.
    #[inline]
    pub(super) fn enter(&mut self, digest: u128, met: &Met, sheet: u32, tells_codes: bool) -> bool {
        let Some(next) = self.next.get_mut(group_of(digest)) else {
            return false;
        };
        let is_new_page = next.is_multiple_of(PAGE);
        let number = if is_new_page {
            self.pages.len() as u64 * PAGE
        } else {
            *next
        };
        let here = Earlier {
            row: number,
            code: None,
        };
        if self.index.meet(digest, here).is_some() {
            return false;
        }
        *next = number + 1;
        if is_new_page {
            let room = usize::try_from(PAGE).unwrap_or_default();
            self.pages.push(Vec::with_capacity(room));
        }
        let row = met.row & ((1 << ROW_BITS) - 1);
        let sheet = u64::from(sheet) & ((1 << SHEET_BITS) - 1);
        let tells = if tells_codes { TELLS } else { 0 };
        let (page, _) = place_of(number);
        if let Some(page) = self.pages.get_mut(page) {
            page.push(Kept {
                facts: met.facts,
                place: row | sheet << ROW_BITS | tells,
                reach: met.reach,
            });
        }
        self.len += 1;
        true
    }

    /// Reads what [`enter`](Self::enter) or [`find`](Self::find) will need for a key, some keys before.
    #[inline]
    pub(super) fn approach(&self, digest: u128) {
        self.index.approach(digest);
    }

    /// Looks for a household of the other list; reads what [`meet`](Self::meet) will need of it, some households before.
    #[inline]
    pub(super) fn find(&self, digest: u128) -> Option<Number> {
        let number = Number(self.index.find(digest)?.row);
        let (page, place) = place_of(number.0);
        black_box(self.pages.get(page)?.get(place)?.place);
        Some(number)
    }

    /// Meets a household that was found; `None` where it was met before.
    #[inline]
    pub(super) fn meet(&mut self, number: Number) -> Option<Kept> {
        let (page, place) = place_of(number.0);
        let kept = self.pages.get_mut(page)?.get_mut(place)?;
        let is_first = kept.place & SEEN == 0;
        kept.place |= SEEN;
        is_first.then_some(*kept)
    }

    /// The households that were not met.
    pub(super) fn unmet(&self) -> impl Iterator<Item = Half> {
        let all = self.pages.iter().flatten();
        all.filter(|kept| kept.place & SEEN == 0).map(Kept::half)
    }

    /// How many households there are.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// The memory held.
    #[cfg(test)]
    fn bytes(&self) -> usize {
        let page = |page: &Vec<Kept>| page.capacity() * size_of::<Kept>();
        let pages: usize = self.pages.iter().map(page).sum();
        let lists = self.pages.capacity() * size_of::<Vec<Kept>>() + self.next.capacity() * 8;
        self.index.bytes() + pages + lists
    }
}

impl Kept {
    pub(super) fn half(&self) -> Half {
        let sheet = self.place >> ROW_BITS & ((1 << SHEET_BITS) - 1);
        let sheet = u32::try_from(sheet).unwrap_or_default();
        let row = self.place & ((1 << ROW_BITS) - 1);
        let tells_codes = self.place & TELLS != 0;
        Half::of((sheet, row), self.reach, self.facts, tells_codes)
    }
}

#[inline]
fn place_of(number: u64) -> (usize, usize) {
    let small = |number| usize::try_from(number).unwrap_or(usize::MAX);
    (small(number / PAGE), small(number % PAGE))
}

#[cfg(test)]
mod tests {
    use super::super::super::index::digest;
    use super::super::super::said::Said;
    use super::*;
    use crate::code::GridCode;
    use twox_hash::XxHash3_128;

    fn mixed(number: u64) -> u128 {
        XxHash3_128::oneshot(&number.to_le_bytes())
    }

    fn met(digest: u128, row: u64, reach: Reach) -> Met {
        let code = GridCode::parse("803Aa7")
            .ok()
            .filter(|_| row.is_multiple_of(2));
        Met::new(Some(digest), Packed::of(&Said::default(), code), row, reach)
    }

    #[test]
    fn a_household_has_at_most_58_bytes_whether_its_list_is_in_order_or_not() {
        for in_order in [true, false] {
            let mut ledger = Ledger::new();
            for number in 0..400_000_u64 {
                let estate = if in_order { number / 4_000 } else { number };
                let digest = digest(&number.to_le_bytes(), 0, mixed(estate));
                assert!(ledger.enter(digest, &met(digest, number, Reach::AMONG), 0, true));
                let most = 58 * (number + 1) + (2 << 20) + (8 << 10);
                let is_little = (ledger.bytes() as u64) <= most;
                assert!(
                    number % 1_000 > 0 || is_little,
                    "{}, {number}",
                    ledger.bytes()
                );
            }
        }
    }

    #[test]
    fn what_is_entered_is_met_once() {
        let reaches = [Reach::AMONG, Reach::LINE, Reach::line(Some(1 << 45))];
        let last = [(0, 2), ((1 << SHEET_BITS) - 1, (1 << ROW_BITS) - 1)];
        let mut ledger = Ledger::new();
        let mut digests = Vec::new();
        for reach in reaches {
            for (sheet, row) in last {
                let digest = mixed(digests.len() as u64);
                let met = met(digest, row, reach);
                assert!(ledger.enter(digest, &met, sheet, row == 2));
                assert!(!ledger.enter(digest, &met, sheet, row == 2));
                digests.push((digest, sheet, met));
            }
        }
        assert_eq!((ledger.len(), ledger.unmet().count()), (6, 6));
        for (digest, sheet, met) in digests {
            let number = ledger.find(digest).unwrap();
            let half = ledger.meet(number).unwrap().half();
            assert!(ledger.meet(number).is_none());
            let expected = Half::of((sheet, met.row), met.reach, met.facts, met.row == 2);
            assert_eq!(half, expected);
        }
        assert_eq!((ledger.len(), ledger.unmet().count()), (6, 0));
        assert!(ledger.find(mixed(99)).is_none());
    }
}
