//! A household: what a list says of it row by row, and the code it ought to have.

mod birth;
mod continuation;
mod derive;
mod door;
mod entry;
mod facts;
mod id_number;
mod level;
mod packed;
mod placeholder;
mod recall;
mod relation;
mod sex;
mod statement;

pub use birth::{Age, Birth, BirthFault};
pub use continuation::continues;
pub use derive::{Derived, Undecided};
pub use door::{DoorFault, DoorRead};
pub use entry::Entry;
pub use facts::{Earlier, Facts, Household, Written};
pub use id_number::{IdFault, IdNumber};
pub use level::Level;
pub(crate) use packed::Packed;
pub use placeholder::is_placeholder;
pub use recall::Recall;
pub use relation::Relation;
pub use sex::Sex;
pub(crate) use statement::Statement;
