//! Where new columns stand in a sheet, and the filter over them.

use super::area::Area;
use super::edits::NewColumns;
use super::pieces::MOST_COLUMNS;
use super::rewrite::Filter;
use super::scan::Scan;

/// What there is in a sheet that new columns must not cover.
pub(super) struct Around<'a> {
    pub(super) scan: &'a Scan,
    /// Columns of ours from before, which go.
    pub(super) own: &'a [u32],
    pub(super) tables: &'a [Area],
    /// The last column in which a text or mark comes.
    pub(super) edits: Option<u32>,
    /// The last column of pictures beside the list.
    pub(super) pictures: Option<u32>,
    /// Whether the sheet's filter came with columns of ours.
    pub(super) filter_is_ours: bool,
}

/// Where the columns stand.
#[derive(Debug)]
pub(super) struct Beside {
    /// The first of them; `None` where none come.
    pub(super) first: Option<u32>,
    /// Each of them, from the header to the last row.
    pub(super) columns: Vec<Area>,
    pub(super) filter: Filter,
    /// The first cell of a filter that was not there before.
    pub(super) new_filter: Option<Area>,
    /// Whether a filter elsewhere in the sheet leaves no room for one over the columns.
    pub(super) no_filter: bool,
}

impl Beside {
    /// The area of a filter of which no condition is left: rows that it hid have to be shown, nothing else would.
    pub(super) fn shown(&self, scan: &Scan) -> Option<Area> {
        let goes = |column: &u32| match self.filter {
            Filter::Keep => false,
            Filter::Drop => true,
            Filter::Set(_, limit) => *column >= limit,
        };
        let all = !scan.conditions.is_empty() && scan.conditions.iter().all(goes);
        scan.filter.filter(|_| all)
    }
}

/// Finds the place of new columns, if any come, and what becomes of the filter.
pub(super) fn beside(around: &Around<'_>, columns: Option<&NewColumns>) -> Beside {
    let scan = around.scan;
    let was = scan.filter;
    let kept = was
        .filter(|_| !around.filter_is_ours)
        .map(|area| trimmed(area, around.own));
    let mut beside = Beside {
        first: None,
        columns: Vec::new(),
        filter: match (was, kept) {
            (Some(was), Some(now)) if was != now => Filter::Set(now, now.right + 1),
            (Some(_), None) => Filter::Drop,
            _ => Filter::Keep,
        },
        new_filter: None,
        no_filter: false,
    };
    let Some(columns) = columns else {
        return beside;
    };
    let edges = [
        scan.content.map(|area| area.right),
        scan.merged,
        kept.map(|area| area.right),
        around.tables.iter().map(|area| area.right).max(),
        around.pictures,
        around.edits,
    ];
    let next = edges.into_iter().flatten().max().map_or(0, |edge| edge + 1);
    let count = u32::try_from(columns.headers.len()).unwrap_or(MOST_COLUMNS);
    if count == 0 || next.saturating_add(count) > MOST_COLUMNS {
        return beside;
    }
    beside.first = Some(next);
    let header = u32::try_from(columns.header_row).unwrap_or(0);
    let right = next + count - 1;
    let last_row = scan.content.map_or(1, |area| area.bottom);
    let bottom = last_row.max(header).max(1);
    beside.columns = (next..=right)
        .map(|column| Area {
            top: header.max(1),
            left: column,
            bottom,
            right: column,
        })
        .collect();
    if header == 0 {
        return beside;
    }
    // The buttons of a table are its own: two filters cannot share a column.
    let is_table = |area: &Area| (area.top..=area.bottom).contains(&header);
    let between = |known: Area| {
        let mut tables = around.tables.iter().filter(|area| is_table(area));
        tables.any(|area| area.left > known.right)
    };
    let area = match kept {
        Some(known) if known.top == header && !between(known) => Area {
            right,
            bottom: known.bottom.max(last_row),
            ..known
        },
        Some(_) => {
            beside.no_filter = true;
            return beside;
        }
        None => {
            let left = if around.tables.iter().any(is_table) {
                next
            } else {
                scan.content.map_or(0, |area| area.left)
            };
            let area = Area {
                top: header,
                left,
                bottom,
                right,
            };
            beside.new_filter = Some(Area::cell(header, left));
            area
        }
    };
    beside.filter = Filter::Set(area, next);
    beside
}

/// An area without columns of ours at its right.
fn trimmed(mut area: Area, own: &[u32]) -> Area {
    while own.contains(&area.right) && area.right > area.left {
        area.right -= 1;
    }
    area
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(text: &str) -> Option<Area> {
        Area::parse(text)
    }

    fn stand(scan: &Scan, tables: &[Area], pictures: Option<u32>) -> Beside {
        let around = Around {
            scan,
            own: &[],
            tables,
            edits: None,
            pictures,
            filter_is_ours: false,
        };
        let columns = NewColumns {
            header_row: 2,
            headers: vec!["a".into(), "b".into()],
            ..NewColumns::default()
        };
        beside(&around, Some(&columns))
    }

    #[test]
    fn columns_stand_right_of_everything() {
        let mut scan = Scan {
            content: area("A1:H9"),
            ..Scan::default()
        };
        assert_eq!(stand(&scan, &[], None).first, Some(8));
        assert_eq!(stand(&scan, &[], Some(12)).first, Some(13));
        scan.merged = Some(9);
        assert_eq!(stand(&scan, &[], None).first, Some(10));
        scan.content = area("A1:XFD9");
        assert_eq!(stand(&scan, &[], None).first, None);
    }

    #[test]
    fn rows_are_shown_when_the_last_condition_of_a_filter_goes() {
        let mut scan = Scan {
            content: area("B1:H9"),
            filter: area("B2:J9"),
            conditions: vec![8],
            ..Scan::default()
        };
        let around = |scan: &Scan| {
            let around = Around {
                scan,
                own: &[8, 9],
                tables: &[],
                edits: None,
                pictures: None,
                filter_is_ours: false,
            };
            beside(&around, None).shown(scan)
        };
        assert_eq!(around(&scan), area("B2:J9"));
        // A condition of the user's own still hides rows.
        scan.conditions = vec![3, 8];
        assert_eq!(around(&scan), None);
        scan.conditions.clear();
        assert_eq!(around(&scan), None);
    }

    #[test]
    fn the_filter_of_a_header_is_extended_and_any_other_left_alone() {
        let mut scan = Scan {
            content: area("B1:H9"),
            ..Scan::default()
        };
        let new = stand(&scan, &[], None);
        assert_eq!(new.filter, Filter::Set(area("B2:J9").unwrap(), 8));
        assert_eq!(new.new_filter, area("B2"));
        let table = [area("B2:H9").unwrap()];
        assert_eq!(
            stand(&scan, &table, None).filter,
            Filter::Set(area("I2:J9").unwrap(), 8)
        );
        // A table between the list and the columns is in the way of a filter over all.
        scan.filter = area("B2:D9");
        let apart = stand(&scan, &[area("F2:H9").unwrap()], None);
        assert!(apart.no_filter && apart.filter == Filter::Keep);
        assert_eq!(apart.first, Some(8));
        scan.filter = area("B2:H7");
        let extended = stand(&scan, &[], None);
        assert_eq!(extended.filter, Filter::Set(area("B2:J9").unwrap(), 8));
        assert_eq!(extended.new_filter, None);
        scan.filter = area("B5:H7");
        let other = stand(&scan, &[], None);
        assert!(other.no_filter && other.filter == Filter::Keep);
    }
}
