//! Rule GC029: a date of birth unlike the one in the ID number.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::{Birth, Entry};
use crate::lang::Text;
use crate::row::Field;

rule! {
    /// Date of birth and ID number disagree.
    ///
    /// Characters 7 to 14 of a sound ID number are its holder's date of birth. The date of birth beside it
    /// differs; where that is known to the month or year only, so much is compared. Ages are taken from the ID
    /// number, whose check character speaks for it. Some elder people do have a date in the household register
    /// that is not the one on their card: allow the rule where your list is to keep both. Neither date is ever shown.
    ///
    /// ---
    /// 出生日期与身份证号不一致。
    ///
    /// 身份证号第7至14位是持证人的出生日期。旁边所写的出生日期与它不同；
    /// 只写年月或年份的，只比较已知的部分。年龄按身份证号推算，因为号码经过校验。
    /// 有些老人户籍上的出生日期确与证件不同，名单需要保留两者时可以用 `--allow` 放行。提示从不显示日期本身。
    pub struct BirthIdMismatch("GC029", "birth-id-mismatch", Error);
}

impl Rule for BirthIdMismatch {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        let (Some(Ok(birth)), Some(Ok(id))) = (entry.birth, entry.id) else {
            return;
        };
        let born = id.born();
        let different = match birth {
            _ if birth
                .range()
                .is_none_or(|(first, _)| first.year() != born.year()) =>
            {
                Text::fixed("年份", "year")
            }
            Birth::Day(date) if date.month() != born.month() => Text::fixed("月份", "month"),
            Birth::Month(_, month) if month != born.month() => Text::fixed("月份", "month"),
            Birth::Day(date) if date != born => Text::fixed("日子", "day"),
            _ => return,
        };
        let message = Text::new(
            format!(
                "出生日期应与身份证号第7至14位一致，实为不同的{}",
                different.zh
            ),
            format!(
                "expected the date of birth in characters 7 to 14 of the ID number, found another {}",
                different.en
            ),
        );
        let advice = Text::fixed(
            "请对照证件核对哪一处正确",
            "please check from the card which is right",
        );
        found.cell(
            Self::INFO,
            entry,
            Field::BirthDate,
            Said::new(message, advice),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn what_is_known_of_both_dates_is_compared() {
        let list = |birth: &str| format!("姓名|身份证号|出生日期\n甲|11010519491231002X|{birth}");
        for same in [
            "1949-12-31",
            "19491231",
            "1949年12月",
            "1949",
            "",
            "1900-01-01",
        ] {
            assert_eq!(
                only("birth-id-mismatch", Level::Person, &list(same)),
                [],
                "{same}"
            );
        }
        for (other, part) in [
            ("1949-12-30", "日子"),
            ("1949-11-30", "月份"),
            ("1949-11", "月份"),
            ("1950", "年份"),
            ("1939-12-31", "年份"),
        ] {
            let found = only("birth-id-mismatch", Level::Person, &list(other));
            assert!(
                found[0].message.zh.ends_with(part),
                "{other}: {}",
                found[0].message.zh
            );
        }
        says(
            &only("birth-id-mismatch", Level::Person, &list("1949-12-30"))[0],
            "出生日期应与身份证号第7至14位一致，实为不同的日子；请对照证件核对哪一处正确",
            "expected the date of birth in characters 7 to 14 of the ID number, found another day; \
             please check from the card which is right",
        );
    }

    #[test]
    fn an_unsound_id_number_is_no_witness() {
        assert_eq!(
            only(
                "birth-id-mismatch",
                Level::Person,
                "身份证号|出生日期\n110105194912310021|1950-01-01"
            ),
            []
        );
    }
}
