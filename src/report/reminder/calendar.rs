//! Reminders as an iCalendar (RFC 5545), for the calendar of a telephone or of an office.

use std::fmt::Write as _;

use jiff::civil::Date;
use twox_hash::XxHash3_128;

use super::text::{birth, changed};
use super::words::{action_label, door, remarks, row, title, who};
use crate::lang::Lang;
use crate::reminder::{Matter, Reminder, Reminders};

/// The longest line in octets, without its end.
const LONGEST: usize = 75;

/// The whole calendar: an event of whole days for each reminder. `stamp` is the day on which it is made.
///
/// What comes due at some time within a month or a year stands on the first possible day and lasts to the last. The same
/// reminder has the same UID in every calendar, so that a program that imports a second one does not show it twice.
#[must_use]
pub fn calendar(reminders: &Reminders, stamp: Date, lang: Lang) -> String {
    let mut text = String::new();
    let mut line = |line: &str| fold(&mut text, line);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line(concat!(
        "PRODID:-//gridcode//gridcode ",
        env!("CARGO_PKG_VERSION"),
        "//ZH"
    ));
    line("CALSCALE:GREGORIAN");
    let mut seen = std::collections::BTreeMap::<u128, u64>::new();
    for reminder in &reminders.lines {
        let digest = digest(reminder);
        // Twins have the same day, door and event.
        let nth = seen.entry(digest).or_default();
        *nth += 1;
        event(reminder, (digest, *nth), stamp, lang, &mut line);
    }
    line("END:VCALENDAR");
    text
}

fn event(
    reminder: &Reminder,
    (digest, nth): (u128, u64),
    stamp: Date,
    lang: Lang,
    line: &mut dyn FnMut(&str),
) {
    let due = reminder.due;
    line("BEGIN:VEVENT");
    line(&format!("UID:{digest:032x}-{nth}@gridcode"));
    line(&format!("DTSTAMP:{}T000000Z", day(stamp)));
    line(&format!("DTSTART;VALUE=DATE:{}", day(due.first)));
    // The end is the first day that is no part of it.
    let end = due.last.tomorrow().unwrap_or(due.last);
    line(&format!("DTEND;VALUE=DATE:{}", day(end)));
    let matter = &reminder.matter;
    let (colon, comma) = (lang.pick("：", ": "), lang.pick("，", ", "));
    let summary = format!(
        "{} {}{colon}{}",
        action_label(matter, lang),
        title(matter, lang),
        door(reminder, lang)
    );
    line(&format!("SUMMARY:{}", escaped(&summary)));
    line(&format!("LOCATION:{}", escaped(&door(reminder, lang))));
    line(&format!(
        "DESCRIPTION:{}",
        escaped(&description(reminder, comma, lang))
    ));
    if let Matter::Event(life) = matter {
        line(&format!("CATEGORIES:{}", escaped(&life.event.id)));
        if life.begins < due.first {
            let days = due
                .first
                .since(life.begins)
                .map_or(0, |span| span.get_days());
            line("BEGIN:VALARM");
            line("ACTION:DISPLAY");
            line(&format!("DESCRIPTION:{}", escaped(&summary)));
            line(&format!("TRIGGER:-P{days}D"));
            line("END:VALARM");
        }
    } else {
        line("CATEGORIES:grid-code");
    }
    line("TRANSP:TRANSPARENT");
    line("END:VEVENT");
}

fn description(reminder: &Reminder, comma: &str, lang: Lang) -> String {
    let post = &reminder.post;
    let mut lines = Vec::new();
    let mut first = Vec::new();
    if !post.grid.is_empty() {
        first.push(lang.pick(format!("网格 {}", post.grid), format!("grid {}", post.grid)));
    }
    if !post.worker.is_empty() {
        first.push(post.worker.clone());
    }
    first.push(row(reminder, lang));
    match &reminder.matter {
        Matter::Event(life) => {
            first.extend(who(life, lang));
            if let Some(personal) = &life.personal {
                first.push(personal.name.clone());
                first.push(birth(personal.birth));
            }
            lines.push(first.join(comma));
            lines.extend(remarks(life, lang));
            let source = life.event.source.get(lang);
            if !source.is_empty() {
                lines.push(source.to_owned());
            }
        }
        Matter::Code { .. } => {
            lines.push(first.join(comma));
            lines.push(changed(&reminder.matter, lang));
        }
    }
    lines.join("\n")
}

/// What makes a reminder the same in another run: event, day, door and sex; no row, since rows move.
fn digest(reminder: &Reminder) -> u128 {
    let mut text = format!("{}\n", reminder.due);
    match &reminder.door {
        Some(door) => text.push_str(&door.to_string()),
        // Without a door only the row tells two apart.
        None => text.push_str(&reminder.place.to_string()),
    }
    match &reminder.matter {
        Matter::Event(life) => {
            let sex = life.sex.map_or("", crate::household::Sex::key);
            let _ = write!(text, "\n{}\n{sex}", life.event.id);
        }
        Matter::Code { .. } => text.push_str("\n="),
    }
    XxHash3_128::oneshot(text.as_bytes())
}

fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// A text value: backslash, semicolon, comma and line ends are written with a backslash; other control signs are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Adds a line, broken so that no piece has more than 75 octets, each but the first begun by a blank.
fn fold(text: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(c);
        length += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn folded_lines_are_short_and_unfold_to_the_same(line in "[a-z ,;网格\u{1f600}]{0,200}") {
            let mut text = String::new();
            fold(&mut text, &line);
            for piece in text.split_terminator("\r\n") {
                prop_assert!(piece.len() <= LONGEST);
            }
            prop_assert_eq!(text.replace("\r\n ", ""), format!("{line}\r\n"));
        }
    }

    #[test]
    fn signs_with_a_meaning_are_escaped() {
        assert_eq!(escaped("a,b;c\\d\ne\u{7}"), "a\\,b\\;c\\\\d\\ne");
    }
}
