//! The page that lists all events, made from the data.

use std::fmt::Write as _;

use super::{Effective, Event, Events, Moment, Precision};
use crate::lang::Lang;

/// The events as a page in Markdown: a heading for each, with when, for whom, since when, source and basis.
#[must_use]
pub fn events_page(events: &Events, lang: Lang) -> String {
    let mut page = String::new();
    for event in events.all() {
        let _ = writeln!(page, "\n## {}\n\n`{}`\n", event.title.get(lang), event.id);
        for (name, value) in lines(event, lang) {
            let _ = writeln!(page, "- {name}{}{value}", lang.pick("：", ": "));
        }
    }
    page
}

fn lines(event: &Event, lang: Lang) -> Vec<(&'static str, String)> {
    let mut lines = vec![(lang.pick("到期", "comes due"), when(event, lang))];
    if event.lead_days > 0 {
        let days = event.lead_days;
        let text = lang.pick(format!("{days} 天"), format!("{days} days"));
        lines.push((lang.pick("提前提醒", "reminding begins before"), text));
    }
    if let Some(months) = event.within_months {
        let text = lang.pick(
            format!("到期日起 {months} 个月内"),
            format!("within {months} months from that day"),
        );
        lines.push((lang.pick("办理期限", "time to act"), text));
    }
    if event.effective == Effective::NextMonth {
        let text = lang
            .pick("次月1日起", "from the first of the next month")
            .to_owned();
        lines.push((lang.pick("生效", "has its effect"), text));
    }
    if let Some(sex) = event.sex {
        lines.push((lang.pick("性别", "sex"), sex.label(lang).to_owned()));
    }
    if event.local {
        let text = lang
            .pick("需要；其他居民为“核实”", "needed; others are \"check\"")
            .to_owned();
        lines.push((lang.pick("本地户籍", "local registration"), text));
    }
    if let Some(condition) = &event.condition {
        let text = lang.pick(
            format!("{}；名单看不出，一律为“核实”", condition.get(lang)),
            format!(
                "{}; a list does not tell, so everybody is \"check\"",
                condition.get(lang)
            ),
        );
        lines.push((lang.pick("仅适用于", "only for"), text));
    }
    if let Some(day) = event.valid_from {
        lines.push((lang.pick("施行", "valid from"), day.to_string()));
    }
    if !event.place.get(lang).is_empty() {
        lines.push((lang.pick("地方", "place"), event.place.get(lang).to_owned()));
    }
    let source = event.source.get(lang);
    let basis = event.basis.label(lang);
    let source = if source.is_empty() {
        basis.to_owned()
    } else {
        lang.pick(format!("{basis}；{source}"), format!("{basis}; {source}"))
    };
    lines.push((lang.pick("依据", "basis"), source));
    lines
}

/// When an event comes due, in words.
fn when(event: &Event, lang: Lang) -> String {
    let age = |months: u16| {
        let (years, rest) = (months / 12, months % 12);
        match rest {
            0 => lang.pick(format!("{years} 周岁"), format!("{years} years")),
            _ => lang.pick(
                format!("{years} 周岁 {rest} 个月"),
                format!("{years} years and {rest} months"),
            ),
        }
    };
    let mut text = match event.moment {
        Moment::Age { months, steps } => {
            let mut text = lang.pick(
                format!("满 {} 的当天", age(months)),
                format!("on the day on which {} are completed", age(months)),
            );
            if let Some(steps) = steps {
                let (year, month) = steps.born_from;
                let (every, most) = (steps.every, age(months.saturating_add(steps.most)));
                text.push_str(&lang.pick(
                    format!("；{year} 年 {month} 月及以后出生的，出生每晚 {every} 个月延迟 1 个月，至 {most}"),
                    format!("; born from {year:04}-{month:02} on, one month later for each {every} months of birth, up to {most}"),
                ));
            }
            text
        }
        Moment::Cutoff { years, month, day } => lang.pick(
            format!("当年 {month} 月 {day} 日（含）前满 {years} 周岁的，在该日"),
            format!("on {month:02}-{day:02} of the year in which {years} years are completed by that day"),
        ),
        Moment::AfterBirth { months } => lang.pick(
            format!("出生后 {months} 个月届满之日"),
            format!("{months} month{} after birth", if months == 1 { "" } else { "s" }),
        ),
    };
    if event.precision == Precision::Month {
        text.push_str(lang.pick("（计到月）", " (to the month)"));
    }
    text
}
