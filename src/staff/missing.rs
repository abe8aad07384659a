//! What is missing or too much: grids without people, people without grids, levels without anybody, limits broken.

use std::collections::BTreeSet;

use super::assign::AssignOptions;
use super::assignment::Held;
use super::claims::Claim;
use super::finding::{Finding, Kind, Sink};
use super::ground::Ground;
use super::person::Person;
use super::role::{Chain, Level, Roles};
use super::roster::{Roster, cell_of};
use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::row::Place;

/// Says everything that is missing.
pub(super) fn find(
    ground: &Ground,
    roster: &Roster,
    roles: &Roles,
    (claims, held, gone): (&[Claim], &Held, &BTreeSet<usize>),
    options: AssignOptions,
    findings: &mut Sink<'_>,
) {
    let mut look = Look {
        ground,
        roster,
        roles,
        claims,
        held,
        gone,
        options,
        findings,
    };
    look.levels();
    look.places();
    look.two_people();
    look.people();
}

struct Look<'l> {
    ground: &'l Ground,
    roster: &'l Roster,
    roles: &'l Roles,
    claims: &'l [Claim],
    held: &'l Held,
    gone: &'l BTreeSet<usize>,
    options: AssignOptions,
    findings: &'l mut Sink<'l>,
}

/// How a piece of news begins that no cell is to blame for.
fn general(kind: Kind, severity: Severity, message: Text, advice: Text) -> Finding {
    Finding {
        kind,
        severity,
        file: String::new(),
        place: Place::default(),
        message,
        advice,
    }
}

impl Look<'_> {
    fn has(&self, level: Level) -> bool {
        self.roster
            .posts
            .iter()
            .any(|post| post.level == level && !self.gone.contains(&post.person))
    }

    fn is_held(&self, level: Level, place: usize) -> bool {
        self.held.contains_key(&(level, place))
    }

    /// Levels at which nobody stands: in all, or in a community.
    fn levels(&mut self) {
        let has_party = Level::ALL
            .iter()
            .any(|level| level.chain() == Chain::Party && self.has(*level));
        for level in Level::ALL {
            let is_party = level.chain() == Chain::Party;
            if is_party && !has_party {
                continue;
            }
            let severity = if is_party {
                Severity::Warning
            } else {
                Severity::Error
            };
            let title = self.roles.title(level);
            if !self.has(level) {
                (self.findings)(general(
                    Kind::EmptyLevel,
                    severity,
                    Text::new(
                        format!("人员表中没有{}", title.zh),
                        format!("the roster has no {}", title.en),
                    ),
                    Text::default(),
                ));
                continue;
            }
            if level == Level::Chief || level == Level::Committee {
                let without =
                    (0..self.ground.communities.len()).filter(|at| !self.is_held(level, *at));
                let names: Vec<&str> = without
                    .filter_map(|at| self.ground.communities.get(at))
                    .map(String::as_str)
                    .collect();
                if !names.is_empty() {
                    let (zh, en) = (names.join("、"), names.join(", "));
                    let is_nameless = names.iter().all(|name| name.is_empty());
                    let (zh, en) = if is_nameless {
                        ("本社区".to_owned(), "the community".to_owned())
                    } else {
                        (zh, en)
                    };
                    (self.findings)(general(
                        Kind::EmptyLevel,
                        severity,
                        Text::new(
                            format!("没有{}的社区：{zh}", title.zh),
                            format!(
                                "communities without {} {}: {en}",
                                article(&title.en),
                                title.en
                            ),
                        ),
                        Text::fixed(
                            "请在人员表的“社区”一列写明",
                            "say the community in the roster",
                        ),
                    ));
                }
            }
        }
    }

    /// Grids and buildings where a level that the roster has is not filled.
    fn places(&mut self) {
        for (level, kind) in [(Level::Worker, Kind::NoWorker), (Level::Area, Kind::NoArea)] {
            let without: Vec<String> = (0..self.ground.grids.len())
                .filter(|grid| !self.is_held(level, *grid))
                .map(|grid| self.ground.grid_name(grid))
                .collect();
            // Where there is no worker at all, it is the grids that count; an empty level of area heads has been said.
            if without.is_empty() || level == Level::Area && !self.has(level) {
                continue;
            }
            let title = self.roles.title(level);
            let count = without.len();
            (self.findings)(general(
                kind,
                Severity::Error,
                Text::new(
                    format!("{count} 个网格没有{}：{}", title.zh, without.join("、")),
                    format!(
                        "{count} {} without {} {}: {}",
                        if count == 1 { "grid" } else { "grids" },
                        article(&title.en),
                        title.en,
                        without.join(", ")
                    ),
                ),
                Text::default(),
            ));
        }
        if !self.has(Level::Assistant) {
            return;
        }
        let without = self
            .ground
            .pieces
            .iter()
            .enumerate()
            .filter(|(at, _)| !self.is_held(Level::Assistant, *at));
        let without: Vec<&str> = without.map(|(_, piece)| piece.name.as_str()).collect();
        if !without.is_empty() {
            let count = without.len();
            let title = self.roles.title(Level::Assistant);
            (self.findings)(general(
                Kind::NoAssistant,
                Severity::Warning,
                Text::new(
                    format!("{count} 处楼栋没有{}：{}", title.zh, without.join("、")),
                    format!(
                        "{count} {} without {} {}: {}",
                        if count == 1 { "building" } else { "buildings" },
                        article(&title.en),
                        title.en,
                        without.join(", ")
                    ),
                ),
                Text::default(),
            ));
        }
    }

    /// Levels that have one person, where two stand.
    fn two_people(&mut self) {
        for ((level, place), holders) in self.held {
            let [first, second, ..] = holders.as_slice() else {
                continue;
            };
            let where_ = match level {
                Level::Worker | Level::Area => self.ground.grid_name(*place),
                Level::Chief => self
                    .ground
                    .communities
                    .get(*place)
                    .cloned()
                    .unwrap_or_default(),
                _ => continue,
            };
            let (Some(a), Some(b)) = (
                self.roster.people.get(first.person),
                self.roster.people.get(second.person),
            ) else {
                continue;
            };
            let title = self.roles.title(*level);
            let at = cell_of(&a.file, &a.place, &b.file);
            let (in_zh, in_en) = if where_.is_empty() {
                ("本社区".to_owned(), "the community".to_owned())
            } else if *level == Level::Chief {
                (where_.clone(), where_)
            } else {
                (format!("网格 {where_}"), format!("grid {where_}"))
            };
            (self.findings)(Finding {
                kind: Kind::TwoPeople,
                severity: Severity::Warning,
                file: b.file.clone(),
                place: b.place.clone(),
                message: Text::new(
                    format!(
                        "{in_zh}有 {} 名{}：{at} 的排在前面",
                        holders.len(),
                        title.zh
                    ),
                    format!(
                        "{in_en} has {} people as {}: the one at {at} stands first",
                        holders.len(),
                        title.en
                    ),
                ),
                advice: Text::fixed(
                    "每处应有一人固定负责，请核对",
                    "one person answers for each: please check",
                ),
            });
        }
    }

    /// People who have nothing, or more than they may.
    fn people(&mut self) {
        for (at, person) in self.roster.people.iter().enumerate() {
            if self.gone.contains(&at) {
                (self.findings)(about(
                    person,
                    Kind::Gone,
                    Severity::Warning,
                    Text::fixed(
                        "原来负责的人已不在人员表中，不再分派",
                        "whoever is named here is in the roster no more, and gets nothing",
                    ),
                    Text::fixed(
                        "如仍在岗，请补入人员表",
                        "add the person to the roster if this is wrong",
                    ),
                ));
                continue;
            }
            self.idle(at, person);
            self.over_limit(at, person);
        }
    }

    /// How many places somebody has at a level.
    fn places_of(&self, level: Level, at: usize) -> usize {
        let own = self.held.iter().filter(|((own, _), holders)| {
            *own == level && holders.iter().any(|holder| holder.person == at)
        });
        own.count()
    }

    fn idle(&mut self, at: usize, person: &Person) {
        let levels: BTreeSet<Level> = self
            .roster
            .posts
            .iter()
            .filter(|post| post.person == at)
            .map(|post| post.level)
            .collect();
        let idle: Vec<Level> = levels
            .iter()
            .copied()
            .filter(|level| self.places_of(*level, at) == 0)
            .collect();
        let (mut grid, mut party) = (Vec::new(), Vec::new());
        for level in idle {
            if level.chain() == Chain::Grid {
                &mut grid
            } else {
                &mut party
            }
            .push(level);
        }
        // Who has work at one level of the chain is not idle for the other.
        if levels
            .iter()
            .any(|level| level.chain() == Chain::Grid && self.places_of(*level, at) > 0)
        {
            grid.clear();
        }
        for (idle, severity) in [(grid, Severity::Error), (party, Severity::Warning)] {
            let Some(level) = idle.first() else {
                continue;
            };
            let title = self.roles.title(*level);
            let is_elsewhere = self
                .roster
                .posts
                .iter()
                .zip(self.claims)
                .any(|(post, claim)| post.person == at && claim.is_elsewhere);
            let (zh, en) = match level {
                Level::Chief | Level::Committee => ("社区", "community"),
                Level::Area | Level::Worker | Level::Branch => ("网格", "grid"),
                Level::Assistant | Level::Group | Level::Member => ("楼栋", "building"),
            };
            if !is_elsewhere {
                (self.findings)(about(
                    person,
                    Kind::Idle,
                    severity,
                    Text::new(
                        format!("这名{}没有负责的{zh}", title.zh),
                        format!("a person at the level {} has no {en}", title.en),
                    ),
                    Text::new(
                        format!("请写明负责的{zh}，或删去这一行"),
                        format!("say the {en}, or strike the row out"),
                    ),
                ));
            }
        }
    }

    fn over_limit(&mut self, at: usize, person: &Person) {
        let grids = self.places_of(Level::Worker, at);
        let limit = person.limit.or(self.options.most_grids);
        let most = limit.and_then(|limit| usize::try_from(limit).ok());
        if let Some(most) = most.filter(|most| grids > *most) {
            (self.findings)(about(
                person,
                Kind::OverLimit,
                Severity::Error,
                Text::new(
                    format!("负责 {grids} 个网格，超过其上限 {most} 个"),
                    format!("has {grids} grids, more than the limit of {most}"),
                ),
                Text::fixed(
                    "请调出几个网格，或提高上限",
                    "give some of them to others, or raise the limit",
                ),
            ));
        }
    }
}

/// A finding about somebody, named by the cell.
fn about(person: &Person, kind: Kind, severity: Severity, message: Text, advice: Text) -> Finding {
    Finding {
        kind,
        severity,
        file: person.file.clone(),
        place: person.place.clone(),
        message,
        advice,
    }
}

/// `a` or `an` before a title.
fn article(title: &str) -> &'static str {
    let first = title.chars().next().unwrap_or_default();
    if "aeiouAEIOU".contains(first) {
        "an"
    } else {
        "a"
    }
}
