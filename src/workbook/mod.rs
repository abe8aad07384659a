//! An XLSX workbook changed in place: texts of cells, marks, columns, sheets; every other byte stays as it is.
//!
//! Nothing here knows what is wrong with a list; it only writes into a workbook what it is told, and can take it
//! away again. What is not touched is copied as it is packed: formulas, formats, pictures, charts, macros.
//!
//! ```
//! use gridcode::row::Place;
//! use gridcode::table::{RowWriter, Source, XlsxWriter};
//! use gridcode::workbook::Workbook;
//!
//! let mut bytes = Vec::new();
//! let mut writer = XlsxWriter::new(&mut bytes);
//! writer.begin("住户", 1)?;
//! writer.write_row(&mut ["房号", "网格编码"].into_iter())?;
//! writer.write_row(&mut ["0803", "８０３Aa"].into_iter())?;
//! Box::new(writer).finish()?;
//!
//! let mut workbook = Workbook::open(&Source::bytes("list.xlsx", bytes))?;
//! workbook.set_text(&Place::cell(Some("住户"), 2, 1), "803Aa")?;
//! let mut fixed = Vec::new();
//! let saved = workbook.save(&mut fixed)?;
//! assert!(saved.formulas.is_empty());
//! # Ok::<(), gridcode::workbook::WorkbookError>(())
//! ```

mod area;
mod beside;
mod book;
mod comments;
mod contents;
mod drawing;
mod edits;
mod error;
mod new_sheet;
mod package;
mod pieces;
mod relations;
mod rewrite;
mod save;
mod scan;
mod styles;
mod widths;
mod xml;

pub use book::Workbook;
pub use edits::{Look, Mark, NewCell, NewColumns, NewSheet, Saved, Tint};
pub use error::WorkbookError;
