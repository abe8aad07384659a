//! A sheet of named columns beside a list (positions, limits, a roster), found by its headers in any kind of file.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Book, ReadOptions, Source, TableError, folded_header};
use crate::lang::Text;
use crate::row::{Place, Row};

/// So many rows from the top a header is looked for.
const TOP: usize = 50;

/// A column of such a sheet, and what its header can be.
pub(crate) trait Heading: Copy + Ord + 'static {
    /// Compared without case, blanks, marks and bracketed remarks.
    fn names(self) -> &'static [&'static str];

    /// The first of some columns that a header can mean.
    #[cfg(test)]
    fn of(header: &str, wanted: &[Self]) -> Option<Self> {
        Names::of(wanted).column(header)
    }
}

/// The names of some columns as they are compared, folded once for all cells that may be headers.
struct Names<C>(Vec<(String, C)>);

impl<C: Heading> Names<C> {
    fn of(wanted: &[C]) -> Self {
        let names = wanted.iter().flat_map(|column| {
            let names = column.names().iter();
            names.map(|name| (folded_header(name).0, *column))
        });
        Self(names.collect())
    }

    /// The first column that a header can mean.
    fn column(&self, header: &str) -> Option<C> {
        if header.len() > 60 {
            return None;
        }
        let (whole, base) = folded_header(header);
        let fits = |(name, _): &&(String, C)| *name == whole || *name == base;
        let found = self.0.iter().find(fits).filter(|_| !whole.is_empty());
        found.map(|(_, column)| *column)
    }
}

/// The rows of one sheet below its header.
#[derive(Debug)]
pub(crate) struct Sheet<C> {
    pub(crate) file: String,
    pub(crate) index: usize,
    pub(crate) name: Option<Arc<str>>,
    /// The texts of the rows above the header.
    pub(crate) title: String,
    /// The Excel row of the header.
    pub(crate) header: u64,
    /// The header itself.
    pub(crate) headers: Row,
    /// How many columns the header has.
    pub(crate) width: usize,
    is_chinese: bool,
    columns: Vec<(C, usize)>,
    /// Columns that mean what one before them means; nobody reads them.
    pub(crate) again: Vec<(C, usize)>,
    /// Rows with something in them.
    pub(crate) lines: Vec<Row>,
    /// Rows read in all.
    pub(crate) rows: u64,
    pub(crate) notes: Vec<Text>,
}

/// Which columns a sheet may have, and which it must.
pub(crate) struct Wanted<'w, C> {
    pub(crate) columns: &'w [C],
    /// Whether a row with these columns is the header of such a sheet.
    pub(crate) enough: &'w dyn Fn(&BTreeSet<C>, &Row) -> bool,
    /// What is needed, in words.
    pub(crate) expected: Text,
}

impl<C: Heading> Sheet<C> {
    /// Reads the sheets of a file that have the headers, in their order; no more than the first `most`.
    pub(crate) fn all(
        source: &Source,
        read: &ReadOptions,
        wanted: &Wanted<'_, C>,
        most: usize,
    ) -> Result<Vec<Self>, TableError> {
        let mut book = Book::open(source, read)?;
        let notes = book.notes().to_vec();
        let names = Names::of(wanted.columns);
        let mut sheets = Vec::new();
        for index in 0..book.sheets().len() {
            let info = book.sheets().get(index);
            if info.is_some_and(|sheet| sheet.own) {
                continue;
            }
            let name = info.and_then(|sheet| sheet.name.clone());
            let mut rows = book.rows(index)?;
            let mut row = Row::default();
            let mut read = 0;
            let mut title = String::new();
            let mut found: Option<Self> = None;
            while rows.next_row(&mut row)? {
                read += 1;
                if let Some(sheet) = &mut found {
                    if !row.is_blank() {
                        sheet.lines.push(row.clone());
                    }
                    continue;
                }
                if read > TOP as u64 {
                    break;
                }
                let (columns, again) = columns_of(&row, &names);
                let known = columns.iter().map(|(column, _)| *column).collect();
                if (wanted.enough)(&known, &row) {
                    found = Some(Self {
                        file: source.name().to_owned(),
                        index,
                        name: name.clone(),
                        title: std::mem::take(&mut title),
                        header: row.number(),
                        width: (0..row.len())
                            .rev()
                            .find(|at| !row.get(*at).trim().is_empty())
                            .map_or(0, |last| last + 1),
                        is_chinese: row.iter().any(|cell| cell.chars().any(crate::row::is_han)),
                        headers: row.clone(),
                        columns,
                        again,
                        lines: Vec::new(),
                        rows: 0,
                        notes: notes.clone(),
                    });
                } else {
                    for at in 0..row.len() {
                        title.push_str(row.own(at).trim());
                        title.push(' ');
                    }
                }
            }
            sheets.extend(found.map(|sheet| Self {
                rows: read,
                ..sheet
            }));
            if sheets.len() >= most {
                break;
            }
        }
        Ok(sheets)
    }

    /// Whether the headers are Chinese.
    pub(crate) fn is_chinese(&self) -> bool {
        self.is_chinese
    }

    /// Whether the sheet has a column.
    pub(crate) fn has(&self, column: C) -> bool {
        self.at(column).is_some()
    }

    /// Where a column stands.
    pub(crate) fn at(&self, column: C) -> Option<usize> {
        let mut known = self.columns.iter();
        known.find(|(name, _)| *name == column).map(|(_, at)| *at)
    }

    /// The columns whose header means nothing that is looked for.
    pub(crate) fn unread(&self) -> impl Iterator<Item = usize> + '_ {
        let known = self.columns.iter().chain(&self.again);
        let known: BTreeSet<usize> = known.map(|(_, at)| *at).collect();
        (0..self.width).filter(move |at| !known.contains(at))
    }

    /// The text of a cell without blanks around it; empty where there is no such column.
    pub(crate) fn get<'r>(&self, row: &'r Row, column: C) -> &'r str {
        self.at(column).map_or("", |at| row.get(at).trim())
    }

    /// The place of a cell; of the row, where there is no such column.
    pub(crate) fn place(&self, row: &Row, column: Option<usize>) -> Place {
        Place {
            sheet: self.name.clone(),
            row: row.number(),
            column,
        }
    }
}

/// The first column of each name, and any further ones of the same.
#[expect(clippy::type_complexity, reason = "two lists of the same kind")]
fn columns_of<C: Heading>(row: &Row, names: &Names<C>) -> (Vec<(C, usize)>, Vec<(C, usize)>) {
    let mut columns: Vec<(C, usize)> = Vec::new();
    let mut again = Vec::new();
    for at in 0..row.len().min(200) {
        if let Some(column) = names.column(row.get(at)) {
            let is_known = columns.iter().any(|(known, _)| *known == column);
            let list = if is_known { &mut again } else { &mut columns };
            list.push((column, at));
        }
    }
    (columns, again)
}
