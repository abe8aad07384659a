//! Findings on their way to the user, in the format asked for; what is not printed is still counted.

use std::io::Write as _;

use gridcode::Text;
use gridcode::census::{Account, SheetAccount};
use gridcode::codebook::Codebook;
use gridcode::diagnostic::{Diagnostic, Severity};
use gridcode::report::text::{self, Style};
use gridcode::report::{delimited, json};
use gridcode::table::{CsvOptions, CsvWriter, RowWriter as _, TableError, TextEncoding};
use jiff::civil::Date;

use super::document::Document;
use super::gathered::Gathered;
use crate::cli::Format;
use crate::failure::Failure;
use crate::output::Output;

/// How many findings a person reads.
pub const FOR_A_PERSON: usize = 100;

/// Prints the findings of file after file.
pub struct Printer<'a> {
    format: Format,
    /// How many findings are printed; `None` for all.
    limit: Option<usize>,
    codebook: &'a Codebook,
    on: Date,
    several: bool,
    shown: usize,
    begun: bool,
    document: Document,
    files: Vec<Account>,
}

/// The findings of one file.
pub struct OfFile {
    name: String,
    gathered: Gathered,
    /// How many were printed; `None` before the file has been named.
    shown: Option<u64>,
}

impl OfFile {
    /// Takes a finding; `true` where some have to be printed now, as [`Printer::some`] does.
    pub fn push(&mut self, finding: Diagnostic) -> bool {
        self.gathered.push(finding)
    }

    /// As many as will be printed, in order, for whoever prints them elsewhere.
    pub fn in_order(self) -> Vec<Diagnostic> {
        self.gathered.in_order()
    }
}

impl<'a> Printer<'a> {
    /// `limit` 0 prints all; `None` a hundred for a person, all for a machine.
    pub fn new(
        format: Format,
        limit: Option<usize>,
        codebook: &'a Codebook,
        on: Date,
        several: bool,
        output: &Output,
    ) -> Self {
        let limit = match (limit, format) {
            (Some(0), _) | (None, Format::Json | Format::Ndjson | Format::Csv) => None,
            (Some(limit), _) => Some(limit),
            (None, Format::Text) => Some(FOR_A_PERSON),
        };
        Self {
            format,
            limit,
            codebook,
            on,
            several,
            shown: 0,
            begun: false,
            document: Document::new(output.is_terminal()),
            files: Vec::new(),
        }
    }

    /// Begins the next file.
    pub fn file(&self, name: &str) -> OfFile {
        OfFile {
            name: name.to_owned(),
            gathered: Gathered::new(self.limit.map(|limit| limit.saturating_sub(self.shown))),
            shown: None,
        }
    }

    /// Prints those findings of a file that come first, while more are to come.
    pub fn some(&mut self, file: &mut OfFile, output: &mut Output) -> Result<(), Failure> {
        let first = file.gathered.first();
        self.print(file, &first, output)
    }

    /// Prints what is left of a file's findings, and what there is to say of the file.
    pub fn file_end(
        &mut self,
        account: Account,
        mut file: OfFile,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let rest = std::mem::replace(&mut file.gathered, Gathered::new(None)).in_order();
        self.print(&mut file, &rest, output)?;
        let shown = file.shown.unwrap_or(0);
        let lang = output.lang();
        match self.format {
            Format::Text => {
                let all = [Severity::Error, Severity::Warning, Severity::Note]
                    .map(|severity| account.findings(severity));
                let hidden = all.iter().sum::<u64>().saturating_sub(shown);
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
            }
            Format::Json => {
                let end = json::FileEnd::new(&account, shown);
                self.document.file_end(output.stdout(), &end)?;
            }
            Format::Ndjson | Format::Csv => {}
        }
        self.files.push(account);
        Ok(())
    }

    /// Closes a file that could not be read to its end, where findings of it were printed already.
    pub fn file_failed(
        &mut self,
        file: &OfFile,
        why: Text,
        output: &mut Output,
    ) -> Result<(), Failure> {
        if let (Format::Json, Some(shown)) = (self.format, file.shown) {
            let account = Account {
                notes: vec![why],
                ..Account::default()
            };
            let end = json::FileEnd::new(&account, shown);
            self.document.file_end(output.stdout(), &end)?;
        }
        Ok(())
    }

    fn print(
        &mut self,
        file: &mut OfFile,
        findings: &[Diagnostic],
        output: &mut Output,
    ) -> Result<(), Failure> {
        self.begin(output)?;
        let lang = output.lang();
        if file.shown.is_none() {
            match self.format {
                Format::Text if self.several => {
                    let title = output.paint(Style::Title, &file.name);
                    output.line(&title)?;
                }
                Format::Json => {
                    self.document.file(output.stdout(), &file.name)?;
                }
                Format::Text | Format::Ndjson | Format::Csv => {}
            }
        }
        *file.shown.get_or_insert(0) += findings.len() as u64;
        self.shown += findings.len();
        for finding in findings {
            match self.format {
                Format::Text => {
                    let line =
                        text::finding(finding, lang, &|style, text| output.paint(style, text));
                    output.line(&line)?;
                }
                Format::Json => {
                    let finding = json::Finding::new(finding, None);
                    self.document.finding(output.stdout(), &finding)?;
                }
                Format::Ndjson => {
                    write_json(
                        output,
                        &json::Finding::new(finding, Some(&file.name)),
                        false,
                    )?;
                }
                Format::Csv => {
                    let row = delimited::row(&file.name, finding, lang);
                    write_row(output, row.each_ref().map(String::as_str))?;
                }
            }
        }
        Ok(())
    }

    /// Prints what comes before the first finding, once.
    fn begin(&mut self, output: &mut Output) -> Result<(), Failure> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        match self.format {
            Format::Text | Format::Ndjson => Ok(()),
            Format::Json => {
                let head = json::Head::new(self.codebook, self.on);
                Ok(self.document.begin(output.stdout(), &head)?)
            }
            Format::Csv => {
                // Into a file it goes to be opened in Excel, which takes text without the mark for GBK.
                if !output.is_terminal() {
                    output.print("\u{feff}")?;
                }
                write_row(output, delimited::header(output.lang()))
            }
        }
    }

    /// Prints the account of everything.
    pub fn end(mut self, output: &mut Output) -> Result<Vec<Account>, Failure> {
        self.begin(output)?;
        let total = self
            .files
            .iter()
            .fold(SheetAccount::default(), |sum, account| {
                sum.plus(&account.total())
            });
        let lang = output.lang();
        match self.format {
            Format::Text => {
                let table =
                    text::by_rule(&self.files, lang, &|style, text| output.paint(style, text));
                if !table.is_empty() {
                    output.line(&format!("\n{}", table.trim_end()))?;
                }
                output.line(&format!(
                    "{}\n{}",
                    text::tally(&self.files, lang),
                    text::account(&total, lang)
                ))?;
            }
            Format::Json => {
                let end = json::ReportEnd::new(self.files.iter(), &total);
                self.document.end(output.stdout(), &end)?;
            }
            Format::Ndjson => {
                // The findings came before.
                let files: Vec<(Account, Vec<Diagnostic>)> = self
                    .files
                    .into_iter()
                    .map(|account| (account, Vec::new()))
                    .collect();
                let report = json::report(&files, &total, self.codebook, self.on);
                write_json(output, &json::End::new(report), false)?;
                return Ok(files.into_iter().map(|(account, _)| account).collect());
            }
            Format::Csv => {
                output.note(&Text::of(|lang| text::tally(&self.files, lang)));
                output.note(&Text::of(|lang| text::account(&total, lang)));
            }
        }
        Ok(self.files)
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
