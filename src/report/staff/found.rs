//! What was found for an address: the grid and the chain of people, nearest first.

use serde::Serialize;

use super::summary::some;
use super::{Personal, Someone, VERSION};
use crate::lang::{Lang, Text};
use crate::report::text::{Paint, Style, grouped};
use crate::staff::{Answer, Asked, Assignment, Candidate, Hit};

/// An answer as text. Names of staff are in it: that is what was asked. Telephone numbers only where `show` says so.
#[must_use]
pub fn text(
    assignment: &Assignment,
    asked: &Asked,
    show: Personal,
    lang: Lang,
    paint: Paint<'_>,
) -> String {
    let mut lines = Vec::new();
    let title = |name: &str| paint(Style::Title, name);
    match &asked.answer {
        Answer::Found(hit) => {
            lines.push(title(&hit.name));
            if hit.is_settled {
                lines.push(
                    lang.pick(
                        "  写法有歧义，只有这一处在册",
                        "  the text can be read in several ways; only this place is listed",
                    )
                    .to_owned(),
                );
            }
            place(assignment, hit, show, lang, &mut lines);
        }
        Answer::NotListed { hit, near } => {
            lines.push(title(&hit.name));
            let near = if near.is_empty() {
                String::new()
            } else {
                near.join(lang.pick("、", ", "))
            };
            let said = match (lang, near.as_str()) {
                (Lang::Zh, "") => "  名单中没有这一户；以下是这栋楼的负责人".to_owned(),
                (Lang::En, "") => {
                    "  no such door is listed; these answer for the building".to_owned()
                }
                (Lang::Zh, near) => {
                    format!("  名单中没有这一户，相近的房号有 {near}；以下是这栋楼的负责人")
                }
                (Lang::En, near) => format!(
                    "  no such door is listed; near it are {near}; these answer for the building"
                ),
            };
            lines.push(paint(Style::Warning, &said));
            place(assignment, hit, show, lang, &mut lines);
        }
        Answer::Ambiguous {
            candidates,
            count,
            advice,
        } => {
            lines.push(title(&asked.text));
            let said = match lang {
                Lang::Zh => format!("  可能是 {count} 处；{}：", advice.zh),
                Lang::En => format!("  may be {count} places; {}:", advice.en),
            };
            lines.push(paint(Style::Warning, &said));
            for candidate in candidates {
                let grid = candidate
                    .grid
                    .map(|grid| assignment.ground.grid_name(grid))
                    .unwrap_or_default();
                lines.push(format!(
                    "  {}  {}{}",
                    paint(Style::Plain, &candidate.name),
                    lang.pick("网格 ", "grid "),
                    paint(Style::Plain, &grid)
                ));
            }
            if *count > candidates.len() {
                lines.push(match lang {
                    Lang::Zh => format!("  另有 {} 处", count - candidates.len()),
                    Lang::En => format!("  and {} more", count - candidates.len()),
                });
            }
        }
        Answer::Unknown { near } => {
            lines.push(title(&asked.text));
            let said = match (lang, near.is_empty()) {
                (Lang::Zh, true) => "  网格中没有这栋楼".to_owned(),
                (Lang::En, true) => "  no such building in any grid".to_owned(),
                (Lang::Zh, false) => format!("  网格中没有这栋楼；相近的有 {}", near.join("、")),
                (Lang::En, false) => format!(
                    "  no such building in any grid; near it are {}",
                    near.join(", ")
                ),
            };
            lines.push(paint(Style::Warning, &said));
        }
        Answer::Unreadable(why) => {
            lines.push(title(&asked.text));
            lines.push(paint(Style::Warning, &format!("  {}", why.get(lang))));
        }
    }
    lines.join("\n")
}

fn place(assignment: &Assignment, hit: &Hit, show: Personal, lang: Lang, lines: &mut Vec<String>) {
    let Some(grid) = assignment.ground.grids.get(hit.grid) else {
        return;
    };
    let name = assignment.ground.grid_name(hit.grid);
    let load = grid.load;
    lines.push(match lang {
        Lang::Zh => format!(
            "  网格 {name}（{} 户，{} 人，重点户 {} 户）",
            grouped(load.households),
            grouped(load.residents),
            grouped(load.priority)
        ),
        Lang::En => format!(
            "  grid {name} ({}, {}, {})",
            some(load.households, "household", "households"),
            some(load.residents, "resident", "residents"),
            some(load.priority, "priority household", "priority households")
        ),
    });
    let chain = assignment.chain(hit);
    if chain.is_empty() {
        lines.push(
            lang.pick("  没有登记负责人", "  nobody is known to answer for it")
                .to_owned(),
        );
    }
    for (level, holders) in chain {
        let title = assignment.roles.title(level);
        for holder in holders {
            let Some(person) = assignment.person(holder.person) else {
                continue;
            };
            let phone = person
                .phone()
                .filter(|_| show.phones)
                .map(|phone| format!("  {phone}"))
                .unwrap_or_default();
            let given = if holder.is_kept {
                ""
            } else {
                lang.pick("（均衡分派）", " (by levelling)")
            };
            lines.push(format!(
                "  {}{}{}{phone}{given}",
                title.get(lang),
                lang.pick("：", ": "),
                person.name()
            ));
        }
    }
}

/// Answers as JSON.
#[derive(Clone, Debug, Serialize)]
pub struct Json {
    version: u32,
    answers: Vec<JsonAnswer>,
}

#[derive(Clone, Debug, Serialize)]
struct JsonAnswer {
    asked: String,
    status: &'static str,
    place: Option<String>,
    grid: Option<JsonGrid>,
    chain: Vec<Someone>,
    candidates: Vec<JsonCandidate>,
    candidate_count: usize,
    near: Vec<String>,
    message: Option<Text>,
}

#[derive(Clone, Debug, Serialize)]
struct JsonGrid {
    community: String,
    name: String,
    households: u64,
    residents: u64,
    priority: u64,
}

#[derive(Clone, Debug, Serialize)]
struct JsonCandidate {
    place: String,
    grid: Option<JsonGrid>,
}

/// All answers, for a program.
#[must_use]
pub fn json(assignment: &Assignment, asked: &[Asked], show: Personal) -> Json {
    let grid_of = |at: usize| {
        let grid = assignment.ground.grids.get(at)?;
        Some(JsonGrid {
            community: assignment
                .ground
                .communities
                .get(grid.community)
                .cloned()
                .unwrap_or_default(),
            name: grid.name.clone(),
            households: grid.load.households,
            residents: grid.load.residents,
            priority: grid.load.priority,
        })
    };
    let chain_of = |hit: &Hit| -> Vec<Someone> {
        let chain = assignment.chain(hit).into_iter();
        chain
            .flat_map(|(level, holders)| {
                holders
                    .into_iter()
                    .filter_map(move |holder| Someone::of(assignment, level, &holder, show))
            })
            .collect()
    };
    let answer = |asked: &Asked| {
        let mut json = JsonAnswer {
            asked: asked.text.clone(),
            status: "found",
            place: None,
            grid: None,
            chain: Vec::new(),
            candidates: Vec::new(),
            candidate_count: 0,
            near: Vec::new(),
            message: None,
        };
        match &asked.answer {
            Answer::Found(hit) | Answer::NotListed { hit, .. } => {
                json.place = Some(hit.name.clone());
                json.grid = grid_of(hit.grid);
                json.chain = chain_of(hit);
                if let Answer::NotListed { near, .. } = &asked.answer {
                    json.status = "not-listed";
                    json.near.clone_from(near);
                }
            }
            Answer::Ambiguous {
                candidates,
                count,
                advice,
            } => {
                json.status = "ambiguous";
                let of = |candidate: &Candidate| JsonCandidate {
                    place: candidate.name.clone(),
                    grid: candidate.grid.and_then(grid_of),
                };
                json.candidates = candidates.iter().map(of).collect();
                json.candidate_count = *count;
                json.message = Some(advice.clone());
            }
            Answer::Unknown { near } => {
                json.status = "unknown";
                json.near.clone_from(near);
            }
            Answer::Unreadable(why) => {
                json.status = "unreadable";
                json.message = Some(why.clone());
            }
        }
        json
    };
    Json {
        version: VERSION,
        answers: asked.iter().map(answer).collect(),
    }
}
