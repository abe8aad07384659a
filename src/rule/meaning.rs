//! Letters and digits with their meanings, and lines of a codebook, as messages tell them.

use std::fmt::{Display, Write as _};

use crate::codebook::{Codebook, Meaning};
use crate::lang::{Lang, Text};

/// A letter or digit with its meaning: `A（常住人口）`, `` `A` (permanent resident) ``.
pub(super) fn with_meaning(symbol: impl Display, meaning: Option<&Meaning>) -> Text {
    match meaning {
        Some(meaning) => Text::new(
            format!("{symbol}（{}）", meaning.text.zh),
            format!("`{symbol}` ({})", meaning.text.en),
        ),
        None => Text::new(symbol.to_string(), format!("`{symbol}`")),
    }
}

/// Each of some letters with its meaning.
pub(super) fn choice_of<'m, L: Display + 'm>(
    letters: impl Iterator<Item = (L, &'m Meaning)>,
) -> Vec<Text> {
    letters
        .map(|(letter, meaning)| with_meaning(letter, Some(meaning)))
        .collect()
}

/// One of several: `A（常住人口）或 B（流动人口）`.
pub(super) fn choice(texts: &[Text], lang: Lang) -> String {
    let Some((last, before)) = texts.split_last() else {
        return lang
            .pick("（没有可用的字母）", "nothing (no letter is in use)")
            .to_owned();
    };
    let mut said = String::new();
    for (index, text) in before.iter().enumerate() {
        if index > 0 {
            said.push_str(lang.pick("、", ", "));
        }
        said.push_str(text.get(lang));
    }
    if !before.is_empty() {
        said.push_str(lang.pick("或 ", " or "));
    }
    said.push_str(last.get(lang));
    said
}

/// The advice to add a line to the codebook in use, or to one that extends it.
pub(super) fn one_line(codebook: &str, line: &str, condition: &Text) -> Text {
    let Text { zh, en } = condition;
    if Codebook::BUILTIN.contains(&codebook) {
        Text::new(
            format!("{zh}，在以 extends = \"{codebook}\" 开头的码本文件中加一行：{line}"),
            format!(
                "{en}, add this line to a codebook file that begins with extends = \"{codebook}\": {line}"
            ),
        )
    } else {
        Text::new(
            format!("{zh}，在码本“{codebook}”中加一行：{line}"),
            format!("{en}, add this line to the codebook `{codebook}`: {line}"),
        )
    }
}

/// A text as a quoted string of TOML.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            // What shows nothing would be lost when somebody copies the line.
            _ if c.is_control() || c.escape_debug().next() != Some(c) && !c.is_ascii() => {
                let _ = write!(quoted, "\\U{:08X}", u32::from(c));
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
