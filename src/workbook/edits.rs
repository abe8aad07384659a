//! What can be done to a workbook: marks on cells, columns at the right, sheets at the end.

use std::collections::BTreeMap;

use super::comments::Cell;
use crate::row::Place;

/// The colour of a marked cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tint {
    /// Light blue.
    Blue,
    /// Light yellow.
    Yellow,
    /// Light red.
    Red,
}

impl Tint {
    /// Every colour.
    pub const ALL: [Self; 3] = [Self::Blue, Self::Yellow, Self::Red];

    /// As the file names it. A shade beside those that the programs offer, so that a user's own colour is not taken for ours.
    pub(super) const fn rgb(self) -> &'static str {
        match self {
            Self::Blue => "FFDAE9F8",
            Self::Yellow => "FFFFEBA1",
            Self::Red => "FFFFC7C9",
        }
    }
}

/// A mark on a cell: its colour, and what its comment says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The colour; all else of the cell's style stays.
    pub tint: Tint,
    /// The comment; none where empty. A comment of the user's on the cell stays above it.
    pub note: String,
}

/// Columns that come to the right of everything in a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewColumns {
    /// The row of the list's header as Excel counts; 0 where it has none: then there is no filter either.
    pub header_row: u64,
    /// The headers, one a column.
    pub headers: Vec<String>,
    /// The widths, in digits.
    pub widths: Vec<u32>,
    /// By row as Excel counts: a text a column.
    pub cells: BTreeMap<u64, Vec<String>>,
}

/// What a text of a new sheet looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// As any text.
    #[default]
    Plain,
    /// In as many lines as it takes.
    Wrapped,
    /// A header.
    Bold,
    /// A link to a cell.
    Link,
}

/// A cell of a new sheet. It always holds a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewCell {
    /// What it says.
    pub text: String,
    /// What it looks like.
    pub look: Look,
    /// Its colour, where it has one.
    pub tint: Option<Tint>,
    /// The cell to which a click leads.
    pub link: Option<Place>,
}

impl NewCell {
    /// A text like any other.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A header.
    #[must_use]
    pub fn bold(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            look: Look::Bold,
            ..Self::default()
        }
    }
}

/// A sheet to come after all others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewSheet {
    /// The name on its tab; another is made of it where it is taken or cannot be one.
    pub name: String,
    /// Its rows.
    pub rows: Vec<Vec<NewCell>>,
    /// The widths of its columns, in digits.
    pub widths: Vec<u32>,
    /// How many rows stay in view; the last of them gets filter buttons. 0 for none.
    pub headers: u32,
    /// Whether it is the user's from now on, as a log is: it stays when marks are taken away.
    pub lasting: bool,
}

/// What is to be done to one sheet of the user's.
#[derive(Debug, Default)]
pub(super) struct SheetEdits {
    pub(super) texts: BTreeMap<Cell, String>,
    pub(super) marks: BTreeMap<Cell, Mark>,
    pub(super) columns: Option<NewColumns>,
}

impl SheetEdits {
    /// The last column in which a text or mark comes.
    pub(super) fn last_column(&self) -> Option<u32> {
        let cells = self.texts.keys().chain(self.marks.keys());
        cells.map(|(_, column)| *column).max()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.marks.is_empty() && self.columns.is_none()
    }
}

/// What was left as it was, or could not be done; for whoever tells the user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Cells whose text was to be changed and that hold a formula: they are as they were.
    pub formulas: Vec<Place>,
    /// Sheets that are protected, and stay so.
    pub protected: Vec<String>,
    /// Sheets so wide that no column comes to their right.
    pub without_columns: Vec<String>,
    /// Sheets with a filter of their own elsewhere, which stays the only one.
    pub without_filter: Vec<String>,
    /// Marked cells on which users hold a conversation: nothing was written into it.
    pub conversations: u64,
    /// Marked cells without a comment, since the sheet has too many.
    pub without_note: u64,
    /// Whether some cells have no colour, since the workbook has too many styles.
    pub without_colour: bool,
}
