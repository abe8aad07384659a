//! Whether some of the listed grids make a plan: all ways to cover each unit once are gone through.

use super::super::outcome::{Grid, Plan};
use super::field::Field;
use super::grids::{Grids, neighbours, rest_range};
use super::set::Set;

/// A grid in a role.
#[derive(Clone, Copy)]
pub(super) struct Item {
    /// The place of the grid in the list.
    pub(super) grid: u32,
    /// The place of the previous grid that it continues.
    pub(super) label: Option<u32>,
    /// What it costs above its prices, 0 or more.
    pub(super) over: i128,
}

/// What is asked.
pub(super) struct Quest<'a, const W: usize> {
    pub(super) field: &'a Field<'a>,
    pub(super) grids: &'a Grids<W>,
    /// The cheapest first.
    pub(super) items: Vec<Item>,
    /// How many grids the plan has; locked ones are not among them.
    pub(super) count: usize,
    /// The most that its grids, and the previous ones that do not go on, cost above the prices.
    pub(super) most: i128,
    /// What it costs if a previous grid does not go on.
    pub(super) idle: Vec<i128>,
}

/// The answer.
pub(super) enum Found {
    /// A plan, without its locked grids, and what it costs above the prices.
    Plan(Plan, i128),
    /// There is none.
    Nothing,
    /// The nodes did not last.
    Unknown,
}

struct Level<const W: usize> {
    covered: Set<W>,
    over: i128,
    /// Items that go with those chosen.
    open: Vec<u32>,
    /// Those of them that hold the unit that is next.
    choices: Vec<u32>,
    next: usize,
}

impl<const W: usize> Quest<'_, W> {
    /// Looks for a plan.
    pub(super) fn plan(&self, nodes: &mut u64) -> Found {
        let near = neighbours(self.field);
        let all: Vec<u32> = (0..self.items.len() as u32).collect();
        let mut chosen: Vec<u32> = Vec::new();
        let mut levels = Vec::new();
        levels.extend(self.level(&near, Set::EMPTY, 0, all, 0));
        while let Some(level) = levels.last_mut() {
            let Some(item) = level.choices.get(level.next).copied() else {
                levels.pop();
                continue;
            };
            level.next += 1;
            let steps = 1 + level.open.len() as u64 / 8;
            let Some(left) = nodes.checked_sub(steps) else {
                return Found::Unknown;
            };
            *nodes = left;
            let of = &self.items[item as usize];
            let over = level.over.saturating_add(of.over);
            let units = &self.grids.list[of.grid as usize].units;
            let covered = level.covered.or(units);
            let open = self.compatible(&level.open, item, self.most.saturating_sub(over));
            let depth = levels.len();
            chosen.truncate(depth - 1);
            chosen.push(item);
            if covered == Set::of(0..self.field.units.len()) {
                if let Some(over) = self.total(&chosen, over) {
                    return Found::Plan(self.as_plan(&chosen), over);
                }
            } else if let Some(level) = self.level(&near, covered, over, open, depth) {
                levels.push(level);
            }
        }
        Found::Nothing
    }

    /// The open items that share nothing with this one and are not too dear.
    fn compatible(&self, open: &[u32], chosen: u32, most: i128) -> Vec<u32> {
        let chosen = &self.items[chosen as usize];
        let units = &self.grids.list[chosen.grid as usize].units;
        open.iter()
            .copied()
            .take_while(|item| self.items[*item as usize].over <= most)
            .filter(|item| {
                let item = &self.items[*item as usize];
                (item.label.is_none() || item.label != chosen.label)
                    && !units.meets(&self.grids.list[item.grid as usize].units)
            })
            .collect()
    }

    /// What is to be tried next: the items that hold the unit that the fewest hold. `None` where no plan can follow.
    fn level(
        &self,
        near: &[Set<W>],
        covered: Set<W>,
        over: i128,
        open: Vec<u32>,
        depth: usize,
    ) -> Option<Level<W>> {
        let left = i64::try_from(self.count.checked_sub(depth)?).ok()?;
        let rest = Set::of(0..self.field.units.len()).without(&covered);
        let (least, most) = rest_range(self.field, self.field.widest, near, &rest)?;
        if left < least || left > most {
            return None;
        }
        let mut holders = vec![0u32; self.field.units.len()];
        for item in &open {
            let grid = self.items[*item as usize].grid;
            for unit in self.grids.list[grid as usize].units.units() {
                holders[unit] += 1;
            }
        }
        let scarcest = rest.units().min_by_key(|unit| holders[*unit])?;
        let holds = |item: &u32| {
            let grid = self.items[*item as usize].grid;
            self.grids.list[grid as usize].units.has(scarcest)
        };
        let choices = open.iter().copied().filter(holds).collect();
        Some(Level {
            covered,
            over,
            open,
            choices,
            next: 0,
        })
    }

    /// What a finished plan costs above the prices, if that is not too much and it has as many grids as it should.
    fn total(&self, chosen: &[u32], over: i128) -> Option<i128> {
        let goes_on = |label: usize| {
            let items = chosen.iter().map(|item| &self.items[*item as usize]);
            let mut labels = items.filter_map(|item| item.label);
            labels.any(|known| known as usize == label)
        };
        let idle = self.idle.iter().enumerate();
        let total = idle
            .filter(|(label, _)| !goes_on(*label))
            .fold(over, |sum, (_, cost)| sum.saturating_add(*cost));
        (chosen.len() == self.count && total <= self.most).then_some(total)
    }

    fn as_plan(&self, chosen: &[u32]) -> Plan {
        let mut grids: Vec<Grid> = chosen
            .iter()
            .map(|item| {
                let item = &self.items[*item as usize];
                let label = item.label.map(|label| self.field.labels[label as usize]);
                Grid {
                    blocks: self.grids.list[item.grid as usize].blocks(self.field),
                    continues: label,
                }
            })
            .collect();
        grids.sort();
        Plan { grids }
    }
}
