//! Whether a row of a list is a household or a resident.

use super::{Relation, continues, is_placeholder};
use crate::codebook::{Codebook, Mapped};
use crate::lang::Lang;
use crate::row::{Columns, Field, Row};

/// What one row of a list stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// One row a household; a name or an ID number is the head's.
    Household,
    /// One row a resident; the household's columns are repeated, blank or merged.
    Person,
}

impl Level {
    /// The name used on the command line and in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Household => "household",
            Self::Person => "person",
        }
    }

    /// What people call such a list.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Household, Lang::Zh) => "按户登记（一行一户）",
            (Self::Person, Lang::Zh) => "按人登记（一行一人）",
            (Self::Household, Lang::En) => "household-level (one row a household)",
            (Self::Person, Lang::En) => "person-level (one row a resident)",
        }
    }

    /// Decides from the headers and a sample of data rows.
    ///
    /// A column of relations to the head makes a list person-level as soon as somebody in it is not a head.
    /// Otherwise a list with names or ID numbers is person-level when at least a quarter of the rows repeat the door
    /// of the row before, or leave it blank, with another person: a few duplicates do not make it so.
    /// Where the tenure of such a row is a word that says nothing of tenure (`家庭成员`), one row is enough.
    pub fn detect<'r>(
        columns: &Columns,
        sample: impl Iterator<Item = &'r Row>,
        codebook: &Codebook,
    ) -> Self {
        let text = |row: &'r Row, field| {
            let text = columns
                .of(field)
                .map_or("", |column| row.get(column).trim());
            // `/` in the column of relations makes nobody a member.
            if is_placeholder(field, text) {
                ""
            } else {
                text
            }
        };
        let persons = [
            Field::Name,
            Field::IdNumber,
            Field::BirthDate,
            Field::Relation,
        ];
        if !persons.iter().any(|field| columns.has(*field)) {
            return Self::Household;
        }
        let has_unit = columns.has(Field::Unit) || columns.has(Field::Address);
        let door = [
            Field::Community,
            Field::Estate,
            Field::Building,
            Field::Entrance,
            Field::Unit,
            Field::Address,
            Field::HouseholdId,
        ];
        // Without a column for the unit only the code or the number in the register tells doors of a building apart.
        let tells_doors =
            has_unit || columns.has(Field::GridCode) || columns.has(Field::HouseholdId);
        let (mut rows, mut continued, mut members) = (0_u32, 0_u32, 0_u32);
        let mut before: Option<&Row> = None;
        for row in sample {
            rows += 1;
            if Relation::read(text(row, Field::Relation))
                .is_some_and(|relation| relation != Relation::Head)
            {
                members += 1;
            }
            if let Some(before) = before {
                let blank = has_unit && continues(row, before, columns);
                let equal = |field| text(row, field) == text(before, field);
                let same = !blank
                    && tells_doors
                    && door.into_iter().all(equal)
                    && (has_unit || equal(Field::GridCode));
                let other = persons
                    .iter()
                    .any(|field| text(row, *field) != text(before, *field));
                let somebody = persons.iter().any(|field| !text(row, *field).is_empty());
                if (same || blank) && other && somebody {
                    continued += 1;
                    let tenure = text(row, Field::Tenure);
                    let header = columns
                        .of(Field::Tenure)
                        .map_or("", |at| columns.header(at));
                    let says_nothing = codebook.tenure_for(tenure, header) == Mapped::Nothing;
                    members += u32::from(!tenure.is_empty() && says_nothing);
                }
            }
            before = Some(row);
        }
        if members > 0 || continued * 4 >= rows.max(1) {
            Self::Person
        } else {
            Self::Household
        }
    }
}
