//! Rule GC006: a grid code that says something else than the columns beside it.

use super::code_cell::span;
use super::meaning::with_meaning;
use super::page::rule;
use super::right_code::right_code;
use super::{Context, Findings, Info, Rule, Said};
use crate::code::{Confidence, Part};
use crate::household::Household;
use crate::lang::{Lang, Text};
use crate::row::Field;

rule! {
    /// The code contradicts the list's own columns.
    ///
    /// The unit, the resident type or the tenure in the code is not what the columns of the same household
    /// say. Each part that differs is reported by itself. Leading zeros make no difference: `0803` and `803`
    /// are the same room. Where a household has several rows, the resident type is the head's, and the
    /// tenure is rented as soon as one row is a tenant's.
    ///
    /// Either can be the wrong one: look before you write. The code proposed is what the columns say.
    ///
    /// ---
    /// 网格编码与名单中的其他列不一致。
    ///
    /// 编码中的房号、居住类型或住房性质，与同一户其他列所写的不同；每处不同分别提示。
    /// 前导零不算不同：`0803` 与 `803` 是同一房号。一户有多行时，居住类型取户主的，
    /// 只要有一行是租客，住房性质就是出租。
    ///
    /// 可能是编码写错，也可能是其他列写错，请先核对。给出的编码是按其他列推得的。
    pub struct CodeMismatch("GC006", "code-mismatch", Error);
}

impl Rule for CodeMismatch {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn household(&self, household: &Household, context: &Context<'_>, found: &mut Findings<'_>) {
        let Some((code, row)) = household.code else {
            return;
        };
        let (codebook, derived) = (context.codebook, household.facts.derive());
        let right = right_code(household, code, codebook);
        let mut report = |part: Part, expected: &Text, actual: &Text| {
            let (zh, en) = (part.label(Lang::Zh), part.label(Lang::En));
            let message = Text::new(
                format!(
                    "编码 {code} 中的{zh}应为 {}，实为 {}",
                    expected.zh, actual.zh
                ),
                format!(
                    "expected {} as {en} in the code `{code}`, found {}",
                    expected.en, actual.en
                ),
            );
            let advice = Text::new(
                format!("与名单中的{zh}不一致，请核对哪一处正确"),
                "the list's own column says so; please check which is right",
            );
            let mut said = Said::new(message, advice);
            if household.written.exact {
                said = said.at(&span(code, part));
            }
            if let Some(right) = right {
                said = said.fix(&right, Confidence::Suggested);
            }
            found.household(
                Self::INFO,
                context.columns,
                (row, household.written.record),
                Field::GridCode,
                said,
            );
        };
        if let Some(unit) = household.code_unit
            && unit.number() != code.unit.number()
        {
            report(
                Part::Unit,
                &with_meaning(unit, None),
                &with_meaning(code.unit, None),
            );
        }
        if let Ok(letter) = derived.resident
            && letter != code.resident
            && codebook.resident(code.resident).is_some()
        {
            let meaning = |letter| codebook.resident(letter).map(|entry| &entry.meaning);
            let [expected, actual] =
                [letter, code.resident].map(|letter| with_meaning(letter, meaning(letter)));
            report(Part::Resident, &expected, &actual);
        }
        if let Ok(letter) = derived.tenure
            && letter != code.tenure
            && codebook.tenure(code.tenure).is_some()
        {
            let meaning = |letter| codebook.tenure(letter).map(|entry| &entry.meaning);
            let [expected, actual] =
                [letter, code.tenure].map(|letter| with_meaning(letter, meaning(letter)));
            report(Part::Tenure, &expected, &actual);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::code::Confidence;
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn each_part_that_differs_is_reported_with_the_code_that_the_columns_say() {
        let list = "楼栋|房号|网格编码|居住类型|住房性质\n3栋|804|0803Aa7|流动人口|出租房";
        let found = only("code-mismatch", Level::Household, list);
        assert_eq!(
            found.iter().map(|found| found.span).collect::<Vec<_>>(),
            [Some((0, 4)), Some((4, 5)), Some((5, 6))]
        );
        for found in &found {
            let fix = found.fix.as_ref().unwrap();
            assert_eq!(
                (fix.text.as_str(), fix.confidence),
                ("804Bb7", Confidence::Suggested)
            );
            assert_eq!(found.place.to_string(), "C2");
        }
        says(
            &found[1],
            "编码 0803Aa7 中的居住类型应为 B（流动人口），实为 A（常住人口）；与名单中的居住类型不一致，请核对哪一处正确",
            "expected `B` (floating population) as resident type in the code `0803Aa7`, found `A` (permanent resident); \
             the list's own column says so; please check which is right",
        );
    }

    #[test]
    fn leading_zeros_and_agreeing_parts_are_silent() {
        let list = "楼栋|房号|网格编码|居住类型|住房性质\n3栋|803|0803Aa7|常住人口|自购房\n3栋|0804|804Bb|流动|租赁";
        assert_eq!(only("code-mismatch", Level::Household, list), []);
    }

    #[test]
    fn of_several_residents_the_head_decides_and_one_tenant_makes_the_home_rented() {
        let list = "楼栋|房号|网格编码|居住类型|住房性质|与户主关系\n\
                    3栋|803|803Ba|流动人口|自购房|子\n\
                    3栋|803|^803Ba|常住人口|租赁房屋|户主";
        let found = only("code-mismatch", Level::Person, list);
        let fixes: Vec<_> = found
            .iter()
            .map(|found| found.fix.as_ref().unwrap().text.as_str())
            .collect();
        assert_eq!(fixes, ["803Ab", "803Ab"]);
        let sound = list.replace("803Ba", "803Ab");
        assert_eq!(only("code-mismatch", Level::Person, &sound), []);
    }

    #[test]
    fn a_value_without_a_letter_proposes_no_code() {
        let list = "楼栋|房号|网格编码|居住类型|住房性质\n3栋|803|803Aa|流动人口|借住";
        let found = only("code-mismatch", Level::Household, list);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].fix, None);
    }
}
