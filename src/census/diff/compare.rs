//! What two lists say of one household, held against each other.

use super::half::Half;
use super::{Kind, Kinds};
use crate::code::GridCode;

/// How a household of both lists differs. What only one list tells is no difference.
pub(super) fn compare(old: &Half, new: &Half) -> Kinds {
    let (before, after) = (&old.said, &new.said);
    let differ = |both: Option<(char, char)>| both.is_some_and(|(old, new)| old != new);
    let resident = before.resident.zip(after.resident);
    let tenure = before.tenure.zip(after.tenure);
    let told = |digit: &u8| !before.open.contains(*digit) && !after.open.contains(*digit);
    let flag = |came: bool| {
        (0..=9).filter(told).any(|digit| {
            let (had, has) = (before.flags.contains(digit), after.flags.contains(digit));
            had != has && has == came
        })
    };
    let residents = residents(old, new);
    let units = before.unit.zip(after.unit);
    let facts = Kinds::NONE
        .with_if(
            Kind::ResidentType,
            differ(resident.map(|(old, new)| (old.as_char(), new.as_char()))),
        )
        .with_if(
            Kind::Tenure,
            differ(tenure.map(|(old, new)| (old.as_char(), new.as_char()))),
        )
        .with_if(Kind::FlagCome, flag(true))
        .with_if(Kind::FlagGone, flag(false));
    let (had, has) = (before.code().is_some(), after.code().is_some());
    let both_tell = old.tells_codes && new.tells_codes;
    facts
        .with_if(
            Kind::MoreResidents,
            residents.is_some_and(|(old, new)| new > old),
        )
        .with_if(
            Kind::FewerResidents,
            residents.is_some_and(|(old, new)| new < old),
        )
        .with_if(
            Kind::KeyRewritten,
            units.is_some_and(|(old, new)| old != new),
        )
        .with_if(
            Kind::CodeRewritten,
            facts.is_empty() && rewritten(old.written, new.written),
        )
        .with_if(Kind::CodeCome, both_tell && !had && has)
        .with_if(Kind::CodeGone, both_tell && had && !has)
}

/// Whether two written codes differ in more than the writing of the room, which is told as such.
fn rewritten(old: Option<GridCode>, new: Option<GridCode>) -> bool {
    old.zip(new).is_some_and(|(old, new)| {
        old.unit.number() != new.unit.number()
            || (old.resident, old.tenure, old.flags) != (new.resident, new.tenure, new.flags)
    })
}

/// The residents before and after, counted in the same way: row by row where both lists have a row for each, unless
/// these are as many and only the stated numbers differ; else as stated.
fn residents(old: &Half, new: &Half) -> Option<(u16, u16)> {
    let (before, after) = (&old.said, &new.said);
    let stated = before.stated.zip(after.stated);
    match (before.listed, after.listed) {
        (0, 0) => stated,
        (had, has) if had > 0 && has > 0 && had != has => Some((had, has)),
        (had, has) if had > 0 && has > 0 => stated,
        (0, has) => before.stated.zip(after.stated.or(Some(has))),
        (had, _) => before.stated.or(Some(had)).zip(after.stated),
    }
}
