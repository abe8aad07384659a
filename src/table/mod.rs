//! Files to rows and rows to files: encodings, text dialects, workbooks, and where in them the table is.

#[cfg(feature = "excel")]
mod biff;
mod book;
#[cfg(feature = "excel")]
mod cell_text;
mod decode;
mod dialect;
mod encoding;
mod error;
mod guard;
mod kind;
#[cfg(feature = "excel")]
mod merged;
mod output;
#[cfg(feature = "excel")]
mod package;
mod record;
mod rows;
mod source;
mod text;
#[cfg(feature = "excel")]
mod workbook;
mod write;
mod write_text;
#[cfg(feature = "excel")]
mod write_workbook;

pub use book::{Book, Format, ReadOptions, SheetInfo};
pub use dialect::{Dialect, LineEnd};
pub use error::TableError;
pub use output::Output;
pub use rows::Rows;
pub use source::Source;
pub use write::RowWriter;
pub use write_text::{CsvOptions, CsvWriter, TextEncoding};
#[cfg(feature = "excel")]
pub use write_workbook::XlsxWriter;
