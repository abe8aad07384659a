//! A telephone number as a cell holds it, and what spreadsheets do to one.

use unicode_normalization::UnicodeNormalization as _;

use crate::diagnostic::Severity;
use crate::household::is_placeholder;
use crate::lang::Text;
use crate::row::Field;

/// Why a cell is no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadPhone {
    /// `1.38E+10`: digits are lost.
    Lost,
    /// Anything else.
    NoPhone,
}

impl BadPhone {
    pub(super) fn severity(self) -> Severity {
        match self {
            Self::Lost => Severity::Error,
            Self::NoPhone => Severity::Warning,
        }
    }

    pub(super) fn message(self) -> Text {
        match self {
            Self::Lost => Text::fixed(
                "电话被表格改成了科学记数（如 1.38E+10），后几位已经丢失；没有用上",
                "a spreadsheet has written the telephone number as 1.38E+10: its last digits are lost, and it is not used",
            ),
            Self::NoPhone => Text::fixed(
                "此处应为电话号码，实不是；没有用上",
                "expected a telephone number: what stands here is not used",
            ),
        }
    }

    pub(super) fn advice(self) -> Text {
        match self {
            Self::Lost => Text::fixed(
                "请把这一列设为文本格式，再重新填写",
                "give the column the format Text, then write the number again",
            ),
            Self::NoPhone => Text::fixed(
                "请写 11 位手机号码，或带区号的电话",
                "write a mobile number of 11 digits, or a number with its area code",
            ),
        }
    }
}

/// Whether a header speaks of telephone numbers.
pub(super) fn is_header(text: &str) -> bool {
    let text = text.to_lowercase();
    ["电话", "手机", "联系方式", "phone", "mobile", "tel"]
        .iter()
        .any(|word| text.contains(word))
}

/// The numbers of a cell, one by one.
pub(super) fn several(cell: &str) -> impl Iterator<Item = &str> {
    let parts = cell.split(['、', ',', '，', ';', '；', '/', '／', '\n']);
    parts.map(str::trim).filter(|part| !part.is_empty())
}

/// The first number of a cell; `None` where the cell holds none.
pub(super) fn read(cell: &str) -> Result<Option<String>, BadPhone> {
    let folded: String = cell.trim().nfkc().collect();
    if is_placeholder(Field::Phone, &folded) {
        return Ok(None);
    }
    let upper = folded.to_uppercase();
    if upper.contains("E+") || upper.contains("E1") || upper.contains('#') {
        return Err(BadPhone::Lost);
    }
    let first = folded
        .split(['、', ',', ';', '/', '\n'])
        .next()
        .unwrap_or_default();
    let first = first.trim().strip_suffix(".0").unwrap_or(first);
    let digits: String = first
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '+' | '–' | '\u{a0}'))
        .collect();
    let digits = digits
        .strip_prefix("0086")
        .or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() == 11))
        .unwrap_or(&digits);
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && (7..=12).contains(&digits.len()) {
        Ok(Some(digits.to_owned()))
    } else {
        Err(BadPhone::NoPhone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_however_they_are_written_and_lost_digits_are_said() {
        for (cell, number) in [
            ("10000000001", Some("10000000001")),
            ("１００００００００01", Some("10000000001")),
            ("+86 100 0000 0001", Some("10000000001")),
            ("10000000001.0", Some("10000000001")),
            ("0551-60000001", Some("055160000001")),
            ("10000000001/10000000002", Some("10000000001")),
            ("", None),
            ("无", None),
            ("18999999999", None),
        ] {
            assert_eq!(read(cell), Ok(number.map(str::to_owned)), "{cell}");
        }
        assert_eq!(read("1.38E+10"), Err(BadPhone::Lost));
        assert_eq!(read("########"), Err(BadPhone::Lost));
        assert_eq!(read("不知道"), Err(BadPhone::NoPhone));
        assert_eq!(read("123"), Err(BadPhone::NoPhone));
    }
}
