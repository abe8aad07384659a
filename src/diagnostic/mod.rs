//! A finding as a value: which rule, where, how bad, what is wrong, what to write instead.

mod kinds;
mod severity;

use crate::code::Confidence;
use crate::lang::Text;
use crate::row::{Field, Place};

pub(crate) use kinds::kinds;
pub use severity::Severity;

/// A replacement for a cell's text, and how far it can be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What to write into the cell.
    pub text: String,
    /// Whether it may be applied without asking anybody.
    pub confidence: Confidence,
}

/// One thing that is wrong, or worth knowing, about one cell or row.
///
/// It never holds a personal value unless the caller asked for values: it names cells instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's readable name, e.g. `code-syntax`; the list is `rule::all`.
    pub rule: &'static str,
    /// How bad it is, after the user's `--deny`, `--warn`, `--allow`.
    pub severity: Severity,
    /// The cell or row.
    pub place: Place,
    /// The 1-based number of the data row (header and title rows not counted); 0 where there is none.
    pub record: u64,
    /// What the cell's column means.
    pub field: Option<Field>,
    /// The wrong part, as byte offsets into the cell's text.
    pub span: Option<(u32, u32)>,
    /// The cell's text where it may be shown, shortened when very long.
    pub value: Option<String>,
    /// What is wrong, understandable alone.
    pub message: Text,
    /// What to do about it; empty where the message says it all.
    pub advice: Text,
    /// What to write instead, where that is known.
    pub fix: Option<Fix>,
    /// The row, as Excel counts, of the earlier household that this one repeats.
    pub other_row: Option<u64>,
}
