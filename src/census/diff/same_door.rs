//! Doors that two lists name differently: a community, an estate or an entrance goes without saying in one of them.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use crate::address::Key;

/// How many doors were put together, and how many could not be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Joined {
    /// Doors of which only one list names the community or the estate, and which are the same otherwise.
    pub(super) by_names: u64,
    /// Doors of which only one list names the entrance.
    pub(super) by_entrance: u64,
    /// Households told as moved out that may be in a door which the other list names less exactly, or more so: there is
    /// more than one that it might be.
    pub(super) unclear: u64,
    /// Households that turned out to be the same.
    pub(super) same: u64,
}

/// A household of one list only that is looked for under another name.
struct Lone<'k> {
    at: usize,
    key: &'k Key,
    unnamed: u8,
}

/// How many households of the other list it might be, and one of them.
#[derive(Clone, Copy, Debug, Default)]
struct Candidates {
    count: usize,
    one: usize,
}

/// Puts together what moved out and what moved in where both are certainly one door: there is no other in either list
/// that it might be.
pub(super) fn join(drafts: Vec<Draft>) -> (Vec<Draft>, Joined) {
    let partners = partners(&drafts);
    let mut joined = Joined {
        unclear: partners.unclear,
        ..Joined::default()
    };
    let mut olds: BTreeMap<usize, Draft> = BTreeMap::new();
    let mut rest: Vec<(usize, Draft)> = Vec::with_capacity(drafts.len());
    for (at, draft) in drafts.into_iter().enumerate() {
        if partners.olds.contains(&at) {
            olds.insert(at, draft);
        } else {
            rest.push((at, draft));
        }
    }
    let whole = rest.into_iter().filter_map(|(at, new)| {
        let old = partners.of_new.get(&at).and_then(|old| olds.remove(old));
        match old {
            None => Some(new),
            Some(old) => new.with_old(old, &mut joined),
        }
    });
    let whole = whole.collect();
    (whole, joined)
}

struct Partners {
    /// Where the old list's part stands, by where the new list's does.
    of_new: BTreeMap<usize, usize>,
    olds: BTreeSet<usize>,
    unclear: u64,
}

fn partners(drafts: &[Draft]) -> Partners {
    let lone = |is_old: bool| {
        let all = drafts.iter().enumerate();
        let lone = all.filter_map(move |(at, draft)| {
            let key = draft.lone_key(is_old)?;
            let unnamed = key.unnamed();
            Some(Lone { at, key, unnamed })
        });
        lone.collect::<Vec<_>>()
    };
    let (olds, news) = (lone(true), lone(false));
    let masks =
        |all: &[Lone<'_>]| -> BTreeSet<u8> { all.iter().map(|lone| lone.unnamed).collect() };
    let mut found: BTreeMap<usize, Candidates> = BTreeMap::new();
    for old_mask in masks(&olds) {
        // Two keys that leave out the same are different doors, or they would be one key.
        for new_mask in masks(&news).into_iter().filter(|mask| *mask != old_mask) {
            let both = old_mask | new_mask;
            let of = |all: &[Lone<'_>], mask: u8| {
                let mut by_key: BTreeMap<Key, Candidates> = BTreeMap::new();
                for lone in all.iter().filter(|lone| lone.unnamed == mask) {
                    let here = by_key.entry(lone.key.without(both)).or_default();
                    here.count += 1;
                    here.one = lone.at;
                }
                by_key
            };
            let (by_old, by_new) = (of(&olds, old_mask), of(&news, new_mask));
            let mut count = |all: &[Lone<'_>], mask: u8, others: &BTreeMap<Key, Candidates>| {
                for lone in all.iter().filter(|lone| lone.unnamed == mask) {
                    if let Some(others) = others.get(&lone.key.without(both)) {
                        let mine = found.entry(lone.at).or_default();
                        mine.count += others.count;
                        mine.one = others.one;
                    }
                }
            };
            count(&olds, old_mask, &by_new);
            count(&news, new_mask, &by_old);
        }
    }
    let mut partners = Partners {
        of_new: BTreeMap::new(),
        olds: BTreeSet::new(),
        unclear: 0,
    };
    for old in &olds {
        let Some(mine) = found.get(&old.at) else {
            continue;
        };
        let theirs = found.get(&mine.one).copied().unwrap_or_default();
        if mine.count == 1 && theirs.count == 1 {
            partners.of_new.insert(mine.one, old.at);
            partners.olds.insert(old.at);
        } else {
            partners.unclear += 1;
        }
    }
    partners
}
