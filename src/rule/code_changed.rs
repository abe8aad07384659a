//! Rule GC035: a new grid code that takes the place of a different old one.

use super::page::rule;
use super::{Info, Rule, Said};
use crate::code::GridCode;
use crate::lang::Text;

rule! {
    /// A new grid code has replaced a different one.
    ///
    /// `gridcode encode` writes the code that a household ought to have by the other columns of its list. Where a
    /// different one stood before, this note tells both, so that the change can be seen and checked. Nothing is
    /// wrong with the new code. The file that was read is never changed.
    ///
    /// ---
    /// 新写的网格编码与原来的不同。
    ///
    /// `gridcode encode` 按名单的其他列写出该户应有的编码。原来写有不同的编码时，用这条提示列出新旧两个，
    /// 以便查看和核对。新编码本身没有问题；读入的文件从不改动。
    pub struct CodeChanged("GC035", "code-changed", Note);
}

impl Rule for CodeChanged {
    fn info(&self) -> &'static Info {
        Self::INFO
    }
}

/// What stood where a code is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Former {
    /// Nothing.
    Nothing,
    /// A code.
    Code(GridCode),
    /// A text that is no code; it may be anything, a name too, and is not repeated.
    Unreadable,
}

impl CodeChanged {
    /// What is said where `new` has taken the place of `old`.
    ///
    /// ```
    /// use gridcode::rule::{CodeChanged, Former};
    /// let said = CodeChanged::said(Former::Code("803Aa".parse()?), "803Aa8".parse()?);
    /// assert_eq!(said.message.en, "`803Aa8` was written in place of `803Aa`");
    /// # Ok::<(), gridcode::code::ParseError>(())
    /// ```
    #[must_use]
    pub fn said(old: Former, new: GridCode) -> Said {
        let message = match old {
            Former::Nothing => Text::new(
                format!("此处原为空，已写入 {new}"),
                format!("`{new}` was written where nothing stood"),
            ),
            Former::Code(old) => Text::new(
                format!("此处原为 {old}，已改写为 {new}"),
                format!("`{new}` was written in place of `{old}`"),
            ),
            Former::Unreadable => Text::new(
                format!("此处原有内容不是网格编码，已改写为 {new}"),
                format!("`{new}` was written in place of a text that is no code"),
            ),
        };
        Said::new(message, Text::fixed("请核对", "please check"))
    }
}

#[cfg(test)]
mod tests {
    use super::{CodeChanged, Former};
    use crate::rule::sample::{Level, only};

    #[test]
    fn old_and_new_are_told_unless_the_old_is_no_code() {
        let new = "803Aa8".parse().unwrap();
        assert_eq!(
            CodeChanged::said(Former::Code("803Aa".parse().unwrap()), new).message.zh,
            "此处原为 803Aa，已改写为 803Aa8"
        );
        assert_eq!(
            CodeChanged::said(Former::Nothing, new).message.zh,
            "此处原为空，已写入 803Aa8"
        );
        assert_eq!(
            CodeChanged::said(Former::Unreadable, new).message.en,
            "`803Aa8` was written in place of a text that is no code"
        );
    }

    #[test]
    fn checking_a_list_never_says_it() {
        assert_eq!(
            only(
                "code-changed",
                Level::Household,
                "房号|网格编码|居住类型\n803|803Aa|流动"
            ),
            []
        );
    }
}
