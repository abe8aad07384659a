//! What a division starts from, and dividing it: lists counted by building, sheets of positions, pairs, limits, an
//! earlier plan; each held against the others, and each fault named by its cell.

mod blocks;
mod bounds;
mod codes;
mod district;
mod divide;
mod error;
mod finding;
mod further;
mod grid;
mod header;
mod households;
mod labels;
mod layout;
mod listing;
mod lookup;
mod name;
mod number;
mod pairs;
mod pose;
mod positions;
mod previous;
mod read;
mod scale;
mod sheet;
mod split;
mod write;

pub use codes::{BuildingCodes, Codes, Origin, codes};
pub use district::divide_all;
pub use divide::{Division, divide_community};
pub use error::SurveyError;
pub use finding::{Finding, Kind};
pub use grid::{GridFacts, Move};
pub(crate) use header::Column as SheetColumn;
pub(crate) use households::{count_of, floor_of, name_of, of_unit as floor_of_unit};
pub(crate) use labels::labels as grid_names;
pub use listing::{Before, Building, Community, Count, Entrance, Ground, Seat, Spot};
pub(crate) use name::{Handle, Name, entrance as entrance_of};
pub(crate) use number::count as whole_number;
pub use pose::{Part, Posed};
pub use read::{Beside, Earlier, Previous, Survey, Wishes, read};
pub use write::write_list;
