//! Reminders as rows of a table: one for CSV, or a sheet for each worker or grid.

use std::collections::{BTreeMap, BTreeSet};

use super::text::{birth, changed};
use super::words::{action_label, age, remarks, title};
use crate::lang::Lang;
use crate::reminder::{Matter, Reminder, Reminders};

/// How many columns a reminder has.
pub const COLUMNS: usize = 20;

/// The header row.
#[must_use]
pub fn header(lang: Lang) -> [&'static str; COLUMNS] {
    lang.pick(
        [
            "到期日",
            "提醒开始",
            "最后期限",
            "生效日",
            "处理",
            "事项",
            "说明",
            "门牌",
            "网格",
            "网格员",
            "工作表",
            "行号",
            "性别",
            "年龄",
            "现编码",
            "新编码",
            "名单编码",
            "依据",
            "来源",
            "适用地区",
        ],
        [
            "due",
            "reminding begins",
            "deadline",
            "effective",
            "action",
            "event",
            "remarks",
            "door",
            "grid",
            "worker",
            "sheet",
            "row",
            "sex",
            "age",
            "code before",
            "code after",
            "code in the list",
            "basis",
            "source",
            "place",
        ],
    )
}

/// The two columns that follow where values are shown.
#[must_use]
pub fn personal_header(lang: Lang) -> [&'static str; 2] {
    lang.pick(["姓名", "出生日期"], ["name", "date of birth"])
}

/// One reminder as a row; with name and date of birth behind it where `values` are shown.
#[must_use]
pub fn row(reminder: &Reminder, lang: Lang, values: bool) -> Vec<String> {
    let place = &reminder.place;
    let life = match &reminder.matter {
        Matter::Event(life) => Some(life),
        Matter::Code { .. } => None,
    };
    let codes = match &reminder.matter {
        Matter::Event(_) => [const { String::new() }; 3],
        Matter::Code {
            old, new, listed, ..
        } => [old, new, listed].map(|code| code.map(|code| code.to_string()).unwrap_or_default()),
    };
    let [old, new, listed] = codes;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut row = vec![
        reminder.due.to_string(),
        day(life.map(|life| life.begins)),
        day(life.and_then(|life| life.ends)),
        day(life.and_then(|life| life.effect)),
        action_label(&reminder.matter, lang).to_owned(),
        title(&reminder.matter, lang).to_owned(),
        match life {
            Some(life) => remarks(life, lang).join(lang.pick("；", "; ")),
            None => changed(&reminder.matter, lang),
        },
        reminder
            .door
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        reminder.post.grid.clone(),
        reminder.post.worker.clone(),
        place.sheet.as_deref().unwrap_or_default().to_owned(),
        place.row.to_string(),
        life.and_then(|life| life.sex)
            .map(|sex| sex.label(lang).to_owned())
            .unwrap_or_default(),
        life.and_then(|life| life.age)
            .map(|months| age(months, lang))
            .unwrap_or_default(),
        old,
        new,
        listed,
        life.map(|life| life.event.basis.label(lang).to_owned())
            .unwrap_or_default(),
        life.map(|life| life.event.source.get(lang).to_owned())
            .unwrap_or_default(),
        life.map(|life| life.event.place.get(lang).to_owned())
            .unwrap_or_default(),
    ];
    if values {
        let personal = life.and_then(|life| life.personal.as_ref());
        row.push(
            personal
                .map(|personal| personal.name.clone())
                .unwrap_or_default(),
        );
        row.push(
            personal
                .map(|personal| birth(personal.birth))
                .unwrap_or_default(),
        );
    }
    row
}

/// The reminders sheet by sheet: one for each worker; where nobody is known, one for each grid. Names are such as a
/// workbook can have, and no two are the same.
#[must_use]
pub fn sheets(reminders: &Reminders, lang: Lang) -> Vec<(String, Vec<&Reminder>)> {
    let mut order: Vec<(String, Vec<&Reminder>)> = Vec::new();
    let mut at: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    let mut names = BTreeSet::new();
    let mut lines: Vec<&Reminder> = reminders.lines.iter().collect();
    // Sheets stand as one walks; within them the order is by day.
    lines.sort_by(|a, b| a.walk_order(b));
    for line in &lines {
        let post = &line.post;
        let (is_worker, name) = if post.worker.is_empty() {
            (false, post.grid.as_str())
        } else {
            (true, post.worker.as_str())
        };
        at.entry((is_worker, name)).or_insert_with(|| {
            let wanted = match (is_worker, name) {
                (false, "") => lang.pick("到期事项", "reminders").to_owned(),
                (false, grid) => lang.pick(format!("网格 {grid}"), format!("grid {grid}")),
                (true, worker) => worker.to_owned(),
            };
            order.push((free_name(&wanted, &mut names), Vec::new()));
            order.len() - 1
        });
    }
    for line in &reminders.lines {
        let post = &line.post;
        let key = if post.worker.is_empty() {
            (false, post.grid.as_str())
        } else {
            (true, post.worker.as_str())
        };
        if let Some((_, rows)) = at.get(&key).and_then(|at| order.get_mut(*at)) {
            rows.push(line);
        }
    }
    if order.is_empty() {
        order.push((lang.pick("到期事项", "reminders").to_owned(), Vec::new()));
    }
    order
}

/// A name that a sheet can have and none has yet: at most 31 characters, without those that Excel forbids. `taken` are the
/// names in lower case, as Excel compares them.
fn free_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    const LONGEST: usize = 31;
    let cut = |text: &str, longest: usize| {
        let mut name = String::new();
        for c in text.chars() {
            if name.encode_utf16().count() + c.len_utf16() > longest {
                break;
            }
            name.push(c);
        }
        name
    };
    let clean: String = wanted
        .chars()
        .map(|c| {
            if c.is_control() || "[]:*?/\\'".contains(c) {
                '_'
            } else {
                c
            }
        })
        .collect();
    let clean = match clean.trim() {
        "" => "_",
        name if name.eq_ignore_ascii_case("history") => "_history",
        name => name,
    };
    let whole = cut(clean, LONGEST);
    if taken.insert(whole.to_lowercase()) {
        return whole;
    }
    let mut number = 2_u64;
    loop {
        let mark = format!("~{number}");
        let name = format!("{}{mark}", cut(clean, LONGEST.saturating_sub(mark.len())));
        // Every number makes another name, so that one is free.
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::free_name;
    use std::collections::BTreeSet;

    #[test]
    fn any_name_becomes_one_that_a_sheet_can_have() {
        let mut taken = BTreeSet::new();
        for (wanted, name) in [
            ("网格 1/2", "网格 1_2"),
            ("网格 1:2", "网格 1_2~2"),
            ("History", "_history"),
            ("'", "_"),
            ("", "_~2"),
            (&"长".repeat(40), &"长".repeat(31)),
            (&"长".repeat(41), &format!("{}~2", "长".repeat(29))),
        ] {
            assert_eq!(free_name(wanted, &mut taken), name);
        }
    }
}
