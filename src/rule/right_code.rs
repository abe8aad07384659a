//! The code that a household ought to have, beside the one it has.

use crate::code::{Flags, GridCode};
use crate::codebook::Codebook;
use crate::household::{Household, Undecided};

/// The code with every part as the list says it; what the list has no word on stays.
///
/// `None` where a value of the list leads to no letter, or a letter that stays is not in the codebook.
pub(super) fn right_code(
    household: &Household,
    code: GridCode,
    codebook: &Codebook,
) -> Option<GridCode> {
    let derived = household.facts.derive();
    let resident = match derived.resident {
        Ok(letter) => letter,
        Err(Undecided::Missing) => codebook.resident(code.resident)?.letter,
        Err(Undecided::Unmapped) => return None,
    };
    let tenure = match derived.tenure {
        Ok(letter) => letter,
        Err(Undecided::Missing) => codebook.tenure(code.tenure)?.letter,
        Err(Undecided::Unmapped) => return None,
    };
    let unit = household.code_unit.unwrap_or(code.unit);
    // 0803 and 803 are the same room: the code keeps its own writing.
    let unit = if unit.number() == code.unit.number() {
        code.unit
    } else {
        unit
    };
    Some(GridCode {
        unit,
        resident,
        tenure,
        flags: right_flags(household, code, codebook),
    })
}

/// The code with its flags as the list says them, in letters and unit unchanged.
///
/// A flag that follows from no data, or that an unknown age leaves open, stays.
pub(super) fn right_flags(household: &Household, code: GridCode, codebook: &Codebook) -> Flags {
    let stale = stale_flags(household, code, codebook);
    let kept = stale.iter().fold(code.flags, Flags::without);
    household.facts.flags.iter().fold(kept, Flags::with)
}

/// The flags of a code that follow from data, and by the list's data do certainly not hold.
pub(super) fn stale_flags(household: &Household, code: GridCode, codebook: &Codebook) -> Flags {
    let facts = &household.facts;
    let follows = |digit: &u8| {
        codebook
            .flag(*digit)
            .is_some_and(|flag| flag.when.is_some())
    };
    let holds = |digit: &u8| facts.flags.contains(*digit) || facts.open_flags.contains(*digit);
    code.flags
        .iter()
        .filter(follows)
        .filter(|digit| !holds(digit))
        .collect()
}
