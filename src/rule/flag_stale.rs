//! Rule GC008: a flag in the grid code that by the list's data does not hold.

use super::code_cell::flag_span;
use super::meaning::with_meaning;
use super::page::rule;
use super::right_code::{right_code, right_flags, stale_flags};
use super::{Context, Findings, Info, Rule, Said};
use crate::code::{Confidence, GridCode};
use crate::household::Household;
use crate::lang::Text;
use crate::row::Field;

rule! {
    /// The grid code has a flag that does not hold.
    ///
    /// All ages of the household are known, and by none of them the flag holds on the day: an 8 where nobody
    /// is 80 or over. Perhaps somebody has moved away or died, or the flag was set too early. Where one age is
    /// not known, or a list tells only the head's, nothing is reported: the flag may well be right. Flags
    /// that follow from no data, as 5 and 7, are never called stale.
    ///
    /// ---
    /// 网格编码有不再成立的标记。
    ///
    /// 该户每个人的年龄都已知，而按这些年龄，标记在当日都不成立：例如没有人满80岁，编码中却有 8。
    /// 可能是老人已迁出或去世，也可能是标记写早了。只要有一人的年龄不明，或名单只有户主的年龄，就不提示，
    /// 因为标记可能是对的。没有数据依据的标记（如 5 和 7）从不算作过时。
    pub struct FlagStale("GC008", "flag-stale", Warning);
}

impl Rule for FlagStale {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn household(&self, household: &Household, context: &Context<'_>, found: &mut Findings<'_>) {
        let Some((code, row)) = household.code else {
            return;
        };
        let codebook = context.codebook;
        for digit in stale_flags(household, code, codebook).iter() {
            let flag = with_meaning(digit, codebook.flag(digit).map(|flag| &flag.meaning));
            let message = Text::new(
                format!("编码 {code} 不应有标记 {}，实有", flag.zh),
                format!(
                    "expected no flag {} in the code `{code}`, found it",
                    flag.en
                ),
            );
            let advice = Text::new(
                format!(
                    "按名单所写，{} 这一天该标记不成立；请核实是否有人迁出",
                    context.on
                ),
                format!(
                    "by what the list says it does not hold on {}; please check whether somebody has left",
                    context.on
                ),
            );
            let right = right_code(household, code, codebook).unwrap_or_else(|| GridCode {
                flags: right_flags(household, code, codebook),
                ..code
            });
            let mut said = Said::new(message, advice).fix(&right, Confidence::Suggested);
            if household.written.exact {
                said = said.at(&flag_span(code, digit));
            }
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
    fn an_eight_where_nobody_is_eighty_is_stale() {
        let list = "楼栋|房号|网格编码|年龄\n3栋|201|201Bb58|79\n3栋|201|201Bb58|30";
        let found = only("flag-stale", Level::Person, list);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].fix.as_ref().unwrap().text, "201Bb5");
        assert_eq!(found[0].span, Some((6, 7)));
        says(
            &found[0],
            "编码 201Bb58 不应有标记 8（家中有80岁及以上老人，需优先服务），实有；\
             按名单所写，2026-11-01 这一天该标记不成立；请核实是否有人迁出",
            "expected no flag `8` (somebody aged 80 or over lives here and is served first) in the code `201Bb58`, found it; \
             by what the list says it does not hold on 2026-11-01; please check whether somebody has left",
        );
    }

    #[test]
    fn an_unknown_age_leaves_the_flag_alone() {
        let one_unknown = "楼栋|房号|网格编码|年龄\n3栋|201|201Bb8|79\n3栋|201|201Bb8|";
        assert_eq!(only("flag-stale", Level::Person, one_unknown), []);
        let head_only = "楼栋|房号|网格编码|年龄\n3栋|201|201Bb8|79";
        assert_eq!(only("flag-stale", Level::Household, head_only), []);
        let no_ages = "楼栋|房号|网格编码\n3栋|201|201Bb8";
        assert_eq!(only("flag-stale", Level::Person, no_ages), []);
    }

    #[test]
    fn flags_that_follow_from_nothing_are_never_stale() {
        let list = "楼栋|房号|网格编码|年龄\n3栋|201|201Bb57|30";
        assert_eq!(only("flag-stale", Level::Person, list), []);
    }
}
