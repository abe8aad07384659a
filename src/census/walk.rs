//! The one way through a list: every row in order, rules applied, households told apart, every row accounted for.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::coding::{Coding, Tally};
use super::fold::{Fold, Households, continue_household};
use super::households::{self, Writing};
use super::judge::{self, is_ragged};
use super::sheets::{chosen, each_row, find_table, fitting};
use super::{Account, Options, RuleCount, SheetAccount};
use crate::diagnostic::{Diagnostic, Severity};
use crate::household::{Entry, Household, Level, Recall};
use crate::lang::Text;
use crate::row::{Columns, Row};
use crate::rule::{Context, Findings, judge_household, judge_row};
use crate::table::{Book, Format, RowKind, Source, Table, TableError};

/// A table as its rows begin.
pub(super) struct Begun<'w> {
    pub(super) sheet: Option<&'w str>,
    pub(super) columns: &'w Columns,
    pub(super) last_header_row: u64,
    pub(super) level: Level,
    /// Cells filled from a merged area belong to every row of it; in a text file they are blank as written.
    pub(super) repeat_merged: bool,
}

/// What a command does with the rows on their way.
pub(super) trait Visitor {
    /// A table begins.
    fn table(&mut self, _begun: &Begun<'_>) -> Result<(), TableError> {
        Ok(())
    }

    /// How the households of a household-level table are coded and written, where they are.
    fn coding(&mut self) -> Option<(Coding<'_>, Writing<'_>)> {
        None
    }

    /// What became of the households of a household-level table.
    fn counted(&mut self, _tally: Tally) {}

    /// A household of a person-level table is complete: after all its rows.
    fn household(
        &mut self,
        _household: &Household,
        _context: &Context<'_>,
        _found: &mut Findings<'_>,
    ) {
    }

    /// A row of a person-level table that is no data, as it stands in the file.
    fn row(&mut self, _kind: RowKind, _row: &Row) -> Result<(), TableError> {
        Ok(())
    }

    /// A data row of a person-level table as it stands in the file, with what was read from it.
    fn data(&mut self, _row: &Row, _entry: &Entry<'_>) -> Result<(), TableError> {
        Ok(())
    }

    /// A sheet without a table; `true` asks for its rows.
    fn without_table(&mut self, _sheet: Option<&str>) -> Result<bool, TableError> {
        Ok(false)
    }

    /// A row of a sheet without a table.
    fn loose(&mut self, _row: &Row) -> Result<(), TableError> {
        Ok(())
    }

    /// A person-level table is over; `true` asks to walk through it once more.
    fn end(&mut self, _households: Households) -> bool {
        false
    }
}

/// Walks through every table of a file.
pub(super) fn walk(
    source: &Source,
    options: &Options<'_>,
    visitor: &mut dyn Visitor,
    sink: &mut dyn FnMut(Diagnostic),
) -> Result<Account, TableError> {
    let mut book = Book::open(source, &options.read)?;
    let mut account = Account {
        file: source.name().to_owned(),
        notes: book.notes().to_vec(),
        ..Account::default()
    };
    let mut rules = BTreeMap::new();
    let mut no_table = None;
    let fits = fitting(options.codebook);
    let sheets = chosen(&book, options.sheet.as_ref())?;
    for index in sheets {
        let sheet = book
            .sheets()
            .get(index)
            .and_then(|sheet| sheet.name.clone());
        let mut tallied = |finding: Diagnostic| {
            count(&mut rules, &finding);
            sink(finding);
        };
        let text = book.format() == Format::Text;
        let mut walk = Walk {
            options,
            sheet: sheet.clone(),
            text,
            account: SheetAccount::default(),
        };
        walk.account.sheet = sheet.as_deref().map(str::to_owned);
        let found = match find_table(&mut book, index, options, &fits) {
            Ok(table) => Ok(walk.table(table, visitor, &mut tallied)?),
            Err(error @ TableError::NoTable { .. }) => Err(error),
            Err(error) => return Err(error),
        };
        match found {
            Ok(ended) => {
                for note in ended.notes {
                    // Forty sheets of one shape are described once.
                    if !account.notes.contains(&note) {
                        account.notes.push(note);
                    }
                }
                if ended.again {
                    let mut again = Walk {
                        options,
                        sheet,
                        text,
                        account: SheetAccount::default(),
                    };
                    again.table(
                        find_table(&mut book, index, options, &fits)?,
                        visitor,
                        &mut |_| {},
                    )?;
                }
            }
            Err(error) => {
                let kept = visitor.without_table(sheet.as_deref())?;
                let rows = each_row(&mut book, index, &mut |row| {
                    if kept { visitor.loose(row) } else { Ok(()) }
                })?;
                walk.account.rows = rows;
                walk.account.without_table = rows;
                if rows > 0 {
                    account
                        .notes
                        .push(without_table_note(sheet.as_deref(), rows, kept));
                }
                no_table.get_or_insert(error);
            }
        }
        account.sheets.push(walk.account);
    }
    account.rules = rules;
    if options.sheet.is_none() {
        account.notes.extend(hidden_note(&book));
    }
    match no_table {
        Some(error) if account.sheets.iter().all(|sheet| sheet.level.is_none()) => Err(error),
        _ => Ok(account),
    }
}

/// How often somebody who watches hears of the rows.
pub(super) const ROWS_BETWEEN_WORDS: u64 = 1 << 14;

struct Walk<'o> {
    options: &'o Options<'o>,
    sheet: Option<Arc<str>>,
    /// In a text file each row tells how many cells it has.
    text: bool,
    account: SheetAccount,
}

struct Ended {
    notes: Vec<Text>,
    again: bool,
}

impl Walk<'_> {
    fn table(
        &mut self,
        mut table: Table<'_>,
        visitor: &mut dyn Visitor,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<Ended, TableError> {
        let options = self.options;
        let columns = table.columns().clone();
        let level = options
            .level
            .unwrap_or_else(|| Level::detect(&columns, table.sample(), options.codebook));
        self.account.level = Some(level);
        let mut notes = table.notes().to_vec();
        notes.push(level_note(level));
        visitor.table(&Begun {
            sheet: self.sheet.as_deref(),
            columns: &columns,
            last_header_row: table.header_rows().1,
            level,
            repeat_merged: !self.text,
        })?;

        if level == Level::Household {
            self.households(&mut table, &columns, visitor, sink)?;
            return Ok(Ended {
                notes,
                again: false,
            });
        }
        let again = self.persons(&mut table, &columns, visitor, sink)?;
        Ok(Ended { notes, again })
    }

    /// Each row is a household: what can be said of it can be said at once.
    fn households(
        &mut self,
        table: &mut Table<'_>,
        columns: &Columns,
        visitor: &mut dyn Visitor,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<(), TableError> {
        let options = self.options;
        let (coding, writing) = visitor.coding().unzip();
        let judged = judge::Table {
            columns,
            codebook: options.codebook,
            on: options.on,
            text: self.text,
            remarks_from: table.remarks_from(),
            coding,
        };
        let households = households::Households {
            table: &judged,
            settings: &options.settings,
            sheet: self.sheet.clone(),
            threads: options.threads.get(),
            chunk: options.chunk,
        };
        let mut watcher = |rows| match options.watch {
            Some(watch) if !watch.rows(rows) => Err(TableError::Interrupted),
            _ => Ok(()),
        };
        let tally = households.run(table, writing, &mut self.account, &mut watcher, sink)?;
        visitor.counted(tally);
        Ok(())
    }

    /// Each row is a resident: a household is known when all rows are. `true` asks to walk through the table once more.
    fn persons(
        &mut self,
        table: &mut Table<'_>,
        columns: &Columns,
        visitor: &mut dyn Visitor,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<bool, TableError> {
        let options = self.options;
        let context = Context {
            codebook: options.codebook,
            columns,
            on: options.on,
        };
        // The rows at fault: what is wrong with a household of many rows may stand in any of them.
        let with_errors = RefCell::new(BTreeSet::new());
        let mut noting = |finding: Diagnostic| {
            if finding.severity == Severity::Error {
                with_errors.borrow_mut().insert(finding.place.row);
            }
            sink(finding);
        };
        let mut found = Findings::new(self.sheet.clone(), &options.settings, &mut noting);
        let mut fold = Fold::new(options.codebook, options.on);
        let (mut row, mut before) = (Row::default(), None);
        let mut recall = Recall::default();
        while let Some(kind) = table.next(&mut row)? {
            self.account.rows += 1;
            self.tell_watcher()?;
            if kind != RowKind::Data {
                *self.account.skipped.entry(kind).or_default() += 1;
                visitor.row(kind, &row)?;
                continue;
            }
            let record = self.account.data_rows() + 1;
            let original = row.clone();
            continue_household(&mut row, &mut before, columns);
            let level = Level::Person;
            let mut entry =
                Entry::recalling(&mut recall, &row, columns, record, level, options.codebook);
            entry.ragged = is_ragged(&original, columns, table.remarks_from(), self.text);
            self.account.codes += u64::from(entry.sure_code().is_some());
            judge_row(&entry, &context, &mut found);
            fold.add(&entry);
            visitor.data(&original, &entry)?;
            self.account.accepted += 1;
        }
        let households = fold.finish();
        self.account.households = households.list.len() as u64;
        for household in &households.list {
            judge_household(household, &context, &mut found);
            visitor.household(household, &context, &mut found);
        }
        let wrong = with_errors.borrow().len() as u64;
        self.account.with_errors = wrong;
        self.account.accepted -= wrong;
        Ok(visitor.end(households))
    }

    fn tell_watcher(&self) -> Result<(), TableError> {
        let due = self.account.rows.is_multiple_of(ROWS_BETWEEN_WORDS);
        match self.options.watch {
            Some(watch) if due && !watch.rows(self.account.rows) => Err(TableError::Interrupted),
            _ => Ok(()),
        }
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

/// Hidden sheets are somebody's drafts; that they are passed over has to be said.
fn hidden_note(book: &Book) -> Option<Text> {
    let some_visible = book.sheets().iter().any(|sheet| sheet.visible);
    let hidden = book.sheets().iter().filter(|sheet| !sheet.visible);
    let names: Vec<&str> = hidden.filter_map(|sheet| sheet.name.as_deref()).collect();
    (some_visible && !names.is_empty()).then(|| {
        Text::new(
            format!(
                "隐藏的工作表没有读取：{}；要读取请用 --sheet 指明",
                names.join("、")
            ),
            format!(
                "hidden sheets were not read: {}; name one with --sheet to read it",
                names.join(", ")
            ),
        )
    })
}

fn level_note(level: Level) -> Text {
    Text::of(|lang| {
        lang.pick(
            format!("名单：{}", level.label(lang)),
            format!("the list is {}", level.label(lang)),
        )
    })
}

/// What became of a sheet without a table.
pub(super) fn without_table_note(sheet: Option<&str>, rows: u64, kept: bool) -> Text {
    let sheet = sheet.unwrap_or_default();
    if kept {
        return Text::new(
            format!("工作表“{sheet}”中没有住户表格，{rows} 行原样写出"),
            format!(
                "sheet \"{sheet}\" holds no household table: its {rows} rows are written as they are"
            ),
        );
    }
    Text::new(
        format!("工作表“{sheet}”中没有住户表格，跳过 {rows} 行"),
        format!("sheet \"{sheet}\" holds no household table: {rows} rows skipped"),
    )
}
