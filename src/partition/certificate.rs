//! Why no legal plan exists, in a form that anyone can check.

use super::model::Limits;

/// Which of the two limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Households.
    Households,
    /// Residents.
    Residents,
}

/// A proof that there is no legal plan, cheapest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// Whole numbers do not fit: some blocks that no grid can leave (the whole community, or a piece that touches
    /// nothing else) need at least `least` grids by one limit and hold at most `most` by the other.
    Arithmetic(Arithmetic),
    /// This number of grids is below `least` or above `most` by arithmetic.
    Number {
        /// The number of grids.
        grids: u32,
        /// How many of them are locked: their blocks are not in the sums, and they are not in what is possible.
        locked: u32,
        /// What is possible by arithmetic.
        arithmetic: Arithmetic,
    },
    /// One block is above a limit by itself and has no smaller parts.
    Block {
        /// The block.
        block: usize,
        /// Above which limit.
        resource: Resource,
        /// How many it has.
        number: u64,
        /// How many are allowed.
        max: u32,
    },
    /// Blocks that must be together are above a limit.
    Together {
        /// The blocks.
        blocks: Vec<usize>,
        /// Above which limit.
        resource: Resource,
        /// How many they have.
        number: u64,
        /// How many are allowed.
        max: u32,
    },
    /// Blocks that must be together must also be apart: it is asked for both, or one is in a grid that is locked and the
    /// other is asked into it, or out of it.
    Contradiction {
        /// The two blocks.
        blocks: (usize, usize),
    },
    /// Of all legal grids none holds this block.
    NoGrid {
        /// The block.
        block: usize,
    },
    /// With these numbers for the blocks and for a grid, every legal grid comes to 0 or less, and a plan of as many
    /// grids to more than 0: there is no such plan (Farkas).
    Ray {
        /// The number of grids.
        grids: u32,
        /// A number for each block.
        blocks: Vec<i128>,
        /// A number for each grid.
        grid: i128,
    },
    /// All combinations of legal grids were looked at.
    Exhausted {
        /// The number of grids.
        grids: u32,
        /// Nodes looked at.
        nodes: u64,
    },
}

/// Sums, limits, and the numbers of grids that follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arithmetic {
    /// The blocks, where they are not all.
    pub piece: Option<Vec<usize>>,
    /// Households of the blocks.
    pub households: u64,
    /// Residents of the blocks.
    pub residents: u64,
    /// Allowed households of a grid.
    pub household_limits: Limits,
    /// Allowed residents of a grid.
    pub resident_limits: Limits,
}

impl Arithmetic {
    /// The least number of grids, and by which limit: the greater of both sums ÷ the most of a grid, rounded up.
    #[must_use]
    pub fn least(&self) -> (u64, Resource) {
        let by = |sum: u64, limits: Limits| sum.div_ceil(u64::from(limits.max.max(1)));
        let households = by(self.households, self.household_limits);
        let residents = by(self.residents, self.resident_limits);
        if residents > households {
            (residents, Resource::Residents)
        } else {
            (households, Resource::Households)
        }
    }

    /// The greatest number of grids, and by which limit; `None` where no limit has a least.
    #[must_use]
    pub fn most(&self) -> Option<(u64, Resource)> {
        let by = |sum: u64, limits: Limits| sum.checked_div(u64::from(limits.min));
        let households = by(self.households, self.household_limits);
        let residents = by(self.residents, self.resident_limits);
        match (households, residents) {
            (Some(households), Some(residents)) if residents < households => {
                Some((residents, Resource::Residents))
            }
            (Some(households), _) => Some((households, Resource::Households)),
            (None, residents) => residents.map(|most| (most, Resource::Residents)),
        }
    }

    /// Whether some number of grids is possible by arithmetic.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        let least = self.least().0.max(1);
        self.most().is_none_or(|(most, _)| least <= most)
    }
}
