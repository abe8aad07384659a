//! `gridcode partition --verify`: a plan and its proof checked again, by code that shares nothing with the solver.

use std::path::Path;

use gridcode::Text;
use gridcode::report::plan::{Plan, Rebuilt, digest};
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
    for community in &communities {
        let name = &community.name;
        for fault in faults_of(community) {
            faults.push(Text::new(
                format!("{name} {}", fault.zh),
                format!("{name} {}", fault.en),
            ));
        }
    }
    for fault in &faults {
        let lang = output.lang();
        let word = output.paint(Style::Error, lang.pick("错误", "error"));
        let said = output.paint(Style::Plain, fault.get(lang).trim());
        output.line(&format!("{word} {said}"))?;
    }
    if faults.is_empty() {
        let said = sound(&plan, communities.len());
        let line = said.get(output.lang()).to_owned();
        output.line(&line)?;
        return Ok(Outcome::Sound);
    }
    Ok(Outcome::Findings)
}

fn faults_of(community: &Rebuilt) -> Vec<Text> {
    let checked = community.problem.checked(&community.options);
    match (&community.outcome, checked) {
        (Some(_), Err(error)) => vec![Text::new(
            format!("方案中的问题不能成立：{error}"),
            format!("the problem cannot be worked on: {error}"),
        )],
        _ => Vec::new(),
    }
}

fn sound(plan: &Plan, communities: usize) -> Text {
    let grids: usize = plan
        .communities
        .iter()
        .map(|community| community.grids.len())
        .sum();
    Text::new(
        format!("{communities} 个社区、{grids} 个网格的方案核验无误"),
        format!("the plan of {communities} communities and {grids} grids is sound"),
    )
}
