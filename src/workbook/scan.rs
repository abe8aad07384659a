//! The first look at a sheet: how far it reaches, which styles its marked cells need, what it has already.

use std::io::BufRead;

use super::WorkbookError;
use super::area::Area;
use super::comments::Cell;
use super::edits::SheetEdits;
use super::pieces::{CellXml, Piece, Pieces, RowPart, RowXml};
use super::styles::Styles;
use super::widths::{Col, style_of};
use super::xml::{self, Kind};

/// What a look at a sheet found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The prefix of its elements, with its colon.
    pub(super) prefix: String,
    /// Around all cells that hold something; ours do not count.
    pub(super) content: Option<Area>,
    /// Around all cells the file names, those we add included; ours do not count.
    pub(super) named: Option<Area>,
    /// The last column of all merged cells.
    pub(super) merged: Option<u32>,
    pub(super) cols: Vec<Col>,
    /// The area of the sheet's own filter, as it stands.
    pub(super) filter: Option<Area>,
    /// The columns on which the filter has conditions.
    pub(super) conditions: Vec<u32>,
    pub(super) protected: bool,
    /// The relationship of the old drawing that holds the comments' boxes.
    pub(super) drawing: Option<String>,
    /// Whether the sheet holds cells or styles of ours.
    pub(super) ours: bool,
    /// Whether somebody put a formula into a cell of ours.
    pub(super) own_formula: bool,
    /// Cells whose text was to be changed and that hold a formula.
    pub(super) formulas: Vec<Cell>,
}

/// What is asked of a sheet.
pub(super) struct Asked<'a> {
    pub(super) edits: &'a SheetEdits,
    /// Columns of ours from before.
    pub(super) own: &'a [u32],
    /// Whether marks from before are taken away.
    pub(super) clean: bool,
}

impl Asked<'_> {
    pub(super) fn is_own(&self, column: u32) -> bool {
        self.clean && self.own.contains(&column)
    }
}

/// The style of a cell that the file does not name: its row's, or its column's.
pub(super) fn inherited(row: Option<&str>, cols: &[Col], column: u32) -> u32 {
    let of_row = row.and_then(|tag| {
        let custom = xml::attribute(tag, "customFormat")?;
        let style = xml::attribute(tag, "s")?.trim().parse::<u32>().ok()?;
        (custom == "1" || custom == "true").then_some(style)
    });
    of_row.unwrap_or_else(|| style_of(cols, column))
}

/// Looks through a sheet, and makes the styles that writing it will take.
pub(super) fn scan(
    source: impl BufRead,
    asked: &Asked<'_>,
    styles: &mut Styles,
) -> Result<Scan, WorkbookError> {
    let mut scan = Scan::default();
    let mut pieces = Pieces::new(source);
    let mut root = false;
    let mut waiting: Vec<Cell> = asked.edits.marks.keys().copied().collect();
    waiting.reverse();
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Row(row) => {
                // Rows that the file leaves out.
                while let Some((number, column)) =
                    waiting.pop_if(|(number, _)| *number < row.number)
                {
                    scan.born((number, column), None, asked, styles);
                }
                scan.row(&row, asked, styles);
                while let Some((number, column)) =
                    waiting.pop_if(|(number, _)| *number == row.number)
                {
                    let known = row
                        .parts
                        .iter()
                        .any(|part| matches!(part, RowPart::Cell(cell) if cell.column == column));
                    if !known {
                        scan.born((number, column), Some(&row.open), asked, styles);
                    }
                }
            }
            Piece::Markup(markup) => {
                if !matches!(markup.kind, Kind::Start | Kind::Empty) {
                    continue;
                }
                let get = |name| xml::attribute(&markup.raw, name);
                if !root {
                    root = true;
                    if markup.name != "worksheet" {
                        return Err(WorkbookError::Structure("a sheet that is none".to_owned()));
                    }
                    xml::prefix(&markup.raw).clone_into(&mut scan.prefix);
                }
                match (markup.name.as_str(), markup.depth) {
                    ("col", 2) => scan.cols.extend(Col::parse(&markup.raw)),
                    ("autoFilter", 1) => {
                        scan.filter = get("ref").and_then(|area| Area::parse(&area));
                    }
                    ("filterColumn", 2) => {
                        let number = get("colId").and_then(|id| id.trim().parse::<u32>().ok());
                        let left = scan.filter.map_or(0, |area| area.left);
                        scan.conditions
                            .extend(number.and_then(|number| left.checked_add(number)));
                    }
                    ("sheetProtection", 1) => {
                        scan.protected = get("sheet").is_some_and(|on| on == "1" || on == "true");
                    }
                    ("mergeCell", 2) => {
                        if let Some(area) = get("ref").and_then(|area| Area::parse(&area)) {
                            scan.merged = scan.merged.max(Some(area.right));
                        }
                    }
                    ("legacyDrawing", 1) => scan.drawing = xml::relation_id(&markup.raw),
                    _ => {}
                }
            }
        }
    }
    while let Some(cell) = waiting.pop() {
        scan.born(cell, None, asked, styles);
    }
    for cell in asked.edits.texts.keys() {
        scan.name(*cell);
    }
    Ok(scan)
}

impl Scan {
    fn name(&mut self, (row, column): Cell) {
        let cell = Area::cell(row, column);
        self.named = Some(self.named.map_or(cell, |area| area.with(cell)));
    }

    fn row(&mut self, row: &RowXml, asked: &Asked<'_>, styles: &mut Styles) {
        for part in &row.parts {
            let RowPart::Cell(cell) = part else {
                continue;
            };
            if asked.is_own(cell.column) {
                self.ours = true;
                self.own_formula |= cell.formula;
                continue;
            }
            let place = (row.number, cell.column);
            self.name(place);
            if cell.content {
                let cell = Area::cell(place.0, place.1);
                self.content = Some(self.content.map_or(cell, |area| area.with(cell)));
            }
            if cell.formula && asked.edits.texts.contains_key(&place) {
                self.formulas.push(place);
            }
            let base = base(cell, asked, styles);
            self.ours |= base != cell.style;
            if let Some(mark) = asked.edits.marks.get(&place) {
                styles.marked(base, mark.tint);
            }
        }
    }

    /// A marked cell that the file does not name.
    fn born(&mut self, cell: Cell, row: Option<&str>, asked: &Asked<'_>, styles: &mut Styles) {
        self.name(cell);
        if let Some(mark) = asked.edits.marks.get(&cell) {
            styles.marked(inherited(row, &self.cols, cell.1), mark.tint);
        }
    }
}

/// Whether a sheet holds a formula.
pub(super) fn has_formula(source: impl BufRead) -> Result<bool, WorkbookError> {
    let mut pieces = Pieces::new(source);
    while let Some(piece) = pieces.next()? {
        if let Piece::Row(row) = piece
            && row
                .parts
                .iter()
                .any(|part| matches!(part, RowPart::Cell(cell) if cell.formula))
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The style that a cell had before it was marked.
pub(super) fn base(cell: &CellXml, asked: &Asked<'_>, styles: &mut Styles) -> u32 {
    if asked.clean {
        styles.plain(cell.style)
    } else {
        cell.style
    }
}
