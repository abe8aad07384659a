//! Writing the codes of a list: the rows as they were, the grid-code column added or replaced.

use super::fold::Households;
use super::target::{Added, write_loose};
use super::walk::{Begun, Visitor, walk};
use super::{Account, Options, Target};
use crate::code::GridCode;
use crate::diagnostic::Diagnostic;
use crate::household::{Entry, Household, Level};
use crate::lang::Text;
use crate::row::{Field, Row};
use crate::rule::{CodeChanged, Context, Findings};
use crate::table::{RowKind, Source, TableError};

/// What became of a list that was encoded.
#[derive(Clone, Debug, Default)]
pub struct Encoded {
    /// The account of its rows.
    pub account: Account,
    /// Households that got a code.
    pub coded: u64,
    /// Households that could not get one: their cells are empty.
    pub uncoded: u64,
    /// Households whose code differs from the one they had.
    pub changed: u64,
    /// Households of which no age is known: no flag could be told for them.
    pub without_ages: u64,
}

/// Rules that judge the codes which are about to be replaced.
const ABOUT_OLD_CODES: [&str; 12] = [
    "code-syntax",
    "code-width",
    "look-alike",
    "undefined-letter",
    "undefined-flag",
    "code-mismatch",
    "flag-missing",
    "flag-stale",
    "two-codes",
    "missing-code",
    "date-mangled-code",
    "residents-differ",
];

/// Reads a list, derives each household's code, and writes every row on with it.
///
/// Every other column keeps its place and its text. A household that cannot be coded gets an empty cell and a finding.
/// A person-level list is read twice: a household's code is known only after its last row.
///
/// # Errors
/// When the source cannot be read or holds no household table, or the target cannot be written.
pub fn encode(
    source: &Source,
    options: &Options<'_>,
    target: &mut dyn Target,
    sink: &mut dyn FnMut(Diagnostic),
) -> Result<Encoded, TableError> {
    let mut options = options.clone();
    for rule in ABOUT_OLD_CODES {
        options.settings.silence(rule);
    }
    let mut encoder = Encoder {
        target,
        table: None,
        gathered: None,
        notes: Vec::new(),
        done: Encoded::default(),
    };
    let mut account = walk(source, &options, &mut encoder, sink)?;
    account.notes.append(&mut encoder.notes);
    Ok(Encoded {
        account,
        ..encoder.done
    })
}

struct Encoder<'t> {
    target: &'t mut dyn Target,
    table: Option<Added>,
    /// The households of a person-level table, once its first reading is over.
    gathered: Option<Households>,
    notes: Vec<Text>,
    done: Encoded,
}

impl Encoder<'_> {
    fn code_of(household: &Household) -> Option<GridCode> {
        let unit = household.code_unit?;
        household
            .facts
            .derive()
            .code(unit, household.code.map(|(code, _)| code))
    }
}

impl Visitor for Encoder<'_> {
    fn table(&mut self, begun: &Begun<'_>) -> Result<(), TableError> {
        let header = if begun.columns.is_chinese() {
            "网格编码"
        } else {
            "grid code"
        };
        let added =
            Added::new(vec![header.to_owned()], begun).replacing(begun.columns.of(Field::GridCode));
        self.table = Some(added);
        if self.gathered.is_none() {
            let needed = [Field::ResidentType, Field::Tenure];
            let lacking = needed
                .into_iter()
                .filter(|field| !begun.columns.has(*field));
            self.notes.extend(lacking.map(uncodable_note));
        }
        if begun.level == Level::Household || self.gathered.is_some() {
            self.target.sheet(begun.sheet, begun.last_header_row)?;
        }
        Ok(())
    }

    fn household(
        &mut self,
        household: &Household,
        context: &Context<'_>,
        found: &mut Findings<'_>,
    ) {
        if self.gathered.is_some() {
            return;
        }
        let code = Self::code_of(household);
        self.done.coded += u64::from(code.is_some());
        self.done.uncoded += u64::from(code.is_none());
        self.done.without_ages += u64::from(household.facts.ages_known == 0);
        if let (Some(new), Some((old, row))) = (code, household.code)
            && old != new
        {
            self.done.changed += 1;
            let said = CodeChanged::said(Some(&old.to_string()), new);
            found.household(
                CodeChanged::INFO,
                context.columns,
                (row, household.record),
                Field::GridCode,
                said,
            );
        }
    }

    fn row(&mut self, level: Level, kind: RowKind, row: &Row) -> Result<(), TableError> {
        match &self.table {
            Some(added) if level == Level::Household || self.gathered.is_some() => {
                added.other(kind, row, self.target)
            }
            _ => Ok(()),
        }
    }

    fn data(
        &mut self,
        row: &Row,
        entry: &Entry<'_>,
        household: Option<&Household>,
    ) -> Result<(), TableError> {
        let Some(added) = &self.table else {
            return Ok(());
        };
        let household = match (&self.gathered, household) {
            (Some(gathered), _) => gathered.of(entry),
            (None, Some(household)) => Some(household),
            (None, None) => return Ok(()),
        };
        let code = household.and_then(Self::code_of);
        let mut buffer = [0; GridCode::MAX_LEN];
        let text = code.map_or("", |code| code.encode_into(&mut buffer));
        added.data(row, &[text], self.target)
    }

    fn without_table(&mut self, sheet: Option<&str>) -> Result<bool, TableError> {
        self.target.other_sheet(sheet)
    }

    fn loose(&mut self, row: &Row) -> Result<(), TableError> {
        write_loose(row, self.target)
    }

    fn end(&mut self, level: Level, households: Households) -> bool {
        if level == Level::Person && self.gathered.is_none() {
            self.gathered = Some(households);
            return true;
        }
        self.gathered = None;
        false
    }
}

fn uncodable_note(field: Field) -> Text {
    Text::of(|lang| {
        let label = field.label(lang);
        lang.pick(
            format!("名单没有“{label}”列，无法得出编码"),
            format!("the list has no column for the {label}: no household can be coded"),
        )
    })
}
