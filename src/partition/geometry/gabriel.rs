//! The Gabriel graph of points in a plane.

use std::collections::BTreeMap;

use super::super::Point;
use super::product;

/// So many points near another one are asked first whether they stand between it and a third: they nearly always do.
const NEAR: usize = 24;

/// More points than this at one place touch one after the other, and not each every other.
const CROWD: usize = 32;

/// Pairs of points with no third inside the circle over the line between them, the lower first, rising.
pub(super) fn pairs(points: &[Point]) -> Vec<(usize, usize)> {
    let mut at: BTreeMap<Point, Vec<usize>> = BTreeMap::new();
    for (index, point) in points.iter().enumerate() {
        at.entry(*point).or_default().push(index);
    }
    let places: Vec<Point> = at.keys().copied().collect();
    let members: Vec<&Vec<usize>> = at.values().collect();
    let mut pairs = Vec::new();
    for (a, b) in of_places(&places) {
        let (Some(here), Some(there)) = (members.get(a), members.get(b)) else {
            continue;
        };
        for one in *here {
            pairs.extend(there.iter().map(|other| (*one.min(other), *one.max(other))));
        }
    }
    for crowd in members {
        let reach = if crowd.len() > CROWD { 1 } else { CROWD };
        for (at, one) in crowd.iter().enumerate() {
            pairs.extend(
                crowd
                    .iter()
                    .skip(at + 1)
                    .take(reach)
                    .map(|other| (*one, *other)),
            );
        }
    }
    pairs.sort_unstable();
    pairs
}

/// The graph of points that are all different, in rising order.
fn of_places(places: &[Point]) -> Vec<(usize, usize)> {
    let buckets = Buckets::of(places);
    let mut pairs = Vec::new();
    for (a, here) in places.iter().enumerate() {
        let near = buckets.near(*here);
        for (b, there) in places.iter().enumerate().skip(a + 1) {
            let between = |c: &Point| product(*here, *there, *c) < 0;
            if !near.iter().any(between) && !places.iter().any(between) {
                pairs.push((a, b));
            }
        }
    }
    pairs
}

/// Points by squares of a grid, two in a square on average.
struct Buckets {
    from: Point,
    side: i64,
    squares: BTreeMap<(i64, i64), Vec<Point>>,
    /// How many squares the widest side has.
    across: i64,
    count: usize,
}

impl Buckets {
    fn of(places: &[Point]) -> Self {
        let least = |of: fn(&Point) -> i64| places.iter().map(of).min().unwrap_or(0);
        let most = |of: fn(&Point) -> i64| places.iter().map(of).max().unwrap_or(0);
        let from = Point {
            x: least(|point| point.x),
            y: least(|point| point.y),
        };
        let width = most(|point| point.x) - from.x;
        let width = width.max(most(|point| point.y) - from.y);
        let across = i64::try_from((places.len() / 2).isqrt())
            .unwrap_or(1)
            .max(1);
        let mut buckets = Self {
            from,
            side: (width / across + 1).max(1),
            squares: BTreeMap::new(),
            across,
            count: places.len(),
        };
        for point in places {
            let square = buckets.square(*point);
            buckets.squares.entry(square).or_default().push(*point);
        }
        buckets
    }

    fn square(&self, point: Point) -> (i64, i64) {
        (
            (point.x - self.from.x) / self.side,
            (point.y - self.from.y) / self.side,
        )
    }

    /// Some points around one, not always the nearest.
    fn near(&self, point: Point) -> Vec<Point> {
        let (x, y) = self.square(point);
        let mut near = Vec::new();
        for reach in 0..=self.across {
            for column in x - reach..=x + reach {
                for row in y - reach..=y + reach {
                    let is_rim = (column - x).abs() == reach || (row - y).abs() == reach;
                    if let Some(found) = self.squares.get(&(column, row)).filter(|_| is_rim) {
                        near.extend(found.iter().copied());
                    }
                }
            }
            if near.len() >= NEAR.min(self.count) {
                break;
            }
        }
        near.sort_unstable_by_key(|other| super::squared(point, *other));
        near.truncate(NEAR);
        near
    }
}
