//! Why staff cannot be worked on.

use crate::lang::Text;
use crate::table::TableError;

/// Why staff cannot be worked on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StaffError {
    /// A file cannot be read.
    #[error("{file}: {error}")]
    Table {
        /// The file.
        file: String,
        /// Why.
        error: Box<TableError>,
    },
    /// No sheet of a file has the headers that are needed.
    #[error("{file}: {}", expected.en)]
    Headers {
        /// The file.
        file: String,
        /// Which headers are needed.
        expected: Text,
    },
    /// The file of titles is refused.
    #[error("{file}: {why}")]
    Roles {
        /// The file.
        file: String,
        /// Why, with the line.
        why: String,
    },
}

impl StaffError {
    pub(super) fn table(file: &str, error: TableError) -> Self {
        Self::Table {
            file: file.to_owned(),
            error: Box::new(error),
        }
    }

    /// The sentence for a user.
    #[must_use]
    pub fn message(&self) -> Text {
        let (file, why) = match self {
            Self::Table { file, error } => (file, error.message()),
            Self::Headers { file, expected } => (file, expected.clone()),
            Self::Roles { file, why } => (
                file,
                Text::new(
                    format!("职务文件有误：{why}"),
                    format!("not a file of titles: {why}"),
                ),
            ),
        };
        if why.en.contains(file.as_str()) {
            return why;
        }
        Text::new(format!("{file}：{}", why.zh), format!("{file}: {}", why.en))
    }
}
