//! One row of a list, read once: every field's text with what it says, for all rules to share.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::{
    Age, Birth, BirthFault, DoorRead, IdFault, IdNumber, Level, Recall, Relation, is_placeholder,
};
use crate::address::{Building, Entrance, Key, Unit};
use crate::code::{
    Alphabet, Confidence, GridCode, ParseError, Repaired, ResidentLetter, TenureLetter,
    Unrepairable, repair_in,
};
use crate::codebook::{Codebook, Mapped};
use crate::row::{CellKind, Columns, Field, Row, has_long_number, is_han, tells_person};

/// A data row seen through its columns.
///
/// A value is `None` where the list has no such column, or the cell is empty or holds a placeholder.
#[derive(Clone)]
pub struct Entry<'a> {
    /// The row.
    pub row: &'a Row,
    /// What its columns mean.
    pub columns: &'a Columns,
    /// The 1-based number of the data row.
    pub record: u64,
    /// Whether the row is a household or a resident.
    pub level: Level,
    /// Whether the row has more or fewer cells than the table: its values may stand under wrong headers.
    pub ragged: bool,
    /// The grid code, read strictly, with every letter of the grammar.
    pub code: Option<Result<GridCode, ParseError>>,
    /// Where it could not be read strictly: what it may have been meant to be.
    pub repair: Option<Result<Repaired, Unrepairable>>,
    /// The door, from all columns that say something about it.
    pub door: DoorRead,
    /// Where the resident type leads.
    pub resident: Option<Mapped<'a, ResidentLetter>>,
    /// Where the tenure leads.
    pub tenure: Option<Mapped<'a, TenureLetter>>,
    /// Relation to the head.
    pub relation: Option<Relation>,
    /// The ID number: the resident's, or the head's in a household-level list.
    pub id: Option<Result<IdNumber, IdFault>>,
    /// The birth date.
    pub birth: Option<Result<Birth, BirthFault>>,
    /// The age as the list states it; an `Err` where it is no number of years.
    pub age: Option<Result<u16, ()>>,
    /// How many residents the list says the household has; an `Err` where it is no number.
    pub residents: Option<Result<u16, ()>>,
}

/// The cells may be names and numbers of persons: only the row is named.
impl std::fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry")
            .field("row", &self.row.number())
            .field("record", &self.record)
            .finish_non_exhaustive()
    }
}

impl<'a> Entry<'a> {
    /// Reads a row.
    #[must_use]
    pub fn read(
        row: &'a Row,
        columns: &'a Columns,
        record: u64,
        level: Level,
        codebook: &'a Codebook,
    ) -> Self {
        Self::recalling(
            &mut Recall::default(),
            row,
            columns,
            record,
            level,
            codebook,
        )
    }

    /// Reads a row as [`read`](Self::read) does, sparing what an equal cell of the same table said before.
    #[must_use]
    pub fn recalling<'c: 'a>(
        recall: &mut Recall<'c>,
        row: &'a Row,
        columns: &'a Columns,
        record: u64,
        level: Level,
        codebook: &'c Codebook,
    ) -> Self {
        let mut entry = Self::naming(recall, row, columns, record, level, codebook);
        entry.resident = entry.text(Field::ResidentType).map(|text| {
            let header = entry.header(Field::ResidentType);
            recall.resident(text, || codebook.resident_for(text, header))
        });
        entry.tenure = entry.text(Field::Tenure).map(|text| {
            let header = entry.header(Field::Tenure);
            recall.tenure(text, || codebook.tenure_for(text, header))
        });
        entry.relation = entry
            .text(Field::Relation)
            .and_then(|text| recall.relation(text));
        entry.id = entry.text(entry.id_field()).map(IdNumber::read);
        entry.birth = entry
            .text(Field::BirthDate)
            .map(|text| Birth::read(text, entry.kind(Field::BirthDate)));
        entry.age = entry
            .text(Field::Age)
            .map(|text| whole(text, &["周岁", "岁"]));
        entry.residents = entry
            .text(Field::Residents)
            .map(|text| whole(text, &["口人", "人", "口"]));
        entry
    }

    /// Reads only the code and the door of a row: enough to tell which household it belongs to.
    #[must_use]
    pub(crate) fn naming<'c: 'a>(
        recall: &mut Recall<'c>,
        row: &'a Row,
        columns: &'a Columns,
        record: u64,
        level: Level,
        codebook: &'c Codebook,
    ) -> Self {
        let mut entry = Self {
            row,
            columns,
            record,
            level,
            ragged: false,
            code: None,
            repair: None,
            door: DoorRead::default(),
            resident: None,
            tenure: None,
            relation: None,
            id: None,
            birth: None,
            age: None,
            residents: None,
        };
        entry.code = entry
            .text(Field::GridCode)
            .map(|_| GridCode::parse_in(entry.raw(Field::GridCode), Alphabet::ANY));
        if let Some(Err(_)) = entry.code {
            entry.repair = Some(repair_in(entry.raw(Field::GridCode), codebook.alphabet()));
        }
        entry.door = DoorRead::of(&entry, recall);
        entry
    }

    /// The trimmed text of a field; `None` where there is no column, no text, or only a placeholder.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<&'a str> {
        let text = plain_text(trimmed(self.raw(field)));
        (!is_placeholder(field, text)).then_some(text)
    }

    /// The name of the grid; `None` where the cell has none, and where it tells a person: a telephone number, an ID number, or
    /// the very name that the row has in its own column.
    #[must_use]
    pub fn grid(&self) -> Option<&'a str> {
        let text = self.text(Field::Grid)?;
        (!tells_person(text) && !self.repeats_person(text)).then_some(text)
    }

    /// The household's key, where it may be told: `None` also where a telephone number, an ID number or the very name that
    /// the row has in its own column stands in a column of the door.
    #[must_use]
    pub fn shown_key(&self) -> Option<Key> {
        let (community, estate) = self.door.names();
        let door = &self.door.door;
        let parts = [
            door.prefix.as_deref(),
            door.building.as_ref().map(Building::name),
            door.entrance.as_ref().map(Entrance::name),
            door.unit.as_ref().map(Unit::text),
        ];
        let is_personal = |text: &str| has_long_number(text) || self.repeats_person(text);
        // A community may be told by a long code.
        let is_person = |text: &str| tells_person(text) || self.repeats_person(text);
        let is_shown = !parts.into_iter().flatten().any(is_personal)
            && ![community, estate].into_iter().any(is_person);
        self.door.key().filter(|_| is_shown)
    }

    /// Whether a text says again what a column about a person says.
    fn repeats_person(&self, text: &str) -> bool {
        let personal = Field::ALL.iter().filter(|field| field.is_personal());
        personal.into_iter().any(|field| {
            let own = trimmed(self.raw(*field));
            let is_telling = own.chars().filter(|c| is_han(*c)).count() > 1 || has_long_number(own);
            is_telling && text.contains(own)
        })
    }

    /// The text of a field as it stands in the file; empty where there is no column.
    #[must_use]
    pub fn raw(&self, field: Field) -> &'a str {
        self.columns
            .of(field)
            .map_or("", |column| self.row.get(column))
    }

    /// What the file said the field's cell was.
    #[must_use]
    pub fn kind(&self, field: Field) -> CellKind {
        self.columns
            .of(field)
            .map_or(CellKind::Text, |column| self.row.kind(column))
    }

    /// The header over a field.
    #[must_use]
    pub fn header(&self, field: Field) -> &'a str {
        self.columns
            .of(field)
            .map_or("", |column| self.columns.header(column))
    }

    /// The code as written, or as written but for width, blanks and invisible characters.
    #[must_use]
    pub fn sure_code(&self) -> Option<GridCode> {
        match (&self.code, &self.repair) {
            (Some(Ok(code)), _) => Some(*code),
            (_, Some(Ok(repaired))) if repaired.confidence() == Confidence::Safe => {
                Some(repaired.code)
            }
            _ => None,
        }
    }

    /// The field that holds the ID number of whom the row is about.
    #[must_use]
    pub fn id_field(&self) -> Field {
        match self.level {
            Level::Household if !self.columns.has(Field::IdNumber) => Field::HeadId,
            _ => Field::IdNumber,
        }
    }

    /// Whether the row is about the head of its household.
    #[must_use]
    pub fn is_head(&self) -> bool {
        self.level == Level::Household || self.relation == Some(Relation::Head)
    }

    /// The date of birth of whom the row is about: from a sound ID number, else from its column.
    #[must_use]
    pub fn born(&self) -> Option<Birth> {
        let id = self.id.and_then(Result::ok).map(|id| Birth::Day(id.born()));
        id.or_else(|| self.birth.and_then(Result::ok))
    }

    /// The age on a day of whom the row is about: from the ID number, else the birth date, else the stated age.
    ///
    /// `None` also for an age beyond [`Age::OLDEST`]: it is a mistake, and no flag may follow from it.
    #[must_use]
    pub fn age_on(&self, on: Date) -> Option<Age> {
        let age = match self.born() {
            Some(birth) => birth.age_on(on),
            None => self.age.and_then(Result::ok).map(Age::exactly),
        };
        age.filter(|age| age.low <= Age::OLDEST)
    }
}

/// What `trim` gives; most texts show at their first and last character that there is nothing to trim.
#[inline]
fn trimmed(text: &str) -> &str {
    let bytes = text.as_bytes();
    // Beyond ASCII, blanks are written with leading bytes below E4, and Chinese characters nearly all with E4 to E9.
    let is_sign = |byte: &u8| matches!(byte, b'!'..=b'~' | 0xe4..=0xe9);
    let ends = match bytes.last() {
        Some(last) if last.is_ascii() => is_sign(last),
        _ => bytes
            .iter()
            .nth_back(2)
            .is_some_and(|lead| !lead.is_ascii() && is_sign(lead)),
    };
    if ends && bytes.first().is_some_and(is_sign) {
        text
    } else {
        text.trim()
    }
}

/// The ways in which people make Excel keep a text: `="0803"` in a CSV file, `'0803` in a cell.
fn plain_text(text: &str) -> &str {
    let formula = text
        .strip_prefix("=\"")
        .and_then(|text| text.strip_suffix('"'));
    formula.or_else(|| text.strip_prefix('\'')).unwrap_or(text)
}

/// A small whole number, with or without the word that counts it; `８５` and `85.0` are 85.
fn whole(text: &str, words: &[&str]) -> Result<u16, ()> {
    // Most cells hold a few plain digits.
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map_err(|_| ());
    }
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let bare = words.iter().find_map(|word| plain.strip_suffix(word));
    let bare = bare.unwrap_or(&plain);
    let bare = match bare.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|byte| byte == b'0') => whole,
        _ => bare,
    };
    let digits = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        bare.parse().map_err(|_| ())
    } else {
        Err(())
    }
}

#[cfg(test)]
mod tests {
    use super::trimmed;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn a_text_is_trimmed_as_the_standard_library_does(
            text in "[a\u{20}\u{9}\u{b}\u{1c}\u{7f}\u{85}\u{a0}é\u{1680}\u{2003}\u{2028}\u{205f}\u{3000}一常鿿ꀀ\u{e4a4}𠀀\u{1f600}]{0,4}"
        ) {
            prop_assert_eq!(trimmed(&text), text.trim());
        }
    }
}
