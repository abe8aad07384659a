//! The words that every form of a reminder shares.

use crate::lang::Lang;
use crate::reminder::{Life, Matter, Reminder};

/// What is to be done: `apply`, `check` or `recode`, as JSON says it.
pub(super) fn action(matter: &Matter) -> &'static str {
    match matter {
        Matter::Event(life) if life.checks.is_empty() => "apply",
        Matter::Event(_) => "check",
        Matter::Code { .. } => "recode",
    }
}

/// The same for people.
pub(super) fn action_label(matter: &Matter, lang: Lang) -> &'static str {
    match (action(matter), lang) {
        ("apply", Lang::Zh) => "可办",
        ("check", Lang::Zh) => "核实",
        (_, Lang::Zh) => "改码",
        (action, Lang::En) => action,
    }
}

/// What it is about.
pub(super) fn title(matter: &Matter, lang: Lang) -> &str {
    match matter {
        Matter::Event(life) => life.event.title.get(lang),
        Matter::Code { .. } => lang.pick("网格编码", "grid code"),
    }
}

/// The door, or what is said where there is none.
pub(super) fn door(reminder: &Reminder, lang: Lang) -> String {
    match &reminder.door {
        Some(key) => key.to_string(),
        None => lang.pick("门牌不明", "door not known").to_owned(),
    }
}

/// The age that is reached: `60 years`, `60 years 1 month`.
pub(super) fn age(months: u16, lang: Lang) -> String {
    let (years, rest) = (months / 12, months % 12);
    let plural =
        |count: u16, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    match (rest, lang) {
        (0, Lang::Zh) => format!("{years}周岁"),
        (_, Lang::Zh) => format!("{years}周岁{rest}个月"),
        (0, Lang::En) => plural(years, "year"),
        (_, Lang::En) => format!("{} {}", plural(years, "year"), plural(rest, "month")),
    }
}

/// What else has to be known: checks, days, basis; a sentence each.
pub(super) fn remarks(life: &Life, lang: Lang) -> Vec<String> {
    let mut remarks: Vec<String> = life
        .checks
        .iter()
        .map(|check| check.text().get(lang).to_owned())
        .collect();
    if let Some(day) = life.effect {
        remarks.push(lang.pick(format!("自 {day} 起"), format!("from {day} on")));
    }
    if let Some(day) = life.ends {
        remarks.push(lang.pick(format!("{day} 前办理"), format!("until {day}")));
    }
    let basis = life.event.basis;
    if basis != crate::reminder::Basis::Published {
        remarks.push(basis.label(lang).to_owned());
    }
    remarks
}

/// Who, without a name: sex and age, and that the row is about a head.
pub(super) fn who(life: &Life, lang: Lang) -> Vec<String> {
    let head = life.level == crate::household::Level::Household;
    let mut words = Vec::new();
    if head {
        words.push(lang.pick("户主", "head").to_owned());
    }
    words.extend(life.sex.map(|sex| sex.label(lang).to_owned()));
    words.extend(life.age.map(|months| age(months, lang)));
    words
}

/// The row: `第12行`, `row 12`, with the sheet where there is one.
pub(super) fn row(reminder: &Reminder, lang: Lang) -> String {
    let row = reminder.place.row;
    match (&reminder.place.sheet, lang) {
        (None, Lang::Zh) => format!("第{row}行"),
        (None, Lang::En) => format!("row {row}"),
        (Some(sheet), Lang::Zh) => format!("{sheet}第{row}行"),
        (Some(sheet), Lang::En) => format!("{sheet} row {row}"),
    }
}
