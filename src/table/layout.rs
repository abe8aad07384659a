//! The table found by itself: where the header is, what the columns mean, which rows are households.

use super::chunk::Chunks;
use super::classify::{Classifier, begins_as};
use super::filldown::FillDown;
use super::follow::Follow;
use super::header::fold;
use super::heading::{Heading, Over, Search};
use super::options::{ColumnRef, LayoutOptions};
use super::resolve::Resolve;
use super::row_kind::RowKind;
use super::{Near, Rows, TableError, headless};
use crate::lang::Text;
use crate::row::{CellKind, Columns, Field, Row, column_letters};

/// How many rows are looked at before anything is decided.
const SAMPLE: usize = 1_000;

/// One sheet with its table found: the columns, and every row in order with its kind.
pub struct Table<'r> {
    rows: Box<dyn Rows + 'r>,
    buffer: Vec<Row>,
    kinds: Vec<RowKind>,
    next: usize,
    columns: Columns,
    header_rows: (u64, u64),
    beside: Option<usize>,
    follow: Follow<'r>,
    notes: Vec<Text>,
}

impl<'r> Table<'r> {
    /// Finds the table among the first rows of a sheet.
    ///
    /// # Errors
    /// [`TableError::NoTable`] when no row is a header; [`TableError::TwoColumns`] when two columns
    /// hold the same key; [`TableError::UnknownColumn`] and [`TableError::HeaderRowMissing`] when the options
    /// name what is not there; and whatever reading the rows gives.
    pub fn detect(
        mut rows: Box<dyn Rows + 'r>,
        options: &LayoutOptions<'r>,
    ) -> Result<Self, TableError> {
        let mut buffer = read(&mut *rows, options.header_row)?;
        let heading = heading(&buffer, options)?;
        let header_rows = header_rows(&buffer, &heading);

        // A first reading with all that the headers may mean shows which rows are data;
        // with the data the columns are decided, and with the columns the rows are read again.
        let open = open_fields(&heading, options);
        let first = Classifier::new(&heading, &buffer, open, options.fits);
        let (_, kinds) = kinds(first, &heading, &buffer);
        let data = buffer
            .iter()
            .zip(&kinds)
            .filter(|(_, kind)| **kind == RowKind::Data);
        let resolve = Resolve {
            heading: &heading,
            data: data.map(|(row, _)| row).collect(),
            options,
            header_row: header_rows.1,
        };
        let (columns, told) = resolve.columns()?;
        if let Some(error) = no_home(&buffer, &heading, &columns, &told, options) {
            return Err(error);
        }
        let fields = columns
            .iter()
            .map(|column| column.field.into_iter().collect());
        let second = Classifier::new(&heading, &buffer, fields.collect(), options.fits);
        let (classifier, kinds) = self::kinds(second, &heading, &buffer);

        let data = buffer
            .iter()
            .zip(&kinds)
            .filter(|(_, kind)| **kind == RowKind::Data);
        let fill = FillDown::learn(&columns, data.map(|(row, _)| row));
        let mut notes = vec![found(header_rows, &columns)];
        notes.extend(told);
        notes.extend(remarks(
            &buffer,
            &kinds,
            &heading,
            &classifier,
            &columns,
            &fill,
        ));
        let mut follow = Follow { classifier, fill };
        for (row, &kind) in buffer.iter_mut().zip(&kinds) {
            let section = follow.heading_text(row, kind);
            follow.fill.apply(row, kind, section.as_ref());
        }
        Ok(Self {
            rows,
            buffer,
            kinds,
            next: 0,
            columns,
            header_rows,
            beside: heading.beside,
            follow,
            notes,
        })
    }

    /// The columns of the table, left to right. Cells beyond the last belong to no column.
    #[must_use]
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The first and the last row of the header as Excel numbers them; `(0, 0)` where there is none.
    #[must_use]
    pub fn header_rows(&self) -> (u64, u64) {
        self.header_rows
    }

    /// The 0-based column from which on there are only remarks beside the table. Cells between the last
    /// column and this one are not remarks: the row has too many cells.
    #[must_use]
    pub fn remarks_from(&self) -> Option<usize> {
        self.beside
    }

    /// What was decided, one line each. No line holds the text of a cell other than a header.
    #[must_use]
    pub fn notes(&self) -> &[Text] {
        &self.notes
    }

    /// The data rows among the first rows, for decisions that need to see some before all are read.
    pub fn sample(&self) -> impl Iterator<Item = &Row> {
        let rows = self.buffer.iter().zip(&self.kinds);
        rows.filter(|(_, kind)| **kind == RowKind::Data)
            .map(|(row, _)| row)
    }

    /// Overwrites `row` with the next row of the sheet and says what it is; `None` after the last.
    /// Every row comes exactly once, in order; its text is as in the file but for cells of kind
    /// [`Filled`](crate::row::CellKind::Filled) and [`Carried`](crate::row::CellKind::Carried).
    ///
    /// # Errors
    /// When the file cannot be read on.
    pub fn next(&mut self, row: &mut Row) -> Result<Option<RowKind>, TableError> {
        if let Some(kind) = self.next_sampled(row) {
            return Ok(Some(kind));
        }
        if !self.rows.next_row(row)? {
            return Ok(None);
        }
        Ok(Some(self.follow.take(row)))
    }

    /// As [`next`](Self::next), but `None` after the last of the first rows, which are read already.
    pub(crate) fn next_sampled(&mut self, row: &mut Row) -> Option<RowKind> {
        let (first, kind) = (self.buffer.get(self.next)?, self.kinds.get(self.next)?);
        row.clone_from(first);
        self.next += 1;
        Some(*kind)
    }

    /// The rows after the first ones, in chunks that can be read apart from one another, and what tells their kinds;
    /// `None` for a workbook.
    pub(crate) fn rest(&mut self, size: usize) -> Option<(Chunks<'_>, Follow<'r>)> {
        let follow = self.follow.clone();
        Some((self.rows.chunks(size)?, follow))
    }
}

/// The first rows, and so many more that the header row which the user named is among them.
fn read(rows: &mut dyn Rows, header_row: Option<u64>) -> Result<Vec<Row>, TableError> {
    let mut buffer: Vec<Row> = Vec::new();
    let mut beyond = 0;
    while beyond < SAMPLE {
        let mut row = Row::default();
        if !rows.next_row(&mut row)? {
            break;
        }
        beyond += usize::from(header_row.is_none_or(|header| row.number() > header));
        buffer.push(row);
    }
    Ok(buffer)
}

fn heading(buffer: &[Row], options: &LayoutOptions<'_>) -> Result<Heading, TableError> {
    let search = Search {
        rows: buffer,
        options,
    };
    if options.no_headers {
        let width = buffer.iter().map(Row::len).max().unwrap_or(0);
        return Ok(Heading {
            columns: vec![Over::default(); width],
            ..Heading::default()
        });
    }
    if let Some(row) = options.header_row {
        let index = buffer.iter().position(|known| known.number() == row);
        let last = buffer.last().map_or(0, Row::number);
        return match index {
            Some(index) => Ok(search.at(index)),
            None => Err(TableError::HeaderRowMissing { row, last }),
        };
    }
    search.find().ok_or_else(|| TableError::NoTable {
        rows: written(buffer),
        closest: search.closest(),
        headless: headless::columns(buffer, options.fits),
    })
}

fn written(buffer: &[Row]) -> u64 {
    buffer.iter().filter(|row| !row.is_blank()).count() as u64
}

/// The error for a table in which no column says which home a row is about.
fn no_home(
    buffer: &[Row],
    heading: &Heading,
    columns: &Columns,
    told: &[Text],
    options: &LayoutOptions<'_>,
) -> Option<TableError> {
    let homes = [Field::Unit, Field::Address, Field::GridCode];
    if homes.iter().any(|&field| columns.has(field)) {
        return None;
    }
    let known = columns
        .iter()
        .filter_map(|column| Some((column.header.clone(), column.field?)))
        .filter(|(header, _)| !header.is_empty());
    let might = |&(_, over): &(usize, &Over)| {
        over.meanings
            .iter()
            .any(|meaning| homes.contains(&meaning.field))
    };
    let left = heading.columns.iter().enumerate().filter(might);
    let left = left.filter_map(|(column, over)| {
        let name = format!("{}“{}”", column_letters(column), over.text);
        told.iter().find(|text| text.zh.starts_with(&name)).cloned()
    });
    Some(TableError::NoTable {
        rows: written(buffer),
        closest: Some(Near {
            row: header_rows(buffer, heading).1,
            known: known.collect(),
            left: left.collect(),
        }),
        headless: if options.no_headers && options.map.is_empty() {
            headless::columns(buffer, options.fits)
        } else {
            Vec::new()
        },
    })
}

fn header_rows(buffer: &[Row], heading: &Heading) -> (u64, u64) {
    let number = |index: usize| buffer.get(index).map_or(0, Row::number);
    heading
        .rows
        .map_or((0, 0), |(first, last)| (number(first), number(last)))
}

/// What each column may mean, the user's word included.
fn open_fields(heading: &Heading, options: &LayoutOptions<'_>) -> Vec<Vec<Field>> {
    let columns = heading.columns.iter().enumerate().map(|(index, over)| {
        let named = |wanted: &ColumnRef| match wanted {
            ColumnRef::Named(name) if over.folded.contains(&fold(name)) => true,
            _ => wanted.index() == Some(index),
        };
        let mapped = options.map.iter().filter(|(_, wanted)| named(wanted));
        let mapped: Vec<Field> = mapped.map(|(field, _)| *field).collect();
        if mapped.is_empty() {
            over.meanings.iter().map(|meaning| meaning.field).collect()
        } else {
            mapped
        }
    });
    columns.collect()
}

/// The kinds of the buffered rows, and the classifier ready for the rows that follow.
fn kinds<'f>(
    mut classifier: Classifier<'f>,
    heading: &Heading,
    buffer: &[Row],
) -> (Classifier<'f>, Vec<RowKind>) {
    let rows = heading.rows;
    let kinds = buffer.iter().enumerate().map(|(index, row)| match rows {
        Some((first, _)) if index < first => classifier.above(row),
        Some((_, last)) if index <= last => RowKind::Header,
        _ => classifier.classify(row),
    });
    let kinds = kinds.collect();
    (classifier, kinds)
}

/// The line that says where the header is and what its columns mean.
fn found((first, last): (u64, u64), columns: &Columns) -> Text {
    Text::of(|lang| {
        let known = columns.iter().enumerate().filter_map(|(index, column)| {
            let header = if column.header.is_empty() {
                column_letters(index)
            } else {
                column.header.clone()
            };
            let label = column.field?.label(lang);
            // A column that is called what it is needs no second name.
            Some(if header == label {
                header
            } else {
                format!("{header}={label}")
            })
        });
        let known: Vec<String> = known.collect();
        let known = known.join(lang.pick("、", ", "));
        match (first, last) {
            (0, 0) => lang.pick(format!("没有表头：{known}"), format!("no header: {known}")),
            (first, last) if first == last => lang.pick(
                format!("第{first}行是表头：{known}"),
                format!("header found in row {first}: {known}"),
            ),
            (first, last) => lang.pick(
                format!("第{first}至{last}行是表头：{known}"),
                format!("header found in rows {first} to {last}: {known}"),
            ),
        }
    })
}

/// What else a user may want to know about the layout.
fn remarks(
    buffer: &[Row],
    kinds: &[RowKind],
    heading: &Heading,
    classifier: &Classifier<'_>,
    columns: &Columns,
    fill: &FillDown,
) -> Vec<Text> {
    let mut notes = Vec::new();
    for column in fill.columns() {
        let name = format!("{}“{}”", column_letters(column), columns.header(column));
        notes.push(Text::new(
            format!("{name}每组只写一次，空格按上一行补全"),
            format!("{name} is written once per group: its blanks are filled from above"),
        ));
    }
    if let Some(beside) = heading.beside {
        let letters = column_letters(beside);
        notes.push(Text::new(
            format!("{letters}列起是表旁的说明，不读取"),
            format!("from column {letters} on there are only remarks beside the table, which are not read"),
        ));
    }
    notes.extend(section_note(buffer, kinds, classifier, columns, fill));
    notes.extend(no_value_note(buffer));
    // Rows with the first cells of one that was no header are not looked at again.
    let mut plain = None;
    for (row, kind) in buffer.iter().zip(kinds) {
        let number = row.number();
        if *kind != RowKind::Data || plain.is_some_and(|plain| begins_as(row, plain)) {
            continue;
        }
        if classifier.has_no_header(row) {
            plain = Some(row);
        } else if classifier.is_other_header(row) {
            notes.push(Text::new(
                format!("第{number}行像是另一张表的表头；其下各行仍按原表头读取，请把它放到单独的工作表"),
                format!(
                    "row {number} looks like the header of another table; the rows below it are read by the first header: put it on a sheet of its own"
                ),
            ));
        }
    }
    notes
}

/// Where the table is divided by headings, and whether their text reaches the rows below.
fn section_note(
    buffer: &[Row],
    kinds: &[RowKind],
    classifier: &Classifier<'_>,
    columns: &Columns,
    fill: &FillDown,
) -> Option<Text> {
    let mut sections = buffer
        .iter()
        .zip(kinds)
        .filter(|(_, kind)| **kind == RowKind::Section)
        .filter_map(|(row, _)| Some((row.number(), classifier.section(row)?.0)))
        .peekable();
    let first = sections.peek()?.0;
    let (mut count, mut carried, mut lost) = (0_u64, Vec::new(), Vec::new());
    for (_, field) in sections {
        count += 1;
        match fill.takes(field) {
            Some(column) if !carried.contains(&column) => carried.push(column),
            None if !lost.contains(&field) => lost.push(field),
            _ => {}
        }
    }
    Some(Text::of(|lang| {
        let mut text = lang.pick(
            format!("第{first}行等 {count} 行是分段标题，不是住户"),
            format!("{count} rows, row {first} first, are section headings, not households"),
        );
        for column in &carried {
            let name = format!("{}“{}”", column_letters(*column), columns.header(*column));
            text.push_str(&lang.pick(
                format!("；其文字补入下方各行空着的{name}"),
                format!("; their text is carried into the blanks of {name} below"),
            ));
        }
        for field in &lost {
            let label = field.label(lang);
            text.push_str(&lang.pick(
                format!("；表中没有可接收“{label}”的列，请加一列"),
                format!("; the table has no column to take the {label}: add one"),
            ));
        }
        text
    }))
}

/// How many formulas came without their value.
fn no_value_note(buffer: &[Row]) -> Option<Text> {
    let mut cells = buffer.iter().flat_map(|row| {
        (0..row.len())
            .filter(|&column| row.kind(column) == CellKind::NoValue)
            .map(|column| format!("{}{}", column_letters(column), row.number()))
    });
    let first = cells.next()?;
    let count = cells.count() + 1;
    Some(Text::new(
        format!(
            "{count} 个公式单元格没有值（首个是 {first}）；请在 Excel 或 WPS 中打开并保存该文件后再用"
        ),
        format!(
            "{count} formula cells hold no value, {first} first: open and save the file in Excel or WPS"
        ),
    ))
}
