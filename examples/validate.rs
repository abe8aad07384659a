//! Checks a list that is held in memory, and prints what is wrong with it and what became of every row.
//! `cargo run --example validate`
#![allow(clippy::print_stdout, reason = "a program prints")]

use gridcode::Lang;
use gridcode::census::{Options, check};
use gridcode::codebook::Codebook;
use gridcode::table::{Source, TableError};
use jiff::civil::date;

const LIST: &str = "\
楼栋,房号,居住类型,住房性质,网格编码
3栋,803,常住,自购房,803Aa8
3栋,804,流动,出租房,８０４Ｂｂ
3栋,805,常住,自购房,805Ca
";

fn main() -> Result<(), TableError> {
    let options = Options::new(Codebook::shushan(), date(2026, 11, 1));
    let source = Source::bytes("list.csv", LIST.as_bytes().to_vec());
    let account = check(&source, &options, &mut |finding| {
        let severity = finding.severity.label(Lang::En);
        println!(
            "{} {severity} {}: {}",
            finding.place, finding.rule, finding.message.en
        );
        if let Some(fix) = finding.fix {
            println!("  write {} ({})", fix.text, fix.confidence.label(Lang::En));
        }
    })?;
    let total = account.total();
    println!(
        "{} rows: {} accepted, {} with errors, {} skipped",
        total.rows,
        total.accepted,
        total.with_errors,
        total.skipped_rows()
    );
    Ok(())
}
