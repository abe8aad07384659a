//! What is different between two lists for machines; `docs/diff.schema.json` says what every member means.

use jiff::civil::Date;
use serde::Serialize;

use super::json::Sums;
use crate::census::diff::{Change, Diff, Kind, Listed, State, Total};
use crate::code::{Flags, ResidentLetter, TenureLetter};
use crate::codebook::Codebook;
use crate::lang::Text;

/// The version of the shape. It rises when a member goes or changes its meaning, not when one is added.
pub const VERSION: u32 = 1;

/// The whole comparison.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    version: u32,
    program: &'static str,
    on: String,
    codebook: &'a str,
    inferred: bool,
    old: List<'a>,
    new: List<'a>,
    same: u64,
    total: Sum,
    grids: Vec<Named>,
    buildings: Vec<Named>,
    changes: Vec<Changed<'a>>,
    changes_not_shown: u64,
    notes: &'a [Text],
}

#[derive(Debug, Serialize)]
struct List<'a> {
    file: &'a str,
    notes: &'a [Text],
    sheets: Vec<Sums<'a>>,
    compared: u64,
    repeated: u64,
    unnamed: u64,
}

#[derive(Debug, Serialize)]
struct Sum {
    households: u64,
    residents_more: i64,
    kinds: Vec<Count>,
}

#[derive(Debug, Serialize)]
struct Count {
    kind: &'static str,
    label: Text,
    households: u64,
}

#[derive(Debug, Serialize)]
struct Named {
    name: Option<String>,
    #[serde(flatten)]
    sum: Sum,
}

#[derive(Debug, Serialize)]
struct Changed<'a> {
    household: Option<String>,
    old_household: Option<String>,
    grid: Option<&'a str>,
    kinds: Vec<&'static str>,
    flags_come: Vec<u8>,
    flags_gone: Vec<u8>,
    old: Option<Side<'a>>,
    new: Option<Side<'a>>,
}

#[derive(Debug, Serialize)]
struct Side<'a> {
    sheet: Option<&'a str>,
    row: u64,
    code: Option<String>,
    written_code: Option<String>,
    resident: Option<char>,
    tenure: Option<char>,
    flags: Vec<u8>,
    residents: Option<u16>,
}

impl<'a> Report<'a> {
    /// Puts a report together, with so many changes at most.
    #[must_use]
    pub fn new(diff: &'a Diff, codebook: &'a Codebook, on: Date, most: Option<usize>) -> Self {
        let shown = most.unwrap_or(diff.changes.len());
        let changes: Vec<_> = diff.changes.iter().take(shown).map(household).collect();
        let named = |(name, total): (Option<String>, Total)| Named {
            name,
            sum: sum(&total),
        };
        let buildings = diff.by_building().into_iter();
        let buildings = buildings.map(|(key, total)| (key.map(|key| key.to_string()), total));
        Self {
            version: VERSION,
            program: concat!("gridcode ", env!("CARGO_PKG_VERSION")),
            on: on.to_string(),
            codebook: codebook.name(),
            inferred: codebook.is_inferred(),
            old: list(&diff.old),
            new: list(&diff.new),
            same: diff.same,
            total: sum(&diff.total()),
            grids: diff.by_grid().into_iter().map(named).collect(),
            buildings: buildings.map(named).collect(),
            changes_not_shown: (diff.changes.len() - changes.len()) as u64,
            changes,
            notes: &diff.notes,
        }
    }
}

fn list(listed: &Listed) -> List<'_> {
    List {
        file: &listed.account.file,
        notes: &listed.account.notes,
        sheets: listed.account.sheets.iter().map(Sums::new).collect(),
        compared: listed.compared,
        repeated: listed.repeated,
        unnamed: listed.unnamed,
    }
}

fn sum(total: &Total) -> Sum {
    let counts = total.iter().map(|(kind, households)| Count {
        kind: kind.key(),
        label: Text::of(|lang| kind.label(lang)),
        households,
    });
    Sum {
        households: total.households,
        residents_more: total.residents_more,
        kinds: counts.collect(),
    }
}

fn household(change: &Change) -> Changed<'_> {
    Changed {
        household: change.key.as_ref().map(ToString::to_string),
        old_household: change.old_key.as_ref().map(ToString::to_string),
        grid: change.grid.as_deref(),
        kinds: change.kinds.iter().map(Kind::key).collect(),
        flags_come: digits(change.flags_come()),
        flags_gone: digits(change.flags_gone()),
        old: change.old.as_ref().map(side),
        new: change.new.as_ref().map(side),
    }
}

fn side(state: &State) -> Side<'_> {
    Side {
        sheet: state.place.sheet.as_deref(),
        row: state.place.row,
        code: state.code.map(|code| code.to_string()),
        written_code: state.written.map(|code| code.to_string()),
        resident: state.resident.map(ResidentLetter::as_char),
        tenure: state.tenure.map(TenureLetter::as_char),
        flags: digits(state.flags),
        residents: state.residents,
    }
}

fn digits(flags: Flags) -> Vec<u8> {
    flags.iter().collect()
}
