//! A list gone through once: what comes due for each resident in a range of days, and whose code will change.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::change::{Candidates, changes};
use super::told::{Life, Matter, Personal, Reminder, Reminders};
use super::{Check, Event, Events, People};
use crate::census::{self, Options, Resident};
use crate::code::ResidentLetter;
use crate::codebook::Mapped;
use crate::diagnostic::Diagnostic;
use crate::household::{Birth, Entry, Level};
use crate::row::{Field, Place};
use crate::table::{Source, TableError};

/// Which days and events are asked for.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The events.
    pub events: &'a Events,
    /// The grid of a row, and who answers for it; without it the list's own column of grids is taken.
    pub post: Option<&'a dyn Fn(&Entry<'_>) -> Post>,
}

/// Where a household belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Post {
    /// The grid; empty where it is not known.
    pub grid: String,
    /// Who answers for it, as the roster calls them; empty where nobody is known.
    pub worker: String,
}

impl std::fmt::Debug for Asked<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Asked")
            .field("from", &self.from)
            .field("to", &self.to)
            .field("events", &self.events.name())
            .finish_non_exhaustive()
    }
}

/// Goes through a list. Told is every event whose days, from the one on which reminding begins to the last on which it
/// can come due, meet the range; and every household whose code by the codebook changes in it because of an age.
///
/// `options.on` is the day of the list: births after it are findings. Names and birth dates are kept only where
/// `options.settings` allows values to be shown. What is kept grows with what comes due, and not with the list; it is
/// read a second time only where a code may change.
///
/// # Errors
/// When the source cannot be read or holds no household table. Wrong rows never stop it: they are findings.
///
/// ```
/// use gridcode::census::Options;
/// use gridcode::codebook::Codebook;
/// use gridcode::reminder::{Asked, Events, collect};
/// use gridcode::table::Source;
/// use jiff::civil::date;
/// let list = "楼栋,房号,与户主关系,出生日期,人口类型,住房来源\n3栋,803,户主,1946-12-05,常住,自购房\n";
/// let options = Options::new(Codebook::shushan(), date(2026, 11, 1));
/// let asked = Asked { from: date(2026, 12, 1), to: date(2026, 12, 31), events: Events::builtin(), post: None };
/// let due = collect(&Source::bytes("list.csv", list.into()), &options, &asked, &mut |_| {})?;
/// assert_eq!(due.lines.len(), 2, "the allowance, and the code 803Aa → 803Aa8");
/// assert!(due.lines.iter().all(|line| line.due.to_string() == "2026-12-05"));
/// # Ok::<(), gridcode::table::TableError>(())
/// ```
pub fn collect(
    source: &Source,
    options: &Options<'_>,
    asked: &Asked<'_>,
    sink: &mut dyn FnMut(Diagnostic),
) -> Result<Reminders, TableError> {
    let source = &source.remembering()?;
    let mut gatherer = Gatherer {
        options,
        asked,
        lines: Vec::new(),
        people: People::default(),
        told: BTreeSet::new(),
        candidates: Candidates::new(options.codebook, asked.from, asked.to),
    };
    let account = census::residents(
        source,
        options,
        &mut |resident| gatherer.take(&resident),
        sink,
    )?;
    let Gatherer {
        mut lines,
        people,
        candidates,
        ..
    } = gatherer;
    if !candidates.is_empty() {
        lines.extend(changes(source, options, asked, &candidates)?);
    }
    lines.sort_by(Reminder::order);
    Ok(Reminders {
        from: asked.from,
        to: asked.to,
        lines,
        people,
        account,
    })
}

struct Gatherer<'g> {
    options: &'g Options<'g>,
    asked: &'g Asked<'g>,
    lines: Vec<Reminder>,
    people: People,
    /// ID numbers of whom something was told.
    told: BTreeSet<String>,
    candidates: Candidates,
}

impl Gatherer<'_> {
    fn take(&mut self, resident: &Resident<'_>) {
        let entry = resident.entry;
        let Some(birth) = self.people.count(entry, self.options.on) else {
            return;
        };
        self.candidates.take(resident, birth);
        let from = self.lines.len();
        for event in self.asked.events.all() {
            if let Some(life) = self.life(event, entry, birth)
                && let Some(due) = event.due(birth)
            {
                self.lines.push(Reminder {
                    due,
                    door: entry.shown_key(),
                    post: self.asked.post_of(entry),
                    place: place(resident),
                    matter: Matter::Event(Box::new(life)),
                    sheet: resident.sheet,
                });
            }
        }
        if self.lines.len() > from
            && let (Some(Ok(_)), Some(number)) = (entry.id, entry.text(entry.id_field()))
            && !self.told.insert(number.to_ascii_uppercase())
        {
            self.lines.truncate(from);
            self.people.twice += 1;
        }
    }

    /// What an event is to somebody; `None` where it does not concern them in the range.
    fn life(&self, event: &Arc<Event>, entry: &Entry<'_>, birth: Birth) -> Option<Life> {
        if !event.is_near(birth, self.asked.from, self.asked.to) {
            return None;
        }
        let due = event.due(birth)?;
        let begins = event.begins(due, birth);
        if begins > self.asked.to || due.last < self.asked.from {
            return None;
        }
        let sex = entry.sex();
        if event.sex.is_some() && sex.is_some() && event.sex != sex {
            return None;
        }
        let mut checks = Vec::new();
        if event.local {
            checks.extend(self.registration(entry));
        }
        if !event.is_exact(due) {
            checks.push(Check::DayUnknown);
        }
        if event.sex.is_some() && sex.is_none() {
            checks.push(Check::SexUnknown);
        }
        checks.extend(event.condition.clone().map(Check::Condition));
        let values = self.options.settings.show_values;
        Some(Life {
            begins,
            ends: event.ends(due),
            effect: event.effect(due),
            checks,
            age: event.age(birth),
            sex,
            level: entry.level,
            personal: values.then(|| Personal {
                name: name(entry).to_owned(),
                birth,
            }),
            event: Arc::clone(event),
        })
    }

    /// Whether the resident is one of this place, by the resident type, or by the code where no column tells it.
    fn registration(&self, entry: &Entry<'_>) -> Option<Check> {
        let by_code = || entry.sure_code().map(|code| code.resident);
        let letter: Option<ResidentLetter> = match entry.resident {
            Some(Mapped::Letter(letter)) => Some(letter),
            Some(Mapped::NoLetter(_) | Mapped::Unknown) => return Some(Check::RegistrationUnknown),
            Some(Mapped::Nothing) | None => by_code(),
        };
        match letter {
            Some(letter) if self.asked.events.local_letters().contains(&letter) => None,
            Some(_) => Some(Check::Floating),
            None => Some(Check::RegistrationUnknown),
        }
    }
}

impl Asked<'_> {
    pub(super) fn post_of(&self, entry: &Entry<'_>) -> Post {
        match self.post {
            Some(post) => post(entry),
            None => Post {
                grid: entry.grid().unwrap_or_default().to_owned(),
                worker: String::new(),
            },
        }
    }
}

pub(super) fn place(resident: &Resident<'_>) -> Place {
    Place {
        sheet: resident.sheet_name.cloned(),
        row: resident.entry.row.number(),
        column: None,
    }
}

/// Whose birth the row tells.
fn name<'e>(entry: &'e Entry<'_>) -> &'e str {
    let fields = match entry.level {
        Level::Person => [Field::Name, Field::HeadName],
        Level::Household => [Field::HeadName, Field::Name],
    };
    fields
        .into_iter()
        .find_map(|field| entry.text(field))
        .unwrap_or_default()
}
