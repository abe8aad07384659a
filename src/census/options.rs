//! What a caller decides before a list is read.

use std::num::NonZero;

use jiff::civil::Date;

use super::SheetChoice;
use super::fix::Overlay;
use super::pipe::CHUNK;
use crate::codebook::Codebook;
use crate::household::Level;
use crate::row::Field;
use crate::rule::{self, Settings};
use crate::table::{ColumnRef, ReadOptions};

/// Somebody who watches the work go on and may stop it.
pub trait Watch {
    /// Called now and then with the rows of the sheet read so far; `false` stops the work with [`TableError::Interrupted`](crate::table::TableError::Interrupted).
    fn rows(&self, rows: u64) -> bool;
}

/// How a list is to be read and judged.
#[derive(Clone)]
pub struct Options<'a> {
    /// What letters, digits and words mean.
    pub codebook: &'a Codebook,
    /// The day on which ages count.
    pub on: Date,
    /// Which rules count for how much, and whether values may be shown.
    pub settings: Settings,
    /// What a row stands for; `None` to find out.
    pub level: Option<Level>,
    /// Encoding and delimiter; each `None` to find out.
    pub read: ReadOptions,
    /// The one sheet to read; `None` for every visible sheet that holds a table.
    pub sheet: Option<SheetChoice>,
    /// The Excel row of the header; `None` to find it.
    pub header_row: Option<u64>,
    /// The table has no header: columns are named by `map` alone.
    pub no_headers: bool,
    /// Columns named by the user; they win over headers.
    pub map: Vec<(Field, ColumnRef)>,
    /// On how many threads a text file is worked through. The result is the same for any number.
    pub threads: NonZero<usize>,
    /// How many bytes of text a thread takes at a time, about. The result is the same for any number.
    pub chunk: usize,
    /// Who is told how far the work has come.
    pub watch: Option<&'a dyn Watch>,
    /// Cells that are read otherwise than they stand in the file.
    pub(super) overlay: Option<&'a Overlay<'a>>,
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("codebook", &self.codebook.name())
            .field("on", &self.on)
            .finish_non_exhaustive()
    }
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
            sheet: None,
            header_row: None,
            no_headers: false,
            map: Vec::new(),
            threads: NonZero::<usize>::MIN,
            chunk: CHUNK,
            watch: None,
            overlay: None,
        }
    }

    /// The same, with no rules asked but those that are named.
    pub(super) fn asking_only(&self, rules: &[&str]) -> Self {
        let mut options = self.clone();
        for rule in rule::all() {
            let name = rule.info().name;
            if !rules.contains(&name) {
                options.settings.silence(name);
            }
        }
        options
    }
}
