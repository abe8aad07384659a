//! Dividing small communities gives what trying every division gives.

use gridcode::partition::{
    Block, Count, Limits, NumberStatus, Options, Point, Problem, Standard, Status, divide,
};
use proptest::prelude::*;

/// A division: for each block its grid, counted by first blocks; the label of each grid; moved households; cost.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Division {
    of_blocks: Vec<usize>,
    labels: Vec<Option<u32>>,
    moved: u64,
    cost: i128,
}

/// Every legal division, by trying all: the grid of each block, then the labels of the grids.
struct Trial<'a> {
    problem: &'a Problem,
    options: &'a Options,
    best: Vec<Option<Division>>,
}

impl Trial<'_> {
    fn all(problem: &Problem, options: &Options) -> Vec<Option<Division>> {
        let mut trial = Trial {
            problem,
            options,
            best: vec![None; problem.blocks.len() + 1],
        };
        trial.place(&mut Vec::new(), 0);
        trial.best
    }

    fn place(&mut self, of_blocks: &mut Vec<usize>, grids: usize) {
        if of_blocks.len() == self.problem.blocks.len() {
            self.judge(of_blocks, grids);
            return;
        }
        for grid in 0..=grids {
            of_blocks.push(grid);
            self.place(of_blocks, grids.max(grid + 1));
            of_blocks.pop();
        }
    }

    fn judge(&mut self, of_blocks: &[usize], grids: usize) {
        let problem = self.problem;
        let split = |pairs: &[(usize, usize)], same: bool| {
            pairs
                .iter()
                .any(|(a, b)| (of_blocks[*a] == of_blocks[*b]) != same)
        };
        if split(&problem.together, true)
            || problem
                .apart
                .iter()
                .any(|(a, b)| of_blocks[*a] == of_blocks[*b])
        {
            return;
        }
        let members: Vec<Vec<usize>> = (0..grids)
            .map(|grid| {
                (0..of_blocks.len())
                    .filter(|b| of_blocks[*b] == grid)
                    .collect()
            })
            .collect();
        if !members.iter().all(|grid| self.is_connected(grid)) {
            return;
        }
        let mean = {
            let work: i128 = problem
                .blocks
                .iter()
                .map(|block| i128::from(block.work))
                .sum();
            (work + grids as i128 / 2) / grids as i128
        };
        let cost = members.iter().map(|grid| self.cost(grid, mean)).sum();
        let mut labels = vec![None; grids];
        self.label(of_blocks, &members, &mut labels, 0, cost);
    }

    /// Tries every way in which grids can continue previous ones.
    fn label(
        &mut self,
        of_blocks: &[usize],
        members: &[Vec<usize>],
        labels: &mut Vec<Option<u32>>,
        at: usize,
        cost: i128,
    ) {
        let problem = self.problem;
        if at == members.len() {
            let legal = members
                .iter()
                .zip(labels.iter())
                .all(|(grid, label)| self.fits(grid, *label));
            if !legal {
                return;
            }
            let moved = members
                .iter()
                .zip(labels.iter())
                .flat_map(|(grid, label)| grid.iter().map(move |block| (*block, *label)))
                .filter(|(block, label)| {
                    !problem.previous.is_empty()
                        && (label.is_none() || problem.previous[*block] != *label)
                })
                .map(|(block, _)| u64::from(problem.blocks[block].households))
                .sum();
            let found = Division {
                of_blocks: of_blocks.to_vec(),
                labels: labels.clone(),
                moved,
                cost,
            };
            let best = &mut self.best[members.len()];
            let worth = |division: &Division| (division.moved, division.cost);
            if best.as_ref().is_none_or(|best| worth(&found) < worth(best)) {
                *best = Some(found);
            }
            return;
        }
        self.label(of_blocks, members, labels, at + 1, cost);
        if problem.previous.is_empty() {
            return;
        }
        let mut candidates: Vec<u32> = members[at]
            .iter()
            .filter(|block| problem.blocks[**block].households > 0)
            .filter_map(|block| problem.previous[*block])
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        for label in candidates {
            if !labels[..at].contains(&Some(label)) {
                labels[at] = Some(label);
                self.label(of_blocks, members, labels, at + 1, cost);
                labels[at] = None;
            }
        }
    }

    fn is_connected(&self, grid: &[usize]) -> bool {
        let mut reached = vec![grid[0]];
        loop {
            let touching = |block: &&usize| {
                let pairs = self.problem.links.iter().chain(&self.problem.together);
                !reached.contains(block)
                    && pairs.into_iter().any(|(a, b)| {
                        a == *block && reached.contains(b) || b == *block && reached.contains(a)
                    })
            };
            match grid.iter().find(touching) {
                Some(block) => reached.push(*block),
                None => return reached.len() == grid.len(),
            }
        }
    }

    fn fits(&self, grid: &[usize], label: Option<u32>) -> bool {
        let own = self.problem.own.iter().find(|(own, _)| Some(*own) == label);
        let standard = own.map_or(self.options.standard, |(_, standard)| *standard);
        let sum = |of: fn(&Block) -> u32| {
            grid.iter()
                .map(|block| u64::from(of(&self.problem.blocks[*block])))
                .sum::<u64>()
        };
        standard.households.missed(sum(|block| block.households)) == 0
            && standard.residents.missed(sum(|block| block.residents)) == 0
    }

    /// Half the sum over pairs of households × households × squared distance, over all households: another formula for
    /// the moment of inertia, rounded up as documented.
    fn cost(&self, grid: &[usize], mean: i128) -> i128 {
        let blocks = || grid.iter().map(|block| &self.problem.blocks[*block]);
        let households: i128 = blocks().map(|block| i128::from(block.households)).sum();
        let mut pairs = 0;
        for a in blocks() {
            for b in blocks() {
                let (p, q) = (a.at.unwrap_or_default(), b.at.unwrap_or_default());
                let (x, y) = (i128::from(p.x - q.x), i128::from(p.y - q.y));
                pairs += i128::from(a.households) * i128::from(b.households) * (x * x + y * y);
            }
        }
        let pairs = pairs / 2;
        let inertia = if households == 0 {
            0
        } else {
            (pairs + households - 1) / households
        };
        let off = blocks().map(|block| i128::from(block.work)).sum::<i128>() - mean;
        inertia + 100 * i128::from(self.options.balance) * off * off
    }
}

fn communities() -> impl Strategy<Value = Problem> {
    let block = (0u32..7, 0u32..4, 0i64..60, 0i64..60).prop_map(|(h, r, x, y)| Block {
        households: h,
        residents: 2 * h + r,
        work: h,
        building: 0,
        at: Some(Point { x, y }),
    });
    (2usize..8)
        .prop_flat_map(move |count| {
            let pair = (0..count, 0..count);
            (
                proptest::collection::vec(block.clone(), count),
                proptest::collection::vec(0..100usize, count - 1),
                proptest::collection::vec(pair.clone(), 0..5),
                proptest::collection::vec(pair.clone(), 0..2),
                proptest::collection::vec(pair, 0..2),
                proptest::option::weighted(
                    0.5,
                    proptest::collection::vec(proptest::option::weighted(0.9, 0u32..3), count),
                ),
                proptest::option::weighted(0.2, 1u32..8),
                proptest::bool::weighted(0.85),
            )
        })
        .prop_map(
            |(blocks, tree, more, together, apart, previous, own, whole)| {
                let differ = |pairs: Vec<(usize, usize)>| -> Vec<(usize, usize)> {
                    pairs.into_iter().filter(|(a, b)| a != b).collect()
                };
                // Each block touches an earlier one, mostly: else the community is in pieces.
                let mut links: Vec<(usize, usize)> = tree
                    .iter()
                    .enumerate()
                    .filter(|(_, draw)| whole || **draw % 3 > 0)
                    .map(|(place, draw)| (place + 1, draw % (place + 1)))
                    .collect();
                links.extend(differ(more));
                let previous = previous.unwrap_or_default();
                let first = previous.iter().flatten().next().copied();
                let own = own.zip(first).map(|(min, label)| {
                    let households = Limits { min, max: min + 4 };
                    (
                        label,
                        Standard {
                            households,
                            residents: Limits::NONE,
                        },
                    )
                });
                Problem {
                    blocks,
                    links,
                    together: differ(together),
                    apart: differ(apart),
                    own: own.into_iter().collect(),
                    previous,
                    ..Problem::default()
                }
            },
        )
}

fn choices() -> impl Strategy<Value = Options> {
    let count = prop_oneof![
        Just(Count::Fewest),
        (1u32..5).prop_map(Count::Exactly),
        (1u32..4, 0u32..3).prop_map(|(from, more)| Count::Between(from, from + more)),
    ];
    (1u32..7, 2u32..10, 0u32..16, 8u32..20, 0u32..3, count).prop_map(
        |(least, more, fewest, most, balance, count)| Options {
            standard: Standard {
                households: Limits {
                    min: least,
                    max: least + more,
                },
                residents: Limits {
                    min: fewest,
                    max: fewest + most,
                },
            },
            count,
            balance,
            strict: true,
            ..Options::default()
        },
    )
}

proptest! {
    #[test]
    fn a_division_is_as_good_as_the_best_of_all(problem in communities(), options in choices()) {
        prop_assume!(problem.households() > 0);
        let trial = Trial::all(&problem, &options);
        let outcome = divide(&problem, &options).unwrap();
        let range = match options.count {
            Count::Exactly(grids) => grids..=grids,
            Count::Between(from, to) => from..=to,
            _ => 1..=u32::MAX,
        };
        let possible = |grids: u32| trial.get(grids as usize).is_some_and(Option::is_some);
        let most = u32::try_from(trial.len()).unwrap();
        // All communities here are so small that the least number is nearest to 400 households a grid; in a range, the
        // number of the previous plan comes before it.
        let mut before: Vec<u32> = problem.previous.iter().flatten().copied().collect();
        before.sort_unstable();
        before.dedup();
        let before = u32::try_from(before.len()).unwrap();
        let is_kept = matches!(options.count, Count::Between(..)) && range.contains(&before);
        let mut numbers: Vec<u32> = (1..most)
            .filter(|grids| range.contains(grids) && possible(*grids))
            .collect();
        numbers.sort_by_key(|grids| (if is_kept { grids.abs_diff(before) } else { 0 }, *grids));
        match outcome.status {
            Status::Optimal => {
                let objective = outcome.objective.unwrap();
                prop_assert_eq!(Some(&objective.grids), numbers.first());
                let best = trial[objective.grids as usize].as_ref().unwrap();
                prop_assert_eq!((objective.moved, objective.cost), (best.moved, best.cost));
                let plan = outcome.plan.unwrap();
                if problem.previous.is_empty() {
                    let places: Vec<usize> = plan.of_blocks(&problem).into_iter().flatten().collect();
                    prop_assert_eq!(&places, &best.of_blocks);
                }
            }
            Status::Infeasible => prop_assert_eq!(numbers, Vec::<u32>::new()),
            other => prop_assert!(false, "{:?}", other),
        }
        for (grids, status) in &outcome.numbers {
            match status {
                NumberStatus::Optimal | NumberStatus::Feasible => prop_assert!(possible(*grids)),
                NumberStatus::Impossible(_) => prop_assert!(!possible(*grids)),
                NumberStatus::Unknown => {}
            }
        }
    }
}
