//! Buildings below the limits that are split because no legal plan exists otherwise: as few as can be found, and whether
//! that is proved.

use std::collections::{BTreeMap, BTreeSet};

use super::listing::Community;
use super::pose::{Posed, pose};
use crate::partition::{
    Certificate, Count, ModelError, NumberStatus, Objective, Options, Outcome, Problem, Status,
    divide,
};

/// Communities of more blocks than this are too much work to be divided once for each building.
const SMALL: usize = 150;
/// So many times at most it is tried to leave one more building whole.
const TRIES: usize = 24;
/// Households of a middling grid, as the solver has it.
const TARGET: u64 = 400;

/// A community divided with some buildings split.
pub(super) struct Attempt {
    pub(super) posed: Posed,
    pub(super) outcome: Result<Outcome, ModelError>,
    /// Buildings that are split though none is above a limit alone.
    pub(super) further: BTreeSet<usize>,
    /// Whether it is proved that no plan splits fewer buildings, and none that splits as few is better.
    pub(super) is_fewest: bool,
}

impl Attempt {
    pub(super) fn is_legal(&self) -> bool {
        let status = self.outcome.as_ref().map(|outcome| outcome.status);
        matches!(status, Ok(Status::Optimal | Status::Feasible))
    }

    /// No legal plan was found, and not because of sums that smaller blocks would not change.
    pub(super) fn may_gain_by_splitting(&self) -> bool {
        let Ok(outcome) = &self.outcome else {
            return false;
        };
        let is_sum = match &outcome.certificate {
            Some(Certificate::Arithmetic(arithmetic) | Certificate::Number { arithmetic, .. }) => {
                arithmetic.piece.is_none()
            }
            Some(Certificate::Contradiction { .. } | Certificate::Together { .. }) => true,
            _ => false,
        };
        !self.is_legal() && !is_sum
    }

    /// It is proved that with these buildings split there is no legal plan.
    fn is_impossible(&self) -> bool {
        let outcome = self.outcome.as_ref().ok();
        outcome.is_some_and(|outcome| outcome.certificate.is_some() && !self.is_legal())
    }

    /// Nothing is left open for this number of grids: the best plan is known, or there is none.
    fn is_decided(&self, grids: u32) -> bool {
        let Ok(outcome) = &self.outcome else {
            return false;
        };
        let has_best = outcome.status == Status::Optimal
            && outcome
                .objective
                .is_some_and(|objective| objective.grids == grids);
        let mut numbers = outcome.numbers.iter();
        let is_ruled_out = numbers.any(|(number, status)| {
            *number == grids && matches!(status, NumberStatus::Impossible(_))
        });
        self.is_impossible() || has_best || is_ruled_out
    }

    /// Buildings of those split further whose parts came into different grids.
    fn split(&self) -> BTreeSet<usize> {
        let plan = self
            .outcome
            .as_ref()
            .ok()
            .and_then(|outcome| outcome.plan.as_ref());
        let Some(plan) = plan else {
            return BTreeSet::new();
        };
        let grids = plan.of_blocks(&self.posed.problem);
        let mut of_building: BTreeMap<usize, BTreeSet<Option<usize>>> = BTreeMap::new();
        for (part, grid) in self.posed.parts.iter().zip(grids) {
            of_building.entry(part.building).or_default().insert(grid);
        }
        let is_split = |building: &usize| {
            let grids = of_building.get(building);
            grids.is_some_and(|grids| grids.len() > 1)
        };
        self.further.iter().copied().filter(is_split).collect()
    }

    fn objective(&self) -> Option<Objective> {
        self.outcome.as_ref().ok()?.objective
    }

    /// What is proved for these splits is not proved for others.
    fn without_proof(mut self) -> Self {
        self.further = self.split();
        self.is_fewest = false;
        if let Ok(outcome) = &mut self.outcome {
            if outcome.status == Status::Optimal {
                outcome.status = Status::Feasible;
            }
            for (_, status) in &mut outcome.numbers {
                if *status == NumberStatus::Optimal {
                    *status = NumberStatus::Feasible;
                }
            }
        }
        self
    }
}

/// Looks for a legal plan that splits further buildings; `whole` is what came of splitting none.
///
/// First each building is split alone: of the plans that this makes legal the best one, by the order of aims, is taken. It
/// is proved where nothing was left open on the way. Where none is enough, or the community is too big to be divided so
/// often, all are split at once; those whose parts stay in one grid are put together again, and then it is tried to
/// leave one more whole, as long as that goes.
pub(super) fn split_further(
    community: &Community,
    (split, others): (&BTreeSet<usize>, &BTreeSet<usize>),
    options: &Options,
    whole: &Attempt,
) -> Option<Attempt> {
    let attempt = |further: BTreeSet<usize>, nodes: u64| {
        let all = split.union(&further).copied().collect();
        let posed = pose(community, options.standard, &all);
        // What a relaxed plan would be is known already.
        let options = Options {
            strict: true,
            nodes,
            ..options.clone()
        };
        let outcome = divide(&posed.problem, &options);
        Attempt {
            posed,
            outcome,
            further,
            is_fewest: true,
        }
    };
    let share = |parts: usize| options.nodes / u64::try_from(parts.max(8)).unwrap_or(u64::MAX);
    if whole.posed.parts.len() <= SMALL {
        let nodes = share(others.len());
        let each = others.iter().map(|at| attempt([*at].into(), nodes));
        let best = best_of(each.collect(), options, whole.is_impossible());
        if best.is_some() {
            return best;
        }
    }
    if others.is_empty() {
        return None;
    }
    let mut best = attempt(others.clone(), options.nodes);
    if !best.is_legal() {
        return None;
    }
    let mut tries = TRIES;
    let mut fewer = |further: BTreeSet<usize>| {
        tries = tries.checked_sub(1)?;
        let attempt = attempt(further, share(0));
        attempt.is_legal().then_some(attempt)
    };
    // Whatever stayed together costs nothing to be left whole.
    loop {
        let split = best.split();
        if split.len() == best.further.len() {
            break;
        }
        match fewer(split) {
            Some(attempt) => best = attempt,
            None => break,
        }
    }
    let mut kept = BTreeSet::new();
    while let Some(building) = best.split().difference(&kept).next().copied() {
        let mut rest = best.split();
        rest.remove(&building);
        match fewer(rest) {
            Some(attempt) => best = attempt,
            None => _ = kept.insert(building),
        }
    }
    Some(best.without_proof())
}

/// The best of plans that each split one building.
fn best_of(all: Vec<Attempt>, options: &Options, is_needed: bool) -> Option<Attempt> {
    let goes_on = |attempt: &Attempt| before(&attempt.posed.problem, attempt);
    let previous = all.iter().find_map(goes_on);
    let key = |attempt: &Attempt| {
        let objective = attempt.objective()?;
        let off = off(&attempt.posed.problem, options, previous, objective.grids);
        let first = attempt.further.iter().next().copied();
        Some((
            objective.split_buildings,
            off,
            objective.moved,
            objective.cost,
            first,
        ))
    };
    let legal = all
        .iter()
        .enumerate()
        .filter(|(_, attempt)| attempt.is_legal());
    let (at, best) = legal.min_by_key(|(_, attempt)| key(attempt))?;
    let grids = best.objective()?.grids;
    let is_proved = is_needed && all.iter().all(|attempt| attempt.is_decided(grids));
    let best = all.into_iter().nth(at)?;
    Some(if is_proved && best.split() == best.further {
        best
    } else {
        best.without_proof()
    })
}

/// The number of previous grids, where the solver may choose it.
fn before(problem: &Problem, attempt: &Attempt) -> Option<u32> {
    let labels: BTreeSet<u32> = problem.previous.iter().flatten().copied().collect();
    let number = u32::try_from(labels.len())
        .ok()
        .filter(|number| *number > 0)?;
    let mut numbers = attempt.outcome.as_ref().ok()?.numbers.iter();
    numbers.any(|(grids, _)| *grids == number).then_some(number)
}

/// How far a number of grids is from what is aimed at, of two as far the smaller first.
fn off(problem: &Problem, options: &Options, previous: Option<u32>, grids: u32) -> (u64, u32) {
    let locked: BTreeSet<u32> = problem.locked.iter().copied().collect();
    let is_locked = |label: &Option<u32>| label.is_some_and(|label| locked.contains(&label));
    let held = problem.blocks.iter().zip(&problem.previous);
    let held = held.filter(|(_, label)| is_locked(label));
    let held: u64 = held.map(|(block, _)| u64::from(block.households)).sum();
    let free = u64::from(grids).saturating_sub(u64::try_from(locked.len()).unwrap_or(u64::MAX));
    let far = match (options.count, previous) {
        (Count::Fewest, _) => free,
        (Count::Nearest, Some(previous)) => u64::from(grids.abs_diff(previous)),
        _ => {
            let households = problem.households().saturating_sub(held);
            free.saturating_mul(TARGET).abs_diff(households)
        }
    };
    (far, grids)
}
