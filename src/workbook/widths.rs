//! The widths of columns: ours come between those of the user's, and go again.

use super::xml;

/// One `col`: columns from 0, both ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Col {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) tag: String,
}

impl Col {
    /// `None` for one that names no column.
    pub(super) fn parse(tag: &str) -> Option<Self> {
        let number = |name| xml::attribute(tag, name)?.trim().parse::<u32>().ok();
        Some(Self {
            first: number("min")?.checked_sub(1)?,
            last: number("max")?.checked_sub(1)?,
            tag: tag.to_owned(),
        })
    }

    /// The style of its cells that the file does not name.
    pub(super) fn style(&self) -> u32 {
        xml::attribute(&self.tag, "style")
            .and_then(|style| style.trim().parse().ok())
            .unwrap_or(0)
    }

    fn over(&self, first: u32, last: u32) -> Self {
        let tag = xml::with_attribute(&self.tag, "min", Some(&(first + 1).to_string()));
        let tag = xml::with_attribute(&tag, "max", Some(&(last + 1).to_string()));
        Self { first, last, tag }
    }

    fn is_hidden(&self) -> bool {
        xml::attribute(&self.tag, "hidden").is_some_and(|hidden| hidden != "0" && hidden != "false")
    }
}

/// The style that a column gives to cells the file does not name.
pub(super) fn style_of(cols: &[Col], column: u32) -> u32 {
    let col = cols
        .iter()
        .find(|col| (col.first..=col.last).contains(&column));
    col.map_or(0, Col::style)
}

/// The columns without some of ours, then with some of ours.
pub(super) fn changed(cols: &[Col], gone: &[u32], new: &[(u32, u32)], prefix: &str) -> Vec<Col> {
    let mut left = cols.to_vec();
    for column in gone {
        left = without(&left, *column);
    }
    // Where hidden columns to the right of a list began before ours came, they begin again.
    if let (Some(first), Some(last)) = (gone.first(), gone.last()) {
        for col in &mut left {
            if col.first == last + 1 && col.is_hidden() {
                *col = col.over(*first, col.last);
            }
        }
    }
    for (column, width) in new {
        left = without(&left, *column);
        let number = column + 1;
        left.push(Col {
            first: *column,
            last: *column,
            tag: format!("<{prefix}col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>"),
        });
    }
    left.sort_by_key(|col| col.first);
    left
}

fn without(cols: &[Col], column: u32) -> Vec<Col> {
    let mut left = Vec::with_capacity(cols.len() + 1);
    for col in cols {
        if !(col.first..=col.last).contains(&column) {
            left.push(col.clone());
            continue;
        }
        if col.first < column {
            left.push(col.over(col.first, column - 1));
        }
        if col.last > column {
            left.push(col.over(column + 1, col.last));
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cols(tags: &[&str]) -> Vec<Col> {
        tags.iter().filter_map(|tag| Col::parse(tag)).collect()
    }

    #[test]
    fn hidden_columns_make_room_and_close_again() {
        let before = cols(&[
            "<col min=\"1\" max=\"3\" width=\"9\" style=\"4\"/>",
            "<col min=\"4\" max=\"16384\" width=\"9\" hidden=\"1\"/>",
        ]);
        assert_eq!(style_of(&before, 2), 4);
        assert_eq!(style_of(&before, 3), 0);
        let marked = changed(&before, &[], &[(3, 40), (4, 20)], "");
        assert_eq!(
            marked
                .iter()
                .map(|col| (col.first, col.last))
                .collect::<Vec<_>>(),
            [(0, 2), (3, 3), (4, 4), (5, 16_383)]
        );
        assert_eq!(changed(&marked, &[3, 4], &[(3, 40), (4, 20)], ""), marked);
        assert_eq!(changed(&marked, &[3, 4], &[], ""), before);
    }
}
