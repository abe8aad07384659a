//! Proof that no plan has so many grids: prices under which every legal grid comes to nothing and a plan to more (Farkas).

use super::columns::{Column, NEW, Question};
use super::ground::Ground;
use super::master::relax;
use super::pool::Pool;

/// Prices of the nodes and of a grid: whole numbers with which each column comes to 0 or less, and a plan of so many grids to
/// more than 0. `None` where the programme has a solution, and proves nothing.
pub(super) fn ray(
    ground: &Ground,
    pool: &Pool,
    grids: u32,
    nodes: &mut u64,
) -> Option<(Vec<i128>, i128)> {
    let columns = (0..pool.len()).map(|set| Column {
        set: set as u32,
        label: NEW,
        cost: 0,
    });
    let question = Question {
        ground,
        pool,
        grids,
        columns: columns.collect(),
    };
    let all: Vec<usize> = (0..question.columns.len()).collect();
    let relaxed = relax(&question, &all, &[], Some(0));
    *nodes = nodes.saturating_sub(relaxed.nodes);
    let prices = relaxed.prices;
    (prices.bound > 0).then_some((prices.rows, prices.grid))
}
