//! What blocks come to together, exactly.

use super::super::model::{Block, Point};

/// Sums over blocks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) households: i64,
    pub(super) residents: i64,
    pub(super) work: i64,
    /// Σ households × place.
    x: i128,
    y: i128,
    /// Σ households × squared distance from the origin.
    square: i128,
}

impl Sums {
    /// One block. The origin may be anywhere near the blocks; it keeps the numbers small and changes nothing else.
    pub(super) fn of(block: &Block, origin: Option<Point>) -> Self {
        let weight = i128::from(block.households);
        let (x, y) = match (block.at, origin) {
            (Some(at), Some(origin)) => (
                i128::from(at.x) - i128::from(origin.x),
                i128::from(at.y) - i128::from(origin.y),
            ),
            _ => (0, 0),
        };
        Self {
            households: i64::from(block.households),
            residents: i64::from(block.residents),
            work: i64::from(block.work),
            x: weight * x,
            y: weight * y,
            square: weight * (x * x + y * y),
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.households += other.households;
        self.residents += other.residents;
        self.work += other.work;
        self.x += other.x;
        self.y += other.y;
        self.square += other.square;
    }

    /// The moment of inertia around the centre, in dm², rounded up.
    pub(super) fn inertia(&self) -> i128 {
        let households = i128::from(self.households);
        if households == 0 {
            return 0;
        }
        let over = households * self.square - (self.x * self.x + self.y * self.y);
        over / households + i128::from(over % households > 0)
    }
}
