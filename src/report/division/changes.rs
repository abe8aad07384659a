//! Who is in another grid than before, and why.

use crate::lang::Lang;
use crate::report::text::grouped;
use crate::survey::{Division, GridFacts};

/// Who is in another grid than before, and why.
pub(super) fn changes(division: &Division, facts: &[GridFacts], lang: Lang) -> Vec<String> {
    if division.previous.is_empty() || division.plan.grids.is_empty() {
        return Vec::new();
    }
    let problem = &division.posed.problem;
    let moves = division.moves();
    let new = problem
        .previous
        .iter()
        .filter(|grid| grid.is_none())
        .count();
    let sum: u64 = moves
        .iter()
        .filter_map(|moved| problem.blocks.get(moved.block))
        .map(|block| u64::from(block.households))
        .sum();
    let share = grouped(sum);
    let proof = match &division.outcome {
        Ok(outcome) if outcome.fewest_moved => {
            lang.pick("（已证明不能更少）", " (proved to be the fewest)")
        }
        _ => "",
    };
    let mut said = vec![if moves.is_empty() {
        lang.pick(
            "与上次的方案相比：没有住户改变网格",
            "against the previous plan: no household changes its grid",
        )
        .to_owned()
    } else {
        lang.pick(
            format!("与上次的方案相比：{share} 户改变网格{proof}"),
            format!("against the previous plan: {share} households change their grid{proof}"),
        )
    }];
    let previous = |grid: u32| {
        usize::try_from(grid)
            .ok()
            .and_then(|grid| division.previous.get(grid))
            .cloned()
            .unwrap_or_default()
    };
    for moved in &moves {
        let Some(part) = division.posed.parts.get(moved.block) else {
            continue;
        };
        let to = facts
            .get(moved.to)
            .map(|grid| grid.name.clone())
            .unwrap_or_default();
        let (from, households) = (previous(moved.from), grouped(part.count.households.into()));
        let why = reason(division, moved.from, moved.to, lang);
        let name = &part.name;
        said.push(lang.pick(
            format!("  {name}（{households} 户）由 {from} 调到 {to}：{why}"),
            format!("  {name} ({households} households) from {from} to {to}: {why}"),
        ));
    }
    if new > 0 {
        said.push(lang.pick(
            format!("  {new} 个划分单元是上次方案中没有的"),
            format!("  {new} blocks are not in the previous plan"),
        ));
    }
    said
}

/// Why a block went from one grid to another: what the earlier grids would be today.
fn reason(division: &Division, from: u32, to: usize, lang: Lang) -> String {
    let problem = &division.posed.problem;
    let today = |grid: u32| {
        let blocks = problem.blocks.iter().zip(&problem.previous);
        let own = blocks.filter(|(_, before)| **before == Some(grid));
        own.fold((0_u64, 0_u64), |sum, (block, _)| {
            (
                sum.0 + u64::from(block.households),
                sum.1 + u64::from(block.residents),
            )
        })
    };
    let missed = |grid: u32, side: i64| {
        let (households, residents) = today(grid);
        let continued = division
            .plan
            .grids
            .iter()
            .find(|plan| plan.continues == Some(grid));
        let standard =
            continued.map_or(division.options.standard, |grid| division.standard_of(grid));
        let both = [
            (
                standard.households,
                households,
                lang.pick("户", "households"),
            ),
            (standard.residents, residents, lang.pick("人", "residents")),
        ];
        let found = both
            .into_iter()
            .find(|(limits, number, _)| limits.missed(*number).signum() == side);
        found.map(|(limits, number, unit)| {
            (
                grouped(number),
                grouped(u64::from(if side > 0 { limits.max } else { limits.min })),
                unit,
            )
        })
    };
    let name = |grid: u32| {
        usize::try_from(grid)
            .ok()
            .and_then(|grid| division.previous.get(grid))
            .cloned()
            .unwrap_or_default()
    };
    let is_gone = !division
        .plan
        .grids
        .iter()
        .any(|grid| grid.continues == Some(from));
    let target = division.plan.grids.get(to).and_then(|grid| grid.continues);
    let origin = name(from);
    if is_gone {
        return lang.pick(
            format!("{origin} 不再单独成格"),
            format!("{origin} is no longer a grid"),
        );
    }
    if let Some((number, max, unit)) = missed(from, 1) {
        return lang.pick(
            format!("{origin} 现有 {number} {unit}，超过上限 {max}"),
            format!("{origin} has {number} {unit} now, above {max}"),
        );
    }
    match target {
        Some(target) => match missed(target, -1) {
            Some((number, min, unit)) => {
                let target = name(target);
                lang.pick(
                    format!("{target} 现只有 {number} {unit}，不足下限 {min}"),
                    format!("{target} has only {number} {unit} now, below {min}"),
                )
            }
            None => lang
                .pick(
                    "让相邻的网格符合标准所需的最少调整之一",
                    "one of the fewest changes that bring the grids around it within the limits",
                )
                .to_owned(),
        },
        None => lang
            .pick("新设的网格需要住户", "the new grid needs households")
            .to_owned(),
    }
}
