//! What can be typed after `assign` and `find`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{CodebookChoice, Reading, Writing, number, template};
use crate::language::t;

#[derive(Args, Debug)]
#[command(before_help = t(
    "示例：\n  gridcode assign 网格.xlsx 人员.xlsx -o 分工.xlsx\n  gridcode assign 方案.json 专职网格员.xls 片区网格长.xls -o 分工.csv --previous 上月分工.csv\n  gridcode assign 网格.xlsx 人员.xlsx --format wecom > 网格树.json",
    "Examples:\n  gridcode assign grids.xlsx staff.xlsx -o duties.xlsx\n  gridcode assign plan.json workers.xls heads.xls -o duties.csv --previous last-month.csv\n  gridcode assign grids.xlsx staff.xlsx --format wecom > tree.json"
), after_help = t(
    "分工表写有人员姓名；电话只在 --show-values 时写出，其他输出都不含姓名\n退出码：0 每个网格、每一级都有人；1 有空缺或问题；2 无法进行",
    "The sheet holds the names of staff; telephone numbers only with --show-values; no other output holds a name.\nExit status: 0 every grid and level has its people; 1 something is missing or wrong; 2 could not run"
), help_template = template())]
pub struct Assign {
    #[arg(value_name = t("网格", "GRIDS"), help = t("网格：partition 写出的名单、网格表或方案（.json），或任何有“网格”和“楼栋”两列的表", "the grids: the list, sheet or plan (.json) that `partition` writes, or any sheet with the columns grid and building"))]
    pub grids: PathBuf,
    #[arg(value_name = t("人员", "ROSTER"), required = true, help = t("人员表，可有多个：姓名、职务、电话、负责网格、负责楼栋、党内职务、最多网格、仅限楼栋、企业微信账号", "rosters, one or several: name, level, phone, grids, buildings, party post, max grids, buildings only, userid"))]
    pub rosters: Vec<PathBuf>,
    #[arg(short, long, value_name = t("文件", "FILE"), help = t("分工表（.xlsx .csv .tsv）；- 表示标准输出；.json 写企业微信网格树", "the duties (.xlsx .csv .tsv); - is standard output; .json is the tree for WeCom"))]
    pub output: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "grid|building", default_value_t = Rows::Grid, hide_default_value = true, help = t("CSV 每行一个网格（默认）或一栋楼；.xlsx 两种都有", "whether a row of CSV is a grid (default) or a building; .xlsx has both"), hide_possible_values = true)]
    pub rows: Rows,
    #[arg(long, value_name = t("文件", "FILE"), help = t("上次的分工表：人员表没有写明的，沿用它", "an earlier sheet of duties: kept where the roster says nothing else"))]
    pub previous: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "text|json|wecom", default_value_t = AssignFormat::Text, help = t("标准输出的格式：text、json，或 wecom（企业微信网格树）", "format of standard output: text, json, or wecom (the tree of grids that WeCom takes)"), hide_possible_values = true, hide_default_value = true)]
    pub format: AssignFormat,
    #[arg(long, conflicts_with = "format", help = t("等于 --format json", "the same as --format json"))]
    pub json: bool,
    #[arg(long, value_name = "N", value_parser = number, help = t("人员表没有写上限时，每名专职网格员最多负责几个网格", "grids at most for a worker whose row says no limit"))]
    pub most_grids: Option<u32>,
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true, value_parser = number, help = t("重点户（80 岁以上等）算几户的工作量，默认 1", "how many households a priority household (aged 80 and over) counts for, default 1"))]
    pub priority_weight: u32,
    #[command(flatten)]
    pub people: People,
    #[command(flatten)]
    pub codebook: CodebookChoice,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub writing: Writing,
}

#[derive(Args, Debug)]
#[command(before_help = t(
    "示例：\n  gridcode find 3栋2单元803室 --grids 住户_网格.xlsx --roster 人员.xlsx\n  gridcode find 3-2-803Aa7 --grids 分工.xlsx\n  gridcode find - --grids 分工.csv --json < 地址.txt",
    "Examples:\n  gridcode find 3栋2单元803室 --grids with-grids.xlsx --roster staff.xlsx\n  gridcode find 3-2-803Aa7 --grids duties.xlsx\n  gridcode find - --grids duties.csv --json < addresses.txt"
), after_help = t(
    "负责人的姓名会显示；电话只在 --show-values 时显示\n退出码：0 全部找到；1 有找不到的，或有歧义；2 无法进行",
    "Names of those who answer are shown; telephone numbers only with --show-values.\nExit status: 0 all found; 1 some not found, or ambiguous; 2 could not run"
), help_template = template())]
pub struct Find {
    #[arg(value_name = t("地址|编码|-", "ADDRESS|CODE|-"), required = true, help = t("地址、带楼栋的编码，或其中一部分（3栋）；- 表示逐行读标准输入", "addresses, codes with their building, or parts of them (3栋); - reads lines from standard input"))]
    pub inputs: Vec<String>,
    #[arg(long, value_name = t("文件", "FILE"), help = t("网格：partition 或 assign 写出的文件；用住户名单时，还能知道门牌是否在册", "the grids: a file that `partition` or `assign` wrote; a list of households tells which doors there are too"))]
    pub grids: PathBuf,
    #[arg(long, value_name = t("人员", "ROSTER"), help = t("人员表；可多次使用。分工表作 --grids 时不必再给", "a roster; may be repeated. Not needed where --grids is a sheet of duties"))]
    pub roster: Vec<PathBuf>,
    #[arg(long, value_enum, value_name = "text|json", default_value_t = FindFormat::Text, help = t("输出格式：text 或 json", "format: text or json"), hide_possible_values = true, hide_default_value = true)]
    pub format: FindFormat,
    #[arg(long, conflicts_with = "format", help = t("等于 --format json", "the same as --format json"))]
    pub json: bool,
    #[command(flatten)]
    pub people: People,
    #[command(flatten)]
    pub codebook: CodebookChoice,
    #[command(flatten)]
    pub reading: Reading,
}

/// Options about people.
#[derive(Args, Debug)]
#[command(next_help_heading = t("人员", "People"))]
pub struct People {
    #[arg(long, value_name = t("文件", "FILE"), help = t("职务文件（TOML）：本地的叫法对应哪一级", "a file of titles (TOML): which level a local title is"))]
    pub roles: Option<PathBuf>,
    #[arg(long, help = t("显示电话，以及问题所在单元格的内容", "show telephone numbers, and what cells at fault hold"))]
    pub show_values: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Rows {
    Grid,
    Building,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AssignFormat {
    Text,
    Json,
    Wecom,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FindFormat {
    Text,
    Json,
}
