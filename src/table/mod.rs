//! Files to rows and rows to files: encodings, text dialects, workbooks, and where in them the table is.

mod error;
mod rows;

pub use error::TableError;
pub use rows::Rows;
