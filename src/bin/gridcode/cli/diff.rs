//! What can be typed after `gridcode diff`.

use std::path::PathBuf;

use clap::Args;

use super::{CodebookChoice, Format, Reading, Writing, count, template};
use crate::language::t;

#[derive(Args, Debug)]
#[command(before_help = t(
    "示例：\n  gridcode diff 十月.xlsx 十一月.xlsx\n  gridcode diff 十月.xlsx 十一月.csv -o 变化.xlsx\n  gridcode diff 十月.csv 十一月.csv --format csv > 变化.csv",
    "Examples:\n  gridcode diff october.xlsx november.xlsx\n  gridcode diff october.xlsx november.csv -o changes.xlsx\n  gridcode diff october.csv november.csv --format csv > changes.csv"
), after_help = t(
    "住户按社区、小区、楼栋、单元、房号对应，与行的先后、写法和字符编码无关；一行一户与一行一人的名单可以互比。名单的各列优先，没有写明的以名单中的编码为准；只有一份名单写明的不算变化。只写 0803 与 803 之别、或只有一份名单写明单元的，列为同一户写法不同。读取文件的选项对两份名单都有效。\n退出码：0 没有变化；1 有变化；2 无法进行",
    "Households are matched by community, estate, building, entrance and unit, whatever their order, spelling and encoding; a row may be a household in one list and a resident in the other. The columns of a list come first, what they do not tell is taken from the codes written there, and what only one list tells is no difference. `0803` for `803`, or an entrance that only one list names, is a key written differently. Options for reading files hold for both lists.\nExit status: 0 the same; 1 different; 2 could not run"
), help_template = template())]
pub struct Diff {
    #[arg(value_name = t("旧名单", "OLD"), help = t("原来的名单", "the earlier list"))]
    pub old: PathBuf,
    #[arg(value_name = t("新名单", "NEW"), help = t("现在的名单；其中一份可以是 -，表示标准输入", "the later list; one of the two may be -, standard input"))]
    pub new: PathBuf,
    #[arg(short, long, value_name = t("文件", "FILE"), help = t("变化写入此文件（.csv .tsv .xlsx）；- 表示标准输出（CSV）", "the differences as a file (.csv .tsv .xlsx); - is standard output, as CSV"))]
    pub output: Option<PathBuf>,
    #[arg(long, value_enum, value_name = t("格式", "FORMAT"), default_value_t = Format::Text, help = t("输出格式：text、json 或 csv", "format: text, json or csv"), hide_possible_values = true, hide_default_value = true)]
    pub format: Format,
    #[arg(long, conflicts_with = "format", help = t("等于 --format json", "the same as --format json"))]
    pub json: bool,
    #[arg(long, value_name = "N", value_parser = count, help = t("最多显示 N 户变化，计数不受影响；0 表示全部（text 默认 100，其他格式默认全部）", "print at most N differences, count them all; 0 prints all (default 100 for text, all otherwise)"))]
    pub max_changes: Option<usize>,
    #[command(flatten)]
    pub codebook: CodebookChoice,
    #[command(flatten)]
    pub reading: Reading,
    #[arg(long, value_name = t("日期", "DATE"), help = t("按这一天计算年龄，如 2026-12-01；默认今天", "the day on which ages count, e.g. 2026-12-01; default: today"))]
    pub on: Option<String>,
    #[command(flatten)]
    pub writing: Writing,
}
