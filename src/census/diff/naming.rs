//! The doors of chosen households: a list is read once more, and only they are looked at.

use std::collections::BTreeMap;

use super::super::along::Along;
use super::super::judge;
use super::super::one_by_one::Sheet;
use super::super::pipe::{self, Work};
use super::super::walk::{ROWS_BETWEEN_WORDS, Through, Visitor, tell, walk};
use super::super::{Options, SheetAccount};
use crate::address::{Building, Entrance, Key, Unit};
use crate::diagnostic::Diagnostic;
use crate::household::{Entry, Level, Recall};
use crate::row::{Field, Row, has_long_number};
use crate::table::{Chunk, Follow, Next, RowKind, Source, Table, TableError};

/// What a household is called.
#[derive(Clone, Debug, Default)]
pub(super) struct Name {
    /// Its key; `None` where only a number in the register tells it.
    pub(super) key: Option<Key>,
    /// Its grid, where the list says one.
    pub(super) grid: Option<String>,
}

/// Sheet and row of a household.
pub(super) type Place = (u32, u64);

/// Names the households that stand in some places, each its first row. Nothing is read where none is asked for.
pub(super) fn name(
    source: &Source,
    options: &Options<'_>,
    mut places: Vec<Place>,
) -> Result<BTreeMap<Place, Name>, TableError> {
    places.sort_unstable();
    places.dedup();
    let mut namer = Namer {
        places: &places,
        sheets: 0,
        names: BTreeMap::new(),
    };
    if !places.is_empty() {
        walk(source, options, &mut namer, &mut |_| {})?;
    }
    Ok(namer.names)
}

struct Namer<'p> {
    /// In order.
    places: &'p [Place],
    sheets: u32,
    names: BTreeMap<Place, Name>,
}

impl Visitor for Namer<'_> {
    fn through(&mut self) -> Option<&mut dyn Through> {
        Some(self)
    }
}

impl Through for Namer<'_> {
    fn table(
        &mut self,
        sheet: &Sheet<'_>,
        rows: &mut Table<'_>,
        _account: &mut SheetAccount,
        _sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<(), TableError> {
        let number = self.sheets;
        self.sheets += 1;
        let places = self.places;
        let from = places.partition_point(|(sheet, _)| *sheet < number);
        let to = places.partition_point(|(sheet, _)| *sheet <= number);
        let wanted = places.get(from..to).unwrap_or_default();
        if wanted.is_empty() {
            return Ok(());
        }
        let names = &mut self.names;
        let mut keep = |row: u64, name: Name| {
            names.insert((number, row), name);
        };
        match sheet.level {
            Level::Household => households(sheet, rows, wanted, &mut keep),
            Level::Person => persons(sheet, rows, wanted, &mut keep),
        }
    }
}

/// What a row says of the name of its household.
fn named(entry: &Entry<'_>) -> Name {
    let door = &entry.door.door;
    let parts = [
        door.prefix.as_deref(),
        door.building.as_ref().map(Building::name),
        door.entrance.as_ref().map(Entrance::name),
        door.unit.as_ref().map(Unit::text),
    ];
    // A telephone number in the wrong column is still one; such a household is told by its row.
    let is_door = !parts.into_iter().flatten().any(has_long_number);
    let grid = entry.text(Field::Grid).filter(|text| is_grid(text));
    Name {
        key: entry.door.key().filter(|_| is_door),
        grid: grid.map(str::to_owned),
    }
}

/// Whether a text can be the name of a grid: long codes are digits alone, but not as many as a telephone or an ID has.
fn is_grid(text: &str) -> bool {
    let is_code = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    !has_long_number(text) || is_code && !matches!(text.len(), 11 | 18)
}

/// Whether a row is wanted; `next` is the first of those that are still to come.
fn is_wanted(wanted: &[Place], next: &mut usize, row: u64) -> bool {
    let is = wanted.get(*next).is_some_and(|place| place.1 == row);
    *next += usize::from(is);
    is
}

/// A household may have its door in the row above, so every row is read.
fn persons(
    sheet: &Sheet<'_>,
    rows: &mut Table<'_>,
    wanted: &[Place],
    keep: &mut dyn FnMut(u64, Name),
) -> Result<(), TableError> {
    let mut along = Along::new(sheet.table, false);
    let (mut row, mut next, mut read) = (Row::default(), 0, 0_u64);
    while next < wanted.len()
        && let Some(kind) = rows.next(&mut row)?
    {
        read += 1;
        if read.is_multiple_of(ROWS_BETWEEN_WORDS) {
            tell(sheet.options, read)?;
        }
        if kind == RowKind::Data {
            let here = row.number();
            let is_wanted = is_wanted(wanted, &mut next, here);
            along.read(&mut row, read, |_, entry, _| {
                if is_wanted {
                    keep(here, named(entry));
                }
            });
        }
    }
    Ok(())
}

/// Rows that are households: all others than the wanted ones are passed over.
fn households(
    sheet: &Sheet<'_>,
    rows: &mut Table<'_>,
    wanted: &[Place],
    keep: &mut dyn FnMut(u64, Name),
) -> Result<(), TableError> {
    let options = sheet.options;
    let work = Rows {
        table: sheet.table,
        wanted,
    };
    let mut row = Row::default();
    let (mut recall, mut next, mut read) = (Recall::default(), 0, 0_u64);
    while let Some(kind) = rows.next_sampled(&mut row) {
        read += 1;
        if kind == RowKind::Data && is_wanted(wanted, &mut next, row.number()) {
            keep(row.number(), work.name(&mut recall, &row));
        }
    }
    let Some((chunks, follow)) = rows.rest(options.chunk) else {
        while next < wanted.len()
            && let Some(kind) = rows.next(&mut row)?
        {
            read += 1;
            if read.is_multiple_of(ROWS_BETWEEN_WORDS) {
                tell(options, read)?;
            }
            if kind == RowKind::Data && is_wanted(wanted, &mut next, row.number()) {
                keep(row.number(), work.name(&mut recall, &row));
            }
        }
        return Ok(());
    };
    if next == wanted.len() {
        return Ok(());
    }
    let threads = options.threads.get();
    pipe::run(&work, chunks, follow, threads, &mut |names, chunk, _| {
        read += chunk.row_count();
        for (row, name) in names {
            keep(row, name);
        }
        tell(options, read)
    })
}

/// The rows of a household-level table.
struct Rows<'t> {
    table: &'t judge::Table<'t>,
    wanted: &'t [Place],
}

impl<'t> Rows<'t> {
    fn name(&self, recall: &mut Recall<'t>, row: &Row) -> Name {
        let judge::Table {
            columns, codebook, ..
        } = *self.table;
        let level = Level::Household;
        named(&Entry::naming(recall, row, columns, 0, level, codebook))
    }
}

impl<'t> Work for Rows<'t> {
    type Hand = (Recall<'t>, Row);
    type Done = Vec<(u64, Name)>;

    fn hand(&self) -> Self::Hand {
        Self::Hand::default()
    }

    fn chunk(
        &self,
        (recall, row): &mut Self::Hand,
        chunk: &Chunk,
        follow: &mut Follow<'_>,
    ) -> Self::Done {
        let mut names = Vec::new();
        let mut next = None;
        let mut rows = chunk.rows();
        while let Some(advanced) = rows.advance(row) {
            let here = match &advanced {
                Next::Line(line) => Some(line.number()),
                Next::Row => None,
            };
            if let Next::Line(line) = advanced {
                let next = next.get_or_insert_with(|| {
                    self.wanted.partition_point(|place| place.1 < line.number())
                });
                let is_far = self.wanted.get(*next).map(|place| place.1) != here;
                if is_far && follow.is_household_again(&line) {
                    continue;
                }
                line.fill(row);
            }
            let next = next
                .get_or_insert_with(|| self.wanted.partition_point(|place| place.1 < row.number()));
            let is_wanted = is_wanted(self.wanted, next, row.number());
            if follow.take(row) == RowKind::Data && is_wanted {
                names.push((row.number(), self.name(recall, row)));
            }
        }
        names
    }
}
