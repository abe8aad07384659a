//! A finding about a roster, the grids, or what stands between them: where, what, what to write instead.

use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::row::Place;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident, $key:literal;)+) => {
        /// What can be wrong with staff.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[doc = $doc])+ $name,)+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name used in JSON and behind a printed finding.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)+ }
            }
        }
    };
}

kinds! {
    /// A row that names nobody.
    NoName, "name-missing";
    /// A title that leads to no level.
    UnknownTitle, "title-unknown";
    /// A row that says no level.
    NoTitle, "title-missing";
    /// A telephone number of which a spreadsheet has lost digits, or that is none.
    BadPhone, "phone-damaged";
    /// One name with two telephone numbers: counted as two people.
    SameName, "same-name";
    /// A limit that is no number.
    BadLimit, "limit-unreadable";
    /// A cell that a spreadsheet has made a date of.
    Date, "date-mangled";
    /// A grid that the grids do not have.
    UnknownGrid, "grid-unknown";
    /// A building that the grids do not have.
    UnknownBuilding, "building-unknown";
    /// A community that the grids do not have.
    UnknownCommunity, "community-unknown";
    /// A name that several grids or buildings have.
    Several, "several-fit";
    /// `3-5` among buildings: a run of buildings, or an entrance.
    Run, "run-of-buildings";
    /// Cells left blank below filled ones: they may have been merged.
    Blank, "blank-below";
    /// A row of the grids that names no grid, or no building.
    NoGrid, "grid-missing";
    /// One building, or a part of one, in two grids.
    TwoGrids, "two-grids";
    /// Two people at a level that has one.
    TwoPeople, "two-people";
    /// A grid that has no full-time worker.
    NoWorker, "grid-without-worker";
    /// A grid that has no area head.
    NoArea, "grid-without-area-head";
    /// A building that has no assistant, where others have one.
    NoAssistant, "building-without-assistant";
    /// A level nobody stands at.
    EmptyLevel, "level-without-person";
    /// Somebody who has nothing to do.
    Idle, "person-without-grid";
    /// Somebody with more than their limit.
    OverLimit, "over-limit";
    /// Somebody of an earlier sheet who is in the roster no more.
    Gone, "person-gone";
    /// What the grid interface of `WeCom` does not take.
    WeCom, "wecom-limit";
    /// Somebody without an account in `WeCom`.
    NoAccount, "account-missing";
}

/// One thing that is wrong, or worth knowing.
///
/// It holds names of grids and buildings and never anybody's name or telephone number: people are named by their cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub kind: Kind,
    /// How bad it is.
    pub severity: Severity,
    /// The file, as the caller named it; empty where no file is at fault.
    pub file: String,
    /// The cell or row; row 0 means the file as a whole.
    pub place: Place,
    /// What is wrong, understandable alone.
    pub message: Text,
    /// What to write or do instead; empty where there is nothing to add.
    pub advice: Text,
}

/// Where findings go.
pub(super) type Sink<'s> = dyn FnMut(Finding) + 's;
