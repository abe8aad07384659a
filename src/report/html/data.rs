//! The findings as data beside the page, for its script to filter: texts that recur stand once.

use std::collections::BTreeMap;

use super::markup::Markup;
use super::{List, Page, findings, table_of, tables};
use crate::code::Confidence;
use crate::diagnostic::Severity;
use crate::lang::{Lang, Text};

/// Texts by number, in the order in which they are met.
#[derive(Default)]
struct Numbered<'a> {
    numbers: BTreeMap<(&'a str, &'a str), usize>,
    met: Vec<(&'a str, &'a str)>,
}

impl<'a> Numbered<'a> {
    fn number(&mut self, zh: &'a str, en: &'a str) -> usize {
        let next = self.met.len();
        let at = *self.numbers.entry((zh, en)).or_insert(next);
        if at == next {
            self.met.push((zh, en));
        }
        at
    }
}

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];
const CONFIDENCES: [Confidence; 3] = [Confidence::Safe, Confidence::Suggested, Confidence::Never];

/// What the script says, beside the texts of the findings.
const WORDS: [(&str, Text); 12] = [
    ("all", Text::fixed("全部", "all")),
    ("none", Text::fixed("没有写明", "not known")),
    (
        "placeholder",
        Text::fixed("格、楼栋或文字", "a cell, a building, any word"),
    ),
    (
        "shown",
        Text::fixed("显示 {n} 条，共 {all} 条", "{n} of {all} shown"),
    ),
    ("range", Text::fixed("第 {from}–{to} 条", "{from}–{to}")),
    (
        "nothing",
        Text::fixed("没有符合条件的问题", "no finding is like this"),
    ),
    (
        "printed",
        Text::fixed("打印前 {n} 条", "the first {n} are printed"),
    ),
    ("by-place", Text::fixed("从上到下", "top to bottom")),
    ("by-rule", Text::fixed("按规则", "by rule")),
    ("by-severity", Text::fixed("先重后轻", "gravest first")),
    ("separator", Text::fixed("；", "; ")),
    ("colon", Text::fixed("：", ": ")),
];

/// Writes the data.
pub(super) fn write(page: &Page<'_>, out: &mut Markup) {
    let (all, _) = findings::totals(page);
    let mut texts = Numbered::default();
    let mut sheets = Numbered::default();
    let mut buildings = Numbered::default();
    let mut rules = Numbered::default();
    let mut fields = Vec::new();
    let mut rows = Markup::default();
    let mut is_first = true;
    for (nth, list) in page.lists.iter().enumerate() {
        let List::Checked(list) = list else { continue };
        let tables = tables(list.account);
        for finding in list.findings {
            if !std::mem::replace(&mut is_first, false) {
                rows.raw(",\n");
            }
            let severity = SEVERITIES
                .iter()
                .position(|known| *known == finding.severity);
            let rule = rules.number(finding.rule, "");
            rows.raw("[")
                .digits(severity.unwrap_or(0) as u64)
                .raw(",")
                .digits(rule as u64)
                .raw(",")
                .digits(nth as u64)
                .raw(",");
            let sheet = finding.place.sheet.as_deref();
            optional(sheet.map(|sheet| sheets.number(sheet, "")), &mut rows);
            rows.json(&finding.place.name()).raw(",");
            let building = table_of(&tables, finding).and_then(|table| {
                let at = list.codes.of_rows.get(&(table, finding.place.row))?;
                let building = list.codes.buildings.get(*at)?;
                Some(buildings.number(building.name.as_deref()?, ""))
            });
            optional(building, &mut rows);
            let field = finding.field.map(|field| {
                fields
                    .iter()
                    .position(|known| *known == field)
                    .unwrap_or_else(|| {
                        fields.push(field);
                        fields.len() - 1
                    })
            });
            optional(field, &mut rows);
            let message = texts.number(&finding.message.zh, &finding.message.en);
            rows.digits(message as u64).raw(",");
            let advice = &finding.advice;
            let has_advice = !advice.zh.is_empty() || !advice.en.is_empty();
            optional(
                has_advice.then(|| texts.number(&advice.zh, &advice.en)),
                &mut rows,
            );
            match &finding.fix {
                Some(fix) => {
                    let sure = CONFIDENCES
                        .iter()
                        .position(|known| *known == fix.confidence);
                    rows.json(&fix.text)
                        .raw(",")
                        .digits(sure.unwrap_or(0) as u64);
                }
                None => {
                    rows.raw("null,null");
                }
            }
            match &finding.value {
                Some(value) => rows.raw(",").json(value).raw("]"),
                None => rows.raw(",null]"),
            };
        }
    }
    out.raw("<script type=\"application/json\" id=\"data\">{\"all\":")
        .digits(all)
        .raw(",\"page\":")
        .digits(findings::AT_A_TIME as u64);
    out.raw(",\"title\":")
        .json_both(&page.title())
        .raw(",\n\"words\":{");
    for (at, (name, text)) in WORDS.iter().enumerate() {
        out.raw(if at > 0 { "," } else { "" })
            .json(name)
            .raw(":")
            .json_both(text);
    }
    out.raw("},\n\"severities\":[");
    let labels = SEVERITIES.map(|severity| (severity.key(), Text::of(|lang| severity.label(lang))));
    for (at, (key, label)) in labels.iter().enumerate() {
        out.raw(if at > 0 { ",[" } else { "[" })
            .json(key)
            .raw(",")
            .json(&label.zh)
            .raw(",")
            .json(&label.en)
            .raw("]");
    }
    let confidences = CONFIDENCES.map(|sure| Text::of(|lang| sure.label(lang)));
    out.raw("],\n\"confidences\":");
    pairs(
        confidences
            .iter()
            .map(|text| (text.zh.as_ref(), text.en.as_ref())),
        out,
    );
    let fields: Vec<Text> = fields
        .iter()
        .map(|field| Text::of(|lang| field.label(lang)))
        .collect();
    out.raw(",\n\"fields\":");
    pairs(
        fields
            .iter()
            .map(|text| (text.zh.as_ref(), text.en.as_ref())),
        out,
    );
    out.raw(",\n\"rules\":[");
    for (at, (rule, _)) in rules.met.iter().enumerate() {
        let title = |lang: Lang| {
            crate::rule::find(rule)
                .map_or("", |info| info.title(lang))
                .trim_end_matches(['。', '.'])
        };
        out.raw(if at > 0 { ",[" } else { "[" })
            .json(rule)
            .raw(",")
            .json(title(Lang::Zh))
            .raw(",")
            .json(title(Lang::En))
            .raw("]");
    }
    out.raw("],\n\"lists\":");
    strings(page.lists.iter().map(List::name), out);
    out.raw(",\n\"sheets\":");
    strings(sheets.met.iter().map(|(name, _)| *name), out);
    out.raw(",\n\"buildings\":");
    strings(buildings.met.iter().map(|(name, _)| *name), out);
    out.raw(",\n\"texts\":");
    pairs(texts.met.iter().copied(), out);
    out.raw(",\n\"findings\":[\n")
        .raw(rows.as_str())
        .raw("]}</script>\n");
}

fn optional(number: Option<usize>, out: &mut Markup) {
    match number {
        Some(number) => out.digits(number as u64).raw(","),
        None => out.raw("null,"),
    };
}

fn strings<'t>(texts: impl Iterator<Item = &'t str>, out: &mut Markup) {
    out.raw("[");
    for (at, text) in texts.enumerate() {
        out.raw(if at > 0 { "," } else { "" }).json(text);
    }
    out.raw("]");
}

fn pairs<'t>(texts: impl Iterator<Item = (&'t str, &'t str)>, out: &mut Markup) {
    out.raw("[");
    for (at, (zh, en)) in texts.enumerate() {
        out.raw(if at > 0 { ",[" } else { "[" })
            .json(zh)
            .raw(",")
            .json(en)
            .raw("]");
    }
    out.raw("]");
}
