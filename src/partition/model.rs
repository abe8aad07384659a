//! What is to be divided: blocks, what touches what, the standard, and what must or must not share a grid.

/// A place in a plane, in decimetres: `x` grows to the east, `y` to the north.
///
/// Whole numbers, so that every distance is exact and the same on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// To the east, in decimetres.
    pub x: i64,
    /// To the north, in decimetres.
    pub y: i64,
}

/// The smallest thing a grid is made of: a building, an entrance of a big one, or a run of its floors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Households.
    pub households: u32,
    /// Residents.
    pub residents: u32,
    /// Work that the households make, which balancing levels; as many as the households where none counts for more.
    pub work: u32,
    /// The building it is a part of: blocks with the same number are parts of one building.
    pub building: u32,
    /// Where it stands; `None` where only the order is known.
    pub at: Option<Point>,
}

/// The least and the most that are allowed, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The least.
    pub min: u32,
    /// The most.
    pub max: u32,
}

impl Limits {
    /// No limit at all.
    pub const NONE: Self = Self {
        min: 0,
        max: u32::MAX,
    };

    /// By how much a number misses the limits: negative below, positive above, 0 within.
    #[must_use]
    pub fn missed(self, number: u64) -> i64 {
        let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let (min, max) = (u64::from(self.min), u64::from(self.max));
        if number < min {
            -signed(min - number)
        } else {
            signed(number.saturating_sub(max))
        }
    }
}

/// How big a grid has to be.
///
/// The published size is 300–500 households and 1,000–1,500 residents (People's Daily, 2019, on Shushan District,
/// Hefei); other places have others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standard {
    /// Households of one grid.
    pub households: Limits,
    /// Residents of one grid.
    pub residents: Limits,
}

impl Standard {
    /// 300–500 households and 1,000–1,500 residents.
    pub const PUBLISHED: Self = Self {
        households: Limits { min: 300, max: 500 },
        residents: Limits {
            min: 1000,
            max: 1500,
        },
    };
}

/// Which numbers of grids come into question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Count {
    /// The number of the previous plan where arithmetic leaves it, and then the next nearest to it; or else the possible
    /// number nearest to households ÷ 400.
    #[default]
    Nearest,
    /// The least possible.
    Fewest,
    /// This one only.
    Exactly(u32),
    /// As [`Nearest`](Self::Nearest), among these, both included.
    Between(u32, u32),
}

/// A community to be divided.
///
/// Blocks are named by their place in `blocks`. What the caller calls them is no matter here; ties between equally good
/// plans go to the earlier blocks, so a caller who wants the same plan for the same community puts them in one order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// Which blocks touch: one can walk from one to the other without crossing a third.
    pub links: Vec<(usize, usize)>,
    /// The blocks are known in their order only: `links` is the chain of them, and a grid is a run of it.
    pub is_chain: bool,
    /// Pairs that must be in one grid.
    pub together: Vec<(usize, usize)>,
    /// Pairs that must not be in one grid.
    pub apart: Vec<(usize, usize)>,
    /// The previous plan: for each block the grid it was in, counted from 0; empty where there is none.
    pub previous: Vec<Option<u32>>,
    /// Previous grids that must stay as they are, whatever their size.
    pub locked: Vec<u32>,
    /// Previous grids with a standard of their own.
    pub own: Vec<(u32, Standard)>,
}

/// How to divide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The size of a grid.
    pub standard: Standard,
    /// How many grids.
    pub count: Count,
    /// What one unit of squared unevenness costs in m²: a plan costs its moment of inertia plus this times
    /// Σ (work of the grid − mean work)².
    pub balance: u32,
    /// Where the random numbers of the search begin.
    pub seed: u64,
    /// How many nodes the searches may look at in all: a limit of work, so that the same input ends at the same plan
    /// on any machine.
    pub nodes: u64,
    /// Offer no plan that breaks the standard.
    pub strict: bool,
}

impl Options {
    /// Nodes where nobody says how many: a community of 149 buildings takes some tens of seconds at most.
    pub const DEFAULT_NODES: u64 = 200_000_000;
}

/// The published standard and a little balance.
impl Default for Options {
    fn default() -> Self {
        Self {
            standard: Standard::PUBLISHED,
            count: Count::Nearest,
            balance: 1,
            seed: 1,
            nodes: Self::DEFAULT_NODES,
            strict: false,
        }
    }
}

/// Why a problem cannot be worked on at all. Whoever made the problem named a block that does not exist, or numbers
/// beyond anything a community has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// No blocks, or no household in any of them.
    #[error("there is no household to divide")]
    Empty,
    /// More blocks than a community can have.
    #[error("{0} blocks: more than {max} blocks are not one community", max = Problem::MOST_BLOCKS)]
    TooManyBlocks(usize),
    /// More households than a community can have.
    #[error("{0} households: more than {max} are not one community", max = Problem::MOST_HOUSEHOLDS)]
    TooManyHouseholds(u64),
    /// More residents than a community can have.
    #[error("{0} residents: more than {max} are not one community", max = Problem::MOST_RESIDENTS)]
    TooManyResidents(u64),
    /// Two blocks farther apart than a community reaches: coordinates swapped, or metres and degrees mixed.
    #[error("blocks {0} and {1} are more than {max} km apart", max = Problem::WIDEST / 10_000)]
    TooWide(usize, usize),
    /// Some blocks have a place and others have none.
    #[error("block {0} has no position, others have one")]
    NoPosition(usize),
    /// A pair names a block that does not exist.
    #[error("block {0} is named and does not exist")]
    NoSuchBlock(usize),
    /// The previous plan does not speak of every block, or a grid of it does not exist.
    #[error("the previous plan does not fit the blocks")]
    Previous,
    /// A least that is greater than the most.
    #[error("the standard's least is greater than its most")]
    Standard,
    /// A weight of the balance with which costs could not be counted.
    #[error("a balance of {0} weighs more than can be counted")]
    Balance(u32),
    /// No number of grids, or 0 of them.
    #[error("no number of grids is asked for")]
    Count,
}

impl Problem {
    /// The most blocks of one community. The country's largest communities have some hundreds of buildings.
    pub const MOST_BLOCKS: usize = 4000;
    /// The most households of one community.
    pub const MOST_HOUSEHOLDS: u64 = 1_000_000;
    /// The most residents of one community.
    pub const MOST_RESIDENTS: u64 = 50 * Self::MOST_HOUSEHOLDS;
    /// The widest a community reaches along an axis, in decimetres: 100 km.
    pub const WIDEST: i64 = 1_000_000;

    /// Households of all blocks.
    #[must_use]
    pub fn households(&self) -> u64 {
        self.blocks
            .iter()
            .map(|block| u64::from(block.households))
            .sum()
    }

    /// Residents of all blocks.
    #[must_use]
    pub fn residents(&self) -> u64 {
        self.blocks
            .iter()
            .map(|block| u64::from(block.residents))
            .sum()
    }

    /// Looks whether the numbers can be worked with.
    ///
    /// # Errors
    /// See [`ModelError`].
    pub fn checked(&self, options: &Options) -> Result<(), ModelError> {
        let count = self.blocks.len();
        if count > Self::MOST_BLOCKS {
            return Err(ModelError::TooManyBlocks(count));
        }
        let households = self.households();
        if households == 0 {
            return Err(ModelError::Empty);
        }
        if households > Self::MOST_HOUSEHOLDS {
            return Err(ModelError::TooManyHouseholds(households));
        }
        let residents = self.residents();
        if residents > Self::MOST_RESIDENTS {
            return Err(ModelError::TooManyResidents(residents));
        }
        self.check_positions()?;
        let work: u128 = self.blocks.iter().map(|block| u128::from(block.work)).sum();
        // The inertia is at most 2 × 10¹⁸: with this, what any grid costs is within an i64.
        let uneven = 100 * u128::from(options.balance) * work * work;
        if uneven > (i64::MAX / 2).unsigned_abs().into() {
            return Err(ModelError::Balance(options.balance));
        }
        let pairs = self.links.iter().chain(&self.together).chain(&self.apart);
        if let Some(unknown) = pairs
            .flat_map(|(a, b)| [*a, *b])
            .find(|block| *block >= count)
        {
            return Err(ModelError::NoSuchBlock(unknown));
        }
        self.check_previous()?;
        let standards = std::iter::once(&options.standard).chain(self.own.iter().map(|own| &own.1));
        if standards.into_iter().any(|standard| {
            standard.households.min > standard.households.max
                || standard.residents.min > standard.residents.max
        }) {
            return Err(ModelError::Standard);
        }
        match options.count {
            Count::Exactly(0) => Err(ModelError::Count),
            Count::Between(from, to) if from > to || to == 0 => Err(ModelError::Count),
            _ => Ok(()),
        }
    }

    fn check_positions(&self) -> Result<(), ModelError> {
        let mut places = Vec::new();
        for (index, block) in self.blocks.iter().enumerate() {
            places.extend(block.at.map(|at| (at, index)));
        }
        if places.is_empty() {
            return Ok(());
        }
        if let Some(index) = self.blocks.iter().position(|block| block.at.is_none()) {
            return Err(ModelError::NoPosition(index));
        }
        for along in [|at: Point| at.x, |at: Point| at.y] {
            let ends = |(at, index): &(Point, usize)| (along(*at), *index);
            let least = places.iter().map(ends).min().unwrap_or_default();
            let most = places.iter().map(ends).max().unwrap_or_default();
            let apart = most.0.checked_sub(least.0);
            if apart.is_none_or(|apart| apart > Self::WIDEST) {
                return Err(ModelError::TooWide(
                    least.1.min(most.1),
                    least.1.max(most.1),
                ));
            }
        }
        Ok(())
    }

    fn check_previous(&self) -> Result<(), ModelError> {
        let known = |label: &u32| {
            self.previous
                .iter()
                .any(|grid| grid.as_ref() == Some(label))
        };
        let fits = self.previous.is_empty() || self.previous.len() == self.blocks.len();
        if fits && self.locked.iter().all(known) && self.own.iter().all(|(label, _)| known(label)) {
            Ok(())
        } else {
            Err(ModelError::Previous)
        }
    }
}
