//! Legal grids in one flat list: the columns of the linear programme.

use super::ground::{Ground, Sums};

/// Sets of nodes with their sums.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    starts: Vec<u32>,
    nodes: Vec<u16>,
    facts: Vec<Fact>,
}

/// What is known of a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fact {
    pub(super) households: i32,
    pub(super) residents: i32,
    pub(super) work: i32,
    pub(super) inertia: i64,
}

impl Default for Pool {
    fn default() -> Self {
        Self {
            starts: vec![0],
            nodes: Vec::new(),
            facts: Vec::new(),
        }
    }
}

impl Pool {
    pub(super) fn len(&self) -> usize {
        self.facts.len()
    }

    /// Adds a set; the nodes are rising.
    pub(super) fn push(&mut self, nodes: impl Iterator<Item = usize>, sums: &Sums) {
        // A community has at most a few thousand nodes and a million of households.
        self.nodes.extend(nodes.map(|node| node as u16));
        self.starts.push(self.nodes.len() as u32);
        self.facts.push(Fact {
            households: sums.households as i32,
            residents: sums.residents as i32,
            work: sums.work as i32,
            inertia: sums.inertia(),
        });
    }

    pub(super) fn nodes(&self, column: usize) -> &[u16] {
        &self.nodes[self.starts[column] as usize..self.starts[column + 1] as usize]
    }

    pub(super) fn fact(&self, column: usize) -> Fact {
        self.facts[column]
    }

    /// What a column costs in a plan of grids with this mean work, in dm².
    pub(super) fn cost(&self, ground: &Ground, column: usize, mean_work: i64) -> i64 {
        let fact = self.facts[column];
        let off = i64::from(fact.work) - mean_work;
        fact.inertia + ground.balance * off * off
    }
}
