//! Cheap grids near known ones: one node more, one less, or one for another.

use super::ground::Sums;
use super::knapsack::{Quest, Set};
use super::legal::is_connected;
use super::worth::sums_of;

/// All legal grids below the limit of interest that differ from a set by one node more, one less, or both; `visit` takes
/// each, some come more than once.
pub(super) fn neighbours(quest: &Quest<'_>, nodes: &[usize], visit: &mut dyn FnMut(Set)) {
    let ground = quest.ground;
    let sums = sums_of(ground, nodes);
    let extras: i64 = nodes.iter().map(|node| quest.extras[*node]).sum();
    let mut around: Vec<usize> = nodes
        .iter()
        .flat_map(|node| &ground.nodes[*node].near)
        .copied()
        .filter(|near| !nodes.contains(near))
        .collect();
    around.sort_unstable();
    around.dedup();
    let goes: Vec<Option<usize>> = nodes.iter().copied().map(Some).chain([None]).collect();
    let comes: Vec<Option<usize>> = around.into_iter().map(Some).chain([None]).collect();
    for go in &goes {
        let mut without = sums;
        let mut left = extras;
        if let Some(node) = go {
            without.take(&ground.nodes[*node].sums);
            left -= quest.extras[*node];
        }
        for come in &comes {
            let mut with = without;
            let mut value = left;
            if let Some(node) = come {
                with.add(&ground.nodes[*node].sums);
                value += quest.extras[*node];
            }
            if go == come || !is_within(quest, &with) {
                continue;
            }
            value += ground.cost(&with, quest.mean_work);
            if value >= quest.below {
                continue;
            }
            let mut set: Vec<usize> = nodes
                .iter()
                .copied()
                .filter(|node| Some(*node) != *go)
                .chain(*come)
                .collect();
            set.sort_unstable();
            let apart = |node: &usize| {
                let apart = &ground.nodes[*node].apart;
                apart.iter().any(|other| set.contains(other))
            };
            if is_connected(ground, &set) && !set.iter().any(apart) {
                visit((set.iter().map(|node| *node as u16).collect(), value));
            }
        }
    }
}

fn is_within(quest: &Quest<'_>, sums: &Sums) -> bool {
    let standard = quest.standard;
    standard.households.missed(sums.households.unsigned_abs()) == 0
        && standard.residents.missed(sums.residents.unsigned_abs()) == 0
}
