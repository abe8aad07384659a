//! Rule GC028: a date of birth that is still to come.

use super::id_cell::ids;
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::{Birth, Entry};
use crate::lang::Text;
use crate::row::Field;

rule! {
    /// The date of birth is still to come.
    ///
    /// The date of birth, or the one in the ID number, lies after the day: today, or the one given with `--on`.
    /// A date known to the month or year only is reported when all of it lies after the day. The date itself is
    /// never shown.
    ///
    /// ---
    /// 出生日期在将来。
    ///
    /// 出生日期或身份证号中的出生日期晚于当日：今天，或 `--on` 指定的日期。
    /// 只写年月或年份的，整段时间都在当日之后才提示。提示从不显示日期本身。
    pub struct BirthFuture("GC028", "birth-future", Error);
}

impl Rule for BirthFuture {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, context: &Context<'_>, found: &mut Findings<'_>) {
        let on = context.on;
        let later = |birth: Birth| birth.range().is_some_and(|(first, _)| first > on);
        let advice = Text::fixed("请对照证件改正", "please correct it from the card");
        if entry.birth.and_then(Result::ok).is_some_and(later) {
            let message = Text::new(
                format!("出生日期应不晚于 {on}，实为将来的日期"),
                format!("expected a date of birth not after {on}, found one still to come"),
            );
            found.cell(
                Self::INFO,
                entry,
                Field::BirthDate,
                Said::new(message, advice.clone()),
            );
        }
        for (field, id) in ids(entry) {
            if id.is_ok_and(|id| id.born() > on) {
                let message = Text::new(
                    format!("身份证号第7至14位的出生日期应不晚于 {on}，实为将来的日期"),
                    format!(
                        "expected a date of birth not after {on} as characters 7 to 14 of the ID number, found one still to come"
                    ),
                );
                found.cell(Self::INFO, entry, field, Said::new(message, advice.clone()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn a_birth_after_the_day_is_reported() {
        let found = only(
            "birth-future",
            Level::Person,
            "姓名|出生日期\n甲|2026-11-02\n乙|2026-11-01\n丙|2027\n丁|2026-11",
        );
        assert_eq!(
            found
                .iter()
                .map(|found| found.place.to_string())
                .collect::<Vec<_>>(),
            ["B2", "B4"]
        );
        says(
            &found[0],
            "出生日期应不晚于 2026-11-01，实为将来的日期；请对照证件改正",
            "expected a date of birth not after 2026-11-01, found one still to come; please correct it from the card",
        );
    }

    #[test]
    fn a_sound_id_number_of_the_future_is_reported_and_one_of_the_past_is_not() {
        // Region 990100 does not exist; its check character is right.
        let found = only(
            "birth-future",
            Level::Person,
            "姓名|身份证号\n甲|990100203001010011\n乙|11010519491231002X",
        );
        assert_eq!(
            found
                .iter()
                .map(|found| found.place.to_string())
                .collect::<Vec<_>>(),
            ["B2"]
        );
    }
}
