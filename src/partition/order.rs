//! Runs of a given order: the best plan of every number of grids at once, by dynamic programming.

use super::ground::{Ground, Sums};
use super::model::{Problem, Standard};

/// The best plans of runs, by their number of grids.
pub(super) struct Runs {
    /// For each number of grids, from 1: the ends of its runs, and its cost.
    pub(super) plans: Vec<Option<(Vec<usize>, i128)>>,
    pub(super) nodes: u64,
}

/// Whether nodes are blocks in the order of a chain and nothing else is asked than runs of it.
pub(super) fn is_plain_chain(problem: &Problem, ground: &Ground) -> bool {
    let count = problem.blocks.len();
    problem.is_chain
        && problem.previous.is_empty()
        && problem.together.is_empty()
        && problem.apart.is_empty()
        && ground.nodes.len() == count
        && ground.nodes.iter().enumerate().all(|(node, of)| {
            let before = node.checked_sub(1);
            let after = (node + 1 < count).then_some(node + 1);
            of.near == before.into_iter().chain(after).collect::<Vec<_>>()
        })
}

/// All best plans of up to `most` runs.
///
/// From the end to the beginning, each best plan of a rest is known when it is needed (Bellman). Of equally good plans
/// the one with the longer first run is taken.
pub(super) fn runs(ground: &Ground, most: u32) -> Runs {
    let count = ground.nodes.len();
    let mut plans = Vec::new();
    let mut nodes = 0;
    for grids in 1..=most.min(u32::try_from(count).unwrap_or(u32::MAX)) {
        let (plan, steps) = best(ground, grids);
        nodes += steps;
        plans.push(plan);
    }
    Runs { plans, nodes }
}

fn best(ground: &Ground, grids: u32) -> (Option<(Vec<usize>, i128)>, u64) {
    let Standard {
        households,
        residents,
    } = ground.standard;
    let count = ground.nodes.len();
    let mean = ground.mean_work(grids);
    let grids = grids as usize;
    // What the nodes from here on cost in so many runs, and where the first run ends.
    let mut rest: Vec<Option<i128>> = vec![None; count + 1];
    rest[count] = Some(0);
    let mut ends: Vec<Vec<usize>> = Vec::with_capacity(grids);
    let mut steps = 0;
    for _ in 0..grids {
        let mut now = vec![None; count + 1];
        let mut end_of = vec![0; count + 1];
        for from in 0..count {
            let mut sums = Sums::default();
            for to in from..count {
                sums.add(&ground.nodes[to].sums);
                steps += 1;
                if sums.households > i64::from(households.max)
                    || sums.residents > i64::from(residents.max)
                {
                    break;
                }
                if sums.households < i64::from(households.min)
                    || sums.residents < i64::from(residents.min)
                {
                    continue;
                }
                if let Some(after) = rest[to + 1] {
                    let cost = after + i128::from(ground.cost(&sums, mean));
                    if now[from].is_none_or(|known| cost <= known) {
                        now[from] = Some(cost);
                        end_of[from] = to + 1;
                    }
                }
            }
        }
        ends.push(end_of);
        rest = now;
    }
    let Some(cost) = rest[0] else {
        return (None, steps);
    };
    let mut plan = Vec::with_capacity(grids);
    let mut at = 0;
    for end_of in ends.iter().rev() {
        at = end_of[at];
        plan.push(at);
    }
    (Some((plan, cost)), steps)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::branch::best_plan;
    use super::super::columns::Question;
    use super::super::enumerate::enumerate;
    use super::super::model::{Block, Limits, Options};
    use super::*;

    proptest! {
        #[test]
        fn the_best_runs_are_those_of_all_runs(
            households in proptest::collection::vec(1u32..9, 2..14),
            (least, more) in (2u32..9, 2u32..9),
            grids in 1u32..6,
        ) {
            let block = |households: &u32| Block {
                households: *households,
                work: *households,
                ..Block::default()
            };
            let problem = Problem {
                blocks: households.iter().map(block).collect(),
                links: (1..households.len()).map(|node| (node - 1, node)).collect(),
                is_chain: true,
                ..Problem::default()
            };
            let options = Options {
                standard: Standard {
                    households: Limits { min: least, max: least + more },
                    residents: Limits::NONE,
                },
                ..Options::default()
            };
            let ground = Ground::new(&problem, &options).unwrap();
            prop_assert!(is_plain_chain(&problem, &ground));
            let mut nodes = 1_000_000;
            let pool = enumerate(&ground, 100_000, &mut nodes).unwrap();
            let question = Question::new(&ground, &pool, grids);
            let listed = best_plan(&question, None, false, &mut nodes);
            let best = listed.plan.map(|plan| question.cost_of(&plan));
            let found = runs(&ground, grids);
            let found = found.plans.get(grids as usize - 1).and_then(Option::as_ref);
            prop_assert_eq!(found.map(|(_, cost)| *cost), best);
        }
    }
}
