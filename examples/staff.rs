//! Gives grids their people and finds who answers for a door, for lists held in memory.
//! `cargo run --example staff`
#![allow(clippy::print_stdout, reason = "a program prints")]

use gridcode::Lang;
use gridcode::census::Options;
use gridcode::codebook::Codebook;
use gridcode::report::staff::{Personal, finding, found};
use gridcode::report::text::plain;
use gridcode::staff::{AssignOptions, Ground, Roster, RosterOptions, assign};
use gridcode::table::Source;
use jiff::civil::date;

const GRIDS: &str = "楼栋,房号,网格\n3栋,803,01\n3栋,804,01\n5栋,101,02\n";
const STAFF: &str = "姓名,职务,电话,负责网格\n甲,总网格长,,\n乙,专职网格员,,01\n丙,专职网格员,,\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = Options::new(Codebook::shushan(), date(2026, 11, 1));
    let mut told = Vec::new();
    let grids = Source::bytes("grids.csv", GRIDS.into());
    let ground = Ground::read(&grids, &options, &mut |_| {}, &mut |one| told.push(one))?;
    let how = RosterOptions::default();
    let mut roster = Roster::default();
    let staff = Source::bytes("staff.csv", STAFF.into());
    roster.read(&staff, &how, &mut |one| told.push(one))?;
    let duties = assign(ground, roster, how.roles, AssignOptions::default());
    for one in told.iter().chain(&duties.findings) {
        println!("{}", finding(one, Lang::En, &plain));
    }
    let show = Personal {
        names: true,
        phones: false,
    };
    let door = duties.ground.find("5栋101");
    println!("{}", found::text(&duties, &door, show, Lang::En, &plain));
    Ok(())
}
