//! What can be found wrong with an outcome, and what could not be looked at, in words.

use crate::lang::Text;

use super::super::certificate::Resource;
use super::super::model::{Limits, ModelError};
use super::super::outcome::Plan;

/// A level of the objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Households above or below the limits.
    HouseholdsMissed,
    /// Residents above or below the limits.
    ResidentsMissed,
    /// Buildings in more than one grid.
    SplitBuildings,
    /// Grids.
    Grids,
    /// Households that change their grid.
    Moved,
    /// Moment of inertia and balance, in dm².
    Cost,
}

/// Why a certificate proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It names blocks that do not exist, are locked, come twice, or are none.
    Blocks,
    /// A link or a pair that must be together leads out of the piece.
    Open,
    /// Its sums are not those of its blocks.
    Sums,
    /// Its limits are not the widest that a grid may have.
    Limits,
    /// What it says is true and does not rule out a plan.
    Follows,
    /// It speaks of another number of grids.
    OtherNumber,
    /// A legal grid speaks against it.
    Grid(Vec<usize>),
    /// A legal plan speaks against it.
    Plan(Plan),
}

/// Something that is not as the outcome says. Blocks and grids are named by their places, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// There is nothing to hold the outcome against.
    Problem(ModelError),
    /// A plan, an objective or a bound is missing, or is there where the status says that there is none.
    Parts,
    /// A grid names a block that does not exist.
    UnknownBlock {
        /// The grid.
        grid: usize,
        /// The block.
        block: usize,
    },
    /// A block is in two grids, or twice in one.
    DoubledBlock {
        /// The block.
        block: usize,
    },
    /// A block is in no grid.
    MissingBlock {
        /// The block.
        block: usize,
    },
    /// A grid has no blocks.
    EmptyGrid {
        /// The grid.
        grid: usize,
    },
    /// One cannot walk from any block of a grid to any other through its own.
    Scattered {
        /// The grid.
        grid: usize,
    },
    /// Two blocks that must be together are not.
    Parted {
        /// The blocks.
        blocks: (usize, usize),
    },
    /// Two blocks that must be apart are in one grid.
    Joined {
        /// The blocks.
        blocks: (usize, usize),
        /// The grid.
        grid: usize,
    },
    /// A locked grid is not as it was.
    Unlocked {
        /// The previous grid.
        label: u32,
    },
    /// A grid continues a previous one of which it has no block.
    Unfounded {
        /// The grid.
        grid: usize,
        /// The previous grid.
        label: u32,
    },
    /// Two grids continue the same previous one.
    ContinuedTwice {
        /// The previous grid.
        label: u32,
    },
    /// A grid of a plan that is said to be legal misses a limit.
    Size {
        /// The grid.
        grid: usize,
        /// Which limit.
        resource: Resource,
        /// How many it has.
        number: u64,
        /// How many are allowed.
        limits: Limits,
    },
    /// Nobody asked for so many grids.
    Count {
        /// How many grids.
        grids: usize,
    },
    /// A plan that breaks the standard is given, and none was wanted.
    Strict,
    /// The plan is said to break the standard and keeps it.
    Keeps,
    /// The objective says another number than the plan.
    Objective {
        /// Of which level.
        level: Level,
        /// What it says.
        said: i128,
        /// What is true.
        found: i128,
    },
    /// No plan is known to move no fewer households.
    FewestMoved,
    /// The prices are not those of the blocks and the previous grids, or are too great to count.
    Prices,
    /// The price of a previous grid is above 0.
    PriceAboveZero {
        /// The previous grid.
        label: u32,
    },
    /// The prices together are not what they are said to be.
    ByPrices {
        /// What is said.
        said: i128,
        /// What is true.
        found: i128,
    },
    /// What a moved household costs is not more than everything else, by the rule.
    MoveCost {
        /// What is said.
        said: i128,
        /// What is true.
        found: i128,
    },
    /// A legal grid costs less than its prices.
    Undercut {
        /// The blocks of the grid.
        blocks: Vec<usize>,
        /// The previous grid that it continues.
        continues: Option<u32>,
        /// How much less.
        by: i128,
    },
    /// The bound is below what the prices prove, or above what the plan costs.
    Bound {
        /// The bound.
        said: i128,
        /// What the prices prove.
        least: i128,
        /// What the plan costs.
        most: i128,
    },
    /// The plan is said to be optimal, and costs more than the bound.
    NotReached {
        /// The bound.
        bound: i128,
        /// What the plan costs.
        cost: i128,
    },
    /// A legal plan of as many grids costs less than is said to be possible.
    Better {
        /// The better plan; none where only its cost was worked out.
        plan: Option<Plan>,
        /// What it costs, moved households included.
        cost: i128,
    },
    /// The numbers of grids are not rising.
    Order {
        /// The first number that is out of order.
        grids: u32,
    },
    /// What is said of the number of the plan's grids is not what is said of the plan.
    OwnNumber {
        /// The number of grids.
        grids: u32,
    },
    /// A plan of so many grids is said to be known, and there is none.
    NoSuchPlan {
        /// The number of grids.
        grids: u32,
    },
    /// It is said that there is no legal plan, and nothing is said of this number of grids.
    Unmentioned {
        /// The number of grids.
        grids: u32,
    },
    /// It is said that there is no legal plan, without a certificate.
    NoCertificate,
    /// A certificate that proves nothing.
    Certificate {
        /// For which number of grids; for all where there is none.
        grids: Option<u32>,
        /// What is wrong with it.
        flaw: Flaw,
    },
}

/// Something that the outcome says and that was too much to look at. Nothing was found against it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Claim {
    /// No legal grid costs less than its prices.
    Prices,
    /// No plan of as many grids costs less than this.
    Bound(i128),
    /// Of all legal grids none holds this block.
    NoGrid {
        /// The block.
        block: usize,
    },
    /// There is no plan of so many grids.
    Impossible {
        /// The number of grids.
        grids: u32,
    },
    /// There is a legal plan of so many grids.
    Possible {
        /// The number of grids.
        grids: u32,
    },
    /// The best plan of so many grids, which is not the plan given, is known.
    Best {
        /// The number of grids.
        grids: u32,
    },
}

impl Claim {
    /// The claim in words.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Prices => Text::fixed(
                "未能核对：没有任何合规网格低于其影子价格之和",
                "not checked: no legal grid costs less than its prices",
            ),
            Self::Bound(cost) => Text::new(
                format!("未能核对：网格数相同的方案成本均不低于 {cost} 平方分米"),
                format!("not checked: no plan of as many grids costs less than {cost} dm²"),
            ),
            Self::NoGrid { block } => Text::new(
                format!("未能核对：没有任何合规网格能包含第 {block} 块"),
                format!("not checked: no legal grid holds block {block}"),
            ),
            Self::Impossible { grids } => Text::new(
                format!("未能核对：划成 {grids} 个网格没有合规方案"),
                format!("not checked: there is no legal plan of {grids} grids"),
            ),
            Self::Possible { grids } => Text::new(
                format!("未能核对：划成 {grids} 个网格有合规方案"),
                format!("not checked: there is a legal plan of {grids} grids"),
            ),
            Self::Best { grids } => Text::new(
                format!("未能核对：划成 {grids} 个网格的最优方案已知（该方案未给出）"),
                format!(
                    "not checked: the best plan of {grids} grids is known (that plan is not given)"
                ),
            ),
        }
    }
}
