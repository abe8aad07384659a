//! A sheet of a division: buildings with positions, pairs, limits.

use super::SurveyError;
use super::finding::{Finding, Kind, Sink};
use super::header::Column;
use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::row::{Place, Row};
use crate::table::{self, ReadOptions, Source};

pub(super) type Sheet = table::Sheet<Column>;

pub(super) type Wanted<'w> = table::Wanted<'w, Column>;

impl Sheet {
    /// Reads the first sheet of a file that has the headers; `None` where none has. Further ones that have them are
    /// named.
    pub(super) fn find(
        source: &Source,
        read: &ReadOptions,
        wanted: &Wanted<'_>,
        findings: &mut Sink<'_>,
    ) -> Result<Option<Self>, SurveyError> {
        let sheets = Self::all(source, read, wanted, usize::MAX)
            .map_err(|error| SurveyError::table(source.name(), error))?;
        let mut sheets = sheets.into_iter();
        let first = sheets.next();
        for other in sheets.filter(|other| !other.lines.is_empty()) {
            findings(other.not_read(first.as_ref()));
        }
        if let Some(sheet) = &first {
            for again in &sheet.again {
                findings(sheet.column_not_read(*again));
            }
        }
        Ok(first)
    }

    fn not_read(&self, first: Option<&Self>) -> Finding {
        let called = |sheet: &Self| sheet.name.as_deref().unwrap_or_default().to_owned();
        let (own, first) = (called(self), first.map(called).unwrap_or_default());
        let rows = self.lines.len();
        Finding {
            kind: Kind::OtherSheet,
            severity: Severity::Error,
            file: self.file.clone(),
            place: Place::default(),
            message: Text::new(
                format!("工作表“{own}”也有同样的表头和 {rows} 行内容，没有读取：只读了“{first}”"),
                format!(
                    "the sheet \"{own}\" has the same headers and {rows} rows, and was not read: only \"{first}\" was"
                ),
            ),
            advice: Text::fixed(
                "请把几个工作表合成一个；不需要的请移到别的文件",
                "put the sheets into one; move what is not wanted to another file",
            ),
        }
    }

    fn column_not_read(&self, (column, at): (Column, usize)) -> Finding {
        let own = self.headers.get(at).trim();
        let read = self.place(&self.headers, self.at(column));
        Finding {
            kind: Kind::OtherColumn,
            severity: Severity::Warning,
            file: self.file.clone(),
            place: self.place(&self.headers, Some(at)),
            message: Text::new(
                format!("“{own}”与 {read} 是同一种列，没有读取：只读了 {read} 那一列"),
                format!(
                    "\"{own}\" means the same as {read} and was not read: only the column of {read} was"
                ),
            ),
            advice: Text::fixed(
                "请改列名，或删去不用的一列",
                "give the columns different headers, or remove the one that is not wanted",
            ),
        }
    }

    /// As [`find`](Self::find), where there has to be one.
    pub(super) fn read(
        source: &Source,
        read: &ReadOptions,
        wanted: &Wanted<'_>,
        findings: &mut Sink<'_>,
    ) -> Result<Self, SurveyError> {
        Self::find(source, read, wanted, findings)?.ok_or_else(|| SurveyError::Headers {
            file: source.name().to_owned(),
            expected: wanted.expected.clone(),
        })
    }

    /// A finding about a cell.
    pub(super) fn finding(
        &self,
        (row, column): (&Row, Column),
        (kind, severity): (Kind, Severity),
        message: Text,
        advice: Text,
    ) -> Finding {
        Finding {
            kind,
            severity,
            file: self.file.clone(),
            place: self.place(row, self.at(column)),
            message,
            advice,
        }
    }
}
