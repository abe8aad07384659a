//! Rule GC020: a unit that no grid code can carry.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::Entry;
use crate::lang::Text;
use crate::row::Field;

rule! {
    /// The unit does not fit into a grid code.
    ///
    /// A grid code begins with a unit of one to five digits. `803-1`, `803A`, `负101` and `门面3` are rooms all
    /// right, but the published form of the code has no place for them, and none is made up: `gridcode encode`
    /// leaves such a household without a code. `gridcode validate` reports it only where the row has no code yet.
    ///
    /// Ask the community which number the household is to have, and write that as its unit.
    ///
    /// ---
    /// 房号无法写进网格编码。
    ///
    /// 网格编码以一至五位数字的房号开头。`803-1`、`803A`、`负101`、`门面3` 都是真实的房号，
    /// 但公开的编码格式容不下，程序也不会自行编造：`gridcode encode` 不给这样的户写编码。
    /// 已写有编码的行，`gridcode validate` 不作提示。
    ///
    /// 请由社区确定该户用哪个数字房号，再填入房号一列。
    pub struct UnitNotCodable("GC020", "unit-not-codable", Error);
}

impl Rule for UnitNotCodable {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        let Some(unit) = &entry.door.door.unit else {
            return;
        };
        let has_a_code = entry.code.is_some() && !found.renews_codes();
        if unit.code_digits().is_some() || has_a_code {
            return;
        }
        let field = if entry.text(Field::Unit).is_some() {
            Field::Unit
        } else {
            Field::Address
        };
        let shown = found.shown(entry, field).is_some();
        let actual = if shown {
            Text::new(format!("“{}”", unit.text()), format!("`{}`", unit.text()))
        } else {
            Text::fixed("别的写法", "something else")
        };
        let message = Text::new(
            format!("能写进网格编码的房号应为 1 至 5 位数字，实为{}", actual.zh),
            format!(
                "expected a unit of 1 to 5 digits, which a grid code can carry, found {}",
                actual.en
            ),
        );
        let advice = Text::fixed(
            "请由社区确定该户的数字房号",
            "let the community say which number the household is to have",
        );
        found.cell(Self::INFO, entry, field, Said::new(message, advice));
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn a_unit_that_is_no_number_of_five_digits_has_no_code() {
        let found = only(
            "unit-not-codable",
            Level::Household,
            "楼栋|房号\n3栋|803-1\n3栋|0803\n3栋|12345",
        );
        assert_eq!(found.len(), 1);
        says(
            &found[0],
            "能写进网格编码的房号应为 1 至 5 位数字，实为“803-1”；请由社区确定该户的数字房号",
            "expected a unit of 1 to 5 digits, which a grid code can carry, found `803-1`; \
             let the community say which number the household is to have",
        );
    }

    #[test]
    fn a_row_with_a_code_is_silent() {
        assert_eq!(
            only(
                "unit-not-codable",
                Level::Household,
                "楼栋|房号|网格编码\n3栋|803A|803Aa"
            ),
            []
        );
    }
}
