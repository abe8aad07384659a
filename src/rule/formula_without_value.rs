//! Rule GC036: a formula whose value the file does not hold.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::Entry;
use crate::lang::Text;
use crate::row::{CellKind, Field};

rule! {
    /// A formula has no value in the file.
    ///
    /// A workbook keeps beside each formula the value it last had; programs that only write formulas leave it
    /// out. Nothing here computes formulas, so the cell cannot be read. Open the file in Excel or WPS and save
    /// it: that puts the values in.
    ///
    /// ---
    /// 公式没有存下计算结果。
    ///
    /// 工作簿会在公式旁存下上一次的计算结果，有些程序只写公式、不写结果。本程序不计算公式，
    /// 因此读不出这一格。请用 Excel 或 WPS 打开文件并保存一次，结果就会存入。
    pub struct FormulaWithoutValue("GC036", "formula-without-value", Error);
}

impl Rule for FormulaWithoutValue {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        if entry.row.is_all_text() {
            return;
        }
        for field in Field::ALL {
            if entry.kind(*field) == CellKind::NoValue {
                let message = Text::fixed(
                    "此处应为内容，实为没有存下计算结果的公式",
                    "expected a value, found a formula whose result is not in the file",
                );
                let advice = Text::fixed(
                    "请用 Excel 或 WPS 打开文件并保存一次，再检查",
                    "open the file in Excel or WPS, save it, and check it again",
                );
                found.cell(Self::INFO, entry, *field, Said::new(message, advice));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn a_formula_without_its_result_is_told_wherever_it_matters() {
        let found = only(
            "formula-without-value",
            Level::Household,
            "楼栋|房号|备注\n3栋|=|=\n3栋|804|",
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place.to_string(), "B2");
        says(
            &found[0],
            "此处应为内容，实为没有存下计算结果的公式；请用 Excel 或 WPS 打开文件并保存一次，再检查",
            "expected a value, found a formula whose result is not in the file; open the file in Excel or WPS, save it, and check it again",
        );
    }
}
