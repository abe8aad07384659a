//! The findings as data beside the page, for its script to filter: texts that recur stand once.

use std::collections::BTreeMap;

use super::markup::Markup;
use super::{List, Page, findings, table_of, tables};
use crate::code::Confidence;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{Lang, Text};
use crate::row::Field;

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

/// What the findings refer to by number.
#[derive(Default)]
struct Referred<'a> {
    texts: Numbered<'a>,
    sheets: Numbered<'a>,
    buildings: Numbered<'a>,
    rules: Numbered<'a>,
    fields: Vec<Field>,
}

/// Writes the data.
pub(super) fn write(page: &Page<'_>, out: &mut Markup) {
    let (all, _) = findings::totals(page);
    let mut referred = Referred::default();
    let mut rows = Markup::default();
    for (nth, list) in page.lists.iter().enumerate() {
        let List::Checked(list) = list else { continue };
        let tables = tables(list.account);
        for finding in list.findings {
            let table = table_of(&tables, finding);
            let building = table.and_then(|table| {
                let at = list.codes.of_rows.get(&(table, finding.place.row))?;
                list.codes.buildings.get(*at)?.name.as_deref()
            });
            rows.raw(if rows.as_str().is_empty() { "" } else { ",\n" });
            referred.row(nth, finding, building, &mut rows);
        }
    }
    out.raw("<script type=\"application/json\" id=\"data\">{\"all\":")
        .digits(all)
        .raw(",\"page\":")
        .digits(findings::AT_A_TIME as u64)
        .raw(",\"title\":")
        .json_both(&page.title())
        .raw(",\n\"words\":{");
    for (at, (name, text)) in WORDS.iter().enumerate() {
        out.raw(if at > 0 { "," } else { "" }).json(name);
        out.raw(":").json_both(text);
    }
    out.raw("},\n\"severities\":");
    let labels = SEVERITIES.map(|severity| {
        let [zh, en] = LANGS.map(|lang| severity.label(lang));
        [severity.key(), zh, en]
    });
    arrays(labels.into_iter(), out);
    out.raw(",\n\"confidences\":");
    let labels = CONFIDENCES.map(|sure| LANGS.map(|lang| sure.label(lang)));
    arrays(labels.into_iter(), out);
    out.raw(",\n\"lists\":");
    strings(page.lists.iter().map(List::name), out);
    referred.write(out);
    out.raw(",\n\"findings\":[\n")
        .raw(rows.as_str())
        .raw("]}</script>\n");
}

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

impl<'a> Referred<'a> {
    /// One finding as an array; `script.js` knows what stands where.
    fn row(
        &mut self,
        list: usize,
        finding: &'a Diagnostic,
        building: Option<&'a str>,
        out: &mut Markup,
    ) {
        let severity = SEVERITIES
            .iter()
            .position(|known| *known == finding.severity);
        let rule = self.rules.number(finding.rule, "");
        out.raw("[");
        for number in [severity.unwrap_or(0), rule, list] {
            out.digits(number as u64).raw(",");
        }
        let sheet = finding.place.sheet.as_deref();
        optional(sheet.map(|sheet| self.sheets.number(sheet, "")), out);
        out.json(&finding.place.name()).raw(",");
        let building = building.map(|name| self.buildings.number(name, ""));
        optional(building, out);
        optional(finding.field.map(|field| self.field(field)), out);
        let (message, advice) = (&finding.message, &finding.advice);
        let message = self.texts.number(&message.zh, &message.en);
        out.digits(message as u64).raw(",");
        let has_advice = !advice.zh.is_empty() || !advice.en.is_empty();
        let advice = has_advice.then(|| self.texts.number(&advice.zh, &advice.en));
        optional(advice, out);
        match &finding.fix {
            Some(fix) => {
                let sure = CONFIDENCES
                    .iter()
                    .position(|known| *known == fix.confidence);
                out.json(&fix.text)
                    .raw(",")
                    .digits(sure.unwrap_or(0) as u64)
            }
            None => out.raw("null,null"),
        };
        match &finding.value {
            Some(value) => out.raw(",").json(value).raw("]"),
            None => out.raw(",null]"),
        };
    }

    fn field(&mut self, field: Field) -> usize {
        let known = self.fields.iter().position(|known| *known == field);
        known.unwrap_or_else(|| {
            self.fields.push(field);
            self.fields.len() - 1
        })
    }

    fn write(&self, out: &mut Markup) {
        out.raw(",\n\"fields\":");
        let labels = self.fields.iter();
        arrays(labels.map(|field| LANGS.map(|lang| field.label(lang))), out);
        out.raw(",\n\"rules\":");
        let rules = self.rules.met.iter().map(|(rule, _)| {
            let title = |lang| crate::rule::find(rule).map_or("", |info| info.title(lang));
            let [zh, en] = LANGS.map(|lang| title(lang).trim_end_matches(['。', '.']));
            [*rule, zh, en]
        });
        arrays(rules, out);
        out.raw(",\n\"sheets\":");
        strings(self.sheets.met.iter().map(|(name, _)| *name), out);
        out.raw(",\n\"buildings\":");
        strings(self.buildings.met.iter().map(|(name, _)| *name), out);
        out.raw(",\n\"texts\":");
        arrays(self.texts.met.iter().map(|(zh, en)| [*zh, *en]), out);
    }
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

fn arrays<'t, const N: usize>(texts: impl Iterator<Item = [&'t str; N]>, out: &mut Markup) {
    out.raw("[");
    for (at, texts) in texts.enumerate() {
        out.raw(if at > 0 { "," } else { "" });
        strings(texts.into_iter(), out);
    }
    out.raw("]");
}
