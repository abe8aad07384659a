//! The XML of a sheet as it goes by: rows one at a time, all else as it stands.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::WorkbookError;
use super::xml::{self, Kind};
use crate::row::column_number;

/// A row that never ends is no row.
const LARGEST_ROW: usize = 64 << 20;
pub(super) const MOST_ROWS: u32 = 1_048_576;
pub(super) const MOST_COLUMNS: u32 = 16_384;

/// The next of a sheet.
pub(super) enum Piece {
    Row(RowXml),
    Markup(Markup),
}

/// Anything but a row.
pub(super) struct Markup {
    pub(super) raw: String,
    pub(super) kind: Kind,
    /// Without its prefix; empty for text.
    pub(super) name: String,
    /// 0 for the root; a start and its end have the same.
    pub(super) depth: usize,
}

/// A row with its cells.
pub(super) struct RowXml {
    /// As Excel counts.
    pub(super) number: u32,
    /// The opening tag; it may close the row at once.
    pub(super) open: String,
    pub(super) parts: Vec<RowPart>,
    /// The closing tag; empty where the opening tag closes the row.
    pub(super) close: String,
}

pub(super) enum RowPart {
    Cell(CellXml),
    Other(String),
}

/// A cell as it stands in the file.
pub(super) struct CellXml {
    /// 0-based.
    pub(super) column: u32,
    pub(super) raw: String,
    /// The length of the opening tag.
    pub(super) open: usize,
    pub(super) style: u32,
    pub(super) formula: bool,
    /// Whether it holds a value, a text or a formula.
    pub(super) content: bool,
}

impl CellXml {
    /// The cell with another style.
    pub(super) fn restyle(&mut self, style: u32) {
        let (tag, rest) = self.raw.split_at_checked(self.open).unwrap_or_default();
        let written = style.to_string();
        let value = (style != 0 || xml::attribute(tag, "s").is_some()).then_some(written.as_str());
        let tag = xml::with_attribute(tag, "s", value);
        self.open = tag.len();
        self.raw = format!("{tag}{rest}");
        self.style = style;
    }
}

/// Reads a sheet piece by piece.
pub(super) struct Pieces<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    depth: usize,
    in_data: bool,
    /// The number of the last row.
    row: u32,
}

struct Read {
    kind: Kind,
    raw: String,
}

impl<R: BufRead> Pieces<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            reader: Reader::from_reader(source),
            buffer: Vec::new(),
            depth: 0,
            in_data: false,
            row: 0,
        }
    }

    fn read(&mut self) -> Result<Option<Read>, WorkbookError> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer)?;
        let (kind, raw) = match &event {
            Event::Eof => return Ok(None),
            Event::Start(tag) => (Kind::Start, ["<", tag, ">"].concat()),
            Event::Empty(tag) => (Kind::Empty, ["<", tag, "/>"].concat()),
            Event::End(tag) => (Kind::End, ["</", tag, ">"].concat()),
            Event::Text(text) => (Kind::Text, text.to_string()),
            Event::CData(text) => (Kind::Text, ["<![CDATA[", text, "]]>"].concat()),
            Event::GeneralRef(name) => (Kind::Text, ["&", name, ";"].concat()),
            Event::Comment(text) => (Kind::Other, ["<!--", text, "-->"].concat()),
            Event::Decl(text) => (Kind::Other, ["<?", text, "?>"].concat()),
            Event::PI(text) => (Kind::Other, ["<?", text, "?>"].concat()),
            Event::DocType(text) => (Kind::Other, ["<!DOCTYPE ", text, ">"].concat()),
        };
        Ok(Some(Read { kind, raw }))
    }

    pub(super) fn next(&mut self) -> Result<Option<Piece>, WorkbookError> {
        let Some(Read { kind, raw }) = self.read()? else {
            return if self.depth == 0 {
                Ok(None)
            } else {
                Err(WorkbookError::Structure(
                    "a sheet that ends too early".to_owned(),
                ))
            };
        };
        let is_tag = matches!(kind, Kind::Start | Kind::End | Kind::Empty);
        let name = if is_tag { xml::local(&raw) } else { "" }.to_owned();
        if self.in_data && name == "row" && kind != Kind::End {
            return Ok(Some(Piece::Row(self.row(raw, kind)?)));
        }
        if kind == Kind::End {
            self.depth = self.depth.saturating_sub(1);
        }
        let depth = self.depth;
        if kind == Kind::Start {
            self.depth += 1;
        }
        if name == "sheetData" && depth == 1 {
            self.in_data = kind == Kind::Start;
        }
        Ok(Some(Piece::Markup(Markup {
            raw,
            kind,
            name,
            depth,
        })))
    }

    fn row(&mut self, open: String, kind: Kind) -> Result<RowXml, WorkbookError> {
        let number = match xml::attribute(&open, "r") {
            Some(number) => number.trim().parse().unwrap_or(0),
            // Rows and cells without their place stand after the one before.
            None => self.row + 1,
        };
        if number <= self.row || number > MOST_ROWS {
            return Err(WorkbookError::Structure("rows out of order".to_owned()));
        }
        self.row = number;
        let mut row = RowXml {
            number,
            open,
            parts: Vec::new(),
            close: String::new(),
        };
        if kind == Kind::Empty {
            return Ok(row);
        }
        let (mut size, mut column) = (0, 0);
        loop {
            let piece = self.in_row()?;
            size += piece.raw.len();
            if size > LARGEST_ROW {
                return Err(WorkbookError::Structure("a row without end".to_owned()));
            }
            match piece.kind {
                Kind::End => {
                    row.close = piece.raw;
                    return Ok(row);
                }
                Kind::Start | Kind::Empty if xml::local(&piece.raw) == "c" => {
                    let cell = self.cell(piece, column, &mut size)?;
                    column = cell.column + 1;
                    row.parts.push(RowPart::Cell(cell));
                }
                Kind::Start => {
                    let mut raw = piece.raw;
                    self.rest(&mut raw, &mut |_, _, _| {})?;
                    row.parts.push(RowPart::Other(raw));
                }
                _ => row.parts.push(RowPart::Other(piece.raw)),
            }
        }
    }

    fn in_row(&mut self) -> Result<Read, WorkbookError> {
        self.read()?
            .ok_or_else(|| WorkbookError::Structure("a sheet that ends too early".to_owned()))
    }

    fn cell(&mut self, piece: Read, next: u32, size: &mut usize) -> Result<CellXml, WorkbookError> {
        let Read { kind, mut raw } = piece;
        let column = match xml::attribute(&raw, "r") {
            Some(place) => {
                let letters = place.trim_matches(|sign: char| !sign.is_ascii_alphabetic());
                let column = column_number(letters);
                column
                    .and_then(|column| u32::try_from(column).ok())
                    .unwrap_or(MOST_COLUMNS)
            }
            None => next,
        };
        if column < next || column >= MOST_COLUMNS {
            return Err(WorkbookError::Structure("cells out of order".to_owned()));
        }
        let style = xml::attribute(&raw, "s").and_then(|style| style.trim().parse().ok());
        let open = raw.len();
        let (mut formula, mut content) = (false, false);
        if kind == Kind::Start {
            self.rest(&mut raw, &mut |kind, name, depth| {
                formula |= name == "f";
                content |= name == "f" || kind == Kind::Text && depth > 0;
            })?;
        }
        *size += raw.len();
        Ok(CellXml {
            column,
            raw,
            open,
            style: style.unwrap_or(0),
            formula,
            content,
        })
    }

    /// Appends all up to the end of the element that has just been opened.
    fn rest(
        &mut self,
        raw: &mut String,
        seen: &mut dyn FnMut(Kind, &str, usize),
    ) -> Result<(), WorkbookError> {
        let mut depth = 0_usize;
        loop {
            let piece = self.in_row()?;
            if raw.len() > LARGEST_ROW {
                return Err(WorkbookError::Structure("a cell without end".to_owned()));
            }
            raw.push_str(&piece.raw);
            let is_tag = matches!(piece.kind, Kind::Start | Kind::End | Kind::Empty);
            seen(
                piece.kind,
                if is_tag { xml::local(&piece.raw) } else { "" },
                depth,
            );
            match piece.kind {
                Kind::Start => depth += 1,
                Kind::End if depth == 0 => return Ok(()),
                Kind::End => depth -= 1,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "<?xml version=\"1.0\"?>\n<x:worksheet xmlns:x='u'><x:cols><x:col min='1'/></x:cols><x:sheetData>\
        <x:row><x:c t='n'><x:v>1</x:v></x:c> <x:c r='D1' s='4'/></x:row>\
        <x:row r='5' spans='1:4'><x:c r='B5'><x:f>A1&amp;\"\"</x:f><x:v></x:v></x:c><x:c><x:v/></x:c></x:row><x:row r='6'/>\
        </x:sheetData><x:pageMargins left=\"0.7\" /><!-- a --></x:worksheet>";

    #[test]
    fn every_byte_of_a_sheet_goes_by() {
        let mut pieces = Pieces::new(SHEET.as_bytes());
        let mut back = String::new();
        while let Some(piece) = pieces.next().unwrap() {
            match piece {
                Piece::Markup(markup) => back.push_str(&markup.raw),
                Piece::Row(row) => {
                    back.push_str(&row.open);
                    for part in row.parts {
                        match part {
                            RowPart::Cell(cell) => back.push_str(&cell.raw),
                            RowPart::Other(raw) => back.push_str(&raw),
                        }
                    }
                    back.push_str(&row.close);
                }
            }
        }
        assert_eq!(back, SHEET);
    }

    #[test]
    fn rows_and_cells_without_a_place_stand_after_the_one_before() {
        let mut pieces = Pieces::new(SHEET.as_bytes());
        let mut seen = Vec::new();
        while let Some(piece) = pieces.next().unwrap() {
            if let Piece::Row(row) = piece {
                for part in &row.parts {
                    if let RowPart::Cell(cell) = part {
                        seen.push((
                            row.number,
                            cell.column,
                            cell.style,
                            cell.content,
                            cell.formula,
                        ));
                    }
                }
            }
        }
        assert_eq!(
            seen,
            [
                (1, 0, 0, true, false),
                (1, 3, 4, false, false),
                (5, 1, 0, true, true),
                (5, 2, 0, false, false)
            ]
        );
    }

    #[test]
    fn a_sheet_cut_off_is_told_from_a_whole_one() {
        for end in [60, 120, SHEET.len() - 5] {
            let mut pieces = Pieces::new(SHEET.get(..end).unwrap().as_bytes());
            let failed = loop {
                match pieces.next() {
                    Ok(Some(_)) => {}
                    Ok(None) => break false,
                    Err(_) => break true,
                }
            };
            assert!(failed, "{end}");
        }
    }
}
