//! `gridcode partition --verify`: a plan and its proof checked again, by code that shares nothing with the solver.

use std::path::Path;

use gridcode::Text;
use gridcode::partition::verify;
use gridcode::report::plan::{Community, Plan, digest};
use gridcode::report::text::Style;

use super::plan_file::read_plan;
use crate::Outcome;
use crate::failure::Failure;
use crate::output::Output;

pub fn run(path: &Path, output: &mut Output) -> Result<Outcome, Failure> {
    let plan = read_plan(path)?;
    let communities = plan.rebuild()?;
    let mut faults = Vec::new();
    if digest(&plan.options, &plan.communities) != plan.digest {
        faults.push(Text::fixed(
            "方案中的楼栋、相邻关系或选项与摘要不符：文件被改动过",
            "blocks, links or options do not fit the digest: the file has been changed",
        ));
    }
    let mut unchecked = Vec::new();
    for (community, told) in communities.iter().zip(&plan.communities) {
        let Some(outcome) = &community.outcome else {
            continue;
        };
        let verdict = verify(&community.problem, &community.options, outcome);
        let named = |text: Text| named(&community.name, &text);
        faults.extend(verdict.faults.iter().map(|fault| named(fault.text())));
        faults.extend(contradictions(told).map(named));
        unchecked.extend(verdict.unchecked.iter().map(|claim| named(claim.text())));
    }
    for claim in &unchecked {
        output.note(claim);
    }
    for fault in &faults {
        let lang = output.lang();
        let word = output.paint(Style::Error, lang.pick("错误", "error"));
        let said = output.paint(Style::Plain, fault.get(lang).trim());
        output.line(&format!("{word} {said}"))?;
    }
    if faults.is_empty() {
        let said = sound(&plan, communities.len(), unchecked.len());
        let line = said.get(output.lang()).to_owned();
        output.line(&line)?;
        return Ok(Outcome::Sound);
    }
    Ok(Outcome::Findings)
}

fn named(community: &str, text: &Text) -> Text {
    if community.is_empty() {
        return text.clone();
    }
    Text::new(
        format!("{community}：{}", text.zh),
        format!("{community}: {}", text.en),
    )
}

/// Where the file says one thing twice, and differently: the grid of a block, the sums of a grid.
fn contradictions(community: &Community) -> impl Iterator<Item = Text> + '_ {
    let blocks = community
        .blocks
        .iter()
        .enumerate()
        .filter(|(place, block)| {
            let holds = community
                .grids
                .iter()
                .find(|grid| grid.blocks.contains(place));
            holds.map(|grid| &grid.name) != block.grid.as_ref()
        });
    let blocks = blocks.map(|(_, block)| {
        let name = &block.name;
        Text::new(
            format!("{name} 所在的网格前后不一致"),
            format!("the grid of {name} is told in two ways"),
        )
    });
    let grids = community.grids.iter().filter(|grid| {
        let own = || {
            grid.blocks
                .iter()
                .filter_map(|block| community.blocks.get(*block))
        };
        let households: u64 = own().map(|block| u64::from(block.households)).sum();
        let residents: u64 = own().map(|block| u64::from(block.residents)).sum();
        (households, residents) != (grid.households, grid.residents)
    });
    let grids = grids.map(|grid| {
        let name = &grid.name;
        Text::new(
            format!("网格 {name} 的户数或人数与所含楼栋之和不符"),
            format!("households or residents of grid {name} are not the sums of its blocks"),
        )
    });
    blocks.chain(grids)
}

fn sound(plan: &Plan, communities: usize, unchecked: usize) -> Text {
    let grids: usize = plan
        .communities
        .iter()
        .map(|community| community.grids.len())
        .sum();
    let (zh, en) = if unchecked == 0 {
        (String::new(), String::new())
    } else {
        (
            format!("，另有 {unchecked} 项结论未能核对"),
            format!("; {unchecked} claims could not be checked"),
        )
    };
    Text::new(
        format!("{communities} 个社区、{grids} 个网格的方案核验无误{zh}"),
        format!("the plan of {communities} communities and {grids} grids is sound{en}"),
    )
}
