//! Rule GC013: a row that does not say its unit.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::code::Confidence;
use crate::household::Entry;
use crate::lang::Text;
use crate::row::{CellKind, Field};

rule! {
    /// The unit is missing.
    ///
    /// The list has a column for the unit or for the whole address, and neither tells the unit in this row.
    /// Without it the household has no door and can get no code. Where the grid code can be read, its unit
    /// is proposed.
    ///
    /// In a list of residents the members of a household may leave the door blank below its first row; that
    /// is read as the same door and not reported.
    ///
    /// ---
    /// 缺少房号。
    ///
    /// 名单有房号或地址一列，但此行都没有写明房号。没有房号就找不到住户，也无法编码。
    /// 网格编码可以识别时，会建议采用编码中的房号。
    ///
    /// 一行一人的名单中，同一户从第二行起可以不写房号，视为与上一行同一户，不作提示。
    pub struct MissingUnit("GC013", "missing-unit", Error);
}

impl Rule for MissingUnit {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        let fields = [Field::Unit, Field::Address];
        let Some(field) = fields.into_iter().find(|field| entry.columns.has(*field)) else {
            return;
        };
        let misread = entry.door.faults.iter().any(|(at, _)| fields.contains(at));
        // A cell that cannot be read is another rule's; one that tells a floor or an entrance and no unit is ours.
        if entry.kind(field) == CellKind::NoValue {
            return;
        }
        let code = entry.sure_code();
        if entry.door.door.unit.is_some()
            || misread
            || field == Field::Address && code.is_some()
        {
            return;
        }
        let message = if entry.text(field).is_none() {
            Text::fixed(
                "此处应为房号，如 803，实为空",
                "expected a unit such as `803`, found nothing",
            )
        } else if field == Field::Unit {
            Text::fixed(
                "此处应为房号，如 803，所写的不含房号",
                "expected a unit such as `803`, found a text that tells none",
            )
        } else {
            Text::fixed(
                "此处应有房号，如 3栋2单元803室，实无",
                "expected an address with a unit such as `3栋2单元803室`, found none in it",
            )
        };
        let said = match code.filter(|_| field == Field::Unit) {
            Some(code) => {
                let advice = Text::fixed(
                    "请核对：编码中写有房号",
                    "please check: the code tells a unit",
                );
                Said::new(message, advice).fix(&code.unit, Confidence::Suggested)
            }
            None => Said::new(
                message,
                Text::fixed(
                    "请向住户核实后补填",
                    "please ask the household and fill it in",
                ),
            ),
        };
        found.cell(Self::INFO, entry, field, said);
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn an_empty_unit_is_missing_and_the_code_may_tell_it() {
        let found = only(
            "missing-unit",
            Level::Household,
            "楼栋|房号|网格编码\n3栋||\n3栋||803Aa\n3栋|804|804Aa",
        );
        assert_eq!(found.len(), 2);
        says(
            &found[0],
            "此处应为房号，如 803，实为空；请向住户核实后补填",
            "expected a unit such as `803`, found nothing; please ask the household and fill it in",
        );
        assert_eq!(found[1].fix.as_ref().unwrap().text, "803");
        let floor = only("missing-unit", Level::Household, "楼栋|房号\n3栋|3楼");
        says(
            &floor[0],
            "此处应为房号，如 803，所写的不含房号；请向住户核实后补填",
            "expected a unit such as `803`, found a text that tells none; please ask the household and fill it in",
        );
    }

    #[test]
    fn an_address_without_a_unit_lacks_it() {
        let found = only(
            "missing-unit",
            Level::Household,
            "地址\n3栋2单元\n3栋2单元803室",
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message.zh, "此处应有房号，如 3栋2单元803室，实无");
    }

    #[test]
    fn a_unit_told_by_the_address_or_the_code_alone_is_silent() {
        assert_eq!(
            only(
                "missing-unit",
                Level::Household,
                "地址|房号\n3栋2单元803室|"
            ),
            []
        );
        assert_eq!(
            only("missing-unit", Level::Household, "楼栋|网格编码\n3栋|803Aa"),
            []
        );
        assert_eq!(
            only("missing-unit", Level::Household, "楼栋|房号\n3栋|8.03E+05"),
            []
        );
    }
}
