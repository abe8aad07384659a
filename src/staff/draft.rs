//! Grids on their way: buildings and households are taken in as they are met, and put in order at the end.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::{Building, Grid, Ground, Load, Piece};
use super::label::Label;
use crate::address::{Door, Key};
use crate::survey::{Handle, Name};

type Floors = Option<(i16, i16)>;

/// What is known of a building: its names, and who lives in which part of it in which grid.
struct Drafted {
    name: Name,
    entrances: BTreeMap<Handle, String>,
    cells: BTreeMap<(Option<Handle>, Floors, usize), Load>,
}

#[derive(Default)]
pub(super) struct Draft {
    communities: Vec<String>,
    grids: Vec<(usize, String)>,
    by_label: BTreeMap<(usize, String), usize>,
    stated: BTreeMap<usize, Load>,
    aliases: Vec<(usize, Label)>,
    buildings: BTreeMap<(usize, Handle), Drafted>,
    doors: Vec<(usize, Key)>,
}

impl Draft {
    pub(super) fn community(&mut self, name: &str) -> usize {
        let known = self.communities.iter().position(|known| known == name);
        known.unwrap_or_else(|| {
            self.communities.push(name.to_owned());
            self.communities.len() - 1
        })
    }

    pub(super) fn grid(&mut self, community: usize, label: &str) -> usize {
        let key = (community, label.to_owned());
        if let Some(known) = self.by_label.get(&key) {
            return *known;
        }
        self.by_label.insert(key, self.grids.len());
        self.grids.push((community, label.to_owned()));
        self.grids.len() - 1
    }

    /// Another name of a grid.
    pub(super) fn alias(&mut self, grid: usize, text: &str) {
        if !text.is_empty() {
            self.aliases.push((grid, Label::of(text)));
        }
    }

    /// What the grids say of a grid as a whole.
    pub(super) fn state(&mut self, grid: usize, load: Load) {
        self.stated.entry(grid).or_insert(load);
    }

    /// Takes in a building or a part of it.
    pub(super) fn add(
        &mut self,
        grid: usize,
        name: Name,
        entrance: Option<(Handle, String)>,
        floors: Floors,
        load: Load,
    ) {
        let Some((community, _)) = self.grids.get(grid) else {
            return;
        };
        let drafted = self
            .buildings
            .entry((*community, name.full.clone()))
            .or_insert_with(|| Drafted {
                name,
                entrances: BTreeMap::new(),
                cells: BTreeMap::new(),
            });
        let handle = entrance.map(|(handle, text)| {
            drafted.entrances.entry(handle.clone()).or_insert(text);
            handle
        });
        let cell = drafted.cells.entry((handle, floors, grid)).or_default();
        *cell = cell.plus(load);
    }

    /// Takes in a door that is listed.
    pub(super) fn door(&mut self, grid: usize, door: &Door, name: &Name) {
        if let Some((community, _)) = self.grids.get(grid) {
            self.doors.push((*community, door_key(name, door)));
        }
    }

    pub(super) fn finish(mut self) -> Ground {
        let mut order: Vec<usize> = (0..self.grids.len()).collect();
        order.sort_by_cached_key(|at| {
            self.grids
                .get(*at)
                .map(|(community, name)| (*community, Handle::of_text(name), name.clone()))
        });
        let mut place = vec![0; self.grids.len()];
        for (new, old) in order.iter().enumerate() {
            if let Some(place) = place.get_mut(*old) {
                *place = new;
            }
        }
        let new = |old: usize| place.get(old).copied().unwrap_or(old);
        let mut ground = Ground {
            communities: std::mem::take(&mut self.communities),
            ..Ground::default()
        };
        for old in &order {
            if let Some((community, name)) = self.grids.get(*old) {
                ground.grids.push(Grid {
                    community: *community,
                    name: name.clone(),
                    load: Load::default(),
                    pieces: Vec::new(),
                });
            }
        }
        let mut bare_names: BTreeMap<(usize, Handle), usize> = BTreeMap::new();
        for ((community, _), drafted) in &self.buildings {
            let bare = (*community, drafted.name.bare.clone());
            *bare_names.entry(bare).or_default() += 1;
        }
        for ((community, full), drafted) in self.buildings {
            let is_alone = bare_names.get(&(community, drafted.name.bare.clone())) == Some(&1);
            let name = if is_alone && drafted.name.bare_text.len() > 1 {
                drafted.name.bare_text.clone()
            } else {
                drafted.name.full_text.clone()
            };
            let at = ground.buildings.len();
            ground.full.entry(full).or_default().push(at);
            let bare = ground.bare.entry(drafted.name.bare.clone()).or_default();
            bare.push(at);
            let mut pieces = Vec::new();
            for (entrance, floors, grid, load) in pieces_of(&drafted) {
                let grid = new(grid);
                let words = entrance
                    .as_ref()
                    .and_then(|handle| drafted.entrances.get(handle));
                let words = words.map_or("", String::as_str);
                pieces.push(ground.pieces.len());
                if let Some(grid) = ground.grids.get_mut(grid) {
                    grid.pieces.push(ground.pieces.len());
                    grid.load = grid.load.plus(load);
                }
                ground.pieces.push(Piece {
                    community,
                    name: piece_name(&name, words, floors),
                    grid,
                    load,
                    entrance,
                    floors,
                });
            }
            ground.buildings.push(Building {
                community,
                name,
                names: drafted.name,
                pieces,
            });
        }
        for (old, load) in self.stated {
            if let Some(grid) = ground.grids.get_mut(new(old)) {
                grid.load = load;
            }
        }
        ground.aliases = self
            .aliases
            .into_iter()
            .map(|(grid, label)| (new(grid), label))
            .collect();
        self.doors.sort();
        self.doors.dedup();
        ground.doors = self.doors;
        ground
    }
}

/// A door within its community, however its estate is said.
pub(super) fn door_key(name: &Name, door: &Door) -> Key {
    let bare = Door {
        prefix: None,
        ..door.clone()
    };
    // The estate stays, so that two estates' doors are two.
    let estate = match &door.building {
        Some(_) => name.full_text.strip_suffix(name.bare_text.as_str()),
        None => Some(name.full_text.as_str()),
    };
    Key::new("", estate.unwrap_or_default(), &bare)
}

fn piece_name(building: &str, entrance: &str, floors: Floors) -> String {
    let part = if entrance.starts_with(building) {
        entrance.to_owned()
    } else {
        format!("{building}{entrance}")
    };
    let floor = |floor: i16| {
        let sign = if floor < 0 { "负" } else { "" };
        format!("{sign}{}", floor.unsigned_abs())
    };
    match floors {
        None => part,
        Some((from, to)) if from == to => format!("{part}{}层", floor(from)),
        Some((from, to)) => format!("{part}{}–{}层", floor(from), floor(to)),
    }
}

/// The whole building where it is in one grid; else its entrances; where one of them is in several, its runs of floors.
fn pieces_of(drafted: &Drafted) -> Vec<(Option<Handle>, Floors, usize, Load)> {
    let grids = |cells: &mut dyn Iterator<Item = usize>| cells.collect::<BTreeSet<usize>>();
    let all = grids(&mut drafted.cells.keys().map(|(_, _, grid)| *grid));
    let sum = |fits: &dyn Fn(&Option<Handle>) -> bool| {
        let cells = drafted.cells.iter();
        cells
            .filter(|((entrance, _, _), _)| fits(entrance))
            .fold(Load::default(), |sum, (_, load)| sum.plus(*load))
    };
    if let (1, Some(only)) = (all.len(), all.first()) {
        return vec![(None, None, *only, sum(&|_| true))];
    }
    let mut pieces = Vec::new();
    let entrances: BTreeSet<&Option<Handle>> = drafted
        .cells
        .keys()
        .map(|(entrance, _, _)| entrance)
        .collect();
    for entrance in entrances {
        let own = || {
            drafted
                .cells
                .iter()
                .filter(move |((name, _, _), _)| name == entrance)
        };
        let within = grids(&mut own().map(|((_, _, grid), _)| *grid));
        if let (1, Some(only)) = (within.len(), within.first()) {
            pieces.push((entrance.clone(), None, *only, sum(&|name| name == entrance)));
            continue;
        }
        let mut runs: Vec<(Option<Handle>, Floors, usize, Load)> = Vec::new();
        for ((_, floors, grid), load) in own() {
            if let (Some((_, Some((_, to)), last, sum)), Some((_, top))) = (runs.last_mut(), floors)
                && last == grid
            {
                *to = *top;
                *sum = sum.plus(*load);
                continue;
            }
            runs.push((entrance.clone(), *floors, *grid, *load));
        }
        pieces.extend(runs);
    }
    pieces
}
