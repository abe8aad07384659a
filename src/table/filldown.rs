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

/// Fills the blanks of the columns whose habit it is, row by row.
#[derive(Clone, Debug)]
pub(super) struct FillDown {
    levels: Vec<Level>,
    /// The columns that a heading inside the table can fill, outermost first, each with the heading in force.
    sections: Vec<Section>,
    /// Whether nothing is carried down.
    idle: bool,
}

/// A column and the text of the heading above.
#[derive(Clone, Debug)]
struct Section {
    field: Field,
    column: usize,
    text: String,
}

#[derive(Clone, Debug)]
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
#[derive(Clone, Debug, Default)]
struct Count {
    rows: usize,
    written: usize,
    blank: usize,
    repeated: usize,
    merged: bool,
    first_blank: bool,
}

impl Level {
    /// A grid may end inside a building and go on in the next one.
    fn nests(&self) -> bool {
        self.field != Field::Grid
    }

    fn has_habit(&self) -> bool {
        let count = &self.count;
        !count.merged
            && !count.first_blank
            && count.blank >= 2
            && count.repeated == 0
            && count.blank >= count.written
    }
}

impl FillDown {
    /// Looks for the habit in a sample of data rows.
    pub(super) fn learn<'s>(columns: &Columns, sample: impl Iterator<Item = &'s Row>) -> Self {
        let fields = OUTER
            .iter()
            .filter(|&&field| field != Field::Address || columns.has(Field::Unit));
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
            idle: false,
        };
        for row in sample {
            fill.observe(row);
        }
        for level in &mut fill.levels {
            level.fills = level.has_habit();
            level.last.clear();
            level.written = false;
        }
        fill.settle();
        fill
    }

    /// Whether nothing is carried down to the next row, whatever it is.
    pub(super) fn is_idle(&self) -> bool {
        self.idle
    }

    /// Finds out anew whether anything is carried down.
    fn settle(&mut self) {
        let mut sections = self.sections.iter();
        self.idle =
            self.columns().next().is_none() && sections.all(|section| section.text.is_empty());
    }

    /// Lets the headings inside the table be over; `false` where a column is filled all the same.
    pub(super) fn idle(&mut self) -> bool {
        for section in &mut self.sections {
            section.text.clear();
        }
        self.settle();
        self.idle
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
        let mut changed = false;
        for level in &mut self.levels {
            let text = row.get(level.column).trim();
            let count = &mut level.count;
            count.rows += 1;
            if is_blank(text) {
                count.blank += 1;
                count.first_blank |= count.rows == 1;
                level.written = false;
                continue;
            }
            count.written += 1;
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
            self.settle();
        }
        // Most tables say all in each row.
        if kind == RowKind::Data && !self.idle {
            self.carry(row);
            self.settle();
        }
    }

    /// Fills the blanks of a household's row.
    fn carry(&mut self, row: &mut Row) {
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
        let mut changed = false;
        for level in &mut self.levels {
            let text = row.get(level.column).trim();
            if !is_blank(text) {
                let same = level.last == text;
                let own = row.kind(level.column) != CellKind::Filled;
                if own && same && level.written && !changed {
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
            if changed {
                level.last.clear();
            }
            let no_value = row.kind(level.column) == CellKind::NoValue;
            if level.fills && !level.last.is_empty() && !no_value {
                row.set(level.column, &level.last, CellKind::Carried);
            }
        }
    }
}
