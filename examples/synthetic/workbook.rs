//! Lists as workbooks that look like those of a community office: title, merged cells, instructions.

use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::lists::Cell;

/// A run of rows whose cells of one column are one cell: column, first and last row of the list.
pub(crate) type Merge = (u16, usize, usize);

/// One workbook.
pub(crate) struct Book<'a> {
    pub(crate) title: &'a str,
    pub(crate) sheet: &'a str,
    pub(crate) on: Date,
    pub(crate) header: &'a [&'a str],
    /// Column widths in characters.
    pub(crate) widths: &'a [u8],
    pub(crate) rows: &'a [Vec<Cell>],
    pub(crate) merges: &'a [Merge],
    /// What the instructions say, a paragraph an entry.
    pub(crate) guide: &'a [&'a str],
    /// Whether the instructions are the first sheet.
    pub(crate) guide_first: bool,
    /// A line under the list, after a blank row.
    pub(crate) footer: &'a str,
}

/// Rows above the list: title, subtitle, header.
pub(crate) const ABOVE: u32 = 3;

struct Formats {
    cell: Format,
    day: Format,
    month_day: Format,
    header: Format,
    title: Format,
    subtitle: Format,
}

impl Formats {
    fn new() -> Self {
        let plain = Format::new().set_font_name("宋体").set_font_size(10);
        let cell = plain
            .clone()
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_num_format("@");
        Self {
            day: cell.clone().set_num_format("yyyy\\-mm\\-dd"),
            month_day: cell.clone().set_num_format("m\"月\"d\"日\""),
            header: cell
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(0x00D9_E1F2)),
            title: Format::new()
                .set_font_name("黑体")
                .set_font_size(18)
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            subtitle: plain.set_align(FormatAlign::Right),
            cell,
        }
    }
}

impl Book<'_> {
    /// The bytes of the XLSX file.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        // The day of the list, so that the same list gives the same bytes.
        book.set_properties(&DocProperties::new().set_creation_datetime(&date(self.on)?));
        if self.guide_first {
            self.guide(book.add_worksheet())?;
        }
        self.list(book.add_worksheet())?;
        if !self.guide_first {
            self.guide(book.add_worksheet())?;
        }
        book.save_to_buffer()
    }

    fn guide(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let wrap = Format::new()
            .set_font_name("宋体")
            .set_font_size(11)
            .set_text_wrap()
            .set_align(FormatAlign::Top);
        sheet.set_name("填表说明")?.set_column_width(0, 90)?;
        sheet.write_with_format(0, 0, "填表说明", &wrap.clone().set_bold())?;
        for (row, line) in (1..).zip(self.guide) {
            sheet.write_with_format(row, 0, *line, &wrap)?;
        }
        Ok(())
    }

    fn list(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let formats = Formats::new();
        let last = u16::try_from(self.header.len()).unwrap_or(u16::MAX) - 1;
        sheet
            .set_name(self.sheet)?
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0)
            .set_repeat_rows(0, ABOVE - 1)?
            .set_footer("&C第 &P 页，共 &N 页")
            .set_freeze_panes(ABOVE, 0)?
            .set_row_height(0, 30)?
            .set_row_height(2, 22)?;
        for (column, width) in (0..).zip(self.widths) {
            sheet.set_column_width(column, f64::from(*width))?;
        }
        sheet.merge_range(0, 0, 0, last, self.title, &formats.title)?;
        let day = format!(
            "{}年{}月{}日",
            self.on.year(),
            self.on.month(),
            self.on.day()
        );
        let subtitle = format!("填表单位：翠竹园社区居委会    填表日期：{day}");
        sheet.merge_range(1, 0, 1, last, &subtitle, &formats.subtitle)?;
        for (column, text) in (0..).zip(self.header) {
            sheet.write_with_format(2, column, *text, &formats.header)?;
        }
        for (row, cells) in (ABOVE..).zip(self.rows) {
            for (column, cell) in (0..).zip(cells) {
                put(sheet, row, column, cell, &formats)?;
            }
        }
        for &(column, from, to) in self.merges {
            let (Some(cell), true) = (
                self.rows
                    .get(from)
                    .and_then(|row| row.get(usize::from(column))),
                from < to,
            ) else {
                continue;
            };
            // Merging clears all its cells; the first is written again with its own kind.
            let (first, end) = (below(from), below(to));
            sheet.merge_range(first, column, end, column, "", &formats.cell)?;
            put(sheet, first, column, cell, &formats)?;
        }
        if !self.footer.is_empty() {
            sheet.write(below(self.rows.len() + 1), 0, self.footer)?;
        }
        Ok(())
    }
}

/// The sheet's 0-based row of a row of the list.
fn below(row: usize) -> u32 {
    ABOVE + u32::try_from(row).unwrap_or(0)
}

fn date(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        day.year().unsigned_abs(),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    )
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) if text.is_empty() => sheet.write_blank(row, column, &formats.cell)?,
        Cell::Text(text) => sheet.write_with_format(row, column, text, &formats.cell)?,
        Cell::Number(number) => {
            let format = formats.cell.clone().set_num_format("General");
            sheet.write_with_format(row, column, *number, &format)?
        }
        Cell::Day(day) => sheet.write_with_format(row, column, &date(*day)?, &formats.day)?,
        Cell::MonthDay(day) => {
            sheet.write_with_format(row, column, &date(*day)?, &formats.month_day)?
        }
    };
    Ok(())
}
