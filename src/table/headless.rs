//! What the columns of a table without headers hold, guessed from their values, for advice only.

use std::collections::BTreeSet;

use super::header::is_blank;
use super::options::Fits;
use super::words;
use crate::row::{Field, Row};

/// So many rows are enough for a guess.
const ROWS: usize = 200;

/// What can be told of a column by its values alone, surest first.
const TOLD: [Field; 8] = [
    Field::IdNumber,
    Field::Phone,
    Field::GridCode,
    Field::Address,
    Field::Building,
    Field::Entrance,
    Field::ResidentType,
    Field::Tenure,
];

/// What the columns of a table without headers seem to hold; none where no column says which home a row is about.
pub(super) fn columns(buffer: &[Row], fits: &Fits<'_>) -> Vec<(usize, Field)> {
    let rows: Vec<&Row> = buffer
        .iter()
        .filter(|row| !row.is_blank())
        .take(ROWS)
        .collect();
    let width = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let mut fields: Vec<(usize, Field)> = Vec::new();
    let mut bare = Vec::new();
    for column in 0..width {
        let values: Vec<&str> = rows
            .iter()
            .map(|row| row.get(column).trim())
            .filter(|text| !is_blank(text))
            .collect();
        // A column of codes for each door of a floor is a plan of the house: no options make a list of it.
        let of_codes = |field: &(usize, Field)| field.1 == Field::GridCode;
        if fields.iter().any(of_codes) && most(&values, |text| is_code(text, fits)) {
            return Vec::new();
        }
        let free = |field: &&Field| !fields.iter().any(|(_, taken)| taken == *field);
        let of_kind = |field: &&Field| most(&values, |text| is_of(**field, text, fits));
        if let Some(field) = TOLD.iter().filter(free).find(of_kind) {
            fields.push((column, *field));
        } else if most(&values, |text| {
            text.bytes().any(|byte| byte.is_ascii_digit()) && fits(Field::Unit, "", text)
        }) && !counts_rows(&values)
        {
            bare.push(column);
        } else if free(&&Field::Name) && are_names(&values) {
            fields.push((column, Field::Name));
        }
    }
    // Bare numbers stand in the order in which a door is written; what comes after the room is something else.
    let open = [Field::Building, Field::Entrance, Field::Unit];
    let open: Vec<Field> = open
        .into_iter()
        .filter(|field| !fields.iter().any(|(_, taken)| taken == field))
        .collect();
    let door: &[Field] = match (bare.len(), open.as_slice()) {
        (1, [.., _]) => &[Field::Unit],
        (2, [Field::Building, ..]) => &[Field::Building, Field::Unit],
        (_, whole) => whole,
    };
    fields.extend(bare.into_iter().zip(door.iter().copied()));
    fields.sort_unstable_by_key(|(column, _)| *column);
    let home = |&(column, field): &(usize, Field)| {
        let first = rows.first().map_or("", |row| row.get(column));
        matches!(field, Field::Unit | Field::Address | Field::GridCode) && words::has_digit(first)
    };
    if fields.iter().any(home) {
        fields
    } else {
        Vec::new()
    }
}

fn is_of(field: Field, text: &str, fits: &Fits<'_>) -> bool {
    match field {
        Field::IdNumber => {
            text.len() == 18
                && text.bytes().take(17).all(|byte| byte.is_ascii_digit())
                && text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, 'x' | 'X'))
        }
        Field::Phone => {
            text.len() == 11
                && text.starts_with('1')
                && text.bytes().all(|byte| byte.is_ascii_digit())
        }
        // A bare number may be either: it takes its mark to tell.
        Field::Building => text.ends_with(['栋', '幢', '座', '楼', '#']) && fits(field, "", text),
        Field::Entrance => text.ends_with("单元") && fits(field, "", text),
        _ => fits(field, "", text),
    }
}

/// A code, and no bare number.
fn is_code(text: &str, fits: &Fits<'_>) -> bool {
    text.bytes().any(|byte| byte.is_ascii_alphabetic()) && fits(Field::GridCode, "", text)
}

fn most(values: &[&str], is: impl Fn(&str) -> bool) -> bool {
    let fit = values.iter().filter(|text| is(text)).count();
    fit * 2 > values.len()
}

/// `1`, `2`, `3` and so on: the number of the row.
fn counts_rows(values: &[&str]) -> bool {
    let numbers: Option<Vec<u64>> = values.iter().map(|text| text.parse().ok()).collect();
    numbers.is_some_and(|numbers| {
        numbers.len() > 2
            && numbers.first().is_some_and(|first| *first <= 1)
            && numbers
                .iter()
                .zip(numbers.iter().skip(1))
                .all(|(one, next)| one + 1 == *next)
    })
}

/// Two to four Chinese characters, mostly different from row to row.
fn are_names(values: &[&str]) -> bool {
    let is_name = |text: &str| {
        (2..=4).contains(&text.chars().count())
            && text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
            && !text.ends_with('族')
    };
    let different: BTreeSet<&&str> = values.iter().collect();
    most(values, is_name) && different.len() * 2 > values.len()
}
