//! Reports of more findings than are held at once: none is lost, and each stands where it is promised.

use std::fmt::Write as _;

use serde_json::Value;

use crate::json::{Desk, ON, assert_valid, validator};

/// As many findings are printed before more of the list is read.
const HELD: u64 = 8_192;

/// Households of which each has two findings, the one further to the right known first.
fn households(count: u64) -> String {
    let mut list = "网格编码,楼栋,房号,居住类型,住房性质\n".to_owned();
    for nth in 0..count {
        let (building, unit) = (nth / 1_000 + 1, 1_000 + nth % 1_000);
        let _ = writeln!(list, "{unit}Xa,{building}栋,{unit},常住人口,外借");
    }
    list
}

/// Two residents a household, both of a wrong number, and no code.
fn residents(count: u64) -> String {
    let mut list = "楼栋,房号,网格编码,居住类型,住房性质,姓名,与户主关系,身份证号\n".to_owned();
    for nth in 0..count {
        let (building, unit) = (nth / 1_000 + 1, 1_000 + nth % 1_000);
        for relation in ["户主", "子"] {
            let _ = writeln!(
                list,
                "{building}栋,{unit},,常住人口,自购房,甲,{relation},123"
            );
        }
    }
    list
}

fn place(finding: &Value) -> (u64, String) {
    let column = finding["column"].as_str().unwrap_or_default();
    (finding["row"].as_u64().unwrap(), column.to_owned())
}

fn count(report: &Value) -> u64 {
    let counts = report["findings"].as_object().unwrap();
    counts.values().map(|count| count.as_u64().unwrap()).sum()
}

#[test]
fn every_finding_of_households_stands_from_top_to_bottom() {
    let desk = Desk::with(&[("list.csv", &households(6_000))]);
    let report = desk.json(1, &["validate", "list.csv", ON, "--json"]);
    assert_valid(&validator("report.schema.json", None), &report);
    let file = &report["files"][0];
    let findings = file["findings"].as_array().unwrap();
    let found = findings.len() as u64;
    assert!(found > HELD);
    assert_eq!(
        (found, file["findings_not_shown"].as_u64()),
        (count(&report), Some(0))
    );
    let places: Vec<_> = findings.iter().map(place).collect();
    assert!(places.is_sorted());

    let lines = desk.lines(1, &["validate", "list.csv", ON, "--format", "ndjson"]);
    let (end, lines) = lines.split_last().unwrap();
    assert_eq!(count(&end["account"]), found);
    assert_eq!(lines.iter().map(place).collect::<Vec<_>>(), places);

    let table = desk.run(
        1,
        &["--quiet", "validate", "list.csv", ON, "--format", "csv"],
    );
    assert_eq!(table.lines().count() as u64, 1 + found);
}

#[test]
fn what_is_said_of_a_whole_household_may_stand_below_the_rows_and_is_not_lost() {
    let of_rows = 10_000;
    let desk = Desk::with(&[("list.csv", &residents(of_rows / 2))]);
    let report = desk.json(1, &["validate", "list.csv", ON, "--json"]);
    assert_valid(&validator("report.schema.json", None), &report);
    let findings = report["files"][0]["findings"].as_array().unwrap();
    let rows = |rule: &str| {
        let of_rule = findings.iter().filter(|finding| finding["rule"] == rule);
        of_rule.map(|finding| place(finding).0).collect::<Vec<_>>()
    };
    assert_eq!(rows("id-length"), (2..of_rows + 2).collect::<Vec<_>>());
    assert_eq!(
        rows("missing-code"),
        (2..of_rows + 2).step_by(2).collect::<Vec<_>>()
    );
    assert_eq!(findings.len() as u64, count(&report));

    // As long as all are held, the list is in order.
    let desk = Desk::with(&[("list.csv", &residents(1_000))]);
    let report = desk.json(1, &["validate", "list.csv", ON, "--json"]);
    let findings = report["files"][0]["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 3_000);
    assert!(findings.iter().map(place).is_sorted());
}

#[test]
fn a_file_that_is_broken_far_down_leaves_a_report_of_the_others_whole() {
    let broken = households(6_000) + "1234Aa,\"9栋,101,常住人口,自购房\n";
    let desk = Desk::with(&[("broken.csv", &broken), ("sound.csv", &households(1))]);
    let all = ["validate", "broken.csv", "sound.csv", ON, "--json"];
    let report = desk.json(2, &all);
    assert_valid(&validator("report.schema.json", None), &report);
    let files = report["files"].as_array().unwrap();
    assert_eq!(files.len(), 2);
    assert_eq!(files[0]["sheets"], Value::Array(Vec::new()));
    let why = files[0]["notes"][0]["en"].as_str().unwrap();
    assert!(why.contains("a quote opened in row 6002"), "{why}");
    assert_eq!(files[1]["sheets"][0]["rows"], 2);
    // Alone, it leaves a report that is cut off.
    let alone = desk.run(2, &["validate", "broken.csv", ON, "--json"]);
    assert!(!alone.is_empty() && serde_json::from_str::<Value>(&alone).is_err());
}

#[test]
fn encode_prints_its_findings_beside_the_file_it_writes() {
    let desk = Desk::with(&[("list.csv", &households(10_000))]);
    let arguments = [
        "encode",
        "list.csv",
        "-o",
        "coded.csv",
        ON,
        "--format",
        "ndjson",
    ];
    let lines = desk.lines(1, &arguments);
    let (end, lines) = lines.split_last().unwrap();
    assert!(lines.len() as u64 > HELD);
    assert_eq!(count(&end["account"]), lines.len() as u64);
    let written = std::fs::read_to_string(desk.0.path().join("coded.csv")).unwrap();
    assert_eq!(written.lines().count(), 10_001);
}
