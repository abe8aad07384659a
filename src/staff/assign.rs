//! Every place its people: what they have is kept, what is free is levelled over those who are free.

use std::collections::{BTreeMap, BTreeSet};

use super::assignment::{Assignment, Held, Holder};
use super::claims::{Claim, claims};
use super::ground::Ground;
use super::level_out::{Taker, Weight, level_out, plus};
use super::missing;
use super::role::{Level, Roles};
use super::roster::Roster;
use super::stretch::stretches;
use crate::address::Entrance;

/// What a caller decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AssignOptions {
    /// How many households a household with priority service counts for; 0 and 1 are the same.
    pub priority_weight: u32,
    /// How many grids a worker may have whose row says no limit; `None` for any number.
    pub most_grids: Option<u32>,
    /// Whether findings may repeat what a cell holds.
    pub show_values: bool,
}

/// Gives every grid, community and building its people.
///
/// - What the roster says is kept; then what an earlier assignment says, where the roster says nothing.
/// - Grids without a worker go to workers without a grid, and to others only where a limit says that they may have more:
///   as many grids as possible get a worker, then the loads are levelled (households, then residents, then priority households).
/// - Grids without an area head go to area heads who have none, in stretches of neighbouring numbers; so do buildings without
///   an assistant to assistants.
/// - Nobody gets a post in the party chain that the roster does not give: a branch without grids is that of the grids which its
///   secretary works for, a group that of the buildings.
///
/// ```
/// use gridcode::staff::{AssignOptions, Ground, Level, Roles, Roster, RosterOptions, assign};
/// # use gridcode::{census::Options, codebook::Codebook, table::Source};
/// # let source = |name: &str, text: &str| Source::bytes(name, text.as_bytes().to_vec());
/// let grids = source("grids.csv", "网格,楼栋,户数\n01,1栋,400\n02,2栋,380\n");
/// let people = source("people.csv", "姓名,职务,负责网格\n网格员01,专职网格员,\n网格员02,专职网格员,第1网格\n");
/// # let options = Options::new(Codebook::shushan(), jiff::civil::date(2026, 11, 1));
/// let ground = Ground::read(&grids, &options, &mut |_| {}, &mut |_| {})?;
/// let mut roster = Roster::default();
/// roster.read(&people, &RosterOptions::default(), &mut |_| {})?;
/// let assignment = assign(ground, roster, Roles::builtin(), AssignOptions::default());
/// let worker = |grid| assignment.person(assignment.holders(Level::Worker, grid)[0].person).unwrap().name();
/// assert_eq!((worker(0), worker(1)), ("网格员02", "网格员01"));
/// # Ok::<(), gridcode::staff::StaffError>(())
/// ```
#[must_use]
pub fn assign(ground: Ground, roster: Roster, roles: Roles, options: AssignOptions) -> Assignment {
    let mut findings = Vec::new();
    let claims = claims(&ground, &roster, options.show_values, &mut |finding| {
        findings.push(finding);
    });
    let mut work = Work {
        ground: &ground,
        roster: &roster,
        options,
        claims: &claims,
        held: Held::new(),
        gone: BTreeSet::new(),
    };
    work.keep(false);
    work.keep(true);
    work.chiefs();
    work.spread(Level::Worker);
    work.areas();
    work.assistants();
    work.party();
    let Work { held, gone, .. } = work;
    missing::find(
        &ground,
        &roster,
        &roles,
        (&claims, &held, &gone),
        options,
        &mut |finding| findings.push(finding),
    );
    Assignment {
        ground,
        roster,
        roles,
        findings,
        held,
    }
}

struct Work<'w> {
    ground: &'w Ground,
    roster: &'w Roster,
    options: AssignOptions,
    claims: &'w [Claim],
    held: Held,
    /// People of an earlier assignment whom the roster has no more.
    gone: BTreeSet<usize>,
}

impl Work<'_> {
    fn posts(&self) -> impl Iterator<Item = (&super::person::Post, &Claim)> {
        self.roster.posts.iter().zip(self.claims)
    }

    /// The people at a level, in the order of the roster, each once, with all they claim there.
    fn people_at(&self, level: Level) -> Vec<(usize, Claim)> {
        let mut found: Vec<(usize, Claim)> = Vec::new();
        for (post, claim) in self.posts() {
            if post.level != level || claim.is_elsewhere || self.gone.contains(&post.person) {
                continue;
            }
            match found.iter_mut().find(|(person, _)| *person == post.person) {
                None => found.push((post.person, claim.clone())),
                Some((_, known)) => {
                    known.is_fixed |= claim.is_fixed && !post.is_earlier;
                    known.community = known.community.or(claim.community);
                    known.grids.extend(&claim.grids);
                    known.pieces.extend(&claim.pieces);
                }
            }
        }
        found
    }

    fn hold(&mut self, level: Level, place: usize, person: usize, is_kept: bool) {
        self.hold_part(level, place, person, is_kept, Vec::new());
    }

    fn hold_part(
        &mut self,
        level: Level,
        place: usize,
        person: usize,
        is_kept: bool,
        entrances: Vec<Entrance>,
    ) {
        let holders = self.held.entry((level, place)).or_default();
        match holders.iter_mut().find(|holder| holder.person == person) {
            None => holders.push(Holder {
                person,
                is_kept,
                entrances,
            }),
            Some(known) if entrances.is_empty() => known.entrances.clear(),
            Some(known) if !known.entrances.is_empty() => known.entrances.extend(entrances),
            Some(_) => {}
        }
    }

    fn is_held(&self, level: Level, place: usize) -> bool {
        self.held.contains_key(&(level, place))
    }

    /// The places that somebody has at a level.
    fn places(&self, level: Level, person: usize) -> Vec<usize> {
        let own = self.held.iter().filter(|((at, _), holders)| {
            *at == level && holders.iter().any(|holder| holder.person == person)
        });
        own.map(|((_, place), _)| *place).collect()
    }

    /// Takes over what people have already: by the roster, then by an earlier assignment.
    fn keep(&mut self, earlier: bool) {
        let has_roster = self.roster.posts.iter().any(|post| !post.is_earlier);
        let taken: BTreeSet<(Level, usize)> = self.held.keys().copied().collect();
        let mut kept = Vec::new();
        for (post, claim) in self.posts() {
            if post.is_earlier != earlier || claim.is_elsewhere {
                continue;
            }
            let person = self.roster.people.get(post.person);
            if has_roster && earlier && person.is_some_and(|person| person.is_earlier) {
                kept.push((None, post.person, Vec::new()));
                continue;
            }
            let places: Vec<usize> = match post.level {
                Level::Chief | Level::Committee => continue,
                Level::Area | Level::Worker | Level::Branch => claim.grids.clone(),
                Level::Assistant | Level::Group | Level::Member => claim.pieces.clone(),
            };
            // Who has moved on in the roster does not keep what an earlier sheet says.
            let has_own = earlier
                && self.posts().any(|(other, _)| {
                    other.person == post.person
                        && other.level == post.level
                        && !other.is_earlier
                        && !(other.grids.is_empty() && other.buildings.is_empty())
                });
            // An earlier sheet cannot make somebody what the roster says that they are no more.
            let is_no_more = has_roster
                && earlier
                && !self.posts().any(|(other, _)| {
                    other.person == post.person && other.level == post.level && !other.is_earlier
                });
            for place in places {
                if !(earlier && (has_own || is_no_more || taken.contains(&(post.level, place)))) {
                    let entrances = claim.entrances.get(&place).cloned().unwrap_or_default();
                    let entrances = if post.level < Level::Assistant {
                        Vec::new()
                    } else {
                        entrances
                    };
                    kept.push((Some((post.level, place)), post.person, entrances));
                }
            }
        }
        for (place, person, entrances) in kept {
            match place {
                Some((level, place)) => self.hold_part(level, place, person, true, entrances),
                None => _ = self.gone.insert(person),
            }
        }
    }

    /// Chiefs and committees: one community each, the one that is named, or whose grids are.
    fn chiefs(&mut self) {
        for level in [Level::Chief, Level::Committee] {
            for (person, claim) in self.people_at(level) {
                let of_grids = claim
                    .grids
                    .iter()
                    .filter_map(|at| self.ground.grids.get(*at));
                let communities: BTreeSet<usize> = match claim.community {
                    Some(community) => BTreeSet::from([community]),
                    None => of_grids.map(|grid| grid.community).collect(),
                };
                for community in communities {
                    self.hold(level, community, person, true);
                }
            }
        }
    }

    fn weight(&self, grid: usize) -> Weight {
        let load = self
            .ground
            .grids
            .get(grid)
            .map(|grid| grid.load)
            .unwrap_or_default();
        let more = u64::from(self.options.priority_weight.max(1) - 1);
        let work = load
            .households
            .saturating_add(load.priority.saturating_mul(more));
        [work, load.residents, load.priority]
    }

    fn community_of(&self, person: usize, claim: &Claim) -> Option<usize> {
        let person = self.roster.people.get(person);
        let own = person.and_then(|person| self.ground.community(&person.community));
        claim.community.or(own)
    }

    /// How many more grids somebody may get: who has one already only where a limit says so.
    fn room(&self, person: usize, has: usize) -> usize {
        let own = self
            .roster
            .people
            .get(person)
            .and_then(|person| person.limit);
        let limit = own.or(self.options.most_grids);
        let limit = limit.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
        match (has, limit) {
            (0, None) => usize::MAX,
            (_, None) => 0,
            (has, Some(limit)) => limit.saturating_sub(has),
        }
    }

    /// Whether a grid is in somebody's community and, where they serve certain buildings only, made of these.
    fn may_have(&self, person: usize, claim: &Claim, grid: usize) -> bool {
        let Some(grid) = self.ground.grids.get(grid) else {
            return false;
        };
        let community = self.community_of(person, claim);
        let is_only = self
            .roster
            .people
            .get(person)
            .is_some_and(|person| person.only);
        community.is_none_or(|community| community == grid.community)
            && (!is_only
                || !grid.pieces.is_empty()
                    && grid.pieces.iter().all(|piece| claim.pieces.contains(piece)))
    }

    /// Levels the places where nobody stands over those who have room.
    fn spread(&mut self, level: Level) {
        let mut takers = Vec::new();
        let mut people = Vec::new();
        for (person, claim) in self.people_at(level) {
            let own = self.places(level, person);
            let load = own
                .iter()
                .fold([0; 3], |sum, grid| plus(sum, self.weight(*grid)));
            let is_only = self
                .roster
                .people
                .get(person)
                .is_some_and(|person| person.only);
            let room = if own.is_empty() && claim.is_fixed && !is_only {
                0
            } else {
                self.room(person, own.len())
            };
            takers.push(Taker { load, room });
            people.push((person, claim));
        }
        let open = self.open(level);
        let things: Vec<Weight> = open.iter().map(|grid| self.weight(*grid)).collect();
        let fits = |taker: usize, thing: usize| {
            let (Some((person, claim)), Some(grid)) = (people.get(taker), open.get(thing)) else {
                return false;
            };
            self.may_have(*person, claim, *grid)
        };
        let given = level_out(&things, &takers, &fits);
        self.give(level, &open, &given, &people);
    }

    /// The grids where nobody stands at a level.
    fn open(&self, level: Level) -> Vec<usize> {
        (0..self.ground.grids.len())
            .filter(|grid| !self.is_held(level, *grid))
            .collect()
    }

    fn give(
        &mut self,
        level: Level,
        places: &[usize],
        given: &[Option<usize>],
        people: &[(usize, Claim)],
    ) {
        for (place, taker) in places.iter().zip(given) {
            if let Some((person, _)) = taker.and_then(|taker| people.get(taker)) {
                self.hold(level, *place, *person, false);
            }
        }
    }

    fn areas(&mut self) {
        let open = self.open(Level::Area);
        let people: Vec<_> = self
            .people_at(Level::Area)
            .into_iter()
            .filter(|(person, claim)| {
                self.places(Level::Area, *person).is_empty()
                    && !claim.is_fixed
                    && self.room(*person, 0) > 0
            })
            .collect();
        let people = self.by_community(people);
        let rooms: Vec<usize> = people
            .iter()
            .map(|(person, _)| self.room(*person, 0))
            .collect();
        let weights: Vec<u64> = open
            .iter()
            .map(|grid| self.weight(*grid)[0].max(1))
            .collect();
        let fits = |taker: usize, thing: usize| match (people.get(taker), open.get(thing)) {
            (Some((person, claim)), Some(grid)) => self.may_have(*person, claim, *grid),
            _ => false,
        };
        let given = stretches(&weights, &rooms, &fits);
        self.give(Level::Area, &open, &given, &people);
        // What is left goes to those whose limit leaves room.
        self.spread(Level::Area);
    }

    /// Stretches go to people in the order of the grids: those of the first community first.
    fn by_community(&self, mut people: Vec<(usize, Claim)>) -> Vec<(usize, Claim)> {
        people
            .sort_by_key(|(person, claim)| self.community_of(*person, claim).unwrap_or(usize::MAX));
        people
    }

    fn assistants(&mut self) {
        let people = self.people_at(Level::Assistant);
        // An assistant of grids: their buildings are divided among all who name the same.
        let mut by_grid: BTreeMap<usize, Vec<(usize, Claim)>> = BTreeMap::new();
        for (person, claim) in &people {
            if claim.pieces.is_empty() {
                for grid in &claim.grids {
                    by_grid
                        .entry(*grid)
                        .or_default()
                        .push((*person, claim.clone()));
                }
            }
        }
        for (grid, people) in by_grid {
            let pieces = self
                .ground
                .grids
                .get(grid)
                .map(|grid| grid.pieces.clone())
                .unwrap_or_default();
            self.share(&pieces, &people, true);
        }
        let free: Vec<_> = people
            .into_iter()
            .filter(|(person, claim)| {
                self.places(Level::Assistant, *person).is_empty()
                    && !claim.is_fixed
                    && !self
                        .roster
                        .people
                        .get(*person)
                        .is_some_and(|person| person.only)
            })
            .collect();
        let all: Vec<usize> = (0..self.ground.pieces.len()).collect();
        let free = self.by_community(free);
        self.share(&all, &free, false);
    }

    /// Divides those of some pieces that nobody has.
    fn share(&mut self, pieces: &[usize], people: &[(usize, Claim)], is_kept: bool) {
        let open: Vec<usize> = pieces
            .iter()
            .copied()
            .filter(|piece| !self.is_held(Level::Assistant, *piece))
            .collect();
        let weights: Vec<u64> = open
            .iter()
            .map(|piece| {
                self.ground
                    .pieces
                    .get(*piece)
                    .map_or(1, |piece| piece.load.households.max(1))
            })
            .collect();
        let rooms = vec![usize::MAX; people.len()];
        let fits = |taker: usize, thing: usize| {
            let piece = open
                .get(thing)
                .and_then(|piece| self.ground.pieces.get(*piece));
            match (people.get(taker), piece) {
                (Some((person, claim)), Some(piece)) => self
                    .community_of(*person, claim)
                    .is_none_or(|community| community == piece.community),
                _ => false,
            }
        };
        let given = stretches(&weights, &rooms, &fits);
        for (piece, taker) in open.iter().zip(given) {
            if let Some((person, _)) = taker.and_then(|taker| people.get(taker)) {
                self.hold(Level::Assistant, *piece, *person, is_kept);
            }
        }
    }

    /// Posts of the party chain that name no place are those of the place where their holder works.
    fn party(&mut self) {
        for (person, claim) in self.people_at(Level::Branch) {
            if claim.grids.is_empty() && self.places(Level::Branch, person).is_empty() {
                let mut grids = self.places(Level::Worker, person);
                if grids.is_empty() {
                    grids = self.places(Level::Area, person);
                }
                for grid in grids {
                    self.hold(Level::Branch, grid, person, true);
                }
            }
        }
        for level in [Level::Group, Level::Member] {
            for (person, claim) in self.people_at(level) {
                if !claim.pieces.is_empty() {
                    continue;
                }
                let of_grids = claim
                    .grids
                    .iter()
                    .filter_map(|grid| self.ground.grids.get(*grid));
                let mut pieces: Vec<usize> = of_grids
                    .flat_map(|grid| grid.pieces.iter().copied())
                    .collect();
                if pieces.is_empty() && !claim.is_fixed {
                    pieces = self.places(Level::Assistant, person);
                }
                for piece in pieces {
                    self.hold(level, piece, person, true);
                }
            }
        }
    }
}
