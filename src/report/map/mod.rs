//! The map of a division: every building where it stands, in the colour of its grid, and what is out of bounds marked.

mod colour;
mod draw;
mod html;
mod layout;
mod legend;
mod people;
mod svg;
mod words;

use std::collections::BTreeMap;

use self::colour::{Look, colouring};
use self::layout::{Layout, Seat, lay_out};
use self::people::People;
use super::division;
use crate::lang::Text;
use crate::partition::{Point, Problem, geometry};
use crate::staff::Assignment;
use crate::survey::{Community, Division, Survey};

pub use html::html;
pub use svg::svg;

/// Who answers for the grids, for what is told of a building.
#[derive(Clone, Copy, Debug)]
pub struct Staff<'s> {
    /// Everybody in their places, for grids called as in the division.
    pub assignment: &'s Assignment,
    /// People may be named; else it is only said how many there are.
    pub show_values: bool,
}

/// A map: one picture for each community, in the order of the list.
///
/// It is made once and then drawn in one form or in several: [`svg()`] in one language, [`html()`] in both.
#[derive(Clone, Debug)]
pub struct Map {
    panels: Vec<Panel>,
    has_people: bool,
}

/// One community.
#[derive(Clone, Debug)]
struct Panel {
    name: String,
    /// The community and how much of it there is.
    title: Text,
    /// What came out, and what else is worth knowing.
    said: Vec<Text>,
    layout: Layout,
    marks: Vec<Mark>,
    grids: Vec<Grid>,
    /// Neighbours that are in one grid: the grid, and two places in `marks`.
    ways: Vec<(usize, usize, usize)>,
    /// Buildings of which the parts are marks of their own: the name, and the places in `marks`.
    split: Vec<(String, Vec<usize>)>,
    barriers: Vec<(Point, Point)>,
}

/// One block.
#[derive(Clone, Debug)]
struct Mark {
    /// What stands beneath it.
    label: String,
    /// By place in [`Panel::grids`].
    grid: Option<usize>,
    /// What is told of it where somebody points at it, line by line.
    told: Vec<Text>,
    /// Above a limit by itself, and without parts that are known.
    is_too_big: bool,
    /// The sign of a grid that is out of bounds stands here.
    has_sign: bool,
}

/// One grid.
#[derive(Clone, Debug)]
struct Grid {
    name: String,
    /// The name as it has room in a mark.
    short: String,
    look: Look,
    households: u64,
    residents: u64,
    /// The names of its blocks.
    blocks: Vec<String>,
    /// By how much it misses its limits; `None` where it keeps to them.
    missed: Option<Text>,
    is_locked: bool,
    /// Who answers for it, level by level; empty where nobody was asked for.
    people: Vec<Text>,
    /// The fixed responsible person, for the table.
    worker: Option<Text>,
}

/// Makes the map of a survey that was divided. `divisions` are those of its communities, in their order.
///
/// Colours follow what touches, as the division has it, and what stands side by side in the picture.
#[must_use]
pub fn map(survey: &Survey, divisions: &[Division], staff: Option<Staff<'_>>) -> Map {
    let people = staff.map(|staff| People::new(staff.assignment, staff.show_values));
    let panels = survey.communities.iter().zip(divisions);
    let panels = panels.map(|(community, division)| panel(community, division, people.as_ref()));
    Map {
        panels: panels.collect(),
        has_people: people.is_some(),
    }
}

fn panel(community: &Community, division: &Division, people: Option<&People<'_>>) -> Panel {
    let problem = &division.posed.problem;
    let is_drawn = problem.blocks.len() <= Problem::MOST_BLOCKS;
    let seats = if is_drawn {
        seats(community, division)
    } else {
        Vec::new()
    };
    let layout = lay_out(&seats);
    let of_blocks = division.grids();
    let grids = grids(division, &layout, &of_blocks, people);
    let mut said: Vec<Text> = said(division);
    said.extend(words::of_layout(
        &layout,
        seats.iter().filter(|seat| seat.is_beside).count(),
    ));
    let ways = ways(problem, &of_blocks, &layout, &seats);
    Panel {
        name: division.community.clone(),
        title: Text::of(|lang| division::title(division, lang)),
        said,
        marks: if is_drawn {
            marks(community, division, &grids, &of_blocks, people)
        } else {
            Vec::new()
        },
        split: split(community, division, seats.len()),
        layout,
        grids,
        ways,
        barriers: community.barriers.clone(),
    }
}

/// Both languages tell the same, sentence by sentence.
fn said(division: &Division) -> Vec<Text> {
    use crate::lang::Lang::{En, Zh};
    let (zh, en) = (
        division::outcome(division, Zh),
        division::outcome(division, En),
    );
    let both = zh.into_iter().zip(en);
    both.map(|((_, zh), (_, en))| Text::new(zh, en)).collect()
}

fn seats(community: &Community, division: &Division) -> Vec<Seat> {
    let blocks = division.posed.problem.blocks.iter();
    let parts = blocks.zip(&division.posed.parts);
    parts
        .map(|(block, part)| Seat {
            at: block.at,
            is_beside: community
                .buildings
                .get(part.building)
                .is_some_and(|building| building.is_beside),
            households: block.households,
        })
        .collect()
}

fn grids(
    division: &Division,
    layout: &Layout,
    of_blocks: &[Option<usize>],
    people: Option<&People<'_>>,
) -> Vec<Grid> {
    let facts = division.facts();
    let names: Vec<&str> = facts.iter().map(|facts| facts.name.as_str()).collect();
    let short = legend::short(&names);
    let looks = colouring(
        facts.len(),
        &touching(&division.posed.problem, layout, of_blocks),
    );
    let all = facts.iter().zip(short).zip(looks);
    all.map(|((facts, short), look)| {
        let posts = people.map(|people| people.of_grid(&division.community, &facts.name));
        let (people, worker) = posts.map_or((Vec::new(), None), |posts| {
            (posts.lines, Some(posts.worker))
        });
        let parts = facts.blocks.iter();
        let parts = parts.filter_map(|block| division.posed.parts.get(*block));
        Grid {
            name: facts.name.clone(),
            short,
            look,
            households: facts.households,
            residents: facts.residents,
            blocks: parts.map(|part| part.name.clone()).collect(),
            missed: words::missed(facts),
            is_locked: facts.is_locked,
            people,
            worker,
        }
    })
    .collect()
}

/// Pairs of grids that touch: on the ground, and in the picture.
fn touching(
    problem: &Problem,
    layout: &Layout,
    of_blocks: &[Option<usize>],
) -> Vec<(usize, usize)> {
    let tenths = |length: f64| words::tenths(length);
    let points: Vec<Point> = layout
        .spots
        .iter()
        .map(|spot| Point {
            x: tenths(spot.x),
            y: tenths(spot.y),
        })
        .collect();
    let side_by_side = geometry::links(&points, &[]).pairs;
    let pairs = problem.links.iter().copied().chain(side_by_side);
    let grid = |block: usize| of_blocks.get(block).copied().flatten();
    let mut pairs: Vec<(usize, usize)> = pairs
        .filter_map(|(a, b)| grid(a).zip(grid(b)))
        .filter(|(a, b)| a != b)
        .map(|(a, b)| (a.min(b), a.max(b)))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Lines along which a grid hangs together. Only neighbours are joined, so that no line claims what lies between others.
fn ways(
    problem: &Problem,
    of_blocks: &[Option<usize>],
    layout: &Layout,
    seats: &[Seat],
) -> Vec<(usize, usize, usize)> {
    let grid = |block: usize| of_blocks.get(block).copied().flatten();
    // In the order of the list only those are neighbours in the picture that follow one another.
    let is_placed = |at: usize| seats.get(at).is_some_and(|seat| !seat.is_beside);
    let is_seen = |(a, b): &(usize, usize)| {
        (layout.ground.is_some() || a.abs_diff(*b) == 1) && is_placed(*a) && is_placed(*b)
    };
    let mut ways: Vec<_> = problem
        .links
        .iter()
        .copied()
        .filter(is_seen)
        .filter_map(|(a, b)| {
            let (from, to) = grid(a).zip(grid(b))?;
            (from == to).then_some((from, a, b))
        })
        .collect();
    ways.sort_unstable();
    ways
}

/// Buildings in several marks, in the order of their first.
fn split(community: &Community, division: &Division, count: usize) -> Vec<(String, Vec<usize>)> {
    let mut of_building: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, part) in division.posed.parts.iter().take(count).enumerate() {
        of_building.entry(part.building).or_default().push(at);
    }
    let split = of_building.into_iter().filter(|(_, parts)| parts.len() > 1);
    let name = |at: usize| Some(community.buildings.get(at)?.name.clone());
    split
        .filter_map(|(building, parts)| Some((name(building)?, parts)))
        .collect()
}

fn marks(
    community: &Community,
    division: &Division,
    grids: &[Grid],
    of_blocks: &[Option<usize>],
    people: Option<&People<'_>>,
) -> Vec<Mark> {
    let facts = division.facts();
    let has_positions = division
        .posed
        .problem
        .blocks
        .iter()
        .any(|block| block.at.is_some());
    let signs: Vec<Option<usize>> = facts
        .iter()
        .map(|facts| facts.middle.or_else(|| facts.blocks.first().copied()))
        .collect();
    let blocks = division.posed.parts.iter().zip(of_blocks).enumerate();
    blocks
        .map(|(at, (part, grid))| {
            let about = grid.and_then(|grid| grids.get(grid));
            let building = community.buildings.get(part.building);
            let name = building.map_or("", |building| building.name.as_str());
            let is_too_big = division
                .unsplittable
                .iter()
                .any(|building| building == name);
            let block = division.posed.problem.blocks.get(at);
            let mut told = vec![words::of_block(part, block, is_too_big)];
            told.extend(about.map(words::of_grid));
            if about.is_none() {
                told.push(words::NO_GRID);
            }
            told.extend(about.iter().flat_map(|grid| grid.people.iter().cloned()));
            told.extend(people.and_then(|people| people.of_piece(&division.community, &part.name)));
            let is_sign = grid.and_then(|grid| signs.get(grid).copied()).flatten() == Some(at);
            // Of a part only what it is called within its building: the building's own name stands above all of them.
            let own = part.name.strip_prefix(name).filter(|own| !own.is_empty());
            let label = own
                .filter(|_| has_positions)
                .unwrap_or(&part.name)
                .to_owned();
            Mark {
                label,
                grid: *grid,
                told,
                is_too_big,
                has_sign: is_sign && about.is_some_and(|grid| grid.missed.is_some()),
            }
        })
        .collect()
}
