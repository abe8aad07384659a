//! A division put into the members of a plan.

use super::shape::{
    Account, Block, Bound, Certificate, Community, Found, Grid, Number, Objective, Options, Plan,
    PreviousGrid, Prices, Slack, Sums,
};
use super::{VERSION, digest};
use crate::partition as solver;
use crate::partition::{Count, Limits, NumberStatus, Outcome, Status, Tier};
use crate::report::division::refused;
use crate::survey::{Division, Finding, GridFacts, Ground, Survey};

/// Puts a plan together. `options` are those that all communities were divided with.
#[must_use]
pub fn plan(
    survey: &Survey,
    options: &solver::Options,
    divisions: &[Division],
    findings: &[Finding],
) -> Plan {
    let total = survey.account.total();
    let communities: Vec<Community> = divisions
        .iter()
        .enumerate()
        .map(|(at, division)| community(survey, at, division))
        .collect();
    let options = Options {
        grids: match options.count {
            Count::Nearest => "auto".to_owned(),
            Count::Fewest => "min".to_owned(),
            Count::Exactly(number) => number.to_string(),
            Count::Between(from, to) => format!("{from}..{to}"),
        },
        standard: options.standard.into(),
        balance: options.balance,
        seed: options.seed,
        nodes: options.nodes,
        strict: options.strict,
    };
    Plan {
        version: VERSION,
        program: concat!("gridcode ", env!("CARGO_PKG_VERSION")).to_owned(),
        digest: digest(&options, &communities),
        options,
        account: Account {
            rows: total.rows,
            accepted: total.accepted,
            with_errors: total.with_errors,
            skipped: total.skipped_rows(),
            undivided: survey.undivided,
            listed_twice: survey.twice,
        },
        findings: findings.iter().map(found).collect(),
        communities,
    }
}

fn found(finding: &Finding) -> Found {
    Found {
        kind: finding.kind.key().to_owned(),
        severity: finding.severity.key().to_owned(),
        file: finding.file.clone(),
        sheet: finding.place.sheet.as_deref().map(str::to_owned),
        cell: (finding.place.row > 0).then(|| finding.place.name()),
        message: finding.message.clone(),
        advice: finding.advice.clone(),
    }
}

fn community(survey: &Survey, at: usize, division: &Division) -> Community {
    let problem = &division.posed.problem;
    let names = |block: usize| {
        let part = division.posed.parts.get(block);
        part.map(|part| part.name.clone()).unwrap_or_default()
    };
    let outcome = division.outcome.as_ref().ok();
    let certificate = |certificate: &solver::Certificate| Certificate::of(certificate, &names);
    let blocks = blocks(survey, at, division);
    Community {
        name: division.community.clone(),
        ground: match division.ground {
            Ground::Names => "names",
            Ground::Order => "order",
            Ground::Pairs => "pairs",
            Ground::Positions => "positions",
        }
        .to_owned(),
        status: outcome
            .map_or("refused", |outcome| status(outcome.status))
            .to_owned(),
        refused: division
            .outcome
            .as_ref()
            .err()
            .map(|error| refused(*error, division)),
        gap: outcome.and_then(Outcome::gap),
        tier: outcome.map(|outcome| tier(outcome.tier).to_owned()),
        nodes: outcome.map_or(0, |outcome| outcome.nodes),
        standard: division.options.standard.into(),
        sums: Sums {
            households: problem.households(),
            residents: problem.residents(),
            priority: blocks.iter().map(|block| u64::from(block.priority)).sum(),
        },
        blocks,
        links: problem.links.clone(),
        is_chain: problem.is_chain,
        together: problem.together.clone(),
        apart: problem.apart.clone(),
        joined: division.posed.joined.clone(),
        cut: division.posed.cut,
        oversized: division.oversized.clone(),
        unsplittable: division.unsplittable.clone(),
        split_further: division.further.clone(),
        fewest_split: division.is_fewest,
        previous: previous(division),
        grids: division.facts().into_iter().map(grid).collect(),
        objective: outcome
            .and_then(|outcome| outcome.objective)
            .map(|objective| Objective {
                households_missed: objective.households_missed,
                residents_missed: objective.residents_missed,
                split_buildings: objective.split_buildings,
                grids: objective.grids,
                moved: objective.moved,
                cost: objective.cost.to_string(),
            }),
        bound: outcome
            .and_then(|outcome| outcome.bound.as_ref())
            .map(|bound| Bound {
                cost: bound.cost.to_string(),
                by_prices: bound.by_prices.to_string(),
                move_cost: bound.move_cost.to_string(),
                prices: Prices {
                    blocks: bound.blocks.iter().map(ToString::to_string).collect(),
                    continued: bound
                        .continued
                        .iter()
                        .map(|(grid, price)| {
                            (
                                earlier(division, *grid).unwrap_or_default(),
                                price.to_string(),
                            )
                        })
                        .collect(),
                    grid: bound.grid.to_string(),
                },
            }),
        fewest_moved: outcome.is_some_and(|outcome| outcome.fewest_moved),
        certificate: outcome
            .and_then(|outcome| outcome.certificate.as_ref())
            .map(certificate),
        numbers: outcome
            .map(|outcome| outcome.numbers.as_slice())
            .unwrap_or_default()
            .iter()
            .map(|(grids, status)| Number {
                grids: *grids,
                status: number(status).to_owned(),
                certificate: match status {
                    NumberStatus::Impossible(why) => Some(certificate(why)),
                    _ => None,
                },
            })
            .collect(),
    }
}

fn blocks(survey: &Survey, at: usize, division: &Division) -> Vec<Block> {
    let problem = &division.posed.problem;
    let grids = division.grids();
    let community = survey.communities.get(at);
    let both = problem.blocks.iter().zip(&division.posed.parts).enumerate();
    both.map(|(number, (block, part))| {
        let building = community.and_then(|community| community.buildings.get(part.building));
        let entrance = part
            .entrance
            .and_then(|entrance| building?.entrances.get(entrance));
        let before = problem.previous.get(number).copied().flatten();
        let grid = grids.get(number).copied().flatten();
        Block {
            name: part.name.clone(),
            building: building
                .map(|building| building.name.clone())
                .unwrap_or_default(),
            building_number: block.building,
            entrance: entrance.map(|entrance| entrance.name.clone()),
            floors: part.floors,
            households: block.households,
            residents: block.residents,
            priority: part.count.priority,
            work: block.work,
            x: block.at.map(|at| at.x),
            y: block.at.map(|at| at.y),
            previous: before.and_then(|grid| earlier(division, grid)),
            grid: grid.and_then(|grid| division.labels.get(grid)).cloned(),
        }
    })
    .collect()
}

fn earlier(division: &Division, grid: u32) -> Option<String> {
    division.previous.get(usize::try_from(grid).ok()?).cloned()
}

fn previous(division: &Division) -> Vec<PreviousGrid> {
    let problem = &division.posed.problem;
    let named = division.previous.iter().enumerate();
    named
        .map(|(at, name)| {
            let is_it = |grid: u32| usize::try_from(grid) == Ok(at);
            let own = problem.own.iter().find(|(grid, _)| is_it(*grid));
            PreviousGrid {
                name: name.clone(),
                locked: problem.locked.iter().any(|grid| is_it(*grid)),
                standard: own.map(|(_, standard)| (*standard).into()),
            }
        })
        .collect()
}

fn grid(facts: GridFacts) -> Grid {
    let above = |number: u64, limits: Limits| signed(number) - i64::from(limits.min);
    let below = |number: u64, limits: Limits| {
        (limits.max < u32::MAX).then(|| i64::from(limits.max) - signed(number))
    };
    let (households, residents) = (facts.standard.households, facts.standard.residents);
    Grid {
        slack: Slack {
            min_households: above(facts.households, households),
            max_households: below(facts.households, households),
            min_residents: above(facts.residents, residents),
            max_residents: below(facts.residents, residents),
        },
        name: facts.name,
        code: facts.code,
        continues: facts.continues,
        blocks: facts.blocks,
        households: facts.households,
        residents: facts.residents,
        priority: facts.priority,
        work: facts.work,
        centre: facts.centre.map(|centre| (centre.x, centre.y)),
        mean_distance_m: facts.mean_distance,
        greatest_distance_m: facts.greatest_distance,
        moved_in: facts.moved_in,
        moved_out: facts.moved_out,
    }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Optimal => "optimal",
        Status::Feasible => "feasible",
        Status::Relaxed => "relaxed",
        Status::Infeasible => "infeasible",
        Status::Unknown => "unknown",
    }
}

fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Order => "order",
        Tier::Enumeration => "enumeration",
        Tier::Pricing => "pricing",
        Tier::Search => "search",
        Tier::None => "none",
    }
}

fn number(status: &NumberStatus) -> &'static str {
    match status {
        NumberStatus::Optimal => "optimal",
        NumberStatus::Feasible => "feasible",
        NumberStatus::Impossible(_) => "impossible",
        NumberStatus::Unknown => "unknown",
    }
}
