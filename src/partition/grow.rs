//! Connected sets of little value with a centre in one cell: node by node from a first one, cut off by the knapsack of what can still be reached.

use super::bits::Bits;
use super::ground::{Ground, Sums};
use super::knapsack::{Item, Knapsack, Quest, Set};

/// All legal grids of interest with their centre in the cell of a knapsack go to `sets`, each once. `false` where the
/// nodes do not last, or too many are found, or there are too many items to begin.
pub(super) fn grow(
    knapsack: &Knapsack,
    quest: &Quest<'_>,
    most: usize,
    nodes: &mut u64,
    sets: &mut Vec<Set>,
) -> bool {
    match knapsack.items.len() {
        0..=64 => Growth::<1>::new(knapsack, quest, most, nodes, sets).all(),
        65..=128 => Growth::<2>::new(knapsack, quest, most, nodes, sets).all(),
        129..=320 => Growth::<5>::new(knapsack, quest, most, nodes, sets).all(),
        321..=1280 => Growth::<20>::new(knapsack, quest, most, nodes, sets).all(),
        _ => false,
    }
}

struct Growth<'a, 'g, const W: usize> {
    knapsack: &'a Knapsack,
    quest: &'a Quest<'g>,
    ground: &'g Ground,
    /// The items that touch each, and those that it must not share a grid with.
    near: Vec<Bits<W>>,
    apart: Vec<Bits<W>>,
    /// Households of the items, rising, and before each those that have fewer; the same of residents.
    smaller: [(Vec<i64>, Vec<Bits<W>>); 2],
    most: usize,
    left: &'a mut u64,
    sets: &'a mut Vec<Set>,
}

/// A set on its way.
#[derive(Clone, Copy)]
struct Part<const W: usize> {
    chosen: Bits<W>,
    /// What may still come.
    free: Bits<W>,
    /// What touches the chosen.
    near: Bits<W>,
    sums: Sums,
    value: i64,
}

impl<'a, 'g, const W: usize> Growth<'a, 'g, W> {
    fn new(
        knapsack: &'a Knapsack,
        quest: &'a Quest<'g>,
        most: usize,
        left: &'a mut u64,
        sets: &'a mut Vec<Set>,
    ) -> Self {
        let ground = quest.ground;
        let items = &knapsack.items;
        let mut place_of = vec![None; ground.nodes.len()];
        for (place, item) in items.iter().enumerate() {
            place_of[usize::from(item.node)] = Some(place);
        }
        let bits = |nodes: &[usize]| {
            let mut bits = Bits::NONE;
            for place in nodes.iter().filter_map(|node| place_of[*node]) {
                bits.insert(place);
            }
            bits
        };
        let smaller = |size: &dyn Fn(usize) -> i64| {
            let mut order: Vec<(i64, usize)> =
                (0..items.len()).map(|place| (size(place), place)).collect();
            order.sort_unstable();
            let mut bits = Bits::NONE;
            let mut all = vec![bits];
            for (_, place) in &order {
                bits.insert(*place);
                all.push(bits);
            }
            (order.into_iter().map(|(size, _)| size).collect(), all)
        };
        let of = |item: &Item| &ground.nodes[usize::from(item.node)];
        Self {
            near: items.iter().map(|item| bits(&of(item).near)).collect(),
            apart: items.iter().map(|item| bits(&of(item).apart)).collect(),
            smaller: [
                smaller(&|place| items[place].households),
                smaller(&|place| items[place].residents),
            ],
            knapsack,
            quest,
            ground,
            most,
            left,
            sets,
        }
    }

    /// Each set is found from the first of its items.
    fn all(mut self) -> bool {
        let items = self.knapsack.items.len();
        let mut free = Bits::first(items);
        for first in 0..items {
            let nothing = Part {
                chosen: Bits::NONE,
                free,
                near: Bits::NONE,
                sums: Sums::default(),
                value: self.knapsack.given,
            };
            if self.least_more(&nothing).is_none() {
                return true;
            }
            free.remove(first);
            if !self.with(first, &nothing, free) {
                return false;
            }
        }
        true
    }

    /// Takes an item in, and goes on with those that are free then. `false` where the search has to end.
    fn with(&mut self, place: usize, part: &Part<W>, free: Bits<W>) -> bool {
        if *self.left == 0 {
            return false;
        }
        *self.left -= 1;
        let item = self.knapsack.items[place];
        let mut part = *part;
        part.sums
            .add(&self.ground.nodes[usize::from(item.node)].sums);
        part.value += item.value;
        part.chosen.insert(place);
        part.near = part.near.or(&self.near[place]);
        part.free = free
            .without(&self.apart[place])
            .and(&self.fitting(&part.sums));
        part.free = self.reachable(&part);
        self.look(&part);
        self.sets.len() <= self.most && self.onward(part)
    }

    /// Adds to the set whatever can be added: with the next item that touches it, then without.
    fn onward(&mut self, mut part: Part<W>) -> bool {
        while self.promises(&part) {
            let Some(next) = part.near.and(&part.free).lowest() else {
                break;
            };
            part.free.remove(next);
            if !self.with(next, &part, part.free) {
                return false;
            }
            part.free = self.reachable(&part);
        }
        true
    }

    /// The items that there is room for.
    fn fitting(&self, sums: &Sums) -> Bits<W> {
        let standard = self.quest.standard;
        let rooms = [
            i64::from(standard.households.max) - sums.households,
            i64::from(standard.residents.max) - sums.residents,
        ];
        let [households, residents] = [0, 1].map(|axis| {
            let (sizes, smaller) = &self.smaller[axis];
            &smaller[sizes.partition_point(|size| *size <= rooms[axis])]
        });
        households.and(residents)
    }

    /// What is free and can be reached.
    fn reachable(&self, part: &Part<W>) -> Bits<W> {
        let mut reached = part.near.and(&part.free);
        let mut open = reached;
        while let Some(place) = open.lowest() {
            open.remove(place);
            let more = self.near[place].and(&part.free).without(&reached);
            reached = reached.or(&more);
            open = open.or(&more);
        }
        reached
    }

    /// The least that free items can add, where a set of interest may come out.
    fn least_more(&self, part: &Part<W>) -> Option<i64> {
        let more = self
            .knapsack
            .fill(part.sums.households, part.sums.residents, part.free.each());
        more.filter(|more| part.value + more < self.quest.below)
    }

    /// Whether more items can make a set of interest of this one.
    fn promises(&self, part: &Part<W>) -> bool {
        let Some(more) = self.least_more(part) else {
            return false;
        };
        if more < 0 {
            return true;
        }
        // Nothing that is left is worth it by itself, and one at least would come.
        let next = part.near.and(&part.free).each();
        let least = next.map(|place| self.knapsack.items[place].value).min();
        least.is_some_and(|least| part.value + least.max(more) < self.quest.below)
    }

    /// Keeps what is chosen if it is a legal grid of interest with its centre in the cell.
    fn look(&mut self, part: &Part<W>) {
        let standard = self.quest.standard;
        let sums = &part.sums;
        if sums.households < i64::from(standard.households.min)
            || sums.residents < i64::from(standard.residents.min)
            || sums.households > i64::from(standard.households.max)
            || sums.residents > i64::from(standard.residents.max)
            || !self.knapsack.cell.holds(sums.x, sums.y, sums.households)
        {
            return;
        }
        let node = |place: usize| self.knapsack.items[place].node;
        let extras: i64 = part
            .chosen
            .each()
            .map(|place| self.quest.extras[usize::from(node(place))])
            .sum();
        let value = self.ground.cost(sums, self.quest.mean_work) + extras;
        if value < self.quest.below {
            let mut nodes: Vec<u16> = part.chosen.each().map(node).collect();
            nodes.sort_unstable();
            self.sets.push((nodes, value));
        }
    }
}
