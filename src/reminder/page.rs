//! The page that lists all events, made from the data.

use std::fmt::Write as _;

use super::{Effective, Event, Events, Moment, Precision};
use crate::lang::Lang;

/// What holds for every event, and what a community's own file can say.
const RULES_EN: &str = "\
# Life events

`gridcode remind` tells what comes due for the residents of a list. What there is to tell is data: the events below, or those of a
file named with `--events`. Nothing here is legal advice, and what is marked *unverified* has not been found in any published rule of
Hefei: ask before anybody is told.

## The day rules

- An age is completed on the birthday. Who is born on 29 February completes a year on 1 March where there is no 29th; the flags of
  grid codes follow the same rule.
- A period, such as a month to register a birth, ends on the same day of its last month, or on that month's last day.
- An event that is told to the month comes due in a month (`2026-12`), not on a day.
- A date of birth is that of a sound ID number, else of its column. Where only a month or a year is known, what comes due is told
  by the month or the year, to be checked, in every range that meets it. Where only an age is known, or nothing, nothing can come due; it is
  said for how many.
- A line is told in every range that meets its days, from the one on which reminding begins to the day that it comes due. Without days
  ahead it is told once.
- *apply*: all that the list can say is said. *check*: something has to be found out first, and the line says what.
- A grid code that changes is told on the day on which the flags of the codebook change, with the code before and after. Where only a
  month or a year of birth is known, that is the last day that it may be: before it no code is sure to change.

## A file of one's own

```toml
extends = \"hefei\"            # these events, and what follows; without this line only what follows
omit = [\"free-buses\"]        # leave some out
local-letters = [\"A\"]        # the resident types that count as registered here

[sources]
notice = { zh = \"社区通知\", en = \"a notice of the community\" }

[event.birthday-100]          # a name that is there already is replaced
zh = \"百岁祝寿\"
en = \"congratulate on 100 years\"
age = 100
lead-days = 14
source = \"notice\"
```

| key | meaning |
|---|---|
| `zh`, `en` | what it is called; one is enough |
| `age`, `age-months` | comes due when so many years, and months, are completed |
| `steps` | `{ born-from = \"1965-01\", every = 4, most = 36 }`: one month later for each so many months of birth |
| `cutoff` | with `age`: comes due on this day (`\"08-31\"`) of the year in which the age is completed by it |
| `after-birth-months` | comes due so many months after birth |
| `precision` | `\"day\"` or `\"month\"` |
| `lead-days` | reminding begins so many days before |
| `within-months` | so many months to act |
| `effective` | `\"same-day\"` or `\"next-month\"`: from the first of the month after |
| `sex` | `\"female\"` or `\"male\"` |
| `local` | `true` where it needs local registration: whoever is not known to have it is to be checked |
| `condition` | whom it concerns besides, which no list tells: everybody is to be checked |
| `place`, `source`, `basis`, `valid-from` | where it holds, where it is written, `\"published\"`, `\"unverified\"` or `\"local\"`, and since when |
";

const RULES_ZH: &str = "\
# 生活事件

`gridcode remind` 列出名单上的居民在一段时间内到期的事项。有哪些事项是数据：下列各项，或 `--events` 指定的文件。
这里不是法律意见；标为“未核实”的，没有查到合肥市公开的规定，告知居民之前请先核实。

## 日期规则

- 生日当天满周岁。2月29日出生的，平年在3月1日满周岁；网格编码的标记也按这一规则。
- 以月计的期间（如一个月内办理出生登记），到期月的对应日为最后一日；没有对应日的，月末日为最后一日。
- 计到月的事项在某月到期（`2026-12`），不指某一天。
- 出生日期以有效的身份证号为准，没有的用出生日期一列。只知道年月或年份的，到期日写到月或年，并须核实，凡涉及的范围都会列出。
  只有年龄或什么都没有的，推算不出到期事项，会说明有多少人。
- 从提醒开始日到到期日，与所给范围有重叠的都会列出；没有提前天数的只列出一次。
- “可办”：名单能说明的都已符合。“核实”：先要弄清一件事，该行写明是什么。
- 将变更的网格编码在码本的标记改变之日列出，写明前后编码。只知道出生年月或年份的，在可能的最后一日列出：此前编码不一定变更。

## 自己的事件文件

```toml
extends = \"hefei\"            # 在下列事项之上增改；没有这一行则只用自己的
omit = [\"free-buses\"]        # 去掉某些事项
local-letters = [\"A\"]        # 哪些居住类型算本地户籍

[sources]
notice = { zh = \"社区通知\", en = \"a notice of the community\" }

[event.birthday-100]          # 与已有事项同名的将其替换
zh = \"百岁祝寿\"
en = \"congratulate on 100 years\"
age = 100
lead-days = 14
source = \"notice\"
```

| 键 | 含义 |
|---|---|
| `zh`、`en` | 名称，写一种即可 |
| `age`、`age-months` | 满多少周岁（及月数）到期 |
| `steps` | `{ born-from = \"1965-01\", every = 4, most = 36 }`：出生每晚几个月延迟 1 个月 |
| `cutoff` | 与 `age` 合用：在该日（如 `\"08-31\"`）前满周岁的当年，于该日到期 |
| `after-birth-months` | 出生后几个月到期 |
| `precision` | `\"day\"` 计到日，`\"month\"` 计到月 |
| `lead-days` | 提前几天开始提醒 |
| `within-months` | 几个月内办理 |
| `effective` | `\"same-day\"` 当日，`\"next-month\"` 次月1日起 |
| `sex` | `\"female\"` 女，`\"male\"` 男 |
| `local` | `true`：须本地户籍，不能确定的为“核实” |
| `condition` | 另有名单看不出的条件：一律为“核实” |
| `place`、`source`、`basis`、`valid-from` | 适用地区、出处、依据（`\"published\"`、`\"unverified\"` 或 `\"local\"`）、施行日期 |
";

/// The events as a page in Markdown: the day rules, and for each event when, for whom, since when, source and basis.
#[must_use]
pub fn events_page(events: &Events, lang: Lang) -> String {
    let mut page = lang.pick(RULES_ZH, RULES_EN).to_owned();
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
            .pick(
                "需要；按居住类型判断（常住不等于户籍，办理前请核对），其他居民为“核实”",
                "needed; told by the resident type, which is not the household register (look there first); others are \"check\"",
            )
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
