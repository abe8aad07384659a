//! The grids: which building, entrance and floor is in which, and how many live there.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{self, Run};
use super::label::Label;
use crate::address::{Entrance, Key};
use crate::survey::{Handle, Name};

/// How many live in a grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Households.
    pub households: u64,
    /// Residents, as far as they are known.
    pub residents: u64,
    /// Households that need priority service: flag 8.
    pub priority: u64,
}

impl Load {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            households: self.households.saturating_add(other.households),
            residents: self.residents.saturating_add(other.residents),
            priority: self.priority.saturating_add(other.priority),
        }
    }
}

/// A grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The community, by its place in [`Ground::communities`].
    pub community: usize,
    /// As the grids call it: `03`, `第3网格`.
    pub name: String,
    /// Who lives there.
    pub load: Load,
    /// What it is made of, by place in [`Ground::pieces`].
    pub pieces: Vec<usize>,
}

/// A building, or the part of one that is in one grid.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The community, by its place in [`Ground::communities`].
    pub community: usize,
    /// As people say it: `3栋`, `3栋2单元`, `3栋2单元1–6层`.
    pub name: String,
    /// The grid, by its place in [`Ground::grids`].
    pub grid: usize,
    /// Who lives there; zero where only the grid's own numbers are known.
    pub load: Load,
    pub(super) entrance: Option<Handle>,
    pub(super) floors: Option<(i16, i16)>,
}

#[derive(Clone, Debug)]
pub(super) struct Building {
    pub(super) community: usize,
    pub(super) name: String,
    pub(super) names: Name,
    pub(super) pieces: Vec<usize>,
}

/// All grids, in natural order, community after community.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// The communities as the grids name them; one without a name where they do not.
    pub communities: Vec<String>,
    /// The grids.
    pub grids: Vec<Grid>,
    /// Buildings and parts of them, in walking order.
    pub pieces: Vec<Piece>,
    pub(super) buildings: Vec<Building>,
    /// Every door of the lists that were read, sorted: community and key.
    pub(super) doors: Vec<(usize, Key)>,
    pub(super) full: BTreeMap<Handle, Vec<usize>>,
    pub(super) bare: BTreeMap<Handle, Vec<usize>>,
    pub(super) aliases: Vec<(usize, Label)>,
}

/// What a name leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named<T> {
    One(T),
    Several(Vec<T>),
    None,
}

impl<T: Clone> Named<T> {
    fn of(found: Vec<T>) -> Self {
        match found.as_slice() {
            [] => Self::None,
            [only] => Self::One(only.clone()),
            _ => Self::Several(found),
        }
    }
}

impl Ground {
    /// The community of a name; the only one where the name is empty or the grids name none.
    pub(super) fn community(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        if let [only] = self.communities.as_slice()
            && (name.is_empty() || only.is_empty())
        {
            return Some(0);
        }
        let exact = self.communities.iter().position(|known| known == name);
        let short = |text: &str| {
            text.trim_end_matches("社区居委会")
                .trim_end_matches("居委会")
                .trim_end_matches("社区")
                .to_owned()
        };
        exact.or_else(|| {
            let wanted = short(name);
            let mut fitting = (0..self.communities.len()).filter(|at| {
                self.communities
                    .get(*at)
                    .is_some_and(|known| !wanted.is_empty() && short(known) == wanted)
            });
            fitting.next().filter(|_| fitting.next().is_none())
        })
    }

    /// The grid of a name.
    pub(super) fn grid(&self, community: Option<usize>, text: &str) -> Named<usize> {
        let text = text.trim();
        let within = |at: &usize| {
            let grid = self.grids.get(*at);
            grid.is_some_and(|grid| community.is_none_or(|community| grid.community == community))
        };
        let of = |fits: &dyn Fn(&Grid) -> bool| -> Vec<usize> {
            let all = self.grids.iter().enumerate();
            all.filter(|(_, grid)| fits(grid))
                .map(|(at, _)| at)
                .filter(within)
                .collect()
        };
        let exact = of(&|grid| grid.name == text);
        if !exact.is_empty() {
            return Named::of(exact);
        }
        let label = Label::of(text);
        let alike = of(&|grid| Label::of(&grid.name) == label);
        if !alike.is_empty() {
            return Named::of(alike);
        }
        let mut aliases: Vec<usize> = self
            .aliases
            .iter()
            .filter(|(_, alias)| *alias == label)
            .map(|(at, _)| *at)
            .filter(within)
            .collect();
        aliases.dedup();
        if !aliases.is_empty() {
            return Named::of(aliases);
        }
        let short = of(&|grid| Label::short(&grid.name) == Some(label.clone()));
        if !short.is_empty() {
            return Named::of(short);
        }
        // 翠竹园社区第3网格: the community is said in the name.
        for (at, name) in self.communities.iter().enumerate() {
            let bare = name.trim_end_matches("社区");
            let rest = text
                .strip_prefix(name.as_str())
                .or_else(|| text.strip_prefix(bare));
            if let Some(rest) = rest.filter(|rest| !bare.is_empty() && !rest.trim().is_empty())
                && community.is_none_or(|community| community == at)
            {
                return self.grid(Some(at), rest);
            }
        }
        Named::None
    }

    /// The building of a name, and the entrance where it names one.
    pub(super) fn building(
        &self,
        community: Option<usize>,
        estate: &str,
        text: &str,
    ) -> Named<(usize, Option<Entrance>)> {
        let mut several = Vec::new();
        for name in Name::candidates(estate, text) {
            let found = self.buildings_of(&name, community, estate.is_empty());
            match found.as_slice() {
                [] => {}
                [only] => return Named::One((*only, name.entrance)),
                _ if several.is_empty() => {
                    several = found
                        .iter()
                        .map(|at| (*at, name.entrance.clone()))
                        .collect();
                }
                _ => {}
            }
        }
        match english(text) {
            Some(number) if several.is_empty() => self.building(community, estate, &number),
            _ => Named::of(several),
        }
    }

    /// The buildings that a name fits: with its estate, or without where it has none or no building is called so.
    pub(super) fn buildings_of(
        &self,
        name: &Name,
        community: Option<usize>,
        no_estate: bool,
    ) -> Vec<usize> {
        let within = |at: &usize| {
            let building = self.buildings.get(*at);
            building.is_some_and(|building| {
                community.is_none_or(|community| building.community == community)
            })
        };
        let of = |index: &BTreeMap<Handle, Vec<usize>>, handle: &Handle| -> Vec<usize> {
            index
                .get(handle)
                .into_iter()
                .flatten()
                .copied()
                .filter(within)
                .collect()
        };
        let full = of(&self.full, &name.full);
        if !full.is_empty() {
            return full;
        }
        // The grids may know an estate that the text leaves out, or the other way round.
        let bare = of(&self.bare, &name.bare);
        let is_bare = no_estate && !name.has_estate;
        let fitting: Vec<usize> = bare
            .into_iter()
            .filter(|at| {
                let building = self.buildings.get(*at);
                is_bare || building.is_some_and(|building| !building.names.has_estate)
            })
            .collect();
        if !fitting.is_empty() {
            return fitting;
        }
        let alike = |building: &Building| {
            if !is_bare {
                // 翠竹园A区 with 3栋, and 翠竹园 with A区3栋.
                return building.names.full_text == name.full_text;
            }
            // Within a part of the estate: A区3栋 where the text is 3栋.
            let bare = building.names.bare_text.as_str();
            let zone = bare.strip_suffix(name.bare_text.as_str());
            zone.is_some_and(|zone| zone.ends_with(char::is_alphabetic))
        };
        let places = 0..self.buildings.len();
        places
            .filter(|at| within(at) && self.buildings.get(*at).is_some_and(alike))
            .collect()
    }

    /// The buildings of a cell: each with its entrance, and the parts that lead to none or to several.
    pub(super) fn buildings_in(&self, community: Option<usize>, estate: &str, text: &str) -> Cell {
        let mut cell = Cell::default();
        let mut prefix = estate.to_owned();
        for part in cell::parts(text) {
            let mut found = self.building(community, &prefix, &part);
            let run = Run::of(&part);
            if let (Some(run), true) = (
                &run,
                found == Named::None || run.as_ref().is_some_and(|run: &Run| run.is_bare),
            ) {
                let members: Vec<_> = run
                    .members()
                    .map(|member| self.building(community, &prefix, &member))
                    .collect();
                let known: Vec<_> = members
                    .into_iter()
                    .filter_map(|named| match named {
                        Named::One(one) => Some(one),
                        _ => None,
                    })
                    .collect();
                if !known.is_empty() {
                    if run.is_bare {
                        cell.runs.push(part.clone());
                    }
                    cell.missing_of_run(run, known.len(), &part);
                    cell.found.extend(known);
                    continue;
                }
            }
            if found == Named::None && !prefix.is_empty() {
                found = self.building(community, "", &part);
            }
            match found {
                Named::One((at, entrance)) => {
                    if let Some(name) = self
                        .buildings
                        .get(at)
                        .filter(|building| building.names.has_estate)
                        && estate.is_empty()
                    {
                        // 翠竹园1栋、2栋: what is said of the first holds for the next.
                        let own = name
                            .names
                            .full_text
                            .strip_suffix(name.names.bare_text.as_str());
                        own.unwrap_or_default().clone_into(&mut prefix);
                    }
                    cell.found.push((at, entrance));
                }
                Named::Several(_) => cell.several.push(part),
                Named::None => cell.unknown.push(part),
            }
        }
        cell
    }

    /// The pieces of a building; those of one entrance, where it is named.
    pub(super) fn pieces_of(&self, building: usize, entrance: Option<&Entrance>) -> Vec<usize> {
        let handle = entrance.map(Handle::of_entrance);
        let Some(building) = self.buildings.get(building) else {
            return Vec::new();
        };
        let fits = |at: &usize| {
            let piece = self.pieces.get(*at);
            piece.is_some_and(|piece| match (&piece.entrance, &handle) {
                (Some(own), Some(wanted)) => own == wanted,
                _ => true,
            })
        };
        building.pieces.iter().copied().filter(fits).collect()
    }

    /// What a grid is called for a person: with its community, where there are several.
    #[must_use]
    pub fn grid_name(&self, grid: usize) -> String {
        let Some(grid) = self.grids.get(grid) else {
            return String::new();
        };
        let community = self
            .communities
            .get(grid.community)
            .map_or("", String::as_str);
        if self.communities.len() > 1 && !community.is_empty() {
            return format!("{community} {}", grid.name);
        }
        grid.name.clone()
    }

    /// All that live in the grids.
    #[must_use]
    pub fn load(&self) -> Load {
        self.grids
            .iter()
            .fold(Load::default(), |sum, grid| sum.plus(grid.load))
    }

    /// Buildings that are in more than one grid, by place.
    pub(super) fn split(&self) -> BTreeSet<usize> {
        let all = self.buildings.iter().enumerate();
        all.filter(|(_, building)| building.pieces.len() > 1)
            .map(|(at, _)| at)
            .collect()
    }
}

/// `Building 7`, `Bldg. 7` and, of a run, `Buildings7` as 7栋, where no building is called so.
fn english(text: &str) -> Option<String> {
    let folded = text.trim().to_lowercase();
    let words = ["buildings", "building", "bldgs", "bldg", "blocks", "block"];
    let number = words.iter().find_map(|word| folded.strip_prefix(word))?;
    let number = number.trim_start_matches([' ', '.', '#']);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("{number}栋"))
}

/// What a cell of buildings comes to.
#[derive(Debug, Default)]
pub(super) struct Cell {
    pub(super) found: Vec<(usize, Option<Entrance>)>,
    pub(super) unknown: Vec<String>,
    pub(super) several: Vec<String>,
    /// Bare runs, `3-5`.
    pub(super) runs: Vec<String>,
}

impl Cell {
    fn missing_of_run(&mut self, run: &Run, known: usize, part: &str) {
        let all = run.members().count();
        if known < all {
            self.unknown.push(part.to_owned());
        }
    }
}
