//! Dividing a community: certificates first, then the tier that fits, and the best number of grids.

use super::certificate::{Arithmetic, Certificate};
use super::count::candidates;
use super::enumerate::enumerate;
use super::ground::Ground;
use super::listed::Listed;
use super::model::{ModelError, Options, Problem};
use super::order::{Runs, is_plain_chain, runs, sets_of_runs};
use super::outcome::{Bound, NumberStatus, Outcome, Plan, Status, Tier};
use super::pool::Pool;
use super::priced::priced_plan;
use super::relaxed::least_violation;
use super::solved::{Solved, of_blocks, uncovered};
use super::vacant::Vacant;
use super::worth::{plan_of, worth};

/// Divides a community into grids.
///
/// Levels of the objective in order: the limits; few split buildings (as far as the blocks given leave a choice); the
/// number of grids; few moved households; compact and even grids. Ties go to the plan that comes first in the order
/// of the blocks. The same problem and options give the same outcome on any machine that has the same floating point.
///
/// What is said to be impossible or optimal is proved in whole numbers: a linear programme only suggests prices
/// (see [`Bound`](super::Bound)).
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

/// More numbers of grids than this are looked at only as long as none of them is possible.
const MOST_NUMBERS: usize = 100;
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
        for (place, grids) in order.iter().enumerate() {
            if self.left == 0 || chosen.is_some() && self.left <= enough {
                self.unknown(&order[place..]);
                break;
            }
            if chosen.is_some() && place >= MOST_NUMBERS {
                break;
            }
            let solved = match &pool {
                Some(pool) => {
                    let ground = self.ground_for(chosen.is_some());
                    let (solved, status) = self.listed(ground, pool, *grids, chosen.is_some());
                    self.numbers
                        .push((grids + ground.locked.len() as u32, status));
                    solved
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
        let certificate = self.all_impossible();
        self.relaxed(certificate)
    }

    /// Says that nothing is known of these numbers, of not too many of them.
    fn unknown(&mut self, order: &[u32]) {
        let locked = self.ground.locked.len() as u32;
        for grids in order.iter().take(MOST_NUMBERS) {
            self.numbers.push((grids + locked, NumberStatus::Unknown));
        }
    }

    /// Why no number that was tried is possible; `None` where one may be.
    fn all_impossible(&self) -> Option<Certificate> {
        let mut first = None;
        for (_, status) in &self.numbers {
            match status {
                NumberStatus::Impossible(certificate) => first = first.or(Some(certificate)),
                _ => return None,
            }
        }
        first.cloned()
    }

    /// Numbers asked for that arithmetic rules out are said to be impossible, and not tried. Where it takes the sums of
    /// several pieces to see it, the search says so: the sums of all would not prove it.
    fn rule_out(&mut self, order: &mut Vec<u32>, whole: &Arithmetic) {
        let locked = self.ground.locked.len() as u32;
        let nodes = self.ground.nodes.len();
        let pieces = self.ground.pieces();
        let most = whole.most().map_or(u64::MAX, |(most, _)| most);
        let possible = whole.least().0.max(1)..=most;
        order.retain(|count| {
            let grids = count + locked;
            let certificate = if !possible.contains(&u64::from(*count)) {
                let arithmetic = whole.clone();
                Certificate::Number {
                    grids,
                    locked,
                    arithmetic,
                }
            } else if (*count as usize) < pieces.len() {
                // Each piece needs a grid of its own: no grid holds two of their first nodes.
                let mut firsts = vec![0; nodes];
                for piece in &pieces {
                    firsts[piece[0]] = 1;
                }
                let blocks = of_blocks(self.problem, self.ground, &firsts);
                let grid = -1;
                Certificate::Ray {
                    grids,
                    blocks,
                    grid,
                }
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
        let mut chosen = None;
        let mut enough = 0;
        for (place, grids) in order.iter().enumerate() {
            if self.left == 0 || chosen.is_some() && self.left <= enough {
                self.unknown(&order[place..]);
                break;
            }
            if chosen.is_some() && place >= MOST_NUMBERS {
                break;
            }
            let before = self.left;
            let status = match runs(self.ground, *grids, &mut self.left) {
                Runs::TooMany => NumberStatus::Unknown,
                Runs::Impossible => NumberStatus::Impossible(Certificate::Exhausted {
                    grids: grids + locked,
                    nodes: before - self.left,
                }),
                Runs::Best(ends) => {
                    if chosen.is_none() {
                        chosen = Some(Solved {
                            plan: plan_of(self.ground, &sets_of_runs(&ends)),
                            bound: None,
                            proved: true,
                        });
                        enough = self.left.saturating_sub(self.options.nodes / 8);
                    }
                    NumberStatus::Optimal
                }
            };
            self.numbers.push((grids + locked, status));
        }
        if chosen.is_some() {
            return self.ended(chosen, None);
        }
        let certificate = self.all_impossible();
        self.relaxed(certificate)
    }

    /// Solves one number of grids over all legal grids; where `status_only`, only whether there is a plan.
    fn listed(
        &mut self,
        ground: &Ground,
        pool: &Pool,
        grids: u32,
        status_only: bool,
    ) -> (Option<Solved>, NumberStatus) {
        let listed = Listed {
            problem: self.problem,
            ground,
            options: self.options,
            pool,
        };
        listed.plan(grids, status_only, &mut self.left)
    }

    fn ground_for(&self, status_only: bool) -> &'a Ground {
        if status_only { self.plain } else { self.ground }
    }

    /// Solves one number of grids where there are too many legal grids to begin with a list of them. Blocks where nobody
    /// lives multiply them and change no cost: they are left out as far as they can be given out afterwards.
    fn by_count(&mut self, grids: u32, status_only: bool) -> Option<Solved> {
        let ground = &self.ground_for(status_only).for_count(grids);
        let mut vacant = Vacant::new(ground).filter(|_| !status_only);
        let mut known: Option<Bound> = None;
        loop {
            let inhabited = vacant.as_ref().map_or(ground, |vacant| &vacant.inhabited);
            // Where the empty blocks cannot be given out, the others have to be divided anew.
            let spare = vacant.as_ref().map_or(0, |_| self.left / 8);
            self.left -= spare;
            let (mut solved, status) = self.priced(inhabited, grids, status_only);
            self.left += spare;
            if let (Some(found), Some(empty)) = (&mut solved, vacant.take()) {
                match empty.filled(&found.plan) {
                    Ok(plan) => found.plan = plan,
                    Err(narrow) => {
                        // What is proved for more sets than are legal is proved for those that are.
                        known = known
                            .into_iter()
                            .chain(found.bound.take())
                            .max_by_key(|bound| bound.cost);
                        vacant = empty.with(&narrow);
                        continue;
                    }
                }
            }
            let solved = solved.map(|solved| solved.with(known, self.problem, ground));
            let proved = solved.as_ref().is_some_and(|solved| solved.proved);
            let status = if proved {
                NumberStatus::Optimal
            } else {
                status
            };
            self.numbers
                .push((grids + ground.locked.len() as u32, status));
            return solved;
        }
    }

    /// Solves one number of grids: legal grids are priced as they are needed. Where no plan is found to price from, a longer
    /// list may show that there is none.
    fn priced(
        &mut self,
        ground: &Ground,
        grids: u32,
        status_only: bool,
    ) -> (Option<Solved>, NumberStatus) {
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
                return self.listed(ground, &pool, grids, status_only);
            }
        }
        (solved, status)
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
            && let Some(plan) = least_violation(self.ground, self.options, &mut self.left)
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
