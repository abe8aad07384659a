//! Who answers for a door: the levels of the two chains, rosters, who has which grid, and finding them.

mod answer;
mod assign;
mod assignment;
mod blank;
mod cell;
mod claims;
mod draft;
mod duty;
mod error;
mod finding;
mod grids;
mod ground;
mod header;
mod label;
mod level_out;
mod lookup;
mod missing;
mod names;
mod near;
mod person;
mod phone;
mod question;
mod role;
mod roster;
mod rows;
mod scope;
mod stretch;
mod unread;

pub use answer::{Answer, Asked, Candidate, Hit};
pub use assign::{AssignOptions, assign};
pub use assignment::{Assignment, Holder};
pub use duty::Duty;
pub use error::StaffError;
pub use finding::{Finding, Kind};
pub use ground::{Grid, Ground, Load, Piece};
pub use person::Person;
pub use role::{Chain, Level, Roles};
pub use roster::{Roster, RosterAccount, RosterOptions};

/// A sheet of this room.
type Sheet = crate::table::Sheet<header::Column>;

/// What is looked for in one.
type Wanted<'w> = crate::table::Wanted<'w, header::Column>;
