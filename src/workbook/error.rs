//! Why a workbook cannot be changed in place.

use std::io;

use crate::lang::{Lang, Text};
use crate::row::Place;
use crate::table::TableError;

/// Why a workbook cannot be changed in place.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkbookError {
    /// The file cannot be read or the result not be written.
    #[error("{}", .0.message().en)]
    Table(#[from] TableError),
    /// The package is not built as an XLSX workbook is: what a reader can make of it may still be readable.
    #[error("not a workbook that can be changed in place: {0}")]
    Structure(String),
    /// The workbook has no sheet of this name, or the place is no cell of a sheet.
    #[error("no such cell: {0}")]
    NoCell(Place),
    /// A text is longer than a cell can be.
    #[error("text too long for {0}")]
    TooLong(Place),
}

impl WorkbookError {
    /// The same in both languages.
    #[must_use]
    pub fn message(&self) -> Text {
        match self {
            Self::Table(error) => error.message(),
            Self::Structure(detail) => Text::new(
                format!(
                    "这个工作簿不能原样修改（{detail}）；请在 Excel 或 WPS 中另存为 .xlsx 后再试"
                ),
                format!(
                    "this workbook cannot be changed in place ({detail}); save it anew as .xlsx in Excel or WPS, then try again"
                ),
            ),
            Self::NoCell(place) => Text::new(
                format!("工作簿中没有 {place} 这一格"),
                format!("the workbook has no cell {place}"),
            ),
            Self::TooLong(place) => Text::new(
                format!("{place}：文字超过一格能放的 32,767 个字符"),
                format!("{place}: the text is longer than the 32,767 characters a cell can hold"),
            ),
        }
    }

    /// The message in one language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        self.message().get(lang).to_owned()
    }
}

impl From<io::Error> for WorkbookError {
    fn from(error: io::Error) -> Self {
        Self::Table(TableError::Io(error))
    }
}

impl From<zip::result::ZipError> for WorkbookError {
    fn from(error: zip::result::ZipError) -> Self {
        match error {
            zip::result::ZipError::Io(error) => Self::from(error),
            other => Self::Structure(format!("zip: {other}")),
        }
    }
}

impl From<quick_xml::Error> for WorkbookError {
    fn from(error: quick_xml::Error) -> Self {
        // Its message may repeat the content of a cell.
        let whole = format!("{error:?}");
        let variant = whole
            .split(|sign: char| !sign.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        Self::Structure(format!("XML: {variant}"))
    }
}
