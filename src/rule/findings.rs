//! Where rules put what they find: the place is filled in, personal values are kept back.

use std::ops::Range;
use std::sync::Arc;

use super::{Info, Settings};
use crate::code::Confidence;
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::household::{BirthFault, Entry};
use crate::lang::Text;
use crate::row::{Columns, Field, Place, has_long_number, is_han, looks_like_name};

/// What a rule says about a cell.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The wrong part, as byte offsets into the cell's text.
    pub span: Option<(u32, u32)>,
    /// What is wrong, understandable alone.
    pub message: Text,
    /// What to do about it.
    pub advice: Text,
    /// What to write instead.
    pub fix: Option<Fix>,
    /// The number of another row that it speaks of.
    pub other_row: Option<u64>,
}

impl Said {
    /// A message and what to do about it.
    #[must_use]
    pub fn new(message: Text, advice: Text) -> Self {
        Self {
            message,
            advice,
            ..Self::default()
        }
    }

    /// With the wrong part, in bytes of the cell's text.
    #[must_use]
    pub(super) fn at(mut self, span: &Range<usize>) -> Self {
        self.span = u32::try_from(span.start)
            .ok()
            .zip(u32::try_from(span.end).ok());
        self
    }

    /// With the text to write instead.
    #[must_use]
    pub(super) fn fix(mut self, text: &impl ToString, confidence: Confidence) -> Self {
        self.fix = Some(Fix {
            text: text.to_string(),
            confidence,
        });
        self
    }

    /// About another row, too.
    #[must_use]
    pub(super) fn with_row(mut self, row: u64) -> Self {
        self.other_row = Some(row);
        self
    }
}

/// Collects findings for one sheet and hands each on at once.
pub struct Findings<'s> {
    sheet: Option<Arc<str>>,
    settings: &'s Settings,
    sink: &'s mut dyn FnMut(Diagnostic),
    worst: Option<Severity>,
}

impl std::fmt::Debug for Findings<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Findings")
            .field("sheet", &self.sheet)
            .field("worst", &self.worst)
            .finish_non_exhaustive()
    }
}

impl<'s> Findings<'s> {
    /// Findings of a sheet (`None` for a file without sheets) go to `sink`.
    pub fn new(
        sheet: Option<Arc<str>>,
        settings: &'s Settings,
        sink: &'s mut dyn FnMut(Diagnostic),
    ) -> Self {
        Self {
            sheet,
            settings,
            sink,
            worst: None,
        }
    }

    /// Whether every code of the list is about to be replaced, so that the one it has excuses nothing.
    pub(super) fn renews_codes(&self) -> bool {
        self.settings.renews_codes
    }

    /// The worst severity since this was last asked.
    pub fn take_worst(&mut self) -> Option<Severity> {
        self.worst.take()
    }

    /// Reports something about the cell of a field, or about the whole row where the list has no such column.
    ///
    /// A cell that only repeats the one above it is passed over: that one has been reported.
    pub fn cell(&mut self, info: &'static Info, entry: &Entry<'_>, field: Field, said: Said) {
        if entry.kind(field).is_copy() {
            return;
        }
        let value = self.shown(entry, field);
        self.put(
            info,
            entry.row.number(),
            entry.record,
            entry.columns.of(field),
            Some(field),
            value,
            said,
        );
    }

    /// Reports something about the cell in a column that has no field.
    pub fn column(&mut self, info: &'static Info, entry: &Entry<'_>, column: usize, said: Said) {
        self.put(
            info,
            entry.row.number(),
            entry.record,
            Some(column),
            None,
            None,
            said,
        );
    }

    /// Reports something about a whole row.
    pub fn row(&mut self, info: &'static Info, entry: &Entry<'_>, said: Said) {
        self.put(
            info,
            entry.row.number(),
            entry.record,
            None,
            None,
            None,
            said,
        );
    }

    /// Reports something about a household, at a row and field of it.
    pub fn household(
        &mut self,
        info: &'static Info,
        columns: &Columns,
        at: (u64, u64),
        field: Field,
        said: Said,
    ) {
        let (row, record) = at;
        self.put(
            info,
            row,
            record,
            columns.of(field),
            Some(field),
            None,
            said,
        );
    }

    /// The text of a cell, where it may be shown: shortened, and `None` for what may tell who somebody is.
    #[must_use]
    pub fn shown(&self, entry: &Entry<'_>, field: Field) -> Option<String> {
        let text = entry.raw(field);
        let hidden = field.is_personal()
            || entry.ragged
            || is_shifted(entry)
            || looks_personal(field, text, entry);
        (!text.is_empty() && (self.settings.show_values || !hidden)).then(|| shortened(text))
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the one place where all of a finding comes together"
    )]
    fn put(
        &mut self,
        info: &'static Info,
        row: u64,
        record: u64,
        column: Option<usize>,
        field: Option<Field>,
        value: Option<String>,
        said: Said,
    ) {
        let Some(severity) = self.settings.severity(info) else {
            return;
        };
        self.worst = self.worst.max(Some(severity));
        let place = Place {
            sheet: self.sheet.clone(),
            row,
            column,
        };
        let Said {
            span,
            message,
            advice,
            fix,
            other_row,
        } = said;
        (self.sink)(Diagnostic {
            rule: info.name,
            severity,
            place,
            record,
            field,
            span,
            value,
            message,
            advice,
            fix,
            other_row,
        });
    }
}

/// Whether what tells persons apart stands in the wrong column, so that a name may stand anywhere.
fn is_shifted(entry: &Entry<'_>) -> bool {
    let has_han = |field| {
        entry
            .text(field)
            .is_some_and(|text| text.chars().any(is_han))
    };
    let is_number = |field| {
        entry
            .text(field)
            .is_some_and(|text| text.len() > 3 && text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is_sex = |field| matches!(entry.text(field), Some("男" | "女"));
    let misread = matches!(entry.birth, Some(Err(BirthFault::Unreadable)))
        || matches!(entry.residents, Some(Err(())));
    misread
        || [Field::IdNumber, Field::HeadId, Field::Phone]
            .into_iter()
            .any(has_han)
        || [Field::Name, Field::HeadName]
            .into_iter()
            .any(|field| is_number(field) || is_sex(field))
}

/// A value in the wrong column may still be somebody's name or number.
fn looks_personal(field: Field, text: &str, entry: &Entry<'_>) -> bool {
    let of_person = Field::ALL
        .iter()
        .filter(|field| field.is_personal())
        .any(|field| {
            let personal = entry.raw(*field).trim();
            !personal.is_empty() && text.contains(personal)
        });
    // Where a number belongs, Chinese words without any are most likely a name.
    let number_expected = matches!(
        field,
        Field::GridCode
            | Field::Unit
            | Field::Entrance
            | Field::Floor
            | Field::Age
            | Field::Residents
    );
    let only_words =
        text.chars().filter(|c| is_han(*c)).count() > 1 && !text.chars().any(char::is_numeric);
    has_long_number(text) || looks_like_name(text) || of_person || number_expected && only_words
}

/// Longest text that a report repeats.
const SHOWN_CHARACTERS: usize = 60;

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
