//! Longitude and latitude to decimetres in a plane.

use std::f64::consts::PI;

use super::super::Point;

/// Lays degrees of longitude and latitude (WGS 84) out in a plane around their middle, in decimetres.
///
/// Over a community of a few kilometres distances are right to a few centimetres. Only additions and multiplications
/// are used, whose results are the same on every machine; the middle does not depend on the order of positions.
///
/// ```
/// use gridcode::partition::geometry::from_degrees;
/// let points = from_degrees(&[(117.20, 31.80), (117.21, 31.80)]);
/// // A hundredth of a degree is 947 m there.
/// assert_eq!((points[1].x - points[0].x) / 10, 947);
/// assert_eq!(points[1].y, points[0].y);
/// ```
#[must_use]
pub fn from_degrees(positions: &[(f64, f64)]) -> Vec<Point> {
    let middle = |of: fn(&(f64, f64)) -> f64| {
        let least = positions.iter().map(of).fold(f64::INFINITY, f64::min);
        let most = positions.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        f64::midpoint(least, most)
    };
    let (lon, lat) = (middle(|position| position.0), middle(|position| position.1));
    let angle = lat / 180.0 * PI;
    // Lengths of a degree on the ellipsoid, in metres, as series of the latitude.
    let north = 111_132.954 - 559.822 * cosine(2.0 * angle) + 1.175 * cosine(4.0 * angle);
    let east =
        111_412.84 * cosine(angle) - 93.5 * cosine(3.0 * angle) + 0.118 * cosine(5.0 * angle);
    positions
        .iter()
        .map(|position| Point {
            x: rounded((position.0 - lon) * east * 10.0),
            y: rounded((position.1 - lat) * north * 10.0),
        })
        .collect()
}

/// By its Taylor series: the function of the standard library may differ in the last digit from one system to another.
fn cosine(angle: f64) -> f64 {
    let square = angle * angle;
    let mut term = 1.0;
    let mut sum = 1.0;
    for step in 0..24 {
        let step = f64::from(step);
        term *= -square / ((2.0 * step + 1.0) * (2.0 * step + 2.0));
        sum += term;
    }
    sum
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a length out of range, or none, ends at the limit, which is refused as too wide"
)]
fn rounded(length: f64) -> i64 {
    length.round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_is_the_cosine() {
        for degrees in -450..=450 {
            let angle = f64::from(degrees) / 180.0 * PI;
            assert!((cosine(angle) - angle.cos()).abs() < 1e-9, "{degrees}");
        }
    }

    #[test]
    fn distances_are_those_of_the_earth() {
        // One minute of latitude is a sea mile, about; at 60° a degree of longitude is half as long as at 0°.
        let mile = from_degrees(&[(117.0, 31.0), (117.0, 31.0 + 1.0 / 60.0)]);
        assert!((18_450..18_550).contains(&(mile[1].y - mile[0].y)));
        let north = from_degrees(&[(10.0, 60.0), (10.01, 60.0)]);
        let south = from_degrees(&[(10.0, 0.0), (10.01, 0.0)]);
        let ratio = (south[1].x - south[0].x) * 100 / (north[1].x - north[0].x);
        assert_eq!(ratio, 199);
        assert_eq!(from_degrees(&[]), []);
        assert_eq!(from_degrees(&[(117.2, 31.8)]), [Point::default()]);
    }
}
