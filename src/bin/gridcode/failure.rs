//! Why a command could not run, in both languages.

use std::io;

use gridcode::Text;
use gridcode::codebook::CodebookError;
use gridcode::reminder::EventsError;
use gridcode::report::plan::PlanError;
use gridcode::rule::UnknownRule;
use gridcode::staff::StaffError;
use gridcode::survey::SurveyError;
use gridcode::table::TableError;

/// Why a command could not run.
#[derive(Debug)]
pub enum Failure {
    /// Nobody reads what we write any more; that is no fault.
    BrokenPipe,
    /// A file, by name, cannot be worked on.
    Table(String, Box<TableError>),
    /// The codebook is refused.
    Codebook(Box<CodebookError>),
    /// A rule name that does not exist.
    Rule(UnknownRule),
    /// Anything else that has been put into words.
    Said(Box<Text>),
}

impl Failure {
    /// A file, by name, cannot be worked on.
    pub fn table(name: impl Into<String>, error: TableError) -> Self {
        Self::Table(name.into(), Box::new(error))
    }

    pub fn said(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Said(Box::new(Text::new(zh.into(), en.into())))
    }

    /// Why a file, by name, cannot be worked on, in words that need it named.
    pub fn said_by(name: &str, why: &Text) -> Self {
        if why.en.contains(name) {
            return Self::Said(Box::new(why.clone()));
        }
        Self::said(format!("{name}：{}", why.zh), format!("{name}: {}", why.en))
    }

    pub fn text(&self) -> Text {
        match self {
            Self::BrokenPipe => Text::default(),
            Self::Table(file, error) => {
                let text = error.message();
                // Some of these sentences name the file themselves.
                if text.en.contains(file.as_str()) {
                    return text;
                }
                Text::new(
                    format!("{file}：{}", text.zh),
                    format!("{file}: {}", text.en),
                )
            }
            Self::Codebook(error) => error.text(),
            Self::Rule(error) => error.message(),
            Self::Said(text) => Text::clone(text),
        }
    }
}

/// The system's own words are English or the system's language; the frequent ones are said in both.
pub fn reason(error: &io::Error) -> Text {
    match error.kind() {
        io::ErrorKind::NotFound => Text::fixed("找不到", "not found"),
        io::ErrorKind::PermissionDenied => Text::fixed("没有权限", "no permission"),
        io::ErrorKind::IsADirectory => Text::fixed("这是文件夹", "it is a folder"),
        io::ErrorKind::InvalidData => Text::fixed("不是 UTF-8 文本", "not UTF-8 text"),
        io::ErrorKind::StorageFull => Text::fixed("磁盘已满", "the disk is full"),
        _ => Text::new(error.to_string(), error.to_string()),
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::BrokenPipe;
        }
        let why = reason(&error);
        Self::said(
            format!("读写失败：{}", why.zh),
            format!("could not read or write: {}", why.en),
        )
    }
}

impl From<CodebookError> for Failure {
    fn from(error: CodebookError) -> Self {
        Self::Codebook(Box::new(error))
    }
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        Self::Said(Box::new(error.message()))
    }
}

impl From<EventsError> for Failure {
    fn from(error: EventsError) -> Self {
        Self::Said(Box::new(error.text()))
    }
}

impl From<SurveyError> for Failure {
    fn from(error: SurveyError) -> Self {
        Self::Said(Box::new(error.message()))
    }
}

impl From<StaffError> for Failure {
    fn from(error: StaffError) -> Self {
        Self::Said(Box::new(error.message()))
    }
}

impl From<UnknownRule> for Failure {
    fn from(error: UnknownRule) -> Self {
        Self::Rule(error)
    }
}
