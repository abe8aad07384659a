//! `ParseError`: where a text leaves the grammar, what was expected there and what was found.

use std::fmt;
use std::ops::Range;

use super::Alphabet;
use super::naming::Named;
use crate::lang::{Lang, Text};

/// A part of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The room number: `803`.
    Unit,
    /// The resident type: `A`.
    Resident,
    /// The tenure: `a`.
    Tenure,
    /// The flags: `7`.
    Flags,
}

impl Part {
    /// The name used in JSON and in the vectors.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Resident => "resident",
            Self::Tenure => "tenure",
            Self::Flags => "flags",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Unit, Lang::Zh) => "房号",
            (Self::Resident, Lang::Zh) => "居住类型",
            (Self::Tenure, Lang::Zh) => "住房性质",
            (Self::Flags, Lang::Zh) => "标记",
            (Self::Unit, Lang::En) => "unit",
            (Self::Resident, Lang::En) => "resident type",
            (Self::Tenure, Lang::En) => "tenure",
            (Self::Flags, Lang::En) => "flags",
        }
    }
}

/// In which way a text is not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// There is no text at all.
    Empty,
    /// The text does not begin with a digit.
    ExpectedUnit,
    /// The unit has more than five digits.
    UnitTooLong,
    /// What follows the unit is not a resident type in use, or nothing follows.
    ExpectedResident,
    /// What follows the resident type is not a tenure in use, or nothing follows.
    ExpectedTenure,
    /// A flag stands there a second time.
    FlagRepeated,
    /// A flag is smaller than the one before it.
    FlagFalling,
    /// Something other than a digit follows the tenure and the flags.
    UnexpectedCharacter,
}

impl ParseErrorKind {
    /// The name used in JSON and in the vectors.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::ExpectedUnit => "expected-unit",
            Self::UnitTooLong => "unit-too-long",
            Self::ExpectedResident => "expected-resident",
            Self::ExpectedTenure => "expected-tenure",
            Self::FlagRepeated => "flag-repeated",
            Self::FlagFalling => "flag-falling",
            Self::UnexpectedCharacter => "unexpected-character",
        }
    }
}

/// What the grammar expected, with what its sentence needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Expected {
    Anything,
    Unit,
    ShorterUnit { digits: usize },
    Resident,
    Tenure,
    OtherFlag,
    HigherFlag { last: u8 },
    End,
}

/// Why a text is not a code: small, without allocation, and never holding more of the text than one character.
///
/// ```
/// use gridcode::{GridCode, Lang};
/// let error = GridCode::parse("803Ca7").unwrap_err();
/// assert_eq!(error.span(), 3..4);
/// assert_eq!(error.to_string(), "expected a resident type, `A` or `B`, found 'C'");
/// assert_eq!(error.message(Lang::Zh).to_string(), "此处应为居住类型 A 或 B，实为“C”");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ParseError {
    expected: Expected,
    start: usize,
    found: Option<char>,
    alphabet: Alphabet,
}

impl ParseError {
    /// So many digits of an overlong unit are counted and no more: a text of any length is refused at once.
    pub(super) const COUNTED_DIGITS: usize = 100;

    /// The error at byte `start` of `text`.
    pub(super) fn at(text: &str, expected: Expected, start: usize, alphabet: Alphabet) -> Self {
        Self {
            expected,
            start,
            found: text.get(start..).and_then(|rest| rest.chars().next()),
            alphabet,
        }
    }

    /// In which way the text is not a code.
    #[must_use]
    pub const fn kind(&self) -> ParseErrorKind {
        match self.expected {
            Expected::Anything => ParseErrorKind::Empty,
            Expected::Unit => ParseErrorKind::ExpectedUnit,
            Expected::ShorterUnit { .. } => ParseErrorKind::UnitTooLong,
            Expected::Resident => ParseErrorKind::ExpectedResident,
            Expected::Tenure => ParseErrorKind::ExpectedTenure,
            Expected::OtherFlag => ParseErrorKind::FlagRepeated,
            Expected::HigherFlag { .. } => ParseErrorKind::FlagFalling,
            Expected::End => ParseErrorKind::UnexpectedCharacter,
        }
    }

    /// The part that was being read.
    #[must_use]
    pub const fn part(&self) -> Part {
        match self.expected {
            Expected::Anything | Expected::Unit | Expected::ShorterUnit { .. } => Part::Unit,
            Expected::Resident => Part::Resident,
            Expected::Tenure => Part::Tenure,
            Expected::OtherFlag | Expected::HigherFlag { .. } | Expected::End => Part::Flags,
        }
    }

    /// The wrong part of the text, in bytes and on borders of characters; empty where the text ends too early.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        let length = match (self.expected, self.found) {
            (Expected::ShorterUnit { digits }, _) => digits,
            (_, Some(found)) => found.len_utf8(),
            (_, None) => 0,
        };
        self.start..self.start + length
    }

    /// The character at the start of the span; `None` at the end of the text.
    #[must_use]
    pub const fn found(&self) -> Option<char> {
        self.found
    }

    /// The letters the text was read with.
    #[must_use]
    pub const fn alphabet(&self) -> Alphabet {
        self.alphabet
    }

    /// What was expected and what was found, in one language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> impl fmt::Display + use<> {
        Message(*self, lang)
    }

    /// What was expected and what was found, in both languages.
    #[must_use]
    pub fn text(&self) -> Text {
        Text::of(|lang| self.message(lang))
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.message(Lang::En), f)
    }
}

impl std::error::Error for ParseError {}

struct Message(ParseError, Lang);

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(error, lang) = self;
        f.write_str(lang.pick("此处应为", "expected "))?;
        match error.expected {
            Expected::Anything => {
                f.write_str(lang.pick("网格编码，如 803Aa7", "a grid code such as `803Aa7`"))?;
            }
            Expected::Unit => {
                f.write_str(lang.pick("房号，即 1 至 5 位数字", "a unit of 1 to 5 digits"))?;
            }
            Expected::ShorterUnit { digits } => {
                let least = digits == ParseError::COUNTED_DIGITS;
                return match lang {
                    Lang::Zh => {
                        let least = if least { "至少" } else { "" };
                        write!(f, "房号，即 1 至 5 位数字，实为{least} {digits} 位数字")
                    }
                    Lang::En => {
                        let least = if least { "at least " } else { "" };
                        write!(f, "a unit of 1 to 5 digits, found {least}{digits} digits")
                    }
                };
            }
            Expected::Resident => {
                f.write_str(lang.pick("居住类型", "a resident type, "))?;
                let letters = error
                    .alphabet
                    .residents()
                    .map(super::ResidentLetter::as_char);
                choice(f, *lang, letters, ["（一个大写字母）", "a capital letter"])?;
            }
            Expected::Tenure => {
                f.write_str(lang.pick("住房性质", "a tenure, "))?;
                let letters = error.alphabet.tenures().map(super::TenureLetter::as_char);
                choice(f, *lang, letters, ["（一个小写字母）", "a small letter"])?;
            }
            Expected::OtherFlag => {
                f.write_str(lang.pick("尚未出现过的标记", "each flag once"))?;
            }
            Expected::HigherFlag { .. } => {
                f.write_str(lang.pick("从小到大的标记", "rising flags"))?;
            }
            Expected::End => {
                f.write_str(
                    lang.pick("标记数字或编码结尾", "a flag digit or the end of the code"),
                )?;
            }
        }
        f.write_str(lang.pick("，实为", ", found "))?;
        found(f, error, *lang)
    }
}

/// The letters of an alphabet: `A、B 或 C`, `` `A`, `B` or `C` ``; all 26 by their name.
fn choice(
    f: &mut fmt::Formatter<'_>,
    lang: Lang,
    letters: impl Iterator<Item = char>,
    any: [&str; 2],
) -> fmt::Result {
    let [zh, en] = any;
    let mut count = 0_u8;
    let mut buffer = ['\0'; 26];
    for (slot, letter) in buffer.iter_mut().zip(letters) {
        *slot = letter;
        count += 1;
    }
    let used = buffer.get(..count.into()).unwrap_or_default();
    match used.split_last() {
        None => f.write_str(lang.pick("（尚未定义任何字母）", "but no letter is in use")),
        _ if count == 26 => f.write_str(lang.pick(zh, en)),
        Some((last, before)) => {
            for (index, letter) in before.iter().enumerate() {
                match (lang, index) {
                    (Lang::Zh, 0) => write!(f, " {letter}")?,
                    (Lang::Zh, _) => write!(f, "、{letter}")?,
                    (Lang::En, 0) => write!(f, "`{letter}`")?,
                    (Lang::En, _) => write!(f, ", `{letter}`")?,
                }
            }
            match (lang, before.is_empty()) {
                (Lang::Zh, true) => write!(f, " {last}"),
                (Lang::Zh, false) => write!(f, " 或 {last}"),
                (Lang::En, true) => write!(f, "`{last}`"),
                (Lang::En, false) => write!(f, " or `{last}`"),
            }
        }
    }
}

fn found(f: &mut fmt::Formatter<'_>, error: &ParseError, lang: Lang) -> fmt::Result {
    let Some(found) = error.found else {
        return f.write_str(match error.expected {
            Expected::Anything => lang.pick("空", "nothing"),
            _ => lang.pick("文本末尾", "the end of the text"),
        });
    };
    match (error.expected, lang) {
        // `C` and `c`, `O` and `o` look alike: say which it is where the other case was expected.
        (Expected::Resident, _) if found.is_ascii_lowercase() => {
            f.write_str(lang.pick("小写字母", "the small letter "))?;
        }
        (Expected::Tenure, _) if found.is_ascii_uppercase() => {
            f.write_str(lang.pick("大写字母", "the capital letter "))?;
        }
        (Expected::OtherFlag, Lang::Zh) => f.write_str("再次出现的")?,
        (Expected::HigherFlag { last }, Lang::Zh) => write!(f, "“{last}”之后的")?,
        _ => {}
    }
    fmt::Display::fmt(&Named(found, lang), f)?;
    match (error.expected, lang) {
        (Expected::OtherFlag, Lang::En) => f.write_str(" again"),
        (Expected::HigherFlag { last }, Lang::En) => write!(f, " after '{last}'"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::{GridCode, ResidentLetter, TenureLetter};

    #[track_caller]
    fn says(text: &str, alphabet: Alphabet, zh: &str, en: &str) {
        let error = GridCode::parse_in(text, alphabet).unwrap_err();
        assert_eq!(error.text(), Text::new(zh.to_owned(), en.to_owned()));
    }

    #[test]
    fn an_alphabet_is_told_whole() {
        let one = Alphabet::EMPTY
            .with_resident(ResidentLetter::A)
            .with_tenure(TenureLetter::A);
        let c = ResidentLetter::new('C').unwrap();
        let three = Alphabet::PUBLISHED.with_resident(c);
        says(
            "803Z",
            one,
            "此处应为居住类型 A，实为“Z”",
            "expected a resident type, `A`, found 'Z'",
        );
        says(
            "803Z",
            three,
            "此处应为居住类型 A、B 或 C，实为“Z”",
            "expected a resident type, `A`, `B` or `C`, found 'Z'",
        );
        says(
            "803A",
            Alphabet::ANY,
            "此处应为住房性质（一个小写字母），实为文本末尾",
            "expected a tenure, a small letter, found the end of the text",
        );
        says(
            "803A",
            Alphabet::EMPTY,
            "此处应为居住类型（尚未定义任何字母），实为“A”",
            "expected a resident type, but no letter is in use, found 'A'",
        );
    }

    #[test]
    fn the_error_is_small_enough_to_return() {
        assert!(size_of::<ParseError>() <= 48);
    }
}
