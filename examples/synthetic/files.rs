//! Which files a community is written to.

use std::error::Error;

use jiff::civil::{Date, date};

use super::community::{Household, Source};
use super::household_slips;
use super::lists::{
    Cell, HOUSEHOLD_COLUMNS, RESIDENT_COLUMNS, column, household_row, resident_rows,
};
use super::resident_slips;
use super::text::{csv, gb18030, gzip, utf8};
use super::workbook::{Book, Merge};

/// The seed of the committed files.
pub(crate) const SEED: u64 = 1;
/// The day of the committed files.
pub(crate) const ON: Date = date(2026, 11, 1);

/// The sheet that holds the households.
const HOUSEHOLD_SHEET: &str = "住户清册";

/// The estate whose residents are also written with mistakes: small enough to read through.
const DIRTY_ESTATE: &str = "翠竹园A区";

const GUIDE: &[&str] = &[
    "本表为合成数据，不含任何真实住户信息。",
    "一、每户一行（人员清册为每人一行，户主在前），房号按门牌填写，以文本格式保存。",
    "二、网格编码由房号、居住类型、住房性质和标记依次组成，例如 803Aa、606Bb8。",
    "三、居住类型：A 为常住人口，B 为流动人口。",
    "四、住房性质：a 为自购房，b 为出租房。",
    "五、标记：8 表示户内有 80 周岁及以上老人；没有则不填。",
    "六、年龄按填表日期计算。",
];

const HOUSEHOLD_WIDTHS: &[u8] = &[14, 14, 9, 9, 8, 12, 12, 12, 14, 7, 15, 22];
const RESIDENT_WIDTHS: &[u8] = &[14, 14, 9, 9, 8, 12, 12, 12, 7, 14, 12, 7, 23, 14, 7, 15, 22];

/// A file's name and content.
type Made = (&'static str, Vec<u8>);

/// All files of one community.
pub(crate) fn all(seed: u64, on: Date, households: usize) -> Result<Vec<Made>, Box<dyn Error>> {
    let homes = Source::new(seed, on).community(households);
    let mut files = texts(seed, on, &homes)?;
    let rows: Vec<_> = homes.iter().map(household_row).collect();
    let merges = building_merges(&rows);
    let book = Book {
        title: "翠竹园社区住户清册",
        sheet: HOUSEHOLD_SHEET,
        on,
        header: &HOUSEHOLD_COLUMNS,
        widths: HOUSEHOLD_WIDTHS,
        rows: &rows,
        merges: &merges,
        guide: GUIDE,
        guide_first: false,
        footer: "",
    };
    files.push(("cuizhuyuan.xlsx", book.bytes()?));

    let (dirty, _) = household_slips::spoil(seed, on, &homes);
    let merges = building_merges(&dirty);
    let book = Book {
        rows: &dirty,
        merges: &merges,
        guide_first: true,
        footer: household_slips::FOOTER,
        ..book
    };
    files.push(("cuizhuyuan-dirty.xlsx", book.bytes()?));

    let residents: Vec<_> = homes.iter().flat_map(resident_rows).collect();
    let merges = household_merges(&homes, &residents);
    let book = Book {
        title: "翠竹园社区人员清册",
        sheet: "人员清册",
        on,
        header: &RESIDENT_COLUMNS,
        widths: RESIDENT_WIDTHS,
        rows: &residents,
        merges: &merges,
        guide: GUIDE,
        guide_first: true,
        footer: "",
    };
    files.push(("cuizhuyuan-residents.xlsx", book.bytes()?));
    Ok(files)
}

/// The text files of one community.
pub(crate) fn texts(seed: u64, on: Date, homes: &[Household]) -> Result<Vec<Made>, Box<dyn Error>> {
    let rows: Vec<_> = homes.iter().map(household_row).collect();
    let list = csv(&HOUSEHOLD_COLUMNS, &rows)?;
    let residents: Vec<_> = homes.iter().flat_map(resident_rows).collect();
    let persons = csv(&RESIDENT_COLUMNS, &residents)?;
    let (_, planted) = household_slips::spoil(seed, on, homes);
    let estate: Vec<_> = homes
        .iter()
        .filter(|home| home.estate == DIRTY_ESTATE)
        .collect();
    let (dirty, planted_persons) = resident_slips::spoil(seed, on, &estate);
    Ok(vec![
        ("cuizhuyuan-gb18030.csv", gb18030(&list)),
        ("cuizhuyuan-utf8.csv", utf8(&list)),
        (
            "cuizhuyuan-residents-gb18030.csv.gz",
            gzip(&gb18030(&persons))?,
        ),
        (
            "cuizhuyuan-dirty.expected.csv",
            expected(Some(HOUSEHOLD_SHEET), planted)?,
        ),
        (
            "cuizhuyuan-residents-dirty.csv",
            utf8(&csv(&RESIDENT_COLUMNS, &dirty)?),
        ),
        (
            "cuizhuyuan-residents-dirty.expected.csv",
            expected(None, planted_persons)?,
        ),
    ])
}

/// One planted thing: the row as Excel numbers it, the 0-based column (none for a whole row), its kind,
/// and what stands there.
pub(crate) struct Planted {
    pub(crate) row: usize,
    pub(crate) column: Option<usize>,
    pub(crate) kind: &'static str,
    pub(crate) what: String,
}

/// The truth about a spoiled file, in the order of its cells.
fn expected(sheet: Option<&str>, mut planted: Vec<Planted>) -> std::io::Result<Vec<u8>> {
    planted.sort_by_key(|slip| (slip.row, slip.column));
    let rows: Vec<Vec<Cell>> = planted
        .into_iter()
        .map(|slip| {
            let letter = slip
                .column
                .and_then(|column| ('A'..='Z').nth(column))
                .map_or_else(String::new, String::from);
            vec![
                sheet.unwrap_or_default().into(),
                format!("{letter}{}", slip.row).into(),
                slip.kind.into(),
                slip.what.into(),
            ]
        })
        .collect();
    let text = csv(&["sheet", "cell", "kind", "planted"], &rows)?;
    Ok(text.replace("\r\n", "\n").into_bytes())
}

/// One merged cell for each run of rows of one building.
fn building_merges(rows: &[Vec<Cell>]) -> Vec<Merge> {
    let mut merges: Vec<Merge> = Vec::new();
    let mut before: Option<&Cell> = None;
    for (nth, row) in rows.iter().enumerate() {
        let building = row.get(column::BUILDING);
        match merges.last_mut() {
            Some(last) if building == before => last.2 = nth,
            _ => merges.push((2, nth, nth)),
        }
        before = building;
    }
    merges
}

/// As [`building_merges`], and the cells from the room to the number of residents once for each household.
fn household_merges(homes: &[Household], rows: &[Vec<Cell>]) -> Vec<Merge> {
    let mut merges = building_merges(rows);
    let mut first = 0;
    for home in homes {
        let next = first + home.people.len();
        merges.extend((4..=8).map(|column| (column, first, next - 1)));
        first = next;
    }
    merges
}
