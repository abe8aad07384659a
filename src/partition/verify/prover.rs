//! What all proofs are made of: the community, its legal grids, and the nodes that may still be looked at.

use std::rc::Rc;

use super::Verdict;
use super::cover::{Found, Item, Quest};
use super::field::Field;
use super::grids::{Grids, legal_grids};
use super::runs::{Runs, best_runs};

/// The state of a check.
pub(super) struct Prover<'f, const W: usize> {
    pub(super) field: &'f Field<'f>,
    pub(super) verdict: Verdict,
    /// Nodes left for proofs that nothing is there.
    pub(super) nodes: u64,
    /// Nodes left for plans that are said to be there and are not given.
    pub(super) spare: u64,
    grids: Option<Rc<Grids<W>>>,
}

/// Whether there is a plan.
pub(super) enum Answer {
    /// There is; the plan, where one was made.
    Yes(Option<super::super::outcome::Plan>),
    /// There is none.
    No,
    /// It was too much to look at.
    Unknown,
}

impl<'f, const W: usize> Prover<'f, W> {
    pub(super) fn new(field: &'f Field<'f>) -> Self {
        let nodes = field.options.nodes / 4;
        Self {
            field,
            verdict: Verdict::default(),
            nodes,
            spare: nodes / 8,
            grids: None,
        }
    }

    /// All legal grids, listed when they are first needed.
    pub(super) fn grids(&mut self) -> Rc<Grids<W>> {
        let nodes = self.field.options.nodes / 4;
        let field = self.field;
        let grids = self
            .grids
            .get_or_insert_with(|| Rc::new(legal_grids(field, nodes)));
        Rc::clone(grids)
    }

    /// Whether there is any plan of so many grids that are not locked.
    pub(super) fn any_plan(&mut self, count: usize, nodes: u64) -> (Answer, u64) {
        let field = self.field;
        if count == 0 || count > field.units.len() {
            return (Answer::No, nodes);
        }
        let mut left = nodes;
        match best_runs(field, count, &mut left) {
            Runs::Best(_) => return (Answer::Yes(None), left),
            Runs::Impossible => return (Answer::No, left),
            Runs::NoChain => {}
        }
        if left == 0 {
            return (Answer::Unknown, left);
        }
        let grids = self.grids();
        let mut order: Vec<usize> = (0..grids.list.len()).collect();
        // Where there is a plan, compact grids lead to it sooner.
        order.sort_by_key(|place| grids.list[*place].inertia);
        let mut items = Vec::new();
        for place in order {
            let roles = grids.list[place].roles(field, count, 0);
            // What can be a new grid needs no previous one.
            let is_free = roles.iter().any(|role| role.label.is_none());
            items.extend(
                roles
                    .iter()
                    .filter(|role| !is_free || role.label.is_none())
                    .map(|role| Item {
                        grid: place as u32,
                        label: role.label.map(|label| label as u32),
                        over: 0,
                    }),
            );
        }
        let quest = Quest {
            field,
            grids: &grids,
            items,
            count,
            most: 0,
            idle: Vec::new(),
        };
        let answer = match quest.plan(&mut left) {
            Found::Plan(plan, _) => Answer::Yes(Some(plan)),
            Found::Nothing if grids.is_whole => Answer::No,
            Found::Nothing | Found::Unknown => Answer::Unknown,
        };
        (answer, left)
    }
}
