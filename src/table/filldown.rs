//! Values written only once per group, as a merged sheet leaves them when it is saved as text.

use super::header::is_blank;
use super::row_kind::RowKind;
use crate::row::{CellKind, Columns, Field, Row};

/// From the outside in: where an outer value changes, no inner value is carried over.
const OUTER: [Field; 7] = [
    Field::Street,
    Field::Community,
    Field::Grid,
    Field::Estate,
    Field::Address,
    Field::Building,
    Field::Entrance,
];

/// What is written once per household, on the row of its head.
const OF_A_HOUSEHOLD: [Field; 7] = [
    Field::Floor,
    Field::Unit,
    Field::GridCode,
    Field::HouseholdId,
    Field::HeadName,
    Field::HeadId,
    Field::Residents,
];

/// Fills the blanks of the columns whose habit it is, row by row.
#[derive(Debug)]
pub(super) struct FillDown {
    levels: Vec<Level>,
    relation: Option<usize>,
    /// The columns that a heading inside the table can fill, outermost first, each with the heading in force.
    sections: Vec<Section>,
}

/// A column and the text of the heading above.
#[derive(Debug)]
struct Section {
    field: Field,
    column: usize,
    text: String,
}

#[derive(Debug)]
struct Level {
    field: Field,
    column: usize,
    fills: bool,
    last: String,
    /// Whether the data row before had the value written out.
    written: bool,
    count: Count,
}

/// What a column shows in the sample.
#[derive(Debug, Default)]
struct Count {
    rows: usize,
    written: usize,
    blank: usize,
    repeated: usize,
    merged: bool,
    first_blank: bool,
    heads: usize,
    heads_written: usize,
    members_blank: usize,
}

impl Level {
    fn of_household(&self) -> bool {
        OF_A_HOUSEHOLD.contains(&self.field)
    }

    /// A grid may end inside a building and go on in the next one.
    fn nests(&self) -> bool {
        self.field != Field::Grid && !self.of_household()
    }

    fn has_habit(&self) -> bool {
        let count = &self.count;
        if count.merged || count.first_blank || count.blank < 2 {
            return false;
        }
        if self.of_household() {
            let members = count.rows - count.heads;
            return count.heads > 0
                && count.heads_written * 10 >= count.heads * 9
                && count.members_blank * 10 >= members * 9
                && count.members_blank >= 2;
        }
        count.repeated == 0 && count.blank >= count.written
    }
}

impl FillDown {
    /// Looks for the habit in a sample of data rows.
    pub(super) fn learn<'s>(columns: &Columns, sample: impl Iterator<Item = &'s Row>) -> Self {
        let relation = columns.of(Field::Relation);
        let fields = OUTER
            .iter()
            .filter(|&&field| field != Field::Address || columns.has(Field::Unit))
            .chain(OF_A_HOUSEHOLD.iter().filter(|_| relation.is_some()));
        let levels = fields.filter_map(|&field| {
            Some(Level {
                field,
                column: columns.of(field)?,
                fills: false,
                last: String::new(),
                written: false,
                count: Count::default(),
            })
        });
        let mut fill = Self {
            levels: levels.collect(),
            relation,
            sections: OUTER
                .iter()
                .filter_map(|&field| {
                    Some(Section {
                        field,
                        column: columns.of(field)?,
                        text: String::new(),
                    })
                })
                .collect(),
        };
        for row in sample {
            fill.observe(row);
        }
        for level in &mut fill.levels {
            level.fills = level.has_habit();
            level.last.clear();
            level.written = false;
        }
        fill
    }

    /// The columns that are filled, outermost first.
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> {
        let filling = self.levels.iter().filter(|level| level.fills);
        filling.map(|level| level.column)
    }

    /// The column that takes what a heading says, where there is one.
    pub(super) fn takes(&self, field: Field) -> Option<usize> {
        let section = self.sections.iter().find(|section| section.field == field);
        section.map(|section| section.column)
    }

    /// A new heading ends those inside it; a sum ends all.
    fn enter(&mut self, heading: Option<&(Field, String)>) {
        let place = |field: Field| OUTER.iter().position(|outer| *outer == field);
        let from = heading.map(|(field, _)| place(*field));
        for section in &mut self.sections {
            if from.is_none_or(|from| place(section.field) >= from) {
                section.text.clear();
            }
            if let Some((field, text)) = heading
                && section.field == *field
            {
                section.text.push_str(text);
            }
        }
    }

    fn observe(&mut self, row: &Row) {
        let head = self.relation.map(|column| Relation::of(row.get(column)));
        let mut changed = false;
        for level in &mut self.levels {
            let text = row.get(level.column).trim();
            let count = &mut level.count;
            count.rows += 1;
            count.heads += usize::from(head == Some(Relation::Head));
            if is_blank(text) {
                count.blank += 1;
                count.first_blank |= count.rows == 1;
                count.members_blank += usize::from(head == Some(Relation::Member));
                level.written = false;
                continue;
            }
            count.written += 1;
            count.heads_written += usize::from(head == Some(Relation::Head));
            count.merged |= row.kind(level.column) == CellKind::Filled;
            let same = level.last == text;
            count.repeated += usize::from(same && level.written && !changed);
            changed |= !same && level.nests();
            level.written = true;
            level.last.clear();
            level.last.push_str(text);
        }
    }

    /// Fills the blanks of a row that is data, and takes notice of every other.
    pub(super) fn apply(
        &mut self,
        row: &mut Row,
        kind: RowKind,
        section: Option<&(Field, String)>,
    ) {
        if matches!(kind, RowKind::Total | RowKind::Section) {
            // The group is closed: what follows has to say again where it is.
            for level in &mut self.levels {
                level.last.clear();
            }
            self.enter(section);
        }
        if kind != RowKind::Data {
            return;
        }
        for section in &mut self.sections {
            if !is_blank(row.get(section.column)) {
                // The table says it itself from here on.
                section.text.clear();
            } else if !section.text.is_empty() && row.kind(section.column) != CellKind::NoValue {
                row.set(section.column, &section.text, CellKind::Carried);
            }
        }
        if self.columns().next().is_none() {
            return;
        }
        let relation = self.relation.map(|column| Relation::of(row.get(column)));
        // A row that names its own door is not told by the row above whose it is.
        let names_door = self.levels.iter().any(|level| {
            matches!(level.field, Field::Unit | Field::Address) && !is_blank(row.get(level.column))
        });
        let mut changed = false;
        for level in &mut self.levels {
            let text = row.get(level.column).trim();
            if !is_blank(text) {
                let same = level.last == text;
                let own = row.kind(level.column) != CellKind::Filled;
                if own && same && level.written && !changed && !level.of_household() {
                    // Written out twice running: the habit has ended, and a blank is a missing value.
                    level.fills = false;
                }
                if !same {
                    changed |= level.nests();
                    level.last.clear();
                    level.last.push_str(text);
                }
                level.written = own;
                continue;
            }
            level.written = false;
            let another = names_door || relation != Some(Relation::Member);
            let closed = changed || level.of_household() && another;
            if closed {
                level.last.clear();
            }
            let no_value = row.kind(level.column) == CellKind::NoValue;
            if level.fills && !level.last.is_empty() && !no_value {
                row.set(level.column, &level.last, CellKind::Carried);
            }
        }
    }
}

/// Who a row is in the household, as far as the habit needs to know.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Head,
    Member,
    Unknown,
}

impl Relation {
    fn of(text: &str) -> Self {
        let text = text.trim();
        if is_blank(text) {
            Self::Unknown
        } else if matches!(
            text,
            "户主" | "本人" | "本人或户主" | "户主本人" | "01" | "02"
        ) || ["head", "self", "householder"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
        {
            Self::Head
        } else {
            Self::Member
        }
    }
}
