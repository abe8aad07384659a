//! The code that a household is to get, and what is said and counted where it differs from the one it had.

use crate::code::GridCode;
use crate::codebook::Codebook;
use crate::household::Household;
use crate::lang::Text;
use crate::row::{Columns, Field};
use crate::rule::{CodeChanged, Findings, Former};

/// How the households of one table are coded.
#[derive(Clone, Debug)]
pub(super) struct Coding<'c> {
    codebook: &'c Codebook,
    /// Letters that the table has no column for.
    lacking: Vec<Field>,
}

/// What became of households that were coded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) coded: u64,
    pub(super) uncoded: u64,
    pub(super) changed: u64,
    pub(super) without_ages: u64,
    pub(super) emptied: u64,
    pub(super) flags_left_out: u64,
}

impl Tally {
    pub(super) fn add(&mut self, other: Self) {
        self.coded += other.coded;
        self.uncoded += other.uncoded;
        self.changed += other.changed;
        self.without_ages += other.without_ages;
        self.emptied += other.emptied;
        self.flags_left_out += other.flags_left_out;
    }
}

impl<'c> Coding<'c> {
    pub(super) fn new(columns: &Columns, codebook: &'c Codebook) -> Self {
        let letters = [Field::ResidentType, Field::Tenure].into_iter();
        Self {
            codebook,
            lacking: letters.filter(|field| !columns.has(*field)).collect(),
        }
    }

    /// What a user has to know of columns that the table lacks.
    pub(super) fn notes(&self, columns: &Columns) -> impl Iterator<Item = Text> {
        let has_codes = columns.has(Field::GridCode);
        self.lacking
            .iter()
            .map(move |field| lacking_note(*field, has_codes))
    }

    /// The code of a household; `None` where it cannot have one.
    pub(super) fn code_of(&self, household: &Household) -> Option<GridCode> {
        let codebook = self.codebook;
        let former = household.code.map(|(code, _)| code);
        let mut derived = household.facts.derive();
        // What no column says, only the former code can.
        if let Some(former) = former {
            let defined = codebook.resident(former.resident).is_some();
            if defined && self.lacking.contains(&Field::ResidentType) {
                derived.resident = Ok(former.resident);
            }
            let defined = codebook.tenure(former.tenure).is_some();
            if defined && self.lacking.contains(&Field::Tenure) {
                derived.tenure = Ok(former.tenure);
            }
        }
        // `0803` and `803` are one room: a code keeps its own writing.
        let unit = household.code_unit?;
        let kept = former.map(|former| former.unit);
        let kept = kept.filter(|kept| kept.number() == unit.number());
        derived.code(kept.unwrap_or(unit), former)
    }

    /// Counts a household that gets `code`, and tells where that is not the code it had.
    pub(super) fn count(
        &self,
        household: &Household,
        code: Option<GridCode>,
        columns: &Columns,
        found: &mut Findings<'_>,
    ) -> Tally {
        let former = household.code.map(|(code, _)| code);
        let never_written = |digit: u8| {
            let flag = self.codebook.flag(digit);
            flag.is_none_or(|flag| flag.when.is_none())
        };
        let left_out = former.is_some_and(|former| former.flags.iter().any(never_written));
        let mut tally = Tally {
            flags_left_out: u64::from(code.is_some() && left_out),
            emptied: u64::from(code.is_none() && household.written.texts > 0),
            coded: u64::from(code.is_some()),
            uncoded: u64::from(code.is_none()),
            without_ages: u64::from(household.facts.ages_known == 0),
            changed: 0,
        };
        let Some(new) = code else { return tally };
        let (old, at) = match household.code {
            Some((old, row)) => (Former::Code(old), (row, household.written.record)),
            None if household.written.texts > 0 => {
                (Former::Unreadable, (household.row, household.record))
            }
            None => return tally,
        };
        if old != Former::Code(new) {
            tally.changed = 1;
            found.household(
                CodeChanged::INFO,
                columns,
                at,
                Field::GridCode,
                CodeChanged::said(old, new),
            );
        }
        tally
    }
}

fn lacking_note(field: Field, has_codes: bool) -> Text {
    Text::of(|lang| {
        let (key, label) = (field.key(), field.label(lang));
        if has_codes {
            return lang.pick(
                format!("名单没有“{label}”列：沿用原编码中的字母；有这一列时请用 --map {key}=列名 指明"),
                format!("the list has no column for the {label}: the letter of the former code is kept; name the column with --map {key}=NAME if there is one"),
            );
        }
        lang.pick(
            format!("名单没有“{label}”列，无法得出编码；有这一列时请用 --map {key}=列名 指明"),
            format!("the list has no column for the {label}: no household can be coded; name the column with --map {key}=NAME if there is one"),
        )
    })
}
