//! Two lists held against each other: the smaller is entered in a ledger, the larger goes past it.

use std::collections::BTreeMap;

use super::super::index::KeyIndex;
use super::super::packed::Packed;
use super::super::{ABOUT_DOORS, Account, Options};
use super::draft::Draft;
use super::gather::{Met, Shape, gather};
use super::half::Half;
use super::ledger::{Ledger, Number};
use super::naming::{Place, Wanted, name};
use super::order::in_walking_order;
use super::said_of_lists::{flags_lost, notes};
use super::same_door::join;
use super::{Change, Total, total};
use crate::address::Key;
use crate::code::Flags;
use crate::household::Earlier;
use crate::lang::Text;
use crate::table::{Source, TableError};

/// Which of the two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Which {
    /// The earlier one.
    Old,
    /// The later one.
    New,
}

/// Why two lists cannot be compared: one of them cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub struct DiffError {
    /// Which list.
    pub which: Which,
    /// What is wrong with it.
    pub error: Box<TableError>,
}

impl DiffError {
    fn of(which: Which, error: TableError) -> Self {
        let error = Box::new(error);
        Self { which, error }
    }
}

/// What became of the households of one list.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// The account of its rows. Of its findings only those about doors and the number of residents are counted.
    pub account: Account,
    /// Households that were compared.
    pub compared: u64,
    /// Rows whose household was listed before, in that list: the first one counts.
    pub repeated: u64,
    /// Households that the list does not tell apart, as a unit or a building cannot be read: they could not be compared.
    pub unnamed: u64,
}

/// What is different between two lists.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    /// The earlier list.
    pub old: Listed,
    /// The later list.
    pub new: Listed,
    /// Households that are the same in both.
    pub same: u64,
    /// The differences: grid by grid, and in each as one walks.
    pub changes: Vec<Change>,
    /// What has to be known to read them.
    pub notes: Vec<Text>,
}

impl Diff {
    /// Whether there is no difference.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.changes.is_empty()
    }

    /// All differences, counted.
    #[must_use]
    pub fn total(&self) -> Total {
        Total::of(&self.changes)
    }

    /// Totals grid by grid, grids in order; households of no known grid stand under `None`, last.
    #[must_use]
    pub fn by_grid(&self) -> Vec<(Option<String>, Total)> {
        total::by_grids(&self.changes)
    }

    /// Totals building by building, in walking order; households of no known building stand under `None`, first.
    #[must_use]
    pub fn by_building(&self) -> Vec<(Option<Key>, Total)> {
        total::by_buildings(&self.changes)
    }
}

/// Compares two lists by the keys of their households. Neither order nor encoding nor the spelling of a door matters,
/// nor whether a row is a household or a resident.
///
/// What a household is follows from the list's own columns and, where these tell nothing, from the code that is
/// written. What only one of the lists tells is no difference. Who lives behind a door is not looked at.
///
/// # Memory
///
/// At most 58 bytes for each household of the smaller list, whose households are held while the larger one is read, and
/// what the differences take. A list of residents needs as much again while it is being read, since a household is known
/// only after its last row.
///
/// # Errors
/// When one of the lists cannot be read or holds no household table.
pub fn diff(old: &Source, new: &Source, options: &Options<'_>) -> Result<Diff, DiffError> {
    let options = options.asking_only(&ABOUT_DOORS);
    let settled = |source: &Source, which| {
        source
            .remembering()
            .map_err(|error| DiffError::of(which, error))
    };
    let old = settled(old, Which::Old)?;
    let new = settled(new, Which::New)?;
    let old_is_smaller = old.stored_size() <= new.stored_size();
    let (smaller, larger) = if old_is_smaller {
        ((&old, Which::Old), (&new, Which::New))
    } else {
        ((&new, Which::New), (&old, Which::Old))
    };
    let (ledger, held) = enter(smaller, &options)?;
    let (mut drafts, passed, same) = pass(ledger, larger, &options)?;
    let (of_old, of_new) = if old_is_smaller {
        (held, passed)
    } else {
        (passed, held)
    };
    name_all(&mut drafts, (&old, &of_old), (&new, &of_new), &options)?;
    let (drafts, joined) = join(drafts);
    let finish = |draft: Draft| draft.finish(&of_old.shapes, &of_new.shapes);
    let mut changes: Vec<Change> = drafts.into_iter().map(finish).collect();
    changes.sort_by(in_walking_order);
    let mut notes = notes(&of_old, &of_new, joined);
    notes.extend(flags_lost(&changes, of_new.flags, options.codebook));
    Ok(Diff {
        old: of_old.listed,
        new: of_new.listed,
        same: same + joined.same,
        changes,
        notes,
    })
}

/// A list that was read.
pub(super) struct Read {
    pub(super) listed: Listed,
    pub(super) shapes: Vec<Shape>,
    /// All flags that hold anywhere in it.
    pub(super) flags: Flags,
}

type Named<'s> = (&'s Source, Which);

/// As many keys are approached before the first of them is looked up.
const GROUP: usize = 32;

/// Enters a list in a ledger.
fn enter((source, which): Named<'_>, options: &Options<'_>) -> Result<(Ledger, Read), DiffError> {
    let mut ledger = Ledger::new();
    let mut listed = Listed::default();
    let mut all = Packed::default();
    let mut take = |sheet: u32, shape: &Shape, met: &[Met]| {
        for group in met.chunks(GROUP) {
            for digest in group.iter().filter_map(Met::digest) {
                ledger.approach(digest);
            }
            for met in group {
                all = all.or(met.facts);
                match met.digest() {
                    None => listed.unnamed += 1,
                    Some(digest) if ledger.enter(digest, met, sheet, shape.tells_codes()) => {}
                    Some(_) => listed.repeated += 1,
                }
            }
        }
    };
    let (account, shapes) = gather(source, options, &mut take, &mut |_| {})
        .map_err(|error| DiffError::of(which, error))?;
    listed.account = account;
    listed.compared = ledger.len();
    let read = Read {
        listed,
        shapes,
        flags: all.flags(),
    };
    Ok((ledger, read))
}

/// Lets a list go past a ledger; gives back what is different, and how many households are the same.
fn pass(
    mut ledger: Ledger,
    (source, which): Named<'_>,
    options: &Options<'_>,
) -> Result<(Vec<Draft>, Read, u64), DiffError> {
    let mut listed = Listed::default();
    let mut all = Packed::default();
    let mut drafts = Vec::new();
    let mut same = 0;
    let mut strangers = KeyIndex::default();
    let is_new = which == Which::New;
    let mut one =
        |ledger: &mut Ledger, sheet: u32, tells_codes: bool, met: &Met, found: Option<Number>| {
            all = all.or(met.facts);
            let Some(digest) = met.digest() else {
                listed.unnamed += 1;
                return;
            };
            let half = || Half::of((sheet, met.row), met.reach, met.facts, tells_codes);
            if let Some(number) = found {
                let Some(other) = ledger.meet(number) else {
                    listed.repeated += 1;
                    return;
                };
                listed.compared += 1;
                // Most households are what they were.
                if other.facts == met.facts {
                    same += 1;
                    return;
                }
                let (half, other) = (half(), other.half());
                let (old, new) = if is_new { (other, half) } else { (half, other) };
                match Draft::of_both(old, new) {
                    Some(draft) => drafts.push(draft),
                    None => same += 1,
                }
            } else {
                let here = Earlier {
                    row: met.row,
                    code: None,
                };
                if strangers.meet(digest, here).is_some() {
                    listed.repeated += 1;
                    return;
                }
                listed.compared += 1;
                drafts.push(if is_new {
                    Draft::moved_in(half())
                } else {
                    Draft::moved_out(half())
                });
            }
        };
    let mut take = |sheet: u32, shape: &Shape, met: &[Met]| {
        let tells_codes = shape.tells_codes();
        for group in met.chunks(GROUP) {
            for digest in group.iter().filter_map(Met::digest) {
                ledger.approach(digest);
            }
            let mut found = [None; GROUP];
            for (found, met) in found.iter_mut().zip(group) {
                *found = met.digest().and_then(|digest| ledger.find(digest));
            }
            for (met, found) in group.iter().zip(found) {
                one(&mut ledger, sheet, tells_codes, met, found);
            }
        }
    };
    let (account, shapes) = gather(source, options, &mut take, &mut |_| {})
        .map_err(|error| DiffError::of(which, error))?;
    listed.account = account;
    let lone = if is_new {
        Draft::moved_out
    } else {
        Draft::moved_in
    };
    drafts.extend(ledger.unmet().map(lone));
    let read = Read {
        listed,
        shapes,
        flags: all.flags(),
    };
    Ok((drafts, read, same))
}

/// Reads both lists once more, as far as needed, for the names of doors and grids.
fn name_all(
    drafts: &mut [Draft],
    (old, of_old): (&Source, &Read),
    (new, of_new): (&Source, &Read),
    options: &Options<'_>,
) -> Result<(), DiffError> {
    let has_grids = |read: &Read| read.shapes.iter().any(|shape| shape.has_grids);
    let grids_are_old = has_grids(of_old) && !has_grids(of_new);
    let wanted = |half: &Half| Wanted {
        place: (half.sheet, half.row),
        reach: half.reach,
    };
    let news = drafts
        .iter()
        .filter_map(|draft| draft.new.as_ref().map(wanted));
    let olds = drafts
        .iter()
        .filter(|draft| draft.new.is_none() || grids_are_old)
        .filter_map(|draft| draft.old.as_ref().map(wanted));
    let (olds, news): (Vec<Wanted>, Vec<Wanted>) = (olds.collect(), news.collect());
    let named = |source, read: &Read, which, places| -> Result<BTreeMap<Place, _>, DiffError> {
        name(source, &read.shapes, options, places).map_err(|error| DiffError::of(which, error))
    };
    let mut olds = named(old, of_old, Which::Old, olds)?;
    let mut news = named(new, of_new, Which::New, news)?;
    for draft in drafts {
        draft.name(&mut olds, &mut news);
    }
    Ok(())
}
