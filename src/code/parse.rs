//! Strict reading of a code's text: the grammar, and where a text leaves it.

use std::ops::ControlFlow;
use std::str::FromStr;

use nom::character::complete::anychar;
use nom::combinator::{all_consuming, map_opt};
use nom::{IResult, Parser};

use super::error::Expected;
use super::{Alphabet, Flags, GridCode, ParseError, ResidentLetter, TenureLetter, Unit};

impl GridCode {
    /// Reads a code with the published letters `A B a b`.
    ///
    /// # Errors
    ///
    /// - the text is empty
    /// - it does not begin with a digit: `Aa7`
    /// - the unit has more than five digits: `123456Aa7`
    /// - no resident type follows the unit, or a letter that is not in use: `803`, `803Ca7`
    /// - no tenure follows the resident type: `803A7`, `803AA7`
    /// - a flag is repeated, or smaller than the one before it: `803Aa77`, `803Aa85`
    /// - anything else stands behind the flags: `803Aa7 `
    ///
    /// ```
    /// use gridcode::GridCode;
    /// let code = GridCode::parse("803Aa7")?;
    /// assert_eq!(code.unit.number(), 803);
    /// assert!(code.flags.contains(7));
    /// assert_eq!(code.to_string(), "803Aa7");
    /// # Ok::<(), gridcode::code::ParseError>(())
    /// ```
    #[inline]
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        Self::parse_in(text, Alphabet::PUBLISHED)
    }

    /// Reads a code with the letters of an alphabet.
    ///
    /// ```
    /// use gridcode::code::{Alphabet, GridCode};
    /// assert!(GridCode::parse("803Ca7").is_err());
    /// assert!(GridCode::parse_in("803Ca7", Alphabet::ANY).is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// The same as those of [`parse`](Self::parse), with the letters of `alphabet`.
    #[inline]
    pub fn parse_in(text: &str, alphabet: Alphabet) -> Result<Self, ParseError> {
        // Ten megabytes of digits in a cell are refused at once.
        if text.len() > Self::MAX_LEN {
            return Err(explain(text, alphabet));
        }
        match code(text.as_bytes(), alphabet) {
            Ok((_, code)) => Ok(code),
            Err(_) => Err(explain(text, alphabet)),
        }
    }
}

impl FromStr for GridCode {
    type Err = ParseError;

    #[inline]
    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

// The grammar says only yes or no: `()` costs nothing on the way, and `explain` reads a refused
// text a second time.
type Step<'t, T> = IResult<&'t [u8], T, ()>;

#[inline]
fn code(text: &[u8], alphabet: Alphabet) -> Step<'_, GridCode> {
    all_consuming((
        unit,
        |rest| resident(rest, alphabet),
        |rest| tenure(rest, alphabet),
        flags,
    ))
    .map(|(unit, resident, tenure, flags)| GridCode {
        unit,
        resident,
        tenure,
        flags,
    })
    .parse(text)
}

#[inline]
fn unit(text: &[u8]) -> Step<'_, Unit> {
    let (rest, (number, count)) = digits(text, (0, 0), |(number, count), digit| {
        (count < Unit::MAX_DIGITS).then(|| (number * 10 + u32::from(digit), count + 1))
    })?;
    Unit::new(number, count)
        .map(|unit| (rest, unit))
        .ok_or(nom::Err::Error(()))
}

#[inline]
fn resident(text: &[u8], alphabet: Alphabet) -> Step<'_, ResidentLetter> {
    map_opt(anychar, |letter| {
        ResidentLetter::new(letter).filter(|letter| alphabet.has_resident(*letter))
    })
    .parse(text)
}

#[inline]
fn tenure(text: &[u8], alphabet: Alphabet) -> Step<'_, TenureLetter> {
    map_opt(anychar, |letter| {
        TenureLetter::new(letter).filter(|letter| alphabet.has_tenure(*letter))
    })
    .parse(text)
}

#[inline]
fn flags(text: &[u8]) -> Step<'_, Flags> {
    digits(text, Flags::NONE, Flags::with_higher)
}

/// Takes all leading digits and folds them on the way; nom's own `take_while` would have them gone over twice.
#[inline]
fn digits<T>(text: &[u8], none: T, mut add: impl FnMut(T, u8) -> Option<T>) -> Step<'_, T> {
    let (mut rest, mut all) = (text, none);
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        all = add(all, digit & 0xf).ok_or(nom::Err::Error(()))?;
        rest = after;
    }
    Ok((rest, all))
}

/// Finds the first place where `text` leaves the grammar; called for refused texts only.
#[cold]
#[inline(never)]
fn explain(text: &str, alphabet: Alphabet) -> ParseError {
    let refuse =
        |expected, start| ControlFlow::Break(ParseError::at(text, expected, start, alphabet));
    match walk(text, alphabet, refuse) {
        ControlFlow::Break(error) => error,
        // Not reached while both readings agree, which the properties in tests/it/code.rs hold.
        ControlFlow::Continue(end) => ParseError::at(text, Expected::End, end, alphabet),
    }
}

fn walk<R>(
    text: &str,
    alphabet: Alphabet,
    refuse: impl Fn(Expected, usize) -> ControlFlow<R>,
) -> ControlFlow<R, usize> {
    let byte = |at: usize| text.as_bytes().get(at).map(|byte| char::from(*byte));
    if text.is_empty() {
        refuse(Expected::Anything, 0)?;
    }
    let mut at = text
        .bytes()
        .take(ParseError::COUNTED_DIGITS)
        .take_while(u8::is_ascii_digit)
        .count();
    if at == 0 {
        refuse(Expected::Unit, 0)?;
    }
    if at > usize::from(Unit::MAX_DIGITS) {
        refuse(Expected::ShorterUnit { digits: at }, 0)?;
    }
    if !byte(at)
        .and_then(ResidentLetter::new)
        .is_some_and(|letter| alphabet.has_resident(letter))
    {
        refuse(Expected::Resident, at)?;
    }
    at += 1;
    if !byte(at)
        .and_then(TenureLetter::new)
        .is_some_and(|letter| alphabet.has_tenure(letter))
    {
        refuse(Expected::Tenure, at)?;
    }
    at += 1;
    let mut seen = Flags::NONE;
    let mut last = 0;
    while let Some(digit) = byte(at).and_then(|found| found.to_digit(10)) {
        // One decimal digit.
        #[expect(clippy::cast_possible_truncation, reason = "to_digit(10) gives 0 to 9")]
        let digit = digit as u8;
        if seen.contains(digit) {
            refuse(Expected::OtherFlag, at)?;
        }
        if digit < last {
            refuse(Expected::HigherFlag { last }, at)?;
        }
        seen = seen.with(digit);
        last = digit;
        at += 1;
    }
    if at < text.len() {
        refuse(Expected::End, at)?;
    }
    ControlFlow::Continue(at)
}
