//! Grids priced as they are needed: the cheapest legal grids under given prices, wherever their centre lies, and a bound for the rest.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::cell::Cell;
use super::knapsack::{Knapsack, Quest, Set};

/// What a search under prices comes to.
pub(super) struct Priced {
    /// Sets below the limit of interest.
    pub(super) sets: Vec<Set>,
    /// No legal grid is worth less, or the limit of interest where none below it is left.
    pub(super) least: i64,
    /// Whether all sets below the limit of interest were found.
    pub(super) all: bool,
}

/// Nodes of a search in one cell before it is parted.
const SHORT: u64 = 2000;

/// What is wanted of a search under prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Some good sets, soon; one may come several times.
    Some,
    /// All sets below the limit of interest, each once.
    All,
}

/// Finds legal grids below the limit of interest, about `most` of them at most.
///
/// The inertia of a set is its moment around its centre, and no more than around any other place. Where the centre is
/// in a cell of the plane, each node adds at least its households times its squared distance from the cell: what is
/// left is a knapsack (Hess 1965 located centres; here all places are looked at, those that promise most first, and the
/// cells are parted as far as needed).
pub(super) fn price(quest: &Quest<'_>, wanted: Wanted, most: usize, nodes: &mut u64) -> Priced {
    let whole = Cell::around(quest.ground);
    let mut priced = Priced {
        sets: Vec::new(),
        least: quest.below,
        all: true,
    };
    let mut open = BinaryHeap::new();
    if let Some(bound) = Knapsack::new(quest, whole).bound {
        open.push(Reverse((bound, whole)));
    }
    while let Some(Reverse((bound, cell))) = open.pop() {
        if bound >= quest.below {
            break;
        }
        if *nodes == 0 || priced.sets.len() > most {
            // Those that promise most come first: none of the others has a lower bound.
            priced.least = priced.least.min(bound);
            priced.all = false;
            break;
        }
        *nodes -= 1;
        let knapsack = Knapsack::new(quest, cell);
        let parts = cell.parts();
        let granted = if parts.is_some() {
            SHORT.min(*nodes)
        } else {
            *nodes
        };
        let mut left = granted;
        let before = priced.sets.len();
        let done = knapsack.search(quest, most, &mut left, &mut priced.sets);
        *nodes -= granted - left;
        if done {
            continue;
        }
        let Some(parts) = parts.filter(|_| priced.sets.len() <= most) else {
            priced.least = priced.least.min(bound);
            priced.all = false;
            break;
        };
        if wanted == Wanted::All {
            // They are found again in the parts.
            priced.sets.truncate(before);
        }
        for part in parts {
            if let Some(bound) = Knapsack::new(quest, part).bound
                && bound < quest.below
            {
                open.push(Reverse((bound, part)));
            }
        }
    }
    let found = priced.sets.iter().map(|(_, value)| *value).min();
    priced.least = priced.least.min(found.unwrap_or(i64::MAX));
    priced
}
