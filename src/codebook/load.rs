//! TOML to a codebook: what the file says, with the place of every word so that a fault names its line.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use toml::Spanned;

use super::merge::Builder;
use super::{AgeOf, Basis, Codebook, CodebookError, ResidentOf};
use crate::lang::Text;

/// The file as written. A table key keeps its span: most faults are named by their key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Raw {
    pub(super) name: Option<String>,
    pub(super) title: Option<RawText>,
    pub(super) extends: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) sources: BTreeMap<String, RawText>,
    #[serde(default)]
    pub(super) resident: BTreeMap<Spanned<String>, RawLetter>,
    #[serde(default)]
    pub(super) tenure: BTreeMap<Spanned<String>, RawLetter>,
    #[serde(default)]
    pub(super) flag: BTreeMap<Spanned<String>, RawFlag>,
    #[serde(default)]
    pub(super) household: RawHousehold,
    #[serde(default)]
    pub(super) values: RawKinds<RawWords>,
    #[serde(default)]
    pub(super) lists: RawKinds<BTreeMap<String, RawWords>>,
}

pub(super) type RawWords = BTreeMap<Spanned<String>, RawEntry>;

/// A text of which one language may be left out: a community writes its own.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawText {
    zh: Option<String>,
    en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLetter {
    zh: Option<String>,
    en: Option<String>,
    pub(super) basis: Option<Spanned<Basis>>,
    pub(super) source: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) replaces: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFlag {
    zh: Option<String>,
    en: Option<String>,
    pub(super) basis: Option<Spanned<Basis>>,
    pub(super) source: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) replaces: bool,
    pub(super) when: Option<Spanned<RawWhen>>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawWhen {
    pub(super) age_of: Option<AgeOf>,
    pub(super) from: Option<u16>,
    pub(super) to: Option<u16>,
    pub(super) tag: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawHousehold {
    pub(super) resident: Option<ResidentOf>,
    pub(super) tenure_if_any: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawKinds<T: Default> {
    #[serde(default)]
    pub(super) resident: T,
    #[serde(default)]
    pub(super) tenure: T,
}

impl<T: Default> Default for RawKinds<T> {
    fn default() -> Self {
        Self {
            resident: T::default(),
            tenure: T::default(),
        }
    }
}

pub(super) enum RawEntry {
    Letter(String),
    Reason(RawText),
}

// By hand: an untagged enum would name neither the unknown key nor what was expected.
impl<'de> Deserialize<'de> for RawEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EntryVisitor)
    }
}

struct EntryVisitor;

impl<'de> Visitor<'de> for EntryVisitor {
    type Value = RawEntry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a letter in quotation marks, or { zh = \"…\", en = \"…\" }")
    }

    fn visit_str<E: de::Error>(self, letter: &str) -> Result<RawEntry, E> {
        Ok(RawEntry::Letter(letter.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawEntry, A::Error> {
        RawText::deserialize(MapAccessDeserializer::new(map)).map(RawEntry::Reason)
    }
}

/// A meaning needs at least one wording; the other falls back to it.
pub(super) fn both(zh: Option<String>, en: Option<String>) -> Option<Text> {
    match (zh, en) {
        (Some(zh), Some(en)) => Some(Text::new(zh, en)),
        (Some(one), None) | (None, Some(one)) => Some(Text::new(one.clone(), one)),
        (None, None) => None,
    }
}

impl RawText {
    pub(super) fn text(self) -> Option<Text> {
        both(self.zh, self.en)
    }
}

impl RawLetter {
    pub(super) fn text(&self) -> Option<Text> {
        both(self.zh.clone(), self.en.clone())
    }
}

impl RawFlag {
    pub(super) fn text(&self) -> Option<Text> {
        both(self.zh.clone(), self.en.clone())
    }
}

/// Where the faults of one file are counted from.
pub(super) struct Origin<'a> {
    text: &'a str,
    file: &'a str,
}

impl Origin<'_> {
    pub(super) fn fault(&self, span: &Range<usize>, message: Text) -> CodebookError {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        CodebookError {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            message,
        }
    }
}

impl Codebook {
    /// Reads a community's own codebook.
    ///
    /// It may begin with `extends = "shushan"` (or another of [`BUILTIN`](Self::BUILTIN)) and then needs only
    /// the lines that it adds. `file` is the name that a fault is reported under.
    ///
    /// # Errors
    /// When the text is not TOML, has a key the codebook does not know, or its lines overlap or contradict
    /// each other or what is published; the error names the line.
    ///
    /// ```
    /// use gridcode::codebook::{Codebook, Mapped};
    /// let book = Codebook::from_toml("extends = \"shushan\"\nvalues.tenure.\"借住\" = \"b\"", "ours.toml")?;
    /// assert!(matches!(book.tenure_words().find("借住", ""), Mapped::Letter(_)));
    ///
    /// let error = Codebook::from_toml("extends = \"shushan\"\nvalues.tenure.\"借住\" = \"c\"", "ours.toml").unwrap_err();
    /// assert_eq!(error.line, 2);
    /// # Ok::<(), gridcode::codebook::CodebookError>(())
    /// ```
    pub fn from_toml(text: &str, file: &str) -> Result<Self, CodebookError> {
        Self::load(text, file, Basis::Local)
    }

    pub(super) fn builtin_from_toml(text: &str, file: &str) -> Result<Self, CodebookError> {
        Self::load(text, file, Basis::Published)
    }

    fn load(text: &str, file: &str, basis: Basis) -> Result<Self, CodebookError> {
        // Without the mark first: every span counts from the text that is parsed.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let origin = Origin { text, file };
        let raw: Raw = toml::from_str(text).map_err(|error| {
            let message = error.message().lines().collect::<Vec<_>>().join("; ");
            let said = Text::new(
                format!("TOML 写法不对：{message}"),
                format!("not a codebook in TOML: {message}"),
            );
            origin.fault(&error.span().unwrap_or(0..0), said)
        })?;
        let base = match &raw.extends {
            None => None,
            Some(name) => Some(Self::builtin(name.get_ref()).ok_or_else(|| {
                let known = Self::BUILTIN.join(", ");
                let said = Text::new(
                    format!("没有名为“{}”的内置码本；内置的有 {known}", name.get_ref()),
                    format!(
                        "no built-in codebook `{}`; there are {known}",
                        name.get_ref()
                    ),
                );
                origin.fault(&name.span(), said)
            })?),
        };
        Builder::new(origin, base, basis).build(raw)
    }
}
