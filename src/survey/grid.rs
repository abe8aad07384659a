//! What there is to say of a grid: how many live there, how far it is across, who came and who left.

use super::Division;
use crate::partition::{Grid, Point, Standard, centre};

/// A grid of a plan, described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridFacts {
    /// Its name.
    pub name: String,
    /// Its long name: the community's 12-digit code and its number; `None` where either is not known.
    pub code: Option<String>,
    /// The earlier grid that it continues.
    pub continues: Option<String>,
    /// Its blocks, by place in the problem.
    pub blocks: Vec<usize>,
    /// Households.
    pub households: u64,
    /// Residents.
    pub residents: u64,
    /// Households that need priority service.
    pub priority: u64,
    /// Work.
    pub work: u64,
    /// The limits that count for it.
    pub standard: Standard,
    /// It stays as it is, whatever its size.
    pub is_locked: bool,
    /// The middle of its households, in decimetres.
    pub centre: Option<Point>,
    /// The block nearest to the middle.
    pub middle: Option<usize>,
    /// The mean distance of its households from the middle, in metres.
    pub mean_distance: Option<u64>,
    /// The distance of the farthest block, in metres.
    pub greatest_distance: Option<u64>,
    /// Households that were in another grid before.
    pub moved_in: u64,
    /// Households of the grid it continues that are in another now.
    pub moved_out: u64,
}

/// A block that is in another grid than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// The block.
    pub block: usize,
    /// The grid that it was in, by place in [`Division::previous`].
    pub from: u32,
    /// The grid that it is in, by place in the plan.
    pub to: usize,
}

impl Division {
    /// The grids of the plan, described, in the order of the plan.
    #[must_use]
    pub fn facts(&self) -> Vec<GridFacts> {
        let moves = self.moves();
        let grids = self.plan.grids.iter().zip(&self.labels).enumerate();
        grids
            .map(|(at, (grid, label))| self.describe(at, grid, label, &moves))
            .collect()
    }

    /// Blocks that are in another grid than before, in the order of blocks.
    #[must_use]
    pub fn moves(&self) -> Vec<Move> {
        let now = self.grids();
        let moved = |(block, (before, now)): (usize, (&Option<u32>, Option<usize>))| {
            let (from, to) = ((*before)?, now?);
            let continues = self.plan.grids.get(to)?.continues;
            (continues != Some(from)).then_some(Move { block, from, to })
        };
        let before = self.posed.problem.previous.iter().zip(now).enumerate();
        before.filter_map(moved).collect()
    }

    /// The limits of a grid.
    #[must_use]
    pub fn standard_of(&self, grid: &Grid) -> Standard {
        let mut own = self.posed.problem.own.iter();
        let own = own.find(|(label, _)| Some(*label) == grid.continues);
        own.map_or(self.options.standard, |(_, standard)| *standard)
    }

    fn describe(&self, at: usize, grid: &Grid, label: &str, moves: &[Move]) -> GridFacts {
        let problem = &self.posed.problem;
        let blocks = || {
            grid.blocks
                .iter()
                .filter_map(|block| Some((*block, problem.blocks.get(*block)?)))
        };
        let households = |block: usize| {
            problem
                .blocks
                .get(block)
                .map_or(0, |block| u64::from(block.households))
        };
        let middle_at = centre(problem, grid);
        let from_middle =
            |point: Option<Point>| -> Option<u64> { Some(distance(point?, middle_at?)) };
        let far =
            || blocks().filter_map(|(block, about)| Some((from_middle(about.at)?, block, about)));
        let all: u64 = blocks().map(|(_, block)| u64::from(block.households)).sum();
        let weighted: u64 = far()
            .map(|(way, _, block)| way * u64::from(block.households))
            .sum();
        let priority = |block: &usize| {
            self.posed
                .parts
                .get(*block)
                .map_or(0, |part| u64::from(part.count.priority))
        };
        GridFacts {
            name: label.to_owned(),
            code: self.long_name(label),
            continues: grid
                .continues
                .and_then(|grid| self.previous.get(usize::try_from(grid).ok()?))
                .cloned(),
            blocks: grid.blocks.clone(),
            households: all,
            residents: blocks().map(|(_, block)| u64::from(block.residents)).sum(),
            priority: grid.blocks.iter().map(priority).sum(),
            work: blocks().map(|(_, block)| u64::from(block.work)).sum(),
            standard: self.standard_of(grid),
            is_locked: grid
                .continues
                .is_some_and(|grid| problem.locked.contains(&grid)),
            centre: middle_at,
            middle: far()
                .min_by_key(|(way, block, _)| (*way, *block))
                .map(|(_, block, _)| block),
            mean_distance: middle_at
                .and_then(|_| weighted.checked_div(all))
                .map(metres),
            greatest_distance: far().map(|(way, ..)| way).max().map(metres),
            moved_in: moves
                .iter()
                .filter(|moved| moved.to == at)
                .map(|moved| households(moved.block))
                .sum(),
            moved_out: moves
                .iter()
                .filter(|moved| Some(moved.from) == grid.continues)
                .map(|moved| households(moved.block))
                .sum(),
        }
    }

    /// Twelve digits of the community, then two or three of the grid.
    fn long_name(&self, label: &str) -> Option<String> {
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let has_code = self.community.len() == 12 && is_digits(&self.community);
        let is_number = (1..=3).contains(&label.len()) && is_digits(label);
        (has_code && is_number).then(|| format!("{}{label:0>2}", self.community))
    }
}

/// In decimetres, rounded down.
fn distance(a: Point, b: Point) -> u64 {
    let square = |a: i64, b: i64| u128::from(a.abs_diff(b)).pow(2);
    let sum = square(a.x, b.x) + square(a.y, b.y);
    u64::try_from(sum.isqrt()).unwrap_or(u64::MAX)
}

fn metres(decimetres: u64) -> u64 {
    (decimetres + 5) / 10
}
