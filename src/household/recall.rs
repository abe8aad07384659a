//! What the cells of the rows before were found to say, so that an equal cell is not read again.

use twox_hash::XxHash3_64;

use super::door::CellRead;
use super::{DoorRead, Entry, Relation};
use crate::code::{ResidentLetter, TenureLetter};
use crate::codebook::Mapped;
use crate::row::{CellKind, Field};

/// Texts of the rows read so far, each with what it says.
///
/// Lists repeat themselves: the next row has the building of the row before, and one of a few resident types. What is
/// remembered changes no reading; it holds for one table and one codebook.
///
/// ```
/// use gridcode::codebook::Codebook;
/// use gridcode::household::{Entry, Level, Recall};
/// use gridcode::row::{Column, Columns, Field, Row};
/// let columns = Columns::new(vec![
///     Column { header: "楼栋".into(), field: Some(Field::Building) },
///     Column { header: "房号".into(), field: Some(Field::Unit) },
/// ]);
/// let mut recall = Recall::default();
/// for (number, unit) in [(2, "803"), (3, "804")] {
///     let row = Row::of(number, ["3栋", unit]);
///     let entry = Entry::recalling(&mut recall, &row, &columns, 1, Level::Household, Codebook::shushan());
///     assert_eq!(entry.door.door.to_string(), format!("3栋{unit}室"));
/// }
/// ```
#[derive(Debug, Default)]
pub struct Recall<'a> {
    door: Option<(Vec<(String, CellKind)>, DoorRead)>,
    /// Each text in the place that its digest says.
    cells: Vec<Option<(Field, String, CellRead)>>,
    residents: Few<Mapped<'a, ResidentLetter>>,
    tenures: Few<Mapped<'a, TenureLetter>>,
    relations: Few<Option<Relation>>,
}

/// As many texts of buildings and entrances are remembered: more than an estate has.
const CELLS: usize = 512;

/// Columns that say something of the door, but for the unit's and the address's.
const WITHOUT_UNIT: [Field; 4] = [
    Field::Community,
    Field::Estate,
    Field::Building,
    Field::Entrance,
];

impl<'a> Recall<'a> {
    /// What all columns but the unit's say of the door; `read` reads them where the row before has other texts.
    pub(super) fn door(
        &mut self,
        entry: &Entry<'_>,
        read: impl Fn(&Entry<'_>, &mut Self) -> DoorRead,
    ) -> DoorRead {
        // Whole addresses differ from row to row.
        if entry.columns.has(Field::Address) {
            return read(entry, self);
        }
        let is_same = |(field, (text, kind)): (Field, &(String, CellKind))| {
            entry.raw(field) == text && entry.kind(field) == *kind
        };
        if let Some((texts, door)) = &self.door
            && WITHOUT_UNIT.into_iter().zip(texts).all(is_same)
        {
            return door.clone();
        }
        let door = read(entry, self);
        let text = |field| (entry.raw(field).to_owned(), entry.kind(field));
        self.door = Some((WITHOUT_UNIT.map(text).into(), door.clone()));
        door
    }

    /// What a cell of a column that speaks of the door says; `read` reads it where it was not met of late.
    pub(super) fn cell(
        &mut self,
        field: Field,
        text: &str,
        is_date: bool,
        read: impl FnOnce() -> CellRead,
    ) -> CellRead {
        // Addresses and rooms with letters come once.
        if is_date || !matches!(field, Field::Building | Field::Entrance) {
            return read();
        }
        if self.cells.is_empty() {
            self.cells.resize_with(CELLS, || None);
        }
        let place = XxHash3_64::oneshot(text.as_bytes()) % CELLS as u64;
        let slot = usize::try_from(place)
            .ok()
            .and_then(|at| self.cells.get_mut(at));
        match slot {
            Some(Some((of, known, said))) if *of == field && known == text => said.clone(),
            Some(slot) => {
                let said = read();
                *slot = Some((field, text.to_owned(), said.clone()));
                said
            }
            None => read(),
        }
    }

    pub(super) fn resident(
        &mut self,
        text: &str,
        find: impl FnOnce() -> Mapped<'a, ResidentLetter>,
    ) -> Mapped<'a, ResidentLetter> {
        self.residents.find(text, find)
    }

    pub(super) fn relation(&mut self, text: &str) -> Option<Relation> {
        self.relations.find(text, || Relation::read(text))
    }

    pub(super) fn tenure(
        &mut self,
        text: &str,
        find: impl FnOnce() -> Mapped<'a, TenureLetter>,
    ) -> Mapped<'a, TenureLetter> {
        self.tenures.find(text, find)
    }
}

/// The first few texts of a column; what comes beyond them is read each time.
#[derive(Debug)]
struct Few<T>(Vec<(String, T)>);

/// More than a column of types has values, few enough to be looked through.
const FEW: usize = 8;

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy> Few<T> {
    fn find(&mut self, text: &str, read: impl FnOnce() -> T) -> T {
        if let Some((_, known)) = self.0.iter().find(|(known, _)| known == text) {
            return *known;
        }
        let found = read();
        if self.0.len() < FEW {
            self.0.push((text.to_owned(), found));
        }
        found
    }
}
