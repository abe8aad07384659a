//! Legal grids as they are met, each once.

use std::collections::BTreeSet;

use super::ground::Ground;
use super::legal::is_legal;
use super::pool::Pool;
use super::worth::sums_of;

/// A pool that takes each set once, and none that is illegal.
pub(super) struct Collection<'g> {
    ground: &'g Ground,
    pool: Pool,
    known: BTreeSet<Vec<u16>>,
}

/// More sets than this are not kept from a search.
const MOST: usize = 150_000;

impl<'g> Collection<'g> {
    pub(super) fn new(ground: &'g Ground) -> Self {
        Self {
            ground,
            pool: Pool::default(),
            known: BTreeSet::new(),
        }
    }

    pub(super) fn pool(&self) -> &Pool {
        &self.pool
    }

    pub(super) fn len(&self) -> usize {
        self.pool.len()
    }

    /// Takes a set of nodes, rising.
    pub(super) fn take(&mut self, nodes: &[usize]) {
        let short: Vec<u16> = nodes.iter().map(|node| *node as u16).collect();
        if self.known.contains(&short) || !self.may_be_legal(nodes) {
            return;
        }
        let sums = sums_of(self.ground, nodes);
        self.pool.push(nodes.iter().copied(), &sums);
        self.known.insert(short);
    }

    /// Takes a set as columns have it.
    pub(super) fn take_short(&mut self, nodes: &[u16]) {
        let nodes: Vec<usize> = nodes.iter().map(|node| usize::from(*node)).collect();
        self.take(&nodes);
    }

    /// Takes the grids of a plan of a search.
    pub(super) fn take_plan(&mut self, of_nodes: &[u16], grids: u32) {
        if self.len() >= MOST {
            return;
        }
        let mut sets = vec![Vec::new(); grids as usize];
        for (node, grid) in of_nodes.iter().enumerate() {
            sets[usize::from(*grid)].push(node);
        }
        for nodes in &sets {
            self.take(nodes);
        }
    }

    fn may_be_legal(&self, nodes: &[usize]) -> bool {
        let labels = self.ground.labels.iter().copied().map(Some);
        std::iter::once(None)
            .chain(labels.filter(|_| !self.ground.own.is_empty()))
            .any(|label| is_legal(self.ground, nodes, label))
    }
}
