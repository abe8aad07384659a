//! `gridcode decode`: codes in words, line by line or with all that is known; or a file with the parts added.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::Path;

use gridcode::Text;
use gridcode::codebook::Codebook;
use gridcode::report::decoded::{self, Decoded};
use gridcode::report::delimited;
use gridcode::report::text::grouped;

use super::findings::{write_json, write_row};
use super::settings::codebook;
use super::table_of_codes;
use crate::Outcome;
use crate::cli::{Decode, Format};
use crate::failure::Failure;
use crate::output::Output;

pub fn run(args: &Decode, output: &mut Output) -> Result<Outcome, Failure> {
    let book = codebook(&args.codebook)?;
    if let [input] = args.inputs.as_slice()
        && (args.output.is_some() || is_file(input))
    {
        return table_of_codes::run(input, args, &book, output);
    }
    if args.output.is_some() {
        return Err(Failure::said(
            "-o 只用于一个文件：gridcode decode 住户.csv -o 住户_解码.csv",
            "-o goes with one file: gridcode decode households.csv -o decoded.csv",
        ));
    }
    if let Some(missing) = args.inputs.iter().find(|input| looks_like_file(input)) {
        return Err(Failure::said(
            format!("找不到文件“{missing}”，请检查文件名和所在文件夹"),
            format!("there is no file `{missing}`; check its name and folder"),
        ));
    }
    let format = if args.json {
        Format::Json
    } else {
        args.format.unwrap_or(Format::Text)
    };
    let mut codes = Codes {
        book: &book,
        format,
        output,
        count: 0,
        wrong: 0,
        json: Vec::new(),
    };
    codes.begin()?;
    match args.inputs.as_slice() {
        [] => codes.stdin()?,
        [dash] if dash == "-" => codes.stdin()?,
        inputs => {
            for input in inputs {
                codes.argument(input)?;
            }
        }
    }
    codes.end()
}

struct Codes<'a> {
    book: &'a Codebook,
    format: Format,
    output: &'a mut Output,
    count: u64,
    wrong: u64,
    json: Vec<String>,
}

impl Codes<'_> {
    fn begin(&mut self) -> Result<(), Failure> {
        if self.format == Format::Csv {
            write_row(self.output, delimited::decoded_header(self.output.lang()))?;
        }
        Ok(())
    }

    /// A code typed as an argument is explained with all that is known.
    fn argument(&mut self, text: &str) -> Result<(), Failure> {
        if self.format != Format::Text {
            return self.line(text);
        }
        let lang = self.output.lang();
        if self.count > 0 {
            self.output.line("")?;
        }
        let paint = |style, text: &str| self.output.paint(style, text);
        let said = match self.book.parse(text) {
            Ok(code) => decoded::words(code, self.book, lang, &paint),
            Err(error) => {
                self.wrong += 1;
                decoded::fault(text, &error, self.book, lang, &paint)
            }
        };
        self.count += 1;
        self.output.print(&said)
    }

    /// One of many codes gets one line.
    fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.count += 1;
        let lang = self.output.lang();
        let parsed = self.book.parse(text);
        self.wrong += u64::from(parsed.is_err());
        match self.format {
            Format::Text => {
                let line = decoded::line(text, parsed, self.book, lang, &|style, text| {
                    self.output.paint(style, text)
                });
                self.output.line(&line)
            }
            Format::Json => {
                self.json.push(text.to_owned());
                Ok(())
            }
            Format::Ndjson => write_json(self.output, &Decoded::new(text, self.book), false),
            Format::Csv => {
                let row = delimited::decoded(text, parsed, self.book, lang);
                write_row(self.output, row.each_ref().map(String::as_str))
            }
        }
    }

    fn stdin(&mut self) -> Result<(), Failure> {
        let stdin = std::io::stdin();
        if stdin.is_terminal() {
            return Err(Failure::said(
                "没有编码：gridcode decode 803Aa7，或从标准输入逐行读入；用法见 gridcode decode --help",
                "no code: gridcode decode 803Aa7, or lines on standard input; see gridcode decode --help",
            ));
        }
        let mut bytes = Vec::new();
        let mut stdin = stdin.lock();
        while stdin.read_until(b'\n', &mut bytes)? > 0 {
            let mut line = bytes.as_slice();
            line = line.strip_suffix(b"\n").unwrap_or(line);
            line = line.strip_suffix(b"\r").unwrap_or(line);
            let text = String::from_utf8_lossy(line);
            let text = if self.count == 0 {
                text.strip_prefix('\u{feff}').unwrap_or(&text)
            } else {
                &text
            };
            // Blank lines are nobody's codes.
            if !text.trim().is_empty() {
                self.line(text)?;
            }
            bytes.clear();
        }
        if self.format == Format::Text || self.format == Format::Csv {
            let (count, good, wrong) = (
                grouped(self.count),
                grouped(self.count - self.wrong),
                grouped(self.wrong),
            );
            self.output.note(&Text::new(
                format!("共 {count} 行：{good} 个编码，{wrong} 行有误"),
                format!("{count} lines: {good} codes, {wrong} wrong"),
            ));
        }
        Ok(())
    }

    fn end(self) -> Result<Outcome, Failure> {
        if self.format == Format::Json {
            let pretty = self.output.is_terminal();
            let decoded = self.json.iter().map(|text| Decoded::new(text, self.book));
            write_json(self.output, &decoded.collect::<Vec<_>>(), pretty)?;
        }
        Ok(if self.wrong > 0 {
            Outcome::Findings
        } else {
            Outcome::Sound
        })
    }
}

/// A name that is an existing file is a file; no grid code can be a file's name by accident unless somebody made it so.
fn is_file(input: &str) -> bool {
    input != "-"
        && Path::new(input).exists()
        && (looks_like_file(input) || Codebook::shushan().parse(input).is_err())
}

fn looks_like_file(input: &str) -> bool {
    let path = Path::new(input);
    let list = path.extension().is_some_and(|end| {
        crate::inputs::LISTS
            .iter()
            .any(|list| end.eq_ignore_ascii_case(list))
    });
    list || input.contains(std::path::MAIN_SEPARATOR)
}
