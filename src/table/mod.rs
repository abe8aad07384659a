//! Files to rows and rows to files: encodings, text dialects, workbooks, and where in them the table is.

#[cfg(feature = "excel")]
mod areas;
#[cfg(feature = "excel")]
mod biff;
mod book;
#[cfg(feature = "excel")]
mod cell_text;
mod chunk;
mod chunk_rows;
mod classify;
mod column_message;
mod csv_lines;
mod decode;
mod dialect;
mod encoding;
mod error;
mod fill;
mod filldown;
mod follow;
mod guard;
mod header;
mod headers_page;
mod heading;
mod headless;
mod kind;
mod layout;
mod layout_message;
mod lines_again;
#[cfg(feature = "excel")]
mod made;
#[cfg(feature = "excel")]
mod merged;
mod options;
mod output;
#[cfg(feature = "excel")]
mod package;
mod patch_text;
mod record;
mod remedy;
#[cfg(feature = "excel")]
mod remembered;
mod resolve;
mod row_kind;
mod rows;
mod sheet;
mod signs;
mod source;
mod spool;
#[cfg(feature = "excel")]
mod spreadsheet;
mod text;
mod unit;
mod usual;
mod words;
mod write;
mod write_text;
#[cfg(feature = "excel")]
mod write_workbook;

pub use book::{Book, Format, ReadOptions, SheetInfo};
pub use chunk::{Chunk, Chunks};
pub use chunk_rows::ChunkRows;
pub(crate) use chunk_rows::Next;
pub use csv_lines::{CsvCells, CsvLines};
pub use dialect::{Dialect, LineEnd};
pub use error::{Near, TableError};
pub(crate) use follow::Follow;
pub(crate) use header::folded_header;
pub use headers_page::headers_page;
pub use layout::Table;
pub(crate) use lines_again::lines_again;
#[cfg(feature = "excel")]
pub(crate) use made::{COLUMN, FILTER, Made, PREFIX, SHEET};
pub use options::{ColumnRef, Fits, LayoutOptions};
pub use output::Output;
pub use patch_text::{Change, patch_text};
pub use remedy::Remedy;
pub use row_kind::RowKind;
pub use rows::Rows;
pub(crate) use sheet::{Heading, Sheet, Wanted};
#[cfg(feature = "excel")]
pub(crate) use source::Input;
pub use source::Source;
pub(crate) use usual::Usual;
pub use write::RowWriter;
pub use write_text::{CsvOptions, CsvWriter, TextEncoding};
#[cfg(feature = "excel")]
pub use write_workbook::XlsxWriter;
