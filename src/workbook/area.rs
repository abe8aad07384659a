//! Areas of cells such as `A1:H100`, and how a sheet is named before them.

use super::comments::cell_of;
use crate::row::column_letters;

/// An area: rows from 1, columns from 0, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) top: u32,
    pub(super) left: u32,
    pub(super) bottom: u32,
    pub(super) right: u32,
}

impl Area {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let ((top, left), (bottom, right)) = (cell_of(first)?, cell_of(last)?);
        Some(Self {
            top: top.min(bottom),
            left: left.min(right),
            bottom: top.max(bottom),
            right: left.max(right),
        })
    }

    pub(super) fn cell(row: u32, column: u32) -> Self {
        Self {
            top: row,
            left: column,
            bottom: row,
            right: column,
        }
    }

    /// The least area around both.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            top: self.top.min(other.top),
            left: self.left.min(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.max(other.right),
        }
    }

    /// `A1:H100`; one cell alone is `A1`.
    pub(super) fn name(self) -> String {
        let first = format!("{}{}", letters(self.left), self.top);
        let last = format!("{}{}", letters(self.right), self.bottom);
        if first == last {
            first
        } else {
            format!("{first}:{last}")
        }
    }

    /// `'住户'!$A$1:$H$100`
    pub(super) fn absolute(self, sheet: &str) -> String {
        let first = format!("${}${}", letters(self.left), self.top);
        let last = format!("${}${}", letters(self.right), self.bottom);
        let sheet = quoted(sheet);
        if first == last {
            format!("{sheet}!{first}")
        } else {
            format!("{sheet}!{first}:{last}")
        }
    }
}

pub(super) fn letters(column: u32) -> String {
    column_letters(column as usize)
}

/// A sheet's name as formulas and links write it: always quoted, which is never wrong.
pub(super) fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_read_and_named() {
        let area = Area::parse("$B$2:D10").unwrap();
        assert_eq!(area.name(), "B2:D10");
        assert_eq!(area.absolute("甲's"), "'甲''s'!$B$2:$D$10");
        assert_eq!(area.with(Area::cell(1, 7)).name(), "B1:H10");
        assert_eq!(Area::parse("A1").unwrap().name(), "A1");
        assert!(Area::parse("#REF!").is_none());
    }
}
