//! The sentences about finding a table in a sheet.

use std::fmt::Write as _;

use super::{Near, Remedy, TableError};
use crate::lang::{Lang, Text};
use crate::row::{Field, column_letters};

/// What is said of the errors that concern sheets, headers and columns; empty for the others.
pub(super) fn layout_message(error: &TableError, remedy: Remedy) -> Text {
    match error {
        TableError::NoTable {
            rows,
            closest,
            headless,
        } => no_table(*rows, closest.as_ref(), headless, remedy),
        TableError::TwoColumns {
            field,
            first,
            second,
            side_by_side: true,
        } => side_by_side(*field, first, second),
        TableError::TwoColumns {
            field,
            first,
            second,
            ..
        } => Text::of(|lang| {
            let (key, label) = (field.key(), field.label(lang));
            let letter = first.trim_end_matches(|c: char| c.is_ascii_digit());
            lang.pick(
                format!("{first} 和 {second} 两列都是{label}；")
                    + &remedy.pick(
                        format!("请用 --map {key}={letter} 指明用哪一列"),
                        "请改掉其中一列的表头".to_owned(),
                    ),
                format!("columns {first} and {second} both hold the {label}; ")
                    + &remedy.pick(
                        format!("choose one with --map {key}={letter}"),
                        "give one of them another header".to_owned(),
                    ),
            )
        }),
        TableError::UnknownColumn {
            field,
            wanted,
            headers,
        } => Text::of(|lang| {
            let label = field.label(lang);
            let list = headers.join(lang.pick("、", ", "));
            match (headers.is_empty(), lang) {
                (false, Lang::Zh) => {
                    format!("指定为{label}的列“{wanted}”不存在；表中的列有：{list}")
                }
                (false, Lang::En) => {
                    format!("there is no column {wanted} to hold the {label}; the table has {list}")
                }
                (true, Lang::Zh) => {
                    format!(
                        "指定为{label}的列“{wanted}”不存在；没有表头时请用列字母或列号，如 A 或 1"
                    )
                }
                (true, Lang::En) => format!(
                    "there is no column {wanted} to hold the {label}; without headers name columns by letter or number, such as A or 1"
                ),
            }
        }),
        TableError::HeaderRowMissing { row, last } => Text::new(
            format!("指定的表头在第{row}行，但表只到第{last}行"),
            format!("the header row was said to be {row}, but the sheet ends at row {last}"),
        ),
        TableError::NoCodeColumn { sheet } => Text::of(|lang| {
            let sheet = sheet.as_deref().unwrap_or_default();
            match (sheet.is_empty(), lang) {
                (true, Lang::Zh) => "没有找到网格编码列；请用 --map code=列名 指明".to_owned(),
                (true, Lang::En) => {
                    "found no column of grid codes; name it with --map code=NAME".to_owned()
                }
                (false, Lang::Zh) => format!(
                    "工作表“{sheet}”中没有网格编码列；请用 --map code=列名 指明，或用 --sheet 选别的工作表"
                ),
                (false, Lang::En) => format!(
                    "sheet \"{sheet}\" has no column of grid codes; name it with --map code=NAME, or choose another sheet with --sheet"
                ),
            }
        }),
        TableError::NoSuchSheet { name, sheets } => Text::new(
            format!("没有名为“{name}”的工作表；有：{}", sheets.join("、")),
            format!(
                "there is no sheet \"{name}\"; there are: {}",
                sheets.join(", ")
            ),
        ),
        TableError::OneTable { sheets } => Text::new(
            format!(
                "有多个工作表含住户表格（{}），CSV 只能放一个：请用 --sheet 选一个，或输出为 .xlsx",
                sheets.join("、")
            ),
            format!(
                "several sheets hold a table ({}), and CSV holds one: choose one with --sheet, or write .xlsx",
                sheets.join(", ")
            ),
        ),
        TableError::Interrupted => Text::fixed(
            "已按要求停止，没有留下未写完的文件",
            "stopped as asked; no unfinished file is left",
        ),
        _ => Text::default(),
    }
}

fn no_table(
    rows: u64,
    closest: Option<&Near>,
    headless: &[(usize, Field)],
    remedy: Remedy,
) -> Text {
    if rows == 0 {
        return Text::fixed("没有找到表：内容是空的", "found no table: it is empty");
    }
    if !headless.is_empty() {
        return match remedy {
            Remedy::Option => without_headers(headless),
            Remedy::Sheet => to_be_headed(headless),
        };
    }
    match closest {
        Some(near) if near.row == 0 => Text::fixed(
            "没有指定房号、地址或网格编码列；请加 --map unit=C 这样的选项，C 换成该列的字母",
            "no column is said to hold the room, the address or the grid code; add an option such as --map unit=C, with the letter of that column",
        ),
        Some(near) if !near.says_home() => no_home(near, remedy),
        _ => no_header(closest, remedy),
    }
}

/// The options that read a table without headers.
fn without_headers(columns: &[(usize, Field)]) -> Text {
    let mut options = "--no-headers".to_owned();
    for (column, field) in columns {
        // Writing to a String cannot fail.
        let _ = write!(
            options,
            " --map {}={}",
            field.key(),
            column_letters(*column)
        );
    }
    Text::new(
        format!("没有找到表头，各行像是数据；可加 {options} 按无表头读取，请先核对各列"),
        format!(
            "found no header, and the rows look like data; check the columns and read them with {options}"
        ),
    )
}

/// The headers that a table without them seems to lack.
fn to_be_headed(columns: &[(usize, Field)]) -> Text {
    Text::of(|lang| {
        let headers: Vec<String> = columns
            .iter()
            .map(|(column, field)| {
                let (letter, label) = (column_letters(*column), field.label(lang));
                lang.pick(
                    format!("{letter}列“{label}”"),
                    format!("{letter} `{label}`"),
                )
            })
            .collect();
        lang.pick(
            format!(
                "没有找到表头，各行像是数据；请在最上面插入一行，写上各列的表头，看起来是：{}",
                headers.join("、")
            ),
            format!(
                "found no header, and the rows look like data; insert a row at the top that heads each column, by the look of it {}",
                headers.join(", ")
            ),
        )
    })
}

/// A header is there, but nothing in it says which home a row is about.
fn no_home(near: &Near, remedy: Remedy) -> Text {
    Text::of(|lang| {
        let row = near.row;
        let known: Vec<String> = near
            .known
            .iter()
            .map(|(header, field)| format!("{header}={}", field.label(lang)))
            .collect();
        let mut text = match (known.is_empty(), lang) {
            (true, Lang::Zh) => format!("不是住户表格：第{row}行没有认得的列名"),
            (true, Lang::En) => {
                format!("this is no household table: row {row} has no known column name")
            }
            (false, Lang::Zh) => format!(
                "不是住户表格：第{row}行认得的列名有{}，但没有房号、地址或网格编码列",
                known.join("、")
            ),
            (false, Lang::En) => format!(
                "this is no household table: row {row} has {}, but no room, address or grid-code column",
                known.join(", ")
            ),
        };
        for left in &near.left {
            text.push_str(lang.pick("；", "; "));
            text.push_str(left.get(lang));
        }
        text.push_str(match (near.known.iter().any(|(_, field)| *field == Field::HouseholdId), lang) {
            (true, Lang::Zh) => {
                "；只有户号的人员名单，请先按户号并入房屋表中的楼栋、单元和房号"
            }
            (true, Lang::En) => {
                "; a list of residents with household numbers only has to be joined with the house file first, for its building, entrance and room"
            }
            (false, Lang::Zh) => remedy.pick(
                "；表头在别的行时请用 --header-row 指明，列名不同时请用 --map unit=列名 指明",
                "；请把写房号的那一列的表头改为“房号”（写整个地址的改为“地址”，写网格编码的改为“网格编码”）",
            ),
            (false, Lang::En) => remedy.pick(
                "; name another header row with --header-row, or the column with --map unit=NAME",
                "; head the column of rooms `room` (one of whole addresses `address`, one of grid codes `grid code`)",
            ),
        });
        text
    })
}

fn no_header(closest: Option<&Near>, remedy: Remedy) -> Text {
    Text::of(|lang| {
        let near = closest.map_or_else(String::new, |near| {
            let row = near.row;
            lang.pick(
                format!("最接近的是第{row}行，但还不够；")
                    + &remedy.pick(
                        format!("确是表头时请加 --header-row {row}，"),
                        "确是表头时请改写其中的列名；".to_owned(),
                    ),
                format!("; row {row} comes closest, but that is not enough: if it is the header, ")
                    + &remedy.pick(
                        format!("add --header-row {row}"),
                        "change its column names to such".to_owned(),
                    ),
            )
        });
        lang.pick(
            format!(
                "没有找到表头：应有一行至少含两个认得的列名，其中有房号、网格编码或地址（如“楼栋、单元、房号、姓名”）；{near}"
            ) + remedy.pick(
                "列名不同时请用 --map unit=列名 指明；没有表头的文件请用 --no-headers，再用 --map unit=C 指明各列",
                "没有表头的名单，请在最上面插入一行，写上各列的列名",
            ),
            format!(
                "found no header: expected a row with at least two known column names, among them room, grid code or address{near}; "
            ) + remedy.pick(
                "name a column with --map unit=NAME; for a file without headers use --no-headers and name its columns, as in --map unit=C",
                "for a list without headers insert a row at the top that names its columns",
            ),
        )
    })
}

fn side_by_side(field: Field, first: &str, second: &str) -> Text {
    Text::of(|lang| {
        let label = field.label(lang);
        lang.pick(
            format!(
                "有两张表左右并排（{first} 和 {second} 都是{label}）；请把每张表各放到一个单独的工作表"
            ),
            format!(
                "two tables stand side by side ({first} and {second} both hold the {label}); move each to a sheet of its own"
            ),
        )
    })
}
