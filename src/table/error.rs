//! Why a file cannot be read or written at all.

use crate::lang::Text;
use crate::row::Field;

/// Why the work on a file cannot go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The operating system refused.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// No row of the sheet is the header of a household list; an empty sheet or one of instructions may be passed over.
    #[error("{}", self.message().en)]
    NoTable {
        /// How many rows were looked at; 0 for an empty sheet.
        rows: u64,
        /// The row that came closest to a header.
        closest: Option<u64>,
    },
    /// Two columns both say that they hold the same field.
    #[error("{}", self.message().en)]
    TwoColumns {
        /// What both hold.
        field: Field,
        /// The header cell on the left, as Excel names it.
        first: String,
        /// The header cell on the right.
        second: String,
    },
    /// The user named a column that the table does not have.
    #[error("{}", self.message().en)]
    UnknownColumn {
        /// What it should hold.
        field: Field,
        /// How the user named it.
        wanted: String,
        /// The columns that there are.
        headers: Vec<String>,
    },
    /// The user named a header row beyond the end.
    #[error("{}", self.message().en)]
    HeaderRowMissing {
        /// The row that the user named.
        row: u64,
        /// The last row of the sheet.
        last: u64,
    },
}

impl TableError {
    /// The sentence for a user, in both languages.
    #[must_use]
    pub fn message(&self) -> Text {
        match self {
            Self::Io(error) => Text::new(
                format!("文件读写失败：{error}"),
                format!("could not read or write: {error}"),
            ),
            Self::NoTable { rows, closest } => no_table(*rows, *closest),
            Self::TwoColumns {
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
            Self::UnknownColumn {
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
                        format!(
                            "there is no column {wanted} to hold the {label}; the table has {list}"
                        )
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
            Self::HeaderRowMissing { row, last } => Text::new(
                format!("指定的表头在第{row}行，但表只到第{last}行"),
                format!("the header row was said to be {row}, but the sheet ends at row {last}"),
            ),
        }
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
