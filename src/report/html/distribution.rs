//! How the codes of a list are spread over its buildings: a bar for each, with the numbers.

use std::collections::BTreeMap;

use super::account::rect;
use super::markup::Markup;
use super::{Checked, Page};
use crate::code::{ResidentLetter, TenureLetter};
use crate::codebook::{Codebook, Letter};
use crate::lang::{Lang, Text};
use crate::survey::{BuildingCodes, Codes, Origin};

/// So many pairs of letters have a column and a colour of their own; the rest are shown together.
const COLUMNS: usize = 6;

/// So many buildings of a list have a row.
const BUILDINGS: usize = 2_000;

/// The section.
pub(super) fn write(page: &Page<'_>, out: &mut Markup) {
    out.raw("<section id=\"codes\">\n<h2>")
        .said("各楼栋的编码", "Codes by building")
        .raw("</h2>\n");
    for list in page.checked() {
        if page.lists.len() > 1 {
            out.raw("<h3>").text(&list.account.file).raw("</h3>\n");
        }
        Spread::new(&list, page.codebook).write(&list, out);
    }
    out.raw("</section>\n");
}

/// What the columns of a list's table are.
struct Spread<'a> {
    letters: Vec<String>,
    has_others: bool,
    flags: Vec<u8>,
    has_without: bool,
    total: BuildingCodes,
    codebook: &'a Codebook,
}

impl<'a> Spread<'a> {
    fn new(list: &Checked<'_>, codebook: &'a Codebook) -> Self {
        let total = list.codes.total();
        let mut by_count: Vec<(&String, &u64)> = total.letters.iter().collect();
        by_count.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let defined = |letters: &str| {
            let (resident, tenure) = parts(letters, codebook);
            resident.is_some() && tenure.is_some()
        };
        // What nobody has defined is a mistake, and there may be many; where nothing else is there, it is the list's own way.
        let is_own = by_count.iter().any(|(letters, _)| defined(letters));
        let chosen = by_count
            .iter()
            .filter(|(letters, _)| !is_own || defined(letters));
        let mut letters: Vec<String> = chosen
            .take(COLUMNS)
            .map(|(letters, _)| (*letters).clone())
            .collect();
        letters.sort();
        let is_known = |flag: &u8| codebook.flag(*flag).is_some();
        Self {
            has_others: by_count.len() > letters.len(),
            letters,
            flags: total.flags.keys().copied().filter(is_known).collect(),
            has_without: total.without > 0,
            total,
            codebook,
        }
    }

    fn write(&self, list: &Checked<'_>, out: &mut Markup) {
        let codes = list.codes;
        out.raw("<p class=\"quiet\">").both(&counted(codes));
        if codes.twice > 0 {
            out.raw(" ").both(&Text::new(
                format!("重复登记的 {} 行没有重复计算。", codes.twice),
                format!(
                    "Households listed twice count once: {} left out.",
                    codes.twice
                ),
            ));
        }
        out.raw("</p>\n");
        self.legend(out);
        out.raw("<table class=\"stack spread\" role=\"table\"><caption>")
            .said("各楼栋的编码", "codes by building");
        out.raw("</caption><thead role=\"rowgroup\"><tr role=\"row\">");
        header("", &Text::fixed("楼栋", "building"), out);
        header("number", &Text::fixed("户数", "households"), out);
        header("wide", &Text::fixed("分布", "spread"), out);
        for letters in &self.letters {
            header("number", &Text::of(|_| letters), out);
        }
        if self.has_others {
            header("number", &OTHERS, out);
        }
        if self.has_without {
            header("number", &WITHOUT, out);
        }
        for (nth, flag) in self.flags.iter().enumerate() {
            header(
                if nth == 0 {
                    "number flag first"
                } else {
                    "number flag"
                },
                &flag_label(*flag),
                out,
            );
        }
        out.raw("</tr></thead><tbody role=\"rowgroup\">\n");
        let most = codes
            .buildings
            .iter()
            .map(|building| building.households)
            .max()
            .unwrap_or(1);
        let communities: Vec<&str> = codes
            .buildings
            .iter()
            .map(|building| building.community.as_str())
            .collect();
        let several = communities
            .iter()
            .any(|community| Some(community) != communities.first());
        let mut in_hand = None;
        for building in codes.buildings.iter().take(BUILDINGS) {
            if several && in_hand != Some(&building.community) {
                in_hand = Some(&building.community);
                self.group(&building.community, out);
            }
            let name = building
                .name
                .as_deref()
                .map_or(Text::fixed("楼栋不明", "building not known"), |name| {
                    Text::of(|_| name)
                });
            self.row(building, &name, most, out);
        }
        out.raw("</tbody><tfoot role=\"rowgroup\">\n");
        self.row(
            &self.total,
            &Text::fixed("合计", "in all"),
            self.total.households,
            out,
        );
        out.raw("</tfoot></table>\n");
        let hidden = codes.buildings.len().saturating_sub(BUILDINGS);
        if hidden > 0 {
            out.raw("<p class=\"hint\">")
                .both(&Text::new(
                    format!("另有 {hidden} 栋没有列在这里，合计中已包含"),
                    format!("{hidden} further buildings are in the sums and not listed here"),
                ))
                .raw("</p>\n");
        }
    }

    /// What the colours and the digits say, with the sums.
    fn legend(&self, out: &mut Markup) {
        let total = &self.total;
        out.raw("<ul class=\"legend\">");
        for (at, letters) in self.letters.iter().enumerate() {
            swatch(&class(at), out);
            out.raw("<b>")
                .text(letters)
                .raw("</b> ")
                .both(&self.meaning(letters))
                .raw(" ");
            out.count(total.letters.get(letters).copied().unwrap_or(0))
                .raw("</li>");
        }
        if self.has_others {
            swatch("others", out);
            out.both(&OTHERS)
                .raw(" ")
                .count(self.others(total))
                .raw("</li>");
        }
        if self.has_without {
            swatch("without", out);
            out.both(&WITHOUT)
                .raw(" ")
                .count(total.without)
                .raw("</li>");
        }
        for flag in total.flags.keys() {
            let meaning = Text::of(|lang| {
                let known = self
                    .codebook
                    .flag(*flag)
                    .map(|flag| flag.meaning.words(lang));
                known.unwrap_or_else(|| lang.pick("码本中没有定义", "not in the codebook").into())
            });
            out.raw("<li><b class=\"digit\">")
                .digits(u64::from(*flag))
                .raw("</b> ")
                .both(&meaning)
                .raw(" ");
            out.count(total.flags.get(flag).copied().unwrap_or(0))
                .raw("</li>");
        }
        out.raw("</ul>\n");
    }

    /// `常住人口 · 自购房`.
    fn meaning(&self, letters: &str) -> Text {
        let (resident, tenure) = parts(letters, self.codebook);
        let unknown = |lang: Lang| lang.pick("没有定义", "not defined").to_owned();
        Text::of(|lang| {
            let resident = resident.map(|letter| letter.meaning.words(lang).into_owned());
            let tenure = tenure.map(|letter| letter.meaning.words(lang).into_owned());
            format!(
                "{} · {}",
                resident.unwrap_or_else(|| unknown(lang)),
                tenure.unwrap_or_else(|| unknown(lang))
            )
        })
    }

    fn others(&self, building: &BuildingCodes) -> u64 {
        let others: BTreeMap<_, _> = building
            .letters
            .iter()
            .filter(|(letters, _)| !self.letters.contains(letters))
            .collect();
        others.into_values().sum()
    }

    fn group(&self, community: &str, out: &mut Markup) {
        let columns = 3
            + self.letters.len()
            + usize::from(self.has_others)
            + usize::from(self.has_without)
            + self.flags.len();
        out.raw(
            "<tr role=\"row\" class=\"group\"><th scope=\"rowgroup\" role=\"rowheader\" colspan=\"",
        )
        .digits(columns as u64)
        .raw("\">");
        if community.is_empty() {
            out.said("没有写明社区", "community not known");
        } else {
            out.text(community);
        }
        out.raw("</th></tr>\n");
    }

    fn row(&self, building: &BuildingCodes, name: &Text, most: u64, out: &mut Markup) {
        out.raw("<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">");
        // A building's own name is the same in both languages.
        if name.zh == name.en {
            out.text(&name.zh);
        } else {
            out.both(name);
        }
        out.raw("</th><td role=\"cell\" class=\"number sum\">")
            .count(building.households);
        out.raw("<span class=\"key after\" aria-hidden=\"true\">")
            .said("户", "households")
            .raw("</span></td>");
        out.raw("<td role=\"cell\" class=\"wide\"><svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        let mut before = 0;
        let counts = self
            .letters
            .iter()
            .map(|letters| building.letters.get(letters).copied().unwrap_or(0));
        let counts: Vec<u64> = counts.collect();
        let others = self.others(building);
        for (at, count) in counts.iter().enumerate() {
            rect(&class(at), before, *count, most, out);
            before += count;
        }
        rect("others", before, others, most, out);
        rect("without", before + others, building.without, most, out);
        out.raw("</svg></td>");
        for (letters, count) in self.letters.iter().zip(counts) {
            number("", &Text::of(|_| letters), count, out);
        }
        if self.has_others {
            number("", &OTHERS, others, out);
        }
        if self.has_without {
            number("", &WITHOUT, building.without, out);
        }
        for (nth, flag) in self.flags.iter().enumerate() {
            let count = building.flags.get(flag).copied().unwrap_or(0);
            number(
                if nth == 0 { " flag first" } else { " flag" },
                &flag_label(*flag),
                count,
                out,
            );
        }
        out.raw("</tr>\n");
    }
}

/// What the two letters are in a codebook.
fn parts<'c>(
    letters: &str,
    codebook: &'c Codebook,
) -> (
    Option<&'c Letter<ResidentLetter>>,
    Option<&'c Letter<TenureLetter>>,
) {
    let mut chars = letters.chars();
    let (resident, tenure) = (chars.next(), chars.next());
    (
        resident
            .and_then(ResidentLetter::new)
            .and_then(|letter| codebook.resident(letter)),
        tenure
            .and_then(TenureLetter::new)
            .and_then(|letter| codebook.tenure(letter)),
    )
}

const OTHERS: Text = Text::fixed("其他字母", "other");
const WITHOUT: Text = Text::fixed("无编码", "no code");

/// Where the digit stands alone nobody would take it for a count.
fn flag_label(flag: u8) -> Text {
    Text::new(format!("标记{flag}"), format!("flag {flag}"))
}

fn class(at: usize) -> String {
    format!("pair{at}")
}

fn swatch(class: &str, out: &mut Markup) {
    out.raw("<li><svg class=\"swatch\" viewBox=\"0 0 1 1\" aria-hidden=\"true\"><rect class=\"")
        .raw(class)
        .raw("\" width=\"1\" height=\"1\"/></svg>");
}

fn header(class: &str, label: &Text, out: &mut Markup) {
    out.raw("<th scope=\"col\" role=\"columnheader\" class=\"")
        .raw(class)
        .raw("\">");
    if label.zh == label.en {
        out.text(&label.zh);
    } else {
        out.both(label);
    }
    out.raw("</th>");
}

fn number(class: &str, label: &Text, count: u64, out: &mut Markup) {
    let none = if count == 0 { " none" } else { "" };
    out.raw("<td role=\"cell\" class=\"number")
        .raw(class)
        .raw(none)
        .raw("\"><span class=\"key\" aria-hidden=\"true\">");
    if label.zh == label.en {
        out.text(&label.zh);
    } else {
        out.both(label);
    }
    out.raw("</span>").count(count).raw("</td>");
}

/// What the codes are that were counted.
fn counted(codes: &Codes) -> Text {
    match codes.origin {
        Origin::Written => Text::fixed(
            "按名单中所写的编码统计。",
            "The codes as the list has them.",
        ),
        Origin::Derived if codes.total().letters.is_empty() => Text::fixed(
            "名单没有编码列，按所填的内容也得不出编码：要有居住类型和住房性质两列，其中的词对应得上字母。",
            "The list has no column of codes, and none follows from what it says: that takes a resident type and a tenure in words that lead to letters.",
        ),
        Origin::Derived => Text::fixed(
            "名单没有编码列：按各户应有的编码统计；年龄不全时，标记可能偏少。",
            "The list has no column of codes: these are the codes that its households ought to have. Where ages are missing, so may be flags.",
        ),
        Origin::Both => Text::fixed(
            "有编码列的工作表按所写的编码统计，没有的按应有的编码统计。",
            "The codes as the sheets have them; for sheets without a column of codes, those that the households ought to have.",
        ),
    }
}
