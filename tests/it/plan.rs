//! `gridcode partition` from outside: files written, plans that fit their schema, exit codes, what is refused.

use std::fmt::Write as _;
use std::path::Path;

use gridcode::survey::Kind;
use serde_json::{Value, json};

use crate::desk::{Desk, fixture};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[track_caller]
fn assert_fits(text: &str) -> Value {
    let schema = std::fs::read_to_string(Path::new(ROOT).join("docs/plan.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let plan: Value = serde_json::from_str(text).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&plan)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(faults, [""; 0]);
    plan
}

const SMALL: [&str; 8] = [
    "--min-households",
    "6",
    "--max-households",
    "9",
    "--min-residents",
    "0",
    "--max-residents",
    "99",
];

fn with_small<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let mut all = more.to_vec();
    all.extend(SMALL);
    all
}

#[test]
fn the_list_the_grids_and_the_plan_are_written_and_tell_the_same() {
    let desk = Desk::with(&[]);
    let (list, at) = (
        fixture("examples/quarter.csv"),
        fixture("examples/quarter-positions.csv"),
    );
    let files = [
        "-o",
        "list.csv",
        "--grids-sheet",
        "grids.csv",
        "--plan",
        "plan.json",
    ];
    let arguments = [&[list.as_str(), "--positions", &at][..], &files, &SMALL].concat();
    let (report, said) = desk.run(0, &arguments);
    assert!(
        report.contains("it is proved that no division is better"),
        "{report}"
    );
    assert!(said.contains("result written to `plan.json`"), "{said}");
    let plan = assert_fits(&desk.read("plan.json"));
    let community = &plan["communities"][0];
    assert_eq!(community["status"], "optimal");
    let written = desk.read("list.csv");
    let before = std::fs::read_to_string(&list).unwrap();
    let mut households = std::collections::BTreeMap::<String, u64>::new();
    for (new, old) in written
        .trim_start_matches('\u{feff}')
        .lines()
        .zip(before.lines())
    {
        // Every other column is untouched.
        let (kept, grid) = new.rsplit_once(',').unwrap();
        assert_eq!(kept, old);
        *households.entry(grid.to_owned()).or_default() += 1;
    }
    assert_eq!(households.remove("网格"), Some(1));
    let grids = community["grids"].as_array().unwrap();
    assert_eq!(households.len(), grids.len());
    let mut sheet = csv::Reader::from_path(desk.path("grids.csv")).unwrap();
    for (grid, row) in grids.iter().zip(sheet.records()) {
        let row = row.unwrap();
        let name = grid["name"].as_str().unwrap();
        assert_eq!(households[name], grid["households"].as_u64().unwrap());
        assert_eq!(
            (&row[1], &row[3]),
            (name, grid["households"].to_string().as_str())
        );
    }
    // The same as JSON on standard output, and nothing else there.
    let (printed, _) = desk.run(
        0,
        &[&[list.as_str(), "--positions", &at, "--json"][..], &SMALL].concat(),
    );
    assert_eq!(assert_fits(&printed), plan);
    // The plan is the next previous one; nobody moves.
    let again = [
        &[
            list.as_str(),
            "--positions",
            &at,
            "--previous",
            "plan.json",
            "--json",
        ][..],
        &SMALL,
    ]
    .concat();
    let next = assert_fits(&desk.run(0, &again).0);
    assert_eq!(next["communities"][0]["objective"]["moved"], 0);
    assert_eq!(next["communities"][0]["grids"][0]["name"], "01");
    // And the written list is one, too, by its column of grids, which is then written anew and not twice.
    let again = [
        &[
            "list.csv",
            "--positions",
            &at,
            "--previous",
            "list.csv",
            "-o",
            "again.csv",
        ][..],
        &SMALL,
    ]
    .concat();
    desk.run(0, &again);
    assert_eq!(desk.read("again.csv"), written);
}

#[test]
fn a_plan_is_sound_until_somebody_changes_it() {
    let desk = Desk::with(&[]);
    let (list, at) = (
        fixture("examples/quarter.csv"),
        fixture("examples/quarter-positions.csv"),
    );
    desk.run(
        0,
        &with_small(&[&list, "--positions", &at, "--plan", "plan.json"]),
    );
    let (said, _) = desk.run(0, &["--verify", "plan.json"]);
    assert!(said.contains("is sound"), "{said}");
    let text = desk.read("plan.json");
    let changed = text.replacen("\"households\": 4", "\"households\": 5", 1);
    assert_ne!(changed, text);
    std::fs::write(desk.path("changed.json"), changed).unwrap();
    let (said, _) = desk.run(1, &["--verify", "changed.json"]);
    assert!(said.contains("digest"), "{said}");
    for (name, text) in [
        (
            "later.json",
            text.replacen("\"version\": 1", "\"version\": 9", 1),
        ),
        ("half.json", text[..text.len() / 2].to_owned()),
    ] {
        std::fs::write(desk.path(name), text).unwrap();
        desk.run(2, &["--verify", name]);
    }
    desk.run(2, &["--verify", "nothing.json"]);
}

/// A plan with a previous one, moved households and a grid with limits of its own.
fn plan_with_moves(desk: &Desk) -> Value {
    let list = desk.path("list.csv");
    let list = list.to_str().unwrap();
    let told: &[(&str, &str)] = &[
        (
            "list.csv",
            "社区,楼栋,户数,人数,X,Y\n340104001001,1栋,60,180,0,0\n340104001001,2栋,50,150,40,0\n340104001001,3栋,55,170,80,0\n340104001001,4栋,45,135,120,0\n340104001001,5栋,45,135,160,3\n",
        ),
        (
            "before.csv",
            "楼栋,网格\n1栋,01\n2栋,02\n3栋,02\n4栋,02\n5栋,01\n",
        ),
        ("bounds.csv", "网格,最多户数\n02,170\n"),
    ];
    for (name, text) in told {
        std::fs::write(desk.path(name), text).unwrap();
    }
    let arguments = [
        list,
        "--previous",
        "before.csv",
        "--bounds",
        "bounds.csv",
        "--min-households",
        "90",
        "--max-households",
        "160",
        "--min-residents",
        "200",
        "--max-residents",
        "500",
        "--plan",
        "plan.json",
    ];
    desk.run(0, &arguments);
    serde_json::from_str(&desk.read("plan.json")).unwrap()
}

#[test]
fn whatever_a_plan_says_of_its_grids_is_worked_out_anew() {
    let desk = Desk::with(&[]);
    let plan = plan_with_moves(&desk);
    let (said, _) = desk.run(0, &["--verify", "plan.json"]);
    assert!(said.contains("is sound"), "{said}");
    let one = json!(1);
    let changes: Vec<(&str, Value)> = vec![
        ("/grids/0/centre", json!([0, 0])),
        ("/grids/0/mean_distance_m", one.clone()),
        ("/grids/0/greatest_distance_m", Value::Null),
        ("/grids/0/priority", one.clone()),
        ("/grids/0/work", one.clone()),
        ("/grids/0/households", one.clone()),
        ("/grids/0/moved_in", json!(77)),
        ("/grids/1/moved_out", json!(77)),
        ("/grids/0/code", json!("34010400100199")),
        ("/grids/0/code", Value::Null),
        ("/grids/0/slack/max_households", json!(1000)),
        ("/grids/1/slack/max_households", Value::Null),
        ("/grids/0/name", json!("99")),
        (
            "/grids/0/name",
            plan["communities"][0]["grids"][1]["name"].clone(),
        ),
        ("/blocks/0/grid", Value::Null),
        ("/sums/households", one.clone()),
        ("/sums/priority", one.clone()),
        ("/gap", json!(0.5)),
        ("/gap", Value::Null),
        ("/fewest_moved", json!(false)),
        ("/split_further", json!(["1栋"])),
        ("/oversized", json!(["1栋"])),
        ("/unsplittable", json!(["1栋"])),
        ("/ground", json!("names")),
        ("/ground", json!("somewhere")),
        ("/joined", json!([[0, 4]])),
        ("/refused", json!({"zh": "无", "en": "none"})),
        ("/status", json!("refused")),
        ("/objective", Value::Null),
    ];
    for (member, value) in changes {
        let mut forged = plan.clone();
        let place = forged
            .pointer_mut(&format!("/communities/0{member}"))
            .unwrap();
        assert_ne!(*place, value, "{member}");
        *place = value;
        std::fs::write(desk.path("forged.json"), forged.to_string()).unwrap();
        let (said, _) = desk.run(1, &["--verify", "forged.json"]);
        assert!(said.contains("error"), "{member}: {said}");
        assert!(!said.contains("digest"), "{member}: {said}");
    }
    let mut forged = plan.clone();
    forged["account"]["accepted"] = one;
    std::fs::write(desk.path("forged.json"), forged.to_string()).unwrap();
    desk.run(1, &["--verify", "forged.json"]);
    let mut forged = plan.clone();
    let again = plan["communities"][0].clone();
    forged["communities"].as_array_mut().unwrap().push(again);
    std::fs::write(desk.path("forged.json"), forged.to_string()).unwrap();
    let (said, _) = desk.run(1, &["--verify", "forged.json"]);
    assert!(said.contains("more than one community"), "{said}");
}

#[test]
fn a_community_is_refused_for_a_reason_and_nothing_else_is_said_of_it() {
    let desk = Desk::with(&[("empty.csv", "building,households,persons\n1,0,0\n2,0,0\n")]);
    desk.run(1, &["empty.csv", "--plan", "plan.json"]);
    desk.run(0, &["--verify", "plan.json"]);
    let plan: Value = serde_json::from_str(&desk.read("plan.json")).unwrap();
    for (member, value) in [
        ("refused", json!({"zh": "无", "en": "none"})),
        ("refused", Value::Null),
        ("gap", json!(0.0)),
        ("tier", json!("order")),
        ("fewest_moved", json!(true)),
    ] {
        let mut forged = plan.clone();
        forged["communities"][0][member] = value;
        std::fs::write(desk.path("forged.json"), forged.to_string()).unwrap();
        desk.run(1, &["--verify", "forged.json"]);
    }
}

#[test]
fn certificates_are_told_in_the_words_of_their_numbers() {
    let desk = Desk::with(&[]);
    let nasty = fixture("communities/nasty_ratio.buildings.csv");
    desk.run(1, &[&nasty, "--strict", "--plan", "plan.json"]);
    desk.run(0, &["--verify", "plan.json"]);
    let mut plan: Value = serde_json::from_str(&desk.read("plan.json")).unwrap();
    plan["communities"][0]["certificate"]["text"]["zh"] = json!("没有");
    std::fs::write(desk.path("forged.json"), plan.to_string()).unwrap();
    let (said, _) = desk.run(1, &["--verify", "forged.json"]);
    assert!(said.contains("words of a certificate"), "{said}");
}

#[test]
fn plans_of_every_status_fit_the_schema() {
    let desk = Desk::with(&[
        (
            "empty.csv",
            "community,building,households,persons\nA,1,0,0\nB,1,400,1200\n",
        ),
        (
            "big.csv",
            "building,households,persons\n1栋,620,1400\n2栋,-4,1\n",
        ),
    ]);
    let nasty = fixture("communities/nasty_ratio.buildings.csv");
    let c4334 = fixture("communities/c4334.buildings.csv");
    for (status, arguments) in [
        ("infeasible", vec![nasty.as_str(), "--strict"]),
        ("infeasible", vec![&c4334, "--grids", "8", "--strict"]),
        ("refused", vec!["empty.csv"]),
        ("relaxed", vec!["big.csv"]),
    ] {
        let (text, _) = desk.run(1, &[&arguments[..], &["--json"]].concat());
        let plan = assert_fits(&text);
        assert_eq!(plan["communities"][0]["status"], status, "{arguments:?}");
    }
}

#[test]
fn the_schema_lists_the_kinds_of_findings_of_the_code() {
    let schema = std::fs::read_to_string(Path::new(ROOT).join("docs/plan.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.key()).collect();
    assert_eq!(
        schema["$defs"]["found"]["properties"]["kind"]["enum"],
        serde_json::json!(kinds)
    );
    // The page says of each what the program says of it.
    let page = std::fs::read_to_string(Path::new(ROOT).join("docs/json.md")).unwrap();
    for kind in Kind::ALL {
        let line = format!("| `{}` | {} |\n", kind.key(), kind.about().en);
        assert!(page.contains(&line), "{line}");
    }
}

#[test]
fn nothing_is_overwritten_and_nothing_is_mixed() {
    let list = "楼栋,户数,人数\n1栋,400,1200\n";
    let desk = Desk::with(&[("list.csv", list)]);
    desk.run(2, &["list.csv", "-o", "list.csv"]);
    desk.run(2, &["list.csv", "-o", "-", "--json"]);
    desk.run(2, &["list.csv", "--plan", "plan.txt"]);
    desk.run(2, &["list.csv", "--format", "ndjson"]);
    desk.run(2, &["list.csv", "--grids", "0"]);
    desk.run(2, &["list.csv", "--positions", "nowhere.csv"]);
    desk.run(2, &[]);
    assert_eq!(desk.read("list.csv"), list);
    let (out, said) = desk.run(0, &["list.csv", "-o", "-"]);
    assert_eq!(out, "楼栋,户数,人数,网格\r\n1栋,400,1200,01\r\n");
    assert!(
        said.contains("grid 01: 400 households, 1,200 residents; 1栋"),
        "{said}"
    );
    desk.run(
        0,
        &["list.csv", "-o", "out.xlsx", "--grids-sheet", "grids.xlsx"],
    );
    let (text, _) = desk.run(0, &["out.xlsx", "-o", "-"]);
    assert_eq!(text, out);
}

#[test]
fn a_community_in_trouble_does_not_stop_the_others() {
    let mut list = "社区,楼栋,户数,人数,序号\n".to_owned();
    for community in ["乙社区", "甲社区", "丙社区"] {
        for number in 1..=6 {
            let households = if community == "甲社区" { 600 } else { 70 };
            let residents = households * 3;
            writeln!(
                list,
                "{community},{number}栋,{households},{residents},{number}"
            )
            .unwrap();
        }
    }
    let desk = Desk::with(&[("list.csv", &list)]);
    let mut first = None;
    for threads in ["1", "2", "7"] {
        let (report, _) = desk.run(1, &["list.csv", "-j", threads]);
        let order: Vec<&str> = report
            .lines()
            .filter(|line| line.contains("社区: "))
            .map(|line| &line[..9])
            .collect();
        assert_eq!(order, ["乙社区", "甲社区", "丙社区"]);
        assert!(report.contains("3 communities, "), "{report}");
        assert!(
            report.contains("2 communities within the limits, 1 not"),
            "{report}"
        );
        assert_eq!(*first.get_or_insert_with(|| report.clone()), report);
    }
}
