//! `parse`: finds where the door begins in a text and reads it to the end.

use super::bare::{self, Before, Column, Unclear};
use super::error::{AddressError, Span};
use super::fold;
use super::grammar::{self, Mark};
use super::numeral::is_word;
use super::{Building, Door, Floor, Reading, mangled_date};

/// Reads an address: `3栋2单元803室`, `3#2-803`, `3-2-803`, `B座1203`, `安徽省合肥市蜀山区翠竹园3栋2单元803室`.
///
/// Exact or ambiguous, never a silent choice. Full-width forms, Chinese numerals, blanks beside
/// words, every dash and letter case are read as the plain form.
///
/// # Errors
///
/// Where the text is no address, or the address is followed by something else; the error holds
/// the span that was not read. A text that a spreadsheet has turned into a date (`2月3日`) is
/// [`AddressError::Date`].
///
/// ```
/// use gridcode::address::{Reading, parse};
/// let reading = parse("三栋二单元八〇三")?;
/// assert_eq!(reading.exact().unwrap().to_string(), "3栋2单元803室");
///
/// let Reading::Ambiguous(doors) = parse("2-803")? else { panic!() };
/// assert_eq!(doors[0].to_string(), "2栋803室");
/// assert_eq!(doors[1].to_string(), "2单元803室");
/// # Ok::<(), gridcode::address::AddressError>(())
/// ```
pub fn parse(text: &str) -> Result<Reading, AddressError> {
    read(text, Column::Address)
}

/// Reads a text of one column.
pub(super) fn read(text: &str, column: Column) -> Result<Reading, AddressError> {
    let outcome = fold::normal(text).and_then(|normalised| {
        if may_be_date(&normalised) && mangled_date(text).is_some() {
            return Err(AddressError::no_door(text));
        }
        search(&normalised, column).map_err(|trouble| trouble.locate(text))
    });
    outcome.map_err(|error| match mangled_date(text) {
        Some(mangled) => AddressError::date(text, mangled),
        None => error,
    })
}

/// `2024-02-03` would otherwise be building 2024, entrance 2, room 3.
fn may_be_date(normalised: &str) -> bool {
    matches!(
        normalised.as_bytes(),
        [b'1' | b'2', b'9' | b'0', _, _, b'-', ..]
    )
}

/// What went wrong, in bytes of the normalised text.
struct Trouble {
    span: Span,
    kind: TroubleKind,
}

#[derive(PartialEq, Eq)]
enum TroubleKind {
    NoDoor,
    NotRead,
    Several,
}

impl Trouble {
    fn locate(self, text: &str) -> AddressError {
        match self.kind {
            TroubleKind::NoDoor => AddressError::no_door(text),
            TroubleKind::NotRead => AddressError::not_read(text, fold::locate(text, &self.span)),
            TroubleKind::Several => AddressError::several(text, fold::locate(text, &self.span)),
        }
    }
}

/// Takes the first place from which the text reads as a door to its end; what stands before is the prefix.
fn search(text: &str, column: Column) -> Result<Reading, Trouble> {
    let mut trouble = None;
    let mut last = None;
    for (start, c) in text.char_indices() {
        let (prefix, tail) = text.split_at_checked(start).unwrap_or((text, ""));
        let previous = last.replace(c);
        if !can_begin(previous, c, tail) {
            continue;
        }
        let name = prefix.strip_suffix('-').unwrap_or(prefix);
        if !prefix.is_empty() && !name.contains(is_ideograph) {
            continue;
        }
        let named = split_named(name);
        let before = Before {
            column,
            street: name.ends_with(['路', '街', '巷', '道']),
            building: named.is_some(),
            entrance: false,
            floor: false,
            dash: name.len() < prefix.len(),
        };
        match self::tail(tail, before) {
            Ok(doors) => return Ok(finish(doors, name, named)),
            Err(stop) => {
                let span = start + stop.at..text.len();
                if stop.strong {
                    let kind = if stop.several {
                        TroubleKind::Several
                    } else {
                        TroubleKind::NotRead
                    };
                    return Err(Trouble { span, kind });
                }
                if stop.several && trouble.is_none() {
                    trouble = Some(Trouble {
                        span,
                        kind: TroubleKind::Several,
                    });
                } else if stop.complete && trouble.is_none() {
                    trouble = Some(Trouble {
                        span,
                        kind: TroubleKind::NotRead,
                    });
                }
            }
        }
    }
    if trouble.is_none() {
        if let Some((prefix, building)) = split_named(text) {
            return Ok(Reading::Exact(Door {
                prefix,
                building: Some(building),
                ..Door::default()
            }));
        }
        if column == Column::Building && text.chars().count() > 1 && text.chars().all(is_ideograph)
        {
            return Ok(Reading::Exact(Door {
                prefix: Some(text.to_owned()),
                ..Door::default()
            }));
        }
    }
    Err(trouble.unwrap_or(Trouble {
        span: 0..text.len(),
        kind: TroubleKind::NoDoor,
    }))
}

/// Puts the prefix, and the building named in it, into every candidate.
fn finish(mut doors: Vec<Door>, name: &str, named: Option<(Option<String>, Building)>) -> Reading {
    let whole = (!name.is_empty()).then(|| name.to_owned());
    for door in &mut doors {
        match (&named, &door.building) {
            (Some((prefix, building)), None) => {
                door.prefix.clone_from(prefix);
                door.building = Some(building.clone());
            }
            _ => door.prefix.clone_from(&whole),
        }
    }
    // `tail` never hands over an empty list.
    Reading::of(doors).unwrap_or_else(|| Reading::Exact(Door::default()))
}

fn is_ideograph(c: char) -> bool {
    !c.is_ascii() && !is_word(c) && c != '第' && c != '·'
}

/// After one of these a new name begins, so that `东1栋` may: 翠竹园东1栋, but not 山东1栋.
const BORDERS: [char; 15] = [
    '省', '市', '县', '区', '镇', '乡', '村', '道', '路', '园', '苑', '弄', '号', '期', '里',
];

fn can_begin(previous: Option<char>, c: char, tail: &str) -> bool {
    if previous.is_some_and(|previous| is_word(previous) || previous == '第') {
        return false;
    }
    let border = previous.is_none_or(|previous| previous == '-' || BORDERS.contains(&previous));
    match c {
        '-' => previous.is_none(),
        '东' | '南' | '西' | '北' | '中' => {
            border
                || tail.chars().nth(1) == Some('户')
                || tail.chars().skip(1).take(2).eq("单元".chars())
        }
        '第' | '负' | '附' | '甲' | '乙' | '丙' | '丁' | '戊' | '己' | '庚' | '辛' => {
            true
        }
        '门' | '商' | '店' | '铺' | '底' | '车' | '储' | '地' | '杂' | '架' | '夹' | '阁'
        | '顶' => true,
        _ => is_word(c),
    }
}

/// `翠竹楼`, or `翠竹园` and `翠竹楼`: a building without a number at the end of a name.
fn split_named(name: &str) -> Option<(Option<String>, Building)> {
    if !name.ends_with(['楼', '栋', '幢']) {
        return None;
    }
    let from = name
        .char_indices()
        .filter(|(_, c)| BORDERS.contains(c))
        .map(|(start, c)| start + c.len_utf8())
        .next_back()
        .unwrap_or(0);
    let (prefix, building) = name.split_at_checked(from)?;
    if building.chars().count() < 2 || !building.chars().all(is_ideograph) {
        return None;
    }
    let prefix = (!prefix.is_empty()).then(|| prefix.to_owned());
    Some((prefix, Building(building.to_owned())))
}

/// Where and how surely a tail stopped being a door.
struct Stop {
    /// Bytes of the tail that were read.
    at: usize,
    /// A building or entrance was marked before: what follows is wrong, not a part of some name.
    strong: bool,
    /// The whole tail is a row of numbers that means nothing.
    complete: bool,
    several: bool,
}

/// Reads building, entrance, floor and room, in this order, to the end.
fn tail(input: &str, mut before: Before) -> Result<Vec<Door>, Stop> {
    let mut rest = input;
    let mut base = Door::default();
    let mut strong = false;
    let mut storey = None;
    let mut below = None;

    if let Ok((left, (building, sure))) = grammar::building(rest) {
        (rest, strong) = (left, sure);
        base.building = Some(building);
    } else if !before.street {
        let bare =
            grammar::building_before_entrance(rest).or_else(|_| grammar::house_before_room(rest));
        if let Ok((left, building)) = bare {
            rest = left;
            base.building = Some(building);
        }
    }
    if base.building.is_some() {
        (rest, before.dash) = skip_dash(rest);
        before.building = true;
        before.street = false;
    }
    if let Ok((left, entrance)) = grammar::entrance(rest) {
        strong = true;
        base.entrance = Some(entrance);
        (rest, before.dash) = skip_dash(left);
        before.entrance = true;
    }
    if let Ok((left, (floor, ambiguous))) = grammar::floor(rest) {
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
        if !begun || (begun && before.dash) {
            return Err(stop);
        }
        vec![base]
    } else if let Ok(("", unit)) = grammar::named_unit(rest) {
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
