//! The sheet of an assignment: a row for each grid, and one for each building.

use crate::lang::Lang;
use crate::staff::{Assignment, Holder, Level};

/// The columns of people: grid staff from the community down, then the party.
const LEVELS: [Level; 8] = Level::ALL;

/// Which levels have a column: those of the grid staff always, those of the party where anybody stands there.
fn levels(assignment: &Assignment) -> Vec<Level> {
    let is_used = |level: &Level| {
        *level <= Level::Assistant
            || (0..assignment.ground.grids.len()).any(|grid| {
                !assignment.at(*level, grid, None).is_empty()
                    || !pieces(assignment, grid, *level).is_empty()
            })
    };
    LEVELS.into_iter().filter(is_used).collect()
}

/// The people at a level of a grid's pieces, each with the places.
fn pieces(assignment: &Assignment, grid: usize, level: Level) -> Vec<(usize, Vec<String>)> {
    let mut found: Vec<(usize, Vec<String>)> = Vec::new();
    if !is_of_pieces(level) {
        return found;
    }
    let own = assignment
        .ground
        .grids
        .get(grid)
        .map_or(&[][..], |grid| &grid.pieces);
    for at in own {
        let name = assignment
            .ground
            .pieces
            .get(*at)
            .map_or("", |piece| piece.name.as_str());
        for holder in assignment.holders(level, *at) {
            let mut names: Vec<String> = holder
                .entrances
                .iter()
                .map(|entrance| format!("{name}{entrance}"))
                .collect();
            if names.is_empty() {
                names.push(name.to_owned());
            }
            match found
                .iter_mut()
                .find(|(person, _)| *person == holder.person)
            {
                Some((_, known)) => known.extend(names),
                None => found.push((holder.person, names)),
            }
        }
    }
    found
}

const fn is_of_pieces(level: Level) -> bool {
    matches!(level, Level::Assistant | Level::Group | Level::Member)
}

fn names(assignment: &Assignment, holders: &[Holder], phones: bool) -> String {
    let people = holders
        .iter()
        .filter_map(|holder| assignment.person(holder.person));
    let words: Vec<&str> = if phones {
        people
            .map(|person| person.phone().unwrap_or_default())
            .collect()
    } else {
        people.map(crate::staff::Person::name).collect()
    };
    words.join("、")
}

/// The headers of the sheet of grids, or of buildings. With `phones`, a column of telephone numbers stands behind each level.
#[must_use]
pub fn header(assignment: &Assignment, by_building: bool, phones: bool, lang: Lang) -> Vec<String> {
    let first = lang.pick(
        ["社区", "网格", "楼栋", "户数", "人数", "重点户数"],
        [
            "community",
            "grid",
            if by_building { "building" } else { "blocks" },
            "households",
            "residents",
            "priority households",
        ],
    );
    let mut header: Vec<String> = first.map(str::to_owned).to_vec();
    for level in levels(assignment) {
        let title = assignment.roles.title(level);
        header.push(title.get(lang).to_owned());
        if phones && (by_building || !is_of_pieces(level)) {
            header.push(format!(
                "{}{}",
                title.get(lang),
                lang.pick("电话", " phone")
            ));
        }
    }
    header
}

/// The rows: one for each grid, or one for each building (or part of one) of each grid.
///
/// Names of staff are in them: that is what the sheet is for. Telephone numbers only with `phones`.
#[must_use]
pub fn rows(
    assignment: &Assignment,
    by_building: bool,
    phones: bool,
    lang: Lang,
) -> Vec<Vec<String>> {
    let levels = levels(assignment);
    let ground = &assignment.ground;
    let mut rows = Vec::new();
    for (at, grid) in ground.grids.iter().enumerate() {
        let community = ground
            .communities
            .get(grid.community)
            .cloned()
            .unwrap_or_default();
        let mut add = |piece: Option<usize>| {
            let (blocks, load) = if let Some(piece) = piece.and_then(|at| ground.pieces.get(at)) {
                (piece.name.clone(), piece.load)
            } else {
                let own = grid.pieces.iter().filter_map(|at| ground.pieces.get(*at));
                let names: Vec<&str> = own.map(|piece| piece.name.as_str()).collect();
                (names.join(lang.pick("、", ", ")), grid.load)
            };
            let is_known = piece.is_none() || load.households > 0;
            let count = |number: u64| {
                if is_known {
                    number.to_string()
                } else {
                    String::new()
                }
            };
            let mut row = vec![
                community.clone(),
                grid.name.clone(),
                blocks,
                count(load.households),
                count(load.residents),
                count(load.priority),
            ];
            for level in &levels {
                if piece.is_none() && is_of_pieces(*level) {
                    let people = pieces(assignment, at, *level).into_iter();
                    let words: Vec<String> = people
                        .filter_map(|(person, places)| {
                            let name = assignment.person(person)?.name();
                            Some(format!("{name}（{}）", places.join("、")))
                        })
                        .collect();
                    row.push(words.join("；"));
                    continue;
                }
                let holders = assignment.at(*level, at, piece);
                row.push(names_with_entrances(assignment, &holders));
                if phones {
                    row.push(names(assignment, &holders, true));
                }
            }
            rows.push(row);
        };
        if by_building {
            grid.pieces.iter().for_each(|piece| add(Some(*piece)));
        } else {
            add(None);
        }
    }
    rows
}

/// `甲、乙`, and `甲（2单元）` where somebody has a part of the building only.
fn names_with_entrances(assignment: &Assignment, holders: &[Holder]) -> String {
    let words: Vec<String> = holders
        .iter()
        .filter_map(|holder| {
            let name = assignment.person(holder.person)?.name();
            let entrances: Vec<String> = holder.entrances.iter().map(ToString::to_string).collect();
            Some(if entrances.is_empty() {
                name.to_owned()
            } else {
                format!("{name}（{}）", entrances.join("、"))
            })
        })
        .collect();
    words.join("、")
}
