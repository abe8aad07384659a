//! The sentences about finding a table in a sheet.

use super::TableError;
use crate::lang::Text;

/// What is said of the errors that concern sheets, headers and columns; empty for the others.
pub(super) fn layout_message(error: &TableError) -> Text {
    match error {
        TableError::NoTable { rows, closest } => no_table(*rows, *closest),
        TableError::TwoColumns {
            field,
            first,
            second,
        } => Text::of(|lang| {
            let (key, label) = (field.key(), field.label(lang));
            let letter = first.trim_end_matches(|c: char| c.is_ascii_digit());
            lang.pick(
                    format!("{first} 和 {second} 两列都是{label}；请用 --map {key}={letter} 指明用哪一列"),
                    format!("columns {first} and {second} both hold the {label}; choose one with --map {key}={letter}"),
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
                (false, crate::Lang::Zh) => {
                    format!("指定为{label}的列“{wanted}”不存在；表中的列有：{list}")
                }
                (false, crate::Lang::En) => {
                    format!("there is no column {wanted} to hold the {label}; the table has {list}")
                }
                (true, crate::Lang::Zh) => {
                    format!(
                        "指定为{label}的列“{wanted}”不存在；没有表头时请用列字母或列号，如 A 或 1"
                    )
                }
                (true, crate::Lang::En) => format!(
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
                (true, crate::Lang::Zh) => {
                    "没有找到网格编码列；请用 --map code=列名 指明".to_owned()
                }
                (true, crate::Lang::En) => {
                    "found no column of grid codes; name it with --map code=NAME".to_owned()
                }
                (false, crate::Lang::Zh) => format!(
                    "工作表“{sheet}”中没有网格编码列；请用 --map code=列名 指明，或用 --sheet 选别的工作表"
                ),
                (false, crate::Lang::En) => format!(
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

fn no_table(rows: u64, closest: Option<u64>) -> Text {
    if rows == 0 {
        return Text::fixed("没有找到表：内容是空的", "found no table: it is empty");
    }
    Text::of(|lang| {
        let near = match closest {
            None => String::new(),
            Some(row) => lang.pick(
                format!("最接近的是第{row}行，但还不够；"),
                format!("; row {row} comes closest, but that is not enough"),
            ),
        };
        lang.pick(
            format!(
                "没有找到表头：应有一行至少含两个认得的列名，其中有房号、网格编码、地址或楼栋（如“楼栋、单元、房号、姓名”）；{near}\
                 可用 --header-row 3 指明表头行，用 --map unit=列名 指明列；没有表头的文件用 --no-headers --map code=A"
            ),
            format!(
                "found no header: expected a row with at least two known column names, among them room, grid code, address or building{near}; \
                 name the header row with --header-row 3 and a column with --map unit=NAME; for a file without headers use --no-headers --map code=A"
            ),
        )
    })
}
