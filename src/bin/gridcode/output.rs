//! What reaches the user: data on stdout, words about the run on stderr, colour only where it is wanted.

use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write};

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style as Ansi};
use gridcode::report::text::{Style, escape};
use gridcode::{Lang, Text};

use crate::cli::{ColorWhen, Manners};
use crate::failure::Failure;
use crate::language::lang;

/// The two streams and the user's wishes about them.
pub struct Output {
    stdout: BufWriter<Stdout>,
    terminal: bool,
    colour: Colour,
    quiet: bool,
    lang: Lang,
}

/// Where colour is wanted.
struct Colour {
    stdout: bool,
    stderr: bool,
}

impl Output {
    pub fn new(manners: &Manners) -> Self {
        Self {
            stdout: BufWriter::with_capacity(1 << 16, io::stdout()),
            terminal: io::stdout().is_terminal(),
            // Each stream for itself: one may be a terminal, the other a file.
            colour: Colour {
                stdout: takes_colour(io::stdout(), manners.color),
                stderr: takes_colour(io::stderr(), manners.color),
            },
            quiet: manners.quiet,
            lang: lang(),
        }
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Escapes text that may come from a file, and colours it.
    pub fn paint(&self, style: Style, text: &str) -> String {
        coloured(self.colour.stdout, style, text)
    }

    /// Data: a text as it is.
    pub fn print(&mut self, text: &str) -> Result<(), Failure> {
        Ok(self.stdout.write_all(text.as_bytes())?)
    }

    /// Data: a line.
    pub fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.print(text)?;
        self.print("\n")
    }

    /// The stream itself, for whoever writes a table or JSON into it.
    pub fn stdout(&mut self) -> &mut (impl Write + use<>) {
        &mut self.stdout
    }

    /// Whether stdout is a person's terminal.
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// A word about the run, on stderr, unless the user wants quiet.
    pub fn note(&mut self, text: &Text) {
        if !self.quiet {
            // What was printed so far belongs before what is said of it.
            let _ = self.stdout.flush();
            // A closed stderr is no reason to stop.
            let _ = writeln!(io::stderr(), "{}", escape_lines(text.get(self.lang)));
        }
    }

    /// A question to a person, on stderr, always; the answer is typed behind it.
    pub fn question(&mut self, text: &Text) {
        let _ = self.stdout.flush();
        let _ = write!(io::stderr(), "{}", text.get(self.lang));
    }

    /// Why something could not be done, on stderr, always.
    pub fn failure(&mut self, failure: &Failure) {
        // What was printed so far belongs before the reason why there is no more.
        let _ = self.stdout.flush();
        let word = self.lang.pick("无法完成", "cannot go on");
        let word = coloured(self.colour.stderr, Style::Error, word);
        let colon = self.lang.pick("：", ": ");
        let text = failure.text();
        let _ = writeln!(
            io::stderr(),
            "{word}{colon}{}",
            escape_lines(text.get(self.lang))
        );
    }

    /// Whether words about the run are wanted.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    pub fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.stdout.flush()?)
    }
}

/// Whether a stream is written to in colour. A Windows console has to be told first that colours will come, which
/// making the stream does; one that does not understand them gets none, rather than their signs among the words.
fn takes_colour<S: RawStream>(stream: S, when: ColorWhen) -> bool {
    let choice = match when {
        ColorWhen::Always => ColorChoice::AlwaysAnsi,
        ColorWhen::Never => ColorChoice::Never,
        // Honours NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM=dumb.
        ColorWhen::Auto => AutoStream::choice(&stream),
    };
    AutoStream::new(stream, choice).current_choice() == ColorChoice::AlwaysAnsi
}

/// Our own texts may have several lines; each is escaped for itself.
fn escape_lines(text: &str) -> String {
    text.split('\n').map(escape).collect::<Vec<_>>().join("\n")
}

/// Escapes text that may come from a file, and colours it where wanted.
fn coloured(colour: bool, style: Style, text: &str) -> String {
    let safe = escape(text);
    if !colour {
        return safe;
    }
    let ansi = match style {
        Style::Plain => return safe,
        Style::Title => Ansi::new().bold(),
        Style::Error => AnsiColor::Red.on_default().bold(),
        Style::Warning => AnsiColor::Yellow.on_default().bold(),
        Style::Note => AnsiColor::Cyan.on_default(),
        Style::Place => AnsiColor::Blue.on_default(),
        Style::Fix => AnsiColor::Green.on_default(),
        Style::Dim => Ansi::new().dimmed(),
    };
    format!("{ansi}{safe}{ansi:#}")
}
