//! The comments of a sheet: those of the user stay word for word, ours can be told from them and taken away again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::WorkbookError;
use super::xml::{self, Kind, Token};
use crate::row::{column_letters, column_number};

/// Between these two our words stand, in a comment of their own or after the user's.
const BEGIN: &str = "【gridcode】";
const END: &str = "——";
const AUTHOR: &str = "gridcode";
/// Excel hangs when a sheet has more, and a reader has long since turned to the columns at the right.
pub(super) const MOST: usize = 60_000;

/// A cell: 1-based row, 0-based column.
pub(super) type Cell = (u32, u32);

/// What became of the comments of a sheet.
#[derive(Debug, Default)]
pub(super) struct Edited {
    /// The part; `None` where no comment is left.
    pub(super) xml: Option<String>,
    /// Cells that had a comment of ours only, now gone.
    pub(super) gone: BTreeSet<Cell>,
    /// Cells that have a comment now and had none, and its text.
    pub(super) new: BTreeMap<Cell, String>,
    /// Cells in a conversation of the users, into which nothing was written.
    pub(super) threaded: u64,
}

/// Takes our words out of the comments of a sheet, and puts new ones in.
pub(super) fn edit(
    xml: Option<String>,
    clean: bool,
    strict: bool,
    notes: &BTreeMap<Cell, String>,
) -> Result<Edited, WorkbookError> {
    let mut edited = Edited::default();
    let xml = xml.unwrap_or_else(|| empty(strict));
    let prefix = xml::root_prefix(&xml)?;
    let tokens = xml::tokens(&xml)?;
    let authors = authors(&tokens);
    let mut waiting: BTreeMap<Cell, &String> = notes
        .iter()
        .take(MOST)
        .map(|(cell, note)| (*cell, note))
        .collect();
    let mut list = String::new();
    let (mut at, mut left) = (0, 0);
    let (mut from, mut to) = (None, 0);
    while let Some(token) = tokens.get(at) {
        if token.name == "commentList" && token.kind != Kind::End {
            from = Some(token.to);
            to = token.to;
        }
        if token.name != "comment" || token.kind == Kind::End {
            if token.name == "commentList" && token.kind == Kind::End {
                to = token.from;
            }
            at += 1;
            continue;
        }
        let (end, next) = xml::element_end(&tokens, at);
        let raw = xml.get(token.from..end).unwrap_or_default();
        at = next;
        let cell = xml::attribute(token.raw, "ref").and_then(|place| cell_of(&place));
        let author =
            xml::attribute(token.raw, "authorId").and_then(|id| id.trim().parse::<usize>().ok());
        let is_thread = author
            .and_then(|author| authors.get(author))
            .is_some_and(|author| author.starts_with("tc="));
        let Some(cell) = cell else {
            list.push_str(raw);
            left += 1;
            continue;
        };
        if is_thread {
            edited.threaded += u64::from(waiting.remove(&cell).is_some());
            list.push_str(raw);
            left += 1;
            continue;
        }
        let mut comment = raw.to_owned();
        if clean {
            let Some(rest) = without_ours(raw)? else {
                edited.gone.insert(cell);
                continue;
            };
            comment = rest;
        }
        if let Some(note) = waiting.remove(&cell) {
            comment = with_ours(&comment, &ours(note))?;
        }
        list.push_str(&comment);
        left += 1;
    }
    let mut out = xml.clone();
    if let Some(from) = from {
        let known = authors.iter().position(|author| author == AUTHOR);
        let author = known.unwrap_or(authors.len());
        for (cell, note) in waiting {
            let name = format!("{}{}", column_letters(cell.1 as usize), cell.0);
            let text = xml::escape_text(&ours(note));
            let _ = write!(
                list,
                "<{prefix}comment ref=\"{name}\" authorId=\"{author}\"><{prefix}text><{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}text></{prefix}comment>"
            );
            edited.new.insert(cell, note.clone());
            left += 1;
        }
        let head = xml.get(..from).unwrap_or_default();
        let head = match head.strip_suffix("/>") {
            Some(tag) => format!("{tag}>"),
            None => head.to_owned(),
        };
        let tail = xml.get(to..).unwrap_or_default();
        let close = if from == to && !tail.trim_start().starts_with("</")
            || xml.get(..from).unwrap_or_default().ends_with("/>")
        {
            format!("</{prefix}commentList>")
        } else {
            String::new()
        };
        out = format!("{head}{list}{close}{tail}");
        if known.is_none() && !edited.new.is_empty() {
            out = with_author(&out, &prefix)?;
        }
    } else if !notes.is_empty() {
        return Err(WorkbookError::Structure(
            "comments without a list".to_owned(),
        ));
    }
    edited.xml = (left > 0).then_some(out);
    Ok(edited)
}

fn empty(strict: bool) -> String {
    let namespace = if strict {
        "http://purl.oclc.org/ooxml/spreadsheetml/main"
    } else {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{namespace}\"><authors></authors><commentList></commentList></comments>"
    )
}

fn ours(note: &str) -> String {
    format!("{BEGIN}\n{note}\n{END}")
}

fn authors(tokens: &[Token<'_>]) -> Vec<String> {
    let mut authors = Vec::new();
    let mut open = false;
    for token in tokens {
        match (token.name, token.kind) {
            ("author", Kind::Start) => {
                authors.push(String::new());
                open = true;
            }
            ("author", Kind::Empty) => authors.push(String::new()),
            ("author", Kind::End) => open = false,
            (_, Kind::Text) if open => {
                if let Some(author) = authors.last_mut() {
                    author.push_str(&xml::unescape(token.raw));
                }
            }
            _ => {}
        }
    }
    authors
}

fn with_author(text: &str, prefix: &str) -> Result<String, WorkbookError> {
    let element = format!("<{prefix}author>{AUTHOR}</{prefix}author>");
    let tokens = xml::tokens(text)?;
    let place = tokens
        .iter()
        .find(|token| token.name == "authors" && token.kind != Kind::Start);
    Ok(match place {
        Some(end) if end.kind == Kind::End => insert(text, end.from, &element),
        Some(empty) => format!(
            "{}<{prefix}authors>{element}</{prefix}authors>{}",
            text.get(..empty.from).unwrap_or_default(),
            text.get(empty.to..).unwrap_or_default()
        ),
        None => text.to_owned(),
    })
}

fn insert(text: &str, at: usize, addition: &str) -> String {
    format!(
        "{}{addition}{}",
        text.get(..at).unwrap_or_default(),
        text.get(at..).unwrap_or_default()
    )
}

/// The texts of a comment: where the content of each `t` stands, and what it says.
fn texts(comment: &str) -> Result<Vec<(usize, usize, String)>, WorkbookError> {
    let mut texts: Vec<(usize, usize, String)> = Vec::new();
    let (mut open, mut phonetic) = (false, false);
    for token in xml::tokens(comment)? {
        match (token.name, token.kind) {
            // How a Japanese text is read aloud is no text of its own.
            ("rPh", kind) => phonetic = kind == Kind::Start,
            ("t", Kind::Start) if !phonetic => {
                open = true;
                texts.push((token.to, token.to, String::new()));
            }
            ("t", Kind::End) => open = false,
            (_, Kind::Text) if open => {
                if let Some(last) = texts.last_mut() {
                    last.1 = token.to;
                    let raw = token.raw;
                    let cdata = raw
                        .strip_prefix("<![CDATA[")
                        .and_then(|raw| raw.strip_suffix("]]>"));
                    match cdata {
                        Some(inside) => last.2.push_str(inside),
                        None => last.2.push_str(&xml::unescape(raw)),
                    }
                }
            }
            _ => {}
        }
    }
    Ok(texts)
}

/// A comment without our words; `None` where nothing else is left of it.
fn without_ours(comment: &str) -> Result<Option<String>, WorkbookError> {
    let texts = texts(comment)?;
    let whole: String = texts.iter().map(|(.., text)| text.as_str()).collect();
    let Some(begin) = whole.find(BEGIN) else {
        return Ok(Some(comment.to_owned()));
    };
    let after = whole.get(begin..).unwrap_or_default();
    // Programs may write line ends in their own way.
    let end = ["\n——", "\r——", "_x000D_\n——"]
        .iter()
        .filter_map(|end| after.find(end).map(|at| begin + at + end.len()))
        .min()
        .unwrap_or(whole.len());
    let kept_before = whole.get(..begin).unwrap_or_default();
    let begin = kept_before.strip_suffix("\n").map_or(begin, str::len);
    let rest = format!(
        "{}{}",
        whole.get(..begin).unwrap_or_default(),
        whole.get(end..).unwrap_or_default()
    );
    if rest.trim().is_empty() {
        return Ok(None);
    }
    // From the last to the first, so that places stay true.
    let mut out = comment.to_owned();
    let mut offset = whole.len();
    for (from, to, text) in texts.iter().rev() {
        let start = offset - text.len();
        let (cut_from, cut_to) = (begin.clamp(start, offset), end.clamp(start, offset));
        offset = start;
        if cut_from == cut_to {
            continue;
        }
        let left = format!(
            "{}{}",
            text.get(..cut_from - start).unwrap_or_default(),
            text.get(cut_to - start..).unwrap_or_default()
        );
        let head = out.get(..*from).unwrap_or_default();
        let tail = out.get(*to..).unwrap_or_default();
        out = format!("{head}{}{tail}", xml::escape_text(&left));
        if left.is_empty() {
            out = without_run(&out, *from)?;
        }
    }
    Ok(Some(out))
}

/// A comment without the run whose text begins at a place.
fn without_run(comment: &str, inside: usize) -> Result<String, WorkbookError> {
    let tokens = xml::tokens(comment)?;
    for (at, token) in tokens.iter().enumerate() {
        if token.name == "r" && token.kind == Kind::Start {
            let (end, _) = xml::element_end(&tokens, at);
            if (token.from..end).contains(&inside) {
                return Ok(format!(
                    "{}{}",
                    comment.get(..token.from).unwrap_or_default(),
                    comment.get(end..).unwrap_or_default()
                ));
            }
        }
    }
    Ok(comment.to_owned())
}

/// A comment with our words after the user's.
fn with_ours(comment: &str, ours: &str) -> Result<String, WorkbookError> {
    let tokens = xml::tokens(comment)?;
    let text = xml::escape_text(&format!("\n{ours}"));
    let run = tokens
        .iter()
        .rfind(|token| token.name == "r" && token.kind == Kind::End);
    if let Some(run) = run {
        let prefix = xml::prefix(run.raw);
        let element =
            format!("<{prefix}r><{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}r>");
        return Ok(insert(comment, run.to, &element));
    }
    let plain = tokens
        .iter()
        .rfind(|token| token.name == "t" && token.kind != Kind::Start);
    match plain {
        Some(end) if end.kind == Kind::End => {
            let written = insert(comment, end.from, &text);
            let start = tokens
                .iter()
                .find(|token| token.name == "t" && token.kind == Kind::Start);
            Ok(match start {
                Some(start) => format!(
                    "{}{}{}",
                    written.get(..start.from).unwrap_or_default(),
                    xml::with_attribute(start.raw, "xml:space", Some("preserve")),
                    written.get(start.to..).unwrap_or_default()
                ),
                None => written,
            })
        }
        _ => {
            // A comment without words.
            let place = tokens
                .iter()
                .find(|token| token.name == "text" && token.kind != Kind::Start);
            let Some(place) = place else {
                return Ok(comment.to_owned());
            };
            let prefix = xml::prefix(place.raw).to_owned();
            let element = format!("<{prefix}t xml:space=\"preserve\">{text}</{prefix}t>");
            Ok(if place.kind == Kind::End {
                insert(comment, place.from, &element)
            } else {
                format!(
                    "{}<{prefix}text>{element}</{prefix}text>{}",
                    comment.get(..place.from).unwrap_or_default(),
                    comment.get(place.to..).unwrap_or_default()
                )
            })
        }
    }
}

/// The cell under a name such as `C7`.
pub(super) fn cell_of(name: &str) -> Option<Cell> {
    let name = name.trim().replace('$', "");
    let digits = name.find(|sign: char| sign.is_ascii_digit())?;
    let (letters, row) = name.split_at_checked(digits)?;
    let column = u32::try_from(column_number(letters)?).ok()?;
    Some((row.parse().ok()?, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(xml: Option<&str>, notes: &[(Cell, &str)]) -> Edited {
        let notes = notes
            .iter()
            .map(|(cell, note)| (*cell, (*note).to_owned()))
            .collect();
        edit(xml.map(str::to_owned), true, false, &notes).unwrap()
    }

    const USERS: &str = "<comments xmlns=\"u\"><authors><author>甲</author><author>tc={1}</author></authors><commentList>\
        <comment ref=\"B2\" authorId=\"0\"><text><r><rPr><b/></rPr><t>甲:</t></r><r><t xml:space=\"preserve\">\n请核对</t></r></text></comment>\
        <comment ref=\"C3\" authorId=\"0\"><text><t>好</t></text></comment>\
        <comment ref=\"D4\" authorId=\"1\"><text><t>[Threaded comment]</t></text></comment></commentList></comments>";

    #[test]
    fn the_comments_of_users_stay_and_ours_come_and_go() {
        let notes = [
            ((2, 1), "错误：甲"),
            ((3, 2), "错误：乙"),
            ((4, 3), "丙"),
            ((9, 0), "丁<"),
        ];
        let first = of(Some(USERS), &notes);
        assert_eq!(first.threaded, 1);
        assert_eq!(first.new.keys().collect::<Vec<_>>(), [&(9, 0)]);
        let marked = first.xml.unwrap();
        assert!(
            marked.contains("请核对</t>") && marked.contains("好\n【gridcode】\n错误：乙\n——</t>"),
            "{marked}"
        );
        assert!(marked.contains("<author>gridcode</author>") && marked.contains("丁&lt;"));
        let second = of(Some(&marked), &notes);
        assert_eq!(second.xml.as_deref(), Some(marked.as_str()));
        assert_eq!(second.gone.iter().collect::<Vec<_>>(), [&(9, 0)]);
        let clean = of(Some(&marked), &[]).xml.unwrap();
        let expected = USERS
            .replace("<t>好</t>", "<t xml:space=\"preserve\">好</t>")
            .replace("</authors>", "<author>gridcode</author></authors>");
        assert_eq!(clean, expected);
    }

    #[test]
    fn a_sheet_without_comments_gets_them_and_loses_them() {
        let first = of(None, &[((1, 0), "甲")]).xml.unwrap();
        assert!(of(Some(&first), &[]).xml.is_none());
        assert!(of(None, &[]).xml.is_none());
    }

    #[test]
    fn words_that_a_user_wrote_below_ours_stay() {
        let first = of(None, &[((1, 0), "甲")]).xml.unwrap();
        let more = first.replace("\n——</t>", "\n——\n已核对</t>");
        let clean = of(Some(&more), &[]).xml.unwrap();
        assert!(
            clean.contains("已核对") && !clean.contains("【gridcode】"),
            "{clean}"
        );
    }
}
