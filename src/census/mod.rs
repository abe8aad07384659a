//! The straight pipe over a whole list: read, check, decode, encode, and account for every row.

mod account;
mod check;
mod decode;
mod encode;
mod fold;
mod index;
mod options;
mod shard;
mod sheets;
mod target;
mod walk;

pub use account::{Account, RuleCount, SheetAccount};
pub use check::check;
pub use decode::{Decoded, decode};
pub use encode::{Encoded, encode};
pub use options::{Options, Watch};
pub use sheets::SheetChoice;
pub use target::Target;
