//! `gridcode find`: from an address or a code to the grid and the people who answer for it.

use std::io::{IsTerminal as _, stdin};

use gridcode::report::staff::found;
use gridcode::row::Row;
use gridcode::staff::{Answer, Asked, AssignOptions};
use gridcode::table::{Book, ReadOptions, Source, TableError};

use super::findings::write_json;
use super::people::{Staffed, personal, say, staffed};
use super::settings::{codebook, options};
use crate::Outcome;
use crate::cli::{Find, FindFormat};
use crate::failure::Failure;
use crate::output::Output;

pub fn run(args: &Find, output: &mut Output) -> Result<Outcome, Failure> {
    let book = codebook(&args.codebook)?;
    let reading = options(&book, &args.reading, None, output)?;
    let questions = questions(&args.inputs, &reading.read)?;
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

fn questions(inputs: &[String], read: &ReadOptions) -> Result<Vec<String>, Failure> {
    let mut questions = Vec::new();
    for input in inputs {
        if input == "-" {
            questions.extend(lines(read)?);
        } else {
            questions.push(input.clone());
        }
    }
    Ok(questions)
}

/// The lines of standard input, in whatever encoding they are.
fn lines(read: &ReadOptions) -> Result<Vec<String>, Failure> {
    let stdin = stdin();
    if stdin.is_terminal() {
        return Err(Failure::said(
            "标准输入是终端：请用管道输入地址，一行一个",
            "standard input is a terminal: pipe addresses in, one a line",
        ));
    }
    let failure = |error| Failure::table("-", error);
    let source = Source::reader("-", stdin.lock()).map_err(failure)?;
    // A comma is a part of the line; a tab is in no address.
    let read = ReadOptions {
        delimiter: Some('\t'),
        ..read.clone()
    };
    let mut book = match Book::open(&source, &read) {
        Err(TableError::Empty { .. }) => return Ok(Vec::new()),
        opened => opened.map_err(failure)?,
    };
    let mut rows = book.rows(0).map_err(failure)?;
    let mut row = Row::default();
    let mut found = Vec::new();
    while rows.next_row(&mut row).map_err(failure)? {
        let line = row.iter().collect::<Vec<_>>().join(" ");
        if !line.trim().is_empty() {
            found.push(line.trim().to_owned());
        }
    }
    Ok(found)
}
