//! What a row of a sheet is: not every row is a household.

use crate::lang::Lang;

/// What a row of a sheet is. Every row is exactly one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    /// A title, a date or a department above the header.
    Title,
    /// One of the rows of the header.
    Header,
    /// Below the header: what to write into the columns, or their numbers.
    Instruction,
    /// An example that the form came with.
    Example,
    /// The header once more, as at the top of every printed page.
    RepeatedHeader,
    /// Nothing, or nothing but the row's number or the copies of a merged cell.
    Blank,
    /// A sum.
    Total,
    /// A heading inside the table: a community, a building or an address alone in its row.
    Section,
    /// A remark, a signature line, any other heading inside the table.
    Note,
    /// A household or a resident.
    Data,
}

impl RowKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Title,
        Self::Header,
        Self::Instruction,
        Self::Example,
        Self::RepeatedHeader,
        Self::Blank,
        Self::Total,
        Self::Section,
        Self::Note,
        Self::Data,
    ];

    /// The name used in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Header => "header",
            Self::Instruction => "instruction",
            Self::Example => "example",
            Self::RepeatedHeader => "repeated-header",
            Self::Blank => "blank",
            Self::Total => "total",
            Self::Section => "section",
            Self::Note => "note",
            Self::Data => "data",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Title, Lang::Zh) => "标题行",
            (Self::Title, Lang::En) => "title",
            (Self::Header, Lang::Zh) => "表头",
            (Self::Header, Lang::En) => "header",
            (Self::Instruction, Lang::Zh) => "填写要求行",
            (Self::Instruction, Lang::En) => "instruction",
            (Self::Example, Lang::Zh) => "示例行",
            (Self::Example, Lang::En) => "example",
            (Self::RepeatedHeader, Lang::Zh) => "重复表头",
            (Self::RepeatedHeader, Lang::En) => "repeated header",
            (Self::Blank, Lang::Zh) => "空行",
            (Self::Blank, Lang::En) => "blank row",
            (Self::Total, Lang::Zh) => "合计行",
            (Self::Total, Lang::En) => "total",
            (Self::Section, Lang::Zh) => "分段标题",
            (Self::Section, Lang::En) => "section heading",
            (Self::Note, Lang::Zh) => "说明行",
            (Self::Note, Lang::En) => "note",
            (Self::Data, Lang::Zh) => "数据行",
            (Self::Data, Lang::En) => "data row",
        }
    }
}
