//! Merged areas: every blank cell inside one shows the text of the first, as the sheet shows it.

use calamine::Dimensions;

use crate::row::{CellKind, Row};

/// A title over all 16,384 columns is no reason to fill the memory.
const MOST_TEXT: usize = 16 << 20;
const LAST_COLUMN: u32 = 16_383;
/// Areas that do not overlap, and Excel's never do, cannot cover more columns of one row than a sheet has.
const MOST_COVERED: u32 = LAST_COLUMN + 1;

/// The merged areas of one sheet, looked up as the rows go by: memory grows with the areas, not with their cells.
#[derive(Debug)]
pub(crate) struct Merged {
    /// By their first row.
    waiting: std::iter::Peekable<std::vec::IntoIter<Dimensions>>,
    open: Vec<Open>,
}

/// An area whose rows are going by.
#[derive(Debug)]
struct Open {
    left: u32,
    right: u32,
    bottom: u32,
    text: String,
}

impl Merged {
    pub(crate) fn new(mut areas: Vec<Dimensions>) -> Self {
        areas.retain(|area| area.start != area.end && area.start.0 <= area.end.0);
        areas.sort_by_key(|area| (area.start, area.end));
        Self {
            waiting: areas.into_iter().peekable(),
            open: Vec::new(),
        }
    }

    /// Fills the blank merged cells of the row with this 0-based index. Rows must come in order, none left out.
    pub(crate) fn fill(&mut self, index: u32, row: &mut Row) {
        self.open.retain(|area| area.bottom >= index);
        while let Some(area) = self.waiting.next_if(|area| area.start.0 <= index) {
            let text = row.get(area.start.1 as usize);
            let (left, right) = (area.start.1, area.end.1.min(LAST_COLUMN));
            let covered: u32 = self
                .open
                .iter()
                .map(|open| open.right - open.left + 1)
                .sum();
            let fits = left <= right && covered + (right - left) < MOST_COVERED;
            if !text.is_empty() && fits {
                self.open.push(Open {
                    left,
                    right,
                    bottom: area.end.0,
                    text: text.to_owned(),
                });
            }
        }
        let mut room = MOST_TEXT;
        for area in &self.open {
            for column in area.left..=area.right {
                let column = column as usize;
                // A text of its own, hidden below the merged cell, is data and stays.
                if row.get(column).is_empty() && room >= area.text.len() {
                    room -= area.text.len();
                    row.set(column, &area.text, CellKind::Filled);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_that_overlap_cost_no_more_than_a_row_has_columns() {
        let areas = (0..2_000).map(|more| Dimensions::new((0, 0), (1_000 + more, 16_383)));
        let mut merged = Merged::new(areas.collect());
        let mut row = Row::of(1, ["3栋"]);
        merged.fill(0, &mut row);
        assert_eq!(merged.open.len(), 1);
    }

    #[test]
    fn an_area_of_a_whole_sheet_costs_no_memory_and_ends_where_it_ends() {
        let mut merged = Merged::new(vec![
            Dimensions::new((0, 0), (1_048_575, 0)),
            Dimensions::new((1, 1), (2, 2)),
        ]);
        let mut row = Row::of(1, ["3栋"]);
        merged.fill(0, &mut row);
        assert_eq!(row.kind(0), CellKind::Text);
        let mut row = Row::of(2, ["", "2单元"]);
        merged.fill(1, &mut row);
        assert_eq!(row.iter().collect::<Vec<_>>(), ["3栋", "2单元", "2单元"]);
        assert_eq!(row.kind(1), CellKind::Text);
        assert_eq!(row.kind(2), CellKind::Filled);
        let mut row = Row::of(3, ["", "", "803"]);
        merged.fill(2, &mut row);
        assert_eq!(row.iter().collect::<Vec<_>>(), ["3栋", "2单元", "803"]);
        let mut row = Row::new(4);
        merged.fill(3, &mut row);
        assert_eq!(row.iter().collect::<Vec<_>>(), ["3栋"]);
    }
}
