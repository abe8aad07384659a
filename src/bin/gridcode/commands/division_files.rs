//! The files of a division, tried before a list is read: one that cannot be written is told before any other is.

use std::path::Path;

use gridcode::table::{Output as File, Source};

use super::maps::Maps;
use super::target::is_table;
use crate::cli::Partition;
use crate::failure::Failure;

/// Refuses what could not be written at the end. `inputs` are files that may not be written over.
pub fn are_possible(args: &Partition, maps: &Maps, inputs: &[&Source]) -> Result<(), Failure> {
    let tables = [&args.output, &args.grids_sheet];
    for path in tables.into_iter().flatten() {
        is_table(path)?;
    }
    let all = tables.into_iter().chain([&args.plan]).flatten();
    let all: Vec<&Path> = all.chain(maps.paths()).map(AsRef::as_ref).collect();
    for (at, path) in all.iter().enumerate() {
        let is_again = all.iter().take(at).any(|before| before == path);
        if is_again {
            return Err(twice(path));
        }
        if path.as_os_str() == "-" {
            continue;
        }
        let name = path.display().to_string();
        File::is_possible(path, inputs).map_err(|error| Failure::table(name, error))?;
    }
    Ok(())
}

fn twice(path: &Path) -> Failure {
    if path.as_os_str() == "-" {
        return Failure::said(
            "标准输出只能给一个结果：名单（-o）和网格表（--grids-sheet）请至少有一个写文件名",
            "standard output takes one result: name a file for the list (-o) or for the grids (--grids-sheet)",
        );
    }
    let name = path.display();
    Failure::said(
        format!("两个结果都要写成“{name}”：请给它们不同的文件名"),
        format!("two results would be written to `{name}`: give them different names"),
    )
}
