//! Dividing what has few enough legal grids to list them: search, then a programme over all of them, then branch and bound.

use super::branch::best_plan;
use super::certificate::Certificate;
use super::columns::{Question, columns_of};
use super::ground::Ground;
use super::model::{Options, Problem};
use super::outcome::NumberStatus;
use super::pool::Pool;
use super::priced::labelled;
use super::ray::ray;
use super::restart::restarts;
use super::solved::{Solved, bound_of, of_blocks, solved_of};
use super::worth::sets_of;

/// Of so many legal grids a linear programme takes some milliseconds.
const SOON_SEEN: usize = 2_000;

/// A community, and all its legal grids.
pub(super) struct Listed<'a> {
    pub(super) problem: &'a Problem,
    pub(super) ground: &'a Ground,
    pub(super) options: &'a Options,
    pub(super) pool: &'a Pool,
}

impl Listed<'_> {
    /// The best plan of so many grids; where `status_only`, only whether there is one. `left` is less by the nodes looked at.
    pub(super) fn plan(
        &self,
        grids: u32,
        status_only: bool,
        left: &mut u64,
    ) -> (Option<Solved>, NumberStatus) {
        let ground = self.ground;
        // Of few grids it is soon seen that no number of them will do; of many, a search for a plan is quicker.
        let is_soon_seen = self.pool.len() <= SOON_SEEN;
        if is_soon_seen && let Some(impossible) = self.impossible(grids, left) {
            return (None, impossible);
        }
        let found = restarts(ground, grids, self.options, status_only, left);
        let legal = found.filter(|found| found.missed == (0, 0));
        if status_only && legal.is_some() {
            return (None, NumberStatus::Feasible);
        }
        if legal.is_none()
            && !is_soon_seen
            && let Some(impossible) = self.impossible(grids, left)
        {
            return (None, impossible);
        }
        let question = Question::new(ground, self.pool, grids);
        let known =
            legal.and_then(|found| columns_of(&question, &sets_of(ground, &found.grids, grids)));
        let before = *left;
        let granted = if status_only {
            before.min(self.options.nodes / 100)
        } else {
            before
        };
        let mut budget = granted;
        let answer = best_plan(&question, known, status_only, None, &mut budget);
        *left -= granted - budget;
        let status = match (&answer.plan, answer.proved) {
            (Some(_), true) => NumberStatus::Optimal,
            (Some(_), false) => NumberStatus::Feasible,
            (None, true) => NumberStatus::Impossible(Certificate::Exhausted {
                grids: grids + ground.locked.len() as u32,
                nodes: before - *left,
            }),
            (None, false) => NumberStatus::Unknown,
        };
        if status_only {
            return (None, status);
        }
        let solved = answer.plan.as_ref().map(|plan| {
            let bound = bound_of(self.problem, ground, &answer.prices, answer.bound);
            solved_of(ground, &labelled(&question, plan), bound, answer.proved)
        });
        (solved, status)
    }

    /// That no plan has so many grids, where the programme over all of them says so.
    fn impossible(&self, grids: u32, left: &mut u64) -> Option<NumberStatus> {
        let (blocks, grid) = ray(self.ground, self.pool, grids, left)?;
        Some(NumberStatus::Impossible(Certificate::Ray {
            grids: grids + self.ground.locked.len() as u32,
            blocks: of_blocks(self.problem, self.ground, &blocks),
            grid,
        }))
    }
}
