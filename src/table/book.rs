//! `Book`: an opened file of any format, and its sheets.

use std::io::Read;
use std::sync::Arc;

use super::dialect::Dialect;
use super::kind::{self, Kind};
#[cfg(feature = "excel")]
use super::remembered::Remembered;
#[cfg(feature = "excel")]
use super::spreadsheet::Workbook;
use super::text::{TextBook, unsupported};
use super::{Remedy, Rows, Source, TableError};
use crate::lang::Text;

/// How to read a file, where it is not to be found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The encoding of a text file by any of its usual names; found by rule when absent. `gbk` means GB18030.
    pub encoding: Option<String>,
    /// The delimiter of a text file; found when absent.
    pub delimiter: Option<char>,
    /// Whether the `'` that guards a text cell against formulas is kept as it stands in the file.
    pub raw: bool,
    /// What notes about the file tell their reader to do.
    pub remedy: Remedy,
}

/// The format of a file, told from its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Delimited text: CSV and its relatives.
    Text,
    /// Office Open XML.
    Xlsx,
    /// The binary form of XLSX.
    Xlsb,
    /// The older binary format, as WPS and Excel up to 2003 write it.
    Xls,
    /// The format of `LibreOffice`.
    Ods,
}

/// What can be said of a sheet before its rows are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetInfo {
    /// The name on the sheet's tab; `None` for a text file.
    pub name: Option<Arc<str>>,
    /// Whether a user of the workbook sees the sheet.
    pub visible: bool,
    /// Whether this program added the sheet to a workbook that it marked: it holds nothing of the user's own.
    pub own: bool,
}

/// An opened file.
///
/// ```
/// use gridcode::row::Row;
/// use gridcode::table::{Book, ReadOptions, Source};
///
/// let source = Source::bytes("list.csv", "楼栋,网格编码\n3栋,803Aa7\n".into());
/// let mut book = Book::open(&source, &ReadOptions::default())?;
/// let mut rows = book.rows(0)?;
/// let mut row = Row::default();
/// while rows.next_row(&mut row)? {
///     if row.number() == 2 {
///         assert_eq!(row.get(1), "803Aa7");
///     }
/// }
/// # Ok::<(), gridcode::table::TableError>(())
/// ```
#[derive(Debug)]
pub struct Book {
    content: Content,
    sheets: Vec<SheetInfo>,
}

#[derive(Debug)]
enum Content {
    Text(Box<TextBook>),
    #[cfg(feature = "excel")]
    Workbook(Box<Workbook>),
    #[cfg(feature = "excel")]
    Remembered(Box<Remembered>),
}

impl Book {
    /// Finds out what the file is and opens it.
    ///
    /// # Errors
    /// When the file cannot be read, is empty, is no table, is damaged or protected, or is text in no known encoding.
    pub fn open(source: &Source, options: &ReadOptions) -> Result<Self, TableError> {
        let source = source.settled()?;
        let mut head = Vec::new();
        source
            .open()?
            .take(4096)
            .read_to_end(&mut head)
            .map_err(|error| source.broke(error, false))?;
        if head.is_empty() {
            return Err(TableError::Empty {
                name: source.name().to_owned(),
            });
        }
        match kind::of(&head) {
            Kind::Other(what, advice) => Err(unsupported(&source, what, advice)),
            Kind::Text => {
                let text = TextBook::open(&source, options)?;
                Ok(Self {
                    content: Content::Text(Box::new(text)),
                    sheets: vec![SheetInfo {
                        name: None,
                        visible: true,
                        own: false,
                    }],
                })
            }
            #[cfg(feature = "excel")]
            kind @ (Kind::Zip | Kind::Compound) => {
                if let Some(memory) = source.memory() {
                    let book = Remembered::open(&source, kind, memory)?;
                    return Ok(Self {
                        sheets: book.sheets.clone(),
                        content: Content::Remembered(Box::new(book)),
                    });
                }
                let workbook = Workbook::open(&source, &kind)?;
                Ok(Self {
                    sheets: workbook.sheets(),
                    content: Content::Workbook(Box::new(workbook)),
                })
            }
            #[cfg(not(feature = "excel"))]
            Kind::Zip | Kind::Compound => Err(TableError::WithoutWorkbooks {
                name: source.name().to_owned(),
            }),
        }
    }

    /// The sheets in the order of their tabs, hidden ones included; a text file has one without a name.
    #[must_use]
    pub fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    /// The rows of a sheet, from its first; may be called again and again.
    ///
    /// # Errors
    /// When there is no such sheet or it cannot be read.
    pub fn rows(&mut self, index: usize) -> Result<Box<dyn Rows + '_>, TableError> {
        let count = self.sheets.len();
        if index >= count {
            return Err(TableError::NoSheet { index, count });
        }
        match &mut self.content {
            Content::Text(text) => Ok(Box::new(text.rows()?)),
            #[cfg(feature = "excel")]
            Content::Workbook(workbook) => workbook.rows(index),
            #[cfg(feature = "excel")]
            Content::Remembered(book) => book.rows(index),
        }
    }

    /// The format of the file.
    #[must_use]
    pub fn format(&self) -> Format {
        match &self.content {
            Content::Text(_) => Format::Text,
            #[cfg(feature = "excel")]
            Content::Workbook(workbook) => workbook.format(),
            #[cfg(feature = "excel")]
            Content::Remembered(book) => book.format,
        }
    }

    /// Encoding, delimiter and line end of a text file, so that another can be written like it.
    #[must_use]
    pub fn dialect(&self) -> Option<&Dialect> {
        match &self.content {
            Content::Text(text) => Some(&text.dialect),
            #[cfg(feature = "excel")]
            Content::Workbook(_) | Content::Remembered(_) => None,
        }
    }

    /// What was decided about the file without being asked: one line each.
    #[must_use]
    pub fn notes(&self) -> &[Text] {
        match &self.content {
            Content::Text(text) => &text.notes,
            #[cfg(feature = "excel")]
            Content::Workbook(_) | Content::Remembered(_) => &[],
        }
    }
}
