//! A workbook with the repairs of a plan: changed in place, and a sheet that keeps what stood in the cells.

use std::collections::BTreeSet;
use std::io::Write;

use super::fix_text;
use crate::census::fix::{Plan, Repair};
use crate::lang::Lang;
use crate::row::{Place, Row};
use crate::table::{Book, Format, ReadOptions, RowWriter as _, Source, TableError, XlsxWriter};
use crate::workbook::{NewCell, NewSheet, Workbook, WorkbookError};

/// What became of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// Cells that were written anew.
    pub done: u64,
    /// The sheet that keeps what stood in the cells; `None` where nothing was changed.
    pub log: Option<String>,
    /// Whether the workbook was of another format and had to be written anew: its cells are texts, and nothing else is left.
    pub rewritten: bool,
    /// Whether the workbook still shows the marks of an earlier check, also where a cell has been put right since.
    pub marked: bool,
}

/// A repair, and what stands in its cell.
type Logged<'p> = (&'p Repair, String);

/// Which cells of the repairs hold formulas: a plan has to be made without them.
///
/// # Errors
/// When the source is no workbook or cannot be read.
pub fn formulas(
    source: &Source,
    read: &ReadOptions,
    plan: &Plan,
) -> Result<BTreeSet<Place>, WorkbookError> {
    let mut book = Book::open(source, read)?;
    if book.format() != Format::Xlsx {
        return Ok(BTreeSet::new());
    }
    let cells = before(&mut book, plan)?;
    let saved = edited(source, &cells)?.save(&mut std::io::sink())?;
    Ok(saved.formulas.into_iter().collect())
}

/// Writes a workbook with the repairs of a plan made, of which none is of a cell with a [formula](formulas).
///
/// An XLSX workbook keeps all else as it is; workbooks of other formats are written anew, as text cells. `each` hears of
/// every cell that is written anew, with what stood there.
///
/// # Errors
/// When the source is no workbook or cannot be read, or the target cannot be written.
pub fn write<'p>(
    source: &Source,
    read: &ReadOptions,
    plan: &'p Plan,
    lang: Lang,
    target: &mut dyn Write,
    each: &mut dyn FnMut(&'p Repair, &str),
) -> Result<Fixed, WorkbookError> {
    let mut book = Book::open(source, read)?;
    let cells = before(&mut book, plan)?;
    let rewritten = book.format() != Format::Xlsx;
    let hidden: Vec<_> = book
        .sheets()
        .iter()
        .filter(|sheet| !sheet.visible)
        .filter_map(|sheet| sheet.name.clone())
        .collect();
    let source = if rewritten {
        &as_texts(source.name(), &mut book)?
    } else {
        source
    };
    for (repair, before) in &cells {
        each(repair, before);
    }
    let mut workbook = edited(source, &cells)?;
    for name in hidden.iter().filter(|_| rewritten) {
        workbook.hide_sheet(name);
    }
    let marked = workbook.is_marked();
    let log = (!cells.is_empty()).then(|| workbook.add_sheet(log(&cells, lang)));
    workbook.save(target)?;
    Ok(Fixed {
        done: cells.len() as u64,
        log,
        rewritten,
        marked,
    })
}

/// The workbook with the cells written anew.
fn edited(source: &Source, cells: &[Logged<'_>]) -> Result<Workbook, WorkbookError> {
    let mut workbook = Workbook::open(source)?;
    for (repair, _) in cells {
        workbook.set_text(&repair.place, &repair.after)?;
    }
    Ok(workbook)
}

/// The cells of the repairs, each with what stands there; those that say already what they should are left out.
fn before<'p>(book: &mut Book, plan: &'p Plan) -> Result<Vec<Logged<'p>>, TableError> {
    let names: Vec<_> = book
        .sheets()
        .iter()
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut cells = Vec::with_capacity(plan.repairs.len());
    for (index, name) in names.iter().enumerate() {
        let of_sheet = plan
            .repairs
            .iter()
            .filter(|repair| repair.place.sheet == *name);
        let mut waiting = of_sheet.peekable();
        if waiting.peek().is_none() {
            continue;
        }
        let mut rows = book.rows(index)?;
        let mut row = Row::default();
        while waiting.peek().is_some() && rows.next_row(&mut row)? {
            while let Some(repair) = waiting.next_if(|repair| repair.place.row <= row.number()) {
                if let Some(column) = repair.place.column
                    && repair.place.row == row.number()
                    && row.own(column) != repair.after
                {
                    cells.push((repair, row.own(column).to_owned()));
                }
            }
        }
    }
    Ok(cells)
}

/// The sheet that keeps what stood in the cells.
fn log(cells: &[Logged<'_>], lang: Lang) -> NewSheet {
    let header = fix_text::header(lang).map(NewCell::bold);
    let row = |(repair, before): &Logged<'_>| {
        let row = fix_text::row(repair, before, lang);
        row.map(NewCell::plain).to_vec()
    };
    NewSheet {
        name: lang.pick("修改记录", "repairs").to_owned(),
        rows: std::iter::once(header.to_vec())
            .chain(cells.iter().map(row))
            .collect(),
        widths: vec![16, 24, 24, 48, 20, 16],
        headers: 1,
        lasting: true,
    }
}

/// A workbook of another format as XLSX: the texts of its cells.
fn as_texts(name: &str, book: &mut Book) -> Result<Source, TableError> {
    let mut bytes = Vec::new();
    let mut writer = XlsxWriter::new(&mut bytes);
    let sheets = book.sheets().to_vec();
    for (index, sheet) in sheets.iter().enumerate() {
        let own = format!("Sheet{}", index + 1);
        writer.begin(sheet.name.as_deref().unwrap_or(&own), 0)?;
        let mut rows = book.rows(index)?;
        let mut row = Row::default();
        while rows.next_row(&mut row)? {
            writer.write_row(&mut (0..row.len()).map(|column| row.own(column)))?;
        }
    }
    Box::new(writer).finish()?;
    Ok(Source::bytes(name, bytes))
}
