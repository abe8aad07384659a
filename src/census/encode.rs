//! Writing the codes of a list: the rows as they were, the grid-code column added or replaced.

use super::coding::{Coding, Tally};
use super::households::Writing;
use super::target::{Added, write_loose};
use super::walk::{Begun, Visitor, walk};
use super::{Account, Options, Target};
use crate::codebook::Codebook;
use crate::diagnostic::Diagnostic;
use crate::lang::Text;
use crate::row::{Field, Row};
use crate::table::{Source, TableError};

/// What became of a list that was encoded.
#[derive(Clone, Debug, Default)]
pub struct Encoded {
    /// The account of its rows.
    pub account: Account,
    /// Households that got a code.
    pub coded: u64,
    /// Households that could not get one: their cells are empty.
    pub uncoded: u64,
    /// Households whose code differs from the one they had.
    pub changed: u64,
    /// Households of which no age is known: no flag could be told for them.
    pub without_ages: u64,
    /// Households whose former code could not be renewed: their cells are empty now.
    pub emptied: u64,
    /// Former codes with a flag that no data lead to and the codebook therefore never writes, such as 5 or 7.
    pub flags_left_out: u64,
}

/// Rules that judge the codes which are about to be replaced.
pub(super) const ABOUT_OLD_CODES: [&str; 7] = [
    "code-width",
    "undefined-letter",
    "undefined-flag",
    "code-mismatch",
    "flag-missing",
    "flag-stale",
    "missing-code",
];

/// What is lost when a code is replaced is told, but keeps nobody from being coded.
pub(super) const LOST_WITH_OLD_CODES: [&str; 3] = ["code-syntax", "look-alike", "two-codes"];

/// Reads a list, derives each household's code, and writes every row on with it.
///
/// Every other column keeps its place and its text. A household that cannot be coded gets an empty cell and a finding.
/// Where the list has no column for a letter at all, the letter is the former code's.
/// A person-level list is read twice: a household's code is known only after its last row.
///
/// # Errors
/// When the source cannot be read or holds no household table, or the target cannot be written.
pub fn encode(
    source: &Source,
    options: &Options<'_>,
    target: &mut dyn Target,
    sink: &mut dyn FnMut(Diagnostic),
) -> Result<Encoded, TableError> {
    let mut options = options.clone();
    options.settings.renews_codes = true;
    for rule in ABOUT_OLD_CODES {
        options.settings.silence(rule);
    }
    for rule in LOST_WITH_OLD_CODES {
        options.settings.soften(rule);
    }
    let mut encoder = Encoder {
        target,
        codebook: options.codebook,
        table: None,
        coding: None,
        notes: Vec::new(),
        tally: Tally::default(),
    };
    let mut account = walk(source, &options, &mut encoder, sink)?;
    account.notes.append(&mut encoder.notes);
    Ok(Encoded::of(account, encoder.tally))
}

impl Encoded {
    /// What a tally comes to.
    pub(super) fn of(account: Account, tally: Tally) -> Self {
        let Tally {
            coded,
            uncoded,
            changed,
            without_ages,
            emptied,
            flags_left_out,
        } = tally;
        Self {
            account,
            coded,
            uncoded,
            changed,
            without_ages,
            emptied,
            flags_left_out,
        }
    }
}

struct Encoder<'t> {
    target: &'t mut dyn Target,
    codebook: &'t Codebook,
    table: Option<Added>,
    coding: Option<Coding<'t>>,
    notes: Vec<Text>,
    tally: Tally,
}

impl Visitor for Encoder<'_> {
    fn table(&mut self, begun: &Begun<'_>) -> Result<(), TableError> {
        let header = if begun.columns.is_chinese() {
            "网格编码"
        } else {
            "grid code"
        };
        let added =
            Added::new(vec![header.to_owned()], begun).replacing(begun.columns.of(Field::GridCode));
        self.table = Some(added);
        let coding = Coding::new(begun.columns, self.codebook);
        self.notes.extend(coding.notes(begun.columns));
        self.coding = Some(coding);
        self.target.sheet(begun.sheet, begun.last_header_row)
    }

    fn reads_residents_twice(&self) -> bool {
        true
    }

    fn coding(&mut self) -> Option<(Coding<'_>, Writing<'_>)> {
        let coding = self.coding.clone()?;
        let added = self.table.as_ref()?;
        let target = &mut *self.target;
        Some((coding, Writing { added, target }))
    }

    fn counted(&mut self, tally: Tally) {
        self.tally.add(tally);
    }

    fn without_table(&mut self, sheet: Option<&str>) -> Result<bool, TableError> {
        self.target.other_sheet(sheet)
    }

    fn loose(&mut self, row: &Row) -> Result<(), TableError> {
        write_loose(row, self.target)
    }
}
