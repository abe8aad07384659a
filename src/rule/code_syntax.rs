//! Rule GC001: a grid code that cannot be read.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::diagnostic::Fix;
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
    /// Digits that Excel has swallowed (`8.03E+05`) cannot be won back: ask the household or look at the
    /// paper list, and give the column the format Text before writing the code again.
    ///
    /// ---
    /// 网格编码无法识别。
    ///
    /// 网格编码由四部分组成：一至五位数字的房号、一个大写字母（居住类型）、一个小写字母（住房性质）、
    /// 若干从小到大的标记数字（可以没有），例如 `803Aa7`。提示会指出第一个不合规则的字符；
    /// 能看出原意时，会给出应写成的编码，请人工核对后采用。
    ///
    /// 被 Excel 改成科学计数的编码（`8.03E+05`）已丢失数字，无法恢复：请向住户核实，
    /// 并先把该列设为“文本”格式再重新填写。
    pub struct CodeSyntax("GC001", "code-syntax", Error);
}

impl Rule for CodeSyntax {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        let (Some(Err(error)), None) = (&entry.code, entry.sure_code()) else { return };
        let span = error.span();
        let mut said = Said::new(error.text(), Text::default());
        said.span = u32::try_from(span.start).ok().zip(u32::try_from(span.end).ok());
        match &entry.repair {
            Some(Ok(repaired)) => {
                let text = repaired.code.to_string();
                said.advice = Text::new(format!("可能应为 {text}，请核对"), format!("perhaps `{text}`; please check"));
                said.fix = Some(Fix { text, confidence: repaired.confidence() });
            }
            Some(Err(unrepairable)) => said.advice = unrepairable.text(),
            None => {}
        }
        found.cell(Self::INFO, entry, Field::GridCode, said);
    }
}
