//! Whether a row that names no door goes on with the household above it.

use super::{Relation, is_placeholder};
use crate::row::{CellKind, Columns, Field, Row};

/// Whether a resident's row belongs to the household of the row `above` because its door is left blank on purpose.
///
/// Lists of residents often write the door once and leave it blank below. A room that somebody forgot looks nearly the
/// same, so the row must name no unit and no address; nobody in it may be a head; nothing it says of the place or of the
/// household's number may differ; and either its relation says that it is a member's, or its number is the one above, or
/// its building and entrance are blank too.
///
/// ```
/// use gridcode::household::continues;
/// use gridcode::row::{Column, Columns, Field, Row};
/// let column = |header: &str, field| Column { header: header.into(), field: Some(field) };
/// let columns = Columns::new(vec![column("楼栋", Field::Building), column("房号", Field::Unit)]);
/// let above = Row::of(2, ["3栋", "803"]);
/// assert!(continues(&Row::of(3, ["", ""]), &above, &columns));
/// assert!(!continues(&Row::of(3, ["3栋", ""]), &above, &columns));
/// ```
#[must_use]
pub fn continues(row: &Row, above: &Row, columns: &Columns) -> bool {
    let doors = [Field::Unit, Field::Address];
    let places = [
        Field::Community,
        Field::Estate,
        Field::Building,
        Field::Entrance,
        Field::Floor,
        Field::HeadName,
        Field::HouseholdId,
    ];
    let relation = text(row, Field::Relation, columns).and_then(Relation::read);
    let differs = |field: &Field| {
        let (here, there) = (text(row, *field, columns), text(above, *field, columns));
        here.is_some() && there.is_some() && here != there
    };
    let number = text(row, Field::HouseholdId, columns);
    let same_number = number.is_some() && number == text(above, Field::HouseholdId, columns);
    let says_where = |field: &Field| {
        let filled = columns
            .of(*field)
            .is_some_and(|column| row.kind(column).is_copy());
        text(row, *field, columns).is_some() && !filled
    };
    let is_blank = |field: &Field| {
        columns.of(*field).is_none_or(|column| {
            row.get(column).trim().is_empty() && row.kind(column) != CellKind::NoValue
        })
    };
    // `无` for a room is somebody's answer, and not a room left blank.
    doors.iter().all(is_blank)
        && relation != Some(Relation::Head)
        && !places.iter().any(differs)
        && (relation.is_some()
            || same_number
            || ![Field::Building, Field::Entrance].iter().any(says_where))
}

fn text<'r>(row: &'r Row, field: Field, columns: &Columns) -> Option<&'r str> {
    let text = columns.of(field).map(|column| row.get(column).trim())?;
    (!is_placeholder(field, text)).then_some(text)
}
