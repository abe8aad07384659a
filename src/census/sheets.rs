//! The tables of a file: every sheet that holds one, and an account of those that do not.

use super::Options;
use crate::codebook::Mapped;
use crate::row::{Field, Row};
use crate::table::{Book, LayoutOptions, Table, TableError};

/// One sheet of an open file.
pub(super) enum SheetTable<'b> {
    /// It holds a table.
    Found(Box<Table<'b>>),
    /// It holds none: how many rows it has, and why none was found.
    None { rows: u64, error: TableError },
}

/// Looks for the table of one sheet.
pub(super) fn find_table<'b>(book: &'b Book, sheet: usize, options: &Options<'_>) -> Result<SheetTable<'b>, TableError> {
    let fits = |field: Field, text: &str| match field {
        Field::ResidentType => knows(options.codebook.resident_words().find(text, "")),
        Field::Tenure => knows(options.codebook.tenure_words().find(text, "")),
        _ => true,
    };
    let layout = LayoutOptions {
        header_row: options.header_row,
        no_headers: options.no_headers,
        map: options.map.clone(),
        fits: &fits,
    };
    match Table::detect(book.rows(sheet)?, &layout) {
        Ok(table) => Ok(SheetTable::Found(Box::new(table))),
        Err(error @ TableError::NoTable { .. }) => {
            let mut rows = book.rows(sheet)?;
            let (mut row, mut count) = (Row::default(), 0);
            while rows.next_row(&mut row)? {
                count += 1;
            }
            Ok(SheetTable::None { rows: count, error })
        }
        Err(error) => Err(error),
    }
}

fn knows<L>(mapped: Mapped<'_, L>) -> bool {
    matches!(mapped, Mapped::Letter(_))
}
