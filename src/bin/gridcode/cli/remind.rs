//! What can be typed after `gridcode remind`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{CodebookChoice, Judging, Reading, Writing, count, template};
use crate::language::t;

#[derive(Args, Debug)]
#[command(before_help = t(
    "示例：\n  gridcode remind 居民.xlsx --month 2026-12\n  gridcode remind 居民.xlsx --from 2026-12-01 --to 2026-12-31 -o 提醒.xlsx\n  gridcode remind 居民.csv --month 2026-12 -o 提醒.ics --grids 网格.xlsx --roster 人员.xlsx\n  gridcode remind 居民.csv --month 2026-12 --events 本社区事件.toml",
    "Examples:\n  gridcode remind residents.xlsx --month 2026-12\n  gridcode remind residents.xlsx --from 2026-12-01 --to 2026-12-31 -o reminders.xlsx\n  gridcode remind residents.csv --month 2026-12 -o reminders.ics --grids grids.xlsx --roster staff.xlsx\n  gridcode remind residents.csv --month 2026-12 --events ours.toml"
), after_help = t(
    "退出码：0 名单没有错误（有无到期事项都一样）；1 名单有错误，可能漏提醒；2 无法进行",
    "Exit status: 0 no errors in the list, whether anything comes due or not; 1 errors, so that something may be missed; 2 could not run"
), help_template = template())]
pub struct Remind {
    #[arg(value_name = t("名单", "LIST"), help = t("居民或住户名单；- 表示标准输入", "a list of residents or households; - is standard input"))]
    pub input: PathBuf,
    #[arg(long, value_name = t("日期", "DATE"), help = t("第一天，如 2026-12-01", "the first day, such as 2026-12-01"))]
    pub from: Option<String>,
    #[arg(long, value_name = t("日期", "DATE"), help = t("最后一天（含），如 2026-12-31", "the last day, itself included, such as 2026-12-31"))]
    pub to: Option<String>,
    #[arg(long, value_name = t("年月", "MONTH"), conflicts_with_all = ["from", "to"], help = t("整个月，如 2026-12", "a whole month, such as 2026-12"))]
    pub month: Option<String>,
    #[arg(short, long, value_name = t("文件", "FILE"), help = t("结果文件：.xlsx（每位网格员或每个网格一张表）、.csv、.tsv、.ics（日历）或 .json", "result file: .xlsx (a sheet for each worker or grid), .csv, .tsv, .ics (a calendar) or .json"))]
    pub output: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "text|json|csv|ics", default_value_t = RemindFormat::Text, conflicts_with = "output", help = t("标准输出的格式：text、json、csv 或 ics", "format on standard output: text, json, csv or ics"), hide_possible_values = true, hide_default_value = true)]
    pub format: RemindFormat,
    #[arg(long, conflicts_with_all = ["format", "output"], help = t("等于 --format json", "the same as --format json"))]
    pub json: bool,
    #[arg(long, value_name = t("文件", "FILE"), help = t("生活事件（TOML）：代替内置的，或以 extends = \"hefei\" 开头在其上增改", "life events (TOML): instead of the built-in ones, or added to them where it begins with extends = \"hefei\""))]
    pub events: Option<PathBuf>,
    #[arg(long, value_name = t("文件", "FILE"), help = t("网格：partition 或 assign 写出的文件；不写则用名单自己的网格一列", "the grids: a file that `partition` or `assign` wrote; default: the list's own column of grids"))]
    pub grids: Option<PathBuf>,
    #[arg(long, value_name = t("人员", "ROSTER"), help = t("人员表，可多次使用：每条提醒写明负责的网格员；没有 --show-values 时写他在人员表中的位置，不写姓名", "a roster; may be repeated: each reminder says which worker answers; by the cell in the roster, by name only with --show-values"))]
    pub roster: Vec<PathBuf>,
    #[arg(long, value_name = "N", value_parser = count, help = t("最多显示 N 条名单问题，计数不受影响；0 表示全部", "print at most N findings about the list, count them all; 0 prints all"))]
    pub max_errors: Option<usize>,
    #[command(flatten)]
    pub codebook: CodebookChoice,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub judging: Judging,
    #[command(flatten)]
    pub writing: Writing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RemindFormat {
    Text,
    Json,
    Csv,
    Ics,
}
