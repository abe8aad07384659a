//! Which column holds which field: by the user's word, by the header, and by the values where a header is not enough.

use super::TableError;
use super::column_message::{Left, held_elsewhere, lost_zeros, misfit_at, no_values, register};
use super::header::{Meaning, fold, is_blank};
use super::heading::Heading;
use super::options::{ColumnRef, LayoutOptions};
use crate::lang::Text;
use crate::row::{Column, Columns, Field, Row, column_letters};

/// Decides the columns of one table.
pub(super) struct Resolve<'s, 'f> {
    pub(super) heading: &'s Heading,
    /// The rows that are most likely data.
    pub(super) data: Vec<&'s Row>,
    pub(super) options: &'s LayoutOptions<'f>,
    /// The row number of the header, for cell names.
    pub(super) header_row: u64,
}

/// A column that wants to hold a field.
#[derive(Clone, Copy)]
struct Claim {
    column: usize,
    field: Field,
}

impl Resolve<'_, '_> {
    /// The columns, and what is worth telling about the choice.
    pub(super) fn columns(&self) -> Result<(Columns, Vec<Text>), TableError> {
        let mut notes = Vec::new();
        let mapped = self.mapped()?;
        let free = |column: usize| !mapped.iter().any(|claim| claim.column == column);
        let unmapped = |field: Field| !mapped.iter().any(|claim| claim.field == field);

        // Headers that say it alone come first, then those that need the values' word.
        let mut claims: Vec<Claim> = Vec::new();
        let mut unsure = Vec::new();
        for (column, over) in self.heading.columns.iter().enumerate() {
            let fields = || {
                let all = over
                    .meanings
                    .iter()
                    .filter(|meaning| unmapped(meaning.field));
                all.map(|meaning| (meaning.field, meaning.sure))
            };
            if !free(column) {
                continue;
            }
            match fields().next() {
                None => {}
                Some((field, true)) if fields().count() == 1 => {
                    claims.push(Claim { column, field });
                }
                Some((field, true)) => {
                    let best = self.best(column, fields().map(|(field, _)| field));
                    let field = best.unwrap_or(field);
                    claims.push(Claim { column, field });
                }
                Some((_, false)) => {
                    unsure.push((column, fields().map(|(field, _)| field).collect::<Vec<_>>()));
                }
            }
        }
        let mut taken = self.one_each(&claims, &mut notes)?;
        taken.extend(mapped);
        for (column, fields) in unsure {
            let open = |field: &Field| !taken.iter().any(|claim| claim.field == *field);
            let fitting = |field: &Field| {
                open(field) && !(*field == Field::Unit && self.is_register(column, &taken))
            };
            let best = self.best(column, fields.iter().copied().filter(fitting));
            if let Some(field) = best {
                taken.push(Claim { column, field });
            } else {
                notes.push(self.not_taken(column, &fields, &taken));
            }
        }

        notes.extend(self.passed_over(&taken));
        let width = taken.iter().map(|claim| claim.column + 1);
        let width = width.fold(self.heading.columns.len(), usize::max);
        let columns = (0..width).map(|column| Column {
            header: self.header(column).to_owned(),
            field: taken
                .iter()
                .find(|claim| claim.column == column)
                .map(|claim| claim.field),
        });
        Ok((Columns::new(columns.collect()), notes))
    }

    /// The columns that are not read because the user named others for all that they can mean.
    fn passed_over(&self, taken: &[Claim]) -> Option<Text> {
        let is_mapped = |field: Field| self.options.map.iter().any(|(mapped, _)| *mapped == field);
        let named_elsewhere = |meaning: &Meaning| meaning.sure && is_mapped(meaning.field);
        let over = self.heading.columns.iter().enumerate();
        let passed: Vec<String> = over
            .filter(|(column, over)| {
                !taken.iter().any(|claim| claim.column == *column)
                    && over.meanings.first().is_some_and(named_elsewhere)
            })
            .map(|(column, _)| self.name(column))
            .collect();
        (!passed.is_empty()).then(|| {
            Text::new(
                format!("{}与 --map 指明的列同义，不读取", passed.join("、")),
                format!(
                    "{}: not read, as --map names other columns for the same",
                    passed.join(", ")
                ),
            )
        })
    }

    /// What the user said.
    fn mapped(&self) -> Result<Vec<Claim>, TableError> {
        let mut claims: Vec<Claim> = Vec::new();
        for (field, wanted) in &self.options.map {
            let claim = Claim {
                column: self.find(*field, wanted)?,
                field: *field,
            };
            claims.retain(|old| old.field != claim.field && old.column != claim.column);
            claims.push(claim);
        }
        Ok(claims)
    }

    fn find(&self, field: Field, wanted: &ColumnRef) -> Result<usize, TableError> {
        if let ColumnRef::Named(name) = wanted {
            let name = fold(name);
            let over = self.heading.columns.iter().enumerate();
            let mut named =
                over.filter(|(_, over)| !name.is_empty() && over.folded.contains(&name));
            match (named.next(), named.next()) {
                (Some((column, _)), None) => return Ok(column),
                (Some((first, _)), Some((second, _))) => {
                    return Err(self.two_columns(field, first, second));
                }
                (None, _) => {}
            }
        }
        let reach = self.data.iter().map(|row| row.len()).max().unwrap_or(0);
        let reach = reach.max(self.heading.columns.len());
        if let Some(column) = wanted.index()
            && column < reach
        {
            return Ok(column);
        }
        let columns = 0..self.heading.columns.len();
        let headers = columns.filter(|&column| !self.header(column).is_empty());
        Err(TableError::UnknownColumn {
            field,
            wanted: match wanted {
                ColumnRef::Named(name) => name.clone(),
                ColumnRef::At(column) => column_letters(*column),
            },
            headers: headers.map(|column| self.name(column)).collect(),
        })
    }

    /// One column for each field.
    fn one_each(&self, claims: &[Claim], notes: &mut Vec<Text>) -> Result<Vec<Claim>, TableError> {
        let has_unit = claims.iter().any(|claim| claim.field == Field::Unit);
        let mut taken: Vec<Claim> = Vec::new();
        for claim in claims {
            if taken.iter().any(|old| old.field == claim.field) {
                continue;
            }
            let rivals: Vec<Claim> = claims
                .iter()
                .filter(|other| other.field == claim.field)
                .copied()
                .collect();
            let [first, second, ..] = rivals.as_slice() else {
                taken.push(*claim);
                continue;
            };
            let mut fitting = rivals
                .iter()
                .filter(|rival| self.share(rival.column, rival.field) > HALF);
            let chosen = match (fitting.next(), fitting.next()) {
                (Some(only), None) => *only,
                _ if must_be_one(claim.field, has_unit) => {
                    return Err(self.two_columns(claim.field, first.column, second.column));
                }
                (Some(first), Some(_)) => *first,
                (None, _) => *first,
            };
            taken.push(chosen);
            for rival in rivals.iter().filter(|rival| rival.column != chosen.column) {
                let (kept, left) = (self.name(chosen.column), self.name(rival.column));
                notes.push(Text::of(|lang| {
                    let field = claim.field.label(lang);
                    lang.pick(
                        format!("{field}取自{kept}；{left}同义，未采用"),
                        format!(
                            "{field} is read from {kept}; {left} means the same and is not used"
                        ),
                    )
                }));
            }
        }
        Ok(taken)
    }

    /// The field that most values of a column fit; an empty table contradicts nothing.
    fn best(&self, column: usize, fields: impl Iterator<Item = Field>) -> Option<Field> {
        let mut best: Option<(u32, Field)> = None;
        for field in fields {
            let share = if self.data.is_empty() {
                HALF + 1
            } else {
                self.share(column, field)
            };
            if share > HALF && best.is_none_or(|(most, _)| share > most) {
                best = Some((share, field));
            }
        }
        best.map(|(_, field)| field)
    }

    /// Whether a column numbers houses in some register, as `CZ001` does, beside an address that says where they are.
    fn is_register(&self, column: usize, taken: &[Claim]) -> bool {
        let has_number = |text: &String| text.contains("编号") || text.contains("编码");
        let over = self.heading.columns.get(column);
        over.is_some_and(|over| over.folded.iter().any(has_number))
            && self.share_of(column, |text| {
                text.starts_with(|c: char| c.is_ascii_alphabetic())
            }) > HALF
            && taken.iter().any(|claim| {
                claim.field == Field::Address && self.share(claim.column, Field::Address) > HALF
            })
    }

    /// How many of a thousand values of a column fit a field; blanks and dashes do not count.
    fn share(&self, column: usize, field: Field) -> u32 {
        self.share_of(column, |text| {
            (self.options.fits)(field, self.header(column), text)
        })
    }

    /// Whether the values would fit had they kept the zero before their one digit.
    fn lost_zeros(&self, column: usize, field: Field) -> bool {
        let share = self.share_of(column, |text| {
            matches!(text.as_bytes(), [b'0'..=b'9'])
                && (self.options.fits)(field, self.header(column), &format!("0{text}"))
        });
        share > HALF
    }

    fn share_of(&self, column: usize, fits: impl Fn(&str) -> bool) -> u32 {
        let (mut all, mut fit) = (0_u32, 0_u32);
        // Most columns have few values, and some values take long to be looked up.
        let mut known: Vec<(&str, bool)> = Vec::new();
        for row in &self.data {
            let text = row.get(column).trim();
            if says_nothing(text) {
                continue;
            }
            let seen = known.iter().find(|(known, _)| *known == text);
            let fitting = seen.map_or_else(|| fits(text), |(_, fits)| *fits);
            if seen.is_none() && known.len() < FEW {
                known.push((text, fitting));
            }
            all += 1;
            fit += u32::from(fitting);
        }
        (fit * 1000).checked_div(all).unwrap_or(0)
    }

    /// Why an unsure column holds no field: a surer one does, or its values do not fit.
    fn not_taken(&self, column: usize, fields: &[Field], taken: &[Claim]) -> Text {
        let holder = |field: Field| taken.iter().find(|claim| claim.field == field);
        let open: Vec<Field> = fields
            .iter()
            .copied()
            .filter(|&field| holder(field).is_none())
            .collect();
        let held = fields
            .iter()
            .filter_map(|&field| holder(field))
            .max_by_key(|claim| self.share(column, claim.field));
        match held {
            Some(surer) if open.is_empty() || self.share(column, surer.field) > HALF => {
                self.held_elsewhere(column, surer)
            }
            _ if open.contains(&Field::Unit) && self.is_register(column, taken) => register(
                self.options.remedy,
                &Left {
                    name: self.name(column),
                    letter: column_letters(column),
                    fields: &[Field::Unit],
                },
            ),
            _ => self.misfit(column, &open),
        }
    }

    fn held_elsewhere(&self, column: usize, surer: &Claim) -> Text {
        held_elsewhere(
            self.options.remedy,
            &Left {
                name: self.name(column),
                letter: column_letters(column),
                fields: &[surer.field],
            },
            &self.name(surer.column),
        )
    }

    fn misfit(&self, column: usize, fields: &[Field]) -> Text {
        let letter = column_letters(column);
        let misfit = |row: &&&Row| {
            let text = row.get(column).trim();
            let fits = |field: &Field| (self.options.fits)(*field, self.header(column), text);
            !says_nothing(text) && !fields.iter().any(fits)
        };
        let first = self.data.iter().find(misfit);
        let first = first.map(|row| format!("{letter}{}", row.number()));
        let left = Left {
            name: self.name(column),
            letter,
            fields,
        };
        let bare = fields.iter().any(|&field| self.lost_zeros(column, field));
        match &first {
            None => no_values(&left),
            Some(cell) if bare => lost_zeros(self.options.remedy, &left, cell),
            Some(cell) => misfit_at(self.options.remedy, &left, cell),
        }
    }

    fn two_columns(&self, field: Field, first: usize, second: usize) -> TableError {
        TableError::TwoColumns {
            field,
            first: self.cell(first),
            second: self.cell(second),
            side_by_side: self.side_by_side(first, second),
        }
    }

    /// Whether the headers from one column on come again from another on.
    fn side_by_side(&self, first: usize, second: usize) -> bool {
        let distance = second.saturating_sub(first);
        let again = (first..second).filter(|&column| {
            let header = self.header(column);
            !header.is_empty() && header == self.header(column + distance)
        });
        again.count() >= 2
    }

    fn cell(&self, column: usize) -> String {
        format!("{}{}", column_letters(column), self.header_row)
    }

    fn header(&self, column: usize) -> &str {
        let over = self.heading.columns.get(column);
        over.map_or("", |over| over.text.as_str())
    }

    /// A column as messages name it: `F“房屋类型”`.
    fn name(&self, column: usize) -> String {
        format!("{}“{}”", column_letters(column), self.header(column))
    }
}

fn says_nothing(text: &str) -> bool {
    is_blank(text) || matches!(text, "-" | "—" | "/" | "无" | "——")
}

/// So many values of a column are remembered.
const FEW: usize = 8;

/// In thousandths; "most" is more than this.
const HALF: u32 = 500;

/// Fields where the wrong one of two columns would do harm.
fn must_be_one(field: Field, has_unit: bool) -> bool {
    match field {
        Field::Unit
        | Field::GridCode
        | Field::Building
        | Field::Entrance
        | Field::ResidentType
        | Field::Tenure => true,
        Field::Address => !has_unit,
        _ => false,
    }
}
