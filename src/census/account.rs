//! The account of a list: rows read = accepted + with errors + skipped, each skip with its reason.

use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::household::Level;
use crate::lang::Text;
use crate::row::Place;
use crate::table::RowKind;

/// How often a rule found something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCount {
    /// Findings that are errors.
    pub errors: u64,
    /// Findings that are warnings.
    pub warnings: u64,
    /// Findings that are notes.
    pub notes: u64,
    /// Where the first one is.
    pub first: Place,
}

impl RuleCount {
    /// All findings of the rule.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.errors + self.warnings + self.notes
    }
}

/// What became of the rows of one sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetAccount {
    /// The sheet's name; `None` for a file without sheets.
    pub sheet: Option<String>,
    /// What a row stands for; `None` for a sheet in which no table was found.
    pub level: Option<Level>,
    /// The first and the last row of the header as Excel counts; `None` where there is none.
    pub header: Option<(u64, u64)>,
    /// Rows read, blank ones included.
    pub rows: u64,
    /// Data rows without an error.
    pub accepted: u64,
    /// Data rows with at least one error.
    pub with_errors: u64,
    /// Rows that are no data, by reason.
    pub skipped: BTreeMap<RowKind, u64>,
    /// Rows of a sheet in which no table was found.
    pub without_table: u64,
    /// Households told apart.
    pub households: u64,
    /// Data rows that carry a code which could be read.
    pub codes: u64,
}

impl SheetAccount {
    /// Rows that are no data.
    #[must_use]
    pub fn skipped_rows(&self) -> u64 {
        self.skipped.values().sum::<u64>() + self.without_table
    }

    /// Data rows.
    #[must_use]
    pub fn data_rows(&self) -> u64 {
        self.accepted + self.with_errors
    }

    /// Whether every row read is accounted for.
    #[must_use]
    pub fn balances(&self) -> bool {
        self.rows == self.data_rows() + self.skipped_rows()
    }

    /// The sums of two accounts.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        self.rows += other.rows;
        self.accepted += other.accepted;
        self.with_errors += other.with_errors;
        self.without_table += other.without_table;
        self.households += other.households;
        self.codes += other.codes;
        for (kind, count) in &other.skipped {
            *self.skipped.entry(*kind).or_default() += count;
        }
        self
    }
}

/// What became of all rows of one file, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The file's name as the caller gave it.
    pub file: String,
    /// What was decided about the file, a line each: encoding, header, columns.
    pub notes: Vec<Text>,
    /// Sheet by sheet.
    pub sheets: Vec<SheetAccount>,
    /// Findings by rule.
    pub rules: BTreeMap<&'static str, RuleCount>,
}

impl Account {
    /// The sums over all sheets.
    #[must_use]
    pub fn total(&self) -> SheetAccount {
        self.sheets
            .iter()
            .fold(SheetAccount::default(), SheetAccount::plus)
    }

    /// How many findings have a severity.
    #[must_use]
    pub fn findings(&self, severity: Severity) -> u64 {
        let count = |rule: &RuleCount| match severity {
            Severity::Error => rule.errors,
            Severity::Warning => rule.warnings,
            Severity::Note => rule.notes,
        };
        self.rules.values().map(count).sum()
    }
}
