//! A sheet of a division: buildings with positions, pairs, limits.

use super::SurveyError;
use super::finding::{Finding, Kind};
use super::header::Column;
use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::row::Row;
use crate::table::{self, ReadOptions, Source};

pub(super) type Sheet = table::Sheet<Column>;

pub(super) type Wanted<'w> = table::Wanted<'w, Column>;

impl Sheet {
    /// Reads the first sheet of a file that has the headers; `None` where none has.
    pub(super) fn find(
        source: &Source,
        read: &ReadOptions,
        wanted: &Wanted<'_>,
    ) -> Result<Option<Self>, SurveyError> {
        let mut sheets = Self::all(source, read, wanted, 1)
            .map_err(|error| SurveyError::table(source.name(), error))?;
        Ok(sheets.pop())
    }

    /// As [`find`](Self::find), where there has to be one.
    pub(super) fn read(
        source: &Source,
        read: &ReadOptions,
        wanted: &Wanted<'_>,
    ) -> Result<Self, SurveyError> {
        Self::find(source, read, wanted)?.ok_or_else(|| SurveyError::Headers {
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
