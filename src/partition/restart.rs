//! Several searches from different beginnings, the best result kept.

use super::ground::{Ground, Sums};
use super::model::{Limits, Options};
use super::search::{Found, Wanted, anneal};
use super::worth::{sets_of, sums_of};

/// The best of several searches for so many grids; where `any`, the first legal plan. `nodes` is less by the moves
/// tried. `None` where there cannot be so many
/// grids: fewer nodes, or more pieces.
pub(super) fn restarts(
    ground: &Ground,
    grids: u32,
    options: &Options,
    any: bool,
    nodes: &mut u64,
) -> Option<Found> {
    const RUNS: u64 = 6;
    search(ground, grids, options, any, RUNS, nodes, &mut |_| {})
}

/// As [`restarts`], with so many runs; each plan that is met goes to `visit`.
pub(super) fn search(
    ground: &Ground,
    grids: u32,
    options: &Options,
    any: bool,
    runs: u64,
    nodes: &mut u64,
    visit: &mut dyn FnMut(&[u16]),
) -> Option<Found> {
    let steps = (ground.nodes.len() as u64 * 3000).clamp(2000, 2_000_000);
    let mut best: Option<(Found, i128)> = None;
    for run in 0..runs {
        let wanted = Wanted {
            grids,
            seed: options.seed.wrapping_mul(1_000_003).wrapping_add(run),
            // The first run goes on from the previous plan, where there is one.
            previous: run == 0,
            steps,
            any,
        };
        let Some(mut found) = anneal(ground, wanted, visit) else {
            continue;
        };
        *nodes = nodes.saturating_sub(found.steps);
        if !ground.own.is_empty() && found.missed == (0, 0) {
            found.missed = missed_in_roles(ground, &found.grids, grids);
        }
        let cost = cost_of(ground, &found.grids, grids);
        let better = best.as_ref().is_none_or(|(known, least)| {
            (found.missed, cost, &found.grids) < (known.missed, *least, &known.grids)
        });
        if better {
            best = Some((found, cost));
        }
        let is_legal = |(found, _): &(Found, i128)| found.missed == (0, 0);
        if *nodes == 0 || any && best.as_ref().is_some_and(is_legal) {
            break;
        }
    }
    best.map(|(found, _)| found)
}

/// By how much a plan misses the limits. The search knows a grid by the standard of the previous grid whose place it has;
/// where nothing of that one is left in it, it is a new grid and has the standard of one.
fn missed_in_roles(ground: &Ground, of_nodes: &[u16], grids: u32) -> (i64, i64) {
    let mut missed = (0, 0);
    for (nodes, label) in sets_of(ground, of_nodes, grids) {
        let sums = sums_of(ground, &nodes);
        let standard = ground.standard_of(label);
        let off = |limits: Limits, number: i64| limits.missed(number.unsigned_abs()).abs();
        missed.0 += off(standard.households, sums.households);
        missed.1 += off(standard.residents, sums.residents);
    }
    missed
}

/// What a plan costs, moved households not counted, in dm².
pub(super) fn cost_of(ground: &Ground, of_nodes: &[u16], grids: u32) -> i128 {
    let mut sums = vec![Sums::default(); grids as usize];
    for (node, grid) in ground.nodes.iter().zip(of_nodes) {
        sums[usize::from(*grid)].add(&node.sums);
    }
    let mean = ground.mean_work(grids);
    sums.iter()
        .map(|sums| i128::from(ground.cost(sums, mean)))
        .sum()
}
