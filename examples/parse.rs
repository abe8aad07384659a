//! Reads codes from the arguments, explains what is wrong, and proposes repairs.
//! `cargo run --example parse -- 803Aa7 803Ca7 ８０３Ａａ７ 8.03E+05`
#![allow(clippy::print_stdout, reason = "a program prints")]

use gridcode::Lang;
use gridcode::code::{GridCode, repair};

fn main() {
    let mut texts: Vec<String> = std::env::args().skip(1).collect();
    if texts.is_empty() {
        texts = ["803Aa7", "803Ca7", "８０３Ａａ７", "8.03E+05"]
            .map(str::to_owned)
            .to_vec();
    }
    for text in &texts {
        match GridCode::parse(text) {
            Ok(code) => println!("{code}: unit {}, flags {:?}", code.unit, code.flags),
            Err(error) => {
                println!("{text}: {error}; {}", error.message(Lang::Zh));
                propose(text);
            }
        }
    }
}

fn propose(text: &str) {
    match repair(text) {
        Ok(repaired) => {
            println!(
                "  {} ({})",
                repaired.code,
                repaired.confidence().label(Lang::En)
            );
            for change in &repaired.changes {
                println!("  - {}", change.message(Lang::En));
            }
        }
        Err(refused) => println!("  no repair: {refused}"),
    }
}
