//! Branch and bound over columns: the best plan of so many grids, with a proof, or with the bound that was reached.

use std::collections::BTreeMap;

use super::columns::Question;
use super::cover::{Best, cover};
use super::master::{Prices, Relaxed, relax};

/// What is found for one number of grids.
pub(super) struct Answer {
    /// The columns of the best plan.
    pub(super) plan: Option<Vec<usize>>,
    /// The prices at the root, which prove the programme's bound.
    pub(super) prices: Prices,
    /// No plan costs less; at least the bound of the prices, more where the search went on.
    pub(super) bound: i128,
    /// Whether every plan was ruled out or compared: the plan is the best, or there is none.
    pub(super) proved: bool,
}

/// Limits of cost that are tried one after the other, in millionths above the bound. Where households are counted before
/// inertia, the first steps tell plans apart that move as many.
const STEPS: [i128; 10] = [
    20, 200, 1000, 3000, 12_000, 40_000, 120_000, 400_000, 2_000_000, 10_000_000,
];

/// Finds the best plan of a question.
///
/// `known` is a plan found otherwise. Where `any`, the first plan found is enough. Only plans that cost `most` at most are
/// of interest; where there is none, the bound is above it. `nodes` is less by the nodes looked at; where they run out,
/// nothing is proved but the bound.
pub(super) fn best_plan(
    question: &Question<'_>,
    known: Option<Vec<usize>>,
    any: bool,
    most: Option<i128>,
    nodes: &mut u64,
) -> Answer {
    let dearest = question
        .columns
        .iter()
        .map(|column| column.cost)
        .max()
        .unwrap_or(0);
    let known_cost = known.as_ref().map(|plan| question.cost_of(plan));
    let ceiling = known_cost.unwrap_or_else(|| dearest * i128::from(question.grids));
    let ceiling = most.map_or(ceiling, |most| most.min(ceiling));
    // No cost is below 0: a grid that alone costs more than a whole plan is of no use in a better one.
    let all: Vec<usize> = (0..question.columns.len())
        .filter(|column| question.columns[*column].cost <= ceiling)
        .collect();
    let relaxed = relax(question, &all, known.as_deref().unwrap_or(&[]), None);
    *nodes = nodes.saturating_sub(relaxed.nodes);
    let prices = relaxed.prices;
    let lowest = prices.bound;
    if lowest > ceiling {
        return Answer {
            plan: None,
            bound: lowest,
            prices,
            proved: true,
        };
    }
    let mut bound = lowest;
    for step in STEPS.into_iter().map(Some).chain([None]) {
        let limit = match step {
            Some(step) => (lowest + lowest.abs() / 1_000_000 * step).clamp(lowest, ceiling),
            None => ceiling,
        };
        let is_last = limit >= ceiling;
        if limit < bound {
            continue;
        }
        let mut best = Best {
            limit,
            plan: known
                .clone()
                .filter(|_| is_last && known_cost <= Some(limit)),
            any,
        };
        let kept = within(question, &all, &prices, limit);
        let done = Tree { question, nodes }.search(kept, &mut best);
        if done && best.plan.is_some() {
            return Answer {
                bound: best.limit,
                plan: best.plan,
                prices,
                proved: true,
            };
        }
        if !done {
            let better = |plan: &Vec<usize>| question.cost_of(plan);
            let plan = best.plan.into_iter().chain(known).min_by_key(better);
            return Answer {
                plan,
                prices,
                bound,
                proved: false,
            };
        }
        // Nothing costs as little as this.
        bound = limit + 1;
        if is_last {
            break;
        }
    }
    Answer {
        plan: None,
        prices,
        bound,
        proved: true,
    }
}

/// The columns that a plan within the limit can have.
fn within(question: &Question<'_>, columns: &[usize], prices: &Prices, limit: i128) -> Vec<usize> {
    let most = limit - prices.bound;
    columns
        .iter()
        .copied()
        .filter(|column| prices.reduced(question, *column) <= most)
        .collect()
}

/// How many columns are gone through without another programme.
const FEW: usize = 6000;
/// How many nodes that may take.
const SHORT: u64 = 400_000;

struct Tree<'a> {
    question: &'a Question<'a>,
    nodes: &'a mut u64,
}

impl Tree<'_> {
    /// `false` where the nodes do not last.
    fn search(&mut self, columns: Vec<usize>, best: &mut Best) -> bool {
        let mut open = vec![columns];
        while let Some(columns) = open.pop() {
            if *self.nodes == 0 {
                return false;
            }
            let first = best.plan.clone().unwrap_or_default();
            let relaxed = relax(self.question, &columns, &first, Some(best.limit));
            *self.nodes = self.nodes.saturating_sub(relaxed.nodes);
            let prices = &relaxed.prices;
            if prices.bound > best.limit {
                continue;
            }
            let kept = within(self.question, &columns, prices, best.limit);
            if kept.len() <= FEW {
                let budget = SHORT.min(*self.nodes);
                let mut left = budget;
                let done = cover(self.question, &kept, prices, best, &mut left);
                *self.nodes -= budget - left;
                if done {
                    continue;
                }
                if best.any && best.plan.is_some() {
                    return false;
                }
            }
            let kept = within(self.question, &kept, prices, best.limit);
            let Some((a, b)) = self.pair(&relaxed, &kept) else {
                // Only the labels are open, and the nodes did not last to go through them.
                return false;
            };
            let (mut together, mut apart) = (Vec::new(), Vec::new());
            for column in kept {
                let nodes = self.question.nodes(column);
                let (has_a, has_b) = (
                    nodes.binary_search(&a).is_ok(),
                    nodes.binary_search(&b).is_ok(),
                );
                if has_a == has_b {
                    together.push(column);
                }
                if !(has_a && has_b) {
                    apart.push(column);
                }
            }
            open.push(apart);
            open.push(together);
        }
        true
    }

    /// Two nodes that the mixture has together about half of the time; where it has none such, any two that some
    /// columns part. `None` where every column is decided.
    fn pair(&self, relaxed: &Relaxed, kept: &[usize]) -> Option<(u16, u16)> {
        let mut shares: BTreeMap<(u16, u16), f64> = BTreeMap::new();
        for (column, share) in &relaxed.mixture {
            each_pair(self.question.nodes(*column), |pair| {
                *shares.entry(pair).or_default() += share;
            });
        }
        let undecided = shares
            .iter()
            .map(|(pair, share)| ((share - 0.5).abs(), *pair))
            .filter(|(off, _)| *off < 0.499)
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        if let Some((_, pair)) = undecided {
            return Some(pair);
        }
        let mut counts: BTreeMap<(u16, u16), usize> = BTreeMap::new();
        let mut each: BTreeMap<u16, usize> = BTreeMap::new();
        for column in kept {
            let nodes = self.question.nodes(*column);
            for node in nodes {
                *each.entry(*node).or_default() += 1;
            }
            each_pair(nodes, |pair| *counts.entry(pair).or_default() += 1);
        }
        counts
            .into_iter()
            .find(|((a, b), count)| each.get(a) != Some(count) || each.get(b) != Some(count))
            .map(|(pair, _)| pair)
    }
}

fn each_pair(nodes: &[u16], mut take: impl FnMut((u16, u16))) {
    for (place, a) in nodes.iter().enumerate() {
        for b in &nodes[place + 1..] {
            take((*a, *b));
        }
    }
}
