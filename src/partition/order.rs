//! Runs of a given order: the best plan of every number of grids at once, by dynamic programming.

use super::ground::{Ground, Sums};
use super::model::{Problem, Standard};

/// What looking for the best runs comes to.
#[derive(Debug)]
pub(super) enum Runs {
    /// The ends of the best runs.
    Best(Vec<usize>),
    /// There are no so many legal runs.
    Impossible,
    /// The steps did not last.
    TooMany,
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

/// The best plan of so many runs; `steps` is less by the steps taken.
///
/// From the end to the beginning, each best plan of a rest is known when it is needed (Bellman). Of equally good plans
/// the one with the longer first run is taken.
pub(super) fn runs(ground: &Ground, grids: u32, steps: &mut u64) -> Runs {
    let Standard {
        households,
        residents,
    } = ground.standard;
    let count = ground.nodes.len();
    let mean = ground.mean_work(grids);
    let grids = grids as usize;
    if grids > count {
        return Runs::Impossible;
    }
    // What the nodes from here on cost in so many runs, and where the first run ends.
    let mut rest: Vec<Option<i128>> = vec![None; count + 1];
    rest[count] = Some(0);
    let mut ends: Vec<Vec<usize>> = Vec::with_capacity(grids);
    for _ in 0..grids {
        let mut now = vec![None; count + 1];
        let mut end_of = vec![0; count + 1];
        for from in 0..count {
            let mut sums = Sums::default();
            for to in from..count {
                sums.add(&ground.nodes[to].sums);
                if *steps == 0 {
                    return Runs::TooMany;
                }
                *steps -= 1;
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
    if rest[0].is_none() {
        return Runs::Impossible;
    }
    let mut best = Vec::with_capacity(grids);
    let mut at = 0;
    for end_of in ends.iter().rev() {
        at = end_of[at];
        best.push(at);
    }
    Runs::Best(best)
}

/// The nodes of each run, none of which continues a previous grid.
pub(super) fn sets_of_runs(ends: &[usize]) -> Vec<(Vec<usize>, Option<u32>)> {
    let mut from = 0;
    ends.iter()
        .map(|to| ((std::mem::replace(&mut from, *to)..*to).collect(), None))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::branch::best_plan;
    use super::super::columns::Question;
    use super::super::enumerate::enumerate;
    use super::super::model::{Block, Limits, Options};
    use super::super::worth::sums_of;
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
            let listed = best_plan(&question, None, false, None, &mut nodes);
            let best = listed.plan.map(|plan| question.cost_of(&plan));
            match runs(&ground, grids, &mut nodes) {
                Runs::Best(ends) => {
                    let mean = ground.mean_work(grids);
                    let cost = |nodes: &[usize]| ground.cost(&sums_of(&ground, nodes), mean);
                    let sets = sets_of_runs(&ends);
                    let cost: i64 = sets.iter().map(|(nodes, _)| cost(nodes)).sum();
                    prop_assert_eq!(Some(i128::from(cost)), best);
                    prop_assert_eq!(sets.len(), grids as usize);
                }
                Runs::Impossible => prop_assert_eq!(best, None),
                Runs::TooMany => prop_assert!(false, "a million steps are not enough"),
            }
            prop_assert!(matches!(runs(&ground, grids, &mut 1), Runs::TooMany | Runs::Impossible));
        }
    }
}
