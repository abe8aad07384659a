//! Rule GC035: a code that the encoder replaces by a different one.

use super::page::rule;
use super::{Info, Rule, Said};
use crate::code::GridCode;
use crate::lang::Text;

rule! {
    /// The new code differs from the one that stood there.
    ///
    /// ---
    /// 新编码与原编码不同。
    pub struct CodeChanged("GC035", "code-changed", Note);
}

impl CodeChanged {
    /// What is said of an old code and the new one.
    #[must_use]
    pub fn said(old: Option<&str>, new: GridCode) -> Said {
        let old = old.unwrap_or_default();
        Said::new(Text::new(format!("原为 {old}，现为 {new}"), format!("was {old}, is now {new}")), Text::default())
    }
}

impl Rule for CodeChanged {
    fn info(&self) -> &'static Info {
        Self::INFO
    }
}
