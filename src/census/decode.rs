//! A list with its codes taken apart: the rows as they were, the parts added as columns.

use std::collections::BTreeMap;

use super::phrases::{Phrase, Phrases};
use super::pipe::{self, Work};
use super::sheets::{chosen, each_row, find_table, fitting};
use super::target::{Added, LinesWriter, write_loose};
use super::walk::{Begun, ROWS_BETWEEN_WORDS, without_table_note};
use super::{Account, Options, SheetAccount, Target};
use crate::code::{Confidence, GridCode, Unit, repair_in};
use crate::codebook::Codebook;
use crate::household::Level;
use crate::lang::Lang;
use crate::row::{Cells, Field, Row};
use crate::table::{
    Book, Chunk, CsvOptions, Follow, Format, Next, RowKind, Source, Table, TableError,
};

/// What became of a list that was decoded.
#[derive(Clone, Debug, Default)]
pub struct Decoded {
    /// The account of its rows; a row is accepted when its code could be read, or it has none.
    pub account: Account,
    /// Data rows whose cell holds no code.
    pub without_code: u64,
}

/// Reads a list and writes every row on with its code's parts in words: unit, resident type, tenure, flags, and what is wrong with it.
///
/// Codes are read strictly but for width, blanks and invisible characters; what is wrong with one stands in the last
/// column.
///
/// # Errors
/// When the source cannot be read or has no column of codes, or the target cannot be written.
pub fn decode(
    source: &Source,
    options: &Options<'_>,
    lang: Lang,
    target: &mut dyn Target,
) -> Result<Decoded, TableError> {
    let mut book = Book::open(source, &options.read)?;
    let mut done = Decoded::default();
    source.name().clone_into(&mut done.account.file);
    done.account.notes = book.notes().to_vec();
    let fits = fitting(options.codebook);
    let mut why_none = None;
    for index in chosen(&book, options.sheet.as_ref())? {
        let sheet = book
            .sheets()
            .get(index)
            .and_then(|sheet| sheet.name.clone());
        let mut account = SheetAccount {
            sheet: sheet.as_deref().map(str::to_owned),
            ..SheetAccount::default()
        };
        let text = book.format() == Format::Text;
        let found = match find_table(&mut book, index, options, &fits) {
            Ok(mut table) => {
                let begun = (sheet.as_deref(), !text);
                let notes = table.notes().to_vec();
                let done_here =
                    decode_table(&mut table, begun, options, lang, target, &mut account);
                done_here.map(|without_code| (without_code, notes))
            }
            Err(error) => Err(error),
        };
        match found {
            Ok((without_code, notes)) => {
                account.level = Some(Level::Household);
                done.account.notes.extend(notes);
                done.without_code += without_code;
            }
            // A sheet without codes is written on as it is; only a file without any is refused.
            Err(error @ (TableError::NoTable { .. } | TableError::NoCodeColumn { .. })) => {
                let kept = target.other_sheet(sheet.as_deref())?;
                let rows = each_row(&mut book, index, &mut |row| {
                    if kept {
                        write_loose(row, target)
                    } else {
                        Ok(())
                    }
                })?;
                account.rows = rows;
                account.without_table = rows;
                if rows > 0 {
                    let note = without_table_note(sheet.as_deref(), rows, kept);
                    done.account.notes.push(note);
                }
                why_none.get_or_insert(error);
            }
            Err(error) => return Err(error),
        }
        done.account.sheets.push(account);
    }
    match why_none {
        Some(error)
            if done
                .account
                .sheets
                .iter()
                .all(|sheet| sheet.level.is_none()) =>
        {
            Err(error)
        }
        _ => Ok(done),
    }
}

fn decode_table(
    table: &mut Table<'_>,
    (sheet, repeat_merged): (Option<&str>, bool),
    options: &Options<'_>,
    lang: Lang,
    target: &mut dyn Target,
    account: &mut SheetAccount,
) -> Result<u64, TableError> {
    let columns = table.columns().clone();
    let Some(column) = columns.of(Field::GridCode) else {
        return Err(TableError::NoCodeColumn {
            sheet: sheet.map(str::to_owned),
        });
    };
    let last_header_row = table.header_rows().1;
    let begun = Begun {
        sheet,
        columns: &columns,
        last_header_row,
        repeat_merged,
    };
    let work = Decoding {
        column,
        codebook: options.codebook,
        lang,
        added: Added::new(headers(lang), &begun),
        lines: target.csv(),
    };
    target.sheet(sheet, last_header_row)?;
    let mut phrases = Phrases::default();
    let mut counted = Counted::default();
    let mut row = Row::default();
    while let Some(kind) = table.next_sampled(&mut row) {
        work.row(&row, kind, &mut phrases, &mut counted, target)?;
    }
    let watched = |rows| match options.watch {
        Some(watch) if !watch.rows(rows) => Err(TableError::Interrupted),
        _ => Ok(()),
    };
    let chunks = work.lines.as_ref().and_then(|_| table.rest(options.chunk));
    if let Some((chunks, follow)) = chunks {
        let threads = options.threads.get();
        pipe::run(&work, chunks, follow, threads, &mut |done, _, _| {
            let Done {
                counted: more,
                text,
                failed,
            } = done;
            match text {
                Some(mut text) => target.append(&mut text.lines, failed)?,
                None => failed.map_or(Ok(()), Err)?,
            }
            counted.add(more);
            watched(counted.rows)
        })?;
    } else {
        while let Some(kind) = table.next(&mut row)? {
            work.row(&row, kind, &mut phrases, &mut counted, target)?;
            if counted.rows.is_multiple_of(ROWS_BETWEEN_WORDS) {
                watched(counted.rows)?;
            }
        }
    }
    account.rows = counted.rows;
    account.skipped = counted.skipped;
    account.codes = counted.codes;
    account.accepted = counted.codes + counted.without_code;
    account.with_errors = counted.wrong;
    Ok(counted.without_code)
}

/// How the rows of a table are decoded.
struct Decoding<'d> {
    column: usize,
    codebook: &'d Codebook,
    lang: Lang,
    added: Added,
    /// How rows are written, where the target is a text.
    lines: Option<CsvOptions>,
}

/// What became of rows.
#[derive(Default)]
struct Counted {
    rows: u64,
    skipped: BTreeMap<RowKind, u64>,
    codes: u64,
    wrong: u64,
    without_code: u64,
}

impl Counted {
    fn add(&mut self, other: Self) {
        self.rows += other.rows;
        for (kind, count) in other.skipped {
            *self.skipped.entry(kind).or_default() += count;
        }
        self.codes += other.codes;
        self.wrong += other.wrong;
        self.without_code += other.without_code;
    }
}

/// What a chunk comes to.
struct Done {
    counted: Counted,
    text: Option<LinesWriter>,
    failed: Option<TableError>,
}

impl<'d> Work for Decoding<'d> {
    type Hand = (Phrases<'d>, Row);
    type Done = Done;

    fn hand(&self) -> Self::Hand {
        Default::default()
    }

    fn chunk(&self, hand: &mut Self::Hand, chunk: &Chunk, follow: &mut Follow<'_>) -> Done {
        let (phrases, row) = hand;
        let mut counted = Counted::default();
        let mut failed = None;
        // The words are about half as long as the row.
        let bytes = chunk.text().len() * 3 / 2;
        let writer = |options| LinesWriter::new(options, bytes);
        let mut text = match self.lines.map(writer).transpose() {
            Ok(text) => text,
            Err(error) => {
                failed = Some(error);
                None
            }
        };
        if let Some(text) = &mut text {
            let mut rows = chunk.rows();
            while let Some(next) = rows.advance(row) {
                if let Next::Line(line) = next {
                    let again = follow.is_household_again(&line);
                    // What is wrong with a line is said where its row is written.
                    if again
                        && self
                            .line(&line, phrases, &mut counted, text)
                            .unwrap_or(false)
                    {
                        continue;
                    }
                    line.fill(row);
                }
                let kind = follow.take(row);
                let cells = (kind == RowKind::Data).then(|| row.cells());
                let line = cells.map(|cells| self.line(&cells, phrases, &mut counted, text));
                let done = match line {
                    None | Some(Ok(false)) => self.row(row, kind, phrases, &mut counted, text),
                    Some(done) => done.map(|_| ()),
                };
                if let Err(error) = done {
                    failed = Some(error);
                    break;
                }
            }
        }
        Done {
            counted,
            text,
            failed,
        }
    }
}

impl<'d> Decoding<'d> {
    /// Writes a household's row that can be copied as it stands, with the parts of a sound code behind it; `false` for any
    /// other.
    #[inline]
    fn line(
        &self,
        row: &Cells<'_>,
        phrases: &mut Phrases<'d>,
        counted: &mut Counted,
        text: &mut LinesWriter,
    ) -> Result<bool, TableError> {
        let written = row.get(self.column);
        // A code begins with its unit.
        let digits = written.bytes().take_while(u8::is_ascii_digit).count();
        let Some((unit, letters)) = written.split_at_checked(digits) else {
            return Ok(false);
        };
        let fits = (1..=usize::from(Unit::MAX_DIGITS)).contains(&digits);
        let known = phrases.written(letters).filter(|_| fits);
        let at = known.or_else(|| {
            let code = self.codebook.parse(written).ok()?;
            phrases.learn(letters, code, self.codebook, self.lang)
        });
        let Some(Phrase { words, cells, .. }) = at.and_then(|at| phrases.get(at)) else {
            return Ok(false);
        };
        let cells = cells.get_or_insert_with(|| {
            let words = [&*words.resident, &words.tenure, &words.flags, ""];
            text.lines.cells(&mut words.into_iter())
        });
        let copied = self.added.copy(row, unit, cells, text)?;
        counted.rows += u64::from(copied);
        counted.codes += u64::from(copied);
        Ok(copied)
    }

    fn row(
        &self,
        row: &Row,
        kind: RowKind,
        phrases: &mut Phrases<'d>,
        counted: &mut Counted,
        target: &mut dyn Target,
    ) -> Result<(), TableError> {
        counted.rows += 1;
        if kind != RowKind::Data {
            *counted.skipped.entry(kind).or_default() += 1;
            return self.added.other(kind, row, target);
        }
        let text = row.get(self.column);
        let (code, problem) = match self.codebook.parse(text) {
            Ok(code) => (code, String::new()),
            Err(_) if text.trim().is_empty() => {
                counted.without_code += 1;
                return self.added.data(row, &[""; 5], target);
            }
            Err(error) => match repair_in(text, self.codebook.alphabet()) {
                // Width and blanks leave no doubt what the code is.
                Ok(repaired) if repaired.confidence() == Confidence::Safe => {
                    let changes = repaired.changes.iter();
                    let changes = changes.map(|change| change.message(self.lang).to_string());
                    let changes: Vec<String> = changes.collect();
                    (repaired.code, changes.join(self.lang.pick("；", "; ")))
                }
                _ => {
                    counted.wrong += 1;
                    let problem = error.message(self.lang).to_string();
                    return self.added.data(row, &["", "", "", "", &problem], target);
                }
            },
        };
        counted.codes += 1;
        let words = &phrases.of(code, self.codebook, self.lang).words;
        let mut buffer = [0; GridCode::MAX_LEN];
        let written = code.encode_into(&mut buffer);
        // A code begins with its unit.
        let unit = written.get(..usize::from(code.unit.digits()));
        let cells = [
            unit.unwrap_or_default(),
            &*words.resident,
            &words.tenure,
            &words.flags,
            &problem,
        ];
        self.added.data(row, &cells, target)
    }
}

fn headers(lang: Lang) -> Vec<String> {
    let headers = match lang {
        Lang::Zh => [
            "解码房号",
            "解码居住类型",
            "解码住房性质",
            "解码标记",
            "解码问题",
        ],
        Lang::En => [
            "decoded unit",
            "decoded resident type",
            "decoded tenure",
            "decoded flags",
            "decoding problem",
        ],
    };
    headers.map(str::to_owned).to_vec()
}
