//! Why a file of events is refused, with the line at fault.

use crate::lang::Text;

/// Why a file of life events cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {}", .message.en)]
pub struct EventsError {
    /// The file's name as the caller gave it.
    pub file: String,
    /// The 1-based line at fault.
    pub line: usize,
    /// What is wrong with it.
    pub message: Text,
}

impl EventsError {
    /// The sentence for a user, with file and line, in both languages.
    #[must_use]
    pub fn text(&self) -> Text {
        Text::new(
            format!(
                "事件文件 {} 第{}行：{}",
                self.file, self.line, self.message.zh
            ),
            format!(
                "events {}, line {}: {}",
                self.file, self.line, self.message.en
            ),
        )
    }
}
