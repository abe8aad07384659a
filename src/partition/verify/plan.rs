//! Whether a plan is one: each block once, grids connected, constraints kept, and worth what is said.

use super::super::certificate::Resource;
use super::super::model::{Count, Limits};
use super::super::outcome::{Grid, Objective, Outcome, Plan, Status};
use super::fault::{Fault, Level};
use super::field::Field;
use super::sums::Sums;

/// Holds the plan against the problem, and what is said of it against the plan; gives its true worth.
pub(super) fn check(
    field: &Field<'_>,
    outcome: &Outcome,
    plan: &Plan,
    faults: &mut Vec<Fault>,
) -> Objective {
    blocks(field, plan, faults);
    for (number, grid) in plan.grids.iter().enumerate() {
        if !is_locked(field, grid) {
            if !is_connected(field, grid) {
                faults.push(Fault::Scattered { grid: number });
            }
            if let Some(label) = grid.continues
                && !grid
                    .blocks
                    .iter()
                    .any(|block| field.previous(*block) == Some(label))
            {
                faults.push(Fault::Unfounded {
                    grid: number,
                    label,
                });
            }
        }
    }
    pairs(field, plan, faults);
    labels(field, plan, faults);
    let worth = worth(field, plan);
    if let Some(said) = &outcome.objective {
        objective(said, &worth, faults);
    }
    match outcome.status {
        Status::Optimal | Status::Feasible => {
            sizes(field, plan, faults);
            count(field, plan, faults);
        }
        Status::Relaxed => {
            let before = faults.len();
            let breaks = worth.households_missed > 0 || worth.residents_missed > 0;
            count(field, plan, faults);
            let other_number = faults.len() > before;
            faults.truncate(before);
            if field.options.strict {
                faults.push(Fault::Strict);
            }
            if !breaks && !other_number && before == 0 {
                faults.push(Fault::Keeps);
            }
        }
        Status::Infeasible | Status::Unknown => {}
    }
    worth
}

/// Whether a grid is one of the locked ones.
pub(super) fn is_locked(field: &Field<'_>, grid: &Grid) -> bool {
    let locked = |label: u32| field.locked.binary_search(&label).is_ok();
    grid.continues.is_some_and(locked)
}

/// How many grids are not locked.
pub(super) fn free(field: &Field<'_>, plan: &Plan) -> usize {
    let grids = plan.grids.iter();
    grids.filter(|grid| !is_locked(field, grid)).count()
}

/// Whether the unlocked blocks of a plan are exactly where they were.
pub(super) fn is_as_before(field: &Field<'_>, plan: &Plan) -> bool {
    let stays = |grid: &Grid, block: &usize| {
        let was = field.previous(*block);
        was.is_some() && was == grid.continues
    };
    plan.grids
        .iter()
        .all(|grid| grid.blocks.iter().all(|block| stays(grid, block)))
}

fn blocks(field: &Field<'_>, plan: &Plan, faults: &mut Vec<Fault>) {
    let mut times = vec![0usize; field.problem.blocks.len()];
    for (number, grid) in plan.grids.iter().enumerate() {
        if grid.blocks.is_empty() {
            faults.push(Fault::EmptyGrid { grid: number });
        }
        for block in &grid.blocks {
            match times.get_mut(*block) {
                Some(times) => *times += 1,
                None => faults.push(Fault::UnknownBlock {
                    grid: number,
                    block: *block,
                }),
            }
        }
    }
    for (block, times) in times.into_iter().enumerate() {
        match times {
            0 => faults.push(Fault::MissingBlock { block }),
            1 => {}
            _ => faults.push(Fault::DoubledBlock { block }),
        }
    }
}

fn is_connected(field: &Field<'_>, grid: &Grid) -> bool {
    let unit = |block: &usize| field.unit_of.get(*block).copied().flatten();
    let mut inside = vec![false; field.units.len()];
    for unit in grid.blocks.iter().filter_map(unit) {
        inside[unit] = true;
    }
    let Some(start) = inside.iter().position(|inside| *inside) else {
        return true;
    };
    let mut open = vec![start];
    while let Some(unit) = open.pop() {
        if std::mem::take(&mut inside[unit]) {
            open.extend(&field.units[unit].near);
        }
    }
    !inside.contains(&true)
}

fn pairs(field: &Field<'_>, plan: &Plan, faults: &mut Vec<Fault>) {
    let mut of_blocks = vec![None; field.problem.blocks.len()];
    for (number, grid) in plan.grids.iter().enumerate() {
        for block in &grid.blocks {
            if let Some(of_block) = of_blocks.get_mut(*block) {
                *of_block = Some(number);
            }
        }
    }
    let grids = |(a, b): &(usize, usize)| {
        let of = |block: usize| of_blocks.get(block).copied().flatten();
        // What is locked is so whatever is asked of its blocks.
        let free = !field.is_locked(*a) && !field.is_locked(*b);
        free.then(|| (of(*a), of(*b)))
    };
    for pair in &field.problem.together {
        if grids(pair).is_some_and(|(a, b)| a != b) {
            faults.push(Fault::Parted { blocks: *pair });
        }
    }
    for pair in &field.problem.apart {
        if let Some((Some(a), Some(b))) = grids(pair)
            && a == b
        {
            faults.push(Fault::Joined {
                blocks: *pair,
                grid: a,
            });
        }
    }
}

fn labels(field: &Field<'_>, plan: &Plan, faults: &mut Vec<Fault>) {
    let mut used: Vec<u32> = plan
        .grids
        .iter()
        .filter_map(|grid| grid.continues)
        .collect();
    used.sort_unstable();
    for same in used.chunk_by(|a, b| a == b).filter(|same| same.len() > 1) {
        faults.push(Fault::ContinuedTwice { label: same[0] });
    }
    for label in &field.locked {
        let was = |block: &usize| field.previous(*block) == Some(*label);
        let blocks: Vec<usize> = (0..field.problem.blocks.len()).filter(was).collect();
        let mut grids = plan.grids.iter();
        let as_it_was = grids.any(|grid| {
            let mut now = grid.blocks.clone();
            now.sort_unstable();
            grid.continues == Some(*label) && now == blocks
        });
        if !as_it_was {
            faults.push(Fault::Unlocked { label: *label });
        }
    }
}

fn sizes(field: &Field<'_>, plan: &Plan, faults: &mut Vec<Fault>) {
    for (number, grid) in plan.grids.iter().enumerate() {
        if is_locked(field, grid) {
            continue;
        }
        let standard = field.standard(grid.continues);
        let sums = sums(field, grid);
        for (resource, number_of, limits) in [
            (Resource::Households, sums.households, standard.households),
            (Resource::Residents, sums.residents, standard.residents),
        ] {
            if missed(number_of, limits) > 0 {
                faults.push(Fault::Size {
                    grid: number,
                    resource,
                    number: number_of.unsigned_abs(),
                    limits,
                });
            }
        }
    }
}

fn count(field: &Field<'_>, plan: &Plan, faults: &mut Vec<Fault>) {
    if field.units.is_empty() {
        // Everything is locked: no other number can be had.
        return;
    }
    let grids = plan.grids.len();
    let among = |from: u32, to: u32| (from as usize..=to as usize).contains(&grids);
    let asked = match field.options.count {
        Count::Exactly(number) => among(number, number),
        Count::Between(from, to) => among(from, to),
        Count::Nearest | Count::Fewest => true,
    };
    if !asked {
        faults.push(Fault::Count { grids });
    }
}

fn sums(field: &Field<'_>, grid: &Grid) -> Sums {
    let blocks = &field.problem.blocks;
    let origin = blocks.iter().find_map(|block| block.at);
    let mut sums = Sums::default();
    // A block that is named again is a fault, and adds nothing.
    let mut rising = grid.blocks.clone();
    rising.sort_unstable();
    rising.dedup();
    for block in rising.iter().filter_map(|block| blocks.get(*block)) {
        sums.add(&Sums::of(block, origin));
    }
    sums
}

fn missed(number: i64, limits: Limits) -> u64 {
    let (min, max) = (i64::from(limits.min), i64::from(limits.max));
    (min - number).max(number - max).max(0).unsigned_abs()
}

fn worth(field: &Field<'_>, plan: &Plan) -> Objective {
    let free_grids = free(field, plan);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut worth = Objective {
        grids: number(plan.grids.len()),
        ..Objective::default()
    };
    let mut parts: Vec<(u32, usize)> = Vec::new();
    for (place, grid) in plan.grids.iter().enumerate() {
        let blocks = grid.blocks.iter();
        let known = blocks.filter_map(|block| Some((*block, field.problem.blocks.get(*block)?)));
        for (block, of) in known {
            parts.push((of.building, place));
            let was = field.previous(block);
            if !field.problem.previous.is_empty()
                && !is_locked(field, grid)
                && (was.is_none() || was != grid.continues)
            {
                worth.moved += u64::from(of.households);
            }
        }
        if !is_locked(field, grid) {
            let sums = sums(field, grid);
            let standard = field.standard(grid.continues);
            worth.households_missed += missed(sums.households, standard.households);
            worth.residents_missed += missed(sums.residents, standard.residents);
            let cost = field.cost(sums.inertia(), sums.work, free_grids);
            worth.cost = worth.cost.saturating_add(cost);
        }
    }
    parts.sort_unstable();
    parts.dedup();
    let buildings = parts.chunk_by(|a, b| a.0 == b.0);
    worth.split_buildings = number(buildings.filter(|grids| grids.len() > 1).count());
    worth
}

fn objective(said: &Objective, found: &Objective, faults: &mut Vec<Fault>) {
    let levels = |of: &Objective| {
        [
            (Level::HouseholdsMissed, i128::from(of.households_missed)),
            (Level::ResidentsMissed, i128::from(of.residents_missed)),
            (Level::SplitBuildings, i128::from(of.split_buildings)),
            (Level::Grids, i128::from(of.grids)),
            (Level::Moved, i128::from(of.moved)),
            (Level::Cost, of.cost),
        ]
    };
    for ((level, said), (_, found)) in levels(said).into_iter().zip(levels(found)) {
        if said != found {
            faults.push(Fault::Objective { level, said, found });
        }
    }
}
