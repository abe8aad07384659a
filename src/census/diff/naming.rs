//! The doors of chosen households: a list is read once more, and only they are looked at.

use std::collections::BTreeMap;

use super::super::along::Along;
use super::super::one_by_one::Sheet;
use super::super::walk::{ROWS_BETWEEN_WORDS, Through, Visitor, tell, walk};
use super::super::{Options, SheetAccount};
use crate::address::Key;
use crate::diagnostic::Diagnostic;
use crate::household::{Entry, Level, Recall};
use crate::row::{Field, Row};
use crate::table::{RowKind, Source, Table, TableError};

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
    /// Those that are still to come, in order.
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
        let (table, mut row) = (sheet.table, Row::default());
        let mut recall = Recall::default();
        let mut along = Along::new(table, false);
        let mut read: u64 = 0;
        while self.places.first().is_some_and(|first| first.0 == number)
            && let Some(kind) = rows.next(&mut row)?
        {
            read += 1;
            if read.is_multiple_of(ROWS_BETWEEN_WORDS) {
                tell(sheet.options, read)?;
            }
            if kind != RowKind::Data {
                continue;
            }
            let here = (number, row.number());
            let is_wanted = self.places.first() == Some(&here);
            match sheet.level {
                Level::Household if is_wanted => {
                    let (columns, codebook) = (table.columns, table.codebook);
                    let level = Level::Household;
                    let entry = Entry::naming(&mut recall, &row, columns, read, level, codebook);
                    self.take(here, &entry);
                }
                Level::Household => {}
                // A row may lean on the one above.
                Level::Person => along.read(&mut row, read, |_, entry, _| {
                    if is_wanted {
                        self.take(here, entry);
                    }
                }),
            }
        }
        Ok(())
    }
}

impl Namer<'_> {
    fn take(&mut self, place: Place, entry: &Entry<'_>) {
        self.places = self.places.get(1..).unwrap_or_default();
        let grid = entry.text(Field::Grid).map(str::to_owned);
        let key = entry.door.key();
        self.names.insert(place, Name { key, grid });
    }
}
