//! Rule GC010: two different grid codes for one household.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::code::GridCode;
use crate::household::Household;
use crate::lang::Text;
use crate::row::Field;

rule! {
    /// One household has two different grid codes.
    ///
    /// A household has one code. Two rows of the same door carry different ones: in a list of residents each
    /// member of the household repeats the household's code, in a list of households the door is listed
    /// twice. The message names both codes and the earlier row.
    ///
    /// ---
    /// 同一户有两个不同的网格编码。
    ///
    /// 一户只有一个编码。同一地址的两行写了不同的编码：一行一人的名单中，各成员应写同一个编码；
    /// 一行一户的名单中，则是这一户登记了两次。提示会写出两个编码和前一行的行号。
    pub struct TwoCodes("GC010", "two-codes", Error);
}

impl Rule for TwoCodes {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn household(&self, household: &Household, context: &Context<'_>, found: &mut Findings<'_>) {
        let Some((code, row)) = household.code else {
            return;
        };
        if let Some((other, other_row, record)) = household.other_code {
            let at = (other_row, record);
            found.household(
                Self::INFO,
                context.columns,
                at,
                Field::GridCode,
                said(code, row, other),
            );
        }
        if let Some(earlier) = household.earlier
            && let Some(first) = earlier.code.filter(|first| *first != code)
        {
            let at = (row, household.written.record);
            found.household(
                Self::INFO,
                context.columns,
                at,
                Field::GridCode,
                said(first, earlier.row, code),
            );
        }
    }
}

fn said(first: GridCode, row: u64, here: GridCode) -> Said {
    let message = Text::new(
        format!("同一户应只有一个编码，实为两个：第{row}行 {first}，此处 {here}"),
        format!(
            "expected one code for a household, found two: `{first}` in row {row}, `{here}` here"
        ),
    );
    let advice = Text::fixed("请核对哪一个正确", "please check which is right");
    Said::new(message, advice)
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn both_codes_and_the_earlier_row_are_named_at_the_later_one() {
        let list = "楼栋|房号|网格编码\n3栋|402|402Aa\n3栋|402|402Aa\n3栋|402|402Ba8";
        let found = only("two-codes", Level::Person, list);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].place.to_string().as_str(), found[0].record),
            ("C4", 3)
        );
        says(
            &found[0],
            "同一户应只有一个编码，实为两个：第2行 402Aa，此处 402Ba8；请核对哪一个正确",
            "expected one code for a household, found two: `402Aa` in row 2, `402Ba8` here; please check which is right",
        );
        assert_eq!(
            only("two-codes", Level::Household, list)[0]
                .place
                .to_string(),
            "C4"
        );
    }

    #[test]
    fn one_code_repeated_and_missing_ones_are_silent() {
        let list = "楼栋|房号|网格编码\n3栋|402|402Aa\n3栋|402|402Aa\n3栋|402|";
        assert_eq!(only("two-codes", Level::Person, list), []);
        assert_eq!(only("two-codes", Level::Household, list), []);
    }
}
