//! Rule GC015: a household that does not say its tenure.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::{Household, Undecided};
use crate::lang::Text;
use crate::row::Field;

rule! {
    /// The tenure is missing.
    ///
    /// The list has a column for it, and no row of the household tells whether the home is own or rented. Words
    /// that say nothing, as 不详, count as empty. A tenant among the relations to the head tells it too. Without a
    /// tenure the household can get no code.
    ///
    /// ---
    /// 缺少住房性质。
    ///
    /// 名单有住房性质一列，但该户各行都没有写明是自购还是出租；“不详”之类的词等于没有填写。
    /// 与户主关系一列中的“租客”也能说明住房性质。没有住房性质就无法编码。
    pub struct MissingTenure("GC015", "missing-tenure", Error);
}

impl Rule for MissingTenure {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn household(&self, household: &Household, context: &Context<'_>, found: &mut Findings<'_>) {
        let missing = household.facts.derive().tenure == Err(Undecided::Missing);
        if !context.columns.has(Field::Tenure) || !missing {
            return;
        }
        let message = Text::fixed(
            "此处应为住房性质，如 自购房，实为空",
            "expected the tenure, as `自购房`, found nothing",
        );
        let advice = Text::fixed(
            "请向住户核实后补填",
            "please ask the household and fill it in",
        );
        let at = (household.row, household.record);
        found.household(
            Self::INFO,
            context.columns,
            at,
            Field::Tenure,
            Said::new(message, advice),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn a_household_of_which_no_row_tells_it_lacks_it() {
        let list = "楼栋|房号|住房性质\n3栋|803|\n3栋|803|不详\n3栋|804|\n3栋|804|自购";
        let found = only("missing-tenure", Level::Person, list);
        assert_eq!(
            found
                .iter()
                .map(|found| found.place.to_string())
                .collect::<Vec<_>>(),
            ["C2"]
        );
        says(
            &found[0],
            "此处应为住房性质，如 自购房，实为空；请向住户核实后补填",
            "expected the tenure, as `自购房`, found nothing; please ask the household and fill it in",
        );
        assert_eq!(only("missing-tenure", Level::Household, list).len(), 3);
    }

    #[test]
    fn a_value_without_a_letter_and_a_list_without_the_column_are_silent() {
        assert_eq!(
            only(
                "missing-tenure",
                Level::Household,
                "房号|住房性质\n803|查无此词"
            ),
            []
        );
        assert_eq!(
            only("missing-tenure", Level::Household, "楼栋|房号\n3栋|803"),
            []
        );
    }
}
