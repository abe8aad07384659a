//! XML as text with positions: what is not changed is copied byte for byte.

use std::borrow::Cow;
use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::WorkbookError;

/// What a piece of markup is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Start,
    End,
    Empty,
    /// Text, an entity or CDATA.
    Text,
    Other,
}

/// One piece of markup: where it stands in the text, and how deep.
#[derive(Clone, Debug)]
pub(super) struct Token<'x> {
    pub(super) kind: Kind,
    /// The whole piece.
    pub(super) raw: &'x str,
    /// The name without its prefix; empty for text.
    pub(super) name: &'x str,
    pub(super) from: usize,
    pub(super) to: usize,
    /// 0 for the root; a start and its end have the same.
    pub(super) depth: usize,
}

/// The pieces of a small part, all at once.
pub(super) fn tokens(xml: &str) -> Result<Vec<Token<'_>>, WorkbookError> {
    let start = if xml.starts_with('\u{feff}') { 3 } else { 0 };
    let body = xml.get(start..).unwrap_or_default();
    let mut reader = Reader::from_str(body);
    let mut tokens = Vec::new();
    let (mut from, mut depth) = (start, 0_usize);
    loop {
        let event = reader.read_event()?;
        let kind = match &event {
            Event::Eof => return Ok(tokens),
            Event::Start(_) => Kind::Start,
            Event::End(_) => Kind::End,
            Event::Empty(_) => Kind::Empty,
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => Kind::Text,
            _ => Kind::Other,
        };
        let to = start + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let raw = xml.get(from..to).unwrap_or_default();
        if kind == Kind::End {
            depth = depth.saturating_sub(1);
        }
        tokens.push(Token {
            kind,
            raw,
            name: match kind {
                Kind::Start | Kind::End | Kind::Empty => local(raw),
                Kind::Text | Kind::Other => "",
            },
            from,
            to,
            depth,
        });
        if kind == Kind::Start {
            depth += 1;
        }
        from = to;
    }
}

/// The element that begins at a token: where it ends in the text, and the token after it.
pub(super) fn element_end(tokens: &[Token<'_>], at: usize) -> (usize, usize) {
    let Some(first) = tokens.get(at) else {
        return (0, at);
    };
    if first.kind != Kind::Start {
        return (first.to, at + 1);
    }
    let rest = tokens.iter().enumerate().skip(at + 1);
    rest.filter(|(_, token)| token.kind == Kind::End && token.depth == first.depth)
        .map(|(index, token)| (token.to, index + 1))
        .next()
        .unwrap_or((first.to, at + 1))
}

/// The name of a tag with its prefix.
fn full(tag: &str) -> &str {
    let inside = tag.trim_start_matches(['<', '/']);
    let end = inside.find(|sign: char| sign.is_ascii_whitespace() || matches!(sign, '/' | '>'));
    inside
        .get(..end.unwrap_or(inside.len()))
        .unwrap_or_default()
}

/// The name of a tag without its prefix.
pub(super) fn local(tag: &str) -> &str {
    let full = full(tag);
    full.rsplit_once(':').map_or(full, |(_, name)| name)
}

/// The prefix of a tag with its colon, or nothing.
pub(super) fn prefix(tag: &str) -> &str {
    let full = full(tag);
    full.find(':')
        .and_then(|colon| full.get(..=colon))
        .unwrap_or_default()
}

/// The prefix of the root element with its colon, or nothing.
pub(super) fn root_prefix(xml: &str) -> Result<String, WorkbookError> {
    let tokens = tokens(xml)?;
    let root = tokens
        .iter()
        .find(|token| matches!(token.kind, Kind::Start | Kind::Empty));
    Ok(root.map_or("", |root| prefix(root.raw)).to_owned())
}

/// One attribute of a tag.
#[derive(Debug)]
pub(super) struct Attribute<'t> {
    pub(super) name: &'t str,
    /// As it stands in the file.
    pub(super) value: &'t str,
    /// From the blank before the name to the closing quote.
    from: usize,
    to: usize,
}

/// The attributes of a tag, in order.
pub(super) fn attributes(tag: &str) -> Vec<Attribute<'_>> {
    let mut found = Vec::new();
    let mut at = tag.len() - tag.trim_start_matches(['<', '/']).len() + full(tag).len();
    while let Some(rest) = tag.get(at..) {
        let Some((name_part, after)) = rest.split_once('=') else {
            break;
        };
        let name = name_part.trim();
        let value_part = after.trim_start();
        let Some(quote @ ('"' | '\'')) = value_part.chars().next() else {
            break;
        };
        let Some((value, _)) = value_part.get(1..).and_then(|text| text.split_once(quote)) else {
            break;
        };
        let to = at + name_part.len() + 1 + (after.len() - value_part.len()) + 1 + value.len() + 1;
        found.push(Attribute {
            name,
            value,
            from: at,
            to,
        });
        at = to;
    }
    found
}

/// The value of an attribute, entities resolved.
pub(super) fn attribute<'t>(tag: &'t str, name: &str) -> Option<Cow<'t, str>> {
    let mut known = attributes(tag).into_iter();
    known
        .find(|attribute| attribute.name == name)
        .map(|attribute| unescape(attribute.value))
}

/// The value of `r:id`, whatever the prefix is.
pub(super) fn relation_id(tag: &str) -> Option<String> {
    let mut known = attributes(tag).into_iter();
    known
        .find(|attribute| {
            let prefix = attribute.name.strip_suffix(":id");
            prefix.is_some_and(|prefix| !prefix.is_empty())
        })
        .map(|attribute| unescape(attribute.value).into_owned())
}

/// A tag with an attribute set, or without it; all else stays as it stands.
pub(super) fn with_attribute(tag: &str, name: &str, value: Option<&str>) -> String {
    let known = attributes(tag)
        .into_iter()
        .find(|attribute| attribute.name == name)
        .map(|attribute| (attribute.from, attribute.to));
    let written = value.map_or(String::new(), |value| {
        format!(" {name}=\"{}\"", escape_attribute(value))
    });
    let (from, to) = known.unwrap_or_else(|| {
        let end = tag.trim_end_matches(['>', '/']).trim_end().len();
        (end, end)
    });
    format!(
        "{}{written}{}",
        tag.get(..from).unwrap_or_default(),
        tag.get(to..).unwrap_or_default()
    )
}

/// An opened or empty tag as one that opens an element.
pub(super) fn opened(tag: &str) -> String {
    match tag.strip_suffix("/>") {
        Some(head) => format!("{}>", head.trim_end()),
        None => tag.to_owned(),
    }
}

/// Entities resolved; what is no entity stays as it is.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(text).unwrap_or(Cow::Borrowed(text))
}

/// A text as the content of a `t` element: signs that XML cannot hold are written as Excel writes them, `_x0007_`.
pub(super) fn escape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, sign) in text.char_indices() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if is_escape(text.get(at..).unwrap_or_default()) => out.push_str("_x005F_"),
            '\t' | '\n' => out.push(sign),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "_x{:04X}_", u32::from(sign));
            }
            other => out.push(other),
        }
    }
    out
}

/// Whether a text begins like a sign written as `_x0007_`.
fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.get(1) == Some(&b'x')
        && bytes.get(6) == Some(&b'_')
        && bytes
            .get(2..6)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// A text as the value of an attribute in double quotes.
pub(super) fn escape_attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
    out
}

/// A part with something put before the end of its root element.
pub(super) fn before_end(xml: &str, addition: &str) -> Result<String, WorkbookError> {
    let tokens = tokens(xml)?;
    let root = tokens
        .iter()
        .rfind(|token| token.depth == 0 && matches!(token.kind, Kind::End | Kind::Empty));
    match root {
        Some(end) if end.kind == Kind::End => Ok(format!(
            "{}{addition}{}",
            xml.get(..end.from).unwrap_or_default(),
            xml.get(end.from..).unwrap_or_default()
        )),
        Some(empty) => Ok(format!(
            "{}{}{addition}</{}>{}",
            xml.get(..empty.from).unwrap_or_default(),
            opened(empty.raw),
            full(empty.raw),
            xml.get(empty.to..).unwrap_or_default()
        )),
        None => Err(WorkbookError::Structure(
            "a part without content".to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_changed_and_all_else_stays() {
        let tag = "<x:c  r = 'A1' s=\"3\" t=\"s\" />";
        assert_eq!(local(tag), "c");
        assert_eq!(prefix(tag), "x:");
        assert_eq!(attribute(tag, "r").as_deref(), Some("A1"));
        assert_eq!(
            with_attribute(tag, "s", Some("9")),
            "<x:c  r = 'A1' s=\"9\" t=\"s\" />"
        );
        assert_eq!(with_attribute(tag, "t", None), "<x:c  r = 'A1' s=\"3\" />");
        assert_eq!(
            with_attribute("<c/>", "s", Some("a\"b")),
            "<c s=\"a&quot;b\"/>"
        );
        assert_eq!(
            with_attribute("<row r=\"1\">", "s", Some("2")),
            "<row r=\"1\" s=\"2\">"
        );
    }

    #[test]
    fn a_relation_is_found_whatever_its_prefix() {
        let tag = "<sheet name=\"a\" sheetId=\"1\" rel:id=\"rId7\"/>";
        assert_eq!(relation_id(tag).as_deref(), Some("rId7"));
        assert_eq!(relation_id("<a id=\"1\"/>"), None);
    }

    #[test]
    fn signs_that_xml_cannot_hold_are_written_as_excel_writes_them() {
        assert_eq!(
            escape_text("a\u{7}<_x0041_&\r\n"),
            "a_x0007_&lt;_x005F_x0041_&amp;_x000D_\n"
        );
        assert_eq!(escape_text("_x00_"), "_x00_");
    }

    #[test]
    fn something_is_put_before_the_end_of_any_root() {
        assert_eq!(
            before_end("<a><b/></a>\n", "<c/>").unwrap(),
            "<a><b/><c/></a>\n"
        );
        assert_eq!(
            before_end("<n:a x='1'/>", "<c/>").unwrap(),
            "<n:a x='1'><c/></n:a>"
        );
    }
}
