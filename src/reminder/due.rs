//! The day rules: from a date of birth to the day on which an event comes due.

use std::fmt;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Effective, Event, Moment, Precision};
use crate::household::Birth;

/// When an event comes due, as exactly as the date of birth tells.
///
/// Printed as `2026-12-05`, as a month or a year where only that is known, else as `first..last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Due {
    // By the last day, so that what is known less exactly comes after the days it may be.
    /// The last possible day.
    pub last: Date,
    /// The first possible day.
    pub first: Date,
}

impl Due {
    /// One day.
    #[must_use]
    pub const fn on(day: Date) -> Self {
        Self {
            first: day,
            last: day,
        }
    }

    /// Whether the day is known.
    #[must_use]
    pub fn is_day(self) -> bool {
        self.first == self.last
    }

    fn is_month(self) -> bool {
        self.first.first_of_month() == self.first && self.first.last_of_month() == self.last
    }

    fn is_year(self) -> bool {
        self.first.first_of_year() == self.first && self.first.last_of_year() == self.last
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.first;
        if self.is_day() {
            write!(f, "{first}")
        } else if self.is_month() {
            write!(f, "{:04}-{:02}", first.year(), first.month())
        } else if self.is_year() {
            write!(f, "{:04}", first.year())
        } else {
            write!(f, "{first}..{}", self.last)
        }
    }
}

impl Event {
    /// When the event comes due for somebody; `None` where it never does: before it is valid, or beyond the calendar.
    ///
    /// ```
    /// use gridcode::household::Birth;
    /// use gridcode::reminder::Events;
    /// use jiff::civil::date;
    /// let card = Events::builtin().get("senior-card").unwrap();
    /// let due = |birth| card.due(birth).unwrap().to_string();
    /// assert_eq!(due(Birth::Day(date(1966, 12, 5))), "2026-12-05");
    /// assert_eq!(due(Birth::Day(date(1968, 2, 29))), "2028-02-29");
    /// assert_eq!(due(Birth::Month(1966, 12)), "2026-12");
    /// ```
    #[must_use]
    pub fn due(&self, birth: Birth) -> Option<Due> {
        let (born_first, born_last) = birth.range()?;
        let (first, last) = if self.precision == Precision::Month {
            // Of the 31st too the next month is the next, and not the one after.
            let month = |born: Date| self.day(born.first_of_month());
            (
                month(born_first)?.first_of_month(),
                month(born_last)?.last_of_month(),
            )
        } else {
            (self.day(born_first)?, self.day(born_last)?)
        };
        if self.valid_from.is_some_and(|valid| last < valid) {
            return None;
        }
        Some(Due { last, first })
    }

    /// Whether the event may come due for somebody in a range of days, reminding included, or not long before or after: told
    /// from years and months alone, so that most people are done with.
    pub(super) fn is_near(&self, birth: Birth, from: Date, to: Date) -> bool {
        let Some((born_first, born_last)) = birth.range() else {
            return false;
        };
        let (least, most) = match self.moment {
            Moment::Age { months, steps } => (months, steps.map_or(0, |steps| steps.most)),
            // On that day of the same year or of the next.
            Moment::Cutoff { years, .. } => (years.saturating_mul(12), 24),
            Moment::AfterBirth { months } => (months, 0),
        };
        let lead = i32::from(self.lead_days) / 28 + 1;
        let earliest = month_of(born_first) + i32::from(least) - lead;
        // Who is born on 29 February is a year older on 1 March.
        let latest = month_of(born_last) + i32::from(least) + i32::from(most) + 1;
        earliest <= month_of(to) && month_of(from) <= latest
    }

    /// Whether a due date is as exact as the event asks.
    #[must_use]
    pub fn is_exact(&self, due: Due) -> bool {
        due.is_day() || self.precision == Precision::Month && due.is_month()
    }

    /// The day on which reminding begins: so many days before the first possible day, and never before birth.
    #[must_use]
    pub fn begins(&self, due: Due, birth: Birth) -> Date {
        let lead = i64::from(self.lead_days).days();
        let begins = due.first.saturating_sub(lead);
        match birth.range() {
            Some((born, _)) => begins.max(born.min(due.first)),
            None => begins,
        }
    }

    /// The last day to act, where there is one.
    #[must_use]
    pub fn ends(&self, due: Due) -> Option<Date> {
        period(due.last, self.within_months?)
    }

    /// From when on it has its effect, where that is another day than the one it comes due; `None` also where the day is
    /// not known.
    #[must_use]
    pub fn effect(&self, due: Due) -> Option<Date> {
        let same = due.first.first_of_month() == due.last.first_of_month();
        match self.effective {
            Effective::NextMonth if same => due.last.last_of_month().tomorrow().ok(),
            Effective::NextMonth | Effective::SameDay => None,
        }
    }

    /// The age that somebody reaches, in completed months; `None` where the event follows from no birthday, or where it
    /// depends on a month of birth that is not known.
    #[must_use]
    pub fn age(&self, birth: Birth) -> Option<u16> {
        let (first, last) = birth.range()?;
        let Moment::Age { months, steps } = self.moment else {
            return None;
        };
        let Some(steps) = steps else {
            return Some(months);
        };
        let added = |born: Date| steps.added(born.year(), born.month());
        (added(first) == added(last)).then(|| months.checked_add(added(first)))?
    }

    fn day(&self, born: Date) -> Option<Date> {
        match self.moment {
            Moment::Age { months, steps } => {
                let added = steps.map_or(0, |steps| steps.added(born.year(), born.month()));
                completes(born, months.checked_add(added)?)
            }
            Moment::Cutoff { years, month, day } => {
                let completed = completes(born, years.checked_mul(12)?)?;
                let cutoff = Date::new(completed.year(), month, day).ok()?;
                if completed <= cutoff {
                    Some(cutoff)
                } else {
                    Date::new(completed.year().checked_add(1)?, month, day).ok()
                }
            }
            Moment::AfterBirth { months } => period(born, months),
        }
    }
}

/// Months, counted from the year 0.
pub(super) fn month_of(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month())
}

/// The day on which an age in months is completed: the same day of the month, or the first of the next where there is none.
pub(super) fn completes(born: Date, months: u16) -> Option<Date> {
    let month = month_after(born, months)?;
    match month.with().day(born.day()).build() {
        Ok(day) => Some(day),
        Err(_) => month.last_of_month().tomorrow().ok(),
    }
}

/// The last day of a period of months: the same day of its last month, or that month's last day.
fn period(start: Date, months: u16) -> Option<Date> {
    let month = month_after(start, months)?;
    let day = month.with().day(start.day()).build();
    Some(day.unwrap_or_else(|_| month.last_of_month()))
}

/// The first of the month so many months after a day's.
fn month_after(day: Date, months: u16) -> Option<Date> {
    let months = i64::from(months).months();
    day.first_of_month().checked_add(months).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn an_age_is_completed_on_the_first_of_march_and_a_period_ends_in_february() {
        assert_eq!(
            completes(date(2004, 2, 29), 18 * 12),
            Some(date(2022, 3, 1))
        );
        assert_eq!(
            completes(date(2004, 2, 29), 20 * 12),
            Some(date(2024, 2, 29))
        );
        assert_eq!(completes(date(2024, 1, 31), 1), Some(date(2024, 3, 1)));
        assert_eq!(period(date(2026, 1, 31), 1), Some(date(2026, 2, 28)));
        assert_eq!(period(date(2024, 1, 31), 1), Some(date(2024, 2, 29)));
        assert_eq!(period(date(2026, 11, 20), 1), Some(date(2026, 12, 20)));
    }

    proptest! {
        #[test]
        fn whoever_is_reminded_is_near(
            year in 1900_i16..2030, month in 1_i8..=12, day in 1_i8..=31, exact in 0..3,
            from in 0_i64..80_000, days in 0_i64..800
        ) {
            let Ok(born) = Date::new(year, month, day) else {
                return Ok(());
            };
            let birth = match exact {
                0 => Birth::Day(born),
                1 => Birth::Month(year, month),
                _ => Birth::Year(year),
            };
            let from = date(1900, 1, 1).saturating_add(from.days());
            let to = from.saturating_add(days.days());
            for event in crate::reminder::Events::builtin().all() {
                let told = event
                    .due(birth)
                    .is_some_and(|due| event.begins(due, birth) <= to && due.last >= from);
                prop_assert!(!told || event.is_near(birth, from, to), "{}", event.id);
            }
        }

        #[test]
        fn the_day_is_the_first_on_which_somebody_is_that_old(
            year in 1880_i16..2100, month in 1_i8..=12, day in 1_i8..=31, years in 0_u16..131
        ) {
            let Ok(born) = Date::new(year, month, day) else {
                return Ok(());
            };
            let due = completes(born, years * 12).unwrap();
            let age = |on: Date| Birth::Day(born).age_on(on).map(|age| age.low);
            prop_assert_eq!(age(due), Some(years));
            prop_assert_eq!(age(due.yesterday().unwrap()), years.checked_sub(1));
        }
    }
}
