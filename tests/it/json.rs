//! What the program prints as JSON is what the published schemas say, and the schemas say it strictly.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use gridcode::code::{Confidence, Part};
use gridcode::codebook::Basis;
use gridcode::diagnostic::Severity;
use gridcode::household::Level;
use gridcode::row::Field;
use gridcode::table::RowKind;
use jsonschema::Validator;
use serde_json::{Value, json};

const CLEAN: &str = "楼栋,单元,房号,居住类型,住房性质,网格编码\n3栋,1,803,常住,自购房,803Aa\n3栋,1,804,流动,出租房,804Bb5\n";

/// A title, mistakes of several kinds, a blank row, a household written twice and a row cut off.
const DIRTY: &str = "翠竹园社区住户清册\n楼栋,房号,居住类型,住房性质,网格编码,姓名\n3栋,803,常住,自购房,803Ca8,甲\n\n\
    3栋,804,流动,出租房,８０４Ｂｂ,乙\n3栋,8.03E+05,常住,借住,8O5Aa7,丙\n三栋,804,流动,出租房,804Bb,丁\n3栋,806,常住\n\
    4栋,,常住,自购房,,戊\n合计,5,,,,\n";

fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A validator for the whole schema, or for one of its definitions.
pub(crate) fn validator(name: &str, definition: Option<&str>) -> Validator {
    let mut schema = schema(name);
    if let Some(definition) = definition {
        let root = schema.as_object_mut().unwrap();
        root.retain(|key, _| key.starts_with('$'));
        root.insert("$ref".to_owned(), json!(format!("#/$defs/{definition}")));
    }
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

#[track_caller]
pub(crate) fn assert_valid(validator: &Validator, value: &Value) {
    let mut faults = String::new();
    for error in validator.iter_errors(value) {
        writeln!(faults, "{}: {error}", error.instance_path()).unwrap();
    }
    assert!(faults.is_empty(), "{faults}{value:#}");
}

/// A folder with lists, and the program run in it.
pub(crate) struct Desk(pub(crate) tempfile::TempDir);

impl Desk {
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            std::fs::write(desk.0.path().join(name), text).unwrap();
        }
        desk
    }

    #[track_caller]
    pub(crate) fn run(&self, status: i32, arguments: &[&str]) -> String {
        let output = Command::new(PathBuf::from(env!("CARGO_BIN_EXE_gridcode")))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    #[track_caller]
    pub(crate) fn json(&self, status: i32, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.run(status, arguments)).unwrap()
    }

    #[track_caller]
    pub(crate) fn lines(&self, status: i32, arguments: &[&str]) -> Vec<Value> {
        let printed = self.run(status, arguments);
        printed
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

fn desk() -> Desk {
    Desk::with(&[("clean.csv", CLEAN), ("dirty.csv", DIRTY)])
}

pub(crate) const ON: &str = "--on=2026-11-01";

fn number(value: &Value, member: &str) -> u64 {
    value[member].as_u64().unwrap()
}

/// What a schema cannot say: sums.
#[track_caller]
fn assert_balanced(report: &Value) {
    let files = report["files"].as_array().unwrap();
    let sheets = || {
        files
            .iter()
            .flat_map(|file| file["sheets"].as_array().unwrap())
    };
    for account in sheets().chain([&report["total"]]) {
        let [rows, accepted, errors, skipped] =
            ["rows", "accepted", "with_errors", "skipped"].map(|member| number(account, member));
        assert_eq!(rows, accepted + errors + skipped);
        let reasons = account["skipped_by_reason"].as_array().unwrap();
        let by_reason: u64 = reasons.iter().map(|reason| number(reason, "rows")).sum();
        assert_eq!(skipped, by_reason);
    }
    let rows: u64 = sheets().map(|sheet| number(sheet, "rows")).sum();
    assert_eq!(number(&report["total"], "rows"), rows);
    for member in ["errors", "warnings", "notes"] {
        let rules = files
            .iter()
            .flat_map(|file| file["rules"].as_array().unwrap());
        let by_rule: u64 = rules.map(|rule| number(rule, member)).sum();
        assert_eq!(number(&report["findings"], member), by_rule, "{member}");
    }
}

#[test]
fn the_report_of_a_clean_list_fits_the_schema_and_shows_nothing() {
    let report = desk().json(0, &["validate", "clean.csv", "--format=json", ON]);
    assert_valid(&validator("report.schema.json", None), &report);
    assert_balanced(&report);
    assert_eq!(report["findings"]["errors"], 0);
    assert_eq!(report["files"][0]["sheets"][0]["accepted"], 2);
    assert_eq!(report["files"][0]["sheets"][0]["level"], "household");
}

#[test]
fn the_report_of_a_dirty_list_fits_the_schema_and_shows_every_member() {
    let report = desk().json(1, &["validate", "dirty.csv", "--json", ON]);
    assert_valid(&validator("report.schema.json", None), &report);
    assert_balanced(&report);
    let findings = report["files"][0]["findings"].as_array().unwrap();
    assert!(findings.len() >= 2);
    assert_eq!(report["files"][0]["findings_not_shown"], 0);
    for member in ["column", "field", "span", "value", "advice", "fix"] {
        let shown = findings.iter().any(|finding| !finding[member].is_null());
        assert!(
            shown,
            "no finding has `{member}`: this list tests too little"
        );
    }
    let reasons = report["total"]["skipped_by_reason"].as_array().unwrap();
    assert!(reasons.len() >= 3, "{reasons:?}");
}

#[test]
fn the_report_of_several_files_fits_the_schema_and_counts_what_it_does_not_show() {
    let arguments = [
        "validate",
        "clean.csv",
        "dirty.csv",
        "--json",
        "--max-errors=1",
        ON,
    ];
    let report = desk().json(1, &arguments);
    assert_valid(&validator("report.schema.json", None), &report);
    assert_balanced(&report);
    let files = report["files"].as_array().unwrap();
    let names: Vec<_> = files
        .iter()
        .map(|file| file["file"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["clean.csv", "dirty.csv"]);
    assert_eq!(files[1]["findings"].as_array().unwrap().len(), 1);
    assert!(number(&files[1], "findings_not_shown") >= 1);
}

#[test]
fn every_sheet_of_a_workbook_has_its_account() {
    let book =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/communities/cuizhuyuan-dirty.xlsx");
    let report = desk().json(
        1,
        &[
            "validate",
            book.to_str().unwrap(),
            "--json",
            "--max-errors=50",
            ON,
        ],
    );
    assert_valid(&validator("report.schema.json", None), &report);
    assert_balanced(&report);
    let sheets = report["files"][0]["sheets"].as_array().unwrap();
    assert!(sheets.iter().all(|sheet| sheet["sheet"].is_string()));
}

#[test]
fn every_line_of_a_stream_fits_the_schema_and_the_last_is_the_account() {
    let line = validator("report.schema.json", Some("line"));
    let lines = desk().lines(
        1,
        &["validate", "clean.csv", "dirty.csv", "--format=ndjson", ON],
    );
    assert!(lines.len() >= 3);
    for value in &lines {
        assert_valid(&line, value);
    }
    let (account, findings) = lines.split_last().unwrap();
    assert_balanced(&account["account"]);
    assert!(
        findings
            .iter()
            .all(|finding| finding["file"] == "dirty.csv")
    );
    let counts = &account["account"]["findings"];
    let counted: u64 = ["errors", "warnings", "notes"]
        .iter()
        .map(|member| number(counts, member))
        .sum();
    assert_eq!(counted, findings.len() as u64);
}

#[test]
fn encoding_reports_in_the_same_shape() {
    let desk = desk();
    let report = desk.json(1, &["encode", "dirty.csv", "-o", "coded.csv", "--json", ON]);
    assert_valid(&validator("report.schema.json", None), &report);
    assert_balanced(&report);
}

const CODES: [&str; 7] = [
    "803Aa7",
    "0803Bb58",
    "803Aa3",
    "８０３Ａａ７",
    "8O3Aa",
    "8.03E+05",
    "803Ca7",
];

#[test]
fn decoded_codes_fit_the_schema() {
    let desk = desk();
    let mut arguments = vec!["decode", "--format=json"];
    arguments.extend(CODES);
    let decoded = desk.json(1, &arguments);
    assert_valid(&validator("decode.schema.json", None), &decoded);
    let valid: Vec<_> = decoded
        .as_array()
        .unwrap()
        .iter()
        .map(|text| text["valid"] == true)
        .collect();
    assert_eq!(valid, [true, true, true, false, false, false, false]);
    assert_eq!(decoded[3]["repair"]["code"], "803Aa7");
    assert_eq!(decoded[5]["repair"], Value::Null);

    arguments[1] = "--format=ndjson";
    let line = validator("decode.schema.json", Some("decoded"));
    let lines = desk.lines(1, &arguments);
    assert_eq!(
        lines.iter().collect::<Vec<_>>(),
        decoded.as_array().unwrap().iter().collect::<Vec<_>>()
    );
    for value in &lines {
        assert_valid(&line, value);
    }
    arguments.extend(["--codebook=age-decade"]);
    assert_valid(&line, &desk.lines(1, &arguments)[0]);
}

/// Calls for every value inside a value, with the road to it.
fn each(value: &Value, road: &str, call: &mut dyn FnMut(&str, &Value)) {
    call(road, value);
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                each(member, &format!("{road}/{name}"), call);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                each(item, &format!("{road}/{at}"), call);
            }
        }
        _ => {}
    }
}

/// Every member that is added, and every value of another type, must be refused; and what may be left out is named.
#[track_caller]
fn assert_strict(validator: &Validator, document: &Value, may_be_left_out: &[&str]) {
    let mut roads = Vec::new();
    each(document, "", &mut |road, value| {
        roads.push((road.to_owned(), value.clone()));
    });
    let with = |road: &str, changed: Value| {
        let mut document = document.clone();
        *document.pointer_mut(road).unwrap() = changed;
        validator.is_valid(&document)
    };
    for (road, value) in roads {
        assert!(!with(&road, json!(1.5)), "{road} may be a fraction");
        let Value::Object(members) = value else {
            continue;
        };
        let mut more = members.clone();
        more.insert("planted".to_owned(), json!(1));
        assert!(
            !with(&road, Value::Object(more)),
            "{road} may have any member"
        );
        for name in members
            .keys()
            .filter(|name| !may_be_left_out.contains(&name.as_str()))
        {
            let mut fewer = members.clone();
            fewer.remove(name);
            assert!(
                !with(&road, Value::Object(fewer)),
                "{road} may be without {name}"
            );
        }
    }
}

#[test]
fn the_schemas_refuse_what_is_added_left_out_or_of_another_type() {
    let desk = desk();
    let report = desk.json(
        1,
        &["validate", "dirty.csv", "--json", "--max-errors=8", ON],
    );
    assert_strict(
        &validator("report.schema.json", None),
        &report,
        &["sheet", "level"],
    );
    let lines = desk.lines(1, &["validate", "dirty.csv", "--format=ndjson", ON]);
    assert_strict(
        &validator("report.schema.json", Some("line")),
        &lines[0],
        &[],
    );
    let decoded = desk.json(1, &["decode", "--json", "803Aa7", "8O3Aa"]);
    assert_strict(
        &validator("decode.schema.json", None),
        &decoded,
        &["repair"],
    );
}

#[test]
fn the_schemas_list_exactly_the_keys_of_the_code() {
    let report = schema("report.schema.json");
    let list = |pointer: &str| -> Vec<Option<String>> {
        let values = report.pointer(pointer).unwrap().as_array().unwrap();
        values
            .iter()
            .map(|value| value.as_str().map(str::to_owned))
            .collect()
    };
    let keys = |keys: &[&str]| -> Vec<Option<String>> {
        keys.iter().map(|key| Some((*key).to_owned())).collect()
    };

    let mut fields = keys(
        &Field::ALL
            .iter()
            .map(|field| field.key())
            .collect::<Vec<_>>(),
    );
    fields.push(None);
    assert_eq!(list("/$defs/finding/properties/field/enum"), fields);

    let mut reasons: Vec<_> = RowKind::ALL
        .iter()
        .filter(|kind| **kind != RowKind::Data)
        .map(|kind| kind.key())
        .collect();
    reasons.push("sheet-without-table");
    assert_eq!(
        list("/$defs/skipped/properties/reason/enum"),
        keys(&reasons)
    );

    let severities = [Severity::Error, Severity::Warning, Severity::Note].map(Severity::key);
    assert_eq!(
        list("/$defs/finding/properties/severity/enum"),
        keys(&severities)
    );
    let levels = [Level::Household, Level::Person].map(Level::key);
    assert_eq!(list("/$defs/account/properties/level/enum"), keys(&levels));
    let confidences = [Confidence::Safe, Confidence::Suggested].map(Confidence::key);
    assert_eq!(
        list("/$defs/fix/properties/confidence/enum"),
        keys(&confidences)
    );

    let decode = schema("decode.schema.json");
    let parts = [Part::Unit, Part::Resident, Part::Tenure, Part::Flags].map(Part::key);
    assert_eq!(decode["$defs"]["part_name"]["enum"], json!(parts));
    let bases = [
        Basis::Published,
        Basis::Observed,
        Basis::Inferred,
        Basis::Local,
    ]
    .map(Basis::key);
    let stated = decode["$defs"]["part"]["properties"]["basis"]["enum"]
        .as_array()
        .unwrap();
    assert_eq!(stated[..4], *json!(bases).as_array().unwrap());
}

#[test]
fn the_page_explains_every_member_and_every_key_of_the_schemas() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json.md"))
        .unwrap();
    let mut missing = Vec::new();
    for name in [
        "report.schema.json",
        "decode.schema.json",
        "plan.schema.json",
        "assign.schema.json",
        "find.schema.json",
        "reminders.schema.json",
        "diff.schema.json",
        "fix.schema.json",
    ] {
        each(&schema(name), "", &mut |road, value| {
            let words: Vec<&str> = match value {
                Value::Object(members) if road.ends_with("/properties") => {
                    members.keys().map(String::as_str).collect()
                }
                Value::Array(keys) if road.ends_with("/enum") && !road.ends_with("/field/enum") => {
                    keys.iter().filter_map(Value::as_str).collect()
                }
                _ => return,
            };
            missing.extend(
                words
                    .iter()
                    .filter(|word| !page.contains(&format!("`{word}`")))
                    .map(|word| (*word).to_owned()),
            );
        });
    }
    assert_eq!(missing, [""; 0]);
}
