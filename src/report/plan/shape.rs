//! The members of a plan, as serde writes and reads them.
//!
//! Numbers that may be larger than any program's exact numbers (2⁵³) are texts.

use serde::{Deserialize, Serialize};

use crate::lang::Text;

/// A whole plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// The version of the shape.
    pub version: u32,
    /// Which program wrote it.
    pub program: String,
    /// A digest of all that was divided and how (XXH3, 128 bits): equal for the same communities and options.
    pub digest: String,
    /// How was divided.
    pub options: Options,
    /// What became of the rows of the list.
    pub account: Account,
    /// What was found between the sheets.
    pub findings: Vec<Found>,
    /// The communities, in the order of the list.
    pub communities: Vec<Community>,
}

/// How was divided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// `auto`, `min`, a number, or `from..to`.
    pub grids: String,
    /// The general limits.
    pub standard: Standard,
    /// The weight of even work.
    pub balance: u32,
    /// Where random numbers began.
    pub seed: u64,
    /// The limit of the search, in nodes.
    pub nodes: u64,
    /// Whether plans that miss the limits were not wanted.
    pub strict: bool,
}

/// The size of a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standard {
    /// Of households.
    pub households: Limits,
    /// Of residents.
    pub residents: Limits,
}

/// The least and the most, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The least.
    pub min: u32,
    /// The most; null where there is no limit.
    pub max: Option<u32>,
}

/// What became of the rows of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Rows read.
    pub rows: u64,
    /// Rows without an error.
    pub accepted: u64,
    /// Rows with an error.
    pub with_errors: u64,
    /// Rows that are no data.
    pub skipped: u64,
    /// Households or blocks in no grid, because their building is not known.
    pub undivided: u64,
    /// Households listed again, and counted once.
    pub listed_twice: u64,
}

/// Something found between the sheets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What kind of thing.
    pub kind: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// The file.
    pub file: String,
    /// The sheet, where the file has sheets.
    pub sheet: Option<String>,
    /// The cell or row; null for the file as a whole.
    pub cell: Option<String>,
    /// What is wrong.
    pub message: Text,
    /// What to write instead.
    pub advice: Text,
}

/// A community: what was divided and what came out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Community {
    /// Its name or code; empty where the list does not say.
    pub name: String,
    /// What told which blocks touch: `positions`, `pairs`, `order` or `names`.
    pub ground: String,
    /// `optimal`, `feasible`, `relaxed`, `infeasible`, `unknown` or `refused`.
    pub status: String,
    /// Why it was refused.
    pub refused: Option<Text>,
    /// How far the plan is from the bound at most, as a share of its cost.
    pub gap: Option<f64>,
    /// How the plan was found: `order`, `enumeration`, `pricing`, `search` or `none`.
    pub tier: Option<String>,
    /// Nodes looked at.
    pub nodes: u64,
    /// The limits that counted, where no grid has its own.
    pub standard: Standard,
    /// Sums over the blocks.
    pub sums: Sums,
    /// What was divided.
    pub blocks: Vec<Block>,
    /// Pairs of blocks that touch, by place in `blocks`.
    pub links: Vec<(usize, usize)>,
    /// The links are the chain of an order, and nothing else is known.
    pub is_chain: bool,
    /// Pairs that had to share a grid.
    pub together: Vec<(usize, usize)>,
    /// Pairs that must not share one.
    pub apart: Vec<(usize, usize)>,
    /// Links that were added because a part of the community would stand alone otherwise.
    pub joined: Vec<(usize, usize)>,
    /// How many links barriers cut.
    pub cut: usize,
    /// Buildings above a limit alone.
    pub oversized: Vec<String>,
    /// Of these, buildings that have no parts.
    pub unsplittable: Vec<String>,
    /// Buildings within the limits that were divided because no legal plan was found otherwise.
    pub split_further: Vec<String>,
    /// The grids of the previous plan.
    pub previous: Vec<PreviousGrid>,
    /// The grids, in the order of their numbers.
    pub grids: Vec<Grid>,
    /// What the plan is worth.
    pub objective: Option<Objective>,
    /// A lower bound, and what proves it.
    pub bound: Option<Bound>,
    /// Whether no plan moves fewer households.
    pub fewest_moved: bool,
    /// Why no legal plan exists.
    pub certificate: Option<Certificate>,
    /// Every number of grids that came into question.
    pub numbers: Vec<Number>,
}

/// Sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Households.
    pub households: u64,
    /// Residents.
    pub residents: u64,
    /// Households that need priority service.
    pub priority: u64,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its name.
    pub name: String,
    /// The building, by name.
    pub building: String,
    /// The number of the building: blocks with the same one are parts of it.
    pub building_number: u32,
    /// The entrance, by name, where the block is one or a part of one.
    pub entrance: Option<String>,
    /// The lowest and the highest floor, where the block is a run of floors.
    pub floors: Option<(i16, i16)>,
    /// Households.
    pub households: u32,
    /// Residents.
    pub residents: u32,
    /// Households that need priority service.
    pub priority: u32,
    /// Work.
    pub work: u32,
    /// To the east, in decimetres.
    pub x: Option<i64>,
    /// To the north, in decimetres.
    pub y: Option<i64>,
    /// The grid it was in, by name.
    pub previous: Option<String>,
    /// The grid it is in, by name.
    pub grid: Option<String>,
}

/// A grid of the previous plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousGrid {
    /// Its name.
    pub name: String,
    /// It had to stay as it is.
    pub locked: bool,
    /// Its own limits.
    pub standard: Option<Standard>,
}

/// A grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// Its name.
    pub name: String,
    /// The community's 12-digit code and the grid's number.
    pub code: Option<String>,
    /// The previous grid that it continues.
    pub continues: Option<String>,
    /// Its blocks, by place in `blocks`.
    pub blocks: Vec<usize>,
    /// Households.
    pub households: u64,
    /// Residents.
    pub residents: u64,
    /// Households that need priority service.
    pub priority: u64,
    /// Work.
    pub work: u64,
    /// The middle of its households, in decimetres.
    pub centre: Option<(i64, i64)>,
    /// The mean distance of its households from the middle, in metres.
    pub mean_distance_m: Option<u64>,
    /// The distance of the farthest block from the middle, in metres.
    pub greatest_distance_m: Option<u64>,
    /// How far it is from each limit; negative where it misses one.
    pub slack: Slack,
    /// Households that were in another grid.
    pub moved_in: u64,
    /// Households of the grid it continues that are in another now.
    pub moved_out: u64,
}

/// How far a grid is from each limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slack {
    /// Above the least households.
    pub min_households: i64,
    /// Below the most households; null where there is no limit.
    pub max_households: Option<i64>,
    /// Above the least residents.
    pub min_residents: i64,
    /// Below the most residents; null where there is no limit.
    pub max_residents: Option<i64>,
}

/// What a plan is worth, by level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// Households above or below the limits.
    pub households_missed: u64,
    /// Residents above or below the limits.
    pub residents_missed: u64,
    /// Buildings in more than one grid.
    pub split_buildings: u32,
    /// Grids.
    pub grids: u32,
    /// Households that change their grid.
    pub moved: u64,
    /// Moment of inertia and balance, in dm², as a text.
    pub cost: String,
}

/// A lower bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    /// Nothing costs less, in dm², as a text.
    pub cost: String,
    /// What the prices alone prove.
    pub by_prices: String,
    /// What one moved household costs.
    pub move_cost: String,
    /// The prices.
    pub prices: Prices,
}

/// Prices: numbers in dm², as texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prices {
    /// Of each block.
    pub blocks: Vec<String>,
    /// Of each previous grid that may go on, by name.
    pub continued: Vec<(String, String)>,
    /// Of a grid.
    pub grid: String,
}

/// A number of grids.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Number {
    /// The number.
    pub grids: u32,
    /// `optimal`, `feasible`, `impossible` or `unknown`.
    pub status: String,
    /// Why it is impossible.
    pub certificate: Option<Certificate>,
}

/// Why no legal plan exists, in words and in numbers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Certificate {
    /// In words.
    pub text: Text,
    /// In numbers.
    #[serde(flatten)]
    pub proof: Proof,
}

/// A certificate in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Proof {
    /// Whole numbers do not fit.
    Arithmetic {
        /// The sums.
        #[serde(flatten)]
        sums: Arithmetic,
    },
    /// This number of grids does not fit by arithmetic.
    Number {
        /// The number.
        grids: u32,
        /// How many of them are locked, and not in the sums.
        #[serde(default, skip_serializing_if = "is_nothing")]
        locked: u32,
        /// The sums.
        #[serde(flatten)]
        sums: Arithmetic,
    },
    /// A block is above a limit.
    Block {
        /// The block.
        block: usize,
        /// `households` or `residents`.
        resource: String,
        /// How many.
        number: u64,
        /// How many are allowed.
        max: u32,
    },
    /// Blocks that must be together are above a limit.
    Together {
        /// The blocks.
        blocks: Vec<usize>,
        /// `households` or `residents`.
        resource: String,
        /// How many.
        number: u64,
        /// How many are allowed.
        max: u32,
    },
    /// Blocks that must be together and apart.
    Contradiction {
        /// The two.
        blocks: (usize, usize),
    },
    /// No legal grid holds a block.
    NoGrid {
        /// The block.
        block: usize,
    },
    /// A Farkas ray.
    Ray {
        /// The number of grids.
        grids: u32,
        /// A number for each block, as texts.
        blocks: Vec<String>,
        /// A number for each grid, as a text.
        grid: String,
    },
    /// All combinations were looked at.
    Exhausted {
        /// The number of grids.
        grids: u32,
        /// Nodes looked at.
        nodes: u64,
    },
}

/// Sums and limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arithmetic {
    /// The blocks, where they are not all.
    pub piece: Option<Vec<usize>>,
    /// Their households.
    pub households: u64,
    /// Their residents.
    pub residents: u64,
    /// Of households.
    pub household_limits: Limits,
    /// Of residents.
    pub resident_limits: Limits,
}

/// Whether a number that is seldom needed is left out.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands every member over by reference"
)]
fn is_nothing(number: &u32) -> bool {
    *number == 0
}
