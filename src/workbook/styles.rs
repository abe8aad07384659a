//! The styles of a workbook: each marked cell has its own style with another fill, and remembers the fill it had.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::xml::{self, Kind, Token};
use super::{Look, Tint, WorkbookError};

/// What a marked cell's fill says where there was none.
const NOTHING: &str = "indexed=\"64\"";
/// Excel takes no more.
const MOST: usize = 64_000;

const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
<cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>\
<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

/// A list of elements inside the styles, `fills` or `cellXfs`.
#[derive(Debug)]
struct List {
    /// Where the whole element stands.
    place: Range<usize>,
    open: String,
    close: String,
    items: Vec<String>,
    before: usize,
}

/// The styles of a workbook, and those that come to them.
#[derive(Debug)]
pub(super) struct Styles {
    xml: String,
    prefix: String,
    fills: List,
    fonts: List,
    xfs: List,
    /// Each style without its fill.
    bare: Vec<(String, usize)>,
    marked: BTreeMap<(u32, Tint), u32>,
    plain: BTreeMap<u32, u32>,
    looks: BTreeMap<Look, u32>,
    /// Whether the fills of marked cells still say what was there before: some programs write any colour there.
    faithful: bool,
    /// Whether there was no room for a style.
    pub(super) full: bool,
}

impl Styles {
    /// The styles of a workbook; `None` where it has none.
    pub(super) fn new(xml: Option<String>) -> Result<Self, WorkbookError> {
        let xml = xml.unwrap_or_else(|| EMPTY.to_owned());
        let (fills, fonts, xfs, prefix) = {
            let tokens = xml::tokens(&xml)?;
            let missing = |name: &str| WorkbookError::Structure(format!("styles without {name}"));
            let list = |name| list(&xml, &tokens, name).ok_or_else(|| missing(name));
            let prefix = xml::root_prefix(&xml)?;
            (list("fills")?, list("fonts")?, list("cellXfs")?, prefix)
        };
        let mut styles = Self {
            xml,
            prefix,
            fills,
            fonts,
            xfs,
            bare: Vec::new(),
            marked: BTreeMap::new(),
            plain: BTreeMap::new(),
            looks: BTreeMap::new(),
            faithful: false,
            full: false,
        };
        // A marked workbook has marks on cells without a fill, the legend's at least: theirs say so, or nobody's can be believed.
        styles.faithful = styles.fills.items.iter().any(|fill| {
            let memory = colour_of(fill, "bgColor").unwrap_or_default();
            is_ours(fill) && memory == NOTHING
        });
        styles.bare = styles.xfs.items.iter().map(|xf| bare(xf)).collect();
        Ok(styles)
    }

    /// The style of a cell with a style, marked.
    pub(super) fn marked(&mut self, base: u32, tint: Tint) -> u32 {
        if let Some(known) = self.marked.get(&(base, tint)) {
            return *known;
        }
        let at = usize::try_from(base).unwrap_or(usize::MAX);
        let Some((rest, fill)) = self.bare.get(at).cloned() else {
            return base;
        };
        let before = self.fills.items.get(fill).map_or("", String::as_str);
        let memory = match solid(before) {
            Some(colour) => colour,
            None if fill > 0 && !before.contains("\"none\"") => format!("rgb=\"01{fill:06X}\""),
            None => NOTHING.to_owned(),
        };
        let prefix = &self.prefix;
        let rgb = tint.rgb();
        let element = format!(
            "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor rgb=\"{rgb}\"/><{prefix}bgColor {memory}/></{prefix}patternFill></{prefix}fill>"
        );
        let fill = self.fill(element);
        let style = self.find(&rest, &[fill]).unwrap_or_else(|| {
            let xf = self.xfs.items.get(at).cloned().unwrap_or_default();
            self.push(with_fill(&xf, fill)).unwrap_or(base)
        });
        self.marked.insert((base, tint), style);
        style
    }

    /// The style that a marked cell had before; any other style is its own.
    pub(super) fn plain(&mut self, style: u32) -> u32 {
        if let Some(known) = self.plain.get(&style) {
            return *known;
        }
        let at = usize::try_from(style).unwrap_or(usize::MAX);
        let mut before = style;
        if let Some((bare, fill)) = self.bare.get(at).cloned()
            && let Some(fills) = self.fills_before(fill)
        {
            before = self.find(&bare, &fills).unwrap_or_else(|| {
                let xf = self.xfs.items.get(at).cloned().unwrap_or_default();
                let fill = fills.first().copied().unwrap_or(0);
                self.push(with_fill(&xf, fill)).unwrap_or(style)
            });
        }
        self.plain.insert(style, before);
        before
    }

    /// Which fills a marked fill may stand for; `None` where it is none of ours.
    fn fills_before(&mut self, fill: usize) -> Option<Vec<usize>> {
        let own = self.fills.items.get(fill).filter(|fill| is_ours(fill))?;
        let memory = colour_of(own, "bgColor").unwrap_or_default();
        let remembered =
            xml::attribute(&format!("<a {memory}/>"), "rgb").map(std::borrow::Cow::into_owned);
        let number = remembered.as_deref().and_then(|rgb| rgb.strip_prefix("01"));
        if let Some(number) = number.filter(|_| self.faithful) {
            let number = usize::from_str_radix(number, 16).unwrap_or(0);
            let is_pattern = self
                .fills
                .items
                .get(number)
                .is_some_and(|fill| solid(fill).is_none());
            return Some(vec![if is_pattern { number } else { 0 }]);
        }
        if !self.faithful || memory.is_empty() || memory == NOTHING || memory.contains("auto=") {
            // No fill is the first, but a style may also name another that is none.
            let none = |fill: &String| {
                solid(fill).is_none()
                    && (fill.contains("\"none\"") || !fill.contains("patternType"))
            };
            let mut fills: Vec<usize> = vec![0];
            fills.extend(
                (1..)
                    .zip(self.fills.items.iter().skip(1))
                    .filter(|(_, fill)| none(fill) && !fill.contains("gradient"))
                    .map(|(at, _)| at),
            );
            return Some(fills);
        }
        let same: Vec<usize> = (0..)
            .zip(&self.fills.items)
            .filter(|(_, fill)| solid(fill).as_deref() == Some(memory.as_str()))
            .map(|(at, _)| at)
            .collect();
        if !same.is_empty() {
            return Some(same);
        }
        let prefix = &self.prefix;
        let element = format!(
            "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor {memory}/><{prefix}bgColor indexed=\"64\"/></{prefix}patternFill></{prefix}fill>"
        );
        Some(vec![self.fill(element)])
    }

    /// A style for texts that this program writes: with the font of ordinary cells, or a bold one.
    pub(super) fn text(&mut self, look: Look) -> u32 {
        if let Some(known) = self.looks.get(&look) {
            return *known;
        }
        let prefix = self.prefix.clone();
        let first = self.fonts.items.first().cloned().unwrap_or_default();
        let font = match look {
            Look::Bold => self.font(with_element(&first, &prefix, "b")),
            Look::Link => self.font(with_element(&first, &prefix, "u")),
            Look::Plain | Look::Wrapped => 0,
        };
        let wrap = if look == Look::Wrapped || look == Look::Bold {
            " wrapText=\"1\""
        } else {
            ""
        };
        let xf = format!(
            "<{prefix}xf numFmtId=\"49\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyAlignment=\"1\"><{prefix}alignment vertical=\"center\"{wrap}/></{prefix}xf>"
        );
        let (bare, fill) = bare(&xf);
        let known = self.find(&bare, &[fill]);
        let style = known.or_else(|| self.push(xf)).unwrap_or(0);
        self.looks.insert(look, style);
        style
    }

    fn find(&self, bare: &str, fills: &[usize]) -> Option<u32> {
        let at = self
            .bare
            .iter()
            .position(|(known, fill)| known == bare && fills.contains(fill))?;
        u32::try_from(at).ok()
    }

    fn push(&mut self, xf: String) -> Option<u32> {
        if self.xfs.items.len() >= MOST {
            self.full = true;
            return None;
        }
        self.bare.push(bare(&xf));
        self.xfs.items.push(xf);
        u32::try_from(self.xfs.items.len() - 1).ok()
    }

    fn fill(&mut self, element: String) -> usize {
        item(&mut self.fills.items, element)
    }

    fn font(&mut self, element: String) -> usize {
        item(&mut self.fonts.items, element)
    }

    /// The XML with all that came to it; `None` where nothing did and nobody needs it whole.
    pub(super) fn finish(&self, whole: bool) -> Option<String> {
        let mut lists = [&self.fonts, &self.fills, &self.xfs];
        if !whole && lists.iter().all(|list| list.items.len() == list.before) {
            return None;
        }
        lists.sort_by_key(|list| list.place.start);
        let mut out = String::with_capacity(self.xml.len() + 4096);
        let mut from = 0;
        for list in lists {
            out.push_str(self.xml.get(from..list.place.start).unwrap_or_default());
            if list.items.len() == list.before {
                out.push_str(self.xml.get(list.place.clone()).unwrap_or_default());
            } else {
                let count = list.items.len().to_string();
                out.push_str(&xml::with_attribute(&list.open, "count", Some(&count)));
                for item in &list.items {
                    out.push_str(item);
                }
                out.push_str(&list.close);
            }
            from = list.place.end;
        }
        out.push_str(self.xml.get(from..).unwrap_or_default());
        Some(out)
    }
}

fn item(items: &mut Vec<String>, element: String) -> usize {
    items
        .iter()
        .position(|known| *known == element)
        .unwrap_or_else(|| {
            items.push(element);
            items.len() - 1
        })
}

/// A font with one more property, first of all, where the schema wants bold and underlined fonts to say so.
fn with_element(font: &str, prefix: &str, name: &str) -> String {
    let element = format!("<{prefix}{name}/>");
    let Some(end) = font.find('>') else {
        return font.to_owned();
    };
    let (tag, rest) = font.split_at_checked(end + 1).unwrap_or_default();
    if tag.ends_with("/>") {
        return format!("{}{element}</{prefix}font>", xml::opened(tag));
    }
    if rest.contains(element.as_str()) {
        return font.to_owned();
    }
    if name == "b" {
        return format!("{tag}{element}{rest}");
    }
    // The order of the schema: b i strike condense extend outline shadow u vertAlign sz color name …; Excel takes any.
    let close = format!("</{prefix}font>");
    match rest.strip_suffix(close.as_str()) {
        Some(inside) => format!("{tag}{inside}{element}{close}"),
        None => font.to_owned(),
    }
}

/// A style with its fill taken out of it, and the fill.
fn bare(xf: &str) -> (String, usize) {
    let end = xf.find('>').map_or(xf.len(), |end| end + 1);
    let (tag, rest) = xf.split_at_checked(end).unwrap_or((xf, ""));
    let fill = xml::attribute(tag, "fillId").and_then(|fill| fill.trim().parse().ok());
    let tag = xml::with_attribute(tag, "fillId", None);
    let tag = xml::with_attribute(&tag, "applyFill", None);
    (format!("{tag}{rest}"), fill.unwrap_or(0))
}

fn with_fill(xf: &str, fill: usize) -> String {
    let end = xf.find('>').map_or(xf.len(), |end| end + 1);
    let (tag, rest) = xf.split_at_checked(end).unwrap_or((xf, ""));
    let tag = xml::with_attribute(tag, "fillId", Some(&fill.to_string()));
    let tag = xml::with_attribute(&tag, "applyFill", Some("1"));
    format!("{tag}{rest}")
}

/// Whether a fill is one of marked cells.
fn is_ours(fill: &str) -> bool {
    let Some(colour) = solid(fill) else {
        return false;
    };
    let tag = format!("<a {colour}/>");
    xml::attribute(&tag, "rgb").is_some_and(|rgb| {
        Tint::ALL
            .iter()
            .any(|tint| rgb.eq_ignore_ascii_case(tint.rgb()))
    })
}

/// The colour of a solid fill, as it stands in the file.
fn solid(fill: &str) -> Option<String> {
    let is_solid = fill.contains("patternType=\"solid\"") || fill.contains("patternType='solid'");
    if !is_solid {
        return None;
    }
    colour_of(fill, "fgColor")
}

/// The attributes of a colour in a fill.
fn colour_of(fill: &str, name: &str) -> Option<String> {
    let tokens = xml::tokens(fill).ok()?;
    let token = tokens
        .iter()
        .find(|token| token.name == name && token.kind != Kind::End)?;
    let mut text = String::new();
    for attribute in xml::attributes(token.raw) {
        if !text.is_empty() {
            text.push(' ');
        }
        let _ = write!(text, "{}=\"{}\"", attribute.name, attribute.value);
    }
    Some(text)
}

fn list(xml: &str, tokens: &[Token<'_>], name: &str) -> Option<List> {
    let at = tokens
        .iter()
        .position(|token| token.name == name && token.depth == 1 && token.kind == Kind::Start)?;
    let first = tokens.get(at)?;
    let (end, _) = xml::element_end(tokens, at);
    let mut items = Vec::new();
    let mut index = at + 1;
    let mut close = String::new();
    while let Some(token) = tokens.get(index) {
        if token.depth == 1 && token.kind == Kind::End {
            token.raw.clone_into(&mut close);
            break;
        }
        if token.depth == 2 && matches!(token.kind, Kind::Start | Kind::Empty) {
            let (to, next) = xml::element_end(tokens, index);
            items.push(xml.get(token.from..to)?.to_owned());
            index = next;
        } else {
            index += 1;
        }
    }
    Some(List {
        place: first.from..end,
        open: first.raw.to_owned(),
        close,
        before: items.len(),
        items,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles() -> Styles {
        let xml = EMPTY
            .replace("<fill><patternFill patternType=\"gray125\"/></fill></fills>", "<fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\"><fgColor theme=\"4\" tint=\"0.5\"/><bgColor indexed=\"64\"/></patternFill></fill><fill><gradientFill degree=\"90\"><stop position=\"0\"><color rgb=\"FF00FF00\"/></stop></gradientFill></fill></fills>")
            .replace("</cellXfs>", "<xf numFmtId=\"14\" fontId=\"0\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyFill=\"1\"><alignment horizontal=\"left\"/></xf><xf numFmtId=\"0\" fontId=\"0\" fillId=\"3\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"0\" fontId=\"0\" fillId=\"1\" borderId=\"0\" xfId=\"0\"/></cellXfs>");
        Styles::new(Some(xml)).unwrap()
    }

    #[test]
    fn every_style_comes_back_from_every_mark() {
        let mut first = styles();
        for base in 0..4 {
            for tint in Tint::ALL {
                assert_ne!(first.marked(base, tint), base);
            }
            assert_eq!(first.plain(base), base);
        }
        // What the file says is believed once it is read again, and the same marks add nothing to it.
        let written = first.finish(false).unwrap();
        let mut second = Styles::new(Some(written)).unwrap();
        for base in 0..4 {
            for tint in Tint::ALL {
                let marked = second.marked(base, tint);
                assert_eq!(marked, first.marked(base, tint));
                assert_eq!(second.plain(marked), base);
            }
        }
        assert!(second.finish(false).is_none());
    }

    #[test]
    fn a_style_that_a_program_has_thrown_away_is_made_again() {
        let mut first = styles();
        let marked = first.marked(1, Tint::Red);
        first.marked(0, Tint::Red);
        let written = first.finish(false).unwrap();
        let thrown = written.replace("<xf numFmtId=\"14\" fontId=\"0\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyFill=\"1\"><alignment horizontal=\"left\"/></xf>", "<xf numFmtId=\"9\"/>");
        let mut second = Styles::new(Some(thrown)).unwrap();
        let plain = second.plain(marked);
        assert_ne!(plain, marked);
        let all = second.finish(false).unwrap();
        let third = Styles::new(Some(all)).unwrap();
        assert_eq!(third.bare.get(plain as usize).unwrap().1, 2);
    }

    #[test]
    fn a_program_that_writes_colours_of_its_own_is_not_believed() {
        let mut first = styles();
        let (plain, marked) = (first.marked(0, Tint::Red), first.marked(1, Tint::Red));
        let written = first.finish(false).unwrap();
        let written = written
            .replace("<bgColor indexed=\"64\"/>", "<bgColor rgb=\"FFD9D9D9\"/>")
            .replace(
                "<bgColor theme=\"4\" tint=\"0.5\"/>",
                "<bgColor rgb=\"FFD9D9D9\"/>",
            );
        let mut second = Styles::new(Some(written)).unwrap();
        assert_eq!(second.plain(plain), 0);
        let plain = second.plain(marked);
        assert_ne!(plain, marked);
        assert_eq!(second.bare.get(plain as usize).unwrap().1, 0);
    }
}
