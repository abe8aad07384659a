//! Repairs for machines; `docs/fix.schema.json` says what every member means.

use jiff::civil::Date;
use serde::Serialize;

use super::fix_text::why;
use super::json::Sums;
use crate::census::Account;
use crate::census::fix::{Left, Plan, Repair};
use crate::codebook::Codebook;
use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::row::{Field, column_letters};

/// The version of the shape. It rises when a member goes or changes its meaning, not when one is added.
pub const VERSION: u32 = 1;

/// What was asked for, and what came of it.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The file that was written; `None` where nothing was.
    pub output: Option<&'a str>,
    /// Where what stood in the cells is kept: a file, or a sheet of the output.
    pub log: Option<&'a str>,
    /// Whether suggested repairs were asked for too.
    pub suggested: bool,
    /// Cells that were written anew, or would be.
    pub repaired: u64,
}

/// The whole report.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    version: u32,
    program: &'static str,
    on: String,
    codebook: &'a str,
    inferred: bool,
    file: &'a str,
    output: Option<&'a str>,
    log: Option<&'a str>,
    suggested: bool,
    repaired: u64,
    repairs: Vec<Repaired<'a>>,
    repairs_not_shown: u64,
    left: LeftView,
    new_repeats: u64,
    before: Sum,
    after: Sum,
    sheets: Vec<Sums<'a>>,
    notes: &'a [Text],
}

#[derive(Debug, Serialize)]
struct Repaired<'a> {
    sheet: Option<&'a str>,
    cell: String,
    row: u64,
    column: Option<String>,
    field: Option<&'static str>,
    before: Option<&'a str>,
    after: &'a str,
    rule: &'static str,
    why: Text,
    confidence: &'static str,
}

#[derive(Debug, Serialize)]
struct LeftView {
    to_check: u64,
    to_ask: u64,
    no_column: u64,
    would_repeat: u64,
    formulas: u64,
}

#[derive(Debug, Serialize)]
struct Sum {
    errors: u64,
    warnings: u64,
    notes: u64,
}

impl<'a> Report<'a> {
    /// Puts a report together, with the repairs that are to be shown and what stood in their cells where it may be shown.
    #[must_use]
    pub fn new(
        plan: &'a Plan,
        shown: &'a [(&'a Repair, Option<String>)],
        run: Run<'a>,
        codebook: &'a Codebook,
        on: Date,
    ) -> Self {
        let Left {
            to_check,
            no_column,
            to_ask,
            would_repeat,
            sealed,
        } = plan.left;
        Self {
            version: VERSION,
            program: concat!("gridcode ", env!("CARGO_PKG_VERSION")),
            on: on.to_string(),
            codebook: codebook.name(),
            inferred: codebook.is_inferred(),
            file: &plan.before.file,
            output: run.output,
            log: run.log,
            suggested: run.suggested,
            repaired: run.repaired,
            repairs: shown.iter().map(repaired).collect(),
            repairs_not_shown: run.repaired.saturating_sub(shown.len() as u64),
            left: LeftView {
                to_check,
                to_ask,
                no_column,
                would_repeat,
                formulas: sealed,
            },
            new_repeats: plan.new_repeats(),
            before: sum(&plan.before),
            after: sum(&plan.after),
            sheets: plan.after.sheets.iter().map(Sums::new).collect(),
            notes: &plan.before.notes,
        }
    }
}

fn repaired<'a>((repair, before): &'a (&'a Repair, Option<String>)) -> Repaired<'a> {
    Repaired {
        sheet: repair.place.sheet.as_deref(),
        cell: repair.place.name(),
        row: repair.place.row,
        column: repair.place.column.map(column_letters),
        field: repair.field.map(Field::key),
        before: before.as_deref(),
        after: &repair.after,
        rule: repair.rule,
        why: Text::of(|lang| why(repair, lang)),
        confidence: repair.confidence.key(),
    }
}

fn sum(account: &Account) -> Sum {
    Sum {
        errors: account.findings(Severity::Error),
        warnings: account.findings(Severity::Warning),
        notes: account.findings(Severity::Note),
    }
}
