//! `Row`: the texts of one row in one buffer, so that a million rows cost no allocation each.

use std::fmt;

/// What the file said a cell was. The text is kept beside it: nothing is turned into a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CellKind {
    /// Text, or any cell of a CSV file.
    #[default]
    Text,
    /// A number cell of a workbook, already written as plain text: `803`, not `803.0`.
    Number,
    /// A date cell of a workbook, written as `2024-03-02`, or `2024-03-02 08:30:00` when it has a time of day.
    Date,
    /// `TRUE` or `FALSE`.
    Bool,
    /// An error value such as `#REF!`.
    Error,
    /// A formula whose value the file does not hold: the text is empty, but not because nobody wrote anything.
    NoValue,
    /// Blank in the file and inside a merged area: the text is the area's.
    Filled,
    /// Blank in the file and under a value that the table writes once for a group of rows: the text is copied from above.
    Carried,
}

impl CellKind {
    /// Whether the text was copied from another cell, where it has been judged already.
    #[must_use]
    pub const fn is_copy(self) -> bool {
        matches!(self, Self::Filled | Self::Carried)
    }
}

/// One row: its number in the file and the text and kind of each cell.
///
/// ```
/// use gridcode::row::{CellKind, Row};
/// let mut row = Row::new(5);
/// row.push("3栋", CellKind::Text);
/// row.push("803", CellKind::Number);
/// assert_eq!(row.number(), 5);
/// assert_eq!(row.get(1), "803");
/// assert_eq!(row.kind(1), CellKind::Number);
/// assert_eq!(row.get(9), "");
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Row {
    number: u64,
    text: String,
    ends: Vec<usize>,
    kinds: Vec<CellKind>,
    /// White space that stood where a copy stands now: seldom any.
    under_copies: Vec<(usize, String)>,
}

/// The cells may be names and numbers of persons: they are counted, not shown.
impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("number", &self.number)
            .field("cells", &self.len())
            .finish_non_exhaustive()
    }
}

impl Row {
    /// An empty row with its 1-based number as Excel shows it.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self {
            number,
            ..Self::default()
        }
    }

    /// A row of text cells.
    pub fn of<'a>(number: u64, texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut row = Self::new(number);
        for text in texts {
            row.push(text, CellKind::Text);
        }
        row
    }

    /// Empties the row, keeps its memory, and gives it a new number.
    pub fn reset(&mut self, number: u64) {
        self.number = number;
        self.text.clear();
        self.ends.clear();
        self.kinds.clear();
        self.under_copies.clear();
    }

    /// Appends a cell.
    pub fn push(&mut self, text: &str, kind: CellKind) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.kinds.push(kind);
    }

    /// Replaces the text and kind of one cell, and appends empty cells where the row is shorter.
    pub fn set(&mut self, index: usize, text: &str, kind: CellKind) {
        while self.len() <= index {
            self.push("", CellKind::Text);
        }
        let (start, end) = self.bounds(index);
        if kind.is_copy() && start < end {
            let own = self.own(index).to_owned();
            self.under_copies.retain(|(at, _)| *at != index);
            self.under_copies.push((index, own));
        }
        self.text.replace_range(start..end, text);
        for later in self.ends.iter_mut().skip(index) {
            *later = *later + text.len() - (end - start);
        }
        if let Some(slot) = self.kinds.get_mut(index) {
            *slot = kind;
        }
    }

    /// The 1-based row number as Excel shows it, blank lines counted.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// How many cells the file gave this row.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether the row has no cell at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether every cell is empty or white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The text of a cell as it stands in the file; empty beyond the end of the row.
    #[must_use]
    pub fn get(&self, index: usize) -> &str {
        let (start, end) = self.bounds(index);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The text that the file has in this very cell: that of [`get`](Self::get), but for a copy, which hides nothing
    /// or white space.
    ///
    /// ```
    /// use gridcode::row::{CellKind, Row};
    /// let mut row = Row::of(6, [" ", "803"]);
    /// row.set(0, "3栋", CellKind::Carried);
    /// assert_eq!((row.get(0), row.own(0)), ("3栋", " "));
    /// ```
    #[must_use]
    pub fn own(&self, index: usize) -> &str {
        if !self.kind(index).is_copy() {
            return self.get(index);
        }
        let hidden = self.under_copies.iter().find(|(at, _)| *at == index);
        hidden.map_or("", |(_, text)| text.as_str())
    }

    /// What the file said the cell was; [`CellKind::Text`] beyond the end of the row.
    #[must_use]
    pub fn kind(&self, index: usize) -> CellKind {
        self.kinds.get(index).copied().unwrap_or_default()
    }

    /// Whether every cell is plain text, as every cell of a text file is.
    #[must_use]
    pub fn is_all_text(&self) -> bool {
        self.kinds.iter().all(|kind| *kind == CellKind::Text)
    }

    /// How many bytes the texts of all cells have together, or a few more.
    #[must_use]
    pub(crate) fn text_length(&self) -> usize {
        self.text.len()
    }

    /// The texts of all cells, in order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }

    fn bounds(&self, index: usize) -> (usize, usize) {
        let end = self.ends.get(index).copied().unwrap_or(self.text.len());
        let start = match index.checked_sub(1) {
            None => 0,
            Some(before) => self.ends.get(before).copied().unwrap_or(self.text.len()),
        };
        (start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_a_cell_moves_the_later_cells_and_keeps_their_text() {
        let mut row = Row::of(1, ["a", "楼", "c"]);
        row.set(1, "building", CellKind::Filled);
        assert_eq!(row.iter().collect::<Vec<_>>(), ["a", "building", "c"]);
        row.set(1, "", CellKind::Text);
        assert_eq!(row.iter().collect::<Vec<_>>(), ["a", "", "c"]);
        row.set(4, "e", CellKind::Text);
        assert_eq!(row.iter().collect::<Vec<_>>(), ["a", "", "c", "", "e"]);
    }
}
