//! What can be typed after `gridcode ask`, which nobody has to type.

use std::path::PathBuf;

use clap::Args;

use super::{CodebookChoice, Judging, Reading, outcomes, template};
use crate::language::t;

#[derive(Args, Debug)]
#[command(before_help = t(
    "示例：\n  gridcode ask\n  gridcode ask 住户.xlsx 居民.csv\n  gridcode ask --codebook 本社区.toml --wait",
    "Examples:\n  gridcode ask\n  gridcode ask households.xlsx residents.csv\n  gridcode ask --codebook ours.toml --wait"
), after_help = outcomes(), help_template = template())]
pub struct Ask {
    #[arg(value_name = t("名单", "LIST"), help = t("名单文件；不写则请人拖入一个。结果写成旁边的“住户_检查结果.xlsx”，已有同名文件时加序号", "lists; without any, asks for one. The result is written beside it as `households_checked.xlsx`, with a number where that is taken"))]
    pub files: Vec<PathBuf>,
    #[arg(long, help = t("结束前等人按回车键，以免窗口立即关闭", "wait for Enter at the end, so that the window can be read"))]
    pub wait: bool,
    #[command(flatten)]
    pub codebook: CodebookChoice,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub judging: Judging,
}
