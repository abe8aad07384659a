//! Findings and accounts for machines; `docs/report.schema.json` says what every member means.

use jiff::civil::Date;
use serde::Serialize;

use crate::census::{Account, SheetAccount};
use crate::codebook::Codebook;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{Lang, Text};
use crate::row::column_letters;

/// The version of the report's shape. It rises when a member goes or changes its meaning, not when one is added.
pub const VERSION: u32 = 1;

/// One finding.
#[derive(Debug, Serialize)]
pub struct Finding<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    rule: &'static str,
    id: &'static str,
    severity: &'static str,
    sheet: Option<&'a str>,
    cell: String,
    row: u64,
    record: u64,
    column: Option<String>,
    field: Option<&'static str>,
    span: Option<(u32, u32)>,
    value: Option<&'a str>,
    message: &'a Text,
    advice: Option<&'a Text>,
    fix: Option<Fix<'a>>,
}

#[derive(Debug, Serialize)]
struct Fix<'a> {
    text: &'a str,
    confidence: &'static str,
}

impl<'a> Finding<'a> {
    /// The finding as JSON shows it; `file` where it stands alone, as in a stream.
    #[must_use]
    pub fn new(finding: &'a Diagnostic, file: Option<&'a str>) -> Self {
        let advice =
            Some(&finding.advice).filter(|advice| !advice.zh.is_empty() || !advice.en.is_empty());
        Self {
            file,
            rule: finding.rule,
            id: crate::rule::find(finding.rule).map_or("", |info| info.id),
            severity: finding.severity.key(),
            sheet: finding.place.sheet.as_deref(),
            cell: finding.place.name(),
            row: finding.place.row,
            record: finding.record,
            column: finding.place.column.map(column_letters),
            field: finding.field.map(crate::row::Field::key),
            span: finding.span,
            value: finding.value.as_deref(),
            message: &finding.message,
            advice,
            fix: finding.fix.as_ref().map(|fix| Fix {
                text: &fix.text,
                confidence: fix.confidence.key(),
            }),
        }
    }
}

/// The whole report.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    files: Vec<Reported<'a>>,
    #[serde(flatten)]
    end: ReportEnd<'a>,
}

/// What a report begins with, for those who write it piece by piece: its files follow.
#[derive(Debug, Serialize)]
pub struct Head<'a> {
    version: u32,
    program: &'static str,
    on: String,
    codebook: &'a str,
    inferred: bool,
}

/// What a report ends with, after its files.
#[derive(Debug, Serialize)]
pub struct ReportEnd<'a> {
    total: Sums<'a>,
    findings: Findings,
}

#[derive(Debug, Serialize)]
struct Reported<'a> {
    file: &'a str,
    findings: Vec<Finding<'a>>,
    #[serde(flatten)]
    end: FileEnd<'a>,
}

/// What is said of a file after its findings.
#[derive(Debug, Serialize)]
pub struct FileEnd<'a> {
    findings_not_shown: u64,
    notes: &'a [Text],
    sheets: Vec<Sums<'a>>,
    rules: Vec<RuleView>,
}

/// What became of some rows.
#[derive(Debug, Serialize)]
pub(super) struct Sums<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'static str>,
    rows: u64,
    accepted: u64,
    with_errors: u64,
    skipped: u64,
    skipped_by_reason: Vec<Skipped>,
    households: u64,
}

#[derive(Debug, Serialize)]
struct Skipped {
    reason: &'static str,
    rows: u64,
    label: Text,
}

#[derive(Debug, Serialize)]
struct RuleView {
    rule: &'static str,
    id: &'static str,
    title: Text,
    errors: u64,
    warnings: u64,
    notes: u64,
    first: String,
}

#[derive(Debug, Serialize)]
struct Findings {
    errors: u64,
    warnings: u64,
    notes: u64,
}

impl<'a> Sums<'a> {
    pub(super) fn new(account: &'a SheetAccount) -> Self {
        let by_kind = account.skipped.iter().map(|(kind, rows)| Skipped {
            reason: kind.key(),
            rows: *rows,
            label: Text::of(|lang| kind.label(lang)),
        });
        let without = (account.without_table > 0).then(|| Skipped {
            reason: "sheet-without-table",
            rows: account.without_table,
            label: Text::fixed("无表格的工作表", "sheet without a table"),
        });
        Self {
            sheet: account.sheet.as_deref(),
            level: account.level.map(crate::household::Level::key),
            rows: account.rows,
            accepted: account.accepted,
            with_errors: account.with_errors,
            skipped: account.skipped_rows(),
            skipped_by_reason: by_kind.chain(without).collect(),
            households: account.households,
        }
    }
}

/// Puts a report together from files with their accounts and the findings that are to be shown.
#[must_use]
pub fn report<'a>(
    files: &'a [(Account, Vec<Diagnostic>)],
    total: &'a SheetAccount,
    codebook: &'a Codebook,
    on: Date,
) -> Report<'a> {
    let file = |(account, findings): &'a (Account, Vec<Diagnostic>)| Reported {
        file: &account.file,
        findings: findings
            .iter()
            .map(|finding| Finding::new(finding, None))
            .collect(),
        end: FileEnd::new(account, findings.len() as u64),
    };
    Report {
        head: Head::new(codebook, on),
        files: files.iter().map(file).collect(),
        end: ReportEnd::new(files.iter().map(|(account, _)| account), total),
    }
}

impl<'a> Head<'a> {
    /// What was asked.
    #[must_use]
    pub fn new(codebook: &'a Codebook, on: Date) -> Self {
        Self {
            version: VERSION,
            program: concat!("gridcode ", env!("CARGO_PKG_VERSION")),
            on: on.to_string(),
            codebook: codebook.name(),
            inferred: codebook.is_inferred(),
        }
    }
}

impl<'a> ReportEnd<'a> {
    /// The sums over all files.
    #[must_use]
    pub fn new(files: impl Iterator<Item = &'a Account>, total: &'a SheetAccount) -> Self {
        let mut findings = Findings {
            errors: 0,
            warnings: 0,
            notes: 0,
        };
        for account in files {
            findings.errors += account.findings(Severity::Error);
            findings.warnings += account.findings(Severity::Warning);
            findings.notes += account.findings(Severity::Note);
        }
        Self {
            total: Sums::new(total),
            findings,
        }
    }
}

impl<'a> FileEnd<'a> {
    /// The account of a file, of which so many findings were shown.
    #[must_use]
    pub fn new(account: &'a Account, shown: u64) -> Self {
        let rules = account.rules.iter().map(|(rule, count)| {
            let info = crate::rule::find(rule);
            RuleView {
                rule,
                id: info.map_or("", |info| info.id),
                title: Text::of(|lang: Lang| info.map_or("", |info| info.title(lang))),
                errors: count.errors,
                warnings: count.warnings,
                notes: count.notes,
                first: count.first.to_string(),
            }
        });
        let all: u64 = account
            .rules
            .values()
            .map(crate::census::RuleCount::total)
            .sum();
        Self {
            findings_not_shown: all.saturating_sub(shown),
            notes: &account.notes,
            sheets: account.sheets.iter().map(Sums::new).collect(),
            rules: rules.collect(),
        }
    }
}

/// The last line of a stream of findings: the report without them.
#[derive(Debug, Serialize)]
pub struct End<'a> {
    account: Report<'a>,
}

impl<'a> End<'a> {
    /// Closes a stream.
    #[must_use]
    pub fn new(report: Report<'a>) -> Self {
        Self { account: report }
    }
}
