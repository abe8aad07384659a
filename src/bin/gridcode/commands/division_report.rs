//! What is said of a division: findings, a report on each community, one account at the end.

use gridcode::Text;
use gridcode::diagnostic::Diagnostic;
use gridcode::report::division;
use gridcode::report::text::{self, grouped};
use gridcode::survey::{Division, Finding, Survey};

use super::findings::{FOR_A_PERSON, more_of};
use crate::failure::Failure;
use crate::output::Output;

/// What standard output is taken by; the report goes to standard error then, or is left out beside the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    No,
    ByList,
    ByPlan,
}

/// Prints the report on every community, and the account.
pub fn print(
    survey: &Survey,
    divisions: &[Division],
    taken: Taken,
    output: &mut Output,
) -> Result<(), Failure> {
    if taken != Taken::ByPlan {
        for division in divisions {
            if taken == Taken::ByList {
                output.note(&Text::of(|lang| {
                    division::report(division, lang, &text::plain)
                }));
            } else {
                let lang = output.lang();
                let report =
                    division::report(division, lang, &|style, text| output.paint(style, text));
                output.line(&report)?;
            }
        }
    }
    for said in account(survey, divisions) {
        if taken == Taken::No {
            let line = said.get(output.lang()).to_owned();
            output.line(&line)?;
        } else {
            output.note(&said);
        }
    }
    Ok(())
}

/// What was found in the list and between the sheets.
#[derive(Default)]
pub struct Heard {
    pub rows: Vec<Diagnostic>,
    pub findings: Vec<Finding>,
}

impl Heard {
    /// Prints the first of them: on standard error where standard output is the list.
    pub fn print(
        &self,
        limit: Option<usize>,
        to_stdout: bool,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let limit = match limit {
            Some(0) => usize::MAX,
            Some(limit) => limit,
            None => FOR_A_PERSON,
        };
        let of_rows = self.rows.iter().map(Said::Row);
        let between = self.findings.iter().map(Said::Between);
        let count = self.rows.len() + self.findings.len();
        for said in between.chain(of_rows).take(limit) {
            if to_stdout {
                output.note(&Text::of(|lang| said.line(lang, &text::plain)));
            } else {
                let line = said.line(output.lang(), &|style, text| output.paint(style, text));
                output.line(&line)?;
            }
        }
        if count > limit {
            output.note(&more_of(&grouped((count - limit) as u64)));
        }
        Ok(())
    }
}

enum Said<'s> {
    Row(&'s Diagnostic),
    Between(&'s Finding),
}

impl Said<'_> {
    fn line(&self, lang: gridcode::Lang, paint: text::Paint<'_>) -> String {
        match self {
            Said::Row(row) => text::finding(row, lang, paint),
            Said::Between(finding) => division::finding(finding, lang, paint),
        }
    }
}

/// What became of every row and every community.
fn account(survey: &Survey, divisions: &[Division]) -> Vec<Text> {
    let mut said = Vec::new();
    if divisions.len() > 1 {
        let legal = divisions
            .iter()
            .filter(|division| division.is_legal())
            .count();
        let grids: usize = divisions
            .iter()
            .map(|division| division.plan.grids.len())
            .sum();
        let (all, rest) = (divisions.len(), divisions.len() - legal);
        said.push(Text::new(
            format!("{all} 个社区共 {grids} 个网格：{legal} 个社区全部符合标准，{rest} 个没有"),
            format!("{all} communities, {grids} grids: {legal} communities within the limits, {rest} not"),
        ));
    }
    let (undivided, twice) = (grouped(survey.undivided), grouped(survey.twice));
    if survey.is_blocks && survey.undivided > 0 {
        said.push(Text::new(
            format!("有 {undivided} 行没有划入网格，其户数没有计入（原因见该行的问题）"),
            format!("rows in no grid, and their households not counted: {undivided} (what is wrong with each is said above)"),
        ));
    } else if survey.undivided > 0 || survey.twice > 0 {
        said.push(Text::new(
            format!("没有划入网格 {undivided} 户（楼栋不明），重复登记只算一次的 {twice} 户"),
            format!("{undivided} in no grid because the building is not known, {twice} listed again and counted once"),
        ));
    }
    let total = survey.account.total();
    said.push(Text::of(|lang| text::account(&total, lang)));
    said
}
