//! The map of a division from outside: pictures that are well-formed, names that stay hidden, files that are refused.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::desk::{Desk, fixture};

type Attributes = Vec<(String, String)>;
/// Its name, its attributes, and the text that follows.
type Element = (String, Attributes, String);

/// Reads the elements of a picture: each name with its attributes and the text that follows it.
#[track_caller]
fn elements(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut found: Vec<Element> = Vec::new();
    let mut depth = 0_i32;
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let key = attribute.key.as_ref().to_owned();
                    (key, attribute.value.to_string())
                });
                let name = tag.name().as_ref().to_owned();
                found.push((name, attributes.collect(), String::new()));
                depth += i32::from(matches!(event, Event::Start(_)));
            }
            Event::End(_) => depth -= 1,
            Event::Text(text) => {
                if let Some((.., told)) = found.last_mut() {
                    told.push_str(text);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "every element is closed");
    found
}

fn attribute<'a>(attributes: &'a [(String, String)], key: &str) -> Option<&'a str> {
    let found = attributes.iter().find(|(name, _)| name == key);
    found.map(|(_, value)| value.as_str())
}

/// The grid numbers in the marks of a picture.
fn figures(xml: &str) -> Vec<String> {
    elements(xml)
        .into_iter()
        .filter(|(_, attributes, _)| attribute(attributes, "class") == Some("figure"))
        .map(|(.., text)| text)
        .collect()
}

const EVEN: &str = "楼栋,X,Y,户数,人数\n1栋,0,0,400,1200\n2栋,50,0,400,1200\n3栋,0,60,400,1200\n";
const ROSTER: &str = "姓名,职务,联系电话,负责网格,负责楼栋\n张甲,专职网格员,13900000001,01,\n李乙,助理网格员,13900000002,,2栋\n";

#[test]
fn the_picture_is_well_formed_and_every_building_is_on_it_in_its_grid() {
    let desk = Desk::with(&[]);
    let (list, pairs) = (
        fixture("communities/c4334.buildings.csv"),
        fixture("communities/c4334.adj.csv"),
    );
    let arguments = [
        &list,
        "--adjacency",
        &pairs,
        "--grids",
        "11",
        "--map",
        "map.svg",
        "--map",
        "map.html",
    ];
    let (_, said) = desk.run(0, &arguments);
    assert!(said.contains("map.svg") && said.contains("map.html"));
    let svg = desk.read("map.svg");
    let marks: Vec<_> = elements(&svg)
        .into_iter()
        .filter(|(_, attributes, _)| attribute(attributes, "class") == Some("mark"))
        .collect();
    assert_eq!(marks.len(), 79);
    // 79 marks and 11 entries of the legend.
    let figures = figures(&svg);
    assert_eq!(figures.len(), 90);
    assert_eq!(figures.iter().collect::<BTreeSet<_>>().len(), 11);
    assert!(svg.contains("grid 01: 493 households, 1,466 residents"));
    // The page holds the same drawing, and nothing that is fetched.
    let html = desk.read("map.html");
    assert_eq!(html.matches("class=\"mark\"").count(), 79);
    for text in [&svg, &html] {
        let own = text.replace("http://www.w3.org/2000/svg", "");
        for word in ["http:", "https:", "href=", "src=", "url(//", "@import"] {
            assert!(!own.contains(word), "{word}");
        }
    }
}

#[test]
fn neighbours_are_not_of_one_colour_and_no_two_grids_are_confused() {
    let desk = Desk::with(&[]);
    let list = fixture("communities/c4334.buildings.csv");
    let pairs_file = fixture("communities/c4334.adj.csv");
    let arguments = [
        &list,
        "--adjacency",
        &pairs_file,
        "--grids",
        "11",
        "--map",
        "map.svg",
        "--plan",
        "plan.json",
    ];
    desk.run(0, &arguments);
    let svg = desk.read("map.svg");
    // The colour of each grid, by its place in the picture.
    let mut colours = std::collections::BTreeMap::new();
    let found = elements(&svg);
    for (at, (_, attributes, _)) in found.iter().enumerate() {
        if attribute(attributes, "class") == Some("mark") {
            let grid: usize = attribute(attributes, "data-grid").unwrap().parse().unwrap();
            let disc = found[at..].iter().find(|(name, ..)| name == "circle");
            let fill = attribute(&disc.unwrap().1, "fill").unwrap().to_owned();
            assert_eq!(colours.entry(grid).or_insert(fill.clone()), &fill);
        }
    }
    let plan: serde_json::Value = serde_json::from_str(&desk.read("plan.json")).unwrap();
    let community = &plan["communities"][0];
    let grid_of = |block: &serde_json::Value| {
        let block = usize::try_from(block.as_u64().unwrap()).unwrap();
        let name = community["blocks"][block]["grid"].as_str().unwrap();
        name.parse::<usize>().unwrap() - 1
    };
    let mut across = 0;
    for pair in community["links"].as_array().unwrap() {
        let (a, b) = (grid_of(&pair[0]), grid_of(&pair[1]));
        if a != b {
            across += 1;
            assert_ne!(colours[&a], colours[&b], "grids {} and {}", a + 1, b + 1);
        }
    }
    assert!(across > 10, "{across}");
}

#[test]
fn nobody_is_named_unless_values_are_asked_for() {
    let desk = Desk::with(&[("list.csv", EVEN), ("roster.csv", ROSTER)]);
    let maps = ["list.csv", "--roster", "roster.csv", "--map"];
    for (name, file) in [("svg", "map.svg"), ("html", "map.html")] {
        desk.run(0, &[&maps[..], &[file]].concat());
        let hidden = desk.read(file);
        for private in ["张甲", "李乙", "13900000001", "13900000002"] {
            assert!(!hidden.contains(private), "{name}: {private}");
        }
        assert!(hidden.contains("full-time grid worker: 1 person"), "{name}");
        assert!(hidden.contains("full-time grid worker: nobody"), "{name}");

        desk.run(0, &[&maps[..], &[file, "--show-values"]].concat());
        let shown = desk.read(file);
        assert!(shown.contains("full-time grid worker: 张甲"), "{name}");
        assert!(shown.contains("assistant grid worker: 李乙"), "{name}");
        // Telephone numbers are no part of a map.
        assert!(!shown.contains("139000000"), "{name}");
    }
}

#[test]
fn what_is_out_of_bounds_is_marked_with_the_figure_and_the_limit() {
    let list = "楼栋,X,Y,户数,人数\n1栋,0,0,700,2100\n2栋,50,0,310,1010\n";
    let desk = Desk::with(&[("list.csv", list)]);
    desk.run(1, &["list.csv", "--map", "map.svg", "--map", "map.html"]);
    let svg = desk.read("map.svg");
    let whole =
        "200 households above the limit (300–500); 600 residents above the limit (1,000–1,500)";
    assert!(svg.contains(whole), "{svg}");
    let hatched = elements(&svg)
        .into_iter()
        .filter(|(_, attributes, _)| attribute(attributes, "fill") == Some("url(#hatch0)"));
    // The building, and the entry of the legend.
    assert_eq!(hatched.count(), 2);
    assert!(svg.contains("above a limit alone, without entrances or floors"));
    assert!(svg.contains("double ring"));
    let html = desk.read("map.html");
    assert!(html.contains("超出上限 200 户（标准 300–500）"));
    // Where all is well no sign is explained.
    let desk = Desk::with(&[("list.csv", EVEN)]);
    desk.run(0, &["list.csv", "--map", "map.svg"]);
    let svg = desk.read("map.svg");
    assert!(!svg.contains("hatched") && !svg.contains("double ring"));
}

#[test]
fn without_positions_the_order_is_drawn_and_it_is_said() {
    let list = "楼栋,户数,人数\n1栋,400,1200\n2栋,400,1200\n3栋,400,1200\n";
    let desk = Desk::with(&[("list.csv", list)]);
    desk.run(0, &["list.csv", "--map", "map.svg"]);
    let svg = desk.read("map.svg");
    assert!(svg.contains("the picture knows no positions"));
    let marks = elements(&svg)
        .into_iter()
        .filter(|(name, attributes, _)| name == "rect" && attribute(attributes, "rx") == Some("5"));
    assert_eq!(marks.count(), 3);
}

#[test]
fn a_building_without_a_position_stands_apart_and_is_told() {
    let list = "楼栋,户数,人数\n1栋,100,300\n2栋,100,300\n3栋,100,300\n4栋,100,300\n5栋,100,300\n6栋,100,300\n";
    let places = "楼栋,X,Y\n1栋,0,0\n2栋,50,0\n3栋,0,60\n4栋,50,60\n5栋,50,120\n";
    let desk = Desk::with(&[("list.csv", list), ("places.csv", places)]);
    let arguments = ["list.csv", "--positions", "places.csv", "--map", "map.svg"];
    desk.run(1, &arguments);
    let svg = desk.read("map.svg");
    assert!(svg.contains("without a position: 1, shown in a row beneath"));
    // It is below the five others, and no line leads to it.
    let found = elements(&svg);
    let number = |attributes: &[(String, String)], key: &str| -> f64 {
        attribute(attributes, key).unwrap().parse().unwrap()
    };
    let mut heights = Vec::new();
    for (at, (_, attributes, _)) in found.iter().enumerate() {
        if attribute(attributes, "class") == Some("mark") {
            let disc = found[at..].iter().find(|(name, ..)| name == "circle");
            heights.push(number(&disc.unwrap().1, "cy"));
        }
    }
    assert_eq!(heights.len(), 6);
    let others = heights[..5].iter().copied().fold(0.0, f64::max);
    assert!(heights[5] > others + 40.0, "{heights:?}");
    let ways = found
        .iter()
        .filter(|(_, attributes, _)| attribute(attributes, "class") == Some("way"));
    for (_, attributes, _) in ways {
        let path = attribute(attributes, "d").unwrap();
        assert!(!path.contains(&format!(" {}", heights[5])), "{path}");
    }
}

#[test]
fn text_from_a_list_is_text_on_the_map() {
    let list = "社区,楼栋,户数,人数\n<script>alert(1)</script>,\"\"\"><b>1栋\",400,1200\n\"a&b\",2栋,400,1200\n";
    let desk = Desk::with(&[("list.csv", list)]);
    desk.run(0, &["list.csv", "--map", "map.svg", "--map", "map.html"]);
    let (svg, html) = (desk.read("map.svg"), desk.read("map.html"));
    elements(&svg);
    for text in [&svg, &html] {
        assert!(!text.contains("<script>alert") && !text.contains("\"><b>"));
        assert!(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assert!(text.contains("a&amp;b"));
    }
    // Two communities: two panels, and a choice.
    assert_eq!(svg.matches("<g transform=").count(), 4);
    assert_eq!(html.matches("<option ").count(), 3);
    assert_eq!(html.matches("<section ").count(), 2);
}

#[test]
fn the_bytes_do_not_depend_on_the_number_of_threads() {
    let mut list = "社区,楼栋,X,Y,户数,人数\n".to_owned();
    for community in 0..5 {
        for building in 0..12 {
            use std::fmt::Write as _;
            let (x, y) = (building % 4 * 60, building / 4 * 70 + community);
            let _ = writeln!(list, "第{community}社区,{building}栋,{x},{y},100,320");
        }
    }
    let desk = Desk::with(&[("list.csv", &list)]);
    let mut made = BTreeSet::new();
    for threads in ["1", "2", "7"] {
        let maps = [
            "list.csv", "--map", "map.svg", "--map", "map.html", "-j", threads,
        ];
        desk.run(0, &maps);
        made.insert((desk.read("map.svg"), desk.read("map.html")));
    }
    assert_eq!(made.len(), 1);
}

#[test]
fn a_map_is_refused_with_a_sentence_or_written_whole() {
    let desk = Desk::with(&[
        ("list.csv", EVEN),
        ("roster.csv", ROSTER),
        ("map.svg", EVEN),
    ]);
    for (arguments, sentence) in [
        (
            &["list.csv", "--map", "map.png"][..],
            "expected a map's file name ending in .svg or .html, or FIELD=COLUMN (as building=2), found `map.png`",
        ),
        (&["list.csv", "--map", "-"], "ending in .svg or .html"),
        (
            &["list.csv", "--roster", "roster.csv"],
            "--roster is for the map",
        ),
        (&["map.svg", "--map", "map.svg"], "map.svg"),
        (
            &["list.csv", "--map", "map.html", "--roster", "none.csv"],
            "none.csv",
        ),
        (
            &["list.csv", "--map", "no/such/folder/map.html"],
            "no/such/folder/map.html",
        ),
        (
            &["--verify", "plan.json", "--map", "map.svg"],
            "--verify checks a plan and draws no map",
        ),
    ] {
        let (_, said) = desk.run(2, arguments);
        assert!(said.contains(sentence), "{arguments:?}: {said}");
    }
    assert_eq!(desk.read("map.svg"), EVEN);
    assert_eq!(desk.files().len(), 3, "{:?}", desk.files());
    // What cannot be written is told before anything else is: no other result is there.
    for (arguments, sentence) in [
        (&["--map", "no/folder/map.html"][..], "no/folder/map.html"),
        (&["--map", "map.html", "--roster", "none.csv"], "none.csv"),
        (&["--map", "roster.csv/map.svg"], "roster.csv/map.svg"),
        (
            &["--map", "map.html", "--map", "map.html"],
            "two results would be written to `map.html`",
        ),
        (
            &["--grids-sheet", "out.csv"],
            "two results would be written to `out.csv`",
        ),
        (
            &["--grids-sheet", "grids.pdf", "--map", "map.html"],
            "cannot write `grids.pdf`",
        ),
        (
            &["--grids-sheet", "list.csv", "--map", "map.html"],
            "the output `list.csv` is the input itself",
        ),
    ] {
        let all = ["list.csv", "-o", "out.csv", "--plan", "plan.json"];
        let all: Vec<&str> = all.iter().chain(arguments).copied().collect();
        let (_, said) = desk.run(2, &all);
        assert!(said.contains(sentence), "{arguments:?}: {said}");
        assert_eq!(desk.files().len(), 3, "{arguments:?}: {:?}", desk.files());
    }
    // The same option still says what a column means.
    let desk = Desk::with(&[("odd.csv", "幢号,房间,人数\n1,101,3\n1,102,2\n")]);
    let arguments = [
        "odd.csv",
        "--map",
        "building=幢号",
        "--map",
        "unit=房间",
        "--map",
        "map.svg",
    ];
    desk.run(1, &arguments);
    assert!(desk.read("map.svg").contains("2 households"));
}

#[test]
fn a_list_that_cannot_be_divided_is_drawn_without_grids() {
    let list = "楼栋,X,Y,户数,人数\n1栋,0,0,10,30\n2栋,50,0,10,30\n";
    let desk = Desk::with(&[("list.csv", list)]);
    let arguments = [
        "list.csv", "--strict", "--map", "map.svg", "--map", "map.html",
    ];
    desk.run(1, &arguments);
    let svg = desk.read("map.svg");
    assert_eq!(svg.matches("class=\"mark\"").count(), 2);
    assert!(svg.contains("in no grid") && figures(&svg).is_empty());
    assert!(desk.read("map.html").contains("class=\"out\""));
}
