//! Positions to neighbourhood: which blocks touch, where a barrier lies between them, and what had to be joined.
//!
//! Neighbours are those of the [Gabriel graph](https://en.wikipedia.org/wiki/Gabriel_graph) (Gabriel and Sokal 1969):
//! two blocks touch where no third stands inside the circle over the line between them. Everything is whole numbers,
//! so that the same positions touch in the same way on every machine.

mod barrier;
mod degrees;
mod gabriel;
mod join;

use super::Point;

pub use degrees::from_degrees;

/// What touches what, by place in the list of points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Pairs that touch, the lower first, rising; those of [`joined`](Self::joined) are among them.
    pub pairs: Vec<(usize, usize)>,
    /// Pairs that touch only because a part of the community would stand alone otherwise: the shortest ways there are.
    pub joined: Vec<(usize, usize)>,
    /// Pairs that would touch if no barrier lay between them.
    pub cut: Vec<(usize, usize)>,
}

/// Finds out which points touch.
///
/// A barrier is a line from one point to another, a piece of a road, railway or river; whoever has to cross one does
/// not touch. What barriers leave alone is joined to the rest by the shortest line, and named in [`Links::joined`].
/// The links do not depend on the order of barriers, and those of reordered points are the same links. Of points at the
/// same place each touches what the others touch, and the others.
///
/// Time grows with the square of the number of points: 4,000 take about a second.
///
/// ```
/// use gridcode::partition::{Point, geometry::links};
/// let row = [0, 100, 200].map(|x| Point { x, y: 0 });
/// assert_eq!(links(&row, &[]).pairs, [(0, 1), (1, 2)]);
/// let river = (Point { x: 150, y: -90 }, Point { x: 150, y: 90 });
/// assert_eq!(links(&row, &[river]).joined, [(1, 2)]);
/// ```
#[must_use]
pub fn links(points: &[Point], barriers: &[(Point, Point)]) -> Links {
    let points: Vec<Point> = points.iter().copied().map(within).collect();
    let barriers: Vec<(Point, Point)> = barriers
        .iter()
        .map(|(from, to)| (within(*from), within(*to)))
        .collect();
    let (cut, mut pairs): (Vec<_>, Vec<_>) = gabriel::pairs(&points)
        .into_iter()
        .partition(|pair| barrier::separates(&points, *pair, &barriers));
    let joined = join::joints(&points, &pairs);
    pairs.extend(&joined);
    pairs.sort_unstable();
    Links { pairs, joined, cut }
}

/// No community comes near these limits; products of distances within them cannot overflow.
fn within(point: Point) -> Point {
    const FAR: i64 = 1 << 60;
    Point {
        x: point.x.clamp(-FAR, FAR),
        y: point.y.clamp(-FAR, FAR),
    }
}

/// `(a − c) · (b − c)`: negative where c sees the line from a to b at an obtuse angle.
fn product(a: Point, b: Point, c: Point) -> i128 {
    let wide = i128::from;
    (wide(a.x) - wide(c.x)) * (wide(b.x) - wide(c.x))
        + (wide(a.y) - wide(c.y)) * (wide(b.y) - wide(c.y))
}

/// The square of a distance.
fn squared(a: Point, b: Point) -> i128 {
    product(b, b, a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn any_points(most: usize) -> impl Strategy<Value = Vec<Point>> {
        // Few places, so that points coincide and stand in line.
        let point = (0_i64..12, 0_i64..12).prop_map(|(x, y)| Point {
            x: x * 10,
            y: y * 10,
        });
        prop::collection::vec(point, 0..most)
    }

    fn parts(count: usize, pairs: &[(usize, usize)]) -> usize {
        let mut part: Vec<usize> = (0..count).collect();
        for _ in 0..count {
            for (a, b) in pairs {
                let least = part[*a].min(part[*b]);
                part[*a] = least;
                part[*b] = least;
            }
        }
        part.into_iter().collect::<BTreeSet<_>>().len()
    }

    proptest! {
        #[test]
        fn neighbours_are_those_of_the_definition(points in any_points(24)) {
            let mut expected = Vec::new();
            for a in 0..points.len() {
                for b in a + 1..points.len() {
                    if points.iter().all(|c| product(points[a], points[b], *c) >= 0) {
                        expected.push((a, b));
                    }
                }
            }
            let found = links(&points, &[]);
            prop_assert_eq!(&found.pairs, &expected);
            prop_assert!(found.joined.is_empty() && found.cut.is_empty());
            prop_assert_eq!(parts(points.len(), &found.pairs), usize::from(!points.is_empty()));
        }

        #[test]
        fn whatever_barriers_cut_all_is_joined_and_the_order_of_points_does_not_matter(
            points in any_points(16),
            barriers in prop::collection::vec(any_points(3).prop_filter("two ends", |ends| ends.len() == 2), 0..6),
            turn in 0_usize..16,
        ) {
            let barriers: Vec<(Point, Point)> = barriers.iter().map(|ends| (ends[0], ends[1])).collect();
            let found = links(&points, &barriers);
            prop_assert_eq!(parts(points.len(), &found.pairs), usize::from(!points.is_empty()));
            let mut again = points.clone();
            let turn = if points.is_empty() { 0 } else { turn % points.len() };
            again.rotate_left(turn);
            let ends = |links: &Links, points: &[Point]| {
                let mut ends: Vec<_> = links.pairs.iter().map(|(a, b)| {
                    let (a, b) = (points[*a], points[*b]);
                    (a.min(b), a.max(b))
                }).collect();
                ends.sort();
                ends.len()
            };
            prop_assert_eq!(ends(&found, &points), ends(&links(&again, &barriers), &again));
        }
    }

    #[test]
    fn a_barrier_cuts_what_it_crosses_or_touches_and_nothing_else() {
        let at = |x, y| Point { x, y };
        let points = [at(0, 0), at(100, 0), at(0, 100), at(100, 100)];
        let all = links(&points, &[]);
        // The corners of a square lie on the circle over its diagonals, not inside.
        assert_eq!(all.pairs.len(), 6);
        let wall = links(&points, &[(at(50, -10), at(50, 110))]);
        assert_eq!(wall.cut, [(0, 1), (0, 3), (1, 2), (2, 3)]);
        assert_eq!(wall.joined, [(0, 1)]);
        // Two pieces of a river that meet upon the line between two blocks.
        let bend = [(at(50, -10), at(50, 0)), (at(50, 0), at(60, 40))];
        assert!(links(&points, &bend).cut.contains(&(0, 1)));
        // A barrier that ends before the line, or begins where a block stands.
        assert!(links(&points, &[(at(50, -10), at(50, -1))]).cut.is_empty());
        assert!(links(&points, &[(at(0, 0), at(-50, 30))]).cut.is_empty());
        // A barrier along the line, and one that only continues it.
        assert_eq!(links(&points, &[(at(20, 0), at(40, 0))]).cut, [(0, 1)]);
        assert!(links(&points, &[(at(-20, 0), at(0, 0))]).cut.is_empty());
    }

    #[test]
    fn thousands_of_points_and_points_at_the_ends_of_the_world_are_worked_on() {
        let mut state = 7_u64;
        let mut random = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            i64::try_from(state >> 45).unwrap()
        };
        let points: Vec<Point> = (0..2000)
            .map(|_| Point {
                x: random(),
                y: random(),
            })
            .collect();
        let found = links(&points, &[]);
        // A Gabriel graph of points at random has nearly two links a point.
        assert!(
            (3_700..4_300).contains(&found.pairs.len()),
            "{}",
            found.pairs.len()
        );
        let ends = [
            Point {
                x: i64::MIN,
                y: i64::MAX,
            },
            Point {
                x: i64::MAX,
                y: i64::MIN,
            },
            Point { x: 0, y: 0 },
        ];
        assert_eq!(links(&ends, &[]).pairs, [(0, 2), (1, 2)]);
        let same = links(&[Point::default(); 300], &[]);
        assert_eq!(parts(300, &same.pairs), 1);
    }
}
