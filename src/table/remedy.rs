//! What a sentence may tell its reader to do.

/// What the reader of a sentence can do about a table that is not read as it should be: type an option of the program,
/// or, in a window where nothing is typed, change the table itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Remedy {
    /// Add an option such as `--map unit=C`.
    #[default]
    Option,
    /// Open the file in a spreadsheet program and write a header, show a sheet, or save it in another format.
    Sheet,
}

impl Remedy {
    /// The words for the one or the other.
    pub(crate) fn pick<T>(self, option: T, sheet: T) -> T {
        match self {
            Self::Option => option,
            Self::Sheet => sheet,
        }
    }
}
