//! Rule GC014: a household that does not say its resident type.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::{Household, Undecided};
use crate::lang::Text;
use crate::row::Field;

rule! {
    /// The resident type is missing.
    ///
    /// The list has a column for it, and no row of the household tells it. Words that say nothing, as 不详, count
    /// as empty. Without a resident type the household can get no code: whether permanent or floating is never
    /// guessed.
    ///
    /// ---
    /// 缺少居住类型。
    ///
    /// 名单有居住类型一列，但该户各行都没有写明；“不详”之类的词等于没有填写。
    /// 没有居住类型就无法编码：常住还是流动，从不猜测。
    pub struct MissingResident("GC014", "missing-resident", Error);
}

impl Rule for MissingResident {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn household(&self, household: &Household, context: &Context<'_>, found: &mut Findings<'_>) {
        let missing = household.facts.derive().resident == Err(Undecided::Missing);
        if !context.columns.has(Field::ResidentType) || !missing {
            return;
        }
        let message = Text::fixed(
            "此处应为居住类型，如 常住人口，实为空",
            "expected the resident type, as `常住人口`, found nothing",
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
            Field::ResidentType,
            Said::new(message, advice),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn a_household_of_which_no_row_tells_it_lacks_it() {
        let list = "楼栋|房号|居住类型\n3栋|803|\n3栋|803|不详\n3栋|804|\n3栋|804|常住";
        let found = only("missing-resident", Level::Person, list);
        assert_eq!(
            found
                .iter()
                .map(|found| found.place.to_string())
                .collect::<Vec<_>>(),
            ["C2"]
        );
        says(
            &found[0],
            "此处应为居住类型，如 常住人口，实为空；请向住户核实后补填",
            "expected the resident type, as `常住人口`, found nothing; please ask the household and fill it in",
        );
        assert_eq!(only("missing-resident", Level::Household, list).len(), 3);
    }

    #[test]
    fn a_value_without_a_letter_and_a_list_without_the_column_are_silent() {
        assert_eq!(
            only(
                "missing-resident",
                Level::Household,
                "房号|居住类型\n803|查无此词"
            ),
            []
        );
        assert_eq!(
            only("missing-resident", Level::Household, "楼栋|房号\n3栋|803"),
            []
        );
    }
}
