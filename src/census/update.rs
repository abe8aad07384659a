//! Last month's own sheet with this month's facts: its order and its own columns stay, facts and codes are the new list's.

use std::collections::BTreeMap;

use super::coding::{Coding, Tally};
use super::diff::Which;
use super::encode::{ABOUT_OLD_CODES, Encoded, LOST_WITH_OLD_CODES};
use super::fresh::{Fresh, Incoming};
use super::known::{Looker, each};
use super::one_by_one::{OneByOne, Sheet};
use super::staircase::Staircase;
use super::target::{Added, write_loose};
use super::walk::{Begun, Through, Visitor, walk};
use super::{Account, Options, SheetAccount, Target};
use crate::address::Key;
use crate::diagnostic::Diagnostic;
use crate::household::{Entry, Household, Level};
use crate::lang::Text;
use crate::row::{Columns, Field, Place, Row};
use crate::rule::Findings;
use crate::table::{RowKind, Source, Table, TableError};

/// What became of two lists that were put together.
#[derive(Clone, Debug, Default)]
pub struct Updated {
    /// The new list's account, and what became of its households.
    pub new: Encoded,
    /// The account of the old list's rows.
    pub old: Account,
    /// Rows of the old list that got the new list's facts.
    pub renewed: u64,
    /// Households that only the new list has: they stand at the end.
    pub appended: u64,
    /// Rows of the old list whose household the new list does not have: they are left out.
    pub gone: u64,
    /// Where the first of these stand in the old list.
    pub first_gone: Vec<Place>,
    /// Rows of the old list that do not tell which household they are: they stay as they were.
    pub unnamed: u64,
    /// Rows of the new list whose household stands there already: the first one counts.
    pub repeated: u64,
}

/// Why a list cannot be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// One of the lists cannot be read, or the result cannot be written.
    #[error("{error}")]
    Table {
        /// Which list.
        which: Which,
        /// What is wrong.
        error: Box<TableError>,
    },
    /// The old list has a row for each resident, and nothing but a name would tell one of them from another.
    #[error("the old list has a row for each resident")]
    Persons,
    /// The lists have no household in common.
    #[error("the lists have no household in common")]
    NothingInCommon,
}

/// So many rows that are left out are named.
const SHOWN: usize = 20;

/// Columns that say which household a row is: they stay as the old list writes them.
const OF_DOORS: [Field; 8] = [
    Field::Community,
    Field::Street,
    Field::Estate,
    Field::Address,
    Field::Building,
    Field::Entrance,
    Field::Unit,
    Field::HouseholdId,
];

/// Writes the old list with the facts and the codes of the new one.
///
/// Rows keep the old list's order, and the old list's columns keep their places. A column that says which household it
/// is, and every column that is none of the [fields](Field), keeps its text. Every other one takes the new list's text,
/// where that has one. Codes are derived from the new list as [`encode`](super::encode) does. Households that only the
/// new list has stand at the end of the sheet with the last row of their building, else of the last sheet, above what
/// stands below the table there. Rows of households that it no longer has are left out.
///
/// The new list may have a row for each household or for each resident; it is held in memory.
///
/// # Errors
/// When a list cannot be read or the target cannot be written; when the old list has a row for each resident; and when
/// the lists have no household in common.
pub fn update(
    new: &Source,
    old: &Source,
    options: &Options<'_>,
    target: &mut dyn Target,
    sink: &mut dyn FnMut(Diagnostic),
) -> Result<Updated, UpdateError> {
    let of = |which| {
        move |error| UpdateError::Table {
            which,
            error: Box::new(error),
        }
    };
    let old = &old.remembering().map_err(of(Which::Old))?;
    let mut options = options.clone();
    options.settings.renews_codes = true;
    for rule in ABOUT_OLD_CODES {
        options.settings.silence(rule);
    }
    for rule in LOST_WITH_OLD_CODES {
        options.settings.soften(rule);
    }
    let mut reader = Reader {
        options: &options,
        coding: None,
        notes: Vec::new(),
        tally: Tally::default(),
        columns: Vec::new(),
        staircase: Staircase::default(),
        incoming: Incoming::default(),
    };
    let mut account = walk(new, &options, &mut reader, sink).map_err(of(Which::New))?;
    account.notes.append(&mut reader.notes);
    let encoded = Encoded::of(account, reader.tally);
    let (incoming, columns) = (reader.incoming, reader.columns);
    // Columns named by the user are the new list's; so are sheets.
    let old_options = Options {
        sheet: None,
        header_row: None,
        no_headers: false,
        map: Vec::new(),
        level: None,
        ..options.clone()
    };
    let mut looker = Looker::default();
    let old_account = walk(old, &old_options, &mut looker, &mut |_| {}).map_err(of(Which::Old))?;
    if looker.persons {
        return Err(UpdateError::Persons);
    }
    let is_known = |fresh: &Fresh| {
        fresh
            .digest
            .is_some_and(|digest| looker.digests.contains(&digest))
    };
    if !looker.digests.is_empty()
        && !incoming.households.is_empty()
        && !incoming.households.iter().any(is_known)
    {
        return Err(UpdateError::NothingInCommon);
    }
    let mut appended: BTreeMap<usize, Vec<&Fresh>> = BTreeMap::new();
    for fresh in incoming.households.iter().filter(|fresh| !is_known(fresh)) {
        let building = fresh.key.as_ref().map(Key::of_building);
        let sheet = building.and_then(|building| looker.buildings.get(&building).copied());
        let sheet = sheet.unwrap_or(looker.sheets.saturating_sub(1));
        appended.entry(sheet).or_default().push(fresh);
    }
    for list in appended.values_mut() {
        list.sort_by(|one, other| one.key.cmp(&other.key));
    }
    let mut writer = Writer {
        target,
        incoming: &incoming,
        columns: &columns,
        appended,
        sheets: 0,
        done: Updated::default(),
    };
    walk(old, &old_options, &mut writer, &mut |_| {}).map_err(of(Which::Old))?;
    Ok(Updated {
        new: encoded,
        old: old_account,
        repeated: incoming.repeated,
        ..writer.done
    })
}

/// Reads the new list.
struct Reader<'r> {
    options: &'r Options<'r>,
    coding: Option<Coding<'r>>,
    notes: Vec<Text>,
    tally: Tally,
    /// The columns of its tables.
    columns: Vec<Columns>,
    staircase: Staircase,
    incoming: Incoming,
}

impl Visitor for Reader<'_> {
    fn table(&mut self, begun: &Begun<'_>) -> Result<(), TableError> {
        self.columns.push(begun.columns.clone());
        let coding = Coding::new(begun.columns, self.options.codebook);
        self.notes.extend(coding.notes(begun.columns));
        self.coding = Some(coding);
        Ok(())
    }

    fn reads_residents_twice(&self) -> bool {
        true
    }

    fn one_by_one(&mut self) -> Option<&mut dyn OneByOne> {
        Some(self)
    }
}

impl OneByOne for Reader<'_> {
    fn data(
        &mut self,
        row: &Row,
        entry: &Entry<'_>,
        household: &Household,
    ) -> Result<(), TableError> {
        if household.row != entry.row.number() {
            return Ok(());
        }
        let code = self.coding.as_ref().and_then(|coding| {
            let code = coding.code_of(household);
            // What differs from the new list's own codes is counted; that a row has another one is no finding here.
            let mut drop = |_| {};
            let mut found = Findings::new(None, &self.options.settings, &mut drop);
            let tally = coding.count(household, code, entry.columns, &mut found);
            self.tally.add(tally);
            code
        });
        let residents =
            (household.level == Level::Person).then(|| household.facts.rows.to_string());
        self.incoming.take(Fresh {
            digest: self.staircase.digest(&entry.door),
            key: entry.door.key(),
            door: entry.door.door.clone(),
            table: self.columns.len().saturating_sub(1),
            cells: (0..row.len())
                .map(|at| entry.row.get(at).to_owned())
                .collect(),
            residents,
            code,
        });
        Ok(())
    }
}

/// Writes the old list on.
struct Writer<'w> {
    target: &'w mut dyn Target,
    incoming: &'w Incoming,
    /// The columns of the new list's tables.
    columns: &'w [Columns],
    /// Households that stand at the end of a sheet.
    appended: BTreeMap<usize, Vec<&'w Fresh>>,
    sheets: usize,
    done: Updated,
}

impl Visitor for Writer<'_> {
    fn through(&mut self) -> Option<&mut dyn Through> {
        Some(self)
    }

    fn without_table(&mut self, sheet: Option<&str>) -> Result<bool, TableError> {
        self.target.other_sheet(sheet)
    }

    fn loose(&mut self, row: &Row) -> Result<(), TableError> {
        write_loose(row, self.target)
    }
}

impl Through for Writer<'_> {
    fn table(
        &mut self,
        sheet: &Sheet<'_>,
        rows: &mut Table<'_>,
        account: &mut SheetAccount,
        _sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<(), TableError> {
        let columns = sheet.table.columns;
        let last_header_row = rows.header_rows().1;
        let begun = Begun {
            sheet: sheet.name.as_deref(),
            columns,
            last_header_row,
            repeat_merged: !sheet.table.text,
        };
        let code = if columns.is_chinese() {
            "网格编码"
        } else {
            "grid code"
        };
        let renewed = renewed(columns);
        let headers = renewed.iter().map(|(_, header)| header.clone());
        let headers = std::iter::once(code.to_owned()).chain(headers).collect();
        let added = Added::new(headers, &begun).replacing(columns.of(Field::GridCode));
        self.target.sheet(sheet.name.as_deref(), last_header_row)?;
        let appended = self.appended.remove(&self.sheets).unwrap_or_default();
        self.sheets += 1;
        let mut below: Vec<(RowKind, Row)> = Vec::new();
        let Self {
            target,
            incoming,
            columns: tables,
            done,
            ..
        } = self;
        each(sheet, rows, account, &mut |kind, row, read| {
            let Some((_, digest)) = read else {
                below.push((kind, row.clone()));
                return Ok(());
            };
            for (kind, row) in below.drain(..) {
                added.other(kind, &row, *target)?;
            }
            let cell = |field: Field| columns.of(field).map_or("", |at| row.get(at)).to_owned();
            let Some(digest) = digest else {
                done.unnamed += 1;
                let mut values = vec![cell(Field::GridCode)];
                values.extend(renewed.iter().map(|(field, _)| cell(*field)));
                return write(&added, row, &values, *target);
            };
            let Some(fresh) = incoming.of(digest) else {
                done.gone += 1;
                if done.first_gone.len() < SHOWN {
                    let name = sheet.name.as_deref();
                    done.first_gone.push(Place::row(name, row.number()));
                }
                return Ok(());
            };
            done.renewed += 1;
            let text = |field: Field| {
                let new = fresh.text(field, tables);
                new.unwrap_or_else(|| cell(field))
            };
            let mut values = vec![fresh.code_text()];
            values.extend(renewed.iter().map(|(field, _)| text(*field)));
            write(&added, row, &values, *target)
        })?;
        // An old list without a household yet: its titles and its header come first.
        let is_head = |(kind, row): &&(RowKind, Row)| {
            row.number() <= last_header_row
                || matches!(kind, RowKind::Instruction | RowKind::Example)
        };
        let head = below.iter().take_while(is_head).count();
        for (kind, row) in below.drain(..head) {
            added.other(kind, &row, *target)?;
        }
        for fresh in appended {
            done.appended += 1;
            let row = fresh.row(columns, tables);
            let mut values = vec![fresh.code_text()];
            let texts = renewed.iter().map(|(field, _)| fresh.text(*field, tables));
            values.extend(texts.map(Option::unwrap_or_default));
            write(&added, &row, &values, *target)?;
        }
        for (kind, row) in below {
            added.other(kind, &row, *target)?;
        }
        Ok(())
    }
}

fn write(
    added: &Added,
    row: &Row,
    values: &[String],
    target: &mut dyn Target,
) -> Result<(), TableError> {
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    added.data(row, &values, target)
}

/// The columns of the old list that take the new list's texts, each with its header. Of two columns under one header
/// only the first can be found again.
fn renewed(columns: &Columns) -> Vec<(Field, String)> {
    let fields = Field::ALL.iter().copied();
    let renewed = fields.filter(|field| {
        !OF_DOORS.contains(field) && *field != Field::GridCode && *field != Field::Floor
    });
    renewed
        .filter_map(|field| {
            let at = columns.of(field)?;
            let header = columns.header(at);
            let first = columns.iter().position(|column| column.header == header);
            (first == Some(at)).then(|| (field, header.to_owned()))
        })
        .collect()
}
