//! What a marked workbook is called.

use std::path::{Path, PathBuf};

use crate::lang::Lang;

/// The name for the marked workbook of a list, without its folder: `住户_检查结果.xlsx` for `住户.csv`.
///
/// ```
/// use std::path::Path;
/// use gridcode::Lang;
/// use gridcode::report::marked::named;
/// assert_eq!(named(Path::new("a/住户.csv.gz"), false, Lang::Zh), Path::new("住户_检查结果.xlsx"));
/// assert_eq!(named(Path::new("list.xlsm"), true, Lang::En), Path::new("list_checked.xlsm"));
/// // A list that was marked before keeps its name.
/// assert_eq!(named(Path::new("住户_检查结果.xlsx"), false, Lang::Zh), Path::new("住户_检查结果.xlsx"));
/// assert_eq!(named(Path::new("住户_检查结果 2.xlsx"), false, Lang::Zh), Path::new("住户_检查结果.xlsx"));
/// assert_eq!(named(Path::new("list_checked.xlsx"), false, Lang::Zh), Path::new("list_检查结果.xlsx"));
/// ```
#[must_use]
pub fn named(list: &Path, has_macros: bool, lang: Lang) -> PathBuf {
    let name = list.file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let stem = match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    };
    let stem = if stem == "-" || stem.is_empty() {
        lang.pick("名单", "list")
    } else {
        stem
    };
    let end = end(lang);
    let stem = unmarked(stem);
    let ending = if has_macros { "xlsm" } else { "xlsx" };
    PathBuf::from(format!("{stem}{end}.{ending}"))
}

fn end(lang: Lang) -> &'static str {
    lang.pick("_检查结果", "_checked")
}

/// A name without what an earlier check put behind it, in either language, with a number where it was not the first.
fn unmarked(stem: &str) -> &str {
    let numberless = match stem.rsplit_once(' ') {
        Some((before, number)) if number.chars().all(|c| c.is_ascii_digit()) => before,
        _ => stem,
    };
    [stem, numberless]
        .into_iter()
        .flat_map(|stem| [Lang::Zh, Lang::En].map(|lang| stem.strip_suffix(end(lang))))
        .flatten()
        .find(|bare| !bare.is_empty())
        .unwrap_or(stem)
}

/// Whether a marked workbook can have a name: Excel opens `.xlsx` without macros and `.xlsm` with them, nothing else.
#[must_use]
pub fn is_target(path: &Path, has_macros: bool) -> bool {
    let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    ending.is_some_and(|ending| ending == if has_macros { "xlsm" } else { "xlsx" })
}
