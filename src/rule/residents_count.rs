//! Rule GC031: a stated number of residents unlike the rows, or no number.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::{Entry, Household, Level};
use crate::lang::Text;
use crate::row::Field;

rule! {
    /// The number of residents is not that of rows.
    ///
    /// In a list of residents the household states how many live there, and has more or fewer rows: somebody is
    /// missing, has moved, or is listed twice. While somebody is missing, flags that depend on everybody's age stay
    /// open. A number of residents that is no number is reported in every list.
    ///
    /// ---
    /// 人数与行数不符。
    ///
    /// 一行一人的名单中，该户所写的人数与它的行数不同：可能漏了人、有人迁走，或有人登记了两次。
    /// 有人没有列出时，取决于全家年龄的标记无法确定。人数一格不是数字的，任何名单都会提示。
    pub struct ResidentsCount("GC031", "residents-count", Warning);
}

impl Rule for ResidentsCount {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        if let Some(Err(())) = entry.residents {
            let message = Text::fixed(
                "此处应为人数，实为其他内容",
                "expected a number of residents, found something else",
            );
            let advice = Text::fixed("请写成数字，如 3", "write a number, as `3`");
            found.cell(
                Self::INFO,
                entry,
                Field::Residents,
                Said::new(message, advice),
            );
        }
    }

    fn household(&self, household: &Household, context: &Context<'_>, found: &mut Findings<'_>) {
        let (rows, stated) = (household.facts.rows, household.facts.stated_residents);
        let Some(stated) = stated.filter(|stated| u32::from(*stated) != rows) else {
            return;
        };
        if household.level != Level::Person {
            return;
        }
        let message = Text::new(
            format!("人数应与该户的行数一致，即 {rows}，实为 {stated}"),
            format!("expected {rows} residents, as the household has rows, found {stated}"),
        );
        let advice = Text::fixed(
            "请核对是否漏人、迁走或重复",
            "please check who is missing, gone or listed twice",
        );
        let at = (household.row, household.record);
        found.household(
            Self::INFO,
            context.columns,
            at,
            Field::Residents,
            Said::new(message, advice),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    const LIST: &str = "楼栋|房号|人数\n3栋|803|3人\n3栋|803|3\n3栋|804|1";

    #[test]
    fn a_household_with_too_few_rows_is_reported_once() {
        let found = only("residents-count", Level::Person, LIST);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place.to_string(), "C2");
        says(
            &found[0],
            "人数应与该户的行数一致，即 2，实为 3；请核对是否漏人、迁走或重复",
            "expected 2 residents, as the household has rows, found 3; please check who is missing, gone or listed twice",
        );
    }

    #[test]
    fn a_row_for_each_household_has_any_number_of_residents() {
        assert_eq!(
            only(
                "residents-count",
                Level::Household,
                "楼栋|房号|人数\n3栋|803|3\n3栋|804|"
            ),
            []
        );
    }

    #[test]
    fn what_is_no_number_is_reported() {
        let found = only(
            "residents-count",
            Level::Household,
            "楼栋|房号|人数\n3栋|803|三四个",
        );
        assert_eq!(found[0].message.zh, "此处应为人数，实为其他内容");
    }
}
