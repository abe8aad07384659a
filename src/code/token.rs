//! A dirty text as tokens: blanks and invisible characters off, every form of a letter or digit plain.

use unicode_normalization::UnicodeNormalization as _;

use super::naming::{Look, look};
use super::{Change, ChangeKind};

/// How a character was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    FullWidth,
    Special,
}

/// One character of a text that shows something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The character without its form: `A` for `Ａ`.
    pub(super) plain: char,
    pub(super) form: Form,
    /// Whether a blank stands before it.
    pub(super) after_blank: bool,
}

/// The visible characters of a text, and the changes that take the others off.
pub(super) fn tokens(text: &str) -> (Vec<Token>, Vec<Change>) {
    let mut tokens = Vec::new();
    let mut removed: Vec<Change> = Vec::new();
    let mut after_blank = false;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        let kind = match look(c) {
            Look::Blank(..) => ChangeKind::Blank,
            Look::Invisible(..) => ChangeKind::Invisible,
            Look::Plain | Look::Unshown(..) | Look::Foreign(..) | Look::Other => {
                let (plain, form) = plain(c);
                tokens.push(Token {
                    start,
                    end,
                    plain,
                    form,
                    after_blank,
                });
                after_blank = false;
                continue;
            }
        };
        after_blank |= kind == ChangeKind::Blank;
        match removed.last_mut() {
            Some(last) if last.kind == kind && last.span.end == start => {
                last.span.end = end;
                last.before.push(c);
            }
            _ => removed.push(Change {
                span: start..end,
                before: c.to_string(),
                after: String::new(),
                kind,
                confidence: kind.confidence(),
            }),
        }
    }
    (tokens, removed)
}

fn plain(c: char) -> (char, Form) {
    let form = match c {
        '\u{ff01}'..='\u{ff5e}' => Form::FullWidth,
        _ if c.is_ascii() => return (c, Form::Plain),
        _ => Form::Special,
    };
    let mut compatible = [c].into_iter().nfkc();
    match (compatible.next(), compatible.next()) {
        (Some(plain), None) if plain.is_ascii_graphic() => (plain, form),
        _ => (c, Form::Plain),
    }
}
