//! Whether what is said of each number of grids holds, and whether nothing is left unsaid where no plan is said to exist.

use super::super::certificate::Certificate;
use super::super::model::Count;
use super::super::outcome::{NumberStatus, Outcome, Status};
use super::fault::{Claim, Fault, Flaw};
use super::proof;
use super::prover::{Answer, Prover};

/// Looks at all numbers, and at the certificate for all.
pub(super) fn check<const W: usize>(prover: &mut Prover<'_, W>, outcome: &Outcome) {
    if !rising(prover, outcome) {
        return;
    }
    own(prover, outcome);
    let mut known: Vec<&Certificate> = Vec::new();
    for (grids, status) in &outcome.numbers {
        match status {
            NumberStatus::Impossible(certificate) => {
                // The same one for all need not be looked at twice.
                if proof::scope(certificate).is_some() || !known.contains(&certificate) {
                    proof::check(prover, certificate, Some(*grids));
                    known.push(certificate);
                }
            }
            NumberStatus::Optimal | NumberStatus::Feasible => {
                possible(prover, outcome, *grids, *status == NumberStatus::Optimal);
            }
            NumberStatus::Unknown => {}
        }
    }
    if let Some(certificate) = &outcome.certificate {
        if !known.contains(&certificate) {
            let grids = proof::scope(certificate);
            if grids.is_none() {
                proof::check(prover, certificate, None);
            } else {
                // What is said of one number must be said among the numbers.
                let flaw = Flaw::OtherNumber;
                prover
                    .verdict
                    .faults
                    .push(Fault::Certificate { grids, flaw });
            }
        }
        if proof::scope(certificate).is_some() {
            all_mentioned(prover, outcome);
        }
    } else if outcome.status == Status::Infeasible {
        prover.verdict.faults.push(Fault::NoCertificate);
    }
}

fn rising<const W: usize>(prover: &mut Prover<'_, W>, outcome: &Outcome) -> bool {
    let numbers = outcome.numbers.iter().map(|(grids, _)| *grids);
    for (before, grids) in numbers.clone().zip(numbers.skip(1)) {
        if grids <= before {
            prover.verdict.faults.push(Fault::Order { grids });
            return false;
        }
    }
    true
}

/// What is said of the number of the plan's grids.
fn own<const W: usize>(prover: &mut Prover<'_, W>, outcome: &Outcome) {
    let faults = &mut prover.verdict.faults;
    let known =
        |status: &NumberStatus| matches!(status, NumberStatus::Optimal | NumberStatus::Feasible);
    let wanted = match outcome.status {
        Status::Optimal => NumberStatus::Optimal,
        Status::Feasible => NumberStatus::Feasible,
        Status::Relaxed | Status::Infeasible | Status::Unknown => {
            if let Some((grids, _)) = outcome.numbers.iter().find(|(_, status)| known(status)) {
                faults.push(Fault::OwnNumber { grids: *grids });
            }
            return;
        }
    };
    let grids = outcome.plan.as_ref().map_or(0, |plan| plan.grids.len());
    let grids = u32::try_from(grids).unwrap_or(u32::MAX);
    let said = outcome.numbers.iter().find(|(number, _)| *number == grids);
    let is_said = said.map_or(outcome.numbers.is_empty(), |(_, status)| *status == wanted);
    if !is_said {
        faults.push(Fault::OwnNumber { grids });
    }
}

/// A plan of another number of grids than the one given.
fn possible<const W: usize>(
    prover: &mut Prover<'_, W>,
    outcome: &Outcome,
    grids: u32,
    is_best: bool,
) {
    let given = outcome.plan.as_ref().map(|plan| plan.grids.len());
    if given.and_then(|given| u32::try_from(given).ok()) == Some(grids) {
        return;
    }
    let field = prover.field;
    let count = proof::count(field, grids);
    let is_out = |(least, most): (i64, i64)| count < least || count > most;
    if field.whole_range().is_none_or(is_out) {
        prover.verdict.faults.push(Fault::NoSuchPlan { grids });
        return;
    }
    let granted = prover.spare.min(field.options.nodes / 100);
    let (answer, left) = prover.any_plan(usize::try_from(count).unwrap_or(0), granted);
    prover.spare -= granted - left;
    let verdict = &mut prover.verdict;
    match answer {
        Answer::Yes(Some(_)) if is_best => verdict.unchecked.push(Claim::Best { grids }),
        // In a chain, where no plan is made, the best is as easily found as any.
        Answer::Yes(_) => {}
        Answer::No => verdict.faults.push(Fault::NoSuchPlan { grids }),
        Answer::Unknown => verdict.unchecked.push(Claim::Possible { grids }),
    }
}

/// Whether each number that was asked for and that arithmetic allows is said to be impossible.
fn all_mentioned<const W: usize>(prover: &mut Prover<'_, W>, outcome: &Outcome) {
    let field = prover.field;
    let Some((least, most)) = field.whole_range() else {
        return;
    };
    let locked = i64::try_from(field.locked.len()).unwrap_or(i64::MAX);
    let (from, to) = match field.options.count {
        Count::Exactly(number) => (number, number),
        Count::Between(from, to) => (from, to),
        Count::Nearest | Count::Fewest => (0, u32::MAX),
    };
    let from = i64::from(from).max(least + locked);
    let to = i64::from(to).min(most + locked);
    let impossible = |grids: i64| {
        let mut numbers = outcome.numbers.iter();
        numbers.any(|(number, status)| {
            i64::from(*number) == grids && matches!(status, NumberStatus::Impossible(_))
        })
    };
    if let Some(grids) = (from..=to).find(|grids| !impossible(*grids)) {
        let grids = u32::try_from(grids).unwrap_or(u32::MAX);
        prover.verdict.faults.push(Fault::Unmentioned { grids });
    }
}
