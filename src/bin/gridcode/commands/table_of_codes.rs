//! `gridcode decode FILE`: the list as it was, with the parts of every code as columns.

use std::path::Path;

use gridcode::Text;
use gridcode::census::{self, Decoded};
use gridcode::codebook::Codebook;
use gridcode::report::text::{self, grouped};

use super::settings::options;
use super::target::{write_to, written};
use crate::Outcome;
use crate::cli::Decode;
use crate::failure::Failure;
use crate::inputs;
use crate::output::Output;
use crate::progress::Progress;

pub fn run(
    input: &str,
    args: &Decode,
    book: &Codebook,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    if args.format.is_some() || args.json {
        return Err(Failure::said(
            "--format 只用于编码；给文件加列时，格式由 -o 的文件名决定",
            "--format is for codes; a file's format follows from the name given with -o",
        ));
    }
    let mut options = options(book, &args.reading, None, output)?;
    let progress = Progress::new(output);
    options.watch = Some(&progress);
    let input = inputs::one(Path::new(input))?;
    let path = args.output.as_deref().unwrap_or(Path::new("-"));
    let lang = output.lang();
    let done = write_to(
        path,
        &input.source,
        &options.read,
        &args.writing,
        output.stdout(),
        |target| census::decode(&input.source, &options, lang, target),
    )?;
    progress.clear();
    for note in &done.account.notes {
        output.note(note);
    }
    let Decoded {
        account,
        without_code,
    } = done;
    let total = account.total();
    let (codes, wrong, none) = (
        grouped(total.codes),
        grouped(total.with_errors),
        grouped(without_code),
    );
    output.note(&Text::new(
        format!("已解码 {codes} 行，编码有误 {wrong} 行，没有编码 {none} 行"),
        format!("{codes} rows decoded, {wrong} with a wrong code, {none} without a code"),
    ));
    output.note(&Text::of(|lang| text::account(&total, lang)));
    if path.as_os_str() != "-" {
        output.note(&written(path));
    }
    Ok(if total.with_errors > 0 {
        Outcome::Findings
    } else {
        Outcome::Sound
    })
}
