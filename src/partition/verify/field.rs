//! The community as it is read for checking: blocks that must be together as one unit, locked ones left out.

use std::collections::BTreeMap;

use super::super::model::{Limits, Options, Problem, Standard};
use super::sums::Sums;

/// Blocks that must share a grid.
#[derive(Debug, Default)]
pub(super) struct Unit {
    /// The blocks, rising.
    pub(super) blocks: Vec<usize>,
    pub(super) sums: Sums,
    /// Units that touch it.
    pub(super) near: Vec<usize>,
    /// Units that it must not be with.
    pub(super) apart: Vec<usize>,
    /// It has to be apart from itself: no grid can hold it.
    pub(super) contradictory: bool,
    /// By the place of the previous grid: the households that were there.
    pub(super) was: BTreeMap<usize, i64>,
}

/// The community.
pub(super) struct Field<'p> {
    pub(super) problem: &'p Problem,
    pub(super) options: &'p Options,
    pub(super) units: Vec<Unit>,
    /// The unit of each block; none for a locked one.
    pub(super) unit_of: Vec<Option<usize>>,
    /// Previous grids that may go on, rising.
    pub(super) labels: Vec<u32>,
    /// Previous grids that are locked, rising.
    pub(super) locked: Vec<u32>,
    /// All units together.
    pub(super) total: Sums,
    /// The widest limits that a grid may have.
    pub(super) widest: Standard,
}

impl<'p> Field<'p> {
    /// Reads a problem whose numbers were looked at.
    pub(super) fn new(problem: &'p Problem, options: &'p Options) -> Self {
        let mut locked = problem.locked.clone();
        locked.sort_unstable();
        locked.dedup();
        let mut labels: Vec<u32> = problem.previous.iter().flatten().copied().collect();
        labels.sort_unstable();
        labels.dedup();
        labels.retain(|label| locked.binary_search(label).is_err());
        let mut field = Self {
            problem,
            options,
            units: Vec::new(),
            unit_of: vec![None; problem.blocks.len()],
            labels,
            locked,
            total: Sums::default(),
            widest: options.standard,
        };
        for (label, own) in &problem.own {
            if field.labels.contains(label) {
                let widest = &mut field.widest;
                widest.households = around(widest.households, own.households);
                widest.residents = around(widest.residents, own.residents);
            }
        }
        field.gather();
        field.relate();
        field
    }

    pub(super) fn is_locked(&self, block: usize) -> bool {
        let label = self.previous(block);
        label.is_some_and(|label| self.locked.binary_search(&label).is_ok())
    }

    /// The previous grid of a block.
    pub(super) fn previous(&self, block: usize) -> Option<u32> {
        self.problem.previous.get(block).copied().flatten()
    }

    /// The standard of a grid that continues a previous one, or none.
    pub(super) fn standard(&self, continues: Option<u32>) -> Standard {
        let own = |label| self.problem.own.iter().find(|own| own.0 == label);
        continues
            .and_then(own)
            .map_or(self.options.standard, |own| own.1)
    }

    /// Whether both numbers are allowed.
    pub(super) fn fits(standard: Standard, households: i64, residents: i64) -> bool {
        let within =
            |n: i64, limits: Limits| (i64::from(limits.min)..=i64::from(limits.max)).contains(&n);
        within(households, standard.households) && within(residents, standard.residents)
    }

    /// What a grid with these sums adds to the cost of a plan of so many grids that are not locked, in dm².
    pub(super) fn cost(&self, inertia: i128, work: i64, grids: usize) -> i128 {
        let grids = i128::try_from(grids).unwrap_or(i128::MAX).max(1);
        let mean = (i128::from(self.total.work) + grids / 2) / grids;
        let off = i128::from(work) - mean;
        // One m² is 100 dm².
        let balance = 100 * i128::from(self.options.balance);
        inertia.saturating_add(balance.saturating_mul(off.saturating_mul(off)))
    }

    /// What a moved household costs: the inertia of the whole and the greatest unevenness are the most that a plan can
    /// cost, with 1 for each unit because each grid's inertia is rounded up.
    pub(super) fn move_cost(&self) -> i128 {
        if self.labels.is_empty() {
            return 0;
        }
        let balance = 100 * i128::from(self.options.balance);
        let work = i128::from(self.total.work);
        let units = i128::try_from(self.units.len()).unwrap_or(i128::MAX);
        balance
            .saturating_mul(work.saturating_mul(work))
            .saturating_add(self.total.inertia() + units + 1)
    }

    /// The widest limits of a grid among so many: the others need their least, and take no more than their most.
    pub(super) fn widest_among(&self, count: usize) -> Standard {
        let others = i64::try_from(count).unwrap_or(i64::MAX).saturating_sub(1);
        let narrow = |limits: Limits, sum: i64| {
            let least = sum.saturating_sub(others.saturating_mul(i64::from(limits.max)));
            let most = sum.saturating_sub(others.saturating_mul(i64::from(limits.min)));
            let number = |n: i64| u32::try_from(n.max(0)).unwrap_or(u32::MAX);
            Limits {
                min: limits.min.max(number(least)),
                max: limits.max.min(number(most)),
            }
        };
        Standard {
            households: narrow(self.widest.households, self.total.households),
            residents: narrow(self.widest.residents, self.total.residents),
        }
    }

    /// How many grids such sums can be divided into at least and at most, by the widest limits; none where no number
    /// fits.
    pub(super) fn range(&self, households: i64, residents: i64) -> Option<(i64, i64)> {
        Self::range_by(self.widest, households, residents)
    }

    /// How many grids of a standard such sums can be divided into.
    pub(super) fn range_by(
        standard: Standard,
        households: i64,
        residents: i64,
    ) -> Option<(i64, i64)> {
        let (mut least, mut most) = (1, i64::MAX);
        for (sum, limits) in [
            (households, standard.households),
            (residents, standard.residents),
        ] {
            let (min, max) = (i64::from(limits.min), i64::from(limits.max));
            if max == 0 && sum > 0 {
                return None;
            }
            if max > 0 {
                least = least.max(sum / max + i64::from(sum % max > 0));
            }
            if min > 0 {
                most = most.min(sum / min);
            }
        }
        (least <= most).then_some((least, most))
    }

    /// The parts that touch nothing else, each with its units.
    pub(super) fn pieces(&self) -> Vec<Vec<usize>> {
        let mut of_units: Vec<Option<usize>> = vec![None; self.units.len()];
        let mut pieces: Vec<Vec<usize>> = Vec::new();
        for start in 0..self.units.len() {
            let mut open = vec![start];
            let mut piece = Vec::new();
            while let Some(unit) = open.pop() {
                if of_units[unit].is_none() {
                    of_units[unit] = Some(pieces.len());
                    piece.push(unit);
                    open.extend(&self.units[unit].near);
                }
            }
            if !piece.is_empty() {
                pieces.push(piece);
            }
        }
        pieces
    }

    /// How many grids there can be, piece by piece and locked ones left out; none where no number fits.
    pub(super) fn whole_range(&self) -> Option<(i64, i64)> {
        let (mut least, mut most) = (0i64, 0i64);
        for piece in self.pieces() {
            let mut sums = Sums::default();
            for unit in &piece {
                sums.add(&self.units[*unit].sums);
            }
            let (from, to) = self.range(sums.households, sums.residents)?;
            let units = i64::try_from(piece.len()).unwrap_or(i64::MAX);
            if from > units {
                return None;
            }
            least += from;
            most += to.min(units);
        }
        Some((least, most))
    }

    /// Collects the units: from each block on, all that pairs lead to.
    fn gather(&mut self) {
        let count = self.problem.blocks.len();
        let mut pairs: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (a, b) in &self.problem.together {
            // A locked grid stays as it was decided to be, whatever else is asked of its blocks.
            if !self.is_locked(*a) && !self.is_locked(*b) {
                pairs[*a].push(*b);
                pairs[*b].push(*a);
            }
        }
        let origin = self.problem.blocks.iter().find_map(|block| block.at);
        for start in 0..count {
            if self.is_locked(start) || self.unit_of[start].is_some() {
                continue;
            }
            let mut unit = Unit::default();
            let mut open = vec![start];
            while let Some(block) = open.pop() {
                if self.unit_of[block].is_none() {
                    self.unit_of[block] = Some(self.units.len());
                    unit.blocks.push(block);
                    open.extend(&pairs[block]);
                }
            }
            unit.blocks.sort_unstable();
            for block in &unit.blocks {
                let of = &self.problem.blocks[*block];
                unit.sums.add(&Sums::of(of, origin));
                let label = self.previous(*block);
                let place = label.and_then(|label| self.labels.binary_search(&label).ok());
                if let Some(place) = place {
                    *unit.was.entry(place).or_default() += i64::from(of.households);
                }
            }
            self.total.add(&unit.sums);
            self.units.push(unit);
        }
    }

    fn relate(&mut self) {
        let units = |(a, b): &(usize, usize)| Some((self.unit_of[*a]?, self.unit_of[*b]?));
        let links: Vec<_> = self.problem.links.iter().filter_map(units).collect();
        let apart: Vec<_> = self.problem.apart.iter().filter_map(units).collect();
        for (a, b) in links {
            if a != b {
                self.units[a].near.push(b);
                self.units[b].near.push(a);
            }
        }
        for (a, b) in apart {
            if a == b {
                self.units[a].contradictory = true;
            } else {
                self.units[a].apart.push(b);
                self.units[b].apart.push(a);
            }
        }
    }
}

fn around(a: Limits, b: Limits) -> Limits {
    Limits {
        min: a.min.min(b.min),
        max: a.max.max(b.max),
    }
}
