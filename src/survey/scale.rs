//! Metres or degrees: what the numbers of a sheet of positions are.

use std::collections::BTreeMap;

use super::finding::Kind;
use super::listing::Spot;

/// Two numbers for a place: to the east and to the north.
pub(super) type Raw = (f64, f64);

/// A pair of numbers as a sheet has them, and the fewer digits behind the two points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) digits: usize,
}

/// What the numbers of a sheet are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// Metres to the east and north. `fine` where its numbers have so many digits behind the point as degrees have.
    Metres { fine: bool },
    /// Degrees of longitude and latitude.
    Degrees,
}

/// A community is narrower than this many degrees.
const WIDEST: f64 = 1.5;

/// Degrees are of no use with fewer digits behind the point than this: the third is a hundred metres.
const FINE: usize = 4;

impl Seen {
    /// The two numbers can be longitude and latitude in China, which no two numbers can be the other way round.
    fn is_in_china(self) -> bool {
        (73.0..=135.0).contains(&self.x) && (18.0..=54.0).contains(&self.y)
    }

    fn is_degrees(self) -> bool {
        self.x.abs() <= 180.0 && self.y.abs() <= 90.0
    }

    fn swapped(self) -> Self {
        Self {
            x: self.y,
            y: self.x,
            ..self
        }
    }
}

impl Scale {
    /// Decides by the headers, or else by most of the numbers: degrees are those that lie within a few hundredths.
    pub(super) fn of<'s>(headed_degrees: bool, seen: impl Iterator<Item = &'s Seen>) -> Self {
        if headed_degrees {
            return Self::Degrees;
        }
        let all: Vec<Seen> = seen.copied().collect();
        let like = |seen: &&Seen| {
            let turned = seen.is_in_china() || seen.swapped().is_in_china();
            (turned || seen.is_degrees()) && seen.digits >= 2
        };
        let alike: Vec<Seen> = all.iter().filter(like).copied().collect();
        let near = |of: fn(&Seen) -> f64| {
            let Some(middle) = median(alike.iter().map(of).collect()) else {
                return 0;
            };
            alike
                .iter()
                .filter(|seen| (of(seen) - middle).abs() < WIDEST / 2.0)
                .count()
        };
        let narrow = near(|seen| seen.x.max(seen.y)).min(near(|seen| seen.x.min(seen.y)));
        let fine = all.iter().filter(|seen| seen.digits >= FINE).count() * 2 > all.len();
        let lone = all.len() == 1 && !(fine && all.iter().all(|seen| seen.is_in_china()));
        if narrow * 2 > all.len() && !lone {
            Self::Degrees
        } else {
            Self::Metres { fine }
        }
    }

    /// The place that two numbers stand for, or what is wrong with them; a place all the same where that is certain.
    pub(super) fn place(self, seen: Seen) -> Result<Raw, (Kind, Option<Raw>)> {
        let turned = seen.swapped();
        match self {
            // So coarse and so far off: metres of a small estate among degrees.
            Self::Degrees
                if seen.digits + 1 < FINE && !seen.is_in_china() && !turned.is_in_china() =>
            {
                Err((Kind::Mixed, None))
            }
            Self::Degrees if seen.is_degrees() && !turned.is_in_china() => Ok((seen.x, seen.y)),
            Self::Degrees if turned.is_degrees() => {
                Err((Kind::Swapped, Some((turned.x, turned.y))))
            }
            Self::Degrees => Err((Kind::Mixed, None)),
            Self::Metres { fine: false }
                if seen.digits >= FINE && (seen.is_in_china() || turned.is_in_china()) =>
            {
                Err((Kind::Mixed, None))
            }
            Self::Metres { .. } => Ok((seen.x, seen.y)),
        }
    }

    /// Spots that are more than 50 km away from the middle of their community.
    pub(super) fn far(self, at: &BTreeMap<(usize, Spot), (f64, f64)>) -> Vec<(usize, Spot)> {
        let reach = match self {
            Self::Metres { .. } => 50_000.0,
            Self::Degrees => 0.45,
        };
        let mut communities: BTreeMap<usize, Vec<(f64, f64)>> = BTreeMap::new();
        for ((community, _), place) in at {
            communities.entry(*community).or_default().push(*place);
        }
        let middles: BTreeMap<usize, (f64, f64)> = communities
            .into_iter()
            .filter_map(|(community, places)| {
                let x = median(places.iter().map(|place| place.0).collect())?;
                let y = median(places.iter().map(|place| place.1).collect())?;
                Some((community, (x, y)))
            })
            .collect();
        let is_far = |(spot, place): &(&(usize, Spot), &(f64, f64))| {
            let middle = middles.get(&spot.0);
            middle.is_some_and(|middle| {
                (place.0 - middle.0).abs() > reach || (place.1 - middle.1).abs() > reach
            })
        };
        at.iter().filter(is_far).map(|(spot, _)| *spot).collect()
    }
}

fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(x: f64, y: f64, digits: usize) -> Seen {
        Seen { x, y, digits }
    }

    fn of(all: &[Seen]) -> Scale {
        Scale::of(false, all.iter())
    }

    #[test]
    fn the_unit_is_told_from_the_numbers() {
        let metres = [
            seen(26.2, 12.4, 1),
            seen(97.3, 11.2, 1),
            seen(27.9, 40.9, 1),
        ];
        assert_eq!(of(&metres), Scale::Metres { fine: false });
        let degrees = [seen(117.2031, 31.8011, 4), seen(117.2044, 31.8032, 4)];
        assert_eq!(of(&degrees), Scale::Degrees);
        // A small estate in metres that lies where China's degrees do.
        let trap = [
            seen(80.1, 20.2, 1),
            seen(120.5, 20.9, 1),
            seen(80.4, 50.3, 1),
        ];
        assert_eq!(of(&trap), Scale::Metres { fine: false });
        assert_eq!(
            of(&[seen(-86.1581, 39.7684, 4), seen(-86.1499, 39.7701, 4)]),
            Scale::Degrees
        );
        assert_eq!(of(&[]), Scale::Metres { fine: false });
    }

    #[test]
    fn what_does_not_fit_the_unit_is_named() {
        assert_eq!(
            Scale::Degrees.place(seen(31.8, 117.2, 4)),
            Err((Kind::Swapped, Some((117.2, 31.8))))
        );
        assert_eq!(
            Scale::Degrees.place(seen(1.3, 103.8, 4)),
            Err((Kind::Swapped, Some((103.8, 1.3))))
        );
        assert_eq!(
            Scale::Degrees.place(seen(455.0, 220.0, 1)),
            Err((Kind::Mixed, None))
        );
        assert_eq!(
            Scale::Degrees.place(seen(97.3, 11.2, 1)),
            Err((Kind::Mixed, None))
        );
        let metres = Scale::Metres { fine: false };
        assert_eq!(
            metres.place(seen(117.2034, 31.8321, 4)),
            Err((Kind::Mixed, None))
        );
        assert_eq!(metres.place(seen(117.2, 31.8, 1)), Ok((117.2, 31.8)));
    }

    #[test]
    fn one_place_far_from_all_others_is_found() {
        let spot = |building| {
            (
                0,
                Spot {
                    building,
                    entrance: None,
                },
            )
        };
        let at = [
            (spot(0), (0.0, 0.0)),
            (spot(1), (90.0, 10.0)),
            (spot(2), (900_000.0, 5.0)),
        ];
        assert_eq!(Scale::Metres { fine: false }.far(&at.into()), [spot(2)]);
    }
}
