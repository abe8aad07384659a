//! `repair`: the code that a dirty text was meant to be, with every change told.

use std::ops::Range;

use super::reading::{Reading, readings};
use super::token::tokens;
use super::{
    Alphabet, Change, ChangeKind, Confidence, GridCode, ParseError, Reason, Unrepairable, lost,
};

/// Longer texts, in bytes, are refused at once; a code is at most 17, and dirt seldom more than as many again.
const LONGEST: usize = 256;

/// A code made of a text, with every change that was needed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Repaired {
    /// The code.
    pub code: GridCode,
    /// The changes, from left to right and not overlapping: made in the text, they give the code's text.
    pub changes: Vec<Change>,
}

impl Repaired {
    /// How far the code can be trusted: as far as the worst of its changes.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        let all = self.changes.iter().map(|change| change.confidence);
        all.max().unwrap_or(Confidence::Safe)
    }
}

/// Makes a code of a text, with the published letters; a text that is a code stays as it is.
///
/// ```
/// use gridcode::code::{Confidence, repair};
/// let repaired = repair(" ８０３Ａａ７")?;
/// assert_eq!(repaired.code.to_string(), "803Aa7");
/// assert_eq!(repaired.confidence(), Confidence::Safe);
///
/// assert_eq!(repair("8O3Aa7")?.confidence(), Confidence::Suggested);
/// assert_eq!(repair("8.03E+05").unwrap_err().confidence(), Some(Confidence::Never));
/// # Ok::<(), gridcode::code::Unrepairable>(())
/// ```
///
/// # Errors
///
/// - what was typed is lost: scientific notation, a date, an error value of a spreadsheet, a replacement character
/// - several codes are equally likely: `803aB7`, `3 803Aa7`
/// - it is nothing near a code; the error is that of the strict parser
pub fn repair(text: &str) -> Result<Repaired, Unrepairable> {
    repair_in(text, Alphabet::PUBLISHED)
}

/// Makes a code of a text, with the letters of an alphabet.
///
/// # Errors
///
/// The same as those of [`repair`].
pub fn repair_in(text: &str, alphabet: Alphabet) -> Result<Repaired, Unrepairable> {
    let error = match GridCode::parse_in(text, alphabet) {
        Ok(code) => {
            return Ok(Repaired {
                code,
                changes: Vec::new(),
            });
        }
        Err(error) => error,
    };
    if text.len() > LONGEST {
        return refuse(Reason::Syntax, error);
    }
    let (tokens, removed) = tokens(text);
    let plain: String = tokens.iter().map(|token| token.plain).collect();
    if let Some(reason) = lost::reason(&plain) {
        return refuse(reason, error);
    }
    let mut readings = readings(text, &tokens, alphabet);
    readings.sort_by_key(|reading| reading.slips);
    let Some(best) = readings.first() else {
        return refuse(Reason::Syntax, error);
    };
    let likely = readings
        .iter()
        .take_while(|reading| reading.slips == best.slips);
    let mut codes: Vec<GridCode> = likely
        .flat_map(|reading| [Some(reading.code), reading.divided])
        .flatten()
        .collect();
    codes.sort();
    codes.dedup();
    if codes.len() > 1 {
        return refuse(Reason::Ambiguous(codes), error);
    }
    match readings.into_iter().next() {
        Some(reading) => Ok(Repaired {
            code: reading.code,
            changes: arrange(reading, removed),
        }),
        None => refuse(Reason::Syntax, error),
    }
}

fn refuse<T>(reason: Reason, error: ParseError) -> Result<T, Unrepairable> {
    Err(Unrepairable { reason, error })
}

/// All changes from left to right; those inside another are part of it, and neighbours of one kind are one.
fn arrange(reading: Reading, mut removed: Vec<Change>) -> Vec<Change> {
    let Reading {
        mut changes, flags, ..
    } = reading;
    removed.retain(|gone| !changes.iter().any(|change| holds(&change.span, &gone.span)));
    for gone in &mut removed {
        // A blank between two flags may divide the code from something else: somebody should look.
        if gone.kind == ChangeKind::Blank && holds(&flags, &gone.span) {
            gone.confidence = Confidence::Suggested;
        }
    }
    changes.extend(removed);
    changes.sort_by_key(|change| change.span.start);
    let mut arranged: Vec<Change> = Vec::with_capacity(changes.len());
    for change in changes {
        match arranged.last_mut() {
            Some(last) if (last.kind, last.span.end) == (change.kind, change.span.start) => {
                last.span.end = change.span.end;
                last.before.push_str(&change.before);
                last.after.push_str(&change.after);
            }
            _ => arranged.push(change),
        }
    }
    arranged
}

fn holds(whole: &Range<usize>, piece: &Range<usize>) -> bool {
    whole.start <= piece.start && piece.end <= whole.end
}
