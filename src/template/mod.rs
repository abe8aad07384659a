//! A form to fill in: a workbook whose columns, choices and checks come from the codebook and the rules.

mod choice;
mod column;
mod formula;
mod guide;
mod person;
#[cfg(feature = "excel")]
mod workbook;

use crate::code::{Flags, GridCode, Unit};
use crate::codebook::{Codebook, When};
use crate::household::Level;
use crate::lang::Lang;

pub use column::{Check, Column, Need};
pub use guide::{Line, Sheet};

/// A form for a household list: what its columns are, what may be written into them, and how to fill it in.
///
/// Every choice it offers leads to a letter of the codebook; a row that says `示例` or `Example` where rows are numbered
/// is skipped by every command, and the sheet of explanations is no table.
///
/// ```
/// use gridcode::codebook::Codebook;
/// use gridcode::household::Level;
/// use gridcode::template::Template;
/// use gridcode::Lang;
///
/// let template = Template::new(Level::Household, Lang::Zh, Codebook::shushan());
/// let columns = template.columns();
/// let tenure = columns.iter().find(|column| column.header == "住房性质").unwrap();
/// assert_eq!(tenure.choices(), ["自购房", "出租房"]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Template<'a> {
    level: Level,
    lang: Lang,
    codebook: &'a Codebook,
}

impl<'a> Template<'a> {
    /// A form with a row for each household or for each resident, in one language, with the letters of a codebook.
    #[must_use]
    pub const fn new(level: Level, lang: Lang, codebook: &'a Codebook) -> Self {
        Self {
            level,
            lang,
            codebook,
        }
    }

    /// Whether a row is a household or a resident.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// The language of headers, choices and explanations.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// What the letters and digits mean.
    #[must_use]
    pub const fn codebook(&self) -> &'a Codebook {
        self.codebook
    }

    /// The columns, from the left.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        column::columns(self)
    }

    /// The name of a sheet.
    #[must_use]
    pub const fn sheet_name(&self, sheet: Sheet) -> &'static str {
        sheet.name(self.lang)
    }

    /// The names that the formulas of [`Check`] use, each with the constant that it stands for.
    #[must_use]
    pub fn names(&self) -> [(&'static str, String); 4] {
        formula::names(self)
    }

    /// What the sheet of explanations says, line by line.
    #[must_use]
    pub fn guide(&self) -> Vec<Line> {
        guide::lines(self)
    }

    /// The code of the household in the example row: somebody over 80 lives there. `None` for a codebook without letters.
    #[must_use]
    pub fn example_code(&self) -> Option<GridCode> {
        let book = self.codebook;
        // Whatever day it is, the resident of the example is older than the open ends of such ranges.
        let holds = |when: &Option<When>| matches!(when, Some(When::Age { from, to: None, .. }) if *from <= 80);
        let flags = book.flags().iter().filter(|flag| holds(&flag.when));
        Some(GridCode {
            unit: Unit::new(803, 3)?,
            resident: book.residents().first()?.letter,
            tenure: book.tenures().first()?.letter,
            flags: flags.fold(Flags::NONE, |flags, flag| flags.with(flag.digit)),
        })
    }
}
