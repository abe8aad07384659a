//! Rule GC011: a household without a grid code.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::Household;
use crate::lang::Text;
use crate::row::Field;

rule! {
    /// The household has no grid code.
    ///
    /// The list has a column for it, and no row of the household has anything in it. `gridcode encode`
    /// writes the codes of a whole list from its other columns. A code that is there and cannot be read is
    /// not missing; `code-syntax` reports it. A household whose resident type or tenure leads to no letter
    /// cannot have a code yet; `unmapped-value` reports that instead.
    ///
    /// ---
    /// 该户没有网格编码。
    ///
    /// 名单有网格编码一列，但该户各行都没有填写。`gridcode encode` 可按其他列为整份名单写出编码。
    /// 写了但无法识别的编码不算缺少，见 `code-syntax`；居住类型或住房性质没有对应字母的户还无法编码，
    /// 见 `unmapped-value`。
    pub struct MissingCode("GC011", "missing-code", Error);
}

impl Rule for MissingCode {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn household(&self, household: &Household, context: &Context<'_>, found: &mut Findings<'_>) {
        let no_letter = household.facts.resident_unmapped || household.facts.tenure_unmapped;
        if !context.columns.has(Field::GridCode) || household.written.texts > 0 || no_letter {
            return;
        }
        let message = Text::fixed(
            "此处应为网格编码，如 803Aa7，实为空",
            "expected a grid code such as `803Aa7`, found nothing",
        );
        let advice = Text::fixed(
            "gridcode encode 可按其他列写出编码",
            "`gridcode encode` writes it from the other columns",
        );
        let at = (household.row, household.record);
        found.household(
            Self::INFO,
            context.columns,
            at,
            Field::GridCode,
            Said::new(message, advice),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn a_household_without_any_code_lacks_one() {
        let found = only(
            "missing-code",
            Level::Person,
            "楼栋|房号|网格编码\n3栋|803|\n3栋|803|无\n3栋|804|804Aa\n3栋|804|",
        );
        assert_eq!(found.len(), 1);
        says(
            &found[0],
            "此处应为网格编码，如 803Aa7，实为空；gridcode encode 可按其他列写出编码",
            "expected a grid code such as `803Aa7`, found nothing; `gridcode encode` writes it from the other columns",
        );
    }

    #[test]
    fn an_unreadable_code_and_a_list_without_the_column_are_silent() {
        assert_eq!(
            only(
                "missing-code",
                Level::Household,
                "楼栋|房号|网格编码\n3栋|803|803"
            ),
            []
        );
        assert_eq!(
            only("missing-code", Level::Household, "楼栋|房号\n3栋|803"),
            []
        );
        assert_eq!(
            only(
                "missing-code",
                Level::Household,
                "房号|住房性质|网格编码\n803|空置|"
            ),
            []
        );
    }
}
