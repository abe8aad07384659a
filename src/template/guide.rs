//! The sheet of explanations: what to do, what each column takes, what the letters mean, what will be checked.

use super::Template;
use crate::codebook::Meaning;
use crate::household::Level;
use crate::lang::Lang;
use crate::rule;

/// The sheets of the workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Where people write.
    Form,
    /// What they may read first.
    Guide,
    /// Words to choose from, where they are too long for a list of their own; hidden.
    Words,
}

impl Sheet {
    pub(super) const fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Form, Lang::Zh) => "登记表",
            (Self::Guide, Lang::Zh) => "填表说明",
            (Self::Words, Lang::Zh) => "下拉选项",
            (Self::Form, Lang::En) => "Register",
            (Self::Guide, Lang::En) => "How to fill in",
            (Self::Words, Lang::En) => "Choices",
        }
    }
}

/// A line of the explanations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The title of the sheet.
    Title(String),
    /// Begins a part.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// Three cells side by side.
    Cells([String; 3]),
}

/// All lines. No line has two headers of a list side by side: that would make the sheet a table.
pub(super) fn lines(template: &Template<'_>) -> Vec<Line> {
    let lang = template.lang();
    let heading = |zh: &str, en: &str| Line::Heading(lang.pick(zh, en).to_owned());
    let mut lines = vec![Line::Title(lang.pick(
        format!("填表说明：{}", template.level().label(lang)),
        format!("How to fill in the form: {}", template.level().label(lang)),
    ))];
    lines.push(heading("怎么填", "What to do"));
    lines.extend(steps(template).map(Line::Text));
    lines.push(heading("各列写什么", "What each column takes"));
    for column in template.columns() {
        lines.push(Line::Cells([
            column.header.to_owned(),
            column.need.label(lang).to_owned(),
            column.advice,
        ]));
    }
    lines.push(heading(
        "网格编码里字母和数字的意思",
        "What letters and digits of a grid code mean",
    ));
    lines.extend(letters(template));
    lines.push(heading(
        "检查时会指出的问题（gridcode validate）",
        "What a check finds (gridcode validate)",
    ));
    lines.extend(rule::all().iter().map(|rule| {
        let info = rule.info();
        Line::Cells([
            info.name.to_owned(),
            info.severity.label(lang).to_owned(),
            info.title(lang).to_owned(),
        ])
    }));
    lines
}

fn steps(template: &Template<'_>) -> impl Iterator<Item = String> {
    let lang = template.lang();
    let form = template.sheet_name(Sheet::Form);
    let steps = match (lang, template.level()) {
        (Lang::Zh, level) => {
            let one = match level {
                Level::Household => "一户一行",
                Level::Person => "一人一行，同一户的各行门牌写得一样",
            };
            vec![
                format!("1. 在“{form}”里从示例行下面开始填，{one}。深色的列必填。"),
                "2. 序号写着“示例”的一行不算住户，留着、删掉、排序到别处都可以。".to_owned(),
                "3. 所有列都已设为文本格式：0803、身份证号原样保留，3-2 不会变成日期。从别处复制时请用“选择性粘贴”里的“数值”，免得盖掉格式和下拉列表。".to_owned(),
                "4. 不要改列名，不要合并单元格。可以在右边加自己的列，检查和编码时原样保留。".to_owned(),
                "5. 填完后运行 gridcode encode 登记表.xlsx -o 登记表_编码.xlsx：检查全表并编制网格编码。已有编码的名单用 gridcode validate 检查。".to_owned(),
                "6. 表里有个人信息，请妥善保管。程序不联网，不上传。".to_owned(),
            ]
        }
        (Lang::En, level) => {
            let one = match level {
                Level::Household => "one household a row",
                Level::Person => {
                    "one resident a row, with the same door in every row of a household"
                }
            };
            vec![
                format!("1. Write into the sheet \"{form}\" from below the example, {one}. Columns with a dark header are required."),
                "2. A row that says Example where rows are numbered is no household: it may stay, go, or be sorted to another place.".to_owned(),
                "3. All columns are text: 0803 and ID numbers stay as they are typed, and 3-2 becomes no date. Paste values only, or the format and the lists are lost.".to_owned(),
                "4. Change no headers and merge no cells. Columns of your own may stand on the right; they are kept.".to_owned(),
                "5. Then run `gridcode encode form.xlsx -o coded.xlsx`, which checks the list and writes the grid codes. Where codes are there already, `gridcode validate` checks them.".to_owned(),
                "6. The form holds personal data: keep it safe. The program sends nothing anywhere.".to_owned(),
            ]
        }
    };
    steps.into_iter()
}

fn letters(template: &Template<'_>) -> Vec<Line> {
    let (lang, book) = (template.lang(), template.codebook());
    let line = |sign: String, meaning: &Meaning| {
        let basis = meaning.basis.label(lang);
        let source = meaning.source.get(lang);
        let rests = if source.is_empty() {
            basis.to_owned()
        } else {
            format!("{basis}{}{source}", lang.pick("：", ": "))
        };
        Line::Cells([sign, meaning.text.get(lang).to_owned(), rests])
    };
    let residents = book.residents().iter();
    let tenures = book.tenures().iter();
    let flags = book.flags().iter();
    residents
        .map(|entry| line(entry.letter.as_char().to_string(), &entry.meaning))
        .chain(tenures.map(|entry| line(entry.letter.as_char().to_string(), &entry.meaning)))
        .chain(flags.map(|flag| line(flag.digit.to_string(), &flag.meaning)))
        .collect()
}
