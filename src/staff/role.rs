//! The levels of the two chains, and the titles that lead to them; titles are data.

use std::collections::BTreeMap;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

use crate::lang::Text;

/// One of the two chains that stand behind a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chain {
    /// Grid staff.
    Grid,
    /// The party.
    Party,
}

/// A level of a chain, from the community down to the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 总网格长: one for a community.
    Chief,
    /// 片区网格长: one for several grids.
    Area,
    /// 专职网格员: the fixed responsible person of a grid.
    Worker,
    /// 助理网格员: for buildings.
    Assistant,
    /// 社区党委.
    Committee,
    /// 网格党支部.
    Branch,
    /// 楼栋党小组.
    Group,
    /// 党员中心户.
    Member,
}

impl Level {
    /// Every level, each chain from the community down.
    pub const ALL: [Self; 8] = [
        Self::Chief,
        Self::Area,
        Self::Worker,
        Self::Assistant,
        Self::Committee,
        Self::Branch,
        Self::Group,
        Self::Member,
    ];

    /// The name used in JSON and in TOML.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Chief => "chief",
            Self::Area => "area",
            Self::Worker => "worker",
            Self::Assistant => "assistant",
            Self::Committee => "committee",
            Self::Branch => "branch",
            Self::Group => "group",
            Self::Member => "member",
        }
    }

    /// The chain it belongs to.
    #[must_use]
    pub const fn chain(self) -> Chain {
        match self {
            Self::Chief | Self::Area | Self::Worker | Self::Assistant => Chain::Grid,
            Self::Committee | Self::Branch | Self::Group | Self::Member => Chain::Party,
        }
    }
}

/// What the levels are called.
///
/// ```
/// use gridcode::staff::{Level, Roles};
/// let roles = Roles::builtin();
/// assert_eq!(roles.level("专职网格员"), Some(Level::Worker));
/// assert_eq!(roles.level("翠竹园社区总网格长"), Some(Level::Chief));
/// assert_eq!(roles.level("副网格长"), None);
///
/// let own = Roles::from_toml("[chief]\nwords = [\"网格书记\"]", "ours.toml")?;
/// assert_eq!(own.level("网格书记"), Some(Level::Chief));
/// # Ok::<(), gridcode::staff::StaffError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Roles {
    titles: BTreeMap<Level, Text>,
    /// Folded words; the later ones win.
    words: BTreeMap<String, Level>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    zh: Option<String>,
    en: Option<String>,
    #[serde(default)]
    words: Vec<String>,
}

const BUILTIN: &str = include_str!("roles.toml");

impl Roles {
    /// The built-in titles.
    #[must_use]
    pub fn builtin() -> Self {
        let mut roles = Self {
            titles: BTreeMap::new(),
            words: BTreeMap::new(),
        };
        // The file is ours and tested: it cannot be refused.
        let _ = roles.add(BUILTIN, "roles.toml");
        roles
    }

    /// The built-in titles, and on top of them those of a file: `[chief]`, `[area]`, `[worker]`, `[assistant]`,
    /// `[committee]`, `[branch]`, `[group]`, `[member]`, each with `zh`, `en` and `words`, all optional.
    ///
    /// # Errors
    /// When the text is no TOML, or names a level that does not exist; the message names the line.
    pub fn from_toml(text: &str, name: &str) -> Result<Self, super::StaffError> {
        let mut roles = Self::builtin();
        roles.add(text, name)?;
        Ok(roles)
    }

    fn add(&mut self, text: &str, name: &str) -> Result<(), super::StaffError> {
        let wrong = |said: String| super::StaffError::Roles {
            file: name.to_owned(),
            why: said,
        };
        let file: BTreeMap<String, Entry> =
            toml::from_str(text).map_err(|error| wrong(error.to_string().trim_end().to_owned()))?;
        for (key, entry) in file {
            let level = Level::ALL.into_iter().find(|level| level.key() == key);
            let known = Level::ALL.map(Level::key).join(", ");
            let level = level.ok_or_else(|| wrong(format!("`[{key}]`: {known}")))?;
            let title = self.titles.entry(level).or_default();
            if let Some(zh) = entry.zh {
                self.words.insert(fold(&zh), level);
                title.zh = zh.into();
            }
            if let Some(en) = entry.en {
                self.words.insert(fold(&en), level);
                title.en = en.into();
            }
            let words = entry.words.iter().map(|word| (fold(word), level));
            self.words
                .extend(words.filter(|(word, _)| !word.is_empty()));
        }
        Ok(())
    }

    /// What a level is called.
    #[must_use]
    pub fn title(&self, level: Level) -> Text {
        self.titles.get(&level).cloned().unwrap_or_default()
    }

    /// The level of a title; a place may stand before it (`翠竹园社区总网格长`).
    #[must_use]
    pub fn level(&self, title: &str) -> Option<Level> {
        let title = fold(title);
        if let Some(level) = self.words.get(&title) {
            return Some(*level);
        }
        let ends = self.words.iter().filter(|(word, _)| {
            let before = title.strip_suffix(word.as_str());
            // A place, not a rank: 副网格长 is no 网格长.
            before.is_some_and(|before| {
                before.ends_with(|c: char| {
                    c.is_ascii_digit() || "社区村园苑里城片格号居委会栋".contains(c)
                })
            })
        });
        ends.max_by_key(|(word, _)| word.len())
            .map(|(_, level)| *level)
    }

    /// The grid or building before the word of a title: `第3网格` of `第3网格网格员`.
    pub(super) fn place_of(&self, title: &str) -> Option<String> {
        let title: String = title.nfkc().filter(|c| !c.is_whitespace()).collect();
        let words = self
            .words
            .keys()
            .filter_map(|word| title.strip_suffix(word.as_str()));
        let place = words.min_by_key(|place| place.len())?;
        let has_number = place.chars().any(char::is_numeric)
            || place.contains(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
        let is_place = place.ends_with(['格', '栋', '幢', '座', '楼', '#', '号']);
        (has_number && is_place).then(|| place.to_owned())
    }

    /// The levels of a cell that may hold several titles, and the parts that are none.
    #[must_use]
    pub fn levels(&self, cell: &str) -> (Vec<Level>, Vec<String>) {
        if let Some(level) = self.level(cell) {
            return (vec![level], Vec::new());
        }
        let mut found = Vec::new();
        let mut unknown = Vec::new();
        for part in cell.split(['、', '，', ',', '；', ';', '/', '／', '+', '兼', '\n']) {
            match self.level(part) {
                _ if fold(part).is_empty() => {}
                Some(level) if found.contains(&level) => {}
                Some(level) => found.push(level),
                None => unknown.push(part.trim().to_owned()),
            }
        }
        (found, unknown)
    }

    /// The level that a sheet's name or a title row speaks of (`专职网格员花名册`), where it is one only.
    pub(super) fn level_within(&self, text: &str) -> Option<Level> {
        let mut text = fold(text);
        let mut found = None;
        let mut words: Vec<_> = self.words.iter().collect();
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        for (word, level) in words {
            // A short Latin word may stand in any name.
            if word.is_ascii() && word.len() < 10 || !text.contains(word.as_str()) {
                continue;
            }
            text = text.replace(word.as_str(), " ");
            if found.is_some_and(|known| known != *level) {
                return None;
            }
            found = Some(*level);
        }
        found
    }

    /// The titles that a finding names.
    pub(super) fn known(&self) -> Text {
        let titles = |zh: bool| -> Vec<&str> {
            let all = Level::ALL.iter().filter_map(|level| self.titles.get(level));
            all.map(|title| {
                if zh {
                    title.zh.as_ref()
                } else {
                    title.en.as_ref()
                }
            })
            .collect()
        };
        Text::new(titles(true).join("、"), titles(false).join(", "))
    }
}

/// A title as it is compared.
fn fold(text: &str) -> String {
    let chars = text.nfkc().flat_map(char::to_lowercase);
    chars.filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_file_is_sound_and_names_every_level() {
        let mut roles = Roles {
            titles: BTreeMap::new(),
            words: BTreeMap::new(),
        };
        roles.add(BUILTIN, "roles.toml").unwrap();
        for level in Level::ALL {
            let title = roles.title(level);
            assert!(!title.zh.is_empty() && !title.en.is_empty());
            assert_eq!(roles.level(&title.zh), Some(level));
            assert_eq!(roles.level(&title.en), Some(level));
        }
    }

    #[test]
    fn titles_seen_elsewhere_lead_to_a_level_and_others_to_none() {
        let roles = Roles::builtin();
        for (title, level) in [
            ("网格书记", Some(Level::Branch)),
            ("网格指导员", Some(Level::Area)),
            ("微网格长", Some(Level::Assistant)),
            ("楼栋长", Some(Level::Assistant)),
            (" 专职 网格员 ", Some(Level::Worker)),
            ("第3网格专职网格员", Some(Level::Worker)),
            ("网格员（专职）", Some(Level::Worker)),
            ("副网格长", None),
            ("网格长助理", None),
            ("", None),
        ] {
            assert_eq!(roles.level(title), level, "{title}");
        }
        assert_eq!(
            roles.levels("专职网格员、党支部书记、宣传委员"),
            (
                vec![Level::Worker, Level::Branch],
                vec!["宣传委员".to_owned()]
            )
        );
        assert_eq!(
            roles.level_within("2026年专职网格员花名册"),
            Some(Level::Worker)
        );
        assert_eq!(roles.level_within("片区网格长和专职网格员花名册"), None);
        assert_eq!(roles.level_within("Sheet1"), None);
    }

    #[test]
    fn a_level_that_does_not_exist_is_refused_with_those_that_do() {
        let error = Roles::from_toml("[boss]\nzh = \"长\"", "ours.toml").unwrap_err();
        let said = error.message();
        assert!(said.zh.contains("boss") && said.en.contains("assistant"));
        assert!(Roles::from_toml("[chief\n", "ours.toml").is_err());
    }
}
