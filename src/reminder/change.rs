//! Households whose grid code changes because somebody reaches an age that a flag of the codebook asks for.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::collect::place;
use super::due::{completes, month_of};
use super::told::{Matter, Reminder};
use super::{Asked, Due, Post};
use crate::address::Key;
use crate::census::{self, Options, Resident};
use crate::code::{Flags, GridCode};
use crate::codebook::{Codebook, When};
use crate::household::{Birth, Household};
use crate::row::Place;
use crate::table::{Source, TableError};

/// A household within its list: sheet and number.
type Home = (usize, u128);

/// Households in which somebody reaches such an age in the range, with the days that it may be.
pub(super) struct Candidates {
    from: Date,
    to: Date,
    /// The ages at which a flag begins or ends, in years.
    ages: BTreeSet<u16>,
    homes: BTreeMap<Home, BTreeSet<Due>>,
}

impl Candidates {
    pub(super) fn new(codebook: &Codebook, from: Date, to: Date) -> Self {
        let mut ages = BTreeSet::new();
        for flag in codebook.flags() {
            if let Some(When::Age { from, to, .. }) = flag.when {
                ages.insert(from);
                ages.extend(to.and_then(|to| to.checked_add(1)));
            }
        }
        Self {
            from,
            to,
            ages,
            homes: BTreeMap::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.homes.is_empty()
    }

    pub(super) fn take(&mut self, resident: &Resident<'_>, birth: Birth) {
        let Some((first, last)) = birth.range() else {
            return;
        };
        for age in &self.ages {
            let Some(months) = age.checked_mul(12) else {
                continue;
            };
            // Told from years and months alone, most people are done with.
            let month = |born: Date| month_of(born) + i32::from(months);
            if month(first) > month_of(self.to) || month(last) + 1 < month_of(self.from) {
                continue;
            }
            let (Some(first), Some(last)) = (completes(first, months), completes(last, months))
            else {
                continue;
            };
            // A code changes where the age is certain, or certainly possible: on the last or the first day that may be.
            let within = |day: Date| self.from <= day && day <= self.to;
            if within(first) || within(last) {
                let home = (resident.sheet, resident.home);
                self.homes
                    .entry(home)
                    .or_default()
                    .insert(Due { last, first });
            }
        }
    }
}

/// A household of which a code may change, followed through the days.
struct Followed {
    days: Vec<(Date, Household)>,
    door: Option<Key>,
    post: Post,
    place: Place,
}

/// Reads the list once more, only for the households that may change.
pub(super) fn changes(
    source: &Source,
    options: &Options<'_>,
    asked: &Asked<'_>,
    candidates: &Candidates,
) -> Result<Vec<Reminder>, TableError> {
    let mut followed: BTreeMap<Home, Followed> = BTreeMap::new();
    let before = asked.from.yesterday().unwrap_or(asked.from);
    let mut take = |resident: Resident<'_>| {
        let home = (resident.sheet, resident.home);
        let (entry, codebook) = (resident.entry, options.codebook);
        if let Some(known) = followed.get_mut(&home) {
            for (day, household) in &mut known.days {
                household.add(entry, codebook, *day);
            }
        } else if let Some(dues) = candidates.homes.get(&home) {
            let days = dues.iter().flat_map(|due| [due.first, due.last]);
            let days = days.filter(|day| (asked.from..=asked.to).contains(day));
            let days: BTreeSet<Date> = days.chain([before]).collect();
            let begin = |day| (day, Household::begin(entry, codebook, day));
            followed.insert(
                home,
                Followed {
                    days: days.into_iter().map(begin).collect(),
                    door: entry.shown_key(),
                    post: asked.post_of(entry),
                    place: place(&resident),
                },
            );
        }
    };
    let is_wanted = |sheet, home| candidates.homes.contains_key(&(sheet, home));
    census::residents_of(source, options, &is_wanted, &mut take)?;
    let mut changes = Vec::new();
    for (home, mut known) in followed {
        for (_, household) in &mut known.days {
            household.finish(options.codebook);
        }
        let dues = candidates.homes.get(&home);
        let exact = |day: Date| dues.is_some_and(|dues| dues.contains(&Due::on(day)));
        let span = |day: Date| {
            dues.and_then(|dues| dues.iter().find(|due| due.last == day))
                .copied()
        };
        let mut days = known.days.iter();
        let Some((_, first)) = days.next() else {
            continue;
        };
        let listed = first.code.map(|(code, _)| code);
        let (mut old, mut flags) = (code(first, listed), certain(first, listed));
        for (day, household) in days {
            let new = code(household, old.or(listed));
            let now = certain(household, old.or(listed));
            if now == flags {
                continue;
            }
            let due = match span(*day) {
                Some(span) if !exact(*day) => span,
                _ => Due::on(*day),
            };
            changes.push(Reminder {
                due,
                door: known.door.clone(),
                post: known.post.clone(),
                place: known.place.clone(),
                matter: Matter::Code {
                    old,
                    new,
                    listed,
                    flags: [flags, now],
                },
                sheet: home.0,
            });
            (old, flags) = (new, now);
        }
    }
    Ok(changes)
}

/// The flags that hold, and those of the former code that an unknown age leaves open.
fn certain(household: &Household, former: Option<GridCode>) -> Flags {
    let derived = household.facts.derive();
    let kept = former.map_or(Flags::NONE, |former| former.flags);
    kept.iter()
        .filter(|digit| derived.open_flags.contains(*digit))
        .fold(derived.flags, Flags::with)
}

/// The code by what the list says; where it does not tell every letter, those of the former code stay.
fn code(household: &Household, former: Option<GridCode>) -> Option<GridCode> {
    let unit = household.code_unit.or(former.map(|former| former.unit))?;
    let derived = household.facts.derive();
    let whole = derived.code(unit, former);
    whole.or_else(|| {
        former.map(|former| GridCode {
            resident: derived.resident.unwrap_or(former.resident),
            tenure: derived.tenure.unwrap_or(former.tenure),
            flags: certain(household, Some(former)),
            unit,
        })
    })
}
