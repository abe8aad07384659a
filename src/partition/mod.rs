//! Blocks to grids: the best division of a community that can be found, and the proof of what is said of it.
//!
//! Pure numbers: blocks are places in a list, households and residents are counts, positions are decimetres, costs are dm².
//! No files, no names, no clock, no threads. `docs/partition.md` explains the method and its proofs.
//!
//! - [`Problem`] and [`Options`] say what is to be divided and how; [`geometry`] finds out which blocks touch.
//! - [`divide`] gives an [`Outcome`]: a [`Plan`], what it is worth, a [`Bound`], a [`Certificate`] where there is no plan, and a
//!   status for each number of grids. That there is no legal plan is an outcome, not an error.
//! - [`numbered`] puts grids in the order of their numbers.
//!
//! Sources: set partitioning over feasible districts (Garfinkel & Nemhauser 1970); compactness as moment of inertia (Hess 1965);
//! column generation (Mehrotra, Johnson & Nemhauser 1998); regions under thresholds (Duque, Anselin & Rey 2012); moves of random
//! search (`DeFord`, Duchin & Solomon 2021).

#![allow(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "places are made in this room and numbers are bounded by `Problem::checked`: a miss is our own mistake, and panics"
)]

mod bits;
mod branch;
mod cell;
mod certificate;
mod collect;
mod columns;
mod count;
mod cover;
mod divide;
mod enumerate;
pub mod geometry;
mod ground;
mod grow;
mod knapsack;
mod legal;
mod listed;
mod master;
mod model;
mod neighbours;
mod numbering;
mod order;
mod outcome;
mod pool;
mod price;
mod priced;
mod ray;
mod relaxed;
mod restart;
mod search;
mod seed;
mod solved;
mod vacant;
mod verify;
mod worth;

pub use certificate::{Arithmetic, Certificate, Resource};
pub use divide::divide;
pub use model::{Block, Count, Limits, ModelError, Options, Point, Problem, Standard};
pub use numbering::{centre, numbered};
pub use outcome::{Bound, Grid, NumberStatus, Objective, Outcome, Plan, Status, Tier};
pub use verify::{Claim, Fault, Flaw, Level, Verdict, verify};
