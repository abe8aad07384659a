//! Blocks to grids: the best division of a community that can be found, and the proof of what is said of it.

#![allow(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "places are made in this room and numbers are bounded by `Problem::checked`: a miss is our own mistake, and panics"
)]

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
mod knapsack;
mod legal;
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
mod worth;

pub use certificate::{Arithmetic, Certificate, Resource};
pub use divide::divide;
pub use model::{Block, Count, Limits, ModelError, Options, Point, Problem, Standard};
pub use numbering::{centre, numbered};
pub use outcome::{Bound, Grid, NumberStatus, Objective, Outcome, Plan, Status, Tier};
