//! What `validate --format html` writes: one page for all lists, to a file or to standard output.

use std::path::{Path, PathBuf};

use gridcode::Text;
use gridcode::census::{Account, Options, SheetAccount, check};
use gridcode::codebook::Codebook;
use gridcode::diagnostic::Diagnostic;
use gridcode::report::html::{self, Checked, List, Page};
use gridcode::report::text;
use gridcode::survey::{Codes, codes};
use gridcode::table::{Output as File, TableError};

use super::gathered::Gathered;
use super::target::{keep, written};
use super::validate::{named, not_checked, outcome};
use crate::Outcome;
use crate::cli::{CheckFormat, Validate};
use crate::failure::Failure;
use crate::inputs::Input;
use crate::interrupt;
use crate::output::Output;
use crate::progress::Progress;

/// Where a page goes.
pub enum Target {
    Stdout,
    File(PathBuf),
}

/// Where the page goes that is asked for; `None` where none is.
pub fn target(args: &Validate) -> Result<Option<Target>, Failure> {
    let format = if args.json {
        Some(CheckFormat::Json)
    } else {
        args.format
    };
    let path = args.output.as_deref();
    let page = path.filter(|path| is_page(path));
    match (format, path) {
        (None | Some(CheckFormat::Html), _) if page.is_some() => {
            Ok(page.map(|page| Target::File(page.to_owned())))
        }
        (Some(CheckFormat::Html), None) => Ok(Some(Target::Stdout)),
        (Some(CheckFormat::Html), Some(path)) if path.as_os_str() == "-" => {
            Ok(Some(Target::Stdout))
        }
        (Some(CheckFormat::Html), Some(path)) => {
            let name = path.display();
            Err(Failure::said(
                format!(
                    "--format html 写的是一个网页，“{name}”不行：-o 后面请写以 .html 结尾的文件名；要标注好的工作簿，请去掉 --format html"
                ),
                format!(
                    "--format html writes one page, and `{name}` will not do: name a file ending in .html after -o; for the marked workbook leave --format html out"
                ),
            ))
        }
        (Some(_), Some(path)) if page.is_some() => {
            let name = path.display();
            Err(Failure::said(
                format!(
                    "“{name}”是网页，与 --format 要求的格式不一致：要网页，请去掉 --format；要别的格式，请去掉 -o，把输出存成文件（> 文件名）"
                ),
                format!(
                    "`{name}` is a page, and --format asks for something else: for the page leave --format out; for the other format leave -o out and send the output into a file with >"
                ),
            ))
        }
        _ => Ok(None),
    }
}

/// Whether a name is that of a page.
fn is_page(path: &Path) -> bool {
    let ending = path.extension().and_then(std::ffi::OsStr::to_str);
    ending.is_some_and(|ending| {
        ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm")
    }) && !path.is_dir()
}

/// A list that has been checked, or why not.
enum Told {
    Checked(Account, Vec<Diagnostic>, Codes),
    Failed(String, Text),
}

/// Checks the lists and writes the page.
pub fn run(
    args: &Validate,
    inputs: Vec<Input>,
    target: &Target,
    (book, options, progress): (&Codebook, &Options<'_>, &Progress),
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let sources: Vec<_> = inputs.iter().map(|input| &input.source).collect();
    let mut file = match target {
        Target::Stdout => None,
        Target::File(path) => {
            let file = File::create(path, &sources)
                .map_err(|error| Failure::table(path.display().to_string(), error))?;
            interrupt::unfinished(file.temporary());
            Some((path, file))
        }
    };
    let mut room = match args.max_errors {
        Some(0) => None,
        Some(most) => Some(most),
        None => Some(html::FINDINGS),
    };
    let alone = inputs.len() == 1;
    let mut told = Vec::new();
    for input in inputs {
        match one(&input, &mut room, options) {
            Ok((account, findings, codes)) => {
                progress.clear();
                for note in &account.notes {
                    output.note(&named(&input.name, note, alone));
                }
                told.push(Told::Checked(account, findings, codes));
            }
            Err(error @ TableError::Interrupted) => return Err(Failure::table(input.name, error)),
            // A folder may hold other tables; a file named by the user may not.
            Err(error @ TableError::NoTable { .. }) if input.from_folder => {
                output.note(&named(&input.name, &error.message(), false));
            }
            Err(error) if alone => return Err(Failure::table(input.name, error)),
            Err(error) => {
                let name = input.source.name().to_owned();
                told.push(Told::Failed(name, error.message()));
                output.failure(&Failure::table(input.name, error));
            }
        }
    }
    let lists: Vec<List<'_>> = told.iter().map(Told::list).collect();
    let page = Page {
        lists: &lists,
        codebook: book,
        on: options.on,
        lang: output.lang(),
    };
    match &mut file {
        Some((_, file)) => page.write(file)?,
        None => page.write(output.stdout())?,
    }
    if let Some((path, file)) = file {
        keep(file, path.display().to_string())?;
        output.note(&written(path));
    }
    let failed = told.iter().filter(|told| matches!(told, Told::Failed(..)));
    let failed = failed.count();
    let accounts: Vec<Account> = told.into_iter().filter_map(Told::account).collect();
    let total = accounts
        .iter()
        .fold(SheetAccount::default(), |sum, account| {
            sum.plus(&account.total())
        });
    output.note(&Text::of(|lang| text::tally(&accounts, lang)));
    output.note(&Text::of(|lang| text::account(&total, lang)));
    not_checked(failed, output);
    Ok(outcome(args, &accounts, failed))
}

/// Checks one list, keeps the findings there is room for, and counts its codes.
fn one(
    input: &Input,
    room: &mut Option<usize>,
    options: &Options<'_>,
) -> Result<(Account, Vec<Diagnostic>, Codes), TableError> {
    let mut gathered = Gathered::new(Some(room.unwrap_or(usize::MAX)));
    let account = check(&input.source, options, &mut |finding| {
        gathered.push(finding);
    })?;
    let findings = gathered.in_order();
    if let Some(room) = room {
        *room -= findings.len().min(*room);
    }
    let rows = html::rows(&account, &findings);
    let codes = codes(&input.source, options, &rows)?;
    Ok((account, findings, codes))
}

impl Told {
    fn list(&self) -> List<'_> {
        match self {
            Self::Checked(account, findings, codes) => List::Checked(Checked {
                account,
                findings,
                codes,
            }),
            Self::Failed(name, why) => List::Failed { name, why },
        }
    }

    fn account(self) -> Option<Account> {
        match self {
            Self::Checked(account, ..) => Some(account),
            Self::Failed(..) => None,
        }
    }
}
