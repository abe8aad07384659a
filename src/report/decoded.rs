//! One code in words, for a person and for a machine.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;

use super::text::{Paint, Style};
use crate::code::{GridCode, ParseError, repair_in};
use crate::codebook::{Codebook, Explained};
use crate::lang::{Lang, Text};
use crate::row::{has_long_number, looks_like_name};

/// A sound code: a line for each part, with its meaning and what that rests on.
#[must_use]
pub fn words(code: GridCode, codebook: &Codebook, lang: Lang, paint: Paint<'_>) -> String {
    let mut lines = format!("{}\n", paint(Style::Title, &code.to_string()));
    let parts = codebook.explain(code);
    let widest = parts.iter().map(|part| part.text.len()).max().unwrap_or(0);
    for Explained {
        part,
        text,
        meaning,
    } in parts
    {
        let said = match meaning {
            Some(meaning) => {
                let source = meaning.source.get(lang);
                let basis = meaning.basis.label(lang);
                let basis = match (source.is_empty(), lang) {
                    (true, _) => basis.to_owned(),
                    // A source that begins with the word itself needs it once.
                    _ if source.starts_with(basis) => source.to_owned(),
                    (false, Lang::Zh) => format!("{basis}：{source}"),
                    (false, Lang::En) => format!("{basis}: {source}"),
                };
                let basis = lang.pick(format!("（{basis}）"), format!(" ({basis})"));
                format!(
                    "{}{}",
                    paint(Style::Plain, meaning.text.get(lang)),
                    paint(Style::Dim, &basis)
                )
            }
            None if part == crate::code::Part::Unit => String::new(),
            None => paint(
                Style::Warning,
                lang.pick("码本中没有定义", "not defined in the codebook"),
            ),
        };
        let label = paint(Style::Plain, part.label(lang));
        let line = format!("  {text:<widest$}  {label}");
        let colon = if said.is_empty() {
            ""
        } else {
            lang.pick("：", ": ")
        };
        let _ = writeln!(lines, "{line}{colon}{said}");
    }
    if codebook.is_inferred() {
        let warning = lang.pick(
            "注意：此码本含推测内容，没有公开依据。",
            "Note: this codebook holds inferred meanings that nothing published supports.",
        );
        let _ = writeln!(lines, "{}", paint(Style::Warning, warning));
    }
    lines
}

/// One code, or why a text is none, in one line.
#[must_use]
pub fn line(
    text: &str,
    parsed: Result<GridCode, ParseError>,
    codebook: &Codebook,
    lang: Lang,
    paint: Paint<'_>,
) -> String {
    let shown = shown(text, lang);
    match parsed {
        Ok(code) => {
            let parts = codebook
                .explain(code)
                .into_iter()
                .map(|part| match part.meaning {
                    Some(meaning) => format!(
                        "{} {}",
                        part.text,
                        paint(Style::Plain, &meaning.words(lang))
                    ),
                    None if part.part == crate::code::Part::Unit => {
                        format!("{} {}", part.part.label(lang), part.text)
                    }
                    None => format!("{} {}", part.text, lang.pick("未定义", "not defined")),
                });
            format!(
                "{}  {}",
                paint(Style::Title, &shown),
                parts.collect::<Vec<_>>().join(" · ")
            )
        }
        Err(error) => {
            let mut line = format!(
                "{}  {} ",
                paint(Style::Plain, &shown),
                paint(Style::Error, "✗")
            );
            line.push_str(&paint(Style::Plain, &error.message(lang).to_string()));
            match repair_in(text, codebook.alphabet()) {
                Ok(repaired) => {
                    let confidence = repaired.confidence().label(lang);
                    let fix = paint(Style::Fix, &repaired.code.to_string());
                    let _ = write!(
                        line,
                        " → {fix}{}",
                        lang.pick(format!("（{confidence}）"), format!(" ({confidence})"))
                    );
                }
                Err(unrepairable)
                    if unrepairable.text().get(lang) != error.message(lang).to_string() =>
                {
                    let why = paint(Style::Plain, unrepairable.text().get(lang));
                    let _ = write!(line, "{}{why}", lang.pick("；", "; "));
                }
                Err(_) => {}
            }
            line
        }
    }
}

/// A text that is no code: the text, a caret under the wrong part, what is wrong, what it may have been.
#[must_use]
pub fn fault(
    text: &str,
    error: &ParseError,
    codebook: &Codebook,
    lang: Lang,
    paint: Paint<'_>,
) -> String {
    use unicode_width::UnicodeWidthStr as _;

    let shown = shown(text, lang);
    let span = error.span();
    let mut lines = format!("{}\n", paint(Style::Plain, &shown));
    // A caret needs the text above it as it stands.
    if let (Some(before), Some(wrong)) = (text.get(..span.start), text.get(span.clone()))
        && shown.get(..span.end) == text.get(..span.end)
    {
        let blanks = " ".repeat(super::text::escape(before).width());
        let carets = "^".repeat(super::text::escape(wrong).width().max(1));
        let _ = writeln!(lines, "{blanks}{}", paint(Style::Error, &carets));
    }
    let said = error.message(lang).to_string();
    let _ = writeln!(lines, "  {}", paint(Style::Plain, &said));
    match repair_in(text, codebook.alphabet()) {
        Ok(repaired) => {
            let arrow = lang.pick("可改为", "write instead");
            let confidence = repaired.confidence().label(lang);
            let fix = paint(Style::Fix, &repaired.code.to_string());
            let _ = writeln!(
                lines,
                "  {arrow} {fix}{}",
                lang.pick(format!("（{confidence}）"), format!(" ({confidence})"))
            );
            for change in &repaired.changes {
                let _ = writeln!(
                    lines,
                    "    - {}",
                    paint(Style::Plain, change.text().get(lang))
                );
            }
        }
        Err(unrepairable) => {
            let why = unrepairable.text();
            // Without a repair the strict error may be all there is to say.
            if why.get(lang) != said {
                let _ = writeln!(lines, "  {}", paint(Style::Plain, why.get(lang)));
            }
        }
    }
    lines
}

/// Longest text that is repeated in full.
const SHOWN: usize = 60;

/// The text as it may be repeated: shortened, and kept back where it may be somebody's number or name.
pub(super) fn shown(text: &str, lang: Lang) -> Cow<'_, str> {
    if is_personal(text) {
        let count = text.chars().count();
        return Cow::Owned(lang.pick(
            format!("（{count} 个字符，可能是个人信息，不显示）"),
            format!("({count} characters, perhaps personal, not shown)"),
        ));
    }
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

fn is_personal(text: &str) -> bool {
    has_long_number(text) || looks_like_name(text)
}

/// A code, or why a text is none, as JSON.
#[derive(Debug, Serialize)]
pub struct Decoded<'a> {
    /// `None` where the text may be somebody's number or name.
    text: Option<&'a str>,
    valid: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<GridCode>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<PartView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repair: Option<RepairView>,
}

#[derive(Debug, Serialize)]
struct PartView<'a> {
    part: &'static str,
    text: String,
    meaning: Option<&'a Text>,
    basis: Option<&'static str>,
    source: Option<&'a Text>,
}

#[derive(Debug, Serialize)]
struct ErrorView {
    part: &'static str,
    span: (usize, usize),
    message: Text,
}

#[derive(Debug, Serialize)]
struct RepairView {
    code: GridCode,
    confidence: &'static str,
    changes: Vec<Text>,
}

impl<'a> Decoded<'a> {
    /// Decodes a text with the letters of a codebook.
    #[must_use]
    pub fn new(text: &'a str, codebook: &'a Codebook) -> Self {
        let mut decoded = Self {
            text: Some(text).filter(|text| !is_personal(text)),
            valid: false,
            code: None,
            parts: Vec::new(),
            error: None,
            repair: None,
        };
        match codebook.parse(text) {
            Ok(code) => {
                decoded.valid = true;
                decoded.code = Some(code);
                decoded.parts = codebook
                    .explain(code)
                    .into_iter()
                    .map(PartView::new)
                    .collect();
            }
            Err(error) => {
                let span = error.span();
                decoded.error = Some(ErrorView {
                    part: error.part().key(),
                    span: (span.start, span.end),
                    message: error.text(),
                });
                decoded.repair =
                    repair_in(text, codebook.alphabet())
                        .ok()
                        .map(|repaired| RepairView {
                            code: repaired.code,
                            confidence: repaired.confidence().key(),
                            changes: repaired
                                .changes
                                .iter()
                                .map(crate::code::Change::text)
                                .collect(),
                        });
            }
        }
        decoded
    }
}

impl<'a> PartView<'a> {
    fn new(explained: Explained<'a>) -> Self {
        Self {
            part: explained.part.key(),
            text: explained.text,
            meaning: explained.meaning.map(|meaning| &meaning.text),
            basis: explained.meaning.map(|meaning| meaning.basis.key()),
            source: explained
                .meaning
                .map(|meaning| &meaning.source)
                .filter(|source| !source.zh.is_empty()),
        }
    }
}
