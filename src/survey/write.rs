//! The list as it was, with the grid of every household.

use super::read::Survey;
use super::{Division, SurveyError, blocks};
use crate::census::{self, Options, Target};
use crate::lang::Text;
use crate::row::Row;
use crate::table::{Book, Source, TableError};

/// Writes the list, or the sheet of blocks, with a column of grids; every other cell keeps its text.
///
/// A household or block in no grid gets an empty cell. Where the list has a column of grids already, it is that column
/// which is written anew.
///
/// # Errors
/// When the list cannot be read again, or the target cannot be written.
pub fn write_list(
    source: &Source,
    options: &Options<'_>,
    survey: &Survey,
    divisions: &[Division],
    target: &mut dyn Target,
) -> Result<(), TableError> {
    let grids: Vec<Vec<Option<usize>>> = divisions.iter().map(Division::grids).collect();
    let word = |sheet: usize, row: u64| {
        let label = || {
            let seat = survey.seats.get(&(sheet, row))?;
            let division = divisions.get(seat.community)?;
            let block = division.posed.block_of(*seat)?;
            let grid = grids.get(seat.community)?.get(block).copied()??;
            division.labels.get(grid).cloned()
        };
        label().unwrap_or_default()
    };
    let header = Text::fixed("网格", "grid");
    if !survey.is_blocks {
        return census::write_grids(source, options, &header, target, &word);
    }
    match blocks::find(source, &options.read, &mut |_| {}) {
        Ok(Some(sheet)) => {
            let header = if sheet.is_chinese() {
                &header.zh
            } else {
                &header.en
            };
            let place = (sheet.index, sheet.header, sheet.width);
            write_blocks(source, options, place, header, target, &|row| word(0, row))
        }
        Err(SurveyError::Table { error, .. }) => Err(*error),
        Ok(None) | Err(SurveyError::Headers { .. }) => Ok(()),
    }
}

fn write_blocks(
    source: &Source,
    options: &Options<'_>,
    (index, header_row, width): (usize, u64, usize),
    header: &str,
    target: &mut dyn Target,
    word: &dyn Fn(u64) -> String,
) -> Result<(), TableError> {
    let mut book = Book::open(source, &options.read)?;
    let name = book
        .sheets()
        .get(index)
        .and_then(|sheet| sheet.name.clone());
    target.sheet(name.as_deref(), header_row)?;
    let mut rows = book.rows(index)?;
    let mut row = Row::default();
    let mut column = width;
    while rows.next_row(&mut row)? {
        if row.number() == header_row {
            let known = (0..row.len()).find(|at| row.get(*at).trim().eq_ignore_ascii_case(header));
            column = known.unwrap_or(width);
        }
        let new = match row.number().cmp(&header_row) {
            std::cmp::Ordering::Less => None,
            std::cmp::Ordering::Equal => Some(header.to_owned()),
            std::cmp::Ordering::Greater => (!row.is_blank()).then(|| word(row.number())),
        };
        let Some(new) = new else {
            target.row(&mut (0..row.len()).map(|at| row.own(at)))?;
            continue;
        };
        let length = row.len().max(column);
        let is_inserted = column == width;
        let left = (0..column).map(|at| row.own(at));
        let right = (column + usize::from(!is_inserted)..length).map(|at| row.own(at));
        target.row(&mut left.chain(std::iter::once(new.as_str())).chain(right))?;
    }
    Ok(())
}
