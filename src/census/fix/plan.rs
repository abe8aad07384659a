//! Which repairs are to be made: those of the findings, and those that only show when the first are made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::{Account, Options, check};
use super::spread::spread;
use super::{Left, Overlay, Plan, Repair};
use crate::code::Confidence;
use crate::diagnostic::{Diagnostic, Severity};
use crate::household::Level;
use crate::row::{Field, Place};
use crate::table::{Source, TableError};

/// Each round sees what the one before has made readable; a code has no more than a few layers of dirt. What has made two
/// rows one household takes two more to be taken back.
const ROUNDS: usize = 8;

/// Rules that speak of a household as a whole: the code they are about could be read, and may be shown.
pub(super) const OF_HOUSEHOLDS: [&str; 3] = ["code-mismatch", "flag-missing", "flag-stale"];

/// Finds out what can be put right in a list: repairs that are `upto` so trustworthy at most, and what is left.
///
/// The list is checked, then checked again as it will be, until no repair is missing. Repairs that would make two rows the
/// same household are not made, nor those of `sealed` cells, which the caller cannot write, such as formulas.
/// [`Confidence::Never`] is the same as [`Confidence::Suggested`]: what is lost has no repair.
///
/// # Errors
/// When the file cannot be read or holds no household table.
///
/// ```
/// use std::collections::BTreeSet;
/// use gridcode::census::{Options, fix};
/// use gridcode::code::Confidence;
/// use gridcode::codebook::Codebook;
/// use gridcode::table::Source;
/// let list = "楼栋,房号,网格编码\n3栋,803,８０３Aa7\n3栋,804,8O4Aa\n";
/// let options = Options::new(Codebook::shushan(), jiff::civil::date(2026, 11, 1));
/// let source = Source::bytes("list.csv", list.into());
/// let plan = fix::plan(&source, &options, Confidence::Safe, &BTreeSet::new())?;
/// assert_eq!(plan.repairs.len(), 1);
/// assert_eq!((plan.repairs[0].place.to_string().as_str(), plan.repairs[0].after.as_str()), ("C2", "803Aa7"));
/// assert_eq!(plan.left.to_check, 1);
/// # Ok::<(), gridcode::table::TableError>(())
/// ```
pub fn plan(
    source: &Source,
    options: &Options<'_>,
    upto: Confidence,
    sealed: &BTreeSet<Place>,
) -> Result<Plan, TableError> {
    let source = source.settled()?;
    let mut planning = Planning {
        source: &source,
        options,
        upto: upto.min(Confidence::Suggested),
        level: options.level,
        sealed,
        repairs: Vec::new(),
        repeating: BTreeSet::new(),
        nowhere: BTreeSet::new(),
    };
    let mut seen = planning.look(false)?;
    let (before, repeats) = (seen.account.clone(), seen.repeats.clone());
    // Whether rows are households or residents is found out by the doors: repairs must not change it under way.
    let mut levels = before.sheets.iter().filter_map(|sheet| sheet.level);
    if let Some(first) = levels.next()
        && levels.all(|level| level == first)
    {
        planning.level = Some(first);
    }
    for _ in 1..ROUNDS {
        if !planning.take(&mut seen, &repeats) {
            break;
        }
        seen = planning.look(true)?;
    }
    let mut left = seen.left;
    left.no_column += planning.nowhere.len() as u64;
    left.would_repeat = planning.repeating.len() as u64;
    Ok(Plan {
        before,
        after: seen.account,
        repairs: planning.repairs,
        left,
    })
}

struct Planning<'p> {
    source: &'p Source,
    options: &'p Options<'p>,
    upto: Confidence,
    level: Option<Level>,
    sealed: &'p BTreeSet<Place>,
    repairs: Vec<Repair>,
    /// Cells that are left because two rows would become one household.
    repeating: BTreeSet<Place>,
    /// Cells that their rows do not have.
    nowhere: BTreeSet<Place>,
}

impl Planning<'_> {
    /// Checks the list, as it is or as it will be.
    fn look(&self, repaired: bool) -> Result<Seen, TableError> {
        let overlay = Overlay {
            repairs: &self.repairs,
        };
        let mut options = self.options.clone();
        options.level = self.level;
        options.overlay = repaired.then_some(&overlay);
        let mut seen = Seen::default();
        let account = check(self.source, &options, &mut |finding| {
            seen.take(finding, self.upto);
        })?;
        seen.account = account;
        if self.upto > Confidence::Safe {
            spread(self.source, &options, &mut seen.found)?;
        }
        let mut sealed = BTreeSet::new();
        seen.found.retain(|repair| {
            if self.sealed.contains(&repair.place) {
                sealed.insert(repair.place.clone());
            }
            let left = [self.sealed, &self.repeating, &self.nowhere];
            !left.iter().any(|left| left.contains(&repair.place))
        });
        seen.left.sealed = sealed.len() as u64;
        Ok(seen)
    }

    /// Takes in what a look has shown; whether anything has changed by it.
    fn take(&mut self, seen: &mut Seen, repeats: &BTreeMap<Place, Option<u64>>) -> bool {
        // What is found again has had no effect: the row of a text has no such cell.
        let again: BTreeSet<(&Place, &str)> = seen
            .found
            .iter()
            .map(|repair| (&repair.place, repair.after.as_str()))
            .collect();
        let nowhere: BTreeSet<Place> = self
            .repairs
            .iter()
            .filter(|repair| again.contains(&(&repair.place, repair.after.as_str())))
            .map(|repair| repair.place.clone())
            .collect();
        // A row that has become another's household goes back to what it was, or that other does: the one whose door was
        // repaired, the later before the earlier.
        let of = |only_doors: bool| -> BTreeSet<(&Option<Arc<str>>, u64)> {
            let repairs = self.repairs.iter();
            let counts = |repair: &&Repair| !only_doors || repair.field != Some(Field::GridCode);
            let rows = repairs.filter(counts);
            rows.map(|repair| (&repair.place.sheet, repair.place.row))
                .collect()
        };
        let repaired = [of(true), of(false)];
        let rows: BTreeSet<(&Option<Arc<str>>, u64)> = seen
            .repeats
            .iter()
            .filter(|(place, _)| !repeats.contains_key(place))
            .filter_map(|(place, other)| {
                let both = std::iter::once(place.row).chain(*other);
                let both: Vec<_> = both.map(|row| (&place.sheet, row)).collect();
                let mut changed = repaired
                    .iter()
                    .flat_map(|rows| both.iter().filter(|row| rows.contains(row)));
                changed.next().copied()
            })
            .collect();
        let repeating: BTreeSet<Place> = self
            .repairs
            .iter()
            .filter(|repair| rows.contains(&(&repair.place.sheet, repair.place.row)))
            .map(|repair| repair.place.clone())
            .collect();
        let gone =
            |repair: &Repair| nowhere.contains(&repair.place) || repeating.contains(&repair.place);
        self.repairs.retain(|repair| !gone(repair));
        seen.found.retain(|repair| !gone(repair));
        let changes = !(nowhere.is_empty() && repeating.is_empty() && seen.found.is_empty());
        merge(&mut self.repairs, std::mem::take(&mut seen.found));
        self.nowhere.extend(nowhere);
        self.repeating.extend(repeating);
        changes
    }
}

/// What one look at the list shows.
#[derive(Default)]
struct Seen {
    account: Account,
    found: Vec<Repair>,
    left: Left,
    /// Rows that repeat the household of an earlier one, and that one.
    repeats: BTreeMap<Place, Option<u64>>,
}

impl Seen {
    fn take(&mut self, finding: Diagnostic, upto: Confidence) {
        let Diagnostic {
            rule,
            severity,
            place,
            field,
            value,
            fix,
            other_row,
            ..
        } = finding;
        if rule == "duplicate-household" {
            self.repeats.insert(place.clone(), other_row);
        }
        let Some(fix) = fix else {
            self.left.to_ask += u64::from(severity > Severity::Note);
            return;
        };
        if place.column.is_none() {
            self.left.no_column += 1;
            return;
        }
        if fix.confidence > upto {
            self.left.to_check += 1;
            return;
        }
        let of_household = OF_HOUSEHOLDS.contains(&rule) && field == Some(Field::GridCode);
        self.found.push(Repair {
            place,
            field,
            after: fix.text,
            rule,
            confidence: fix.confidence,
            shown: value.is_some() || of_household,
        });
    }
}

/// Takes further repairs in. A cell that is repaired already is repaired further: what was said last knows most, and it
/// can be trusted as far as the worst of its steps.
fn merge(repairs: &mut Vec<Repair>, more: Vec<Repair>) {
    repairs.extend(more);
    let mut sheets: Vec<Option<Arc<str>>> = Vec::new();
    for repair in repairs.iter() {
        if !sheets.contains(&repair.place.sheet) {
            sheets.push(repair.place.sheet.clone());
        }
    }
    let order = |repair: &Repair| {
        let sheet = sheets.iter().position(|sheet| *sheet == repair.place.sheet);
        (sheet, repair.place.row, repair.place.column)
    };
    repairs.sort_by_key(order);
    repairs.dedup_by(|later, earlier| {
        if later.place != earlier.place {
            return false;
        }
        earlier.after = std::mem::take(&mut later.after);
        earlier.rule = later.rule;
        earlier.confidence = earlier.confidence.max(later.confidence);
        earlier.shown &= later.shown;
        true
    });
}
