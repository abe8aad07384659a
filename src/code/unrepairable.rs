//! `Unrepairable`: why no code can be made of a text.

use std::fmt;

use super::{Confidence, GridCode, ParseError};
use crate::lang::{Lang, Text};

/// Why no code can be made of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// It is no code, and not near to one.
    Syntax,
    /// It can be one of several codes, and nothing says which.
    Ambiguous(Vec<GridCode>),
    /// A spreadsheet turned it into scientific notation: `8.03E+05`.
    Scientific,
    /// A spreadsheet turned it into a date: `2-Mar`, `2月3日`.
    Date,
    /// It is the error value of a spreadsheet: `#N/A`, `####`.
    SheetError,
    /// A character was lost when the encoding changed: `803�a7`.
    LostCharacter,
}

impl Reason {
    /// The name used in JSON and in the vectors.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Ambiguous(_) => "ambiguous",
            Self::Scientific => "scientific",
            Self::Date => "date",
            Self::SheetError => "sheet-error",
            Self::LostCharacter => "lost-character",
        }
    }
}

/// Why no code can be made of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unrepairable {
    pub(super) reason: Reason,
    pub(super) error: ParseError,
}

impl Unrepairable {
    /// The reason.
    #[must_use]
    pub const fn reason(&self) -> &Reason {
        &self.reason
    }

    /// What the strict parser says of the text.
    #[must_use]
    pub const fn error(&self) -> ParseError {
        self.error
    }

    /// [`Confidence::Never`] where what was meant is lost and has to be asked; `None` where the text is
    /// still what somebody wrote, and is not a code or not one code.
    #[must_use]
    pub const fn confidence(&self) -> Option<Confidence> {
        match self.reason {
            Reason::Syntax | Reason::Ambiguous(_) => None,
            Reason::Scientific | Reason::Date | Reason::SheetError | Reason::LostCharacter => {
                Some(Confidence::Never)
            }
        }
    }

    /// Why no code can be made of the text, in one language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> impl fmt::Display {
        Message(self, lang)
    }

    /// Why no code can be made of the text, in both languages.
    #[must_use]
    pub fn text(&self) -> Text {
        Text::of(|lang| self.message(lang))
    }
}

impl fmt::Display for Unrepairable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Message(self, Lang::En).fmt(f)
    }
}

impl std::error::Error for Unrepairable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.reason {
            // The message is already the parser's own.
            Reason::Syntax => None,
            _ => Some(&self.error),
        }
    }
}

struct Message<'u>(&'u Unrepairable, Lang);

impl fmt::Display for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(Unrepairable { reason, error }, lang) = self;
        let sentence = match (reason, lang) {
            (Reason::Syntax, _) => return fmt::Display::fmt(&error.message(*lang), f),
            (Reason::Ambiguous(codes), Lang::Zh) => {
                f.write_str("此处应为一个网格编码，实为有多种读法的文字：可能是 ")?;
                list(f, codes, " 或 ")?;
                "，请核对"
            }
            (Reason::Ambiguous(codes), Lang::En) => {
                f.write_str("expected one grid code, found a text that can be read as ")?;
                list(f, codes, " or as ")?;
                ": please check which is meant"
            }
            (Reason::Scientific, Lang::Zh) => {
                "此处应为网格编码，实为科学计数法，原来的字符已丢失，请向住户核实"
            }
            (Reason::Scientific, Lang::En) => {
                "expected a grid code, found scientific notation: what was typed is lost, ask the household"
            }
            (Reason::Date, Lang::Zh) => {
                "此处应为网格编码，实为日期，原来的字符可能已被表格软件改掉，请向住户核实"
            }
            (Reason::Date, Lang::En) => {
                "expected a grid code, found a date, perhaps made by a spreadsheet: what was typed is lost, ask the household"
            }
            (Reason::SheetError, Lang::Zh) => {
                "此处应为网格编码，实为表格软件的出错值，请向住户核实"
            }
            (Reason::SheetError, Lang::En) => {
                "expected a grid code, found an error value of a spreadsheet: ask the household"
            }
            (Reason::LostCharacter, Lang::Zh) => {
                "此处应为网格编码，实为缺字的文本，有字符在转换编码时丢失，请查看原文件或向住户核实"
            }
            (Reason::LostCharacter, Lang::En) => {
                "expected a grid code, found a text with a character lost in a change of encoding: see the original file or ask the household"
            }
        };
        f.write_str(sentence)
    }
}

fn list(f: &mut fmt::Formatter<'_>, codes: &[GridCode], or: &str) -> fmt::Result {
    for (index, code) in codes.iter().enumerate() {
        if index > 0 {
            f.write_str(or)?;
        }
        write!(f, "{code}")?;
    }
    Ok(())
}
