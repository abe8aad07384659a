//! `gridcode man`: man pages, from the same definition as the command line.

use clap::CommandFactory as _;

use crate::Outcome;
use crate::cli::{Cli, Man};
use crate::failure::Failure;
use crate::output::Output;

pub fn run(args: &Man, output: &mut Output) -> Result<Outcome, Failure> {
    if let Some(folder) = &args.folder {
        std::fs::create_dir_all(folder)?;
        clap_mangen::generate_to(Cli::command(), folder)?;
    } else {
        let mut page = Vec::new();
        clap_mangen::Man::new(Cli::command()).render(&mut page)?;
        output.print(&String::from_utf8_lossy(&page))?;
    }
    Ok(Outcome::Sound)
}
