//! Options as typed, made into the library's own: codebook, day, rules, ways of reading.

use std::borrow::Cow;
use std::num::NonZero;
use std::thread::available_parallelism;

use gridcode::census::{Options, SheetChoice};
use gridcode::codebook::Codebook;
use gridcode::household::Level;
use gridcode::row::Field;
use gridcode::rule::{self, Settings};
use gridcode::table::{ColumnRef, ReadOptions};
use jiff::Zoned;
use jiff::civil::Date;

use crate::cli::{CodebookChoice, Judging, LevelChoice, Reading};
use crate::failure::{Failure, reason};
use crate::output::Output;

/// The codebook by name, or from a file.
pub fn codebook(choice: &CodebookChoice) -> Result<Cow<'static, Codebook>, Failure> {
    let name = choice.codebook.as_str();
    if let Some(builtin) = Codebook::builtin(name) {
        return Ok(Cow::Borrowed(builtin));
    }
    let text = std::fs::read_to_string(name).map_err(|error| {
        let builtin = Codebook::BUILTIN.join("、");
        let why = reason(&error);
        Failure::said(
            format!(
                "“{name}”既不是内置码本（{builtin}），也读不出这个文件：{}",
                why.zh
            ),
            format!(
                "`{name}` is no built-in codebook ({}) and no file that can be read: {}",
                Codebook::BUILTIN.join(", "),
                why.en
            ),
        )
    })?;
    Ok(Cow::Owned(Codebook::from_toml(&text, name)?))
}

/// More threads than a list needs are not begun unless the user says so.
const MOST_THREADS: NonZero<usize> = NonZero::new(8).unwrap();

/// Everything the library needs to know, and a word about a codebook that holds guesses.
pub fn options<'a>(
    codebook: &'a Codebook,
    reading: &Reading,
    judging: Option<&Judging>,
    output: &mut Output,
) -> Result<Options<'a>, Failure> {
    let mut options = Options::new(
        codebook,
        day(judging.and_then(|judging| judging.on.as_deref()))?,
    );
    options.read = ReadOptions {
        encoding: reading.encoding.clone(),
        delimiter: reading.delimiter.as_deref().map(delimiter).transpose()?,
        ..ReadOptions::default()
    };
    options.sheet = reading.sheet.as_deref().map(sheet);
    options.header_row = reading.header_row;
    options.no_headers = reading.no_headers;
    options.map = reading
        .map
        .iter()
        .map(|text| mapping(text))
        .collect::<Result<_, _>>()?;
    options.threads = reading.threads.unwrap_or_else(|| {
        available_parallelism().map_or(NonZero::<usize>::MIN, |cores| cores.min(MOST_THREADS))
    });
    options.level = reading.level.map(|level| match level {
        LevelChoice::Household => Level::Household,
        LevelChoice::Person => Level::Person,
    });
    if let Some(judging) = judging {
        options.settings = settings(judging)?;
    }
    if codebook.is_inferred() {
        output.note(&gridcode::Text::new(
            format!("注意：码本“{}”含推测内容，没有公开依据", codebook.name()),
            format!(
                "note: codebook `{}` holds inferred meanings that nothing published supports",
                codebook.name()
            ),
        ));
    }
    Ok(options)
}

fn settings(judging: &Judging) -> Result<Settings, Failure> {
    let mut settings = Settings::default();
    settings.show_values = judging.show_values;
    for (names, level) in [
        (&judging.allow, rule::Level::Allow),
        (&judging.warn, rule::Level::Warn),
        (&judging.deny, rule::Level::Deny),
    ] {
        for name in names {
            settings.set(name, level)?;
        }
    }
    Ok(settings)
}

pub fn day(text: Option<&str>) -> Result<Date, Failure> {
    match text {
        None => Ok(Zoned::now().date()),
        Some(text) => text.parse().map_err(|_| {
            Failure::said(
                format!("--on 此处应为 2026-12-01 这样的日期，实为“{text}”"),
                format!("--on: expected a date such as 2026-12-01, found `{text}`"),
            )
        }),
    }
}

fn delimiter(text: &str) -> Result<char, Failure> {
    let mut chars = text.chars();
    match (text, chars.next(), chars.next()) {
        ("tab" | "\\t", ..) => Ok('\t'),
        (_, Some(only), None) => Ok(only),
        _ => Err(Failure::said(
            format!("--delimiter 此处应为一个字符（, ; |）或 tab，实为“{text}”"),
            format!("--delimiter: expected one character (, ; |) or tab, found `{text}`"),
        )),
    }
}

fn sheet(text: &str) -> SheetChoice {
    match text.parse() {
        Ok(number) => SheetChoice::Number(number),
        Err(_) => SheetChoice::Name(text.to_owned()),
    }
}

fn mapping(text: &str) -> Result<(Field, ColumnRef), Failure> {
    let named = text
        .split_once('=')
        .filter(|(_, column)| !column.trim().is_empty());
    let mapping = named.and_then(|(field, column)| {
        Some((Field::from_key(field.trim())?, ColumnRef::parse(column)))
    });
    mapping.ok_or_else(|| {
        let fields: Vec<&str> = Field::ALL.iter().map(|field| field.key()).collect();
        Failure::said(
            format!(
                "--map 此处应为 含义=列（如 unit=房间号），实为“{text}”；可用的含义：{}",
                fields.join("、")
            ),
            format!(
                "--map: expected FIELD=COLUMN (as unit=Flat), found `{text}`; fields: {}",
                fields.join(", ")
            ),
        )
    })
}
