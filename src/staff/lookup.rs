//! From an address or a code to the building and the grid.

use unicode_normalization::UnicodeNormalization as _;

use super::answer::{Answer, Asked, Candidate, Hit};
use super::draft::door_key;
use super::ground::{Ground, Named};
use super::near;
use super::question::{is_grid, not_a_grid, not_an_address, unread_building, without_code};
use crate::address::{self, Door, Key, Reading};
use crate::lang::Text;
use crate::survey::{Handle, Name};

/// More candidates than these nobody reads.
const FEW: usize = 10;

/// One way to read a question.
enum Way {
    /// A door of the list, or any place where no list says which doors there are.
    Is(Hit),
    /// The building is there, the door is not.
    IsNot(Box<(Hit, Door, Name)>),
}

impl Ground {
    /// The parts of a building that a door can be in: by its entrance, then by its floor.
    pub(super) fn pieces_at(&self, building: usize, door: &Door) -> Vec<usize> {
        let pieces = self.pieces_of(building, door.entrance.as_ref());
        let floor = door
            .floor
            .map(address::Floor::number)
            .or_else(|| crate::survey::floor_of_unit(door.unit.as_ref()?));
        let Some(floor) = floor else {
            return pieces;
        };
        let fits = |at: &usize| {
            let floors = self.pieces.get(*at).and_then(|piece| piece.floors);
            floors.is_none_or(|(from, to)| (from..=to).contains(&floor))
        };
        pieces.into_iter().filter(fits).collect()
    }

    /// Finds a place: `3栋2单元803室`, `3-2-803Aa7`, `3栋`, `翠竹园3栋2单元`.
    ///
    /// Exact or ambiguous, never a silent choice: where a text can be read in several ways, only those count that the grids
    /// have, and several of these are candidates.
    #[must_use]
    pub fn find(&self, text: &str) -> Asked {
        let answer = self.answer(text);
        Asked {
            text: text.to_owned(),
            answer,
        }
    }

    fn answer(&self, text: &str) -> Answer {
        if text.len() > 400 || text.trim().is_empty() {
            return Answer::Unreadable(not_an_address());
        }
        let folded: String = text.trim().nfkc().collect();
        if is_grid(&folded) && self.grid(None, &folded) != Named::None {
            return Answer::Unreadable(not_a_grid());
        }
        let plain = without_code(&folded);
        if plain.bytes().all(|byte| byte.is_ascii_digit()) && plain.len() < folded.len() {
            return self.bare_code(plain);
        }
        if let Some(fault) = unread_building(plain) {
            return Answer::Unreadable(fault);
        }
        let (doors, error) = match address::parse(plain) {
            Ok(reading) => (reading.doors().to_vec(), None),
            Err(error) => match address::Building::parse_column(plain) {
                Ok(reading) => (reading.doors().to_vec(), None),
                Err(_) => (Vec::new(), Some(error)),
            },
        };
        let mut ways = Vec::new();
        for door in &doors {
            self.ways(door, &mut ways);
        }
        if ways.is_empty() {
            // A building that is called by a text which is no address.
            self.by_name(plain, &mut ways);
        }
        let is_settled = doors.len() > 1;
        let mut hits: Vec<Hit> = Vec::new();
        let mut missed = Vec::new();
        for way in ways {
            match way {
                Way::Is(hit)
                    if !hits
                        .iter()
                        .any(|known| known.name == hit.name && known.piece == hit.piece) =>
                {
                    hits.push(hit);
                }
                Way::Is(_) => {}
                Way::IsNot(would) => missed.push(*would),
            }
        }
        match (hits.len(), missed.len()) {
            (1, _) => {
                let hit = hits.swap_remove(0);
                return Answer::Found(Hit { is_settled, ..hit });
            }
            (0, 0) => {}
            (0, 1) => {
                let (hit, door, name) = missed.swap_remove(0);
                let community = self.grids.get(hit.grid).map_or(0, |grid| grid.community);
                let near = near::rooms(self, community, &door, &|door| door_key(&name, door));
                return Answer::NotListed { hit, near };
            }
            (0, _) => return ambiguous(missed.into_iter().map(|(hit, ..)| hit).collect()),
            _ => return ambiguous(hits),
        }
        match (doors.iter().find(|door| door.building.is_some()), error) {
            (Some(door), _) => {
                let community = self.community_in(door).0;
                let near =
                    Name::of_door("", door).map(|name| near::buildings(self, &name, community));
                Answer::Unknown {
                    near: near.unwrap_or_default(),
                }
            }
            (None, Some(error)) => Answer::Unreadable(Text::of(|lang| error.message(lang))),
            (None, None) => match doors.iter().find(|door| door.unit.is_some()) {
                Some(door) => self.without_building(door),
                None if !plain.contains(|c: char| c.is_ascii_alphanumeric()) => {
                    Answer::Unreadable(not_an_address())
                }
                None => Answer::Unknown {
                    near: near::buildings(self, &Name::of_text("", plain), None),
                },
            },
        }
    }

    /// A community that the text before the building names, and the door without it.
    fn community_in(&self, door: &Door) -> (Option<usize>, Door) {
        let Some(prefix) = door.prefix.as_deref().filter(|_| {
            self.communities.len() > 1
                || self
                    .communities
                    .first()
                    .is_some_and(|name| !name.is_empty())
        }) else {
            return (None, door.clone());
        };
        for (at, name) in self.communities.iter().enumerate() {
            if let Some(start) = prefix.find(name.as_str()).filter(|_| !name.is_empty()) {
                let rest = prefix.get(start + name.len()..).unwrap_or_default();
                let prefix = (!rest.is_empty()).then(|| rest.to_owned());
                return (
                    Some(at),
                    Door {
                        prefix,
                        ..door.clone()
                    },
                );
            }
        }
        (None, door.clone())
    }

    fn ways(&self, door: &Door, ways: &mut Vec<Way>) {
        if self.is_elsewhere(door) {
            return;
        }
        let (community, door) = self.community_in(door);
        let Some(name) = Name::of_door("", &door) else {
            return;
        };
        let mut found = self.buildings_of(&name, community, door.prefix.is_none());
        if let (true, Some(prefix)) = (found.is_empty(), door.prefix.as_deref()) {
            // A part of the estate's name: 翠竹园 for 翠竹园A区, or a longer one than the list has.
            let alike = self.bare.get(&name.bare).into_iter().flatten().copied();
            found = alike
                .filter(|at| {
                    self.buildings.get(*at).is_some_and(|building| {
                        let estate = building
                            .names
                            .full_text
                            .strip_suffix(building.names.bare_text.as_str())
                            .unwrap_or_default();
                        community.is_none_or(|community| community == building.community)
                            && !estate.is_empty()
                            && (estate.contains(prefix) || prefix.ends_with(estate))
                    })
                })
                .collect();
        }
        if found.is_empty() {
            found = self.ending_in(&name.full_text, community);
        }
        for building in found {
            self.ways_in(building, &door, ways);
        }
    }

    /// The buildings whose full name ends so: `A区5栋` where the estate is 翠竹园A区.
    fn ending_in(&self, text: &str, community: Option<usize>) -> Vec<usize> {
        let ends = |building: &super::ground::Building| {
            let before = building.names.full_text.strip_suffix(text);
            let is_within = |c: char| c.is_ascii_alphanumeric();
            before.is_some_and(|before| !before.ends_with(is_within))
                && community.is_none_or(|community| community == building.community)
        };
        // 5栋 alone is the end of every 5栋, which is asked elsewhere.
        let is_bare = text.starts_with(|c: char| c.is_ascii_digit());
        let all = self.buildings.iter().enumerate().filter(|_| !is_bare);
        all.filter(|(_, building)| ends(building))
            .map(|(at, _)| at)
            .collect()
    }

    /// Whether the text before the building names a community that is none of these, nor an estate.
    fn is_elsewhere(&self, door: &Door) -> bool {
        let short = |text: &str| -> String {
            let ends = ["居委会", "居民委员会", "社区"];
            let text = ends
                .iter()
                .fold(text, |text, end| text.strip_suffix(end).unwrap_or(text));
            text.to_owned()
        };
        let names = || self.communities.iter().filter(|name| !name.is_empty());
        let Some(prefix) = door.prefix.as_deref().filter(|_| names().next().is_some()) else {
            return false;
        };
        let Some(end) = prefix.rfind("社区").or_else(|| prefix.find("居委会")) else {
            return false;
        };
        let before = prefix.get(..end).unwrap_or_default();
        let is_ours = names()
            .any(|name| before.ends_with(short(name).as_str()) || prefix.contains(name.as_str()));
        let is_estate = || {
            let with = format!("{before}社区");
            self.buildings
                .iter()
                .any(|building| building.names.full_text.contains(&with))
        };
        !before.is_empty() && !is_ours && !is_estate()
    }

    fn by_name(&self, text: &str, ways: &mut Vec<Way>) {
        let handle = Handle::of_text(text);
        let found: Vec<usize> = self
            .full
            .get(&handle)
            .or_else(|| self.bare.get(&handle))
            .cloned()
            .unwrap_or_default();
        for building in found {
            self.ways_in(building, &Door::default(), ways);
        }
    }

    /// What a door can be within a building.
    fn ways_in(&self, at: usize, door: &Door, ways: &mut Vec<Way>) {
        let Some(building) = self.buildings.get(at) else {
            return;
        };
        // As the list has it: the zone of A区5栋 may be the end of its estate there, or be left out in the question.
        let listed = match address::Building::parse_column(&building.names.bare_text) {
            Ok(Reading::Exact(listed)) => listed.building,
            _ => None,
        };
        let asked = door.building.clone();
        let own = Door {
            prefix: None,
            building: asked.map(|asked| listed.unwrap_or(asked)),
            ..door.clone()
        };
        let key_of = |door: &Door| door_key(&building.names, door);
        let name_of = |door: &Door| {
            let inside = Door {
                prefix: None,
                building: None,
                ..door.clone()
            };
            format!("{}{inside}", building.name)
        };
        let hit = |name: String, piece: usize, entrance: Option<address::Entrance>| {
            self.pieces.get(piece).map(|own| Hit {
                name,
                grid: own.grid,
                piece,
                entrance,
                is_settled: false,
            })
        };
        let pieces = self.pieces_at(at, &own);
        if self.doors.is_empty() || door.unit.is_none() && door.entrance.is_none() {
            for piece in &pieces {
                let is_part = pieces.len() > 1;
                let part = self
                    .pieces
                    .get(*piece)
                    .map(|piece| piece.name.clone())
                    .unwrap_or_default();
                let name = if is_part { part } else { name_of(&own) };
                ways.extend(hit(name, *piece, door.entrance.clone()).map(Way::Is));
            }
            return;
        }
        let mut listed = Vec::new();
        for (_, key) in self.doors_in(building.community, &key_of(&own)) {
            if let Some(door) = fits(key, &own, &key_of) {
                listed.push(door);
            }
        }
        if own.unit.is_none() {
            // An entrance: it is there if a door of it is.
            listed.truncate(1);
        }
        listed.dedup();
        for At(entrance) in &listed {
            let exact = Door {
                entrance: entrance.clone().or_else(|| own.entrance.clone()),
                ..own.clone()
            };
            let pieces = self.pieces_at(at, &exact);
            for piece in &pieces {
                let part = self
                    .pieces
                    .get(*piece)
                    .map(|piece| piece.name.clone())
                    .unwrap_or_default();
                let name = if pieces.len() > 1 {
                    part
                } else {
                    name_of(&exact)
                };
                ways.extend(hit(name, *piece, exact.entrance.clone()).map(Way::Is));
            }
        }
        if listed.is_empty() {
            let pieces = if pieces.is_empty() {
                building.pieces.clone()
            } else {
                pieces
            };
            for piece in pieces {
                let would = hit(name_of(&own), piece, door.entrance.clone());
                ways.extend(
                    would.map(|hit| {
                        Way::IsNot(Box::new((hit, own.clone(), building.names.clone())))
                    }),
                );
            }
        }
    }

    /// The listed doors of a key's building.
    fn doors_in(&self, community: usize, key: &Key) -> impl Iterator<Item = &(usize, Key)> {
        let building = key.of_building();
        let first = (community, building.clone());
        let start = self.doors.partition_point(|door| *door < first);
        let own = self.doors.get(start..).unwrap_or_default().iter();
        own.take_while(move |(at, key)| *at == community && key.of_building() == building)
    }

    fn bare_code(&self, digits: &str) -> Answer {
        match address::Unit::parse_column(digits) {
            Ok(Reading::Exact(door)) if door.unit.is_some() => self.without_building(&door),
            _ => Answer::Unknown { near: Vec::new() },
        }
    }

    /// A room without a building, perhaps with an entrance: every building may have one.
    fn without_building(&self, door: &Door) -> Answer {
        let (names, count) = near::doors_with(self, door);
        if count == 0 {
            return Answer::Unreadable(Text::fixed(
                "没有写楼栋，名单中也没有这样的房号；请写全，如 3栋2单元803室",
                "no building is named, and no such room is listed; write the whole door, such as 3栋2单元803室",
            ));
        }
        if let [only] = names.as_slice()
            && let Answer::Found(hit) = self.find(only).answer
        {
            return Answer::Found(Hit {
                is_settled: true,
                ..hit
            });
        }
        let candidates = names
            .into_iter()
            .map(|name| {
                let grid = match self.find(&name).answer {
                    Answer::Found(hit) => Some(hit.grid),
                    _ => None,
                };
                Candidate { name, grid }
            })
            .collect();
        Answer::Ambiguous {
            candidates,
            count,
            advice: Text::fixed(
                "只有房号看不出是哪一户：请加上楼栋和单元，如 3栋2单元803室 或 3-2-803Aa7",
                "a room alone is no address: add the building and the entrance, such as 3栋2单元803室 or 3-2-803Aa7",
            ),
        }
    }
}

fn ambiguous(hits: Vec<Hit>) -> Answer {
    let count = hits.len();
    let candidates = hits
        .into_iter()
        .take(FEW)
        .map(|hit| Candidate {
            name: hit.name,
            grid: Some(hit.grid),
        })
        .collect();
    Answer::Ambiguous {
        candidates,
        count,
        advice: Text::fixed("请写成其中的一处", "write it as one of these"),
    }
}

/// The entrance of a listed door; nothing where the list has no entrances.
#[derive(PartialEq)]
struct At(Option<address::Entrance>);

/// The entrance at which a listed door is the one asked for.
fn fits(key: &Key, wanted: &Door, key_of: &dyn Fn(&Door) -> Key) -> Option<At> {
    let staircase = key.of_entrance();
    if wanted.entrance.is_some() {
        let is_same = if wanted.unit.is_some() {
            *key == key_of(wanted)
        } else {
            staircase == key_of(wanted).of_entrance()
        };
        return is_same.then(|| At(wanted.entrance.clone()));
    }
    let bare = key_of(&Door {
        entrance: None,
        ..wanted.clone()
    });
    if *key == bare {
        return Some(At(None));
    }
    // The door's entrance is read off the text of its staircase.
    let whole = staircase.to_string();
    let building = key.of_building().to_string();
    let entrance = whole
        .strip_prefix(building.as_str())
        .filter(|entrance| !entrance.is_empty())?;
    let entrance = crate::survey::entrance_of(entrance)?;
    let door = Door {
        entrance: Some(entrance.clone()),
        ..wanted.clone()
    };
    (*key == key_of(&door)).then_some(At(Some(entrance)))
}
