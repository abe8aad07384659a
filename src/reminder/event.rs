//! A life event as data: what it is, when it comes due, for whom, and on what that rests.

use jiff::civil::Date;

use crate::household::Sex;
use crate::lang::{Lang, Text};

/// On what an event rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// A published rule.
    Published,
    /// Nothing published has been found for this place: to be verified before anybody relies on it.
    Unverified,
    /// A community's own.
    Local,
}

impl Basis {
    /// The word in JSON and TOML.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Unverified => "unverified",
            Self::Local => "local",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Published, Lang::Zh) => "有公开依据",
            (Self::Published, Lang::En) => "published",
            (Self::Unverified, Lang::Zh) => "未核实",
            (Self::Unverified, Lang::En) => "unverified",
            (Self::Local, Lang::Zh) => "本社区规定",
            (Self::Local, Lang::En) => "local",
        }
    }
}

/// From when on the event has its effect, such as a payment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effective {
    /// From the day itself.
    #[default]
    SameDay,
    /// From the first of the month after.
    NextMonth,
}

/// How exactly the event is dated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// To the day.
    #[default]
    Day,
    /// To the month: no day of it counts before another.
    Month,
}

/// An age that rises with the month of birth, as the retirement age does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Steps {
    /// The first month of birth for which the age is higher: year and month.
    pub born_from: (i16, i8),
    /// So many months of birth make one month more.
    pub every: u16,
    /// So many months more at most.
    pub most: u16,
}

impl Steps {
    /// How many months are added for somebody born in a month.
    ///
    /// ```
    /// use gridcode::reminder::Steps;
    /// let men = Steps { born_from: (1965, 1), every: 4, most: 36 };
    /// assert_eq!((men.added(1964, 12), men.added(1965, 1), men.added(1965, 5)), (0, 1, 2));
    /// assert_eq!((men.added(1976, 8), men.added(1976, 9), men.added(1990, 1)), (35, 36, 36));
    /// ```
    #[must_use]
    pub fn added(self, year: i16, month: i8) -> u16 {
        let months = |(year, month): (i16, i8)| i32::from(year) * 12 + i32::from(month);
        let since = months((year, month)) - months(self.born_from);
        match u16::try_from(since) {
            Ok(since) => (since / self.every.max(1) + 1).min(self.most),
            Err(_) => 0,
        }
    }
}

/// When an event comes due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// When an age is completed.
    Age {
        /// The age in completed months: 720 is 60 years.
        months: u16,
        /// What month of birth adds to it.
        steps: Option<Steps>,
    },
    /// On a fixed day of the year in which the age is completed by that day.
    Cutoff {
        /// The age in completed years.
        years: u16,
        /// The month of the day.
        month: i8,
        /// The day of the month.
        day: i8,
    },
    /// At the end of so many months after birth.
    AfterBirth {
        /// How many.
        months: u16,
    },
}

/// Something that comes due for a resident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The name in TOML and JSON.
    pub id: String,
    /// What people call it.
    pub title: Text,
    /// When it comes due.
    pub moment: Moment,
    /// How exactly it is dated.
    pub precision: Precision,
    /// Whom it concerns; `None` for everybody.
    pub sex: Option<Sex>,
    /// Whether it needs local registration: the floating population is to be checked, not to apply.
    pub local: bool,
    /// Whom it concerns besides, where a list does not say so: everybody listed is to be asked.
    pub condition: Option<Text>,
    /// So many days before, the reminder begins.
    pub lead_days: u16,
    /// So many months after, it is too late; `None` where nothing is.
    pub within_months: Option<u16>,
    /// From when on it has its effect.
    pub effective: Effective,
    /// The place it holds for.
    pub place: Text,
    /// Where it is written.
    pub source: Text,
    /// The first day on which it can come due; `None` for always.
    pub valid_from: Option<Date>,
    /// On what it rests.
    pub basis: Basis,
}
