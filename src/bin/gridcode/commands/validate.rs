//! `gridcode validate`: every wrong cell of every list, and one account for all.

use gridcode::Text;
use gridcode::census::{Account, check};
use gridcode::report::marked::Checked;
use gridcode::table::TableError;

use super::findings::Printer;
use super::marked::Marking;
use super::page;
use super::settings::{codebook, options};
use crate::Outcome;
use crate::cli::{CheckFormat, Format, Validate};
use crate::failure::Failure;
use crate::inputs::{self, Input};
use crate::output::Output;
use crate::progress::Progress;

pub fn run(args: &Validate, output: &mut Output) -> Result<Outcome, Failure> {
    let page = page::target(args)?;
    let book = codebook(&args.codebook)?;
    let mut options = options(&book, &args.reading, Some(&args.judging), output)?;
    let progress = Progress::new(output);
    options.watch = Some(&progress);
    let inputs = inputs::expand(&args.inputs)?;
    if let Some(target) = page {
        let with = (&*book, &options, &progress);
        return page::run(args, inputs, &target, with, output);
    }
    let format = match args.format {
        _ if args.json => Format::Json,
        // A page has gone its own way.
        None | Some(CheckFormat::Text | CheckFormat::Html) => Format::Text,
        Some(CheckFormat::Json) => Format::Json,
        Some(CheckFormat::Ndjson) => Format::Ndjson,
        Some(CheckFormat::Csv) => Format::Csv,
    };
    let several = inputs.len() > 1;
    let mut printer = Printer::new(format, args.max_errors, &book, options.on, several, output);
    let mut failed = 0;
    let alone = inputs.len() == 1;
    let mut marking = Marking::new(args.output.as_deref(), &inputs)?;
    for input in inputs {
        let marked = match marking.begin(&input, &options.read, output.lang()) {
            Ok(marked) => marked,
            Err(failure) if alone => return Err(failure),
            Err(failure) => {
                failed += 1;
                output.failure(&failure);
                continue;
            }
        };
        let Input {
            name,
            source,
            from_folder,
        } = input;
        let mut file = printer.file(source.name());
        let mut said = Ok(());
        let mut kept = Vec::new();
        let checked = check(&source, &options, &mut |finding| {
            if marked.is_some() {
                kept.push(finding.clone());
            }
            if file.push(finding) && said.is_ok() {
                progress.clear();
                said = printer.some(&mut file, output);
                if said.is_err() {
                    // Nobody reads what is still to come.
                    progress.stop();
                }
            }
        });
        said?;
        match checked {
            Ok(account) => {
                progress.clear();
                for note in &account.notes {
                    output.note(&named(&name, note, alone));
                }
                if let Some(marked) = marked {
                    let list = Checked {
                        source: &source,
                        options: &options,
                        account: &account,
                        findings: &kept,
                        lang: output.lang(),
                    };
                    marked.finish(&list, output)?;
                }
                printer.file_end(account, file, output)?;
            }
            Err(TableError::Interrupted) => {
                return Err(Failure::table(name, TableError::Interrupted));
            }
            // A folder may hold other tables; a file named by the user may not.
            Err(error @ TableError::NoTable { .. }) if from_folder => {
                output.note(&named(&name, &error.message(), false));
            }
            Err(error) if alone => return Err(Failure::table(name, error)),
            Err(error) => {
                failed += 1;
                printer.file_failed(&file, error.message(), output)?;
                output.failure(&Failure::table(name, error));
            }
        }
    }
    let accounts = printer.end(output)?;
    not_checked(failed, output);
    Ok(outcome(args, &accounts, failed))
}

/// Says how many files could not be checked, if any.
pub fn not_checked(failed: usize, output: &mut Output) {
    if failed > 0 {
        output.note(&Text::new(
            format!("{failed} 个文件未能核对，原因见上"),
            format!(
                "{failed} {} not be checked, for the reasons above",
                if failed == 1 {
                    "file could"
                } else {
                    "files could"
                }
            ),
        ));
    }
}

/// What the program ends with.
pub fn outcome(args: &Validate, accounts: &[Account], failed: usize) -> Outcome {
    let count = |severity| {
        accounts
            .iter()
            .map(|account| account.findings(severity))
            .sum::<u64>()
    };
    let errors = count(gridcode::diagnostic::Severity::Error);
    let warnings = count(gridcode::diagnostic::Severity::Warning);
    if failed > 0 {
        Outcome::Failed
    } else if !args.exit_zero && (errors > 0 || args.strict && warnings > 0) {
        Outcome::Findings
    } else {
        Outcome::Sound
    }
}

/// A note about a file, with its name where there are several.
pub fn named(name: &str, note: &Text, alone: bool) -> Text {
    if alone {
        return note.clone();
    }
    Text::new(
        format!("{name}：{}", note.zh),
        format!("{name}: {}", note.en),
    )
}
