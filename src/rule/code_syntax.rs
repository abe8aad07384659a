//! Rule GC001: a grid code that cannot be read.

use super::code_cell::{Trouble, trouble};
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::code::Reason;
use crate::household::Entry;
use crate::lang::Text;
use crate::row::Field;

rule! {
    /// The grid code cannot be read.
    ///
    /// A grid code is a unit of one to five digits, one capital letter for the resident type, one small
    /// letter for the tenure, and then digits as flags, each larger than the one before, or none: `803Aa7`.
    /// The message names the first character that does not fit. Where it is plain what was meant, the
    /// code to write instead is named too; a person has to confirm it.
    ///
    /// Codes in full-width characters or with blanks are `code-width`, letters that only look right are
    /// `look-alike`, and what a spreadsheet has destroyed is `scientific-notation` or `date-mangled`.
    ///
    /// ---
    /// 网格编码无法识别。
    ///
    /// 网格编码由四部分组成：一至五位数字的房号、一个大写字母（居住类型）、一个小写字母（住房性质）、
    /// 若干从小到大的标记数字（可以没有），例如 `803Aa7`。提示会指出第一个不合规则的字符；
    /// 能看出原意时，会给出应写成的编码，请人工核对后采用。
    ///
    /// 全角或带空格的编码见 `code-width`，形近字符见 `look-alike`，
    /// 被表格软件改坏的编码见 `scientific-notation` 和 `date-mangled`。
    pub struct CodeSyntax("GC001", "code-syntax", Error);
}

impl Rule for CodeSyntax {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, context: &Context<'_>, found: &mut Findings<'_>) {
        let Some(Trouble::Syntax) = trouble(entry) else {
            return;
        };
        // The codebook's letters are fewer than the grammar's: it names those that may stand there.
        let Err(error) = context.codebook.parse(entry.raw(Field::GridCode)) else {
            return;
        };
        let form = Text::fixed(
            "网格编码写作 803Aa7 的形式：房号、大写字母、小写字母、从小到大的标记",
            "a code is written like `803Aa7`: unit, capital letter, small letter, rising flags",
        );
        let said = match &entry.repair {
            Some(Ok(repaired)) => {
                let code = repaired.code;
                let advice = Text::new(
                    format!("可能应为 {code}，请核对"),
                    format!("perhaps `{code}`; please check"),
                );
                Said::new(error.text(), advice).fix(&code, repaired.confidence())
            }
            Some(Err(refused)) if *refused.reason() != Reason::Syntax => {
                Said::new(refused.text(), Text::default())
            }
            _ => Said::new(error.text(), form),
        };
        found.cell(Self::INFO, entry, Field::GridCode, said.at(&error.span()));
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, findings, only, says};

    #[test]
    fn the_first_character_that_does_not_fit_is_named_with_the_code_that_was_meant() {
        let found = only("code-syntax", Level::Household, "房号|网格编码\n803|803aB7");
        assert!(found[0].fix.is_none());
        says(
            &found[0],
            "此处应为一个网格编码，实为有多种读法的文字：可能是 803Ab7 或 803Ba7，请核对",
            "expected one grid code, found a text that can be read as 803Ab7 or as 803Ba7: please check which is meant",
        );

        let found = only(
            "code-syntax",
            Level::Household,
            "房号|网格编码\n803|803Aa87",
        );
        assert_eq!(found[0].fix.as_ref().unwrap().text, "803Aa78");
        says(
            &found[0],
            "此处应为从小到大的标记，实为“8”之后的“7”；可能应为 803Aa78，请核对",
            "expected rising flags, found '7' after '8'; perhaps `803Aa78`; please check",
        );
        assert_eq!(found[0].span, Some((6, 7)));
    }

    #[test]
    fn exactly_one_rule_speaks_about_a_code_that_cannot_be_read() {
        for (code, rule) in [
            ("803", "code-syntax"),
            ("803-Aa", "code-syntax"),
            ("100603Ab", "code-syntax"),
            ("1002常自", "code-syntax"),
            ("#N/A", "code-syntax"),
            ("８０３Ａａ", "code-width"),
            ("803 Aa", "code-width"),
            ("8O3Aa", "look-alike"),
            ("803Аa", "look-alike"),
            ("8.03E+05", "scientific-notation"),
            ("2-Mar", "date-mangled"),
            ("2024-03-02", "date-mangled"),
        ] {
            let list = format!("楼栋|网格编码\n3栋|{code}");
            let rules: Vec<_> = findings(Level::Household, &list)
                .iter()
                .map(|found| found.rule)
                .collect();
            assert_eq!(rules, [rule], "{code}");
        }
    }

    #[test]
    fn sound_codes_and_empty_cells_are_silent() {
        let list = "房号|网格编码\n803|803Aa7\n804|804Bb\n805|";
        assert_eq!(only("code-syntax", Level::Household, list), []);
    }
}
