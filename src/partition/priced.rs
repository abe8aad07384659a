//! Dividing what has too many legal grids to list them: search, and grids priced as they are needed.

use super::divide::Solved;
use super::ground::Ground;
use super::model::{Options, Problem};
use super::outcome::NumberStatus;
use super::restart::restarts;
use super::worth::{plan_of, sets_of};

/// The best plan of so many grids that is found, and how good it is at least.
pub(super) fn priced_plan(
    _problem: &Problem,
    ground: &Ground,
    options: &Options,
    grids: u32,
    status_only: bool,
    _left: &mut u64,
) -> (Option<Solved>, NumberStatus) {
    let found = restarts(ground, grids, options, status_only);
    let Some(found) = found.filter(|found| found.missed == (0, 0)) else {
        return (None, NumberStatus::Unknown);
    };
    let solved = Solved {
        plan: plan_of(ground, &sets_of(ground, &found.grids, grids)),
        bound: None,
        proved: false,
    };
    (Some(solved), NumberStatus::Feasible)
}
