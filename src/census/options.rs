//! What a caller decides before a list is read.

use jiff::civil::Date;

use crate::codebook::Codebook;
use crate::household::Level;
use crate::row::Field;
use crate::rule::Settings;
use crate::table::{ColumnRef, ReadOptions};

/// How a list is to be read and judged.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// What letters, digits and words mean.
    pub codebook: &'a Codebook,
    /// The day on which ages count.
    pub on: Date,
    /// Which rules count for how much, and whether values may be shown.
    pub settings: Settings,
    /// What a row stands for; `None` to find out.
    pub level: Option<Level>,
    /// Encoding, delimiter, sheet; each `None` to find out.
    pub read: ReadOptions,
    /// The Excel row of the header; `None` to find it.
    pub header_row: Option<u64>,
    /// The table has no header: columns are named by `map` alone.
    pub no_headers: bool,
    /// Columns named by the user; they win over headers.
    pub map: Vec<(Field, ColumnRef)>,
}

impl<'a> Options<'a> {
    /// Everything found out by itself, every rule as it stands.
    #[must_use]
    pub fn new(codebook: &'a Codebook, on: Date) -> Self {
        Self {
            codebook,
            on,
            settings: Settings::default(),
            level: None,
            read: ReadOptions::default(),
            header_row: None,
            no_headers: false,
            map: Vec::new(),
        }
    }
}
