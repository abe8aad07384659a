//! The one way through a list: every row in order, rules applied, households told apart, every row accounted for.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::coding::{Coding, Tally};
use super::households::{self, Writing};
use super::judge;
use super::one_by_one::{self, Folded, OneByOne};
use super::register::Register;
use super::sheets::{chosen, each_row, find_table, fitting};
use super::{Account, Options, RuleCount, SheetAccount, person_codes, persons};
use crate::diagnostic::{Diagnostic, Severity};
use crate::household::Level;
use crate::lang::Text;
use crate::row::{Columns, Row};
use crate::table::{Book, Format, Remedy, Source, Table, TableError};

/// A table as its rows begin.
pub(super) struct Begun<'w> {
    pub(super) sheet: Option<&'w str>,
    pub(super) columns: &'w Columns,
    pub(super) last_header_row: u64,
    /// Cells filled from a merged area belong to every row of it; in a text file they are blank as written.
    pub(super) repeat_merged: bool,
}

/// What a command does with the rows on their way.
pub(super) trait Visitor {
    /// A table begins.
    fn table(&mut self, _begun: &Begun<'_>) -> Result<(), TableError> {
        Ok(())
    }

    /// Whether a list of residents is read a second time, when all households are known.
    fn reads_residents_twice(&self) -> bool {
        false
    }

    /// How the households of a table are coded and written, where they are.
    fn coding(&mut self) -> Option<(Coding<'_>, Writing<'_>)> {
        None
    }

    /// Who takes the households of all tables one by one, where somebody does.
    fn one_by_one(&mut self) -> Option<&mut dyn OneByOne> {
        None
    }

    /// Who goes through the tables in a way of their own, where somebody does.
    fn through(&mut self) -> Option<&mut dyn Through> {
        None
    }

    /// What became of the households of a table.
    fn counted(&mut self, _tally: Tally) {}

    /// A sheet without a table; `true` asks for its rows.
    fn without_table(&mut self, _sheet: Option<&str>) -> Result<bool, TableError> {
        Ok(false)
    }

    /// A row of a sheet without a table.
    fn loose(&mut self, _row: &Row) -> Result<(), TableError> {
        Ok(())
    }
}

/// Goes through the tables of a file in a way of its own.
pub(super) trait Through {
    /// Goes through the rows of a table, and accounts for them.
    fn table(
        &mut self,
        sheet: &one_by_one::Sheet<'_>,
        rows: &mut Table<'_>,
        account: &mut SheetAccount,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<(), TableError>;
}

/// Walks through every table of a file.
pub(super) fn walk(
    source: &Source,
    options: &Options<'_>,
    visitor: &mut dyn Visitor,
    sink: &mut dyn FnMut(Diagnostic),
) -> Result<Account, TableError> {
    let source = &if visitor.reads_residents_twice() {
        source.remembering()?
    } else {
        source.clone()
    };
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
                if let Some(register) = ended.register {
                    let table = find_table(&mut book, index, options, &fits)?;
                    walk.persons_again(table, &register, visitor)?;
                }
                if let Some(folded) = ended.folded {
                    let table = find_table(&mut book, index, options, &fits)?;
                    walk.one_by_one_again(table, &folded, visitor)?;
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
        account
            .notes
            .extend(hidden_note(&book, options.read.remedy));
        account.notes.extend(own_note(&book, options.read.remedy));
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
    /// The households of a person-level table.
    register: Option<Register>,
    /// The same, where they are taken one by one.
    folded: Option<Folded>,
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
        self.account.header = Some(table.header_rows()).filter(|(_, last)| *last > 0);
        let mut notes = table.notes().to_vec();
        notes.push(level_note(level));
        visitor.table(&Begun {
            sheet: self.sheet.as_deref(),
            columns: &columns,
            last_header_row: table.header_rows().1,
            repeat_merged: !self.text,
        })?;

        if let Some(through) = visitor.through() {
            let judged = judge::Table {
                compared: true,
                ..self.judged(&table, &columns, None)
            };
            let sheet = one_by_one::Sheet {
                table: &judged,
                name: self.sheet.clone(),
                options,
                level,
            };
            through.table(&sheet, &mut table, &mut self.account, sink)?;
            return Ok(Ended {
                notes,
                register: None,
                folded: None,
            });
        }
        if let Some(taker) = visitor.one_by_one() {
            let judged = self.judged(&table, &columns, None);
            let sheet = one_by_one::Sheet {
                table: &judged,
                name: self.sheet.clone(),
                options,
                level,
            };
            let folded = sheet.first(&mut table, &mut self.account, taker, sink)?;
            return Ok(Ended {
                notes,
                register: None,
                folded,
            });
        }
        if level == Level::Household {
            self.households(&mut table, &columns, visitor, sink)?;
            return Ok(Ended {
                notes,
                register: None,
                folded: None,
            });
        }
        let register = self.persons(&mut table, &columns, visitor, sink)?;
        Ok(Ended {
            notes,
            register: Some(register),
            folded: None,
        })
    }

    fn judged<'t>(
        &self,
        table: &Table<'_>,
        columns: &'t Columns,
        coding: Option<Coding<'t>>,
    ) -> judge::Table<'t>
    where
        Self: 't,
    {
        judge::Table {
            columns,
            codebook: self.options.codebook,
            on: self.options.on,
            text: self.text,
            remarks_from: table.remarks_from(),
            coding,
            compared: false,
        }
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
        let judged = self.judged(table, columns, coding);
        let households = households::Households {
            table: &judged,
            settings: &options.settings,
            sheet: self.sheet.clone(),
            threads: options.threads.get(),
            chunk: options.chunk,
        };
        let mut watcher = |rows| tell(options, rows);
        let tally = households.run(table, writing, &mut self.account, &mut watcher, sink)?;
        visitor.counted(tally);
        Ok(())
    }

    /// Each row is a resident: a household is known when all rows are.
    fn persons(
        &mut self,
        table: &mut Table<'_>,
        columns: &Columns,
        visitor: &mut dyn Visitor,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> Result<Register, TableError> {
        let options = self.options;
        let coding = visitor.coding().map(|(coding, _)| coding);
        let judged = self.judged(table, columns, coding);
        let persons = persons::Persons {
            table: &judged,
            settings: &options.settings,
            sheet: self.sheet.clone(),
            threads: options.threads.get(),
            chunk: options.chunk,
        };
        let mut watcher = |rows| tell(options, rows);
        let (register, tally) = persons.run(table, &mut self.account, &mut watcher, sink)?;
        visitor.counted(tally);
        Ok(register)
    }

    /// Reads a person-level table once more where its rows are written on: now their households are known.
    fn persons_again(
        &self,
        mut table: Table<'_>,
        register: &Register,
        visitor: &mut dyn Visitor,
    ) -> Result<(), TableError> {
        let options = self.options;
        let Some((coding, writing)) = visitor.coding() else {
            return Ok(());
        };
        let columns = table.columns().clone();
        let judged = self.judged(&table, &columns, None);
        let codes = person_codes::PersonCodes {
            table: &judged,
            register,
            coding: &coding,
            threads: options.threads.get(),
            chunk: options.chunk,
        };
        let mut watcher = |rows| tell(options, rows);
        codes.run(&mut table, writing, &mut watcher)
    }

    /// Reads a person-level table once more where its households are taken one by one.
    fn one_by_one_again(
        &self,
        mut table: Table<'_>,
        folded: &Folded,
        visitor: &mut dyn Visitor,
    ) -> Result<(), TableError> {
        let Some(taker) = visitor.one_by_one() else {
            return Ok(());
        };
        let columns = table.columns().clone();
        let judged = self.judged(&table, &columns, None);
        let sheet = one_by_one::Sheet {
            table: &judged,
            name: self.sheet.clone(),
            options: self.options,
            level: Level::Person,
        };
        sheet.again(&mut table, folded, taker)
    }
}

pub(super) fn tell(options: &Options<'_>, rows: u64) -> Result<(), TableError> {
    match options.watch {
        Some(watch) if !watch.rows(rows) => Err(TableError::Interrupted),
        _ => Ok(()),
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
fn hidden_note(book: &Book, remedy: Remedy) -> Option<Text> {
    let some_visible = book
        .sheets()
        .iter()
        .any(|sheet| sheet.visible && !sheet.own);
    let hidden = book
        .sheets()
        .iter()
        .filter(|sheet| !sheet.visible && !sheet.own);
    let names: Vec<&str> = hidden.filter_map(|sheet| sheet.name.as_deref()).collect();
    (some_visible && !names.is_empty()).then(|| {
        Text::new(
            format!("隐藏的工作表没有读取：{}；", names.join("、"))
                + remedy.pick("要读取请用 --sheet 指明", "要检查请先取消隐藏"),
            format!("hidden sheets were not read: {}; ", names.join(", "))
                + remedy.pick(
                    "name one with --sheet to read it",
                    "unhide one to have it checked",
                ),
        )
    })
}

/// What this program wrote into a workbook that it marked is no list.
fn own_note(book: &Book, remedy: Remedy) -> Option<Text> {
    let some_list = book.sheets().iter().any(|sheet| !sheet.own);
    let own = book.sheets().iter().filter(|sheet| sheet.own);
    let names: Vec<&str> = own.filter_map(|sheet| sheet.name.as_deref()).collect();
    (some_list && !names.is_empty()).then(|| {
        Text::new(
            format!(
                "工作表 {} 和右边的错误、建议、规则三列是上次检查加上的，不当作名单；",
                names.join("、")
            ) + remedy.pick(
                "要检查改好的行请用 --sheet 指明工作表",
                "在其中改好的内容，请抄回名单再检查",
            ),
            format!(
                "sheets {} and the three columns at the right of a list were added by an earlier check and are not read; ",
                names.join(", ")
            ) + remedy.pick(
                "name a sheet with --sheet to check rows corrected there",
                "copy what you corrected there into the list and check it again",
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
