//! What a plan says of its grids, worked out anew from their blocks: names, sums, distances, limits, moves.

use super::read::Rebuilt;
use super::shape::{Block, Community, Grid, Slack, Standard};
use crate::lang::Text;
use crate::partition::{self, Limits, Point, numbered};
use crate::survey::grid_names;

/// What is said of the grids and cannot be true. The problem has to be one.
pub(super) fn contradictions(community: &Community, rebuilt: &Rebuilt) -> Vec<Text> {
    let mut faults = Vec::new();
    for (place, block) in community.blocks.iter().enumerate() {
        let holds = community
            .grids
            .iter()
            .find(|grid| grid.blocks.contains(&place));
        if holds.map(|grid| &grid.name) != block.grid.as_ref() {
            let name = &block.name;
            faults.push(Text::new(
                format!("{name} 所在的网格前后不一致"),
                format!("the grid of {name} is told in two ways"),
            ));
        }
    }
    if community.grids.is_empty() {
        return faults;
    }
    if community.objective.is_none() {
        faults.push(Text::fixed(
            "给出了网格，却没有目标值",
            "grids are given, and no objective",
        ));
    }
    let plan = plan_of(community);
    let in_order = numbered(&rebuilt.problem, plan.clone());
    let previous: Vec<String> = community
        .previous
        .iter()
        .map(|grid| grid.name.clone())
        .collect();
    let names = community.grids.iter().map(|grid| &grid.name);
    if in_order != plan || !names.eq(&grid_names(&plan, &previous)) {
        faults.push(Text::fixed(
            "网格的编号或先后不合规则（自西向东、自北向南，沿用原编号）",
            "the numbers or the order of the grids are not by the rule: from west to east, from north to south, earlier ones kept",
        ));
    }
    for grid in &community.grids {
        let wrong = wrong(community, rebuilt, grid);
        if !wrong.is_empty() {
            let name = &grid.name;
            let list = |of: fn(&(&'static str, &'static str)) -> &'static str| {
                wrong.iter().map(of).collect::<Vec<_>>()
            };
            let (zh, en) = (
                list(|words| words.0).join("、"),
                list(|words| words.1).join(", "),
            );
            faults.push(Text::new(
                format!("网格 {name} 的{zh}与所含楼栋不符"),
                format!("of grid {name} these do not follow from its blocks: {en}"),
            ));
        }
    }
    faults
}

/// The grids as the solver names them, in the order of the file.
fn plan_of(community: &Community) -> partition::Plan {
    let place = |name: &String| {
        let at = community
            .previous
            .iter()
            .position(|grid| grid.name == *name)?;
        u32::try_from(at).ok()
    };
    let grids = community.grids.iter().map(|grid| partition::Grid {
        blocks: grid.blocks.clone(),
        continues: grid.continues.as_ref().and_then(place),
    });
    partition::Plan {
        grids: grids.collect(),
    }
}

/// What is not as the blocks say, in both languages.
fn wrong(
    community: &Community,
    rebuilt: &Rebuilt,
    grid: &Grid,
) -> Vec<(&'static str, &'static str)> {
    let own: Vec<&Block> = grid
        .blocks
        .iter()
        .filter_map(|block| community.blocks.get(*block))
        .collect();
    let sum = |of: fn(&Block) -> u32| -> u64 { own.iter().map(|block| u64::from(of(block))).sum() };
    let households = sum(|block| block.households);
    let residents = sum(|block| block.residents);
    let blocks = grid.blocks.clone();
    let middle = partition::centre(
        &rebuilt.problem,
        &partition::Grid {
            blocks,
            continues: None,
        },
    );
    let ways: Option<Vec<(u64, u64)>> = middle.and_then(|middle| {
        own.iter()
            .map(|block| {
                let (x, y) = block.x.zip(block.y)?;
                Some((way(Point { x, y }, middle)?, u64::from(block.households)))
            })
            .collect()
    });
    let mean = ways.as_ref().and_then(|ways| {
        let weighted = ways.iter().try_fold(0u64, |sum, (way, households)| {
            sum.checked_add(way.checked_mul(*households)?)
        });
        weighted?.checked_div(households).map(metres)
    });
    let greatest = ways.and_then(|ways| ways.iter().map(|(way, _)| *way).max().map(metres));
    let was_in =
        |block: &Block, of: &Option<String>| block.previous.is_some() && block.previous == *of;
    let moved_in: u64 = own
        .iter()
        .filter(|block| block.previous.is_some() && !was_in(block, &grid.continues))
        .map(|block| u64::from(block.households))
        .sum();
    let left = community.blocks.iter().filter(|block| {
        was_in(block, &grid.continues)
            && block.grid.is_some()
            && block.grid.as_ref() != Some(&grid.name)
    });
    let moved_out: u64 = left.map(|block| u64::from(block.households)).sum();
    let told = [
        (grid.households == households, ("户数", "households")),
        (grid.residents == residents, ("人数", "residents")),
        (
            grid.priority == sum(|block| block.priority),
            ("重点户数", "priority households"),
        ),
        (grid.work == sum(|block| block.work), ("工作量", "work")),
        (
            grid.centre == middle.map(|at| (at.x, at.y)),
            ("中心", "centre"),
        ),
        (grid.mean_distance_m == mean, ("平均距离", "mean distance")),
        (
            grid.greatest_distance_m == greatest,
            ("最远距离", "greatest distance"),
        ),
        (
            grid.slack == slack(standard(community, grid), households, residents),
            ("与上下限的距离", "slack"),
        ),
        (
            grid.moved_in == moved_in,
            ("调入户数", "households moved in"),
        ),
        (
            grid.moved_out == moved_out,
            ("调出户数", "households moved out"),
        ),
        (
            grid.code == code(&community.name, &grid.name),
            ("编码", "code"),
        ),
    ];
    told.into_iter()
        .filter(|(is_so, _)| !is_so)
        .map(|(_, words)| words)
        .collect()
}

fn standard(community: &Community, grid: &Grid) -> Standard {
    let mut previous = community.previous.iter();
    let before = previous.find(|before| Some(&before.name) == grid.continues.as_ref());
    before
        .and_then(|before| before.standard)
        .unwrap_or(community.standard)
}

fn slack(standard: Standard, households: u64, residents: u64) -> Slack {
    let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let (of_households, of_residents): (Limits, Limits) =
        (standard.households.into(), standard.residents.into());
    let below = |number: u64, limits: Limits| {
        (limits.max < u32::MAX).then(|| i64::from(limits.max).saturating_sub(signed(number)))
    };
    let above = |number: u64, limits: Limits| signed(number).saturating_sub(limits.min.into());
    Slack {
        min_households: above(households, of_households),
        max_households: below(households, of_households),
        min_residents: above(residents, of_residents),
        max_residents: below(residents, of_residents),
    }
}

/// Twelve digits of the community, two or three of the grid.
fn code(community: &str, grid: &str) -> Option<String> {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_one = community.len() == 12 && is_number(community);
    let is_one = is_one && matches!(grid.len(), 1..=3) && is_number(grid);
    is_one.then(|| format!("{community}{grid:0>2}"))
}

/// A distance in decimetres, rounded down.
fn way(a: Point, b: Point) -> Option<u64> {
    let square = |a: i64, b: i64| u128::from(a.abs_diff(b)).checked_pow(2);
    let sum = square(a.x, b.x)?.checked_add(square(a.y, b.y)?)?;
    u64::try_from(sum.isqrt()).ok()
}

fn metres(decimetres: u64) -> u64 {
    decimetres.saturating_add(5) / 10
}
