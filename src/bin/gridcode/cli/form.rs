//! What can be typed after `gridcode template`.

use std::path::PathBuf;

use clap::Args;

use super::{CodebookChoice, LevelChoice, template};
use crate::language::t;

#[derive(Args, Debug)]
#[command(before_help = t(
    "示例：\n  gridcode template -o 登记表.xlsx\n  gridcode template --level person -o 居民登记表.xlsx\n  gridcode template --codebook 本社区.toml -o 登记表.xlsx",
    "Examples:\n  gridcode template -o register.xlsx\n  gridcode template --level person -o residents.xlsx\n  gridcode template --codebook ours.toml -o register.xlsx"
), after_help = t(
    "表里的列名、下拉列表和说明用 --lang 的语言。已有同名文件时不写：那可能是已经填好的表。\n退出码：0 已写好；2 无法进行",
    "Headers, lists and explanations are in the language of --lang. A file of that name is left as it is: it may have been filled in.\nExit status: 0 written; 2 could not run"
), help_template = template())]
pub struct Form {
    #[arg(short, long, value_name = t("文件", "FILE"), help = t("登记表的文件名（.xlsx）；- 表示标准输出", "the form's file (.xlsx); - is standard output"))]
    pub output: PathBuf,
    #[arg(long, alias = "kind", value_enum, default_value = "household", value_name = "household|person", help = t("一行一户（household，默认）或一行一人（person）", "a row for each household (default) or for each resident (person)"), hide_possible_values = true, hide_default_value = true)]
    pub level: LevelChoice,
    #[command(flatten)]
    pub codebook: CodebookChoice,
}
