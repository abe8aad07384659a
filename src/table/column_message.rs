//! The sentences about columns that might have been read and are not.

use super::Remedy;
use crate::lang::{Lang, Text};
use crate::row::Field;

/// A column that is left aside, and what it might have held.
pub(super) struct Left<'f> {
    /// As messages name it: `F“房屋类型”`.
    pub(super) name: String,
    pub(super) letter: String,
    pub(super) fields: &'f [Field],
}

impl Left<'_> {
    fn labels(&self, lang: Lang) -> String {
        let labels: Vec<&str> = self.fields.iter().map(|field| field.label(lang)).collect();
        labels.join(lang.pick("或", " or "))
    }

    /// The option that says what the column holds.
    fn option(&self) -> String {
        let key = self.fields.first().map_or("", |field| field.key());
        format!("--map {key}={}", self.letter)
    }

    /// The header that says it alone.
    fn header(&self, lang: Lang) -> &'static str {
        self.fields.first().map_or("", |field| field.label(lang))
    }
}

/// That a surer column holds what this one might.
pub(super) fn held_elsewhere(remedy: Remedy, left: &Left<'_>, holder: &str) -> Text {
    Text::of(|lang| {
        let (name, label, option) = (&left.name, left.labels(lang), left.option());
        let header = left.header(lang);
        lang.pick(
            format!("{name}未作为{label}：已取自更确定的{holder}；要改用此列，")
                + &remedy.pick(
                    format!("请加 {option}"),
                    format!("请把它的表头改为“{header}”，并改掉{holder}的表头"),
                ),
            format!("{name} is not taken as {label}: the surer column {holder} holds it; to use this one instead, ")
                + &remedy.pick(
                    format!("add {option}"),
                    format!("head it `{header}`, and {holder} with something else"),
                ),
        )
    })
}

/// That there is nothing in the column to tell.
pub(super) fn no_values(left: &Left<'_>) -> Text {
    Text::of(|lang| {
        let (name, label) = (&left.name, left.labels(lang));
        lang.pick(
            format!("{name}未作为{label}：该列没有值"),
            format!("{name} is not taken as {label}: the column has no values"),
        )
    })
}

/// That numbers of some register are no rooms, which the address says.
pub(super) fn register(remedy: Remedy, left: &Left<'_>) -> Text {
    Text::of(|lang| {
        let (name, label, option) = (&left.name, left.labels(lang), left.option());
        let header = left.header(lang);
        lang.pick(
            format!("{name}未作为{label}：像是登记用的编号，{label}在地址里；确是{label}时")
                + &remedy.pick(
                    format!("请加 {option}"),
                    format!("请把表头改为“{header}”"),
                ),
            format!("{name} is not taken as {label}: it seems to be numbered for some register, and the address has the {label}; if not so, ")
                + &remedy.pick(format!("add {option}"), format!("head the column `{header}`")),
        )
    })
}

/// That codes seem to have lost the zero before them.
pub(super) fn lost_zeros(remedy: Remedy, left: &Left<'_>, cell: &str) -> Text {
    Text::of(|lang| {
        let (name, label, option) = (&left.name, left.labels(lang), left.option());
        lang.pick(
            format!("{name}未作为{label}：{cell} 等格的编码似乎丢了前面的 0（应为 01 这样的两位）；请把该列设为文本格式并补上 0")
                + &remedy.pick(format!("，再加 {option}"), String::new()),
            format!("{name} is not taken as {label}: from {cell} on the codes seem to have lost their leading zero (expected two digits such as 01); format the column as text and write the zero")
                + &remedy.pick(format!(", or add {option}"), String::new()),
        )
    })
}

/// That the values are others than the field has; `cell` is the first of them.
pub(super) fn misfit_at(remedy: Remedy, left: &Left<'_>, cell: &str) -> Text {
    Text::of(|lang| {
        let (name, label, option) = (&left.name, left.labels(lang), left.option());
        let header = left.header(lang);
        lang.pick(
            format!("{name}未作为{label}：该列的值对不上，如 {cell}；确是{label}时")
                + &remedy.pick(
                    format!("请加 {option}"),
                    format!("请把表头改为“{header}”"),
                ),
            format!("{name} is not taken as {label}: its values do not fit, {cell} for one; if they do, ")
                + &remedy.pick(format!("add {option}"), format!("head the column `{header}`")),
        )
    })
}
