//! What a workbook has said, remembered while it is short: whoever reads it a second time is not kept waiting for its XML.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::kind::Kind;
use super::spreadsheet::Workbook;
use super::{Format, Rows, SheetInfo, Source, TableError};
use crate::row::Row;

/// No more text and places of cells than this are remembered of one workbook.
const MOST: usize = 16 << 20;

/// What one source has said; shared by all who read it within one piece of work.
#[derive(Default)]
pub(crate) struct Memory(Mutex<Known>);

#[derive(Default)]
struct Known {
    book: Option<(Format, Vec<SheetInfo>)>,
    /// The rows of each sheet, where all were read and remembered.
    sheets: Vec<Option<Arc<Vec<Row>>>>,
    bytes: usize,
}

/// Lists hold names of persons.
impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}

impl Memory {
    fn known(&self) -> MutexGuard<'_, Known> {
        // Nothing is ever half entered.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A workbook that is read at most once.
#[derive(Debug)]
pub(crate) struct Remembered {
    source: Source,
    kind: Kind,
    memory: Arc<Memory>,
    workbook: Option<Workbook>,
    pub(crate) format: Format,
    pub(crate) sheets: Vec<SheetInfo>,
}

impl Remembered {
    /// Opens a workbook, unless what has to be known of it is.
    pub(crate) fn open(
        source: &Source,
        kind: Kind,
        memory: &Arc<Memory>,
    ) -> Result<Self, TableError> {
        let known = memory.known().book.clone();
        let (workbook, (format, sheets)) = if let Some(book) = known {
            (None, book)
        } else {
            let workbook = Workbook::open(source, &kind)?;
            let book = (workbook.format(), workbook.sheets());
            memory.known().book = Some(book.clone());
            (Some(workbook), book)
        };
        Ok(Self {
            source: source.clone(),
            kind,
            memory: Arc::clone(memory),
            workbook,
            format,
            sheets,
        })
    }

    /// The rows of a sheet.
    pub(crate) fn rows(&mut self, index: usize) -> Result<Box<dyn Rows + '_>, TableError> {
        let known = self.memory.known().sheets.get(index).cloned().flatten();
        if let Some(rows) = known {
            return Ok(Box::new(Again { rows, at: 0 }));
        }
        let workbook = match self.workbook.take() {
            Some(workbook) => workbook,
            None => Workbook::open(&self.source, &self.kind)?,
        };
        let workbook = self.workbook.insert(workbook);
        Ok(Box::new(First {
            rows: workbook.rows(index)?,
            memory: &self.memory,
            index,
            kept: Some(Vec::new()),
            bytes: 0,
        }))
    }
}

/// Rows that were read before.
struct Again {
    rows: Arc<Vec<Row>>,
    at: usize,
}

impl Rows for Again {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TableError> {
        let Some(known) = self.rows.get(self.at) else {
            return Ok(false);
        };
        row.clone_from(known);
        self.at += 1;
        Ok(true)
    }
}

/// Rows on their way, remembered when all have been read.
struct First<'w> {
    rows: Box<dyn Rows + 'w>,
    memory: &'w Memory,
    index: usize,
    /// `None` where there are too many, and after the last.
    kept: Option<Vec<Row>>,
    bytes: usize,
}

impl Rows for First<'_> {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TableError> {
        let is_one = self.rows.next_row(row)?;
        let Some(mut kept) = self.kept.take() else {
            return Ok(is_one);
        };
        if is_one {
            self.bytes += row.bytes();
            if self.memory.known().bytes + self.bytes <= MOST {
                kept.push(row.clone());
                self.kept = Some(kept);
            }
        } else {
            let mut known = self.memory.known();
            known.bytes += self.bytes;
            if known.sheets.len() <= self.index {
                known.sheets.resize(self.index + 1, None);
            }
            if let Some(sheet) = known.sheets.get_mut(self.index) {
                *sheet = Some(Arc::new(kept));
            }
        }
        Ok(is_one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many rows, then an error where that is asked for.
    struct Given(u64, bool);

    impl Rows for Given {
        fn next_row(&mut self, row: &mut Row) -> Result<bool, TableError> {
            if self.0 == 0 {
                return if self.1 {
                    Err(TableError::Interrupted)
                } else {
                    Ok(false)
                };
            }
            *row = Row::of(self.0, ["3栋", "803"]);
            self.0 -= 1;
            Ok(true)
        }
    }

    fn read(rows: &mut dyn Rows) -> Vec<Row> {
        let mut row = Row::default();
        let mut all = Vec::new();
        while let Ok(true) = rows.next_row(&mut row) {
            all.push(row.clone());
        }
        all
    }

    fn first(given: Given, memory: &Memory) -> First<'_> {
        First {
            rows: Box::new(given),
            memory,
            index: 1,
            kept: Some(Vec::new()),
            bytes: 0,
        }
    }

    #[test]
    fn what_was_read_whole_is_given_again_row_for_row() {
        let memory = Memory::default();
        let told = read(&mut first(Given(5, false), &memory));
        let rows = memory.known().sheets.get(1).cloned().flatten();
        let again = read(&mut Again {
            rows: rows.unwrap(),
            at: 0,
        });
        assert_eq!((told.len(), &told), (5, &again));
    }

    #[test]
    fn what_failed_or_is_too_long_is_forgotten() {
        let memory = Memory::default();
        read(&mut first(Given(5, true), &memory));
        assert!(memory.known().sheets.is_empty());
        let count = MOST as u64 / 16;
        assert_eq!(
            read(&mut first(Given(count, false), &memory)).len() as u64,
            count
        );
        assert!(memory.known().sheets.is_empty() && memory.known().bytes == 0);
    }
}
