//! One community divided: with as few split buildings as can be, and the grids named.

use std::collections::BTreeSet;

use super::further::{Attempt, split_further};
use super::labels::labels;
use super::listing::{Community, Ground};
use super::pose::{Posed, is_too_big, pose, standard_of};
use super::split::can_be_split;
use crate::partition::{ModelError, Options, Outcome, Plan, Status, divide, numbered};

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
    /// Whether no plan divides fewer buildings than that; where it is `false`, what the outcome says is proved holds for
    /// plans that divide these buildings.
    pub is_fewest: bool,
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
/// plan, further buildings are: each alone, then all of them at once, of which as many as can be are left whole again.
/// Where it is not proved that fewer would not do, the status is not [`Optimal`](Status::Optimal).
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
        is_fewest: true,
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
        if let Some(better) = split_further(community, (&split, &others), &options, &chosen) {
            chosen = better;
        }
    }
    let Attempt {
        posed,
        outcome,
        further,
        is_fewest,
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
        is_fewest,
    }
}
