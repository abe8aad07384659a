//! The plan that breaks the standard least, where no legal one is to be had: households first, residents are softer.

use super::ground::Ground;
use super::model::{Count, Options};
use super::outcome::Plan;
use super::restart::{cost_of, search};
use super::search::CLASH;
use super::worth::{plan_of, sets_of};

/// The least violation that a search finds: households above or below the limits, then residents, then the number of
/// grids nearest to households ÷ 400, then the cost.
pub(super) fn least_violation(ground: &Ground, options: &Options, nodes: &mut u64) -> Option<Plan> {
    const RUNS: u64 = 4;
    let mut best: Option<(Worth, Vec<u16>, u32)> = None;
    for grids in numbers(ground, options) {
        let Some(found) = search(ground, grids, options, false, RUNS, nodes, &mut |_| {}) else {
            continue;
        };
        if found.missed.0 >= CLASH {
            // What must be apart is not: no plan at all.
            continue;
        }
        let households = ground.total.households.unsigned_abs();
        let off = (u64::from(grids) * 400).abs_diff(households);
        let cost = cost_of(ground, &found.grids, grids);
        let worth = (found.missed, off, cost);
        if best.as_ref().is_none_or(|(known, ..)| worth < *known) {
            best = Some((worth, found.grids, grids));
        }
    }
    let (_, of_nodes, grids) = best?;
    Some(plan_of(ground, &sets_of(ground, &of_nodes, grids)))
}

/// Households missed, residents missed; how far from 400 households a grid; cost.
type Worth = ((i64, i64), u64, i128);

/// The numbers of grids that may break the standard least: around what households ask for and what residents ask for.
fn numbers(ground: &Ground, options: &Options) -> Vec<u32> {
    let locked = ground.locked.len() as u64;
    let nodes = ground.nodes.len() as u64;
    let pieces = ground.pieces().len() as u64;
    let (least, most) = match options.count {
        Count::Exactly(grids) => (u64::from(grids), u64::from(grids)),
        Count::Between(least, most) => (u64::from(least), u64::from(most)),
        Count::Nearest | Count::Fewest => (1 + locked, u64::MAX),
    };
    let (least, most) = (
        least.saturating_sub(locked).max(pieces).max(1),
        most.saturating_sub(locked).min(nodes),
    );
    if least > most {
        // No plan has as many grids as were asked for.
        return Vec::new();
    }
    let arithmetic = ground.arithmetic(None);
    let edge = |sum: u64, limits: super::model::Limits| {
        let from = sum.div_ceil(u64::from(limits.max.max(1)));
        let to = sum.checked_div(u64::from(limits.min)).unwrap_or(from);
        [from, to]
    };
    let mut numbers: Vec<u64> = edge(arithmetic.households, arithmetic.household_limits)
        .into_iter()
        .chain(edge(arithmetic.residents, arithmetic.resident_limits))
        .chain([arithmetic.households.div_ceil(400), pieces])
        .flat_map(|number| [number.saturating_sub(1), number, number + 1])
        .map(|number| number.clamp(least, most))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
        .into_iter()
        .filter_map(|number| u32::try_from(number).ok())
        .collect()
}
