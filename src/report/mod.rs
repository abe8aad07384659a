//! Everything that leaves: one format one file.

pub mod card;
pub mod certificate;
pub mod decoded;
pub mod delimited;
pub mod diff_json;
pub mod diff_table;
pub mod diff_text;
pub mod division;
pub mod fix_json;
pub mod fix_text;
#[cfg(feature = "excel")]
pub mod fixed_workbook;
pub mod grid_sheet;
pub mod html;
pub mod json;
pub mod map;
#[cfg(feature = "excel")]
pub mod marked;
pub mod plan;
pub mod reminder;
pub mod staff;
pub mod text;
