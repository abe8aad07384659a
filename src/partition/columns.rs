//! The columns of one question: legal grids as grids of a plan of so many, each with its price and the previous grid it continues.

use super::ground::Ground;
use super::model::Standard;
use super::pool::{Fact, Pool};

/// A legal grid in a role: as a new grid, or as the one that continues a previous grid.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its place in the pool.
    pub(super) set: u32,
    /// The place of the previous grid among the labels, or `NEW`.
    pub(super) label: u32,
    /// What it adds to the cost of a plan.
    pub(super) cost: i128,
}

/// The label of a grid that continues none.
pub(super) const NEW: u32 = u32::MAX;

/// What a plan of so many grids is asked for, and the columns it is made of.
#[derive(Clone, Debug)]
pub(super) struct Question<'g> {
    pub(super) ground: &'g Ground,
    pub(super) pool: &'g Pool,
    /// How many grids; locked ones are not among them.
    pub(super) grids: u32,
    pub(super) columns: Vec<Column>,
}

impl<'g> Question<'g> {
    /// All sets of the pool, in every role that they can have.
    pub(super) fn new(ground: &'g Ground, pool: &'g Pool, grids: u32) -> Self {
        let mean = ground.mean_work(grids);
        let plain = (0..pool.len()).map(|set| Column {
            set: set as u32,
            label: NEW,
            cost: i128::from(pool.cost(ground, set, mean)),
        });
        let mut columns: Vec<Column> = plain.collect();
        let move_cost = ground.move_cost();
        if !ground.labels.is_empty() {
            columns = in_roles(ground, pool, &columns, move_cost);
        }
        Self {
            ground,
            pool,
            grids,
            columns,
        }
    }

    pub(super) fn nodes(&self, column: usize) -> &'g [u16] {
        self.pool.nodes(self.columns[column].set as usize)
    }

    /// How many rows the programme has: one a node, one a label.
    pub(super) fn rows(&self) -> usize {
        self.ground.nodes.len() + self.ground.labels.len()
    }

    /// The row of the previous grid that a column continues.
    pub(super) fn label_row(&self, column: usize) -> Option<usize> {
        let label = self.columns[column].label;
        (label != NEW).then(|| self.ground.nodes.len() + label as usize)
    }

    /// The rows of a column.
    pub(super) fn rows_of(&self, column: usize) -> impl Iterator<Item = usize> + '_ {
        let nodes = self.nodes(column).iter().map(|node| usize::from(*node));
        nodes.chain(self.label_row(column))
    }

    pub(super) fn cost_of(&self, columns: &[usize]) -> i128 {
        columns
            .iter()
            .map(|column| self.columns[*column].cost)
            .sum()
    }
}

/// Each set as a new grid, and as the continuation of each previous grid that it has households of.
fn in_roles(ground: &Ground, pool: &Pool, plain: &[Column], move_cost: i128) -> Vec<Column> {
    let mut columns = Vec::new();
    let mut common: Vec<i64> = vec![0; ground.labels.len()];
    for column in plain {
        let set = column.set as usize;
        let fact = pool.fact(set);
        common.fill(0);
        for node in pool.nodes(set) {
            for (label, households) in &ground.nodes[usize::from(*node)].was {
                if let Ok(place) = ground.labels.binary_search(label) {
                    common[place] += i64::from(*households);
                }
            }
        }
        if fits(&fact, ground.standard) {
            let moved = i128::from(fact.households);
            columns.push(Column {
                cost: column.cost + move_cost * moved,
                ..*column
            });
        }
        for (place, common) in common.iter().enumerate() {
            if *common > 0 && fits(&fact, ground.standard_of(Some(ground.labels[place]))) {
                let moved = i128::from(i64::from(fact.households) - common);
                columns.push(Column {
                    set: column.set,
                    label: place as u32,
                    cost: column.cost + move_cost * moved,
                });
            }
        }
    }
    columns
}

fn fits(fact: &Fact, standard: Standard) -> bool {
    let number = |n: i32| u64::from(n.unsigned_abs());
    standard.households.missed(number(fact.households)) == 0
        && standard.residents.missed(number(fact.residents)) == 0
}

/// The columns of a plan of sets, where all are there.
pub(super) fn columns_of(
    question: &Question<'_>,
    sets: &[(Vec<usize>, Option<u32>)],
) -> Option<Vec<usize>> {
    let ground = question.ground;
    let wanted: Vec<(Vec<u16>, u32)> = sets
        .iter()
        .map(|(nodes, label)| {
            let place = label.and_then(|label| ground.labels.binary_search(&label).ok());
            let label = place.map_or(NEW, |place| place as u32);
            (nodes.iter().map(|node| *node as u16).collect(), label)
        })
        .collect();
    let mut found = vec![None; wanted.len()];
    for (place, column) in question.columns.iter().enumerate() {
        let nodes = question.nodes(place);
        let same = wanted
            .iter()
            .position(|(wanted, label)| *label == column.label && wanted.as_slice() == nodes);
        if let Some(same) = same {
            found[same] = Some(place);
        }
    }
    found.into_iter().collect()
}
