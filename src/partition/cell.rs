//! A rectangle of the plane in which the centre of a grid may lie, and what the nodes cost at least with a centre there.

use super::ground::Ground;

/// A rectangle, both corners included; in dm from the corner of the community.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    pub(super) west: i64,
    pub(super) south: i64,
    pub(super) east: i64,
    pub(super) north: i64,
}

impl Cell {
    /// The rectangle around all nodes: every centre lies in it.
    pub(super) fn around(ground: &Ground) -> Self {
        let mut cell = Self {
            west: 0,
            south: 0,
            east: 0,
            north: 0,
        };
        for (x, y, _) in ground.nodes.iter().flat_map(|node| &node.places) {
            cell.east = cell.east.max(*x);
            cell.north = cell.north.max(*y);
        }
        cell
    }

    /// Four quarters, or two halves of a narrow one; `None` where it is a point.
    pub(super) fn parts(self) -> Option<Vec<Self>> {
        let halves = |from: i64, to: i64, other: i64| {
            if to == from || 2 * (to - from) < other {
                vec![(from, to)]
            } else {
                let middle = from + (to - from) / 2;
                vec![(from, middle), (middle + 1, to)]
            }
        };
        let (width, height) = (self.east - self.west, self.north - self.south);
        if width == 0 && height == 0 {
            return None;
        }
        let mut parts = Vec::with_capacity(4);
        for (west, east) in halves(self.west, self.east, height) {
            for (south, north) in halves(self.south, self.north, width) {
                parts.push(Self {
                    west,
                    south,
                    east,
                    north,
                });
            }
        }
        Some(parts)
    }

    /// The least squared distance of a place from any centre in the cell. Centres between whole decimetres belong to
    /// the cell below, so that it reaches one farther.
    pub(super) fn distance(self, x: i64, y: i64) -> i64 {
        let off = |at: i64, from: i64, to: i64| (from - at).max(at - to - 1).max(0);
        let (x, y) = (off(x, self.west, self.east), off(y, self.south, self.north));
        x * x + y * y
    }

    /// Whether the centre of sums lies here; each centre lies in one cell of those that part a rectangle.
    pub(super) fn holds(self, x: i64, y: i64, households: i64) -> bool {
        let households = households.max(1);
        let (x, y) = (x.div_euclid(households), y.div_euclid(households));
        (self.west..=self.east).contains(&x) && (self.south..=self.north).contains(&y)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_parts_of_a_cell_hold_each_of_its_places_once(
            (west, south) in (0i64..50, 0i64..50),
            (width, height) in (0i64..40, 0i64..40),
            (x, y) in (0i64..40, 0i64..40),
        ) {
            let cell = Cell { west, south, east: west + width, north: south + height };
            let at = (west + x.min(width), south + y.min(height));
            if let Some(parts) = cell.parts() {
                let holding = parts.iter().filter(|part| part.holds(at.0, at.1, 1));
                prop_assert_eq!(holding.count(), 1);
            }
        }

        #[test]
        fn no_centre_of_a_cell_is_nearer_than_its_distance(
            (x, y) in (-30i64..60, -30i64..60),
            (in_x, in_y, parts) in (0i64..400, 0i64..400, 1i64..20),
        ) {
            let cell = Cell { west: 3, south: 5, east: 23, north: 17 };
            // A centre is a fraction: sums over households.
            let (sum_x, sum_y) = (in_x, in_y);
            if cell.holds(sum_x, sum_y, parts) {
                let squared = (sum_x - x * parts).pow(2) + (sum_y - y * parts).pow(2);
                prop_assert!(cell.distance(x, y) * parts * parts <= squared);
            }
        }
    }
}
