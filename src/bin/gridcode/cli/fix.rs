//! What can be typed after `gridcode fix`.

use std::path::PathBuf;

use clap::Args;

use super::{CodebookChoice, Format, Judging, Reading, count, template};
use crate::language::t;

#[derive(Args, Debug)]
#[command(before_help = t(
    "示例：\n  gridcode fix 住户.csv --dry-run\n  gridcode fix 住户.xlsx -o 住户_改.xlsx\n  gridcode fix 住户.csv -o 住户_改.csv --suggested",
    "Examples:\n  gridcode fix households.csv --dry-run\n  gridcode fix households.xlsx -o fixed.xlsx\n  gridcode fix households.csv -o fixed.csv --suggested"
), after_help = t(
    "只改“可放心采用”的写法问题（全角、空白、不可见字符），加 --suggested 才改“建议”的；丢失了的内容（如 8.03E+05、2月3日）从来不改。其余每个字节都与原文件相同；原来的内容记在 文件名.fixes.csv（工作簿则在“修改记录”表）。\n退出码：0 结果没有错误；1 结果还有错误，--dry-run 时表示有可改的格；2 无法进行",
    "Only what is safe is written anew (full-width forms, blanks, invisible characters); suggestions only with --suggested; what is lost (8.03E+05, a date made of 2-3) never. Every other byte stays as it is; what stood in the cells is kept in NAME.fixes.csv, or in a sheet of a workbook.\nExit status: 0 the result has no errors; 1 it has errors, or with --dry-run there is something to write anew; 2 could not run"
), help_template = template())]
pub struct Fix {
    #[arg(value_name = t("名单", "LIST"), help = t("住户或居民名单；- 表示标准输入", "a list of households or residents; - is standard input"))]
    pub input: PathBuf,
    #[arg(short, long, required_unless_present = "dry_run", conflicts_with = "dry_run", value_name = t("文件", "FILE"), help = t("改好的名单：文本名单写成 .csv .tsv .txt，工作簿写成 .xlsx", "the list put right: .csv, .tsv or .txt for a text list, .xlsx for a workbook"))]
    pub output: Option<PathBuf>,
    #[arg(long, help = t("连同“建议”的写法一起改：形近字、大小写、与其他列不一致的编码等；请核对修改记录", "apply suggestions too: look-alikes, case, codes that contradict other columns; please check the log"))]
    pub suggested: bool,
    #[arg(long, help = t("只列出要改的格，不写文件", "list what would be written anew, write nothing"))]
    pub dry_run: bool,
    #[arg(long, value_enum, value_name = t("格式", "FORMAT"), default_value_t = Format::Text, help = t("修改清单的格式：text、json 或 csv", "format of the list of repairs: text, json or csv"), hide_possible_values = true, hide_default_value = true)]
    pub format: Format,
    #[arg(long, conflicts_with = "format", help = t("等于 --format json", "the same as --format json"))]
    pub json: bool,
    #[arg(long, value_name = "N", value_parser = count, help = t("最多显示 N 格，计数和记录不受影响；0 表示全部（text 默认 100，其他格式默认全部）", "print at most N cells, count and log them all; 0 prints all (default 100 for text, all otherwise)"))]
    pub max_fixes: Option<usize>,
    #[command(flatten)]
    pub codebook: CodebookChoice,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub judging: Judging,
}
