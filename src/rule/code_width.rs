//! Rule GC002: a grid code in full-width characters, or with blanks or invisible characters in it.

use super::code_cell::{Trouble, trouble};
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::code::ChangeKind;
use crate::household::Entry;
use crate::lang::{Lang, Text};
use crate::row::Field;

rule! {
    /// The code has full-width or hidden characters.
    ///
    /// `８０３Ａａ７` and `803 Aa7` are read as `803Aa7`, and so is a code with a zero width space in it that
    /// nobody can see. To a machine they are different texts: a search for `803Aa7` does not find them, and
    /// the same household counts twice. The code to write is named; it changes nothing but the writing, so
    /// it can be taken over without asking anybody.
    ///
    /// ---
    /// 网格编码含全角字符、空白或不可见字符。
    ///
    /// `８０３Ａａ７`、`803 Aa7`，以及夹有肉眼看不见的零宽空格的编码，都能读作 `803Aa7`；
    /// 但对计算机来说它们是不同的文字：查找 `803Aa7` 时找不到，同一户还会被算成两户。
    /// 提示给出应写成的编码，只改写法、不改含义，可以直接采用。
    pub struct CodeWidth("GC002", "code-width", Warning);
}

impl Rule for CodeWidth {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        let Some(Trouble::Width(repaired)) = trouble(entry) else {
            return;
        };
        let (code, changes) = (repaired.code, &repaired.changes);
        let kinds = [
            ChangeKind::FullWidth,
            ChangeKind::Blank,
            ChangeKind::Invisible,
        ];
        let met = kinds
            .into_iter()
            .filter(|kind| changes.iter().any(|change| change.kind == *kind));
        let met: Vec<ChangeKind> = met.collect();
        let names = |lang: Lang| {
            let names: Vec<&str> = met.iter().map(|kind| name(*kind, lang)).collect();
            names.join(lang.pick("、", ", "))
        };
        let message = Text::new(
            format!("此处应为 {code}，实有{}", names(Lang::Zh)),
            format!("expected `{code}`, found {}", names(Lang::En)),
        );
        let advice = Text::of(|lang| {
            let mut each: Vec<String> = changes
                .iter()
                .map(|change| change.message(lang).to_string())
                .collect();
            // Blanks on both sides are one thing to do.
            each.dedup();
            each.join(lang.pick("；", "; "))
        });
        let mut said = Said::new(message, advice).fix(&code, repaired.confidence());
        if let Some(first) = changes.first() {
            said = said.at(&first.span);
        }
        found.cell(Self::INFO, entry, Field::GridCode, said);
    }
}

fn name(kind: ChangeKind, lang: Lang) -> &'static str {
    match kind {
        ChangeKind::FullWidth => lang.pick("全角字符", "full-width characters"),
        ChangeKind::Blank => lang.pick("空白", "blanks"),
        _ => lang.pick("不可见字符", "invisible characters"),
    }
}

#[cfg(test)]
mod tests {
    use crate::code::Confidence;
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn what_stands_in_the_way_is_named_and_the_code_can_be_taken_over() {
        let found = only(
            "code-width",
            Level::Household,
            "房号|网格编码\n803|８０３ Aa\u{200b}7",
        );
        let fix = found[0].fix.as_ref().unwrap();
        assert_eq!(
            (fix.text.as_str(), fix.confidence),
            ("803Aa7", Confidence::Safe)
        );
        says(
            &found[0],
            "此处应为 803Aa7，实有全角字符、空白、不可见字符；全角改为半角：“８０３” → “803”；去掉空白：空格（U+0020）；\
             去掉不可见字符：零宽空格（U+200B）",
            "expected `803Aa7`, found full-width characters, blanks, invisible characters; \
             full-width to plain: '８０３' → '803'; blank removed: a blank (U+0020); \
             invisible character removed: a zero width space (U+200B)",
        );
    }

    #[test]
    fn a_plain_code_is_silent() {
        assert_eq!(
            only("code-width", Level::Household, "房号|网格编码\n803|803Aa7"),
            []
        );
    }
}
