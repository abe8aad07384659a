//! Every legal grid, each once: connected, within the limits, and what is left can still be divided.

use super::ground::{Ground, Sums};
use super::model::{Limits, Standard};
use super::pool::Pool;

/// Lists all legal grids, or gives up.
///
/// `None` where there are more than `most` of them, or more than `nodes` steps are needed; `nodes` is less by the steps
/// taken.
pub(super) fn enumerate(ground: &Ground, most: usize, nodes: &mut u64) -> Option<Pool> {
    let count = ground.nodes.len();
    let mut listing = Listing {
        ground,
        standard: ground.widest(),
        state: vec![State::Free; count],
        set: Vec::new(),
        sums: Sums::default(),
        pool: Pool::default(),
        most,
        left: *nodes,
        seen: vec![0; count],
        round: 0,
        stack: Vec::new(),
    };
    let mut whole = true;
    for root in 0..count {
        if !listing.from(root) {
            whole = false;
            break;
        }
        // Sets that hold this node are listed: all others do without it.
        listing.state[root] = State::Out;
    }
    *nodes = listing.left;
    whole.then_some(listing.pool)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Free,
    In,
    Next,
    Out,
}

struct Listing<'g> {
    ground: &'g Ground,
    standard: Standard,
    state: Vec<State>,
    set: Vec<usize>,
    sums: Sums,
    pool: Pool,
    most: usize,
    left: u64,
    seen: Vec<u32>,
    round: u32,
    stack: Vec<usize>,
}

/// No legal grid has more blocks than this: the recursion stays shallow.
const DEEPEST: usize = 1500;

impl Listing<'_> {
    /// Lists the sets whose first node this is. `false` to give up.
    fn from(&mut self, root: usize) -> bool {
        if !self.fits(root) {
            return true;
        }
        self.take(root);
        let mut next = Vec::new();
        self.open(root, &mut next);
        let going = self.grow(&next);
        self.close(&next);
        self.put_back(root);
        going
    }

    /// Lists the sets that hold all of `set`, and of the others only what comes after: `next` in this order.
    fn grow(&mut self, next: &[usize]) -> bool {
        if self.left == 0 || self.set.len() > DEEPEST {
            return false;
        }
        self.left -= 1;
        if !self.can_fill() {
            return true;
        }
        if self.is_full_enough() && self.leaves_the_rest_whole() {
            if self.pool.len() >= self.most {
                return false;
            }
            let mut nodes = self.set.clone();
            nodes.sort_unstable();
            self.pool.push(nodes.into_iter(), &self.sums);
        }
        let mut going = true;
        let mut done = 0;
        for (place, node) in next.iter().enumerate() {
            if !going {
                break;
            }
            done = place + 1;
            if self.fits(*node) {
                self.take(*node);
                let mut after: Vec<usize> = next[place + 1..].to_vec();
                let known = after.len();
                self.open(*node, &mut after);
                going = self.grow(&after);
                self.close(&after[known..]);
                self.put_back(*node);
            }
            self.state[*node] = State::Out;
        }
        for node in &next[..done] {
            self.state[*node] = State::Next;
        }
        going
    }

    fn fits(&self, node: usize) -> bool {
        let of = &self.ground.nodes[node];
        let Standard {
            households,
            residents,
        } = self.standard;
        self.sums.households + of.sums.households <= i64::from(households.max)
            && self.sums.residents + of.sums.residents <= i64::from(residents.max)
            && !of.apart.iter().any(|other| self.state[*other] == State::In)
    }

    fn take(&mut self, node: usize) {
        self.state[node] = State::In;
        self.set.push(node);
        self.sums.add(&self.ground.nodes[node].sums);
    }

    fn put_back(&mut self, node: usize) {
        self.state[node] = State::Next;
        self.set.pop();
        self.sums.take(&self.ground.nodes[node].sums);
    }

    fn open(&mut self, node: usize, next: &mut Vec<usize>) {
        for near in &self.ground.nodes[node].near {
            if self.state[*near] == State::Free {
                self.state[*near] = State::Next;
                next.push(*near);
            }
        }
    }

    fn close(&mut self, opened: &[usize]) {
        for node in opened {
            self.state[*node] = State::Free;
        }
    }

    fn is_full_enough(&self) -> bool {
        self.sums.households >= i64::from(self.standard.households.min)
            && self.sums.residents >= i64::from(self.standard.residents.min)
    }

    /// Whether the set can still reach the least with what is not excluded.
    fn can_fill(&mut self) -> bool {
        let mut missing = (
            i64::from(self.standard.households.min) - self.sums.households,
            i64::from(self.standard.residents.min) - self.sums.residents,
        );
        if missing.0 <= 0 && missing.1 <= 0 {
            return true;
        }
        self.round += 1;
        self.stack.clear();
        for node in &self.set {
            self.seen[*node] = self.round;
            self.stack.push(*node);
        }
        while let Some(node) = self.stack.pop() {
            for near in &self.ground.nodes[node].near {
                if self.seen[*near] != self.round && self.state[*near] != State::Out {
                    self.seen[*near] = self.round;
                    self.stack.push(*near);
                    let sums = &self.ground.nodes[*near].sums;
                    missing.0 -= sums.households;
                    missing.1 -= sums.residents;
                    if missing.0 <= 0 && missing.1 <= 0 {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Whether each piece that is left without the set can be divided, by arithmetic.
    fn leaves_the_rest_whole(&mut self) -> bool {
        let ground = self.ground;
        self.round += 1;
        for node in &self.set {
            self.seen[*node] = self.round;
        }
        // A piece of the rest that does not touch the set is a piece of the whole, which was looked at before.
        for member in &self.set {
            for start in &ground.nodes[*member].near {
                if self.seen[*start] == self.round {
                    continue;
                }
                self.seen[*start] = self.round;
                self.stack.clear();
                self.stack.push(*start);
                let (mut households, mut residents) = (0, 0);
                while let Some(node) = self.stack.pop() {
                    let node = &ground.nodes[node];
                    households += node.sums.households;
                    residents += node.sums.residents;
                    for near in &node.near {
                        if self.seen[*near] != self.round {
                            self.seen[*near] = self.round;
                            self.stack.push(*near);
                        }
                    }
                }
                if !divisible(self.standard, households, residents) {
                    return false;
                }
            }
        }
        true
    }
}

/// Whether some number of grids fits the sums.
pub(super) fn divisible(standard: Standard, households: i64, residents: i64) -> bool {
    let range = |sum: i64, limits: Limits| {
        let most = if limits.min == 0 {
            i64::MAX
        } else {
            sum / i64::from(limits.min)
        };
        let max = i64::from(limits.max.max(1));
        ((sum + max - 1) / max, most)
    };
    let (from_h, to_h) = range(households, standard.households);
    let (from_r, to_r) = range(residents, standard.residents);
    from_h.max(from_r).max(1) <= to_h.min(to_r)
}
