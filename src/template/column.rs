//! The columns of the form: header, example, what to write, and what holds it to that.

use super::choice::{self, Choice};
use super::{Template, formula, person};
use crate::codebook::When;
use crate::household::Level;
use crate::lang::Lang;
use crate::row::Field;

/// Whether a household or resident can do without the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// No: there is no code, or no household, without it.
    Required,
    /// Better filled in.
    Useful,
    /// May be left empty.
    Optional,
}

impl Need {
    /// What people call it.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Required, Lang::Zh) => "必填",
            (Self::Useful, Lang::Zh) => "尽量填",
            (Self::Optional, Lang::Zh) => "可不填",
            (Self::Required, Lang::En) => "required",
            (Self::Useful, Lang::En) => "if known",
            (Self::Optional, Lang::En) => "optional",
        }
    }
}

/// What a spreadsheet holds the cells of a column to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// Nothing.
    None,
    /// One of these words, nothing else.
    OneOf(Vec<String>),
    /// These words are offered, others are let in.
    Offered(Vec<String>),
    /// What a formula of the cell says; the cell's name goes in for `{}`. Anything else is refused.
    Must(String),
    /// The same, but whoever insists may write something else.
    Should(String),
}

/// One column of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it means; `None` for the column of row numbers and for remarks.
    pub field: Option<Field>,
    /// Its header.
    pub header: &'static str,
    /// Whether it can be left empty.
    pub need: Need,
    /// What to write, in a sentence or two.
    pub advice: String,
    /// What stands in the example row.
    pub example: String,
    /// What the cells are held to.
    pub check: Check,
    /// The width, in digits of the standard font.
    pub width: u16,
}

impl Column {
    pub(super) fn new(
        field: impl Into<Option<Field>>,
        header: &'static str,
        need: Need,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            field: field.into(),
            header,
            need,
            advice: advice.into(),
            example: String::new(),
            check: Check::None,
            width: 12,
        }
    }

    pub(super) fn example(mut self, text: impl Into<String>) -> Self {
        self.example = text.into();
        self
    }

    pub(super) fn check(mut self, check: Check) -> Self {
        self.check = check;
        self
    }

    pub(super) fn wide(mut self, width: u16) -> Self {
        self.width = width;
        self
    }

    /// The words to choose from; empty where nothing is offered.
    #[must_use]
    pub fn choices(&self) -> &[String] {
        match &self.check {
            Check::OneOf(words) | Check::Offered(words) => words,
            Check::None | Check::Must(_) | Check::Should(_) => &[],
        }
    }
}

/// All columns, from the left.
pub(super) fn columns(template: &Template<'_>) -> Vec<Column> {
    let lang = template.lang();
    let mut columns = places(lang);
    match template.level() {
        Level::Household => {
            let name = Column::new(
                Field::HeadName,
                lang.pick("户主姓名", "Name of head"),
                Need::Useful,
                lang.pick("户主的姓名。", "The head of the household."),
            );
            columns.push(name.example(lang.pick("张某", "Zhang")));
            columns.push(phone(lang));
            columns.extend(letters(template));
            columns.push(residents(lang));
            columns.extend(eldest(template));
        }
        Level::Person => {
            columns.extend(person::columns(template));
            columns.extend(letters(template));
            columns.push(phone(lang));
        }
    }
    columns.extend(tags(template));
    columns.extend(last(template));
    columns
}

/// Where the household lives.
fn places(lang: Lang) -> Vec<Column> {
    let number = Column::new(
        None,
        lang.pick("序号", "No."),
        Need::Optional,
        lang.pick(
            "1、2、3……。写着“示例”的一行不算住户。",
            "1, 2, 3 … A row that says Example here is no household.",
        ),
    );
    let community = Column::new(
        Field::Community,
        lang.pick("社区", "Community"),
        Need::Optional,
        lang.pick(
            "社区的名称。全表只有一个社区的，可不填。",
            "Its name; not needed where all rows are of one community.",
        ),
    );
    let estate = Column::new(
        Field::Estate,
        lang.pick("小区", "Estate"),
        Need::Useful,
        lang.pick(
            "小区的名称。几个小区都有“3栋”的，必须填，否则会被当成同一栋。",
            "Its name. Where two estates have a building 3, they are taken for one without it.",
        ),
    );
    let building = Column::new(
        Field::Building,
        lang.pick("楼栋", "Building"),
        Need::Required,
        lang.pick(
            "如 3栋、A座，只写 3 也可以。每一行都要写，不要合并单元格。",
            "As 3 or A, in every row; merge no cells.",
        ),
    );
    let entrance = Column::new(
        Field::Entrance,
        lang.pick("单元", "Entrance"),
        Need::Useful,
        lang.pick(
            "如 2单元，只写 2 也可以；没有单元的楼不填。",
            "As 2; leave it empty where the building has one entrance.",
        ),
    );
    let room = Column::new(
        Field::Unit,
        lang.pick("房号", "Room"),
        Need::Required,
        lang.pick(
            "1 到 5 位数字，如 803、0803。不要写成 3-2-803：楼栋、单元写在各自的列。",
            "1 to 5 digits, as 803 or 0803. Not 3-2-803: building and entrance have columns of their own.",
        ),
    );
    vec![
        number.example(lang.pick("示例", "Example")).wide(9),
        community.wide(14),
        estate.wide(16),
        building.example(lang.pick("3栋", "3")).wide(10),
        entrance.example(lang.pick("2单元", "2")).wide(10),
        room.example("803")
            .check(Check::Should(formula::unit("{}")))
            .wide(9),
    ]
}

fn phone(lang: Lang) -> Column {
    let column = Column::new(
        Field::Phone,
        lang.pick("联系电话", "Phone"),
        Need::Optional,
        lang.pick(
            "手机号，或带区号的座机号。不知道就空着，不要编造。",
            "A mobile number, or one with its area code. Leave it empty if it is not known.",
        ),
    );
    column.wide(15)
}

/// Resident type and tenure: the words that lead to the letters of the code.
fn letters(template: &Template<'_>) -> [Column; 2] {
    let (lang, book) = (template.lang(), template.codebook());
    let column = |field, header: &'static str, choices: Vec<Choice>| {
        let (words, pairs): (Vec<String>, Vec<String>) = choices
            .into_iter()
            .map(|choice| (choice.word, choice.explained))
            .unzip();
        let pairs = pairs.join(lang.pick("；", "; "));
        let advice = lang.pick(
            format!("从下拉列表中选择：{pairs}。"),
            format!("Choose from the list: {pairs}."),
        );
        let first = words.first().cloned().unwrap_or_default();
        Column::new(field, header, Need::Required, advice)
            .example(first)
            .check(Check::OneOf(words))
            .wide(16)
    };
    let resident = lang.pick("居住类型", "Resident type");
    let tenure = lang.pick("住房性质", "Tenure");
    [
        column(
            Field::ResidentType,
            resident,
            choice::residents(book, resident, lang),
        ),
        column(Field::Tenure, tenure, choice::tenures(book, tenure, lang)),
    ]
}

fn residents(lang: Lang) -> Column {
    let column = Column::new(
        Field::Residents,
        lang.pick("人数", "Residents"),
        Need::Useful,
        lang.pick(
            "现在住在这里的人数，写数字，如 3。",
            "How many people live here now, a number, as 3.",
        ),
    );
    column
        .example("3")
        .check(Check::Should(formula::count("{}")))
        .wide(9)
}

/// Where a flag follows from ages, one birth date tells most of them.
fn eldest(template: &Template<'_>) -> Option<Column> {
    let lang = template.lang();
    let flags = template.codebook().flags().iter();
    let ages: Vec<String> = flags
        .filter(|flag| matches!(flag.when, Some(When::Age { .. })))
        .map(|flag| flag.digit.to_string())
        .collect();
    if ages.is_empty() {
        return None;
    }
    let digits = ages.join(lang.pick("、", ", "));
    let advice = lang.pick(
        format!("家中年龄最大的人的出生日期，如 1938-03-05；标记 {digits} 由它得出。"),
        format!("When the eldest resident was born, as 1938-03-05; flag {digits} follows from it."),
    );
    let column = Column::new(
        Field::BirthDate,
        lang.pick("最年长者出生日期", "Date of birth of eldest"),
        Need::Useful,
        advice,
    );
    Some(birth(column))
}

/// A column of birth dates.
pub(super) fn birth(column: Column) -> Column {
    column
        .example("1938-03-05")
        .check(Check::Should(formula::date("{}")))
        .wide(18)
}

/// Where a flag follows from words about the household.
fn tags(template: &Template<'_>) -> Option<Column> {
    let lang = template.lang();
    let flags = template.codebook().flags().iter();
    let mut words: Vec<String> = flags
        .filter_map(|flag| match &flag.when {
            Some(When::Tag(word)) => Some(word.clone()),
            Some(When::Age { .. }) | None => None,
        })
        .collect();
    words.dedup();
    if words.is_empty() {
        return None;
    }
    let column = Column::new(
        Field::Tags,
        lang.pick("人群标签", "Tags"),
        Need::Optional,
        lang.pick(
            "可从下拉列表中选择；有几个的，用顿号隔开。",
            "Choose from the list; where there are several, put commas between them.",
        ),
    );
    Some(column.check(Check::Offered(words)).wide(16))
}

/// Grid, code, remarks.
fn last(template: &Template<'_>) -> [Column; 3] {
    let lang = template.lang();
    let grid = Column::new(
        Field::Grid,
        lang.pick("所属网格", "Grid"),
        Need::Optional,
        lang.pick(
            "网格的名称或编号，可以等划分网格以后再填。",
            "Its name or number; may wait until the community has been divided.",
        ),
    );
    let example = template
        .example_code()
        .map_or_else(String::new, |code| code.to_string());
    let code = Column::new(
        Field::GridCode,
        lang.pick("网格编码", "Grid code"),
        Need::Optional,
        lang.pick(
            format!("不用填：全表填完后用 gridcode encode 编制。要自己写的，如 {example}：房号、居住类型字母、住房性质字母、标记，区分大小写。"),
            format!("Leave it to `gridcode encode`, once the list is filled in. Or write, as {example}: room, letter of the resident type, letter of the tenure, flags; case counts."),
        ),
    );
    let remarks = Column::new(
        None,
        lang.pick("备注", "Remarks"),
        Need::Optional,
        lang.pick("其他要说明的。", "Anything else."),
    );
    [
        grid.wide(12),
        code.example(example)
            .check(Check::Must(formula::code("{}")))
            .wide(13),
        remarks.wide(20),
    ]
}
