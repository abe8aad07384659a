//! The ways in which dirty tokens can be read as a code, each with the changes it needs.

use std::ops::Range;

use super::token::{Form, Token};
use super::{
    Alphabet, Change, ChangeKind, Confidence, Flags, GridCode, ResidentLetter, TenureLetter, Unit,
};
use super::{lookalike, numeral};

/// One way to read a text.
pub(super) struct Reading {
    pub(super) code: GridCode,
    pub(super) changes: Vec<Change>,
    /// How many slips the writer must have made; what is only a matter of form counts nothing.
    pub(super) slips: u32,
    /// The code where a blank in the unit divides two numbers: `3 803Aa7` is 3803, or building 3 unit 803.
    pub(super) divided: Option<GridCode>,
    /// Where the flags stand in the text.
    pub(super) flags: Range<usize>,
}

/// All readings of the tokens of `text`.
pub(super) fn readings(text: &str, tokens: &[Token], alphabet: Alphabet) -> Vec<Reading> {
    let mut readings = Vec::new();
    for border in 1..tokens.len() {
        for order in [Order::Swapped, Order::Straight] {
            let notes = Notes {
                text,
                changes: Vec::new(),
                slips: 0,
            };
            readings.extend(read(tokens, border, order, alphabet, notes));
        }
    }
    readings
}

/// The reading in which the first letter is the token at `border`.
fn read(
    tokens: &[Token],
    border: usize,
    order: Order,
    alphabet: Alphabet,
    mut notes: Notes<'_>,
) -> Option<Reading> {
    let (unit, rest) = tokens.split_at_checked(border)?;
    let (first, rest) = rest.split_first()?;
    let (separator, rest) = leading_separator(rest);
    let (second, rest) = rest.split_first()?;
    let (unit, behind_blank) = notes.unit(unit)?;
    let (resident, tenure) = match order {
        Order::Straight => {
            let resident = notes.resident(first, alphabet)?;
            notes.take_off(separator, ChangeKind::Separator);
            (resident, notes.tenure(second, alphabet)?)
        }
        Order::Swapped => notes.swapped(first, second, alphabet)?,
    };
    let flags = notes.flags(rest)?;
    let (_, digits) = leading_separator(rest);
    let flags_span = match (digits.first(), digits.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    };
    let code = GridCode {
        unit,
        resident,
        tenure,
        flags,
    };
    Some(Reading {
        code,
        changes: notes.changes,
        slips: notes.slips,
        divided: behind_blank.map(|unit| GridCode { unit, ..code }),
        flags: flags_span,
    })
}

/// Which of the two letters comes first.
#[derive(Clone, Copy)]
enum Order {
    Straight,
    Swapped,
}

/// The changes of one reading while it is made.
struct Notes<'t> {
    text: &'t str,
    changes: Vec<Change>,
    slips: u32,
}

impl Notes<'_> {
    fn note(&mut self, start: usize, end: usize, after: impl Into<String>, kind: ChangeKind) {
        if kind.confidence() > Confidence::Safe {
            self.slips += 1;
        }
        self.changes.push(Change {
            span: start..end,
            before: self.text.get(start..end).unwrap_or_default().to_owned(),
            after: after.into(),
            kind,
            confidence: kind.confidence(),
        });
    }

    fn take_off(&mut self, tokens: &[Token], kind: ChangeKind) {
        if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
            self.note(first.start, last.end, "", kind);
        }
    }

    /// Notes what turns a token into `meant`, which is `kind` where even its plain form is another character.
    fn settle(&mut self, token: &Token, meant: char, kind: ChangeKind) {
        let kind = match token.form {
            _ if token.plain != meant => kind,
            Form::Plain => return,
            Form::FullWidth => ChangeKind::FullWidth,
            Form::Special => ChangeKind::Form,
        };
        self.note(token.start, token.end, meant, kind);
    }

    /// The unit, and the unit behind the last blank where blanks divide the digits.
    fn unit(&mut self, tokens: &[Token]) -> Option<(Unit, Option<Unit>)> {
        let mut tokens = tokens;
        if let Some((mark, rest)) = tokens.split_first()
            && mark.plain == '\''
        {
            self.take_off(std::slice::from_ref(mark), ChangeKind::TextMark);
            tokens = rest;
        }
        let (before, separator) = trailing(tokens, 1, lookalike::is_separator);
        let (digits, word) = trailing(before, 2, |c| matches!(c, '室' | '号' | '房'));
        let written = self.digits(digits)?;
        self.take_off(word, ChangeKind::UnitWord);
        self.take_off(separator, ChangeKind::Separator);
        let divided = digits
            .iter()
            .skip(1)
            .rposition(|token| token.after_blank)
            .and_then(|index| written.get(index + 1..));
        Some((unit(&written)?, divided.and_then(unit)))
    }

    fn digits(&mut self, tokens: &[Token]) -> Option<String> {
        if let (Some(first), Some(last)) = (tokens.first(), tokens.last())
            && tokens.iter().all(|token| numeral::is_numeral(token.plain))
        {
            let said: Vec<char> = tokens.iter().map(|token| token.plain).collect();
            // A blank would divide words, not places: leave it to somebody who can ask.
            let divided = tokens.iter().skip(1).any(|token| token.after_blank);
            let digits = numeral::digits(&said).filter(|_| !divided)?;
            self.note(first.start, last.end, digits.clone(), ChangeKind::Numeral);
            return Some(digits);
        }
        // A unit of nothing but O and l is more likely a word.
        if !tokens.iter().any(|token| token.plain.is_ascii_digit()) {
            return None;
        }
        let mut written = String::new();
        for token in tokens {
            let digit = match token.plain {
                digit if digit.is_ascii_digit() => digit,
                other => lookalike::digit(other)?,
            };
            self.settle(token, digit, ChangeKind::LetterForDigit);
            written.push(digit);
        }
        Some(written)
    }

    fn resident(&mut self, token: &Token, alphabet: Alphabet) -> Option<ResidentLetter> {
        let latin = latin(token)?;
        let letter = ResidentLetter::new(latin.to_ascii_uppercase())?;
        self.letter(token, latin, letter.as_char());
        Some(letter).filter(|letter| alphabet.has_resident(*letter))
    }

    fn tenure(&mut self, token: &Token, alphabet: Alphabet) -> Option<TenureLetter> {
        let latin = latin(token)?;
        let letter = TenureLetter::new(latin.to_ascii_lowercase())?;
        self.letter(token, latin, letter.as_char());
        Some(letter).filter(|letter| alphabet.has_tenure(*letter))
    }

    fn letter(&mut self, token: &Token, latin: char, meant: char) {
        if latin == token.plain {
            self.settle(token, meant, ChangeKind::Case);
        } else {
            self.settle(token, meant, ChangeKind::LookAlike);
            self.slips += u32::from(latin != meant);
        }
    }

    /// The two letters where the tenure comes first. Both stand at a wrong place, which is as many
    /// slips as two wrong cases: `803aB7` is `803Ba7` or `803Ab7`, and nothing says which.
    fn swapped(
        &mut self,
        first: &Token,
        second: &Token,
        alphabet: Alphabet,
    ) -> Option<(ResidentLetter, TenureLetter)> {
        let (small, capital) = (latin(first)?, latin(second)?);
        let resident =
            ResidentLetter::new(capital).filter(|letter| alphabet.has_resident(*letter))?;
        let tenure = TenureLetter::new(small).filter(|letter| alphabet.has_tenure(*letter))?;
        self.slips += 1 + u32::from(small != first.plain) + u32::from(capital != second.plain);
        self.note(
            first.start,
            second.end,
            format!("{resident}{tenure}"),
            ChangeKind::Swapped,
        );
        Some((resident, tenure))
    }

    fn flags(&mut self, tokens: &[Token]) -> Option<Flags> {
        let (separator, tokens) = leading_separator(tokens);
        let digits: Option<Vec<u8>> = tokens
            .iter()
            .map(|token| u8::try_from(token.plain.to_digit(10)?).ok())
            .collect();
        // More than ten digits are no flags but, perhaps, a telephone number.
        let digits = digits.filter(|digits| digits.len() <= 10)?;
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            // Nothing follows a separator: something is missing.
            return separator.is_empty().then_some(Flags::NONE);
        };
        self.take_off(separator, ChangeKind::Separator);
        let flags: Flags = digits.iter().copied().collect();
        if !digits.is_sorted() {
            self.note(
                first.start,
                last.end,
                flags.to_string(),
                ChangeKind::FlagOrder,
            );
            return Some(flags);
        }
        let mut before = None;
        for (token, digit) in tokens.iter().zip(digits) {
            if before == Some(digit) {
                self.take_off(std::slice::from_ref(token), ChangeKind::FlagRepeated);
            } else {
                self.settle(token, token.plain, ChangeKind::Form);
            }
            before = Some(digit);
        }
        Some(flags)
    }
}

fn latin(token: &Token) -> Option<char> {
    if token.plain.is_ascii_alphabetic() {
        Some(token.plain)
    } else {
        lookalike::latin(token.plain)
    }
}

fn leading_separator(tokens: &[Token]) -> (&[Token], &[Token]) {
    let length = tokens
        .first()
        .is_some_and(|token| lookalike::is_separator(token.plain));
    tokens
        .split_at_checked(length.into())
        .unwrap_or((&[], tokens))
}

/// Splits up to `most` tokens of a sort off the end.
fn trailing(tokens: &[Token], most: usize, sort: impl Fn(char) -> bool) -> (&[Token], &[Token]) {
    let length = tokens
        .iter()
        .rev()
        .take(most)
        .take_while(|token| sort(token.plain))
        .count();
    tokens
        .split_at_checked(tokens.len() - length)
        .unwrap_or((tokens, &[]))
}

fn unit(digits: &str) -> Option<Unit> {
    Unit::new(digits.parse().ok()?, digits.len().try_into().ok()?)
}
