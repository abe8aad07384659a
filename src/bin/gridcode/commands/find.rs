//! `gridcode find`: from an address or a code to the grid and the people who answer for it.

use std::io::{BufRead as _, IsTerminal as _, stdin};

use gridcode::report::staff::found;
use gridcode::staff::{Answer, Asked, AssignOptions};

use super::findings::write_json;
use super::people::{Staffed, personal, say, staffed};
use super::settings::{codebook, options};
use crate::Outcome;
use crate::cli::{Find, FindFormat};
use crate::failure::Failure;
use crate::output::Output;

pub fn run(args: &Find, output: &mut Output) -> Result<Outcome, Failure> {
    let questions = questions(&args.inputs)?;
    let book = codebook(&args.codebook)?;
    let reading = options(&book, &args.reading, None, output)?;
    let wishes = AssignOptions {
        show_values: args.people.show_values,
        ..AssignOptions::default()
    };
    let Staffed {
        assignment, read, ..
    } = staffed(
        &args.grids,
        &args.roster,
        None,
        &args.people,
        (&reading, wishes),
        output,
    )?;
    // What is missing in the roster is `assign`'s news; only what the files themselves have wrong is said here.
    say(read.iter(), output);
    let asked: Vec<Asked> = questions
        .iter()
        .map(|text| assignment.ground.find(text))
        .collect();
    let show = personal(&args.people, true);
    if args.json || args.format == FindFormat::Json {
        write_json(
            output,
            &found::json(&assignment, &asked, show),
            output.is_terminal(),
        )?;
    } else {
        let lang = output.lang();
        for one in &asked {
            let text = found::text(&assignment, one, show, lang, &|style, text| {
                output.paint(style, text)
            });
            output.line(&text)?;
        }
    }
    let is_found = asked
        .iter()
        .all(|one| matches!(one.answer, Answer::Found(_)));
    Ok(if is_found {
        Outcome::Sound
    } else {
        Outcome::Findings
    })
}

fn questions(inputs: &[String]) -> Result<Vec<String>, Failure> {
    let mut questions = Vec::new();
    for input in inputs {
        if input != "-" {
            questions.push(input.clone());
            continue;
        }
        let stdin = stdin();
        if stdin.is_terminal() {
            return Err(Failure::said(
                "标准输入是终端：请用管道输入地址，一行一个",
                "standard input is a terminal: pipe addresses in, one a line",
            ));
        }
        for line in stdin.lock().lines() {
            let line = line?;
            let line = line.trim_start_matches('\u{feff}').trim();
            if !line.is_empty() {
                questions.push(line.to_owned());
            }
        }
    }
    Ok(questions)
}
