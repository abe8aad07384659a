//! Findings on their way to the user, in the format asked for; what is not printed is still counted.

use std::io::Write as _;
use std::sync::Arc;

use gridcode::Text;
use gridcode::census::{Account, SheetAccount};
use gridcode::codebook::Codebook;
use gridcode::diagnostic::{Diagnostic, Severity};
use gridcode::report::text::{self, Style};
use gridcode::report::{delimited, json};
use gridcode::table::{CsvOptions, CsvWriter, RowWriter as _, TableError, TextEncoding};
use jiff::civil::Date;

use crate::cli::Format;
use crate::failure::Failure;
use crate::output::Output;

/// How many findings a person reads.
pub const FOR_A_PERSON: usize = 100;

/// The findings of one file on their way: never many more than will be printed, however many there are.
pub struct Gathered {
    room: usize,
    findings: Vec<Diagnostic>,
    /// The sheets met so far, in their order.
    sheets: Vec<Option<Arc<str>>>,
}

/// So many more than have room are kept before those that come last are let go.
const BEYOND: usize = 4_096;

impl Gathered {
    /// With room for so many.
    pub fn new(room: usize) -> Self {
        Self {
            room,
            findings: Vec::new(),
            sheets: Vec::new(),
        }
    }

    pub fn push(&mut self, finding: Diagnostic) {
        if self.sheets.last() != Some(&finding.place.sheet) {
            self.sheets.push(finding.place.sheet.clone());
        }
        self.findings.push(finding);
        if self.findings.len() >= self.room.saturating_mul(2).saturating_add(BEYOND) {
            self.sort();
            self.findings.truncate(self.room);
        }
    }

    /// From top to bottom, as a reader goes: a finding about a whole household comes after the rows.
    fn sort(&mut self) {
        let sheets = &self.sheets;
        let sheet = |finding: &Diagnostic| {
            sheets
                .iter()
                .position(|sheet| *sheet == finding.place.sheet)
        };
        self.findings.sort_by_cached_key(|finding| {
            (sheet(finding), finding.place.row, finding.place.column)
        });
    }

    /// As many as there is room for, in order.
    pub fn in_order(mut self) -> Vec<Diagnostic> {
        self.sort();
        self.findings.truncate(self.room);
        self.findings
    }
}

/// Gathers the findings of file after file and prints them.
pub struct Printer<'a> {
    format: Format,
    limit: usize,
    codebook: &'a Codebook,
    on: Date,
    several: bool,
    shown: usize,
    files: Vec<(Account, Vec<Diagnostic>)>,
}

impl<'a> Printer<'a> {
    /// `limit` 0 prints all; `None` a hundred for a person, all for a machine.
    pub fn new(
        format: Format,
        limit: Option<usize>,
        codebook: &'a Codebook,
        on: Date,
        several: bool,
    ) -> Self {
        let limit = match (limit, format) {
            (Some(0), _) | (None, Format::Json | Format::Ndjson | Format::Csv) => usize::MAX,
            (Some(limit), _) => limit,
            (None, Format::Text) => FOR_A_PERSON,
        };
        Self {
            format,
            limit,
            codebook,
            on,
            several,
            shown: 0,
            files: Vec::new(),
        }
    }

    /// Prints what comes before the first finding.
    pub fn begin(&self, output: &mut Output) -> Result<(), Failure> {
        if self.format == Format::Csv {
            // Into a file it goes to be opened in Excel, which takes text without the mark for GBK.
            if !output.is_terminal() {
                output.print("\u{feff}")?;
            }
            let header = delimited::header(output.lang());
            write_row(output, header)?;
        }
        Ok(())
    }

    /// Takes what will be printed of the next file.
    pub fn gather(&self) -> Gathered {
        Gathered::new(self.limit.saturating_sub(self.shown))
    }

    /// Takes the findings of one file, prints them in the order of rows.
    pub fn file(
        &mut self,
        account: Account,
        gathered: Gathered,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let mut findings = gathered.in_order();
        let all = [Severity::Error, Severity::Warning, Severity::Note]
            .map(|severity| account.findings(severity));
        let hidden = all
            .iter()
            .sum::<u64>()
            .saturating_sub(findings.len() as u64);
        self.shown += findings.len();
        let lang = output.lang();
        match self.format {
            Format::Text => {
                if self.several {
                    let title = output.paint(Style::Title, &account.file);
                    output.line(&title)?;
                }
                for finding in &findings {
                    let line =
                        text::finding(finding, lang, &|style, text| output.paint(style, text));
                    output.line(&line)?;
                }
                if hidden > 0 {
                    let more = text::grouped(hidden);
                    output.line(more_of(&more).get(lang))?;
                }
                if self.several {
                    let total = account.total();
                    output.line(&format!(
                        "{}{}{}\n",
                        text::account(&total, lang),
                        lang.pick("；", "; "),
                        text::tally(std::slice::from_ref(&account), lang)
                    ))?;
                }
                findings.clear();
            }
            Format::Json => {}
            Format::Ndjson => {
                for finding in &findings {
                    write_json(
                        output,
                        &json::Finding::new(finding, Some(&account.file)),
                        false,
                    )?;
                }
                findings.clear();
            }
            Format::Csv => {
                for finding in &findings {
                    write_row(
                        output,
                        delimited::row(&account.file, finding, lang)
                            .each_ref()
                            .map(String::as_str),
                    )?;
                }
                findings.clear();
            }
        }
        self.files.push((account, findings));
        Ok(())
    }

    /// Prints the account of everything.
    pub fn end(self, output: &mut Output) -> Result<Vec<Account>, Failure> {
        let accounts: Vec<Account> = self
            .files
            .iter()
            .map(|(account, _)| account.clone())
            .collect();
        let total = accounts
            .iter()
            .fold(SheetAccount::default(), |sum, account| {
                sum.plus(&account.total())
            });
        let lang = output.lang();
        match self.format {
            Format::Text => {
                let table =
                    text::by_rule(&accounts, lang, &|style, text| output.paint(style, text));
                if !table.is_empty() {
                    output.line(&format!("\n{}", table.trim_end()))?;
                }
                output.line(&format!(
                    "{}\n{}",
                    text::tally(&accounts, lang),
                    text::account(&total, lang)
                ))?;
            }
            Format::Json => {
                let report = json::report(&self.files, &total, self.codebook, self.on);
                let pretty = output.is_terminal();
                write_json(output, &report, pretty)?;
            }
            Format::Ndjson => {
                let report = json::report(&self.files, &total, self.codebook, self.on);
                write_json(output, &json::End::new(report), false)?;
            }
            Format::Csv => {
                output.note(&Text::of(|lang| text::tally(&accounts, lang)));
                output.note(&Text::of(|lang| text::account(&total, lang)));
            }
        }
        Ok(accounts)
    }
}

/// What is said of findings that are counted and not printed.
pub fn more_of(count: &str) -> Text {
    Text::new(
        format!("……还有 {count} 条未显示；--max-errors 0 显示全部"),
        format!("… and {count} more; --max-errors 0 prints all"),
    )
}

pub fn write_json(
    output: &mut Output,
    value: &impl serde::Serialize,
    pretty: bool,
) -> Result<(), Failure> {
    let written = if pretty {
        serde_json::to_writer_pretty(output.stdout(), value)
    } else {
        serde_json::to_writer(output.stdout(), value)
    };
    written.map_err(std::io::Error::from)?;
    Ok(output.stdout().write_all(b"\n")?)
}

/// One row of CSV on stdout, guarded like every cell that a spreadsheet may open.
pub fn write_row<'t>(
    output: &mut Output,
    row: impl IntoIterator<Item = &'t str>,
) -> Result<(), Failure> {
    let options = CsvOptions {
        encoding: TextEncoding::Utf8,
        ..CsvOptions::default()
    };
    let mut row = row.into_iter();
    let written = CsvWriter::new(output.stdout(), &options).and_then(|mut writer| {
        writer.write_row(&mut row)?;
        Box::new(writer).finish()
    });
    written.map_err(|error| match error {
        TableError::Io(error) => Failure::from(error),
        error => Failure::table("-", error),
    })
}
