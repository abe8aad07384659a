//! Why a division cannot begin.

use crate::lang::Text;
use crate::table::TableError;

/// Why the sheets of a division cannot be worked on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SurveyError {
    /// A file cannot be read, or holds no household table.
    #[error("{file}: {error}")]
    Table {
        /// The file.
        file: String,
        /// Why.
        error: Box<TableError>,
    },
    /// No row of a file has the headers that are needed.
    #[error("{file}: {}", expected.en)]
    Headers {
        /// The file.
        file: String,
        /// Which headers are needed.
        expected: Text,
    },
}

impl SurveyError {
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
        };
        if why.en.contains(file.as_str()) {
            return why;
        }
        Text::new(format!("{file}：{}", why.zh), format!("{file}: {}", why.en))
    }
}
