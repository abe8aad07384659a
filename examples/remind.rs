//! Tells what comes due in a month, for a list held in memory.
//! `cargo run --example remind`
#![allow(clippy::print_stdout, reason = "a program prints")]

use gridcode::Lang;
use gridcode::census::Options;
use gridcode::codebook::Codebook;
use gridcode::reminder::{Asked, Events, collect};
use gridcode::report::reminder::text::{line, people};
use gridcode::report::text::plain;
use gridcode::table::Source;
use jiff::civil::date;

const LIST: &str = "楼栋,单元,房号,与户主关系,性别,出生日期,居住类型,住房性质\n\
    3栋,2单元,803,户主,女,1966-12-05,常住,自购房\n\
    3栋,2单元,803,配偶,男,,常住,自购房\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let source = Source::bytes("list.csv", LIST.into());
    let options = Options::new(Codebook::shushan(), date(2026, 11, 1));
    let asked = Asked {
        from: date(2026, 12, 1),
        to: date(2026, 12, 31),
        events: Events::builtin(),
        post: None,
    };
    let due = collect(&source, &options, &asked, &mut |_| {})?;
    for reminder in &due.lines {
        println!("{}", line(reminder, Lang::En, &plain));
    }
    for note in people(&due.people) {
        println!("{}", note.get(Lang::En));
    }
    Ok(())
}
