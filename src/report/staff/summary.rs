//! What is said of an assignment: how many people at which level, how the load is spread, what is missing; without a name.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Found, Personal, Someone, VERSION};
use crate::lang::{Lang, Text};
use crate::report::text::grouped;
use crate::staff::{Assignment, Level, RosterAccount};

/// The lines of the account.
#[must_use]
pub fn lines(assignment: &Assignment, lang: Lang) -> Vec<String> {
    let ground = &assignment.ground;
    let load = ground.load();
    let mut lines = vec![match lang {
        Lang::Zh => format!(
            "{} 个网格，{} 户，{} 人，重点户 {} 户；人员 {} 名",
            ground.grids.len(),
            grouped(load.households),
            grouped(load.residents),
            grouped(load.priority),
            assignment.roster.people().len()
        ),
        Lang::En => format!(
            "{}, {}, {}, {}; {}",
            some(ground.grids.len() as u64, "grid", "grids"),
            some(load.households, "household", "households"),
            some(load.residents, "resident", "residents"),
            some(load.priority, "priority household", "priority households"),
            some(assignment.roster.people().len() as u64, "person", "people"),
        ),
    }];
    for level in Level::ALL {
        let people = loads(assignment, level);
        let title = assignment.roles.title(level);
        let title = title.get(lang);
        if people.is_empty() {
            continue;
        }
        let kept = people.values().map(|(_, kept, _)| kept).sum::<usize>();
        let given = people.values().map(|(_, _, given)| given).sum::<usize>();
        let (least, most) = people
            .values()
            .fold((u64::MAX, 0), |(least, most), (load, ..)| {
                (least.min(*load), most.max(*load))
            });
        let count = people.len();
        let (zh, en) = unit(level);
        let range = if least == most {
            grouped(most)
        } else {
            format!("{}–{}", grouped(least), grouped(most))
        };
        let each = match (lang, most) {
            (_, 0) => String::new(),
            (Lang::Zh, _) => format!("；每人 {range} 户"),
            (Lang::En, 1) => format!("; {range} household each"),
            (Lang::En, _) => format!("; {range} households each"),
        };
        lines.push(match lang {
            Lang::Zh => format!("{title}：{count} 人，{zh}沿用 {kept}、新分 {given}{each}"),
            Lang::En => {
                let people = some(count as u64, "person", "people");
                format!("{title}: {people}; {en}: {kept} kept, {given} given{each}")
            }
        });
    }
    lines
}

/// `1 grid`, `2 grids`.
pub(super) fn some(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

fn unit(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Chief | Level::Committee => ("社区", "communities"),
        Level::Area | Level::Worker | Level::Branch => ("网格", "grids"),
        Level::Assistant | Level::Group | Level::Member => ("楼栋", "buildings"),
    }
}

/// For each person at a level: households, places kept, places given.
fn loads(assignment: &Assignment, level: Level) -> BTreeMap<usize, (u64, usize, usize)> {
    let ground = &assignment.ground;
    let places = match level {
        Level::Chief | Level::Committee => ground.communities.len(),
        Level::Area | Level::Worker | Level::Branch => ground.grids.len(),
        Level::Assistant | Level::Group | Level::Member => ground.pieces.len(),
    };
    let mut people: BTreeMap<usize, (u64, usize, usize)> = BTreeMap::new();
    for place in 0..places {
        let load = match level {
            Level::Chief | Level::Committee => ground
                .grids
                .iter()
                .filter(|grid| grid.community == place)
                .map(|grid| grid.load.households)
                .sum(),
            Level::Area | Level::Worker | Level::Branch => ground
                .grids
                .get(place)
                .map_or(0, |grid| grid.load.households),
            Level::Assistant | Level::Group | Level::Member => ground
                .pieces
                .get(place)
                .map_or(0, |piece| piece.load.households),
        };
        for holder in assignment.holders(level, place) {
            let (households, kept, given) = people.entry(holder.person).or_default();
            *households += load;
            *if holder.is_kept { kept } else { given } += 1;
        }
    }
    people
}

/// The account of the roster's rows.
#[must_use]
pub fn account(account: &RosterAccount) -> Text {
    let RosterAccount {
        rows,
        accepted,
        with_errors,
        skipped,
    } = *account;
    Text::new(
        format!("人员表读入 {rows} 行 = 无错 {accepted} + 有错 {with_errors} + 跳过 {skipped}"),
        format!(
            "roster: {rows} rows read = {accepted} accepted + {with_errors} with errors + {skipped} skipped"
        ),
    )
}

/// An assignment as JSON.
#[derive(Clone, Debug, Serialize)]
pub struct Json {
    version: u32,
    communities: Vec<JsonCommunity>,
    grids: Vec<JsonGrid>,
    findings: Vec<Found>,
}

#[derive(Clone, Debug, Serialize)]
struct JsonCommunity {
    name: String,
    staff: Vec<Someone>,
}

#[derive(Clone, Debug, Serialize)]
struct JsonGrid {
    community: String,
    name: String,
    households: u64,
    residents: u64,
    priority: u64,
    staff: Vec<Someone>,
    blocks: Vec<JsonBlock>,
}

#[derive(Clone, Debug, Serialize)]
struct JsonBlock {
    name: String,
    households: u64,
    staff: Vec<Someone>,
}

/// Everything, for a program; without names unless `show` says so.
#[must_use]
pub fn json(assignment: &Assignment, show: Personal) -> Json {
    let ground = &assignment.ground;
    let people = |levels: &[Level], place: usize| -> Vec<Someone> {
        let all = levels.iter().flat_map(|level| {
            assignment
                .holders(*level, place)
                .iter()
                .map(move |holder| (*level, holder))
        });
        all.filter_map(|(level, holder)| Someone::of(assignment, level, holder, show))
            .collect()
    };
    Json {
        version: VERSION,
        communities: ground
            .communities
            .iter()
            .enumerate()
            .map(|(at, name)| JsonCommunity {
                name: name.clone(),
                staff: people(&[Level::Chief, Level::Committee], at),
            })
            .collect(),
        grids: ground
            .grids
            .iter()
            .enumerate()
            .map(|(at, grid)| JsonGrid {
                community: ground
                    .communities
                    .get(grid.community)
                    .cloned()
                    .unwrap_or_default(),
                name: grid.name.clone(),
                households: grid.load.households,
                residents: grid.load.residents,
                priority: grid.load.priority,
                staff: people(&[Level::Area, Level::Worker, Level::Branch], at),
                blocks: grid
                    .pieces
                    .iter()
                    .filter_map(|at| Some((*at, ground.pieces.get(*at)?)))
                    .map(|(at, piece)| JsonBlock {
                        name: piece.name.clone(),
                        households: piece.load.households,
                        staff: people(&[Level::Assistant, Level::Group, Level::Member], at),
                    })
                    .collect(),
            })
            .collect(),
        findings: assignment.findings.iter().map(Found::of).collect(),
    }
}
