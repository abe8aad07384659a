//! Blocks to grids: the best division of a community that can be found, and the proof of what is said of it.

mod certificate;
pub mod geometry;
mod model;
mod outcome;

pub use certificate::{Arithmetic, Certificate, Resource};
pub use model::{Block, Count, Limits, ModelError, Options, Point, Problem, Standard};
pub use outcome::{Bound, Grid, NumberStatus, Objective, Outcome, Plan, Status, Tier};

/// Puts grids in the order of their numbers (declared here until the solver lands).
#[must_use]
pub fn numbered(problem: &Problem, plan: Plan) -> Plan {
    let _ = problem;
    plan
}

/// Divides a community (declared here until the solver lands).
///
/// # Errors
/// See [`ModelError`].
pub fn divide(problem: &Problem, options: &Options) -> Result<Outcome, ModelError> {
    problem.checked(options)?;
    Ok(Outcome {
        status: Status::Unknown,
        plan: None,
        objective: None,
        bound: None,
        fewest_moved: true,
        certificate: None,
        numbers: Vec::new(),
        tier: Tier::None,
        nodes: 0,
    })
}
