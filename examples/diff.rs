//! Compares the lists of two months, and prints what is different.
//! `cargo run --example diff`
#![allow(clippy::print_stdout, reason = "a program prints")]

use gridcode::Lang;
use gridcode::census::Options;
use gridcode::census::diff::{DiffError, diff};
use gridcode::codebook::Codebook;
use gridcode::report::{diff_text, text::plain};
use gridcode::table::Source;
use jiff::civil::date;

const OCTOBER: &str = "\
楼栋,单元,房号,居住类型,住房性质,人数
三栋,2单元,803,常住,自购房,3
三栋,2单元,606,流动,出租房,1
";
const NOVEMBER: &str = "\
楼号,单元号,门牌号,居住类型,住房性质,人数
3#,2,704,流动,出租房,2
3#,2,803,常住,出租房,4
";

fn main() -> Result<(), DiffError> {
    let options = Options::new(Codebook::shushan(), date(2026, 11, 1));
    let source = |name: &str, text: &str| Source::bytes(name, text.as_bytes().to_vec());
    let (old, new) = (
        source("october.csv", OCTOBER),
        source("november.csv", NOVEMBER),
    );
    let found = diff(&old, &new, &options)?;
    for change in &found.changes {
        println!("{}", diff_text::change(change, Lang::En, &plain));
    }
    print!("{}", diff_text::totals(&found, Lang::En, &plain));
    Ok(())
}
