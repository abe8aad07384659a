//! `Cells`: the cells of a row where they stand, in a row of its own or in the line of a text, copied nowhere.

use super::{CellKind, Row};

/// A look at one row.
#[derive(Clone, Copy)]
pub(crate) struct Cells<'r> {
    pub(super) number: u64,
    pub(super) text: &'r str,
    pub(super) ends: &'r [usize],
    pub(super) gap: usize,
    pub(super) verbatim: Option<u8>,
    pub(super) kinds: &'r [CellKind],
    pub(super) shared: usize,
}

/// The cells may be names and numbers of persons: they are counted, not shown.
impl std::fmt::Debug for Cells<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cells")
            .field("number", &self.number)
            .field("cells", &self.len())
            .finish_non_exhaustive()
    }
}

impl<'r> Cells<'r> {
    /// The cells of one line: they end where `ends` says, and one byte stands between two. `verbatim` is the delimiter,
    /// where the line may be [copied](Self::line) as it stands. The first `shared` are those of the row before.
    #[inline]
    pub(crate) fn of_line(
        number: u64,
        text: &'r str,
        ends: &'r [usize],
        verbatim: Option<u8>,
        shared: usize,
    ) -> Self {
        Self {
            number,
            text,
            ends,
            gap: 1,
            verbatim,
            kinds: &[],
            shared,
        }
    }

    /// Makes a row of the line.
    pub(crate) fn fill(&self, row: &mut Row) {
        row.take_line(self.number, self.text, self.ends, self.verbatim);
    }

    #[inline]
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many of the first cells are those of the row before, which the same reader gave; 0 where nobody knows.
    #[inline]
    pub(crate) fn shared(&self) -> usize {
        self.shared
    }

    /// As [`Row::get`].
    #[inline]
    pub(crate) fn get(&self, index: usize) -> &'r str {
        self.bounds(index)
            .and_then(|(start, end)| self.text.get(start..end))
            .unwrap_or_default()
    }

    /// The bytes of [`get`](Self::get), for those who only compare.
    #[inline]
    pub(crate) fn bytes(&self, index: usize) -> &'r [u8] {
        self.bounds(index)
            .and_then(|(start, end)| self.text.as_bytes().get(start..end))
            .unwrap_or_default()
    }

    /// As [`Row::kind`].
    #[inline]
    pub(crate) fn kind(&self, index: usize) -> CellKind {
        self.kinds.get(index).copied().unwrap_or_default()
    }

    /// As [`Row::is_all_text`].
    #[inline]
    pub(crate) fn is_all_text(&self) -> bool {
        self.kinds.iter().all(|kind| *kind == CellKind::Text)
    }

    /// How many bytes the texts of all cells have together, or a few more.
    #[inline]
    pub(crate) fn text_length(&self) -> usize {
        self.text.len()
    }

    /// The line of a text file that the row still is, cell by cell, and its delimiter: only where each cell says the
    /// same to whoever reads it, without quotes and without a guard.
    #[inline]
    pub(crate) fn line(&self) -> Option<(&'r str, u8)> {
        Some((self.text, self.verbatim?))
    }

    /// Where the first `count` cells end in the [line](Self::line); `None` where there are fewer.
    #[inline]
    pub(crate) fn line_end(&self, count: usize) -> Option<usize> {
        match count.checked_sub(1) {
            None => Some(0),
            Some(last) => self.ends.get(last).copied(),
        }
    }

    /// The bytes of the [line](Self::line) that the row still is, and where its cells end: one byte stands between two,
    /// which none of them has, and all are text.
    #[inline]
    pub(crate) fn plain_line(&self) -> Option<(&'r [u8], &'r [usize])> {
        let is_plain = self.gap == 1 && self.verbatim.is_some() && self.kinds.is_empty();
        is_plain.then_some((self.text.as_bytes(), self.ends))
    }

    #[inline]
    pub(super) fn bounds(&self, index: usize) -> Option<(usize, usize)> {
        let end = *self.ends.get(index)?;
        let start = match index.checked_sub(1) {
            None => 0,
            Some(before) => self.ends.get(before)? + self.gap,
        };
        Some((start, end))
    }
}
