//! What is wrong with the cell of a grid code: of four rules exactly one speaks about it.

use std::ops::Range;

use crate::code::{ChangeKind, Confidence, GridCode, Part, Reason, Repaired, Unrepairable};
use crate::household::Entry;

/// Why a code cannot be read as it stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trouble<'e> {
    /// Only full-width forms, blanks or invisible characters stand in the way.
    Width(&'e Repaired),
    /// Other characters stand where letters and digits of their looks belong.
    LookAlike(&'e Repaired),
    /// A spreadsheet has made scientific notation of it.
    Scientific,
    /// A spreadsheet has made a date of it.
    Date(&'e Unrepairable),
    /// Anything else.
    Syntax,
}

/// Why the code of a row cannot be read as it stands; `None` where it can, or where there is none.
pub(super) fn trouble<'e>(entry: &'e Entry<'_>) -> Option<Trouble<'e>> {
    let Some(Err(_)) = &entry.code else {
        return None;
    };
    Some(match &entry.repair {
        Some(Ok(repaired)) if repaired.confidence() == Confidence::Safe => Trouble::Width(repaired),
        Some(Ok(repaired)) if only_look_alikes(repaired) => Trouble::LookAlike(repaired),
        Some(Err(lost)) if *lost.reason() == Reason::Scientific => Trouble::Scientific,
        Some(Err(lost)) if *lost.reason() == Reason::Date => Trouble::Date(lost),
        _ => Trouble::Syntax,
    })
}

fn only_look_alikes(repaired: &Repaired) -> bool {
    repaired.changes.iter().all(|change| {
        change.confidence == Confidence::Safe
            || matches!(
                change.kind,
                ChangeKind::LookAlike | ChangeKind::LetterForDigit
            )
    })
}

/// Where a part stands in a code's own text; of the flags all digits.
pub(super) fn span(code: GridCode, part: Part) -> Range<usize> {
    let unit = usize::from(code.unit.digits());
    match part {
        Part::Unit => 0..unit,
        Part::Resident => unit..unit + 1,
        Part::Tenure => unit + 1..unit + 2,
        Part::Flags => unit + 2..unit + 2 + code.flags.iter().count(),
    }
}

/// Where one flag stands in a code's own text.
pub(super) fn flag_span(code: GridCode, digit: u8) -> Range<usize> {
    let before = code.flags.iter().take_while(|other| *other < digit).count();
    let at = span(code, Part::Flags).start + before;
    at..at + 1
}
