//! From a list to a plan: buildings, splitting, earlier plans, districts; the same bytes for any order and threads.

use super::*;

#[test]
fn a_list_of_households_comes_to_the_sheet_of_its_buildings() {
    let list = fixture("c4334.households.csv");
    let sheet = fixture("c4334.buildings.csv");
    let counted = reading(&list, Some(&sheet));
    let ready = reading(&sheet, None);
    assert!(!counted.survey.is_blocks && ready.survey.is_blocks);
    let [counted, ready] = [&counted, &ready].map(|read| &read.survey.communities[0]);
    assert_eq!(
        (counted.buildings.len(), counted.count().households),
        (79, 4334)
    );
    assert_eq!(counted.count().residents, 12_826);
    for (a, b) in counted.buildings.iter().zip(&ready.buildings) {
        assert_eq!(
            (&a.name, a.count().households, a.count().residents),
            (&b.name, b.count().households, b.count().residents)
        );
        assert_eq!(a.at, b.at);
        assert!(
            a.at.is_some() && !a.entrances[0].name.is_empty(),
            "{}",
            a.name
        );
    }
    assert_eq!(
        (counted.ground, ready.ground),
        (Ground::Positions, Ground::Positions)
    );
    // Who weighs more than 1 needs priority service.
    assert!(counted.count().priority > 0 && counted.count().work > counted.count().households);
}

#[test]
fn the_adjacency_wins_and_the_known_optimum_is_reached() {
    let (list, sheet, pairs) = (
        fixture("c4334.households.csv"),
        fixture("c4334.buildings.csv"),
        fixture("c4334.adj.csv"),
    );
    let beside = Beside {
        positions: Some(&sheet),
        adjacency: Some(&pairs),
        ..Beside::default()
    };
    let read = reading_of(&list, beside, Previous::None, &WISHES);
    assert_eq!(read.kinds(), []);
    let options = Options {
        count: GridCount::Exactly(11),
        balance: 0,
        ..Options::default()
    };
    let division = &divided(&read.survey, &options)[0];
    let outcome = division.outcome.as_ref().unwrap();
    assert_eq!(outcome.status, Status::Optimal);
    // In dm²; the optimum that is known is 10,241,272 m².
    assert_eq!((outcome.objective.unwrap().cost + 50) / 100, 10_241_272);
    assert_eq!(division.labels[0], "01");
    let text = division::report(division, Lang::Zh, &gridcode::report::text::plain);
    assert!(
        text.contains("79 个划分单元，4,334 户，12,826 人\n分为 11 个网格，全部符合标准"),
        "{text}"
    );
    let rows = grid_sheet::rows(division, Lang::En);
    assert_eq!(
        rows.iter()
            .map(|row| row[3].parse::<u32>().unwrap())
            .sum::<u32>(),
        4334
    );
    assert_eq!(rows[0].len(), grid_sheet::header(Lang::Zh).len());
}

#[test]
fn parts_that_are_listed_stay_parts_and_their_pairs_are_taken_as_they_are() {
    let (sheet, pairs) = (
        fixture("towers12k.atoms.csv"),
        fixture("towers12k.atoms_adj.csv"),
    );
    let beside = Beside {
        adjacency: Some(&pairs),
        ..Beside::default()
    };
    let read = reading_of(&sheet, beside, Previous::None, &WISHES);
    assert_eq!(read.kinds(), []);
    let division = &divided(
        &read.survey,
        &Options {
            count: GridCount::Exactly(27),
            balance: 0,
            ..Options::default()
        },
    )[0];
    assert_eq!(division.posed.parts.len(), 76);
    assert!(division.posed.parts.iter().any(|part| part.name == "7栋-1"));
    let outcome = division.outcome.as_ref().unwrap();
    assert_eq!(
        (outcome.status, (outcome.objective.unwrap().cost + 50) / 100),
        (Status::Optimal, 22_165_712)
    );
}

#[test]
fn one_building_has_many_ways_to_be_written() {
    let list = csv(
        "list",
        "楼栋,单元,房号,人数\n3栋,1,101,2\n三栋,1,102,3\n3#,2,803,1\n０３号楼,二单元,1203,4\n10栋,1,101,2\n9栋,1,101,2\n",
    );
    let read = reading(&list, None);
    let community = &read.survey.communities[0];
    let names: Vec<&str> = community
        .buildings
        .iter()
        .map(|building| building.name.as_str())
        .collect();
    assert_eq!(names, ["3栋", "9栋", "10栋"]);
    let third = &community.buildings[0];
    assert_eq!((third.count().households, third.count().residents), (4, 10));
    let entrances: Vec<_> = third
        .entrances
        .iter()
        .map(|entrance| {
            (
                entrance.name.as_str(),
                entrance.floors.keys().copied().collect::<Vec<_>>(),
            )
        })
        .collect();
    assert_eq!(
        entrances,
        [("1单元", vec![Some(1)]), ("2单元", vec![Some(8), Some(12)])]
    );
}

#[test]
fn residents_are_counted_by_rows_and_the_aged_count_more_work() {
    let list = csv(
        "list",
        "楼栋,房号,姓名,与户主关系,年龄,人数\n1栋,101,甲,户主,84,\n1栋,101,乙,配偶,79,\n1栋,102,丙,户主,40,\n2栋,101,丁,户主,30,5\n",
    );
    let wishes = Wishes {
        priority_weight: 3,
        ..WISHES
    };
    let read = reading_of(&list, Beside::default(), Previous::None, &wishes);
    let community = &read.survey.communities[0];
    let first = community.buildings[0].count();
    assert_eq!(
        (
            first.households,
            first.residents,
            first.priority,
            first.work
        ),
        (2, 3, 1, 4)
    );
    // What the list says wins over the number of rows.
    assert_eq!(community.buildings[1].count().residents, 5);
}

#[test]
fn a_building_above_the_limit_is_split_and_no_other() {
    let list = csv(
        "list",
        &homes(&[("1栋", 1, 10, 10), ("2栋", 4, 10, 4), ("3栋", 1, 10, 10)]),
    );
    let positions = csv("at", "楼栋,X,Y\n1栋,0,0\n2栋,100,0\n3栋,200,0\n");
    let read = reading(&list, Some(&positions));
    let division = &divided(&read.survey, &small(100, 150))[0];
    assert_eq!(division.oversized, ["2栋"]);
    let names: Vec<&str> = division
        .posed
        .parts
        .iter()
        .map(|part| part.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["1栋", "2栋1单元", "2栋2单元", "2栋3单元", "2栋4单元", "3栋"]
    );
    // 1栋 touches the nearest entrance, 3栋 the nearest on its side, the entrances touch in a row.
    assert_eq!(
        division.posed.problem.links,
        [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]
    );
    assert!(division.is_legal());
    let tall = csv("tall", &homes(&[("1栋", 1, 30, 10)]));
    let division = &divided(&reading(&tall, None).survey, &small(100, 150))[0];
    assert_eq!(division.posed.parts[0].name, "1栋1单元1–3层");
    assert_eq!(division.posed.parts[0].count.households, 30);
    assert_eq!(division.plan.grids.len(), 2);
}

#[test]
fn entrances_may_have_positions_of_their_own_and_a_building_stands_amid_them() {
    let list = csv("list", &homes(&[("1栋", 2, 10, 10), ("2栋", 1, 10, 10)]));
    let positions = csv(
        "at",
        "楼栋,单元,X,Y\n1栋,2单元,0,0\n1栋,1,40,20\n2栋,,80,0\n",
    );
    let read = reading(&list, Some(&positions));
    assert_eq!(read.kinds(), []);
    let building = &read.survey.communities[0].buildings[0];
    let x = |at: Option<gridcode::partition::Point>| at.unwrap().x;
    assert_eq!(
        (
            x(building.at),
            x(building.entrances[0].at),
            x(building.entrances[1].at)
        ),
        (200, 400, 0)
    );
    let division = &divided(&read.survey, &small(100, 150))[0];
    // 2栋 touches the entrance that is nearer.
    assert_eq!(division.posed.problem.links, [(0, 1), (0, 2)]);
    assert_eq!(division.posed.parts[0].name, "1栋1单元");
}

#[test]
fn other_buildings_are_split_only_where_no_plan_exists_otherwise() {
    // 90 + 90 + 90 into grids of 120–150: two grids of 135, the middle building in both.
    let list = csv(
        "list",
        &homes(&[("1栋", 3, 10, 3), ("2栋", 2, 15, 3), ("3栋", 3, 10, 3)]),
    );
    let division = &divided(&reading(&list, None).survey, &small(120, 150))[0];
    assert!(division.is_legal(), "{:?}", division.outcome);
    assert_eq!(division.further, ["2栋"]);
    assert_eq!(division.oversized, [""; 0]);
    let text = division::report(division, Lang::En, &gridcode::report::text::plain);
    assert!(text.contains("so they are divided too: 2栋"), "{text}");
}

/// Buildings with so many homes in each entrance.
fn of_entrances(buildings: &[(&str, &[u32])]) -> String {
    let mut text = "楼栋,单元,房号,人数\n".to_owned();
    for (name, entrances) in buildings {
        for (entrance, homes) in entrances.iter().enumerate() {
            for home in 0..*homes {
                let (floor, room) = (home / 10 + 1, home % 10 + 1);
                writeln!(text, "{name},{}单元,{floor}{room:02},2", entrance + 1).unwrap();
            }
        }
    }
    text
}

#[test]
fn one_building_is_split_where_one_is_enough_however_many_could_be() {
    // Three of 90 need one split; fifteen can be.
    let mut buildings = vec![("1栋", 3, 10, 3), ("2栋", 2, 15, 3), ("3栋", 3, 10, 3)];
    let names: Vec<String> = (4..=15).map(|number| format!("{number}栋")).collect();
    buildings.extend(names.iter().map(|name| (name.as_str(), 3, 15, 3)));
    let list = csv("list", &homes(&buildings));
    let division = &divided(&reading(&list, None).survey, &small(120, 150))[0];
    assert!(division.is_legal(), "{:?}", division.outcome);
    assert_eq!(division.further, ["2栋"]);
    let outcome = division.outcome.as_ref().unwrap();
    assert_eq!(division.is_fewest, outcome.status == Status::Optimal);
    assert_eq!(outcome.objective.unwrap().split_buildings, 1);
}

#[test]
fn of_single_splits_the_one_whose_number_of_grids_is_nearest_is_taken() {
    let list = csv(
        "list",
        &of_entrances(&[
            ("1栋", &[132, 118]),
            ("2栋", &[81, 80, 67]),
            ("3栋", &[110, 70]),
            ("4栋", &[84, 133]),
            ("5栋", &[147, 120]),
        ]),
    );
    let pairs = csv(
        "pairs",
        "a,b\n1栋,2栋\n2栋,3栋\n3栋,4栋\n3栋,5栋\n2栋,4栋\n",
    );
    let beside = Beside {
        adjacency: Some(&pairs),
        ..Beside::default()
    };
    let read = reading_of(&list, beside, Previous::None, &WISHES);
    let division = &divided(&read.survey, &small(316, 608))[0];
    // 1,142 households are nearer to 3 × 400 than to 2 × 400.
    assert_eq!(division.plan.grids.len(), 3, "{:?}", division.outcome);
    assert_eq!(division.further.len(), 1);
}

#[test]
fn where_more_than_one_building_is_split_that_is_not_said_to_be_the_best() {
    // Six of 90 make four grids of 135 with two splits.
    let names: Vec<String> = (1..=6).map(|number| format!("{number}栋")).collect();
    let buildings: Vec<_> = names.iter().map(|name| (name.as_str(), 2, 15, 3)).collect();
    let list = csv("list", &homes(&buildings));
    let division = &divided(&reading(&list, None).survey, &small(120, 150))[0];
    assert!(division.is_legal(), "{:?}", division.outcome);
    assert_eq!(division.further.len(), 2, "{:?}", division.further);
    let outcome = division.outcome.as_ref().unwrap();
    assert_eq!(
        (outcome.status, division.is_fewest),
        (Status::Feasible, false)
    );
    let text = division::report(division, Lang::Zh, &gridcode::report::text::plain);
    assert!(
        text.contains("没有排除少拆楼栋") && !text.contains("已证明没有更好"),
        "{text}"
    );
    assert!(text.contains("只拆分上述楼栋时的网格数"), "{text}");
    let verdict = gridcode::partition::verify(&division.posed.problem, &division.options, outcome);
    assert_eq!(verdict.faults, []);
}

#[test]
fn a_building_without_parts_is_named_with_its_certificate() {
    let list = csv("list", "楼栋,户数,人数\n1栋,620,1400\n2栋,400,1200\n");
    let read = reading(&list, None);
    let division = &divided(&read.survey, &Options::default())[0];
    assert_eq!(division.unsplittable, ["1栋"]);
    assert!(
        read.said(Kind::TooBig)
            .message
            .zh
            .starts_with("1栋有 620 户、1400 人")
    );
    let outcome = division.outcome.as_ref().unwrap();
    assert!(
        matches!(
            outcome.certificate,
            Some(Certificate::Block {
                block: 0,
                number: 620,
                ..
            })
        ),
        "{outcome:?}"
    );
    let text = division::report(division, Lang::Zh, &gridcode::report::text::plain);
    assert!(
        text.contains("1栋有 620 户，超过一个网格的上限 500 户"),
        "{text}"
    );
    assert!(text.contains("超出上限 120 户"), "{text}");
}

/// A community in a square of buildings, 20 to 40 households each.
fn square(side: u32) -> (String, String) {
    let (mut list, mut at) = ("楼栋,单元,房号,人数\n".to_owned(), "楼栋,X,Y\n".to_owned());
    for number in 0..side * side {
        let name = number + 1;
        writeln!(at, "{name}栋,{},{}", number % side * 50, number / side * 40).unwrap();
        for home in 0..20 + (number * 7) % 21 {
            writeln!(
                list,
                "{name}栋,1,{}{:02},{}",
                home / 4 + 1,
                home % 4 + 1,
                2 + home % 3
            )
            .unwrap();
        }
    }
    (list, at)
}

fn options_of_square() -> Options {
    Options {
        standard: Standard {
            households: Limits { min: 150, max: 250 },
            residents: Limits { min: 400, max: 800 },
        },
        ..Options::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_rows_and_any_number_of_threads_give_the_same_bytes(seed in any::<u64>(), threads in prop::sample::select(&[2_usize, 7])) {
        let (list, at) = square(5);
        let shuffled = |text: &str| {
            let mut lines: Vec<&str> = text.lines().collect();
            fastrand::Rng::with_seed(seed).shuffle(&mut lines[1..]);
            lines.join("\n")
        };
        let plan_of = |list: &str, at: &str, threads: usize| {
            let (list, at) = (csv("list", list), csv("at", at));
            json_on(threads, &reading(&list, Some(&at)), &options_of_square())
        };
        let expected = plan_of(&list, &at, 1);
        prop_assert!(expected.contains("\"status\":\"optimal\""));
        prop_assert_eq!(&expected, &plan_of(&shuffled(&list), &shuffled(&at), 1));
        prop_assert_eq!(&expected, &plan_of(&list, &at, threads));
    }
}

#[test]
fn a_plan_that_is_still_legal_moves_nobody_and_grids_keep_their_names() {
    let (list, at) = square(5);
    let (list, at) = (csv("list", &list), csv("at", &at));
    let first = reading(&list, Some(&at));
    let options = options_of_square();
    let divisions = divided(&first.survey, &options);
    let written = plan::plan(&first.survey, &options, &divisions, &[]);
    let text = serde_json::to_string(&written).unwrap();
    let earlier = serde_json::from_str::<plan::Plan>(&text).unwrap().blocks();
    let beside = Beside {
        positions: Some(&at),
        ..Beside::default()
    };
    let again = reading_of(&list, beside, Previous::Plan(&earlier), &WISHES);
    let next = &divided(&again.survey, &options)[0];
    assert_eq!(next.moves(), []);
    assert_eq!(grids_of(next), grids_of(&divisions[0]));
    // The same by a sheet of buildings with their grids.
    let mut sheet = "building,grid\n".to_owned();
    for (grid, blocks) in grids_of(&divisions[0]) {
        for block in blocks {
            writeln!(sheet, "{block},第{grid}网格").unwrap();
        }
    }
    let sheet = csv("previous", &sheet);
    let locked = Wishes {
        locked: vec!["第01网格".to_owned(), "第99网格".to_owned()],
        ..WISHES
    };
    let again = reading_of(&list, beside, Previous::Sheet(&sheet), &locked);
    assert_eq!(
        again.kinds(),
        [(Kind::NoGrid, Severity::Error, String::new())]
    );
    let next = &divided(&again.survey, &options)[0];
    assert_eq!(
        (next.moves(), next.labels[0].as_str()),
        (Vec::new(), "第01网格")
    );
    assert_eq!(next.posed.problem.locked, [0]);
    let report = division::report(next, Lang::Zh, &gridcode::report::text::plain);
    assert!(report.contains("没有住户改变网格"), "{report}");
    assert!(report.contains("按要求保持不变"), "{report}");
}

#[test]
fn every_change_has_its_reason() {
    let list = csv(
        "list",
        "楼栋,户数,人数\n1栋,60,180\n2栋,60,180\n3栋,50,150\n4栋,45,135\n",
    );
    let previous = csv("previous", "楼栋,网格\n1栋,A\n2栋,A\n3栋,A\n4栋,B\n");
    let read = reading_of(
        &list,
        Beside::default(),
        Previous::Sheet(&previous),
        &WISHES,
    );
    let division = &divided(&read.survey, &small(90, 130))[0];
    assert_eq!(
        grids_of(division),
        [
            ("A".to_owned(), vec!["1栋".to_owned(), "2栋".to_owned()]),
            ("B".to_owned(), vec!["3栋".to_owned(), "4栋".to_owned()])
        ]
    );
    let said = |lang| division::report(division, lang, &gridcode::report::text::plain);
    assert!(
        said(Lang::Zh).contains("3栋（50 户）由 A 调到 B：A 现有 170 户，超过上限 130"),
        "{}",
        said(Lang::Zh)
    );
    assert!(
        said(Lang::En)
            .contains("3栋 (50 households) from A to B: A has 170 households now, above 130"),
        "{}",
        said(Lang::En)
    );
}

#[test]
fn what_a_plan_holds_is_the_whole_problem() {
    let (list, at) = square(4);
    let (list, at) = (csv("list", &list), csv("at", &at));
    let pairs = csv("pairs", "a,b\n1栋,2栋\n");
    let apart = csv("apart", "a,b\n1栋,16栋\n");
    let bounds = csv("bounds", "网格,最多户数\nA,260\n");
    let mut previous = "楼栋,网格\n".to_owned();
    for number in 1..=16 {
        writeln!(
            previous,
            "{number}栋,{}",
            if number <= 8 { "A" } else { "B" }
        )
        .unwrap();
    }
    let previous = csv("previous", &previous);
    let beside = Beside {
        positions: Some(&at),
        together: Some(&pairs),
        apart: Some(&apart),
        bounds: Some(&bounds),
        ..Beside::default()
    };
    let options = options_of_square();
    let wishes = Wishes {
        standard: options.standard,
        ..WISHES
    };
    let read = reading_of(&list, beside, Previous::Sheet(&previous), &wishes);
    assert_eq!(read.kinds(), []);
    let divisions = divided(&read.survey, &options);
    let written = plan::plan(&read.survey, &options, &divisions, &read.findings);
    let text = serde_json::to_string(&written).unwrap();
    let back: plan::Plan = serde_json::from_str(&text).unwrap();
    let rebuilt = &back.rebuild().unwrap()[0];
    assert_eq!(rebuilt.problem, divisions[0].posed.problem);
    assert_eq!(rebuilt.problem.own.len(), 1);
    assert_eq!(
        (&rebuilt.problem.together, &rebuilt.problem.apart),
        (&vec![(0, 1)], &vec![(0, 15)])
    );
    assert_eq!(rebuilt.options, divisions[0].options);
    assert_eq!(rebuilt.outcome.as_ref(), divisions[0].outcome.as_ref().ok());
    assert_eq!(back.digest, plan::digest(&back.options, &back.communities));
}

#[test]
fn communities_are_divided_each_for_itself_and_stand_in_the_order_of_the_list() {
    let mut list = "社区,楼栋,户数,人数,X,Y\n".to_owned();
    for community in ["340104003002", "340104003001", "空"] {
        for number in 0..6 {
            let households = if community == "空" { 0 } else { 60 + number };
            writeln!(
                list,
                "{community},{}栋,{households},{},{},0",
                number + 1,
                households * 3,
                number * 40
            )
            .unwrap();
        }
    }
    let list = csv("list", &list);
    let read = reading(&list, None);
    let mut expected = None;
    let options = small(100, 200);
    for threads in [1, 2, 7] {
        let divisions = divided_on(threads, &read.survey, &options);
        let names: Vec<&str> = divisions
            .iter()
            .map(|division| division.community.as_str())
            .collect();
        assert_eq!(names, ["340104003002", "340104003001", "空"]);
        assert!(divisions[0].is_legal() && divisions[1].is_legal() && !divisions[2].is_legal());
        assert_eq!(
            divisions[1].facts()[0].code.as_deref(),
            Some("34010400300101")
        );
        let text = division::report(&divisions[2], Lang::Zh, &gridcode::report::text::plain);
        assert!(text.contains("没有可划分的住户"), "{text}");
        let bytes = json_on(threads, &read, &options);
        assert_eq!(*expected.get_or_insert_with(|| bytes.clone()), bytes);
    }
    // Whoever waits may end the work.
    let mut heard = 0;
    let none = divide_all(
        &read.survey.communities,
        &small(100, 200),
        NonZero::<usize>::MIN,
        &mut |_| {
            heard += 1;
            false
        },
    );
    assert!(none.len() < 3 && heard == 1);
}
