//! One community divided: with as few split buildings as can be, and the grids named.

use std::collections::BTreeSet;

use super::labels::labels;
use super::listing::{Community, Ground};
use super::pose::{Posed, is_too_big, pose, standard_of};
use super::split::can_be_split;
use crate::partition::{Certificate, ModelError, Options, Outcome, Plan, Status, divide, numbered};

/// So many buildings at most are tried to be split one by one before all are.
const ONE_BY_ONE: usize = 12;
/// Communities of more blocks than this are too much work to be divided many times over.
const SMALL: usize = 150;

/// What dividing a community came to.
#[derive(Clone, Debug)]
pub struct Division {
    /// The community's name as the list says it.
    pub community: String,
    /// What told which buildings touch.
    pub ground: Ground,
    /// The problem and its blocks.
    pub posed: Posed,
    /// The options as they were used: with the community's own limits.
    pub options: Options,
    /// What the solver says, or why the problem cannot be worked on.
    pub outcome: Result<Outcome, ModelError>,
    /// The grids in the order of their numbers.
    pub plan: Plan,
    /// The names of the grids of [`plan`](Self::plan).
    pub labels: Vec<String>,
    /// The names of the previous grids.
    pub previous: Vec<String>,
    /// Buildings above a limit, by name: those that were split, and those that have no parts.
    pub oversized: Vec<String>,
    /// Buildings above a limit of which neither entrances nor floors are known.
    pub unsplittable: Vec<String>,
    /// Buildings below the limits that may be split all the same, because no legal plan exists otherwise.
    pub further: Vec<String>,
}

impl Division {
    /// Whether every household is in a grid that keeps to the limits.
    #[must_use]
    pub fn is_legal(&self) -> bool {
        let status = self.outcome.as_ref().map(|outcome| outcome.status);
        matches!(status, Ok(Status::Optimal | Status::Feasible))
    }

    /// The grid of each block, as a place in the plan.
    #[must_use]
    pub fn grids(&self) -> Vec<Option<usize>> {
        self.plan.of_blocks(&self.posed.problem)
    }
}

/// Divides a community.
///
/// Buildings above a limit are split into entrances, or runs of floors, from the beginning. Where that allows no legal
/// plan, further buildings are: each alone, where there are few, then all of them at once, of which the solver leaves
/// as many whole as it can.
#[must_use]
pub fn divide_community(community: &Community, options: &Options) -> Division {
    let general = options.standard;
    let standard = standard_of(community, general);
    let whole = community.count();
    let named = |building: usize| {
        let building = community.buildings.get(building);
        building
            .map(|building| building.name.clone())
            .unwrap_or_default()
    };
    let too_big: BTreeSet<usize> = community
        .buildings
        .iter()
        .enumerate()
        .filter(|(_, building)| !building.is_in_parts && is_too_big(building, standard, whole))
        .map(|(at, _)| at)
        .collect();
    let (split, stiff): (BTreeSet<usize>, BTreeSet<usize>) = too_big
        .iter()
        .copied()
        .partition(|at| community.buildings.get(*at).is_some_and(can_be_split));
    let options = Options {
        standard,
        ..options.clone()
    };
    let first = pose(community, general, &split);
    let outcome = divide(&first.problem, &options);
    let mut chosen = Attempt {
        posed: first,
        outcome,
        further: BTreeSet::new(),
    };
    if chosen.may_gain_by_splitting() {
        let others: BTreeSet<usize> = community
            .buildings
            .iter()
            .enumerate()
            .filter(|(at, building)| {
                !split.contains(at) && !building.is_in_parts && can_be_split(building)
            })
            .map(|(at, _)| at)
            .collect();
        if let Some(better) = split_further(
            community,
            (&split, &others),
            &options,
            chosen.posed.parts.len(),
        ) {
            chosen = better;
        }
    }
    let Attempt {
        posed,
        outcome,
        further,
    } = chosen;
    let plan = outcome
        .as_ref()
        .ok()
        .and_then(|outcome| outcome.plan.clone());
    let plan = plan
        .map(|plan| numbered(&posed.problem, plan))
        .unwrap_or_default();
    let previous = community
        .before
        .as_ref()
        .map(|before| before.grids.clone())
        .unwrap_or_default();
    Division {
        community: community.name.clone(),
        ground: community.ground,
        labels: labels(&plan, &previous),
        plan,
        posed,
        options,
        outcome,
        previous,
        oversized: too_big.iter().map(|at| named(*at)).collect(),
        unsplittable: stiff.iter().map(|at| named(*at)).collect(),
        further: further.iter().map(|at| named(*at)).collect(),
    }
}

struct Attempt {
    posed: Posed,
    outcome: Result<Outcome, ModelError>,
    further: BTreeSet<usize>,
}

impl Attempt {
    fn is_legal(&self) -> bool {
        let status = self.outcome.as_ref().map(|outcome| outcome.status);
        matches!(status, Ok(Status::Optimal | Status::Feasible))
    }

    /// No legal plan was found, and not because of sums that smaller blocks would not change.
    fn may_gain_by_splitting(&self) -> bool {
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
}

fn split_further(
    community: &Community,
    (split, others): (&BTreeSet<usize>, &BTreeSet<usize>),
    options: &Options,
    blocks: usize,
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
        let attempt = Attempt {
            posed,
            outcome,
            further,
        };
        attempt.is_legal().then_some(attempt)
    };
    if blocks <= SMALL && others.len() <= ONE_BY_ONE {
        let nodes = options.nodes / 8;
        let legal = others.iter().filter_map(|at| attempt([*at].into(), nodes));
        let best = legal.min_by_key(|attempt| {
            let outcome = attempt.outcome.as_ref().ok();
            let objective = outcome.and_then(|outcome| outcome.objective);
            (objective, attempt.further.iter().next().copied())
        });
        if best.is_some() {
            return best;
        }
    }
    if others.is_empty() {
        return None;
    }
    let mut all = attempt(others.clone(), options.nodes)?;
    all.keep_to_what_is_split();
    Some(all)
}

impl Attempt {
    /// Names only those buildings whose parts came into different grids.
    fn keep_to_what_is_split(&mut self) {
        let plan = self
            .outcome
            .as_ref()
            .ok()
            .and_then(|outcome| outcome.plan.as_ref());
        let Some(plan) = plan else { return };
        let grids = plan.of_blocks(&self.posed.problem);
        let mut of_building: std::collections::BTreeMap<usize, BTreeSet<Option<usize>>> =
            std::collections::BTreeMap::new();
        for (part, grid) in self.posed.parts.iter().zip(grids) {
            of_building.entry(part.building).or_default().insert(grid);
        }
        self.further.retain(|building| {
            of_building
                .get(building)
                .is_some_and(|grids| grids.len() > 1)
        });
    }
}
