//! What can be typed after `gridcode validate`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{CodebookChoice, Judging, Reading, count, outcomes, template};
use crate::language::t;

#[derive(Args, Debug)]
#[command(before_help = t(
    "示例：\n  gridcode validate 住户.xlsx\n  gridcode validate 住户.xlsx -o 住户_检查结果.xlsx\n  gridcode validate 各社区名单/ -o 检查结果\n  gridcode validate 住户.xlsx -o 住户_检查结果.html\n  gridcode validate 各社区名单/ --format csv > 问题.csv\n  gridcode validate 住户.csv --on 2026-12-01 --allow undefined-flag",
    "Examples:\n  gridcode validate households.xlsx\n  gridcode validate households.xlsx -o households_checked.xlsx\n  gridcode validate lists/ -o checked\n  gridcode validate households.xlsx -o households_checked.html\n  gridcode validate lists/ --format csv > findings.csv\n  gridcode validate households.csv --on 2026-12-01 --allow undefined-flag"
), after_help = outcomes(), help_template = template())]
pub struct Validate {
    #[arg(value_name = t("名单", "LIST"), help = t("名单文件或文件夹；- 表示标准输入", "lists or folders of lists; - is standard input"))]
    pub inputs: Vec<PathBuf>,
    #[arg(short, long, value_name = t("文件", "FILE"), help = t("另写一份标注好的工作簿（.xlsx）：原样保留，错的格子标颜色、加批注；有多个名单时写文件夹名。以 .html 结尾则写成一个网页", "also write the workbook marked (.xlsx): kept as it is, wrong cells coloured and commented; with several lists, a folder. A name ending in .html gets one page instead"))]
    pub output: Option<PathBuf>,
    #[arg(long, value_enum, value_name = t("格式", "FORMAT"), help = t("输出格式：text（默认）、json、ndjson、csv 或 html（网页，自成一个文件）", "format: text (the default), json, ndjson, csv or html (a page, one file)"), hide_possible_values = true)]
    pub format: Option<CheckFormat>,
    #[arg(long, conflicts_with = "format", help = t("等于 --format json", "the same as --format json"))]
    pub json: bool,
    #[arg(long, value_name = "N", value_parser = count, help = t("最多显示 N 条，计数不受影响；0 表示全部（默认：text 100，html 20000，其他格式全部）", "print at most N findings, count them all; 0 prints all (default 100 for text, 20000 for html, all otherwise)"))]
    pub max_errors: Option<usize>,
    #[arg(long, help = t("警告也算问题（影响退出码）", "warnings count for the exit status too"))]
    pub strict: bool,
    #[arg(long, help = t("有问题时也以 0 退出", "exit 0 even where errors are found"))]
    pub exit_zero: bool,
    #[command(flatten)]
    pub codebook: CodebookChoice,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub judging: Judging,
}

/// What a check can be printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
    Ndjson,
    Csv,
    Html,
}
