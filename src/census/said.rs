//! What a list says of a household, as far as two lists can be compared in it: letters and numbers, no text.

use crate::code::{Flags, GridCode, ResidentLetter, TenureLetter, Unit};
use crate::codebook::Codebook;
use crate::household::{Household, Level};

/// The facts of one household.
///
/// The list's own columns come first; what no column tells, the code that is written there does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// The room as the code writes it, else as the list does.
    pub(super) unit: Option<Unit>,
    pub(super) resident: Option<ResidentLetter>,
    pub(super) tenure: Option<TenureLetter>,
    /// Flags that hold.
    pub(super) flags: Flags,
    /// Flags of which the list tells nothing.
    pub(super) open: Flags,
    /// How many residents the list says there are.
    pub(super) stated: Option<u16>,
    /// How many residents have rows of their own; 0 where rows are households.
    pub(super) listed: u16,
}

impl Said {
    /// What is said of a household of which all rows have been seen.
    pub(super) fn of(household: &Household, codebook: &Codebook) -> Self {
        let written = household.code.map(|(code, _)| code);
        let derived = household.facts.derive();
        let (mut flags, mut open) = (derived.flags, Flags::NONE);
        for digit in (0..=9).filter(|digit| !derived.flags.contains(*digit)) {
            let follows = codebook.flag(digit).is_some_and(|flag| flag.when.is_some());
            if follows && !derived.open_flags.contains(digit) {
                continue;
            }
            match written {
                Some(code) if code.flags.contains(digit) => flags = flags.with(digit),
                Some(_) => {}
                None => open = open.with(digit),
            }
        }
        let unit = written
            .map(|code| code.unit)
            .filter(|own| {
                household
                    .code_unit
                    .is_none_or(|unit| unit.number() == own.number())
            })
            .or(household.code_unit);
        let listed = match household.level {
            Level::Household => 0,
            Level::Person => u16::try_from(household.facts.rows).unwrap_or(u16::MAX),
        };
        Self {
            unit,
            resident: derived.resident.ok().or(written.map(|code| code.resident)),
            tenure: derived.tenure.ok().or(written.map(|code| code.tenure)),
            flags,
            open,
            stated: household.facts.stated_residents,
            listed,
        }
    }

    /// The code that says all this; `None` where a part of it is not told.
    pub(super) fn code(&self) -> Option<GridCode> {
        Some(GridCode {
            unit: self.unit?,
            resident: self.resident?,
            tenure: self.tenure?,
            flags: self.flags,
        })
    }

    /// How many residents there are: those who are listed, else as many as the list says.
    pub(super) fn residents(&self) -> Option<u16> {
        if self.listed > 0 {
            Some(self.listed)
        } else {
            self.stated
        }
    }
}
