//! Whether certificates prove that there is no plan.

use super::super::certificate::{Arithmetic, Certificate, Resource};
use super::super::model::Limits;
use super::fault::{Claim, Fault, Flaw};
use super::field::Field;
use super::prover::{Answer, Prover};

/// For which numbers of grids a certificate speaks.
pub(super) fn scope(certificate: &Certificate) -> Option<u32> {
    match certificate {
        Certificate::Number { grids, .. }
        | Certificate::Ray { grids, .. }
        | Certificate::Exhausted { grids, .. } => Some(*grids),
        Certificate::Arithmetic(_)
        | Certificate::Block { .. }
        | Certificate::Together { .. }
        | Certificate::Contradiction { .. }
        | Certificate::NoGrid { .. } => None,
    }
}

/// Looks at a certificate that stands for this number of grids, or for all.
pub(super) fn check<const W: usize>(
    prover: &mut Prover<'_, W>,
    certificate: &Certificate,
    grids: Option<u32>,
) {
    let flaw = match scope(certificate) {
        Some(of) if grids.is_some_and(|grids| grids != of) => Err(Flaw::OtherNumber),
        _ => proves(prover, certificate),
    };
    match flaw {
        Ok(None) => {}
        Ok(Some(claim)) => prover.verdict.unchecked.push(claim),
        Err(flaw) => prover
            .verdict
            .faults
            .push(Fault::Certificate { grids, flaw }),
    }
}

/// `Ok` where it proves what it says, or where the claim could not be looked at.
fn proves<const W: usize>(
    prover: &mut Prover<'_, W>,
    certificate: &Certificate,
) -> Result<Option<Claim>, Flaw> {
    let field = prover.field;
    match certificate {
        Certificate::Arithmetic(arithmetic) => {
            sums(field, arithmetic)?;
            let range = field.range(signed(arithmetic.households), signed(arithmetic.residents));
            checked(range.is_none())
        }
        Certificate::Number {
            grids,
            locked,
            arithmetic,
        } => {
            if usize::try_from(*locked) != Ok(field.locked.len()) {
                return Err(Flaw::Follows);
            }
            sums(field, arithmetic)?;
            let range = field.range(signed(arithmetic.households), signed(arithmetic.residents));
            let count = count(field, *grids);
            let out = range.is_none_or(|(least, most)| {
                // A piece may leave room for more grids elsewhere.
                count < least || count > most && arithmetic.piece.is_none()
            });
            checked(out)
        }
        Certificate::Block {
            block,
            resource,
            number,
            max,
        } => too_many(field, &[*block], *resource, *number, *max),
        Certificate::Together {
            blocks,
            resource,
            number,
            max,
        } => too_many(field, blocks, *resource, *number, *max),
        Certificate::Contradiction { blocks: (a, b) } => {
            let count = field.problem.blocks.len();
            if *a >= count || *b >= count {
                return Err(Flaw::Blocks);
            }
            let is_asked = |pairs: &[(usize, usize)]| {
                let mut pairs = pairs.iter();
                pairs.any(|pair| *pair == (*a, *b) || *pair == (*b, *a))
            };
            let locked = |block: usize| field.previous(block).filter(|_| field.is_locked(block));
            let (in_a, in_b) = (locked(*a), locked(*b));
            let (must, cannot) = if in_a.is_some() || in_b.is_some() {
                (in_a == in_b, in_a != in_b)
            } else {
                (field.unit_of[*a] == field.unit_of[*b], false)
            };
            checked(
                must && is_asked(&field.problem.apart)
                    || cannot && is_asked(&field.problem.together),
            )
        }
        Certificate::NoGrid { block } => no_grid(prover, *block),
        Certificate::Ray {
            grids,
            blocks,
            grid,
        } => ray(prover, *grids, blocks, *grid),
        Certificate::Exhausted { grids, .. } => exhausted(prover, *grids),
    }
}

fn checked(holds: bool) -> Result<Option<Claim>, Flaw> {
    if holds { Ok(None) } else { Err(Flaw::Follows) }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// How many of so many grids are not locked.
pub(super) fn count(field: &Field<'_>, grids: u32) -> i64 {
    i64::from(grids) - i64::try_from(field.locked.len()).unwrap_or(i64::MAX)
}

/// Whether sums and limits are those of the piece, or of all, and nothing leads out of it.
fn sums(field: &Field<'_>, arithmetic: &Arithmetic) -> Result<(), Flaw> {
    let units = field.units.len();
    let mut inside = vec![arithmetic.piece.is_none(); units];
    if let Some(piece) = &arithmetic.piece {
        let mut blocks = piece.clone();
        blocks.sort_unstable();
        blocks.dedup();
        let unit = |block: &usize| field.unit_of.get(*block).copied().flatten();
        let known: Option<Vec<usize>> = blocks.iter().map(unit).collect();
        let known = known.ok_or(Flaw::Blocks)?;
        if blocks.len() != piece.len() {
            return Err(Flaw::Blocks);
        }
        for unit in known {
            inside[unit] = true;
        }
        let members = (0..units).filter(|unit| inside[*unit]);
        let whole: usize = members.map(|unit| field.units[unit].blocks.len()).sum();
        let leads_out =
            |unit: usize| inside[unit] && field.units[unit].near.iter().any(|near| !inside[*near]);
        if whole != blocks.len() || (0..units).any(leads_out) {
            return Err(Flaw::Open);
        }
    }
    if !inside.contains(&true) {
        return Err(Flaw::Blocks);
    }
    let members = || (0..units).filter(|unit| inside[*unit]);
    let households: i64 = members()
        .map(|unit| field.units[unit].sums.households)
        .sum();
    let residents: i64 = members().map(|unit| field.units[unit].sums.residents).sum();
    if households.unsigned_abs() != arithmetic.households
        || residents.unsigned_abs() != arithmetic.residents
    {
        return Err(Flaw::Sums);
    }
    if arithmetic.household_limits != field.widest.households
        || arithmetic.resident_limits != field.widest.residents
    {
        return Err(Flaw::Limits);
    }
    Ok(())
}

/// Whether blocks that share every grid they are in are above a limit.
fn too_many(
    field: &Field<'_>,
    blocks: &[usize],
    resource: Resource,
    number: u64,
    max: u32,
) -> Result<Option<Claim>, Flaw> {
    let mut rising = blocks.to_vec();
    rising.sort_unstable();
    rising.dedup();
    let unit = |block: &usize| field.unit_of.get(*block).copied().flatten();
    let first = blocks.first().and_then(unit).ok_or(Flaw::Blocks)?;
    if rising.len() != blocks.len() || blocks.iter().any(|block| unit(block) != Some(first)) {
        return Err(Flaw::Blocks);
    }
    let of = blocks.iter().map(|block| &field.problem.blocks[*block]);
    let (found, limits): (u64, Limits) = match resource {
        Resource::Households => (
            of.map(|block| u64::from(block.households)).sum(),
            field.widest.households,
        ),
        Resource::Residents => (
            of.map(|block| u64::from(block.residents)).sum(),
            field.widest.residents,
        ),
    };
    if found != number {
        return Err(Flaw::Sums);
    }
    if max != limits.max {
        return Err(Flaw::Limits);
    }
    checked(number > u64::from(max))
}

fn no_grid<const W: usize>(
    prover: &mut Prover<'_, W>,
    block: usize,
) -> Result<Option<Claim>, Flaw> {
    let field = prover.field;
    let unit = field.unit_of.get(block).copied().flatten();
    let unit = unit.ok_or(Flaw::Blocks)?;
    let grids = prover.grids();
    let mut holding = grids.list.iter().filter(|grid| grid.units.has(unit));
    if let Some(grid) = holding.find(|grid| !grid.roles(field, 1, 0).is_empty()) {
        return Err(Flaw::Grid(grid.blocks(field)));
    }
    Ok((!grids.is_whole).then_some(Claim::NoGrid { block }))
}

fn ray<const W: usize>(
    prover: &mut Prover<'_, W>,
    number: u32,
    blocks: &[i128],
    grid: i128,
) -> Result<Option<Claim>, Flaw> {
    let field = prover.field;
    if blocks.len() != field.problem.blocks.len() {
        return Err(Flaw::Blocks);
    }
    let mut units = vec![0i128; field.units.len()];
    let count = count(field, number);
    let mut sum = i128::from(count).checked_mul(grid).ok_or(Flaw::Follows)?;
    for (of, unit) in blocks.iter().zip(&field.unit_of) {
        if let Some(unit) = unit {
            units[*unit] = units[*unit].checked_add(*of).ok_or(Flaw::Follows)?;
            sum = sum.checked_add(*of).ok_or(Flaw::Follows)?;
        }
    }
    if sum <= 0 {
        return Err(Flaw::Follows);
    }
    let grids = prover.grids();
    for legal in &grids.list {
        let mut members = legal.units.units();
        let value = members.try_fold(grid, |sum, unit| sum.checked_add(units[unit]));
        if value.is_none_or(|value| value > 0)
            && !legal.roles(field, 1, 0).is_empty()
            && legal.can_be_among(field, usize::try_from(count).unwrap_or(0))
        {
            return Err(Flaw::Grid(legal.blocks(field)));
        }
    }
    Ok((!grids.is_whole).then_some(Claim::Impossible { grids: number }))
}

fn exhausted<const W: usize>(
    prover: &mut Prover<'_, W>,
    grids: u32,
) -> Result<Option<Claim>, Flaw> {
    let field = prover.field;
    let count = usize::try_from(count(field, grids)).unwrap_or(0);
    let is_out = |(least, most): (i64, i64)| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        count < least || count > most
    };
    if field.whole_range().is_none_or(is_out) {
        return Ok(None);
    }
    let nodes = prover.nodes;
    let (answer, left) = prover.any_plan(count, nodes);
    prover.nodes = left;
    match answer {
        Answer::Yes(Some(plan)) => Err(Flaw::Plan(plan)),
        Answer::Yes(None) => Err(Flaw::Follows),
        Answer::No => Ok(None),
        Answer::Unknown => Ok(Some(Claim::Impossible { grids })),
    }
}
