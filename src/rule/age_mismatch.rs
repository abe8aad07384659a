//! Rule GC030: a stated age that is unlike the date of birth, or no age.

use super::birth_impossible::OLDEST;
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::{Birth, Entry};
use crate::lang::Text;
use crate::row::Field;

rule! {
    /// The age is not that of the date of birth.
    ///
    /// The age in the list is compared with the one that follows from the ID number, or from the date of birth, on
    /// the day. One year more or less is let pass: a list is often older than the day it is checked on, and
    /// some count the year of birth as the first. An age that is no number, or over 130, is reported too. The
    /// age of 1 counts as not filled in: forms in wide use tell people to write it for an unknown one.
    ///
    /// Flags follow from the ID number and the date of birth first; the stated age counts only where there is
    /// neither.
    ///
    /// ---
    /// 年龄与出生日期不符。
    ///
    /// 把名单中的年龄与当日按身份证号（或出生日期）推算的年龄比较。相差一岁以内不提示：
    /// 名单往往比检查的日子旧，也有人写虚岁。年龄不是数字或超过130岁的也会提示。
    /// 年龄写 1 视为未填：通行的模板要求不知道年龄时写 1。
    ///
    /// 标记先看身份证号和出生日期，两者都没有时才用所写的年龄。
    pub struct AgeMismatch("GC030", "age-mismatch", Warning);
}

/// Completed years that a stated age may be off, either way.
const TOLERANCE: u16 = 1;

impl Rule for AgeMismatch {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, context: &Context<'_>, found: &mut Findings<'_>) {
        let Some(stated) = entry.age else { return };
        let id = entry
            .id
            .and_then(Result::ok)
            .map(|id| Birth::Day(id.born()));
        let born = id.or_else(|| entry.birth.and_then(Result::ok));
        let age = born.and_then(|birth| birth.age_on(context.on));
        let (message, advice) = match (stated, age) {
            (Err(()), _) => (
                Text::fixed(
                    "此处应为年龄（周岁数），实为其他内容",
                    "expected an age in completed years, found something else",
                ),
                Text::fixed("请写成数字，如 81", "write a number, as `81`"),
            ),
            (Ok(stated), _) if stated > OLDEST => (
                Text::new(
                    format!("年龄应不超过{OLDEST}岁，实为更大的数"),
                    format!("expected an age of at most {OLDEST}, found a greater number"),
                ),
                Text::fixed(
                    "请核对，是否把年份写成了年龄",
                    "please check whether a year was written for the age",
                ),
            ),
            (Ok(stated), Some(age))
                if stated + TOLERANCE < age.low || stated > age.high + TOLERANCE =>
            {
                (
                    Text::fixed(
                        "年龄应与身份证号或出生日期推算的周岁相差不超过1岁，实为相差更多",
                        "expected an age within a year of the one by ID number or date of birth, found it further off",
                    ),
                    Text::fixed("请核对哪一处正确", "please check which is right"),
                )
            }
            _ => return,
        };
        found.cell(Self::INFO, entry, Field::Age, Said::new(message, advice));
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn more_than_a_year_off_is_reported() {
        // 56 on the day.
        let list = |age: &str| format!("姓名|年龄|出生日期\n甲|{age}|1970-06-01");
        for right in ["55", "56", "57", "56岁", "56周岁", "1", ""] {
            assert_eq!(
                only("age-mismatch", Level::Person, &list(right)),
                [],
                "{right}"
            );
        }
        for wrong in ["54", "58", "0", "156", "五十六"] {
            assert_eq!(
                only("age-mismatch", Level::Person, &list(wrong)).len(),
                1,
                "{wrong}"
            );
        }
        says(
            &only("age-mismatch", Level::Person, &list("60"))[0],
            "年龄应与身份证号或出生日期推算的周岁相差不超过1岁，实为相差更多；请核对哪一处正确",
            "expected an age within a year of the one by ID number or date of birth, found it further off; \
             please check which is right",
        );
    }

    #[test]
    fn the_id_number_counts_before_the_date_of_birth() {
        let list = "年龄|身份证号|出生日期\n76|11010519491231002X|1980-01-01";
        assert_eq!(only("age-mismatch", Level::Person, list), []);
    }

    #[test]
    fn a_month_alone_leaves_room() {
        // 79 or 80 on the day.
        assert_eq!(
            only(
                "age-mismatch",
                Level::Person,
                "年龄|出生日期\n78|1946-11\n81|1946-11"
            ),
            []
        );
        assert_eq!(
            only(
                "age-mismatch",
                Level::Person,
                "年龄|出生日期\n77|1946-11\n82|1946-11"
            )
            .len(),
            2
        );
    }
}
