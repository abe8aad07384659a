//! Rule GC003: a grid code with characters that only look like its letters and digits.

use super::code_cell::{Trouble, trouble};
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::code::Confidence;
use crate::household::Entry;
use crate::lang::{Lang, Text};
use crate::row::Field;

rule! {
    /// The code has characters that only look right.
    ///
    /// The letter O for the digit 0, a small l for the digit 1, a Cyrillic or Greek А for the Latin A: on
    /// paper nobody can tell them apart, to a machine they are different codes. The message names each such
    /// character by its place and its name. The code to write is proposed; please look at it before taking
    /// it over.
    ///
    /// ---
    /// 网格编码含形近字符。
    ///
    /// 字母 O 当作数字 0，小写 l 当作数字 1，西里尔字母或希腊字母 А 当作英文字母 A：
    /// 纸面上分辨不出，对计算机来说却是不同的编码。提示会指出每个形近字符的位置和名称，
    /// 并给出可能应为的编码，请核对后采用。
    pub struct LookAlike("GC003", "look-alike", Error);
}

impl Rule for LookAlike {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        let Some(Trouble::LookAlike(repaired)) = trouble(entry) else {
            return;
        };
        let text = entry.raw(Field::GridCode);
        let code = repaired.code;
        let wrong = || {
            repaired
                .changes
                .iter()
                .filter(|change| change.confidence != Confidence::Safe)
        };
        let each = |lang: Lang| {
            let said = wrong().map(|change| {
                let position = text
                    .get(..change.span.start)
                    .unwrap_or_default()
                    .chars()
                    .count()
                    + 1;
                let change = change.message(lang);
                lang.pick(
                    format!("第{position}个字符：{change}"),
                    format!("character {position}: {change}"),
                )
            });
            said.collect::<Vec<_>>().join(lang.pick("；", "; "))
        };
        let message = Text::new(
            format!("此处应为 {code}，实有形近字符"),
            format!("expected `{code}`, found characters that only look like it"),
        );
        let mut said = Said::new(message, Text::of(each)).fix(&code, repaired.confidence());
        if let Some(first) = wrong().next() {
            said = said.at(&first.span);
        }
        found.cell(Self::INFO, entry, Field::GridCode, said);
    }
}

#[cfg(test)]
mod tests {
    use crate::code::Confidence;
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn each_character_is_named_by_its_place_and_its_name() {
        let found = only("look-alike", Level::Household, "房号|网格编码\n803|8O3Aа7");
        let fix = found[0].fix.as_ref().unwrap();
        assert_eq!(
            (fix.text.as_str(), fix.confidence),
            ("803Aa7", Confidence::Suggested)
        );
        assert_eq!(found[0].span, Some((1, 2)));
        says(
            &found[0],
            "此处应为 803Aa7，实有形近字符；第2个字符：房号中的字母改为形近的数字：“O” → “0”；\
             第5个字符：形近字母改为英文字母：“а”（U+0430，西里尔字母） → “a”",
            "expected `803Aa7`, found characters that only look like it; \
             character 2: letter in the unit to the digit it looks like: 'O' → '0'; \
             character 5: look-alike to the Latin letter: 'а' (U+0430, Cyrillic letter) → 'a'",
        );
    }

    #[test]
    fn a_latin_code_is_silent() {
        assert_eq!(
            only("look-alike", Level::Household, "房号|网格编码\n803|803Aa7"),
            []
        );
    }
}
