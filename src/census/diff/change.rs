//! `Change`: a household that is different, with what each list says of it.

use super::half::Half;
use super::{Kind, Kinds};
use crate::address::Key;
use crate::code::{Flags, GridCode, ResidentLetter, TenureLetter};
use crate::row::Place;

/// A household that is not the same in both lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// In which ways; at least one.
    pub kinds: Kinds,
    /// Its key: the new list's, or the old list's where it moved out. `None` where lists tell it by a number in the
    /// register alone.
    pub key: Option<Key>,
    /// The old list's key, where that names the same door differently.
    pub old_key: Option<Key>,
    /// Its grid, where a list says one: the new list's word comes first.
    pub grid: Option<String>,
    /// What the old list says; `None` where it moved in.
    pub old: Option<State>,
    /// What the new list says; `None` where it moved out.
    pub new: Option<State>,
}

/// What one list says of a household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its row, the first where there are several.
    pub place: Place,
    /// The code that follows from all that the list says; `None` where a part of it is not told.
    pub code: Option<GridCode>,
    /// The code as the list writes it.
    pub written: Option<GridCode>,
    /// The resident type, where it is told.
    pub resident: Option<ResidentLetter>,
    /// The tenure, where it is told.
    pub tenure: Option<TenureLetter>,
    /// Flags that hold.
    pub flags: Flags,
    /// Flags of which the list tells nothing.
    pub open_flags: Flags,
    /// How many residents, where that is told.
    pub residents: Option<u16>,
}

impl State {
    pub(super) fn of(half: &Half, sheet: Option<&str>) -> Self {
        let said = &half.said;
        Self {
            place: Place::row(sheet, half.row),
            code: said.code(),
            written: half.written,
            resident: said.resident,
            tenure: said.tenure,
            flags: said.flags,
            open_flags: said.open,
            residents: said.residents(),
        }
    }
}

impl Change {
    /// The code before and after, as it is told: the one that follows from what the lists say or, where only the code was
    /// written anew, the one that is written.
    #[must_use]
    pub fn codes(&self) -> (Option<GridCode>, Option<GridCode>) {
        let written = self.kinds.contains(Kind::CodeRewritten);
        let code = |state: &Option<State>| {
            let state = state.as_ref()?;
            if written { state.written } else { state.code }
        };
        (code(&self.old), code(&self.new))
    }

    /// Flags that hold and did not before, as far as both lists tell.
    #[must_use]
    pub fn flags_come(&self) -> Flags {
        self.flags(|old, new, digit| !old.contains(digit) && new.contains(digit))
    }

    /// Flags that held and no longer do, as far as both lists tell.
    #[must_use]
    pub fn flags_gone(&self) -> Flags {
        self.flags(|old, new, digit| old.contains(digit) && !new.contains(digit))
    }

    fn flags(&self, is_one: impl Fn(Flags, Flags, u8) -> bool) -> Flags {
        let (Some(old), Some(new)) = (&self.old, &self.new) else {
            return Flags::NONE;
        };
        let open = old.open_flags.and(new.open_flags);
        (0..=9)
            .filter(|digit| !open.contains(*digit) && is_one(old.flags, new.flags, *digit))
            .collect()
    }

    /// How many residents more there are than before, where that is told; those of a household that moved in or out all count.
    #[must_use]
    pub fn residents_more(&self) -> Option<i64> {
        let count = |state: &Option<State>| match state {
            Some(state) => state.residents.map(i64::from),
            None => Some(0),
        };
        Some(count(&self.new)? - count(&self.old)?)
    }
}
