//! A finding about what a division starts from: which cell of which file, what is wrong with it, what to write instead.

use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::row::Place;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident, $key:literal;)+) => {
        /// What can be wrong with the sheets that a division starts from.
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
    /// A household whose building is not known: it is in no grid.
    NoBuilding, "household-without-building";
    /// How many residents a household has is not said: the mean of the others is taken.
    NoResidents, "residents-unknown";
    /// No number of households or residents, or one that no building has.
    BadCount, "count-impossible";
    /// A block that is listed twice.
    Twice, "listed-twice";
    /// A name that no block of the list has.
    Unknown, "name-unknown";
    /// A name that several blocks have.
    Several, "name-ambiguous";
    /// A building that the sheet of positions leaves out.
    NoPosition, "position-missing";
    /// No positions at all: buildings are taken in the order of their names.
    NoPositions, "positions-missing";
    /// Two positions for one building.
    TwoPositions, "position-twice";
    /// No coordinates.
    BadPosition, "position-unreadable";
    /// Latitude where the longitude should be.
    Swapped, "coordinates-swapped";
    /// Degrees among metres, or metres among degrees.
    Mixed, "coordinates-mixed";
    /// Farther away than a community reaches.
    Far, "position-far-away";
    /// Buildings at exactly the same place.
    SamePlace, "positions-equal";
    /// A pair of one block with itself, or one that is not complete.
    BadPair, "pair-unreadable";
    /// A block that touches no other.
    Alone, "block-without-neighbour";
    /// A building above a limit that has neither entrances nor floors to divide it by.
    TooBig, "block-too-big";
    /// A wish about a grid that the previous plan does not have.
    NoGrid, "grid-unknown";
    /// A limit that is no number, or a least above its most.
    BadBounds, "bounds-impossible";
    /// A previous plan, or a part of it, that no household of the list was in.
    NoPrevious, "previous-unmatched";
    /// A further column that means the same and is not read.
    OtherColumn, "column-not-read";
    /// A name that a spreadsheet has made a date of.
    Date, "name-date";
    /// A further sheet with the same headers that is not read.
    OtherSheet, "sheet-not-read";
}

/// One thing that is wrong, or worth knowing, about a cell of one of the sheets.
///
/// It holds names of buildings and grids and never anything about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub kind: Kind,
    /// How bad it is.
    pub severity: Severity,
    /// The file, as the caller named it.
    pub file: String,
    /// The cell or row; row 0 means the file as a whole.
    pub place: Place,
    /// What is wrong, understandable alone.
    pub message: Text,
    /// What to write instead.
    pub advice: Text,
}

/// Where findings go.
pub(super) type Sink<'s> = dyn FnMut(Finding) + 's;
