//! Dividing a community: certificates first, then the tier that fits, and the best number of grids.

use super::branch::{Answer, best_plan};
use super::certificate::{Arithmetic, Certificate};
use super::columns::{Question, columns_of};
use super::count::candidates;
use super::enumerate::enumerate;
use super::ground::Ground;
use super::model::{ModelError, Options, Problem};
use super::order::{is_plain_chain, runs};
use super::outcome::{Bound, NumberStatus, Outcome, Plan, Status, Tier};
use super::pool::Pool;
use super::priced::{labelled, priced_plan};
use super::ray::ray;
use super::relaxed::least_violation;
use super::restart::restarts;
use super::solved::{Solved, bound_of, of_blocks, solved_of, uncovered};
use super::worth::{plan_of, sets_of, worth};

/// Divides a community into grids.
///
/// Levels of the objective in order: the limits; few split buildings (as far as the blocks given leave a choice); the
/// number of grids; few moved households; compact and even grids. Ties go to the plan that comes first in the order
/// of the blocks. The same problem and options give the same outcome on any machine that has the same floating point.
///
/// What is said to be impossible or optimal is proved in whole numbers: a linear programme only suggests prices
/// (see [`Bound`]).
///
/// # Errors
/// Where the problem is none: see [`ModelError`]. That there is no legal plan is an [`Outcome`].
///
/// ```
/// use gridcode::partition::{Block, Options, Point, Problem, Status, divide};
/// // Six buildings in a row, 200 households and 600 residents each: two or three grids of 400 or 600 …
/// let block = |n: i64| Block {
///     households: 200,
///     residents: 600,
///     work: 200,
///     building: n as u32,
///     at: Some(Point { x: 500 * n, y: 0 }),
/// };
/// let problem = Problem {
///     blocks: (0..6).map(block).collect(),
///     links: (0..5).map(|n| (n, n + 1)).collect(),
///     ..Problem::default()
/// };
/// let outcome = divide(&problem, &Options::default())?;
/// assert_eq!(outcome.status, Status::Optimal);
/// // … but 600 are too many for one.
/// assert_eq!(outcome.plan.unwrap().grids.len(), 3);
/// # Ok::<(), gridcode::partition::ModelError>(())
/// ```
pub fn divide(problem: &Problem, options: &Options) -> Result<Outcome, ModelError> {
    problem.checked(options)?;
    let ground = match Ground::new(problem, options) {
        Ok(ground) => ground,
        Err(certificate) => return Ok(impossible(certificate)),
    };
    let mut work = Work {
        problem,
        options,
        ground: &ground,
        plain: &ground.without_previous(),
        left: options.nodes,
        numbers: Vec::new(),
        tier: Tier::None,
    };
    Ok(work.run())
}

/// Nothing can be done with the constraints: not even a plan that breaks the standard.
fn impossible(certificate: Certificate) -> Outcome {
    Outcome {
        status: Status::Infeasible,
        plan: None,
        objective: None,
        bound: None,
        fewest_moved: true,
        certificate: Some(certificate),
        numbers: Vec::new(),
        tier: Tier::None,
        nodes: 0,
    }
}

struct Work<'a> {
    problem: &'a Problem,
    options: &'a Options,
    ground: &'a Ground,
    /// The ground without a previous plan, to see only whether there is a plan.
    plain: &'a Ground,
    left: u64,
    numbers: Vec<(u32, NumberStatus)>,
    tier: Tier,
}

/// Up to so many legal grids are listed first of all: from there on pricing is quicker, and proves as much.
const FEW_COLUMNS: usize = 100_000;
/// So many are listed where the search found no plan, to prove that there is none. More would take some hundreds of
/// megabytes.
const MOST_COLUMNS: usize = 1_000_000;

impl<'a> Work<'a> {
    fn run(&mut self) -> Outcome {
        if self.ground.nodes.is_empty() {
            // Everything is locked.
            let plan = plan_of(self.ground, &[]);
            return self.ended(
                Some(Solved {
                    plan,
                    bound: None,
                    proved: true,
                }),
                None,
            );
        }
        if let Some(certificate) = self.ground.obvious() {
            return self.relaxed(Some(certificate));
        }
        let range = self.ground.range();
        let previous = (!self.ground.labels.is_empty()).then_some(self.ground.labels.len() as u32);
        let mut order = candidates(self.ground, self.options.count, previous, range);
        order.truncate(100);
        let whole = self.ground.arithmetic(None);
        self.rule_out(&mut order, &whole);
        if let Some(plan) = self.still_legal(&order) {
            self.numbers
                .push((plan.grids.len() as u32, NumberStatus::Optimal));
            return self.ended(
                Some(Solved {
                    plan,
                    bound: None,
                    proved: true,
                }),
                None,
            );
        }
        if is_plain_chain(self.problem, self.ground) {
            return self.by_order(&order);
        }
        let mut steps = (self.options.nodes / 4).max(1);
        let granted = steps;
        let pool = enumerate(self.ground, FEW_COLUMNS, &mut steps);
        self.left -= (granted - steps).min(self.left);
        if let Some(pool) = &pool {
            self.tier = Tier::Enumeration;
            if let Some(certificate) = uncovered(self.ground, pool) {
                return self.relaxed(Some(certificate));
            }
        } else {
            self.tier = Tier::Pricing;
        }
        let mut chosen = None;
        let mut enough = 0;
        for grids in &order {
            if self.left == 0 || chosen.is_some() && self.left <= enough {
                let grids = grids + self.ground.locked.len() as u32;
                self.numbers.push((grids, NumberStatus::Unknown));
                continue;
            }
            let solved = match &pool {
                Some(pool) => {
                    let ground = self.ground_for(chosen.is_some());
                    self.by_columns(ground, pool, *grids, chosen.is_some())
                }
                None => self.by_count(*grids, chosen.is_some()),
            };
            if chosen.is_none() {
                chosen = solved;
                // What is said of the other numbers is worth a part of the work.
                enough = self.left.saturating_sub(self.options.nodes / 8);
            }
        }
        if let Some(chosen) = chosen {
            return self.ended(Some(chosen), None);
        }
        let all_impossible = !self.numbers.is_empty()
            && self
                .numbers
                .iter()
                .all(|(_, status)| matches!(status, NumberStatus::Impossible(_)));
        let certificate = self.numbers.iter().find_map(|(_, status)| match status {
            NumberStatus::Impossible(certificate) if all_impossible => Some(certificate.clone()),
            _ => None,
        });
        self.relaxed(certificate)
    }

    /// Numbers asked for that arithmetic rules out are said to be impossible, and not tried. Where it takes the sums of
    /// several pieces to see it, the search says so: the sums of all would not prove it.
    fn rule_out(&mut self, order: &mut Vec<u32>, whole: &Arithmetic) {
        let locked = self.ground.locked.len() as u32;
        let nodes = self.ground.nodes.len();
        let most = whole.most().map_or(u64::MAX, |(most, _)| most);
        let possible = whole.least().0.max(1)..=most;
        order.retain(|count| {
            let grids = count + locked;
            let certificate = if !possible.contains(&u64::from(*count)) {
                let arithmetic = whole.clone();
                Certificate::Number { grids, arithmetic }
            } else if *count as usize > nodes {
                // Each grid has a node at least.
                let blocks = of_blocks(self.problem, self.ground, &vec![-1; nodes]);
                let grid = 1;
                Certificate::Ray {
                    grids,
                    blocks,
                    grid,
                }
            } else {
                return true;
            };
            self.numbers
                .push((grids, NumberStatus::Impossible(certificate)));
            false
        });
    }

    /// The previous plan, where it is legal as it stands and its number of grids is the first choice.
    fn still_legal(&self, order: &[u32]) -> Option<Plan> {
        let ground = self.ground;
        let count = ground.labels.len() as u32;
        let wanted = order.first() == Some(&count);
        let whole = ground
            .nodes
            .iter()
            .all(|node| node.was.len() == 1 && ground.labels.contains(&node.was[0].0))
            && !self.problem.previous.iter().any(Option::is_none);
        if !wanted || !whole {
            return None;
        }
        let mut sets: Vec<(Vec<usize>, Option<u32>)> = ground
            .labels
            .iter()
            .map(|label| (Vec::new(), Some(*label)))
            .collect();
        for (node, of) in ground.nodes.iter().enumerate() {
            let label = ground.labels.binary_search(&of.was[0].0).ok()?;
            sets[label].0.push(node);
        }
        let legal = sets
            .iter()
            .all(|(nodes, label)| super::legal::is_legal(ground, nodes, *label));
        legal.then(|| plan_of(ground, &sets))
    }

    fn by_order(&mut self, order: &[u32]) -> Outcome {
        self.tier = Tier::Order;
        let locked = self.ground.locked.len() as u32;
        let most = order.iter().copied().max().unwrap_or(0);
        let runs = runs(self.ground, most);
        self.left = self.left.saturating_sub(runs.nodes);
        let mut chosen = None;
        for grids in order {
            let plan = runs.plans.get(*grids as usize - 1).and_then(Option::as_ref);
            let Some((ends, _)) = plan else {
                let certificate = Certificate::Exhausted {
                    grids: grids + locked,
                    nodes: runs.nodes,
                };
                self.numbers
                    .push((grids + locked, NumberStatus::Impossible(certificate)));
                continue;
            };
            self.numbers.push((grids + locked, NumberStatus::Optimal));
            if chosen.is_none() {
                let mut from = 0;
                let sets: Vec<_> = ends
                    .iter()
                    .map(|to| ((std::mem::replace(&mut from, *to)..*to).collect(), None))
                    .collect();
                chosen = Some(Solved {
                    plan: plan_of(self.ground, &sets),
                    bound: None,
                    proved: true,
                });
            }
        }
        if chosen.is_some() {
            return self.ended(chosen, None);
        }
        let certificate = self.numbers.first().and_then(|(_, status)| match status {
            NumberStatus::Impossible(certificate) => Some(certificate.clone()),
            _ => None,
        });
        self.relaxed(certificate)
    }

    /// Solves one number of grids over all columns; where `status_only`, only whether there is a plan.
    fn by_columns(
        &mut self,
        ground: &Ground,
        pool: &Pool,
        grids: u32,
        status_only: bool,
    ) -> Option<Solved> {
        let locked = ground.locked.len() as u32;
        let found = restarts(ground, grids, self.options, status_only, &mut self.left);
        let legal = found.filter(|found| found.missed == (0, 0));
        if status_only && legal.is_some() {
            self.numbers.push((grids + locked, NumberStatus::Feasible));
            return None;
        }
        let question = Question::new(ground, pool, grids);
        if legal.is_none()
            && let Some((blocks, grid)) = ray(ground, pool, grids, &mut self.left)
        {
            let certificate = Certificate::Ray {
                grids: grids + locked,
                blocks: of_blocks(self.problem, ground, &blocks),
                grid,
            };
            self.numbers
                .push((grids + locked, NumberStatus::Impossible(certificate)));
            return None;
        }
        let known =
            legal.and_then(|found| columns_of(&question, &sets_of(ground, &found.grids, grids)));
        let before = self.left;
        let mut budget = if status_only {
            self.left.min(self.options.nodes / 100)
        } else {
            self.left
        };
        let granted = budget;
        let answer = best_plan(&question, known, status_only, &mut budget);
        self.left -= granted - budget;
        let status = match (&answer.plan, answer.proved) {
            (Some(_), true) => NumberStatus::Optimal,
            (Some(_), false) => NumberStatus::Feasible,
            (None, true) => NumberStatus::Impossible(Certificate::Exhausted {
                grids: grids + locked,
                nodes: before - self.left,
            }),
            (None, false) => NumberStatus::Unknown,
        };
        self.numbers.push((grids + locked, status));
        if status_only {
            return None;
        }
        let plan = answer.plan.as_ref()?;
        Some(solved_of(
            ground,
            &labelled(&question, plan),
            self.bound_of(&answer),
            answer.proved,
        ))
    }

    fn bound_of(&self, answer: &Answer) -> Bound {
        bound_of(self.problem, self.ground, &answer.prices, answer.bound)
    }

    fn ground_for(&self, status_only: bool) -> &'a Ground {
        if status_only { self.plain } else { self.ground }
    }

    /// Solves one number of grids where there are too many legal grids to begin with a list of them: they are priced as
    /// they are needed. Where no plan is found to price from, a longer list may show that there is none.
    fn by_count(&mut self, grids: u32, status_only: bool) -> Option<Solved> {
        let ground = &self.ground_for(status_only).for_count(grids);
        let locked = ground.locked.len() as u32;
        let (solved, status) = priced_plan(
            self.problem,
            ground,
            self.options,
            grids,
            status_only,
            &mut self.left,
        );
        if solved.is_none() && !status_only {
            let granted = (self.options.nodes / 10).min(self.left);
            let mut steps = granted;
            let pool = enumerate(ground, MOST_COLUMNS, &mut steps);
            self.left -= granted - steps;
            if let Some(pool) = pool {
                self.tier = Tier::Enumeration;
                return self.by_columns(ground, &pool, grids, status_only);
            }
        }
        self.numbers.push((grids + locked, status));
        solved
    }

    /// No legal plan: the one that breaks the standard least, unless none is wanted.
    fn relaxed(&mut self, certificate: Option<Certificate>) -> Outcome {
        let proved = certificate.is_some();
        let status = if proved {
            Status::Infeasible
        } else {
            Status::Unknown
        };
        if !self.options.strict
            && let Some(plan) =
                least_violation(self.problem, self.ground, self.options, &mut self.left)
        {
            self.tier = Tier::Search;
            let worth = worth(self.problem, self.ground, &plan);
            let is_legal = (worth.households_missed, worth.residents_missed) == (0, 0);
            let solved = Solved {
                plan,
                bound: None,
                proved: false,
            };
            if is_legal && !proved {
                // The last search found what those before had missed.
                self.numbers.retain(|(grids, _)| *grids != worth.grids);
                self.numbers.push((worth.grids, NumberStatus::Feasible));
                return self.ended(Some(solved), None);
            }
            let mut outcome = self.ended(Some(solved), certificate);
            outcome.status = Status::Relaxed;
            return outcome;
        }
        let mut outcome = self.ended(None, certificate);
        outcome.status = status;
        outcome
    }

    fn ended(&mut self, solved: Option<Solved>, certificate: Option<Certificate>) -> Outcome {
        let mut numbers = std::mem::take(&mut self.numbers);
        numbers.sort_by_key(|(grids, _)| *grids);
        let status = match &solved {
            Some(solved) if solved.proved => Status::Optimal,
            Some(_) => Status::Feasible,
            None => Status::Unknown,
        };
        let (plan, bound, proved) = match solved {
            Some(Solved {
                plan,
                bound,
                proved,
            }) => (Some(plan), bound, proved),
            None => (None, None, false),
        };
        let objective = plan
            .as_ref()
            .map(|plan| worth(self.problem, self.ground, plan));
        let moved = objective.map_or(0, |objective| objective.moved);
        let fewest_moved = proved
            || moved == 0
            || bound
                .as_ref()
                .is_some_and(|bound| bound.cost >= bound.move_cost * i128::from(moved));
        Outcome {
            status,
            plan,
            objective,
            bound,
            fewest_moved,
            certificate,
            numbers,
            tier: self.tier,
            nodes: self.options.nodes - self.left,
        }
    }
}
