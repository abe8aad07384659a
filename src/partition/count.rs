//! Which numbers of grids are tried, and in which order.

use super::ground::Ground;
use super::model::Count;

/// Households of a middling grid: the published practice is about 394 (4,334 households in 11 grids).
const TARGET: u64 = 400;

/// The numbers that come into question, the first choice first.
///
/// `range` is what arithmetic leaves, without locked grids; numbers that the user asks for beyond it stay in, so that
/// it can be said why they are impossible. All numbers given and returned are without locked grids.
pub(super) fn candidates(
    ground: &Ground,
    count: Count,
    previous: Option<u32>,
    range: (u32, u32),
) -> Vec<u32> {
    let locked = u32::try_from(ground.locked.len()).unwrap_or(u32::MAX);
    let households = ground.total.households.unsigned_abs();
    let (from, to) = range;
    let with_previous = |mut numbers: Vec<u32>| {
        if let Some(previous) = previous.filter(|number| numbers.contains(number)) {
            // What is there already is changed as little as possible.
            let off = |number: u32| (number.abs_diff(previous), number);
            numbers.sort_by_key(|number| off(*number));
        }
        numbers
    };
    match count {
        // No more than are locked: none for the other blocks, which is as impossible as any number that arithmetic rules out.
        Count::Exactly(grids) | Count::Between(_, grids) if grids <= locked => vec![0],
        Count::Exactly(grids) => vec![grids - locked],
        Count::Between(least, most) => {
            let inside = |n: u32| n.saturating_sub(locked).max(1);
            // Beyond arithmetic one number is as impossible as the next: a few are enough to say so.
            let least = inside(least).max(from.saturating_sub(2));
            let most = inside(most).min(to.saturating_add(2)).max(least);
            with_previous(nearest(households, least, most))
        }
        Count::Fewest => (from..=to).collect(),
        Count::Nearest => with_previous(nearest(households, from, to)),
    }
}

/// The numbers of a range, those nearest to households ÷ 400 first, of two equally near the smaller.
fn nearest(households: u64, from: u32, to: u32) -> Vec<u32> {
    let mut numbers: Vec<u32> = (from..=to).collect();
    numbers.sort_by_key(|number| {
        let would_be = u64::from(*number) * TARGET;
        (would_be.abs_diff(households), *number)
    });
    numbers
}
