//! Dividing what has too many legal grids to list them: search, then grids priced as they are needed, then all that can matter.

use super::branch::best_plan;
use super::collect::Collection;
use super::columns::{NEW, Question, columns_of};
use super::ground::Ground;
use super::knapsack::Quest;
use super::master::{Prices, relax};
use super::model::{Options, Problem};
use super::neighbours::neighbours;
use super::outcome::NumberStatus;
use super::price::{Wanted, price};
use super::restart::search;
use super::solved::{Solved, bound_of, solved_of};
use super::worth::{sets_of, sums_of};

/// The best plan of so many grids that is found, and how good it is at least.
pub(super) fn priced_plan(
    problem: &Problem,
    ground: &Ground,
    options: &Options,
    grids: u32,
    status_only: bool,
    left: &mut u64,
) -> (Option<Solved>, NumberStatus) {
    let mut collection = Collection::new(ground);
    let runs = if status_only { 3 } else { RUNS };
    let found = search(
        ground,
        grids,
        options,
        status_only,
        runs,
        left,
        &mut |of_nodes| {
            collection.take_plan(of_nodes, grids);
        },
    );
    let Some(found) = found.filter(|found| found.missed == (0, 0)) else {
        return (None, NumberStatus::Unknown);
    };
    if status_only {
        return (None, NumberStatus::Feasible);
    }
    let sets = sets_of(ground, &found.grids, grids);
    for (nodes, _) in &sets {
        collection.take(nodes);
    }
    let mut pricing = Pricing {
        ground,
        grids,
        collection,
        plan: sets,
        share: SHARE,
        left,
    };
    let prices = pricing.converge();
    let mut bound = prices.bound;
    pricing.improve();
    let proved = pricing.finish(&prices, &mut bound);
    let plan_bound = bound_of(problem, ground, &prices, bound);
    let status = if proved {
        NumberStatus::Optimal
    } else {
        NumberStatus::Feasible
    };
    let solved = solved_of(ground, &pricing.plan, plan_bound, proved);
    (Some(solved), status)
}

/// Searches from so many beginnings.
const RUNS: u64 = 8;
/// Rounds of pricing at most.
const ROUNDS: usize = 300;
/// Grids taken in a round.
const PER_ROUND: usize = 1500;
/// The bound is close enough to what the programme comes to: one part in so many.
const CLOSE: i128 = 5000;
/// What prices are mixed of: parts of this.
const WHOLE: i128 = 4;
const STEP: i128 = 1;
/// Grids that can matter, at most: more would take too much memory and time.
const MOST_LEFT: usize = 400_000;

/// The first step from the bound towards the plan, up to which all plans are looked at: one part in so many of the bound, or a quarter of the way.
const FIRST: i128 = 500;
/// A round of pricing may take one part in so many of the nodes that are left; and, where rounds of it find nothing more, in so many at last.
const SHARE: u64 = 16;
const LAST_SHARE: u64 = 4;

/// Nodes of a set, and the previous grid that it continues.
type Labelled = (Vec<usize>, Option<u32>);

struct Pricing<'g, 'l> {
    ground: &'g Ground,
    grids: u32,
    collection: Collection<'g>,
    plan: Vec<Labelled>,
    share: u64,
    left: &'l mut u64,
}

impl Pricing<'_, '_> {
    /// Solves the programme over all legal grids, most of which are never looked at. The prices prove a bound for all.
    ///
    /// Prices of a programme over few columns swing widely, and under wild prices everything looks cheap. So grids are
    /// priced nearer to the prices that proved most so far (smoothing: Wentges 1997), and at the programme's own only
    /// where that brings nothing.
    fn converge(&mut self) -> Prices {
        let mut centre = self.fair_prices();
        let mut best: Option<Prices> = None;
        // How many parts of `WHOLE` are the programme's own: more, where the nearer prices prove more and bring nothing.
        let mut own_parts = STEP;
        for _ in 0..ROUNDS {
            let question = Question::new(self.ground, self.collection.pool(), self.grids);
            let all: Vec<usize> = (0..question.columns.len()).collect();
            let known = columns_of(&question, &self.plan).unwrap_or_default();
            let relaxed = relax(&question, &all, &known, None);
            *self.left = self.left.saturating_sub(relaxed.nodes);
            let near = self.near(&question, &relaxed.mixture, &relaxed.prices);
            let relaxed_value = relaxed.value;
            let own = relaxed.prices.rows;
            let nearer = centre
                .iter()
                .zip(&own)
                .map(|(c, o)| ((WHOLE - own_parts) * c + own_parts * o) / WHOLE)
                .collect();
            let tries = [nearer, own].map(|rows| Prices::of(&question, &all, rows));
            let before = self.collection.len();
            for nodes in &near {
                self.collection.take_short(nodes);
            }
            if self.collection.len() > before {
                continue;
            }
            let mut is_done = true;
            for prices in tries {
                let prices = self.bounded(prices);
                let proved = best.as_ref().map(|best| best.bound);
                if best.as_ref().is_none_or(|best| prices.bound > best.bound) {
                    centre.clone_from(&prices.rows);
                    best = Some(prices);
                }
                let reached = best.as_ref().map_or(0, |best| best.bound);
                if relaxed_value - reached <= relaxed_value.abs() / CLOSE || *self.left == 0 {
                    break;
                }
                // Nearer prices that prove more are a step towards the programme's own.
                let step = (relaxed_value - reached) / 100;
                let proves_more = proved.is_none_or(|proved| reached > proved + step);
                if self.collection.len() == before && proves_more {
                    own_parts = (own_parts + STEP).min(WHOLE - STEP);
                }
                if self.collection.len() > before || proves_more {
                    is_done = false;
                    break;
                }
            }
            if is_done {
                let reached = best.as_ref().map_or(0, |best| best.bound);
                let is_close = relaxed_value - reached <= relaxed_value.abs() / CLOSE;
                if is_close || *self.left == 0 || self.share <= LAST_SHARE {
                    break;
                }
                self.share /= 2;
            }
        }
        let rows = self.ground.nodes.len() + self.ground.labels.len();
        best.unwrap_or(Prices {
            rows: vec![0; rows],
            grid: 0,
            bound: 0,
        })
    }

    /// Prices as the plan that is known would have them: each grid's cost, shared out by households.
    fn fair_prices(&self) -> Vec<i128> {
        let ground = self.ground;
        let mut rows = vec![0; ground.nodes.len() + ground.labels.len()];
        let mean = ground.mean_work(self.grids);
        for (nodes, _) in &self.plan {
            let sums = sums_of(ground, nodes);
            let cost = i128::from(ground.cost(&sums, mean));
            for node in nodes {
                let share = i128::from(ground.nodes[*node].sums.households);
                rows[*node] = cost * share / i128::from(sums.households.max(1));
            }
        }
        rows
    }

    /// Takes grids that are cheaper than the prices say, and lowers the price of a grid to what is proved for all.
    fn bounded(&mut self, mut prices: Prices) -> Prices {
        let (sets, least, _) = self.priced(&prices, 0, Wanted::Some, PER_ROUND);
        for nodes in &sets {
            self.collection.take_short(nodes);
        }
        prices.grid = prices.grid.min(least);
        let rows: i128 = prices.rows.iter().sum();
        prices.bound = rows + i128::from(self.grids) * prices.grid;
        prices
    }

    /// Grids near those of a mixture that are cheaper than the prices say, the cheapest first.
    fn near(
        &self,
        question: &Question<'_>,
        mixture: &[(usize, f64)],
        prices: &Prices,
    ) -> Vec<Vec<u16>> {
        let mut found: Vec<(i64, Vec<u16>)> = Vec::new();
        for (column, _) in mixture {
            let label = question.columns[*column].label;
            let Some(quest) = self.quest(prices, (label != NEW).then_some(label), 0) else {
                continue;
            };
            let nodes = question
                .nodes(*column)
                .iter()
                .map(|node| usize::from(*node));
            let nodes: Vec<usize> = nodes.collect();
            neighbours(&quest, &nodes, &mut |(nodes, value)| {
                found.push((value - quest.below, nodes));
            });
        }
        found.sort();
        found.dedup();
        found.truncate(PER_ROUND);
        found.into_iter().map(|(_, nodes)| nodes).collect()
    }

    /// What makes a grid cheaper than the prices and `more`, in a role; `None` where numbers are beyond what can be
    /// counted.
    fn quest(&self, prices: &Prices, label: Option<u32>, more: i128) -> Option<Quest<'_>> {
        let ground = self.ground;
        let own = label.map(|label| ground.labels[label as usize]);
        let moves = ground.move_cost();
        let extra = |(node, of): (usize, &super::ground::Node)| {
            let stays = of.was.iter().find(|(was, _)| Some(*was) == own);
            let stays = stays.map_or(0, |(_, households)| i64::from(*households));
            i64::try_from(moves * i128::from(of.sums.households - stays) - prices.rows[node]).ok()
        };
        let row = label.map_or(0, |label| prices.rows[ground.nodes.len() + label as usize]);
        let extras: Vec<i64> = ground
            .nodes
            .iter()
            .enumerate()
            .map(extra)
            .collect::<Option<_>>()?;
        let below = prices.grid + row + more;
        // Whatever is summed up of these has to be countable, with room for what weights add.
        let most = extras.iter().map(|extra| i128::from(extra.unsigned_abs()));
        let most = most.sum::<i128>() + below.abs() + ground.dearest();
        if most > i128::from(i64::MAX / 16) {
            return None;
        }
        Some(Quest {
            ground,
            standard: ground.standard_of(own),
            mean_work: ground.mean_work(self.grids),
            extras,
            below: i64::try_from(below).ok()?,
        })
    }

    /// The legal grids that cost less than the prices and `more`, in any role; the least that a grid costs above the
    /// prices of its rows; and whether all were found.
    fn priced(
        &mut self,
        prices: &Prices,
        more: i128,
        wanted: Wanted,
        most: usize,
    ) -> (Vec<Vec<u16>>, i128, bool) {
        let mut sets = Vec::new();
        let mut least = prices.grid;
        let mut all = true;
        let labels = (0..self.ground.labels.len() as u32).map(Some);
        for label in std::iter::once(None).chain(labels) {
            let granted = match wanted {
                Wanted::All => *self.left,
                // A round that finds little soon is ended: better prices find more.
                Wanted::Some => (*self.left / self.share).max(100_000).min(*self.left),
            };
            let mut left = granted;
            let Some(quest) = self.quest(prices, label, more) else {
                // No grid costs less than nothing, and none has more than all the rows.
                let rows: i128 = prices.rows.iter().map(|row| (*row).max(0)).sum();
                return (sets, least.min(-rows), false);
            };
            let cheap = price(&quest, wanted, most, &mut left);
            let row = label.map_or(0, |label| {
                prices.rows[self.ground.nodes.len() + label as usize]
            });
            least = least.min(i128::from(cheap.least) - row);
            all &= cheap.all;
            sets.extend(cheap.sets.into_iter().map(|(nodes, _)| nodes));
            *self.left -= granted - left;
        }
        (sets, least, all)
    }

    /// A better plan from the grids that are known.
    fn improve(&mut self) {
        let question = Question::new(self.ground, self.collection.pool(), self.grids);
        let known = columns_of(&question, &self.plan);
        let granted = *self.left / 4;
        let mut nodes = granted;
        let answer = best_plan(&question, known, false, None, &mut nodes);
        *self.left -= granted - nodes;
        if let Some(plan) = answer.plan {
            self.plan = labelled(&question, &plan);
        }
    }

    /// Lists all grids that a better plan can have, and finds the best plan of them. Whether it is proved to be the best.
    fn finish(&mut self, prices: &Prices, bound: &mut i128) -> bool {
        let cost = {
            let question = Question::new(self.ground, self.collection.pool(), self.grids);
            let columns = columns_of(&question, &self.plan);
            let Some(columns) = columns else { return false };
            question.cost_of(&columns)
        };
        if cost <= *bound {
            return true;
        }
        // Step by step: where not all can be listed, at least the bound rises; and where the plan that is known is a bad one,
        // a better one is found soon.
        let whole = cost - prices.bound + 1;
        let first = (prices.bound.abs() / FIRST).min(whole / 4) + 1;
        let mut more = 0;
        while more < whole {
            more = (more + more / 2).max(first).min(whole);
            let (sets, _, all) = self.priced(prices, more, Wanted::All, MOST_LEFT);
            if !all {
                return false;
            }
            let mut collection = Collection::new(self.ground);
            for nodes in &sets {
                collection.take_short(nodes);
            }
            for (nodes, _) in &self.plan {
                collection.take(nodes);
            }
            let question = Question::new(self.ground, collection.pool(), self.grids);
            let known = columns_of(&question, &self.plan);
            // No other grids are in plans up to here.
            let looked_at = prices.bound + more;
            let answer = best_plan(&question, known, false, Some(looked_at), self.left);
            *bound = (*bound).max(answer.bound.min(looked_at + 1));
            if let Some(plan) = &answer.plan {
                let better = question.cost_of(plan);
                self.plan = labelled(&question, plan);
                if answer.proved && better <= looked_at {
                    *bound = better;
                    return true;
                }
            }
            if !answer.proved {
                return false;
            }
        }
        false
    }
}

/// The sets of a plan of columns, each with the previous grid that it continues.
pub(super) fn labelled(question: &Question<'_>, plan: &[usize]) -> Vec<Labelled> {
    plan.iter()
        .map(|column| {
            let nodes = question
                .nodes(*column)
                .iter()
                .map(|node| usize::from(*node));
            let label = question.columns[*column].label;
            let label = (label != NEW).then(|| question.ground.labels[label as usize]);
            (nodes.collect(), label)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::branch::best_plan;
    use super::super::enumerate::enumerate;
    use super::super::model::{Block, Limits, Point, Standard};
    use super::super::worth::worth;
    use super::*;

    fn communities() -> impl Strategy<Value = Problem> {
        let block = (0u32..7, 0u32..4, 0i64..60, 0i64..60);
        (4usize..12).prop_flat_map(move |count| {
            let was = proptest::collection::vec(proptest::option::weighted(0.9, 0u32..3), count);
            (
                proptest::collection::vec(block.clone(), count),
                proptest::collection::vec(0..100usize, count - 1),
                proptest::collection::vec((0..count, 0..count), 0..8),
                proptest::option::weighted(0.4, was),
            )
                .prop_map(|(blocks, tree, more, previous)| Problem {
                    blocks: blocks
                        .into_iter()
                        .map(|(households, more, x, y)| Block {
                            households,
                            residents: 2 * households + more,
                            work: households,
                            building: 0,
                            at: Some(Point { x, y }),
                        })
                        .collect(),
                    links: tree
                        .iter()
                        .enumerate()
                        .map(|(place, draw)| (place + 1, draw % (place + 1)))
                        .chain(more.into_iter().filter(|(a, b)| a != b))
                        .collect(),
                    previous: previous.unwrap_or_default(),
                    ..Problem::default()
                })
        })
    }

    /// So many times the people, so many times as far apart: up to what no price can be counted for any more.
    fn sizes() -> impl Strategy<Value = (u32, i64)> {
        prop_oneof![
            3 => Just((1, 1)),
            1 => Just((100, 10)),
            1 => Just((1000, 1000)),
            1 => Just((10_000, 10_000)),
        ]
    }

    fn grown(mut problem: Problem, (people, far): (u32, i64)) -> Problem {
        for block in &mut problem.blocks {
            for number in [&mut block.households, &mut block.residents, &mut block.work] {
                *number *= people;
            }
            block.at = block.at.map(|at| Point {
                x: at.x * far,
                y: at.y * far,
            });
        }
        problem
    }

    proptest! {
        #[test]
        fn what_pricing_proves_is_what_listing_all_grids_proves(
            problem in communities(),
            (least, more, fewest, most) in (3u32..9, 3u32..9, 0u32..16, 10u32..20),
            grids in 2u32..5,
            balance in 0u32..3,
            size in sizes(),
        ) {
            let problem = grown(problem, size);
            let limits = |min, max| Limits { min: min * size.0, max: max * size.0 };
            let options = Options {
                standard: Standard {
                    households: limits(least, least + more),
                    residents: limits(fewest, fewest + most),
                },
                balance,
                ..Options::default()
            };
            let ground = Ground::new(&problem, &options).unwrap();
            let mut nodes = 1_000_000;
            let pool = enumerate(&ground, 100_000, &mut nodes).unwrap();
            let question = Question::new(&ground, &pool, grids);
            let listed = best_plan(&question, None, false, None, &mut nodes);
            let mut left = 10_000_000;
            let (solved, status) =
                priced_plan(&problem, &ground, &options, grids, false, &mut left);
            let Some(solved) = solved else {
                // Searches alone look for a first plan, and may miss it.
                prop_assert_eq!(status, NumberStatus::Unknown);
                return Ok(());
            };
            let best = listed.plan.map(|plan| question.cost_of(&plan)).unwrap();
            let objective = worth(&problem, &ground, &solved.plan);
            let cost = objective.cost + ground.move_cost() * i128::from(objective.moved);
            let bound = solved.bound.unwrap();
            prop_assert!(bound.cost <= best && best <= cost, "{} {best} {cost}", bound.cost);
            prop_assert!(bound.by_prices <= bound.cost);
            if solved.proved {
                prop_assert_eq!(best, cost);
            }
        }
    }
}
