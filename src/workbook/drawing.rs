//! The boxes in which a sheet shows its comments: the old drawing language, handled as text, since it is not always XML.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::comments::Cell;

const HEAD: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">";
const TYPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";
/// Numbers of boxes come in blocks of so many.
const BLOCK: usize = 1024;
/// How many signs of Chinese stand in one line of a box.
const LINE: usize = 22;

/// Takes the boxes of some cells out of a drawing and puts boxes for others in. `block` is the first block of numbers
/// that is free in the workbook. `None` where nothing is left.
pub(super) fn edit(
    drawing: Option<&str>,
    gone: &BTreeSet<Cell>,
    new: &BTreeMap<Cell, String>,
    block: &mut usize,
) -> Option<String> {
    let mut out = drawing
        .map(|drawing| without(drawing, gone))
        .unwrap_or_default();
    if new.is_empty() {
        return (!is_hollow(&out)).then_some(out);
    }
    if !out.contains("</xml>") || is_hollow(&out) {
        let blocks = new.len() / BLOCK + 1;
        let numbers: Vec<String> = (*block..*block + blocks)
            .map(|block| block.to_string())
            .collect();
        out = format!(
            "{HEAD}<o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{}\"/></o:shapelayout></xml>",
            numbers.join(",")
        );
    }
    let mut boxes = String::new();
    if !out.contains("id=\"_x0000_t202\"") {
        boxes.push_str(&TYPE.replacen("<v:shapetype", &format!("<v:shapetype{}", spaces(&out)), 1));
    }
    let spaces = spaces(&out);
    let mut number = highest(&out).max(*block * BLOCK);
    *block += new.len() / BLOCK + 1;
    for ((row, column), text) in new {
        number += 1;
        let row = row.saturating_sub(1);
        let (top, left) = (row.saturating_sub(1), column + 1);
        let bottom = top + lines(text);
        let _ = write!(
            boxes,
            "<v:shape{spaces} id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:107.25pt;margin-top:7.5pt;width:200pt;height:{}pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 10, {}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>",
            (bottom - top) * 15,
            left + 4,
        );
    }
    let end = out.rfind("</xml>").unwrap_or(out.len());
    out.insert_str(end, &boxes);
    Some(out)
}

/// A drawing of which only the frame is left.
fn is_hollow(drawing: &str) -> bool {
    let elements = [
        "shape",
        "group",
        "rect",
        "line",
        "oval",
        "roundrect",
        "polyline",
        "image",
    ];
    !elements.iter().any(|name| find(drawing, name).is_some())
}

/// Where an element of this name opens, whatever its prefix is, and the prefix.
fn find<'d>(drawing: &'d str, name: &str) -> Option<(usize, &'d str)> {
    let mut from = 0;
    while let Some(at) = drawing.get(from..).and_then(|rest| rest.find('<')) {
        let start = from + at;
        from = start + 1;
        let tag = drawing.get(from..)?;
        let end = tag.find(|sign: char| sign.is_ascii_whitespace() || matches!(sign, '>' | '/'))?;
        let full = tag.get(..end)?;
        if let Some(prefix) = full.strip_suffix(name)
            && prefix.ends_with(':')
        {
            return Some((start, prefix));
        }
    }
    None
}

/// What our boxes have to declare where the drawing does not: some programs leave out what they do not use.
fn spaces(drawing: &str) -> String {
    let names = [
        ("v", "urn:schemas-microsoft-com:vml"),
        ("o", "urn:schemas-microsoft-com:office:office"),
        ("x", "urn:schemas-microsoft-com:office:excel"),
    ];
    let root = drawing.find("<xml").and_then(|at| drawing.get(at..));
    let root = root
        .and_then(|root| root.split('>').next())
        .unwrap_or_default();
    let mut missing = String::new();
    for (prefix, name) in names {
        if !root.contains(&format!("xmlns:{prefix}=")) {
            let _ = write!(missing, " xmlns:{prefix}=\"{name}\"");
        }
    }
    missing
}

/// How many rows of a sheet a text takes in its box.
fn lines(text: &str) -> u32 {
    let lines: usize = text
        .lines()
        .map(|line| {
            let width: usize = line
                .chars()
                .map(|sign| if sign.is_ascii() { 1 } else { 2 })
                .sum();
            width / (2 * LINE) + 1
        })
        .sum();
    u32::try_from(lines + 3).unwrap_or(40).min(40)
}

/// The highest number that a box has.
fn highest(drawing: &str) -> usize {
    drawing
        .split("_x0000_s")
        .skip(1)
        .filter_map(|rest| {
            let end = rest
                .find(|sign: char| !sign.is_ascii_digit())
                .unwrap_or(rest.len());
            rest.get(..end)?.parse().ok()
        })
        .max()
        .unwrap_or(0)
}

/// A drawing without the boxes of some cells.
fn without(drawing: &str, gone: &BTreeSet<Cell>) -> String {
    if gone.is_empty() {
        return drawing.to_owned();
    }
    let mut out = String::with_capacity(drawing.len());
    let mut rest = drawing;
    while let Some((start, prefix)) = find(rest, "shape") {
        let close = format!("</{prefix}shape>");
        let (before, shape) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let Some(end) = shape.find(&close) else {
            break;
        };
        let (shape, after) = shape
            .split_at_checked(end + close.len())
            .unwrap_or((shape, ""));
        out.push_str(before);
        let number = |name: &str| {
            let from = shape.find(&format!(":{name}>"))? + name.len() + 2;
            let digits = shape.get(from..)?;
            digits.get(..digits.find('<')?)?.trim().parse::<u32>().ok()
        };
        let is_note = shape.contains("ObjectType=\"Note\"");
        let is_gone = match (number("Row"), number("Column")) {
            (Some(row), Some(column)) => is_note && gone.contains(&(row + 1, column)),
            _ => false,
        };
        if !is_gone {
            out.push_str(shape);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(cells: &[Cell]) -> BTreeMap<Cell, String> {
        cells
            .iter()
            .map(|cell| (*cell, "错误：甲".to_owned()))
            .collect()
    }

    #[test]
    fn boxes_come_and_go_and_those_of_others_stay() {
        let others = format!(
            "{HEAD}<v:shape id=\"_x0000_s2049\" type=\"#_x0000_t202\"><br><x:ClientData ObjectType=\"Note\"><x:Row>1</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>"
        );
        let new = cells(&[(3, 0), (4, 2)]);
        let marked = edit(Some(&others), &BTreeSet::new(), &new, &mut 1).unwrap();
        assert!(
            marked.contains("_x0000_s2050")
                && marked.contains("_x0000_s2051")
                && marked.contains("<br>")
        );
        let gone = new.keys().copied().collect();
        let again = edit(Some(&marked), &gone, &new, &mut 1).unwrap();
        assert_eq!(again, marked);
        let clean = edit(Some(&marked), &gone, &BTreeMap::new(), &mut 1).unwrap();
        assert_eq!(clean, others.replace("</xml>", &format!("{TYPE}</xml>")));
    }

    #[test]
    fn other_prefixes_are_as_good() {
        let others = "<xml><a:shape xmlns:a=\"v\" xmlns:o=\"o\"><b:ClientData ObjectType=\"Note\"><b:Row>1</b:Row><b:Column>1</b:Column></b:ClientData></a:shape></xml>";
        let new = cells(&[(3, 0)]);
        let marked = edit(Some(others), &BTreeSet::new(), &new, &mut 1).unwrap();
        assert!(
            marked.contains("<v:shape xmlns:v=") && marked.contains(" xmlns:o=\"urn"),
            "{marked}"
        );
        let gone = new.keys().copied().collect();
        assert_eq!(
            edit(Some(&marked), &gone, &new, &mut 1).as_deref(),
            Some(marked.as_str())
        );
        let both = [(3, 0), (2, 1)].into_iter().collect();
        assert!(edit(Some(&marked), &both, &BTreeMap::new(), &mut 1).is_none());
    }

    #[test]
    fn of_a_drawing_of_ours_nothing_is_left() {
        let new = cells(&[(3, 0)]);
        let marked = edit(None, &BTreeSet::new(), &new, &mut 1).unwrap();
        let gone = new.keys().copied().collect();
        assert_eq!(
            edit(Some(&marked), &gone, &new, &mut 1).as_deref(),
            Some(marked.as_str())
        );
        assert!(edit(Some(&marked), &gone, &BTreeMap::new(), &mut 1).is_none());
        assert!(edit(None, &BTreeSet::new(), &BTreeMap::new(), &mut 1).is_none());
    }
}
