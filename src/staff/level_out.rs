//! Levelling a load over people: as many things given out as their limits allow, then as evenly as single moves and swaps can make it.

/// What a thing weighs: households with the weight of priority, residents, priority households; the first counts most.
pub(super) type Weight = [u64; 3];

/// Somebody who can take things.
#[derive(Clone, Debug)]
pub(super) struct Taker {
    /// What the person has already.
    pub(super) load: Weight,
    /// How many more the person may take.
    pub(super) room: usize,
}

/// More rounds of moves and swaps than lists of any size have needed.
const ROUNDS: usize = 200;

/// Gives each thing to a taker, or to nobody where no limit leaves room for it. Ties go to the first in order.
///
/// No other giving out reaches more things (augmenting paths). Of the loads it is the sum of squares that is made small, of
/// households first, then of residents, then of priority households: heaviest first to the least loaded, then moves and swaps
/// until none makes it smaller.
pub(super) fn level_out(
    things: &[Weight],
    takers: &[Taker],
    fits: &dyn Fn(usize, usize) -> bool,
) -> Vec<Option<usize>> {
    let mut given = Given {
        things,
        loads: takers.iter().map(|taker| taker.load).collect(),
        room: takers.iter().map(|taker| taker.room).collect(),
        of: vec![None; things.len()],
        fits,
    };
    let mut order: Vec<usize> = (0..things.len()).collect();
    order.sort_by_key(|thing| (std::cmp::Reverse(given.weight(*thing)), *thing));
    for thing in order {
        let fitting = (0..takers.len()).filter(|taker| fits(*taker, thing));
        let least = fitting
            .filter(|taker| given.room(*taker) > 0)
            .min_by_key(|taker| (given.load(*taker), *taker));
        if let Some(taker) = least {
            given.give(thing, taker);
        } else {
            let mut seen = vec![false; takers.len()];
            given.make_room(thing, &mut seen);
        }
    }
    given.even_out();
    given.of
}

struct Given<'g> {
    things: &'g [Weight],
    loads: Vec<Weight>,
    room: Vec<usize>,
    of: Vec<Option<usize>>,
    fits: &'g dyn Fn(usize, usize) -> bool,
}

impl Given<'_> {
    fn weight(&self, thing: usize) -> Weight {
        self.things.get(thing).copied().unwrap_or_default()
    }

    fn load(&self, taker: usize) -> Weight {
        self.loads.get(taker).copied().unwrap_or_default()
    }

    fn room(&self, taker: usize) -> usize {
        self.room.get(taker).copied().unwrap_or(0)
    }

    fn owner(&self, thing: usize) -> Option<usize> {
        self.of.get(thing).copied().flatten()
    }

    fn give(&mut self, thing: usize, taker: usize) {
        self.take(thing);
        let weight = self.weight(thing);
        if let Some(load) = self.loads.get_mut(taker) {
            *load = plus(*load, weight);
        }
        if let Some(room) = self.room.get_mut(taker) {
            *room = room.saturating_sub(1);
        }
        if let Some(of) = self.of.get_mut(thing) {
            *of = Some(taker);
        }
    }

    fn take(&mut self, thing: usize) {
        let Some(owner) = self.of.get_mut(thing).and_then(Option::take) else {
            return;
        };
        let weight = self.weight(thing);
        if let Some(load) = self.loads.get_mut(owner) {
            *load = minus(*load, weight);
        }
        if let Some(room) = self.room.get_mut(owner) {
            *room += 1;
        }
    }

    /// Lets others pass things on until one who fits has room: the step of Kuhn's matching.
    fn make_room(&mut self, thing: usize, seen: &mut [bool]) -> bool {
        for taker in 0..self.loads.len() {
            let is_seen = seen.get(taker).copied().unwrap_or(true);
            if is_seen || !(self.fits)(taker, thing) {
                continue;
            }
            if let Some(seen) = seen.get_mut(taker) {
                *seen = true;
            }
            if self.room(taker) > 0 {
                self.give(thing, taker);
                return true;
            }
            let own: Vec<usize> = (0..self.things.len())
                .filter(|other| self.owner(*other) == Some(taker))
                .collect();
            for other in own {
                if self.make_room(other, seen) {
                    self.give(thing, taker);
                    return true;
                }
            }
        }
        false
    }

    fn even_out(&mut self) {
        for _ in 0..ROUNDS {
            let mut changed = false;
            for thing in 0..self.things.len() {
                changed |= self.better_place(thing);
            }
            if !changed {
                return;
            }
        }
    }

    /// Moves a thing, or swaps it with another, where that makes the loads more even.
    fn better_place(&mut self, thing: usize) -> bool {
        let Some(from) = self.owner(thing) else {
            return false;
        };
        let weight = self.weight(thing);
        for to in 0..self.loads.len() {
            if to != from && self.room(to) > 0 && (self.fits)(to, thing) {
                let after = (minus(self.load(from), weight), plus(self.load(to), weight));
                if squares(after.0, after.1) < squares(self.load(from), self.load(to)) {
                    self.give(thing, to);
                    return true;
                }
            }
        }
        for other in 0..self.things.len() {
            let Some(to) = self.owner(other).filter(|to| *to != from) else {
                continue;
            };
            let back = self.weight(other);
            let after = (
                plus(minus(self.load(from), weight), back),
                plus(minus(self.load(to), back), weight),
            );
            let is_better = squares(after.0, after.1) < squares(self.load(from), self.load(to));
            if is_better && (self.fits)(to, thing) && (self.fits)(from, other) {
                self.take(other);
                self.give(thing, to);
                self.give(other, from);
                return true;
            }
        }
        false
    }
}

fn squares(a: Weight, b: Weight) -> [u128; 3] {
    let square = |number: u64| u128::from(number) * u128::from(number);
    let mut sum = [0; 3];
    for ((sum, a), b) in sum.iter_mut().zip(a).zip(b) {
        *sum = square(a) + square(b);
    }
    sum
}

pub(super) fn plus(a: Weight, b: Weight) -> Weight {
    let mut sum = a;
    for (sum, b) in sum.iter_mut().zip(b) {
        *sum = sum.saturating_add(b);
    }
    sum
}

fn minus(a: Weight, b: Weight) -> Weight {
    let mut rest = a;
    for (rest, b) in rest.iter_mut().zip(b) {
        *rest = rest.saturating_sub(b);
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free(rooms: &[usize]) -> Vec<Taker> {
        let taker = |room: &usize| Taker {
            load: [0; 3],
            room: *room,
        };
        rooms.iter().map(taker).collect()
    }

    #[test]
    fn heavy_and_light_come_together() {
        let things: Vec<Weight> = [7, 6, 5, 4, 3, 2].map(|weight| [weight, 0, 0]).to_vec();
        let given = level_out(&things, &free(&[9, 9, 9]), &|_, _| true);
        let mut loads = [0; 3];
        for (thing, taker) in given.iter().enumerate() {
            loads[taker.unwrap()] += things[thing][0];
        }
        assert_eq!(loads, [9, 9, 9]);
    }

    #[test]
    fn nobody_gets_more_than_the_limit_and_nothing_stays_that_somebody_could_take() {
        let things = vec![[5, 0, 0], [4, 0, 0], [3, 0, 0]];
        // The second fits everything, the first only the last thing.
        let given = level_out(&things, &free(&[1, 2]), &|taker, thing| {
            taker == 1 || thing == 2
        });
        assert_eq!(given, [Some(1), Some(1), Some(0)]);
        let given = level_out(&things, &free(&[1, 1]), &|_, _| true);
        assert_eq!(given.iter().flatten().count(), 2);
        assert_eq!(given[2], None);
    }

    #[test]
    fn who_has_something_already_gets_less() {
        let takers = vec![
            Taker {
                load: [10, 0, 0],
                room: 9,
            },
            Taker {
                load: [0; 3],
                room: 9,
            },
        ];
        let given = level_out(&[[4, 0, 0], [4, 0, 0]], &takers, &|_, _| true);
        assert_eq!(given, [Some(1), Some(1)]);
    }
}
