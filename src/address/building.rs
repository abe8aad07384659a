//! `Building`: the canonical name of a building within its estate.

use std::fmt;

use smol_str::{SmolStr, ToSmolStr};

/// A building by its canonical name: `3` for `3栋`, `三幢`, `3#`, `03号楼`; `B` for `B座`.
///
/// A zone or phase of the estate is part of the name: `A区3`, `2期11`, `东1`. A building
/// without a number keeps its name: `翠竹楼`. Printed with the character the field uses:
/// `3栋`, `B座`, `A区3栋`, `翠竹楼`.
///
/// ```
/// use gridcode::address::{Building, Reading};
/// let Ok(Reading::Exact(door)) = Building::parse_column("０３号楼") else { panic!() };
/// assert_eq!(door.building.unwrap().name(), "3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Building(pub(super) SmolStr);

impl Building {
    /// The building with a number and nothing else.
    #[must_use]
    pub fn numbered(number: u32) -> Self {
        Self(number.to_smolstr())
    }

    /// The canonical name: `3`, `B`, `12A`, `A区3`, `翠竹楼`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }

    /// The number, where the name is a number.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        self.0.parse().ok()
    }
}

impl fmt::Display for Building {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)?;
        f.write_str(classifier(&self.0))
    }
}

/// The character after a building's name: `座` after letters alone, `栋` after a number, nothing after a name.
pub(super) fn classifier(name: &str) -> &'static str {
    let id = name
        .rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .next()
        .unwrap_or_default();
    if id.is_empty() {
        ""
    } else if id.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        "座"
    } else {
        "栋"
    }
}

/// Leading zeros of every number in a name taken off: `A03` is `A3`, `00` is `0`.
pub(super) fn push_without_zeros(name: &mut String, id: &str) {
    let mut in_number = false;
    let mut rest = id.chars().peekable();
    while let Some(c) = rest.next() {
        let next_is_digit = rest.peek().is_some_and(char::is_ascii_digit);
        if c == '0' && !in_number && next_is_digit {
            continue;
        }
        in_number = c.is_ascii_digit();
        name.push(c);
    }
}
