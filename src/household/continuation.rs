//! Whether a row that names no door goes on with the household above it.

use super::{Relation, is_placeholder};
use crate::row::{CellKind, Columns, Field, Row};

/// Whether a resident's row belongs to the household of the row `above` because its door is left blank on purpose.
///
/// Lists of residents often write the door once and leave it blank below. A room that somebody forgot looks nearly the
/// same, so the row must name no unit and no address; nobody in it may be a head; all it says of the place and of the
/// household's number must be what the row above says; and either its relation says that it is a member's, or its
/// number is the one above, or its building and entrance are blank too.
///
/// ```
/// use gridcode::household::continues;
/// use gridcode::row::{Column, Columns, Field, Row};
/// let column = |header: &str, field| Column { header: header.into(), field: Some(field) };
/// let columns = Columns::new(vec![column("楼栋", Field::Building), column("房号", Field::Unit)]);
/// let above = Row::of(2, ["3栋", "803"]);
/// assert!(continues(&Row::of(3, ["", ""]), &above, &columns));
/// assert!(!continues(&Row::of(3, ["3栋", ""]), &above, &columns));
/// assert!(!continues(&Row::of(3, ["4栋", ""]), &Row::of(2, ["", "803"]), &columns));
/// ```
#[must_use]
pub fn continues(row: &Row, above: &Row, columns: &Columns) -> bool {
    let doors = [Field::Unit, Field::Address];
    let of_the_door = [
        Field::Community,
        Field::Estate,
        Field::Building,
        Field::Entrance,
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
    let is_above = |field: &Field| {
        let equal = |column| row.get(column).trim() == above.get(column).trim();
        columns.of(*field).is_none_or(equal)
    };
    // `无` is somebody's answer, and not a cell left blank. What the row above leaves open, a row that goes on with it
    // cannot know better: the two would be of different doors.
    doors.iter().all(is_blank)
        && relation != Some(Relation::Head)
        && of_the_door
            .iter()
            .all(|field| is_blank(field) || is_above(field))
        && ![Field::Floor, Field::HeadName].iter().any(differs)
        && (relation.is_some()
            || same_number
            || ![Field::Building, Field::Entrance].iter().any(says_where))
}

fn text<'r>(row: &'r Row, field: Field, columns: &Columns) -> Option<&'r str> {
    let text = columns.of(field).map(|column| row.get(column).trim())?;
    (!is_placeholder(field, text)).then_some(text)
}
