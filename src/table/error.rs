//! Why a file cannot be read or written at all, and what to do about it.

use std::fmt;
use std::io;

use super::Remedy;
use super::layout_message::layout_message;
use crate::lang::{Lang, Text};
use crate::row::{Field, Place};

/// Why the work on a file cannot go on.
///
/// Every message says what to do, in both languages, and never repeats the content of a cell.
/// `name` is always the file's name as the user gave it; messages leave it to the caller to say it before them.
#[derive(Debug)]
#[non_exhaustive]
pub enum TableError {
    /// The operating system refused while a file was being read or written.
    Io(io::Error),
    /// There is no such file.
    Missing {
        /// The file.
        name: String,
    },
    /// The path is a directory.
    Directory {
        /// The directory.
        name: String,
    },
    /// The user may not read or write the file, or the disk is broken.
    Unreachable {
        /// The file.
        name: String,
        /// What the operating system said.
        error: io::Error,
    },
    /// The file has no bytes at all, or nothing but a byte order mark.
    Empty {
        /// The file.
        name: String,
    },
    /// The bytes are not text in the encoding that was found or asked for.
    Encoding {
        /// The file.
        name: String,
        /// The encoding that fits best.
        encoding: &'static str,
        /// The 1-based line of the first byte that does not fit.
        line: u64,
        /// The 0-based offset of that byte.
        byte: u64,
    },
    /// The encoding asked for is unknown.
    UnknownEncoding {
        /// What was asked for.
        label: String,
    },
    /// The delimiter asked for cannot be one.
    Delimiter {
        /// What was asked for.
        delimiter: char,
    },
    /// A quoted cell is never closed: every later row would vanish into it.
    OpenQuote {
        /// The file.
        name: String,
        /// The 1-based row, as Excel counts, in which the quote opens.
        row: u64,
    },
    /// The file is none of the formats that can be read.
    Unsupported {
        /// The file.
        name: String,
        /// What it looks like.
        what: Text,
        /// What to do.
        advice: Text,
    },
    /// The workbook is encrypted.
    Password {
        /// The file.
        name: String,
    },
    /// The workbook ends too early or its parts contradict each other.
    Corrupt {
        /// The file.
        name: String,
        /// What the reader met, in English, for a bug report.
        detail: String,
    },
    /// The workbook unpacks to far more than a household list can hold.
    TooLarge {
        /// The file.
        name: String,
    },
    /// This build reads text files only.
    WithoutWorkbooks {
        /// The file.
        name: String,
    },
    /// There is no such sheet.
    NoSheet {
        /// The 0-based number of the sheet asked for.
        index: usize,
        /// How many sheets the file has.
        count: usize,
    },
    /// The output is one of the inputs.
    SameFile {
        /// The file.
        name: String,
    },
    /// The target encoding has no such character.
    Unencodable {
        /// The cell that was to be written.
        place: Place,
        /// The character.
        character: char,
        /// The target encoding.
        encoding: &'static str,
    },
    /// A cell is longer than a workbook can hold (32,767 characters).
    CellTooLong {
        /// The cell that was to be written.
        place: Place,
    },
    /// A sheet has more rows (1,048,576) or columns (16,384) than a workbook can hold.
    SheetFull {
        /// The first cell that has no room.
        place: Place,
    },
    /// A sheet cannot have this name, or two sheets have it.
    SheetName {
        /// The name.
        name: String,
    },
    /// No row of the sheet is the header of a household list, or none of its columns says which home a row is about;
    /// an empty sheet or one of instructions may be passed over.
    NoTable {
        /// How many rows were looked at; 0 for an empty sheet.
        rows: u64,
        /// The row that came closest to a header.
        closest: Option<Near>,
        /// For a table that seems to have no header: what its columns seem to hold, by their 0-based number.
        headless: Vec<(usize, Field)>,
    },
    /// Two columns both say that they hold the same field.
    TwoColumns {
        /// What both hold.
        field: Field,
        /// The header cell on the left, as Excel names it.
        first: String,
        /// The header cell on the right.
        second: String,
        /// Whether the same headers come again from the second on: two tables stand side by side.
        side_by_side: bool,
    },
    /// The user named a column that the table does not have.
    UnknownColumn {
        /// What it should hold.
        field: Field,
        /// How the user named it.
        wanted: String,
        /// The columns that there are.
        headers: Vec<String>,
    },
    /// The user named a header row beyond the end.
    HeaderRowMissing {
        /// The row that the user named.
        row: u64,
        /// The last row of the sheet.
        last: u64,
    },
    /// A command that needs codes was given a table without a column of them.
    NoCodeColumn {
        /// The sheet; `None` for a text file.
        sheet: Option<String>,
    },
    /// There is no sheet of this name.
    NoSuchSheet {
        /// The name asked for.
        name: String,
        /// The sheets that there are.
        sheets: Vec<String>,
    },
    /// The format can hold one table only.
    OneTable {
        /// The sheets that hold a table.
        sheets: Vec<String>,
    },
    /// The user asked to stop.
    Interrupted,
}

/// A row that is not enough of a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Near {
    /// Its number as Excel shows it; 0 where the user said that there is no header.
    pub row: u64,
    /// The headers in it that are known, each with what it means.
    pub known: Vec<(String, Field)>,
    /// Why columns that might say which home a row is about were left aside.
    pub left: Vec<Text>,
}

impl Near {
    /// Whether one of the headers says which home a row is about.
    pub(super) fn says_home(&self) -> bool {
        let home = |(_, field): &(String, Field)| {
            matches!(field, Field::Unit | Field::Address | Field::GridCode)
        };
        self.known.iter().any(home)
    }
}

impl TableError {
    /// The sentence for a user who can type options, in both languages.
    #[must_use]
    pub fn message(&self) -> Text {
        self.message_for(Remedy::Option)
    }

    /// The sentence for a user who can do this or that about it, in both languages.
    ///
    /// ```
    /// use gridcode::row::Field;
    /// use gridcode::table::{Remedy, TableError};
    ///
    /// let error = TableError::TwoColumns { field: Field::Unit, first: "C1".into(), second: "F1".into(), side_by_side: false };
    /// assert!(error.message().en.contains("--map unit=C"));
    /// assert!(!error.message_for(Remedy::Sheet).en.contains("--"));
    /// ```
    #[must_use]
    pub fn message_for(&self, remedy: Remedy) -> Text {
        match self {
            Self::Io(_)
            | Self::Missing { .. }
            | Self::Directory { .. }
            | Self::Unreachable { .. }
            | Self::Empty { .. }
            | Self::SameFile { .. } => self.about_the_path(),
            Self::Encoding { .. }
            | Self::UnknownEncoding { .. }
            | Self::Delimiter { .. }
            | Self::OpenQuote { .. } => self.about_the_text(remedy),
            Self::Unsupported { .. }
            | Self::Password { .. }
            | Self::Corrupt { .. }
            | Self::TooLarge { .. }
            | Self::WithoutWorkbooks { .. }
            | Self::NoSheet { .. } => self.about_the_workbook(),
            Self::Unencodable { .. }
            | Self::CellTooLong { .. }
            | Self::SheetFull { .. }
            | Self::SheetName { .. } => self.about_the_writing(),
            Self::NoTable { .. }
            | Self::TwoColumns { .. }
            | Self::UnknownColumn { .. }
            | Self::HeaderRowMissing { .. }
            | Self::NoCodeColumn { .. }
            | Self::NoSuchSheet { .. }
            | Self::OneTable { .. }
            | Self::Interrupted => layout_message(self, remedy),
        }
    }

    fn about_the_path(&self) -> Text {
        match self {
            Self::Missing { .. } => Text::fixed(
                "找不到这个文件，请检查文件名和所在文件夹",
                "there is no such file; check its name and folder",
            ),
            Self::Directory { .. } => Text::fixed(
                "这是文件夹，请指定其中的一个文件",
                "this is a directory; name a file inside it",
            ),
            Self::Unreachable { error, .. } => Text::new(
                format!(
                    "无法打开（{}），请检查权限，或在其他程序中关闭它",
                    reason(error, Lang::Zh)
                ),
                format!(
                    "cannot be opened ({}); check its permissions, or close it in other programs",
                    reason(error, Lang::En)
                ),
            ),
            Self::Empty { .. } => Text::fixed(
                "这是空文件，请确认导出是否成功",
                "the file is empty; check that the export worked",
            ),
            Self::SameFile { name } => Text::new(
                format!("输出文件“{name}”就是输入文件，请换一个文件名，原文件不会被覆盖"),
                format!(
                    "the output `{name}` is the input itself; choose another name, the original is never overwritten"
                ),
            ),
            Self::Io(error) => Text::new(
                format!(
                    "文件读写失败（{}），请检查磁盘空间和连接后重试",
                    reason(error, Lang::Zh)
                ),
                format!(
                    "reading or writing failed ({}); check the disk and try again",
                    reason(error, Lang::En)
                ),
            ),
            _ => Text::default(),
        }
    }

    fn about_the_text(&self, remedy: Remedy) -> Text {
        match self {
            Self::Encoding {
                encoding,
                line,
                byte,
                ..
            } => Text::new(
                format!("不是有效的 {encoding} 文本：第 {line} 行（字节 {byte}）无法解码，")
                    + remedy.pick(
                        "请用 --encoding 指定编码，或在表格软件中另存为 UTF-8",
                        "请用 Excel 或 WPS 打开名单，改正乱码，另存为 .xlsx",
                    ),
                format!("not valid {encoding} text: line {line} (byte {byte}) cannot be decoded; ")
                    + remedy.pick(
                        "give the encoding with --encoding, or save the file as UTF-8",
                        "open the list in Excel or WPS, correct what is garbled, and save it as .xlsx",
                    ),
            ),
            Self::UnknownEncoding { label } => Text::new(
                format!("不认识编码“{label}”，可用 utf-8、gb18030、gbk、big5、utf-16le 等"),
                format!(
                    "unknown encoding `{label}`; use utf-8, gb18030, gbk, big5, utf-16le or the like"
                ),
            ),
            Self::Delimiter { delimiter } => Text::new(
                format!(
                    "“{}”不能作分隔符，此处应为逗号、制表符、分号或竖线等单个 ASCII 符号",
                    delimiter.escape_default()
                ),
                format!(
                    "`{}` cannot be a delimiter; expected one ASCII sign such as comma, tab, semicolon or bar",
                    delimiter.escape_default()
                ),
            ),
            Self::OpenQuote { row, .. } => Text::new(
                format!("第 {row} 行的引号没有闭合，其后的行都会并入这一格，请补上或删去这个引号"),
                format!(
                    "a quote opened in row {row} is never closed and would swallow all later rows; close it or remove it"
                ),
            ),
            _ => Text::default(),
        }
    }

    fn about_the_workbook(&self) -> Text {
        match self {
            Self::Unsupported { what, advice, .. } => Text::of(|lang| match lang {
                Lang::Zh => {
                    // A blank sets Latin words apart from Chinese ones.
                    let latin = what.zh.starts_with(|c: char| c.is_ascii_alphanumeric());
                    let blank = if latin { " " } else { "" };
                    format!("这是{blank}{}，{}", what.zh, advice.zh)
                }
                Lang::En => format!("this is {}; {}", what.en, advice.en),
            }),
            Self::Password { .. } => Text::fixed(
                "工作簿有密码保护，请打开它，去掉密码，保存后再试",
                "the workbook is protected by a password: open it, remove the password, save",
            ),
            Self::Corrupt { detail, .. } => Text::new(
                format!("文件已损坏或不完整（{detail}），请重新下载或导出，或用表格软件打开后另存"),
                format!(
                    "the file is damaged or incomplete ({detail}); download or export it again, or open and save it in a spreadsheet program"
                ),
            ),
            Self::TooLarge { .. } => Text::fixed(
                "文件解压后异常庞大，已停止读取，请确认来源，或另存为 CSV",
                "the file unpacks to an abnormal size and was not read; check where it came from, or save it as CSV",
            ),
            Self::WithoutWorkbooks { .. } => Text::fixed(
                "这是工作簿，而此程序未编入工作簿支持，请另存为 CSV",
                "this is a workbook and the program is built without workbook support; save it as CSV",
            ),
            Self::NoSheet { index, count } => Text::new(
                format!("没有第 {} 张工作表，共有 {count} 张", index + 1),
                format!("there is no sheet {}; the file has {count}", index + 1),
            ),
            _ => Text::default(),
        }
    }

    fn about_the_writing(&self) -> Text {
        match self {
            Self::Unencodable {
                place,
                character,
                encoding,
            } => {
                let code = u32::from(*character);
                Text::new(
                    format!(
                        "{place} 中的字符 U+{code:04X} 无法用 {encoding} 保存，请改用 UTF-8 输出"
                    ),
                    format!(
                        "{place}: {encoding} has no character U+{code:04X}; write UTF-8 instead"
                    ),
                )
            }
            Self::CellTooLong { place } => Text::new(
                format!("{place} 超过工作簿单元格上限 32767 个字符，请缩短，或输出为 CSV"),
                format!(
                    "{place} is longer than the 32,767 characters a workbook cell can hold; shorten it, or write CSV"
                ),
            ),
            Self::SheetFull { place } => Text::new(
                format!("{place} 超出工作表上限（1048576 行、16384 列），请分表，或输出为 CSV"),
                format!(
                    "{place} lies outside a sheet (1,048,576 rows, 16,384 columns); split the list, or write CSV"
                ),
            ),
            Self::SheetName { name } => Text::new(
                format!(
                    "工作表不能命名为“{name}”：此处应为 1 至 31 个字符，不含 [ ] : * ? / \\，首尾不是单引号，且不重名"
                ),
                format!(
                    "`{name}` cannot name a sheet: expected 1 to 31 characters, none of [ ] : * ? / \\, no apostrophe at either end, and no other sheet of that name"
                ),
            ),
            _ => Text::default(),
        }
    }

    /// An error of the operating system about one path.
    pub(crate) fn of_path(name: &str, error: io::Error) -> Self {
        let name = name.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing { name },
            io::ErrorKind::IsADirectory => Self::Directory { name },
            _ => Self::Unreachable { name, error },
        }
    }
}

/// The operating system's own words are English on most machines: the common ones are said in both languages.
fn reason(error: &io::Error, lang: Lang) -> String {
    let text = match error.kind() {
        io::ErrorKind::PermissionDenied => Text::fixed("没有权限", "permission denied"),
        io::ErrorKind::StorageFull => Text::fixed("磁盘已满", "the disk is full"),
        io::ErrorKind::BrokenPipe => Text::fixed("接收方已关闭", "the reader has gone"),
        io::ErrorKind::UnexpectedEof => Text::fixed("数据不完整", "the data end too early"),
        io::ErrorKind::NotFound => Text::fixed("文件夹不存在", "no such folder"),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            Text::fixed("数据已损坏", "the data are damaged")
        }
        _ => return error.to_string(),
    };
    text.get(lang).to_owned()
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for TableError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) | Self::Unreachable { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for TableError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
