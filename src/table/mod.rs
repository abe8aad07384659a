//! Files to rows and rows to files: encodings, text dialects, workbooks, and where in them the table is.

mod classify;
mod error;
mod filldown;
mod header;
mod headers_page;
mod heading;
mod kind;
mod layout;
mod options;
mod resolve;
mod rows;
mod words;

pub use error::TableError;
pub use headers_page::headers_page;
pub use kind::RowKind;
pub use layout::Table;
pub use options::{ColumnRef, LayoutOptions};
pub use rows::Rows;
