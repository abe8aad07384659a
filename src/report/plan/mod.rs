//! A plan for machines: all that was divided, how, and the proof; `docs/plan.schema.json` says what every member means.
//!
//! It is complete in itself: problem, options and outcome can be made of it again, so that whoever has the file can
//! check it without the lists it came from. It names buildings and grids, and nobody.

mod certificate;
mod check;
mod check_grids;
mod digest;
mod read;
mod shape;
mod write;

pub use digest::digest;
pub use read::{PlanError, Rebuilt};
pub use shape::{
    Account, Arithmetic, Block, Bound, Certificate, Community, Found, Grid, Limits, Number,
    Objective, Options, Plan, PreviousGrid, Prices, Proof, Slack, Standard, Sums,
};
pub use write::plan;

/// The version of the plan's shape. It rises when a member goes or changes its meaning, not when one is added.
pub const VERSION: u32 = 1;
