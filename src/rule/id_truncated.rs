//! Rule GC026: an ID number whose tail a spreadsheet has cut off.

use super::id_cell::id_faults;
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::{Entry, IdFault};
use crate::lang::Text;

rule! {
    /// The ID number's end was cut off.
    ///
    /// A spreadsheet keeps 15 digits of a number and makes the others 0: the last three characters are 000, which
    /// no ID number ends in. One time in eleven such a number passes the check by chance, so it is reported
    /// whether it passes or not. What was cut off is lost. Give the column the format Text before writing the
    /// number again. A number in scientific notation is `scientific-notation`.
    ///
    /// ---
    /// 身份证号末尾被表格软件截断。
    ///
    /// 表格软件对数字只保留15位，其余变成 0：末三位成了 000，而身份证号不会以 000 结尾。
    /// 这样的号码有十一分之一的可能碰巧通过校验，所以无论是否通过都会提示。截去的数字无法恢复。
    /// 请先把该列设为“文本”格式再重新填写。成了科学计数的号码见 `scientific-notation`。
    pub struct IdTruncated("GC026", "id-truncated", Error);
}

impl Rule for IdTruncated {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        for (field, _) in id_faults(entry).filter(|(_, fault)| *fault == IdFault::CutByExcel) {
            let message = Text::fixed(
                "身份证号末三位应为证件上的末三位，实为 000：表格软件只保留了前15位",
                "expected the end of an ID number, found 000: a spreadsheet has kept only the first 15 digits",
            );
            let advice = Text::fixed(
                "请对照证件重新填写，先把该列设为“文本”格式",
                "give the column the format Text, then write it again from the card",
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
            "id-truncated",
            Level::Person,
            "姓名|身份证号\n甲|110105194912310000\n乙|11010519491231002X",
        );
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].place.to_string().as_str(), &found[0].value),
            ("B2", &None)
        );
        says(
            &found[0],
            "身份证号末三位应为证件上的末三位，实为 000：表格软件只保留了前15位；请对照证件重新填写，先把该列设为“文本”格式",
            "expected the end of an ID number, found 000: a spreadsheet has kept only the first 15 digits; give the column the format Text, then write it again from the card",
        );
    }

    #[test]
    fn the_numbers_printed_in_the_standard_are_silent() {
        assert_eq!(
            only(
                "id-truncated",
                Level::Person,
                "姓名|身份证号\n甲|11010519491231002X\n乙|440524188001010014"
            ),
            []
        );
    }
}
