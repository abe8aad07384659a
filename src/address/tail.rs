//! The parts of a door in their order, marked or bare, to the end of the text.

use super::bare::{self, Before, Column, Unclear};
use super::grammar::{self, Mark};
use super::{Building, Door, Floor};

/// Where and how surely a tail stopped being a door.
pub(super) struct Stop {
    /// Bytes of the tail that were read.
    pub(super) at: usize,
    /// A building or entrance was marked before: what follows is wrong, not a part of some name.
    pub(super) strong: bool,
    /// The whole tail is a row of numbers that means nothing.
    pub(super) complete: bool,
    /// It names more than one room.
    pub(super) several: bool,
}

/// Reads building, entrance, floor and room, in this order, to the end.
pub(super) fn tail(input: &str, mut before: Before) -> Result<Vec<Door>, Stop> {
    let mut rest = input;
    let mut base = Door::default();
    let mut strong = false;
    let mut storey = None;
    let mut below = None;

    if !may_be_marked(rest) {
        // A row of bare numbers: nothing to look for.
    } else if let Ok((left, (building, sure))) = grammar::building(rest) {
        (rest, strong) = (left, sure);
        base.building = Some(building);
    } else if !before.street {
        let unmarked =
            grammar::building_before_entrance(rest).or_else(|_| grammar::house_before_room(rest));
        if let Ok((left, building)) = unmarked {
            rest = left;
            base.building = Some(building);
        }
    }
    if base.building.is_some() {
        (rest, before.dash) = skip_dash(rest);
        before.building = true;
        before.street = false;
    }
    if may_be_marked(rest)
        && let Ok((left, entrance)) = grammar::entrance(rest)
    {
        strong = true;
        base.entrance = Some(entrance);
        (rest, before.dash) = skip_dash(left);
        before.entrance = true;
    }
    if may_be_marked(rest)
        && let Ok((left, (floor, ambiguous))) = grammar::floor(rest)
    {
        if before.dash && (1..=3).contains(&floor.number()) {
            below = Some(Floor(-floor.number()));
        }
        storey = (ambiguous && !before.building && !before.entrance).then_some(floor);
        base.floor = Some(floor);
        (rest, before.dash) = skip_dash(left);
        before.floor = true;
    }

    let begun = base != Door::default();
    let at = input.len() - rest.len();
    let stop = Stop {
        at,
        strong,
        complete: false,
        several: false,
    };
    let mut doors = if rest.is_empty() {
        if !begun || before.dash {
            // A dash at the end waits for a part that does not come.
            return Err(Stop {
                at: at.saturating_sub(usize::from(before.dash)),
                ..stop
            });
        }
        vec![base]
    } else if may_be_marked(rest)
        && let Ok(("", unit)) = grammar::named_unit(rest)
    {
        vec![Door {
            unit: Some(unit),
            ..base
        }]
    } else {
        match grammar::series(rest) {
            Ok(("", (items, mark))) => {
                complete(&base, &items, mark, before).map_err(|unclear| Stop {
                    complete: true,
                    several: unclear == Unclear::Several,
                    ..stop
                })?
            }
            // After a room the rest alone is wrong; before `栋` or `单元` the number belongs to it.
            Ok((left, _)) if !left.starts_with(['栋', '幢', '座', '#', '号', '单', '层', '楼']) =>
            {
                return Err(Stop {
                    at: input.len() - left.len(),
                    ..stop
                });
            }
            _ => return Err(stop),
        }
    };
    if let Some(floor) = below {
        let lower: Vec<Door> = doors
            .iter()
            .map(|door| Door {
                floor: Some(floor),
                ..door.clone()
            })
            .collect();
        doors.extend(lower);
    }
    if let Some(floor) = storey {
        as_building(&mut doors, floor, before.column);
    }
    Ok(doors)
}

/// Every mark but `#` is a Chinese character.
fn may_be_marked(input: &str) -> bool {
    input.bytes().any(|byte| !byte.is_ascii() || byte == b'#')
}

fn skip_dash(input: &str) -> (&str, bool) {
    match grammar::dash(input) {
        Ok((left, _)) => (left, true),
        Err(_) => (input, false),
    }
}

/// What the row of numbers says, added to what was marked before it.
fn complete(
    base: &Door,
    items: &[grammar::Item<'_>],
    mark: Mark,
    before: Before,
) -> Result<Vec<Door>, Unclear> {
    let doors = bare::readings(items, mark, before)?;
    let filled = doors.into_iter().map(|door| Door {
        prefix: None,
        building: door.building.or_else(|| base.building.clone()),
        entrance: door.entrance.or_else(|| base.entrance.clone()),
        floor: door.floor.or(base.floor),
        unit: door.unit,
    });
    Ok(filled.collect())
}

/// `3楼` is a floor to one writer and a building to another.
fn as_building(doors: &mut Vec<Door>, floor: Floor, column: Column) {
    let number = u32::from(floor.number().unsigned_abs());
    let buildings: Vec<Door> = doors
        .iter()
        .map(|door| Door {
            building: Some(Building::numbered(number)),
            floor: None,
            ..door.clone()
        })
        .collect();
    match column {
        Column::Building => *doors = buildings,
        Column::Address => doors.extend(buildings),
        Column::Entrance | Column::Unit => {}
    }
}
