//! Rule GC034: a cell longer than a spreadsheet keeps.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::Entry;
use crate::lang::Text;

rule! {
    /// A cell is longer than a spreadsheet keeps.
    ///
    /// Excel keeps 32,767 characters of a cell and cuts off the rest without a word. So long a text in a list of
    /// households mostly means that a quotation mark was opened and never closed, and many rows became one
    /// cell.
    ///
    /// ---
    /// 单元格的内容超过表格软件的上限。
    ///
    /// Excel 的一个单元格只保留32,767个字符，超出部分会被悄悄截去。
    /// 住户名单中这么长的内容，多半是有一个引号没有闭合，许多行并成了一格。
    pub struct CellTooLong("GC034", "cell-too-long", Warning);
}

/// What Excel keeps of a cell, in UTF-16 code units.
const LONGEST: usize = 32_767;

impl Rule for CellTooLong {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        if entry.row.cells().text_length() <= LONGEST {
            return;
        }
        for (column, text) in entry.row.iter().enumerate() {
            // No text has more code units than bytes: most cells are settled by their length.
            if text.len() <= LONGEST {
                continue;
            }
            let length = text.encode_utf16().count();
            if length <= LONGEST {
                continue;
            }
            let message = Text::new(
                format!("单元格应不超过{LONGEST}个字符，实为{length}个"),
                format!("expected at most {LONGEST} characters in a cell, found {length}"),
            );
            let advice = Text::fixed(
                "Excel 会截去超出部分；请检查是否有未闭合的引号",
                "Excel cuts off the rest; look for a quotation mark that is never closed",
            );
            found.column(Self::INFO, entry, column, Said::new(message, advice));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn the_limit_is_counted_in_characters_and_not_in_bytes() {
        let list = |count: usize| format!("房号|备注\n803|{}", "注".repeat(count));
        assert_eq!(only("cell-too-long", Level::Household, &list(32_767)), []);
        let found = only("cell-too-long", Level::Household, &list(32_768));
        assert_eq!(
            (found[0].place.to_string().as_str(), &found[0].value),
            ("B2", &None)
        );
        says(
            &found[0],
            "单元格应不超过32767个字符，实为32768个；Excel 会截去超出部分；请检查是否有未闭合的引号",
            "expected at most 32767 characters in a cell, found 32768; \
             Excel cuts off the rest; look for a quotation mark that is never closed",
        );
    }
}
