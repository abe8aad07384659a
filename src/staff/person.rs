//! A person of a roster, and the posts that a person holds.

use std::fmt;

use super::role::Level;
use crate::row::Place;

/// Somebody who stands in a roster.
///
/// The name and the telephone number are handed out only to who asks for them; `Debug` shows neither.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    pub(super) name: String,
    pub(super) phone: Option<String>,
    pub(super) account: Option<String>,
    pub(super) community: String,
    /// Grids at most.
    pub(super) limit: Option<u32>,
    /// Nothing but the buildings of the row.
    pub(super) only: bool,
    pub(super) file: String,
    pub(super) place: Place,
    /// The file and the sheet are read without the people of any roster: an earlier assignment.
    pub(super) is_earlier: bool,
}

impl Person {
    /// The name: not for a report, a log or an error.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The telephone number, for whoever was asked for it by name (`--show-values`).
    #[must_use]
    pub fn phone(&self) -> Option<&str> {
        self.phone.as_deref()
    }

    /// The account in `WeCom` (userid).
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// The file in which the person stands first.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The cell in which the person stands first: how a report names somebody.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("file", &self.file)
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

/// What a row says that a person is, and for what.
#[derive(Clone, Debug)]
pub(super) struct Post {
    pub(super) person: usize,
    pub(super) level: Level,
    pub(super) community: String,
    pub(super) estate: String,
    pub(super) grids: String,
    pub(super) buildings: String,
    pub(super) file: String,
    /// Where grids are named, and where buildings are.
    pub(super) at: [Place; 2],
    pub(super) is_earlier: bool,
}
