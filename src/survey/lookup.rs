//! A name in one sheet, found among the blocks of another.

use std::collections::BTreeMap;

use super::finding::{Finding, Kind};
use super::header::Column;
use super::listing::{Community, Spot};
use super::name::{self, Handle, Name};
use super::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::row::Row;

/// All names of a survey.
pub(super) struct Lookup {
    spots: BTreeMap<Handle, Vec<(usize, Spot)>>,
    communities: BTreeMap<String, usize>,
    entrances: Vec<Vec<Vec<Option<Handle>>>>,
}

/// Why a name leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missed {
    Unknown,
    Several,
}

impl Lookup {
    pub(super) fn of(communities: &[Community]) -> Self {
        let mut lookup = Self {
            spots: BTreeMap::new(),
            communities: BTreeMap::new(),
            entrances: Vec::new(),
        };
        for (at, community) in communities.iter().enumerate() {
            lookup.communities.insert(community.name.clone(), at);
            let mut entrances = Vec::new();
            for (number, building) in community.buildings.iter().enumerate() {
                let whole = Spot {
                    building: number,
                    entrance: None,
                };
                lookup.add(&building.names.full, at, whole);
                lookup.add(&building.names.bare, at, whole);
                if building.is_in_parts {
                    for (number, entrance) in building.entrances.iter().enumerate() {
                        let part = Spot {
                            entrance: Some(number),
                            ..whole
                        };
                        let handle = Handle::of_text(&entrance.name);
                        // A part that is called as its building is the building, where there is no other part.
                        lookup.add(&handle, at, part);
                    }
                }
                let handles = building
                    .entrances
                    .iter()
                    .map(|entrance| entrance.handle.clone());
                entrances.push(handles.collect());
            }
            lookup.entrances.push(entrances);
        }
        lookup
    }

    fn add(&mut self, handle: &Handle, community: usize, spot: Spot) {
        let known = self.spots.entry(handle.clone()).or_default();
        if !known.contains(&(community, spot)) {
            known.push((community, spot));
        }
    }

    /// The entrance of a building with a handle.
    pub(super) fn entrance(
        &self,
        community: usize,
        building: usize,
        handle: &Handle,
    ) -> Option<usize> {
        let entrances = self.entrances.get(community)?.get(building)?;
        entrances
            .iter()
            .position(|known| known.as_ref() == Some(handle))
    }

    /// The entrance, or the part, of a building that is called so.
    pub(super) fn entrance_named(
        &self,
        community: usize,
        building: usize,
        text: &str,
    ) -> Option<usize> {
        let read = name::entrance(text).map(|entrance| Handle::of_entrance(&entrance));
        let found = read.and_then(|handle| self.entrance(community, building, &handle));
        found.or_else(|| self.entrance(community, building, &Handle::of_text(text)))
    }

    /// The block of a name. `community`, `estate` and `entrance` may be empty.
    pub(super) fn find(
        &self,
        community: &str,
        estate: &str,
        entrance: &str,
        text: &str,
    ) -> Result<(usize, Spot), Missed> {
        let within = self.communities.get(community).copied();
        if !community.is_empty() && within.is_none() && !self.communities.contains_key("") {
            return Err(Missed::Unknown);
        }
        let mut missed = Missed::Unknown;
        for name in Name::candidates(estate, text) {
            let found = self.spots_of(&name, within, estate.is_empty());
            let (community, spot) = match found.as_slice() {
                [] => continue,
                [only] => *only,
                // A part and the building it is called after: the part.
                [.., (community, spot)]
                    if found
                        .iter()
                        .all(|(at, other)| at == community && other.building == spot.building) =>
                {
                    let parts: Vec<_> = found
                        .iter()
                        .filter(|(_, spot)| spot.entrance.is_some())
                        .collect();
                    match parts.as_slice() {
                        [only] => **only,
                        _ => (
                            *community,
                            Spot {
                                entrance: None,
                                ..*spot
                            },
                        ),
                    }
                }
                _ => {
                    missed = Missed::Several;
                    continue;
                }
            };
            let wanted = name::entrance(entrance).or(name.entrance);
            let Some(wanted) = wanted else {
                return Ok((community, spot));
            };
            let handle = Some(Handle::of_entrance(&wanted));
            let entrances = self
                .entrances
                .get(community)
                .and_then(|all| all.get(spot.building));
            let place = entrances.and_then(|all| all.iter().position(|known| *known == handle));
            if let Some(place) = place {
                return Ok((
                    community,
                    Spot {
                        entrance: Some(place),
                        ..spot
                    },
                ));
            }
        }
        Err(missed)
    }

    fn spots_of(&self, name: &Name, within: Option<usize>, no_estate: bool) -> Vec<(usize, Spot)> {
        let of = |handle: &Handle| -> Vec<(usize, Spot)> {
            let spots = self.spots.get(handle).into_iter().flatten();
            spots
                .filter(|(community, _)| within.is_none_or(|wanted| wanted == *community))
                .copied()
                .collect()
        };
        let full = of(&name.full);
        if full.is_empty() && !no_estate {
            return of(&name.bare);
        }
        full
    }

    /// The block that a cell of a sheet names, or what is wrong with the cell.
    pub(super) fn cell(
        &self,
        sheet: &Sheet,
        row: &Row,
        column: Column,
    ) -> Result<(usize, Spot), Box<Finding>> {
        let [community, estate, entrance] = [Column::Community, Column::Estate, Column::Entrance]
            .map(|column| sheet.get(row, column));
        let text = sheet.get(row, column);
        let missed = match self.find(community, estate, entrance, text) {
            _ if text.is_empty() => Missed::Unknown,
            Ok(found) => return Ok(found),
            Err(missed) => missed,
        };
        let shown = shown(text, entrance);
        let (kind, message, advice) = match missed {
            _ if text.is_empty() => (
                Kind::Unknown,
                Text::fixed("此处应为楼栋，实为空", "expected a building, found nothing"),
                Text::fixed("请补填，如 3栋", "please fill it in, such as `3栋`"),
            ),
            Missed::Unknown => (
                Kind::Unknown,
                Text::new(
                    format!("名单中没有“{shown}”"),
                    format!("the list has no \"{shown}\""),
                ),
                Text::fixed(
                    "请按名单改写楼栋名称；已拆除或无人居住的请删去这一行",
                    "write the name as the list does; strike the row out where nobody lives there",
                ),
            ),
            Missed::Several => (
                Kind::Several,
                Text::new(
                    format!("名单中不止一处叫“{shown}”"),
                    format!("the list has more than one \"{shown}\""),
                ),
                Text::fixed(
                    "请加上“社区”或“小区”一列",
                    "add a column for the community or the estate",
                ),
            ),
        };
        Err(Box::new(sheet.finding(
            (row, column),
            (kind, Severity::Warning),
            message,
            advice,
        )))
    }
}

/// A name short enough to be repeated.
pub(super) fn shown(text: &str, entrance: &str) -> String {
    let whole = if entrance.is_empty() {
        text.to_owned()
    } else {
        format!("{text} {entrance}")
    };
    match whole.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", whole.get(..end).unwrap_or_default()),
        None => whole,
    }
}
