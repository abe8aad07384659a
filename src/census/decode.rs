//! A list with its codes taken apart: the rows as they were, the parts added as columns.

use super::sheets::{chosen, each_row, find_table, fitting};
use super::target::{Added, write_loose};
use super::walk::{Begun, without_table_note};
use super::{Account, Options, SheetAccount, Target};
use crate::code::{Confidence, repair_in};
use crate::codebook::Codebook;
use crate::household::Level;
use crate::lang::Lang;
use crate::row::{Field, Row};
use crate::table::{Book, Format, RowKind, Source, Table, TableError};

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
        level: Level::Household,
        repeat_merged,
    };
    let added = Added::new(headers(lang), &begun);
    target.sheet(sheet, last_header_row)?;
    let mut row = Row::default();
    let mut without_code = 0;
    while let Some(kind) = table.next(&mut row)? {
        account.rows += 1;
        if let Some(watch) = options.watch
            && account.rows.is_multiple_of(1 << 14)
            && !watch.rows(account.rows)
        {
            return Err(TableError::Interrupted);
        }
        if kind != RowKind::Data {
            *account.skipped.entry(kind).or_default() += 1;
            added.other(kind, &row, target)?;
            continue;
        }
        let text = row.get(column);
        if text.trim().is_empty() {
            without_code += 1;
            account.accepted += 1;
            added.data(&row, &[""; 5], target)?;
            continue;
        }
        if decode_row(&row, text, options.codebook, lang, &added, target)? {
            account.accepted += 1;
            account.codes += 1;
        } else {
            account.with_errors += 1;
        }
    }
    Ok(without_code)
}

fn decode_row(
    row: &Row,
    text: &str,
    codebook: &Codebook,
    lang: Lang,
    added: &Added,
    target: &mut dyn Target,
) -> Result<bool, TableError> {
    let (code, problem) = match codebook.parse(text) {
        Ok(code) => (Some(code), String::new()),
        Err(error) => match repair_in(text, codebook.alphabet()) {
            // Width and blanks leave no doubt what the code is.
            Ok(repaired) if repaired.confidence() == Confidence::Safe => {
                let changes = repaired.changes.iter().map(|change| change.message(lang));
                let changes: Vec<String> = changes.map(|change| change.to_string()).collect();
                (Some(repaired.code), changes.join(lang.pick("；", "; ")))
            }
            _ => (None, error.message(lang).to_string()),
        },
    };
    let Some(code) = code else {
        added.data(row, &["", "", "", "", &problem], target)?;
        return Ok(false);
    };
    let words = codebook.in_words(code, lang);
    let unit = code.unit.to_string();
    let cells = [
        &unit,
        &*words.resident,
        &words.tenure,
        &words.flags,
        &problem,
    ];
    added.data(row, &cells, target)?;
    Ok(true)
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
