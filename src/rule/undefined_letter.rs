//! Rule GC004: a letter in a grid code that the codebook does not define.

use super::code_cell::span;
use super::meaning::{choice, choice_of};
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::code::Part;
use crate::codebook::Letter;
use crate::household::Entry;
use crate::lang::{Lang, Text};
use crate::row::Field;

rule! {
    /// A letter of the code is not in the codebook.
    ///
    /// The code is well formed, but nobody has said what this letter means. Published are `A` and `B` for the
    /// resident type, `a` and `b` for the tenure. Either the letter is a slip of the pen, or the community
    /// uses one of its own; then a line in the community's codebook defines it, and the message gives that line.
    ///
    /// A codebook of one's own is a text file that begins with `extends = "shushan"` and is named with
    /// `--codebook`.
    ///
    /// ---
    /// 网格编码中的字母在码本中没有定义。
    ///
    /// 编码的格式正确，但没有说明这个字母是什么含义。已公开的字母：居住类型 `A`、`B`，住房性质 `a`、`b`。
    /// 可能是笔误；也可能是本社区自定的字母，这时在本社区的码本中加一行即可，提示会给出这一行的写法。
    ///
    /// 自定码本是以 `extends = "shushan"` 开头的文本文件，用 `--codebook` 指定。
    pub struct UndefinedLetter("GC004", "undefined-letter", Error);
}

impl Rule for UndefinedLetter {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, context: &Context<'_>, found: &mut Findings<'_>) {
        // A repaired code has the codebook's letters only.
        let Some(Ok(code)) = entry.code else { return };
        let codebook = context.codebook;
        if codebook.resident(code.resident).is_none() {
            let choice = choice_of(
                codebook
                    .residents()
                    .iter()
                    .map(|Letter { letter, meaning }| (*letter, meaning)),
            );
            let said = said(
                Part::Resident,
                code.resident.as_char(),
                &choice,
                codebook.name(),
            );
            found.cell(
                Self::INFO,
                entry,
                Field::GridCode,
                said.at(&span(code, Part::Resident)),
            );
        }
        if codebook.tenure(code.tenure).is_none() {
            let choice = choice_of(
                codebook
                    .tenures()
                    .iter()
                    .map(|Letter { letter, meaning }| (*letter, meaning)),
            );
            let said = said(
                Part::Tenure,
                code.tenure.as_char(),
                &choice,
                codebook.name(),
            );
            found.cell(
                Self::INFO,
                entry,
                Field::GridCode,
                said.at(&span(code, Part::Tenure)),
            );
        }
    }
}

fn said(part: Part, letter: char, letters: &[Text], codebook: &str) -> Said {
    let (zh, en) = (part.label(Lang::Zh), part.label(Lang::En));
    let key = part.key();
    let message = Text::new(
        format!("{zh}应为 {}，实为 {letter}", choice(letters, Lang::Zh)),
        format!(
            "expected {} as {en}, found `{letter}`",
            choice(letters, Lang::En)
        ),
    );
    let line = format!("{key}.{letter} = {{ zh = \"…\", en = \"…\" }}");
    Said::new(
        message,
        super::meaning::one_line(
            codebook,
            &line,
            &Text::fixed("字母确有含义时", "if the letter has a meaning"),
        ),
    )
}

#[cfg(test)]
mod tests {
    use crate::codebook::Codebook;
    use crate::rule::Settings;
    use crate::rule::sample::{Level, findings_by, only, says};

    #[test]
    fn the_letters_in_use_are_listed_with_their_meanings_and_the_line_that_would_define_it() {
        let found = only(
            "undefined-letter",
            Level::Household,
            "房号|网格编码\n803|803Cd7",
        );
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].span, Some((3, 4)));
        says(
            &found[0],
            "居住类型应为 A（常住人口）或 B（流动人口），实为 C；字母确有含义时，\
             在以 extends = \"shushan\" 开头的码本文件中加一行：resident.C = { zh = \"…\", en = \"…\" }",
            "expected `A` (permanent resident) or `B` (floating population) as resident type, found `C`; \
             if the letter has a meaning, add this line to a codebook file that begins with \
             extends = \"shushan\": resident.C = { zh = \"…\", en = \"…\" }",
        );
        assert_eq!(found[1].span, Some((4, 5)));
    }

    #[test]
    fn the_line_defines_the_letter() {
        let own = "extends = \"shushan\"\nresident.C = { zh = \"…\", en = \"…\" }\ntenure.d = { zh = \"…\", en = \"…\" }";
        let book = Codebook::from_toml(own, "own.toml").unwrap();
        let found = findings_by(
            Level::Household,
            "楼栋|网格编码\n3栋|803Cd",
            &book,
            &Settings::default(),
        );
        assert_eq!(found, []);
    }
}
