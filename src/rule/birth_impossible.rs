//! Rule GC027: a date of birth that cannot be.

use super::id_cell::ids;
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::{Birth, BirthFault, Entry};
use crate::lang::Text;
use crate::row::Field;

rule! {
    /// The date of birth cannot be.
    ///
    /// It is no date, or a day that does not exist, or it makes somebody older than 130. Read are `1950-02-03`,
    /// `1950/2/3`, `1950.2.3`, `1950年2月3日`, `19500203`, a month or a year alone, and date cells. An age that rests
    /// on such a date is unknown, and so is every flag that needs it. An ID number that makes its holder older
    /// than 130 is reported here too. The date itself is never shown.
    ///
    /// ---
    /// 出生日期不可能。
    ///
    /// 不是日期，或没有这一天，或按它推算年龄超过130岁。能识别的写法：`1950-02-03`、`1950/2/3`、`1950.2.3`、
    /// `1950年2月3日`、`19500203`，只写年月或年份也可以，以及日期格式的单元格。
    /// 这样的日期推不出年龄，也就定不了与年龄有关的标记。按身份证号推算超过130岁的也在此提示。
    /// 提示从不显示日期本身。
    pub struct BirthImpossible("GC027", "birth-impossible", Error);
}

/// Nobody has been older.
pub(super) const OLDEST: u16 = crate::household::Age::OLDEST;

impl Rule for BirthImpossible {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, context: &Context<'_>, found: &mut Findings<'_>) {
        let too_old = |birth: Birth| birth.age_on(context.on).is_some_and(|age| age.low > OLDEST);
        let message = match entry.birth {
            Some(Err(BirthFault::Unreadable)) => Some(Text::fixed(
                "此处应为出生日期，如 1950-02-03，实为无法识别的内容",
                "expected a date of birth such as `1950-02-03`, found something else",
            )),
            Some(Err(BirthFault::NoSuchDay)) => Some(Text::fixed(
                "此处应为出生日期，实为不存在的日期",
                "expected a date of birth, found a day that does not exist",
            )),
            Some(Ok(birth)) if too_old(birth) => Some(Text::fixed(
                "此处应为在世者的出生日期，实为130多年前的日期",
                "expected a date of birth of the living, found one more than 130 years ago",
            )),
            _ => None,
        };
        let advice = Text::fixed("请对照证件改正", "please correct it from the card");
        if let Some(message) = message {
            found.cell(
                Self::INFO,
                entry,
                Field::BirthDate,
                Said::new(message, advice.clone()),
            );
        }
        for (field, id) in ids(entry) {
            if id.is_ok_and(|id| too_old(Birth::Day(id.born()))) {
                let message = Text::fixed(
                    "身份证号第7至14位应为在世者的出生日期，实为130多年前的日期",
                    "expected a date of birth of the living as characters 7 to 14 of the ID number, found one more than 130 years ago",
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
    fn no_date_no_such_day_and_a_life_too_long_are_told_apart() {
        let list = "姓名|出生日期\n甲|春节\n乙|1950-02-30\n丙|1895-10-31\n丁|1950年2月3日\n戊|1900";
        let found = only("birth-impossible", Level::Person, list);
        assert_eq!(found.len(), 3);
        assert!(found.iter().all(|found| found.value.is_none()));
        says(
            &found[0],
            "此处应为出生日期，如 1950-02-03，实为无法识别的内容；请对照证件改正",
            "expected a date of birth such as `1950-02-03`, found something else; please correct it from the card",
        );
        assert_eq!(found[1].message.zh, "此处应为出生日期，实为不存在的日期");
        assert_eq!(
            found[2].message.zh,
            "此处应为在世者的出生日期，实为130多年前的日期"
        );
    }

    #[test]
    fn the_birth_in_an_id_number_counts_too() {
        let found = only(
            "birth-impossible",
            Level::Person,
            "姓名|身份证号\n甲|440524188001010014\n乙|11010519491231002X",
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
