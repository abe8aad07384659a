//! `3栋2单元803室`: the parts of a door address, the grammar that reads them, and the household's key.

mod bare;
mod building;
mod column;
mod date;
mod door;
mod entrance;
mod error;
mod fold;
mod format;
mod grammar;
mod key;
mod merge;
mod numeral;
mod parse;
mod tail;
mod unit;

pub use building::Building;
pub use date::{Mangled, mangled_date, undate};
pub use door::{Door, Floor, Part, Reading};
pub use entrance::Entrance;
pub use error::{AddressError, Span};
pub use format::Style;
pub use key::Key;
pub use merge::Contradiction;
pub use parse::parse;
pub use unit::Unit;
