//! The order in which grids are numbered: as one reads a map, from left to right and from top to bottom.

use super::model::{Point, Problem};
use super::outcome::{Grid, Plan};

/// Puts the grids of a plan in the order of their numbers: from west to east in rows from north to south, as CJ/T 349-2010
/// numbers grids within a community. Without positions, in the order of their first blocks.
///
/// The rows are bands of equal height, as many as make cells about square.
///
/// ```
/// use gridcode::partition::{Block, Grid, Plan, Point, Problem, numbered};
/// let block = |x, y| Block { households: 400, at: Some(Point { x, y }), ..Block::default() };
/// let blocks = vec![block(900, 0), block(0, 900), block(900, 900)];
/// let problem = Problem { blocks, ..Problem::default() };
/// let grid = |block| Grid { blocks: vec![block], continues: None };
/// let plan = numbered(&problem, Plan { grids: vec![grid(0), grid(1), grid(2)] });
/// assert_eq!(plan.grids, [grid(1), grid(2), grid(0)]);
/// ```
#[must_use]
pub fn numbered(problem: &Problem, mut plan: Plan) -> Plan {
    let centres: Vec<Option<Point>> = plan
        .grids
        .iter()
        .map(|grid| centre(problem, grid))
        .collect();
    let places: Option<Vec<Point>> = centres.into_iter().collect();
    let Some(places) = places.filter(|places| !places.is_empty()) else {
        plan.grids.sort_by(|a, b| a.blocks.cmp(&b.blocks));
        return plan;
    };
    let span = |of: fn(&Point) -> i64| {
        let least = places.iter().map(of).min().unwrap_or(0);
        let most = places.iter().map(of).max().unwrap_or(0);
        (least, most)
    };
    let ((west, east), (south, north)) = (span(|at| at.x), span(|at| at.y));
    let (width, height) = ((east - west).max(1), (north - south).max(1));
    let grids = i64::try_from(places.len()).unwrap_or(i64::MAX);
    // Rows × columns ≈ grids, with cells about square: the greatest number of rows with rows² × width ≤ grids × height.
    let mut rows = 1;
    while i128::from((rows + 1) * (rows + 1)) * i128::from(width)
        <= i128::from(grids) * i128::from(height)
        && rows < grids
    {
        rows += 1;
    }
    let row = |at: &Point| ((north - at.y) * rows / (height + 1)).min(rows - 1);
    let mut order: Vec<(i64, i64, i64, Grid)> = places
        .iter()
        .zip(plan.grids)
        .map(|(at, grid)| (row(at), at.x, -at.y, grid))
        .collect();
    order.sort();
    plan.grids = order.into_iter().map(|(.., grid)| grid).collect();
    plan
}

/// The centre of a grid's households, in whole decimetres; `None` where a block has no position.
#[must_use]
pub fn centre(problem: &Problem, grid: &Grid) -> Option<Point> {
    let (mut households, mut x, mut y) = (0i64, 0i128, 0i128);
    for block in &grid.blocks {
        let block = problem.blocks.get(*block)?;
        let at = block.at?;
        // A grid without households has a centre, too.
        let weight = i64::from(block.households.max(1));
        households += weight;
        x += i128::from(weight) * i128::from(at.x);
        y += i128::from(weight) * i128::from(at.y);
    }
    let mean = |sum: i128| {
        let of = i128::from(households.max(1));
        i64::try_from((2 * sum + of).div_euclid(2 * of)).ok()
    };
    Some(Point {
        x: mean(x)?,
        y: mean(y)?,
    })
}
