//! Neighbouring grids or buildings given out in stretches: the order of numbers is the only neighbourhood that a sheet tells.

/// Cuts a row of things into stretches, one for each taker in order, some perhaps empty, so that as few as possible are left
/// over and, of all such ways, the sum of squares of the loads is least. `rooms` is how many things each may have.
///
/// Exact, by dynamic programming; where that would take too long, each takes a fair share in turn.
pub(super) fn stretches(
    weights: &[u64],
    rooms: &[usize],
    fits: &dyn Fn(usize, usize) -> bool,
) -> Vec<Option<usize>> {
    let work = (weights.len() as u64)
        .saturating_mul(weights.len() as u64)
        .saturating_mul(rooms.len() as u64);
    if work > MOST_WORK {
        return in_turn(weights, rooms, fits);
    }
    exact(weights, rooms, fits)
}

/// Some tenths of a second.
const MOST_WORK: u64 = 60_000_000;

/// Things left over, then the sum of squares.
type Cost = (usize, u128);

const NEVER: Cost = (usize::MAX, u128::MAX);

fn exact(
    weights: &[u64],
    rooms: &[usize],
    fits: &dyn Fn(usize, usize) -> bool,
) -> Vec<Option<usize>> {
    let count = weights.len();
    // best[i]: the first i things, with the takers so far; nobody has taken any yet.
    let mut best: Vec<Cost> = (0..=count).map(|left| (left, 0)).collect();
    // For each taker and each i: where the taker's stretch begins, or nothing where i is left over.
    let mut begun: Vec<Vec<Option<usize>>> = Vec::new();
    for (taker, room) in rooms.iter().enumerate() {
        let mut next = vec![NEVER; count + 1];
        let mut from = vec![None; count + 1];
        for end in 0..=count {
            let at = |costs: &[Cost], place: usize| costs.get(place).copied().unwrap_or(NEVER);
            let mut least = at(&best, end);
            let mut start = Some(end);
            let mut load = 0_u64;
            for begin in (0..end).rev().take(*room) {
                if !fits(taker, begin) {
                    break;
                }
                load = load.saturating_add(weights.get(begin).copied().unwrap_or(0));
                let (left, squares) = at(&best, begin);
                let cost = (
                    left,
                    squares.saturating_add(u128::from(load) * u128::from(load)),
                );
                if cost < least {
                    least = cost;
                    start = Some(begin);
                }
            }
            if let Some((left, squares)) = end.checked_sub(1).map(|before| at(&next, before))
                && left < usize::MAX
                && (left + 1, squares) < least
            {
                least = (left + 1, squares);
                start = None;
            }
            if let Some(cost) = next.get_mut(end) {
                *cost = least;
            }
            if let Some(place) = from.get_mut(end) {
                *place = start;
            }
        }
        best = next;
        begun.push(from);
    }
    let mut given = vec![None; count];
    let mut end = count;
    for (taker, from) in begun.iter().enumerate().rev() {
        // Things left over behind the stretch.
        while end > 0 && from.get(end).copied().flatten().is_none() {
            end -= 1;
        }
        let start = from.get(end).copied().flatten().unwrap_or(end);
        for place in given.iter_mut().take(end).skip(start) {
            *place = Some(taker);
        }
        end = start;
    }
    given
}

fn in_turn(
    weights: &[u64],
    rooms: &[usize],
    fits: &dyn Fn(usize, usize) -> bool,
) -> Vec<Option<usize>> {
    let mut given = vec![None; weights.len()];
    let mut rest: u64 = weights.iter().sum();
    let mut at = 0;
    for (taker, room) in rooms.iter().enumerate() {
        let share = rest / (rooms.len() - taker) as u64;
        let (mut load, mut taken) = (0, 0);
        while let Some(weight) = weights.get(at) {
            if taken >= *room || taken > 0 && load + weight.div_ceil(2) > share || !fits(taker, at)
            {
                break;
            }
            if let Some(place) = given.get_mut(at) {
                *place = Some(taker);
            }
            load += weight;
            taken += 1;
            at += 1;
        }
        rest = rest.saturating_sub(load);
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANY: usize = usize::MAX;

    #[test]
    fn neighbours_stay_together_and_loads_are_even() {
        let given = stretches(&[3, 3, 3, 3, 3, 3], &[MANY, MANY], &|_, _| true);
        assert_eq!(given, [0, 0, 0, 1, 1, 1].map(Some));
        let given = stretches(&[9, 1, 1, 1, 9], &[MANY, MANY, MANY], &|_, _| true);
        assert_eq!(given, [0, 1, 1, 1, 2].map(Some));
    }

    #[test]
    fn limits_leave_as_little_over_as_they_can() {
        let given = stretches(&[1, 1, 1, 1], &[1, 2], &|_, _| true);
        assert_eq!(given.iter().flatten().count(), 3);
        let given = stretches(&[1, 1, 1], &[MANY, MANY], &|taker, thing| {
            taker == 1 && thing != 1
        });
        assert_eq!(given.iter().flatten().count(), 1);
        assert_eq!(stretches(&[1], &[], &|_, _| true), [None]);
        assert_eq!(stretches(&[], &[MANY], &|_, _| true), []);
    }

    #[test]
    fn a_very_long_row_is_shared_in_turn() {
        let given = stretches(&vec![1; 3000], &[MANY; 20], &|_, _| true);
        for taker in 0..20 {
            assert_eq!(given.iter().filter(|of| **of == Some(taker)).count(), 150);
        }
    }
}
