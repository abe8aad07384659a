//! What the cells of one row say together, and where they contradict each other.

use super::{Door, Part, Reading};
use crate::lang::{Lang, Text};

/// Two cells that name different doors: the building column says 3, the room cell says `5栋803`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub struct Contradiction {
    /// The part they disagree about.
    pub part: Part,
    /// What the first one says.
    pub first: String,
    /// What the second one says.
    pub second: String,
}

impl Contradiction {
    /// The contradiction in one language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let Self {
            part,
            first,
            second,
        } = self;
        let part = part.label(lang);
        match lang {
            Lang::Zh => format!("{part}应前后一致，实为一处“{first}”、另一处“{second}”"),
            Lang::En => format!(
                "expected one {part}, found `{first}` in one place and `{second}` in another"
            ),
        }
    }

    /// The contradiction in both languages.
    #[must_use]
    pub fn text(&self) -> Text {
        Text::of(|lang| self.message(lang))
    }
}

fn same<T: ToString>(
    part: Part,
    first: Option<T>,
    second: Option<T>,
    equal: impl Fn(&T, &T) -> bool,
) -> Result<Option<T>, Contradiction> {
    match (first, second) {
        (Some(first), Some(second)) if !equal(&first, &second) => Err(Contradiction {
            part,
            first: first.to_string(),
            second: second.to_string(),
        }),
        (first, second) => Ok(first.or(second)),
    }
}

impl Door {
    /// What both say. Of two prefixes the longer one is kept where it ends with the other (`合肥市翠竹园`, `翠竹园`);
    /// rooms may differ in leading zeros, and the first one's text is kept.
    ///
    /// # Errors
    ///
    /// Where both name a part and name it differently.
    ///
    /// ```
    /// use gridcode::address::{Building, Unit};
    /// let building = Building::parse_column("3")?.exact().unwrap();
    /// let room = Unit::parse_column("2-803")?.exact().unwrap();
    /// assert_eq!(building.merge(room).unwrap().to_string(), "3栋2单元803室");
    ///
    /// let building = Building::parse_column("3")?.exact().unwrap();
    /// let room = Unit::parse_column("5栋803")?.exact().unwrap();
    /// assert_eq!(
    ///     building.merge(room).unwrap_err().to_string(),
    ///     "expected one building, found `3栋` in one place and `5栋` in another"
    /// );
    /// # Ok::<(), gridcode::address::AddressError>(())
    /// ```
    pub fn merge(self, other: Self) -> Result<Self, Contradiction> {
        let prefix = match (self.prefix, other.prefix) {
            (Some(first), Some(second)) if second.ends_with(&first) => Some(second),
            (first, second) => same(Part::Prefix, first, second, |first, second| {
                first.ends_with(second.as_str())
            })?,
        };
        let number = |text: &str| text.trim_start_matches('0').to_owned();
        Ok(Self {
            prefix,
            building: same(Part::Building, self.building, other.building, PartialEq::eq)?,
            entrance: same(Part::Entrance, self.entrance, other.entrance, PartialEq::eq)?,
            floor: same(Part::Floor, self.floor, other.floor, PartialEq::eq)?,
            unit: same(Part::Unit, self.unit, other.unit, |first, second| {
                number(first.text()) == number(second.text())
            })?,
        })
    }
}

impl Reading {
    /// What two cells say together: every pair of candidates that agree, in order.
    ///
    /// A cell that is ambiguous alone is often exact beside its neighbour: the address `2-803` with the
    /// building column `3` can only be entrance 2.
    ///
    /// # Errors
    ///
    /// Where no pair agrees: the contradiction between the likeliest two.
    pub fn merge(self, other: &Self) -> Result<Self, Contradiction> {
        let mut doors = Vec::new();
        let mut first_error = None;
        for first in self.doors() {
            for second in other.doors() {
                match first.clone().merge(second.clone()) {
                    Ok(door) => doors.push(door),
                    Err(error) => first_error = first_error.or(Some(error)),
                }
            }
        }
        match (Self::of(doors), first_error) {
            (Some(reading), _) => Ok(reading),
            (None, Some(error)) => Err(error),
            // Both sides have at least one door.
            (None, None) => Ok(self),
        }
    }
}
