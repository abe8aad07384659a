//! A row of cells, whatever file it came from, and what its columns mean.

mod cells;
mod columns;
mod field;
mod personal;
mod place;
mod view;

pub use cells::{CellKind, Row};
pub use columns::{Column, Columns};
pub use field::Field;
pub use personal::{has_long_number, is_han, looks_like_name, tells_person};
pub use place::{Place, column_letters, column_number};
pub(crate) use view::Cells;
