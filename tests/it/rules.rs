//! The rules as a whole: their list, their pages, what they keep to themselves, and what they find in known lists.

use std::collections::{BTreeMap, BTreeSet};

use gridcode::Lang;
use gridcode::census::{Options, check};
use gridcode::codebook::Codebook;
use gridcode::diagnostic::{Diagnostic, Severity};
use gridcode::rule::{self, Level, Settings};
use gridcode::table::Source;
use jiff::civil::date;

fn findings(source: &Source, settings: Settings) -> Vec<Diagnostic> {
    let mut options = Options::new(Codebook::shushan(), date(2026, 11, 1));
    options.settings = settings;
    let mut findings = Vec::new();
    check(source, &options, &mut |finding| findings.push(finding)).unwrap();
    findings
}

fn of_text(list: &str) -> Vec<Diagnostic> {
    findings(&Source::bytes("list.csv", list.into()), Settings::default())
}

#[test]
fn numbers_are_unique_in_order_and_without_a_gap() {
    let ids: Vec<_> = rule::all().iter().map(|rule| rule.info().id).collect();
    let expected: Vec<_> = (1..=ids.len())
        .map(|number| format!("GC{number:03}"))
        .collect();
    assert_eq!(ids, expected);
}

#[test]
fn names_are_words_with_dashes_and_unique() {
    let names: Vec<_> = rule::all().iter().map(|rule| rule.info().name).collect();
    for name in &names {
        let sound =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
        assert!(name.split('-').all(sound), "{name}");
        assert!(name.len() <= 22, "{name} does not fit into its column");
    }
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

#[test]
fn every_page_has_both_languages_and_a_title_that_stands_alone() {
    for rule in rule::all() {
        let info = rule.info();
        let (zh, en) = (info.title(Lang::Zh), info.title(Lang::En));
        assert!(
            zh.ends_with('。') && zh.chars().count() <= 23,
            "{}: {zh}",
            info.name
        );
        assert!(!zh.is_ascii(), "{}: {zh}", info.name);
        assert!(
            en.ends_with('.') && en.is_ascii() && en.len() <= 45,
            "{}: {en}",
            info.name
        );
        for lang in [Lang::Zh, Lang::En] {
            let page = info.page(lang);
            assert!(page.starts_with(info.title(lang)), "{}", info.name);
            assert!(page.lines().count() >= 3, "{} explains nothing", info.name);
            assert!(
                page.lines()
                    .all(|line| !line.starts_with(' ') && line != "---"),
                "{}",
                info.name
            );
            let heading = format!("## {} {}\n", info.id, info.name);
            assert!(rule::markdown(info, lang).starts_with(&heading));
        }
        assert!(
            info.page(Lang::En).lines().all(|line| !line.contains('。')),
            "{}",
            info.name
        );
    }
}

#[test]
fn a_rule_is_found_by_its_name_and_by_its_number() {
    for rule in rule::all() {
        let info = rule.info();
        assert_eq!(rule::find(info.name), Some(info));
        assert_eq!(rule::find(&info.id.to_lowercase()), Some(info));
    }
    assert_eq!(rule::find("no-such-rule"), None);
}

#[test]
fn an_allowed_rule_is_silent_and_a_denied_warning_is_an_error() {
    let source = Source::bytes(
        "list.csv",
        "楼栋,房号,网格编码\n3栋,803,８０３Ａａ\n".into(),
    );
    let severity = |level| {
        let mut settings = Settings::default();
        settings.set("GC002", level).unwrap();
        let found = findings(&source, settings);
        found.first().map(|found| found.severity)
    };
    assert_eq!(severity(Level::Allow), None);
    assert_eq!(severity(Level::Warn), Some(Severity::Warning));
    assert_eq!(severity(Level::Deny), Some(Severity::Error));
}

/// What tells who somebody is, planted into dirty rows in every way in which lists go wrong.
const SECRETS: [&str; 11] = [
    "欧阳若兰",
    "司马青云",
    "110105194912310021",
    "11010519491331002X",
    "1101051949123100",
    "13805512468",
    "1.38055E+10",
    "1931-02-30",
    "1931-02-28",
    "2039-07-07",
    "1949-12-31",
];

#[test]
fn no_finding_tells_who_somebody_is() {
    let header =
        "楼栋,房号,网格编码,居住类型,住房性质,人数,姓名,与户主关系,身份证号,出生日期,年龄,联系电话";
    let rows = [
        "3栋,803,803Aa,常住,自购,2,欧阳若兰,户主,110105194912310021,1931-02-28,30,13805512468",
        "3栋,803,803Ba,流动,借住,2,司马青云,子,11010519491331002X,2039-07-07,12岁半,13805512468",
        // Moved to the left and to the right, with and without a cell more.
        "803,803Aa,常住,自购,2,欧阳若兰,户主,110105194912310021,1931-02-28,30,13805512468,",
        ",4栋,804,804Aa,常住,自购,2,欧阳若兰,户主,110105194912310021,1931-02-28,13805512468",
        "4栋,804,804Aa,常住,自购,2,欧阳若兰,户主,110105194912310021,1931-02-28,30,13805512468,x",
        "4栋,804,欧阳若兰,自购,常住,2,804Aa,户主,1101051949123100,1931-02-30,30,1.38055E+10",
        // Names where doors and words belong.
        "5栋,欧阳若兰家,805Aa,欧阳若兰,司马青云,欧阳若兰,欧阳若兰,户主,1949-12-31,11010519491231002X,13805512468,无",
        "司马青云家3栋,5栋806,806Aa,常住,自购,13805512468,司马青云,户主,11010519491231002X,1950-12-31,99,13805512468",
        "6栋,13805512468,13805512468,110105194912310021,13805512468,1,欧阳若兰,户主,欧阳若兰,司马青云,1949-12-31,欧阳若兰",
    ];
    let list = format!("{header}\n{}\n", rows.join("\n"));
    let found = of_text(&list);
    let rules: BTreeSet<_> = found.iter().map(|found| found.rule).collect();
    assert!(rules.len() > 15, "{rules:?}");
    for finding in &found {
        let told = format!("{finding:?}");
        for secret in SECRETS {
            assert!(!told.contains(secret), "{secret} in {told}");
        }
    }
}

#[test]
fn values_are_shown_on_the_users_word() {
    let source = Source::bytes(
        "list.csv",
        "楼栋,房号,姓名,身份证号\n3栋,803,欧阳若兰,110105194912310021\n".into(),
    );
    let shown = |show_values| {
        let mut settings = Settings::default();
        settings.show_values = show_values;
        findings(&source, settings)
            .pop()
            .and_then(|found| found.value)
    };
    assert_eq!(shown(false), None);
    assert_eq!(shown(true).as_deref(), Some("110105194912310021"));
}

/// Holds the findings in a list with planted mistakes against its answer sheet.
fn answers(list: &str, sheet: &str) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/communities");
    let found = findings(&Source::path(folder.join(list)), Settings::default());
    let mut by_row: BTreeMap<u64, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in &found {
        by_row.entry(finding.place.row).or_default().push(finding);
    }
    let mut planted: BTreeMap<u64, String> = BTreeMap::new();
    let mut faults = Vec::new();
    for line in csv::Reader::from_path(folder.join(sheet))
        .unwrap()
        .records()
    {
        let line = line.unwrap();
        let (cell, kind) = (&line[1], &line[2]);
        let row = cell
            .trim_start_matches(|c: char| c.is_ascii_alphabetic())
            .parse()
            .unwrap();
        planted.insert(row, kind.to_owned());
        let rules: &[&str] = match kind {
            "harmless" | "placeholder" => continue,
            "code-syntax" => &["code-syntax", "code-width"],
            "ragged" => &["ragged-row"],
            other => &[other][..],
        };
        let here = by_row.get(&row).map(Vec::as_slice).unwrap_or_default();
        let hit = here.iter().any(|found| {
            let place = kind == "ragged" || found.place.name() == cell;
            rules.contains(&found.rule) && place
        });
        if !hit {
            faults.push(format!("{cell} {kind} not found: {here:?}"));
        }
    }
    for finding in found
        .iter()
        .filter(|found| found.severity == Severity::Error)
    {
        let kind = planted
            .get(&finding.place.row)
            .map_or("nothing", String::as_str);
        if matches!(kind, "nothing" | "harmless" | "placeholder") {
            faults.push(format!(
                "{} {kind} planted, found {}: {}",
                finding.place, finding.rule, finding.message.en
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
#[cfg(feature = "excel")]
fn every_mistake_planted_among_households_is_found_and_nothing_else_is_called_an_error() {
    answers("cuizhuyuan-dirty.xlsx", "cuizhuyuan-dirty.expected.csv");
}

#[test]
fn every_mistake_planted_among_residents_is_found_and_nothing_else_is_called_an_error() {
    answers(
        "cuizhuyuan-residents-dirty.csv",
        "cuizhuyuan-residents-dirty.expected.csv",
    );
}

#[test]
fn the_sound_lists_hold_no_error_and_no_warning() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/communities");
    let mut lists = vec![
        "cuizhuyuan-gb18030.csv",
        "cuizhuyuan-utf8.csv",
        "cuizhuyuan-residents-gb18030.csv.gz",
    ];
    if cfg!(feature = "excel") {
        lists.extend(["cuizhuyuan.xlsx", "cuizhuyuan-residents.xlsx"]);
    }
    for list in lists {
        let mut found = findings(&Source::path(folder.join(list)), Settings::default());
        found.retain(|found| found.severity > Severity::Note);
        assert!(
            found.is_empty(),
            "{list}: {:?}",
            &found[..found.len().min(3)]
        );
    }
}
