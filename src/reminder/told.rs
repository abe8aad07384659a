//! What is told: a reminder for a resident and an event, or a household whose code will change.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use super::order::natural;
use super::{Check, Due, Event, People, Post};
use crate::address::Key;
use crate::census::Account;
use crate::code::{Flags, GridCode};
use crate::household::{Birth, Level, Sex};
use crate::row::Place;

/// One line: what comes due where, and who goes there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// When.
    pub due: Due,
    /// The household's key; `None` where the row names no door.
    pub door: Option<Key>,
    /// The grid, and who answers for it.
    pub post: Post,
    /// The row in which the resident, or the household's first resident, stands.
    pub place: Place,
    /// What it is about.
    pub matter: Matter,
    /// The sheet by number, for the order of lines.
    pub(super) sheet: usize,
}

/// What a reminder is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    /// A life event of a resident.
    Event(Box<Life>),
    /// A grid code that changes because somebody reaches an age.
    Code {
        /// The code by what the list says, on the day before the range or before an earlier change.
        old: Option<GridCode>,
        /// The code from the day on.
        new: Option<GridCode>,
        /// The code that the list has.
        listed: Option<GridCode>,
        /// The flags before and from the day on: they are known where the code is not.
        flags: [Flags; 2],
    },
}

/// A life event of a resident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// The event.
    pub event: Arc<Event>,
    /// The day on which reminding begins.
    pub begins: Date,
    /// The last day to act.
    pub ends: Option<Date>,
    /// From when on it has its effect, where that is another day.
    pub effect: Option<Date>,
    /// What has to be found out before anything is applied for; nothing where all is known.
    pub checks: Vec<Check>,
    /// The age that is reached, in completed months; `None` where the event follows from no birthday, or the month of birth
    /// is not known and the age depends on it.
    pub age: Option<u16>,
    /// The resident's sex.
    pub sex: Option<Sex>,
    /// Whether the row is a household, of whose head the list tells the birth.
    pub level: Level,
    /// Who it is; only where the caller asked for values.
    pub personal: Option<Personal>,
}

/// Who somebody is. It never prints itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Personal {
    /// The name; empty where the list has none.
    pub name: String,
    /// The date of birth.
    pub birth: Birth,
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal(…)")
    }
}

/// Everything that comes due in a range of days.
#[derive(Clone, Debug)]
pub struct Reminders {
    /// The first day asked for.
    pub from: Date,
    /// The last day asked for.
    pub to: Date,
    /// The lines, by day, then as one walks: grid, building, entrance, unit.
    pub lines: Vec<Reminder>,
    /// How well the dates of birth are known.
    pub people: People,
    /// Every row read.
    pub account: Account,
}

impl Reminder {
    /// As one walks: by grid, building, entrance and unit in natural order, whatever the day.
    #[must_use]
    pub fn walk_order(&self, other: &Self) -> Ordering {
        natural(&self.post.grid, &other.post.grid)
            .then_with(|| self.post.grid.cmp(&other.post.grid))
            .then_with(|| self.door.cmp(&other.door))
            .then_with(|| (self.sheet, self.place.row).cmp(&(other.sheet, other.place.row)))
    }

    /// By day, then as one walks.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        self.due
            .cmp(&other.due)
            .then_with(|| self.walk_order(other))
    }
}
