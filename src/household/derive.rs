//! The code a household ought to have, by the codebook and what its rows say.

use super::Facts;
use crate::code::{Flags, GridCode, ResidentLetter, TenureLetter, Unit};

/// The parts of the code that a household ought to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Derived {
    /// The resident letter.
    pub resident: Result<ResidentLetter, Undecided>,
    /// The tenure letter.
    pub tenure: Result<TenureLetter, Undecided>,
    /// Flags that certainly hold.
    pub flags: Flags,
    /// Flags that an unknown age leaves open.
    pub open_flags: Flags,
}

/// Why a letter cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Undecided {
    /// No row says anything.
    Missing,
    /// A row has a value that no letter fits.
    Unmapped,
}

impl Facts {
    /// What the code ought to say.
    ///
    /// A value that no letter fits is never passed over in favour of another row's: the head's resident type
    /// (or the first row's) is what it is, and a tenure without a letter yields only to the one that holds as soon as
    /// one row has it.
    #[must_use]
    pub fn derive(&self) -> Derived {
        let resident = match self.resident {
            _ if self.resident_has_no_letter => Err(Undecided::Unmapped),
            found => found.ok_or(Undecided::Missing),
        };
        let tenure = match self.tenure {
            _ if self.tenure_unmapped && !self.tenure_is_final => Err(Undecided::Unmapped),
            found => found.ok_or(Undecided::Missing),
        };
        Derived {
            resident,
            tenure,
            flags: self.flags,
            open_flags: self.open_flags,
        }
    }
}

impl Derived {
    /// The whole code for a unit; `None` where a letter cannot be told.
    ///
    /// A flag that an unknown age leaves open is kept where the former code has it.
    #[must_use]
    pub fn code(self, unit: Unit, former: Option<GridCode>) -> Option<GridCode> {
        let kept = former.map_or(Flags::NONE, |former| former.flags);
        let flags = kept
            .iter()
            .filter(|digit| self.open_flags.contains(*digit))
            .fold(self.flags, Flags::with);
        Some(GridCode {
            unit,
            resident: self.resident.ok()?,
            tenure: self.tenure.ok()?,
            flags,
        })
    }
}
