//! Which repairs are to be made: those of the findings, and those that only show when the first are made.

use super::super::{Account, Options, check};
use super::spread::spread;
use super::{Left, Overlay, Plan, Repair};
use crate::code::Confidence;
use crate::diagnostic::{Diagnostic, Severity};
use crate::row::{Field, Place};
use crate::table::{Source, TableError};

/// Each round sees what the one before has made readable; a code has no more than a few layers of dirt.
const ROUNDS: usize = 6;

/// Rules that speak of a household as a whole: the code they are about could be read, and may be shown.
pub(super) const OF_HOUSEHOLDS: [&str; 3] = ["code-mismatch", "flag-missing", "flag-stale"];

/// Finds out what can be put right in a list: repairs that are `upto` so trustworthy at most, and what is left.
///
/// The list is checked, then checked again as it will be, until no repair is missing. Repairs that would make two rows the
/// same household are not made. [`Confidence::Never`] is the same as [`Confidence::Suggested`]: what is lost has no repair.
///
/// # Errors
/// When the file cannot be read or holds no household table.
///
/// ```
/// use gridcode::census::{Options, fix};
/// use gridcode::code::Confidence;
/// use gridcode::codebook::Codebook;
/// use gridcode::table::Source;
/// let list = "楼栋,房号,网格编码\n3栋,803,８０３Aa7\n3栋,804,8O4Aa\n";
/// let options = Options::new(Codebook::shushan(), jiff::civil::date(2026, 11, 1));
/// let source = Source::bytes("list.csv", list.into());
/// let plan = fix::plan(&source, &options, Confidence::Safe)?;
/// assert_eq!(plan.repairs.len(), 1);
/// assert_eq!((plan.repairs[0].place.to_string().as_str(), plan.repairs[0].after.as_str()), ("C2", "803Aa7"));
/// assert_eq!(plan.left.to_check, 1);
/// # Ok::<(), gridcode::table::TableError>(())
/// ```
pub fn plan(source: &Source, options: &Options<'_>, upto: Confidence) -> Result<Plan, TableError> {
    let source = source.settled()?;
    let mut repairs: Vec<Repair> = Vec::new();
    let mut before: Option<Account> = None;
    let mut repeats: Vec<Place> = Vec::new();
    let mut held: Vec<Place> = Vec::new();
    for round in 0..ROUNDS {
        let mut looked = Look::new(upto);
        let overlay = Overlay { repairs: &repairs };
        let mut seen = options.clone();
        seen.overlay = (round > 0).then_some(&overlay);
        let account = check(&source, &seen, &mut |finding| looked.take(finding))?;
        looked.found.retain(|repair| !held.contains(&repair.place));
        if upto > Confidence::Safe {
            spread(&source, &seen, &mut looked.found)?;
        }
        let Some(first) = &before else {
            if looked.found.is_empty() {
                return Ok(Plan {
                    before: account.clone(),
                    after: account,
                    repairs,
                    left: looked.left,
                });
            }
            before = Some(account);
            repeats = looked.repeats;
            merge(&mut repairs, looked.found);
            continue;
        };
        // A row that has become another's household goes back to what it was.
        let new: Vec<&Place> = looked
            .repeats
            .iter()
            .filter(|place| !repeats.contains(place))
            .collect();
        let same_row = |repair: &Repair| {
            new.iter()
                .any(|place| (&place.sheet, place.row) == (&repair.place.sheet, repair.place.row))
        };
        let back: Vec<Place> = repairs
            .iter()
            .filter(|repair| same_row(repair))
            .map(|repair| repair.place.clone())
            .collect();
        looked.found.retain(|repair| !back.contains(&repair.place));
        if back.is_empty() && looked.found.is_empty() || round + 1 == ROUNDS {
            looked.left.would_repeat = held.len() as u64;
            return Ok(Plan {
                before: first.clone(),
                after: account,
                repairs,
                left: looked.left,
            });
        }
        repairs.retain(|repair| !back.contains(&repair.place));
        held.extend(back);
        merge(&mut repairs, looked.found);
    }
    Err(TableError::Interrupted)
}

/// What one look at the list shows.
struct Look {
    upto: Confidence,
    found: Vec<Repair>,
    left: Left,
    repeats: Vec<Place>,
}

impl Look {
    fn new(upto: Confidence) -> Self {
        Self {
            upto: upto.min(Confidence::Suggested),
            found: Vec::new(),
            left: Left::default(),
            repeats: Vec::new(),
        }
    }

    fn take(&mut self, finding: Diagnostic) {
        let Diagnostic {
            rule,
            severity,
            place,
            field,
            value,
            fix,
            ..
        } = finding;
        if rule == "duplicate-household" {
            self.repeats.push(place.clone());
        }
        let Some(fix) = fix else {
            self.left.to_ask += u64::from(severity > Severity::Note);
            return;
        };
        if place.column.is_none() {
            self.left.no_column += 1;
            return;
        }
        if fix.confidence > self.upto {
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
    let mut sheets: Vec<Option<std::sync::Arc<str>>> = Vec::new();
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
