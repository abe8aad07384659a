//! Blocks where nobody lives: left out while the others are divided, given out afterwards.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, VecDeque};

use super::ground::{Ground, Node};
use super::legal::is_legal;
use super::outcome::{Grid, Plan};
use super::worth::sums_of;

/// A community without (some of) the blocks where nobody lives.
///
/// They cost nothing and count nothing: they only join others. A set of the other nodes hangs together through them just
/// where it hangs together if all that touch one region of them touch each other. So each legal grid of the whole community
/// is, without them, one of this community, and a bound for this one holds for the whole. The reverse does not hold: two
/// grids may need the same empty block.
#[derive(Debug)]
pub(super) struct Vacant<'g> {
    whole: &'g Ground,
    /// The nodes that are left out, by the regions that hang together.
    regions: Vec<Vec<usize>>,
    pub(super) inhabited: Ground,
}

/// So often is it tried in another order to join the grids through empty blocks: times the number of grids.
const TRIES: usize = 8;

impl<'g> Vacant<'g> {
    /// Leaves out what can be left out; `None` where there is nothing, or where a grid needs nobody to be legal.
    pub(super) fn new(whole: &'g Ground) -> Option<Self> {
        let own = whole.own.iter().map(|(_, standard)| standard);
        let mut standards = std::iter::once(&whole.standard).chain(own);
        if standards.any(|of| of.households.min == 0 && of.residents.min == 0) {
            return None;
        }
        let regions = regions(whole, |node| {
            let of = &whole.nodes[node];
            let sums = &of.sums;
            sums.households == 0 && sums.residents == 0 && sums.work == 0 && of.apart.is_empty()
        });
        Self::without(whole, regions)
    }

    /// Leaves these regions out.
    fn without(whole: &'g Ground, regions: Vec<Vec<usize>>) -> Option<Self> {
        if regions.is_empty() {
            return None;
        }
        let inhabited = left(whole, &regions);
        Some(Self {
            whole,
            regions,
            inhabited,
        })
    }

    /// Gives the empty blocks to the grids of a plan, each grid in one piece. Where that cannot be done, the empty nodes that
    /// were too few for it.
    pub(super) fn filled(&self, plan: &Plan) -> Result<Plan, BTreeSet<usize>> {
        let mut filling = Filling::new(self.whole, &self.regions, plan);
        filling.join()?;
        filling.give_out();
        let all = || self.regions.iter().flatten().copied().collect();
        filling.plan(plan).ok_or_else(all)
    }

    /// The community with the regions left in that these empty nodes belong to; `None` where nothing is left out then.
    pub(super) fn with(self, narrow: &BTreeSet<usize>) -> Option<Self> {
        let is_wide = |region: &Vec<usize>| !region.iter().any(|node| narrow.contains(node));
        let wide = self.regions.into_iter().filter(is_wide);
        Self::without(self.whole, wide.collect())
    }
}

/// The nodes that are so, in regions that hang together and touch others.
fn regions(whole: &Ground, is_so: impl Fn(usize) -> bool) -> Vec<Vec<usize>> {
    let mut seen: Vec<bool> = (0..whole.nodes.len()).map(|node| !is_so(node)).collect();
    let mut regions = Vec::new();
    for start in 0..seen.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut region = vec![start];
        let mut next = 0;
        while let Some(node) = region.get(next).copied() {
            next += 1;
            for near in &whole.nodes[node].near {
                if !std::mem::replace(&mut seen[*near], true) {
                    region.push(*near);
                }
            }
        }
        region.sort_unstable();
        let inside = |node: &usize| region.binary_search(node).is_ok();
        let touches = |node: &usize| whole.nodes[*node].near.iter().any(|near| !inside(near));
        if region.iter().any(touches) {
            regions.push(region);
        }
    }
    regions
}

/// The community without these regions: all that touch one of them touch each other.
fn left(whole: &Ground, regions: &[Vec<usize>]) -> Ground {
    let out: BTreeSet<usize> = regions.iter().flatten().copied().collect();
    let kept: Vec<usize> = (0..whole.nodes.len())
        .filter(|node| !out.contains(node))
        .collect();
    let place = |node: &usize| kept.binary_search(node).ok();
    let mut nodes: Vec<Node> = kept
        .iter()
        .map(|node| {
            let mut of = whole.nodes[*node].clone();
            of.near = of.near.iter().filter_map(place).collect();
            of.apart = of.apart.iter().filter_map(place).collect();
            of
        })
        .collect();
    for region in regions {
        let around = region.iter().flat_map(|node| &whole.nodes[*node].near);
        let around: BTreeSet<usize> = around.filter_map(place).collect();
        for node in &around {
            let others = around.iter().filter(|other| *other != node);
            nodes[*node].near.extend(others);
        }
    }
    for node in &mut nodes {
        node.near.sort_unstable();
        node.near.dedup();
    }
    Ground {
        nodes,
        ..whole.clone()
    }
}

/// Empty blocks on their way into grids.
struct Filling<'g> {
    whole: &'g Ground,
    /// The nodes of each grid of the plan; none of a locked one.
    grids: Vec<Vec<usize>>,
    labels: Vec<Option<u32>>,
    /// The grid of each node; `None` for what is not given out.
    of: Vec<Option<usize>>,
    empty: Vec<bool>,
}

impl<'g> Filling<'g> {
    fn new(whole: &'g Ground, regions: &[Vec<usize>], plan: &Plan) -> Self {
        let mut empty = vec![false; whole.nodes.len()];
        for node in regions.iter().flatten() {
            empty[*node] = true;
        }
        let mut node_of = std::collections::BTreeMap::new();
        for (node, of) in whole.nodes.iter().enumerate() {
            node_of.extend(of.blocks.iter().map(|block| (*block, node)));
        }
        let mut filling = Self {
            whole,
            grids: Vec::new(),
            labels: Vec::new(),
            of: vec![None; whole.nodes.len()],
            empty,
        };
        for (grid, of) in plan.grids.iter().enumerate() {
            let nodes = of.blocks.iter().filter_map(|block| node_of.get(block));
            let mut nodes: Vec<usize> = nodes.copied().collect();
            nodes.sort_unstable();
            nodes.dedup();
            for node in &nodes {
                filling.of[*node] = Some(grid);
            }
            filling.grids.push(nodes);
            filling.labels.push(of.continues);
        }
        filling
    }

    /// Takes as few empty blocks into each grid as make it one piece; where that does not go, all that a grid could
    /// have used that could not be joined.
    fn join(&mut self) -> Result<(), BTreeSet<usize>> {
        let before = self.of.clone();
        let mut order: Vec<usize> = (0..self.grids.len()).collect();
        let mut narrow = BTreeSet::new();
        for _ in 0..=TRIES * order.len() {
            self.of.clone_from(&before);
            let stuck = order.iter().position(|grid| !self.joined(*grid));
            let Some(stuck) = stuck else { return Ok(()) };
            let grid = order.remove(stuck);
            narrow.extend(self.touched(grid));
            // Whoever found no way has the first choice next time.
            order.insert(0, grid);
        }
        Err(narrow)
    }

    /// Makes a grid one piece through empty blocks that nobody has; `false` where it cannot be.
    fn joined(&mut self, grid: usize) -> bool {
        let Some(first) = self.grids[grid].first().copied() else {
            return true;
        };
        loop {
            let mut from = vec![None; self.of.len()];
            from[first] = Some(first);
            let mut open = VecDeque::from([first]);
            // The piece of the first node costs no step, an empty block costs one.
            let mut other = None;
            while let Some(node) = open.pop_front() {
                let is_own = self.of[node] == Some(grid);
                if is_own && !self.walks(grid, &from, node) {
                    other = Some(node);
                    break;
                }
                for near in &self.whole.nodes[node].near {
                    let is_own = self.of[*near] == Some(grid);
                    let is_open = self.empty[*near] && self.of[*near].is_none();
                    if from[*near].is_none() && (is_own || is_open) {
                        from[*near] = Some(node);
                        if is_own {
                            open.push_front(*near);
                        } else {
                            open.push_back(*near);
                        }
                    }
                }
            }
            let Some(mut node) = other else {
                let own = self.grids[grid].iter();
                return own.copied().all(|node| from[node].is_some());
            };
            while let Some(previous) = from[node].filter(|previous| *previous != node) {
                node = previous;
                self.of[node] = Some(grid);
            }
        }
    }

    /// Whether the way to a node leads over nodes of the grid alone.
    fn walks(&self, grid: usize, from: &[Option<usize>], node: usize) -> bool {
        let mut node = node;
        while let Some(previous) = from[node].filter(|previous| *previous != node) {
            if self.of[previous] != Some(grid) {
                return false;
            }
            node = previous;
        }
        true
    }

    /// The empty blocks that a grid touches.
    fn touched(&self, grid: usize) -> Vec<usize> {
        let near = self.grids[grid]
            .iter()
            .flat_map(|node| &self.whole.nodes[*node].near);
        near.copied().filter(|node| self.empty[*node]).collect()
    }

    /// Gives each empty block that is left to a grid that it touches: the one that it was in, or the nearest.
    fn give_out(&mut self) {
        let mut open = BinaryHeap::new();
        for node in 0..self.of.len() {
            self.offer(node, &mut open);
        }
        while let Some(Reverse((_, _, node, grid))) = open.pop() {
            if self.of[node].is_none() {
                self.of[node] = Some(grid);
                for near in &self.whole.nodes[node].near {
                    self.offer(*near, &mut open);
                }
            }
        }
    }

    fn offer(&self, node: usize, open: &mut BinaryHeap<Reverse<(bool, i64, usize, usize)>>) {
        let of = &self.whole.nodes[node];
        if !self.empty[node] || self.of[node].is_some() {
            return;
        }
        let mut near: Vec<usize> = of.near.iter().filter_map(|near| self.of[*near]).collect();
        near.sort_unstable();
        near.dedup();
        for grid in near {
            let label = self.labels[grid];
            let was = of.was.iter().any(|(known, _)| Some(*known) == label);
            open.push(Reverse((!was, self.distance(node, grid), node, grid)));
        }
    }

    /// The squared distance of a node from the middle of a grid, in dm².
    fn distance(&self, node: usize, grid: usize) -> i64 {
        let sums = sums_of(self.whole, &self.grids[grid]);
        let households = sums.households.max(1);
        let at = self.whole.nodes[node].places.first();
        at.map_or(0, |(x, y, _)| {
            (x - sums.x / households).pow(2) + (y - sums.y / households).pow(2)
        })
    }

    /// The plan with what was given out; `None` where it is not legal after all.
    fn plan(&self, plan: &Plan) -> Option<Plan> {
        let mut grids = Vec::with_capacity(plan.grids.len());
        for (grid, known) in plan.grids.iter().enumerate() {
            let mut nodes = self.grids[grid].clone();
            let given = (0..self.of.len()).filter(|node| self.empty[*node]);
            nodes.extend(given.filter(|node| self.of[*node] == Some(grid)));
            if nodes.is_empty() {
                grids.push(known.clone());
                continue;
            }
            nodes.sort_unstable();
            if !is_legal(self.whole, &nodes, known.continues) {
                return None;
            }
            let blocks = nodes
                .iter()
                .flat_map(|node| &self.whole.nodes[*node].blocks);
            let mut blocks: Vec<usize> = blocks.copied().collect();
            blocks.sort_unstable();
            grids.push(Grid {
                blocks,
                continues: known.continues,
            });
        }
        let all = (0..self.of.len()).all(|node| self.of[node].is_some());
        grids.sort_by(|a, b| a.blocks.cmp(&b.blocks));
        all.then_some(Plan { grids })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::branch::best_plan;
    use super::super::columns::Question;
    use super::super::enumerate::enumerate;
    use super::super::legal::is_connected;
    use super::super::model::{Block, Limits, Options, Point, Problem, Standard};
    use super::super::priced::labelled;
    use super::super::worth::plan_of;
    use super::*;

    fn problem(blocks: &[(u32, i64, i64)], links: &[(usize, usize)]) -> Problem {
        let block = |(households, x, y): &(u32, i64, i64)| Block {
            households: *households,
            residents: 3 * households,
            work: *households,
            building: 0,
            at: Some(Point { x: *x, y: *y }),
        };
        Problem {
            blocks: blocks.iter().map(block).collect(),
            links: links.to_vec(),
            ..Problem::default()
        }
    }

    fn options(least: u32, most: u32) -> Options {
        let limits = |times: u32| Limits {
            min: times * least,
            max: times * most,
        };
        Options {
            standard: Standard {
                households: limits(1),
                residents: limits(3),
            },
            ..Options::default()
        }
    }

    /// The best plan of so many grids.
    fn best(ground: &Ground, grids: u32) -> Option<(Plan, i128)> {
        let mut nodes = 1_000_000;
        let pool = enumerate(ground, 100_000, &mut nodes)?;
        let question = Question::new(ground, &pool, grids);
        let columns = best_plan(&question, None, false, None, &mut nodes).plan?;
        let plan = plan_of(ground, &labelled(&question, &columns));
        Some((plan, question.cost_of(&columns)))
    }

    #[test]
    fn an_empty_block_joins_those_around_it_and_goes_to_one_of_them() {
        // 0 – empty – 2, and the empty one hangs nowhere else.
        let problem = problem(&[(4, 0, 0), (0, 10, 0), (4, 20, 0)], &[(0, 1), (1, 2)]);
        let ground = Ground::new(&problem, &options(8, 8)).unwrap();
        let vacant = Vacant::new(&ground).unwrap();
        assert_eq!(vacant.inhabited.nodes.len(), 2);
        let (plan, _) = best(&vacant.inhabited, 1).unwrap();
        let filled = vacant.filled(&plan).unwrap();
        assert_eq!(filled.grids[0].blocks, [0, 1, 2]);
    }

    #[test]
    fn nothing_is_left_out_where_a_grid_of_empty_blocks_is_legal() {
        let problem = problem(&[(4, 0, 0), (0, 10, 0), (4, 20, 0)], &[(0, 1), (1, 2)]);
        let ground = Ground::new(&problem, &options(0, 8)).unwrap();
        assert!(Vacant::new(&ground).is_none());
    }

    #[test]
    fn an_empty_block_that_two_grids_need_is_left_in() {
        // A cross: 0 and 2 belong together by their number, and so do 1 and 3, but all ways lead over 4.
        let arms = [
            (5, 0, 10),
            (3, 10, 0),
            (3, 20, 10),
            (5, 10, 20),
            (0, 10, 10),
        ];
        let problem = problem(&arms, &[(0, 4), (1, 4), (2, 4), (3, 4)]);
        let ground = Ground::new(&problem, &options(8, 8)).unwrap();
        let vacant = Vacant::new(&ground).unwrap();
        let (plan, _) = best(&vacant.inhabited, 2).unwrap();
        let narrow = vacant.filled(&plan).unwrap_err();
        assert_eq!(narrow.iter().copied().collect::<Vec<_>>(), [4]);
        assert!(vacant.with(&narrow).is_none());
        assert!(best(&ground, 2).is_none());
    }

    proptest! {
        #[test]
        fn what_is_divided_without_empty_blocks_is_no_dearer_and_what_is_filled_is_legal(
            blocks in proptest::collection::vec((prop_oneof![2 => Just(0u32), 3 => 1u32..5], 0i64..60, 0i64..60), 3..12),
            draws in proptest::collection::vec(0usize..100, 11),
            more in proptest::collection::vec((0usize..100, 0usize..100), 0..8),
            (least, room) in (1u32..5, 1u32..5),
            grids in 1u32..5,
        ) {
            let count = blocks.len();
            let tree = (1..count).map(|place| (place, draws[place - 1] % place));
            let others = more.iter().map(|(a, b)| (a % count, b % count)).filter(|(a, b)| a != b);
            let links: Vec<_> = tree.chain(others).collect();
            let problem = problem(&blocks, &links);
            prop_assume!(problem.households() > 0);
            let options = options(least, least + room);
            let ground = Ground::new(&problem, &options).unwrap();
            let Some(vacant) = Vacant::new(&ground) else {
                prop_assert!(blocks.iter().all(|block| block.0 > 0));
                return Ok(());
            };
            prop_assert!(vacant.inhabited.nodes.iter().all(|node| node.sums.households > 0));
            prop_assert_eq!(vacant.inhabited.pieces().len(), 1);
            let of_whole = best(&ground, grids);
            let of_inhabited = best(&vacant.inhabited, grids);
            let Some((plan, cost)) = of_inhabited else {
                prop_assert!(of_whole.is_none());
                return Ok(());
            };
            prop_assert!(of_whole.as_ref().is_none_or(|(_, whole)| cost <= *whole));
            let regions = vacant.regions.len();
            match vacant.filled(&plan) {
                Ok(filled) => {
                    let mut all: Vec<usize> = filled.grids.iter().flat_map(|grid| grid.blocks.clone()).collect();
                    all.sort_unstable();
                    prop_assert_eq!(all, (0..count).collect::<Vec<_>>());
                    prop_assert!(filled.grids.iter().all(|grid| is_connected(&ground, &grid.blocks)));
                    prop_assert_eq!(of_whole.map(|(_, whole)| whole), Some(cost));
                }
                Err(narrow) => {
                    let left = vacant.with(&narrow).map_or(0, |left| left.regions.len());
                    prop_assert!(left < regions);
                }
            }
        }
    }
}
