//! Exact cover by depth-first search: all plans of a few columns that cost no more than a limit, the best one kept.

use super::columns::Question;
use super::enumerate::divisible;
use super::master::Prices;
use super::model::Standard;

/// The best plan known, and the cost that a better one must not exceed.
#[derive(Clone, Debug)]
pub(super) struct Best {
    /// Plans that cost more are of no interest.
    pub(super) limit: i128,
    /// The columns of the best plan found, by their first nodes.
    pub(super) plan: Option<Vec<usize>>,
    /// The first plan is enough.
    pub(super) any: bool,
}

impl Best {
    /// Takes a plan if it costs less, or as much and comes first in order.
    pub(super) fn offer(&mut self, question: &Question<'_>, mut plan: Vec<usize>) {
        let cost = question.cost_of(&plan);
        plan.sort_unstable_by_key(|column| question.nodes(*column).first().copied());
        let better = match &self.plan {
            None => cost <= self.limit,
            Some(known) => {
                cost < self.limit
                    || cost == self.limit && order(question, &plan) < order(question, known)
            }
        };
        if better {
            self.limit = cost;
            self.plan = Some(plan);
        }
    }
}

/// A plan as one text: for each node the number of its grid, grids counted by their first nodes; then the labels.
fn order(question: &Question<'_>, plan: &[usize]) -> (Vec<usize>, Vec<u32>) {
    let mut grids = vec![0; question.ground.nodes.len()];
    for (number, column) in plan.iter().enumerate() {
        for node in question.nodes(*column) {
            grids[usize::from(*node)] = number;
        }
    }
    let labels = plan.iter().map(|column| question.columns[*column].label);
    (grids, labels.collect())
}

/// Looks through all plans of these columns. `false` where the nodes do not last, or the first plan was enough.
pub(super) fn cover(
    question: &Question<'_>,
    columns: &[usize],
    prices: &Prices,
    best: &mut Best,
    nodes: &mut u64,
) -> bool {
    let words = question.rows().div_ceil(64);
    let mut items: Vec<(i128, usize)> = columns
        .iter()
        .map(|column| (prices.reduced(question, *column), *column))
        .collect();
    items.sort_unstable();
    let mut bits = vec![0u64; items.len() * words];
    for (item, (_, column)) in items.iter().enumerate() {
        for row in question.rows_of(*column) {
            bits[item * words + row / 64] |= 1 << (row % 64);
        }
    }
    let all: Vec<u32> = (0..items.len() as u32).collect();
    let mut search = Search {
        question,
        prices,
        items,
        bits,
        words,
        standard: question.ground.widest(),
        best,
        left: nodes,
        plan: Vec::new(),
        covered: vec![0; words],
        households: question.ground.total.households,
        residents: question.ground.total.residents,
    };
    search.go(&all, 0)
}

struct Search<'a> {
    question: &'a Question<'a>,
    prices: &'a Prices,
    items: Vec<(i128, usize)>,
    bits: Vec<u64>,
    words: usize,
    standard: Standard,
    best: &'a mut Best,
    left: &'a mut u64,
    plan: Vec<usize>,
    covered: Vec<u64>,
    households: i64,
    residents: i64,
}

impl Search<'_> {
    fn go(&mut self, open: &[u32], dearer: i128) -> bool {
        if *self.left == 0 {
            return false;
        }
        *self.left = self.left.saturating_sub(1 + open.len() as u64 / 8);
        let grids_left = self.question.grids as usize - self.plan.len();
        let Some((row, _)) = self.scarcest(open) else {
            // Nothing is left to cover.
            if grids_left == 0 {
                self.best.offer(self.question, self.plan.clone());
            }
            return !(self.best.any && self.best.plan.is_some());
        };
        if grids_left == 0 || !self.can_be_divided(grids_left) {
            return true;
        }
        let (word, bit) = (row / 64, 1u64 << (row % 64));
        for item in open {
            let (reduced, column) = self.items[*item as usize];
            if self.prices.bound + dearer + reduced > self.best.limit {
                break;
            }
            let at = *item as usize * self.words;
            if self.bits[at + word] & bit == 0 {
                continue;
            }
            let mine: Vec<u64> = self.bits[at..at + self.words].to_vec();
            let most = self.best.limit - self.prices.bound - dearer - reduced;
            let after: Vec<u32> = open
                .iter()
                .copied()
                .take_while(|other| self.items[*other as usize].0 <= most)
                .filter(|other| {
                    let at = *other as usize * self.words;
                    let theirs = &self.bits[at..at + self.words];
                    theirs.iter().zip(&mine).all(|(a, b)| a & b == 0)
                })
                .collect();
            let fact = self
                .question
                .pool
                .fact(self.question.columns[column].set as usize);
            self.households -= i64::from(fact.households);
            self.residents -= i64::from(fact.residents);
            self.plan.push(column);
            self.covered
                .iter_mut()
                .zip(&mine)
                .for_each(|(a, b)| *a |= b);
            let going = self.go(&after, dearer + reduced);
            self.covered
                .iter_mut()
                .zip(&mine)
                .for_each(|(a, b)| *a &= !b);
            self.plan.pop();
            self.households += i64::from(fact.households);
            self.residents += i64::from(fact.residents);
            if !going {
                return false;
            }
        }
        true
    }

    /// The uncovered node that the fewest columns hold.
    fn scarcest(&self, open: &[u32]) -> Option<(usize, u32)> {
        let nodes = self.question.ground.nodes.len();
        let mut counts = vec![0u32; nodes];
        for item in open {
            for node in self.question.nodes(self.items[*item as usize].1) {
                counts[usize::from(*node)] += 1;
            }
        }
        let uncovered = |node: &usize| self.covered[node / 64] & (1 << (node % 64)) == 0;
        (0..nodes)
            .filter(uncovered)
            .map(|node| (node, counts[node]))
            .min_by_key(|(_, count)| *count)
    }

    fn can_be_divided(&self, grids: usize) -> bool {
        let grids = grids as i64;
        let within = |sum: i64, limits: super::model::Limits| {
            sum >= grids * i64::from(limits.min) && sum <= grids * i64::from(limits.max)
        };
        within(self.households, self.standard.households)
            && within(self.residents, self.standard.residents)
            && divisible(self.standard, self.households, self.residents)
    }
}
