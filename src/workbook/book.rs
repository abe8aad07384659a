//! `Workbook`: an opened workbook, and what is to be done to it.

use std::collections::BTreeMap;

use super::WorkbookError;
use super::contents::Contents;
use super::edits::{Mark, NewColumns, NewSheet, SheetEdits};
use super::package::Package;
use super::pieces::{MOST_COLUMNS, MOST_ROWS};
use super::relations::{Relations, declared};
use super::xml::{self, Kind};
use crate::row::Place;
use crate::table::{Made, Source};

/// About as wide as a column is when nobody says otherwise, in the unit of drawings.
const COLUMN_WIDTH: u32 = 609_600;
/// Excel counts UTF-16 units.
const LONGEST_CELL: usize = 32_767;

/// A sheet with cells.
#[derive(Debug)]
pub(super) struct SheetPart {
    pub(super) name: String,
    /// Its number among all tabs.
    pub(super) tab: usize,
    pub(super) part: String,
    /// Whether this program made it.
    pub(super) ours: bool,
    pub(super) edits: SheetEdits,
}

/// A workbook to be changed. The file it came from is never written; [`save`](Self::save) writes another.
#[derive(Debug)]
pub struct Workbook {
    pub(super) package: Package,
    /// The part that lists the sheets.
    pub(super) main: String,
    pub(super) contents: Contents,
    pub(super) made: Made,
    pub(super) sheets: Vec<SheetPart>,
    pub(super) new: Vec<NewSheet>,
    pub(super) hidden: Vec<String>,
    /// Whether marks from before are taken away.
    pub(super) clean: bool,
}

impl Workbook {
    /// Opens a workbook for change.
    ///
    /// # Errors
    /// When the file cannot be read, or is no XLSX package that can be changed in place.
    pub fn open(source: &Source) -> Result<Self, WorkbookError> {
        let mut package = Package::open(source)?;
        let root = Relations::of(&mut package, "")?;
        let main = match root.kind("officeDocument") {
            Some(relation) => relation.part.clone(),
            None => "xl/workbook.xml".to_owned(),
        };
        let text = package.text(&main)?;
        let text = text.ok_or_else(|| WorkbookError::Structure("no list of sheets".to_owned()))?;
        let contents = Contents::new(text)?;
        let names = contents.names.iter();
        let made = Made::of(names.map(|(name, formula)| (name.as_str(), formula.as_str())));
        let relations = Relations::of(&mut package, &main)?;
        let mut sheets = Vec::new();
        for (tab, entry) in contents.tabs.iter().enumerate() {
            let relation = relations.id(&entry.id);
            let Some(relation) = relation.filter(|relation| relation.kind == "worksheet") else {
                continue;
            };
            sheets.push(SheetPart {
                name: entry.name.clone(),
                tab,
                part: relation.part.clone(),
                ours: made.is_sheet(&entry.name),
                edits: SheetEdits::default(),
            });
        }
        Ok(Self {
            package,
            main,
            contents,
            made,
            sheets,
            new: Vec::new(),
            hidden: Vec::new(),
            clean: false,
        })
    }

    /// The names of the sheets with cells, in the order of their tabs; not those that this program made.
    pub fn sheets(&self) -> impl Iterator<Item = &str> {
        let users = self.sheets.iter().filter(|sheet| !sheet.ours);
        users.map(|sheet| sheet.name.as_str())
    }

    /// Whether this program has marked the workbook before.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.made.any
    }

    /// Whether the workbook holds macros: its name has to end in `.xlsm`, or Excel will not open it.
    ///
    /// # Errors
    /// When the package does not say what its parts are.
    pub fn has_macros(&mut self) -> Result<bool, WorkbookError> {
        let kind = declared(&mut self.package, &self.main)?;
        Ok(kind.contains("macroEnabled"))
    }

    /// Takes the marks, columns and sheets away that this program left in the workbook before, and gives the cells
    /// back the colours they had.
    pub fn remove_marks(&mut self) {
        self.clean = self.made.any;
    }

    /// Sets the text of a cell and keeps its style. The text stays a text: it can become neither number nor formula.
    /// A cell that holds a formula keeps it, and [`save`](Self::save) tells so.
    ///
    /// # Errors
    /// When there is no such cell, or the text is longer than a cell can be.
    pub fn set_text(&mut self, place: &Place, text: &str) -> Result<(), WorkbookError> {
        if text.encode_utf16().count() > LONGEST_CELL {
            return Err(WorkbookError::TooLong(place.clone()));
        }
        let (edits, cell) = self.cell(place)?;
        edits.texts.insert(cell, text.to_owned());
        Ok(())
    }

    /// Marks a cell: its colour changes, all else of its style stays, and a comment comes to it. Later marks of the same cell win.
    ///
    /// # Errors
    /// When there is no such cell.
    pub fn mark(&mut self, place: &Place, mut mark: Mark) -> Result<(), WorkbookError> {
        // A comment is no place for more.
        if mark.note.encode_utf16().count() > LONGEST_CELL {
            mark.note = mark.note.chars().take(LONGEST_CELL / 2).collect();
        }
        let (edits, cell) = self.cell(place)?;
        edits.marks.insert(cell, mark);
        Ok(())
    }

    /// Adds columns to the right of everything in a sheet.
    ///
    /// # Errors
    /// When there is no such sheet.
    pub fn add_columns(&mut self, sheet: &str, columns: NewColumns) -> Result<(), WorkbookError> {
        let place = Place::row(Some(sheet), 0);
        let known = self.sheets.iter_mut().find(|known| known.name == sheet);
        let known = known.ok_or(WorkbookError::NoCell(place))?;
        known.edits.columns = Some(columns);
        Ok(())
    }

    /// Adds a sheet after all others, and gives the name its tab will have.
    pub fn add_sheet(&mut self, mut sheet: NewSheet) -> String {
        let is_kept = |name: &str| !(self.made.is_sheet(name) && self.clean);
        let users = self.contents.tabs.iter().map(|tab| tab.name.clone());
        let mut taken: Vec<String> = users.filter(|name| is_kept(name)).collect();
        taken.extend(self.new.iter().map(|sheet| sheet.name.clone()));
        sheet.name = super::new_sheet::free_name(&sheet.name, &taken);
        let name = sheet.name.clone();
        self.new.push(sheet);
        name
    }

    /// Hides a sheet.
    pub fn hide_sheet(&mut self, name: &str) {
        self.hidden.push(name.to_owned());
    }

    fn cell(&mut self, place: &Place) -> Result<(&mut SheetEdits, (u32, u32)), WorkbookError> {
        let missing = || WorkbookError::NoCell(place.clone());
        let row = u32::try_from(place.row)
            .ok()
            .filter(|row| (1..=MOST_ROWS).contains(row));
        let column = place.column.and_then(|column| u32::try_from(column).ok());
        let column = column.filter(|column| *column < MOST_COLUMNS);
        let name = place.sheet.as_deref();
        let sheet = match name {
            Some(name) => self.sheets.iter_mut().find(|sheet| sheet.name == name),
            None => self.sheets.first_mut(),
        };
        let sheet = sheet.ok_or_else(missing)?;
        Ok((
            &mut sheet.edits,
            (row.ok_or_else(missing)?, column.ok_or_else(missing)?),
        ))
    }

    /// The tables in a sheet, pivot tables too: the area of each. One that has not been filled yet has no cells,
    /// and takes its area all the same.
    pub(super) fn tables(&mut self, part: &str) -> Result<Vec<super::area::Area>, WorkbookError> {
        let relations = Relations::of(&mut self.package, part)?;
        let mut areas = Vec::new();
        for relation in &relations.all {
            let element = match relation.kind.as_str() {
                "table" => "table",
                "pivotTable" => "location",
                _ => continue,
            };
            let Some(text) = self.package.text(&relation.part)? else {
                continue;
            };
            let tokens = xml::tokens(&text)?;
            let named = tokens.iter().find(|token| token.name == element);
            let area = named.and_then(|named| xml::attribute(named.raw, "ref"));
            areas.extend(area.and_then(|area| super::area::Area::parse(&area)));
        }
        Ok(areas)
    }

    /// The last column that pictures and charts of a sheet cover, of those to the right of a column.
    pub(super) fn pictures(
        &mut self,
        part: &str,
        beyond: u32,
    ) -> Result<Option<u32>, WorkbookError> {
        let relations = Relations::of(&mut self.package, part)?;
        let mut last = None;
        for relation in relations
            .all
            .iter()
            .filter(|relation| relation.kind == "drawing")
        {
            let Some(text) = self.package.text(&relation.part)? else {
                continue;
            };
            let (mut first, mut in_column) = (0, false);
            for token in xml::tokens(&text)? {
                match (token.name, token.kind) {
                    ("col", kind) => in_column = kind == Kind::Start,
                    (_, Kind::Text) if in_column => {
                        first = token.raw.trim().parse::<u32>().unwrap_or(0);
                        if first > beyond {
                            last = last.max(Some(first));
                        }
                    }
                    // A picture that says how wide it is, not where it ends.
                    ("ext", Kind::Start | Kind::Empty) if token.depth == 2 && first > beyond => {
                        let wide = xml::attribute(token.raw, "cx");
                        let wide = wide
                            .and_then(|wide| wide.trim().parse::<u32>().ok())
                            .unwrap_or(0);
                        last = last.max(Some(first.saturating_add(wide / COLUMN_WIDTH)));
                    }
                    _ => {}
                }
            }
        }
        Ok(last.filter(|last| *last < MOST_COLUMNS))
    }

    /// Which of a workbook's sheets are the user's, by part.
    pub(super) fn parts(&self) -> BTreeMap<String, usize> {
        let numbered = self.sheets.iter().enumerate();
        numbered
            .map(|(at, sheet)| (super::package::key(&sheet.part), at))
            .collect()
    }
}
