//! `gridcode codebook`: the key card.

use gridcode::codebook::Codebook;
use gridcode::report::card::card;

use super::settings::codebook;
use crate::Outcome;
use crate::cli::CodebookArgs;
use crate::failure::Failure;
use crate::output::Output;

pub fn run(args: &CodebookArgs, output: &mut Output) -> Result<Outcome, Failure> {
    if args.toml {
        let Some(text) = Codebook::builtin_toml(&args.codebook.codebook) else {
            return Err(Failure::said(
                format!("没有名为“{}”的内置码本", args.codebook.codebook),
                format!(
                    "no built-in codebook is called `{}`",
                    args.codebook.codebook
                ),
            ));
        };
        output.print(text)?;
        return Ok(Outcome::Sound);
    }
    let book = codebook(&args.codebook)?;
    let text = card(&book, output.lang(), args.words, &|style, text| {
        output.paint(style, text)
    });
    output.print(&text)?;
    Ok(Outcome::Sound)
}
