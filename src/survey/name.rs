//! What a building is called, so that 3栋, 三栋 and 3# are one and 9栋 comes before 10栋.

use unicode_normalization::UnicodeNormalization;

use crate::address::{Building, Door, Entrance, Key, Reading};

/// A name as it is compared: by the grammar of addresses where it can be read, else by its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Handle {
    /// A building or an entrance that the grammar knows.
    Key(Key),
    /// Any other name, in natural order.
    Text(Vec<Piece>),
}

/// A run of digits or of anything else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Piece {
    /// Without leading zeros: the longer the greater.
    Digits(usize, String),
    Words(String),
}

/// A building as a cell names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// With the estate.
    pub(crate) full: Handle,
    /// Without it.
    pub(crate) bare: Handle,
    pub(crate) full_text: String,
    pub(crate) bare_text: String,
    /// Whether there is an estate that makes the two differ.
    pub(crate) has_estate: bool,
    /// The entrance, where the cell names one too.
    pub(crate) entrance: Option<Entrance>,
}

impl Handle {
    /// The handle of a text.
    pub(crate) fn of_text(text: &str) -> Self {
        let text: String = text
            .nfkc()
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_uppercase)
            .collect();
        let mut pieces = Vec::new();
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            let is_digit = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != is_digit);
            let (run, after) = rest
                .split_at_checked(end.unwrap_or(rest.len()))
                .unwrap_or((rest, ""));
            pieces.push(if is_digit {
                let digits = run.trim_start_matches('0');
                Piece::Digits(digits.len(), digits.to_owned())
            } else {
                Piece::Words(run.to_owned())
            });
            rest = after;
        }
        Self::Text(pieces)
    }

    /// The handle of an entrance within its building.
    pub(crate) fn of_entrance(entrance: &Entrance) -> Self {
        let door = Door {
            entrance: Some(entrance.clone()),
            ..Door::default()
        };
        Self::Key(Key::new("", "", &door))
    }
}

impl Name {
    /// The building of a door; `None` where it names none.
    pub(crate) fn of_door(estate: &str, door: &Door) -> Option<Self> {
        door.building.as_ref()?;
        let place = Door {
            entrance: None,
            floor: None,
            unit: None,
            ..door.clone()
        };
        let alone = Door {
            prefix: None,
            ..place.clone()
        };
        let full = Key::new("", estate, &place);
        let bare = Key::new("", "", &alone);
        Some(Self {
            full_text: full.to_string(),
            bare_text: bare.to_string(),
            has_estate: full != bare,
            full: Handle::Key(full),
            bare: Handle::Key(bare),
            entrance: door.entrance.clone(),
        })
    }

    /// A building that is called by a text which is no address.
    pub(crate) fn of_text(estate: &str, text: &str) -> Self {
        let full_text = if text.starts_with(estate) {
            text.to_owned()
        } else {
            format!("{estate}{}{text}", if estate.is_ascii() { " " } else { "" })
        };
        Self {
            full: Handle::of_text(&full_text),
            bare: Handle::of_text(text),
            has_estate: !estate.is_empty(),
            full_text,
            bare_text: text.to_owned(),
            entrance: None,
        }
    }

    /// Every building that a cell may name, the likelier first: one that is called exactly so, then what the grammar of
    /// addresses makes of it.
    pub(crate) fn candidates(estate: &str, text: &str) -> Vec<Self> {
        let mut names = vec![Self::of_text(estate, text)];
        match Building::parse_column(text) {
            Ok(Reading::Exact(door)) if door.unit.is_none() => {
                names.extend(Self::of_door(estate, &door));
            }
            Ok(Reading::Ambiguous(doors)) => names.extend(
                doors
                    .iter()
                    .filter(|door| door.unit.is_none())
                    .filter_map(|door| Self::of_door(estate, door)),
            ),
            _ => {}
        }
        names
    }

    /// The one building that a cell of a ready sheet names: as the grammar reads it where it leaves no doubt, else as
    /// it is written.
    pub(crate) fn plain(estate: &str, text: &str) -> Self {
        let exact = match Building::parse_column(text) {
            Ok(Reading::Exact(door)) if door.unit.is_none() && door.entrance.is_none() => {
                Self::of_door(estate, &door)
            }
            _ => None,
        };
        exact.unwrap_or_else(|| Self::of_text(estate, text))
    }
}

/// The entrance that a cell names.
pub(crate) fn entrance(text: &str) -> Option<Entrance> {
    match Entrance::parse_column(text) {
        Ok(Reading::Exact(door)) => door.entrance,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_building_has_one_handle_however_it_is_written() {
        let handle = |text| Name::plain("", text).full;
        for text in ["三栋", "3#", "03号楼", "３栋", "3"] {
            assert_eq!(handle(text), handle("3栋"), "{text}");
        }
        assert_eq!(
            Name::plain("翠竹园", "3栋").full,
            Name::plain("", "翠竹园3栋").full
        );
        assert_eq!(Name::plain("翠竹园", "3栋").bare, handle("3栋"));
    }

    #[test]
    fn names_stand_in_natural_order_whether_they_are_addresses_or_not() {
        let names = ["9栋", "10栋", "A座", "Blk 9 Elm Rd", "Blk 10 Elm Rd"];
        let mut handles: Vec<Handle> = names
            .iter()
            .map(|text| Name::plain("", text).full)
            .collect();
        let before = handles.clone();
        handles.sort();
        assert_eq!(handles, before);
        assert!(Handle::of_text("181770005001000") < Handle::of_text("181770005001001"));
        assert_eq!(Handle::of_text(" blk 09"), Handle::of_text("BLK9"));
    }
}
