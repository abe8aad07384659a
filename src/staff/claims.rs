//! What a roster says that its people have already, held against the grids.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{self, Run};
use super::finding::{Finding, Kind, Sink};
use super::ground::{Ground, Named};
use super::person::Post;
use super::role::Level;
use super::roster::Roster;
use crate::address::{self, Door, Entrance, Reading};
use crate::diagnostic::Severity;
use crate::lang::Text;

/// A post with its cells read: grids and pieces by place.
#[derive(Clone, Debug, Default)]
pub(super) struct Claim {
    pub(super) community: Option<usize>,
    /// The community's name leads nowhere: the person serves none of these grids.
    pub(super) is_elsewhere: bool,
    pub(super) grids: Vec<usize>,
    pub(super) pieces: Vec<usize>,
    /// Where a part of a piece is meant only: its entrances.
    pub(super) entrances: BTreeMap<usize, Vec<Entrance>>,
    /// The cells name something, found or not.
    pub(super) is_fixed: bool,
}

/// Reads the cells of every post. Each fault of a cell is said once, however many levels its row has.
pub(super) fn claims(
    ground: &Ground,
    roster: &Roster,
    show_values: bool,
    findings: &mut Sink<'_>,
) -> Vec<Claim> {
    let mut said = BTreeSet::new();
    roster
        .posts
        .iter()
        .map(|post| {
            let mut own = |finding: Finding| {
                let key = (
                    finding.kind,
                    finding.file.clone(),
                    finding.place.clone(),
                    finding.message.zh.clone(),
                );
                if said.insert(key) {
                    findings(finding);
                }
            };
            Reader {
                ground,
                post,
                show_values,
                findings: &mut own,
            }
            .claim()
        })
        .collect()
}

struct Reader<'r> {
    ground: &'r Ground,
    post: &'r Post,
    show_values: bool,
    findings: &'r mut Sink<'r>,
}

impl Reader<'_> {
    fn claim(mut self) -> Claim {
        let post = self.post;
        let mut claim = Claim {
            community: self.ground.community(&post.community),
            ..Claim::default()
        };
        if claim.community.is_none() && !post.community.is_empty() {
            self.say(0, Kind::UnknownCommunity, Severity::Error, Text::fixed(
                "网格中没有这一行所写的社区；这个人没有用上",
                "the grids have no community as this row names it: the person is of no use here",
            ), Text::fixed("请按网格表改写社区名称", "write the community as the grids do"));
            claim.is_elsewhere = true;
            return claim;
        }
        claim.is_fixed = !post.grids.is_empty() || !post.buildings.is_empty();
        // A grid's own name may hold what otherwise divides: `网格/1`.
        let parts = match self.ground.grid(claim.community, &post.grids) {
            Named::One(_) => vec![post.grids.clone()],
            _ => cell::parts(&post.grids),
        };
        for part in parts {
            let found = self.grids(claim.community, &part);
            claim.grids.extend(
                found
                    .into_iter()
                    .filter(|at| !claim.grids.contains(at))
                    .collect::<Vec<_>>(),
            );
        }
        if !post.buildings.is_empty() {
            self.buildings(&mut claim);
        }
        claim
    }

    fn grids(&mut self, community: Option<usize>, part: &str) -> Vec<usize> {
        if let Some(all) = self.all_grids(community, part) {
            return all;
        }
        match self.ground.grid(community, part) {
            Named::One(one) => return vec![one],
            Named::Several(_) => {
                self.say(
                    0,
                    Kind::Several,
                    Severity::Error,
                    Text::new(
                        format!("不止一个社区有网格{}", self.shown(part).0),
                        format!("several communities have the grid {}", self.shown(part).1),
                    ),
                    Text::fixed("请加上“社区”一列", "add a column for the community"),
                );
                return Vec::new();
            }
            Named::None => {}
        }
        if let Some(run) = Run::of(part) {
            let members: Vec<_> = run
                .members()
                .map(|member| (self.ground.grid(community, &member), member))
                .collect();
            let known: Vec<usize> = members
                .iter()
                .filter_map(|(named, _)| match named {
                    Named::One(one) => Some(*one),
                    _ => None,
                })
                .collect();
            let unknown = members.iter().find(|(named, _)| *named == Named::None);
            if !known.is_empty() {
                if let Some((_, member)) = unknown {
                    self.no_grid(member);
                }
                return known;
            }
        }
        if address::mangled_date(part).is_some() {
            self.say(
                0,
                Kind::Date,
                Severity::Error,
                Text::fixed(
                    "此处应为网格，实为日期：可能是表格把 1-3 改成了日期",
                    "expected grids, found a date: a spreadsheet may have made it of `1-3`",
                ),
                Text::fixed(
                    "请把这一列设为文本格式，再写 1、2、3 或 1至3",
                    "give the column the format Text, then write 1, 2, 3",
                ),
            );
        } else {
            self.no_grid(part);
        }
        Vec::new()
    }

    /// All grids of the community, where a cell says so: `全部`, or the community's name.
    fn all_grids(&self, community: Option<usize>, part: &str) -> Option<Vec<usize>> {
        let named = self.ground.communities.iter().position(|name| name == part);
        let community = match named {
            Some(named) => Some(named),
            None if cell::is_all(part) => community,
            None => return None,
        };
        let grids = self.ground.grids.iter().enumerate();
        let own = grids.filter(|(_, grid)| Some(grid.community) == community);
        community.map(|_| own.map(|(at, _)| at).collect())
    }

    /// All pieces of the grids that are named, else of the community.
    fn all_pieces(&self, claim: &Claim) -> Vec<usize> {
        let pieces = self.ground.pieces.iter().enumerate();
        let own = pieces.filter(|(_, piece)| {
            let within = claim.community.is_none_or(|own| own == piece.community);
            within && (claim.grids.is_empty() || claim.grids.contains(&piece.grid))
        });
        own.map(|(at, _)| at).collect()
    }

    fn no_grid(&mut self, part: &str) {
        let (zh, en) = self.shown(part);
        let names: Vec<String> = (0..self.ground.grids.len())
            .map(|at| self.ground.grid_name(at))
            .collect();
        let first = names.iter().take(12).cloned().collect::<Vec<_>>();
        let more = names.len() > first.len();
        self.say(
            0,
            Kind::UnknownGrid,
            Severity::Error,
            Text::new(format!("没有网格{zh}"), format!("there is no grid {en}")),
            Text::new(
                format!(
                    "现有网格：{}{}",
                    first.join("、"),
                    if more { "等" } else { "" }
                ),
                format!(
                    "the grids are {}{}",
                    first.join(", "),
                    if more { " and others" } else { "" }
                ),
            ),
        );
    }

    fn buildings(&mut self, claim: &mut Claim) {
        let post = self.post;
        if cell::is_all(&post.buildings) {
            claim.pieces = self.all_pieces(claim);
            return;
        }
        let cell = self
            .ground
            .buildings_in(claim.community, &post.estate, &named_in(post));
        for part in &cell.runs {
            let (zh, en) = self.shown(part);
            self.say(
                1,
                Kind::Run,
                Severity::Warning,
                Text::new(
                    format!("{zh}按连续的几栋楼读"),
                    format!("{en} is read as a run of buildings"),
                ),
                Text::fixed(
                    "如指单元，请写成 3栋5单元",
                    "if an entrance is meant, write it as `3栋5单元`",
                ),
            );
        }
        for part in &cell.several {
            let (zh, en) = self.shown(part);
            self.say(
                1,
                Kind::Several,
                Severity::Error,
                Text::new(
                    format!("不止一处有楼栋{zh}"),
                    format!("more than one building is called {en}"),
                ),
                Text::fixed(
                    "请加上“社区”或“小区”一列",
                    "add a column for the community or the estate",
                ),
            );
        }
        for part in &cell.unknown {
            if address::mangled_date(part).is_some() {
                self.say(
                    1,
                    Kind::Date,
                    Severity::Error,
                    Text::fixed(
                        "此处应为楼栋，实为日期：可能是表格把 3-5 改成了日期",
                        "expected buildings, found a date: a spreadsheet may have made it of `3-5`",
                    ),
                    Text::fixed(
                        "请把这一列设为文本格式，再写 3栋、5栋",
                        "give the column the format Text, then write 3栋、5栋",
                    ),
                );
                continue;
            }
            let (zh, en) = self.shown(part);
            self.say(
                1,
                Kind::UnknownBuilding,
                Severity::Error,
                Text::new(
                    format!("网格中没有楼栋{zh}，或没有其中的几栋"),
                    format!("the grids do not have the building {en}, or not all of the run"),
                ),
                Text::fixed(
                    "请按网格表改写楼栋名称",
                    "write the building as the grids do",
                ),
            );
        }
        for (building, entrance) in cell.found {
            for piece in self.ground.pieces_of(building, entrance.as_ref()) {
                let is_known = claim.pieces.contains(&piece);
                if !is_known {
                    claim.pieces.push(piece);
                }
                let is_whole = self
                    .ground
                    .pieces
                    .get(piece)
                    .is_none_or(|piece| piece.entrance.is_some());
                match (&entrance, claim.entrances.get_mut(&piece)) {
                    (Some(entrance), Some(known)) => known.push(entrance.clone()),
                    (Some(entrance), None) if !is_known && !is_whole => {
                        claim.entrances.insert(piece, vec![entrance.clone()]);
                    }
                    (Some(_), None) => {}
                    (None, _) => _ = claim.entrances.remove(&piece),
                }
            }
        }
        self.grids_by_buildings(claim);
    }

    /// Who answers for grids and names buildings answers for the grids that these are most of.
    fn grids_by_buildings(&mut self, claim: &mut Claim) {
        let has_buildings = matches!(
            self.post.level,
            Level::Assistant | Level::Group | Level::Member
        );
        if !has_buildings && claim.grids.is_empty() {
            claim.grids = self.grids_of_pieces(&claim.pieces);
            if claim.grids.is_empty() && !claim.pieces.is_empty() {
                self.say(1, Kind::UnknownGrid, Severity::Warning, Text::fixed(
                    "这些楼栋还不到任何一个网格的一半，看不出负责哪个网格",
                    "these buildings are not half of any grid: which grid is meant cannot be told",
                ), Text::fixed("请写明负责的网格", "say the grid"));
            }
        }
    }

    /// The grids of which these pieces are more than half.
    fn grids_of_pieces(&self, pieces: &[usize]) -> Vec<usize> {
        let mut covered: BTreeMap<usize, usize> = BTreeMap::new();
        for piece in pieces.iter().filter_map(|at| self.ground.pieces.get(*at)) {
            *covered.entry(piece.grid).or_default() += 1;
        }
        let is_most = |(grid, count): &(usize, usize)| {
            self.ground
                .grids
                .get(*grid)
                .is_some_and(|grid| count * 2 > grid.pieces.len())
        };
        covered
            .into_iter()
            .filter(is_most)
            .map(|(grid, _)| grid)
            .collect()
    }

    /// What a cell says, as far as it may be repeated: names of grids and buildings, nothing that could be a person's.
    fn shown(&self, part: &str) -> (String, String) {
        let is_plain = |c: char| {
            c.is_ascii_alphanumeric()
                || "第网格号栋幢座楼单元层区期室-–~至#东南西北中一二三四五六七八九十".contains(c)
        };
        let digits = part.chars().filter(char::is_ascii_digit).count();
        if self.show_values
            || part.chars().count() <= 16 && digits <= 6 && digits > 0 && part.chars().all(is_plain)
        {
            (format!("“{part}”"), format!("\"{part}\""))
        } else {
            (String::new(), "of this cell".to_owned())
        }
    }

    fn say(&mut self, at: usize, kind: Kind, severity: Severity, message: Text, advice: Text) {
        let place = self.post.at.get(at).cloned().unwrap_or_default();
        (self.findings)(Finding {
            kind,
            severity,
            file: self.post.file.clone(),
            place,
            message,
            advice,
        });
    }
}

/// The buildings of a post as they are looked up.
fn named_in(post: &Post) -> String {
    if post.level != Level::Member {
        return post.buildings.clone();
    }
    let parts = cell::parts(&post.buildings).into_iter();
    let places = parts.map(|part| staircase_of(&part).unwrap_or(part));
    places.collect::<Vec<_>>().join("、")
}

/// The staircase of a door: a member household is a door, and serves the building or entrance that it is in.
fn staircase_of(part: &str) -> Option<String> {
    let Ok(Reading::Exact(door)) = address::parse(part) else {
        return None;
    };
    let is_door = door.building.is_some() && (door.unit.is_some() || door.floor.is_some());
    is_door.then(|| {
        let place = Door {
            unit: None,
            floor: None,
            ..door
        };
        place.to_string()
    })
}
