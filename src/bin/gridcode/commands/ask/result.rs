//! Where the marked workbook of an asked-for list goes: beside it, over nothing, elsewhere only where it must.

use std::path::{Path, PathBuf};

use gridcode::report::marked;
use gridcode::table::{Source, TableError};
use gridcode::{Lang, Text};

use crate::commands::marked::Begun;
use crate::failure::{Failure, reason};

/// Begins the marked workbook beside the list; where its folder takes no files, in the first of some others that
/// does, with a word about it.
pub fn begin(
    list: &Path,
    source: &Source,
    macros: bool,
    lang: Lang,
    others: &[PathBuf],
) -> Result<(Begun, Option<Text>), Failure> {
    let name = marked::named(list, macros, lang);
    let beside = list.parent().unwrap_or(Path::new(""));
    let mut refused: Option<(PathBuf, TableError)> = None;
    for folder in std::iter::once(beside).chain(others.iter().map(PathBuf::as_path)) {
        let path = free(folder, &name, is_taken);
        match Begun::at(path.clone(), source) {
            Ok(begun) => {
                let told = refused.map(|(_, error)| elsewhere(beside, &error, folder));
                return Ok((begun, told));
            }
            // The first folder is the one that the user knows.
            Err(error @ TableError::Unreachable { .. }) => {
                refused.get_or_insert((path, error));
            }
            Err(error) => return Err(Failure::table(path.display().to_string(), error)),
        }
    }
    Err(match refused {
        Some((path, error)) => Failure::table(path.display().to_string(), error),
        None => Failure::said("没有可以写的文件夹", "there is no folder to write to"),
    })
}

/// Folders in which people find their files again, and last the one for passing things.
pub fn others() -> Vec<PathBuf> {
    let home = std::env::home_dir().filter(|home| !home.as_os_str().is_empty());
    let named = [
        "Desktop",
        "桌面",
        "OneDrive/Desktop",
        "OneDrive/桌面",
        "Documents",
        "文档",
    ];
    let known = home
        .iter()
        .flat_map(|home| named.map(|folder| home.join(folder)));
    known
        .chain([std::env::temp_dir()])
        .filter(|folder| folder.is_dir())
        .collect()
}

/// The name itself, or with the first number under which there is nothing yet: somebody may be correcting the last one.
fn free(folder: &Path, name: &Path, is_taken: impl Fn(&Path) -> bool) -> PathBuf {
    let path = folder.join(name);
    if !is_taken(&path) {
        return path;
    }
    let stem = name.file_stem().unwrap_or_default().to_string_lossy();
    let ending = name.extension().unwrap_or_default().to_string_lossy();
    (2..=u32::MAX)
        .map(|number| folder.join(format!("{stem} {number}.{ending}")))
        .find(|path| !is_taken(path))
        .unwrap_or(path)
}

/// A link that leads nowhere is somebody's too.
fn is_taken(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn elsewhere(beside: &Path, error: &TableError, folder: &Path) -> Text {
    let why = match error {
        TableError::Unreachable { error, .. } => reason(error),
        error => error.message(),
    };
    let (beside, folder) = (beside.display(), folder.display());
    Text::new(
        format!(
            "名单所在的文件夹“{beside}”不能写入（{}），结果改写到“{folder}”",
            why.zh
        ),
        format!(
            "the list's folder `{beside}` takes no files ({}): the result goes to `{folder}`",
            why.en
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn freed(taken: &[&str], name: &str) -> String {
        let taken = |path: &Path| {
            taken
                .iter()
                .any(|taken| Path::new("lists").join(taken) == path)
        };
        let path = free(Path::new("lists"), Path::new(name), taken);
        assert_eq!(path.parent(), Some(Path::new("lists")));
        path.file_name().unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn a_name_that_is_taken_gets_the_first_free_number() {
        let name = "住户_检查结果.xlsx";
        assert_eq!(freed(&["住户.csv"], name), name);
        assert_eq!(freed(&[name], name), "住户_检查结果 2.xlsx");
        assert_eq!(
            freed(
                &[name, "住户_检查结果 2.xlsx", "住户_检查结果 4.xlsx"],
                name
            ),
            "住户_检查结果 3.xlsx"
        );
    }

    /// A list in a folder that is not there, which takes no files as surely as one that is locked.
    fn nowhere() -> (PathBuf, Source) {
        let list = std::env::temp_dir().join("gridcode-no-such-folder/list.csv");
        (list, Source::bytes("list.csv", b"unit\n803\n".to_vec()))
    }

    #[test]
    fn where_the_lists_folder_takes_nothing_the_next_that_does_is_used_and_said() {
        let (list, source) = nowhere();
        let used = std::env::temp_dir();
        let others = [list.join("no folder either"), used.clone()];
        let (_begun, told) = begin(&list, &source, false, Lang::En, &others).unwrap();
        let told = told.unwrap();
        assert_eq!(
            told.en,
            format!(
                "the list's folder `{}` takes no files (not found): the result goes to `{}`",
                list.parent().unwrap().display(),
                used.display()
            )
        );
        assert!(told.zh.contains("不能写入（找不到）"), "{}", told.zh);
    }

    #[test]
    fn where_no_folder_takes_anything_the_lists_own_is_named() {
        let (list, source) = nowhere();
        let refused = begin(&list, &source, false, Lang::En, &[]).err().unwrap();
        let refused = refused.text().en;
        assert!(refused.contains("gridcode-no-such-folder"), "{refused}");
    }

    #[test]
    fn there_is_always_a_folder_left() {
        assert!(!others().is_empty());
        assert!(others().iter().all(|folder| folder.is_dir()));
    }
}
