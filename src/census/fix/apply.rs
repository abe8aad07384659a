//! The repairs of a text file, made where the cells stand.

use std::io::Write;

use super::{Plan, Repair};
use crate::table::{ReadOptions, Source, TableError, patch_text};

/// Writes a delimited text with the repairs of a plan made: nothing but those cells differs by a byte.
///
/// `each` hears of every cell that is written anew, with what stood there. Gives back how many there are.
///
/// # Errors
/// When the source is no text or cannot be read, or the target cannot be written.
pub fn fix_text<'p>(
    source: &Source,
    read: &ReadOptions,
    plan: &'p Plan,
    target: &mut dyn Write,
    each: &mut dyn FnMut(&'p Repair, &str) -> Result<(), TableError>,
) -> Result<u64, TableError> {
    let cell = |repair: &Repair| Some((repair.place.row, repair.place.column?));
    let mut waiting = plan.repairs.iter().peekable();
    let (mut done, mut failed) = (0, None);
    let mut change = |row, column, before: &str| {
        let here = (row, column);
        while waiting
            .next_if(|repair| cell(repair).is_none_or(|cell| cell < here))
            .is_some()
        {}
        let repair = waiting.next_if(|repair| cell(repair) == Some(here))?;
        if failed.is_some() || repair.after == before {
            return None;
        }
        if let Err(error) = each(repair, before) {
            failed = Some(error);
            return None;
        }
        done += 1;
        Some(repair.after.clone())
    };
    let mut cells = plan.repairs.iter().filter_map(cell);
    patch_text(source, read, target, &mut cells, &mut change)?;
    failed.map_or(Ok(done), Err)
}
