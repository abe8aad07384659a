//! What all rows of one household say together.

use jiff::civil::Date;

use super::statement::{Holds, Statement, Told};
use super::{Age, Entry, Level};
use crate::code::{Flags, GridCode, ResidentLetter, TenureLetter, Unit};
use crate::codebook::{AgeOf, Codebook, When};

/// A household as one or more rows describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    /// The unit as the code writes it; `None` where no row has one of one to five digits.
    pub code_unit: Option<Unit>,
    /// The Excel row of its first row.
    pub row: u64,
    /// The number of its first data row.
    pub record: u64,
    /// Whether its list has a row for each household or for each resident.
    pub level: Level,
    /// The first code written for it, with the row it stands in.
    pub code: Option<(GridCode, u64)>,
    /// How its codes are written.
    pub written: Written,
    /// The first code that differs from the first one, with its Excel row and data row.
    pub other_code: Option<(GridCode, u64, u64)>,
    /// An earlier row of the list with the same key that is another household's row (household-level lists).
    pub earlier: Option<Earlier>,
    /// What the rows say.
    pub facts: Facts,
}

/// How the codes of a household are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows with a text in the code's column, readable or not.
    pub texts: u32,
    /// The number of the data row with the first code that can be read; 0 where there is none.
    pub record: u64,
    /// Whether that cell holds the code and nothing else, so that byte offsets of the code are those of the cell.
    pub exact: bool,
}

/// A household met before under the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Its Excel row.
    pub row: u64,
    /// Its code.
    pub code: Option<GridCode>,
}

/// What the rows of a household say of it, gathered row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate thing that some row said or did not"
)]
pub struct Facts {
    /// How many rows.
    pub rows: u32,
    /// How many residents the list says there are.
    pub stated_residents: Option<u16>,
    /// The head's resident type, or the first row's that tells one; `None` also where that one has no letter.
    pub resident: Option<ResidentLetter>,
    /// A row has a resident type that no letter fits.
    pub resident_unmapped: bool,
    /// Somebody else's resident type differs from the one taken.
    pub residents_differ: bool,
    /// The tenure taken.
    pub tenure: Option<TenureLetter>,
    /// A row has a tenure that no letter fits.
    pub tenure_unmapped: bool,
    /// Flags that certainly hold.
    pub flags: Flags,
    /// Flags that may hold or not: an age they need is not known.
    pub open_flags: Flags,
    /// Rows with an age, at least roughly.
    pub ages_known: u32,
    pub(super) head_met: bool,
    /// The resident type that counts is one that no letter fits.
    pub(super) resident_has_no_letter: bool,
    /// The resident type that counts is that of somebody marked as the head, and not only the first row's.
    pub resident_is_heads: bool,
    /// One row has the tenure that holds as soon as one row has it.
    pub(super) tenure_is_final: bool,
    pub(super) eldest: Option<Age>,
    /// Somebody lives there of whom no row tells an age.
    pub(super) somebody_unlisted: bool,
}

impl Household {
    /// A household from its first row.
    #[must_use]
    pub fn begin(entry: &Entry<'_>, codebook: &Codebook, on: Date) -> Self {
        Self::first(&Statement::of(entry, codebook, on))
    }

    /// Takes in a further row of the same household.
    pub fn add(&mut self, entry: &Entry<'_>, codebook: &Codebook, on: Date) {
        self.take(&Statement::of(entry, codebook, on));
    }

    /// A household from what its first row says.
    #[inline]
    pub(crate) fn first(statement: &Statement) -> Self {
        let mut household = Self {
            code_unit: statement.unit,
            row: statement.row,
            record: statement.record,
            level: statement.level,
            written: Written::default(),
            code: None,
            other_code: None,
            earlier: None,
            facts: Facts::default(),
        };
        household.take(statement);
        household
    }

    /// Takes in what a further row says.
    #[inline]
    pub(crate) fn take(&mut self, statement: &Statement) {
        self.written.texts += u32::from(statement.says.code_is_written);
        if let Some(code) = statement.code {
            match self.code {
                None => {
                    self.code = Some((code, statement.row));
                    self.written.record = statement.record;
                    self.written.exact = statement.says.code_is_exact;
                }
                Some((first, _)) if first != code && self.other_code.is_none() => {
                    self.other_code = Some((code, statement.row, statement.record));
                }
                Some(_) => {}
            }
        }
        self.facts.take(statement);
    }

    /// Takes in that all rows have been seen.
    pub fn finish(&mut self, codebook: &Codebook) {
        self.facts.finish(codebook);
    }
}

impl Facts {
    #[inline]
    fn take(&mut self, statement: &Statement) {
        self.rows += 1;
        if let Some(residents) = statement.stated_residents {
            self.stated_residents.get_or_insert(residents);
        }
        self.take_resident(statement);
        self.take_tenure(statement);
        self.ages_known += u32::from(statement.age.is_some());
        if let Some(age) = statement.age {
            let eldest = self.eldest.unwrap_or(age);
            self.eldest = Some(Age {
                low: eldest.low.max(age.low),
                high: eldest.high.max(age.high),
            });
        }
        self.flags = self.flags.and(statement.flags);
        self.open_flags = self.open_flags.and(statement.open_flags);
        self.somebody_unlisted |= statement.says.somebody_unlisted;
        self.head_met |= statement.says.is_head;
    }

    fn take_resident(&mut self, statement: &Statement) {
        let letter = match statement.resident {
            Told::Letter(letter) => Some(letter),
            Told::NoLetter => None,
            Told::Nothing => return,
        };
        self.resident_unmapped |= letter.is_none();
        let heads = statement.says.head_decides && !self.head_met;
        let differs = |first: Option<ResidentLetter>| {
            first
                .zip(letter)
                .is_some_and(|(first, other)| first != other)
        };
        self.residents_differ |= differs(self.resident);
        let is_first = self.resident.is_none() && !self.resident_has_no_letter;
        if heads || is_first {
            self.resident = letter;
            self.resident_has_no_letter = letter.is_none();
            self.resident_is_heads = heads;
        }
    }

    fn take_tenure(&mut self, statement: &Statement) {
        self.tenure_unmapped |= statement.says.tenure_unmapped;
        let Some(letter) = statement.tenure else {
            return;
        };
        let is_final = statement.says.tenure_is_final;
        let heads = statement.says.is_head && !self.head_met;
        if is_final || self.tenure.is_none() || heads && !self.tenure_is_final {
            self.tenure = Some(letter);
        }
        self.tenure_is_final |= is_final;
    }

    fn finish(&mut self, codebook: &Codebook) {
        let stated = u32::from(self.stated_residents.unwrap_or(0));
        let unlisted = self.somebody_unlisted || stated > self.rows;
        let unknown = unlisted || self.ages_known < self.rows;
        for flag in codebook.flags() {
            let Some(When::Age { of, from, to }) = flag.when else {
                continue;
            };
            let holds = match (of, self.eldest) {
                (AgeOf::Any, _) if unlisted => Holds::Perhaps,
                (AgeOf::Head, _) if !self.head_met => Holds::Perhaps,
                (AgeOf::Any | AgeOf::Head, _) => continue,
                (AgeOf::Eldest, None) => Holds::Perhaps,
                (AgeOf::Eldest, Some(Age { low, high })) => {
                    // Whoever is not known may be older than the eldest who is, never younger.
                    let high = if unknown { u16::MAX } else { high };
                    Holds::of(Age { low, high }, from, to)
                }
            };
            self.settle(flag.digit, holds);
        }
        self.open_flags = self.flags.iter().fold(self.open_flags, Flags::without);
    }

    fn settle(&mut self, digit: u8, holds: Holds) {
        match holds {
            Holds::Yes => self.flags = self.flags.with(digit),
            Holds::Perhaps => self.open_flags = self.open_flags.with(digit),
            Holds::No => {}
        }
    }
}
