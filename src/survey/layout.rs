//! Positions laid out in a plane, community by community, and what to do with buildings that have none.

use std::collections::BTreeMap;

use super::finding::{Finding, Kind, Sink};
use super::listing::{Community, Ground, Spot};
use super::positions::Positions;
use super::scale::{Raw, Scale};
use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::partition::{Point, Problem, geometry};
use crate::row::Place;

/// Where more than one building in so many has no position, the others' tell little of what touches.
const FEW: usize = 5;

/// Puts positions and barriers into the communities. `file` is where positions came from.
pub(super) fn lay_out(
    communities: &mut [Community],
    positions: &Positions,
    barriers: &[(Raw, Raw)],
    file: &str,
    findings: &mut Sink<'_>,
) {
    for (at, community) in communities.iter_mut().enumerate() {
        let own = positions.at.iter().filter(|((owner, _), _)| *owner == at);
        let own: Vec<(Spot, Raw)> = own.map(|((_, spot), raw)| (*spot, *raw)).collect();
        // So many buildings are not one community, and will be refused.
        if own.is_empty() || community.buildings.len() > Problem::MOST_BLOCKS {
            continue;
        }
        let near = near(&own, barriers, positions.scale);
        let raws = own.iter().map(|(_, raw)| *raw);
        let raws: Vec<Raw> = raws
            .chain(near.iter().flat_map(|(from, to)| [*from, *to]))
            .collect();
        let mut points = points(&raws, positions.scale).into_iter();
        let places: BTreeMap<Spot, Point> = own
            .iter()
            .map(|(spot, _)| *spot)
            .zip(points.by_ref())
            .collect();
        let ends: Vec<Point> = points.collect();
        community.barriers = ends
            .chunks_exact(2)
            .filter_map(|ends| Some((*ends.first()?, *ends.last()?)))
            .collect();
        community.ground = Ground::Positions;
        for (number, building) in community.buildings.iter_mut().enumerate() {
            for (part, entrance) in building.entrances.iter_mut().enumerate() {
                let spot = Spot {
                    building: number,
                    entrance: Some(part),
                };
                entrance.at = places.get(&spot).copied();
            }
            let whole = places
                .get(&Spot {
                    building: number,
                    entrance: None,
                })
                .copied();
            let parts: Vec<Point> = building
                .entrances
                .iter()
                .filter_map(|entrance| entrance.at)
                .collect();
            building.at = whole.or_else(|| middle(&parts));
        }
        let all = community.buildings.len();
        let lacking = community
            .buildings
            .iter()
            .filter(|building| building.at.is_none())
            .count();
        if lacking * FEW > all {
            forget(community);
            findings(too_few(file, community, all - lacking));
            continue;
        }
        findings_of_crowds(file, community, findings);
        let missing = stand_beside(community);
        if !missing.is_empty() {
            findings(no_position(file, community, &missing));
        }
    }
}

/// Barriers that reach into the ground of a community.
fn near(own: &[(Spot, Raw)], barriers: &[(Raw, Raw)], scale: Scale) -> Vec<(Raw, Raw)> {
    let margin = match scale {
        Scale::Metres { .. } => 1000.0,
        Scale::Degrees => 0.01,
    };
    let bound = |of: fn(&Raw) -> f64| {
        let all = || own.iter().map(|(_, raw)| of(raw));
        let least = all().fold(f64::INFINITY, f64::min) - margin;
        (least, all().fold(f64::NEG_INFINITY, f64::max) + margin)
    };
    let (x, y) = (bound(|raw| raw.0), bound(|raw| raw.1));
    let meets = |(least, most): (f64, f64), a: f64, b: f64| a.max(b) >= least && a.min(b) <= most;
    let reaches = |(from, to): &&(Raw, Raw)| meets(x, from.0, to.0) && meets(y, from.1, to.1);
    barriers.iter().filter(reaches).copied().collect()
}

fn points(raws: &[Raw], scale: Scale) -> Vec<Point> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "coordinates are below a thousand million"
    )]
    let decimetres = |metres: f64| (metres * 10.0).round() as i64;
    match scale {
        Scale::Degrees => geometry::from_degrees(raws),
        Scale::Metres { .. } => raws
            .iter()
            .map(|raw| Point {
                x: decimetres(raw.0),
                y: decimetres(raw.1),
            })
            .collect(),
    }
}

fn middle(points: &[Point]) -> Option<Point> {
    let count = i64::try_from(points.len()).ok()?;
    let sum = |of: fn(&Point) -> i64| points.iter().map(of).sum::<i64>();
    Some(Point {
        x: sum(|point| point.x).checked_div(count)?,
        y: sum(|point| point.y).checked_div(count)?,
    })
}

/// Lets every building without a position stand where the nearest one by name does; says which.
fn stand_beside(community: &mut Community) -> Vec<(String, String)> {
    let known: Vec<(usize, Point, String)> = community
        .buildings
        .iter()
        .enumerate()
        .filter_map(|(at, building)| Some((at, building.at?, building.name.clone())))
        .collect();
    let mut beside = Vec::new();
    for (at, building) in community.buildings.iter_mut().enumerate() {
        if building.at.is_some() {
            continue;
        }
        let nearest = known
            .iter()
            .min_by_key(|(other, ..)| (at.abs_diff(*other), *other));
        if let Some((_, point, name)) = nearest {
            building.at = Some(*point);
            building.is_beside = true;
            beside.push((building.name.clone(), name.clone()));
        }
    }
    beside
}

/// Takes all positions away again.
fn forget(community: &mut Community) {
    community.ground = Ground::Names;
    community.barriers.clear();
    for building in &mut community.buildings {
        building.at = None;
        for entrance in &mut building.entrances {
            entrance.at = None;
        }
    }
}

fn of(community: &Community) -> String {
    if community.name.is_empty() {
        String::new()
    } else {
        format!("{} ", community.name)
    }
}

fn too_few(file: &str, community: &Community, placed: usize) -> Finding {
    let (of, all) = (of(community), community.buildings.len());
    Finding {
        kind: Kind::NoPosition,
        severity: Severity::Error,
        file: file.to_owned(),
        place: Place::default(),
        message: Text::new(
            format!("{of}{all} 栋楼只有 {placed} 栋有位置：太少，没有采用"),
            format!(
                "{of}only {placed} of {all} buildings have a position: too few, they are not used"
            ),
        ),
        advice: Text::fixed("请补全位置表", "complete the sheet of positions"),
    }
}

/// Buildings at exactly the same place: most often the place of a gate, or what a map gives for a name it does not know.
fn findings_of_crowds(file: &str, community: &Community, findings: &mut Sink<'_>) {
    let mut crowds: BTreeMap<Point, Vec<&str>> = BTreeMap::new();
    for building in &community.buildings {
        if let Some(at) = building.at {
            crowds.entry(at).or_default().push(&building.name);
        }
    }
    for crowd in crowds.values().filter(|crowd| crowd.len() > 1) {
        let shown = crowd.iter().take(8).copied().collect::<Vec<_>>();
        let (of, count) = (of(community), crowd.len());
        let more = crowd.len() > shown.len();
        findings(Finding {
            kind: Kind::SamePlace,
            severity: Severity::Warning,
            file: file.to_owned(),
            place: Place::default(),
            message: Text::new(
                format!(
                    "{of}{count} 栋楼的位置完全相同：{}{}",
                    shown.join("、"),
                    if more { "等" } else { "" }
                ),
                format!(
                    "{of}{count} buildings stand at exactly the same place: {}{}",
                    shown.join(", "),
                    if more { " and others" } else { "" }
                ),
            ),
            advice: Text::fixed(
                "请核对：可能填的是小区大门或地图的默认位置",
                "please check: it may be the gate of the estate, or a map's default",
            ),
        });
    }
}

fn no_position(file: &str, community: &Community, missing: &[(String, String)]) -> Finding {
    let named = |lang: crate::lang::Lang| {
        let shown = missing.iter().take(8);
        let shown = shown.map(|(name, beside)| {
            lang.pick(
                format!("{name}（暂按{beside}）"),
                format!("{name} (as {beside})"),
            )
        });
        let shown: Vec<String> = shown.collect();
        let more = if missing.len() > 8 {
            lang.pick("等", " and others")
        } else {
            ""
        };
        format!("{}{more}", shown.join(lang.pick("、", ", ")))
    };
    let (of, count) = (of(community), missing.len());
    Finding {
        kind: Kind::NoPosition,
        severity: Severity::Error,
        file: file.to_owned(),
        place: Place::default(),
        message: Text::new(
            format!(
                "{of}{count} 栋楼没有位置，暂按名称相邻的楼栋放置，划分结果未必连成一片：{}",
                named(crate::lang::Lang::Zh)
            ),
            format!(
                "{of}{count} buildings have no position and stand where the next one by name does, so that the grids may not hang together: {}",
                named(crate::lang::Lang::En)
            ),
        ),
        advice: Text::fixed(
            "请在位置表中补上这些楼栋",
            "add them to the sheet of positions",
        ),
    }
}
