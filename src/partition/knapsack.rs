//! The least that a grid with its centre in one cell can be worth: the knapsack that forgets who touches whom.

use super::cell::Cell;
use super::ground::Ground;
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

/// What limits besides that of households are worth: a set pays for residents, and for a centre off the cell.
///
/// Prices of limits that a set must keep anyway make no set of interest dearer (Lagrangian relaxation: Geoffrion 1974),
/// and others dearer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Weights([i64; 3]);

/// A node, as one cell sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) node: u16,
    /// The least that the node adds to the value, with a centre in the cell.
    plain: i64,
    /// The same, with the weights.
    pub(super) value: i64,
    pub(super) households: i64,
    pub(super) residents: i64,
    x: i64,
    y: i64,
}

/// The nodes of interest for one cell, those that bring most for a household first.
#[derive(Clone, Debug)]
pub(super) struct Knapsack {
    pub(super) cell: Cell,
    pub(super) items: Vec<Item>,
    pub(super) weights: Weights,
    /// What the weights give back to every set.
    pub(super) given: i64,
    standard: Standard,
    /// No set with its centre here is worth less; `None` where there is none.
    pub(super) bound: Option<i64>,
}

/// What the best parts of items come to.
#[derive(Clone, Copy, Debug, Default)]
struct Filled {
    value: i64,
    households: i64,
    residents: i64,
    x: i64,
    y: i64,
}

/// How often each weight is changed.
const STEPS: usize = 8;
/// The first change of a weight.
const FIRST_STEP: i64 = 256;

impl Knapsack {
    /// The knapsack of a cell, beginning with the weights of the cell that it is a part of.
    pub(super) fn new(quest: &Quest<'_>, cell: Cell, weights: Weights) -> Self {
        let items = quest.ground.nodes.iter().enumerate().map(|(node, of)| {
            let moment: i64 = of
                .places
                .iter()
                .map(|(x, y, households)| households * cell.distance(*x, *y))
                .sum();
            Item {
                node: node as u16,
                plain: moment + quest.extras[node],
                value: 0,
                households: of.sums.households,
                residents: of.sums.residents,
                x: of.sums.x,
                y: of.sums.y,
            }
        });
        let mut knapsack = Self {
            cell,
            items: items.collect(),
            weights,
            given: 0,
            standard: quest.standard,
            bound: None,
        };
        knapsack.weigh();
        knapsack.leave_out_the_hopeless(quest);
        knapsack.bound = knapsack.filled().map(|filled| filled.value);
        if knapsack.bound.is_some_and(|bound| bound < quest.below) {
            knapsack.better_weights(quest);
            knapsack.leave_out_the_hopeless(quest);
            knapsack.bound = knapsack.filled().map(|filled| filled.value);
        }
        knapsack
    }

    /// Gives each item its value with the weights, and puts those first that bring most for a household.
    fn weigh(&mut self) {
        let Weights([by_resident, by_x, by_y]) = self.weights;
        let limits = self.standard.residents;
        let residents = if by_resident < 0 {
            limits.min
        } else {
            limits.max
        };
        self.given = -by_resident * i64::from(residents);
        let edge = |weight: i64, from: i64, to: i64| if weight < 0 { from } else { to + 1 };
        let east = edge(by_x, self.cell.west, self.cell.east);
        let north = edge(by_y, self.cell.south, self.cell.north);
        for item in &mut self.items {
            item.value = item.plain
                + by_resident * item.residents
                + by_x * (item.x - east * item.households)
                + by_y * (item.y - north * item.households);
        }
        // What needs no room is taken first where it brings something, and last where it does not.
        let rank = |item: &Item| match (item.households, item.value < 0) {
            (0, true) => 0,
            (0, false) => 2,
            _ => 1,
        };
        self.items.sort_unstable_by(|a, b| {
            let left = i128::from(a.value) * i128::from(b.households);
            let right = i128::from(b.value) * i128::from(a.households);
            rank(a)
                .cmp(&rank(b))
                .then(left.cmp(&right))
                .then(a.node.cmp(&b.node))
        });
    }

    /// Changes the weights, one after the other, as long as the bound rises.
    fn better_weights(&mut self, quest: &Quest<'_>) {
        for axis in 0..3 {
            let mut best = (self.bound, self.weights);
            let mut step = FIRST_STEP.max(self.weights.0[axis].abs() / 4);
            let mut before = 0;
            for _ in 0..STEPS {
                let Some(filled) = self.filled() else {
                    self.bound = None;
                    return;
                };
                if best.0.is_none_or(|bound| filled.value > bound) {
                    best = (Some(filled.value), self.weights);
                }
                if filled.value >= quest.below {
                    self.bound = best.0;
                    return;
                }
                let way = self.way(axis, &filled);
                if way == 0 {
                    break;
                }
                if before == way {
                    step *= 2;
                } else if before == -way {
                    step = step / 3 + 1;
                }
                before = way;
                self.weights.0[axis] += way * step;
                self.weigh();
            }
            (self.bound, self.weights) = best;
            self.weigh();
        }
    }

    /// Whether the bound rises with more of a weight, with less, or with neither.
    fn way(&self, axis: usize, filled: &Filled) -> i64 {
        let sum = filled.households;
        let (least, most, is) = match axis {
            0 => {
                let limits = self.standard.residents;
                (
                    i64::from(limits.min),
                    i64::from(limits.max),
                    filled.residents,
                )
            }
            1 => (self.cell.west * sum, (self.cell.east + 1) * sum, filled.x),
            _ => (self.cell.south * sum, (self.cell.north + 1) * sum, filled.y),
        };
        let weight = self.weights.0[axis];
        // A weight that is in force is right where the limit is just met.
        let (least, most) = match weight.signum() {
            1 => (most, most),
            -1 => (least, least),
            _ => (least, most),
        };
        if is > most {
            1
        } else if is < least {
            -1
        } else {
            0
        }
    }

    /// An item with which no set is of interest, whatever else is in it, need not be looked at again.
    fn leave_out_the_hopeless(&mut self, quest: &Quest<'_>) {
        let hopes = |place: usize| {
            let item = &self.items[place];
            let others = (0..self.items.len()).filter(|other| *other != place);
            let filled = self.fill(item.households, item.residents, others);
            filled.is_some_and(|more| self.given + item.value + more < quest.below)
        };
        let keep: Vec<bool> = (0..self.items.len()).map(hopes).collect();
        let mut keep = keep.into_iter();
        self.items.retain(|_| keep.next().unwrap_or(true));
    }

    /// The least that items, in their order, can add to a set of so many households and residents, parts of an item
    /// allowed; `None` where they do not suffice for a grid.
    pub(super) fn fill(
        &self,
        households: i64,
        residents: i64,
        free: impl Iterator<Item = usize>,
    ) -> Option<i64> {
        let mut value = 0;
        self.take_best(households, residents, free, |_, _, adds| value += adds)
            .then_some(value)
    }

    fn filled(&self) -> Option<Filled> {
        let mut filled = Filled::default();
        let suffices = self.take_best(0, 0, 0..self.items.len(), |item, take, adds| {
            filled.value += adds;
            filled.households += take;
            filled.residents += part(item.residents, take, item.households);
            filled.x += part(item.x, take, item.households);
            filled.y += part(item.y, take, item.households);
        });
        filled.value += self.given;
        suffices.then_some(filled)
    }

    /// Takes items as long as they bring something or are needed; `takes` is told the households of each, and what it
    /// adds to the value. Whether a grid has enough households then.
    #[inline]
    fn take_best(
        &self,
        households: i64,
        residents: i64,
        free: impl Iterator<Item = usize>,
        mut takes: impl FnMut(&Item, i64, i64),
    ) -> bool {
        let limits = self.standard.households;
        let mut room = i64::from(limits.max) - households;
        let mut wanted = i64::from(limits.min) - households;
        let widest = room;
        let most_residents = i64::from(self.standard.residents.max) - residents;
        for place in free {
            let item = &self.items[place];
            // There is no room for it, even without all others that are free.
            if item.households > widest || item.residents > most_residents {
                continue;
            }
            if item.value >= 0 && (wanted <= 0 || item.households == 0) {
                break;
            }
            let take = if item.value < 0 { room } else { wanted };
            if item.households > take {
                takes(item, take, part(item.value, take, item.households));
                wanted -= take;
                break;
            }
            takes(item, item.households, item.value);
            room -= item.households;
            wanted -= item.households;
        }
        wanted <= 0
    }
}

/// A part of what a number of households makes, rounded down.
fn part(value: i64, households: i64, of: i64) -> i64 {
    if households == of {
        return value;
    }
    let of = of.max(1);
    if let Some(product) = value.checked_mul(households) {
        product.div_euclid(of)
    } else {
        let product = i128::from(value) * i128::from(households);
        i64::try_from(product.div_euclid(i128::from(of))).unwrap_or(i64::MAX / 4)
    }
}
