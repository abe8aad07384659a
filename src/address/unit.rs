//! `Unit`: the text of a room within its entrance.

use std::fmt;

use smol_str::{SmolStr, format_smolstr};

use crate::code;

/// A room, its text kept as written: `803`, `0803`, `803-1`, `27-7`, `803A`, `负101`, `附2号`, `门面3`.
///
/// Only the writing is normalised: `８０３`, `八〇三` and `803室` are all `803`. `0803` and `803` are
/// different units; a [`Key`](super::Key) takes them for the same door.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unit(pub(super) SmolStr);

impl Unit {
    /// The text: `803`.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The one to five digits that a grid code can carry; `None` for `803-1`, `803A` or `门面3`.
    ///
    /// ```
    /// use gridcode::address::{Reading, parse};
    /// let digits = |text| match parse(text) {
    ///     Ok(Reading::Exact(door)) => door.unit.and_then(|unit| unit.code_digits().map(str::to_owned)),
    ///     _ => None,
    /// };
    /// assert_eq!(digits("3栋2单元0803室").as_deref(), Some("0803"));
    /// assert_eq!(digits("3栋2单元803-1室"), None);
    /// ```
    #[must_use]
    pub fn code_digits(&self) -> Option<&str> {
        let digits = self.0.bytes().all(|byte| byte.is_ascii_digit());
        (digits && (1..=usize::from(code::Unit::MAX_DIGITS)).contains(&self.0.len()))
            .then_some(&self.0)
    }

    /// The unit of a grid code, where the text is one to five digits.
    #[must_use]
    pub fn code_unit(&self) -> Option<code::Unit> {
        let digits = self.code_digits()?;
        code::Unit::new(digits.parse().ok()?, u8::try_from(digits.len()).ok()?)
    }
}

impl Unit {
    /// The room of a cell of one to five ASCII digits, which can mean nothing else; `None` for any other text.
    pub(crate) fn of_digits(text: &str) -> Option<Self> {
        let digits = (1..=usize::from(code::Unit::MAX_DIGITS)).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| Self(SmolStr::new_inline(text)))
    }
}

impl From<code::Unit> for Unit {
    fn from(unit: code::Unit) -> Self {
        Self(format_smolstr!(
            "{:0width$}",
            unit.number(),
            width = usize::from(unit.digits())
        ))
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)?;
        f.write_str(classifier(&self.0))
    }
}

/// What stands after a room's text: `室`, `号` after floor and room (`27-7号`), nothing after a word (`门面3`).
pub(super) fn classifier(text: &str) -> &'static str {
    if text.starts_with(|c: char| !c.is_ascii_alphanumeric() && c != '负') {
        return "";
    }
    match text.split_once('-') {
        Some((first, _)) if first.bytes().filter(u8::is_ascii_digit).count() < 3 => "号",
        _ => "室",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::{Door, Reading, mangled_date};

    #[test]
    fn a_few_digits_in_a_room_column_are_that_room_and_nothing_else() {
        for length in 1..=code::Unit::MAX_DIGITS {
            for number in 0..10_u32.pow(u32::from(length)) {
                let text = format!("{number:0width$}", width = usize::from(length));
                let unit = Unit::of_digits(&text);
                let door = Door {
                    unit: unit.clone(),
                    ..Door::default()
                };
                assert_eq!(
                    Unit::parse_column(&text),
                    Ok(Reading::Exact(door)),
                    "{text}"
                );
                assert!(unit.is_some() && mangled_date(&text).is_none());
            }
        }
        assert_eq!(Unit::of_digits("803A"), None);
        assert_eq!(Unit::of_digits("123456"), None);
    }
}
