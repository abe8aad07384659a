//! `Row`: the texts of one row in one buffer, so that a million rows cost no allocation each.

use std::fmt;

use super::Cells;

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
#[derive(Clone, Default)]
pub struct Row {
    number: u64,
    /// The cells one after the other, or a line of a text file with its delimiters.
    text: String,
    /// Where the cells end in `text`.
    ends: Vec<usize>,
    /// How many bytes stand between one cell and the next: 1 in a line, else 0.
    gap: usize,
    /// The delimiter, as long as `text` is a line that a writer may copy.
    verbatim: Option<u8>,
    /// The kinds of the cells up to the last that is no text: in a text file none.
    kinds: Vec<CellKind>,
    /// White space that stood where a copy stands now: seldom any.
    under_copies: Vec<(usize, String)>,
}

/// Rows are equal when their cells are, wherever these came from.
impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
            && self.len() == other.len()
            && (0..self.len()).all(|index| {
                self.get(index) == other.get(index)
                    && self.kind(index) == other.kind(index)
                    && self.own(index) == other.own(index)
            })
    }
}

impl Eq for Row {}

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
        self.gap = 0;
        self.verbatim = None;
        self.kinds.clear();
        self.under_copies.clear();
    }

    /// Makes the row the cells of one line, all at once: they end where `ends` says, and one byte stands between two.
    ///
    /// `verbatim` is the delimiter, where the line may be [copied](Self::line) as it stands.
    pub(crate) fn take_line(
        &mut self,
        number: u64,
        line: &str,
        ends: &[usize],
        verbatim: Option<u8>,
    ) {
        self.reset(number);
        self.text.push_str(line);
        self.ends.extend_from_slice(ends);
        self.gap = 1;
        self.verbatim = verbatim;
    }

    /// The line of a text file that the row still is, as [`Cells::line`] says.
    #[cfg(test)]
    pub(crate) fn line(&self) -> Option<(&str, u8)> {
        self.cells().line()
    }

    /// A look at the row.
    #[inline]
    pub(crate) fn cells(&self) -> Cells<'_> {
        Cells {
            number: self.number,
            text: &self.text,
            ends: &self.ends,
            gap: self.gap,
            verbatim: self.verbatim,
            kinds: &self.kinds,
            shared: 0,
        }
    }

    /// The memory that the cells take, about.
    #[cfg(feature = "excel")]
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
            + self.ends.len() * (size_of::<usize>() + size_of::<CellKind>())
            + size_of::<Self>()
    }

    /// Appends a cell.
    pub fn push(&mut self, text: &str, kind: CellKind) {
        self.verbatim = None;
        if self.gap > 0 && !self.ends.is_empty() {
            self.text.push(',');
        }
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.set_kind(self.ends.len() - 1, kind);
    }

    /// Replaces the text and kind of one cell, and appends empty cells where the row is shorter.
    pub fn set(&mut self, index: usize, text: &str, kind: CellKind) {
        self.verbatim = None;
        while self.len() <= index {
            self.push("", CellKind::Text);
        }
        let (start, end) = self.cells().bounds(index).unwrap_or_default();
        if kind.is_copy() && start < end {
            let own = self.own(index).to_owned();
            self.under_copies.retain(|(at, _)| *at != index);
            self.under_copies.push((index, own));
        }
        self.text.replace_range(start..end, text);
        for later in self.ends.iter_mut().skip(index) {
            *later = *later + text.len() - (end - start);
        }
        self.set_kind(index, kind);
    }

    fn set_kind(&mut self, index: usize, kind: CellKind) {
        if let Some(slot) = self.kinds.get_mut(index) {
            *slot = kind;
        } else if kind != CellKind::Text {
            self.kinds.resize(index, CellKind::Text);
            self.kinds.push(kind);
        }
    }

    /// The 1-based row number as Excel shows it, blank lines counted.
    #[inline]
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// How many cells the file gave this row.
    #[inline]
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
        self.iter().all(|cell| cell.trim().is_empty())
    }

    /// The text of a cell as it stands in the file; empty beyond the end of the row.
    #[inline]
    #[must_use]
    pub fn get(&self, index: usize) -> &str {
        self.cells().get(index)
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
    #[inline]
    #[must_use]
    pub fn own(&self, index: usize) -> &str {
        if !self.kind(index).is_copy() {
            return self.get(index);
        }
        let hidden = self.under_copies.iter().find(|(at, _)| *at == index);
        hidden.map_or("", |(_, text)| text.as_str())
    }

    /// What the file said the cell was; [`CellKind::Text`] beyond the end of the row.
    #[inline]
    #[must_use]
    pub fn kind(&self, index: usize) -> CellKind {
        self.kinds.get(index).copied().unwrap_or_default()
    }

    /// Whether every cell is plain text, as every cell of a text file is.
    #[must_use]
    pub fn is_all_text(&self) -> bool {
        self.kinds.iter().all(|kind| *kind == CellKind::Text)
    }

    /// The texts of all cells, in order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    #[test]
    fn a_line_can_be_copied_until_a_cell_is_changed() {
        let mut row = of_line(3, &["3栋", "", "803"]);
        assert_eq!(row.line(), Some(("3栋,,803", b',')));
        let ends = [0, 1, 2, 3, 4].map(|count| row.cells().line_end(count));
        assert_eq!(ends, [Some(0), Some(4), Some(5), Some(9), None]);
        let mut longer = row.clone();
        longer.push("x", CellKind::Text);
        row.set(0, "3栋", CellKind::Text);
        assert_eq!((row.line(), longer.line()), (None, None));
        assert_eq!(Row::of(1, ["a"]).line(), None);
        row.reset(4);
        assert_eq!(row, Row::new(4));
        assert_eq!(row.line(), None);
    }

    /// The row as a line of a text file gives it.
    fn of_line(number: u64, cells: &[impl AsRef<str>]) -> Row {
        let (mut line, mut ends) = (String::new(), Vec::new());
        for cell in cells {
            if !ends.is_empty() {
                line.push(',');
            }
            line.push_str(cell.as_ref());
            ends.push(line.len());
        }
        let mut row = Row::of(9, ["what", "stood", "here"]);
        row.set(1, "before", CellKind::Filled);
        row.take_line(number, &line, &ends, Some(b','));
        row
    }

    /// A change to a row: a cell set, or pushed where there is no index.
    fn any_change() -> impl Strategy<Value = (Option<usize>, String, CellKind)> {
        let kinds = prop_oneof![
            3 => Just(CellKind::Text),
            1 => Just(CellKind::Number),
            2 => Just(CellKind::Filled),
            2 => Just(CellKind::Carried),
        ];
        (proptest::option::of(0..8_usize), "[楼 ,a]{0,3}", kinds)
    }

    proptest! {
        #[test]
        fn a_row_filled_from_a_line_is_the_row_pushed_cell_by_cell_whatever_is_changed(
            cells in proptest::collection::vec("[楼 a\t]{0,3}", 0..6),
            changes in proptest::collection::vec(any_change(), 0..6),
        ) {
            let mut line = of_line(7, &cells);
            let mut pushed = Row::of(7, cells.iter().map(String::as_str));
            let mut plain = cells;
            prop_assert_eq!(&line, &pushed);
            for (index, text, kind) in changes {
                let before = line.clone();
                if let Some(index) = index {
                    line.set(index, &text, kind);
                    pushed.set(index, &text, kind);
                    plain.resize(plain.len().max(index + 1), String::new());
                    plain[index].clone_from(&text);
                } else {
                    line.push(&text, kind);
                    pushed.push(&text, kind);
                    plain.push(text.clone());
                }
                prop_assert_eq!(&line, &pushed);
                let at = index.unwrap_or(plain.len() - 1);
                prop_assert_eq!(line.kind(at), kind);
                let same = before.len() == line.len()
                    && before.get(at) == text
                    && before.kind(at) == kind
                    && before.own(at) == line.own(at);
                prop_assert_eq!(before == line, same);
            }
            prop_assert_eq!(line.iter().collect::<Vec<_>>(), plain.iter().collect::<Vec<_>>());
            prop_assert_eq!(line.iter().len(), plain.len());
            let blank = plain.iter().all(|cell| cell.trim().is_empty());
            prop_assert_eq!((line.is_blank(), pushed.is_blank()), (blank, blank));
            prop_assert_eq!((line.get(plain.len()), line.own(99)), ("", ""));
            for index in 0..=plain.len() {
                prop_assert_eq!(line.kind(index), pushed.kind(index));
                prop_assert_eq!(line.own(index), pushed.own(index));
            }
        }
    }
}
