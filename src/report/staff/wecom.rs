//! The tree of grids that the grid interface of `WeCom` takes: community, area, grid; who leads and who belongs to each.
//!
//! Its limits, as its pages state them: at most 10 levels, names of at most 30 characters and unique among siblings, 1–20
//! people who lead, at most 100 members, at most 10 grids that one person leads.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::row::Place;
use crate::staff::{Assignment, Finding, Holder, Kind, Level};

const NAME: usize = 30;
const ADMINS: usize = 20;
const MEMBERS: usize = 100;
const LED: usize = 10;

/// One grid of the tree, parents before children. `grid_id` and `grid_parent_id` are numbers of this file: the interface gives
/// its own when a grid is made. A grid at the top has no parent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Node {
    /// The number in this file.
    pub grid_id: String,
    /// The name.
    pub grid_name: String,
    /// The number of the grid above; empty at the top.
    pub grid_parent_id: String,
    /// Accounts of those who lead.
    pub grid_admin: Vec<String>,
    /// Accounts of the others.
    pub grid_member: Vec<String>,
}

/// The tree, and what the interface would not take.
#[must_use]
pub fn tree(assignment: &Assignment) -> (Vec<Node>, Vec<Finding>) {
    let mut making = Making {
        assignment,
        nodes: Vec::new(),
        findings: Vec::new(),
        without: BTreeSet::new(),
    };
    let ground = &assignment.ground;
    for (at, name) in ground.communities.iter().enumerate() {
        let name = if name.is_empty() { "本社区" } else { name };
        let community = making.node(name.to_owned(), "", &making.holders(Level::Chief, at), &[]);
        let mut areas: BTreeMap<Option<usize>, String> = BTreeMap::new();
        for (place, grid) in ground
            .grids
            .iter()
            .enumerate()
            .filter(|(_, grid)| grid.community == at)
        {
            let head = assignment
                .holders(Level::Area, place)
                .first()
                .map(|holder| holder.person);
            let parent = match (head, areas.get(&head)) {
                (None, _) => community.clone(),
                (Some(_), Some(known)) => known.clone(),
                (Some(_), None) => {
                    let name = format!("第{}片区", areas.len() + 1);
                    let made =
                        making.node(name, &community, &making.holders(Level::Area, place), &[]);
                    areas.insert(head, made.clone());
                    made
                }
            };
            let mut members: Vec<Holder> = Vec::new();
            for piece in &grid.pieces {
                for holder in assignment.holders(Level::Assistant, *piece) {
                    if !members.iter().any(|known| known.person == holder.person) {
                        members.push(holder.clone());
                    }
                }
            }
            making.node(
                grid.name.clone(),
                &parent,
                &making.holders(Level::Worker, place),
                &members,
            );
        }
    }
    making.unique();
    making.led();
    (making.nodes, making.findings)
}

struct Making<'m> {
    assignment: &'m Assignment,
    nodes: Vec<Node>,
    findings: Vec<Finding>,
    without: BTreeSet<usize>,
}

impl Making<'_> {
    fn holders(&self, level: Level, place: usize) -> Vec<Holder> {
        self.assignment.holders(level, place).to_vec()
    }

    fn node(
        &mut self,
        name: String,
        parent: &str,
        admins: &[Holder],
        members: &[Holder],
    ) -> String {
        let id = (self.nodes.len() + 1).to_string();
        let admins = self.accounts(admins);
        let members = self.accounts(members);
        let length = name.chars().count();
        if length > NAME {
            self.say(Text::new(
                format!("网格名称“{name}”有 {length} 个字，最多 {NAME} 个"),
                format!("the name of grid \"{name}\" has {length} characters, {NAME} at most"),
            ));
        }
        if admins.is_empty() {
            self.say(Text::new(format!("“{name}”没有负责人，至少要有 1 名有账号的负责人"), format!("\"{name}\" has nobody who leads it: at least one person with an account is needed")));
        }
        if admins.len() > ADMINS {
            self.say(Text::new(
                format!("“{name}”有 {} 名负责人，最多 {ADMINS} 名", admins.len()),
                format!(
                    "\"{name}\" is led by {} people, {ADMINS} at most",
                    admins.len()
                ),
            ));
        }
        if members.len() > MEMBERS {
            self.say(Text::new(
                format!("“{name}”有 {} 名成员，最多 {MEMBERS} 名", members.len()),
                format!(
                    "\"{name}\" has {} members, {MEMBERS} at most",
                    members.len()
                ),
            ));
        }
        self.nodes.push(Node {
            grid_id: id.clone(),
            grid_name: name,
            grid_parent_id: parent.to_owned(),
            grid_admin: admins,
            grid_member: members,
        });
        id
    }

    fn accounts(&mut self, holders: &[Holder]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for holder in holders {
            let Some(person) = self.assignment.person(holder.person) else {
                continue;
            };
            match person.account() {
                Some(account) if !found.iter().any(|known| known == account) => {
                    found.push(account.to_owned());
                }
                None if self.without.insert(holder.person) => self.findings.push(Finding {
                    kind: Kind::NoAccount,
                    severity: Severity::Error,
                    file: person.file().to_owned(),
                    place: person.place().clone(),
                    message: Text::fixed(
                        "没有企业微信账号，没有写入网格树",
                        "no account in WeCom: the person is not in the tree",
                    ),
                    advice: Text::fixed(
                        "请在人员表加一列“企业微信账号”（userid）",
                        "add a column `userid` to the roster",
                    ),
                }),
                _ => {}
            }
        }
        found
    }

    fn say(&mut self, message: Text) {
        self.findings.push(Finding {
            kind: Kind::WeCom,
            severity: Severity::Error,
            file: String::new(),
            place: Place::default(),
            message,
            advice: Text::default(),
        });
    }

    fn unique(&mut self) {
        let mut met = BTreeSet::new();
        let mut twice = Vec::new();
        for node in &self.nodes {
            if !met.insert((node.grid_parent_id.clone(), node.grid_name.clone())) {
                twice.push(node.grid_name.clone());
            }
        }
        for name in twice {
            self.say(Text::new(
                format!("同一上级下有两个网格叫“{name}”"),
                format!("two grids below one parent are called \"{name}\""),
            ));
        }
    }

    fn led(&mut self) {
        let mut led: BTreeMap<&str, usize> = BTreeMap::new();
        for node in &self.nodes {
            for account in &node.grid_admin {
                *led.entry(account).or_default() += 1;
            }
        }
        let many: Vec<(String, usize)> = led
            .into_iter()
            .filter(|(_, count)| *count > LED)
            .map(|(account, count)| (account.to_owned(), count))
            .collect();
        for (account, count) in many {
            let person = self
                .assignment
                .roster
                .people()
                .iter()
                .find(|person| person.account() == Some(account.as_str()));
            self.findings.push(Finding {
                kind: Kind::WeCom,
                severity: Severity::Error,
                file: person.map_or("", |person| person.file()).to_owned(),
                place: person
                    .map(|person| person.place().clone())
                    .unwrap_or_default(),
                message: Text::new(
                    format!("一个人负责 {count} 个网格，最多 {LED} 个"),
                    format!("one person leads {count} grids, {LED} at most"),
                ),
                advice: Text::default(),
            });
        }
    }
}
