//! Cells of grids and buildings left blank below filled ones in a text file: merged cells, saved as text, look like that.

use super::Sheet;
use super::finding::{Finding, Kind, Sink};
use super::header::Column;
use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::row::Row;

/// Says once a column that blanks below filled cells were taken to name nothing.
pub(super) fn find(sheet: &Sheet, findings: &mut Sink<'_>) {
    // A workbook tells which cells are merged, and these are filled.
    if sheet.name.is_some() {
        return;
    }
    for column in [Column::Grids, Column::Grid, Column::Buildings] {
        let Some(at) = sheet.at(column) else { continue };
        let has_name = |row: &&Row| {
            let name = sheet.at(Column::Name).map_or("", |name| row.get(name));
            !name.trim().is_empty()
        };
        let cells = || {
            let people = sheet.lines.iter().filter(has_name);
            people.map(|row| (row, row.get(at).trim()))
        };
        let blank = cells().filter(|(_, text)| text.is_empty()).count();
        let written = cells().filter(|(_, text)| !text.is_empty()).count();
        let mut pairs = cells().zip(cells().skip(1));
        let repeats = pairs.any(|((_, above), (_, text))| !text.is_empty() && above == text);
        // People without a place are few, and stand at the end; a merged cell has its text once, at the top.
        let first = cells()
            .skip_while(|(_, text)| !text.is_empty())
            .map(|(row, _)| row)
            .next();
        let begins = cells().next().is_some_and(|(_, text)| !text.is_empty());
        let between = cells()
            .skip_while(|(_, text)| !text.is_empty())
            .any(|(_, text)| !text.is_empty());
        let Some(row) =
            first.filter(|_| begins && !repeats && blank >= 2 && blank >= written && between)
        else {
            continue;
        };
        findings(Finding {
            kind: Kind::Blank,
            severity: Severity::Note,
            file: sheet.file.clone(),
            place: sheet.place(row, Some(at)),
            message: Text::new(
                format!("这一列有 {blank} 人是空白，按没有指定处理"),
                format!("blank for {blank} of the people in this column: taken to name nothing"),
            ),
            advice: Text::fixed(
                "如果原表是合并单元格，请用 .xlsx，或逐行补填",
                "if cells were merged there, please give the .xlsx, or fill every row in",
            ),
        });
    }
}
