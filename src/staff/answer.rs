//! What a question for a door leads to.

use crate::address;
use crate::lang::Text;

/// What somebody asked for, and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question as it was typed.
    pub text: String,
    /// What it leads to.
    pub answer: Answer,
}

/// What a question leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// One place in one grid.
    Found(Hit),
    /// The building is known, the door is on no list: the grid is that of the building.
    NotListed {
        /// Where the door would be.
        hit: Hit,
        /// Rooms of the same staircase that come near.
        near: Vec<String>,
    },
    /// Several doors or parts of a building fit.
    Ambiguous {
        /// The first of them.
        candidates: Vec<Candidate>,
        /// How many there are in all.
        count: usize,
        /// What would settle it.
        advice: Text,
    },
    /// No building of the grids.
    Unknown {
        /// Buildings that come near.
        near: Vec<String>,
    },
    /// No address and no code.
    Unreadable(Text),
}

/// One place in one grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The door, the staircase or the building, as it is said in full.
    pub name: String,
    /// The grid, by its place in [`Ground::grids`](super::Ground::grids).
    pub grid: usize,
    /// The building or part of one, by its place in [`Ground::pieces`](super::Ground::pieces).
    pub piece: usize,
    /// The entrance, where the question names one, or the list has the door at one only.
    pub entrance: Option<address::Entrance>,
    /// The text can be read in other ways too, but no such door exists.
    pub is_settled: bool,
}

/// One of several places that a question may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The place, as it is said in full.
    pub name: String,
    /// Its grid, where it has one.
    pub grid: Option<usize>,
}
