//! `Total`: the differences of one grid, one building, or all, counted.

use std::collections::BTreeMap;

use super::order::by_grid;
use super::{Change, Kind};
use crate::address::Key;

/// How often each kind of difference occurs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Households that are different, each once.
    pub households: u64,
    /// How many residents more there are, as far as both lists tell.
    pub residents_more: i64,
    counts: [u64; Kind::COUNT],
}

impl Total {
    /// Counts some differences.
    #[must_use]
    pub fn of<'c>(changes: impl IntoIterator<Item = &'c Change>) -> Self {
        let mut total = Self::default();
        for change in changes {
            total.add(change);
        }
        total
    }

    fn add(&mut self, change: &Change) {
        self.households += 1;
        self.residents_more += change.residents_more().unwrap_or(0);
        for kind in change.kinds.iter() {
            if let Some(count) = self.counts.get_mut(kind as usize) {
                *count += 1;
            }
        }
    }

    /// How many households differ in this way.
    #[must_use]
    pub fn count(&self, kind: Kind) -> u64 {
        self.counts.get(kind as usize).copied().unwrap_or(0)
    }

    /// Every kind that occurs, with its count.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, u64)> {
        let all = Kind::ALL.into_iter();
        all.map(|kind| (kind, self.count(kind)))
            .filter(|(_, count)| *count > 0)
    }
}

/// Totals grid by grid, grids in order; households of no known grid stand under `None`, last.
pub(super) fn by_grids(changes: &[Change]) -> Vec<(Option<String>, Total)> {
    let mut totals: BTreeMap<Option<&str>, Total> = BTreeMap::new();
    for change in changes {
        totals
            .entry(change.grid.as_deref())
            .or_default()
            .add(change);
    }
    let mut totals: Vec<_> = totals.into_iter().collect();
    totals.sort_by(|(one, _), (other, _)| by_grid(*one, *other));
    let owned = |(grid, total): (Option<&str>, Total)| (grid.map(str::to_owned), total);
    totals.into_iter().map(owned).collect()
}

/// Totals building by building, in walking order; households of no known building stand under `None`.
pub(super) fn by_buildings(changes: &[Change]) -> Vec<(Option<Key>, Total)> {
    let mut totals: BTreeMap<Option<Key>, Total> = BTreeMap::new();
    for change in changes {
        let building = change.key.as_ref().map(Key::of_building);
        totals.entry(building).or_default().add(change);
    }
    totals.into_iter().collect()
}
