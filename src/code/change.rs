//! `Change`: one thing that a repair does to a text, and how far it can be trusted.

use std::fmt;
use std::ops::Range;

use super::Confidence;
use super::naming::Named;
use crate::lang::{Lang, Text};

/// What sort of change a repair makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ChangeKind {
    /// A blank of any width was taken off.
    Blank,
    /// A character that shows nothing was taken off.
    Invisible,
    /// Full-width letters or digits became plain ones.
    FullWidth,
    /// Another form of the same letter or digit became the plain one: `⑧`, `𝟖`.
    Form,
    /// A letter among the digits of the unit became the digit it looks like: `O`, `l`.
    LetterForDigit,
    /// A letter of another script became the Latin one it looks like: `а` (Cyrillic).
    LookAlike,
    /// A capital letter became a small one, or the reverse.
    Case,
    /// Resident type and tenure changed places: `803aA7`.
    Swapped,
    /// Flags were put in rising order, each once.
    FlagOrder,
    /// A flag that stood there twice was taken off.
    FlagRepeated,
    /// A separator between two parts was taken off: `803-Aa-7`.
    Separator,
    /// The word for "room" behind the unit was taken off: `803室Aa7`.
    UnitWord,
    /// A unit in Chinese numerals became digits: `八〇三Aa7`.
    Numeral,
    /// The apostrophe that spreadsheets put before text was taken off: `'803Aa7`.
    TextMark,
}

impl ChangeKind {
    /// The name used in JSON and in the vectors.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Invisible => "invisible",
            Self::FullWidth => "full-width",
            Self::Form => "form",
            Self::LetterForDigit => "letter-for-digit",
            Self::LookAlike => "look-alike",
            Self::Case => "case",
            Self::Swapped => "swapped",
            Self::FlagOrder => "flag-order",
            Self::FlagRepeated => "flag-repeated",
            Self::Separator => "separator",
            Self::UnitWord => "unit-word",
            Self::Numeral => "numeral",
            Self::TextMark => "text-mark",
        }
    }

    /// How far such a change can be trusted where nothing speaks against it.
    #[must_use]
    pub const fn confidence(self) -> Confidence {
        match self {
            Self::Blank | Self::Invisible | Self::FullWidth => Confidence::Safe,
            Self::Form
            | Self::LetterForDigit
            | Self::LookAlike
            | Self::Case
            | Self::Swapped
            | Self::FlagOrder
            | Self::FlagRepeated
            | Self::Separator
            | Self::UnitWord
            | Self::Numeral
            | Self::TextMark => Confidence::Suggested,
        }
    }

    const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Blank, Lang::Zh) => "去掉空白",
            (Self::Invisible, Lang::Zh) => "去掉不可见字符",
            (Self::FullWidth, Lang::Zh) => "全角改为半角",
            (Self::Form, Lang::Zh) => "特殊写法改为普通写法",
            (Self::LetterForDigit, Lang::Zh) => "房号中的字母改为形近的数字",
            (Self::LookAlike, Lang::Zh) => "形近字母改为英文字母",
            (Self::Case, Lang::Zh) => "更正大小写",
            (Self::Swapped, Lang::Zh) => "居住类型与住房性质对调",
            (Self::FlagOrder, Lang::Zh) => "标记从小到大排列，不重复",
            (Self::FlagRepeated, Lang::Zh) => "去掉重复的标记",
            (Self::Separator, Lang::Zh) => "去掉分隔符",
            (Self::UnitWord, Lang::Zh) => "去掉房号后的字",
            (Self::Numeral, Lang::Zh) => "中文数字改为阿拉伯数字",
            (Self::TextMark, Lang::Zh) => "去掉表格的文本标记",
            (Self::Blank, Lang::En) => "blank removed",
            (Self::Invisible, Lang::En) => "invisible character removed",
            (Self::FullWidth, Lang::En) => "full-width to plain",
            (Self::Form, Lang::En) => "special form to plain",
            (Self::LetterForDigit, Lang::En) => "letter in the unit to the digit it looks like",
            (Self::LookAlike, Lang::En) => "look-alike to the Latin letter",
            (Self::Case, Lang::En) => "case corrected",
            (Self::Swapped, Lang::En) => "resident type and tenure exchanged",
            (Self::FlagOrder, Lang::En) => "flags put in rising order, each once",
            (Self::FlagRepeated, Lang::En) => "repeated flag removed",
            (Self::Separator, Lang::En) => "separator removed",
            (Self::UnitWord, Lang::En) => "word after the unit removed",
            (Self::Numeral, Lang::En) => "Chinese numeral to digits",
            (Self::TextMark, Lang::En) => "text mark of a spreadsheet removed",
        }
    }
}

/// One thing that a repair does to a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// The place in the original text, in bytes and on borders of characters.
    pub span: Range<usize>,
    /// What stands there.
    pub before: String,
    /// What is put in its place; empty where something is taken off.
    pub after: String,
    /// What sort of change it is.
    pub kind: ChangeKind,
    /// How far it can be trusted.
    pub confidence: Confidence,
}

impl Change {
    /// What is changed, in one language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> impl fmt::Display {
        Message(self, lang)
    }

    /// What is changed, in both languages.
    #[must_use]
    pub fn text(&self) -> Text {
        Text::of(|lang| self.message(lang))
    }
}

struct Message<'c>(&'c Change, Lang);

impl fmt::Display for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(change, lang) = self;
        f.write_str(change.kind.label(*lang))?;
        f.write_str(lang.pick("：", ": "))?;
        Shown(&change.before, *lang).fmt(f)?;
        if change.after.is_empty() {
            return Ok(());
        }
        f.write_str(" → ")?;
        match lang {
            Lang::Zh => write!(f, "“{}”", change.after),
            Lang::En => write!(f, "'{}'", change.after),
        }
    }
}

/// A piece of a dirty text: a single character by its name, several as they are but with what shows nothing escaped.
struct Shown<'c>(&'c str, Lang);

impl Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text, lang) = self;
        let mut chars = text.chars();
        if let (Some(only), None) = (chars.next(), chars.next()) {
            return fmt::Display::fmt(&Named(only, *lang), f);
        }
        f.write_str(lang.pick("“", "'"))?;
        for c in text.chars() {
            if c == ' ' || super::naming::look(c).is_visible() {
                write!(f, "{c}")?;
            } else {
                write!(f, "\\u{{{:x}}}", u32::from(c))?;
            }
        }
        f.write_str(lang.pick("”", "'"))
    }
}
