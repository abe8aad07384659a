//! Reminders as lines for a person.

use super::words::{action_label, door, remarks, row, title, who};
use crate::code::{Flags, GridCode};
use crate::household::Birth;
use crate::lang::{Lang, Text};
use crate::reminder::{Check, Matter, People, Reminder, Reminders};
use crate::report::text::{Paint, Style, grouped};

/// One reminder: day, what to do, what for, where, who answers, which row, what else to know.
#[must_use]
pub fn line(reminder: &Reminder, lang: Lang, paint: Paint<'_>) -> String {
    let matter = &reminder.matter;
    let style = match matter {
        Matter::Event(life) if life.checks.is_empty() => Style::Fix,
        Matter::Event(_) => Style::Warning,
        Matter::Code { .. } => Style::Note,
    };
    let comma = lang.pick("，", ", ");
    let mut place = vec![door(reminder, lang)];
    let post = &reminder.post;
    if !post.grid.is_empty() {
        place.push(lang.pick(format!("网格 {}", post.grid), format!("grid {}", post.grid)));
    }
    if !post.worker.is_empty() {
        place.push(post.worker.clone());
    }
    place.push(row(reminder, lang));
    let mut more = Vec::new();
    match matter {
        Matter::Event(life) => {
            place.extend(who(life, lang));
            if let Some(personal) = &life.personal {
                if !personal.name.is_empty() {
                    place.push(personal.name.clone());
                }
                let born = birth(personal.birth);
                place.push(lang.pick(format!("{born} 出生"), format!("born {born}")));
            }
            more = remarks(life, lang);
        }
        Matter::Code { old, listed, .. } => {
            more.push(changed(matter, lang));
            if listed.is_some() && listed != old {
                let listed = code(*listed, lang);
                more.push(lang.pick(
                    format!("名单上为 {listed}"),
                    format!("the list has {listed}"),
                ));
            }
        }
    }
    let mut text = format!(
        "{} {} {}{}{}",
        paint(Style::Place, &reminder.due.to_string()),
        paint(style, action_label(matter, lang)),
        paint(Style::Title, title(matter, lang)),
        lang.pick("：", ": "),
        paint(Style::Plain, &place.join(comma))
    );
    let semicolon = lang.pick("；", "; ");
    for remark in more {
        text.push_str(semicolon);
        text.push_str(&paint(Style::Plain, &remark));
    }
    text
}

/// What a code becomes; only its flags where the list does not tell the letters.
pub(super) fn changed(matter: &Matter, lang: Lang) -> String {
    let Matter::Code {
        old, new, flags, ..
    } = matter
    else {
        return String::new();
    };
    if let (Some(old), Some(new)) = (old, new) {
        return format!("{old} → {new}");
    }
    let [before, after] = flags.map(|flags| digits(flags, lang));
    lang.pick(
        format!("标记 {before} → {after}（名单不足以定出整个编码）"),
        format!("flags {before} → {after} (the list does not tell the whole code)"),
    )
}

fn digits(flags: Flags, lang: Lang) -> String {
    let digits: String = flags.iter().map(|digit| digit.to_string()).collect();
    if digits.is_empty() {
        return lang.pick("无", "none").to_owned();
    }
    digits
}

fn code(code: Option<GridCode>, lang: Lang) -> String {
    match code {
        Some(code) => code.to_string(),
        None => lang.pick("编码不明", "code not known").to_owned(),
    }
}

pub(super) fn birth(birth: Birth) -> String {
    match birth {
        Birth::Day(day) => day.to_string(),
        Birth::Month(year, month) => format!("{year:04}-{month:02}"),
        Birth::Year(year) => format!("{year:04}"),
    }
}

/// How much comes due, by event, and how well the dates of birth are known; a line each.
#[must_use]
pub fn account(reminders: &Reminders) -> Vec<Text> {
    let (mut by_title, mut codes) = (Vec::<(Text, u64)>::new(), 0_u64);
    for reminder in &reminders.lines {
        match &reminder.matter {
            Matter::Event(life) => {
                let title = &life.event.title;
                match by_title.iter_mut().find(|(known, _)| known == title) {
                    Some((_, count)) => *count += 1,
                    None => by_title.push((title.clone(), 1)),
                }
            }
            Matter::Code { .. } => codes += 1,
        }
    }
    let events: u64 = by_title.iter().map(|(_, count)| count).sum();
    let (from, to) = (reminders.from, reminders.to);
    let mut notes = vec![Text::of(|lang| {
        let mut parts: Vec<String> = by_title
            .iter()
            .map(|(title, count)| format!("{} {}", title.get(lang), grouped(*count)))
            .collect();
        parts.sort();
        let parts = parts.join(lang.pick("、", ", "));
        let (events, codes) = (grouped(events), grouped(codes));
        let parts = match (parts.is_empty(), lang) {
            (true, _) => String::new(),
            (false, Lang::Zh) => format!("（{parts}）"),
            (false, Lang::En) => format!(" ({parts})"),
        };
        lang.pick(
            format!("{from} 至 {to}：到期事项 {events} 件{parts}，编码变更 {codes} 户次"),
            {
                let due = if events == "1" {
                    "event comes"
                } else {
                    "events come"
                };
                let change = if codes == "1" {
                    "code changes"
                } else {
                    "codes change"
                };
                format!("{from} to {to}: {events} {due} due{parts}; {codes} {change}")
            },
        )
    })];
    notes.extend(registration(reminders));
    notes.extend(people(&reminders.people));
    notes
}

/// That the resident type is no household register, where something is told as if it were.
fn registration(reminders: &Reminders) -> Option<Text> {
    let is_taken = |matter: &Matter| match matter {
        Matter::Event(life) => {
            let is_open =
                |check: &Check| matches!(check, Check::Floating | Check::RegistrationUnknown);
            life.event.local && !life.checks.iter().any(is_open)
        }
        Matter::Code { .. } => false,
    };
    let lines = reminders.lines.iter();
    let count = lines.filter(|reminder| is_taken(&reminder.matter)).count();
    let grouped = grouped(count as u64);
    let lines = if count == 1 {
        "event needs"
    } else {
        "events need"
    };
    (count > 0).then(|| {
        Text::new(
            format!("{grouped} 件须本地户籍，名单上是常住人口（A）：常住不等于户籍，办理前请核对户口簿"),
            format!("{grouped} {lines} local registration of somebody listed as a permanent resident (A), which is not the same: please look at the household register first"),
        )
    })
}

/// What a user has to know of those for whom something could be missed, a line each.
#[must_use]
pub fn people(people: &People) -> Vec<Text> {
    let lines = [
        (
            people.nothing,
            "没有出生日期：无法推算任何到期事项",
            "no birth date: nothing can come due for them",
        ),
        (
            people.age_only,
            "只有年龄、没有出生日期：不知道哪一天满多少岁，无法推算到期事项",
            "only an age and no birth date: on which day it rises is not known, and nothing can come due for them",
        ),
        (
            people.unreadable,
            "的出生日期或身份证号有误：无法推算到期事项，请先改正",
            "a birth date or ID number that cannot be right: nothing can come due for them until it is corrected",
        ),
        (
            people.month,
            "的出生日期只到月：到期日写到月，须核实",
            "only a month of birth: what comes due is told by the month, to be checked",
        ),
        (
            people.year,
            "的出生日期只到年：到期日写到年，须核实；涉及该年的每个范围都会列出",
            "only a year of birth: what comes due is told by the year, to be checked, in every range that meets that year",
        ),
        (
            people.twice,
            "以同一身份证号重复登记：只提醒一次",
            "an ID number that another row has too: told once",
        ),
    ];
    let some = lines.into_iter().filter(|(count, ..)| *count > 0);
    some.map(|(count, zh, en)| {
        let who = if count == 1 {
            "resident has"
        } else {
            "residents have"
        };
        let count = grouped(count);
        Text::new(format!("{count} 人{zh}"), format!("{count} {who} {en}"))
    })
    .collect()
}
