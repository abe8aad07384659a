//! Derives the code of every household from the rows of its residents, and prints the rows with it.
//! `cargo run --example encode`
#![allow(clippy::print_stdout, reason = "a program prints")]

use gridcode::census::{Options, Target, encode};
use gridcode::codebook::Codebook;
use gridcode::table::{Source, TableError};
use jiff::civil::date;

const RESIDENTS: &str = "\
楼栋,房号,与户主关系,年龄,居住类型,住房性质
3栋,803,户主,52,常住,自购房
3栋,803,父亲,81,常住,自购房
3栋,804,户主,30,流动,出租房
";

/// Takes the rows as they come.
struct Printed;

impl Target for Printed {
    fn sheet(&mut self, _name: Option<&str>, _headers: u64) -> Result<(), TableError> {
        Ok(())
    }

    fn row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<(), TableError> {
        println!("{}", cells.collect::<Vec<_>>().join(" | "));
        Ok(())
    }
}

fn main() -> Result<(), TableError> {
    let options = Options::new(Codebook::shushan(), date(2026, 11, 1));
    let source = Source::bytes("residents.csv", RESIDENTS.as_bytes().to_vec());
    let done = encode(&source, &options, &mut Printed, &mut |finding| {
        println!("{}: {}", finding.place, finding.message.en);
    })?;
    println!("{} households coded, {} not", done.coded, done.uncoded);
    Ok(())
}
