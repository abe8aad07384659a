//! One writing for every character: full-width forms, dashes, blanks, traditional forms, case.

use super::error::{AddressError, Span};
use super::numeral::is_word;

/// The longest text that is looked at, in characters: no address is longer.
pub(super) const MAX_CHARS: usize = 200;

/// What becomes of one character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fold {
    Keep(char),
    /// Invisible, or the second half of a long dash.
    Drop,
    Blank,
    /// Stands between the members of a list or the ends of a range.
    List,
    /// Not a character of addresses.
    Foreign,
}

fn fold(c: char) -> Fold {
    match c {
        'a'..='z' => Fold::Keep(c.to_ascii_uppercase()),
        ',' | ';' | '/' | '&' | '+' | '~' | '、' | '〜' => Fold::List,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).map_or(Fold::Foreign, fold),
        // Hyphens, en and em dashes, minus signs, box lines, the kana length mark, and 杠 as people say it.
        '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{2043}'
        | '\u{02D7}'
        | '\u{FE58}'
        | '\u{FE63}'
        | '\u{2500}'
        | '\u{2501}'
        | '\u{30FC}'
        | '杠' => Fold::Keep('-'),
        '\u{FE5F}' | '\u{266F}' => Fold::Keep('#'),
        '○' | '◯' => Fold::Keep('〇'),
        '·' | '•' | '・' | '‧' => Fold::Keep('·'),
        '棟' => Fold::Keep('栋'),
        '單' => Fold::Keep('单'),
        '號' => Fold::Keep('号'),
        '樓' => Fold::Keep('楼'),
        '門' => Fold::Keep('门'),
        '層' => Fold::Keep('层'),
        '負' => Fold::Keep('负'),
        '東' => Fold::Keep('东'),
        '區' => Fold::Keep('区'),
        '戶' | '户' => Fold::Keep('户'),
        // Unified ideographs and their extensions; the private use area, where GB18030 puts some rare name characters.
        '0'..='9'
        | 'A'..='Z'
        | '-'
        | '#'
        | '('
        | ')'
        | '〇'
        | '々'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{E000}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Fold::Keep(c),
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}'
        | '\u{00AD}'
        | '\u{FE00}'..='\u{FE0F}' => Fold::Drop,
        _ if c.is_whitespace() => Fold::Blank,
        _ => Fold::Foreign,
    }
}

/// Every character with its byte span and what becomes of it; `——` is one dash.
fn folds(text: &str) -> impl Iterator<Item = (Span, char, Fold)> {
    let mut last = '\0';
    text.char_indices().map(move |(start, c)| {
        let long = matches!(c, '\u{2014}' | '\u{2015}' | '\u{2500}' | '\u{2501}');
        let what = if long && c == last {
            Fold::Drop
        } else {
            fold(c)
        };
        last = c;
        (start..start + c.len_utf8(), c, what)
    })
}

/// The normalised text: what the grammar reads.
pub(super) fn normal(text: &str) -> Result<String, AddressError> {
    // Bytes first: a text of ten megabytes costs no more than its length.
    if text.len() > 4 * MAX_CHARS || text.chars().count() > MAX_CHARS {
        return Err(AddressError::too_long(text));
    }
    let mut out = String::with_capacity(text.len());
    let mut last = '\0';
    let mut gap: Option<(Span, Fold)> = None;
    for (span, c, what) in folds(text) {
        match what {
            Fold::Keep(kept) => {
                if let Some((gap_span, kind)) = gap.take() {
                    let split = is_word(last) && is_word(kept);
                    let another = matches!(last, '室' | '号' | '户' | '房') && is_word(kept);
                    if kind == Fold::List && (split || another) {
                        return Err(AddressError::several(text, gap_span));
                    }
                    if split {
                        return Err(AddressError::blank(text, gap_span));
                    }
                }
                out.push(kept);
                last = kept;
            }
            Fold::Drop => {}
            Fold::Blank | Fold::List => match &mut gap {
                Some((whole, kind)) => {
                    whole.end = span.end;
                    if what == Fold::List {
                        *kind = what;
                    }
                }
                None => gap = Some((span, what)),
            },
            Fold::Foreign => return Err(AddressError::character(text, span, c)),
        }
    }
    if out.is_empty() {
        return Err(AddressError::empty(text));
    }
    Ok(out)
}

/// The span of the original text that a span of the normalised text came from.
pub(super) fn locate(text: &str, normalised: &Span) -> Span {
    let mut written = 0;
    let mut found: Option<Span> = None;
    for (span, _, what) in folds(text) {
        let Fold::Keep(kept) = what else { continue };
        if written >= normalised.start && written < normalised.end {
            let start = found.as_ref().map_or(span.start, |first| first.start);
            found = Some(start..span.end);
        }
        written += kept.len_utf8();
    }
    found.unwrap_or(0..text.len())
}
