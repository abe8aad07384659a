//! `Columns`: which column of a table holds which field.

use super::Field;

/// One column of a table: its header as written, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The header, cleaned of marks such as `*` and of line breaks; parts of a two-row header are joined by `/`.
    pub header: String,
    /// What the column holds; `None` for a column that means nothing to us and is only carried along.
    pub field: Option<Field>,
}

/// The columns of one table, left to right.
///
/// ```
/// use gridcode::row::{Column, Columns, Field};
/// let columns = Columns::new(vec![
///     Column { header: "楼栋".into(), field: Some(Field::Building) },
///     Column { header: "备注".into(), field: None },
/// ]);
/// assert_eq!(columns.of(Field::Building), Some(0));
/// assert_eq!(columns.of(Field::Unit), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    list: Vec<Column>,
    by_field: [Option<u16>; Field::COUNT],
}

impl Columns {
    /// Indexes the columns by field; where a field stands twice the first column counts.
    #[must_use]
    pub fn new(list: Vec<Column>) -> Self {
        let mut by_field = [None; Field::COUNT];
        for (index, column) in list.iter().enumerate() {
            if let Some(field) = column.field
                && let Some(slot) = by_field.get_mut(field as usize)
                && slot.is_none()
            {
                *slot = u16::try_from(index).ok();
            }
        }
        Self { list, by_field }
    }

    /// The 0-based column that holds a field.
    #[must_use]
    pub fn of(&self, field: Field) -> Option<usize> {
        self.by_field
            .get(field as usize)
            .copied()
            .flatten()
            .map(usize::from)
    }

    /// Whether the table has a column for a field.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.of(field).is_some()
    }

    /// The header of a column as a user reads it; empty beyond the last.
    #[must_use]
    pub fn header(&self, column: usize) -> &str {
        self.list
            .get(column)
            .map_or("", |column| column.header.as_str())
    }

    /// Whether the headers are Chinese.
    #[must_use]
    pub fn is_chinese(&self) -> bool {
        self.list.iter().any(|column| {
            column
                .header
                .chars()
                .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        })
    }

    /// All columns, left to right.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Column> {
        self.list.iter()
    }

    /// How many columns the table has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether the table has no column.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
