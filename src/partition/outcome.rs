//! What dividing comes to: a plan, what is proved of it, and a status for every number of grids.

use super::certificate::Certificate;
use super::model::Problem;

/// One grid of a plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grid {
    /// Its blocks, rising.
    pub blocks: Vec<usize>,
    /// The previous grid that it continues, where there is one.
    pub continues: Option<u32>,
}

/// Every block in exactly one grid.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Plan {
    /// The grids, by their first blocks; [`numbered`](super::numbered) puts them in the order of their numbers.
    pub grids: Vec<Grid>,
}

/// What a plan is worth, by level: an earlier level counts more than all later ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Objective {
    /// Households above or below the limits, over all grids.
    pub households_missed: u64,
    /// Residents above or below the limits, over all grids.
    pub residents_missed: u64,
    /// Buildings whose blocks are in more than one grid.
    pub split_buildings: u32,
    /// Grids.
    pub grids: u32,
    /// Households that change their grid.
    pub moved: u64,
    /// Moment of inertia and balance, in dm²: Σ over grids of households × squared distance to the grid's centre,
    /// plus the balance term.
    pub cost: i128,
}

/// What is known of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing better exists: proved.
    Optimal,
    /// Legal; something better may exist, but none costs less than the bound.
    Feasible,
    /// No legal plan exists, or none was found; this one breaks the standard as little as was found possible.
    Relaxed,
    /// No legal plan exists: proved. No plan is given.
    Infeasible,
    /// No legal plan was found, and it is not proved that there is none. No plan is given.
    Unknown,
}

/// What is known of one number of grids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberStatus {
    /// The best plan is known.
    Optimal,
    /// A legal plan is known.
    Feasible,
    /// There is no legal plan.
    Impossible(Certificate),
    /// Neither a plan nor a proof.
    Unknown,
}

/// How a plan was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// Runs of a given order, by dynamic programming.
    Order,
    /// All legal grids listed.
    Enumeration,
    /// Legal grids found as they are needed.
    Pricing,
    /// Search alone.
    Search,
    /// Nothing had to be searched: a certificate, or a previous plan that is still legal.
    None,
}

/// A lower bound for what a plan costs, and what proves it.
///
/// What is bounded is the sum of the last two levels of the objective: moved households, each at `move_cost`, and cost.
///
/// The prices (the dual values of a linear programme, rounded) prove `by_prices` to anyone who looks at each legal
/// grid that does not by itself cost more than the whole plan: none costs less than the prices of its blocks, of the
/// previous grid that it continues, and of a grid together. So no better plan costs less than all prices together
/// (Garfinkel & Nemhauser 1970; Mehrotra, Johnson & Nemhauser 1998).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bound {
    /// No legal plan with as many grids costs less: by the prices, or by the search that went on from them; in dm².
    pub cost: i128,
    /// What the prices alone prove, in dm².
    pub by_prices: i128,
    /// What one moved household costs, in dm²: more than all that a plan may cost otherwise; 0 without a previous plan.
    pub move_cost: i128,
    /// The price of each block, in dm².
    pub blocks: Vec<i128>,
    /// The price of each previous grid that may go on, in dm²; never above 0.
    pub continued: Vec<(u32, i128)>,
    /// The price of a grid, in dm².
    pub grid: i128,
}

/// The outcome of dividing one community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What is known.
    pub status: Status,
    /// The plan, unless the status is infeasible or unknown.
    pub plan: Option<Plan>,
    /// What the plan is worth.
    pub objective: Option<Objective>,
    /// A lower bound for the last level of the objective.
    pub bound: Option<Bound>,
    /// Whether no plan moves fewer households; `true` where there is no previous plan.
    pub fewest_moved: bool,
    /// Why no legal plan exists.
    pub certificate: Option<Certificate>,
    /// Every number of grids that came into question, rising, and what is known of it.
    pub numbers: Vec<(u32, NumberStatus)>,
    /// How the plan was found.
    pub tier: Tier,
    /// Nodes looked at.
    pub nodes: u64,
}

impl Outcome {
    /// How far the plan is from the bound at most, as a share of its cost: 0 where it is optimal; `None` without bound.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a share for people")]
    pub fn gap(&self) -> Option<f64> {
        if self.status == Status::Optimal {
            return Some(0.0);
        }
        let bound = self.bound.as_ref()?;
        let objective = self.objective?;
        let cost = objective.cost + bound.move_cost * i128::from(objective.moved);
        (cost > 0).then(|| ((cost - bound.cost).max(0) as f64) / (cost as f64))
    }
}

impl Plan {
    /// The grid of each block, as a place in [`grids`](Self::grids); `None` for a block in no grid.
    #[must_use]
    pub fn of_blocks(&self, problem: &Problem) -> Vec<Option<usize>> {
        let mut grids = vec![None; problem.blocks.len()];
        for (number, grid) in self.grids.iter().enumerate() {
            for block in &grid.blocks {
                if let Some(place) = grids.get_mut(*block) {
                    *place = Some(number);
                }
            }
        }
        grids
    }
}
