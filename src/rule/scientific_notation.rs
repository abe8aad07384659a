//! Rule GC022: a number whose digits a spreadsheet has swallowed.

use super::code_cell::{Trouble, trouble};
use super::door_cell::is_scientific;
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::Entry;
use crate::lang::{Lang, Text};
use crate::row::Field;

rule! {
    /// The cell is in scientific notation.
    ///
    /// `8.03E+05` was a room or a code once, `3.40104E+17` an ID number. A spreadsheet keeps 15 digits of a number, and
    /// a file saved from what it shows keeps fewer still: the others are lost, and nothing can win them back.
    /// Take them from the paper list or ask the household. Before writing them again, give the column the format
    /// Text.
    ///
    /// ---
    /// 单元格被表格软件改成了科学计数。
    ///
    /// `8.03E+05` 原是房号或编码，`3.40104E+17` 原是身份证号。表格软件对数字只保留15位，
    /// 按显示内容另存的文件保留得更少：其余数字已经丢失，无法恢复。
    /// 请查看纸质名单或向住户核实，先把该列设为“文本”格式，再重新填写。
    pub struct ScientificNotation("GC022", "scientific-notation", Error);
}

/// The cells in which digits are no quantity.
const FIELDS: [Field; 9] = [
    Field::Building,
    Field::Entrance,
    Field::Unit,
    Field::Address,
    Field::HouseholdId,
    Field::HeadId,
    Field::IdNumber,
    Field::Phone,
    Field::Community,
];

impl Rule for ScientificNotation {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        for field in FIELDS {
            if is_scientific(entry.raw(field)) {
                found.cell(Self::INFO, entry, field, said(field));
            }
        }
        if let Some(Trouble::Scientific) = trouble(entry) {
            found.cell(Self::INFO, entry, Field::GridCode, said(Field::GridCode));
        }
    }
}

fn said(field: Field) -> Said {
    let (zh, en) = (field.label(Lang::Zh), field.label(Lang::En));
    let message = Text::new(
        format!("此处应为{zh}，实为科学计数，有数字已经丢失"),
        format!("expected the {en}, found scientific notation: digits are lost"),
    );
    let advice = Text::fixed(
        "请向住户核实，先把该列设为“文本”格式，再重新填写",
        "ask the household, give the column the format Text, then write it again",
    );
    Said::new(message, advice)
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, findings, only, says};

    #[test]
    fn every_number_that_is_no_quantity_is_looked_at_and_by_this_rule_alone() {
        let list = "楼栋|房号|网格编码|身份证号|电话\n3栋|8.03E+05|8.03E+05|9.90E+17|1.39E+10";
        let found = only("scientific-notation", Level::Person, list);
        assert_eq!(
            found
                .iter()
                .map(|found| found.place.to_string())
                .collect::<Vec<_>>(),
            ["B2", "D2", "E2", "C2"]
        );
        assert_eq!(findings(Level::Person, list).len(), found.len());
        says(
            &found[0],
            "此处应为房号，实为科学计数，有数字已经丢失；请向住户核实，先把该列设为“文本”格式，再重新填写",
            "expected the unit, found scientific notation: digits are lost; \
             ask the household, give the column the format Text, then write it again",
        );
    }

    #[test]
    fn whole_numbers_are_silent() {
        let list = "楼栋|房号|网格编码\n3栋|#803000|803Aa\n3栋|1E5|";
        assert_eq!(only("scientific-notation", Level::Household, list), []);
    }
}
