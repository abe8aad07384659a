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
    let end = lang.pick("_检查结果", "_checked");
    let stem = stem.strip_suffix(end).unwrap_or(stem);
    let ending = if has_macros { "xlsm" } else { "xlsx" };
    PathBuf::from(format!("{stem}{end}.{ending}"))
}

/// Whether a marked workbook can have a name: Excel opens `.xlsx` without macros and `.xlsm` with them, nothing else.
#[must_use]
pub fn is_target(path: &Path, has_macros: bool) -> bool {
    let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    ending.is_some_and(|ending| ending == if has_macros { "xlsm" } else { "xlsx" })
}
