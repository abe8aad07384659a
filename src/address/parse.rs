//! `parse`: finds where the door begins in a text and reads it to the end.

use super::bare::{Before, Column};
use super::error::{AddressError, Span};
use super::fold;
use super::numeral::is_word;
use super::tail::tail;
use super::{Building, Door, Reading, mangled_date};

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
        search(&normalised, column)
            .and_then(|reading| settle(reading, &normalised))
            .map_err(|trouble| trouble.locate(text))
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
    if is_house_number(text) {
        return Err(Trouble {
            span: 0..text.len(),
            kind: TroubleKind::NoDoor,
        });
    }
    let mut trouble = None;
    let mut last = None;
    for (start, c) in text.char_indices() {
        let (prefix, behind) = text.split_at_checked(start).unwrap_or((text, ""));
        let previous = last.replace(c);
        if !can_begin(previous, c, behind) {
            continue;
        }
        let name = undivided(prefix);
        if !prefix.is_empty() && !is_name(name) && prefix.contains(|c| c != '·') {
            continue;
        }
        let named = split_named(name);
        let before = Before {
            column,
            street: name.ends_with(['路', '街', '巷', '道']),
            building: named.is_some(),
            entrance: false,
            floor: false,
            dash: prefix.ends_with('-'),
        };
        match tail(behind, before) {
            Ok(doors) => return Ok(finish(doors, name, named.as_ref())),
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
        if let Some((prefix, building)) = split_named(undivided(text)) {
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

/// Takes every door with a prefix for what its own printed form says, so that printing and reading stay inverse:
/// `A区3` may be building 3 behind `A区`, and that is `A区3栋`, building A区3.
fn settle(reading: Reading, normalised: &str) -> Result<Reading, Trouble> {
    if reading.doors().iter().all(|door| door.prefix.is_none()) {
        return Ok(reading);
    }
    let doors = match reading {
        Reading::Exact(door) => vec![door],
        Reading::Ambiguous(doors) => doors,
    };
    let settled = doors.into_iter().filter_map(settled);
    Reading::of(settled.collect()).ok_or(Trouble {
        span: 0..normalised.len(),
        kind: TroubleKind::NotRead,
    })
}

fn settled(mut door: Door) -> Option<Door> {
    // Each round moves text out of the prefix into the building; two rounds have always been enough.
    for _ in 0..4 {
        if is_prefix_alone(&door) {
            return Some(door);
        }
        let again = search(&door.to_string(), Column::Address).ok()?.exact()?;
        if again == door {
            return Some(door);
        }
        door = again;
    }
    None
}

/// The name in a building column: no address, but all that the cell says.
fn is_prefix_alone(door: &Door) -> bool {
    door.building.is_none()
        && door.entrance.is_none()
        && door.floor.is_none()
        && door.unit.is_none()
}

/// Puts the prefix, and the building named in it, into every candidate.
fn finish(mut doors: Vec<Door>, name: &str, named: Option<&(Option<String>, Building)>) -> Reading {
    let whole = (!name.is_empty()).then(|| name.to_owned());
    for door in &mut doors {
        match (named, &door.building) {
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

/// `长江西路12号`, `人民巷5弄`: a house or a lane on a street, in which many may live.
fn is_house_number(text: &str) -> bool {
    text.strip_suffix(['号', '弄']).is_some_and(|rest| {
        let name = rest.trim_end_matches(is_word);
        name.len() < rest.len()
            && name.chars().count() > 1
            && name.ends_with(['路', '街', '巷', '道', '弄'])
    })
}

/// Without the dots and dashes that divide a name from what follows: `翠竹园·3栋` is `翠竹园3栋`.
pub(super) fn undivided(name: &str) -> &str {
    name.trim_start_matches('·').trim_end_matches(['-', '·'])
}

/// Whether it can stand before a building: brackets, letters and numbers alone are no name.
pub(super) fn is_name(text: &str) -> bool {
    text.contains(is_ideograph)
}

fn is_ideograph(c: char) -> bool {
    !c.is_ascii() && !is_word(c) && c != '第' && c != '·'
}

/// After one of these a new name begins, so that `东1栋` may: 翠竹园东1栋, but not 山东1栋.
const BORDERS: [char; 16] = [
    '省', '市', '县', '区', '镇', '乡', '村', '道', '路', '园', '苑', '弄', '号', '期', '里', '·',
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
        '第' | '负' | '附' | '甲' | '乙' | '丙' | '丁' | '戊' | '己' | '庚' | '辛' | '门'
        | '商' | '店' | '铺' | '底' | '车' | '储' | '地' | '杂' | '架' | '夹' | '阁' | '顶' => {
            true
        }
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
    let prefix = undivided(prefix);
    let prefix = (!prefix.is_empty()).then(|| prefix.to_owned());
    Some((prefix, Building(building.into())))
}
