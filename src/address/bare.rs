//! What a row of bare numbers may mean: `3-2-803`, `2-803`, `27-7`, `3-2`.

use smol_str::format_smolstr;

use super::grammar::{Item, Mark};
use super::{Door, Floor, Unit};

/// The column a text stands in; it decides what a number alone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Address,
    Building,
    Entrance,
    Unit,
}

/// What stands before the row.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "five independent facts about the text before"
)]
pub(super) struct Before {
    pub(super) column: Column,
    /// The name of a street: a house number follows, not a building.
    pub(super) street: bool,
    pub(super) building: bool,
    pub(super) entrance: bool,
    pub(super) floor: bool,
    /// A dash, which may also be the sign of a basement.
    pub(super) dash: bool,
}

/// Why a row means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unclear {
    /// Two rooms: `801-803`.
    Several,
    /// No order of parts fits.
    NoOrder,
}

type Doors = Result<Vec<Door>, Unclear>;

/// Every door the row may mean, each holding only the parts that the row names; never empty.
pub(super) fn readings(items: &[Item<'_>], mark: Mark, before: Before) -> Doors {
    let [middle @ .., last] = items else {
        return Err(Unclear::NoOrder);
    };
    if middle.iter().any(|item| item.minus) || items.iter().skip(1).any(|item| item.zone.is_some())
    {
        return Err(Unclear::NoOrder);
    }
    let candidates = match items {
        [only] => one(only, mark, before),
        [a, b] => two(a, b, mark, before)?,
        [a, b, c] => three(a, b, c, before),
        [a, b, c, d] => four(a, b, c, d, before),
        _ => Vec::new(),
    };
    let mut doors: Vec<Door> = candidates.into_iter().flatten().collect();
    // `3栋-101`: a dash between the parts, or the sign of the room.
    if let ([only], true) = (items, before.dash) {
        let basement =
            only.digits == 3 && only.text.len() == 3 && only.text.starts_with(['1', '2', '3']);
        if basement && !only.minus && !doors.is_empty() {
            doors.push(Door {
                unit: Some(Unit(format_smolstr!("负{}", last.text))),
                ..Door::default()
            });
        }
    }
    if doors.is_empty() {
        return Err(Unclear::NoOrder);
    }
    Ok(doors)
}

fn building(item: &Item<'_>) -> Option<Door> {
    item.building().map(|building| Door {
        building: Some(building),
        ..Door::default()
    })
}

fn entrance(item: &Item<'_>) -> Option<Door> {
    item.entrance().map(|entrance| Door {
        entrance: Some(entrance),
        ..Door::default()
    })
}

fn unit(item: &Item<'_>) -> Option<Door> {
    item.unit().and_then(|unit| room(Door::default(), unit))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every reading is an option, so that rows of readings are written alike"
)]
fn room(door: Door, unit: Unit) -> Option<Door> {
    Some(Door {
        unit: Some(unit),
        ..door
    })
}

/// `803-1`, `27-7`: one room of two numbers.
fn double(door: Door, a: &Item<'_>, b: &Item<'_>) -> Option<Door> {
    if a.zone.is_some() || a.is_stem() || b.is_stem() || b.minus {
        return None;
    }
    room(door, Unit(format_smolstr!("{}-{}", a.text, b.text)))
}

fn one(a: &Item<'_>, mark: Mark, before: Before) -> Vec<Option<Door>> {
    // A zone names the building's quarter; a number after it with no mark is not said to be the building.
    if a.zone.is_some() {
        return if before.column == Column::Building && !before.building {
            vec![building(a)]
        } else {
            Vec::new()
        };
    }
    let placed = before.entrance || before.floor || mark == Mark::Room || before.street;
    if placed && !(before.floor && a.minus) {
        return vec![unit(a)];
    }
    if a.minus {
        return vec![unit(a)];
    }
    match (before.column, before.building) {
        (Column::Building, false) => return vec![building(a)],
        (Column::Building | Column::Entrance, true) if a.is_small() && mark == Mark::None => {
            return vec![entrance(a)];
        }
        (Column::Entrance, false) => return vec![entrance(a)],
        (Column::Unit, _) => return vec![unit(a)],
        _ => {}
    }
    if a.is_stem() {
        return Vec::new();
    }
    let lettered_room = a.front == 1 && a.digits >= 3;
    match (mark, before.building) {
        (Mark::Number, true) => vec![unit(a)],
        (Mark::Number, false) if a.is_small() => vec![unit(a), building(a)],
        (_, true) if lettered_room => vec![unit(a), split_letter(a, true)],
        (_, false) if lettered_room => vec![unit(a), split_letter(a, false)],
        (_, true) if a.is_small() => vec![entrance(a), unit(a)],
        (_, false) if a.is_small() => vec![building(a), entrance(a), unit(a)],
        _ => vec![unit(a)],
    }
}

/// `B1203` as `B座1203室` or `B单元1203室`.
fn split_letter(a: &Item<'_>, building_known: bool) -> Option<Door> {
    let (letter, text) = a.text.split_at_checked(1)?;
    let letter = letter.to_owned();
    let door = if building_known {
        Door {
            entrance: Some(super::Entrance(letter.into())),
            ..Door::default()
        }
    } else {
        Door {
            building: Some(super::Building(letter.into())),
            ..Door::default()
        }
    };
    room(door, Unit(text.into()))
}

fn with_unit(door: Option<Door>, item: &Item<'_>) -> Option<Door> {
    room(door?, item.unit()?)
}

fn building_entrance(a: &Item<'_>, b: &Item<'_>) -> Option<Door> {
    Some(Door {
        building: Some(a.building()?),
        entrance: Some(b.entrance()?),
        ..Door::default()
    })
}

/// `8-803`: the floor, then a room whose number begins with it.
fn floor_room(door: Option<Door>, floor: &Item<'_>, item: &Item<'_>) -> Option<Door> {
    let height: i16 = floor.text.parse().ok()?;
    let number: i32 = item.text.parse().ok()?;
    if height < 1
        || floor.minus
        || item.minus
        || item.is_small()
        || number / 100 != i32::from(height)
    {
        return None;
    }
    Some(Door {
        floor: Some(Floor(height)),
        unit: Some(item.unit()?),
        ..door?
    })
}

fn two(
    a: &Item<'_>,
    b: &Item<'_>,
    mark: Mark,
    before: Before,
) -> Result<Vec<Option<Door>>, Unclear> {
    let doors = match (a.is_small(), b.is_small()) {
        (false, false) => return Err(Unclear::Several),
        (false, true) => return Ok(vec![double(Door::default(), a, b)]),
        (true, true) if mark == Mark::Number => return Ok(vec![double(Door::default(), a, b)]),
        (true, false) if before.entrance => vec![floor_room(Some(Door::default()), a, b)],
        (true, false) if before.floor => Vec::new(),
        (true, false) if before.building => vec![with_unit(entrance(a), b)],
        (true, false) => match before.column {
            Column::Building => vec![with_unit(building(a), b)],
            Column::Address => vec![with_unit(building(a), b), with_unit(entrance(a), b)],
            Column::Entrance | Column::Unit => {
                let inside = with_unit(entrance(a), b);
                vec![if inside.is_some() {
                    inside
                } else {
                    with_unit(building(a), b)
                }]
            }
        },
        (true, true) if before.building || before.entrance || before.floor => {
            vec![double(Door::default(), a, b)]
        }
        (true, true) => {
            let as_building = (mark == Mark::None)
                .then(|| building_entrance(a, b))
                .flatten();
            match before.column {
                Column::Building => vec![as_building, sub_building(a, b)],
                Column::Entrance => vec![as_building, with_unit(entrance(a), b)],
                Column::Unit => vec![double(Door::default(), a, b), with_unit(entrance(a), b)],
                Column::Address => vec![
                    as_building,
                    with_unit(building(a), b),
                    with_unit(entrance(a), b),
                    double(Door::default(), a, b),
                ],
            }
        }
    };
    Ok(doors)
}

/// `3-2` in a building column: a building beside building 3.
fn sub_building(a: &Item<'_>, b: &Item<'_>) -> Option<Door> {
    let (first, second) = (a.building()?, b.building()?);
    Some(Door {
        building: Some(super::Building(format_smolstr!(
            "{}-{}",
            first.name(),
            second.name()
        ))),
        ..Door::default()
    })
}

fn three(a: &Item<'_>, b: &Item<'_>, c: &Item<'_>, before: Before) -> Vec<Option<Door>> {
    if before.entrance || before.floor {
        return Vec::new();
    }
    let suffixed = a.is_small() && !b.is_small() && c.is_small();
    if before.building {
        return if suffixed {
            vec![entrance(a).and_then(|door| double(door, b, c))]
        } else {
            vec![floor_room(entrance(a), b, c)]
        };
    }
    if !suffixed {
        return vec![with_unit(building_entrance(a, b), c)];
    }
    let in_building = building(a).and_then(|door| double(door, b, c));
    let in_entrance = entrance(a).and_then(|door| double(door, b, c));
    match before.column {
        Column::Address => vec![in_building, in_entrance],
        Column::Building => vec![in_building],
        Column::Entrance | Column::Unit => vec![in_entrance],
    }
}

fn four(
    a: &Item<'_>,
    b: &Item<'_>,
    c: &Item<'_>,
    d: &Item<'_>,
    before: Before,
) -> Vec<Option<Door>> {
    if before.building || before.entrance || before.floor {
        return Vec::new();
    }
    let door = building_entrance(a, b);
    if !c.is_small() && d.is_small() {
        return vec![door.and_then(|door| double(door, c, d))];
    }
    vec![floor_room(door, c, d)]
}
