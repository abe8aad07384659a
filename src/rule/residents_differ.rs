//! Rule GC032: residents of one household who differ in their resident type.

use super::meaning::with_meaning;
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::Household;
use crate::lang::Text;
use crate::row::Field;

rule! {
    /// The residents differ in their resident type.
    ///
    /// A household has one code and so one resident type. Its residents have several, as where a permanent head has
    /// floating lodgers. That is no mistake; the note says which was taken. By the built-in codebook it is the
    /// head's, or the first row's where no head is marked. `[household] resident = "first"` in a codebook of
    /// your own takes the first row's always.
    ///
    /// ---
    /// 同一户各人的居住类型不同。
    ///
    /// 一户只有一个编码，也就只有一个居住类型，而该户各人不同，例如户主是常住、租客是流动。
    /// 这不是错误，只说明取了哪一个。内置码本取户主的；没有标明户主时取第一行的。
    /// 自定码本写 `[household] resident = "first"`，则总取第一行的。
    pub struct ResidentsDiffer("GC032", "residents-differ", Note);
}

impl Rule for ResidentsDiffer {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn household(&self, household: &Household, context: &Context<'_>, found: &mut Findings<'_>) {
        let facts = &household.facts;
        let Some(letter) = facts.resident.filter(|_| facts.residents_differ) else {
            return;
        };
        let taken = with_meaning(
            letter,
            context
                .codebook
                .resident(letter)
                .map(|entry| &entry.meaning),
        );
        let whose = if facts.resident_is_heads {
            Text::fixed("户主的", "the head's")
        } else {
            Text::fixed("第一行的", "the first row's")
        };
        let message = Text::new(
            format!("该户各人的居住类型不同，取{} {}", whose.zh, taken.zh),
            format!(
                "the residents differ in their resident type; {} counts, {}",
                whose.en, taken.en
            ),
        );
        let at = (household.row, household.record);
        found.household(
            Self::INFO,
            context.columns,
            at,
            Field::ResidentType,
            Said::new(message, Text::default()),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn the_note_says_whose_resident_type_was_taken() {
        let list = "楼栋|房号|居住类型|与户主关系\n3栋|803|流动人口|租客\n3栋|803|常住人口|户主";
        let found = only("residents-differ", Level::Person, list);
        assert_eq!(found[0].severity, Severity::Note);
        says(
            &found[0],
            "该户各人的居住类型不同，取户主的 A（常住人口）",
            "the residents differ in their resident type; the head's counts, `A` (permanent resident)",
        );
        let list = "楼栋|房号|居住类型\n3栋|803|流动人口\n3栋|803|常住人口";
        assert_eq!(
            only("residents-differ", Level::Person, list)[0].message.zh,
            "该户各人的居住类型不同，取第一行的 B（流动人口）"
        );
    }

    #[test]
    fn residents_who_agree_are_silent() {
        let list = "楼栋|房号|居住类型\n3栋|803|常住\n3栋|803|常住人口\n3栋|803|";
        assert_eq!(only("residents-differ", Level::Person, list), []);
        assert_eq!(only("residents-differ", Level::Household, list), []);
    }
}
