//! What can be typed: commands and options, with their help in the language of the run.

mod ask;
mod diff;
mod fix;
mod form;
mod remind;
mod shell;
mod staff;
mod validate;

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use gridcode::Lang;

pub use self::ask::Ask;
pub use self::diff::Diff;
pub use self::fix::Fix;
pub use self::form::Form;
pub use self::remind::{Remind, RemindFormat};
pub use self::shell::{Completions, Man};
pub use self::staff::{Assign, AssignFormat, Find, FindFormat, People, Rows};
pub use self::validate::{CheckFormat, Validate};
use crate::language::t;

fn template() -> &'static str {
    t(
        "{about-with-newline}\n用法：{usage}\n\n{before-help}{all-args}{after-help}",
        "{about-with-newline}\nUsage: {usage}\n\n{before-help}{all-args}{after-help}",
    )
}

/// What only some lists need: not in the brief help.
const SELDOM: [&str; 29] = [
    "encoding",
    "delimiter",
    "sheet",
    "header_row",
    "no_headers",
    "map",
    "level",
    "deny",
    "warn",
    "allow",
    "show_values",
    "output_encoding",
    "raw",
    "exit_zero",
    "adjacency",
    "barriers",
    "together",
    "apart",
    "lock",
    "bounds",
    "balance",
    "seed",
    "nodes",
    "priority_weight",
    "threads",
    "max_errors",
    "verify",
    "most_grids",
    "roles",
];

/// The command line as `-h` explains it: without what is seldom needed.
pub fn brief() -> clap::Command {
    let mut whole = Cli::command();
    let names: Vec<String> = whole
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .collect();
    for name in names {
        whole = whole.mut_subcommand(&name, |command| {
            let seldom: Vec<_> = command
                .get_arguments()
                .map(clap::Arg::get_id)
                // The map of the grids is no seldom wish, what a column means is.
                .filter(|id| SELDOM.iter().any(|seldom| id == seldom))
                .filter(|id| name != "partition" || *id != "map")
                .cloned()
                .collect();
            if seldom.is_empty() {
                return command;
            }
            let more = t(
                format!("全部选项：gridcode {name} --help"),
                format!("All options: gridcode {name} --help"),
            );
            seldom
                .into_iter()
                .fold(command, |command, id| {
                    command.mut_arg(id, |arg| arg.hide(true))
                })
                .after_help(more)
        });
    }
    whole
}

/// What the exit code means, for a command that judges.
fn outcomes() -> &'static str {
    t(
        "退出码：0 没有错误；1 有错误；2 无法进行",
        "Exit status: 0 no errors; 1 errors found; 2 could not run",
    )
}

#[derive(Debug, Parser)]
#[command(
    name = "gridcode",
    version,
    about = t("网格编码（如 803Aa7）的识别、核对与批量编制", "Read, check and write household grid codes such as 803Aa7"),
    before_help = t(
        "示例：\n  gridcode decode 803Aa7\n  gridcode validate 住户.xlsx\n  gridcode encode 住户.xlsx -o 住户_编码.xlsx\n  gridcode explain duplicate-household",
        "Examples:\n  gridcode decode 803Aa7\n  gridcode validate households.xlsx\n  gridcode encode households.xlsx -o coded.xlsx\n  gridcode explain duplicate-household"
    ),
    help_template = template(),
    subcommand_help_heading = t("命令", "Commands"),
    subcommand_value_name = t("命令", "COMMAND"),
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub manners: Manners,
}

/// Options that every command takes.
#[derive(Args, Debug)]
#[command(next_help_heading = t("通用选项", "Common options"))]
pub struct Manners {
    /// Read before anything else, see `language`.
    #[arg(long, global = true, value_name = "zh|en", value_parser = locale, help = t("输出语言，默认随系统", "language of the output; default: the system's"))]
    pub lang: Option<Lang>,
    #[arg(long, global = true, value_enum, default_value_t = ColorWhen::Auto, value_name = "auto|always|never", help = t("颜色；默认随终端", "colour; default: the terminal decides"), hide_possible_values = true, hide_default_value = true)]
    pub color: ColorWhen,
    #[arg(short, long, global = true, help = t("只输出结果，不输出说明", "results only, no notes about the run"))]
    pub quiet: bool,
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help = t("显示帮助", "print help"))]
    pub help: Option<bool>,
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help = t("显示版本", "print the version"))]
    pub version: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    Auto,
    Always,
    Never,
}

fn locale(text: &str) -> Result<Lang, String> {
    match text.split(['-', '_', '.']).next() {
        Some("zh" | "en") => Ok(Lang::from_locale(text)),
        _ => Err(t("此处应为 zh 或 en", "expected zh or en").to_owned()),
    }
}

fn count(text: &str) -> Result<usize, String> {
    text.parse()
        .map_err(|_| t("此处应为整数", "expected a whole number").to_owned())
}

fn number(text: &str) -> Result<u32, String> {
    text.parse()
        .map_err(|_| t("此处应为整数", "expected a whole number").to_owned())
}

fn big(text: &str) -> Result<u64, String> {
    text.parse()
        .map_err(|_| t("此处应为整数", "expected a whole number").to_owned())
}

fn row(text: &str) -> Result<u64, String> {
    let row = text.parse().ok().filter(|row| *row > 0);
    row.ok_or_else(|| t("此处应为从 1 起的行号", "expected a row, counted from 1").to_owned())
}

fn threads(text: &str) -> Result<NonZero<usize>, String> {
    text.parse().map_err(|_| {
        t(
            "此处应为从 1 起的整数",
            "expected a whole number, from 1 on",
        )
        .to_owned()
    })
}

#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(about = t("说明编码的含义；或给文件加上解码列", "say what a code means, or add decoded columns to a file"))]
    Decode(Decode),
    #[command(alias = "check", about = t("核对住户名单，逐格指出问题", "check household lists and name every wrong cell"))]
    Validate(Validate),
    #[command(about = t("拖入名单即检查，结果写在名单旁边；双击程序运行的就是它", "ask for a list, check it, write the result beside it: what a double-click runs"))]
    Ask(Ask),
    #[command(about = t("给住户名单编制网格编码", "write the grid codes of a household list"))]
    Encode(Encode),
    #[command(about = t("把社区划分为网格，并给出证明", "divide a community into grids, with proof"))]
    Partition(Box<Partition>),
    #[command(about = t("给每个网格安排人员，指出空缺", "give every grid its people, and say what is missing"))]
    Assign(Box<Assign>),
    #[command(about = t("由地址或编码查网格和负责人", "find the grid of an address or code, and who answers for it"))]
    Find(Box<Find>),
    #[command(about = t("列出一段时间内到期的事项和将变更的编码", "list what comes due in a range of days, and codes that will change"))]
    Remind(Box<Remind>),
    #[command(about = t("比较两份名单：本月与上月有何不同", "compare two lists: what is different from last month"))]
    Diff(Diff),
    #[command(about = t("改正名单中写法不规范的格，其余原样不动，并留下修改记录", "put right what is safe to put right, leave all else as it is, and keep a log"))]
    Fix(Fix),
    #[command(name = "template", about = t("生成一份空白登记表（.xlsx），带下拉列表和填写检查", "write a form to fill in (.xlsx), with lists to choose from and checks"))]
    Form(Form),
    #[command(about = t("说明一条规则", "explain a rule"))]
    Explain(Explain),
    #[command(about = t("显示码本：字母和数字的含义", "show the codebook: what letters and digits mean"))]
    Codebook(CodebookArgs),
    #[command(about = t("输出命令行补全脚本", "print shell completions"))]
    Completions(Completions),
    #[command(about = t("输出手册页", "print man pages"))]
    Man(Man),
}

#[derive(Args, Debug)]
#[command(before_help = t(
    "示例：\n  gridcode decode 803Aa7 606Aa5\n  gridcode decode < 编码.txt\n  gridcode decode 住户.csv -o 住户_解码.csv",
    "Examples:\n  gridcode decode 803Aa7 606Aa5\n  gridcode decode < codes.txt\n  gridcode decode households.csv -o decoded.csv"
), after_help = outcomes(), help_template = template())]
pub struct Decode {
    #[arg(value_name = t("编码|文件|-", "CODE|FILE|-"), help = t("一个或多个编码，或一个文件；- 或不写表示逐行读标准输入", "codes, or one file; - or nothing reads lines from standard input"))]
    pub inputs: Vec<String>,
    #[arg(short, long, value_name = t("文件", "FILE"), help = t("结果文件（.csv .tsv .xlsx）；- 表示标准输出", "result file (.csv .tsv .xlsx); - is standard output"))]
    pub output: Option<PathBuf>,
    #[arg(long, value_enum, value_name = t("格式", "FORMAT"), help = t("编码的输出格式：text、json、ndjson 或 csv", "format for codes: text, json, ndjson or csv"), hide_possible_values = true)]
    pub format: Option<Format>,
    #[arg(long, conflicts_with = "format", help = t("等于 --format json", "the same as --format json"))]
    pub json: bool,
    #[command(flatten)]
    pub codebook: CodebookChoice,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub writing: Writing,
}

#[derive(Args, Debug)]
#[command(before_help = t(
    "示例：\n  gridcode encode 住户.xlsx -o 住户_编码.xlsx\n  gridcode encode 居民.csv -o 居民_编码.csv --on 2026-12-01\n  gridcode encode 住户.csv -o - --output-encoding input\n  gridcode encode 十一月.csv --update 十月.xlsx -o 十一月.xlsx",
    "Examples:\n  gridcode encode households.xlsx -o coded.xlsx\n  gridcode encode residents.csv -o coded.csv --on 2026-12-01\n  gridcode encode households.csv -o - --output-encoding input\n  gridcode encode november.csv --update october.xlsx -o november.xlsx"
), after_help = outcomes(), help_template = template())]
pub struct Encode {
    #[arg(value_name = t("名单", "LIST"), help = t("住户或居民名单；- 表示标准输入", "a list of households or residents; - is standard input"))]
    pub input: PathBuf,
    #[arg(short, long, value_name = t("文件", "FILE"), help = t("结果文件（.csv .tsv .xlsx）；- 表示标准输出", "result file (.csv .tsv .xlsx); - is standard output"))]
    pub output: PathBuf,
    #[arg(long, value_name = t("旧名单", "OLD"), help = t("按旧名单（一行一户）的行序和列写出：门牌各列和本工具不认识的列保持旧名单原样，其余各列和编码取自新名单；新增户写在该楼栋所在工作表末尾，已不在新名单中的户不写出", "write the rows and columns of an earlier list (one row a household): columns of doors and columns without a known meaning stay as they are there, all others and the codes are the new list's; new households stand at the end of the sheet with their building, those that the new list no longer has are left out"))]
    pub update: Option<PathBuf>,
    #[arg(long, value_enum, value_name = t("格式", "FORMAT"), default_value_t = Format::Text, help = t("问题清单的格式：text、json、ndjson 或 csv", "format of the findings: text, json, ndjson or csv"), hide_possible_values = true, hide_default_value = true)]
    pub format: Format,
    #[arg(long, conflicts_with = "format", help = t("等于 --format json", "the same as --format json"))]
    pub json: bool,
    #[arg(long, value_name = "N", value_parser = count, help = t("最多显示 N 条，计数不受影响；0 表示全部", "print at most N findings, count them all; 0 prints all"))]
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

#[derive(Args, Debug)]
#[command(before_help = t(
    "示例：\n  gridcode partition 住户.xlsx --positions 楼栋位置.xlsx -o 住户_网格.xlsx\n  gridcode partition 住户.csv --grids 11 --plan 方案.json --grids-sheet 网格.csv\n  gridcode partition 住户.xlsx --positions 楼栋位置.xlsx --previous 方案.json -o 新名单.xlsx\n  gridcode partition 住户.xlsx --positions 楼栋位置.xlsx --map 地图.html\n  gridcode partition --verify 方案.json",
    "Examples:\n  gridcode partition households.xlsx --positions buildings.xlsx -o with-grids.xlsx\n  gridcode partition households.csv --grids 11 --plan plan.json --grids-sheet grids.csv\n  gridcode partition households.xlsx --positions buildings.xlsx --previous plan.json -o new.xlsx\n  gridcode partition households.xlsx --positions buildings.xlsx --map map.html\n  gridcode partition --verify plan.json"
), after_help = t(
    "退出码：0 网格全部符合标准；1 名单有错误，或没有完全符合标准的划分；2 无法进行",
    "Exit status: 0 all grids within the limits; 1 errors in the list, or no division within the limits; 2 could not run"
), help_template = template(), mut_arg("map", with_picture))]
pub struct Partition {
    #[arg(value_name = t("名单", "LIST"), required_unless_present = "verify", help = t("住户或居民名单，或每行一栋的楼栋表（楼栋、户数、人数）；- 表示标准输入", "a list of households or residents, or a sheet with a row for each building (building, households, residents); - is standard input"))]
    pub input: Option<PathBuf>,
    #[arg(short, long, value_name = t("文件", "FILE"), help = t("加上网格一列的名单（.csv .tsv .xlsx）；- 表示标准输出", "the list with a column of grids (.csv .tsv .xlsx); - is standard output"))]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = t("文件", "FILE"), help = t("网格表：每个网格一行（.csv .tsv .xlsx）", "the grids, one row each (.csv .tsv .xlsx)"))]
    pub grids_sheet: Option<PathBuf>,
    #[arg(long, value_name = t("文件", "FILE"), help = t("完整方案（.json）：可核验，也可作为下次的 --previous", "the whole plan (.json): can be verified, and is the next --previous"))]
    pub plan: Option<PathBuf>,
    #[arg(long, value_name = t("人员", "ROSTER"), help = t("人员表，地图上显示各网格由谁负责（姓名须加 --show-values）；可多次使用，须与 --map 同用", "a roster: the map says who answers for each grid (by name with --show-values only); may be repeated; goes with --map"))]
    pub roster: Vec<PathBuf>,
    #[arg(long, value_name = t("文件", "FILE"), requires = "roster", help = t("职务文件（TOML）：本地的叫法对应哪一级", "a file of titles (TOML): which level a local title is"))]
    pub roles: Option<PathBuf>,
    #[arg(long, value_name = t("方案", "PLAN"), conflicts_with = "input", help = t("核验一份方案及其证明，与求解程序无关", "check a plan and its proof, independently of the solver"))]
    pub verify: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "text|json", default_value_t = Format::Text, help = t("报告的格式：text 或 json", "format of the report: text or json"), hide_possible_values = true, hide_default_value = true)]
    pub format: Format,
    #[arg(long, conflicts_with = "format", help = t("等于 --format json", "the same as --format json"))]
    pub json: bool,
    #[arg(long, value_name = "N", value_parser = count, help = t("最多显示 N 条问题，计数不受影响；0 表示全部", "print at most N findings, count them all; 0 prints all"))]
    pub max_errors: Option<usize>,
    #[command(flatten)]
    pub size: GridSize,
    #[command(flatten)]
    pub beside: BesideList,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub codebook: CodebookChoice,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub judging: Judging,
    #[command(flatten)]
    pub writing: Writing,
}

/// Here `--map` is the map of the grids first, and a column only where its value is a `FIELD=COLUMN`.
fn with_picture(arg: clap::Arg) -> clap::Arg {
    arg.value_name(t("文件|含义=列", "FILE|FIELD=COLUMN"))
        .help_heading(None)
        .display_order(4)
        .help(t("网格地图（.svg 或 .html，可两种都要），没有位置时按楼栋顺序排列；写成 含义=列（如 building=2）时指定名单某列的含义；可多次使用", "a map of the grids (.svg or .html, or both), in the order of buildings where there are no positions; as FIELD=COLUMN (building=2) it says what a column of the list means; may be repeated"))
}

#[derive(Args, Debug)]
#[command(next_help_heading = t("网格的大小", "Size of grids"))]
pub struct GridSize {
    #[arg(long, value_name = "auto|min|N|A..B", help = t("网格数：auto（默认，最接近每格 400 户）、min（最少）、一个数，或一个范围如 9..12", "number of grids: auto (default, nearest to 400 households each), min, a number, or a range such as 9..12"))]
    pub grids: Option<String>,
    #[arg(long, value_name = "N", default_value_t = 300, hide_default_value = true, value_parser = number, help = t("每格最少户数，默认 300", "least households of a grid, default 300"))]
    pub min_households: u32,
    #[arg(long, value_name = "N", default_value_t = 500, hide_default_value = true, value_parser = number, help = t("每格最多户数，默认 500", "most households of a grid, default 500"))]
    pub max_households: u32,
    #[arg(long, value_name = "N", default_value_t = 1000, hide_default_value = true, value_parser = number, help = t("每格最少人数，默认 1000", "least residents of a grid, default 1000"))]
    pub min_residents: u32,
    #[arg(long, value_name = "N", default_value_t = 1500, hide_default_value = true, value_parser = number, help = t("每格最多人数，默认 1500", "most residents of a grid, default 1500"))]
    pub max_residents: u32,
    #[arg(long, value_name = t("文件", "FILE"), help = t("个别网格或社区自己的上下限（网格或社区、最少户数、最多户数、最少人数、最多人数）", "limits of their own for grids or communities (grid or community, min households, max households, min residents, max residents)"))]
    pub bounds: Option<PathBuf>,
    #[arg(long, help = t("没有符合标准的划分时不给出偏离最少的方案", "offer no plan that misses the limits"))]
    pub strict: bool,
}

#[derive(Args, Debug)]
#[command(next_help_heading = t("位置、相邻和上次的方案", "Positions, neighbours and the previous plan"))]
pub struct BesideList {
    #[arg(long, value_name = t("文件", "FILE"), help = t("楼栋的位置：楼栋和 X、Y（米），或经度、纬度，或序号", "where buildings stand: building and x, y in metres, or lon, lat, or order"))]
    pub positions: Option<PathBuf>,
    #[arg(long, value_name = t("文件", "FILE"), help = t("相邻的楼栋，每行一对（a、b）；优先于位置", "buildings that touch, a pair a row (a, b); wins over positions"))]
    pub adjacency: Option<PathBuf>,
    #[arg(long, value_name = t("文件", "FILE"), help = t("河流、铁路等屏障，每行一段（x1、y1、x2、y2）", "rivers, railways and the like, a piece a row (x1, y1, x2, y2)"))]
    pub barriers: Option<PathBuf>,
    #[arg(long, value_name = t("文件", "FILE"), help = t("必须同格的楼栋，每行一对", "buildings that must share a grid, a pair a row"))]
    pub together: Option<PathBuf>,
    #[arg(long, value_name = t("文件", "FILE"), help = t("不得同格的楼栋，每行一对", "buildings that must not share a grid, a pair a row"))]
    pub apart: Option<PathBuf>,
    #[arg(long, value_name = t("文件", "FILE"), help = t("上次的方案：plan.json，或有网格一列的名单；改变网格的住户最少，网格名不变", "the previous plan: plan.json, or a list with a column of grids; fewest households change, grids keep their names"))]
    pub previous: Option<PathBuf>,
    #[arg(long, value_name = t("网格", "GRID"), requires = "previous", help = t("上次方案中保持不变的网格；可多次使用", "a grid of the previous plan that stays as it is; may be repeated"))]
    pub lock: Vec<String>,
}

#[derive(Args, Debug)]
#[command(next_help_heading = t("求解", "Solving"))]
pub struct Search {
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true, value_parser = number, help = t("均衡工作量的权重，默认 1；0 表示只求紧凑", "weight of even work, default 1; 0 means compact only"))]
    pub balance: u32,
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true, value_parser = number, help = t("重点户（80 岁以上等）算几户的工作量，默认 1", "how much work a priority household (aged 80 and over) makes, default 1"))]
    pub priority_weight: u32,
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true, value_parser = big, help = t("随机数的起点，默认 1", "where random numbers begin, default 1"))]
    pub seed: u64,
    #[arg(long, value_name = "N", value_parser = big, help = t("搜索量上限（节点数）", "limit of the search, in nodes"))]
    pub nodes: Option<u64>,
}

#[derive(Args, Debug)]
#[command(before_help = t(
    "示例：\n  gridcode explain duplicate-household\n  gridcode explain GC021\n  gridcode explain --all",
    "Examples:\n  gridcode explain duplicate-household\n  gridcode explain GC021\n  gridcode explain --all"
), help_template = template())]
pub struct Explain {
    #[arg(value_name = t("规则", "RULE"), required_unless_present = "all", help = t("规则名或编号，如 duplicate-household、GC001；也可以是 partition、assign 报告的问题名", "rule names or numbers: duplicate-household, GC001; or what partition and assign name behind a finding"))]
    pub rules: Vec<String>,
    #[arg(long, conflicts_with = "rules", help = t("列出全部规则", "list every rule"))]
    pub all: bool,
    #[arg(long, help = t("输出完整说明页（Markdown）", "print the full pages as Markdown"))]
    pub markdown: bool,
    #[arg(long, conflicts_with = "markdown", help = t("输出 JSON", "print JSON"))]
    pub json: bool,
}

#[derive(Args, Debug)]
#[command(before_help = t(
    "示例：\n  gridcode codebook\n  gridcode codebook --words\n  gridcode codebook --codebook 本社区.toml",
    "Examples:\n  gridcode codebook\n  gridcode codebook --words\n  gridcode codebook --codebook ours.toml"
), help_template = template())]
pub struct CodebookArgs {
    #[command(flatten)]
    pub codebook: CodebookChoice,
    #[arg(long, help = t("连同每个字母对应的词一起列出", "list the words that lead to each letter too"))]
    pub words: bool,
    #[arg(long, conflicts_with = "words", help = t("输出内置码本的 TOML 原文", "print the built-in codebook's TOML"))]
    pub toml: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Ndjson,
    Csv,
}

#[derive(Args, Debug)]
#[command(next_help_heading = t("码本", "Codebook"))]
pub struct CodebookChoice {
    #[arg(long, value_name = t("码本", "CODEBOOK"), default_value = "shushan", hide_default_value = true, help = t("码本：shushan（默认）、age-decade（推测），或一个 TOML 文件", "codebook: shushan (default), age-decade (inferred), or a TOML file"))]
    pub codebook: String,
}

#[derive(Args, Clone, Debug)]
#[command(next_help_heading = t("读取文件", "Reading files"))]
pub struct Reading {
    #[arg(short, long, value_name = t("编码", "ENCODING"), help = t("文件的字符编码，如 gb18030、utf-8；默认自动判断", "character encoding, e.g. gb18030, utf-8; default: found out"))]
    pub encoding: Option<String>,
    #[arg(short, long, value_name = t("字符", "CHAR"), help = t("分隔符，如 , ; | 或 tab；默认自动判断", "delimiter: , ; | or tab; default: found out"))]
    pub delimiter: Option<String>,
    #[arg(long, value_name = t("名称|序号", "NAME|N"), help = t("只读这个工作表；默认读每个有住户表格的工作表", "read this sheet only; default: every sheet that holds a household table"))]
    pub sheet: Option<String>,
    #[arg(long, value_name = "N", value_parser = row, help = t("表头所在的 Excel 行号；默认自动寻找", "Excel row of the header; default: found"))]
    pub header_row: Option<u64>,
    #[arg(short = 'n', long, help = t("没有表头，列全由 --map 指定", "there is no header; columns are named by --map"))]
    pub no_headers: bool,
    #[arg(long, value_name = t("含义=列", "FIELD=COLUMN"), help = t("指定某列的含义，如 unit=房间号、code=D、building=2；可多次使用", "say what a column means: unit=Flat, code=D, building=2; may be repeated"))]
    pub map: Vec<String>,
    #[arg(long, value_enum, value_name = "household|person", help = t("一行是一户还是一人；默认自动判断", "whether a row is a household or a resident; default: found out"), hide_possible_values = true)]
    pub level: Option<LevelChoice>,
    #[arg(short = 'j', long, value_name = "N", value_parser = threads, help = t("用几个线程处理文本文件；默认与处理器核数相同，结果与线程数无关", "threads for a text file; default: as many as processors; the result is the same for any number"))]
    pub threads: Option<NonZero<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LevelChoice {
    Household,
    Person,
}

#[derive(Args, Debug)]
#[command(next_help_heading = t("核对", "Checking"))]
pub struct Judging {
    #[arg(long, value_name = t("日期", "DATE"), help = t("按这一天计算年龄，如 2026-12-01；默认今天", "the day on which ages count, e.g. 2026-12-01; default: today"))]
    pub on: Option<String>,
    #[arg(long, value_name = t("规则", "RULE"), help = t("把该规则的发现算作错误", "findings of this rule are errors"))]
    pub deny: Vec<String>,
    #[arg(long, value_name = t("规则", "RULE"), help = t("把该规则的发现算作警告", "findings of this rule are warnings"))]
    pub warn: Vec<String>,
    #[arg(long, value_name = t("规则", "RULE"), help = t("不报告该规则", "do not report this rule"))]
    pub allow: Vec<String>,
    #[arg(long, help = t("显示单元格内容，包括姓名、证件号、电话等个人信息；默认不显示", "show cell values, names, ID numbers and phones included; never shown otherwise"))]
    pub show_values: bool,
}

#[derive(Args, Debug)]
#[command(next_help_heading = t("写文件", "Writing files"))]
pub struct Writing {
    #[arg(long, value_enum, value_name = t("编码", "ENCODING"), help = t("CSV 的字符编码：utf8-bom（默认，Excel 可直接打开）、utf8、gb18030、utf16 或 input（与输入相同）", "encoding of CSV: utf8-bom (default, opens in Excel), utf8, gb18030, utf16, or input (as the input)"), hide_possible_values = true)]
    pub output_encoding: Option<OutputEncoding>,
    #[arg(long, help = t("CSV 中以 = + - @ 开头的内容不加防护引号", "no guard before CSV cells that begin = + - @"))]
    pub raw: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputEncoding {
    Utf8Bom,
    Utf8,
    Gb18030,
    Utf16,
    Input,
}
