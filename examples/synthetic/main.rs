//! Makes the synthetic communities of `fixtures/communities`, and lists of any length for measuring.
//!
//! Run it with `cargo run --release --example synthetic`. The same arguments give the same bytes.

mod community;
mod files;
mod household_slips;
mod ids;
mod lists;
mod people;
mod plan;
mod resident_slips;
mod text;
mod workbook;

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use clap::Parser as _;
use jiff::civil::Date;

/// Makes a synthetic community: nobody in it exists.
#[derive(clap::Parser)]
struct Arguments {
    /// Another seed, another community.
    #[arg(long, default_value_t = files::SEED)]
    seed: u64,
    /// How many households; beyond one community only with --csv.
    #[arg(long, default_value_t = plan::HOUSEHOLDS)]
    households: usize,
    /// The folder for the files of one community.
    #[arg(long, default_value = "fixtures/communities")]
    out: PathBuf,
    /// The day on which the ages are true.
    #[arg(long, default_value_t = files::ON)]
    on: Date,
    /// Writes one list here instead, for measuring, in constant memory.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// With --csv: one row a resident instead of one row a household.
    #[arg(long, requires = "csv")]
    persons: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let asked = Arguments::parse();
    let mut out = io::stdout().lock();
    if let Some(path) = asked.csv {
        let file = BufWriter::with_capacity(1 << 20, File::create(&path)?);
        let rows = text::stream(file, asked.seed, asked.on, asked.households, asked.persons)?;
        writeln!(out, "{}: {rows} rows", path.display())?;
        return Ok(());
    }
    if asked.households > plan::HOUSEHOLDS {
        return Err(format!("one community has at most {} households", plan::HOUSEHOLDS).into());
    }
    fs::create_dir_all(&asked.out)?;
    for (name, bytes) in files::all(asked.seed, asked.on, asked.households)? {
        fs::write(asked.out.join(name), &bytes)?;
        writeln!(out, "{name}: {} bytes", bytes.len())?;
    }
    Ok(())
}
