//! Why a file cannot be read or written at all.

use crate::lang::Text;

/// Why the work on a file cannot go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The operating system refused.
    #[error("{0}")]
    Io(#[from] std::io::Error),
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
        }
    }
}
