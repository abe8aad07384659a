//! Search for a good legal plan: simulated annealing over moves and swaps of nodes at the borders of grids.

use fastrand::Rng;

use super::ground::Ground;
use super::model::Standard;
use super::seed::{continued, seeded};

/// What is asked of the search.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// How many grids.
    pub(super) grids: u32,
    /// Where the random numbers begin.
    pub(super) seed: u64,
    /// Begin with the previous plan, where there is one.
    pub(super) previous: bool,
    /// How many moves are tried.
    pub(super) steps: u64,
    /// End at the first legal plan.
    pub(super) any: bool,
}

/// A plan of the search: the grid of each node. Where there is a previous plan, grid `i` continues the label `i`, as
/// far as there are labels.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) grids: Vec<u16>,
    /// By how much the limits are missed, households and residents.
    pub(super) missed: (i64, i64),
    /// Moves that were tried.
    pub(super) steps: u64,
}

/// Searches from one random beginning. What it ends with is legal if anything legal was met.
pub(super) fn anneal(
    ground: &Ground,
    wanted: Wanted,
    visit: &mut dyn FnMut(&[u16]),
) -> Option<Found> {
    let mut rng = Rng::with_seed(wanted.seed);
    let previous = wanted
        .previous
        .then(|| continued(ground, wanted.grids, &mut rng));
    let start = previous
        .flatten()
        .or_else(|| seeded(ground, wanted.grids, &mut rng))?;
    let mut state = State::new(ground, wanted.grids, start);
    state.run(wanted, &mut rng, visit);
    Some(state.best)
}

#[derive(Clone, Copy, Debug, Default)]
struct Total {
    households: i64,
    residents: i64,
    work: f64,
    x: f64,
    y: f64,
    square: f64,
    /// Households that were in the previous grid which this one continues.
    stayed: f64,
    nodes: u32,
}

struct State<'g> {
    ground: &'g Ground,
    grids: Vec<u16>,
    totals: Vec<Total>,
    standards: Vec<Standard>,
    /// What each node adds to a grid.
    parts: Vec<Total>,
    mean_work: f64,
    balance: f64,
    move_cost: f64,
    /// What one missed household costs.
    penalty: f64,
    missed: (i64, i64),
    /// A missed resident counts so much of a missed household.
    softness: f64,
    best: Found,
    best_cost: f64,
    seen: Vec<u32>,
    round: u32,
    stack: Vec<usize>,
}

/// A pair in one grid that must be apart counts as so many missed households: more than a community has.
pub(super) const CLASH: i64 = 1_000_000_000;
/// Moves between two looks at the penalty and the heat.
const PART: u64 = 1000;

/// A node and the grid it goes to.
type Step = (usize, u16);

impl<'g> State<'g> {
    fn new(ground: &'g Ground, count: u32, grids: Vec<u16>) -> Self {
        let parts = ground.nodes.iter().map(|node| Total {
            households: node.sums.households,
            residents: node.sums.residents,
            work: node.sums.work as f64,
            x: node.sums.x as f64,
            y: node.sums.y as f64,
            square: node.sums.square as f64,
            stayed: 0.0,
            nodes: 1,
        });
        let parts: Vec<Total> = parts.collect();
        let count = count as usize;
        let standards = (0..count)
            .map(|grid| ground.standard_of(ground.labels.get(grid).copied()))
            .collect();
        let mut state = Self {
            ground,
            totals: vec![Total::default(); count],
            standards,
            mean_work: ground.mean_work(count as u32) as f64,
            balance: ground.balance as f64,
            move_cost: 0.0,
            penalty: 0.0,
            missed: (0, 0),
            softness: ground.total.households as f64 / (ground.total.residents as f64).max(1.0),
            best: Found {
                grids: grids.clone(),
                missed: (i64::MAX, i64::MAX),
                steps: 0,
            },
            best_cost: f64::INFINITY,
            seen: vec![0; parts.len()],
            round: 0,
            stack: Vec::new(),
            parts,
            grids,
        };
        for node in 0..state.parts.len() {
            let grid = state.grids[node];
            let part = state.part(node, grid);
            state.totals[usize::from(grid)].add(&part);
        }
        for grid in 0..count {
            let (h, r) = state.missed_of(grid, &state.totals[grid]);
            state.missed.0 += h;
            state.missed.1 += r;
        }
        let clashes: i64 = (0..state.parts.len())
            .map(|node| state.clashes(node, state.grids[node]))
            .sum();
        state.missed.0 += clashes / 2 * CLASH;
        state
    }

    fn part(&self, node: usize, grid: u16) -> Total {
        let mut part = self.parts[node];
        if let Some(label) = self.ground.labels.get(usize::from(grid)) {
            let was = &self.ground.nodes[node].was;
            let stayed = was.iter().find(|(known, _)| known == label);
            part.stayed = stayed.map_or(0.0, |(_, households)| f64::from(*households));
        }
        part
    }

    /// How many nodes of a grid a node must be apart from.
    fn clashes(&self, node: usize, grid: u16) -> i64 {
        let apart = &self.ground.nodes[node].apart;
        apart
            .iter()
            .filter(|other| self.grids[**other] == grid)
            .count() as i64
    }

    fn missed_of(&self, grid: usize, total: &Total) -> (i64, i64) {
        let missed =
            |limits: super::model::Limits, number: i64| limits.missed(number.unsigned_abs()).abs();
        let standard = self.standards[grid];
        (
            missed(standard.households, total.households),
            missed(standard.residents, total.residents),
        )
    }

    fn cost_of(&self, total: &Total) -> f64 {
        let households = total.households as f64;
        let centred = if households > 0.0 {
            (total.x * total.x + total.y * total.y) / households
        } else {
            0.0
        };
        let off = total.work - self.mean_work;
        let moved = households - total.stayed;
        total.square - centred + self.balance * off * off + self.move_cost * moved
    }

    fn cost(&self) -> f64 {
        self.totals.iter().map(|total| self.cost_of(total)).sum()
    }

    fn run(&mut self, wanted: Wanted, rng: &mut Rng, visit: &mut dyn FnMut(&[u16])) {
        let plain = self.cost();
        if !self.ground.labels.is_empty() {
            self.move_cost = plain.max(1.0) / 20.0;
        }
        let mut cost = self.cost();
        self.keep(cost);
        visit(&self.grids);
        let count = self.totals.len().max(1) as f64;
        let first = (plain / count * 0.3).max(1.0);
        let last = first * 2e-4;
        let parts = wanted.steps.div_ceil(PART).max(1);
        let cooling = nth_root(last / first, parts);
        let mut heat = first;
        let mean = (self.ground.total.households as f64 / count).max(1.0);
        self.penalty = plain / count / mean;
        for _ in 0..parts {
            self.best.steps += PART;
            for _ in 0..PART {
                if let Some(change) = self.step(rng, heat) {
                    cost += change;
                    if wanted.any && self.missed == (0, 0) {
                        self.keep(cost);
                        return;
                    }
                    if self.missed <= self.best.missed
                        && (cost < self.best_cost || self.missed < self.best.missed)
                    {
                        self.keep(cost);
                    }
                }
            }
            visit(&self.grids);
            self.penalty *= if self.missed == (0, 0) { 0.8 } else { 1.25 };
            self.penalty = self.penalty.clamp(1e-3 * first / mean, 1e6 * first);
            heat *= cooling;
        }
    }

    fn keep(&mut self, cost: f64) {
        self.best.grids.clone_from(&self.grids);
        self.best.missed = self.missed;
        self.best_cost = cost;
    }

    /// Tries one move or swap; what it changes in cost, where it was made.
    fn step(&mut self, rng: &mut Rng, heat: f64) -> Option<f64> {
        let first = self.any_move(rng)?;
        let from = self.grids[first.0];
        let missed = self.missed;
        let mut change = self.make(first)?;
        let mut second = None;
        if rng.u8(..) < 80 {
            // A swap: something of the other grid comes back.
            let back = self.any_back(rng, first, from);
            if let Some(step) = back {
                let Some(more) = self.make(step) else {
                    self.force((first.0, from));
                    return None;
                };
                change += more;
                second = Some(step);
            }
        }
        let worse =
            (self.missed.0 - missed.0) as f64 + (self.missed.1 - missed.1) as f64 * self.softness;
        let energy = change + self.penalty * worse;
        if energy <= 0.0 || rng.f64() < falling(energy / heat) {
            return Some(change);
        }
        if let Some((node, _)) = second {
            self.force((node, first.1));
        }
        self.force((first.0, from));
        None
    }

    fn any_move(&self, rng: &mut Rng) -> Option<Step> {
        let node = rng.usize(..self.grids.len());
        let near = &self.ground.nodes[node].near;
        if near.is_empty() {
            return None;
        }
        let other = near[rng.usize(..near.len())];
        (self.grids[node] != self.grids[other]).then(|| (node, self.grids[other]))
    }

    /// A node of the grid that was moved to, at the border of the grid that was moved from.
    fn any_back(&self, rng: &mut Rng, first: Step, from: u16) -> Option<Step> {
        for _ in 0..8 {
            let node = rng.usize(..self.grids.len());
            if node == first.0 || self.grids[node] != first.1 {
                continue;
            }
            let near = &self.ground.nodes[node].near;
            if near.iter().any(|near| self.grids[*near] == from) {
                return Some((node, from));
            }
        }
        // A neighbour of what was moved is at hand always.
        let near = &self.ground.nodes[first.0].near;
        let node = *near.get(rng.usize(..near.len().max(1)))?;
        let touches = |near: &usize| self.grids[*near] == from;
        (self.grids[node] == first.1 && self.ground.nodes[node].near.iter().any(touches))
            .then_some((node, from))
    }

    /// Makes a move if what is left stays connected and nothing is together that must be apart.
    fn make(&mut self, step: Step) -> Option<f64> {
        let (node, to) = step;
        let from = self.grids[node];
        if self.totals[usize::from(from)].nodes < 2
            || self.clashes(node, to) > self.clashes(node, from)
            || !self.can_leave(node)
        {
            return None;
        }
        Some(self.force(step))
    }

    fn force(&mut self, (node, to): Step) -> f64 {
        let from = self.grids[node];
        let mut change = 0.0;
        self.missed.0 += (self.clashes(node, to) - self.clashes(node, from)) * CLASH;
        for (grid, comes) in [(from, false), (to, true)] {
            let part = self.part(node, grid);
            let place = usize::from(grid);
            let before = self.totals[place];
            let mut after = before;
            if comes {
                after.add(&part);
            } else {
                after.take(&part);
            }
            change += self.cost_of(&after) - self.cost_of(&before);
            let (was, is) = (
                self.missed_of(place, &before),
                self.missed_of(place, &after),
            );
            self.missed.0 += is.0 - was.0;
            self.missed.1 += is.1 - was.1;
            self.totals[place] = after;
        }
        self.grids[node] = to;
        change
    }

    /// Whether its grid stays connected without a node.
    fn can_leave(&mut self, node: usize) -> bool {
        let ground = self.ground;
        let grid = self.grids[node];
        let mut same = ground.nodes[node]
            .near
            .iter()
            .copied()
            .filter(|near| self.grids[*near] == grid);
        let Some(start) = same.next() else {
            return true;
        };
        self.round += 1;
        let mut open = 0;
        for near in same {
            self.seen[near] = self.round;
            open += 1;
        }
        if open == 0 {
            return true;
        }
        // Two marks a search: to be reached, and reached.
        let (sought, reached) = (self.round, self.round + 1);
        self.round += 1;
        self.stack.clear();
        self.stack.push(start);
        self.seen[start] = reached;
        self.seen[node] = reached;
        while let Some(at) = self.stack.pop() {
            for near in &ground.nodes[at].near {
                if self.grids[*near] != grid || self.seen[*near] == reached {
                    continue;
                }
                if self.seen[*near] == sought {
                    open -= 1;
                    if open == 0 {
                        return true;
                    }
                }
                self.seen[*near] = reached;
                self.stack.push(*near);
            }
        }
        false
    }
}

impl Total {
    fn add(&mut self, part: &Self) {
        self.households += part.households;
        self.residents += part.residents;
        self.work += part.work;
        self.x += part.x;
        self.y += part.y;
        self.square += part.square;
        self.stayed += part.stayed;
        self.nodes += part.nodes;
    }

    fn take(&mut self, part: &Self) {
        self.households -= part.households;
        self.residents -= part.residents;
        self.work -= part.work;
        self.x -= part.x;
        self.y -= part.y;
        self.square -= part.square;
        self.stayed -= part.stayed;
        self.nodes -= part.nodes;
    }
}

/// About e⁻ˣ, by multiplications alone: the same on every platform.
fn falling(x: f64) -> f64 {
    if x > 30.0 {
        return 0.0;
    }
    let mut power = 1.0 - x / 64.0;
    for _ in 0..6 {
        power *= power;
    }
    power
}

/// The n-th root of a number between 0 and 1, by bisection: the same on every platform.
fn nth_root(number: f64, n: u64) -> f64 {
    let power = |base: f64| {
        let (mut result, mut base, mut left) = (1.0, base, n);
        while left > 0 {
            if left % 2 == 1 {
                result *= base;
            }
            base *= base;
            left /= 2;
        }
        result
    };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if power(middle) < number {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}
