//! Reads every record of a CSV file with the csv crate alone: the measure for what this program adds to reading.
//!
//! `cargo run --release --example bare_csv -- list.csv` prints the number of cells; `--strings` before the path
//! asks for checked UTF-8 in each of them.
#![allow(clippy::print_stdout, reason = "a program prints")]

use std::error::Error;
use std::ffi::OsStr;
use std::hint::black_box;

use csv::{ByteRecord, ReaderBuilder, StringRecord};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let strings = arguments
        .first()
        .is_some_and(|first| first == OsStr::new("--strings"));
    if strings {
        arguments.remove(0);
    }
    let path = arguments.first().ok_or("expected the path of a CSV file")?;
    let mut reader = ReaderBuilder::new().has_headers(false).from_path(path)?;
    let mut cells = 0;
    // One record is used again and again: the fastest way that the crate's own guide knows.
    if strings {
        let mut record = StringRecord::new();
        while reader.read_record(&mut record)? {
            cells += black_box(&record).len();
        }
    } else {
        let mut record = ByteRecord::new();
        while reader.read_byte_record(&mut record)? {
            cells += black_box(&record).len();
        }
    }
    println!("{cells} cells");
    Ok(())
}
