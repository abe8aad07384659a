//! The merged areas of a workbook's sheets, picked up while its parts are looked through: asking the reader for them costs
//! reading each sheet once more. Where anything is unclear, nothing is said, and the reader is asked.

use std::collections::BTreeMap;

use calamine::Dimensions;
use memchr::memmem;

const MERGE: &[u8] = b"mergeCell";
/// What stands behind the cells of a sheet is kept up to this size: a hundred thousand areas.
const MOST: usize = 4 << 20;
/// `XFD1048576:XFD1048576` and a quote.
const LONGEST_AREA: usize = 22;
const LAST_COLUMN: u32 = 16_383;
const LAST_ROW: u32 = 1_048_575;

/// What one part of a workbook says from the first word of merged cells on.
#[derive(Debug, Default)]
pub(super) struct Tail {
    text: Vec<u8>,
    is_begun: bool,
    is_too_long: bool,
}

impl Tail {
    /// Takes a block, of which the first `known` bytes were in the block before.
    pub(super) fn take(&mut self, block: &[u8], known: usize) {
        let more = if self.is_begun {
            block.get(known..)
        } else {
            memmem::find(block, MERGE).and_then(|at| block.get(at..))
        };
        let Some(more) = more else { return };
        self.is_begun = true;
        if self.is_too_long || self.text.len() + more.len() > MOST {
            self.is_too_long = true;
            self.text = Vec::new();
        } else {
            self.text.extend_from_slice(more);
        }
    }

    /// The areas; `None` where one of them is not understood.
    pub(super) fn areas(&self) -> Option<Vec<Dimensions>> {
        if self.is_too_long {
            return None;
        }
        let mut areas = Vec::new();
        let mut ends = 0;
        for at in memmem::find_iter(&self.text, MERGE) {
            let before = at.checked_sub(1).and_then(|before| self.text.get(before));
            let rest = self.text.get(at + MERGE.len()..)?;
            match (before, rest.first()?) {
                // The element around them all comes first, and nothing of another stands before it.
                (None | Some(b'<' | b':'), b's') | (Some(b'/'), b'>') => {}
                (Some(b'/'), b's') => ends += 1,
                (Some(b'<' | b':'), b' ') => areas.push(match only_ref(rest) {
                    Some(text) => area(text)?,
                    None => area(attribute(element(rest)?, "ref")?)?,
                }),
                _ => return None,
            }
        }
        (ends == usize::from(self.is_begun)).then_some(areas)
    }
}

/// What is known of the sheets of a workbook, in the order of their tabs: the part of each, or nothing at all.
pub(super) fn parts(workbook: &[u8], relationships: &[u8]) -> Option<Vec<(String, String)>> {
    let mut targets = BTreeMap::new();
    for element in elements(relationships, b"<Relationship ")? {
        let (id, target) = (attribute(element, "Id")?, attribute(element, "Target")?);
        targets.insert(id, target);
    }
    let mut parts = Vec::new();
    for element in elements(workbook, b"<sheet ")? {
        let (name, id) = (attribute(element, "name")?, attribute(element, "r:id")?);
        let target = targets.get(id)?;
        let part = match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("xl/{target}"),
        };
        parts.push((name.to_owned(), part));
    }
    Some(parts)
}

/// The attributes of all elements that begin so.
fn elements<'x>(xml: &'x [u8], opens: &'x [u8]) -> Option<Vec<&'x str>> {
    // Whatever can hide an element is left to the reader.
    if [&b"<!--"[..], b"<![CDATA["]
        .iter()
        .any(|word| memmem::find(xml, word).is_some())
    {
        return None;
    }
    memmem::find_iter(xml, opens)
        .map(|at| element(xml.get(at + opens.len() - 1..)?))
        .collect()
}

/// The attributes of an element, up to its end; none of them may hold an entity.
fn element(rest: &[u8]) -> Option<&str> {
    let end = memchr::memchr(b'>', rest)?;
    let text = std::str::from_utf8(rest.get(..end)?).ok()?;
    (!text.contains('&')).then_some(text)
}

/// The one attribute of an area as nearly every program writes it; a workbook of households has thousands.
fn only_ref(rest: &[u8]) -> Option<&str> {
    let value = rest.strip_prefix(b" ref=\"")?;
    let end = memchr::memchr(b'"', value.get(..LONGEST_AREA)?)?;
    let text = std::str::from_utf8(value.get(..end)?).ok()?;
    value.get(end + 1..)?.starts_with(b"/>").then_some(text)
}

/// The value of an attribute in double quotes.
fn attribute<'x>(element: &'x str, name: &str) -> Option<&'x str> {
    let opens = format!(" {name}=\"");
    let mut found = element.match_indices(&opens);
    let (at, _) = found.next().filter(|_| found.next().is_none())?;
    let (value, _) = element.get(at + opens.len()..)?.split_once('"')?;
    Some(value)
}

/// `A4:C9`.
fn area(text: &str) -> Option<Dimensions> {
    let (from, to) = text.split_once(':')?;
    Some(Dimensions::new(cell(from)?, cell(to)?))
}

fn cell(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let (letters, digits) = text.split_at_checked(letters)?;
    let is_cell = (1..=3).contains(&letters.len())
        && (1..=7).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    let column = letters
        .bytes()
        .fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
    let row: u32 = digits.parse().ok().filter(|_| is_cell)?;
    let (row, column) = (row.checked_sub(1)?, column.checked_sub(1)?);
    (row <= LAST_ROW && column <= LAST_COLUMN).then_some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas_of(xml: &str, block: usize) -> Option<Vec<Dimensions>> {
        let mut tail = Tail::default();
        let (bytes, mut from) = (xml.as_bytes(), 0_usize);
        while from < bytes.len() {
            let known = from.min(MERGE.len() - 1);
            let end = (from + block).min(bytes.len());
            tail.take(&bytes[from - known..end], known);
            from = end;
        }
        tail.areas()
    }

    #[test]
    fn areas_are_found_wherever_the_blocks_are_cut() {
        let xml = "<c><v>1</v></c></sheetData><mergeCells count=\"2\"><mergeCell ref=\"A1:Q1\"/><mergeCell ref=\"C4:AA111\"/></mergeCells><x/>";
        let found = vec![
            Dimensions::new((0, 0), (0, 16)),
            Dimensions::new((3, 2), (110, 26)),
        ];
        for block in 1..xml.len() {
            assert_eq!(areas_of(xml, block), Some(found.clone()), "{block}");
        }
        assert_eq!(areas_of("<sheetData/>", 5), Some(Vec::new()));
    }

    #[test]
    fn what_is_unclear_is_left_to_the_reader() {
        for xml in [
            "<t>mergeCell </t><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>",
            "<mergeCells><mergeCell ref='A1:B2'/></mergeCells>",
            "<mergeCells><mergeCell ref=\"A1:B&#50;\"/></mergeCells>",
            "<mergeCells><mergeCell ref=\"$A$1:B2\"/></mergeCells>",
            "<mergeCells><mergeCell ref=\"A0:B2\"/></mergeCells>",
            "<mergeCells><mergeCell ref=\"A1:B2\"/>",
        ] {
            assert_eq!(areas_of(xml, 7), None, "{xml}");
        }
    }

    #[test]
    fn sheets_lead_to_their_parts() {
        let relationships = b"<Relationships><Relationship Id=\"rId1\" Type=\"t\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"t\" Target=\"/xl/worksheets/other.xml\"/></Relationships>";
        let workbook = "<sheets><sheet name=\"说明\" sheetId=\"1\" r:id=\"rId2\"/><sheet name=\"清册\" sheetId=\"2\" r:id=\"rId1\"/></sheets>";
        let found = [
            ("说明", "xl/worksheets/other.xml"),
            ("清册", "xl/worksheets/sheet1.xml"),
        ];
        let found = found.map(|(name, part)| (name.to_owned(), part.to_owned()));
        assert_eq!(
            parts(workbook.as_bytes(), relationships),
            Some(found.to_vec())
        );
        assert_eq!(
            parts(b"<sheet name=\"a&amp;b\" r:id=\"rId1\"/>", relationships),
            None
        );
        assert_eq!(
            parts(b"<sheet name=\"a\" r:id=\"rId9\"/>", relationships),
            None
        );
    }
}
