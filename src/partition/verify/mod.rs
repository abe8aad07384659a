//! Holds an outcome against its problem, by other ways than those that led to it.
//!
//! Nothing here is shared with the solver but the types of what is asked and what is said: sums, legal grids, bounds and
//! certificates are worked out anew. What is asked ([`Problem`], [`Options`]) is believed; what is said is not.

mod bound;
mod cover;
mod fault;
mod field;
mod grids;
mod numbers;
mod plan;
mod proof;
mod prover;
mod runs;
mod set;
mod sums;
mod words;

pub use fault::{Claim, Fault, Flaw, Level};

use super::model::{Options, Problem};
use super::outcome::{Outcome, Status};
use field::Field;
use prover::Prover;

/// What became of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What is not as the outcome says.
    pub faults: Vec<Fault>,
    /// What the outcome says and was too much to look at within [`Options::nodes`].
    pub unchecked: Vec<Claim>,
}

impl Verdict {
    /// Everything was looked at and nothing is wrong.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        self.faults.is_empty() && self.unchecked.is_empty()
    }
}

/// Checks an outcome against what was asked.
///
/// The plan and its objective are always checked to the end. Of bounds and certificates, what cannot be looked at within
/// half of [`Options::nodes`] is named in [`Verdict::unchecked`]. How the plan was found ([`Outcome::tier`],
/// [`Outcome::nodes`]), and whether the number of grids is the best choice of those that are possible, is not checked.
///
/// ```
/// use gridcode::partition::{Block, Fault, Options, Problem, divide, verify};
/// let block = Block { households: 400, residents: 1200, work: 400, ..Block::default() };
/// let problem = Problem { blocks: vec![block; 2], links: vec![(0, 1)], ..Problem::default() };
/// let options = Options::default();
/// let mut outcome = divide(&problem, &options)?;
/// assert!(verify(&problem, &options, &outcome).is_proved());
///
/// outcome.plan.as_mut().unwrap().grids[0].blocks.clear();
/// let verdict = verify(&problem, &options, &outcome);
/// assert!(verdict.faults.contains(&Fault::EmptyGrid { grid: 0 }));
/// # Ok::<(), gridcode::partition::ModelError>(())
/// ```
#[must_use]
pub fn verify(problem: &Problem, options: &Options, outcome: &Outcome) -> Verdict {
    if let Err(error) = problem.checked(options) {
        return Verdict {
            faults: vec![Fault::Problem(error)],
            unchecked: Vec::new(),
        };
    }
    let field = Field::new(problem, options);
    match field.units.len() {
        ..=128 => check(Prover::<2>::new(&field), outcome),
        129..=256 => check(Prover::<4>::new(&field), outcome),
        257..=1024 => check(Prover::<16>::new(&field), outcome),
        // A community has no more than 4,000 blocks.
        _ => check(Prover::<63>::new(&field), outcome),
    }
}

fn check<const W: usize>(mut prover: Prover<'_, W>, outcome: &Outcome) -> Verdict {
    let (has_plan, may_have_bound, may_have_certificate) = match outcome.status {
        Status::Optimal | Status::Feasible => (true, true, false),
        Status::Relaxed => (true, false, true),
        Status::Infeasible => (false, false, true),
        Status::Unknown => (false, false, false),
    };
    if outcome.plan.is_some() != has_plan
        || outcome.objective.is_some() != has_plan
        || outcome.bound.is_some() && !may_have_bound
        || outcome.certificate.is_some() && !may_have_certificate
    {
        prover.verdict.faults.push(Fault::Parts);
    }
    if let Some(given) = &outcome.plan {
        let worth = plan::check(prover.field, outcome, given, &mut prover.verdict.faults);
        bound::check(&mut prover, outcome, given, &worth);
    }
    numbers::check(&mut prover, outcome);
    prover.verdict
}
