//! A list of another format as an XLSX workbook of text cells: every value as it is read, every sheet.

use std::borrow::Cow;

use super::Checked;
use super::cut::cut;
use crate::row::{Place, Row};
use crate::table::{Book, RowWriter as _, TableError, XlsxWriter};

/// A workbook of text cells.
pub(super) struct Converted {
    pub(super) bytes: Vec<u8>,
    /// The sheets that were hidden.
    pub(super) hidden: Vec<String>,
    /// The cells of which not all is there.
    pub(super) cut: Vec<Place>,
}

/// Writes all sheets of a list, hidden ones too; not those that this program added to it before.
pub(super) fn convert(checked: &Checked<'_>) -> Result<Converted, TableError> {
    let mut book = Book::open(checked.source, &checked.options.read)?;
    let mut bytes = Vec::new();
    let mut hidden = Vec::new();
    let mut shortened = Vec::new();
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
            let texts: Vec<Cow<'_, str>> = (0..row.len())
                .map(|column| cut(text(column), checked.lang))
                .collect();
            for (column, text) in texts.iter().enumerate() {
                if matches!(text, Cow::Owned(_)) {
                    shortened.push(Place::cell(Some(name.unwrap_or(own)), row.number(), column));
                }
            }
            writer.write_row(&mut texts.iter().map(Cow::as_ref))?;
        }
    }
    Box::new(writer).finish()?;
    Ok(Converted {
        bytes,
        hidden,
        cut: shortened,
    })
}
