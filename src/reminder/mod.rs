//! What comes due: life events that follow from dates of birth, and grid codes that ages will change.
//!
//! Events are data ([`Events`], TOML); the day rules are [`Event::due`]; [`collect`] applies both to a list.
//!
//! # The day rules
//!
//! - An age is completed on the birthday. Who is born on 29 February completes a year on 1 March where there is no
//!   29th, as everywhere in this library ([`Birth::age_on`](crate::household::Birth::age_on)).
//! - An age in years and months is completed on the same day of the month, or on the first of the next month where the
//!   month has no such day.
//! - A period, such as a month to register a birth, ends on the same day of its last month, or on that month's last day.
//! - An event whose precision is the month comes due in a month, not on a day.
//! - Where only month or year of birth is known, the event comes due at some time between the first and the last day
//!   that are possible, and the resident is [to be asked](Check::DayUnknown).

mod builtin;
mod change;
mod check;
mod collect;
mod due;
mod error;
mod event;
mod load;
mod order;
mod page;
mod people;
mod told;

pub use check::Check;
pub use collect::{Asked, Post, collect};
pub use due::Due;
pub use error::EventsError;
pub use event::{Basis, Effective, Event, Moment, Precision, Steps};
pub use load::Events;
pub use page::events_page;
pub use people::People;
pub use told::{Life, Matter, Personal, Reminder, Reminders};
