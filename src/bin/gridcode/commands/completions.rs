//! `gridcode completions`: scripts for shells, from the same definition as the command line.

use clap::CommandFactory as _;

use crate::Outcome;
use crate::cli::{Cli, Completions};
use crate::failure::Failure;
use crate::output::Output;

pub fn run(args: &Completions, output: &mut Output) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "gridcode", &mut script);
    output.print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Sound)
}
