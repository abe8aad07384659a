//! The findings of one file, put in order from top to bottom before they are printed; never many of them at once.

use std::sync::Arc;

use gridcode::diagnostic::Diagnostic;

/// The findings of one file on their way: never many more than will be printed, and never many more than a few
/// thousand.
pub struct Gathered {
    /// How many will be printed; those beyond are let go.
    room: Option<usize>,
    findings: Vec<Diagnostic>,
    /// The sheets met so far, in their order.
    sheets: Vec<Option<Arc<str>>>,
}

/// So many more than have room are kept before those that come last are let go; and so many are put in order together
/// where all are printed.
const BEYOND: usize = 4_096;

impl Gathered {
    /// With room for so many; `None` for all.
    pub fn new(room: Option<usize>) -> Self {
        Self {
            room,
            findings: Vec::new(),
            sheets: Vec::new(),
        }
    }

    /// Takes a finding; `true` where some have to be printed now, because all are and there are many.
    pub fn push(&mut self, finding: Diagnostic) -> bool {
        if self.sheets.last() != Some(&finding.place.sheet) {
            self.sheets.push(finding.place.sheet.clone());
        }
        self.findings.push(finding);
        match self.room {
            Some(room) => {
                if self.findings.len() >= room.saturating_mul(2).saturating_add(BEYOND) {
                    self.sort();
                    self.findings.truncate(room);
                }
                false
            }
            None => self.findings.len() >= 2 * BEYOND,
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

    /// The first of them, in order. More of their rows may be to come, so that half of them stay.
    pub fn first(&mut self) -> Vec<Diagnostic> {
        self.sort();
        let rest = self.findings.split_off(BEYOND.min(self.findings.len()));
        std::mem::replace(&mut self.findings, rest)
    }

    /// As many as there is room for, in order.
    pub fn in_order(mut self) -> Vec<Diagnostic> {
        self.sort();
        self.findings.truncate(self.room.unwrap_or(usize::MAX));
        self.findings
    }
}
