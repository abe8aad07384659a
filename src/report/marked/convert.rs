//! A list of another format as an XLSX workbook of text cells: every value as it is read, every sheet.

use super::Checked;
use crate::row::Row;
use crate::table::{Book, RowWriter as _, TableError, XlsxWriter};

/// A workbook of text cells.
pub(super) struct Converted {
    pub(super) bytes: Vec<u8>,
    /// The sheets that were hidden.
    pub(super) hidden: Vec<String>,
}

/// Writes all sheets of a list, hidden ones too; not those that this program added to it before.
pub(super) fn convert(checked: &Checked<'_>) -> Result<Converted, TableError> {
    let mut book = Book::open(checked.source, checked.read)?;
    let mut bytes = Vec::new();
    let mut hidden = Vec::new();
    let mut writer = XlsxWriter::new(&mut bytes);
    let sheets = book.sheets().to_vec();
    for (index, sheet) in sheets.iter().enumerate() {
        if sheet.own {
            continue;
        }
        let name = sheet.name.as_deref();
        let own = checked.lang.pick("名单", "list");
        if !sheet.visible {
            hidden.extend(name.map(str::to_owned));
        }
        let account = checked
            .account
            .sheets
            .iter()
            .find(|account| account.sheet.as_deref() == name);
        let header = account
            .and_then(|account| account.header)
            .map_or(0, |(_, last)| last);
        writer.begin(name.unwrap_or(own), u32::try_from(header).unwrap_or(0))?;
        let mut rows = book.rows(index)?;
        let mut row = Row::default();
        while rows.next_row(&mut row)? {
            let is_list =
                account.is_some_and(|account| account.level.is_some()) && row.number() > header;
            // A merged cell belongs to every row of a list; a title stands once.
            let text = |column| {
                if is_list {
                    row.get(column)
                } else {
                    row.own(column)
                }
            };
            writer.write_row(&mut (0..row.len()).map(text))?;
        }
    }
    Box::new(writer).finish()?;
    Ok(Converted { bytes, hidden })
}
