//! Reminders for machines; `docs/reminders.schema.json` says what every member means.

use serde::Serialize;

use super::text::birth;
use super::words::action;
use crate::lang::Text;
use crate::reminder::{Check, Due, Events, Life, Matter, People, Reminder, Reminders};

/// The version of the shape. It rises when a member goes or changes its meaning, not when one is added.
pub const VERSION: u32 = 1;

/// The whole report.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    version: u32,
    program: &'static str,
    file: &'a str,
    from: String,
    to: String,
    events: &'a str,
    reminders: Vec<Line<'a>>,
    residents: Counts,
    account: Sums,
}

#[derive(Debug, Serialize)]
struct Line<'a> {
    due: Day,
    action: &'static str,
    door: Option<String>,
    grid: Option<&'a str>,
    worker: Option<&'a str>,
    sheet: Option<&'a str>,
    row: u64,
    event: Option<Event<'a>>,
    code: Option<Codes>,
}

#[derive(Debug, Serialize)]
struct Day {
    text: String,
    first: String,
    last: String,
}

#[derive(Debug, Serialize)]
struct Event<'a> {
    id: &'a str,
    title: &'a Text,
    begins: String,
    deadline: Option<String>,
    effective: Option<String>,
    checks: Vec<ToCheck>,
    age_months: Option<u16>,
    sex: Option<&'static str>,
    level: &'static str,
    basis: &'static str,
    source: &'a Text,
    place: &'a Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    birth: Option<String>,
}

#[derive(Debug, Serialize)]
struct ToCheck {
    kind: &'static str,
    text: Text,
}

#[derive(Debug, Serialize)]
struct Codes {
    old: Option<String>,
    new: Option<String>,
    listed: Option<String>,
    old_flags: String,
    new_flags: String,
}

#[derive(Debug, Serialize)]
struct Counts {
    all: u64,
    day: u64,
    month: u64,
    year: u64,
    age_only: u64,
    unreadable: u64,
    nothing: u64,
    listed_again: u64,
}

#[derive(Debug, Serialize)]
struct Sums {
    rows: u64,
    accepted: u64,
    with_errors: u64,
    skipped: u64,
}

impl<'a> Report<'a> {
    /// The reminders as JSON shows them.
    #[must_use]
    pub fn new(reminders: &'a Reminders, events: &'a Events) -> Self {
        let total = reminders.account.total();
        Self {
            version: VERSION,
            program: concat!("gridcode ", env!("CARGO_PKG_VERSION")),
            file: &reminders.account.file,
            from: reminders.from.to_string(),
            to: reminders.to.to_string(),
            events: events.name(),
            reminders: reminders.lines.iter().map(Line::new).collect(),
            residents: Counts::new(&reminders.people),
            account: Sums {
                rows: total.rows,
                accepted: total.accepted,
                with_errors: total.with_errors,
                skipped: total.skipped_rows(),
            },
        }
    }
}

impl<'a> Line<'a> {
    fn new(reminder: &'a Reminder) -> Self {
        let (event, code) = match &reminder.matter {
            Matter::Event(life) => (Some(Event::new(life)), None),
            Matter::Code {
                old,
                new,
                listed,
                flags,
            } => {
                let [old, new, listed] =
                    [old, new, listed].map(|code| code.map(|code| code.to_string()));
                let [old_flags, new_flags] =
                    flags.map(|flags| flags.iter().map(|digit| digit.to_string()).collect());
                let codes = Codes {
                    old,
                    new,
                    listed,
                    old_flags,
                    new_flags,
                };
                (None, Some(codes))
            }
        };
        let told = |text: &'a str| (!text.is_empty()).then_some(text);
        Self {
            due: Day::new(reminder.due),
            action: action(&reminder.matter),
            door: reminder.door.as_ref().map(ToString::to_string),
            grid: told(&reminder.post.grid),
            worker: told(&reminder.post.worker),
            sheet: reminder.place.sheet.as_deref(),
            row: reminder.place.row,
            event,
            code,
        }
    }
}

impl Day {
    fn new(due: Due) -> Self {
        Self {
            text: due.to_string(),
            first: due.first.to_string(),
            last: due.last.to_string(),
        }
    }
}

impl<'a> Event<'a> {
    fn new(life: &'a Life) -> Self {
        let check = |check: &Check| ToCheck {
            kind: check.key(),
            text: check.text(),
        };
        let personal = life.personal.as_ref();
        Self {
            id: &life.event.id,
            title: &life.event.title,
            begins: life.begins.to_string(),
            deadline: life.ends.map(|day| day.to_string()),
            effective: life.effect.map(|day| day.to_string()),
            checks: life.checks.iter().map(check).collect(),
            age_months: life.age,
            sex: life.sex.map(crate::household::Sex::key),
            level: life.level.key(),
            basis: life.event.basis.key(),
            source: &life.event.source,
            place: &life.event.place,
            name: personal.map(|personal| personal.name.as_str()),
            birth: personal.map(|personal| birth(personal.birth)),
        }
    }
}

impl Counts {
    fn new(people: &People) -> Self {
        Self {
            all: people.residents,
            day: people.day,
            month: people.month,
            year: people.year,
            age_only: people.age_only,
            unreadable: people.unreadable,
            nothing: people.nothing,
            listed_again: people.twice,
        }
    }
}
