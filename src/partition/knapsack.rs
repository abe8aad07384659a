//! Sets of nodes of little value with a centre in one cell: depth-first, cut off by the knapsack that forgets who touches whom.

use super::cell::Cell;
use super::ground::{Ground, Sums};
use super::legal::is_connected;
use super::model::Standard;

/// What is looked for.
#[derive(Clone, Debug)]
pub(super) struct Quest<'g> {
    pub(super) ground: &'g Ground,
    pub(super) standard: Standard,
    pub(super) mean_work: i64,
    /// What each node adds to the value of a set besides its moment: its price taken off, moved households added.
    pub(super) extras: Vec<i64>,
    /// Values of interest are below this.
    pub(super) below: i64,
}

/// A set that was found, rising, and its value.
pub(super) type Set = (Vec<u16>, i64);

#[derive(Clone, Copy, Debug)]
struct Item {
    node: u16,
    /// The least that the node adds to the value, with a centre in the cell.
    value: i64,
    households: i64,
    residents: i64,
}

/// The nodes of interest for one cell, those that bring most for a household first, with the sums of all before each.
#[derive(Clone, Debug)]
pub(super) struct Knapsack {
    cell: Cell,
    items: Vec<Item>,
    households: Vec<i64>,
    values: Vec<i64>,
    /// The least value of an item from each place on.
    least: Vec<i64>,
    /// The places of the items, those that bring most for a resident first.
    by_resident: Vec<u32>,
    /// The first item that makes a set dearer.
    dear: usize,
    /// No set with its centre here is worth less; `None` where there is none.
    pub(super) bound: Option<i64>,
}

impl Knapsack {
    pub(super) fn new(quest: &Quest<'_>, cell: Cell) -> Self {
        let mut items: Vec<Item> = quest
            .ground
            .nodes
            .iter()
            .enumerate()
            .map(|(node, of)| {
                let moment: i64 = of
                    .places
                    .iter()
                    .map(|(x, y, households)| households * cell.distance(*x, *y))
                    .sum();
                Item {
                    node: node as u16,
                    value: moment + quest.extras[node],
                    households: of.sums.households,
                    residents: of.sums.residents,
                }
            })
            .collect();
        items.sort_by(|a, b| {
            let (left, right) = (
                i128::from(a.value) * i128::from(b.households.max(1)),
                i128::from(b.value) * i128::from(a.households.max(1)),
            );
            left.cmp(&right).then(a.node.cmp(&b.node))
        });
        let mut knapsack = Self {
            cell,
            items,
            households: Vec::new(),
            values: Vec::new(),
            least: Vec::new(),
            by_resident: Vec::new(),
            dear: 0,
            bound: None,
        };
        knapsack.sum_up();
        knapsack.bound = knapsack.fill(quest, 0, 0);
        if knapsack.bound.is_some_and(|bound| bound < quest.below) {
            knapsack.leave_out_the_hopeless(quest);
            knapsack.order_by_residents();
            let by_residents = knapsack.fill_residents(quest, 0, 0);
            knapsack.bound = knapsack
                .fill(quest, 0, 0)
                .zip(by_residents)
                .map(|(bound, other)| bound.max(other));
        }
        knapsack
    }

    /// An item with which no set is of interest, whatever else is in it, need not be looked at again.
    fn leave_out_the_hopeless(&mut self, quest: &Quest<'_>) {
        let mut items = std::mem::take(&mut self.items);
        let hopes = |item: &Item| {
            let filled = self.fill_of(quest, &items, 0, item.households);
            filled.is_some_and(|more| item.value + more < quest.below)
        };
        let keep: Vec<bool> = items.iter().map(hopes).collect();
        let mut keep = keep.into_iter();
        items.retain(|_| keep.next().unwrap_or(true));
        self.items = items;
        self.sum_up();
    }

    fn order_by_residents(&mut self) {
        let mut places: Vec<u32> = (0..self.items.len() as u32).collect();
        places.sort_by(|a, b| {
            let (a, b) = (&self.items[*a as usize], &self.items[*b as usize]);
            let left = i128::from(a.value) * i128::from(b.residents.max(1));
            let right = i128::from(b.value) * i128::from(a.residents.max(1));
            left.cmp(&right).then(a.node.cmp(&b.node))
        });
        self.by_resident = places;
    }

    /// As [`fill`](Self::fill), by residents: the least that items from a place on can add to a set of so many residents.
    fn fill_residents(&self, quest: &Quest<'_>, from: usize, residents: i64) -> Option<i64> {
        let limits = quest.standard.residents;
        let mut room = i64::from(limits.max) - residents;
        let mut wanted = i64::from(limits.min) - residents;
        let mut value = 0;
        for place in &self.by_resident {
            if (*place as usize) < from {
                continue;
            }
            let item = &self.items[*place as usize];
            let take = if item.value < 0 { room } else { wanted };
            if take <= 0 {
                return Some(value);
            }
            if item.residents > take {
                let part = i128::from(item.value) * i128::from(take);
                let part = part.div_euclid(i128::from(item.residents));
                return Some(value + i64::try_from(part).unwrap_or(i64::MAX / 4));
            }
            value += item.value;
            room -= item.residents;
            wanted -= item.residents;
        }
        (wanted <= 0).then_some(value)
    }

    fn sum_up(&mut self) {
        let (mut households, mut value) = (0, 0);
        self.households = vec![0];
        self.values = vec![0];
        for item in &self.items {
            households += item.households;
            value += item.value;
            self.households.push(households);
            self.values.push(value);
        }
        self.least = vec![i64::MAX; self.items.len() + 1];
        for (place, item) in self.items.iter().enumerate().rev() {
            self.least[place] = self.least[place + 1].min(item.value);
        }
        self.dear = self.items.partition_point(|item| item.value < 0);
    }

    /// The least that items from a place on can add to a set of so many households, parts of an item allowed; `None`
    /// where they do not suffice for a grid.
    fn fill(&self, quest: &Quest<'_>, from: usize, households: i64) -> Option<i64> {
        self.fill_of(quest, &self.items, from, households)
    }

    fn fill_of(
        &self,
        quest: &Quest<'_>,
        items: &[Item],
        from: usize,
        households: i64,
    ) -> Option<i64> {
        let limits = quest.standard.households;
        let dear = self.dear.max(from);
        let here = self.households[from];
        let room = i64::from(limits.max) - households;
        let wanted = i64::from(limits.min) - households;
        let cheap = self.households[dear] - here;
        let take = if cheap > room {
            room
        } else if cheap >= wanted {
            return Some(self.values[dear] - self.values[from]);
        } else {
            wanted
        };
        // As many whole items as there is room for, and a part of the next.
        let end = self.households.partition_point(|sum| *sum - here <= take) - 1;
        let whole = self.values[end] - self.values[from];
        let left = take - (self.households[end] - here);
        if left == 0 {
            return Some(whole);
        }
        let next = items.get(end)?;
        let part = i128::from(next.value) * i128::from(left);
        let part = part.div_euclid(i128::from(next.households.max(1)));
        Some(whole + i64::try_from(part).unwrap_or(i64::MAX / 4))
    }

    /// All legal grids of interest with their centre in the cell go to `sets`. `false` where the nodes do not last, or
    /// too many are found.
    pub(super) fn search(
        &self,
        quest: &Quest<'_>,
        most: usize,
        nodes: &mut u64,
        sets: &mut Vec<Set>,
    ) -> bool {
        let mut search = Search {
            knapsack: self,
            quest,
            most,
            left: nodes,
            sets,
            chosen: Vec::new(),
            sums: Sums::default(),
        };
        search.grow(0, 0)
    }
}

struct Search<'a, 'g> {
    knapsack: &'a Knapsack,
    quest: &'a Quest<'g>,
    most: usize,
    left: &'a mut u64,
    sets: &'a mut Vec<Set>,
    chosen: Vec<u16>,
    sums: Sums,
}

impl Search<'_, '_> {
    /// Adds each of the items from a place on, one after the other, and goes on from there.
    fn grow(&mut self, from: usize, value: i64) -> bool {
        let Knapsack { items, least, .. } = self.knapsack;
        let Standard {
            households,
            residents,
        } = self.quest.standard;
        let below = self.quest.below;
        for place in from..items.len() {
            let filled = self.knapsack.fill(self.quest, place, self.sums.households);
            if filled.is_none_or(|more| value + more >= below) {
                return true;
            }
            // With enough in it, a set takes another item only if that one by itself is worth it.
            if self.sums.households >= i64::from(households.min)
                && place >= self.knapsack.dear
                && value + least[place] >= below
            {
                return true;
            }
            let item = items[place];
            let node = &self.quest.ground.nodes[usize::from(item.node)];
            let value = value + item.value;
            let total = self.sums.households + item.households;
            if total > i64::from(households.max)
                || self.sums.residents + node.sums.residents > i64::from(residents.max)
                || self
                    .knapsack
                    .fill(self.quest, place + 1, total)
                    .is_none_or(|more| value + more >= below)
                || self
                    .knapsack
                    .fill_residents(self.quest, place + 1, self.sums.residents + item.residents)
                    .is_none_or(|more| value + more >= below)
                || node
                    .apart
                    .iter()
                    .any(|other| self.chosen.contains(&(*other as u16)))
            {
                continue;
            }
            if *self.left == 0 {
                return false;
            }
            *self.left -= 1;
            self.chosen.push(item.node);
            self.sums.add(&node.sums);
            self.look();
            let going = self.sets.len() <= self.most && self.grow(place + 1, value);
            self.sums.take(&node.sums);
            self.chosen.pop();
            if !going {
                return false;
            }
        }
        true
    }

    /// Keeps what is chosen if it is a legal grid of interest with its centre in the cell.
    fn look(&mut self) {
        let standard = self.quest.standard;
        let sums = &self.sums;
        if sums.households < i64::from(standard.households.min)
            || sums.residents < i64::from(standard.residents.min)
            || !self.knapsack.cell.holds(sums.x, sums.y, sums.households)
        {
            return;
        }
        let ground = self.quest.ground;
        let extras: i64 = self
            .chosen
            .iter()
            .map(|node| self.quest.extras[usize::from(*node)])
            .sum();
        let value = ground.cost(sums, self.quest.mean_work) + extras;
        if value >= self.quest.below {
            return;
        }
        let mut nodes: Vec<usize> = self.chosen.iter().map(|node| usize::from(*node)).collect();
        nodes.sort_unstable();
        if is_connected(ground, &nodes) {
            let nodes = nodes.into_iter().map(|node| node as u16).collect();
            self.sets.push((nodes, value));
        }
    }
}
