//! Reminders as they leave: text, rows of a table, JSON, a calendar.
//!
//! None of them holds a name or a date of birth unless [`collect`](crate::reminder::collect) was told to keep values. That
//! somebody turns 80 on a day tells when they were born: this cannot be told and hidden at once.

pub mod calendar;
pub mod json;
pub mod table;
pub mod text;
mod words;
