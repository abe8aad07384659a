//! Bad input: each fault is named by its cell, and no plan is wrong for it.

use super::*;

const LIST: &str = "楼栋,户数,人数\n1栋,60,180\n2栋,50,150\n3栋,55,170\n4栋,45,135\n";

/// More of the same, all in place, so that one building in ten may be without a position.
const MORE: &str =
    "11栋,60,180\n12栋,50,150\n13栋,55,170\n14栋,45,135\n15栋,40,120\n16栋,40,120\n17栋,40,120\n";

fn with_positions(positions: &str) -> Read {
    reading(&csv("list", LIST), Some(&csv("at", positions)))
}

/// The four buildings and seven more, in metres or in degrees.
fn with_more(positions: &str, is_degrees: bool) -> Read {
    let mut at = positions.to_owned();
    for number in 11..=17 {
        if is_degrees {
            writeln!(at, "{number}栋,117.20{number},31.8021").unwrap();
        } else {
            writeln!(at, "{number}栋,{}.5,40", number * 10).unwrap();
        }
    }
    reading(
        &csv("list", &format!("{LIST}{MORE}")),
        Some(&csv("at", &at)),
    )
}

fn at(kind: Kind, severity: Severity, cell: &str) -> (Kind, Severity, String) {
    (kind, severity, cell.to_owned())
}

#[test]
fn names_that_only_one_of_two_sheets_has_are_found() {
    let read = with_more("楼栋,X,Y\n1栋,0,0\n2栋,40,0\n3栋,80,0\n9栋,120,0\n", false);
    assert_eq!(
        read.kinds(),
        [
            at(Kind::Unknown, Severity::Warning, "A5"),
            at(Kind::NoPosition, Severity::Error, "")
        ]
    );
    assert_eq!(read.said(Kind::Unknown).message.zh, "名单中没有“9栋”");
    assert!(
        read.said(Kind::NoPosition)
            .message
            .zh
            .contains("4栋（暂按3栋）")
    );
    // Nobody is lost for it.
    assert_eq!(
        divided(&read.survey, &small(80, 120))[0]
            .facts()
            .iter()
            .map(|grid| grid.households)
            .sum::<u64>(),
        540
    );
}

#[test]
fn positions_of_a_few_are_not_used_and_equal_ones_are_told() {
    let list = homes(&[("1栋", 1, 3, 2), ("2栋", 1, 3, 2), ("3栋", 1, 3, 2)]);
    let list = csv("list", &list);
    let read = reading(&list, Some(&csv("at", "楼栋,X,Y\n1栋,0,0\n2栋,40,0\n")));
    assert_eq!(
        read.kinds(),
        [
            at(Kind::NoPosition, Severity::Error, ""),
            at(Kind::NoPositions, Severity::Warning, "")
        ]
    );
    assert!(
        read.said(Kind::NoPosition)
            .message
            .zh
            .contains("3 栋楼只有 2 栋有位置")
    );
    assert_eq!(read.survey.communities[0].ground, Ground::Names);
    let read = reading(
        &list,
        Some(&csv("at", "楼栋,X,Y\n1栋,0,0\n2栋,40,0\n3栋,0,0\n")),
    );
    assert_eq!(read.kinds(), [at(Kind::SamePlace, Severity::Warning, "")]);
    assert!(
        read.said(Kind::SamePlace)
            .message
            .zh
            .ends_with("2 栋楼的位置完全相同：1栋、3栋")
    );
}

#[test]
fn two_positions_no_position_and_words_are_found() {
    let read = with_more(
        "楼栋,X,Y\n1栋,0,0\n一栋,0,0\n1#,5,0\n2栋,,\n3栋,东,北\n4栋,120,0\n",
        false,
    );
    assert_eq!(
        read.kinds(),
        [
            at(Kind::TwoPositions, Severity::Error, "A4"),
            at(Kind::BadPosition, Severity::Error, "B5"),
            at(Kind::BadPosition, Severity::Error, "B6"),
            at(Kind::NoPosition, Severity::Error, ""),
        ]
    );
    assert!(
        read.said(Kind::TwoPositions)
            .message
            .en
            .contains("another in row 2")
    );
}

#[test]
fn swapped_and_mixed_coordinates_are_found() {
    let degrees = "楼栋,经度,纬度\n1栋,117.2001,31.8001\n2栋,31.8001,117.2005\n3栋,117.2009,31.8001\n4栋,520.5,33.1\n";
    let read = with_more(degrees, true);
    assert_eq!(
        read.kinds(),
        [
            at(Kind::Swapped, Severity::Warning, "B3"),
            at(Kind::Mixed, Severity::Error, "B5"),
            at(Kind::NoPosition, Severity::Error, ""),
        ]
    );
    let buildings = &read.survey.communities[0].buildings;
    let x = |building: usize| buildings[building].at.unwrap().x;
    // 0.0004° are 38 m at this latitude, swapped or not.
    assert_eq!((x(1) - x(0), x(2) - x(1)), (379, 379));
    let metres = "楼栋,X,Y\n1栋,0.5,0\n2栋,40.1,0\n3栋,117.20341,31.83219\n4栋,120.2,0\n";
    assert_eq!(
        with_more(metres, false).kinds()[0],
        at(Kind::Mixed, Severity::Error, "B4")
    );
    let far = "楼栋,X,Y\n1栋,0,0\n2栋,40,0\n3栋,80,0\n4栋,3520000,0\n";
    assert_eq!(
        with_more(far, false).kinds()[0],
        at(Kind::Far, Severity::Error, "B5")
    );
    // All swapped under headers that say nothing of degrees.
    let turned = "楼栋,X,Y\n1栋,31.8001,117.2001\n2栋,31.8001,117.2005\n3栋,31.8001,117.2009\n4栋,31.8003,117.2009\n";
    let read = with_positions(turned);
    assert_eq!(read.kinds().len(), 4);
    assert!(read.kinds().iter().all(|found| found.0 == Kind::Swapped));
    let one = with_positions(
        "楼栋,坐标\n1栋,\"117.2001,31.8001\"\n2栋,117.2005，31.8001\n3栋,\"(117.2009, 31.8001)\"\n4栋,117.2009 31.8003\n",
    );
    assert_eq!(one.kinds(), []);
    assert_eq!(one.survey.communities[0].ground, Ground::Positions);
}

#[test]
fn counts_that_no_building_has_are_found_and_their_rows_are_in_no_grid() {
    let list = csv(
        "list",
        "楼栋,户数,人数\n1栋,60,180\n2栋,-5,150\n3栋,55.5,170\n4栋,很多,135\n5栋,9999999,1\n,5,15\n1栋,7,21\n6栋,０,0\n合计,120,360\n\n7栋,1,\n",
    );
    let read = reading(&list, None);
    let found = |kind, cell| at(kind, Severity::Error, cell);
    assert_eq!(
        read.kinds()[..6],
        [
            found(Kind::BadCount, "B3"),
            found(Kind::BadCount, "B4"),
            found(Kind::BadCount, "B5"),
            found(Kind::BadCount, "B6"),
            found(Kind::NoBuilding, "A7"),
            found(Kind::Twice, "A8"),
        ]
    );
    let total = read.survey.account.total();
    assert_eq!(
        (
            total.rows,
            total.accepted,
            total.with_errors,
            total.skipped_rows()
        ),
        (12, 3, 6, 3)
    );
    assert_eq!(read.survey.undivided, 6);
    assert_eq!(read.survey.communities[0].count().households, 61);
}

#[test]
fn households_without_building_and_those_listed_again_are_told_and_not_lost() {
    let list = csv(
        "list",
        "楼栋,单元,房号,人数\n3栋,1,101,2\n,1,102,3\n三栋,一单元,0101,2\n3栋,1,103,\n",
    );
    let read = reading(&list, None);
    assert_eq!((read.survey.undivided, read.survey.twice), (1, 1));
    assert_eq!(read.said(Kind::NoBuilding).place.row, 3);
    let rules: Vec<(&str, String)> = read
        .rows
        .iter()
        .map(|row| (row.rule, row.place.name()))
        .collect();
    assert_eq!(
        rules,
        [
            ("missing-building", "A3".to_owned()),
            ("duplicate-household", "C4".to_owned())
        ]
    );
    let count = read.survey.communities[0].count();
    assert_eq!(
        (count.households, count.residents, count.unknown),
        (2, 2, 1)
    );
    // The one of whom nothing is said counts as the mean of the others.
    let division = &divided(&read.survey, &small(1, 9))[0];
    assert_eq!(division.posed.problem.residents(), 4);
    assert_eq!(read.said(Kind::NoResidents).severity, Severity::Warning);
}

#[test]
fn a_list_that_says_nothing_of_residents_is_divided_by_households() {
    let list = csv("list", "楼栋,户数\n1栋,200\n2栋,150\n");
    let read = reading(&list, None);
    let division = &divided(&read.survey, &Options::default())[0];
    assert!(division.is_legal());
    assert_eq!(division.options.standard.residents, Limits::NONE);
    assert_eq!(
        read.kinds().iter().map(|found| found.0).collect::<Vec<_>>(),
        [Kind::NoResidents, Kind::NoPositions]
    );
}

#[test]
fn pairs_with_the_unknown_with_oneself_and_across_communities_are_found() {
    let list = csv(
        "list",
        "社区,楼栋,户数,人数\n甲,1栋,60,180\n甲,2栋,50,150\n乙,3栋,55,170\n甲,4栋,45,135\n甲,5栋,45,135\n",
    );
    let pairs = csv(
        "pairs",
        "楼栋A,楼栋B\n1栋,2栋\n2栋,9栋\n1栋,一栋\n2栋,3栋\n2栋,4栋\n4栋,2栋\n,1栋\n",
    );
    let beside = Beside {
        adjacency: Some(&pairs),
        ..Beside::default()
    };
    let read = reading_of(&list, beside, Previous::None, &WISHES);
    let found = |kind, cell| at(kind, Severity::Warning, cell);
    assert_eq!(
        read.kinds(),
        [
            found(Kind::Unknown, "B3"),
            found(Kind::BadPair, "B4"),
            found(Kind::BadPair, "B5"),
            found(Kind::Unknown, "A8"),
            found(Kind::Alone, ""),
        ]
    );
    assert_eq!(read.survey.communities[0].pairs.len(), 2);
    assert!(read.said(Kind::Alone).message.zh.contains("5栋"));
}

#[test]
fn barriers_cut_and_what_they_leave_alone_is_joined_and_named() {
    let list = csv("list", LIST);
    let positions = csv("at", "楼栋,X,Y\n1栋,0,0\n2栋,40,0\n3栋,80,0\n4栋,120,0\n");
    let barriers = csv("barriers", "x1,y1,x2,y2\n60,-50,60,50\nx,1,2,3\n");
    let beside = Beside {
        positions: Some(&positions),
        barriers: Some(&barriers),
        ..Beside::default()
    };
    let read = reading_of(&list, beside, Previous::None, &WISHES);
    assert_eq!(
        read.kinds(),
        [at(Kind::BadPosition, Severity::Warning, "A3")]
    );
    let division = &divided(&read.survey, &small(80, 120))[0];
    assert_eq!(
        (division.posed.cut, division.posed.joined.as_slice()),
        (1, [(1, 2)].as_slice())
    );
    let text = division::report(division, Lang::Zh, &gridcode::report::text::plain);
    assert!(text.contains("按最近处连起来：2栋—3栋"), "{text}");
}

#[test]
fn an_order_is_a_chain_and_its_faults_are_found() {
    let read = with_positions("楼栋,序号\n4栋,1\n2栋,2\n1栋,三\n3栋,4\n2栋,5\n");
    assert_eq!(
        read.kinds(),
        [
            at(Kind::BadPosition, Severity::Error, "B4"),
            at(Kind::TwoPositions, Severity::Error, "B6")
        ]
    );
    let division = &divided(&read.survey, &small(80, 120))[0];
    let names: Vec<&str> = division
        .posed
        .parts
        .iter()
        .map(|part| part.name.as_str())
        .collect();
    // 1栋 has no place of its own and no building before it by name.
    assert_eq!(names, ["1栋", "4栋", "2栋", "3栋"]);
    assert!(division.posed.problem.is_chain);
    assert_eq!(division.ground, Ground::Order);
}

#[test]
fn bounds_that_cannot_be_are_found_and_those_of_a_community_count() {
    let list = csv("list", LIST);
    let bounds = csv(
        "bounds",
        "社区,网格,最少户数,最多户数\n,,90,120\n,,200,100\n,,x,5\n,G1,1,2\n",
    );
    let beside = Beside {
        bounds: Some(&bounds),
        ..Beside::default()
    };
    let read = reading_of(&list, beside, Previous::None, &WISHES);
    assert_eq!(
        read.kinds()[..3],
        [
            at(Kind::BadBounds, Severity::Error, "C3"),
            at(Kind::BadBounds, Severity::Error, "C4"),
            at(Kind::NoGrid, Severity::Warning, "B5"),
        ]
    );
    assert_eq!(
        read.survey.communities[0].standard.unwrap().households,
        Limits { min: 90, max: 120 }
    );
}

#[test]
fn limits_of_one_grid_in_two_rows_are_found_and_one_answer_is_given() {
    let list = csv("list", LIST);
    let previous = csv("before", "楼栋,网格\n1栋,A\n2栋,A\n3栋,B\n4栋,B\n");
    let bounds = csv(
        "bounds",
        "社区,网格,最少户数,最多户数\n,A,80,300\n,B,80,150\n,A,80,120\n,A,80,300\n,,80,160\n,,80,170\n",
    );
    let beside = Beside {
        bounds: Some(&bounds),
        ..Beside::default()
    };
    let read = reading_of(&list, beside, Previous::Sheet(&previous), &WISHES);
    let found: Vec<_> = read.kinds();
    assert_eq!(
        found[..2],
        [
            at(Kind::Twice, Severity::Error, "B4"),
            at(Kind::Twice, Severity::Error, "A7"),
        ]
    );
    assert!(read.said(Kind::Twice).message.en.contains("row 2"));
    // What the solver keeps to is what is told.
    let division = &divided(&read.survey, &small(80, 120))[0];
    assert_eq!(division.posed.problem.own.len(), 2);
    for (grid, facts) in division.plan.grids.iter().zip(division.facts()) {
        let own = division.posed.problem.own.iter();
        let own = own.filter(|(label, _)| Some(*label) == grid.continues);
        assert!(
            own.map(|(_, standard)| standard)
                .all(|standard| *standard == facts.standard)
        );
    }
}

#[test]
fn a_previous_plan_that_fits_nothing_is_told() {
    let list = csv("list", LIST);
    let read_with = |text: &str| {
        let previous = csv("before", text);
        reading_of(
            &list,
            Beside::default(),
            Previous::Sheet(&previous),
            &WISHES,
        )
    };
    let told = |text: &str| {
        let read = read_with(text);
        read.kinds()
            .into_iter()
            .filter(|found| found.0 != Kind::NoPositions)
            .collect::<Vec<_>>()
    };
    let nothing = at(Kind::NoPrevious, Severity::Error, "");
    // No column of grids; another estate, as a list and as a plan.
    assert_eq!(
        told("楼栋,单元,房号,人数\n1栋,1,101,2\n"),
        std::slice::from_ref(&nothing)
    );
    assert_eq!(
        told("楼栋,单元,房号,人数,网格\n8栋,1,101,2,A\n8栋,1,102,2,A\n"),
        [
            at(Kind::NoPrevious, Severity::Warning, "2"),
            nothing.clone()
        ]
    );
    let earlier = |building: &str| Earlier {
        community: String::new(),
        building: building.to_owned(),
        entrance: None,
        floors: None,
        grid: "A".to_owned(),
        households: 5,
    };
    let plan = |earlier: &[Earlier]| {
        let read = reading_of(&list, Beside::default(), Previous::Plan(earlier), &WISHES);
        let mut kinds = read.kinds();
        kinds.retain(|found| found.0 != Kind::NoPositions);
        kinds
    };
    assert_eq!(plan(&[earlier("8栋")]), [nothing]);
    assert_eq!(
        plan(&[earlier("1栋"), earlier("8栋")]),
        [at(Kind::NoPrevious, Severity::Warning, "")]
    );
    // One building in two grids.
    assert_eq!(
        told("楼栋,网格\n1栋,A\n2栋,A\n1栋,B\n"),
        [at(Kind::Twice, Severity::Warning, "B4")]
    );
}

#[test]
fn a_sheet_of_pairs_without_a_pair_is_told() {
    let list = csv("list", LIST);
    let pairs = csv("pairs", "a,b\n");
    let beside = Beside {
        adjacency: Some(&pairs),
        ..Beside::default()
    };
    let read = reading_of(&list, beside, Previous::None, &WISHES);
    assert_eq!(read.kinds()[0], at(Kind::BadPair, Severity::Error, ""));
}

#[test]
#[cfg(feature = "excel")]
fn a_second_sheet_with_the_same_headers_is_not_left_out_in_silence() {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, from) in [("一期", 1), ("二期", 3)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (column, header) in ["楼栋", "户数", "人数", "X", "Y"].into_iter().enumerate() {
            sheet
                .write(0, u16::try_from(column).unwrap(), header)
                .unwrap();
        }
        for row in 0..2u32 {
            sheet
                .write(row + 1, 0, format!("{}栋", from + row))
                .unwrap();
            for (column, number) in [60, 180, 40 * (from + row), 0].into_iter().enumerate() {
                let column = u16::try_from(column).unwrap() + 1;
                sheet.write(row + 1, column, number).unwrap();
            }
        }
    }
    let book = Source::bytes("book.xlsx", book.save_to_buffer().unwrap());
    let read_one = reading(&book, None);
    assert_eq!(
        read_one.kinds()[0],
        at(Kind::OtherSheet, Severity::Error, "")
    );
    let said = &read_one.said(Kind::OtherSheet).message;
    assert!(
        said.zh.contains("“二期”") && said.zh.contains("2 行"),
        "{said:?}"
    );
    let read = reading(&csv("list", LIST), Some(&book));
    assert_eq!(read.kinds()[0], at(Kind::OtherSheet, Severity::Error, ""));
}

#[test]
fn a_hundred_thousand_buildings_are_refused_and_one_building_is_not() {
    let mut list = "楼栋,户数,人数,X,Y\n".to_owned();
    for number in 1..=100_000 {
        writeln!(list, "{number}栋,3,9,{},{}", number % 400, number / 400).unwrap();
    }
    let read = reading(&csv("list", &list), None);
    let division = &divided(&read.survey, &Options::default())[0];
    let text = division::report(division, Lang::En, &gridcode::report::text::plain);
    assert!(
        text.contains("100000 buildings are not one community"),
        "{text}"
    );
    let one = reading(&csv("list", "楼栋,户数,人数\n1栋,400,1200\n"), None);
    assert_eq!(one.kinds(), []);
    let division = &divided(&one.survey, &Options::default())[0];
    assert_eq!((division.is_legal(), division.labels.len()), (true, 1));
}

#[test]
fn sheets_without_their_headers_say_which_are_needed() {
    let options = census::Options::new(Codebook::shushan(), date(2026, 11, 1));
    let wrong = csv("wrong", "名字,备注\n1栋,2\n");
    let list = csv("list", LIST);
    for beside in [
        Beside {
            positions: Some(&wrong),
            ..Beside::default()
        },
        Beside {
            adjacency: Some(&wrong),
            ..Beside::default()
        },
        Beside {
            together: Some(&wrong),
            ..Beside::default()
        },
        Beside {
            bounds: Some(&wrong),
            ..Beside::default()
        },
    ] {
        let error = read(
            &list,
            &options,
            beside,
            Previous::None,
            &WISHES,
            &mut |_| {},
            &mut |_| {},
        )
        .unwrap_err();
        let text = error.message();
        assert!(
            text.zh.contains("应有") && text.en.contains("expected"),
            "{text:?}"
        );
        assert!(text.en.starts_with("wrong.csv"), "{text:?}");
    }
}
