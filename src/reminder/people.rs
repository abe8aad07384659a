//! How well the residents' dates of birth are known: what can come due for how many of them.

use crate::household::{Age, Birth, Entry};

/// The residents of a list by what it says of their birth; each is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// Everybody.
    pub residents: u64,
    /// Born on a known day.
    pub day: u64,
    /// In a known month.
    pub month: u64,
    /// In a known year.
    pub year: u64,
    /// Only an age is stated: on which day it rises is not known.
    pub age_only: u64,
    /// A date or ID number is written that cannot be read or cannot be.
    pub unreadable: u64,
    /// Nothing is said.
    pub nothing: u64,
    /// Listed once more with the same ID number, and told once.
    pub twice: u64,
}

impl People {
    /// Counts a row; gives the date of birth where one is known that can be.
    pub(super) fn count(&mut self, entry: &Entry<'_>, on: jiff::civil::Date) -> Option<Birth> {
        self.residents += 1;
        let birth = entry.born().filter(|birth| {
            let age = birth.age_on(on);
            age.is_none_or(|age| age.low <= Age::OLDEST)
        });
        let count = match birth {
            Some(Birth::Day(_)) => &mut self.day,
            Some(Birth::Month(..)) => &mut self.month,
            Some(Birth::Year(_)) => &mut self.year,
            None if matches!(entry.age, Some(Ok(_))) => &mut self.age_only,
            None if entry.birth.is_some() || entry.id.is_some() => &mut self.unreadable,
            None => &mut self.nothing,
        };
        *count += 1;
        birth
    }
}
