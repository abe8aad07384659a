//! The best runs of a chain, from its beginning to each place in turn (Bellman).

use super::field::Field;
use super::sums::Sums;

/// What is known of the runs.
pub(super) enum Runs {
    /// What the best plan of so many runs costs.
    Best(i128),
    /// There is no plan of so many runs.
    Impossible,
    /// It is no plain chain, or the nodes did not last.
    NoChain,
}

/// The best plan of so many runs.
pub(super) fn best_runs(field: &Field<'_>, count: usize, nodes: &mut u64) -> Runs {
    let units = field.units.len();
    let is_chain = field.labels.is_empty()
        && field.problem.apart.is_empty()
        && field
            .units
            .iter()
            .enumerate()
            .all(|(place, unit)| unit.near.iter().all(|near| near.abs_diff(place) == 1));
    if !is_chain {
        return Runs::NoChain;
    }
    if count > units {
        return Runs::Impossible;
    }
    let runs = legal_runs(field, count, nodes);
    let Some(runs) = runs else {
        return Runs::NoChain;
    };
    // The cost of all units before a place in so many runs.
    let mut before: Vec<Option<i128>> = vec![None; units + 1];
    before[0] = Some(0);
    for _ in 0..count {
        let mut now = vec![None; units + 1];
        for (from, runs) in runs.iter().enumerate() {
            let Some(known) = before[from] else { continue };
            let Some(left) = nodes.checked_sub(runs.len() as u64 + 1) else {
                return Runs::NoChain;
            };
            *nodes = left;
            for (to, cost) in runs {
                let cost = known.saturating_add(*cost);
                if now[*to].is_none_or(|known| cost < known) {
                    now[*to] = Some(cost);
                }
            }
        }
        before = now;
    }
    before[units].map_or(Runs::Impossible, Runs::Best)
}

/// For each unit the legal runs that begin there: the place after their last unit, and what they cost.
fn legal_runs(field: &Field<'_>, count: usize, nodes: &mut u64) -> Option<Vec<Vec<(usize, i128)>>> {
    let standard = field.standard(None);
    let mut all = Vec::with_capacity(field.units.len());
    for from in 0..field.units.len() {
        let mut runs = Vec::new();
        let mut sums = Sums::default();
        for (to, unit) in field.units.iter().enumerate().skip(from) {
            *nodes = nodes.checked_sub(1)?;
            let is_linked = to == from || unit.near.contains(&(to - 1));
            sums.add(&unit.sums);
            if !is_linked
                || sums.households > i64::from(standard.households.max)
                || sums.residents > i64::from(standard.residents.max)
            {
                break;
            }
            if Field::fits(standard, sums.households, sums.residents) {
                runs.push((to + 1, field.cost(sums.inertia(), sums.work, count)));
            }
        }
        all.push(runs);
    }
    Some(all)
}
