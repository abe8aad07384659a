//! The synthetic communities as a measure: every planted mistake is found in its row, and nothing else is called one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gridcode::census::{Options, check};
use gridcode::codebook::Codebook;
use gridcode::diagnostic::{Diagnostic, Severity};
use gridcode::table::Source;
use jiff::civil::date;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/communities")
}

fn findings(name: &str) -> Vec<Diagnostic> {
    let options = Options::new(Codebook::shushan(), date(2026, 11, 1));
    let mut found = Vec::new();
    let source = Source::path(folder().join(name));
    let account = check(&source, &options, &mut |finding| found.push(finding)).unwrap();
    assert!(account.total().balances());
    found
}

/// The rules that may find a kind of mistake; none for what is no mistake.
fn fitting(kind: &str) -> &'static [&'static str] {
    match kind {
        "code-syntax" => &["code-syntax", "code-width"],
        "look-alike" => &["look-alike"],
        "undefined-letter" => &["undefined-letter"],
        "undefined-flag" => &["undefined-flag"],
        "code-mismatch" => &["code-mismatch"],
        "flag-missing" => &["flag-missing"],
        "flag-stale" => &["flag-stale"],
        "two-codes" => &["two-codes"],
        "duplicate-household" => &["duplicate-household"],
        "missing-unit" => &["missing-unit"],
        "missing-resident" => &["missing-resident"],
        "missing-tenure" => &["missing-tenure"],
        "unmapped-value" => &["unmapped-value"],
        "date-mangled" => &["date-mangled"],
        "scientific-notation" => &["scientific-notation"],
        "id-length" => &["id-length"],
        "id-date" => &["id-date"],
        "id-checksum" => &["id-checksum"],
        "id-truncated" => &["id-truncated"],
        "birth-impossible" => &["birth-impossible"],
        "birth-future" => &["birth-future"],
        "birth-id-mismatch" => &["birth-id-mismatch"],
        "age-mismatch" => &["age-mismatch"],
        "residents-count" => &["residents-count"],
        "ragged" => &["ragged-row"],
        "placeholder" | "harmless" => &[],
        other => panic!("the answer sheet has a kind without rules: {other}"),
    }
}

struct Planted {
    row: u64,
    kind: String,
}

fn answers(name: &str) -> Vec<Planted> {
    let text = std::fs::read_to_string(folder().join(name)).unwrap();
    let answer = |line: &str| {
        let mut cells = line.split(',').skip(1);
        let digits = cells
            .next()
            .unwrap()
            .trim_start_matches(|c: char| c.is_ascii_uppercase());
        Planted {
            row: digits.parse().unwrap(),
            kind: cells.next().unwrap().to_owned(),
        }
    };
    text.lines().skip(1).map(answer).collect()
}

/// `household_of` gives the rows of the household of a row: consequences may show in any of them.
fn hold(found: &[Diagnostic], answers: &[Planted], household_of: impl Fn(u64) -> BTreeSet<u64>) {
    let mut missed = Vec::new();
    let mut by_row: BTreeMap<u64, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in found {
        by_row.entry(finding.place.row).or_default().push(finding);
    }
    let mut expected = BTreeSet::new();
    for Planted { row, kind } in answers {
        let rules = fitting(kind);
        if rules.is_empty() {
            continue;
        }
        expected.extend(household_of(*row));
        let here = by_row.get(row).map_or(&[][..], Vec::as_slice);
        if !here.iter().any(|finding| rules.contains(&finding.rule)) {
            let rules: Vec<_> = here.iter().map(|finding| finding.rule).collect();
            missed.push(format!("row {row}: {kind}, found {rules:?}"));
        }
    }
    let surplus: Vec<_> = found
        .iter()
        .filter(|finding| {
            finding.severity == Severity::Error && !expected.contains(&finding.place.row)
        })
        .map(|finding| format!("{} {}", finding.place, finding.rule))
        .collect();
    assert!(
        missed.is_empty() && surplus.is_empty(),
        "missed {missed:#?}\nnot planted {surplus:#?}"
    );
}

#[test]
fn every_planted_mistake_of_the_households_is_found_and_no_other() {
    let found = findings("cuizhuyuan-dirty.xlsx");
    hold(&found, &answers("cuizhuyuan-dirty.expected.csv"), |row| {
        BTreeSet::from([row])
    });
}

#[test]
fn every_planted_mistake_of_the_residents_is_found_and_no_other() {
    let name = "cuizhuyuan-residents-dirty.csv";
    let text = std::fs::read_to_string(folder().join(name)).unwrap();
    // A household's residents are named after its number: 住户00001甲, 住户00001乙.
    let number = |line: &str| {
        let at = line.find("住户").map(|at| at + "住户".len());
        at.and_then(|at| line.get(at..at + 5)).map(str::to_owned)
    };
    let numbers: Vec<Option<String>> = text.lines().map(number).collect();
    let household_of = |row: u64| {
        let own = usize::try_from(row)
            .ok()
            .and_then(|row| numbers.get(row - 1))
            .cloned()
            .flatten();
        let same = |(_, number): &(u64, &Option<String>)| own.is_some() && **number == own;
        let rows = (1_u64..).zip(&numbers).filter(same).map(|(row, _)| row);
        rows.chain([row]).collect()
    };
    hold(
        &findings(name),
        &answers("cuizhuyuan-residents-dirty.expected.csv"),
        household_of,
    );
}

#[test]
fn sound_lists_have_nothing_to_find() {
    for name in [
        "cuizhuyuan.xlsx",
        "cuizhuyuan-residents.xlsx",
        "cuizhuyuan-gb18030.csv",
        "cuizhuyuan-utf8.csv",
        "cuizhuyuan-residents-gb18030.csv.gz",
    ] {
        let found = findings(name);
        let told: Vec<_> = found
            .iter()
            .take(5)
            .map(|finding| (finding.place.to_string(), finding.rule))
            .collect();
        // A head with lodgers of another type is worth a note, and no fault.
        assert!(
            found
                .iter()
                .all(|finding| finding.rule == "residents-differ"),
            "{name}: {told:?}"
        );
    }
}
