//! The command line program: arguments to a command, a command to an exit code.

#![allow(
    unreachable_pub,
    missing_docs,
    reason = "a program has no public API; its items are seen by its own modules only"
)]

mod cli;
mod commands;
mod double_click;
mod failure;
mod inputs;
mod interrupt;
mod language;
mod output;
mod progress;
mod usage;
mod window;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use cli::Cli;
use failure::Failure;
use output::Output;

/// How a run ended, where it ended at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing wrong.
    Sound,
    /// Something was found.
    Findings,
    /// A file could not be worked on, the others could.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Sound => Self::SUCCESS,
            Outcome::Findings => Self::from(1),
            Outcome::Failed => Self::from(2),
        }
    }
}

fn main() -> ExitCode {
    let arguments = double_click::arguments();
    language::settle(arguments.iter());
    // Whatever happens from here on, a panic included, can be read before the window closes.
    let window = window::Window::of(&arguments);
    let code = run(&arguments);
    drop(window);
    code
}

fn run(arguments: &[OsString]) -> ExitCode {
    let command = if usage::is_brief(arguments.iter()) {
        cli::brief()
    } else {
        Cli::command()
    };
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return usage::explain(&error),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return usage::explain(&error),
    };
    let mut output = Output::new(&cli.manners);
    match commands::run(cli.command, &mut output)
        .and_then(|outcome| output.flush().map(|()| outcome))
    {
        Ok(outcome) => outcome.into(),
        Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Err(failure) => {
            output.failure(&failure);
            Outcome::Failed.into()
        }
    }
}
