//! Names on the command line made into sources: files, the lists in a folder, standard input.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use gridcode::table::Source;

use crate::failure::Failure;

/// A source, and whether the user named it or it was found in a folder.
pub struct Input {
    pub name: String,
    pub source: Source,
    pub from_folder: bool,
}

/// What a list can be called in a folder of lists.
pub const LISTS: [&str; 10] = [
    "csv", "tsv", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods", "et", "gz",
];

/// All sources behind some paths, folders opened, in a fixed order.
pub fn expand(paths: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    if paths.is_empty() {
        return Ok(vec![stdin()?]);
    }
    let mut inputs = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(stdin()?);
        } else if path.is_dir() {
            let mut found = Vec::new();
            lists_in(path, &mut found)?;
            found.sort();
            if found.is_empty() {
                let name = path.display();
                return Err(Failure::said(
                    format!("文件夹 {name} 中没有名单文件（{}）", LISTS.join(" ")),
                    format!("folder {name} holds no lists ({})", LISTS.join(" ")),
                ));
            }
            inputs.extend(found.into_iter().map(|path| file(path, true)));
        } else {
            inputs.push(file(path.clone(), false));
        }
    }
    Ok(inputs)
}

/// One path: a file or standard input.
pub fn one(path: &Path) -> Result<Input, Failure> {
    if path.as_os_str() == "-" {
        stdin()
    } else {
        Ok(file(path.to_owned(), false))
    }
}

fn file(path: PathBuf, from_folder: bool) -> Input {
    Input {
        name: path.display().to_string(),
        source: Source::path(path),
        from_folder,
    }
}

fn stdin() -> Result<Input, Failure> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return Err(Failure::said(
            "没有指定文件；用法见 gridcode --help",
            "no file named; see gridcode --help",
        ));
    }
    let source = Source::reader("-", stdin.lock()).map_err(|error| Failure::table("-", error))?;
    Ok(Input {
        name: "-".to_owned(),
        source,
        from_folder: false,
    })
}

fn lists_in(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // `~$list.xlsx` is the lock that Excel leaves beside an open file; dot files are nobody's lists.
        if name.starts_with("~$") || name.starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            lists_in(&path, found)?;
        } else if path
            .extension()
            .is_some_and(|end| LISTS.iter().any(|list| end.eq_ignore_ascii_case(list)))
        {
            found.push(path);
        }
    }
    Ok(())
}
