//! Rule GC007: a flag that holds by the list's data and is not in the grid code.

use super::meaning::with_meaning;
use super::page::rule;
use super::right_code::{right_code, right_flags};
use super::{Context, Findings, Info, Rule, Said};
use crate::code::{Confidence, GridCode};
use crate::household::Household;
use crate::lang::Text;
use crate::row::Field;

rule! {
    /// The grid code lacks a flag that holds.
    ///
    /// By the ages or tags in the list a flag certainly holds on the day, and the code does not have it:
    /// somebody is 80 or over, and there is no 8. These are the households to be served first, so a missing
    /// flag may leave an old person alone. The code to write is named. Whose age it is is not said: look
    /// into the rows of the household.
    ///
    /// The day is today, or the one given with `--on`. A household without a code is not reported here.
    ///
    /// ---
    /// 网格编码缺少应有的标记。
    ///
    /// 按名单中的年龄或标签，某个标记在当日确定成立，编码中却没有：例如家中有80岁及以上老人，编码中没有 8。
    /// 这些是应优先服务的户，漏了标记就可能漏了老人。提示给出应写成的编码；
    /// 不说明是谁的年龄，请查看该户各行。
    ///
    /// “当日”是今天，或 `--on` 指定的日期。没有编码的户不在此提示。
    pub struct FlagMissing("GC007", "flag-missing", Error);
}

impl Rule for FlagMissing {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn household(&self, household: &Household, context: &Context<'_>, found: &mut Findings<'_>) {
        let Some((code, row)) = household.code else {
            return;
        };
        let codebook = context.codebook;
        for digit in household
            .facts
            .flags
            .iter()
            .filter(|digit| !code.flags.contains(*digit))
        {
            let flag = with_meaning(digit, codebook.flag(digit).map(|flag| &flag.meaning));
            let message = Text::new(
                format!("编码 {code} 应有标记 {}，实无", flag.zh),
                format!("expected flag {} in the code `{code}`, found none", flag.en),
            );
            let advice = Text::new(
                format!("按名单所写，{} 这一天该标记成立", context.on),
                format!("by what the list says it holds on {}", context.on),
            );
            let right = right_code(household, code, codebook).unwrap_or_else(|| GridCode {
                flags: right_flags(household, code, codebook),
                ..code
            });
            let said = Said::new(message, advice).fix(&right, Confidence::Suggested);
            found.household(
                Self::INFO,
                context.columns,
                (row, household.written.record),
                Field::GridCode,
                said,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn a_household_with_somebody_of_eighty_lacks_the_eight() {
        let list =
            "楼栋|房号|网格编码|年龄\n3栋|402|402Aa5|52\n3栋|402|402Aa5|80\n3栋|403|403Aa|79";
        let found = only("flag-missing", Level::Person, list);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].fix.as_ref().unwrap().text, "402Aa58");
        says(
            &found[0],
            "编码 402Aa5 应有标记 8（家中有80岁及以上老人，需优先服务），实无；按名单所写，2026-11-01 这一天该标记成立",
            "expected flag `8` (somebody aged 80 or over lives here and is served first) in the code `402Aa5`, found none; \
             by what the list says it holds on 2026-11-01",
        );
    }

    #[test]
    fn the_eightieth_birthday_is_the_day() {
        let list = |birth: &str| format!("楼栋|房号|网格编码|出生日期\n3栋|402|402Aa|{birth}");
        assert_eq!(
            only("flag-missing", Level::Household, &list("1946-11-01")).len(),
            1
        );
        assert_eq!(
            only("flag-missing", Level::Household, &list("1946-11-02")),
            []
        );
    }

    #[test]
    fn a_code_with_its_flag_and_a_household_without_a_code_are_silent() {
        let list = "楼栋|房号|网格编码|年龄\n3栋|402|402Aa8|91\n3栋|403||91";
        assert_eq!(only("flag-missing", Level::Person, list), []);
        assert_eq!(only("flag-missing", Level::Household, list), []);
    }
}
