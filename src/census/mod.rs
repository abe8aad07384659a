//! The straight pipe over a whole list: read, check, decode, encode, and account for every row.

mod account;
mod along;
mod check;
mod coding;
mod decode;
mod each;
mod encode;
mod households;
mod index;
mod judge;
mod numbered;
mod one_by_one;
mod options;
mod person_codes;
mod person_rows;
mod persons;
mod phrases;
mod pipe;
mod register;
mod shard;
mod sheets;
mod silent;
mod spelling;
mod staircase;
mod target;
mod walk;
mod wrong_rows;

pub use account::{Account, RuleCount, SheetAccount};
pub use check::check;
pub use decode::{Decoded, decode};
pub use each::{Told, each, write_grids};
pub use encode::{Encoded, encode};
pub use options::{Options, Watch};
pub use sheets::SheetChoice;
pub use target::Target;
