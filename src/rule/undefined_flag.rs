//! Rule GC005: a flag in a grid code that the codebook does not define.

use super::code_cell::flag_span;
use super::meaning::{choice, one_line, with_meaning};
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::Entry;
use crate::lang::{Lang, Text};
use crate::row::Field;

rule! {
    /// A flag of the code is not in the codebook.
    ///
    /// Of the flags only 8 has a published meaning: somebody aged 80 or over lives there. 5 and 7 stand in
    /// the published examples, but nobody has published what they mean; they are known to exist, so they
    /// are not reported. Every other digit is a slip of the pen or the community's own; one line in the
    /// community's codebook then defines it, and the message gives that line.
    ///
    /// ---
    /// 网格编码中的标记在码本中没有定义。
    ///
    /// 标记中只有 8 公开了含义：家中有80岁及以上老人。5 和 7 见于公开的实例，但含义没有公开；
    /// 已知它们存在，所以不提示。其他数字可能是笔误，也可能是本社区自定的标记；
    /// 后者在本社区的码本中加一行即可，提示会给出这一行的写法。
    pub struct UndefinedFlag("GC005", "undefined-flag", Warning);
}

impl Rule for UndefinedFlag {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, context: &Context<'_>, found: &mut Findings<'_>) {
        let Some(code) = entry.sure_code() else {
            return;
        };
        let codebook = context.codebook;
        for digit in code
            .flags
            .iter()
            .filter(|digit| codebook.flag(*digit).is_none())
        {
            let known: Vec<Text> = codebook
                .flags()
                .iter()
                .map(|flag| with_meaning(flag.digit, Some(&flag.meaning)))
                .collect();
            let known = |lang: Lang| {
                if known.is_empty() {
                    return lang
                        .pick(
                            "空（码本没有定义标记）",
                            "none (the codebook defines no flag)",
                        )
                        .to_owned();
                }
                choice(&known, lang)
            };
            let message = Text::new(
                format!("标记应为 {}，实为 {digit}", known(Lang::Zh)),
                format!("expected {} as flag, found `{digit}`", known(Lang::En)),
            );
            let line = format!("flag.{digit} = {{ zh = \"…\", en = \"…\" }}");
            let condition = Text::fixed("标记确有含义时", "if the flag has a meaning");
            let mut said = Said::new(message, one_line(codebook.name(), &line, &condition));
            if let Some(Ok(_)) = entry.code {
                said = said.at(&flag_span(code, digit));
            }
            found.cell(Self::INFO, entry, Field::GridCode, said);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::codebook::Codebook;
    use crate::rule::Settings;
    use crate::rule::sample::{Level, findings_by, only, says};

    #[test]
    fn each_unknown_digit_is_named_with_the_known_ones_and_the_line_that_would_define_it() {
        let found = only(
            "undefined-flag",
            Level::Household,
            "房号|网格编码\n803|803Aa69",
        );
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].span, Some((6, 7)));
        says(
            &found[0],
            "标记应为 5（含义未公开）、7（含义未公开）或 8（家中有80岁及以上老人，需优先服务），实为 6；标记确有含义时，\
             在以 extends = \"shushan\" 开头的码本文件中加一行：flag.6 = { zh = \"…\", en = \"…\" }",
            "expected `5` (meaning not published), `7` (meaning not published) or \
             `8` (somebody aged 80 or over lives here and is served first) as flag, found `6`; if the flag has a meaning, \
             add this line to a codebook file that begins with extends = \"shushan\": flag.6 = { zh = \"…\", en = \"…\" }",
        );
    }

    #[test]
    fn the_flags_of_the_published_examples_are_silent() {
        assert_eq!(
            only(
                "undefined-flag",
                Level::Household,
                "网格编码\n803Aa7\n606Aa5\n505Aa58"
            ),
            []
        );
    }

    #[test]
    fn the_line_defines_the_flag() {
        let own = "extends = \"shushan\"\nflag.6 = { zh = \"…\", en = \"…\" }";
        let book = Codebook::from_toml(own, "own.toml").unwrap();
        assert_eq!(
            findings_by(
                Level::Household,
                "楼栋|网格编码\n3栋|803Aa6",
                &book,
                &Settings::default()
            ),
            []
        );
    }
}
