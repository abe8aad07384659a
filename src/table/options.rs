//! What a user can say about the layout, where finding it alone is not enough.

use super::Remedy;
use crate::row::{Field, column_number};

/// Which column of a table: by its header, its letter or its 1-based number.
///
/// ```
/// use gridcode::table::ColumnRef;
/// assert_eq!(ColumnRef::parse("C").index(), Some(2));
/// assert_eq!(ColumnRef::parse(" 3 ").index(), Some(2));
/// assert_eq!(ColumnRef::parse("房间号").index(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnRef {
    /// As a user writes it. A header of that text counts first, then the letter or number: a column may be headed `Age`.
    Named(String),
    /// The 0-based column.
    At(usize),
}

impl ColumnRef {
    /// A column as a user writes it: `房间号`, `C` or `3`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::Named(text.trim().to_owned())
    }

    /// The 0-based column, where the text can be a letter or a number.
    #[must_use]
    pub fn index(&self) -> Option<usize> {
        match self {
            Self::At(index) => Some(*index),
            Self::Named(name) => match name.parse::<usize>() {
                Ok(number) => number.checked_sub(1).filter(|&index| index < 16_384),
                Err(_) => column_number(name),
            },
        }
    }
}

/// Whether a text can be a value of a field under a header. Rows may be judged by several threads.
pub type Fits<'f> = dyn Fn(Field, &str, &str) -> bool + Sync + 'f;

/// What the caller knows about the layout. [`LayoutOptions::new`] knows nothing: everything is found.
#[derive(Clone)]
pub struct LayoutOptions<'a> {
    /// The row of the header as Excel numbers it; with a header of several rows, the lowest.
    pub header_row: Option<u64>,
    /// Whether the table has no header: columns are only what [`map`](Self::map) says.
    pub no_headers: bool,
    /// Which column holds a field; wins over everything that the headers say.
    pub map: Vec<(Field, ColumnRef)>,
    /// Whether a text can be a value of a field under a header (empty where there is none); asked for headers
    /// that can mean two things, and before a row is taken for a remark.
    pub fits: &'a Fits<'a>,
    /// What notes about columns tell their reader to do.
    pub remedy: Remedy,
}

impl<'a> LayoutOptions<'a> {
    /// Nothing known but what values look like.
    pub fn new(fits: &'a Fits<'a>) -> Self {
        Self {
            header_row: None,
            no_headers: false,
            map: Vec::new(),
            fits,
            remedy: Remedy::default(),
        }
    }
}
