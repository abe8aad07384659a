//! The user's own workbook, marked: wrong cells coloured and commented, columns to filter by, a summary, the rows to correct.

mod columns;
mod convert;
mod cut;
mod failed;
mod name;
mod notes;
mod summary;
mod words;

use std::io::Write;

use crate::census::{Account, Options, check};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{Lang, Text};
use crate::row::Place;
use crate::table::{Book, Format, Output, ReadOptions, Source, TableError};
use crate::workbook::{Mark, Tint, Workbook, WorkbookError};

pub use name::{is_target, named};

/// A list that has been checked, and what was found.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The list.
    pub source: &'a Source,
    /// How it was read and judged.
    pub options: &'a Options<'a>,
    /// What became of its rows.
    pub account: &'a Account,
    /// What was found, in any order.
    pub findings: &'a [Diagnostic],
    /// The language of comments, columns and sheets.
    pub lang: Lang,
}

impl Checked<'_> {
    /// Writes the marked workbook, and gives what is to be told about it: what could not be kept or done.
    ///
    /// An XLSX workbook is changed in place: what is not marked stays byte for byte. A list of any other format becomes
    /// an XLSX workbook of text cells first. Marks of an earlier check are taken away; marking twice is marking once.
    ///
    /// # Errors
    /// When the list cannot be read again, or the target not be written.
    ///
    /// ```
    /// use gridcode::Lang;
    /// use gridcode::census::{Options, check};
    /// use gridcode::codebook::Codebook;
    /// use gridcode::report::marked::Checked;
    /// use gridcode::table::Source;
    ///
    /// let source = Source::bytes("住户.csv", "楼栋,房号,网格编码\n3栋,803,803Aa8\n3栋,804,804Ca\n".into());
    /// let options = Options::new(Codebook::shushan(), jiff::civil::date(2026, 11, 1));
    /// let mut findings = Vec::new();
    /// let account = check(&source, &options, &mut |finding| findings.push(finding))?;
    /// let checked = Checked { source: &source, options: &options, account: &account, findings: &findings, lang: Lang::Zh };
    /// let mut workbook = Vec::new();
    /// let told = checked.write(&mut workbook)?;
    /// assert!(told[0].zh.contains("文本"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write(&self, target: &mut dyn Write) -> Result<Vec<Text>, WorkbookError> {
        let format = Book::open(self.source, &self.options.read)?.format();
        let mut told = Vec::new();
        if format == Format::Xlsx {
            match self.mark(self.source, &[]) {
                Ok((bytes, notes)) => {
                    target.write_all(&bytes)?;
                    return Ok(notes);
                }
                // What a reader can make of the file is still there.
                Err(WorkbookError::Structure(detail)) => {
                    told.push(notes::rewritten(Some(&detail), format));
                }
                Err(error) => return Err(error),
            }
        } else {
            told.push(notes::rewritten(None, format));
        }
        let converted = convert::convert(self)?;
        told.extend(notes::cut(&converted.cut));
        let source = Source::bytes(self.source.name(), converted.bytes);
        let (bytes, notes) = self.mark(&source, &converted.hidden)?;
        target.write_all(&bytes)?;
        told.extend(notes);
        Ok(told)
    }

    fn mark(
        &self,
        workbook: &Source,
        hidden: &[String],
    ) -> Result<(Vec<u8>, Vec<Text>), WorkbookError> {
        let mut book = Workbook::open(workbook)?;
        let was_marked = book.is_marked();
        book.remove_marks();
        for sheet in hidden {
            book.hide_sheet(sheet);
        }
        let mut findings: Vec<&Diagnostic> = self.findings.iter().collect();
        findings.sort_by(|a, b| a.place.cmp(&b.place).then(b.severity.cmp(&a.severity)));
        for of_cell in findings.chunk_by(|a, b| a.place == b.place) {
            let Some(first) = of_cell.first().filter(|first| first.place.column.is_some()) else {
                continue;
            };
            let worst = of_cell.iter().map(|finding| finding.severity).max();
            let mark = Mark {
                tint: tint(worst.unwrap_or(first.severity)),
                note: words::note(of_cell, self.lang),
            };
            book.mark(&first.place, mark)?;
        }
        let only = book.sheets().next().unwrap_or_default().to_owned();
        for (sheet, columns) in columns::of(self.account, &findings, self.lang) {
            book.add_columns(sheet.as_deref().unwrap_or(&only), columns)?;
        }
        book.add_sheet(summary::sheet(self, &findings, &only));
        for sheet in failed::sheets(self, &findings)? {
            book.add_sheet(sheet);
        }
        let mut bytes = Vec::new();
        let saved = book.save(&mut bytes)?;
        Ok((bytes, notes::told(&saved, was_marked)))
    }
}

/// The colour of a finding.
pub(crate) fn tint(severity: Severity) -> Tint {
    match severity {
        Severity::Error => Tint::Red,
        Severity::Warning => Tint::Yellow,
        Severity::Note => Tint::Blue,
    }
}

/// A list checked and its marked workbook written, in one go.
#[derive(Clone, Debug)]
pub struct Marked {
    /// What became of the rows, and what was found.
    pub account: Account,
    /// What is to be told about the workbook: what could not be kept or done.
    pub told: Vec<Text>,
}

/// Checks a list and writes its marked workbook to a path, whole or not at all; each finding goes to `sink` as well.
///
/// # Errors
/// When the list cannot be read or holds no household table, when the path is the list itself, or cannot be written.
///
/// ```no_run
/// use gridcode::Lang;
/// use gridcode::census::Options;
/// use gridcode::codebook::Codebook;
/// use gridcode::report::marked::check_to;
/// use gridcode::table::Source;
///
/// let source = Source::path("fixtures/examples/households.csv");
/// let options = Options::new(Codebook::shushan(), jiff::civil::date(2026, 11, 1));
/// let target = std::path::Path::new("households_checked.xlsx");
/// let marked = check_to(&source, &options, Lang::En, target, &mut |_| {})?;
/// assert_eq!(marked.account.total().with_errors, 5);
/// assert!(target.exists());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check_to(
    source: &Source,
    options: &Options<'_>,
    lang: Lang,
    target: &std::path::Path,
    sink: &mut dyn FnMut(&Diagnostic),
) -> Result<Marked, WorkbookError> {
    let mut file = Output::create(target, &[source])?;
    let mut findings = Vec::new();
    let account = check(source, options, &mut |finding| {
        sink(&finding);
        findings.push(finding);
    })?;
    let checked = Checked {
        source,
        options,
        account: &account,
        findings: &findings,
        lang,
    };
    let told = checked.write(&mut file)?;
    file.commit()?;
    Ok(Marked { account, told })
}

/// Whether a workbook holds macros, so that its marked copy has to be named `.xlsm`.
///
/// # Errors
/// When the file cannot be read.
pub fn has_macros(source: &Source, read: &ReadOptions) -> Result<bool, TableError> {
    if Book::open(source, read)?.format() != Format::Xlsx {
        return Ok(false);
    }
    Ok(Workbook::open(source)
        .and_then(|mut book| book.has_macros())
        .unwrap_or(false))
}

/// The place as a link: a sheet that has no name in the list has one in the workbook.
fn linked(place: &Place, only: &str) -> Place {
    Place {
        sheet: place.sheet.clone().or_else(|| Some(only.into())),
        ..place.clone()
    }
}
