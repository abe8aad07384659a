//! The one way through a list: every row in order, rules applied, households told apart, every row accounted for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fold::{Fold, Households, continue_household};
use super::sheets::{SheetTable, find_table};
use super::{Account, Options, RuleCount, SheetAccount};
use crate::diagnostic::{Diagnostic, Severity};
use crate::household::{Entry, Household, Level};
use crate::lang::Text;
use crate::row::{Columns, Row};
use crate::rule::{Context, Findings, all};
use crate::table::{Book, RowKind, Source, Table, TableError};

/// What a command does with the rows on their way.
pub(super) trait Visitor {
    /// A table begins.
    fn table(&mut self, _sheet: Option<&str>, _columns: &Columns) -> Result<(), TableError> {
        Ok(())
    }

    /// A row that is no data, or a resident's row: as it stands in the file.
    fn row(&mut self, _kind: RowKind, _row: &Row) -> Result<(), TableError> {
        Ok(())
    }

    /// A data row as it stands in the file, with what was read from it, and its household where the row completes it.
    fn data(
        &mut self,
        _row: &Row,
        _entry: &Entry<'_>,
        _household: Option<&Household>,
        _found: &mut Findings<'_>,
    ) -> Result<(), TableError> {
        Ok(())
    }

    /// All households of a person-level table.
    fn households(&mut self, _households: Households) {}
}

/// Walks through every table of a file.
pub(super) fn walk(
    source: &Source,
    options: &Options<'_>,
    visitor: &mut dyn Visitor,
    sink: &mut dyn FnMut(Diagnostic),
) -> Result<Account, TableError> {
    let book = Book::open(source, &options.read)?;
    let mut account = Account { file: source.name().to_owned(), notes: book.notes().to_vec(), ..Account::default() };
    let mut rules = BTreeMap::new();
    let mut no_table = None;
    for (index, sheet) in book.sheets().iter().enumerate() {
        match find_table(&book, index, options)? {
            SheetTable::Found(table) => {
                let mut tallied = |finding: Diagnostic| {
                    count(&mut rules, &finding);
                    sink(finding);
                };
                let mut walk = Walk { options, sheet: sheet.name.clone(), account: SheetAccount::default() };
                walk.account.sheet = sheet.name.as_deref().map(str::to_owned);
                account.notes.extend(table.notes().iter().cloned());
                let level = walk.table(*table, visitor, &mut tallied)?;
                account.notes.push(level_note(level));
                account.sheets.push(walk.account);
            }
            SheetTable::None { rows, error } => {
                if rows > 0 {
                    account.notes.push(skipped_note(sheet.name.as_deref(), rows));
                }
                no_table.get_or_insert(error);
                account.sheets.push(SheetAccount {
                    sheet: sheet.name.as_deref().map(str::to_owned),
                    rows,
                    without_table: rows,
                    ..SheetAccount::default()
                });
            }
        }
    }
    account.rules = rules;
    match no_table {
        Some(error) if account.sheets.iter().all(|sheet| sheet.level.is_none()) => Err(error),
        _ => Ok(account),
    }
}

/// How often somebody who watches hears of the rows.
const ROWS_BETWEEN_WORDS: u64 = 1 << 14;

struct Walk<'o> {
    options: &'o Options<'o>,
    sheet: Option<Arc<str>>,
    account: SheetAccount,
}

impl Walk<'_> {
    fn table(
        &mut self,
        mut table: Table<'_>,
        visitor: &mut dyn Visitor,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<Level, TableError> {
        let options = self.options;
        let columns = table.columns().clone();
        let level = options.level.unwrap_or_else(|| Level::detect(&columns, table.sample()));
        self.account.level = Some(level);
        visitor.table(self.sheet.as_deref(), &columns)?;

        let context = Context { codebook: options.codebook, columns: &columns, on: options.on };
        let mut found = Findings::new(self.sheet.clone(), &options.settings, sink);
        let mut fold = Fold::new(level, options.codebook, options.on);
        let mut with_errors = BTreeSet::new();
        let (mut row, mut before) = (Row::default(), None);
        while let Some(kind) = table.next_row(&mut row)? {
            self.account.rows += 1;
            if self.account.rows % ROWS_BETWEEN_WORDS == 0
                && options.watch.is_some_and(|watch| !watch.rows(self.account.rows, None))
            {
                return Err(TableError::Interrupted);
            }
            if kind != RowKind::Data {
                *self.account.skipped.entry(kind).or_default() += 1;
                visitor.row(kind, &row)?;
                continue;
            }
            let record = self.account.data_rows() + 1;
            let original = (level == Level::Person).then(|| row.clone());
            if level == Level::Person {
                continue_household(&mut row, &mut before, &columns);
            }
            let mut entry = Entry::read(&row, &columns, record, level, options.codebook);
            entry.ragged = table.is_ragged(original.as_ref().unwrap_or(&row));
            self.account.codes += u64::from(entry.sure_code().is_some());
            for rule in all() {
                rule.row(&entry, &context, &mut found);
            }
            let household = fold.add(&entry);
            if let Some(household) = &household {
                for rule in all() {
                    rule.household(household, &context, &mut found);
                }
            }
            visitor.data(original.as_ref().unwrap_or(&row), &entry, household.as_ref(), &mut found)?;
            if found.take_worst() == Some(Severity::Error) {
                self.account.with_errors += 1;
                if level == Level::Person {
                    with_errors.insert(row.number());
                }
            } else {
                self.account.accepted += 1;
            }
        }
        let (complete, households) = fold.finish();
        self.account.households = complete;
        for household in &households.list {
            for rule in all() {
                rule.household(household, &context, &mut found);
            }
            if found.take_worst() == Some(Severity::Error) && with_errors.insert(household.row) {
                self.account.with_errors += 1;
                self.account.accepted -= 1;
            }
        }
        visitor.households(households);
        Ok(level)
    }
}

fn count(rules: &mut BTreeMap<&'static str, RuleCount>, finding: &Diagnostic) {
    let rule = rules.entry(finding.rule).or_insert_with(|| RuleCount {
        errors: 0,
        warnings: 0,
        notes: 0,
        first: finding.place.clone(),
    });
    match finding.severity {
        Severity::Error => rule.errors += 1,
        Severity::Warning => rule.warnings += 1,
        Severity::Note => rule.notes += 1,
    }
}

fn level_note(level: Level) -> Text {
    Text::of(|lang| {
        lang.pick(
            format!("名单：{}", level.label(lang)),
            format!("the list is {}", level.label(lang)),
        )
    })
}

fn skipped_note(sheet: Option<&str>, rows: u64) -> Text {
    let sheet = sheet.unwrap_or_default();
    Text::new(
        format!("工作表“{sheet}”中没有住户表格，跳过 {rows} 行"),
        format!("sheet \"{sheet}\" holds no household table: {rows} rows skipped"),
    )
}
