//! Whether a barrier lies between two points.

use super::super::Point;

/// Whether one of the barriers meets the line between two points, its ends not counted: a block may stand at a river,
/// and a river may bend upon the line.
pub(super) fn separates(
    points: &[Point],
    (a, b): (usize, usize),
    barriers: &[(Point, Point)],
) -> bool {
    let (Some(a), Some(b)) = (points.get(a), points.get(b)) else {
        return false;
    };
    barriers.iter().any(|(from, to)| meets(*a, *b, *from, *to))
}

fn meets(a: Point, b: Point, from: Point, to: Point) -> bool {
    let (side_from, side_to) = (side(a, b, from), side(a, b, to));
    if side_from == 0 && side_to == 0 {
        return overlaps(a, b, from, to);
    }
    side_from * side_to <= 0 && side(from, to, a) * side(from, to, b) < 0
}

/// On which side of the line from a to b a point lies: 1 left, −1 right, 0 on it.
fn side(a: Point, b: Point, point: Point) -> i128 {
    let wide = i128::from;
    let cross = (wide(b.x) - wide(a.x)) * (wide(point.y) - wide(a.y))
        - (wide(b.y) - wide(a.y)) * (wide(point.x) - wide(a.x));
    cross.signum()
}

/// Whether two pieces of one line have more than an end in common.
fn overlaps(a: Point, b: Point, from: Point, to: Point) -> bool {
    // Points compare by x, then by y: along any line that is its order.
    let (a, b) = (a.min(b), a.max(b));
    let (from, to) = (from.min(to), from.max(to));
    a < b && a.max(from) < b.min(to) || from == to && a < from && from < b
}
