//! One command one file; this is their list.

mod ask;
mod assign;
mod codebook;
mod completions;
mod decode;
mod diff;
mod division_files;
mod division_report;
mod document;
mod encode;
mod explain;
mod find;
mod findings;
mod fix;
mod form;
mod gathered;
mod grid_count;
mod man;
mod maps;
mod marked;
mod page;
mod partition;
mod people;
mod plan_file;
mod posts;
mod remind;
mod settings;
mod table_of_codes;
mod target;
mod update;
mod validate;
mod verify_plan;

use crate::Outcome;
use crate::cli::Command;
use crate::failure::Failure;
use crate::output::Output;

/// Runs a command.
pub fn run(command: Command, output: &mut Output) -> Result<Outcome, Failure> {
    match command {
        Command::Decode(args) => decode::run(&args, output),
        Command::Validate(args) => validate::run(&args, output),
        Command::Ask(args) => ask::run(&args, output),
        Command::Encode(args) => encode::run(&args, output),
        Command::Partition(args) => partition::run(&args, output),
        Command::Assign(args) => assign::run(&args, output),
        Command::Find(args) => find::run(&args, output),
        Command::Remind(args) => remind::run(&args, output),
        Command::Diff(args) => diff::run(&args, output),
        Command::Fix(args) => fix::run(&args, output),
        Command::Form(args) => form::run(&args, output),
        Command::Explain(args) => explain::run(&args, output),
        Command::Codebook(args) => codebook::run(&args, output),
        Command::Completions(args) => completions::run(&args, output),
        Command::Man(args) => man::run(&args, output),
    }
}
