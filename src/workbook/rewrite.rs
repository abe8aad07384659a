//! Writing a sheet anew as it goes by: only what is asked for is changed, all else is copied as it stands.

use std::collections::BTreeSet;
use std::io::{BufRead, Write};

use super::WorkbookError;
use super::area::{Area, letters};
use super::pieces::{CellXml, Markup, Piece, Pieces, RowPart, RowXml};
use super::scan::{Asked, base, inherited};
use super::styles::Styles;
use super::widths::Col;
use super::xml::{self, Kind};

/// The children of a sheet in the order that the schema demands.
const ORDER: [&str; 39] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// What becomes of a sheet's filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Keep,
    Drop,
    /// It covers this area; conditions on columns from the given one on go.
    Set(Area, u32),
}

/// What becomes of the drawing that holds the comments' boxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Boxes {
    Keep,
    Drop,
    /// It is reached by this relationship.
    Set(String),
}

/// All that is to be done to a sheet.
pub(super) struct Plan<'a> {
    pub(super) asked: Asked<'a>,
    pub(super) prefix: String,
    /// The sheet's columns, as they will be.
    pub(super) cols: Vec<Col>,
    /// The same, as they were.
    pub(super) cols_before: Vec<Col>,
    /// Around all cells there will be.
    pub(super) dimension: Option<Area>,
    /// The first of the new columns; `None` where none come.
    pub(super) first: Option<u32>,
    pub(super) filter: Filter,
    /// Where rows that a filter hid are shown again: no condition is left that could show them.
    pub(super) shown: Option<Area>,
    pub(super) boxes: Boxes,
    pub(super) relationships: &'static str,
    /// The styles of the new columns' header and cells.
    pub(super) header_style: u32,
    pub(super) text_style: u32,
}

/// Writes a sheet anew.
pub(super) fn rewrite(
    source: impl BufRead,
    target: &mut dyn Write,
    plan: &Plan<'_>,
    styles: &mut Styles,
) -> Result<(), WorkbookError> {
    let mut writer = Rewriter {
        plan,
        styles,
        target,
        pending: plan.pending(),
        rows: plan.rows(),
        skipping: None,
        limit: None,
    };
    let mut pieces = Pieces::new(source);
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Row(row) => writer.row(row)?,
            Piece::Markup(markup) => writer.markup(markup)?,
        }
    }
    Ok(())
}

impl Plan<'_> {
    /// Elements that may have to come into the sheet: where in the order, and what.
    fn pending(&self) -> Vec<(usize, String)> {
        let prefix = &self.prefix;
        let mut pending = Vec::new();
        if !self.cols.is_empty() {
            let cols: String = self.cols.iter().map(|col| col.tag.as_str()).collect();
            pending.push(("cols", format!("<{prefix}cols>{cols}</{prefix}cols>")));
        }
        if let Filter::Set(area, _) = &self.filter {
            pending.push((
                "autoFilter",
                format!("<{prefix}autoFilter ref=\"{}\"/>", area.name()),
            ));
        }
        if let Boxes::Set(id) = &self.boxes {
            let space = self.relationships;
            pending.push((
                "legacyDrawing",
                format!("<{prefix}legacyDrawing xmlns:r=\"{space}\" r:id=\"{id}\"/>"),
            ));
        }
        pending
            .into_iter()
            .filter_map(|(name, xml)| Some((rank(name)?, xml)))
            .collect()
    }

    /// The rows that must be there, whether the file names them or not.
    fn rows(&self) -> BTreeSet<u32> {
        let edits = self.asked.edits;
        let mut rows: BTreeSet<u32> = edits
            .texts
            .keys()
            .chain(edits.marks.keys())
            .map(|(row, _)| *row)
            .collect();
        if let (Some(columns), Some(_)) = (&edits.columns, self.first) {
            let numbers = columns
                .cells
                .keys()
                .chain(std::iter::once(&columns.header_row));
            rows.extend(
                numbers
                    .filter_map(|row| u32::try_from(*row).ok())
                    .filter(|row| *row > 0),
            );
        }
        rows
    }

    /// The texts of the new columns in a row, and their style.
    fn beside(&self, row: u32) -> Option<(u32, &[String], u32)> {
        let (first, columns) = (self.first?, self.asked.edits.columns.as_ref()?);
        let row = u64::from(row);
        if row == columns.header_row {
            return Some((first, &columns.headers, self.header_style));
        }
        Some((first, columns.cells.get(&row)?, self.text_style))
    }
}

fn rank(name: &str) -> Option<usize> {
    ORDER.iter().position(|known| *known == name)
}

struct Rewriter<'w, 'p> {
    plan: &'p Plan<'p>,
    styles: &'w mut Styles,
    target: &'w mut dyn Write,
    pending: Vec<(usize, String)>,
    rows: BTreeSet<u32>,
    /// The depth of an element that does not go into the new sheet.
    skipping: Option<usize>,
    /// Conditions of a filter on columns from here on do not.
    limit: Option<u32>,
}

impl Rewriter<'_, '_> {
    fn put(&mut self, text: &str) -> Result<(), WorkbookError> {
        Ok(self.target.write_all(text.as_bytes())?)
    }

    fn markup(&mut self, mut markup: Markup) -> Result<(), WorkbookError> {
        if let Some(depth) = self.skipping {
            if markup.depth == depth && markup.kind == Kind::End {
                self.skipping = None;
            }
            return Ok(());
        }
        let begins = matches!(markup.kind, Kind::Start | Kind::Empty);
        if markup.depth == 1 && begins {
            if let Some(rank) = rank(&markup.name) {
                self.come(rank)?;
            }
            if self.own_element(&mut markup)? {
                if markup.kind == Kind::Start {
                    self.skipping = Some(1);
                }
                return Ok(());
            }
        }
        if markup.name == "filterColumn" && markup.depth == 2 && begins {
            let number =
                xml::attribute(&markup.raw, "colId").and_then(|id| id.trim().parse::<u32>().ok());
            if let (Some(limit), Some(number)) = (self.limit, number)
                && number >= limit
            {
                if markup.kind == Kind::Start {
                    self.skipping = Some(2);
                }
                return Ok(());
            }
        }
        if markup.name == "sheetData" && markup.depth == 1 {
            if markup.kind == Kind::Empty && !self.rows.is_empty() {
                self.put(&xml::opened(&markup.raw))?;
                self.missing(u32::MAX)?;
                let close = format!("</{}sheetData>", self.plan.prefix);
                return self.put(&close);
            }
            if markup.kind == Kind::End {
                self.missing(u32::MAX)?;
            }
        }
        if markup.depth == 0 && markup.kind == Kind::End {
            self.come(usize::MAX)?;
        }
        self.put(&markup.raw)
    }

    /// Writes what has to stand before an element of this rank.
    fn come(&mut self, rank: usize) -> Result<(), WorkbookError> {
        while self.pending.first().is_some_and(|(first, _)| *first < rank) {
            let (_, xml) = self.pending.remove(0);
            self.put(&xml)?;
        }
        Ok(())
    }

    /// Whether an element is replaced or goes; its tag may be changed where it stays.
    fn own_element(&mut self, markup: &mut Markup) -> Result<bool, WorkbookError> {
        match markup.name.as_str() {
            "sheetPr" if self.plan.shown.is_some() => {
                markup.raw = xml::with_attribute(&markup.raw, "filterMode", None);
                Ok(false)
            }
            "dimension" => {
                if let Some(area) = self.plan.dimension {
                    markup.raw = xml::with_attribute(&markup.raw, "ref", Some(&area.name()));
                }
                Ok(false)
            }
            "cols" => {
                self.come(rank("cols").unwrap_or(0) + 1)?;
                Ok(true)
            }
            "autoFilter" => match self.plan.filter {
                Filter::Keep => Ok(false),
                Filter::Drop => Ok(true),
                Filter::Set(area, limit) => {
                    let own = rank("autoFilter");
                    self.pending.retain(|(rank, _)| Some(*rank) != own);
                    markup.raw = xml::with_attribute(&markup.raw, "ref", Some(&area.name()));
                    self.limit = Some(limit.saturating_sub(area.left));
                    Ok(false)
                }
            },
            "legacyDrawing" => match &self.plan.boxes {
                Boxes::Keep => Ok(false),
                Boxes::Drop => Ok(true),
                Boxes::Set(_) => {
                    self.come(rank("legacyDrawing").unwrap_or(0) + 1)?;
                    Ok(true)
                }
            },
            _ => Ok(false),
        }
    }

    /// Writes the rows before this one that the file leaves out.
    fn missing(&mut self, before: u32) -> Result<(), WorkbookError> {
        while let Some(number) = self.rows.first().copied().filter(|number| *number < before) {
            let prefix = &self.plan.prefix;
            let row = RowXml {
                number,
                open: format!("<{prefix}row r=\"{number}\">"),
                parts: Vec::new(),
                close: format!("</{prefix}row>"),
            };
            self.changed_row(row, false)?;
        }
        Ok(())
    }

    fn row(&mut self, row: RowXml) -> Result<(), WorkbookError> {
        self.missing(row.number)?;
        self.changed_row(row, true)
    }

    fn changed_row(&mut self, mut row: RowXml, named: bool) -> Result<(), WorkbookError> {
        let plan = self.plan;
        self.rows.remove(&row.number);
        let asked = &plan.asked;
        if plan
            .shown
            .is_some_and(|area| area.top < row.number && row.number <= area.bottom)
        {
            row.open = xml::with_attribute(&row.open, "hidden", None);
        }
        if asked.clean {
            row.parts
                .retain(|part| !matches!(part, RowPart::Cell(cell) if asked.is_own(cell.column)));
            for part in &mut row.parts {
                if let RowPart::Cell(cell) = part {
                    let base = base(cell, asked, self.styles);
                    if base != cell.style {
                        cell.restyle(base);
                    }
                }
            }
        }
        let range = (row.number, 0)..=(row.number, u32::MAX);
        let (edits, inherit) = (asked.edits, row.open.clone());
        let of_row = named.then_some(inherit.as_str());
        let mut edit = RowEdit {
            prefix: &plan.prefix,
            row,
            wider: false,
        };
        for ((_, column), text) in edits.texts.range(range.clone()) {
            let style = inherited(of_row, &plan.cols_before, *column);
            edit.cell(*column, style, |cell, number, prefix| {
                if !cell.formula {
                    *cell = text_cell(prefix, number, *column, cell.style, text);
                }
            });
        }
        for ((_, column), mark) in edits.marks.range(range) {
            let style = inherited(of_row, &plan.cols_before, *column);
            let styles = &mut *self.styles;
            edit.cell(*column, style, |cell, _, _| {
                cell.restyle(styles.marked(cell.style, mark.tint));
            });
        }
        if let Some((first, texts, style)) = plan.beside(edit.row.number) {
            for (column, text) in (first..).zip(texts) {
                edit.cell(column, style, |cell, number, prefix| {
                    *cell = text_cell(prefix, number, column, style, text);
                });
            }
        }
        let row = edit.finish();
        self.put(&row.open)?;
        for part in &row.parts {
            match part {
                RowPart::Cell(cell) => self.target.write_all(cell.raw.as_bytes())?,
                RowPart::Other(raw) => self.target.write_all(raw.as_bytes())?,
            }
        }
        self.put(&row.close)
    }
}

/// A cell with a text of its own.
fn text_cell(prefix: &str, row: u32, column: u32, style: u32, text: &str) -> CellXml {
    let place = format!("{}{row}", letters(column));
    let style_of = if style == 0 {
        String::new()
    } else {
        format!(" s=\"{style}\"")
    };
    let (open, rest) = if text.is_empty() {
        (
            format!("<{prefix}c r=\"{place}\"{style_of}/>"),
            String::new(),
        )
    } else {
        (
            format!("<{prefix}c r=\"{place}\"{style_of} t=\"inlineStr\">"),
            format!(
                "<{prefix}is><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}is></{prefix}c>",
                xml::escape_text(text)
            ),
        )
    };
    CellXml {
        column,
        open: open.len(),
        raw: open + &rest,
        style,
        formula: false,
        content: !text.is_empty(),
    }
}

/// A row while cells of it are changed.
struct RowEdit<'p> {
    prefix: &'p str,
    row: RowXml,
    /// Whether a cell came to it.
    wider: bool,
}

impl RowEdit<'_> {
    /// Changes a cell, which comes to be where the file does not name it.
    fn cell(&mut self, column: u32, style: u32, change: impl FnOnce(&mut CellXml, u32, &str)) {
        let number = self.row.number;
        let at = self
            .row
            .parts
            .iter()
            .position(|part| matches!(part, RowPart::Cell(cell) if cell.column >= column));
        let known = match at.and_then(|at| self.row.parts.get(at)) {
            Some(RowPart::Cell(cell)) if cell.column == column => at,
            _ => None,
        };
        let at = known.unwrap_or_else(|| {
            self.explicit();
            let at = at.unwrap_or_else(|| {
                // Before what may come after the cells of a row.
                let last = self
                    .row
                    .parts
                    .iter()
                    .rposition(|part| matches!(part, RowPart::Cell(_)));
                last.map_or(0, |last| last + 1)
            });
            let cell = text_cell(self.prefix, number, column, style, "");
            self.row.parts.insert(at, RowPart::Cell(cell));
            self.wider = true;
            at
        });
        if let Some(RowPart::Cell(cell)) = self.row.parts.get_mut(at) {
            change(cell, number, self.prefix);
        }
    }

    /// Cells without their place would move when one comes before them.
    fn explicit(&mut self) {
        for part in &mut self.row.parts {
            if let RowPart::Cell(cell) = part
                && let Some((tag, rest)) = cell.raw.split_at_checked(cell.open)
                && xml::attribute(tag, "r").is_none()
            {
                let place = format!("{}{}", letters(cell.column), self.row.number);
                let tag = xml::with_attribute(tag, "r", Some(&place));
                let raw = format!("{tag}{rest}");
                cell.open = tag.len();
                cell.raw = raw;
            }
        }
    }

    fn finish(mut self) -> RowXml {
        let number = self.row.number;
        if xml::attribute(&self.row.open, "r").is_none() {
            self.row.open = xml::with_attribute(&self.row.open, "r", Some(&number.to_string()));
        }
        if self.wider {
            // Only a hint for readers, and no longer true.
            self.row.open = xml::with_attribute(&self.row.open, "spans", None);
        }
        if self.row.close.is_empty() && !self.row.parts.is_empty() {
            self.row.open = xml::opened(&self.row.open);
            self.row.close = format!("</{}row>", self.prefix);
        }
        self.row
    }
}
