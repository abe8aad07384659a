//! `plan.json`: written whole or not at all, and read back.

use std::io::Write as _;
use std::path::Path;

use gridcode::report::plan::Plan;
use gridcode::table::{Output as File, Source};

use crate::failure::{Failure, reason};
use crate::interrupt;

/// Whether a name is that of a plan.
pub fn is_json_file(path: &Path) -> bool {
    path.extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("json"))
}

/// Writes a plan, made for reading by people too.
pub fn write_plan(path: &Path, plan: &Plan, input: &Source) -> Result<(), Failure> {
    let name = path.display().to_string();
    let failed = |error| Failure::table(name.clone(), error);
    let mut file = File::create(path, &[input]).map_err(failed)?;
    interrupt::unfinished(file.temporary());
    serde_json::to_writer_pretty(&mut file, plan).map_err(std::io::Error::from)?;
    file.write_all(b"\n")?;
    let kept = file.commit().map_err(|error| Failure::table(name, error));
    interrupt::unfinished(None);
    kept
}

/// Reads a plan back.
pub fn read_plan(path: &Path) -> Result<Plan, Failure> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        let why = reason(&error);
        Failure::said(format!("{name}：{}", why.zh), format!("{name}: {}", why.en))
    })?;
    serde_json::from_str(&text).map_err(|error| {
        Failure::said(
            format!(
                "{name} 不是 gridcode partition 写出的方案：第 {} 行",
                error.line()
            ),
            format!(
                "{name} is no plan that `gridcode partition` wrote: line {}, {error}",
                error.line()
            ),
        )
    })
}
