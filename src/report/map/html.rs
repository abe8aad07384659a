//! The map as one page in both languages: choose a community, point at a building, read the grids in a table.

use std::fmt::Write as _;

use super::draw::{Pointing, drawing, n, swatch};
use super::escape::escape;
use super::layout::Spot;
use super::svg::signs;
use super::{Grid, Map, Panel, words};
use crate::lang::{Lang, Text};
use crate::report::text::grouped;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The map as a page of its own: nothing is fetched, and it can be read without scripts and printed.
///
/// `lang` is the language that is shown first.
#[must_use]
pub fn html(map: &Map, lang: Lang) -> String {
    let mut body = String::new();
    let title = title(map);
    let _ = write!(
        body,
        r#"<header><h1>{}</h1><div class="controls">"#,
        both(&title)
    );
    choice(&mut body, map, lang);
    body.push_str(r#"<button type="button" id="language" hidden><span class="zh" lang="en">English</span><span class="en" lang="zh-CN">中文</span></button></div></header><main>"#);
    for (at, panel) in map.panels.iter().enumerate() {
        section(&mut body, map, panel, at, lang);
    }
    body.push_str("</main>");
    format!(
        r#"<!DOCTYPE html>
<html lang="{tag}" data-lang="{short}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{STYLE}</style>
</head>
<body data-title-zh="{zh}" data-title-en="{en}">
{body}
<script>
{SCRIPT}</script>
</body>
</html>
"#,
        tag = lang.tag(),
        short = lang.pick("zh", "en"),
        title = escape(title.get(lang)),
        zh = escape(&title.zh),
        en = escape(&title.en),
    )
}

fn title(map: &Map) -> Text {
    match map.panels.as_slice() {
        [only] if !only.name.is_empty() => Text::new(
            format!("{}网格图", only.name),
            format!("Map of the grids: {}", only.name),
        ),
        _ => Text::fixed("网格图", "Map of the grids"),
    }
}

/// A text in both languages, of which the page shows one.
fn both(text: &Text) -> String {
    format!(
        r#"<span class="zh" lang="zh-CN">{}</span><span class="en" lang="en">{}</span>"#,
        escape(&text.zh),
        escape(&text.en)
    )
}

fn is_out(panel: &Panel) -> bool {
    panel.grids.is_empty() || panel.grids.iter().any(|grid| grid.missed.is_some())
}

/// The choice of a community; without scripts all of them are shown, one beneath the other.
fn choice(body: &mut String, map: &Map, lang: Lang) {
    if map.panels.len() < 2 {
        return;
    }
    let _ = write!(
        body,
        r#"<label id="choice" hidden>{} <select id="community">"#,
        both(&Text::fixed("社区", "Community"))
    );
    let mut option = |value: &str, text: &Text| {
        let _ = write!(
            body,
            r#"<option value="{value}" data-zh="{}" data-en="{}">{}</option>"#,
            escape(&text.zh),
            escape(&text.en),
            escape(text.get(lang))
        );
    };
    for (at, panel) in map.panels.iter().enumerate() {
        let (name, grids) = (&panel.name, panel.grids.len());
        let sign = if is_out(panel) { " ⚠" } else { "" };
        let name = Text::of(|lang| match name.as_str() {
            "" => lang
                .pick("（未写明社区）", "(no community named)")
                .to_owned(),
            name => name.to_owned(),
        });
        option(
            &at.to_string(),
            &Text::new(
                format!("{}（{grids} 格）{sign}", name.zh),
                format!("{} ({grids} grids){sign}", name.en),
            ),
        );
    }
    option("all", &Text::fixed("全部社区", "all communities"));
    body.push_str("</select></label>");
}

fn section(body: &mut String, map: &Map, panel: &Panel, at: usize, lang: Lang) {
    let class = if is_out(panel) { " class=\"out\"" } else { "" };
    let _ = write!(
        body,
        r#"<section id="c{at}"{class}><h2>{}</h2><div class="said">"#,
        both(&panel.title)
    );
    for said in &panel.said {
        let _ = write!(body, "<p>{}</p>", both(said));
    }
    body.push_str("</div><div class=\"columns\">");
    if !panel.marks.is_empty() {
        picture(body, panel, at, lang);
    }
    if !panel.grids.is_empty() {
        table(body, map, panel, at);
    }
    body.push_str("</div></section>\n");
}

fn picture(body: &mut String, panel: &Panel, at: usize, lang: Lang) {
    let (width, height) = (n(panel.layout.width), n(panel.layout.height));
    let button = |action: &str, sign: &str, text: &Text| {
        format!(
            r#"<button type="button" data-zoom="{action}" data-label-zh="{0}" data-label-en="{1}" aria-label="{2}">{sign}</button>"#,
            text.zh,
            text.en,
            text.get(lang)
        )
    };
    let _ = write!(
        body,
        r#"<figure><div class="bar" hidden><div class="told" aria-live="polite"></div><div class="zoom">{}{}{}</div></div><div class="frame"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" aria-labelledby="t{at}">{}</svg></div><figcaption id="t{at}">"#,
        button("-1", "−", &Text::fixed("缩小", "smaller")),
        button("0", "⤢", &Text::fixed("看全图", "the whole picture")),
        button("1", "＋", &Text::fixed("放大", "larger")),
        drawing(panel, at, Pointing::Page(lang))
    );
    for sign in signs(panel) {
        let _ = write!(body, "<p>{}</p>", both(&sign));
    }
    body.push_str("</figcaption></figure>");
}

fn table(body: &mut String, map: &Map, panel: &Panel, at: usize) {
    let mut heads = vec![
        Text::fixed("网格", "Grid"),
        Text::fixed("户数", "Households"),
        Text::fixed("人数", "Residents"),
    ];
    if map.has_people {
        heads.push(Text::fixed("负责人", "Responsible"));
    }
    heads.push(Text::fixed("楼栋", "Buildings"));
    let class = if map.has_people {
        "list staffed"
    } else {
        "list"
    };
    let _ = write!(body, r#"<div class="{class}"><table><thead><tr>"#);
    for (number, head) in heads.iter().enumerate() {
        let class = if matches!(number, 1 | 2) {
            " class=\"number\""
        } else {
            ""
        };
        let _ = write!(body, r#"<th scope="col"{class}>{}</th>"#, both(head));
    }
    body.push_str("</tr></thead><tbody>");
    for (number, grid) in panel.grids.iter().enumerate() {
        row(body, grid, number, at);
    }
    body.push_str("</tbody></table></div>");
}

fn row(body: &mut String, grid: &Grid, number: usize, at: usize) {
    let spot = Spot {
        x: 14.0,
        y: 14.0,
        r: 12.0,
    };
    let swatch = swatch(grid.look, &grid.short, grid.missed.is_some(), at, spot);
    let about = words::of_grid(grid);
    let lines = || std::iter::once(&about).chain(&grid.people);
    let told = |lang| {
        lines()
            .map(|line| line.get(lang))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let _ = write!(
        body,
        r#"<tr data-grid="{number}" data-zh="{}" data-en="{}" tabindex="0"><th scope="row"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">{swatch}</svg> {}</th><td class="number">{}</td><td class="number">{}</td>"#,
        escape(&told(Lang::Zh)),
        escape(&told(Lang::En)),
        escape(&grid.name),
        grouped(grid.households),
        grouped(grid.residents)
    );
    if let Some(worker) = &grid.worker {
        let _ = write!(body, "<td>{}</td>", both(worker));
    }
    let zh = grid.blocks.join("、");
    let en = grid.blocks.join(", ");
    let _ = write!(body, "<td class=\"blocks\">{}", both(&Text::new(zh, en)));
    let aside = grid
        .is_locked
        .then(|| Text::fixed("按要求保持不变", "kept as it was, as asked"));
    if let Some(missed) = &grid.missed {
        let _ = write!(body, "<strong class=\"missed\">{}</strong>", both(missed));
    }
    if let Some(aside) = aside {
        let _ = write!(body, "<em>{}</em>", both(&aside));
    }
    body.push_str("</td></tr>");
}
