//! The straight pipe over a whole list: read, check, decode, encode, and account for every row.

mod account;
mod check;
mod coding;
mod decode;
mod encode;
mod fold;
mod households;
mod index;
mod judge;
mod options;
mod pipe;
mod shard;
mod sheets;
mod silent;
mod staircase;
mod target;
mod walk;

pub use account::{Account, RuleCount, SheetAccount};
pub use check::check;
pub use decode::{Decoded, decode};
pub use encode::{Encoded, encode};
pub use options::{Options, Watch};
pub use sheets::SheetChoice;
pub use target::Target;
