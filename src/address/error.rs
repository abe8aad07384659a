//! What keeps an address from being read, and where.

use std::ops::Range;

use super::Mangled;
use crate::lang::{Lang, Text};

/// A byte range of the original text, always on character borders.
pub type Span = Range<usize>;

/// Why a text is no address. Only ever names a position, a foreign character or a date: never other words of the text,
/// which may be a person's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
#[non_exhaustive]
pub enum AddressError {
    /// Nothing but blanks.
    #[non_exhaustive]
    Empty {
        /// The whole text.
        span: Span,
    },
    /// Longer than any address.
    #[non_exhaustive]
    TooLong {
        /// The whole text.
        span: Span,
    },
    /// A character that stands in no address, such as the Cyrillic В.
    #[non_exhaustive]
    Character {
        /// The character's bytes.
        span: Span,
        /// Counted from 1.
        position: usize,
        /// The character.
        found: char,
    },
    /// A blank inside or between numbers: `3 2 803`.
    #[non_exhaustive]
    Blank {
        /// The blank's bytes.
        span: Span,
        /// Counted from 1, in characters.
        position: usize,
    },
    /// More than one door: `801、803`, `801-803`.
    #[non_exhaustive]
    Several {
        /// What stands between the doors, or the whole row of numbers.
        span: Span,
    },
    /// The address begins well and then says something else: `1号楼北侧楼房`.
    #[non_exhaustive]
    NotRead {
        /// The bytes that could not be read.
        span: Span,
        /// The first such character, counted from 1.
        first: usize,
        /// The last such character.
        last: usize,
    },
    /// Neither building nor entrance, floor or room.
    #[non_exhaustive]
    NoDoor {
        /// The whole text.
        span: Span,
    },
    /// A spreadsheet has turned `2-3` into a date.
    #[non_exhaustive]
    Date {
        /// The whole text.
        span: Span,
        /// What may have been typed.
        mangled: Mangled,
    },
}

impl AddressError {
    pub(super) fn empty(text: &str) -> Self {
        Self::Empty {
            span: 0..text.len(),
        }
    }

    pub(super) fn too_long(text: &str) -> Self {
        Self::TooLong {
            span: 0..text.len(),
        }
    }

    pub(super) fn no_door(text: &str) -> Self {
        Self::NoDoor {
            span: 0..text.len(),
        }
    }

    pub(super) fn date(text: &str, mangled: Mangled) -> Self {
        Self::Date {
            span: 0..text.len(),
            mangled,
        }
    }

    pub(super) fn several(_text: &str, span: Span) -> Self {
        Self::Several { span }
    }

    pub(super) fn blank(text: &str, span: Span) -> Self {
        let position = chars_before(text, span.start) + 1;
        Self::Blank { span, position }
    }

    pub(super) fn character(text: &str, span: Span, found: char) -> Self {
        let position = chars_before(text, span.start) + 1;
        Self::Character {
            span,
            position,
            found,
        }
    }

    pub(super) fn not_read(text: &str, span: Span) -> Self {
        let first = chars_before(text, span.start) + 1;
        let last = chars_before(text, span.end).max(first);
        Self::NotRead { span, first, last }
    }

    /// The stable name of the kind, as the vectors have it.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "empty",
            Self::TooLong { .. } => "too-long",
            Self::Character { .. } => "character",
            Self::Blank { .. } => "blank",
            Self::Several { .. } => "several",
            Self::NotRead { .. } => "not-read",
            Self::NoDoor { .. } => "no-door",
            Self::Date { .. } => "date",
        }
    }

    /// The bytes of the text that the error is about.
    #[must_use]
    pub const fn span(&self) -> &Span {
        match self {
            Self::Empty { span }
            | Self::TooLong { span }
            | Self::Character { span, .. }
            | Self::Blank { span, .. }
            | Self::Several { span }
            | Self::NotRead { span, .. }
            | Self::NoDoor { span }
            | Self::Date { span, .. } => span,
        }
    }

    /// The error in one language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Empty { .. }, Lang::Zh) => "此处应为地址，实为空白".into(),
            (Self::Empty { .. }, Lang::En) => "expected an address, found nothing".into(),
            (Self::TooLong { .. }, Lang::Zh) => "此处应为一个地址，实为超过200字的长文".into(),
            (Self::TooLong { .. }, Lang::En) => {
                "expected one address, found a text of more than 200 characters".into()
            }
            (
                Self::Character {
                    position, found, ..
                },
                Lang::Zh,
            ) => format!(
                "第{position}个字应为汉字、字母、数字或短横，实为“{}”（U+{:04X}）",
                found.escape_debug(),
                u32::from(*found)
            ),
            (
                Self::Character {
                    position, found, ..
                },
                Lang::En,
            ) => format!(
                "expected a Chinese character, letter, digit or dash at character {position}, found '{}' (U+{:04X})",
                found.escape_debug(),
                u32::from(*found)
            ),
            (Self::Blank { position, .. }, Lang::Zh) => {
                format!("第{position}个字应为“栋”“单元”或短横，实为两个数字之间的空格")
            }
            (Self::Blank { position, .. }, Lang::En) => format!(
                "expected `栋`, `单元` or a dash at character {position}, found a blank between two numbers"
            ),
            (Self::Several { .. }, Lang::Zh) => {
                "此处应为一户的房号，实为多个房号，请每户一行".into()
            }
            (Self::Several { .. }, Lang::En) => {
                "expected the room of one household, found several rooms: give each its own row"
                    .into()
            }
            (Self::NotRead { first, last, .. }, Lang::Zh) if first == last => {
                format!("第{first}个字应为楼栋、单元、楼层或房号，实为其他内容")
            }
            (Self::NotRead { first, last, .. }, Lang::Zh) => {
                format!("第{first}至{last}个字应为楼栋、单元、楼层或房号，实为其他内容")
            }
            (Self::NotRead { first, last, .. }, Lang::En) if first == last => {
                format!(
                    "expected a building, entrance, floor or room at character {first}, found something else"
                )
            }
            (Self::NotRead { first, last, .. }, Lang::En) => format!(
                "expected a building, entrance, floor or room at characters {first} to {last}, found something else"
            ),
            (Self::NoDoor { .. }, Lang::Zh) => {
                "此处应有楼栋、单元或房号，如“3栋2单元803室”，实无".into()
            }
            (Self::NoDoor { .. }, Lang::En) => {
                "expected a building, entrance or room such as `3栋2单元803室`, found none".into()
            }
            (Self::Date { mangled, .. }, Lang::Zh) => {
                let [one, other] = mangled.typed();
                format!(
                    "此处应为房号，实为日期：表格软件可能把“{one}”或“{other}”改成了日期，请核对原表"
                )
            }
            (Self::Date { mangled, .. }, Lang::En) => {
                let [one, other] = mangled.typed();
                format!(
                    "expected a room, found a date: a spreadsheet may have made it of `{one}` or `{other}`, please check the source"
                )
            }
        }
    }

    /// The error in both languages.
    #[must_use]
    pub fn text(&self) -> Text {
        Text::of(|lang| self.message(lang))
    }
}

fn chars_before(text: &str, byte: usize) -> usize {
    text.char_indices()
        .take_while(|(start, _)| *start < byte)
        .count()
}
