//! Writing the codes of a list: the rows as they were, the grid-code column added or replaced.

use super::fold::Households;
use super::target::{Added, write_loose};
use super::walk::{Begun, Visitor, walk};
use super::{Account, Options, Target};
use crate::code::GridCode;
use crate::codebook::Codebook;
use crate::diagnostic::Diagnostic;
use crate::household::{Entry, Household, Level};
use crate::lang::Text;
use crate::row::{Field, Row};
use crate::rule::{CodeChanged, Context, Findings, Former};
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
    /// Households whose former code could not be renewed: their cells are empty now.
    pub emptied: u64,
    /// Former codes with a flag that no data lead to and the codebook therefore never writes, such as 5 or 7.
    pub flags_left_out: u64,
}

/// Rules that judge the codes which are about to be replaced.
const ABOUT_OLD_CODES: [&str; 7] = [
    "code-width",
    "undefined-letter",
    "undefined-flag",
    "code-mismatch",
    "flag-missing",
    "flag-stale",
    "missing-code",
];

/// What is lost when a code is replaced is told, but keeps nobody from being coded.
const LOST_WITH_OLD_CODES: [&str; 3] = ["code-syntax", "look-alike", "two-codes"];

/// Reads a list, derives each household's code, and writes every row on with it.
///
/// Every other column keeps its place and its text. A household that cannot be coded gets an empty cell and a finding.
/// Where the list has no column for a letter at all, the letter is the former code's.
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
    options.settings.renews_codes = true;
    for rule in ABOUT_OLD_CODES {
        options.settings.silence(rule);
    }
    for rule in LOST_WITH_OLD_CODES {
        options.settings.soften(rule);
    }
    let mut encoder = Encoder {
        target,
        codebook: options.codebook,
        table: None,
        gathered: None,
        lacking: Vec::new(),
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
    codebook: &'t Codebook,
    table: Option<Added>,
    /// The households of a person-level table, once its first reading is over.
    gathered: Option<Households>,
    /// Letters that the table has no column for.
    lacking: Vec<Field>,
    notes: Vec<Text>,
    done: Encoded,
}

impl Encoder<'_> {
    fn code_of(&self, household: &Household) -> Option<GridCode> {
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
            let letters = [Field::ResidentType, Field::Tenure].into_iter();
            self.lacking = letters.filter(|field| !begun.columns.has(*field)).collect();
            let has_codes = begun.columns.has(Field::GridCode);
            let notes = self.lacking.iter();
            self.notes
                .extend(notes.map(|field| lacking_note(*field, has_codes)));
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
        let code = self.code_of(household);
        let former = household.code.map(|(code, _)| code);
        let never_written = |digit: u8| {
            let flag = context.codebook.flag(digit);
            flag.is_none_or(|flag| flag.when.is_none())
        };
        let left_out = former.is_some_and(|former| former.flags.iter().any(never_written));
        self.done.flags_left_out += u64::from(code.is_some() && left_out);
        self.done.emptied += u64::from(code.is_none() && household.written.texts > 0);
        self.done.coded += u64::from(code.is_some());
        self.done.uncoded += u64::from(code.is_none());
        self.done.without_ages += u64::from(household.facts.ages_known == 0);
        let Some(new) = code else { return };
        let (old, row) = match household.code {
            Some((old, row)) => (Former::Code(old), row),
            None if household.written.texts > 0 => (Former::Unreadable, household.row),
            None => return,
        };
        if old != Former::Code(new) {
            self.done.changed += 1;
            found.household(
                CodeChanged::INFO,
                context.columns,
                (row, household.record),
                Field::GridCode,
                CodeChanged::said(old, new),
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
        let code = household.and_then(|household| self.code_of(household));
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
