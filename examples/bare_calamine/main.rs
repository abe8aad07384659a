//! Reads every cell of a workbook's sheets with calamine alone: the measure for what this library adds to it.
//!
//! `cargo run --release --example bare_calamine -- list.xlsx` prints the number of cells.
#![allow(clippy::print_stdout, reason = "a program prints")]

use std::error::Error;

use calamine::{Reader, Xlsx, open_workbook};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os()
        .nth(1)
        .ok_or("expected the path of a workbook")?;
    let mut book: Xlsx<_> = open_workbook(path)?;
    let mut count = 0_u64;
    for sheet in book.sheet_names() {
        let mut cells = book.worksheet_cells_reader(&sheet)?;
        while let Some(cell) = cells.next_cell()? {
            std::hint::black_box(&cell);
            count += 1;
        }
    }
    println!("{count}");
    Ok(())
}
