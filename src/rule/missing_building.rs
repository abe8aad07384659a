//! Rule GC012: a row that does not say its building.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::Entry;
use crate::lang::Text;
use crate::row::{CellKind, Field};

rule! {
    /// The building is missing.
    ///
    /// The list has a column for the building or for the whole address, and this row leaves it empty. A unit
    /// alone is no address: 803 exists in every building, and the code `803Aa7` does not say which.
    ///
    /// ---
    /// 缺少楼栋。
    ///
    /// 名单有楼栋或地址一列，此行没有填写。只有房号找不到住户：每栋楼都有 803，
    /// 编码 `803Aa7` 也不说明是哪一栋。
    pub struct MissingBuilding("GC012", "missing-building", Error);
}

impl Rule for MissingBuilding {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        let columns = entry.columns;
        let fields = [Field::Building, Field::Address];
        let Some(field) = fields.into_iter().find(|field| columns.has(*field)) else {
            return;
        };
        // A prefix is a building's own name: 金鼎大厦.
        let said_otherwise = entry
            .door
            .faults
            .iter()
            .any(|(at, _)| *at == Field::Address);
        let no_value = entry.kind(field) == CellKind::NoValue;
        if no_value || entry.text(field).is_some() || entry.door.door.building.is_some() || said_otherwise {
            return;
        }
        let message = Text::fixed(
            "此处应为楼栋，如 3栋，实为空",
            "expected a building such as `3栋`, found nothing",
        );
        let advice = Text::fixed(
            "请补填；只有房号不能确定是哪一户",
            "please fill it in: a unit alone does not tell the household",
        );
        found.cell(Self::INFO, entry, field, Said::new(message, advice));
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn an_empty_building_is_missing() {
        let found = only(
            "missing-building",
            Level::Household,
            "楼栋|房号\n|803\n无|804\n3栋|805",
        );
        assert_eq!(
            found
                .iter()
                .map(|found| found.place.to_string())
                .collect::<Vec<_>>(),
            ["A2", "A3"]
        );
        says(
            &found[0],
            "此处应为楼栋，如 3栋，实为空；请补填；只有房号不能确定是哪一户",
            "expected a building such as `3栋`, found nothing; please fill it in: a unit alone does not tell the household",
        );
    }

    #[test]
    fn a_building_told_by_another_cell_and_a_list_without_the_column_are_silent() {
        assert_eq!(
            only(
                "missing-building",
                Level::Household,
                "楼栋|房号\n|3栋2单元803"
            ),
            []
        );
        assert_eq!(
            only(
                "missing-building",
                Level::Household,
                "楼栋|房号\n金鼎大厦|803"
            ),
            []
        );
        assert_eq!(only("missing-building", Level::Household, "房号\n803"), []);
    }
}
