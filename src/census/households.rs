//! A household-level table from its first row to its last: judged, counted, and written on with codes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::SheetAccount;
use super::coding::Tally;
use super::index::KeyIndex;
use super::judge::{Judge, Judged, Table};
use super::pipe::{self, Work};
use super::target::{Added, LinesWriter, Target};
use crate::code::GridCode;
use crate::diagnostic::Diagnostic;
use crate::household::Earlier;
use crate::row::{Cells, Field, Row};
use crate::rule::{Findings, Settings};
use crate::table::{self, Chunk, CsvCells, CsvOptions, Follow, Next, RowKind, TableError, Usual};

/// Where rows go on to, each with its code.
pub(super) struct Writing<'w> {
    pub(super) added: &'w Added,
    pub(super) target: &'w mut dyn Target,
}

/// The table that is worked on.
pub(super) struct Households<'t> {
    pub(super) table: &'t Table<'t>,
    pub(super) settings: &'t Settings,
    pub(super) sheet: Option<Arc<str>>,
    pub(super) threads: usize,
    /// How much text a chunk has, about.
    pub(super) chunk: usize,
}

/// Who hears of the rows read so far, and may stop the work.
pub(super) type Watcher<'w> = dyn FnMut(u64) -> Result<(), TableError> + 'w;

impl Households<'_> {
    /// Works through the table.
    pub(super) fn run(
        &self,
        rows: &mut table::Table<'_>,
        mut writing: Option<Writing<'_>>,
        account: &mut SheetAccount,
        watcher: &mut Watcher<'_>,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<Tally, TableError> {
        let mut judge = Judge::new(self.table);
        let mut index = KeyIndex::default();
        let mut tally = Tally::default();
        let mut row = Row::default();
        while let Some(kind) = rows.next_sampled(&mut row) {
            tally.add(self.one_row(
                &mut judge,
                &mut index,
                &row,
                kind,
                &mut writing,
                account,
                sink,
            )?);
        }
        let lines = match &writing {
            None => Some(None),
            Some(writing) => writing.target.csv().map(Some),
        };
        let rest = lines.and_then(|lines| Some((lines, rows.rest(self.chunk)?)));
        let Some((lines, (chunks, follow))) = rest else {
            while let Some(kind) = rows.next(&mut row)? {
                tally.add(self.one_row(
                    &mut judge,
                    &mut index,
                    &row,
                    kind,
                    &mut writing,
                    account,
                    sink,
                )?);
                if account.rows.is_multiple_of(super::walk::ROWS_BETWEEN_WORDS) {
                    watcher(account.rows)?;
                }
            }
            return Ok(tally);
        };
        let work = Chunked {
            households: self,
            added: writing.as_ref().map(|writing| writing.added),
            lines,
            no_cells: CsvCells::default(),
            code: self.table.columns.of(Field::GridCode),
        };
        let again = RefCell::new(work.hand());
        let target = &mut writing;
        pipe::run(
            &work,
            chunks,
            follow,
            self.threads,
            &mut |done, chunk, follow| {
                let mut done: Done = done;
                let known = index.meet_all(&done.keys);
                if !known.is_empty() {
                    // Somebody listed twice: what is said of that row is known only now.
                    let (hand, mut follow) = (&mut *again.borrow_mut(), follow.clone());
                    done = work.rows(hand, chunk, &mut follow, &known);
                }
                if let Some(Writing { target, .. }) = target {
                    match &mut done.text {
                        Some(text) => target.append(&mut text.lines, done.failed)?,
                        None => done.failed.map_or(Ok(()), Err)?,
                    }
                }
                let data = account.data_rows();
                for mut finding in done.findings {
                    finding.record += data;
                    sink(finding);
                }
                account.rows += done.rows;
                for (kind, count) in done.skipped {
                    *account.skipped.entry(kind).or_default() += count;
                }
                account.with_errors += done.wrong;
                account.accepted += done.data - done.wrong;
                account.households += done.data;
                account.codes += done.codes;
                tally.add(done.tally);
                watcher(account.rows)
            },
        )?;
        Ok(tally)
    }

    /// One row on the thread of the caller.
    #[expect(clippy::too_many_arguments, reason = "all that a row has to do with")]
    fn one_row(
        &self,
        judge: &mut Judge<'_>,
        index: &mut KeyIndex,
        row: &Row,
        kind: RowKind,
        writing: &mut Option<Writing<'_>>,
        account: &mut SheetAccount,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<Tally, TableError> {
        account.rows += 1;
        if kind != RowKind::Data {
            *account.skipped.entry(kind).or_default() += 1;
            if let Some(Writing { added, target }) = writing {
                added.other(kind, row, *target)?;
            }
            return Ok(Tally::default());
        }
        let record = account.data_rows() + 1;
        let mut findings = Vec::new();
        let mut once = |earlier, findings: &mut Vec<Diagnostic>| {
            findings.clear();
            let mut keep = |finding| findings.push(finding);
            let mut found = Findings::new(self.sheet.clone(), self.settings, &mut keep);
            judge.row(row, record, earlier, &mut found)
        };
        let mut judged = once(None, &mut findings);
        let known = judged.digest.and_then(|digest| {
            let (row, code) = (row.number(), judged.code);
            index.meet(digest, Earlier { row, code })
        });
        if known.is_some() {
            judged = once(known, &mut findings);
        }
        findings.into_iter().for_each(sink);
        account.households += 1;
        account.codes += u64::from(judged.code.is_some());
        account.with_errors += u64::from(judged.wrong);
        account.accepted += u64::from(!judged.wrong);
        if let Some(Writing { added, target }) = writing {
            let mut buffer = [0; GridCode::MAX_LEN];
            let text = judged.new.map_or("", |code| code.encode_into(&mut buffer));
            added.data(row, &[text], *target)?;
        }
        Ok(judged.tally)
    }
}

/// The table's rows, chunk by chunk.
struct Chunked<'w> {
    households: &'w Households<'w>,
    added: Option<&'w Added>,
    /// How rows are written, where they are.
    lines: Option<CsvOptions>,
    no_cells: CsvCells,
    /// The column of codes.
    code: Option<usize>,
}

/// What one thread works with.
struct Hand<'w> {
    judge: Judge<'w>,
    row: Row,
    usual: Usual,
}

/// A household met in a chunk: its key, and what a later one with the same key has to know of it.
pub(super) type Met = (u128, Earlier);

/// What a chunk of households comes to.
#[derive(Default)]
struct Done {
    rows: u64,
    data: u64,
    wrong: u64,
    codes: u64,
    skipped: BTreeMap<RowKind, u64>,
    /// With records counted from the chunk's first.
    findings: Vec<Diagnostic>,
    keys: Vec<Met>,
    tally: Tally,
    text: Option<LinesWriter>,
    failed: Option<TableError>,
}

impl<'w> Work for Chunked<'w> {
    type Hand = Hand<'w>;
    type Done = Done;

    fn hand(&self) -> Hand<'w> {
        Hand {
            judge: Judge::new(self.households.table),
            row: Row::default(),
            usual: Usual::default(),
        }
    }

    fn chunk(&self, hand: &mut Hand<'w>, chunk: &Chunk, follow: &mut Follow<'_>) -> Done {
        self.rows(hand, chunk, follow, &BTreeMap::new())
    }
}

impl Chunked<'_> {
    /// Works on the rows of a chunk; `known` says which were met before, by row number.
    fn rows(
        &self,
        hand: &mut Hand<'_>,
        chunk: &Chunk,
        follow: &mut Follow<'_>,
        known: &BTreeMap<u64, Earlier>,
    ) -> Done {
        let Hand { judge, row, usual } = hand;
        let mut done = Done::default();
        let bytes = chunk.text().len() * 9 / 8;
        let writer = |options| LinesWriter::new(options, bytes);
        let mut text = match self.lines.map(writer).transpose() {
            Ok(text) => text,
            Err(error) => {
                done.failed = Some(error);
                return done;
            }
        };
        let rows = usize::try_from(chunk.row_count()).unwrap_or_default();
        done.keys.reserve(rows);
        let mut findings = Vec::new();
        let mut keep = |finding| findings.push(finding);
        let households = self.households;
        let mut found = Findings::new(households.sheet.clone(), households.settings, &mut keep);
        let mut rows = chunk.rows();
        let mut follows = false;
        while let Some(next) = rows.advance(row) {
            done.rows += 1;
            if let Next::Line(line) = next {
                let silently = (known.is_empty() && follow.is_household_too(&line, usual, follows))
                    .then(|| judge.silently(&line, follows))
                    .flatten();
                if let Some(judged) = silently {
                    follows = true;
                    done.data += 1;
                    done.judged(&judged, line.number());
                    // Most codes stay as they are, and then they stand there.
                    let stands = self.code.filter(|_| judged.new == judged.code);
                    let stands = stands.map(|column| line.get(column));
                    let copied = self.copy(&line, stands, judged.new, &mut text);
                    let written = copied.and_then(|copied| {
                        if copied {
                            return Ok(());
                        }
                        line.fill(row);
                        self.data(row, judged.new, &mut text)
                    });
                    if let Err(error) = written {
                        done.failed = Some(error);
                        break;
                    }
                    continue;
                }
                line.fill(row);
            }
            follows = false;
            let kind = follow.take(row);
            let written = if kind == RowKind::Data {
                done.data += 1;
                let earlier = known.get(&row.number()).copied();
                let judged = judge.row(row, done.data, earlier, &mut found);
                done.judged(&judged, row.number());
                match self.copy(&row.cells(), None, judged.new, &mut text) {
                    Ok(false) => self.data(row, judged.new, &mut text),
                    copied => copied.map(|_| ()),
                }
            } else {
                *done.skipped.entry(kind).or_default() += 1;
                match (self.added, &mut text) {
                    (Some(added), Some(text)) => added.other(kind, row, text),
                    _ => Ok(()),
                }
            };
            if let Err(error) = written {
                done.failed = Some(error);
                break;
            }
        }
        done.findings = findings;
        done.text = text;
        done
    }

    /// Writes a household's row as a line with its code, which `stands` in it already where that is known. `false` where
    /// that cannot be; `true` also where nothing is written.
    #[inline]
    fn copy(
        &self,
        row: &Cells<'_>,
        stands: Option<&str>,
        code: Option<GridCode>,
        text: &mut Option<LinesWriter>,
    ) -> Result<bool, TableError> {
        let (Some(added), Some(text)) = (self.added, text) else {
            return Ok(true);
        };
        let mut buffer = [0; GridCode::MAX_LEN];
        let cell = match (stands, code) {
            (Some(cell), _) => cell,
            (None, Some(code)) => code.encode_into(&mut buffer),
            (None, None) => "",
        };
        added.copy(row, cell, &self.no_cells, text)
    }

    /// Writes a household's row cell by cell.
    fn data(
        &self,
        row: &Row,
        code: Option<GridCode>,
        text: &mut Option<LinesWriter>,
    ) -> Result<(), TableError> {
        let (Some(added), Some(text)) = (self.added, text) else {
            return Ok(());
        };
        let mut buffer = [0; GridCode::MAX_LEN];
        let cell = code.map_or("", |code| code.encode_into(&mut buffer));
        added.data(row, &[cell], text)
    }
}

impl Done {
    /// Counts a household that was judged.
    #[inline]
    fn judged(&mut self, judged: &Judged, row: u64) {
        if let Some(digest) = judged.digest {
            let code = judged.code;
            self.keys.push((digest, Earlier { row, code }));
        }
        self.wrong += u64::from(judged.wrong);
        self.codes += u64::from(judged.code.is_some());
        self.tally.add(judged.tally);
    }
}
