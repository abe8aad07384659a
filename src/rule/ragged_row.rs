//! Rule GC033: a row with more or fewer cells than the table has columns.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::Entry;
use crate::lang::Text;

rule! {
    /// The row has too many or too few cells.
    ///
    /// A comma inside a value that is not quoted, or a separator that is missing, moves all later values under the
    /// wrong headers: a name may stand where the code belongs. Other findings in this row may only be
    /// consequences, and no value of it is shown. Open the file in a text editor, look for the comma or quotation
    /// mark that is too many, and put values that contain commas in quotation marks.
    ///
    /// ---
    /// 此行的单元格数与列数不同。
    ///
    /// 值里有逗号而没有加引号，或缺了一个分隔符，后面的值就都错了列：姓名可能落到编码一列。
    /// 此行的其他提示可能只是由此引起的，提示中也不显示此行的任何值。
    /// 请用文本编辑器打开文件，找出多余的逗号或引号；含逗号的值要加引号。
    pub struct RaggedRow("GC033", "ragged-row", Error);
}

impl Rule for RaggedRow {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        if !entry.ragged {
            return;
        }
        let (expected, actual) = (entry.columns.len(), entry.row.len());
        let message = if expected == actual {
            Text::fixed(
                "此行的单元格数应与列数相同，实为不同",
                "expected as many cells as the table has columns, found another number",
            )
        } else {
            Text::new(
                format!("此行应有 {expected} 个单元格，实有 {actual} 个"),
                format!("expected {expected} cells in this row, found {actual}"),
            )
        };
        let advice = Text::fixed(
            "各值可能错了列，请检查多余或缺少的分隔符、引号",
            "values may stand under wrong headers; look for a separator or quotation mark too many or too few",
        );
        found.row(Self::INFO, entry, Said::new(message, advice));
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, findings, only, says};

    #[test]
    fn both_numbers_are_told_and_the_place_is_the_whole_row() {
        let found = only(
            "ragged-row",
            Level::Household,
            "楼栋|房号\n3栋|803|张三\n3栋|804",
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place.to_string(), "2");
        says(
            &found[0],
            "此行应有 2 个单元格，实有 3 个；各值可能错了列，请检查多余或缺少的分隔符、引号",
            "expected 2 cells in this row, found 3; \
             values may stand under wrong headers; look for a separator or quotation mark too many or too few",
        );
    }

    #[test]
    fn no_value_of_such_a_row_is_shown() {
        let found = findings(
            Level::Household,
            "楼栋|房号|住房性质|居住类型\n3栋|803|王五|借住家",
        );
        assert!(found.iter().any(|found| found.value.is_some()));
        let found = findings(
            Level::Household,
            "楼栋|房号|住房性质|居住类型\n3栋|803|王五|借住家|",
        );
        assert!(found.iter().all(|found| found.value.is_none()));
        assert!(!format!("{found:?}").contains("王五"));
    }
}
