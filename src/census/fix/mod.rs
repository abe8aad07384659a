//! Putting right what can be put right: which cells, with what, and what is left for people.

mod apply;
mod overlay;
mod plan;
mod spread;

use super::Account;
use crate::code::Confidence;
use crate::row::{Field, Place};

pub use apply::fix_text;
pub(super) use overlay::Overlay;
pub use plan::plan;

/// One cell that is to be written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The cell.
    pub place: Place,
    /// What its column means.
    pub field: Option<Field>,
    /// What is to stand there.
    pub after: String,
    /// The rule that asks for it.
    pub rule: &'static str,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// Whether what stands there now may be shown in a report.
    pub shown: bool,
}

/// What findings are left when all repairs are made, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// What to write is known, but somebody has to look first.
    pub to_check: u64,
    /// What to write is known, but the list has no column for it.
    pub no_column: u64,
    /// Nobody but the household, a card or the grid worker knows what to write.
    pub to_ask: u64,
    /// The repair would have made two rows the same household.
    pub would_repeat: u64,
    /// Cells that cannot be written, as the caller said: formulas.
    pub sealed: u64,
}

/// What can be put right in a list, found out before anything is written.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The account of the list as it is.
    pub before: Account,
    /// The account of the list as it will be, checked with the same rules.
    pub after: Account,
    /// The repairs: sheet by sheet, row by row, each cell at most once.
    pub repairs: Vec<Repair>,
    /// What is left.
    pub left: Left,
}

impl Plan {
    /// How many rows are listed twice after the repairs that were not so before: somebody has to look at them.
    #[must_use]
    pub fn new_repeats(&self) -> u64 {
        let repeats = |account: &Account| {
            account
                .rules
                .get("duplicate-household")
                .map_or(0, super::RuleCount::total)
        };
        repeats(&self.after).saturating_sub(repeats(&self.before))
    }
}
