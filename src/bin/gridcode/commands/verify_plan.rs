//! `gridcode partition --verify`: a plan and its proof checked again, by code that shares nothing with the solver.

use std::path::Path;

use gridcode::Text;
use gridcode::partition::{Claim, Status, Verdict, verify};
use gridcode::report::plan::{Plan, digest};
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
    faults.extend(plan.contradictions());
    let mut unchecked = Vec::new();
    let mut is_proved = true;
    for (community, told) in communities.iter().zip(&plan.communities) {
        let verdict = match &community.outcome {
            Some(outcome) => verify(&community.problem, &community.options, outcome),
            None => Verdict::default(),
        };
        let named = |text: Text| named(&community.name, &text);
        faults.extend(verdict.faults.iter().map(|fault| named(fault.text())));
        let is_sound = verdict.faults.is_empty();
        faults.extend(
            told.contradictions(community, is_sound)
                .into_iter()
                .map(named),
        );
        is_proved &= is_what_is_said(
            community.outcome.as_ref().map(|outcome| outcome.status),
            &verdict,
        );
        unchecked.extend(verdict.unchecked.iter().map(|claim| named(claim.text())));
    }
    for claim in &unchecked {
        output.note(claim);
    }
    output.note(&Text::fixed(
        "方案文件本身看不出来、因此没有核对：名单各行的账目与发现的问题，屏障切断了几处，求解的方式与步数，另外拆分的楼栋是否最少",
        "not to be seen from the file, and not checked: what became of the rows and what was found in them, how many links barriers cut, how and in how many steps the plan was found, whether fewer buildings could be divided",
    ));
    for fault in &faults {
        let lang = output.lang();
        let word = output.paint(Style::Error, lang.pick("错误", "error"));
        let said = output.paint(Style::Plain, fault.get(lang).trim());
        output.line(&format!("{word} {said}"))?;
    }
    if !faults.is_empty() {
        return Ok(Outcome::Findings);
    }
    let said = sound(&plan, communities.len(), unchecked.len());
    let line = said.get(output.lang()).to_owned();
    output.line(&line)?;
    // A proof that nobody has looked at may be wrong.
    Ok(if is_proved {
        Outcome::Sound
    } else {
        Outcome::Findings
    })
}

/// Whether what is said to be proved was looked at to the end. What is said of other numbers of grids, and the gap of a
/// plan that is not said to be the best, are worth less.
fn is_what_is_said(status: Option<Status>, verdict: &Verdict) -> bool {
    let is_aside = |claim: &Claim| matches!(claim, Claim::Possible { .. } | Claim::Best { .. });
    !matches!(status, Some(Status::Optimal | Status::Infeasible))
        || verdict.unchecked.iter().all(is_aside)
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

fn sound(plan: &Plan, communities: usize, unchecked: usize) -> Text {
    let grids: usize = plan
        .communities
        .iter()
        .map(|community| community.grids.len())
        .sum();
    if unchecked == 0 {
        return Text::new(
            format!("{communities} 个社区、{grids} 个网格的方案核验无误"),
            format!("the plan of {communities} communities and {grids} grids is sound"),
        );
    }
    Text::new(
        format!(
            "{communities} 个社区、{grids} 个网格的方案没有发现错误，但有 {unchecked} 项结论未能核对"
        ),
        format!(
            "nothing wrong was found in the plan of {communities} communities and {grids} grids, but {unchecked} claims could not be checked"
        ),
    )
}
