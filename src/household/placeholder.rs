//! Values that forms tell people to write when they know nothing: missing, not data.

use crate::row::Field;

/// Whether a trimmed text only stands in for a missing value of its field.
///
/// The templates of a community system in wide use prescribe `111111111111111111` for an unknown ID number,
/// `18999999999` for an unknown phone, age `1`, and entrance `0` for a shop.
///
/// ```
/// use gridcode::household::is_placeholder;
/// use gridcode::row::Field;
/// assert!(is_placeholder(Field::IdNumber, "111111111111111111"));
/// assert!(is_placeholder(Field::Tenure, "无"));
/// assert!(!is_placeholder(Field::Age, "81"));
/// ```
#[must_use]
pub fn is_placeholder(field: Field, text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let own = match field {
        Field::IdNumber | Field::HeadId => text.len() >= 15 && one_digit_only(text),
        Field::Phone => text == "18999999999" || text.len() >= 7 && one_digit_only(text),
        Field::Age => matches!(text, "1" | "-1" | "999"),
        Field::BirthDate => is_no_date(text),
        Field::Entrance | Field::Residents => text == "0",
        // `0` and `1` are rooms of somebody's list, and one digit is a grid code's business to judge.
        _ => false,
    };
    own || matches!(
        text,
        "-" | "--"
            | "—"
            | "——"
            | "/"
            | "\\"
            | "无"
            | "暂无"
            | "空"
            | "不详"
            | "未填"
            | "N/A"
            | "n/a"
            | "NA"
            | "null"
            | "NULL"
            | "None"
            | "none"
    )
}

fn one_digit_only(text: &str) -> bool {
    let mut bytes = text.bytes();
    let first = bytes.next();
    first.is_some_and(|byte| byte.is_ascii_digit()) && bytes.all(|byte| Some(byte) == first)
}

fn is_no_date(text: &str) -> bool {
    let text = text.split(' ').next().unwrap_or(text);
    matches!(
        text,
        "1900-01-01"
            | "1900/1/1"
            | "1900/01/01"
            | "19000101"
            | "1899-12-31"
            | "1899-12-30"
            | "0000-00-00"
            | "0"
            | "1"
    )
}
