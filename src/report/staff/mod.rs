//! Who answers for what, leaving: a sheet, text, JSON, and the tree of grids that `WeCom` takes.

pub mod found;
pub mod sheet;
pub mod summary;
pub mod wecom;

use serde::Serialize;

use super::text::{Paint, Style};
use crate::diagnostic::Severity;
use crate::lang::{Lang, Text};
use crate::staff::{self, Assignment, Holder, Level};

/// The version of the JSON of this module.
pub const VERSION: u32 = 1;

/// A finding as a line of text.
#[must_use]
pub fn finding(finding: &staff::Finding, lang: Lang, paint: Paint<'_>) -> String {
    let style = match finding.severity {
        Severity::Error => Style::Error,
        Severity::Warning => Style::Warning,
        Severity::Note => Style::Note,
    };
    let place = match (finding.file.as_str(), finding.place.row) {
        ("", _) => String::new(),
        (file, 0) => format!(" {file}"),
        (file, _) => format!(" {file} {}", finding.place),
    };
    let advice = match finding.advice.get(lang) {
        "" => String::new(),
        advice => format!("{}{advice}", lang.pick("；", "; ")),
    };
    format!(
        "{}{}{}{} {}",
        paint(style, finding.severity.label(lang)),
        paint(Style::Place, &place),
        lang.pick("：", ": "),
        paint(
            Style::Plain,
            &format!("{}{advice}", finding.message.get(lang))
        ),
        paint(Style::Dim, &format!("[{}]", finding.kind.key()))
    )
}

/// A finding as JSON.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    kind: &'static str,
    severity: &'static str,
    file: Option<String>,
    sheet: Option<String>,
    cell: Option<String>,
    message: Text,
    advice: Option<Text>,
}

impl Found {
    /// Of a finding.
    #[must_use]
    pub fn of(finding: &staff::Finding) -> Self {
        Self {
            kind: finding.kind.key(),
            severity: finding.severity.key(),
            file: (!finding.file.is_empty()).then(|| finding.file.clone()),
            sheet: finding.place.sheet.as_deref().map(str::to_owned),
            cell: (finding.place.row > 0).then(|| finding.place.name()),
            message: finding.message.clone(),
            advice: (!finding.advice.en.is_empty()).then(|| finding.advice.clone()),
        }
    }
}

/// A person as JSON: by file and cell; with the name and the telephone number only where they are asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Someone {
    level: &'static str,
    title: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    file: String,
    sheet: Option<String>,
    cell: String,
    kept: bool,
    entrances: Vec<String>,
}

/// What may be said of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Personal {
    /// Names of staff.
    pub names: bool,
    /// Telephone numbers of staff.
    pub phones: bool,
}

impl Someone {
    fn of(assignment: &Assignment, level: Level, holder: &Holder, show: Personal) -> Option<Self> {
        let person = assignment.person(holder.person)?;
        Some(Self {
            level: level.key(),
            title: assignment.roles.title(level),
            name: show.names.then(|| person.name().to_owned()),
            phone: person.phone().filter(|_| show.phones).map(str::to_owned),
            file: person.file().to_owned(),
            sheet: person.place().sheet.as_deref().map(str::to_owned),
            cell: person.place().name(),
            kept: holder.is_kept,
            entrances: holder.entrances.iter().map(ToString::to_string).collect(),
        })
    }
}
