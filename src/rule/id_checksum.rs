//! Rule GC025: an ID number whose check character does not fit.

use super::id_cell::id_faults;
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::{Entry, IdFault};
use crate::lang::Text;

rule! {
    /// The ID number's check character is wrong.
    ///
    /// The 18th character of an ID number follows from the other 17 (GB 11643-1999). Here it does not: a digit is
    /// wrong, or two have changed places. Which one cannot be told, and the number itself is never shown.
    ///
    /// ---
    /// 身份证号的校验码不符。
    ///
    /// 身份证号第18位由前17位算出（GB 11643-1999）。此处不符，说明有一位写错，或有两位颠倒；
    /// 无法判断是哪一位。提示从不显示号码本身。
    pub struct IdChecksum("GC025", "id-checksum", Error);
}

impl Rule for IdChecksum {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        for (field, _) in id_faults(entry).filter(|(_, fault)| *fault == IdFault::Checksum) {
            let message = Text::fixed(
                "身份证号第18位应与前17位相符，实为不符的校验码",
                "expected a check character that fits the other 17 of the ID number, found one that does not",
            );
            let advice = Text::fixed(
                "请对照证件逐位核对",
                "please compare it with the card, digit by digit",
            );
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
            "id-checksum",
            Level::Person,
            "姓名|身份证号\n甲|110105194912310021\n乙|11010519491231002X",
        );
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].place.to_string().as_str(), &found[0].value),
            ("B2", &None)
        );
        says(
            &found[0],
            "身份证号第18位应与前17位相符，实为不符的校验码；请对照证件逐位核对",
            "expected a check character that fits the other 17 of the ID number, found one that does not; please compare it with the card, digit by digit",
        );
    }

    #[test]
    fn the_numbers_printed_in_the_standard_are_silent() {
        assert_eq!(
            only(
                "id-checksum",
                Level::Person,
                "姓名|身份证号\n甲|11010519491231002X\n乙|440524188001010014"
            ),
            []
        );
    }
}
