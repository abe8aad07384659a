//! A building in pieces: its entrances, and of an entrance that is too big runs of its floors.

use super::bounds::residents;
use super::listing::{Building, Count, Entrance};
use crate::partition::{Point, Standard};

/// Entrances whose place is not known stand so far apart, in decimetres: as wide as two flats are.
const APART: i64 = 120;

/// A run of floors has about so large a share of what a grid may have: small enough to fill any grid with.
const SHARE: u32 = 5;

/// A piece of a building.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) name: String,
    pub(super) entrance: Option<usize>,
    pub(super) floors: Option<(i16, i16)>,
    pub(super) count: Count,
    pub(super) at: Option<Point>,
}

/// The building in one piece.
pub(super) fn whole(building: &Building) -> Piece {
    Piece {
        name: building.name.clone(),
        entrance: None,
        floors: None,
        count: building.count(),
        at: building.at,
    }
}

/// Whether a building has parts that are known.
pub(super) fn can_be_split(building: &Building) -> bool {
    building.entrances.len() > 1
        || building
            .entrances
            .iter()
            .any(|entrance| floors(entrance).count() > 1)
}

/// The building in its entrances; those above a limit, and a building with one entrance only, in runs of floors.
pub(super) fn pieces(building: &Building, standard: Standard, whole: Count) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let count = building.entrances.len();
    for (number, entrance) in building.entrances.iter().enumerate() {
        let at = entrance
            .at
            .or_else(|| building.at.map(|at| beside(at, number, count)));
        let all = entrance.count();
        let is_big = all.households > standard.households.max
            || residents(all, whole) > standard.residents.max;
        let name = name_of(building, entrance, number);
        if (is_big || count == 1) && !building.is_in_parts && floors(entrance).count() > 1 {
            let runs = runs(entrance, standard, whole);
            pieces.extend(runs.into_iter().map(|(floors, count)| Piece {
                name: format!("{name}{}", floors_in_words(floors)),
                entrance: Some(number),
                floors: Some(floors),
                count,
                at,
            }));
        } else {
            pieces.push(Piece {
                name,
                entrance: Some(number),
                floors: None,
                count: all,
                at,
            });
        }
    }
    pieces
}

fn name_of(building: &Building, entrance: &Entrance, number: usize) -> String {
    if building.is_in_parts {
        return entrance.name.clone();
    }
    match (entrance.name.is_empty(), building.entrances.len()) {
        (false, _) => format!("{}{}", building.name, entrance.name),
        (true, 1) => building.name.clone(),
        (true, _) => format!("{}（{}）", building.name, number + 1),
    }
}

fn floors_in_words((from, to): (i16, i16)) -> String {
    let floor = |floor: i16| {
        if floor < 0 {
            format!("负{}", floor.unsigned_abs())
        } else {
            floor.to_string()
        }
    };
    if from == to {
        format!("{}层", floor(from))
    } else {
        format!("{}–{}层", floor(from), floor(to))
    }
}

/// A place in a row of entrances around the building's own.
fn beside(at: Point, number: usize, count: usize) -> Point {
    let wide = |number: usize| i64::try_from(number).unwrap_or(0);
    let middle = wide(count.saturating_sub(1)).saturating_mul(APART / 2);
    Point {
        x: at
            .x
            .saturating_add(wide(number).saturating_mul(APART))
            .saturating_sub(middle),
        y: at.y,
    }
}

fn floors(entrance: &Entrance) -> impl Iterator<Item = (i16, Count)> + '_ {
    entrance
        .floors
        .iter()
        .filter_map(|(floor, count)| Some(((*floor)?, *count)))
}

/// Floors put together from below, as long as a run stays within its share; who does not say the floor counts with the
/// lowest.
fn runs(entrance: &Entrance, standard: Standard, whole: Count) -> Vec<((i16, i16), Count)> {
    let unknown = entrance.floors.get(&None).copied().unwrap_or_default();
    let fits = |count: Count| {
        count.households <= (standard.households.max / SHARE).max(1)
            && residents(count, whole) <= (standard.residents.max / SHARE).max(1)
    };
    let mut runs: Vec<((i16, i16), Count)> = Vec::new();
    for (floor, count) in floors(entrance) {
        let count = if runs.is_empty() {
            count.plus(unknown)
        } else {
            count
        };
        match runs.last_mut() {
            Some(((_, to), sum)) if fits(sum.plus(count)) => {
                *to = floor;
                *sum = sum.plus(count);
            }
            _ => runs.push(((floor, floor), count)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::name::Name;
    use std::collections::BTreeMap;

    fn count(households: u32) -> Count {
        Count {
            households,
            residents: households * 2,
            work: households,
            ..Count::default()
        }
    }

    fn entrance(name: &str, floors: &[(i16, u32)]) -> Entrance {
        Entrance {
            name: name.to_owned(),
            handle: None,
            floors: floors
                .iter()
                .map(|(floor, households)| (Some(*floor), count(*households)))
                .collect::<BTreeMap<_, _>>(),
            at: None,
        }
    }

    fn building(entrances: Vec<Entrance>) -> Building {
        Building {
            name: "3栋".to_owned(),
            names: Name::plain("", "3栋"),
            entrances,
            is_in_parts: false,
            at: Some(Point { x: 1000, y: 0 }),
            is_beside: false,
            order: None,
        }
    }

    #[test]
    fn entrances_stand_in_a_row_and_a_big_one_is_cut_by_floors() {
        let tall: Vec<(i16, u32)> = (1..=30).map(|floor| (floor, 20)).collect();
        let building = building(vec![
            entrance("1单元", &[(1, 200), (2, 100)]),
            entrance("2单元", &tall),
        ]);
        let pieces = pieces(&building, Standard::PUBLISHED, building.count());
        let names: Vec<&str> = pieces.iter().map(|piece| piece.name.as_str()).collect();
        assert_eq!(names[..3], ["3栋1单元", "3栋2单元1–5层", "3栋2单元6–10层"]);
        assert_eq!(pieces.len(), 7);
        assert_eq!(
            pieces
                .iter()
                .map(|piece| piece.count.households)
                .sum::<u32>(),
            900
        );
        assert_eq!(pieces[0].at, Some(Point { x: 940, y: 0 }));
        assert_eq!(pieces[1].at, Some(Point { x: 1060, y: 0 }));
        assert_eq!(pieces[1].floors, Some((1, 5)));
    }

    #[test]
    fn what_has_no_parts_cannot_be_split() {
        assert!(!can_be_split(&building(vec![entrance("", &[(1, 700)])])));
        assert!(can_be_split(&building(vec![entrance(
            "",
            &[(-1, 7), (1, 700)]
        )])));
        let one = building(vec![entrance("", &[(-1, 7), (1, 700)])]);
        let pieces = pieces(&one, Standard::PUBLISHED, one.count());
        assert_eq!(pieces[0].name, "3栋负1层");
        assert_eq!(pieces[1].name, "3栋1层");
    }
}
