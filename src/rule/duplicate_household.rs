//! Rule GC009: a door that is listed twice.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::Household;
use crate::lang::Text;
use crate::row::{Columns, Field};

rule! {
    /// The household is listed twice.
    ///
    /// In a list with one row for each household two rows name the same community, building, entrance and
    /// unit, however differently they are written: `3栋` and `三幢`, `0803` and `803`. Strike one of them out,
    /// or put the wrong door right. The message names the earlier row.
    ///
    /// Each sheet of a workbook is looked at for itself.
    ///
    /// Where every resident has a row, say so with `--level person`: then rows of the same door are one
    /// household.
    ///
    /// ---
    /// 同一户登记了两次。
    ///
    /// 在一行一户的名单中，有两行的社区、楼栋、单元、房号都相同，即使写法不同：
    /// `3栋` 与 `三幢`，`0803` 与 `803`。请删去多余的一行，或改正写错的地址。提示会指出前一行的行号。
    ///
    /// 工作簿的每张工作表各自检查，不跨表比较。
    ///
    /// 如果名单是一行一人，请用 `--level person` 说明，这时同一地址的各行合为一户。
    pub struct DuplicateHousehold("GC009", "duplicate-household", Error);
}

impl Rule for DuplicateHousehold {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn household(&self, household: &Household, context: &Context<'_>, found: &mut Findings<'_>) {
        let Some(earlier) = household.earlier else {
            return;
        };
        let row = earlier.row;
        let message = Text::new(
            format!("此处应为另一户，实与第{row}行是同一个门（按名单所写的地址）"),
            format!(
                "expected another household, found the door of row {row} again, as far as the list says"
            ),
        );
        let advice = Text::fixed(
            "请删去重复的一行，或改正写错的楼栋、单元、房号",
            "strike out one of the two rows, or correct the door that is wrong",
        );
        let at = (household.row, household.record);
        found.household(
            Self::INFO,
            context.columns,
            at,
            door_field(context.columns),
            Said::new(message, advice).with_row(row),
        );
    }
}

/// The column that tells households of one building apart.
fn door_field(columns: &Columns) -> Field {
    let fields = [Field::Unit, Field::Address, Field::GridCode];
    fields
        .into_iter()
        .find(|field| columns.has(*field))
        .unwrap_or(Field::Unit)
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn a_door_written_differently_is_the_same_door() {
        let found = only(
            "duplicate-household",
            Level::Household,
            "楼栋|单元|房号\n3栋|2|803\n三幢|二单元|0803\n4栋|2|803",
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place.to_string(), "C3");
        says(
            &found[0],
            "此处应为另一户，实与第2行是同一个门（按名单所写的地址）；请删去重复的一行，或改正写错的楼栋、单元、房号",
            "expected another household, found the door of row 2 again, as far as the list says; \
             strike out one of the two rows, or correct the door that is wrong",
        );
    }

    #[test]
    fn residents_of_one_door_are_one_household() {
        assert_eq!(
            only(
                "duplicate-household",
                Level::Person,
                "楼栋|房号\n3栋|803\n三幢|0803"
            ),
            []
        );
    }
}
