//! The tables of a file: which sheets are looked at, and what in a cell fits a field.

use super::Options;
use crate::address::{self, AddressError, Building, Door, Entrance, Reading, Unit};
use crate::code::repair_in;
use crate::codebook::{Codebook, Mapped, Words};
use crate::household::is_placeholder;
use crate::row::{Field, Row};
use crate::table::{Book, Fits, Format, LayoutOptions, SheetInfo, Table, TableError};

/// Which sheet of a workbook a user wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetChoice {
    /// By the name on its tab.
    Name(String),
    /// By its 1-based number.
    Number(usize),
}

/// The numbers of the sheets to be read: the one asked for, or every visible one.
pub(super) fn chosen(book: &Book, choice: Option<&SheetChoice>) -> Result<Vec<usize>, TableError> {
    let sheets = book.sheets();
    match choice {
        None => {
            let those = |wanted: &dyn Fn(&SheetInfo) -> bool| -> Vec<usize> {
                let numbered = sheets.iter().enumerate();
                let wanted = numbered.filter(|(_, sheet)| wanted(sheet));
                wanted.map(|(at, _)| at).collect()
            };
            // A workbook of hidden sheets only, or of rows to correct only, is read all the same.
            let visible = those(&|sheet| sheet.visible && !sheet.own);
            let all = those(&|sheet| !sheet.own);
            let ways = [visible, all, those(&|_| true)];
            Ok(ways
                .into_iter()
                .find(|way| !way.is_empty())
                .unwrap_or_default())
        }
        Some(SheetChoice::Number(number)) => {
            match number.checked_sub(1).filter(|index| *index < sheets.len()) {
                Some(index) => Ok(vec![index]),
                None => Err(TableError::NoSheet {
                    index: number.saturating_sub(1),
                    count: sheets.len(),
                }),
            }
        }
        Some(SheetChoice::Name(name)) => {
            let at = sheets.iter().position(|sheet| {
                sheet
                    .name
                    .as_deref()
                    .is_some_and(|tab| tab.trim() == name.trim())
            });
            at.map(|index| vec![index])
                .ok_or_else(|| TableError::NoSuchSheet {
                    name: name.clone(),
                    sheets: sheets
                        .iter()
                        .filter_map(|sheet| sheet.name.as_deref().map(str::to_owned))
                        .collect(),
                })
        }
    }
}

/// Looks for the table of one sheet.
pub(super) fn find_table<'b>(
    book: &'b mut Book,
    sheet: usize,
    options: &Options<'b>,
    fits: &'b Fits<'b>,
) -> Result<Table<'b>, TableError> {
    let layout = LayoutOptions {
        header_row: options.header_row,
        no_headers: options.no_headers,
        map: options.map.clone(),
        fits,
        remedy: options.read.remedy,
    };
    let name = book.sheets().get(sheet).and_then(|info| info.name.clone());
    let grows = book.format() != Format::Text;
    let rows = book.rows(sheet)?;
    let rows = match options.overlay {
        Some(overlay) => overlay.over(name.as_deref(), grows, rows),
        None => rows,
    };
    Table::detect(rows, &layout)
}

/// Some rows of a sheet as a check reads them: what is written once per group stands in every row of it.
#[cfg(feature = "excel")]
pub(crate) fn rows_as_read(
    source: &crate::table::Source,
    options: &Options<'_>,
    sheet: usize,
    is_wanted: &dyn Fn(u64) -> bool,
    last: u64,
) -> Result<Vec<Row>, TableError> {
    let mut book = Book::open(source, &options.read)?;
    let fits = fitting(options.codebook);
    let mut table = find_table(&mut book, sheet, options, &fits)?;
    let mut rows = Vec::new();
    let mut row = Row::default();
    while table.next(&mut row)?.is_some() && row.number() <= last {
        if is_wanted(row.number()) {
            rows.push(row.clone());
        }
    }
    Ok(rows)
}

/// Goes through the rows of a sheet without a table, and counts them: they are accounted for too.
pub(super) fn each_row(
    book: &mut Book,
    sheet: usize,
    take: &mut dyn FnMut(&Row) -> Result<(), TableError>,
) -> Result<u64, TableError> {
    let mut rows = book.rows(sheet)?;
    let (mut row, mut count) = (Row::default(), 0);
    while rows.next_row(&mut row)? {
        count += 1;
        take(&row)?;
    }
    Ok(count)
}

/// Whether a text can be a value of a field under a header: what decides over headers that can mean two things.
pub(super) fn fitting(codebook: &Codebook) -> impl Fn(Field, &str, &str) -> bool + Sync {
    |field, header, text| {
        let text = text.trim();
        match field {
            _ if is_placeholder(field, text) => false,
            Field::ResidentType => is_word(
                codebook.resident_for(text, header),
                codebook.resident_words(),
                header,
            ),
            Field::Tenure => is_word(
                codebook.tenure_for(text, header),
                codebook.tenure_words(),
                header,
            ),
            Field::GridCode => {
                codebook.parse(text).is_ok() || repair_in(text, codebook.alphabet()).is_ok()
            }
            Field::Building => exact(Building::parse_column(text))
                .is_some_and(|door| door.building.is_some() && door.unit.is_none()),
            Field::Entrance => exact(Entrance::parse_column(text))
                .is_some_and(|door| door.building.is_none() && door.unit.is_none()),
            // `3-2-803` in a column headed 房号 is a whole address.
            Field::Unit => exact(Unit::parse_column(text))
                .is_some_and(|door| door.unit.is_some() && door.building.is_none()),
            Field::Address => address::parse(text).is_ok_and(|reading| {
                reading.doors().iter().any(|door| {
                    door.building.is_some() && (door.unit.is_some() || door.entrance.is_some())
                })
            }),
            _ => true,
        }
    }
}

/// A word that leads to a letter, or any word that the codebook knows under a header whose values it lists.
fn is_word<L: Copy>(mapped: Mapped<'_, L>, words: &Words<L>, header: &str) -> bool {
    match mapped {
        Mapped::Letter(_) => true,
        Mapped::Unknown => false,
        Mapped::NoLetter(_) | Mapped::Nothing => words.has_list(header),
    }
}

fn exact(reading: Result<Reading, AddressError>) -> Option<Door> {
    reading.ok().and_then(Reading::exact)
}
