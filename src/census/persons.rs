//! A person-level table read for the first time: rows judged, and what they say of their households entered in the register.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::SheetAccount;
use super::along::Along;
use super::coding::Tally;
use super::households::Watcher;
use super::judge::Table;
use super::person_rows::{EachRow, PersonRows};
use super::register::Register;
use super::wrong_rows::WrongRows;
use crate::diagnostic::{Diagnostic, Severity};
use crate::household::Statement;
use crate::row::Row;
use crate::rule::{Context, Findings, Settings, judge_household, judge_row};
use crate::table::{self, RowKind, TableError};

/// The table that is worked on.
pub(super) struct Persons<'t> {
    pub(super) table: &'t Table<'t>,
    pub(super) settings: &'t Settings,
    pub(super) sheet: Option<Arc<str>>,
    pub(super) threads: usize,
    /// How much text a chunk has, about.
    pub(super) chunk: usize,
}

/// As many households are looked up in the register together.
const GROUP: usize = 32;

impl Persons<'_> {
    /// Works through the table; gives back its households, and what becomes of them where they are to get codes.
    ///
    /// What is said of a whole household comes after all rows, household by household.
    pub(super) fn run(
        &self,
        rows: &mut table::Table<'_>,
        account: &mut SheetAccount,
        watcher: &mut Watcher<'_>,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<(Register, Tally), TableError> {
        let mut register = if self.table.compared {
            Register::keeping_digests()
        } else {
            Register::default()
        };
        let mut wrong = WrongRows::default();
        let work = PersonRows {
            each: self,
            table: self.table,
            threads: self.threads,
            chunk: self.chunk,
        };
        let mut absorb = |mut read: Read| {
            let data = account.data_rows();
            for mut finding in read.findings {
                finding.record += data;
                if finding.severity == Severity::Error {
                    wrong.insert(finding.record);
                }
                sink(finding);
            }
            for group in read.statements.chunks_mut(GROUP) {
                for (digest, _) in &*group {
                    register.approach(*digest);
                }
                for (digest, statement) in group {
                    statement.record += data;
                    register.add(*digest, statement);
                }
            }
            account.rows += read.rows;
            for (kind, count) in read.skipped {
                *account.skipped.entry(kind).or_default() += count;
            }
            account.accepted += read.data;
            account.codes += read.codes;
            Ok(account.rows)
        };
        work.run(rows, &mut absorb, watcher)?;
        register.close();
        account.households = register.len();

        let context = self.context();
        let mut tally = Tally::default();
        let mut noting = |finding: Diagnostic| {
            if finding.severity == Severity::Error {
                wrong.insert(finding.record);
            }
            sink(finding);
        };
        let mut found = Findings::new(self.sheet.clone(), self.settings, &mut noting);
        for (mut household, number) in register.households().zip(1_u64..) {
            if number.is_multiple_of(super::walk::ROWS_BETWEEN_WORDS) {
                watcher(account.rows)?;
            }
            household.finish(context.codebook);
            judge_household(&household, &context, &mut found);
            if let Some(coding) = &self.table.coding {
                let code = coding.code_of(&household);
                tally.add(coding.count(&household, code, context.columns, &mut found));
            }
        }
        account.with_errors = wrong.count();
        account.accepted -= wrong.count();
        Ok((register, tally))
    }

    fn context(&self) -> Context<'_> {
        Context {
            codebook: self.table.codebook,
            columns: self.table.columns,
            on: self.table.on,
        }
    }
}

/// What some rows come to, with records counted from the first of them.
#[derive(Default)]
pub(super) struct Read {
    rows: u64,
    data: u64,
    codes: u64,
    skipped: BTreeMap<RowKind, u64>,
    findings: Vec<Diagnostic>,
    statements: Vec<(u128, Statement)>,
}

impl EachRow for Persons<'_> {
    type Done = Read;

    const WHOLE: bool = true;

    fn nothing(&self) -> Read {
        Read::default()
    }

    fn row(&self, row: &mut Row, kind: RowKind, along: &mut Along<'_>, done: &mut Read) {
        done.rows += 1;
        if kind != RowKind::Data {
            *done.skipped.entry(kind).or_default() += 1;
            return;
        }
        done.data += 1;
        let Read {
            data,
            codes,
            findings,
            statements,
            ..
        } = done;
        let context = self.context();
        let mut keep = |finding| findings.push(finding);
        let mut found = Findings::new(self.sheet.clone(), self.settings, &mut keep);
        along.read(row, *data, |_, entry, household| {
            judge_row(entry, &context, &mut found);
            let statement = Statement::of(entry, context.codebook, context.on);
            *codes += u64::from(statement.code.is_some());
            statements.push((household, statement));
        });
    }
}
