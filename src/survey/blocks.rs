//! A ready sheet of blocks: buildings, or parts of them, each with its households and residents in one row.

use std::collections::BTreeMap;

use super::SurveyError;
use super::finding::{Finding, Kind, Sink};
use super::header::Column;
use super::listing::{Community, Count, Draft, Dwelling, Seat, entrance_text};
use super::name::{self, Handle, Name};
use super::number::{BadCount, count};
use super::sheet::{Sheet, Wanted};
use crate::address::mangled_date;
use crate::census::{Account, SheetAccount};
use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::row::Row;
use crate::table::{ReadOptions, RowKind, Source};

const COLUMNS: &[Column] = &[
    Column::Community,
    Column::Estate,
    Column::Atom,
    Column::Building,
    Column::Entrance,
    Column::Room,
    Column::Lon,
    Column::Lat,
    Column::X,
    Column::Y,
    Column::Both,
    Column::Order,
    Column::Households,
    Column::Residents,
    Column::Weight,
];

/// What a sheet of blocks comes to.
pub(super) struct Blocks {
    pub(super) sheet: Sheet,
    pub(super) communities: Vec<Community>,
    pub(super) seats: BTreeMap<(usize, u64), Seat>,
    pub(super) account: Account,
    pub(super) undivided: u64,
}

/// The sheet of blocks in a file; `None` where there is none, because the file is a list of households.
pub(super) fn find(
    source: &Source,
    read: &ReadOptions,
    findings: &mut Sink<'_>,
) -> Result<Option<Sheet>, SurveyError> {
    let wanted = Wanted {
        columns: COLUMNS,
        enough: &|columns, _| {
            columns.contains(&Column::Households)
                && (columns.contains(&Column::Building) || columns.contains(&Column::Atom))
                && !columns.contains(&Column::Room)
        },
        expected: Text::default(),
    };
    Sheet::find(source, read, &wanted, findings)
}

/// Counts the blocks of a sheet.
pub(super) fn count_blocks(sheet: Sheet, findings: &mut Sink<'_>) -> Blocks {
    let mut draft = Draft::default();
    let mut account = SheetAccount {
        rows: sheet.rows,
        ..SheetAccount::default()
    };
    let (mut undivided, mut unknown) = (0_u64, 0_u64);
    let mut data = 0;
    for row in &sheet.lines {
        if is_total(&sheet, row) {
            *account.skipped.entry(RowKind::Total).or_default() += 1;
            continue;
        }
        data += 1;
        match block(&sheet, row, &draft) {
            Ok(dwelling) => {
                unknown += u64::from(dwelling.count.unknown);
                account.accepted += 1;
                draft.add((0, row.number()), dwelling);
            }
            Err(finding) => {
                undivided += 1;
                account.with_errors += 1;
                findings(*finding);
            }
        }
    }
    let titles = sheet.header.saturating_sub(1).min(sheet.rows);
    *account.skipped.entry(RowKind::Header).or_default() += 1;
    let blank = sheet
        .rows
        .saturating_sub(account.data_rows() + account.skipped_rows() + titles);
    for (kind, count) in [(RowKind::Title, titles), (RowKind::Blank, blank)] {
        if count > 0 {
            *account.skipped.entry(kind).or_default() += count;
        }
    }
    let (communities, seats) = draft.finish();
    if unknown > 0 && data > 0 {
        findings(no_residents(&sheet));
    }
    let account = Account {
        file: sheet.file.clone(),
        notes: sheet.notes.clone(),
        sheets: vec![account],
        ..Account::default()
    };
    Blocks {
        sheet,
        communities,
        seats,
        account,
        undivided,
    }
}

fn is_total(sheet: &Sheet, row: &Row) -> bool {
    let name = [Column::Atom, Column::Building].map(|column| sheet.get(row, column));
    let words = ["合计", "总计", "小计", "共计", "total", "sum"];
    name.iter().any(|name| {
        let name = name.to_lowercase();
        words
            .iter()
            .any(|word| name == *word || name == format!("{word}:") || name == format!("{word}："))
    })
}

/// The block of a row, or what is wrong with it.
fn block<'s>(sheet: &'s Sheet, row: &'s Row, draft: &Draft) -> Result<Dwelling<'s>, Box<Finding>> {
    let (atom, building) = (
        sheet.get(row, Column::Atom),
        sheet.get(row, Column::Building),
    );
    let column = if atom.is_empty() {
        Column::Building
    } else {
        Column::Atom
    };
    let text = if building.is_empty() { atom } else { building };
    if text.is_empty() {
        return Err(Box::new(sheet.finding(
            (row, Column::Building),
            (Kind::NoBuilding, Severity::Error),
            Text::fixed(
                "此处应为楼栋，实为空；这一行没有划入任何网格",
                "expected a building, found nothing: this row is in no grid",
            ),
            Text::fixed("请补填，如 3栋", "please fill it in, such as `3栋`"),
        )));
    }
    if mangled_date(text).is_some() {
        return Err(Box::new(sheet.finding(
            (row, if building.is_empty() { Column::Atom } else { Column::Building }),
            (Kind::Date, Severity::Error),
            Text::new(
                format!("此处应为楼栋，“{text}”却是日期，可能是表格软件改的；这一行没有划入任何网格"),
                format!("expected a building, found the date \"{text}\", which a spreadsheet may have made: this row is in no grid"),
            ),
            Text::fixed(
                "请先把该列设为“文本”格式，再重新填写",
                "give the column the format Text, then write it again",
            ),
        )));
    }
    let households = number_of(sheet, row, Column::Households)?;
    let residents = if sheet.get(row, Column::Residents).is_empty() {
        None
    } else {
        Some(number_of(sheet, row, Column::Residents)?)
    };
    let work = if sheet.get(row, Column::Weight).is_empty() {
        households
    } else {
        number_of(sheet, row, Column::Weight)?
    };
    let name = Name::plain(sheet.get(row, Column::Estate), text);
    let entrance = if atom.is_empty() || building.is_empty() {
        name::entrance(sheet.get(row, Column::Entrance)).map(|entrance| entrance_text(&entrance))
    } else {
        Some((Handle::of_text(atom), atom.to_owned()))
    };
    let community = sheet.get(row, Column::Community);
    if draft.has(
        community,
        &name,
        entrance.as_ref().map(|(handle, _)| handle),
    ) {
        return Err(Box::new(sheet.finding(
            (row, column),
            (Kind::Twice, Severity::Error),
            Text::new(
                format!("“{}”重复列出；只算第一次", sheet.get(row, column)),
                format!(
                    "\"{}\" is listed twice: only the first row counts",
                    sheet.get(row, column)
                ),
            ),
            Text::fixed(
                "请删去重复的一行，或改正楼栋名称",
                "strike out one of the rows, or correct the name",
            ),
        )));
    }
    Ok(Dwelling {
        community,
        name,
        entrance,
        floor: None,
        count: Count {
            households,
            residents: residents.unwrap_or(0),
            unknown: if residents.is_none() { households } else { 0 },
            priority: 0,
            work,
        },
        is_part: !atom.is_empty() && !building.is_empty(),
    })
}

fn number_of(sheet: &Sheet, row: &Row, column: Column) -> Result<u32, Box<Finding>> {
    let text = sheet.get(row, column);
    let why = match count(text) {
        Ok(number) => return Ok(number),
        Err(why) => why,
    };
    let found = match why {
        BadCount::NoNumber if text.is_empty() => Text::fixed("实为空", "found nothing"),
        BadCount::NoNumber => Text::fixed("实不是数字", "found no number"),
        BadCount::Negative => Text::fixed("实为负数", "found a negative one"),
        BadCount::Fraction => Text::fixed("实有小数", "found a fraction"),
        BadCount::Absurd => Text::fixed(
            "实大于任何楼栋可能的数目",
            "found more than any building has",
        ),
    };
    Err(Box::new(sheet.finding(
        (row, column),
        (Kind::BadCount, Severity::Error),
        Text::new(
            format!("此处应为整数，{}；这一行没有划入任何网格", found.zh),
            format!(
                "expected a whole number, {}: this row is in no grid",
                found.en
            ),
        ),
        Text::fixed("请写实际数目，如 58", "write the number itself, such as 58"),
    )))
}

fn no_residents(sheet: &Sheet) -> Finding {
    let row = Row::new(sheet.header);
    sheet.finding(
        (&row, Column::Residents),
        (Kind::NoResidents, Severity::Warning),
        Text::fixed(
            "有楼栋没有写明人数：按其余楼栋的户均人数计算；都没有写明时只按户数划分",
            "some blocks do not say how many residents they have: the mean of the others is taken; where none says it, the limits of residents are left out",
        ),
        Text::fixed("请补填人数一列", "please fill the residents in"),
    )
}
