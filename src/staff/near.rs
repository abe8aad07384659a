//! What comes near a building or a room that is on no list.

use super::ground::Ground;
use crate::address::{Door, Key};
use crate::survey::{Handle, Name};

/// So many are named.
const FEW: usize = 5;

/// The buildings whose names come nearest: by number within the same estate, then by letters.
pub(super) fn buildings(ground: &Ground, name: &Name, community: Option<usize>) -> Vec<String> {
    let number = number_of(&name.bare_text);
    let estate = name
        .full_text
        .strip_suffix(name.bare_text.as_str())
        .unwrap_or_default();
    let mut ranked: Vec<(bool, u64, usize, &Handle, &str)> = ground
        .buildings
        .iter()
        .filter(|building| community.is_none_or(|community| building.community == community))
        .map(|building| {
            let own = number_of(&building.names.bare_text);
            let far = match (number, own) {
                (Some(a), Some(b)) => a.abs_diff(b),
                _ => u64::MAX,
            };
            let differs = edits(&name.full_text, &building.names.full_text);
            let is_other_estate =
                !estate.is_empty() && !building.names.full_text.starts_with(estate);
            (
                is_other_estate,
                far,
                differs,
                &building.names.full,
                building.name.as_str(),
            )
        })
        .collect();
    ranked.sort();
    ranked
        .into_iter()
        .take(FEW)
        .map(|(.., name)| name.to_owned())
        .collect()
}

/// The rooms of the same staircase that come nearest by number.
pub(super) fn rooms(
    ground: &Ground,
    community: usize,
    door: &Door,
    key_of: &dyn Fn(&Door) -> Key,
) -> Vec<String> {
    let Some(unit) = &door.unit else {
        return Vec::new();
    };
    let staircase = key_of(&Door {
        unit: None,
        floor: None,
        ..door.clone()
    });
    let wanted = number_of(unit.text());
    let is_same = |key: &Key| {
        if door.entrance.is_some() {
            key.of_entrance() == staircase.of_entrance()
        } else {
            key.of_building() == staircase.of_building()
        }
    };
    // The doors of a building stand together.
    let start = ground
        .doors
        .partition_point(|door| *door < (community, staircase.of_building()));
    let own =
        ground.doors.iter().skip(start).take_while(|(at, key)| {
            *at == community && key.of_building() == staircase.of_building()
        });
    let mut ranked: Vec<(u64, usize, String)> = own
        .filter(|(_, key)| is_same(key))
        .map(|(_, key)| {
            let whole = key.to_string();
            let front = if door.entrance.is_some() {
                key.of_entrance()
            } else {
                key.of_building()
            }
            .to_string();
            let room = whole
                .strip_prefix(front.as_str())
                .unwrap_or(&whole)
                .to_owned();
            let number = number_of(room.trim_end_matches('室'));
            let far = match (wanted, number) {
                (Some(a), Some(b)) => a.abs_diff(b),
                _ => u64::MAX,
            };
            (far, edits(unit.text(), &room), room)
        })
        .collect();
    ranked.sort();
    ranked.dedup();
    ranked
        .into_iter()
        .take(FEW)
        .map(|(.., room)| room)
        .collect()
}

/// Doors anywhere with this room, at this entrance where one is named, and how many there are.
pub(super) fn doors_with(ground: &Ground, door: &Door) -> (Vec<String>, usize) {
    let inside = Door {
        prefix: None,
        building: None,
        ..door.clone()
    };
    let tail = Key::new("", "", &inside).to_string();
    let fits = |key: &Key| {
        let text = key.to_string();
        let before = text.strip_suffix(tail.as_str());
        before.is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_digit() || c == '-'))
    };
    let found: Vec<String> = ground
        .doors
        .iter()
        .filter(|(_, key)| fits(key))
        .map(|(_, key)| key.to_string())
        .collect();
    let count = found.len();
    (found.into_iter().take(FEW).collect(), count)
}

fn number_of(text: &str) -> Option<u64> {
    let digits: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

/// How many characters have to be put in, taken out or changed.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(60).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, c) in a.chars().take(60).enumerate() {
        let mut next = vec![at + 1];
        for (place, other) in b.iter().enumerate() {
            let get =
                |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX - 1);
            let change = get(&row, place) + usize::from(c != *other);
            next.push(
                change
                    .min(get(&row, place + 1) + 1)
                    .min(get(&next, place) + 1),
            );
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::edits;

    #[test]
    fn texts_differ_by_so_many_characters() {
        assert_eq!(edits("3栋", "3栋"), 0);
        assert_eq!(edits("3栋", "5栋"), 1);
        assert_eq!(edits("", "abc"), 3);
        assert_eq!(edits("翠竹园3栋", "翠竹园13栋"), 1);
    }
}
