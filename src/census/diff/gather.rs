//! Every household of a list with what is said of it, in the order of the list: rows are worked on by several threads.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::households::Watcher;
use super::super::judge::{self, Judge, Judged};
use super::super::one_by_one::Sheet;
use super::super::packed::Packed;
use super::super::persons::Persons;
use super::super::pipe::{self, Work};
use super::super::said::Said;
use super::super::walk::{ROWS_BETWEEN_WORDS, Through, Visitor, tell, walk};
use super::super::{Account, Options, SheetAccount};
use super::reach::Reach;
use crate::diagnostic::Diagnostic;
use crate::household::Level;
use crate::row::{Columns, Field, Row};
use crate::rule::{Findings, Settings};
use crate::table::{Chunk, Follow, Next, RowKind, Source, Table, TableError, Usual};

/// A household that was met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    /// The digest of its key; 0 where the list does not tell which household it is.
    digest: u128,
    /// What is said of it, and the code as it is written.
    pub(super) facts: Packed,
    /// Its first row.
    pub(super) row: u64,
    pub(super) reach: Reach,
}

impl Met {
    pub(super) fn new(digest: Option<u128>, facts: Packed, row: u64, reach: Reach) -> Self {
        let digest = digest.unwrap_or_default();
        Self {
            digest,
            facts,
            row,
            reach,
        }
    }

    /// The digest of its key; `None` where the list does not tell which household it is.
    #[inline]
    pub(super) fn digest(&self) -> Option<u128> {
        (self.digest != 0).then_some(self.digest)
    }
}

/// What the columns of a sheet can tell.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate thing that a sheet has or has not"
)]
pub(super) struct Shape {
    pub(super) name: Option<Arc<str>>,
    pub(super) tells_resident: bool,
    pub(super) tells_tenure: bool,
    pub(super) tells_residents: bool,
    pub(super) has_grids: bool,
    pub(super) columns: Columns,
    /// How lines of it are cut that are read again: the delimiter, and whether guards stay.
    pub(super) dialect: Option<(u8, bool)>,
}

impl Shape {
    fn of(sheet: &Sheet<'_>) -> Self {
        let columns: &Columns = sheet.table.columns;
        let has_code = columns.has(Field::GridCode);
        Self {
            name: sheet.name.clone(),
            tells_resident: has_code || columns.has(Field::ResidentType),
            tells_tenure: has_code || columns.has(Field::Tenure),
            tells_residents: sheet.level == Level::Person || columns.has(Field::Residents),
            has_grids: columns.has(Field::Grid),
            columns: columns.clone(),
            dialect: None,
        }
    }

    pub(super) fn tells_codes(&self) -> bool {
        self.tells_resident && self.tells_tenure
    }
}

/// Takes some households of a sheet, in order.
pub(super) type Take<'t> = dyn FnMut(u32, &Shape, &[Met]) + 't;

/// Goes through a list; gives back its account and what its sheets are like.
pub(super) fn gather(
    source: &Source,
    options: &Options<'_>,
    take: &mut Take<'_>,
    sink: &mut dyn FnMut(Diagnostic),
) -> Result<(Account, Vec<Shape>), TableError> {
    let mut gatherer = Gatherer {
        take,
        shapes: Vec::new(),
    };
    let account = walk(source, options, &mut gatherer, sink)?;
    Ok((account, gatherer.shapes))
}

struct Gatherer<'t> {
    take: &'t mut Take<'t>,
    shapes: Vec<Shape>,
}

impl Visitor for Gatherer<'_> {
    fn through(&mut self) -> Option<&mut dyn Through> {
        Some(self)
    }
}

impl Through for Gatherer<'_> {
    fn table(
        &mut self,
        sheet: &Sheet<'_>,
        rows: &mut Table<'_>,
        account: &mut SheetAccount,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<(), TableError> {
        let number = u32::try_from(self.shapes.len()).unwrap_or(u32::MAX);
        let shape = Shape::of(sheet);
        let mut take = |met: &[Met]| (self.take)(number, &shape, met);
        let dialect = match sheet.level {
            Level::Household => households(sheet, rows, account, &mut take, sink)?,
            Level::Person => {
                persons(sheet, rows, account, &mut take, sink)?;
                None
            }
        };
        self.shapes.push(Shape { dialect, ..shape });
        Ok(())
    }
}

/// As many households are handed over together where they come one by one.
const GROUP: usize = 1 << 10;

/// Each row is a resident: households are known when all rows are.
fn persons(
    sheet: &Sheet<'_>,
    rows: &mut Table<'_>,
    account: &mut SheetAccount,
    take: &mut dyn FnMut(&[Met]),
    sink: &mut dyn FnMut(Diagnostic),
) -> Result<(), TableError> {
    let options = sheet.options;
    let work = Persons {
        table: sheet.table,
        settings: &options.settings,
        sheet: sheet.name.clone(),
        threads: options.threads.get(),
        chunk: options.chunk,
    };
    let mut watcher = |rows| tell(options, rows);
    let (register, _) = work.run(rows, account, &mut watcher, sink)?;
    let mut group = Vec::with_capacity(GROUP);
    for (mut household, digest) in register.households().zip(register.digests()) {
        household.finish(sheet.table.codebook);
        let said = Said::of(&household, sheet.table.codebook);
        let facts = Packed::of(&said, household.code.map(|(code, _)| code));
        group.push(Met {
            digest: *digest,
            facts,
            row: household.row,
            reach: Reach::AMONG,
        });
        if group.len() == GROUP {
            take(&group);
            group.clear();
        }
    }
    take(&group);
    Ok(())
}

/// Each row is a household. Gives back how the lines of a text file are cut.
fn households(
    sheet: &Sheet<'_>,
    rows: &mut Table<'_>,
    account: &mut SheetAccount,
    take: &mut dyn FnMut(&[Met]),
    sink: &mut dyn FnMut(Diagnostic),
) -> Result<Option<(u8, bool)>, TableError> {
    let options = sheet.options;
    let mut watcher = |rows| tell(options, rows);
    let work = Rows {
        table: sheet.table,
        settings: &options.settings,
        name: sheet.name.clone(),
    };
    let mut hand = work.hand();
    let mut done = Done::default();
    while let Some(kind) = rows.next_sampled(&mut hand.1) {
        work.row(&mut hand, kind, Reach::AMONG, &mut done);
    }
    done.tell(account, take, sink);
    let Some((chunks, follow)) = rows.rest(options.chunk) else {
        one_by_one(&work, hand, rows, account, take, (&mut watcher, sink))?;
        return Ok(None);
    };
    let dialect = chunks.dialect();
    let account = RefCell::new(account);
    pipe::run(
        &work,
        chunks,
        follow,
        options.threads.get(),
        &mut |done, _, _| {
            let mut account = account.borrow_mut();
            done.tell(&mut account, take, sink);
            watcher(account.rows)
        },
    )?;
    Ok(Some(dialect))
}

/// A workbook's rows.
fn one_by_one(
    work: &Rows<'_>,
    mut hand: (Judge<'_>, Row, Usual),
    rows: &mut Table<'_>,
    account: &mut SheetAccount,
    take: &mut dyn FnMut(&[Met]),
    (watcher, sink): (&mut Watcher<'_>, &mut dyn FnMut(Diagnostic)),
) -> Result<(), TableError> {
    let mut done = Done::default();
    while let Some(kind) = rows.next(&mut hand.1)? {
        work.row(&mut hand, kind, Reach::AMONG, &mut done);
        if done.rows == ROWS_BETWEEN_WORDS {
            std::mem::take(&mut done).tell(account, take, sink);
            watcher(account.rows)?;
        }
    }
    done.tell(account, take, sink);
    Ok(())
}

/// The rows of a household-level table.
struct Rows<'t> {
    table: &'t judge::Table<'t>,
    settings: &'t Settings,
    name: Option<Arc<str>>,
}

/// What some rows come to.
#[derive(Default)]
struct Done {
    rows: u64,
    wrong: u64,
    codes: u64,
    skipped: BTreeMap<RowKind, u64>,
    /// With records counted from the first of these rows.
    findings: Vec<Diagnostic>,
    met: Vec<Met>,
}

impl Done {
    fn judged(&mut self, judged: &Judged, row: u64, reach: Reach) {
        self.wrong += u64::from(judged.wrong);
        self.codes += u64::from(judged.code.is_some());
        let facts = judged.said.with_code(judged.code);
        self.met.push(Met::new(judged.digest, facts, row, reach));
    }

    /// Accounts for the rows, and hands their households over.
    fn tell(
        self,
        account: &mut SheetAccount,
        take: &mut dyn FnMut(&[Met]),
        sink: &mut dyn FnMut(Diagnostic),
    ) {
        let data = account.data_rows();
        for mut finding in self.findings {
            finding.record += data;
            sink(finding);
        }
        let households = self.met.len() as u64;
        account.rows += self.rows;
        for (kind, count) in self.skipped {
            *account.skipped.entry(kind).or_default() += count;
        }
        account.with_errors += self.wrong;
        account.accepted += households - self.wrong;
        account.households += households;
        account.codes += self.codes;
        take(&self.met);
    }
}

impl Rows<'_> {
    fn row(
        &self,
        (judge, row, _): &mut (Judge<'_>, Row, Usual),
        kind: RowKind,
        reach: Reach,
        done: &mut Done,
    ) {
        done.rows += 1;
        if kind != RowKind::Data {
            *done.skipped.entry(kind).or_default() += 1;
            return;
        }
        let record = done.met.len() as u64 + 1;
        let findings = &mut done.findings;
        let mut keep = |finding| findings.push(finding);
        let mut found = Findings::new(self.name.clone(), self.settings, &mut keep);
        let judged = judge.row(row, record, None, &mut found);
        done.judged(&judged, row.number(), reach);
    }
}

impl<'t> Work for Rows<'t> {
    type Hand = (Judge<'t>, Row, Usual);
    type Done = Done;

    fn hand(&self) -> Self::Hand {
        (Judge::new(self.table), Row::default(), Usual::default())
    }

    fn chunk(&self, hand: &mut Self::Hand, chunk: &Chunk, follow: &mut Follow<'_>) -> Done {
        let mut done = Done::default();
        let rows = usize::try_from(chunk.row_count()).unwrap_or_default();
        done.met.reserve(rows);
        let mut rows = chunk.rows();
        let mut follows = false;
        loop {
            let begins = rows.place();
            let Some(next) = rows.advance(&mut hand.1) else {
                return done;
            };
            let mut reach = Reach::AMONG;
            if let Next::Line(line) = next {
                let silently = follow
                    .is_household_too(&line, &mut hand.2, follows)
                    .then(|| hand.0.silently(&line, follows))
                    .flatten();
                if let Some(judged) = silently {
                    follows = true;
                    done.rows += 1;
                    done.judged(&judged, line.number(), Reach::line(begins));
                    continue;
                }
                line.fill(&mut hand.1);
                if follow.carries_nothing() {
                    reach = Reach::line(begins);
                }
            }
            follows = false;
            let kind = follow.take(&mut hand.1);
            self.row(hand, kind, reach, &mut done);
        }
    }
}
