//! Rule GC024: an ID number whose birth date is no day.

use super::id_cell::id_faults;
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::{Entry, IdFault};
use crate::lang::Text;

rule! {
    /// The ID number's birth date does not exist.
    ///
    /// Characters 7 to 14 of an ID number are the date of birth, year, month and day. Here they name a month
    /// above 12 or a day that the month does not have, so a digit is wrong. The number itself is never shown.
    ///
    /// ---
    /// 身份证号中的出生日期不存在。
    ///
    /// 身份证号第7至14位是出生年月日。此处的月份大于12，或该月没有这一天，必有数字写错。
    /// 提示从不显示号码本身。
    pub struct IdDate("GC024", "id-date", Error);
}

impl Rule for IdDate {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        for (field, _) in id_faults(entry).filter(|(_, fault)| *fault == IdFault::NoSuchDay) {
            let message = Text::fixed(
                "身份证号第7至14位应为出生日期，实为不存在的日期",
                "expected a date of birth as characters 7 to 14 of the ID number, found a day that does not exist",
            );
            let advice = Text::fixed("请对照证件改正", "please correct it from the card");
            found.cell(Self::INFO, entry, field, Said::new(message, advice));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn the_fault_is_told_and_never_the_number() {
        let found = only(
            "id-date",
            Level::Person,
            "姓名|身份证号\n甲|110105194913310021\n乙|11010519491231002X",
        );
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].place.to_string().as_str(), &found[0].value),
            ("B2", &None)
        );
        says(
            &found[0],
            "身份证号第7至14位应为出生日期，实为不存在的日期；请对照证件改正",
            "expected a date of birth as characters 7 to 14 of the ID number, found a day that does not exist; please correct it from the card",
        );
    }

    #[test]
    fn the_numbers_printed_in_the_standard_are_silent() {
        assert_eq!(
            only(
                "id-date",
                Level::Person,
                "姓名|身份证号\n甲|11010519491231002X\n乙|440524188001010014"
            ),
            []
        );
    }
}
