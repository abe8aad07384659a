//! The formulas that hold a cell to the grammar while it is typed.
//!
//! A validation may hold no array constant, and rows of a sheet that are counted on may be deleted; names may hold arrays.
//! Tried in `LibreOffice` on every vector that a cell can hold, and on codes with one character more or another one: they say what
//! the strict parser says. What is pasted into a cell no spreadsheet checks.
//! The numbers 1 to 10 are `_n`, 1 to 17 `_m`, and the letters in use `_R` and `_t`.

use std::fmt::Write as _;

use super::Template;

/// The names that the formulas use, each with what it stands for.
pub(super) fn names(template: &Template<'_>) -> [(&'static str, String); 4] {
    let book = template.codebook();
    let residents = book.residents().iter().map(|entry| entry.letter.as_char());
    let tenures = book.tenures().iter().map(|entry| entry.letter.as_char());
    [
        ("_n", numbers(10)),
        ("_m", numbers(17)),
        ("_R", format!("=\"{}\"", residents.collect::<String>())),
        ("_t", format!("=\"{}\"", tenures.collect::<String>())),
    ]
}

fn numbers(last: u8) -> String {
    let mut array = String::from("={1");
    for number in 2..=last {
        let _ = write!(array, ";{number}");
    }
    array.push('}');
    array
}

/// Exactly the codes of the strict grammar: all but two characters are digits; a resident letter at one of the places 2
/// to 6 with a tenure letter behind it; and among the digits at the end none that is followed by itself or a smaller one.
pub(super) fn code(cell: &str) -> String {
    format!(
        "=AND({digits}=LEN({cell})-2,\
         SUMPRODUCT(ISNUMBER(FIND(MID({cell}&10^9,_n+1,1),_R)*FIND(MID({cell}&10^9,_n+2,1),_t))*(_n<6))=1,\
         SUMPRODUCT(ISNUMBER(-RIGHT({cell},_n+1))*(LEFT(RIGHT({cell},_n+1))>=LEFT(RIGHT({cell},_n))))=0)",
        digits = digits(cell)
    )
}

/// One to five digits.
pub(super) fn unit(cell: &str) -> String {
    format!("=AND(LEN({cell})<6,{}=LEN({cell}))", digits(cell))
}

/// A number of one or two digits.
pub(super) fn count(cell: &str) -> String {
    format!("=AND(LEN({cell})<3,{}=LEN({cell}))", digits(cell))
}

/// A date written as 1946-03-05.
pub(super) fn date(cell: &str) -> String {
    format!("=TEXT(DATE(LEFT({cell},4),MID({cell},6,2),RIGHT({cell},2)),\"yyyy-mm-dd\")={cell}")
}

/// Eighteen characters of which the last is the one that GB 11643 demands.
pub(super) fn identity(cell: &str) -> String {
    format!(
        "=AND(LEN({cell})=18,MID(\"10X98765432\",MOD(SUMPRODUCT(MID({cell},_m,1)*2^(18-_m)),11)+1,1)=RIGHT({cell}))"
    )
}

/// How many digits there are.
fn digits(cell: &str) -> String {
    format!("SUMPRODUCT(LEN({cell})-LEN(SUBSTITUTE({cell},_n-1,\"\")))")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A formula longer than this cannot be seen or changed in Excel's own dialogue.
    const LONGEST: usize = 255;

    #[test]
    fn no_formula_is_longer_than_excel_shows() {
        for formula in [code, unit, count, date, identity] {
            let formula = formula("AB2");
            assert!(formula.len() <= LONGEST, "{} {formula}", formula.len());
        }
    }
}
