//! Whether a set of nodes is a legal grid.

use super::ground::Ground;
use super::worth::sums_of;

/// Connected, within the limits of its role, and without nodes that must be apart.
pub(super) fn is_legal(ground: &Ground, nodes: &[usize], label: Option<u32>) -> bool {
    let sums = sums_of(ground, nodes);
    let standard = ground.standard_of(label);
    let within = standard.households.missed(sums.households.unsigned_abs()) == 0
        && standard.residents.missed(sums.residents.unsigned_abs()) == 0;
    let apart = |node: &usize| {
        let apart = &ground.nodes[*node].apart;
        apart.iter().any(|other| nodes.contains(other))
    };
    within && !nodes.iter().any(apart) && is_connected(ground, nodes)
}

pub(super) fn is_connected(ground: &Ground, nodes: &[usize]) -> bool {
    let Some(first) = nodes.first() else {
        return false;
    };
    let mut reached = vec![*first];
    let mut next = 0;
    while let Some(node) = reached.get(next).copied() {
        next += 1;
        for near in &ground.nodes[node].near {
            if nodes.contains(near) && !reached.contains(near) {
                reached.push(*near);
            }
        }
    }
    reached.len() == nodes.len()
}
