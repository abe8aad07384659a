//! The rows of a workbook's sheets: XLSX and XLSB streamed, XLS and ODS from memory.

use std::fmt;
use std::io::{BufReader, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{
    Data, DataRef, Dimensions, Ods, OdsError, Range, Reader, Sheet, SheetType, SheetVisible, Xls,
    XlsError, Xlsb, XlsbError, Xlsx, XlsxError,
};

use super::biff;
use super::kind::Kind;
use super::made::Made;
use super::merged::Merged;
use super::package::{self, Inside};
use super::source::Input;
use super::{Format, Rows, SheetInfo, Source, TableError, cell_text};
use crate::row::{CellKind, Row};

const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: u32 = 16_384;

type Bytes = BufReader<Input>;

/// An opened workbook of any format.
pub(crate) struct Workbook {
    name: String,
    inside: Inside,
    reader: Opened,
    sheets: Vec<Sheet>,
    /// What this program wrote into it before.
    made: Made,
}

enum Opened {
    Xlsx(Box<Xlsx<Bytes>>),
    Xlsb(Box<Xlsb<Bytes>>),
    Xls(Box<Xls<Bytes>>),
    Ods(Box<Ods<Bytes>>),
}

impl Opened {
    fn new(bytes: Bytes, format: Format, name: &str) -> Result<Self, TableError> {
        Ok(match format {
            Format::Xlsb => Self::Xlsb(Box::new(Xlsb::new(bytes).map_err(|e| e.about(name))?)),
            Format::Xls => Self::Xls(Box::new(Xls::new(bytes).map_err(|e| e.about(name))?)),
            Format::Ods => Self::Ods(Box::new(Ods::new(bytes).map_err(|e| e.about(name))?)),
            Format::Xlsx | Format::Text => {
                Self::Xlsx(Box::new(Xlsx::new(bytes).map_err(|e| e.about(name))?))
            }
        })
    }
}

/// An XLS file in memory, where the reader holds it anyway, without the lengths that must not be believed.
fn tamed(source: &Source) -> Result<Input, TableError> {
    let mut file = Vec::new();
    source
        .open()?
        .read_to_end(&mut file)
        .map_err(|error| source.broke(error, false))?;
    if biff::tame(&mut file) {
        Ok(Input::Bytes(Cursor::new(file.into())))
    } else {
        Err(TableError::Corrupt {
            name: source.name().to_owned(),
            detail: "a cell lies outside the sheet".to_owned(),
        })
    }
}

/// Runs a part of the workbook reader that panics on some damaged files (a length beyond the end of its record),
/// and calls those what they are.
fn caught<T>(name: &str, read: impl FnOnce() -> Result<T, TableError>) -> Result<T, TableError> {
    // What a panic leaves half done is never looked at again.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(TableError::Corrupt {
            name: name.to_owned(),
            detail: "its parts contradict each other".to_owned(),
        })
    })
}

impl fmt::Debug for Workbook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workbook")
            .field("name", &self.name)
            .field("format", &self.inside.format)
            .finish_non_exhaustive()
    }
}

impl Workbook {
    pub(crate) fn open(source: &Source, kind: &Kind) -> Result<Self, TableError> {
        let inside = match kind {
            Kind::Compound => package::of_compound(source)?,
            _ => package::of_zip(source)?,
        };
        let name = source.name();
        let bytes = BufReader::new(match inside.format {
            Format::Xls => tamed(source)?,
            _ => source.open()?,
        });
        let reader = caught(name, || Opened::new(bytes, inside.format, name))?;
        let all = match &reader {
            Opened::Xlsx(book) => book.sheets_metadata(),
            Opened::Xlsb(book) => book.sheets_metadata(),
            Opened::Xls(book) => book.sheets_metadata(),
            Opened::Ods(book) => book.sheets_metadata(),
        };
        // Charts and macros have no rows.
        let sheets = all
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .cloned()
            .collect();
        let names = match &reader {
            Opened::Xlsx(book) => book.defined_names(),
            Opened::Xlsb(book) => book.defined_names(),
            Opened::Xls(book) => book.defined_names(),
            Opened::Ods(book) => book.defined_names(),
        };
        let names = names.iter();
        let made = Made::of(names.map(|(name, formula)| (name.as_str(), formula.as_str())));
        Ok(Self {
            name: name.to_owned(),
            inside,
            reader,
            sheets,
            made,
        })
    }

    pub(crate) fn format(&self) -> Format {
        self.inside.format
    }

    pub(crate) fn sheets(&self) -> Vec<SheetInfo> {
        self.sheets
            .iter()
            .map(|sheet| SheetInfo {
                name: Some(Arc::from(sheet.name.as_str())),
                visible: sheet.visible == SheetVisible::Visible,
                own: self.made.is_sheet(&sheet.name),
            })
            .collect()
    }

    pub(crate) fn rows(&mut self, index: usize) -> Result<Box<dyn Rows + '_>, TableError> {
        let count = self.sheets.len();
        let sheet = self
            .sheets
            .get(index)
            .ok_or(TableError::NoSheet { index, count })?
            .name
            .as_str();
        let book = self.name.as_str();
        let inside = &self.inside;
        let own = if self.made.is_sheet(sheet) {
            Vec::new()
        } else {
            self.made.columns_of(sheet)
        };
        let reader = &mut self.reader;
        caught(book, move || reader.rows(book, sheet, inside, own))
    }
}

impl Opened {
    fn rows<'a>(
        &'a mut self,
        book: &'a str,
        sheet: &str,
        inside: &Inside,
        own: Vec<u32>,
    ) -> Result<Box<dyn Rows + 'a>, TableError> {
        match self {
            Self::Xlsx(reader) => {
                let mut known = inside.areas.iter().filter(|(name, _)| name == sheet);
                let areas = match (inside.merges, known.next()) {
                    (false, _) => Vec::new(),
                    (true, Some((_, Some(areas)))) if known.next().is_none() => areas.clone(),
                    (true, _) => reader
                        .merge_cells_by_sheet_name(sheet)
                        .map_err(|error| error.about(book))?,
                };
                let mut cells = reader
                    .worksheet_cells_reader(sheet)
                    .map_err(|error| error.about(book))?;
                if inside.formulas {
                    let next = move |found: &mut Found| {
                        let cell = cells
                            .next_cell_with_formula_metadata()
                            .map_err(|error| error.about(book))?;
                        Ok(cell.is_some_and(|cell| {
                            found.take(cell.pos, &cell.value);
                            if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
                                found.kind = CellKind::NoValue;
                            }
                            true
                        }))
                    };
                    return Ok(SheetRows::boxed(book, next, areas, own));
                }
                let next = move |found: &mut Found| {
                    let cell = cells.next_cell().map_err(|error| error.about(book))?;
                    Ok(cell.is_some_and(|cell| found.take(cell.get_position(), cell.get_value())))
                };
                Ok(SheetRows::boxed(book, next, areas, own))
            }
            Self::Xlsb(reader) => {
                let mut cells = reader
                    .worksheet_cells_reader(sheet)
                    .map_err(|error| error.about(book))?;
                let next = move |found: &mut Found| {
                    let cell = cells.next_cell().map_err(|error| error.about(book))?;
                    Ok(cell.is_some_and(|cell| found.take(cell.get_position(), cell.get_value())))
                };
                Ok(SheetRows::boxed(book, next, Vec::new(), own))
            }
            Self::Xls(reader) => {
                let areas = reader.merge_cells_by_sheet_name(sheet).unwrap_or_default();
                let range = reader
                    .worksheet_range(sheet)
                    .map_err(|error| error.about(book))?;
                Ok(SheetRows::boxed(book, held(range), areas, own))
            }
            Self::Ods(reader) => {
                let range = reader
                    .worksheet_range(sheet)
                    .map_err(|error| error.about(book))?;
                Ok(SheetRows::boxed(book, held(range), Vec::new(), own))
            }
        }
    }
}

/// One cell on its way from the file to a row.
#[derive(Debug, Default)]
struct Found {
    row: u32,
    column: u32,
    text: String,
    kind: CellKind,
}

impl Found {
    /// Always `true`: there was a cell.
    fn take(&mut self, (row, column): (u32, u32), value: &DataRef<'_>) -> bool {
        self.text.clear();
        self.row = row;
        self.column = column;
        self.kind = cell_text::write(&mut self.text, value);
        true
    }
}

/// The cells of a sheet that was read whole, one a call.
fn held(range: Range<Data>) -> impl FnMut(&mut Found) -> Result<bool, TableError> {
    let (height, width) = range.get_size();
    let (top, left) = range.start().unwrap_or_default();
    let (mut row, mut column) = (0, 0);
    move |found| {
        if row >= height || width == 0 {
            return Ok(false);
        }
        let position = (
            top.saturating_add(u32::try_from(row).unwrap_or(MOST_ROWS)),
            left.saturating_add(u32::try_from(column).unwrap_or(MOST_COLUMNS)),
        );
        let value = range
            .get((row, column))
            .map_or(DataRef::Empty, cell_text::borrowed);
        found.take(position, &value);
        column += 1;
        if column == width {
            (row, column) = (row + 1, 0);
        }
        Ok(true)
    }
}

/// The rows of a sheet; rows the file leaves out are blank rows.
struct SheetRows<'a, F> {
    book: &'a str,
    /// Columns that this program wrote: no data.
    own: Vec<u32>,
    /// Overwrites its argument with the next cell, empty ones included; `false` after the last.
    next: F,
    merged: Merged,
    found: Found,
    /// Whether `found` is the next cell, not yet put into a row.
    pending: bool,
    started: bool,
    /// The 0-based index of the next row.
    index: u32,
}

impl<'a, F: FnMut(&mut Found) -> Result<bool, TableError> + 'a> SheetRows<'a, F> {
    fn boxed(book: &'a str, next: F, areas: Vec<Dimensions>, own: Vec<u32>) -> Box<dyn Rows + 'a> {
        Box::new(Self {
            book,
            own,
            next,
            merged: Merged::new(areas),
            found: Found::default(),
            pending: false,
            started: false,
            index: 0,
        })
    }

    /// Goes to the next cell that holds text: formatting without content is no content.
    fn advance(&mut self) -> Result<(), TableError> {
        loop {
            self.pending = (self.next)(&mut self.found)?;
            if !self.pending {
                return Ok(());
            }
            let Found { row, column, .. } = self.found;
            if row >= MOST_ROWS || column >= MOST_COLUMNS {
                return Err(self.corrupt("a cell lies outside the sheet"));
            }
            let holds = !self.found.text.is_empty() || self.found.kind == CellKind::NoValue;
            if holds && !self.own.contains(&column) {
                return Ok(());
            }
        }
    }

    fn corrupt(&self, detail: &str) -> TableError {
        TableError::Corrupt {
            name: self.book.to_owned(),
            detail: detail.to_owned(),
        }
    }
}

impl<'a, F: FnMut(&mut Found) -> Result<bool, TableError> + 'a> Rows for SheetRows<'a, F> {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TableError> {
        let book = self.book;
        let read = caught(book, || self.read_row(row));
        // Nothing is read on after a failure.
        self.pending = self.pending && read.is_ok();
        read
    }
}

impl<'a, F: FnMut(&mut Found) -> Result<bool, TableError> + 'a> SheetRows<'a, F> {
    fn read_row(&mut self, row: &mut Row) -> Result<bool, TableError> {
        row.reset(u64::from(self.index) + 1);
        if !self.started {
            self.started = true;
            self.advance()?;
        }
        if !self.pending {
            return Ok(false);
        }
        while self.pending && self.found.row <= self.index {
            if self.found.row < self.index {
                return Err(self.corrupt("its rows are not in order"));
            }
            let column = self.found.column as usize;
            if column < row.len() {
                row.set(column, &self.found.text, self.found.kind);
            } else {
                while row.len() < column {
                    row.push("", CellKind::Text);
                }
                row.push(&self.found.text, self.found.kind);
            }
            self.advance()?;
        }
        self.merged.fill(self.index, row);
        self.index += 1;
        Ok(true)
    }
}

/// The errors of the workbook reader in our words.
///
/// Only the name of the variant is kept: the rest may repeat the content of a cell.
trait About: fmt::Debug + Sized {
    fn is_password(&self) -> bool {
        false
    }

    fn about(self, book: &str) -> TableError {
        let name = book.to_owned();
        if self.is_password() {
            return TableError::Password { name };
        }
        let whole = format!("{self:?}");
        let variant = whole
            .split(|sign: char| !sign.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        TableError::Corrupt {
            name,
            detail: variant.to_owned(),
        }
    }
}

impl About for XlsxError {
    fn is_password(&self) -> bool {
        matches!(self, Self::Password)
    }
}

impl About for XlsError {
    fn is_password(&self) -> bool {
        matches!(self, Self::Password)
    }
}

impl About for OdsError {
    fn is_password(&self) -> bool {
        matches!(self, Self::Password)
    }
}

impl About for XlsbError {
    fn is_password(&self) -> bool {
        matches!(self, Self::Password)
    }
}
