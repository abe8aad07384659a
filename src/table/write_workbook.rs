//! Writing XLSX: every cell a text cell, so that `0803` stays `0803` and `=1+1` stays a text.

use std::io::Write;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as Look, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::{RowWriter, TableError};
use crate::row::Place;

const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: u16 = 16_384;
/// Excel counts UTF-16 units.
const LONGEST_CELL: usize = 32_767;
const LONGEST_NAME: usize = 31;
/// Widths in digits of the standard font.
const NARROWEST: usize = 6;
const WIDEST: usize = 40;

/// Writes a workbook, sheet after sheet, in constant memory.
///
/// ```
/// use gridcode::table::{RowWriter, XlsxWriter};
///
/// let mut bytes = Vec::new();
/// let mut writer = XlsxWriter::new(&mut bytes);
/// writer.begin("住户", 1)?;
/// writer.write_row(&mut ["房号", "网格编码"].into_iter())?;
/// writer.write_row(&mut ["0803", "803Aa7"].into_iter())?;
/// Box::new(writer).finish()?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), gridcode::table::TableError>(())
/// ```
pub struct XlsxWriter<W> {
    target: W,
    workbook: Workbook,
    sheet: Option<SheetBeingWritten>,
    /// In lower case: Excel takes `A` and `a` for the same name.
    names: Vec<String>,
    text: Look,
    head: Look,
}

struct SheetBeingWritten {
    index: usize,
    name: String,
    headers: u32,
    rows: u32,
    widths: Vec<usize>,
}

impl<W> std::fmt::Debug for XlsxWriter<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("XlsxWriter")
            .field("sheets", &self.names.len())
            .finish_non_exhaustive()
    }
}

impl<W: Write + Send> XlsxWriter<W> {
    /// Begins a workbook without sheets.
    pub fn new(target: W) -> Self {
        let mut workbook = Workbook::new();
        // The library has no clock: the same rows always give the same file.
        if let Ok(day) = ExcelDateTime::from_ymd(2000, 1, 1) {
            workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
        }
        let text = Look::new().set_num_format("@");
        Self {
            target,
            workbook,
            sheet: None,
            names: Vec::new(),
            head: text
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter),
            text,
        }
    }

    /// Begins a sheet. Its first `headers` rows stay in view, and the last of them gets the filter buttons.
    ///
    /// # Errors
    /// When no sheet can have this name, or another has it already.
    pub fn begin(&mut self, name: &str, headers: u32) -> Result<(), TableError> {
        self.end_sheet()?;
        let lower = name.to_lowercase();
        if !is_sheet_name(name) || self.names.contains(&lower) {
            return Err(TableError::SheetName {
                name: name.to_owned(),
            });
        }
        let sheet = self
            .workbook
            .add_worksheet_with_constant_memory()
            .map_err(failed)?;
        sheet.set_name(name).map_err(failed)?;
        self.sheet = Some(SheetBeingWritten {
            index: self.names.len(),
            name: name.to_owned(),
            headers,
            rows: 0,
            widths: Vec::new(),
        });
        self.names.push(lower);
        Ok(())
    }

    /// What can only be said once all rows are known.
    fn end_sheet(&mut self) -> Result<(), TableError> {
        let Some(done) = self.sheet.take() else {
            return Ok(());
        };
        let sheet = self
            .workbook
            .worksheet_from_index(done.index)
            .map_err(failed)?;
        done.dress(sheet, &self.text).map_err(failed)
    }
}

impl SheetBeingWritten {
    fn dress(&self, sheet: &mut Worksheet, text: &Look) -> Result<(), XlsxError> {
        for (column, &width) in (0_u16..).zip(&self.widths) {
            let width = u16::try_from((width + 2).clamp(NARROWEST, WIDEST)).unwrap_or(u16::MAX);
            sheet.set_column_width(column, f64::from(width))?;
            // What a user types into a new row is text as well.
            sheet.set_column_format(column, text)?;
        }
        if self.headers > 0 && self.rows >= self.headers {
            sheet.set_freeze_panes(self.headers, 0)?;
            if let Ok(columns @ 1..) = u16::try_from(self.widths.len()) {
                sheet.autofilter(self.headers - 1, 0, self.rows - 1, columns - 1)?;
            }
        }
        Ok(())
    }

    fn place(&self, column: usize) -> Place {
        Place::cell(Some(&self.name), u64::from(self.rows) + 1, column)
    }
}

impl<W: Write + Send> RowWriter for XlsxWriter<W> {
    /// Without a [`begin`](XlsxWriter::begin) before it, the row goes to a sheet `Sheet1` with one header row.
    fn write_row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<(), TableError> {
        if self.sheet.is_none() {
            self.begin("Sheet1", 1)?;
        }
        let Some(state) = &mut self.sheet else {
            return Ok(());
        };
        if state.rows >= MOST_ROWS {
            return Err(TableError::SheetFull {
                place: state.place(0),
            });
        }
        let sheet = self
            .workbook
            .worksheet_from_index(state.index)
            .map_err(failed)?;
        let look = if state.rows < state.headers {
            &self.head
        } else {
            &self.text
        };
        for (index, cell) in cells.enumerate() {
            let column = match u16::try_from(index) {
                Ok(column) if column < MOST_COLUMNS => column,
                _ => {
                    return Err(TableError::SheetFull {
                        place: state.place(index),
                    });
                }
            };
            // Bytes are never fewer than UTF-16 units: short cells are not counted again.
            if cell.len() > LONGEST_CELL && cell.encode_utf16().count() > LONGEST_CELL {
                return Err(TableError::CellTooLong {
                    place: state.place(index),
                });
            }
            if state.widths.len() <= index {
                state.widths.push(0);
            }
            if let Some(widest) = state.widths.get_mut(index)
                && *widest < WIDEST
            {
                *widest = (*widest).max(width(cell));
            }
            if !cell.is_empty() {
                sheet
                    .write_string_with_format(state.rows, column, cell, look)
                    .map_err(failed)?;
            }
        }
        state.rows += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), TableError> {
        if self.names.is_empty() {
            self.begin("Sheet1", 1)?;
        }
        self.end_sheet()?;
        self.workbook
            .save_to_writer(&mut self.target)
            .map_err(failed)?;
        self.target.flush()?;
        Ok(())
    }
}

/// The width of a text in digits: Chinese characters take two.
fn width(cell: &str) -> usize {
    let line = cell.lines().next().unwrap_or_default();
    line.chars()
        .take(WIDEST)
        .map(|sign| if sign.is_ascii() { 1 } else { 2 })
        .sum()
}

fn is_sheet_name(name: &str) -> bool {
    let length = name.encode_utf16().count();
    (1..=LONGEST_NAME).contains(&length)
        && !name.contains(['[', ']', ':', '*', '?', '/', '\\', '\0'])
        && !name.starts_with('\'')
        && !name.ends_with('\'')
        // Excel keeps this name for itself.
        && !name.eq_ignore_ascii_case("history")
}

/// Every limit is checked before: what is left is the disk.
fn failed(error: XlsxError) -> TableError {
    match error {
        XlsxError::IoError(error) => TableError::Io(error),
        other => TableError::Io(std::io::Error::other(other)),
    }
}
