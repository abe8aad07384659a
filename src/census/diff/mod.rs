//! Month against month: what is different between two lists of the same households.

mod change;
mod compare;
mod draft;
mod gather;
mod half;
mod kind;
mod ledger;
mod naming;
mod order;
mod reach;
mod run;
mod said_of_lists;
mod same_door;
mod total;

pub use change::{Change, State};
pub use kind::{Kind, Kinds};
pub use run::{Diff, DiffError, Listed, Which, diff};
pub use total::Total;
