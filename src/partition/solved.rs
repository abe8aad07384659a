//! What is found for a number of grids: a plan, and the bound as anyone can check it.

use super::certificate::Certificate;
use super::ground::Ground;
use super::master::Prices;
use super::model::Problem;
use super::outcome::{Bound, Plan};
use super::pool::Pool;
use super::worth::{plan_of, worth};

/// What is found for a number of grids.
pub(super) struct Solved {
    pub(super) plan: Plan,
    pub(super) bound: Option<Bound>,
    pub(super) proved: bool,
}

impl Solved {
    /// The same with another bound, if that proves more.
    pub(super) fn with(mut self, known: Option<Bound>, problem: &Problem, ground: &Ground) -> Self {
        let Some(known) = known else { return self };
        if self.bound.as_ref().is_none_or(|own| own.cost < known.cost) {
            let worth = worth(problem, ground, &self.plan);
            let cost = worth.cost + known.move_cost * i128::from(worth.moved);
            self.proved |= cost <= known.cost;
            self.bound = Some(known);
        }
        self
    }
}

/// A plan of sets with what is proved of it.
pub(super) fn solved_of(
    ground: &Ground,
    sets: &[(Vec<usize>, Option<u32>)],
    bound: Bound,
    proved: bool,
) -> Solved {
    Solved {
        plan: plan_of(ground, sets),
        bound: Some(bound),
        proved,
    }
}

/// Prices of rows and the bound, for blocks.
pub(super) fn bound_of(problem: &Problem, ground: &Ground, prices: &Prices, cost: i128) -> Bound {
    let count = ground.nodes.len();
    let labels = ground.labels.iter().copied();
    Bound {
        // No cost is below 0, whatever little the prices prove.
        cost: cost.max(0),
        by_prices: prices.bound,
        move_cost: ground.move_cost(),
        blocks: of_blocks(problem, ground, &prices.rows),
        continued: labels
            .zip(prices.rows.iter().skip(count).copied())
            .collect(),
        grid: prices.grid,
    }
}

/// The price of a node stands at its first block.
pub(super) fn of_blocks(problem: &Problem, ground: &Ground, rows: &[i128]) -> Vec<i128> {
    let mut blocks = vec![0; problem.blocks.len()];
    for (node, price) in ground.nodes.iter().zip(rows) {
        if let Some(first) = node.blocks.first() {
            blocks[*first] = *price;
        }
    }
    blocks
}

/// A block that no legal grid holds.
pub(super) fn uncovered(ground: &Ground, pool: &Pool) -> Option<Certificate> {
    let mut held = vec![false; ground.nodes.len()];
    for column in 0..pool.len() {
        for node in pool.nodes(column) {
            held[usize::from(*node)] = true;
        }
    }
    let node = held.iter().position(|held| !held)?;
    let block = *ground.nodes[node].blocks.first()?;
    Some(Certificate::NoGrid { block })
}
