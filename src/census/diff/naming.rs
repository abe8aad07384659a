//! The doors of chosen households, which are read once more: line by line where it is known where these begin, else with
//! the list around them.

use std::collections::BTreeMap;

use super::super::along::Along;
use super::super::judge;
use super::super::one_by_one::Sheet;
use super::super::pipe::{self, Work};
use super::super::walk::{ROWS_BETWEEN_WORDS, Through, Visitor, tell, walk};
use super::super::{Options, SheetAccount};
use super::gather::Shape;
use super::reach::Reach;
use crate::address::Key;
use crate::diagnostic::Diagnostic;
use crate::household::{Entry, Level, Recall};
use crate::row::Row;
use crate::table::{Chunk, Follow, Next, RowKind, Source, Table, TableError, Usual, lines_again};

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

/// A household whose name is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wanted {
    pub(super) place: Place,
    pub(super) reach: Reach,
}

/// Names the households that stand in some places, each its first row. Nothing is read where none is asked for.
pub(super) fn name(
    source: &Source,
    shapes: &[Shape],
    options: &Options<'_>,
    mut places: Vec<Wanted>,
) -> Result<BTreeMap<Place, Name>, TableError> {
    places.sort_unstable();
    places.dedup_by_key(|wanted| wanted.place);
    let mut names = BTreeMap::new();
    if let Some(shape) = shapes.first() {
        alone(source, shape, options, &mut places, &mut names)?;
    }
    if places.is_empty() {
        return Ok(names);
    }
    let mut visitor = Namer {
        places: &places,
        sheets: 0,
        names,
    };
    walk(source, options, &mut visitor, &mut |_| {})?;
    Ok(visitor.names)
}

/// Names households by their lines alone, and leaves the others, of which it is not known where these begin. A text file
/// has one sheet.
fn alone(
    source: &Source,
    shape: &Shape,
    options: &Options<'_>,
    places: &mut Vec<Wanted>,
    names: &mut BTreeMap<Place, Name>,
) -> Result<(), TableError> {
    let Some(dialect) = shape.dialect else {
        return Ok(());
    };
    let mut lines = Vec::new();
    places.retain(|wanted| {
        let Some(begins) = wanted.reach.begins() else {
            return true;
        };
        lines.push((begins, wanted.place.1));
        false
    });
    let (mut recall, mut read) = (Recall::default(), 0_u64);
    lines_again(source, dialect, &lines, &mut |row| {
        let (columns, codebook, level) = (&shape.columns, options.codebook, Level::Household);
        let entry = Entry::naming(&mut recall, row, columns, 0, level, codebook);
        names.insert((0, row.number()), named(&entry));
        read += 1;
        if read.is_multiple_of(ROWS_BETWEEN_WORDS) {
            tell(options, read)?;
        }
        Ok(())
    })
}

struct Namer<'p> {
    /// In order.
    places: &'p [Wanted],
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
        let from = places.partition_point(|wanted| wanted.place.0 < number);
        let to = places.partition_point(|wanted| wanted.place.0 <= number);
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
    Name {
        // Somebody's name or number in the wrong column is still one; such a household is told by its row.
        key: entry.shown_key(),
        grid: entry.grid().map(str::to_owned),
    }
}

/// Whether a row is wanted; `next` is the first of those that are still to come.
fn is_wanted(wanted: &[Wanted], next: &mut usize, row: u64) -> bool {
    let is = wanted
        .get(*next)
        .is_some_and(|wanted| wanted.place.1 == row);
    *next += usize::from(is);
    is
}

/// A household may have its door in the row above, so every row is read.
fn persons(
    sheet: &Sheet<'_>,
    rows: &mut Table<'_>,
    wanted: &[Wanted],
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
    wanted: &[Wanted],
    keep: &mut dyn FnMut(u64, Name),
) -> Result<(), TableError> {
    let options = sheet.options;
    let mut work = Rows {
        table: sheet.table,
        wanted,
        are_lines: false,
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
    let rest = wanted.get(next..).unwrap_or_default();
    work.are_lines = rest.iter().all(|wanted| wanted.reach.is_line());
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
    wanted: &'t [Wanted],
    /// Whether each that is to come is a line that needs no other row to be read.
    are_lines: bool,
}

impl<'t> Rows<'t> {
    /// Goes from one wanted line to the next; `None` where the chunk is no mere lines.
    fn lines(
        &self,
        recall: &mut Recall<'t>,
        row: &mut Row,
        chunk: &Chunk,
    ) -> Option<Vec<(u64, Name)>> {
        let mut names = Vec::new();
        let mut rows = chunk.rows_passing();
        let end = chunk.first_row() + chunk.row_count();
        let of = |row: u64| self.wanted.partition_point(|wanted| wanted.place.1 < row);
        for wanted in self.wanted.get(of(chunk.first_row())..of(end))? {
            let number = wanted.place.1;
            if !rows.pass_to(number) || !rows.next(row) {
                return None;
            }
            names.push((number, self.name(recall, row)));
        }
        Some(names)
    }

    fn name(&self, recall: &mut Recall<'t>, row: &Row) -> Name {
        let judge::Table {
            columns, codebook, ..
        } = *self.table;
        let level = Level::Household;
        named(&Entry::naming(recall, row, columns, 0, level, codebook))
    }
}

impl<'t> Work for Rows<'t> {
    type Hand = (Recall<'t>, Row, Usual);
    type Done = Vec<(u64, Name)>;

    fn hand(&self) -> Self::Hand {
        Self::Hand::default()
    }

    fn chunk(
        &self,
        (recall, row, usual): &mut Self::Hand,
        chunk: &Chunk,
        follow: &mut Follow<'_>,
    ) -> Self::Done {
        if self.are_lines
            && follow.is_steady()
            && let Some(names) = self.lines(recall, row, chunk)
        {
            return names;
        }
        let mut names = Vec::new();
        let (mut next, mut follows) = (None, false);
        let mut rows = chunk.rows();
        while let Some(advanced) = rows.advance(row) {
            let here = match &advanced {
                Next::Line(line) => Some(line.number()),
                Next::Row => None,
            };
            if let Next::Line(line) = advanced {
                let next = next.get_or_insert_with(|| {
                    self.wanted
                        .partition_point(|wanted| wanted.place.1 < line.number())
                });
                let is_far = self.wanted.get(*next).map(|wanted| wanted.place.1) != here;
                if is_far && follow.is_household_too(&line, usual, follows) {
                    follows = true;
                    continue;
                }
                line.fill(row);
            }
            follows = false;
            let next = next.get_or_insert_with(|| {
                self.wanted
                    .partition_point(|wanted| wanted.place.1 < row.number())
            });
            let is_wanted = is_wanted(self.wanted, next, row.number());
            if follow.take(row) == RowKind::Data && is_wanted {
                names.push((row.number(), self.name(recall, row)));
            }
        }
        names
    }
}
