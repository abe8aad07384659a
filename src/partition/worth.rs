//! Sets of nodes made a plan of blocks, and what a plan is worth.

use super::ground::{Ground, Sums};
use super::model::{Limits, Problem, Standard};
use super::outcome::{Grid, Objective, Plan};

/// A plan from sets of nodes, each with the previous grid that it continues; locked grids go with it.
pub(super) fn plan_of(ground: &Ground, sets: &[(Vec<usize>, Option<u32>)]) -> Plan {
    let free = sets.iter().map(|(nodes, label)| {
        let blocks = nodes
            .iter()
            .flat_map(|node| ground.nodes[*node].blocks.iter());
        (blocks.copied().collect::<Vec<_>>(), *label)
    });
    let locked = ground
        .locked
        .iter()
        .map(|(label, blocks)| (blocks.clone(), Some(*label)));
    let mut grids: Vec<Grid> = free
        .chain(locked)
        .map(|(mut blocks, continues)| {
            blocks.sort_unstable();
            Grid { blocks, continues }
        })
        .collect();
    grids.sort_by(|a, b| a.blocks.cmp(&b.blocks));
    Plan { grids }
}

/// Sets of nodes from the grid of each node; grids that have labels continue them.
pub(super) fn sets_of(
    ground: &Ground,
    grids: &[u16],
    count: u32,
) -> Vec<(Vec<usize>, Option<u32>)> {
    let mut sets: Vec<(Vec<usize>, Option<u32>)> = (0..count as usize)
        .map(|grid| (Vec::new(), ground.labels.get(grid).copied()))
        .collect();
    for (node, grid) in grids.iter().enumerate() {
        sets[usize::from(*grid)].0.push(node);
    }
    for (nodes, label) in &mut sets {
        // A grid that has nothing of the previous one does not continue it.
        let continues = |node: &usize| {
            let was = &ground.nodes[*node].was;
            was.iter()
                .any(|(known, households)| *households > 0 && Some(*known) == *label)
        };
        if !nodes.iter().any(continues) {
            *label = None;
        }
    }
    sets
}

/// The sums of some nodes.
pub(super) fn sums_of(ground: &Ground, nodes: &[usize]) -> Sums {
    let mut sums = Sums::default();
    for node in nodes {
        sums.add(&ground.nodes[*node].sums);
    }
    sums
}

/// What a plan is worth. Locked grids are neither judged nor costed: they are as they were decided to be.
pub(super) fn worth(problem: &Problem, ground: &Ground, plan: &Plan) -> Objective {
    let is_locked = |grid: &&Grid| {
        let label = grid.continues;
        !ground
            .locked
            .iter()
            .any(|(locked, _)| Some(*locked) == label)
    };
    let mut objective = Objective {
        split_buildings: split_buildings(problem, plan),
        grids: u32::try_from(plan.grids.len()).unwrap_or(u32::MAX),
        ..Objective::default()
    };
    let free: Vec<&Grid> = plan.grids.iter().filter(is_locked).collect();
    let mean = ground.mean_work(u32::try_from(free.len()).unwrap_or(u32::MAX));
    let mut node_of = vec![0; problem.blocks.len()];
    for (node, of) in ground.nodes.iter().enumerate() {
        of.blocks.iter().for_each(|block| node_of[*block] = node);
    }
    for grid in free {
        let mut nodes: Vec<usize> = grid.blocks.iter().map(|block| node_of[*block]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let sums = sums_of(ground, &nodes);
        let Standard {
            households,
            residents,
        } = ground.standard_of(grid.continues);
        let missed =
            |limits: Limits, number: i64| limits.missed(number.unsigned_abs()).unsigned_abs();
        objective.households_missed += missed(households, sums.households);
        objective.residents_missed += missed(residents, sums.residents);
        objective.cost += i128::from(ground.cost(&sums, mean));
        if !problem.previous.is_empty() {
            objective.moved += moved(problem, grid);
        }
    }
    objective
}

/// Households of a grid that were in no previous grid, or in another than the one it continues.
pub(super) fn moved(problem: &Problem, grid: &Grid) -> u64 {
    grid.blocks
        .iter()
        .filter(|block| {
            let was = problem.previous.get(**block).copied().flatten();
            was.is_none() || was != grid.continues
        })
        .filter_map(|block| problem.blocks.get(*block))
        .map(|block| u64::from(block.households))
        .sum()
}

/// Buildings whose blocks are in more than one grid.
fn split_buildings(problem: &Problem, plan: &Plan) -> u32 {
    let mut parts: Vec<(u32, usize)> = Vec::with_capacity(problem.blocks.len());
    for (number, grid) in plan.grids.iter().enumerate() {
        let blocks = grid
            .blocks
            .iter()
            .filter_map(|block| problem.blocks.get(*block));
        parts.extend(blocks.map(|block| (block.building, number)));
    }
    parts.sort_unstable();
    parts.dedup();
    let split = parts
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|parts| parts.len() > 1);
    u32::try_from(split.count()).unwrap_or(u32::MAX)
}
