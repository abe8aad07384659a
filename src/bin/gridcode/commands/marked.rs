//! Where the marked workbooks of `validate -o` go: one file, or a folder with one for each list.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gridcode::lang::Lang;
use gridcode::report::marked::{self, Checked};
use gridcode::table::{Output as File, ReadOptions, Source, TableError};
use gridcode::workbook::WorkbookError;

use super::target::{keep, written};
use crate::failure::Failure;
use crate::inputs::Input;
use crate::interrupt;
use crate::output::Output;

/// Where marked workbooks go.
pub enum Marking {
    Nowhere,
    File(PathBuf),
    /// With the names given so far.
    Folder(PathBuf, BTreeSet<PathBuf>),
}

/// A marked workbook that has been begun.
pub struct Begun {
    path: PathBuf,
    file: File,
}

impl Marking {
    /// Where `-o` leads to. Several lists need a folder, which is made where there is none.
    pub fn new(output: Option<&Path>, inputs: &[Input]) -> Result<Self, Failure> {
        let Some(path) = output else {
            return Ok(Self::Nowhere);
        };
        let name = path.display();
        if path.as_os_str() == "-" {
            return Err(Failure::said(
                "标注好的工作簿不能输出到标准输出：请在 -o 后面写文件名，如 住户_检查结果.xlsx",
                "a marked workbook cannot go to standard output: name a file after -o, such as checked.xlsx",
            ));
        }
        if path.is_dir() {
            return Ok(Self::Folder(path.to_owned(), BTreeSet::new()));
        }
        if inputs.len() == 1 {
            return if marked::is_target(path, false) || marked::is_target(path, true) {
                Ok(Self::File(path.to_owned()))
            } else {
                Err(Failure::said(
                    format!(
                        "“{name}”不行：标注好的工作簿要以 .xlsx 结尾（含宏的以 .xlsm 结尾）；只要问题清单，请用 --format csv > 问题.csv"
                    ),
                    format!(
                        "`{name}` will not do: a marked workbook has to end in .xlsx (with macros in .xlsm); for a list of the findings alone use --format csv > findings.csv"
                    ),
                ))
            };
        }
        if path.exists() || path.extension().is_some() {
            return Err(Failure::said(
                format!(
                    "有 {} 个名单，-o 后面请写一个文件夹的名字，每个名单写一份；“{name}”不是文件夹",
                    inputs.len()
                ),
                format!(
                    "there are {} lists: name a folder after -o, each list gets a workbook in it; `{name}` is no folder",
                    inputs.len()
                ),
            ));
        }
        let refused = |error| {
            Failure::table(
                name.to_string(),
                TableError::Unreachable {
                    name: name.to_string(),
                    error,
                },
            )
        };
        std::fs::create_dir(path).map_err(refused)?;
        Ok(Self::Folder(path.to_owned(), BTreeSet::new()))
    }

    /// Begins the marked workbook of a list, before the list is read: what cannot be written is told at once.
    pub fn begin(
        &mut self,
        input: &Input,
        read: &ReadOptions,
        lang: Lang,
    ) -> Result<Option<Begun>, Failure> {
        let list = Path::new(&input.name);
        let is_xlsm = |path: &Path| marked::is_target(path, true);
        let macros = || -> Result<bool, Failure> {
            marked::has_macros(&input.source, read)
                .map_err(|error| Failure::table(input.name.clone(), error))
        };
        let path = match self {
            Self::Nowhere => return Ok(None),
            Self::File(path) => {
                if is_xlsm(path) || is_xlsm(list) {
                    let macros = macros()?;
                    if !marked::is_target(path, macros) {
                        return Err(wrong_ending(path, macros));
                    }
                }
                path.clone()
            }
            Self::Folder(folder, taken) => {
                let macros = is_xlsm(list) && macros()?;
                let name = marked::named(list, macros, lang);
                let mut free = name.clone();
                let mut number = 2;
                // Lists of one name from several folders.
                while !taken.insert(free.clone()) {
                    let stem = name.file_stem().unwrap_or_default().to_string_lossy();
                    let ending = name.extension().unwrap_or_default().to_string_lossy();
                    free = PathBuf::from(format!("{stem}({number}).{ending}"));
                    number += 1;
                }
                folder.join(free)
            }
        };
        let begun = Begun::at(path.clone(), &input.source);
        Ok(Some(begun.map_err(|error| {
            Failure::table(path.display().to_string(), error)
        })?))
    }
}

impl Begun {
    /// Begins the marked workbook of a list under a name.
    pub fn at(path: PathBuf, list: &Source) -> Result<Self, TableError> {
        let file = File::create(&path, &[list])?;
        interrupt::unfinished(file.temporary());
        Ok(Self { path, file })
    }

    /// Writes the workbook, puts it under its name, and says so.
    pub fn finish(self, checked: &Checked<'_>, output: &mut Output) -> Result<(), Failure> {
        let path = self.write(checked, output)?;
        output.note(&written(&path));
        Ok(())
    }

    /// Writes the workbook and puts it under its name, which is handed back.
    pub fn write(mut self, checked: &Checked<'_>, output: &mut Output) -> Result<PathBuf, Failure> {
        let told = checked
            .write(&mut self.file)
            .map_err(|error| failed(checked.source.name(), error))?;
        keep(self.file, self.path.display().to_string())?;
        for note in &told {
            output.note(note);
        }
        Ok(self.path)
    }
}

fn failed(name: &str, error: WorkbookError) -> Failure {
    match error {
        WorkbookError::Table(error) => Failure::table(name, error),
        error => {
            let text = error.message();
            Failure::said(
                format!("{name}：{}", text.zh),
                format!("{name}: {}", text.en),
            )
        }
    }
}

/// Excel refuses a workbook whose name does not say whether it holds macros.
fn wrong_ending(path: &Path, macros: bool) -> Failure {
    let name = path.display();
    if macros {
        return Failure::said(
            format!("原工作簿含宏，“{name}”请改为以 .xlsm 结尾，否则 Excel 打不开"),
            format!(
                "the workbook holds macros: let `{name}` end in .xlsm, or Excel will not open it"
            ),
        );
    }
    Failure::said(
        format!("原工作簿不含宏，“{name}”请改为以 .xlsx 结尾，否则 Excel 打不开"),
        format!(
            "the workbook holds no macros: let `{name}` end in .xlsx, or Excel will not open it"
        ),
    )
}
