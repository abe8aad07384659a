//! Where the header is: chosen by how many known headers a row has, not by its position.

use super::Near;
use super::header::{Headers, Meaning, clean, fold, is_blank};
use super::options::{ColumnRef, LayoutOptions};
use super::words;
use crate::row::{CellKind, Field, Row};

/// Headers of more rows than that are not met.
const TALLEST: usize = 3;

/// The header of a table: its rows in the buffer and what stands over each column.
#[derive(Debug, Default)]
pub(super) struct Heading {
    /// The first and the last row as indices into the buffer; `None` for a table without header.
    pub(super) rows: Option<(usize, usize)>,
    pub(super) columns: Vec<Over>,
    /// The first column that only holds remarks beside the table.
    pub(super) beside: Option<usize>,
}

/// What stands over one column.
#[derive(Clone, Debug, Default)]
pub(super) struct Over {
    /// As it is shown: the parts joined by `/`.
    pub(super) text: String,
    /// As it is compared: the lowest part, and all parts.
    pub(super) folded: [String; 2],
    /// What it can mean, likeliest first.
    pub(super) meanings: Vec<Meaning>,
    pub(super) serial: bool,
}

/// A row that can be the header.
struct Candidate {
    row: usize,
    known: usize,
    /// The columns that say where a household lives.
    keys: Vec<usize>,
}

/// The fields without one of which a table is no list of households.
pub(super) fn is_key(field: Field) -> bool {
    matches!(
        field,
        Field::Unit | Field::GridCode | Field::Address | Field::Building
    )
}

/// The cells of a row that are seen: not blank, and not the copy of a merged cell on the left.
pub(super) fn seen(row: &Row) -> impl Iterator<Item = (usize, &str)> {
    (0..row.len()).filter_map(|column| {
        let text = row.get(column);
        (!is_blank(text) && !is_spread(row, column)).then_some((column, text))
    })
}

/// Whether a cell is the copy of a merged cell on its left.
pub(super) fn is_spread(row: &Row, column: usize) -> bool {
    row.kind(column) == CellKind::Filled
        && column
            .checked_sub(1)
            .is_some_and(|left| row.get(left) == row.get(column))
}

/// Looks for the header among the first rows.
pub(super) struct Search<'s, 'f> {
    pub(super) rows: &'s [Row],
    pub(super) options: &'s LayoutOptions<'f>,
}

impl Search<'_, '_> {
    /// The row with the most known headers, unless data stand between it and an earlier one.
    pub(super) fn find(&self) -> Option<Heading> {
        let mut best: Option<Candidate> = None;
        for (index, row) in self.rows.iter().enumerate() {
            match (self.candidate(index, row), &best) {
                (Some(new), Some(old)) if new.known > old.known => best = Some(new),
                (Some(new), None) => best = Some(new),
                (None, Some(old)) if has_key(row, &old.keys) => break,
                _ => {}
            }
        }
        let best = best?;
        Some(self.heading(self.grow(best.row)))
    }

    /// The header that ends in a row which the user named.
    pub(super) fn at(&self, index: usize) -> Heading {
        let mut first = index;
        while index - first + 1 < TALLEST && self.is_group_row(first) {
            first -= 1;
        }
        self.heading((first, index))
    }

    /// The row that comes closest to a header, for the message that there is none.
    pub(super) fn closest(&self) -> Option<Near> {
        let mut best: Option<Near> = None;
        for row in self.rows {
            let known: Vec<(String, Field)> = seen(row)
                .filter(|(_, text)| !words::is_number(text))
                .filter_map(|(column, text)| {
                    let first = *self.meanings(column, text).first()?;
                    Some((clean(text), first.field))
                })
                .collect();
            let most = best.as_ref().map_or(0, |best| best.known.len());
            if known.len() > most {
                best = Some(Near {
                    row: row.number(),
                    known,
                    left: Vec::new(),
                });
            }
        }
        best
    }

    /// How many known headers a row has, in which columns the keys are, and how many cells are numbers.
    fn known(&self, row: &Row) -> (usize, Vec<(usize, Field)>, usize) {
        let mut known: Vec<String> = Vec::new();
        let mut keys = Vec::new();
        let mut numbers = 0;
        for (column, text) in seen(row) {
            if words::is_number(text) {
                numbers += 1;
                continue;
            }
            let meanings = self.meanings(column, text);
            let Some(first) = meanings.first() else {
                continue;
            };
            let folded = fold(text);
            if known.contains(&folded) {
                continue;
            }
            known.push(folded);
            if let Some(key) = meanings.iter().find(|meaning| is_key(meaning.field)) {
                keys.push((column, key.field));
            } else if is_key(first.field) {
                keys.push((column, first.field));
            }
        }
        (known.len(), keys, numbers)
    }

    fn candidate(&self, index: usize, row: &Row) -> Option<Candidate> {
        let (known, keys, numbers) = self.known(row);
        if keys.is_empty() || numbers >= known {
            return None;
        }
        if known < 2 {
            let &(column, field) = keys.first()?;
            if !self.values_fit(index, column, field) {
                return None;
            }
        }
        Some(Candidate {
            row: index,
            known,
            keys: keys.into_iter().map(|(column, _)| column).collect(),
        })
    }

    /// One known header alone is believed only with values of its kind below it, or with nothing below it at all.
    fn values_fit(&self, header: usize, column: usize, field: Field) -> bool {
        let (mut fit, mut all, mut other) = (0_usize, 0_usize, 0_usize);
        for row in self.rows.iter().skip(header + 1).take(200) {
            let text = row.get(column).trim();
            if is_blank(text) {
                other += usize::from(!row.is_blank());
                continue;
            }
            all += 1;
            let likely = (self.options.fits)(field, "", text)
                || field == Field::GridCode && words::is_short_with_digit(text);
            fit += usize::from(likely);
        }
        if all == 0 { other == 0 } else { fit * 2 > all }
    }

    fn meanings(&self, column: usize, text: &str) -> Vec<Meaning> {
        let sure = |field| vec![Meaning { field, sure: true }];
        let mut folded = None;
        for (field, wanted) in &self.options.map {
            if let ColumnRef::Named(name) = wanted {
                let folded = folded.get_or_insert_with(|| fold(text));
                if !folded.is_empty() && fold(name) == *folded {
                    return sure(*field);
                }
            }
            // The user says what the column holds: then any word over it that is no such value is its header.
            if wanted.index() == Some(column)
                && !words::has_digit(text)
                && !(self.options.fits)(*field, "", text)
            {
                return sure(*field);
            }
        }
        Headers::built_in().meanings(text)
    }

    /// The first and the last row of the header that one row belongs to.
    fn grow(&self, row: usize) -> (usize, usize) {
        let (mut first, mut last) = (row, row);
        while last - first + 1 < TALLEST && self.is_lower_row(last) {
            last += 1;
        }
        while last - first + 1 < TALLEST && self.is_group_row(first) {
            first -= 1;
        }
        (first, last)
    }

    /// Whether the row above `first` names groups of columns: short words that span several columns
    /// or stand over a blank cell. A title is one text, a line of particulars has colons and digits.
    fn is_group_row(&self, first: usize) -> bool {
        let Some((row, below)) = first
            .checked_sub(1)
            .and_then(|above| Some((self.rows.get(above)?, self.rows.get(first)?)))
        else {
            return false;
        };
        let mut texts = 0;
        let mut groups = false;
        for (column, text) in seen(row) {
            let trimmed = text.trim().trim_end_matches([':', '：']);
            if trimmed.chars().count() > 15
                || trimmed.contains([':', '：'])
                || trimmed.chars().filter(char::is_ascii_digit).count() > 2
            {
                return false;
            }
            texts += 1;
            let next = column + 1;
            let spans = (is_spread(row, next) || is_blank(row.get(next)))
                && !is_blank(below.get(column))
                && !is_blank(below.get(next));
            let stands_alone = is_blank(below.get(column))
                || below.kind(column) == CellKind::Filled && below.get(column) == text;
            groups |= spans || stands_alone;
        }
        texts >= 2 && groups
    }

    /// Whether the row below `last` divides some of its columns: its own cells stand under a group or a
    /// blank, and there is nothing of its own where a household's key would be.
    fn is_lower_row(&self, last: usize) -> bool {
        let (Some(above), Some(row)) = (self.rows.get(last), self.rows.get(last + 1)) else {
            return false;
        };
        let (mut own, mut known) = (0, 0);
        for (column, text) in seen(row) {
            if row.kind(column) == CellKind::Filled {
                if above.get(column) != text {
                    return false;
                }
                continue;
            }
            let next = column + 1;
            let in_group = is_blank(above.get(column))
                || is_spread(above, column)
                || is_spread(above, next)
                || next < above.len() && is_blank(above.get(next)) && !is_blank(row.get(next));
            let over_key = !is_spread(above, column)
                && self
                    .meanings(column, above.get(column))
                    .iter()
                    .any(|meaning| matches!(meaning.field, Field::Unit | Field::GridCode));
            if !in_group || over_key || words::has_digit(text) || text.chars().count() > 15 {
                return false;
            }
            own += 1;
            known += usize::from(!self.meanings(column, text).is_empty());
        }
        known >= 1 || own >= 2
    }

    fn heading(&self, (first, last): (usize, usize)) -> Heading {
        let rows = self.rows.get(first..=last).unwrap_or_default();
        let (width, beside) = self.width(rows, last);
        let columns = (0..width)
            .map(|column| {
                let parts = parts(rows, column);
                let lowest = parts.last().cloned().unwrap_or_default();
                Over {
                    text: parts.join("/"),
                    folded: [fold(&lowest), fold(&parts.join("/"))],
                    meanings: Headers::built_in().meanings_of(&parts),
                    serial: Headers::built_in().is_serial(&lowest),
                }
            })
            .collect();
        Heading {
            rows: Some((first, last)),
            columns,
            beside,
        }
    }

    /// How many columns the table has, and where the remarks beside it begin.
    fn width(&self, header: &[Row], last: usize) -> (usize, Option<usize>) {
        let named = |column: usize| header.iter().any(|row| !is_blank(row.get(column)));
        let most = header.iter().map(Row::len).max().unwrap_or(0);
        let mut width = 0;
        for column in 0..most {
            if !named(column) {
                continue;
            }
            let after_gap = column > width;
            let prose = header
                .iter()
                .any(|row| words::is_prose(row.get(column)) || words::is_remark(row.get(column)));
            if width > 0 && after_gap && prose {
                break;
            }
            width = column + 1;
        }
        // Text to the right of the last header: remarks if a blank column stands between, or if it is prose.
        let below = self.rows.iter().skip(last + 1);
        let mut filled_next = false;
        let mut remark = None;
        for row in header.iter().chain(below) {
            for column in width..row.len() {
                let text = row.get(column);
                if is_blank(text) {
                    continue;
                }
                filled_next |= column == width;
                if column > width || words::is_prose(text) || words::is_remark(text) {
                    remark = Some(remark.map_or(column, |old: usize| old.min(column)));
                }
            }
        }
        let beside = remark.filter(|&column| column == width || !filled_next);
        (width, beside)
    }
}

/// The texts over a column, topmost first, cleaned, each once.
fn parts(header: &[Row], column: usize) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for (level, row) in header.iter().enumerate() {
        let mut text = row.get(column);
        if is_blank(text) && level + 1 < header.len() {
            text = group(header, level, column);
        }
        let text = clean(text);
        if !text.is_empty() && parts.last() != Some(&text) {
            parts.push(text);
        }
    }
    parts
}

/// The name of the group that a column stands in, where a blank cell continues the cell on its left.
fn group(header: &[Row], level: usize, column: usize) -> &str {
    let below = |column: usize| {
        header
            .iter()
            .skip(level + 1)
            .any(|row| !is_blank(row.get(column)))
    };
    if !below(column) {
        return "";
    }
    let Some(row) = header.get(level) else {
        return "";
    };
    (0..column)
        .rev()
        .find(|&left| !is_blank(row.get(left)))
        .filter(|&left| (left..column).all(below))
        .map_or("", |left| row.get(left))
}

/// Whether one of the key columns holds something like a number on a door: the row is data. In a table of
/// several keys a row has to have more than that cell, as a line of particulars below a title may not.
fn has_key(row: &Row, keys: &[usize]) -> bool {
    let alone = keys.len() > 1 && seen(row).count() < 2;
    !alone
        && keys
            .iter()
            .any(|&column| words::is_short_with_digit(row.get(column)))
}
