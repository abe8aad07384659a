//! The form as a workbook: text columns, lists to choose from, formulas, words beside the cell, a page to read first.

use std::io::Write;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Formula, IgnoreError, Workbook, Worksheet, XlsxError, utility,
};

use super::{Check, Column, Line, Need, Sheet, Template};
use crate::lang::Lang;
use crate::table::TableError;

/// The last row that a sheet can have, from 0.
const LAST_ROW: u32 = 1_048_575;
/// Excel's limits for the words beside a cell and for a list of words, in UTF-16 units.
const LONGEST_WORDS: usize = 255;
const LONGEST_TITLE: usize = 32;
/// In points: Chinese characters need more than the usual 15.
const ROW_HEIGHT: u32 = 18;
/// The widths of the columns of explanations, in digits.
const GUIDE: [u32; 3] = [24, 26, 76];

impl Template<'_> {
    /// Writes the form as XLSX. The same form always gives the same bytes.
    ///
    /// # Errors
    /// When the target cannot be written.
    ///
    /// ```
    /// use gridcode::codebook::Codebook;
    /// use gridcode::household::Level;
    /// use gridcode::template::Template;
    /// use gridcode::Lang;
    ///
    /// let mut bytes = Vec::new();
    /// Template::new(Level::Person, Lang::En, Codebook::shushan()).write(&mut bytes)?;
    /// assert!(bytes.starts_with(b"PK"));
    /// # Ok::<(), gridcode::table::TableError>(())
    /// ```
    pub fn write(&self, target: &mut dyn Write) -> Result<(), TableError> {
        let bytes = build(self).map_err(|error| TableError::Io(std::io::Error::other(error)))?;
        target.write_all(&bytes)?;
        target.flush()?;
        Ok(())
    }
}

fn build(template: &Template<'_>) -> Result<Vec<u8>, XlsxError> {
    let lang = template.lang();
    let mut workbook = Workbook::new();
    // The library has no clock: the same form always gives the same file.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let columns = template.columns();
    // Lists too long for a cell's own stand on the hidden sheet, a column each.
    let on_sheet: Vec<&Column> = columns
        .iter()
        .filter(|column| !column.choices().is_empty() && !fits_a_cell(column.choices()))
        .collect();
    let list = |column: &Column| {
        let at = on_sheet.iter().position(|own| *own == column)?;
        let letters = utility::column_number_to_name(u16::try_from(at).ok()?);
        let (last, name) = (column.choices().len(), Sheet::Words.name(lang));
        Some(format!("='{name}'!${letters}$1:${letters}${last}"))
    };
    form(workbook.add_worksheet(), &columns, lang, &list)?;
    guide(workbook.add_worksheet(), &template.guide(), lang)?;
    if !on_sheet.is_empty() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(Sheet::Words.name(lang))?;
        sheet.set_hidden(true);
        for (at, column) in (0_u16..).zip(&on_sheet) {
            for (row, word) in (0_u32..).zip(column.choices()) {
                sheet.write_string(row, at, word)?;
            }
        }
    }
    for (name, value) in template.names() {
        workbook.define_name(name, &value)?;
    }
    workbook.save_to_buffer()
}

fn form(
    sheet: &mut Worksheet,
    columns: &[Column],
    lang: Lang,
    list: &dyn Fn(&Column) -> Option<String>,
) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@");
    let head = text
        .clone()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin);
    let required = head
        .clone()
        .set_background_color(Color::RGB(0x1F_4E_78))
        .set_font_color(Color::White);
    let other = head.set_background_color(Color::RGB(0xDD_EB_F7));
    let example = text
        .clone()
        .set_italic()
        .set_font_color(Color::RGB(0x80_80_80))
        .set_background_color(Color::RGB(0xF2_F2_F2));
    sheet.set_name(Sheet::Form.name(lang))?;
    for (at, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(at, f64::from(column.width))?;
        sheet.set_column_format(at, &text)?;
        let look = if column.need == Need::Required {
            &required
        } else {
            &other
        };
        sheet.write_string_with_format(0, at, column.header, look)?;
        sheet.write_string_with_format(1, at, &column.example, &example)?;
        let held_to = validation(column, at, lang, list)?;
        sheet.add_data_validation(1, at, LAST_ROW, at, &held_to)?;
    }
    let rightmost = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0);
    // No green corners: these numbers are meant to be text.
    sheet.ignore_error_range(1, 0, LAST_ROW, rightmost, IgnoreError::NumberStoredAsText)?;
    sheet.set_default_row_height(ROW_HEIGHT);
    sheet.set_row_height(0, 32)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

/// What a column's cells are held to, with the words that a spreadsheet shows beside them.
fn validation(
    column: &Column,
    at: u16,
    lang: Lang,
    list: &dyn Fn(&Column) -> Option<String>,
) -> Result<DataValidation, XlsxError> {
    let words = shortened(&column.advice, LONGEST_WORDS);
    let title = shortened(column.header, LONGEST_TITLE);
    // The first cell of the range; the others follow from it.
    let cell = utility::row_col_to_cell(1, at);
    let by_formula = |text: &str| Formula::new(text.replace("{}", &cell));
    let held = DataValidation::new();
    let held = match &column.check {
        Check::None => held.allow_any_value(),
        Check::OneOf(choices) | Check::Offered(choices) => match list(column) {
            Some(range) => held.allow_list_formula(Formula::new(range)),
            None => held.allow_list_strings(choices)?,
        },
        Check::Must(formula) | Check::Should(formula) => held.allow_custom(by_formula(formula)),
    };
    let held = held
        .set_input_title(&title)?
        .set_input_message(&words)?
        .set_error_title(lang.pick("请检查", "Please check"))?
        .set_error_message(&words)?;
    Ok(match &column.check {
        Check::OneOf(_) | Check::Must(_) => held.set_error_style(DataValidationErrorStyle::Stop),
        Check::Should(_) => held.set_error_style(DataValidationErrorStyle::Warning),
        Check::Offered(_) | Check::None => held.show_error_message(false),
    })
}

/// Whether words can stand in the list itself, where a comma divides them.
fn fits_a_cell(words: &[String]) -> bool {
    let length: usize = words
        .iter()
        .map(|word| word.encode_utf16().count() + 1)
        .sum();
    length <= LONGEST_WORDS && !words.iter().any(|word| word.contains([',', '"', ';']))
}

/// At most so many UTF-16 units, cut with a sign that it is.
fn shortened(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut length = 1;
    for c in text.chars() {
        length += c.len_utf16();
        if length > most {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}

/// How high a row has to be for a text in a cell of this width.
fn height(text: &str, width: u32) -> u32 {
    let signs = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 });
    let length: u32 = signs.sum();
    ROW_HEIGHT * (length / width.saturating_sub(4).max(1) + 1)
}

fn guide(sheet: &mut Worksheet, lines: &[Line], lang: Lang) -> Result<(), XlsxError> {
    let text = Format::new()
        .set_num_format("@")
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let cell = text.clone().set_border(FormatBorder::Hair);
    let title = text.clone().set_bold().set_font_size(14);
    let heading = text
        .clone()
        .set_bold()
        .set_background_color(Color::RGB(0xDD_EB_F7));
    sheet.set_name(Sheet::Guide.name(lang))?;
    for (at, width) in (0_u16..).zip(GUIDE) {
        sheet.set_column_width(at, f64::from(width))?;
    }
    for (row, line) in (0_u32..).zip(lines) {
        match line {
            Line::Title(words) => {
                sheet.merge_range(row, 0, row, 2, words, &title)?;
                sheet.set_row_height(row, 24)?;
            }
            Line::Heading(words) => {
                sheet.merge_range(row, 0, row, 2, words, &heading)?;
            }
            Line::Text(words) => {
                sheet.merge_range(row, 0, row, 2, words, &text)?;
                // A merged row does not grow by itself.
                sheet.set_row_height(row, height(words, GUIDE.iter().sum()))?;
            }
            Line::Cells(cells) => {
                for (at, words) in (0_u16..).zip(cells) {
                    sheet.write_string_with_format(row, at, words, &cell)?;
                }
                let [.., last] = cells;
                let [.., width] = GUIDE;
                sheet.set_row_height(row, height(last, width))?;
            }
        }
    }
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}
