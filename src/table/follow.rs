//! What each row is and which blanks it takes from above, once the table has been found.

use super::classify::Classifier;
use super::filldown::FillDown;
use super::row_kind::RowKind;
use super::usual::Usual;
use crate::row::{Cells, Field, Row};

/// Goes along with the rows of a table, in their order.
#[derive(Clone)]
pub(crate) struct Follow<'f> {
    pub(super) classifier: Classifier<'f>,
    pub(super) fill: FillDown,
}

impl std::fmt::Debug for Follow<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Follow")
            .field("steady", &self.is_steady())
            .finish_non_exhaustive()
    }
}

impl Follow<'_> {
    /// Says what the next row is, and fills its blanks.
    pub(crate) fn take(&mut self, row: &mut Row) -> RowKind {
        let kind = self.classifier.classify(row);
        let section = self.heading_text(row, kind);
        self.fill.apply(row, kind, section.as_ref());
        kind
    }

    /// Whether the next row is a household's as the row before was, and [`take`](Self::take) would change nothing in it;
    /// where it is, it need not be taken.
    #[inline]
    pub(crate) fn is_household_again(&self, cells: &Cells<'_>) -> bool {
        self.fill.is_idle() && self.classifier.is_household_again(cells)
    }

    /// The same, also for a row that has little in common with the row before: that costs a look at its first cells.
    /// `follows` says that the row before was asked about here, and was one.
    #[inline]
    pub(crate) fn is_household_too(
        &self,
        cells: &Cells<'_>,
        usual: &mut Usual,
        follows: bool,
    ) -> bool {
        let reach = usual.reach;
        if follows {
            if reach > 0 && cells.shared() >= reach && self.classifier.has_bare_key(cells) {
                return true;
            }
        } else if self.is_household_again(cells) {
            usual.reach = self.classifier.looked;
            return true;
        }
        self.is_steady() && self.classifier.is_household_too(cells, usual)
    }

    /// What a heading inside the table says of the rows below it.
    pub(super) fn heading_text(&self, row: &Row, kind: RowKind) -> Option<(Field, String)> {
        (kind == RowKind::Section)
            .then(|| self.classifier.section(row))
            .flatten()
            .map(|(field, text)| (field, text.to_owned()))
    }

    /// Whether nothing that came before has a say in what the next rows are: the row above was a household's, and
    /// nothing is carried down.
    pub(crate) fn is_steady(&self) -> bool {
        self.classifier.is_steady() && self.carries_nothing()
    }

    /// Whether the next row stands for itself: no blank of it would be filled.
    pub(crate) fn carries_nothing(&self) -> bool {
        self.fill.is_idle()
    }

    /// The same table in the middle of its rows, as [`is_steady`](Self::is_steady) says; `None` where values are carried
    /// down and each row has to be told by those above.
    pub(crate) fn steadied(&self) -> Option<Self> {
        let mut steady = self.clone();
        steady.classifier.settle();
        steady.fill.idle().then_some(steady)
    }
}
