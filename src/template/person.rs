//! The columns that only a form with a row for each resident has.

use super::column::{Check, Column, Need, birth};
use super::{Template, formula};
use crate::household::Sex;
use crate::lang::Lang;
use crate::row::Field;

/// Who the resident is.
pub(super) fn columns(template: &Template<'_>) -> Vec<Column> {
    let lang = template.lang();
    let name = Column::new(
        Field::Name,
        lang.pick("姓名", "Name"),
        Need::Required,
        lang.pick("一行一人。", "One resident a row."),
    );
    let relation = Column::new(
        Field::Relation,
        lang.pick("与户主关系", "Relation to head"),
        Need::Required,
        lang.pick(
            "每户有一人写“户主”，居住类型以户主为准；其余从下拉列表中选择，没有的可以直接写。",
            "One resident of each household is its head, whose resident type counts; choose for the others, or write.",
        ),
    );
    let id = Column::new(
        Field::IdNumber,
        lang.pick("身份证号", "ID number"),
        Need::Useful,
        lang.pick(
            "18 位，末位可以是 X。不知道就空着，不要编造；只写出生日期也可以。",
            "18 characters, the last may be X. Leave it empty if it is not known; the date of birth will do.",
        ),
    );
    let sex = Column::new(
        Field::Sex,
        lang.pick("性别", "Sex"),
        Need::Optional,
        lang.pick("从下拉列表中选择。", "Choose from the list."),
    );
    let born = Column::new(
        Field::BirthDate,
        lang.pick("出生日期", "Date of birth"),
        Need::Useful,
        lang.pick(
            "如 1938-03-05。有身份证号的可不填；标记和到期提醒由它得出。",
            "As 1938-03-05; not needed beside an ID number. Flags and reminders follow from it.",
        ),
    );
    let sexes = [Sex::Male, Sex::Female].map(|sex| sex.label(lang).to_owned());
    vec![
        name.example(lang.pick("张某", "Zhang")),
        relation
            .example(lang.pick("户主", "head"))
            .check(Check::Offered(relations(lang)))
            .wide(14),
        // A number of nobody: no district has the code 990100.
        id.example("990100193803050019")
            .check(Check::Should(formula::identity("{}")))
            .wide(22),
        sex.example(Sex::Male.label(lang))
            .check(Check::OneOf(sexes.to_vec()))
            .wide(8),
        birth(born).wide(14),
    ]
}

/// The classes of GB/T 4761 in words, and the tenant whom lists write in this column.
fn relations(lang: Lang) -> Vec<String> {
    let words = match lang {
        Lang::Zh => [
            "户主",
            "配偶",
            "子",
            "女",
            "孙辈",
            "父母",
            "祖父母",
            "兄弟姐妹",
            "租客",
            "其他",
        ],
        Lang::En => [
            "head",
            "spouse",
            "son",
            "daughter",
            "grandchild",
            "parent",
            "grandparent",
            "sibling",
            "tenant",
            "other",
        ],
    };
    words.map(str::to_owned).to_vec()
}
