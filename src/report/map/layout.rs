//! Where marks stand in the picture: as buildings stand on the ground, or in the order of the list where that is not known.

use crate::partition::Point;

/// A block to be placed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seat {
    /// Where it stands; `None` where nobody knows.
    pub(super) at: Option<Point>,
    /// Others have a position, this one has none.
    pub(super) is_beside: bool,
    pub(super) households: u32,
}

/// The place of a mark, in units of the picture: `x` to the right, `y` down, `r` half its width.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Spot {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) r: f64,
}

/// A picture laid out.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The places, in the order of the seats.
    pub(super) spots: Vec<Spot>,
    /// How wide the name beneath each mark may be, in columns of text; 0 where it has no room.
    pub(super) rooms: Vec<usize>,
    /// How places on the ground become places in the picture; `None` where marks stand in the order of the list.
    pub(super) ground: Option<Projection>,
    /// Where the row of blocks without position begins.
    pub(super) apart: Option<f64>,
}

/// Decimetres to units of the picture: one scale for both directions, north is up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Projection {
    west: f64,
    north: f64,
    /// Units a decimetre.
    scale: f64,
    left: f64,
    top: f64,
}

impl Projection {
    pub(super) fn place(&self, point: Point) -> (f64, f64) {
        (
            self.left + (wide(point.x) - self.west) * self.scale,
            self.top + (self.north - wide(point.y)) * self.scale,
        )
    }

    /// A round number of metres that makes a handy scale bar, and the length of the bar.
    pub(super) fn bar(&self) -> (u64, f64) {
        let mut metres = 1_u64;
        for step in [2, 5, 10].iter().cycle().take(18) {
            let decade = 10_u64.pow(metres.ilog10());
            let next = decade * step;
            if far(next) * 10.0 * self.scale > BAR {
                break;
            }
            metres = next;
        }
        (metres, far(metres) * 10.0 * self.scale)
    }
}

/// The greatest length of a scale bar.
const BAR: f64 = 170.0;
/// Around all marks.
const MARGIN: f64 = 30.0;
/// Room for a mark and its name.
const ROOM: f64 = 92.0;
/// The sizes of marks.
const SMALLEST: f64 = 12.0;
const LARGEST: f64 = 26.0;
/// Between two marks.
const GAP: f64 = 3.0;
/// How wide a column of the names' type is.
const COLUMN: f64 = 6.6;
/// How high a name is.
const NAME: f64 = 14.0;
/// A cell of an order: its width and its height.
const CELL: (f64, f64) = (78.0, 74.0);

/// Places marks by position where there is any, else in the order given.
pub(super) fn lay_out(seats: &[Seat]) -> Layout {
    if seats.iter().any(|seat| seat.at.is_some()) {
        by_position(seats)
    } else {
        in_order(seats)
    }
}

/// A strip that turns at each end, so that neighbours in the order are neighbours in the picture.
fn in_order(seats: &[Seat]) -> Layout {
    let columns = columns_of(seats.len());
    let most = most_households(seats);
    let spots = seats.iter().enumerate().map(|(number, seat)| {
        let (row, along) = (number / columns, number % columns);
        let column = if row % 2 == 0 {
            along
        } else {
            columns - 1 - along
        };
        Spot {
            x: MARGIN + (few(column) + 0.5) * CELL.0,
            y: MARGIN + (few(row) + 0.4) * CELL.1,
            r: radius(seat.households, most, LARGEST),
        }
    });
    Layout {
        width: 2.0 * MARGIN + few(columns.min(seats.len())) * CELL.0,
        height: 2.0 * MARGIN + few(seats.len().div_ceil(columns)) * CELL.1,
        spots: spots.collect(),
        rooms: vec![whole(CELL.0 / COLUMN); seats.len()],
        ground: None,
        apart: None,
    }
}

/// Half as many rows as columns, about.
fn columns_of(count: usize) -> usize {
    (2 * count).isqrt().clamp(4, 24)
}

fn by_position(seats: &[Seat]) -> Layout {
    let most = most_households(seats);
    let points: Vec<Option<Point>> = seats
        .iter()
        .map(|seat| seat.at.filter(|_| !seat.is_beside))
        .collect();
    let known: Vec<Point> = points.iter().flatten().copied().collect();
    let mut ground = projection(&known);
    let drawn: Vec<(f64, f64)> = known.iter().map(|point| ground.place(*point)).collect();
    let spacing = spacing(&drawn);
    let largest = (spacing * 0.38).clamp(SMALLEST, LARGEST);
    let mut spots: Vec<Spot> = Vec::with_capacity(known.len());
    let placed = seats
        .iter()
        .zip(&points)
        .filter(|(_, point)| point.is_some());
    for ((seat, _), (x, y)) in placed.zip(drawn) {
        spots.push(Spot {
            x,
            y,
            r: radius(seat.households, most, largest),
        });
    }
    push_apart(&mut spots);
    // Marks reach beyond the ground on which they stand.
    let least = |of: fn(&Spot) -> f64| spots.iter().map(of).fold(f64::INFINITY, f64::min);
    let (left, top) = (least(|spot| spot.x - spot.r), least(|spot| spot.y - spot.r));
    let (left, top) = (MARGIN - left, MARGIN - top);
    for spot in &mut spots {
        spot.x += left;
        spot.y += top;
    }
    ground.left += left;
    ground.top += top;
    let reach = |of: fn(&Spot) -> f64| spots.iter().map(of).fold(0.0, f64::max);
    let width = (reach(|spot| spot.x + spot.r) + MARGIN).max(MOST_NARROW);
    // Beneath stand the last names and the scale.
    let mut height = reach(|spot| spot.y + spot.r) + 2.0 * MARGIN;
    let beside = points.iter().filter(|point| point.is_none()).count();
    let apart = (beside > 0).then_some(height);
    let across = whole((width - 2.0 * MARGIN) / CELL.0).max(1);
    let mut known = spots.into_iter();
    let mut number = 0;
    let mut all = Vec::with_capacity(seats.len());
    for (seat, point) in seats.iter().zip(&points) {
        if point.is_some() {
            all.extend(known.next());
            continue;
        }
        all.push(Spot {
            x: MARGIN + (few(number % across) + 0.5) * CELL.0,
            y: height + 24.0 + (few(number / across) + 0.4) * CELL.1,
            r: radius(seat.households, most, largest),
        });
        number += 1;
    }
    if beside > 0 {
        height += 24.0 + few(beside.div_ceil(across)) * CELL.1 + MARGIN / 2.0;
    }
    Layout {
        width,
        height,
        rooms: rooms(&all),
        spots: all,
        ground: Some(ground),
        apart,
    }
}

/// No picture is narrower.
const MOST_NARROW: f64 = 300.0;

/// As large as so many marks need, and not much taller than wide.
fn projection(points: &[Point]) -> Projection {
    let least = |of: fn(&Point) -> i64| points.iter().map(of).min().unwrap_or(0);
    let most = |of: fn(&Point) -> i64| points.iter().map(of).max().unwrap_or(0);
    let (west, east) = (wide(least(|at| at.x)), wide(most(|at| at.x)));
    let (south, north) = (wide(least(|at| at.y)), wide(most(|at| at.y)));
    let side = (few(points.len()).sqrt() * ROOM).clamp(480.0, 8_000.0);
    let fit = |length: f64, room: f64| {
        if length > 0.0 {
            room / length
        } else {
            f64::INFINITY
        }
    };
    let scale = fit(east - west, side).min(fit(north - south, side));
    Projection {
        west,
        north,
        // One place only has no scale; a decimetre is never drawn larger than this.
        scale: scale.min(2.0),
        left: 0.0,
        top: 0.0,
    }
}

/// How far marks are from the nearest other one: of four marks three are farther.
fn spacing(places: &[(f64, f64)]) -> f64 {
    let mut nearest: Vec<f64> = places
        .iter()
        .filter_map(|(x, y)| {
            let ways = places.iter().map(|(a, b)| length(a - x, b - y));
            // Who stands at the same place stands beside it in the picture.
            ways.filter(|way| *way > 0.5).min_by(f64::total_cmp)
        })
        .collect();
    nearest.sort_by(f64::total_cmp);
    nearest.get(nearest.len() / 4).copied().unwrap_or(ROOM)
}

/// Moves marks that lie upon one another until they do not, or nearly; each goes half the way.
fn push_apart(spots: &mut [Spot]) {
    let reach = 2.0 * spots.iter().map(|spot| spot.r).fold(0.0, f64::max) + GAP;
    for _ in 0..60 {
        let mut order: Vec<usize> = (0..spots.len()).collect();
        let x = |at: &usize| spots.get(*at).map_or(0.0, |spot| spot.x);
        order.sort_by(|a, b| x(a).total_cmp(&x(b)).then(a.cmp(b)));
        let mut is_still = true;
        for (at, one) in order.iter().enumerate() {
            for other in order.iter().skip(at + 1) {
                let (Some(a), Some(b)) = (spots.get(*one).copied(), spots.get(*other).copied())
                else {
                    continue;
                };
                if b.x - a.x > reach {
                    break;
                }
                let (dx, dy) = (b.x - a.x, b.y - a.y);
                let way = length(dx, dy);
                let lacking = a.r + b.r + GAP - way;
                if lacking <= 0.01 {
                    continue;
                }
                is_still = false;
                // Two at one place part along the row.
                let (dx, dy) = if way > 0.01 {
                    (dx / way, dy / way)
                } else {
                    (1.0, 0.0)
                };
                let step = lacking / 2.0;
                for (which, sign) in [(*one, -step), (*other, step)] {
                    if let Some(spot) = spots.get_mut(which) {
                        spot.x += sign * dx;
                        spot.y += sign * dy;
                    }
                }
            }
        }
        if is_still {
            break;
        }
    }
}

/// How wide the name beneath each mark may be: up to the next mark, or half the way to the next name.
fn rooms(spots: &[Spot]) -> Vec<usize> {
    let room = |at: usize, spot: &Spot| {
        let others = spots.iter().enumerate().filter(|(other, _)| *other != at);
        let halves = others.filter_map(|(_, other)| {
            let (mine, theirs) = (spot.y + spot.r, other.y + other.r);
            let aside = (spot.x - other.x).abs();
            if (mine - theirs).abs() < NAME {
                return Some(aside / 2.0);
            }
            let is_under = other.y - other.r < mine + NAME - 3.0 && theirs > mine;
            is_under.then_some(aside - other.r)
        });
        // Nobody needs more than twelve columns.
        let half = halves.fold(6.0 * COLUMN, f64::min);
        whole(2.0 * half / COLUMN)
    };
    let all = spots.iter().enumerate();
    all.map(|(at, spot)| room(at, spot)).collect()
}

/// The area of a mark goes with its households; none is so small that no figure fits.
fn radius(households: u32, most: u32, largest: f64) -> f64 {
    let share = f64::from(households) / f64::from(most.max(1));
    (largest * share.sqrt())
        .max(largest * 0.62)
        .max(SMALLEST * 0.8)
}

fn most_households(seats: &[Seat]) -> u32 {
    seats.iter().map(|seat| seat.households).max().unwrap_or(1)
}

/// By the root, which is the same on every machine; the library function `hypot` need not be.
fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a community is a thousand kilometres wide at most"
)]
fn wide(decimetres: i64) -> f64 {
    decimetres as f64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the earth has forty million metres"
)]
fn far(metres: u64) -> f64 {
    metres as f64
}

#[expect(clippy::cast_precision_loss, reason = "some thousands of marks")]
fn few(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a length of the picture is positive and below ten thousand"
)]
fn whole(length: f64) -> usize {
    length.max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::partition::geometry::from_degrees;

    fn seat(at: Option<(i64, i64)>) -> Seat {
        Seat {
            at: at.map(|(x, y)| Point { x, y }),
            is_beside: false,
            households: 50,
        }
    }

    proptest! {
        #[test]
        fn one_scale_holds_for_both_directions_and_north_is_up(
            places in prop::collection::vec((-50_000_i64..50_000, -50_000_i64..50_000), 2..60),
        ) {
            let points: Vec<Point> = places.iter().map(|(x, y)| Point { x: *x, y: *y }).collect();
            let ground = projection(&points);
            let first = ground.place(points[0]);
            for point in &points {
                let (x, y) = ground.place(*point);
                let (east, north) = (point.x - points[0].x, point.y - points[0].y);
                prop_assert!((x - first.0 - wide(east) * ground.scale).abs() < 0.01);
                prop_assert!((first.1 - y - wide(north) * ground.scale).abs() < 0.01);
            }
        }

        #[test]
        fn every_mark_is_within_the_picture(
            places in prop::collection::vec(prop::option::of((0_i64..900, 0_i64..9_000)), 1..80),
        ) {
            let mut seats: Vec<Seat> = places.iter().map(|at| seat(*at)).collect();
            let has = places.iter().any(Option::is_some);
            for seat in &mut seats {
                seat.is_beside = has && seat.at.is_none();
            }
            let layout = lay_out(&seats);
            prop_assert_eq!(layout.spots.len(), seats.len());
            for spot in &layout.spots {
                prop_assert!(spot.x - spot.r >= 0.0 && spot.x + spot.r <= layout.width, "{:?}", spot);
                prop_assert!(spot.y - spot.r >= 0.0 && spot.y + spot.r <= layout.height, "{:?}", spot);
            }
            prop_assert_eq!(layout.apart.is_some(), seats.iter().any(|seat| seat.is_beside));
        }
    }

    #[test]
    fn degrees_are_as_far_apart_in_the_picture_as_on_the_ground() {
        // A square of 500 m at 31.8° north; a degree of longitude is shorter than one of latitude there.
        let (lon, lat) = (500.0 / 94_700.0, 500.0 / 110_870.0);
        let points = from_degrees(&[
            (117.2, 31.8),
            (117.2 + lon, 31.8),
            (117.2, 31.8 + lat),
            (117.2 + lon, 31.8 + lat),
        ]);
        let seats: Vec<Seat> = points
            .iter()
            .map(|point| seat(Some((point.x, point.y))))
            .collect();
        let spots = lay_out(&seats).spots;
        let (across, up) = (spots[1].x - spots[0].x, spots[0].y - spots[2].y);
        assert!((across / up - 1.0).abs() < 0.01, "{across} {up}");
    }

    #[test]
    fn an_order_turns_at_each_end() {
        let layout = lay_out(&vec![seat(None); 40]);
        assert!(layout.ground.is_none());
        for pair in layout.spots.windows(2) {
            let way = length(pair[1].x - pair[0].x, pair[1].y - pair[0].y);
            assert!(way < CELL.0.max(CELL.1) + 0.1, "{way}");
        }
    }

    #[test]
    fn what_stands_at_one_place_is_shown_side_by_side() {
        let mut seats = vec![seat(Some((0, 0))); 5];
        seats.push(seat(Some((2_000, 2_000))));
        let layout = lay_out(&seats);
        for (at, one) in layout.spots.iter().enumerate() {
            for other in &layout.spots[..at] {
                let way = length(one.x - other.x, one.y - other.y);
                assert!(way > one.r + other.r, "{way}");
            }
        }
    }

    #[test]
    fn the_bar_is_a_round_number_of_metres() {
        let points = [Point { x: 0, y: 0 }, Point { x: 5_200, y: 3_000 }];
        let (metres, length) = projection(&points).bar();
        assert_eq!(metres, 100);
        assert!(length > 60.0 && length <= BAR, "{length}");
    }
}
