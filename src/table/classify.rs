//! What each row below the header is, told by a look at its first cells.

mod section;

use super::header::{Headers, is_blank};
use super::heading::{Heading, is_key, seen};
use super::options::Fits;
use super::row_kind::RowKind;
use super::usual::Usual;
use super::words;
use crate::row::{CellKind, Cells, Field, Row};

/// Tells the rows of one table apart, in their order.
#[derive(Clone)]
pub(super) struct Classifier<'f> {
    fits: &'f Fits<'f>,
    width: usize,
    beside: Option<usize>,
    /// The columns that make a row a household: unit, code, address; the building where there is none of them.
    keys: Vec<(usize, Field)>,
    /// What each column can mean.
    meanings: Vec<Vec<Field>>,
    serial: Vec<bool>,
    /// The text of each of the first columns that was last found to be a cell like any other: neither blank nor a sum.
    /// The next row has the same, mostly.
    usual: [String; USUAL],
    /// How many cells told that the row before was a household's, each of them usual; 0 where more had to be looked at.
    pub(super) looked: usize,
    headed: usize,
    /// The rows of the header and of the title, which may come again on every page.
    headers: Vec<Row>,
    titles: Vec<Row>,
    seen_data: bool,
    in_notes: bool,
    last: RowKind,
}

/// As many columns are looked at in most rows.
const USUAL: usize = 4;

/// What a first look at a row shows.
#[derive(Default)]
struct Look {
    /// Cells of its own in the table, at most three beside the code.
    own: usize,
    /// The first of them.
    first: Option<usize>,
    /// Copies of the first, where it is merged with the cells on its right.
    spread: usize,
    sum: bool,
    /// Where the rows are numbered stands that this one is an example.
    example: bool,
    /// How many cells were looked at, where the last was the third and each was usual or blank; else 0.
    usual: usize,
}

impl<'f> Classifier<'f> {
    /// A classifier for the rows that follow the header.
    pub(super) fn new(
        heading: &Heading,
        buffer: &[Row],
        meanings: Vec<Vec<Field>>,
        fits: &'f Fits<'f>,
    ) -> Self {
        let mut keys: Vec<(usize, Field)> = Vec::new();
        for (column, fields) in meanings.iter().enumerate() {
            let sought = |&&field: &&Field| is_key(field) && field != Field::Building;
            keys.extend(fields.iter().filter(sought).map(|&field| (column, field)));
        }
        if keys.is_empty() {
            let at = |(column, fields): (usize, &Vec<Field>)| {
                fields
                    .contains(&Field::Building)
                    .then_some((column, Field::Building))
            };
            keys.extend(meanings.iter().enumerate().filter_map(at));
        }
        let (headers, titles) = match heading.rows {
            None => (Vec::new(), Vec::new()),
            Some((first, last)) => {
                let titles = buffer.get(..first).unwrap_or_default();
                let titles = titles.iter().filter(|row| !row.is_blank());
                (
                    buffer.get(first..=last).unwrap_or_default().to_vec(),
                    titles.cloned().collect(),
                )
            }
        };
        let headless = heading.rows.is_none();
        Self {
            fits,
            width: meanings.len(),
            beside: heading.beside,
            keys,
            serial: heading.columns.iter().map(|over| over.serial).collect(),
            usual: Default::default(),
            looked: 0,
            headed: heading
                .columns
                .iter()
                .filter(|over| !over.text.is_empty())
                .count(),
            meanings,
            headers,
            titles,
            seen_data: headless,
            in_notes: false,
            last: RowKind::Header,
        }
    }

    /// Whether the rows before the next one have no say in what it is: the last one was a household's.
    pub(super) fn is_steady(&self) -> bool {
        self.last == RowKind::Data && self.seen_data && !self.in_notes
    }

    /// Goes on as after a household's row.
    pub(super) fn settle(&mut self) {
        self.last = RowKind::Data;
        self.seen_data = true;
        self.in_notes = false;
    }

    /// The kind of a row above the header: a title, unless it is as full as a household's and has its key.
    pub(super) fn above(&self, row: &Row) -> RowKind {
        if row.iter().all(is_blank) {
            return RowKind::Blank;
        }
        let mapped = self
            .meanings
            .iter()
            .filter(|fields| !fields.is_empty())
            .count();
        let in_mapped = seen(row)
            .filter(|&(column, _)| {
                self.meanings
                    .get(column)
                    .is_some_and(|fields| !fields.is_empty())
            })
            .count();
        let says = seen(row).any(|(_, text)| {
            text.contains([':', '：']) || !Headers::built_in().meanings(text).is_empty()
        });
        if !says && in_mapped >= 3.max(mapped / 2 + 1) && self.has_plausible_key(row) {
            return RowKind::Data;
        }
        RowKind::Title
    }

    /// The kind of the next row.
    pub(super) fn classify(&mut self, row: &Row) -> RowKind {
        let kind = self.kind(row);
        self.last = kind;
        match kind {
            RowKind::Data => {
                self.seen_data = true;
                self.in_notes = false;
            }
            RowKind::Note => self.in_notes = true,
            _ => {}
        }
        kind
    }

    /// Whether the next row is a household's for the reason that the row before was, with a bare number on its door.
    /// Where it is not, that says nothing; where it is, [`classify`](Self::classify) would say so and change nothing here.
    #[inline]
    pub(super) fn is_household_again(&self, cells: &Cells<'_>) -> bool {
        self.looked > 0 && cells.shared() >= self.looked && self.has_bare_key(cells)
    }

    /// Whether there is a bare number on the door.
    #[inline]
    pub(super) fn has_bare_key(&self, cells: &Cells<'_>) -> bool {
        self.keys.iter().any(|&(column, _)| {
            let text = cells.bytes(column);
            (1..=5).contains(&text.len()) && text.iter().all(u8::is_ascii_digit)
        })
    }

    /// The same for a row of any beginning, where the rows before have [no say](Self::is_steady): three cells that name no
    /// sum, and a bare number on the door.
    pub(super) fn is_household_too(&self, cells: &Cells<'_>, usual: &mut Usual) -> bool {
        if !self.has_bare_key(cells) {
            return false;
        }
        let mut beside_code = 0;
        for column in 0..self.width.min(cells.len()) {
            let text = cells.get(column);
            let is_number = self.serial.get(column) == Some(&true) && words::is_number(text);
            if is_blank(text) || is_number || self.is_key(column, Field::GridCode) {
                continue;
            }
            // Where rows are numbered, anything else may say that this one is an example.
            if self.serial.get(column) == Some(&true) || !usual.is_plain(text) {
                return false;
            }
            beside_code += 1;
            if beside_code == 3 {
                usual.reach = column + 1;
                return true;
            }
        }
        false
    }

    fn kind(&mut self, row: &Row) -> RowKind {
        let look = self.look(row);
        self.looked = 0;
        // Wherever sorting has put it.
        if look.example {
            return RowKind::Example;
        }
        if look.own == 0 {
            return self.without_own(row);
        }
        if look.sum {
            return RowKind::Total;
        }
        let fresh = !self.seen_data
            || matches!(
                self.last,
                RowKind::Header | RowKind::RepeatedHeader | RowKind::Instruction | RowKind::Example
            );
        if fresh && let Some(kind) = self.below_header(row, &look) {
            return kind;
        }
        if self.has_evident_key(row, &look) {
            self.looked = look.usual;
            return RowKind::Data;
        }
        self.unusual(row, &look)
    }

    fn is_key(&self, column: usize, field: Field) -> bool {
        self.keys.contains(&(column, field))
    }

    /// Looks at the cells from the left, as few as will do.
    fn look(&mut self, row: &Row) -> Look {
        let mut look = Look::default();
        let (mut beside_code, mut has_unit, mut all_usual) = (0, false, true);
        for column in 0..self.width.min(row.len()) {
            let text = row.get(column);
            if is_blank(text) {
                continue;
            }
            if self.usual.get(column).is_some_and(|usual| usual == text)
                && row.kind(column) == CellKind::Text
            {
                beside_code += 1;
                look.first = look.first.or(Some(column));
                look.own += 1;
                if beside_code == 3 {
                    look.usual = if all_usual { column + 1 } else { 0 };
                    break;
                }
                continue;
            }
            all_usual = false;
            if row.kind(column) == CellKind::Filled {
                let across = look.first.is_some_and(|first| row.get(first) == text);
                look.spread += usize::from(across);
                continue;
            }
            if self.serial.get(column).copied().unwrap_or(false) {
                if words::is_number(text) {
                    continue;
                }
                if words::is_example(text) {
                    look.example = true;
                    break;
                }
            }
            // After a room, `合计` is a slip in the row of a household. The code's cell has no say: it is rewritten.
            if !self.is_key(column, Field::GridCode) {
                let counts = look.first.is_none() && text.starts_with('共') && is_counted(row);
                let is_sum = words::is_sum(text) || counts;
                look.sum |= !has_unit && is_sum;
                let is_unit = self.is_key(column, Field::Unit);
                has_unit |= is_unit && words::is_short_with_digit(text);
                beside_code += 1;
                if let Some(usual) = self.usual.get_mut(column)
                    && !is_sum
                    && !is_unit
                    && !text.starts_with('共')
                    && row.kind(column) == CellKind::Text
                {
                    text.clone_into(usual);
                }
            }
            look.first = look.first.or(Some(column));
            look.own += 1;
            if beside_code == 3 {
                break;
            }
        }
        look
    }

    /// A row with nothing of its own in the table.
    fn without_own(&self, row: &Row) -> RowKind {
        let outside = (self.width..row.len()).find(|&column| !is_blank(row.get(column)));
        match (outside, self.beside) {
            (None, _) => RowKind::Blank,
            (Some(column), Some(beside)) if column >= beside => RowKind::Note,
            (Some(_), _) => RowKind::Data,
        }
    }

    /// A number on a door or a code that needs no reading: written in the row beside something else,
    /// or merged down to it from the head of the household.
    fn has_evident_key(&self, row: &Row, look: &Look) -> bool {
        let first = look.first.map_or("", |column| row.get(column));
        self.keys.iter().any(|&(column, field)| {
            let text = row.get(column);
            let most = if field == Field::Address { 120 } else { 24 };
            let beside = if row.kind(column) == CellKind::Filled {
                text != first
            } else {
                look.own >= 2
            };
            beside && text.len() <= most && words::has_digit(text) && !text.contains([':', '：'])
        })
    }

    /// Whether a cell of the row's own can be a unit, a code or an address.
    fn has_plausible_key(&self, row: &Row) -> bool {
        self.keys.iter().any(|&(column, field)| {
            let text = row.get(column).trim();
            !is_blank(text)
                && row.kind(column) != CellKind::Filled
                && !words::is_remark(text)
                && !words::is_instruction(text)
                && ((self.fits)(field, "", text)
                    || matches!(field, Field::Unit | Field::GridCode)
                        && words::is_short_with_digit(text))
        })
    }

    /// What only stands between a header and its first household.
    fn below_header(&self, row: &Row, look: &Look) -> Option<RowKind> {
        if self.is_numbering(row) {
            return Some(RowKind::Instruction);
        }
        let key = self.has_plausible_key(row);
        if seen(row).any(|(_, text)| words::is_example(text)) {
            return Some(RowKind::Example);
        }
        if key || self.is_header(row) {
            return None;
        }
        let cells = seen(row).count();
        let telling = seen(row)
            .filter(|(_, text)| words::is_instruction(text))
            .count();
        let text = look.first.map_or("", |column| row.get(column));
        let told = telling > 0 && telling * 2 >= cells || cells == 1 && words::is_prose(text);
        (told && !words::is_remark(text)).then_some(RowKind::Instruction)
    }

    /// `(1) (2) (3)`, `-1 -2 -3`, `甲 乙 1 2`; plain `1 2 3 4` only under every header.
    fn is_numbering(&self, row: &Row) -> bool {
        let (mut cells, mut marked, mut next, mut odd) = (0, false, None, false);
        for (column, text) in seen(row) {
            cells += 1;
            let fields = self.meanings.get(column).map_or(&[][..], Vec::as_slice);
            odd |= !fields.is_empty() && !fields.iter().any(|field| may_be_small(*field));
            if next.is_none() && matches!(text.trim(), "甲" | "乙" | "丙" | "丁" | "戊") {
                marked = true;
                continue;
            }
            let Some((number, mark)) = words::numbering(text) else {
                return false;
            };
            if next.map_or(number > 2, |next| next != number) {
                return false;
            }
            next = Some(number + 1);
            marked |= mark;
        }
        // `1 2 3 4` under 楼栋 单元 房号 人数 is a household.
        next.is_some() && (marked && cells >= 2 || odd && cells >= 4 && cells == self.headed)
    }

    /// A row without a number where its key should be.
    fn unusual(&self, row: &Row, look: &Look) -> RowKind {
        if self.is_header(row) {
            return RowKind::RepeatedHeader;
        }
        if self.titles.iter().any(|title| same(title, row)) {
            return RowKind::Title;
        }
        if !self.is_other_place(row) && self.has_plausible_key(row) {
            return RowKind::Data;
        }
        if self.section(row).is_some() {
            return RowKind::Section;
        }
        let text = look.first.map_or("", |column| row.get(column));
        let heading_across = look.own == 1 && look.spread >= 2;
        let after_gap = self.in_notes || self.last == RowKind::Blank;
        let goes_on = self.in_notes && !words::is_short_with_digit(text);
        let prose_below = look.own == 1 && after_gap && (words::is_prose(text) || goes_on);
        if words::is_remark(text) || heading_across || prose_below {
            return RowKind::Note;
        }
        RowKind::Data
    }

    /// Whether a row is the header once more: the same cells, or known headers in the same columns.
    fn is_header(&self, row: &Row) -> bool {
        if self.headers.iter().any(|header| same(header, row)) {
            return true;
        }
        let (agree, differ) = self.compare(row);
        agree >= 2 && differ == 0
    }

    /// Whether a row is a header, but one of other columns.
    pub(super) fn is_other_header(&self, row: &Row) -> bool {
        let (agree, differ) = self.compare(row);
        differ > 0 && agree + differ >= 3
    }

    /// Whether none of the first cells that are seen in a row is a known header.
    pub(super) fn has_no_header(&self, row: &Row) -> bool {
        self.compare(row) == (0, 0)
    }

    /// How many known headers of a row stand in columns of the same field, and how many do not.
    fn compare(&self, row: &Row) -> (usize, usize) {
        let (mut agree, mut differ) = (0, 0);
        for (index, (column, text)) in seen(row).enumerate() {
            // A row of data is recognised by its first cells.
            if index >= FIRST && agree + differ == 0 {
                break;
            }
            if words::has_digit(text) {
                continue;
            }
            let meanings = Headers::built_in().meanings(text);
            if meanings.is_empty() {
                continue;
            }
            let here = self.meanings.get(column);
            let shared = here.is_some_and(|fields| {
                fields.is_empty()
                    || meanings
                        .iter()
                        .any(|meaning| fields.contains(&meaning.field))
            });
            if shared {
                agree += 1;
            } else {
                differ += 1;
            }
        }
        (agree, differ)
    }
}

/// Whether the cells of a row together count something.
fn is_counted(row: &Row) -> bool {
    let text: String = seen(row).map(|(_, text)| text).collect();
    words::is_count(&text)
}

/// By so many of its first cells a row of data is told from a header.
const FIRST: usize = 3;

/// Whether two rows have the same first cells.
pub(super) fn begins_as(row: &Row, other: &Row) -> bool {
    seen(row).take(FIRST).eq(seen(other).take(FIRST))
}

/// Whether every cell seen in a row stands in the other at the same place.
fn same(known: &Row, row: &Row) -> bool {
    seen(row).all(|(column, text)| known.get(column).trim() == text.trim())
}

/// Whether a bare small number can be a value of the field.
const fn may_be_small(field: Field) -> bool {
    matches!(
        field,
        Field::Building
            | Field::Entrance
            | Field::Floor
            | Field::Unit
            | Field::Residents
            | Field::Age
            | Field::HouseholdId
            | Field::Grid
            | Field::Community
            | Field::Estate
    )
}
