//! Where a cell stands, in the words of Excel.

use std::fmt;
use std::sync::Arc;

/// A cell, or a whole row, of one sheet.
///
/// Printed as Excel names it: `住户!D16`, `D16` for a text file, `16` for a whole row.
///
/// ```
/// use gridcode::row::Place;
/// assert_eq!(Place::cell(Some("住户"), 16, 3).to_string(), "住户!D16");
/// assert_eq!(Place::row(None, 16).to_string(), "16");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The sheet's name; `None` for a file that has no sheets.
    pub sheet: Option<Arc<str>>,
    /// The 1-based row as Excel shows it; 0 means the sheet as a whole.
    pub row: u64,
    /// The 0-based column; `None` means the row as a whole.
    pub column: Option<usize>,
}

impl Place {
    /// One cell: 1-based row, 0-based column.
    #[must_use]
    pub fn cell(sheet: Option<&str>, row: u64, column: usize) -> Self {
        Self {
            sheet: sheet.map(Arc::from),
            row,
            column: Some(column),
        }
    }

    /// A whole row.
    #[must_use]
    pub fn row(sheet: Option<&str>, row: u64) -> Self {
        Self {
            sheet: sheet.map(Arc::from),
            row,
            column: None,
        }
    }

    /// The cell without its sheet: `D16`.
    #[must_use]
    pub fn name(&self) -> String {
        match self.column {
            Some(column) => format!("{}{}", column_letters(column), self.row),
            None => self.row.to_string(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sheet) = &self.sheet {
            write!(f, "{sheet}!")?;
        }
        f.write_str(&self.name())
    }
}

/// The letters over a 0-based column: 0 is `A`, 25 is `Z`, 26 is `AA`.
///
/// ```
/// assert_eq!(gridcode::row::column_letters(26), "AA");
/// ```
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The 0-based column under some letters: `A` is 0, `aa` is 26; `None` when it is no column of Excel (`A` to `XFD`).
///
/// ```
/// assert_eq!(gridcode::row::column_number("aa"), Some(26));
/// assert_eq!(gridcode::row::column_number("房号"), None);
/// ```
#[must_use]
pub fn column_number(letters: &str) -> Option<usize> {
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut number = 0;
    for letter in letters.bytes() {
        if !letter.is_ascii_alphabetic() {
            return None;
        }
        number = number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    (number <= 16_384).then(|| number - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_numbers_of_every_column_are_inverse() {
        for column in 0..16_384 {
            assert_eq!(column_number(&column_letters(column)), Some(column));
        }
        assert_eq!(column_number("XFE"), None);
    }
}
