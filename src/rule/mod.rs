//! The rules: one rule one file, each with its page; this is their list.

mod code_cell;
mod door_cell;
mod findings;
mod id_cell;
mod meaning;
mod page;
mod right_code;
#[cfg(test)]
mod sample;
mod settings;

use jiff::civil::Date;

use crate::codebook::Codebook;
use crate::household::{Entry, Household};
use crate::row::Columns;

pub use code_changed::Former;
pub use findings::{Findings, Said};
pub use page::{Info, markdown};
pub use settings::{Level, Settings, UnknownRule};

/// What every rule may look at beside the row or household in hand.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What letters and digits mean.
    pub codebook: &'a Codebook,
    /// The columns of the table.
    pub columns: &'a Columns,
    /// The day on which ages count.
    pub on: Date,
}

/// One thing that can be wrong with a list.
///
/// A rule looks at a row, or at a household once all its rows are known, and reports what it finds.
pub trait Rule: Sync {
    /// Its name, severity and page.
    fn info(&self) -> &'static Info;

    /// Looks at one data row.
    fn row(&self, _entry: &Entry<'_>, _context: &Context<'_>, _found: &mut Findings<'_>) {}

    /// Looks at one household, complete.
    fn household(&self, _household: &Household, _context: &Context<'_>, _found: &mut Findings<'_>) {
    }
}

macro_rules! rules {
    ($($file:ident :: $rule:ident),+ $(,)?) => {
        $(mod $file; pub use $file::$rule;)+
        static ALL: &[&dyn Rule] = &[$(&$rule),+];

        /// Every rule looks at one data row, by number.
        // Named one by one and not through `dyn`: most return at once, and the compiler sees it.
        pub(crate) fn judge_row(entry: &Entry<'_>, context: &Context<'_>, found: &mut Findings<'_>) {
            $($rule.row(entry, context, found);)+
        }

        /// Every rule looks at one household, complete, by number.
        pub(crate) fn judge_household(
            household: &Household,
            context: &Context<'_>,
            found: &mut Findings<'_>,
        ) {
            $($rule.household(household, context, found);)+
        }
    };
}

rules! {
    code_syntax::CodeSyntax,
    code_width::CodeWidth,
    look_alike::LookAlike,
    undefined_letter::UndefinedLetter,
    undefined_flag::UndefinedFlag,
    code_mismatch::CodeMismatch,
    flag_missing::FlagMissing,
    flag_stale::FlagStale,
    duplicate_household::DuplicateHousehold,
    two_codes::TwoCodes,
    missing_code::MissingCode,
    missing_building::MissingBuilding,
    missing_unit::MissingUnit,
    missing_resident::MissingResident,
    missing_tenure::MissingTenure,
    unmapped_value::UnmappedValue,
    address_unreadable::AddressUnreadable,
    address_ambiguous::AddressAmbiguous,
    address_conflict::AddressConflict,
    unit_not_codable::UnitNotCodable,
    date_mangled::DateMangled,
    scientific_notation::ScientificNotation,
    id_length::IdLength,
    id_date::IdDate,
    id_checksum::IdChecksum,
    id_truncated::IdTruncated,
    birth_impossible::BirthImpossible,
    birth_future::BirthFuture,
    birth_id_mismatch::BirthIdMismatch,
    age_mismatch::AgeMismatch,
    residents_count::ResidentsCount,
    residents_differ::ResidentsDiffer,
    ragged_row::RaggedRow,
    cell_too_long::CellTooLong,
    code_changed::CodeChanged,
    formula_without_value::FormulaWithoutValue,
}

/// Every rule, by number.
#[must_use]
pub fn all() -> &'static [&'static dyn Rule] {
    ALL
}

/// The rule with a name (`code-syntax`) or number (`GC001`).
#[must_use]
pub fn find(name: &str) -> Option<&'static Info> {
    ALL.iter()
        .map(|rule| rule.info())
        .find(|info| info.name == name || info.id.eq_ignore_ascii_case(name))
}
