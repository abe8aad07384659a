//! Whether prices prove what they are said to prove, and whether nothing better exists.

use super::super::outcome::{Bound, Objective, Outcome, Plan, Status};
use super::cover::{Found, Item, Quest};
use super::fault::{Claim, Fault};
use super::field::Field;
use super::grids::Grids;
use super::plan::{free, is_as_before};
use super::prover::Prover;
use super::runs::{Runs, best_runs};

/// Prices by unit and by place of the previous grid.
struct Prices {
    units: Vec<i128>,
    labels: Vec<i128>,
    grid: i128,
}

/// Looks at the bound, and at what is said to be optimal.
pub(super) fn check<const W: usize>(
    prover: &mut Prover<'_, W>,
    outcome: &Outcome,
    plan: &Plan,
    worth: &Objective,
) {
    let field = prover.field;
    let count = free(field, plan);
    let move_cost = field.move_cost();
    let total = i128::from(worth.moved)
        .saturating_mul(move_cost)
        .saturating_add(worth.cost);
    let is_optimal = outcome.status == Status::Optimal;
    let mut by_bound = worth.moved;
    if let Some(bound) = &outcome.bound {
        priced(prover, bound, count, total, is_optimal);
        // The fewest moves that the bound leaves possible.
        if move_cost > 0 && bound.cost > 0 {
            let fewest = u64::try_from(bound.cost / move_cost).unwrap_or(u64::MAX);
            by_bound = by_bound.saturating_sub(fewest);
        }
    } else if is_optimal && prover.verdict.faults.is_empty() {
        unpriced(prover, plan, count, worth, total);
    }
    // Where no grid can continue a previous one, every plan moves as many.
    if outcome.fewest_moved && !is_optimal && move_cost > 0 && by_bound > 0 {
        prover.verdict.faults.push(Fault::FewestMoved);
    }
}

fn priced<const W: usize>(
    prover: &mut Prover<'_, W>,
    bound: &Bound,
    count: usize,
    total: i128,
    is_optimal: bool,
) {
    let field = prover.field;
    let faults = &mut prover.verdict.faults;
    let move_cost = field.move_cost();
    if bound.move_cost != move_cost {
        faults.push(Fault::MoveCost {
            said: bound.move_cost,
            found: move_cost,
        });
    }
    if !(bound.by_prices..=total).contains(&bound.cost) {
        faults.push(Fault::Bound {
            said: bound.cost,
            least: bound.by_prices,
            most: total,
        });
    }
    if is_optimal && bound.cost != total {
        faults.push(Fault::NotReached {
            bound: bound.cost,
            cost: total,
        });
    }
    let Some(prices) = read(field, bound, count, faults) else {
        return;
    };
    let most = bound.cost.saturating_sub(bound.by_prices).saturating_sub(1);
    let grids = prover.grids();
    let is_whole = grids.is_whole;
    let (items, undercut) = items(field, &prices, &grids, count, (most, total));
    let verdict = &mut prover.verdict;
    if let Some(undercut) = undercut {
        verdict.faults.push(undercut);
        return;
    }
    if !is_whole {
        verdict.unchecked.push(Claim::Prices);
    }
    if !verdict.faults.is_empty() || most < 0 {
        return;
    }
    if !is_whole {
        verdict.unchecked.push(Claim::Bound(bound.cost));
        return;
    }
    let quest = Quest {
        field,
        grids: &grids,
        items,
        count,
        most,
        idle: prices.labels.iter().map(|price| -price).collect(),
    };
    match quest.plan(&mut prover.nodes) {
        Found::Plan(plan, over) => verdict.faults.push(Fault::Better {
            plan: Some(plan),
            cost: bound.by_prices.saturating_add(over),
        }),
        Found::Nothing => {}
        Found::Unknown => verdict.unchecked.push(Claim::Bound(bound.cost)),
    }
}

/// The prices by unit, if they are there and come to what is said.
fn read(field: &Field<'_>, bound: &Bound, count: usize, faults: &mut Vec<Fault>) -> Option<Prices> {
    if let Some((label, _)) = bound.continued.iter().find(|(_, price)| *price > 0) {
        faults.push(Fault::PriceAboveZero { label: *label });
        return None;
    }
    let Some((prices, sum)) = add_up(field, bound, count) else {
        faults.push(Fault::Prices);
        return None;
    };
    if sum != bound.by_prices {
        faults.push(Fault::ByPrices {
            said: bound.by_prices,
            found: sum,
        });
        return None;
    }
    Some(prices)
}

fn add_up(field: &Field<'_>, bound: &Bound, count: usize) -> Option<(Prices, i128)> {
    if bound.blocks.len() != field.problem.blocks.len() {
        return None;
    }
    let mut units = vec![0i128; field.units.len()];
    let mut sum = i128::try_from(count).ok()?.checked_mul(bound.grid)?;
    for (price, unit) in bound.blocks.iter().zip(&field.unit_of) {
        // Nothing is proved by the price of a locked block: no legal grid holds it.
        if let Some(unit) = unit {
            units[*unit] = units[*unit].checked_add(*price)?;
            sum = sum.checked_add(*price)?;
        }
    }
    let mut labels: Vec<Option<i128>> = vec![None; field.labels.len()];
    for (label, price) in &bound.continued {
        let place = field.labels.binary_search(label).ok()?;
        if labels[place].replace(*price).is_some() {
            return None;
        }
        price.checked_neg()?;
        sum = sum.checked_add(*price)?;
    }
    let prices = Prices {
        units,
        labels: labels.into_iter().map(Option::unwrap_or_default).collect(),
        grid: bound.grid,
    };
    Some((prices, sum))
}

/// The grids that cost no more than so much above their prices, the cheapest first; and the one that costs the least
/// below them, if any. A grid that costs more than the whole plan is in no better one.
fn items<const W: usize>(
    field: &Field<'_>,
    prices: &Prices,
    grids: &Grids<W>,
    count: usize,
    (most, total): (i128, i128),
) -> (Vec<Item>, Option<Fault>) {
    let move_cost = field.move_cost();
    let mut items = Vec::new();
    let mut worst: Option<(i128, usize, Option<usize>)> = None;
    for (place, grid) in grids.list.iter().enumerate() {
        let of_units = grid.units.units().fold(prices.grid, |sum, unit| {
            sum.saturating_add(prices.units[unit])
        });
        let roles = grid.roles(field, count, move_cost);
        for role in roles.into_iter().filter(|role| role.cost <= total) {
            let of_label = role.label.map_or(0, |label| prices.labels[label]);
            let price = of_units.saturating_add(of_label);
            let over = role.cost.saturating_sub(price);
            if over < 0 {
                // Only what can be in a plan of so many grids speaks against the prices.
                if worst.is_none_or(|(known, ..)| over < known) && grid.can_be_among(field, count) {
                    worst = Some((over, place, role.label));
                }
            } else if over <= most {
                items.push(Item {
                    grid: place as u32,
                    label: role.label.map(|label| label as u32),
                    over,
                });
            }
        }
    }
    items.sort_by_key(|item| item.over);
    let undercut = worst.map(|(over, place, label)| Fault::Undercut {
        blocks: grids.list[place].blocks(field),
        continues: label.map(|label| field.labels[label]),
        by: over.saturating_neg(),
    });
    (items, undercut)
}

/// A plan that is said to be optimal without prices to prove it.
fn unpriced<const W: usize>(
    prover: &mut Prover<'_, W>,
    plan: &Plan,
    count: usize,
    worth: &Objective,
    total: i128,
) {
    let field = prover.field;
    // Nobody moves: any other plan moves somebody, or blocks where nobody lives.
    if count == 0 || is_as_before(field, plan) {
        return;
    }
    match best_runs(field, count, &mut prover.nodes) {
        Runs::Best(cost) if cost < worth.cost => {
            let better = Fault::Better { plan: None, cost };
            prover.verdict.faults.push(better);
            return;
        }
        Runs::Best(_) => return,
        Runs::Impossible | Runs::NoChain => {}
    }
    let grids = prover.grids();
    let prices = Prices {
        units: vec![0; field.units.len()],
        labels: vec![0; field.labels.len()],
        grid: 0,
    };
    let most = total.saturating_sub(1);
    let (items, _) = items(field, &prices, &grids, count, (most, total));
    let quest = Quest {
        field,
        grids: &grids,
        items,
        count,
        most,
        idle: prices.labels,
    };
    match quest.plan(&mut prover.nodes) {
        Found::Plan(plan, cost) => prover.verdict.faults.push(Fault::Better {
            plan: Some(plan),
            cost,
        }),
        Found::Nothing if grids.is_whole => {}
        Found::Nothing | Found::Unknown => prover.verdict.unchecked.push(Claim::Bound(total)),
    }
}
