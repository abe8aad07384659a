//! A door as text: in full, with dashes, with `#`, and in words.

use std::fmt;

use super::{Door, Reading, parse};
use crate::lang::{Lang, Text};

/// How a door is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// `3栋2单元803室`.
    #[default]
    Full,
    /// `3-2-803`.
    Dashed,
    /// `3#2-803`.
    Hash,
}

impl fmt::Display for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.prefix.as_deref().unwrap_or_default())?;
        if let Some(building) = &self.building {
            building.fmt(f)?;
        }
        if let Some(entrance) = &self.entrance {
            entrance.fmt(f)?;
        }
        if let Some(floor) = &self.floor {
            floor.fmt(f)?;
        }
        if let Some(unit) = &self.unit {
            unit.fmt(f)?;
        }
        Ok(())
    }
}

impl Door {
    /// The door in one style. A short style is used only where it reads back as this very door;
    /// else the full one: `3栋8层803室` has no form with dashes, and `3-2` would be ambiguous.
    ///
    /// ```
    /// use gridcode::address::{Style, parse};
    /// let door = parse("三栋二单元八〇三室")?.exact().unwrap();
    /// assert_eq!(door.styled(Style::Dashed), "3-2-803");
    /// assert_eq!(door.styled(Style::Hash), "3#2-803");
    /// # Ok::<(), gridcode::address::AddressError>(())
    /// ```
    #[must_use]
    pub fn styled(&self, style: Style) -> String {
        let short = match style {
            Style::Full => None,
            Style::Dashed => self.short("-"),
            Style::Hash => self.short("#"),
        };
        short
            .filter(|text| matches!(parse(text), Ok(Reading::Exact(door)) if door == *self))
            .unwrap_or_else(|| self.to_string())
    }

    fn short(&self, after_building: &str) -> Option<String> {
        let mut text = self.prefix.clone().unwrap_or_default();
        text.push_str(self.building.as_ref()?.name());
        text.push_str(after_building);
        if let Some(entrance) = &self.entrance {
            text.push_str(entrance.name());
            text.push('-');
        }
        let unit = self.unit.as_ref()?.text();
        match unit.strip_prefix('负') {
            Some(below) => {
                text.push('-');
                text.push_str(below);
            }
            None => text.push_str(unit),
        }
        Some(text)
    }

    /// The parts in words, to tell the candidates of an ambiguous text apart.
    ///
    /// ```
    /// use gridcode::address::parse;
    /// let reading = parse("2-803")?;
    /// assert_eq!(reading.doors()[0].describe().zh, "楼栋2，房号803");
    /// assert_eq!(reading.doors()[1].describe().en, "entrance 2, room 803");
    /// # Ok::<(), gridcode::address::AddressError>(())
    /// ```
    #[must_use]
    pub fn describe(&self) -> Text {
        use super::Part::{Building, Entrance, Floor, Prefix, Unit};
        let floor = self.floor.map(|floor| floor.number().to_string());
        let parts = [
            (Prefix, self.prefix.as_deref()),
            (Building, self.building.as_ref().map(super::Building::name)),
            (Entrance, self.entrance.as_ref().map(super::Entrance::name)),
            (Floor, floor.as_deref()),
            (Unit, self.unit.as_ref().map(super::Unit::text)),
        ];
        let said = |lang: Lang| {
            let words = parts.iter().filter_map(|(part, value)| {
                let (label, value) = (part.label(lang), (*value)?);
                Some(lang.pick(format!("{label}{value}"), format!("{label} {value}")))
            });
            words.collect::<Vec<_>>().join(lang.pick("，", ", "))
        };
        Text::of(said)
    }
}
