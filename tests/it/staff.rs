//! Who answers for a door: rosters as people write them, people given their places, doors found.

use std::fmt::Write as _;

use gridcode::census::Options;
use gridcode::codebook::Codebook;
use gridcode::diagnostic::Severity;
use gridcode::report::staff::{Personal, found, sheet, summary, wecom};
use gridcode::staff::{
    Answer, AssignOptions, Assignment, Finding, Ground, Kind, Level, Roles, Roster, RosterOptions,
    assign,
};
use gridcode::table::Source;
use gridcode::{Lang, address};
use jiff::civil::date;
use proptest::prelude::*;

fn source(name: &str, text: &str) -> Source {
    Source::bytes(name, text.as_bytes().to_vec())
}

fn ground(text: &str) -> Ground {
    let options = Options::new(Codebook::shushan(), date(2026, 11, 1));
    Ground::read(
        &source("网格.csv", text),
        &options,
        &mut |_| {},
        &mut |_| {},
    )
    .unwrap()
}

fn staffed_with(
    grids: &str,
    rosters: &[&str],
    options: AssignOptions,
) -> (Assignment, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut roster = Roster::default();
    for (at, text) in rosters.iter().enumerate() {
        let source = source(&format!("人员{at}.csv"), text);
        roster
            .read(&source, &RosterOptions::default(), &mut |finding| {
                findings.push(finding);
            })
            .unwrap();
    }
    let assignment = assign(ground(grids), roster, Roles::builtin(), options);
    findings.extend(assignment.findings.iter().cloned());
    (assignment, findings)
}

fn staffed(grids: &str, roster: &str) -> (Assignment, Vec<Finding>) {
    staffed_with(grids, &[roster], AssignOptions::default())
}

/// The names at a level of a place.
fn at(assignment: &Assignment, level: Level, place: usize) -> Vec<String> {
    let holders = assignment.holders(level, place).iter();
    holders
        .map(|holder| assignment.person(holder.person).unwrap().name().to_owned())
        .collect()
}

fn of(findings: &[Finding], kind: Kind) -> Vec<String> {
    let own = findings.iter().filter(|finding| finding.kind == kind);
    own.map(|finding| format!("{} {}", finding.place, finding.message.zh))
        .collect()
}

const GRIDS: &str = "网格,楼栋,户数,人数,重点户数\n01,1栋,100,300,5\n01,2栋,200,600,5\n02,3栋,250,700,0\n03,4栋,150,400,9\n03,5栋,150,400,0\n04,6栋,400,1200,1\n";

#[test]
fn grids_are_read_by_building_by_grid_and_from_a_list() {
    let by_building = ground(GRIDS);
    let by_grid = ground(
        "网格,户数,人数,重点户数,楼栋\n01,300,900,10,1栋、2栋\n02,250,700,0,3栋\n03,300,800,9,\"4栋, 5栋\"\n04,400,1200,1,6栋\n合计,1250,,,\n",
    );
    let loads = |ground: &Ground| {
        ground
            .grids
            .iter()
            .map(|grid| (grid.name.clone(), grid.load, grid.pieces.len()))
            .collect::<Vec<_>>()
    };
    assert_eq!(loads(&by_building), loads(&by_grid));
    assert_eq!(by_building.load().households, 1250);
    let list = ground(
        "楼栋,单元,房号,人数,网格\nA座,1,101,2,01\nA座,2,101,3,02\n3栋,1,101,1,02\n3栋,1,201,1,02\n3栋,1,301,1,03\n",
    );
    let names: Vec<&str> = list
        .pieces
        .iter()
        .map(|piece| piece.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["3栋1单元1–2层", "3栋1单元3层", "A座1单元", "A座2单元"]
    );
}

#[test]
fn what_the_roster_says_is_kept_and_the_rest_is_levelled() {
    let (assignment, findings) = staffed(
        GRIDS,
        "姓名,职务,负责网格\n甲,总网格长,\n乙,片区网格长,\n丙,片区网格长,\n丁,专职网格员,第3网格\n戊,专职网格员,\n己,专职网格员,\n庚,助理网格员,\n",
    );
    assert_eq!(at(&assignment, Level::Worker, 2), ["丁"]);
    // 400 | 300 + 250: no other way is more even.
    assert_eq!(at(&assignment, Level::Worker, 3), ["戊"]);
    assert_eq!(at(&assignment, Level::Worker, 0), ["己"]);
    assert_eq!(at(&assignment, Level::Worker, 1), ["己"]);
    // Areas are stretches of neighbouring numbers.
    let areas: Vec<_> = (0..4)
        .map(|grid| at(&assignment, Level::Area, grid))
        .collect();
    assert_eq!(areas, [["乙"], ["乙"], ["丙"], ["丙"]]);
    assert_eq!(at(&assignment, Level::Chief, 0), ["甲"]);
    assert_eq!(
        findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .count(),
        0,
        "{findings:?}"
    );
}

#[test]
fn what_is_missing_is_said_exactly() {
    let (assignment, findings) = staffed(
        GRIDS,
        "姓名,职务,负责网格,最多网格\n甲,专职网格员,1、2、3,2\n乙,专职网格员,99,\n丙,楼栋长,,\n",
    );
    assert_eq!(
        of(&findings, Kind::NoWorker),
        ["0 1 个网格没有专职网格员：04"]
    );
    assert_eq!(
        of(&findings, Kind::OverLimit),
        ["A2 负责 3 个网格，超过其上限 2 个"]
    );
    assert_eq!(of(&findings, Kind::UnknownGrid), ["C3 没有网格“99”"]);
    assert_eq!(
        of(&findings, Kind::Idle),
        ["A3 这名专职网格员没有负责的网格"]
    );
    assert_eq!(
        of(&findings, Kind::EmptyLevel),
        ["0 人员表中没有总网格长", "0 人员表中没有片区网格长"]
    );
    assert_eq!(at(&assignment, Level::Assistant, 0), ["丙"]);
}

#[test]
fn limits_are_kept_and_somebody_with_more_people_than_grids_is_idle() {
    let roster = "姓名,职务,最多网格,仅限楼栋\n甲,专职网格员,1,\n乙,专职网格员,1,\n丙,专职网格员,1,3栋\n丁,专职网格员,1,1栋\n";
    let (assignment, findings) = staffed(GRIDS, roster);
    // 丙 serves 3栋 only, which is grid 02 whole; 1栋 is half a grid.
    assert_eq!(at(&assignment, Level::Worker, 1), ["丙"]);
    assert_eq!(of(&findings, Kind::NoWorker).len(), 1);
    assert!(
        of(&findings, Kind::Idle)
            .iter()
            .any(|said| said.starts_with("A5")),
        "{findings:?}"
    );
}

#[test]
fn cells_are_read_as_people_write_them() {
    for (cell, grids) in [
        ("1、2、3", vec![0, 1, 2]),
        ("1-3", vec![0, 1, 2]),
        ("第３网格", vec![2]),
        ("01,04", vec![0, 3]),
        ("第二网格", vec![1]),
    ] {
        let (assignment, _) = staffed(
            GRIDS,
            &format!("姓名,职务,负责网格\n甲,专职网格员,\"{cell}\"\n"),
        );
        let own: Vec<usize> = (0..4)
            .filter(|grid| !at(&assignment, Level::Worker, *grid).is_empty())
            .collect();
        assert_eq!(own, grids, "{cell}");
    }
    let (assignment, findings) = staffed(
        GRIDS,
        "姓名,职务,负责楼栋\n甲,楼栋长,3栋至5栋\n乙,楼栋长,\"1、2栋\"\n丙,楼栋长,6-7\n",
    );
    let own: Vec<_> = (0..6)
        .map(|piece| at(&assignment, Level::Assistant, piece).join(""))
        .collect();
    assert_eq!(own, ["乙", "乙", "甲", "甲", "甲", "丙"]);
    assert_eq!(of(&findings, Kind::Run).len(), 1);
    // A row that says a level and nobody's name is an error, and counted.
    let (assignment, findings) = staffed(
        GRIDS,
        "姓名,职务,负责网格\n,专职网格员,1\n甲,专职网格员,2\n",
    );
    assert_eq!(of(&findings, Kind::NoName).len(), 1);
    assert_eq!(assignment.roster.account.with_errors, 1);
    let (_, findings) = staffed(GRIDS, "姓名,职务,负责网格\n甲,专职网格员,1月3日\n");
    assert_eq!(of(&findings, Kind::Date).len(), 1);
}

#[test]
fn one_person_on_two_rows_is_one_and_namesakes_are_two() {
    let roster = "姓名,职务,电话,负责网格\n甲,专职网格员,10000000001,1\n甲,专职网格员,10000000001,2\n甲,专职网格员,10000000002,3\n乙,专职网格员,1.38E+10,4\n";
    let (assignment, findings) = staffed(GRIDS, roster);
    assert_eq!(assignment.roster.people().len(), 3);
    assert_eq!(of(&findings, Kind::SameName).len(), 1);
    assert_eq!(of(&findings, Kind::BadPhone).len(), 1);
    // Nobody's name or number in a finding or in Debug.
    let said = format!("{findings:?}{:?}", assignment.roster.people());
    assert!(
        !said.contains('甲') && !said.contains("1000000000"),
        "{said}"
    );
}

#[test]
fn a_sheet_for_each_level_and_a_row_for_each_grid_are_rosters_too() {
    let (assignment, _) = staffed_with(
        GRIDS,
        &[
            "专职网格员花名册,,\n姓名,网格,电话\n甲,1,\n乙,2-4,\n",
            "网格名称,片区网格长姓名,电话,楼栋长\n01,丙,10000000001,丁（1栋）；戊（2栋）\n02,丙,,己\n",
        ],
        AssignOptions::default(),
    );
    assert_eq!(at(&assignment, Level::Worker, 3), ["乙"]);
    assert_eq!(at(&assignment, Level::Area, 1), ["丙"]);
    assert_eq!(at(&assignment, Level::Assistant, 0), ["丁"]);
    assert_eq!(at(&assignment, Level::Assistant, 1), ["戊"]);
    assert_eq!(at(&assignment, Level::Assistant, 2), ["己"]);
}

#[test]
fn both_chains_stand_behind_a_door_nearest_first() {
    let list = "楼栋,单元,房号,人数,网格\n3栋,1,803,2,01\n3栋,2,803,3,01\n";
    let roster = "姓名,职务,负责网格,负责楼栋,党内职务\n甲,总网格长,,,社区党委书记\n乙,片区网格长,1,,\n丙,专职网格员,1,,网格党支部书记\n丁,楼栋长,,3栋1单元,楼栋党小组长\n戊,楼栋长,,3栋2单元,党员中心户\n";
    let (assignment, _) = staffed(list, roster);
    let chain = |text: &str| match assignment.ground.find(text).answer {
        Answer::Found(hit) => assignment
            .chain(&hit)
            .into_iter()
            .map(|(level, holders)| {
                format!(
                    "{}={}",
                    level.key(),
                    assignment.person(holders[0].person).unwrap().name()
                )
            })
            .collect::<Vec<_>>()
            .join(" "),
        other => format!("{other:?}"),
    };
    assert_eq!(
        chain("3栋2单元803室"),
        "assistant=戊 worker=丙 area=乙 chief=甲 member=戊 branch=丙 committee=甲"
    );
    assert_eq!(
        chain("三栋一单元８０３"),
        "assistant=丁 worker=丙 area=乙 chief=甲 group=丁 branch=丙 committee=甲"
    );
    assert_eq!(chain("3-2-803Aa7"), chain("3栋2单元803室"));
}

#[test]
fn a_door_is_found_or_it_is_said_why_not() {
    let list = "楼栋,单元,房号,人数,网格\n3栋,1,803,2,01\n3栋,2,803,3,01\n3栋,2,901,3,01\nA座,1,101,2,01\nA座,2,101,3,02\n13栋,1,5,2,02\n";
    let ground = ground(list);
    let find = |text: &str| ground.find(text).answer;
    assert!(matches!(find("3栋"), Answer::Found(hit) if hit.grid == 0 && hit.name == "3栋"));
    assert!(matches!(find("A座2单元"), Answer::Found(hit) if hit.grid == 1));
    assert!(matches!(find("A座"), Answer::Ambiguous { count: 2, .. }));
    assert!(matches!(find("3栋803"), Answer::Ambiguous { count: 2, .. }));
    assert!(matches!(find("3栋901"), Answer::Found(hit) if hit.name == "3栋2单元901室"));
    assert!(
        matches!(find("803Aa7"), Answer::Ambiguous { count: 2, candidates, .. } if candidates[0].grid == Some(0))
    );
    assert!(matches!(find("3栋2单元899室"), Answer::NotListed { near, .. } if near[0] == "901室"));
    assert!(matches!(find("14栋"), Answer::Unknown { near } if near[0] == "13栋"));
    assert!(matches!(find("3-2"), Answer::Found(hit) if hit.is_settled));
    for text in ["", "你好", "3月2日"] {
        assert!(matches!(find(text), Answer::Unreadable(_)), "{text}");
    }
    // A sheet of buildings does not tell which doors there are.
    let ground = self::ground(GRIDS);
    assert!(matches!(
        ground.find("3-2").answer,
        Answer::Ambiguous { .. }
    ));
    assert!(matches!(
        ground.find("3栋9单元999室").answer,
        Answer::Found(_)
    ));
}

#[test]
fn estates_and_communities_keep_equal_buildings_apart() {
    let list = "社区,小区,楼栋,单元,房号,网格\n东社区,甲园,3栋,1,101,01\n东社区,乙园,3栋,1,101,02\n西社区,甲园,3栋,1,101,01\n";
    let ground = ground(list);
    assert!(matches!(
        ground.find("3栋").answer,
        Answer::Ambiguous { count: 3, .. }
    ));
    assert!(matches!(
        ground.find("甲园3栋").answer,
        Answer::Ambiguous { count: 2, .. }
    ));
    assert!(
        matches!(ground.find("乙园3栋1单元101").answer, Answer::Found(hit) if ground.grid_name(hit.grid) == "东社区 02")
    );
    assert!(
        matches!(ground.find("西社区甲园3栋").answer, Answer::Found(hit) if ground.grid_name(hit.grid) == "西社区 01")
    );
    let (_, findings) = staffed(list, "姓名,职务,负责网格\n甲,专职网格员,1\n");
    assert_eq!(of(&findings, Kind::Several).len(), 1);
}

#[test]
fn who_is_responsible_is_one_call_away() {
    let (assignment, _) = staffed(GRIDS, "姓名,职务,负责网格\n甲,专职网格员,3\n");
    let address::Reading::Exact(door) = address::parse("4栋2单元803室").unwrap() else {
        panic!()
    };
    let duty = assignment.responsible("", "", &door).unwrap();
    assert_eq!(
        (duty.grid.as_str(), duty.worker.unwrap().name()),
        ("03", "甲")
    );
    assert_eq!(
        assignment.responsible_for_grid("", "第3网格").unwrap().at,
        2
    );
    let address::Reading::Exact(door) = address::parse("44栋803室").unwrap() else {
        panic!()
    };
    assert!(assignment.responsible("", "", &door).is_none());
}

#[test]
fn the_written_sheet_reads_back_as_the_same_assignment() {
    let roster = "姓名,职务,负责网格\n甲,总网格长,\n乙,片区网格长,\n丙,专职网格员,\n丁,专职网格员,\n戊,助理网格员,\n己,助理网格员,\n";
    let (first, _) = staffed(GRIDS, roster);
    for by_building in [false, true] {
        for lang in [Lang::Zh, Lang::En] {
            let mut text = sheet::header(&first, by_building, false, lang).join("\t");
            for row in sheet::rows(&first, by_building, false, lang) {
                text.push('\n');
                text.push_str(&row.join("\t"));
            }
            let written = source("分工.tsv", &text);
            let mut again = Roster::default();
            again
                .read(
                    &source("人员.csv", roster),
                    &RosterOptions::default(),
                    &mut |_| {},
                )
                .unwrap();
            assert!(
                again
                    .read_earlier(&written, &RosterOptions::default(), &mut |_| {})
                    .unwrap()
            );
            let again = assign(
                ground(GRIDS),
                again,
                Roles::builtin(),
                AssignOptions::default(),
            );
            for (level, count) in [
                (Level::Chief, 1),
                (Level::Area, 4),
                (Level::Worker, 4),
                (Level::Assistant, 6),
            ] {
                for place in 0..count {
                    assert_eq!(
                        at(&again, level, place),
                        at(&first, level, place),
                        "{level:?} {place} {text}"
                    );
                    assert!(again.holders(level, place)[0].is_kept);
                }
            }
        }
    }
}

#[test]
fn no_report_without_the_word_holds_a_name_or_a_number() {
    let roster = "姓名,职务,电话,负责网格,企业微信账号\n甲甲,总网格长,10000000001,,a\n乙乙,专职网格员,10000000002,,b\n";
    let (assignment, _) = staffed(GRIDS, roster);
    let json = |names, phones| {
        serde_json::to_string(&summary::json(&assignment, Personal { names, phones })).unwrap()
    };
    assert!(!json(false, false).contains("甲甲") && !json(false, false).contains("1000000000"));
    assert!(json(true, true).contains("甲甲") && json(true, true).contains("10000000001"));
    assert!(
        !summary::lines(&assignment, Lang::Zh)
            .join("")
            .contains("甲甲")
    );
    let asked = assignment.ground.find("3栋");
    let text = |phones| {
        found::text(
            &assignment,
            &asked,
            Personal {
                names: true,
                phones,
            },
            Lang::Zh,
            &|_, text| text.to_owned(),
        )
    };
    assert!(text(false).contains("乙乙") && !text(false).contains("10000000002"));
    assert!(text(true).contains("10000000002"));
}

#[test]
fn the_tree_of_grids_keeps_the_limits_or_says_what_breaks_them() {
    let roster = "姓名,职务,负责网格,userid\n甲,总网格长,,a\n乙,片区网格长,,b\n丙,专职网格员,,c\n丁,助理网格员,,\n";
    let (assignment, _) = staffed(GRIDS, roster);
    let (tree, findings) = wecom::tree(&assignment);
    assert_eq!(tree.len(), 6);
    assert_eq!(
        (
            tree[0].grid_parent_id.as_str(),
            tree[0].grid_admin.as_slice()
        ),
        ("", &["a".to_owned()][..])
    );
    assert_eq!(
        (tree[2].grid_name.as_str(), tree[2].grid_parent_id.as_str()),
        ("01", "2")
    );
    assert_eq!(of(&findings, Kind::NoAccount).len(), 1);
    let mut many = "网格,楼栋,户数\n".to_owned();
    for grid in 1..=11 {
        writeln!(
            many,
            "{grid}号网格的名字实在太长太长太长太长太长太长太长太长太长太长太长太长,{grid}栋,10"
        )
        .unwrap();
    }
    let (assignment, _) = staffed(&many, roster);
    let (_, findings) = wecom::tree(&assignment);
    let said = of(&findings, Kind::WeCom);
    assert!(
        said.iter()
            .any(|said| said.contains("一个人负责 11 个网格")),
        "{said:?}"
    );
    assert!(
        said.iter().any(|said| said.contains("最多 30 个")),
        "{said:?}"
    );
}

proptest! {
    #[test]
    fn no_roster_and_no_question_stops_the_work(cells in proptest::collection::vec("[ -~、，第网格栋单元0-9甲乙\n]{0,12}", 0..24), question in "\\PC{0,30}") {
        let mut text = "姓名,职务,负责网格,负责楼栋,最多网格\n".to_owned();
        for row in cells.chunks(5) {
            let quoted: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', ""))).collect();
            text.push_str(&quoted.join(","));
            text.push('\n');
        }
        let (assignment, _) = staffed(GRIDS, &text);
        let _ = assignment.ground.find(&question);
    }

    #[test]
    fn every_grid_gets_one_worker_where_nobody_has_a_limit(count in 1_usize..9, loads in proptest::collection::vec(1_u32..600, 1..14)) {
        let mut grids = "网格,楼栋,户数\n".to_owned();
        for (at, load) in loads.iter().enumerate() {
            writeln!(grids, "{at:02},{}栋,{load}", at + 1).unwrap();
        }
        let mut roster = "姓名,职务\n".to_owned();
        for person in 0..count {
            writeln!(roster, "网格员{person:02},专职网格员").unwrap();
        }
        let (assignment, findings) = staffed(&grids, &roster);
        let mut sums = vec![0_u32; count];
        for (grid, load) in loads.iter().enumerate() {
            let holders = assignment.holders(Level::Worker, grid);
            prop_assert_eq!(holders.len(), 1);
            sums[holders[0].person] += load;
        }
        prop_assert_eq!(of(&findings, Kind::Idle).len(), count.saturating_sub(loads.len()));
        // No single move makes the two loads more even.
        let heaviest = loads.iter().copied().max().unwrap();
        let (least, most) = (sums.iter().min().unwrap(), sums.iter().max().unwrap());
        prop_assert!(most - least <= heaviest);
    }
}

#[cfg(feature = "cli")]
#[test]
fn the_json_is_what_the_schemas_say() {
    use crate::json::{assert_valid, validator};
    let roster = "姓名,职务,电话,负责网格,负责楼栋\n甲,总网格长,10000000001,,\n乙,专职网格员,10000000002,9,\n丙,楼栋长,,,3栋1单元\n";
    let (assignment, _) = staffed(GRIDS, roster);
    let questions = ["3栋1单元", "1栋", "33栋", "101Aa", "你好", "3-2"];
    let asked: Vec<_> = questions
        .iter()
        .map(|text| assignment.ground.find(text))
        .collect();
    for shown in [false, true] {
        let show = Personal {
            names: shown,
            phones: shown,
        };
        let value = serde_json::to_value(summary::json(&assignment, show)).unwrap();
        assert_valid(&validator("assign.schema.json", None), &value);
        let value = serde_json::to_value(found::json(&assignment, &asked, show)).unwrap();
        assert_valid(&validator("find.schema.json", None), &value);
    }
    // A kind that is added stands in the schema too.
    let schema = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/assign.schema.json"),
    );
    let schema = schema.unwrap();
    for kind in Kind::ALL {
        assert!(
            schema.contains(&format!("\"{}\"", kind.key())),
            "{}",
            kind.key()
        );
    }
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json.md");
    let page = std::fs::read_to_string(page).unwrap();
    for kind in Kind::ALL {
        let line = format!("| `{}` | {} |\n", kind.key(), kind.about().en);
        assert!(page.contains(&line), "{line}");
    }
}

#[test]
fn a_building_of_a_zone_is_found_without_its_zone_where_one_fits_and_several_are_candidates() {
    let one = ground("网格,楼栋\n01,A区3栋\n02,A区13栋\n");
    assert!(
        matches!(one.find("3栋").answer, Answer::Found(hit) if hit.grid == 0),
        "{:?}",
        one.find("3栋")
    );
    let two = ground("网格,楼栋\n01,A区3栋\n02,B区3栋\n");
    let Answer::Ambiguous { candidates, .. } = two.find("3栋").answer else {
        panic!("{:?}", two.find("3栋"));
    };
    assert_eq!(candidates.len(), 2);
}

#[test]
fn blanks_that_look_like_merged_cells_are_noted_once() {
    let grids = "楼栋,房号,网格\n1栋,101,01\n2栋,101,02\n";
    let merged = "姓名,职务,负责网格\n甲,片区网格长,01\n乙,专职网格员,\n丙,助理网格员,\n丁,片区网格长,02\n戊,专职网格员,\n";
    let (_, findings) = staffed(grids, merged);
    assert_eq!(
        of(&findings, Kind::Blank),
        ["C3 这一列有 3 人是空白，按没有指定处理"]
    );
    let free =
        "姓名,职务,负责网格\n甲,专职网格员,01\n乙,专职网格员,02\n丙,专职网格员,\n丁,专职网格员,\n";
    let (_, findings) = staffed(grids, free);
    assert_eq!(of(&findings, Kind::Blank), [""; 0]);
}

#[test]
fn a_person_in_the_column_of_grids_is_no_grid() {
    let list = "楼栋,房号,姓名,网格\n1栋,101,甲,01\n1栋,102,欧阳锋,欧阳锋\n1栋,103,甲,990100194612050029\n";
    let mut findings = Vec::new();
    let options = Options::new(Codebook::shushan(), date(2026, 11, 1));
    let ground = Ground::read(
        &source("网格.csv", list),
        &options,
        &mut |_| {},
        &mut |finding| {
            findings.push(finding);
        },
    );
    let names: Vec<_> = ground
        .unwrap()
        .grids
        .into_iter()
        .map(|grid| grid.name)
        .collect();
    assert_eq!(names, ["01"]);
    assert_eq!(of(&findings, Kind::NoGrid), ["D3 2 户没有网格，首处 D3"]);
}

#[test]
fn a_number_beside_a_name_is_no_part_of_it_and_is_in_no_output() {
    let (assignment, findings) = staffed(
        GRIDS,
        "姓名,职务,负责网格\n甲10000000001,总网格长,\n乙 100-0000-0002,片区网格长,1-4\n丙（10000000003）,专职网格员,1、2\n99010019700101001X,专职网格员,3\n10000000004,专职网格员,4\n",
    );
    let names: Vec<&str> = assignment
        .roster
        .people()
        .iter()
        .map(gridcode::staff::Person::name)
        .collect();
    assert_eq!(names, ["甲", "乙", "丙"]);
    assert_eq!(assignment.roster.people()[2].phone(), Some("10000000003"));
    let faults = of(&findings, Kind::NoName);
    assert_eq!(faults.len(), 2, "{findings:?}");
    let said = format!("{findings:?}");
    assert!(
        !said.contains("0000000") && !said.contains("19700101"),
        "{said}"
    );
}

#[test]
fn several_people_of_one_row_are_several() {
    let (assignment, _) = staffed(
        GRIDS,
        "姓名,职务,电话,负责网格,负责楼栋\n甲、乙,网格员,10000000001、10000000002,1,\n1栋丙 2栋丁,楼栋长,,,\n",
    );
    assert_eq!(at(&assignment, Level::Worker, 0), ["甲", "乙"]);
    let phones: Vec<_> = assignment
        .roster
        .people()
        .iter()
        .map(gridcode::staff::Person::phone)
        .collect();
    assert_eq!(
        phones,
        [Some("10000000001"), Some("10000000002"), None, None]
    );
    assert_eq!(at(&assignment, Level::Assistant, 0), ["丙"]);
    assert_eq!(at(&assignment, Level::Assistant, 1), ["丁"]);
}

#[test]
fn a_number_among_communities_and_estates_is_said_and_nowhere_repeated() {
    let read = |text: &str| {
        let options = Options::new(Codebook::shushan(), date(2026, 11, 1));
        let mut findings = Vec::new();
        let source = source("网格.csv", text);
        let ground = Ground::read(&source, &options, &mut |_| {}, &mut |finding| {
            findings.push(finding);
        })
        .unwrap();
        (ground, findings)
    };
    for (text, grids) in [
        (
            "网格,社区,楼栋,户数\n1,甲社区,1栋,3\n2,10000000001,2栋,3\n",
            1,
        ),
        (
            "网格,小区,楼栋,户数\n1,A区,1栋,3\n2,张某 10000000001,2栋,3\n",
            1,
        ),
        (
            "网格,社区,楼栋,单元,房号,姓名\n1,甲社区,1栋,1,101,\n1,990100197001010013,1栋,1,102,\n",
            1,
        ),
        (
            "网格,小区,楼栋,单元,房号,姓名\n1,A区,1栋,1,101,甲乙丙\n1,甲乙丙,1栋,1,102,甲乙丙\n",
            1,
        ),
    ] {
        let (ground, findings) = read(text);
        assert_eq!(ground.grids.len(), grids, "{text}");
        assert_eq!(of(&findings, Kind::NoGrid).len(), 1, "{findings:?}");
        let said = format!("{ground:?} {findings:?}");
        assert!(
            ["0000000", "19700101", "甲乙丙"]
                .iter()
                .all(|text| !said.contains(text)),
            "{said}"
        );
    }
}

#[test]
fn grids_and_buildings_are_read_as_people_write_them() {
    let grids = "网格,社区,楼栋,户数\n01,甲社区,1栋,9\n01,甲社区,2栋,9\n02,甲社区,3栋,9\n02,甲社区,4栋,9\n03,甲社区,5栋,9\n03,甲社区,6栋,9\n";
    for (level, cell, held) in [
        ("专职网格员", "1-2网格", vec![0, 1]),
        ("专职网格员", "一至三网格", vec![0, 1, 2]),
        ("专职网格员", "第1、2网格", vec![0, 1]),
        ("专职网格员", "第一网格和第三网格", vec![0, 2]),
        ("专职网格员", "甲社区第一网格至第二网格", vec![0, 1]),
        ("专职网格员", "甲社区", vec![0, 1, 2]),
        ("专职网格员", "全部", vec![0, 1, 2]),
        ("worker", "Grid 1 and Grid 3", vec![0, 2]),
        ("worker", "Grids 1-2", vec![0, 1]),
        ("worker", "1, 2 and 3", vec![0, 1, 2]),
    ] {
        let (assignment, findings) = staffed(
            grids,
            &format!("姓名,职务,负责网格\n甲,{level},\"{cell}\"\n"),
        );
        let own: Vec<usize> = (0..3)
            .filter(|grid| !at(&assignment, Level::Worker, *grid).is_empty())
            .collect();
        assert_eq!(own, held, "{cell}");
        assert!(
            of(&findings, Kind::UnknownGrid).is_empty(),
            "{cell} {findings:?}"
        );
    }
    for (level, cell, held) in [
        ("楼栋长", "1#-5#楼", vec![0, 1, 2, 3, 4]),
        ("楼栋长", "1栋、3栋", vec![0, 2]),
        ("楼栋长", "1、3、5#楼", vec![0, 2, 4]),
        ("楼栋长", "1栋和3栋", vec![0, 2]),
        ("楼栋长", "一号楼至三号楼", vec![0, 1, 2]),
        ("楼栋长", "全部楼栋", vec![0, 1, 2, 3, 4, 5]),
        ("building head", "Buildings 1-2", vec![0, 1]),
        ("building head", "Building 2, Building 4", vec![1, 3]),
    ] {
        let (assignment, findings) = staffed(
            grids,
            &format!("姓名,职务,负责楼栋\n甲,{level},\"{cell}\"\n"),
        );
        let own: Vec<usize> = (0..6)
            .filter(|piece| !at(&assignment, Level::Assistant, *piece).is_empty())
            .collect();
        assert_eq!(own, held, "{cell}");
        assert!(
            of(&findings, Kind::UnknownBuilding).is_empty(),
            "{cell} {findings:?}"
        );
    }
}

#[test]
fn a_member_household_is_a_door() {
    let (assignment, findings) = staffed(
        GRIDS,
        "姓名,党内职务,负责楼栋\n甲,党员中心户,3栋2单元401室\n",
    );
    assert_eq!(at(&assignment, Level::Member, 2), ["甲"]);
    assert!(
        of(&findings, Kind::UnknownBuilding).is_empty(),
        "{findings:?}"
    );
}

#[test]
fn a_title_has_its_article() {
    let (_, findings) = staffed(GRIDS, "姓名,职务,负责网格\n甲,片区网格长,1\n");
    let said: Vec<_> = findings
        .iter()
        .map(|finding| finding.message.en.clone())
        .collect();
    assert!(
        said.iter()
            .any(|text| text.starts_with("3 grids without an area grid head")),
        "{said:?}"
    );
    assert!(
        said.iter()
            .any(|text| text.starts_with("4 grids without a full-time grid worker")),
        "{said:?}"
    );
}

#[test]
fn a_header_about_grids_that_is_not_known_is_said() {
    let (_, findings) = staffed(
        GRIDS,
        "姓名,职务,网格分工情况,网格户数\n甲,网格员,1、2,300\n",
    );
    assert_eq!(
        of(&findings, Kind::UnknownHeader),
        ["C1 不认识表头“网格分工情况”，这一列没有用上"]
    );
    let (assignment, findings) = staffed(GRIDS, "姓名,职务,所辖网格\n甲,网格员,3\n");
    assert_eq!(at(&assignment, Level::Worker, 2), ["甲"]);
    assert!(
        of(&findings, Kind::UnknownHeader).is_empty(),
        "{findings:?}"
    );
}

#[test]
fn what_a_question_says_of_the_place_is_not_passed_over() {
    let grids = "网格,社区,楼栋,单元,房号\n01,甲社区,1栋,1,401\n01,甲社区,1栋,2,401\n02,甲社区,3栋,1,401\n02,甲社区,3栋,2,401\n02,甲社区,3栋,12,401\n";
    let ground = ground(grids);
    let answer = |text: &str| ground.find(text).answer;
    // The entrance counts where the building is left out.
    let Answer::Ambiguous {
        candidates, count, ..
    } = answer("2单元401")
    else {
        panic!("{:?}", answer("2单元401"));
    };
    let names: Vec<_> = candidates
        .into_iter()
        .map(|candidate| candidate.name)
        .collect();
    assert_eq!((count, names.len()), (2, 2), "{names:?}");
    assert!(
        names.iter().all(|name| name.ends_with("栋2单元401室")),
        "{names:?}"
    );
    assert!(matches!(answer("401"), Answer::Ambiguous { count: 5, .. }));
    // A room that no building has is not one of no places.
    assert!(matches!(answer("9901"), Answer::Unreadable(_)));
    assert!(matches!(answer("9单元401"), Answer::Unreadable(_)));
    assert!(matches!(answer("9901Aa"), Answer::Unreadable(_)));
    // Another community's door is not ours.
    assert!(matches!(answer("甲社区3栋2单元401室"), Answer::Found(_)));
    assert!(matches!(
        answer("某市某区甲社区居委会3栋2单元401室"),
        Answer::Found(_)
    ));
    assert!(matches!(answer("翠竹园3栋2单元401室"), Answer::Found(_)));
    assert!(matches!(
        answer("乙社区3栋2单元401室"),
        Answer::Unknown { .. }
    ));
    // What is not read is said.
    assert!(matches!(answer("叁栋贰单元401"), Answer::Unreadable(_)));
    assert!(matches!(answer("第2网格"), Answer::Unreadable(_)));
    assert!(matches!(answer("网格2"), Answer::Unreadable(_)));
}

#[test]
fn a_title_may_say_where() {
    let (assignment, findings) = staffed(
        GRIDS,
        "姓名,职务\n甲,第一网格网格员\n乙,2号网格员\n丙,5栋楼栋长\n丁,3-4网格网格长\n戊,二级网格长\n",
    );
    assert_eq!(at(&assignment, Level::Worker, 0), ["甲"]);
    assert_eq!(at(&assignment, Level::Worker, 1), ["乙"]);
    assert_eq!(at(&assignment, Level::Assistant, 4), ["丙"]);
    assert_eq!(at(&assignment, Level::Area, 2), ["丁"]);
    assert_eq!(at(&assignment, Level::Area, 3), ["丁"]);
    assert!(of(&findings, Kind::UnknownGrid).is_empty(), "{findings:?}");
    assert!(of(&findings, Kind::UnknownTitle).is_empty(), "{findings:?}");
}

#[test]
fn blanks_divide_whole_names_of_buildings() {
    let (assignment, findings) = staffed(
        "网格,小区,楼栋,户数\n01,东苑,1栋,9\n01,东苑,2栋,9\n02,西苑,1栋,9\n",
        "姓名,职务,负责楼栋\n甲,楼栋长,东苑2栋 西苑1栋\n",
    );
    let own: Vec<usize> = (0..3)
        .filter(|piece| !at(&assignment, Level::Assistant, *piece).is_empty())
        .collect();
    assert_eq!(own, [1, 2]);
    assert!(
        of(&findings, Kind::UnknownBuilding).is_empty(),
        "{findings:?}"
    );
}

#[test]
fn heads_of_entrances_stand_in_the_row_of_their_building() {
    let (assignment, findings) = staffed(
        "网格,楼栋,单元,房号\n01,1栋,1,101\n01,1栋,2,101\n",
        "网格,楼栋,单元长\n1,1栋,甲（1单元）、乙（2单元）\n",
    );
    assert!(
        of(&findings, Kind::UnknownBuilding).is_empty(),
        "{findings:?}"
    );
    let who = |text: &str| {
        let asked = [assignment.ground.find(text)];
        serde_json::to_string(&found::json(
            &assignment,
            &asked,
            Personal {
                names: true,
                phones: false,
            },
        ))
        .unwrap()
    };
    let (first, second) = (who("1栋1单元101室"), who("1栋2单元101室"));
    assert!(first.contains('甲') && !first.contains('乙'), "{first}");
    assert!(second.contains('乙') && !second.contains('甲'), "{second}");
}

#[test]
fn a_zone_is_the_end_of_the_estate_or_the_beginning_of_the_building() {
    let by_estate = ground(
        "网格,小区,楼栋,单元,房号\n01,翠竹园A区,5栋,1,101\n02,翠竹园B区,5栋,1,101\n02,翠竹园B区,15栋,1,102\n",
    );
    let by_building = ground(
        "网格,小区,楼栋,单元,房号\n01,翠竹园,A区5栋,1,101\n02,翠竹园,B区5栋,1,101\n02,翠竹园,B区15栋,1,102\n",
    );
    for ground in [&by_estate, &by_building] {
        let grid = |text: &str| match ground.find(text).answer {
            Answer::Found(hit) => ground.grids[hit.grid].name.clone(),
            other => format!("{other:?}"),
        };
        for (text, name) in [
            ("翠竹园A区5栋1单元101室", "01"),
            ("A区5栋1单元101室", "01"),
            ("A区5栋", "01"),
            ("翠竹园B区5栋1单元101", "02"),
            ("B区15栋1单元102室", "02"),
            // One room of this number is listed.
            ("102Aa", "02"),
        ] {
            assert_eq!(grid(text), name, "{text}");
        }
        assert!(matches!(
            ground.find("C区5栋").answer,
            Answer::Unknown { .. }
        ));
        assert!(matches!(
            ground.find("A区5栋1单元102室").answer,
            Answer::NotListed { .. }
        ));
        let Answer::Ambiguous { candidates, .. } = ground.find("5栋1单元101室").answer else {
            panic!("{:?}", ground.find("5栋1单元101室").answer);
        };
        // What is offered is found.
        assert_eq!(candidates.len(), 2);
        for candidate in candidates {
            assert!(
                matches!(ground.find(&candidate.name).answer, Answer::Found(_)),
                "{}",
                candidate.name
            );
        }
    }
}
