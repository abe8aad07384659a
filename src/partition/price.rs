//! Grids priced as they are needed: the cheapest legal grids under given prices, wherever their centre lies, and a bound for the rest.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::cell::Cell;
use super::grow::grow;
use super::knapsack::{Knapsack, Quest, Set, Weights};

/// What a search under prices comes to.
pub(super) struct Priced {
    /// Sets below the limit of interest.
    pub(super) sets: Vec<Set>,
    /// No legal grid is worth less, or the limit of interest where none below it is left.
    pub(super) least: i64,
    /// Whether all sets below the limit of interest were found.
    pub(super) all: bool,
}

/// A cell to look into: those with the lowest bound first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Promise {
    bound: i64,
    cell: Cell,
    weights: Weights,
    /// Nodes of a search in it before it is parted.
    granted: u64,
}

impl Promise {
    fn nothing(cell: Cell) -> Self {
        Self {
            bound: i64::MIN / 4,
            cell,
            weights: Weights::default(),
            granted: SHORT,
        }
    }
}

/// Nodes of a search in one cell before it is parted.
const SHORT: u64 = 200;
/// What a cell costs besides, in nodes.
const CELL: u64 = 40;
/// Parting helps where it closes one part in so many of what the bound is below the limit of interest.
const HELPS: i64 = 8;

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
    let add = |open: &mut BinaryHeap<_>, cell, parent: &Promise| {
        let knapsack = Knapsack::new(quest, cell, parent.weights);
        let Some(bound) = knapsack.bound else { return };
        if bound.max(parent.bound) < quest.below {
            // Where parting a cell does not help, looking longer has to.
            let gained = bound.saturating_sub(parent.bound);
            let helps = gained >= (quest.below - parent.bound) / HELPS;
            open.push(Reverse(Promise {
                bound: bound.max(parent.bound),
                cell,
                weights: knapsack.weights,
                granted: parent.granted * if helps { 1 } else { 4 },
            }));
        }
    };
    add(&mut open, whole, &Promise::nothing(whole));
    while let Some(Reverse(promise)) = open.pop() {
        let Promise { bound, cell, .. } = promise;
        if *nodes == 0 || priced.sets.len() > most {
            // Those that promise most come first: none of the others has a lower bound.
            priced.least = priced.least.min(bound);
            priced.all = false;
            break;
        }
        *nodes = nodes.saturating_sub(CELL);
        let knapsack = Knapsack::new(quest, cell, promise.weights);
        let parts = cell.parts();
        let granted = match parts {
            Some(_) => promise.granted.min(*nodes),
            None => *nodes,
        };
        let mut left = granted;
        let before = priced.sets.len();
        let done = grow(&knapsack, quest, most, &mut left, &mut priced.sets);
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
        let better = Promise {
            weights: knapsack.weights,
            ..promise
        };
        for part in parts {
            add(&mut open, part, &better);
        }
    }
    let found = priced.sets.iter().map(|(_, value)| *value).min();
    priced.least = priced.least.min(found.unwrap_or(i64::MAX));
    priced
}
