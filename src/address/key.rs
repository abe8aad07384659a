//! `Key`: one household's place, compared in walking order and equal however it was written.

use std::fmt;

use super::grammar::ends_with_place;
use super::parse::{is_name, undivided};
use super::{Building, Door, Entrance, Floor, Unit, building, fold, unit};

/// Community, estate, building, entrance, floor and room of a household, canonical.
///
/// `3栋2单元0803室` and `三栋二单元八〇三` have the same key: leading zeros do not tell two doors of one
/// entrance apart, though a [`Door`] keeps them for printing. A floor counts only where the room's number
/// does not say it already.
///
/// # Total ordering
///
/// As one walks: 9栋 before 10栋, numbers before letters (`B座`) and names, basements before room 101,
/// then by number, then by text (`803`, `803-1`, `803A`, `804`). A part that is missing comes first.
///
/// ```
/// use gridcode::address::{Key, parse};
/// let key = |text| Key::new("", "翠竹园", &parse(text).unwrap().exact().unwrap());
/// assert_eq!(key("翠竹园3栋2单元0803室"), key("三栋二单元八〇三"));
/// assert!(key("9栋1单元101室") < key("10栋1单元101室"));
/// assert_eq!(key("3-2-803").to_string(), "翠竹园3栋2单元803室");
/// ```
// The parts one after the other, each closed by 0, so encoded that the order of bytes is the walking order:
// one allocation, and comparing is memcmp. Numbers are `NUMBER + length`, then their digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Box<[u8]>);

const END: u8 = 0;
const BELOW: u8 = 1;
const NUMBER: u8 = 2;
const LONGEST: usize = 28;
// No byte of UTF-8.
const STEM: u8 = 0xF8;
const STEMS: [char; 13] = [
    '甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '东', '南', '西', '北', '中',
];

impl Key {
    /// The key of a door. `community` is a name or a statistical code, `estate` what the list or its estate column says;
    /// both may be empty. A prefix that ends with the estate (`安徽省合肥市蜀山区翠竹园`) is that estate;
    /// another one (`金鼎大厦`) is taken for a part of it.
    #[must_use]
    pub fn new(community: &str, estate: &str, door: &Door) -> Self {
        let mut bytes = Vec::with_capacity(48);
        Self::push_staircase(&mut bytes, community, estate, door);
        Self::push_room(&mut bytes, door);
        Self(bytes.into_boxed_slice())
    }

    /// Appends the bytes of the key that all doors of one staircase share; [`push_room`](Self::push_room) completes them.
    ///
    /// For those who only compare: no key of its own for each of millions of doors.
    pub(crate) fn push_staircase(bytes: &mut Vec<u8>, community: &str, estate: &str, door: &Door) {
        push_name(bytes, community);
        bytes.push(END);
        let prefix = door.prefix.as_deref().map_or("", without_district);
        if estate.is_empty() {
            push_name(bytes, prefix);
        } else {
            let start = bytes.len();
            match fold::normal(estate) {
                Ok(estate) => push_name(bytes, without_district(&estate)),
                Err(_) => push_name(bytes, estate.trim()),
            }
            let known = bytes.get(start..).unwrap_or_default();
            if !prefix.as_bytes().ends_with(known) {
                push_name(bytes, prefix);
            }
        }
        bytes.push(END);
        push_part(bytes, door.building.as_ref().map(Building::name));
        push_part(bytes, door.entrance.as_ref().map(Entrance::name));
    }

    /// The bytes of a room of plain digits, as [`push_room`](Self::push_room) appends them, and how many there are.
    /// The number has five digits at most.
    #[inline]
    pub(crate) fn room_of(number: u32) -> ([u8; 8], usize) {
        let length = match number {
            0..=9 => 1_u8,
            10..=99 => 2,
            100..=999 => 3,
            1_000..=9_999 => 4,
            _ => 5,
        };
        let mut bytes = [END; 8];
        let [_, mark, digits @ ..] = &mut bytes;
        *mark = NUMBER + length;
        let mut rest = number;
        for digit in digits.iter_mut().take(length.into()).rev() {
            // A remainder by 10: it fits.
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        (bytes, usize::from(length) + 3)
    }

    /// Appends the bytes of a building and an entrance whose names are plain numbers without a leading zero.
    pub(crate) fn push_numbers(
        bytes: &mut Vec<u8>,
        building: Option<&str>,
        entrance: Option<&str>,
    ) {
        for number in [building, entrance] {
            if let Some(digits) = number {
                if let (true, Ok(length)) = (digits.len() <= LONGEST, u8::try_from(digits.len())) {
                    bytes.push(NUMBER + length);
                }
                bytes.extend_from_slice(digits.as_bytes());
            }
            bytes.push(END);
        }
    }

    /// The beginning of a key's bytes that all doors of one estate share.
    pub(crate) fn estate_of(bytes: &[u8]) -> &[u8] {
        let mut ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == END);
        let end = ends.nth(1).map_or(bytes.len(), |(at, _)| at);
        bytes.get(..end).unwrap_or_default()
    }

    /// Appends the bytes of floor and room.
    pub(crate) fn push_room(bytes: &mut Vec<u8>, door: &Door) {
        if let Some(floor) = door
            .floor
            .filter(|floor| !is_said(*floor, door.unit.as_ref()) || would_name_the_room(door))
        {
            if floor.number() < 0 {
                bytes.push(BELOW);
            }
            push_natural(bytes, &floor.number().unsigned_abs().to_string());
        }
        bytes.push(END);
        push_part(bytes, door.unit.as_ref().map(Unit::text));
    }

    /// The key of the building alone, the same for all its households.
    #[must_use]
    pub fn of_building(&self) -> Self {
        self.first_parts(3)
    }

    /// The key of building and entrance, the same for all households of the staircase.
    #[must_use]
    pub fn of_entrance(&self) -> Self {
        self.first_parts(4)
    }

    /// Which of community, estate and entrance the key does not name, a bit each.
    pub(crate) fn unnamed(&self) -> u8 {
        let parts: Vec<bool> = self.parts().map(<[u8]>::is_empty).collect();
        let places = LEFT_OUT.iter().enumerate();
        let empty = places.filter(|(_, place)| parts.get(**place) == Some(&true));
        empty.fold(0, |bits, (bit, _)| bits | 1 << bit)
    }

    /// The key without some of these: what it has in common with one that does not name them.
    pub(crate) fn without(&self, unnamed: u8) -> Self {
        let mut bytes: Vec<u8> = Vec::with_capacity(self.0.len());
        for (place, part) in self.parts().enumerate() {
            let bit = LEFT_OUT.iter().position(|left_out| *left_out == place);
            if bit.is_none_or(|bit| unnamed >> bit & 1 == 0) {
                bytes.extend_from_slice(part);
            }
            bytes.push(END);
        }
        Self(bytes.into_boxed_slice())
    }

    /// Whether an entrance is named.
    #[must_use]
    pub fn has_entrance(&self) -> bool {
        self.parts().nth(3).is_some_and(|part| !part.is_empty())
    }

    fn first_parts(&self, count: usize) -> Self {
        let mut bytes: Vec<u8> = Vec::with_capacity(self.0.len());
        for part in self.parts().take(count) {
            bytes.extend_from_slice(part);
            bytes.push(END);
        }
        bytes.resize(bytes.len() + PARTS - count, END);
        Self(bytes.into_boxed_slice())
    }

    fn parts(&self) -> impl Iterator<Item = &[u8]> {
        self.0.split(|byte| *byte == END).take(PARTS)
    }
}

const PARTS: usize = 6;
/// The parts that lists leave out where they go without saying: community, estate, entrance.
const LEFT_OUT: [usize; 3] = [0, 1, 3];

fn push_name(bytes: &mut Vec<u8>, name: &str) {
    bytes.extend(name.bytes().filter(|byte| *byte >= b' '));
}

fn push_part(bytes: &mut Vec<u8>, text: Option<&str>) {
    if let Some(text) = text {
        push_natural(bytes, text);
    }
    bytes.push(END);
}

fn push_natural(bytes: &mut Vec<u8>, text: &str) {
    let mut chars = text.chars();
    if let (Some(first), None) = (chars.next(), chars.next())
        && let Some(place) = STEMS.iter().position(|stem| *stem == first)
    {
        bytes.push(STEM);
        bytes.push(u8::try_from(place + 1).unwrap_or(u8::MAX));
        return;
    }
    let mut rest = text;
    if let Some(below) = text.strip_prefix('负') {
        bytes.push(BELOW);
        rest = below;
    }
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if !run.is_empty() {
            let trimmed = run.trim_start_matches('0');
            let digits = if trimmed.is_empty() { "0" } else { trimmed };
            if let (true, Ok(length)) = (digits.len() <= LONGEST, u8::try_from(digits.len())) {
                bytes.push(NUMBER + length);
            }
            bytes.extend_from_slice(digits.as_bytes());
        }
        let end = after
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(after.len());
        let (words, digits) = after.split_at_checked(end).unwrap_or((after, ""));
        bytes.extend_from_slice(words.as_bytes());
        rest = digits;
    }
}

fn natural(part: &[u8]) -> String {
    if let [STEM, place] = part {
        let stem = usize::from(*place)
            .checked_sub(1)
            .and_then(|place| STEMS.get(place));
        return stem.map(char::to_string).unwrap_or_default();
    }
    let below = if part.first() == Some(&BELOW) {
        "负"
    } else {
        ""
    };
    let text: Vec<u8> = part.iter().copied().filter(|byte| *byte >= b' ').collect();
    format!("{below}{}", String::from_utf8_lossy(&text))
}

/// Whether the room's number begins with the floor: 8 and 803.
fn is_said(floor: Floor, unit: Option<&Unit>) -> bool {
    let digits = unit.map(Unit::text).filter(|text| text.len() >= 3);
    let number: Option<i32> = digits.and_then(|text| text.parse().ok());
    number.is_some_and(|number| number / 100 == i32::from(floor.number()))
}

/// Whether room and name would run together without the floor: 门面3层312 is no 门面312.
fn would_name_the_room(door: &Door) -> bool {
    let alone = door.building.is_none() && door.entrance.is_none();
    alone && door.prefix.as_deref().is_some_and(ends_with_place)
}

/// The name after province, city and county: `翠竹园` of `安徽省合肥市蜀山区翠竹园`.
///
/// A city counts only with its district behind it, so that 万科城市花园 and 大学城 stay whole.
fn without_district(name: &str) -> &str {
    let mut rest = undivided(name);
    // Addresses put together from several columns say it twice.
    while let Some(shorter) = cut_after(rest, '省', 3, &[]).or_else(|| without_city(rest)) {
        let shorter = undivided(shorter);
        // What is left has to be a name, or nothing: `A` alone would not stand before a building.
        if shorter.contains(char::is_alphanumeric) && !is_name(shorter) {
            break;
        }
        rest = if is_name(shorter) { shorter } else { "" };
    }
    rest
}

fn without_city(name: &str) -> Option<&str> {
    let in_city = cut_after(name, '市', 4, &['城', '都', '超', '夜', '门'])?;
    cut_after(in_city, '区', 4, &['小', '社', '园', '片'])
        .or_else(|| cut_after(in_city, '县', 4, &[]))
        .filter(|left| !left.is_empty())
}

fn cut_after<'a>(name: &'a str, end: char, longest: usize, not_after: &[char]) -> Option<&'a str> {
    let (front, rest) = name.split_once(end)?;
    let length = front.chars().count();
    ((2..=longest).contains(&length) && !front.ends_with(not_after)).then_some(rest)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = self.parts().map(natural);
        let mut next = || parts.next().unwrap_or_default();
        let (community, estate, building, entrance, floor, room) =
            (next(), next(), next(), next(), next(), next());
        if !community.is_empty() {
            write!(f, "{community} ")?;
        }
        write!(f, "{estate}{building}{}", building::classifier(&building))?;
        if !entrance.is_empty() {
            write!(f, "{entrance}单元")?;
        }
        if !floor.is_empty() {
            write!(f, "{floor}层")?;
        }
        write!(f, "{room}")?;
        if !room.is_empty() {
            f.write_str(unit::classifier(&room))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_of_digits_has_the_same_bytes_by_either_way() {
        for digits in ["803", "0803", "0", "00000", "12345", "7"] {
            let door = Door {
                unit: Unit::of_digits(digits),
                ..Door::default()
            };
            let mut all = Vec::new();
            Key::push_room(&mut all, &door);
            let (short, length) = Key::room_of(digits.parse().unwrap());
            assert_eq!(all, short[..length], "{digits}");
        }
    }
}
