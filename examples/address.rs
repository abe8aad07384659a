//! Reads addresses given as arguments, or a few of its own, and prints what each means.

#![allow(clippy::print_stdout, reason = "an example shows what it finds")]

use gridcode::Lang;
use gridcode::address::{Key, Reading, Style, parse};

fn main() {
    let mut texts: Vec<String> = std::env::args().skip(1).collect();
    if texts.is_empty() {
        texts = [
            "翠竹园三栋二单元八〇三",
            "3＃2—0803",
            "B座1203",
            "3-2",
            "2月3日",
        ]
        .map(str::to_owned)
        .to_vec();
    }
    for text in texts {
        match parse(&text) {
            Ok(Reading::Exact(door)) => {
                let key = Key::new("", "翠竹园", &door);
                println!("{text} → {door} | {} | {key}", door.styled(Style::Dashed));
            }
            Ok(Reading::Ambiguous(doors)) => {
                println!("{text} → {} doors:", doors.len());
                for door in doors {
                    let words = door.describe();
                    println!("    {door}: {} / {}", words.zh, words.en);
                }
            }
            Err(error) => println!("{text} → {} / {error}", error.message(Lang::Zh)),
        }
    }
}
