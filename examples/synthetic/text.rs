//! Lists as text: CSV files of every encoding, and the stream for measuring.

use std::io::{self, Write};

use encoding_rs::GB18030;
use jiff::civil::Date;

use super::community::Source;
use super::lists::{Cell, HOUSEHOLD_COLUMNS, RESIDENT_COLUMNS, household_row, resident_rows};

/// The byte order mark by which Excel knows UTF-8.
const MARK: &str = "\u{feff}";

/// CSV with CRLF, as Excel saves it.
pub(crate) fn csv(header: &[&str], rows: &[Vec<Cell>]) -> io::Result<String> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row.iter().map(Cell::text))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| io::Error::other(error.to_string()))?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// As Excel saves “CSV UTF-8”.
pub(crate) fn utf8(text: &str) -> Vec<u8> {
    format!("{MARK}{text}").into_bytes()
}

/// As a Chinese Excel saves “CSV”.
pub(crate) fn gb18030(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

/// The same bytes for the same text: the header names no time and no file.
pub(crate) fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = flate2::GzBuilder::new().write(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    writer.finish()
}

/// Writes any number of households in the memory of one community; gives the number of rows.
pub(crate) fn stream(
    out: impl Write,
    seed: u64,
    on: Date,
    households: usize,
    residents: bool,
) -> io::Result<u64> {
    let mut writer = csv::Writer::from_writer(out);
    if residents {
        writer.write_record(RESIDENT_COLUMNS)?;
    } else {
        writer.write_record(HOUSEHOLD_COLUMNS)?;
    }
    let mut source = Source::new(seed, on);
    let (mut left, mut rows) = (households, 0);
    while left > 0 {
        let homes = source.community(left);
        left -= homes.len();
        for home in &homes {
            if residents {
                for row in resident_rows(home) {
                    writer.write_record(row.iter().map(Cell::text))?;
                    rows += 1;
                }
            } else {
                writer.write_record(household_row(home).iter().map(Cell::text))?;
                rows += 1;
            }
        }
    }
    writer.flush()?;
    Ok(rows)
}
