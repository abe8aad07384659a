//! The community as the solver sees it: blocks that must be together made one, locked grids set aside, sums exact.

use super::certificate::{Arithmetic, Certificate, Resource};
use super::model::{Limits, Options, Problem, Standard};

/// Blocks that go together, or one block: what a grid is made of here.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    /// The blocks, rising.
    pub(super) blocks: Vec<usize>,
    pub(super) sums: Sums,
    /// Where its blocks stand, in dm from the corner, and their households.
    pub(super) places: Vec<(i64, i64, i64)>,
    /// Nodes that touch it, rising.
    pub(super) near: Vec<usize>,
    /// Nodes it must not share a grid with.
    pub(super) apart: Vec<usize>,
    /// How many households were in which previous grid.
    pub(super) was: Vec<(u32, u32)>,
}

/// What a set of blocks comes to; sums of sums are sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) households: i64,
    pub(super) residents: i64,
    pub(super) work: i64,
    /// Σ households × place, in dm, from a corner of the community.
    pub(super) x: i64,
    pub(super) y: i64,
    /// Σ households × squared distance from that corner, in dm².
    pub(super) square: i64,
}

impl Sums {
    pub(super) fn add(&mut self, other: &Self) {
        self.households += other.households;
        self.residents += other.residents;
        self.work += other.work;
        self.x += other.x;
        self.y += other.y;
        self.square += other.square;
    }

    pub(super) fn take(&mut self, other: &Self) {
        self.households -= other.households;
        self.residents -= other.residents;
        self.work -= other.work;
        self.x -= other.x;
        self.y -= other.y;
        self.square -= other.square;
    }

    /// The moment of inertia in dm², rounded up: H·Σh|x|² − |Σhx|², over H.
    pub(super) fn inertia(&self) -> i64 {
        if self.households == 0 {
            return 0;
        }
        let (x, y) = (i128::from(self.x), i128::from(self.y));
        let centred = (x * x + y * y) / i128::from(self.households);
        // Never above `square`, which is an i64.
        self.square - i64::try_from(centred).unwrap_or(self.square)
    }
}

/// The prepared community.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    pub(super) nodes: Vec<Node>,
    pub(super) total: Sums,
    pub(super) standard: Standard,
    /// Standards of previous grids that have one of their own.
    pub(super) own: Vec<(u32, Standard)>,
    /// Previous grids that may go on, rising; none where there is no previous plan.
    pub(super) labels: Vec<u32>,
    /// Locked grids: their blocks, and which previous grid they are.
    pub(super) locked: Vec<(u32, Vec<usize>)>,
    /// What one unit of squared unevenness costs, in dm².
    pub(super) balance: i64,
    /// How many nodes there are, those that are left out for a while counted: what is said of costs does not depend on it.
    pub(super) size: usize,
}

impl Ground {
    /// Prepares a problem that was checked.
    ///
    /// # Errors
    /// Where blocks that must be together cannot be.
    pub(super) fn new(problem: &Problem, options: &Options) -> Result<Self, Certificate> {
        let count = problem.blocks.len();
        let is_locked = |block: usize| {
            let label = problem.previous.get(block).copied().flatten();
            label.filter(|label| problem.locked.contains(label))
        };
        let mut locked: Vec<(u32, Vec<usize>)> = Vec::new();
        for block in 0..count {
            if let Some(label) = is_locked(block) {
                match locked.iter_mut().find(|(known, _)| *known == label) {
                    Some((_, blocks)) => blocks.push(block),
                    None => locked.push((label, vec![block])),
                }
            }
        }
        let node_of = joined(problem, &|block| is_locked(block).is_some());
        let mut nodes: Vec<Node> = Vec::new();
        let size = node_of.iter().flatten().max().map_or(0, |most| most + 1);
        nodes.resize_with(size, Node::default);
        let corner = corner(problem);
        for (index, block) in problem.blocks.iter().enumerate() {
            let Some(node) = node_of[index] else { continue };
            let node = &mut nodes[node];
            node.blocks.push(index);
            let households = i64::from(block.households);
            let (x, y) = block
                .at
                .map_or((0, 0), |at| (at.x - corner.0, at.y - corner.1));
            node.places.push((x, y, households));
            node.sums.add(&Sums {
                households,
                residents: i64::from(block.residents),
                work: i64::from(block.work),
                x: households * x,
                y: households * y,
                square: households * (x * x + y * y),
            });
            if let Some(label) = problem.previous.get(index).copied().flatten() {
                match node.was.iter_mut().find(|(known, _)| *known == label) {
                    Some((_, households)) => *households += block.households,
                    None => node.was.push((label, block.households)),
                }
            }
        }
        let pairs = |pairs: &[(usize, usize)]| {
            pairs
                .iter()
                .filter_map(|(a, b)| Some((node_of[*a]?, node_of[*b]?)))
                .collect::<Vec<_>>()
        };
        for (a, b) in pairs(&problem.links) {
            if a != b {
                nodes[a].near.push(b);
                nodes[b].near.push(a);
            }
        }
        let cannot_be = |(a, b): &&(usize, usize)| {
            is_locked(*a) != is_locked(*b) && (is_locked(*a).is_some() || is_locked(*b).is_some())
        };
        let must_be = |(a, b): &&(usize, usize)| match node_of[*a] {
            Some(node) => node_of[*b] == Some(node),
            None => is_locked(*a) == is_locked(*b),
        };
        let together = problem.together.iter().find(cannot_be);
        if let Some(pair) = together.or_else(|| problem.apart.iter().find(must_be)) {
            return Err(Certificate::Contradiction { blocks: *pair });
        }
        for (a, b) in pairs(&problem.apart) {
            nodes[a].apart.push(b);
            nodes[b].apart.push(a);
        }
        let mut total = Sums::default();
        for node in &mut nodes {
            total.add(&node.sums);
            for list in [&mut node.near, &mut node.apart] {
                list.sort_unstable();
                list.dedup();
            }
            node.was.sort_unstable();
        }
        let mut labels: Vec<u32> = problem
            .previous
            .iter()
            .flatten()
            .filter(|label| !problem.locked.contains(label))
            .copied()
            .collect();
        labels.sort_unstable();
        labels.dedup();
        Ok(Self {
            size: nodes.len(),
            nodes,
            total,
            standard: options.standard,
            own: problem.own.clone(),
            labels,
            locked,
            balance: i64::from(options.balance) * 100,
        })
    }

    /// The same community without its previous plan: whether there is a plan at all does not depend on it, unless grids have
    /// standards of their own.
    pub(super) fn without_previous(&self) -> Self {
        let mut plain = self.clone();
        if plain.own.is_empty() {
            plain.labels.clear();
        }
        plain
    }

    /// The same community with the limits that follow for a grid among so many: the others need at least their least, and
    /// take at most their most.
    pub(super) fn for_count(&self, grids: u32) -> Self {
        let mut tight = self.clone();
        if tight.own.is_empty() {
            let others = i64::from(grids) - 1;
            let tighten = |limits: Limits, total: i64| {
                let least = total - others.saturating_mul(i64::from(limits.max));
                let most = total - others.saturating_mul(i64::from(limits.min));
                let within = |number: i64| number.clamp(0, i64::from(u32::MAX)) as u32;
                Limits {
                    min: limits.min.max(within(least)),
                    max: limits.max.min(within(most)),
                }
            };
            tight.standard = Standard {
                households: tighten(self.standard.households, self.total.households),
                residents: tighten(self.standard.residents, self.total.residents),
            };
        }
        tight
    }

    /// The standard of the grid that continues a previous one, or of a new one.
    pub(super) fn standard_of(&self, label: Option<u32>) -> Standard {
        let own = self.own.iter().find(|(known, _)| Some(*known) == label);
        own.map_or(self.standard, |(_, standard)| *standard)
    }

    /// The widest limits that any grid of this community may have.
    pub(super) fn widest(&self) -> Standard {
        let mut widest = self.standard;
        for (label, own) in &self.own {
            if self.labels.contains(label) {
                widest = Standard {
                    households: wider(widest.households, own.households),
                    residents: wider(widest.residents, own.residents),
                };
            }
        }
        widest
    }

    /// The nodes in pieces that touch nothing else, each rising, by their first nodes.
    pub(super) fn pieces(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.nodes.len()];
        let mut pieces = Vec::new();
        for start in 0..self.nodes.len() {
            if seen[start] {
                continue;
            }
            seen[start] = true;
            let mut piece = vec![start];
            let mut next = 0;
            while let Some(node) = piece.get(next).copied() {
                next += 1;
                for near in &self.nodes[node].near {
                    if !std::mem::replace(&mut seen[*near], true) {
                        piece.push(*near);
                    }
                }
            }
            piece.sort_unstable();
            pieces.push(piece);
        }
        pieces
    }

    /// The sums of some nodes, and the limits they have to be divided by.
    pub(super) fn arithmetic(&self, nodes: Option<&[usize]>) -> Arithmetic {
        let mut sums = Sums::default();
        match nodes {
            None => sums = self.total,
            Some(nodes) => nodes
                .iter()
                .for_each(|node| sums.add(&self.nodes[*node].sums)),
        }
        let widest = self.widest();
        let blocks = nodes.map(|nodes| {
            let mut blocks: Vec<usize> = nodes
                .iter()
                .flat_map(|node| self.nodes[*node].blocks.iter().copied())
                .collect();
            blocks.sort_unstable();
            blocks
        });
        Arithmetic {
            piece: blocks,
            households: sums.households.unsigned_abs(),
            residents: sums.residents.unsigned_abs(),
            household_limits: widest.households,
            resident_limits: widest.residents,
        }
    }

    /// What can be seen without any search: a node above a limit, a piece whose numbers do not fit.
    pub(super) fn obvious(&self) -> Option<Certificate> {
        let widest = self.widest();
        for node in &self.nodes {
            let limits = [
                (
                    Resource::Households,
                    node.sums.households,
                    widest.households,
                ),
                (Resource::Residents, node.sums.residents, widest.residents),
            ];
            for (resource, number, Limits { max, .. }) in limits {
                if number > i64::from(max) {
                    let number = number.unsigned_abs();
                    return Some(match node.blocks[..] {
                        [block] => Certificate::Block {
                            block,
                            resource,
                            number,
                            max,
                        },
                        _ => Certificate::Together {
                            blocks: node.blocks.clone(),
                            resource,
                            number,
                            max,
                        },
                    });
                }
            }
        }
        let whole = self.arithmetic(None);
        if !whole.is_possible() {
            return Some(Certificate::Arithmetic(whole));
        }
        let pieces = self.pieces();
        if pieces.len() < 2 {
            return None;
        }
        pieces
            .iter()
            .map(|piece| self.arithmetic(Some(piece)))
            .find(|arithmetic| !arithmetic.is_possible())
            .map(Certificate::Arithmetic)
    }

    /// The range of numbers of grids that arithmetic leaves, piece by piece; the locked ones are not counted.
    pub(super) fn range(&self) -> (u32, u32) {
        let (mut from, mut to) = (0u64, 0u64);
        for piece in self.pieces() {
            let arithmetic = self.arithmetic(Some(&piece));
            from += arithmetic.least().0.max(1);
            let most = arithmetic
                .most()
                .map_or(u64::MAX, |(most, _)| most)
                .min(piece.len() as u64);
            to += most;
        }
        let short = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        (short(from), short(to))
    }

    /// The mean work of so many grids, rounded: what a grid's work is compared with.
    pub(super) fn mean_work(&self, grids: u32) -> i64 {
        let grids = i64::from(grids.max(1));
        (self.total.work + grids / 2) / grids
    }

    /// What one moved household costs, in dm²: more than any plan costs otherwise, since parts have no more inertia than
    /// the whole; 0 without a previous plan.
    pub(super) fn move_cost(&self) -> i128 {
        if self.labels.is_empty() {
            return 0;
        }
        self.dearest() + self.size as i128 + 1
    }

    /// More than any set costs, in dm².
    pub(super) fn dearest(&self) -> i128 {
        let work = i128::from(self.total.work);
        i128::from(self.total.inertia()) + i128::from(self.balance) * work * work
    }

    /// What a set costs as one of so many grids, in dm².
    pub(super) fn cost(&self, sums: &Sums, mean_work: i64) -> i64 {
        let off = sums.work - mean_work;
        sums.inertia() + self.balance * off * off
    }
}

fn wider(a: Limits, b: Limits) -> Limits {
    Limits {
        min: a.min.min(b.min),
        max: a.max.max(b.max),
    }
}

/// The node of each block; `None` for locked ones. Nodes are counted by their first blocks.
fn joined(problem: &Problem, is_locked: &dyn Fn(usize) -> bool) -> Vec<Option<usize>> {
    let mut parent: Vec<usize> = (0..problem.blocks.len()).collect();
    for (a, b) in &problem.together {
        if !is_locked(*a) && !is_locked(*b) {
            let (a, b) = (root(&mut parent, *a), root(&mut parent, *b));
            // The first block stands for all.
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut number = vec![None; parent.len()];
    let mut next = 0;
    for block in 0..parent.len() {
        if is_locked(block) {
            continue;
        }
        let root = root(&mut parent, block);
        if number[root].is_none() {
            number[root] = Some(next);
            next += 1;
        }
        number[block] = number[root];
    }
    number
}

/// The place from which sums are counted: near the blocks, so that they stay small.
fn corner(problem: &Problem) -> (i64, i64) {
    let places = || problem.blocks.iter().filter_map(|block| block.at);
    let x = places().map(|at| at.x).min().unwrap_or(0);
    let y = places().map(|at| at.y).min().unwrap_or(0);
    (x, y)
}

/// The block that stands for all that are joined to this one.
fn root(parent: &mut [usize], mut block: usize) -> usize {
    while parent[block] != block {
        parent[block] = parent[parent[block]];
        block = parent[block];
    }
    block
}
