//! What a division starts from: lists counted by building, sheets held against each other, and the plan that comes of it.

use std::fmt::Write as _;
use std::num::NonZero;
use std::path::Path;

use gridcode::Lang;
use gridcode::census;
use gridcode::codebook::Codebook;
use gridcode::diagnostic::{Diagnostic, Severity};
use gridcode::partition::{Certificate, Count as GridCount, Limits, Options, Standard, Status};
use gridcode::report::{division, grid_sheet, plan};
use gridcode::survey::{
    Beside, Division, Earlier, Finding, Ground, Kind, Previous, Survey, Wishes, divide_all, read,
};
use gridcode::table::Source;
use jiff::civil::date;
use proptest::prelude::*;

mod dirt;
mod whole;

fn csv(name: &str, text: &str) -> Source {
    Source::bytes(format!("{name}.csv"), text.as_bytes().to_vec())
}

fn fixture(name: &str) -> Source {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/communities");
    Source::path(folder.join(name))
}

/// What was read, and all that was found.
struct Read {
    survey: Survey,
    findings: Vec<Finding>,
    rows: Vec<Diagnostic>,
}

impl Read {
    fn kinds(&self) -> Vec<(Kind, Severity, String)> {
        let all = self.findings.iter();
        all.map(|finding| {
            let place = &finding.place;
            let cell = if place.row > 0 {
                place.name()
            } else {
                String::new()
            };
            (finding.kind, finding.severity, cell)
        })
        .collect()
    }

    fn said(&self, kind: Kind) -> &Finding {
        self.findings
            .iter()
            .find(|finding| finding.kind == kind)
            .unwrap()
    }
}

const WISHES: Wishes = Wishes {
    standard: Standard::PUBLISHED,
    priority_weight: 1,
    locked: Vec::new(),
};

fn reading_of(list: &Source, beside: Beside<'_>, previous: Previous<'_>, wishes: &Wishes) -> Read {
    let options = census::Options::new(Codebook::shushan(), date(2026, 11, 1));
    let (mut rows, mut findings) = (Vec::new(), Vec::new());
    let survey = read(
        list,
        &options,
        beside,
        previous,
        wishes,
        &mut |row| rows.push(row),
        &mut |finding| findings.push(finding),
    )
    .unwrap();
    assert!(survey.account.total().balances(), "{:?}", survey.account);
    for finding in &findings {
        assert!(!finding.message.zh.is_empty() && !finding.advice.zh.is_empty());
        assert!(!finding.message.en.is_empty() && !finding.advice.en.is_empty());
    }
    Read {
        survey,
        findings,
        rows,
    }
}

fn reading(list: &Source, positions: Option<&Source>) -> Read {
    let beside = Beside {
        positions,
        ..Beside::default()
    };
    reading_of(list, beside, Previous::None, &WISHES)
}

fn small(min: u32, max: u32) -> Options {
    Options {
        standard: Standard {
            households: Limits { min, max },
            residents: Limits::NONE,
        },
        ..Options::default()
    }
}

fn divided(survey: &Survey, options: &Options) -> Vec<Division> {
    divided_on(1, survey, options)
}

fn divided_on(threads: usize, survey: &Survey, options: &Options) -> Vec<Division> {
    let threads = NonZero::new(threads).unwrap();
    divide_all(&survey.communities, options, threads, &mut |_| true)
}

fn json_on(threads: usize, read: &Read, options: &Options) -> String {
    let divisions = divided_on(threads, &read.survey, options);
    let plan = plan::plan(&read.survey, options, &divisions, &read.findings);
    serde_json::to_string(&plan).unwrap()
}

fn grids_of(division: &Division) -> Vec<(String, Vec<String>)> {
    let facts = division.facts().into_iter();
    facts
        .map(|grid| {
            let names = grid
                .blocks
                .iter()
                .map(|block| division.posed.parts[*block].name.clone());
            (grid.name, names.collect())
        })
        .collect()
}

/// `3栋,1,101` and so on: buildings with entrances, floors and rooms on each.
fn homes(buildings: &[(&str, u32, u32, u32)]) -> String {
    let mut text = "楼栋,单元,房号,人数\n".to_owned();
    for (name, entrances, floors, rooms) in buildings {
        for entrance in 1..=*entrances {
            for floor in 1..=*floors {
                for room in 1..=*rooms {
                    writeln!(text, "{name},{entrance},{floor}{room:02},3").unwrap();
                }
            }
        }
    }
    text
}
