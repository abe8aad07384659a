//! The synthetic communities of the fixtures as problems.

use std::path::Path;

use gridcode::partition::{Block, Point, Problem};

/// A sheet of the fixtures, line by line, without its header.
fn lines(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/communities")
        .join(name);
    let text = std::fs::read_to_string(path).unwrap();
    let cells = |line: &str| line.trim_end().split(',').map(str::to_owned).collect();
    text.lines().skip(1).map(cells).collect()
}

/// A community from its sheet of blocks (`block[,building],x,y,households,residents`) and its sheet of links.
pub(crate) fn community(blocks: &str, links: &str) -> Problem {
    let lines_of_blocks = lines(blocks);
    let mut buildings: Vec<String> = Vec::new();
    let mut problem = Problem::default();
    for cells in &lines_of_blocks {
        // Where there is no column of buildings, each block is one.
        let building = cells[cells.len() - 5].clone();
        let place = buildings.iter().position(|known| *known == building);
        let place = place.unwrap_or_else(|| {
            buildings.push(building);
            buildings.len() - 1
        });
        let number = |from_end: usize| cells[cells.len() - from_end].parse::<f64>().unwrap();
        let decimetres = |metres: f64| format!("{:.0}", metres * 10.0).parse::<i64>().unwrap();
        let whole = |from_end: usize| cells[cells.len() - from_end].parse::<u32>().unwrap();
        problem.blocks.push(Block {
            households: whole(2),
            residents: whole(1),
            work: whole(2),
            building: u32::try_from(place).unwrap(),
            at: Some(Point {
                x: decimetres(number(4)),
                y: decimetres(number(3)),
            }),
        });
    }
    let place = |name: &String| {
        let mut names = lines_of_blocks.iter();
        names.position(|cells| cells[0] == *name).unwrap()
    };
    problem.links = lines(links)
        .iter()
        .map(|cells| (place(&cells[0]), place(&cells[1])))
        .collect();
    problem
}
