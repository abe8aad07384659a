//! What one row says of its household, in letters and numbers: no text of the row is kept.

use jiff::civil::Date;

use super::{Age, Entry, Level, Relation};
use crate::code::{Flags, GridCode, ResidentLetter, TenureLetter, Unit};
use crate::codebook::{AgeOf, Codebook, Mapped, ResidentOf, When};
use crate::row::Field;

/// One row's part in what is said of the whole household.
///
/// Rows can be read apart from one another, on any thread; their statements are put together in the order of rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Statement {
    /// The Excel row.
    pub(crate) row: u64,
    /// The number of the data row.
    pub(crate) record: u64,
    pub(super) level: Level,
    pub(super) unit: Option<Unit>,
    /// The code, where it can be read for sure.
    pub(crate) code: Option<GridCode>,
    /// What it says of the code's cell and of the resident.
    pub(super) says: Says,
    pub(super) stated_residents: Option<u16>,
    pub(super) resident: Told,
    pub(super) tenure: Option<TenureLetter>,
    pub(super) age: Option<Age>,
    /// Flags that hold by this row alone.
    pub(super) flags: Flags,
    /// Flags that may hold by this row.
    pub(super) open_flags: Flags,
}

/// The resident type that a row tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Nothing,
    /// One that no letter fits.
    NoLetter,
    Letter(ResidentLetter),
}

#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate thing that the row says or does not"
)]
pub(super) struct Says {
    /// There is a text in the code's column.
    pub(super) code_is_written: bool,
    /// That text is the code and nothing else.
    pub(super) code_is_exact: bool,
    pub(super) is_head: bool,
    /// The head's resident type is the household's.
    pub(super) head_decides: bool,
    /// The tenure is one that no letter fits.
    pub(super) tenure_unmapped: bool,
    /// The tenure holds for the household as soon as one row has it.
    pub(super) tenure_is_final: bool,
    /// Somebody lives there of whom no row tells an age.
    pub(super) somebody_unlisted: bool,
    /// The row tells which household it belongs to, by a room or a number in the register.
    names_household: bool,
}

impl Statement {
    /// What a row says. `on` is the day on which ages count.
    #[inline]
    pub(crate) fn of(entry: &Entry<'_>, codebook: &Codebook, on: Date) -> Self {
        let resident = match entry.resident {
            Some(Mapped::Letter(letter)) => Told::Letter(letter),
            Some(Mapped::NoLetter(_) | Mapped::Unknown) => Told::NoLetter,
            Some(Mapped::Nothing) | None => Told::Nothing,
        };
        let (own, tenure_unmapped) = match entry.tenure {
            Some(Mapped::Letter(letter)) => (Some(letter), false),
            Some(Mapped::NoLetter(_) | Mapped::Unknown) => (None, true),
            Some(Mapped::Nothing) | None => (None, false),
        };
        let tenant = (entry.relation == Some(Relation::Tenant))
            .then(|| codebook.tenure_if_any())
            .flatten();
        let tenure = tenant.or(own);
        let age = entry.age_on(on);
        let (flags, open_flags) = flags(entry, age, codebook);
        let is_head = entry.is_head();
        Self {
            row: entry.row.number(),
            record: entry.record,
            level: entry.level,
            unit: entry.door.code_unit(),
            code: entry.sure_code(),
            says: Says {
                code_is_written: entry.code.is_some(),
                code_is_exact: matches!(entry.code, Some(Ok(_))),
                is_head,
                head_decides: is_head && codebook.resident_of() == ResidentOf::Head,
                tenure_unmapped,
                tenure_is_final: tenure.is_some() && codebook.tenure_if_any() == tenure,
                // A household-level row tells one age at most, of a household of many.
                somebody_unlisted: entry.level == Level::Household
                    && entry.residents != Some(Ok(1)),
                names_household: entry.door.door.unit.is_some()
                    || entry.text(Field::HouseholdId).is_some(),
            },
            stated_residents: entry.residents.and_then(Result::ok),
            resident,
            tenure,
            age,
            flags,
            open_flags,
        }
    }
}

impl Statement {
    /// Whether the row tells which household it belongs to.
    pub(crate) fn names_household(&self) -> bool {
        self.says.names_household
    }
}

/// The flags that hold by one row, and those that may hold.
fn flags(entry: &Entry<'_>, age: Option<Age>, codebook: &Codebook) -> (Flags, Flags) {
    let (mut certain, mut open) = (Flags::NONE, Flags::NONE);
    for flag in codebook.flags() {
        let holds = match &flag.when {
            Some(When::Age {
                of: AgeOf::Any,
                from,
                to,
            }) => age.map_or(Holds::Perhaps, |age| Holds::of(age, *from, *to)),
            Some(When::Age {
                of: AgeOf::Head,
                from,
                to,
            }) if entry.is_head() => age.map_or(Holds::Perhaps, |age| Holds::of(age, *from, *to)),
            Some(When::Tag(word)) if entry.raw(Field::Tags).contains(word.as_str()) => Holds::Yes,
            // A list without a tags column says nothing of tags.
            Some(When::Tag(_)) if !entry.columns.has(Field::Tags) => Holds::Perhaps,
            _ => Holds::No,
        };
        match holds {
            Holds::Yes => certain = certain.with(flag.digit),
            Holds::Perhaps => open = open.with(flag.digit),
            Holds::No => {}
        }
    }
    (certain, open)
}

/// Whether a flag holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Yes,
    Perhaps,
    No,
}

impl Holds {
    pub(super) fn of(age: Age, from: u16, to: Option<u16>) -> Self {
        let to = to.unwrap_or(u16::MAX);
        if age.low >= from && age.high <= to {
            Self::Yes
        } else if age.high < from || age.low > to {
            Self::No
        } else {
            Self::Perhaps
        }
    }
}
