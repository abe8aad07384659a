//! Headings inside a table: a place alone in its row, said of the rows below it.

use super::Classifier;
use crate::row::{CellKind, Field, Row};
use crate::table::header::{Headers, is_blank};
use crate::table::heading::seen;
use crate::table::words;

impl Classifier<'_> {
    /// What a heading inside the table says of the rows below it: a place alone in its row.
    pub(in crate::table) fn section<'t>(&self, row: &'t Row) -> Option<(Field, &'t str)> {
        let mut cells = seen(row);
        let (column, text) = cells.next()?;
        if cells.next().is_some() || row.kind(column) == CellKind::Filled {
            return None;
        }
        let text = text.trim();
        if text.chars().count() > 40 {
            return None;
        }
        if let Some((label, value)) = text.split_once([':', '：']) {
            let meanings = Headers::built_in().meanings(label);
            let field = meanings.iter().find(|meaning| meaning.sure)?.field;
            let value = value.trim();
            let fits = matches!(field, Field::Community | Field::Estate | Field::Street)
                || matches!(field, Field::Address | Field::Building | Field::Entrance)
                    && (self.fits)(field, "", value);
            return (fits && !is_blank(value)).then_some((field, value));
        }
        // `3栋2单元住户登记表`: the place, and what kind of form it is.
        for place in [text, words::without_form(text)] {
            if let Some(field) = self.marked_place(place) {
                return Some((field, place));
            }
        }
        let here = self.meanings.get(column);
        let holds_names = here.is_some_and(|fields| {
            fields.contains(&Field::Name) || fields.contains(&Field::HeadName)
        });
        if words::has_digit(text) || text.chars().count() > 12 {
            return None;
        }
        let ends = |words: &[&str]| {
            words
                .iter()
                .any(|word| text.len() > word.len() && text.ends_with(word))
        };
        if ends(&["社区", "居委会", "村委会"]) || !holds_names && ends(&["村"]) {
            Some((Field::Community, text))
        } else if ends(&["小区"]) {
            Some((Field::Estate, text))
        } else if ends(&["街道"]) {
            Some((Field::Street, text))
        } else {
            None
        }
    }

    /// `3栋`, `2单元`, `3栋2单元803室`: a place with its mark, which no bare room number is.
    fn marked_place(&self, text: &str) -> Option<Field> {
        if !words::has_digit(text) && !text.ends_with(['栋', '幢', '楼']) {
            return None;
        }
        if text.ends_with(['栋', '幢', '座', '楼']) && (self.fits)(Field::Building, "", text) {
            return Some(Field::Building);
        }
        if text.ends_with("单元") && (self.fits)(Field::Entrance, "", text) {
            return Some(Field::Entrance);
        }
        let has_mark = text.contains(['栋', '幢', '座', '楼']);
        (has_mark && (self.fits)(Field::Address, "", text)).then_some(Field::Address)
    }

    /// `3栋` alone in a column of rooms: not a room, whatever else.
    pub(super) fn is_other_place(&self, row: &Row) -> bool {
        let building =
            |&(field, _): &(Field, &str)| matches!(field, Field::Building | Field::Entrance);
        let no_key = |(_, text): (Field, &str)| {
            !self.keys.iter().any(|&(_, key)| (self.fits)(key, "", text))
        };
        self.section(row).filter(building).is_some_and(no_key)
    }
}
