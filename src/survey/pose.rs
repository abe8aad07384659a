//! A community made into a problem of blocks: which buildings are split, what touches what, which grid each was in.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::residents;
use super::listing::{Building, Community, Count, Ground, Seat, Spot};
use super::split::{self, Piece};
use crate::partition::{Block, Limits, Point, Problem, Standard, geometry};

/// One block of a problem, by its name and its place in the community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// `3栋`, `3栋2单元`, `3栋2单元1–8层`.
    pub name: String,
    /// The building, by place in the community.
    pub building: usize,
    /// The entrance, where the block is one or a part of one.
    pub entrance: Option<usize>,
    /// The lowest and the highest floor, where the block is a run of floors.
    pub floors: Option<(i16, i16)>,
    /// Who lives there.
    pub count: Count,
}

/// A problem, and what its blocks are.
#[derive(Clone, Debug)]
pub struct Posed {
    /// The problem.
    pub problem: Problem,
    /// Its blocks.
    pub parts: Vec<Part>,
    /// Pairs of blocks that were joined because a part of the community would stand alone otherwise.
    pub joined: Vec<(usize, usize)>,
    /// How many pairs a barrier cut.
    pub cut: usize,
    /// Blocks that touch no other.
    pub alone: Vec<usize>,
    /// The limits, without those that nothing is known for.
    pub standard: Standard,
    by_building: Vec<Vec<usize>>,
}

impl Posed {
    /// The block of a seat.
    #[must_use]
    pub fn block_of(&self, seat: Seat) -> Option<usize> {
        let blocks = self.by_building.get(seat.building)?;
        let fits = |block: &&usize| {
            self.parts.get(**block).is_some_and(|part| {
                let entrance = part
                    .entrance
                    .is_none_or(|entrance| entrance == seat.entrance);
                let floor = match (part.floors, seat.floor) {
                    (None, _) => true,
                    (Some((from, to)), Some(floor)) => (from..=to).contains(&floor),
                    // Who does not say the floor is counted with the lowest.
                    (Some(_), None) => self.is_lowest(**block),
                };
                entrance && floor
            })
        };
        blocks.iter().find(fits).copied()
    }

    fn is_lowest(&self, block: usize) -> bool {
        let Some(part) = self.parts.get(block) else {
            return false;
        };
        let before = block
            .checked_sub(1)
            .and_then(|before| self.parts.get(before));
        before.is_none_or(|before| {
            (before.building, before.entrance) != (part.building, part.entrance)
        })
    }
}

/// The limits of a community: its own or the general ones, without residents where nothing is known of them.
pub(super) fn standard_of(community: &Community, general: Standard) -> Standard {
    let standard = community.standard.unwrap_or(general);
    let count = community.count();
    if count.unknown == count.households {
        return Standard {
            residents: Limits::NONE,
            ..standard
        };
    }
    standard
}

/// Makes the problem, with some buildings split.
pub(super) fn pose(community: &Community, general: Standard, split: &BTreeSet<usize>) -> Posed {
    let standard = standard_of(community, general);
    let whole = community.count();
    let (mut parts, mut blocks) = (Vec::new(), Vec::new());
    let mut by_building = vec![Vec::new(); community.buildings.len()];
    for at in in_order(community) {
        let Some(building) = community.buildings.get(at) else {
            continue;
        };
        let pieces = if split.contains(&at) || building.is_in_parts {
            split::pieces(building, standard, whole)
        } else {
            vec![split::whole(building)]
        };
        for Piece {
            name,
            entrance,
            floors,
            count,
            at: place,
        } in pieces
        {
            if let Some(list) = by_building.get_mut(at) {
                list.push(parts.len());
            }
            blocks.push(Block {
                households: count.households,
                residents: residents(count, whole),
                work: count.work,
                building: u32::try_from(at).unwrap_or(u32::MAX),
                at: place,
            });
            parts.push(Part {
                name,
                building: at,
                entrance,
                floors,
                count,
            });
        }
    }
    let mut posed = Posed {
        problem: Problem {
            blocks,
            ..Problem::default()
        },
        parts,
        joined: Vec::new(),
        cut: 0,
        alone: Vec::new(),
        standard,
        by_building,
    };
    link(&mut posed, community);
    wishes(&mut posed, community);
    before(&mut posed, community);
    posed
}

/// Buildings in the order in which they are to be numbered.
fn in_order(community: &Community) -> Vec<usize> {
    let mut order: Vec<usize> = (0..community.buildings.len()).collect();
    if community.ground == Ground::Order {
        // A building without a place of its own comes behind the one before it by name.
        let mut last = i64::MIN;
        let places: Vec<i64> = community
            .buildings
            .iter()
            .map(|building| {
                last = building.order.unwrap_or(last);
                last
            })
            .collect();
        order.sort_by_key(|at| (places.get(*at).copied(), *at));
    }
    order
}

fn link(posed: &mut Posed, community: &Community) {
    let count = posed.parts.len();
    // The solver refuses so many; finding out what touches would take hours.
    if count > Problem::MOST_BLOCKS {
        return;
    }
    let mut links = BTreeSet::new();
    match community.ground {
        Ground::Names | Ground::Order => {
            posed.problem.is_chain = true;
            posed.problem.links = (1..count).map(|block| (block - 1, block)).collect();
            return;
        }
        Ground::Positions => {
            let points: Vec<Point> = community
                .buildings
                .iter()
                .map(|building| building.at.unwrap_or_default())
                .collect();
            let found = geometry::links(&points, &community.barriers);
            posed.cut = found.cut.len();
            for (a, b) in &found.pairs {
                let pair = posed.nearest(whole(*a), whole(*b));
                links.extend(pair);
                if found.joined.contains(&(*a, *b)) {
                    posed.joined.extend(pair);
                }
            }
            posed.chains(&BTreeSet::new(), &mut links);
        }
        Ground::Pairs => {
            let mut told = BTreeSet::new();
            for (a, b) in &community.pairs {
                if a.building == b.building {
                    told.insert(a.building);
                }
                links.extend(posed.nearest(*a, *b));
            }
            posed.chains(&told, &mut links);
        }
    }
    let touching: BTreeSet<usize> = links.iter().flat_map(|(a, b)| [*a, *b]).collect();
    if count > 1 {
        posed.alone = (0..count)
            .filter(|block| !touching.contains(block))
            .collect();
    }
    posed.problem.links = links.into_iter().collect();
}

fn whole(building: usize) -> Spot {
    Spot {
        building,
        entrance: None,
    }
}

impl Posed {
    /// The blocks at the foot of a building's staircases; of one entrance only where that is meant.
    fn feet(&self, spot: Spot) -> Vec<usize> {
        let blocks = self
            .by_building
            .get(spot.building)
            .into_iter()
            .flatten()
            .copied();
        let feet = blocks.filter(|block| self.is_lowest(*block));
        let is_meant = |block: &usize| {
            let entrance = self.parts.get(*block).and_then(|part| part.entrance);
            spot.entrance.is_none() || entrance.is_none() || entrance == spot.entrance
        };
        feet.filter(is_meant).collect()
    }

    /// The two blocks of two buildings that are nearest each other; without positions the last of the one and the
    /// first of the other.
    fn nearest(&self, a: Spot, b: Spot) -> Option<(usize, usize)> {
        let (a, b) = (a.min(b), a.max(b));
        let at = |block: usize| self.problem.blocks.get(block).and_then(|block| block.at);
        let (from, to) = (self.feet(a), self.feet(b));
        let mut best: Option<(i128, usize, usize)> = None;
        for here in &from {
            for there in &to {
                if let Some((here_at, there_at)) = at(*here).zip(at(*there)) {
                    let way = (squared(here_at, there_at), *here, *there);
                    if best.is_none_or(|known| way < known) {
                        best = Some(way);
                    }
                }
            }
        }
        let pair = match best {
            Some((_, here, there)) => (here, there),
            None => (*from.last()?, *to.first()?),
        };
        (pair.0 != pair.1).then_some((pair.0.min(pair.1), pair.0.max(pair.1)))
    }

    /// The blocks of one building touch in a row; but for those buildings of which somebody told how they do.
    fn chains(&self, told: &BTreeSet<usize>, links: &mut BTreeSet<(usize, usize)>) {
        for (building, blocks) in self.by_building.iter().enumerate() {
            let feet = self.feet(whole(building));
            if !told.contains(&building) {
                links.extend(feet.iter().zip(feet.iter().skip(1)).map(|(a, b)| (*a, *b)));
            }
            let above = |(a, b): (&usize, &usize)| (!self.is_lowest(*b)).then_some((*a, *b));
            links.extend(blocks.iter().zip(blocks.iter().skip(1)).filter_map(above));
        }
    }
}

fn squared(a: Point, b: Point) -> i128 {
    let (x, y) = (
        i128::from(a.x) - i128::from(b.x),
        i128::from(a.y) - i128::from(b.y),
    );
    x * x + y * y
}

/// Who must be together and who apart: of a building that is split, together are its nearest blocks, apart are all.
fn wishes(posed: &mut Posed, community: &Community) {
    let together: BTreeSet<_> = community
        .together
        .iter()
        .filter_map(|(a, b)| posed.nearest(*a, *b))
        .collect();
    let mut apart = BTreeSet::new();
    let of = |spot: &Spot| -> Vec<usize> {
        let blocks = posed.by_building.get(spot.building).into_iter().flatten();
        let is_meant = |block: &&usize| {
            let own = posed.parts.get(**block).and_then(|part| part.entrance);
            spot.entrance.is_none() || own.is_none() || own == spot.entrance
        };
        blocks.filter(is_meant).copied().collect()
    };
    for (a, b) in &community.apart {
        for here in of(a) {
            let others = of(b).into_iter().filter(|there| *there != here);
            apart.extend(others.map(|there| (here.min(there), here.max(there))));
        }
    }
    posed.problem.together = together.into_iter().collect();
    posed.problem.apart = apart.into_iter().collect();
}

/// The previous grid of each block: the one that most of its households were in.
fn before(posed: &mut Posed, community: &Community) {
    let Some(before) = &community.before else {
        return;
    };
    let mut of_building: BTreeMap<usize, Vec<_>> = BTreeMap::new();
    for member in &before.members {
        of_building
            .entry(member.0.building)
            .or_default()
            .push(member);
    }
    let grid_of = |part: &Part| {
        let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
        for (spot, floor, grid, count) in of_building.get(&part.building).into_iter().flatten() {
            let entrance = part.entrance.is_none()
                || spot.entrance.is_none()
                || part.entrance == spot.entrance;
            let floor = match (part.floors, floor) {
                (Some((from, to)), Some(floor)) => (from..=to).contains(floor),
                _ => true,
            };
            if entrance && floor {
                *counts.entry(*grid).or_default() += u64::from(*count);
            }
        }
        let most = counts
            .iter()
            .max_by_key(|(grid, count)| (**count, std::cmp::Reverse(**grid)));
        most.map(|(grid, _)| *grid)
    };
    let previous: Vec<Option<u32>> = posed.parts.iter().map(grid_of).collect();
    let lives = |grid: &u32| previous.contains(&Some(*grid));
    posed.problem.locked = before
        .locked
        .iter()
        .filter(|grid| lives(grid))
        .copied()
        .collect();
    posed.problem.own = before
        .own
        .iter()
        .filter(|(grid, _)| lives(grid))
        .copied()
        .collect();
    if previous.iter().any(Option::is_some) {
        posed.problem.previous = previous;
    }
}

/// Whether a building is above a limit by itself.
pub(super) fn is_too_big(building: &Building, standard: Standard, whole: Count) -> bool {
    let count = building.count();
    count.households > standard.households.max || residents(count, whole) > standard.residents.max
}
