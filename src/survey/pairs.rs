//! Sheets of pairs: what touches, what belongs together, what must stay apart, where barriers lie.

use super::finding::{Finding, Kind, Sink};
use super::header::Column;
use super::listing::Spot;
use super::lookup::Lookup;
use super::number::coordinate;
use super::scale::{Raw, Scale, Seen};
use super::sheet::{Sheet, Wanted};
use crate::diagnostic::Severity;
use crate::lang::Text;

/// The columns of a sheet of pairs of blocks.
pub(super) fn wanted() -> Wanted<'static> {
    Wanted {
        columns: &[Column::Community, Column::A, Column::B],
        enough: &|columns, _| columns.contains(&Column::A) && columns.contains(&Column::B),
        expected: Text::fixed(
            "没有找到表头：应有“楼栋A”“楼栋B”（或 a、b）两列",
            "no header: expected two columns, `a` and `b`",
        ),
    }
}

/// The columns of a sheet of barriers.
pub(super) fn wanted_barriers() -> Wanted<'static> {
    const ENDS: [Column; 4] = [Column::X1, Column::Y1, Column::X2, Column::Y2];
    Wanted {
        columns: &ENDS,
        enough: &|columns, _| ENDS.iter().all(|column| columns.contains(column)),
        expected: Text::fixed(
            "没有找到屏障表的表头：应有 x1、y1、x2、y2 四列",
            "no header of a sheet of barriers: expected the columns `x1`, `y1`, `x2`, `y2`",
        ),
    }
}

/// Reads pairs, each with its community.
pub(super) fn read(
    sheet: &Sheet,
    lookup: &Lookup,
    findings: &mut Sink<'_>,
) -> Vec<(usize, Spot, Spot)> {
    let mut pairs = Vec::new();
    for row in &sheet.lines {
        let (a, b) = match (
            lookup.cell(sheet, row, Column::A),
            lookup.cell(sheet, row, Column::B),
        ) {
            (Ok(a), Ok(b)) => (a, b),
            (a, b) => {
                for finding in [a, b].into_iter().filter_map(Result::err) {
                    findings(*finding);
                }
                continue;
            }
        };
        let fault = if a == b {
            Some(Text::fixed(
                "一行中两个楼栋相同",
                "the two blocks of the row are the same",
            ))
        } else if a.0 != b.0 {
            Some(Text::fixed(
                "一行中两个楼栋不在同一社区",
                "the two blocks of the row are of different communities",
            ))
        } else {
            None
        };
        match fault {
            Some(message) => findings(bad_pair(sheet, row, message)),
            None => pairs.push((a.0, a.1.min(b.1), a.1.max(b.1))),
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn bad_pair(sheet: &Sheet, row: &crate::row::Row, message: Text) -> Finding {
    sheet.finding(
        (row, Column::B),
        (Kind::BadPair, Severity::Warning),
        message,
        Text::fixed(
            "这一行没有采用，请改正或删去",
            "the row is not used: correct it or strike it out",
        ),
    )
}

/// Reads barriers in the unit of the positions.
pub(super) fn read_barriers(
    sheet: &Sheet,
    scale: Scale,
    findings: &mut Sink<'_>,
) -> Vec<(Raw, Raw)> {
    let mut barriers = Vec::new();
    for row in &sheet.lines {
        let number = |column| coordinate(sheet.get(row, column));
        let end = |x, y| {
            let ((x, x_digits), (y, y_digits)) = number(x).zip(number(y))?;
            let seen = Seen {
                x,
                y,
                digits: x_digits.min(y_digits),
            };
            match scale.place(seen) {
                Ok(raw) => Some(raw),
                Err((_, raw)) => raw,
            }
        };
        match (end(Column::X1, Column::Y1), end(Column::X2, Column::Y2)) {
            (Some(from), Some(to)) => barriers.push((from, to)),
            _ => findings(sheet.finding(
                (row, Column::X1),
                (Kind::BadPosition, Severity::Warning),
                Text::fixed(
                    "屏障的坐标读不出来，或与位置表的单位不同；这一段没有采用",
                    "the ends of a barrier cannot be read, or are in another unit than the positions: it is not used",
                ),
                Text::fixed("请用与位置表相同的单位写四个数", "write four numbers in the unit of the positions"),
            )),
        }
    }
    barriers
}
