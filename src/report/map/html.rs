//! The map as one page in both languages: choose a community, point at a building, read the grids in a table.

use super::draw::{Pointing, drawing, n, swatch, told};
use super::layout::Spot;
use super::svg::signs;
use super::{Grid, Map, Panel, words};
use crate::lang::{Lang, Text};
use crate::report::html::frame::Frame;
use crate::report::html::markup::Markup;
use crate::report::html::policy::{self, Known};

/// What the map's page has beside the style of every page.
const STYLE: Known = Known {
    text: include_str!("page.css"),
    digest: "gIFX1I5nAAKxxy0VxbHcGnklo4aZGvrACMh8jdn6bIs=",
};
const SCRIPT: Known = Known {
    text: include_str!("page.js"),
    digest: "d9ktLwrJkOqohKrShpda1DZSXlexZQDrSeY1a2qYlH8=",
};

/// The map as a page of its own: nothing is fetched, and it can be read without scripts and printed.
///
/// `lang` is the language that is shown first.
#[must_use]
pub fn html(map: &Map, lang: Lang) -> String {
    let title = title(map);
    let frame = Frame {
        lang,
        title: &title,
        styles: &[policy::STYLE, STYLE],
        scripts: &[SCRIPT],
    };
    let mut page = Markup::default();
    frame.open(&mut page);
    choice(&mut page, map, lang);
    page.raw("</header>\n<main");
    pair(&mut page, "title", &title);
    page.raw(">\n");
    for (at, panel) in map.panels.iter().enumerate() {
        section(&mut page, map, panel, at, lang);
    }
    page.raw("</main>\n");
    frame.close(&mut page);
    page.as_str().to_owned()
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

/// Both wordings as attributes, for the script: `data-title-zh`, `data-title-en`.
fn pair(page: &mut Markup, name: &str, text: &Text) {
    for lang in [Lang::Zh, Lang::En] {
        page.raw(" data-")
            .raw(name)
            .raw(lang.pick("-zh=\"", "-en=\""))
            .text(text.get(lang))
            .raw("\"");
    }
}

fn is_out(panel: &Panel) -> bool {
    panel.grids.is_empty() || panel.grids.iter().any(|grid| grid.missed.is_some())
}

/// The choice of a community; without scripts all of them are shown, one beneath the other.
fn choice(page: &mut Markup, map: &Map, lang: Lang) {
    if map.panels.len() < 2 {
        return;
    }
    page.raw("<p class=\"choice\" hidden><label for=\"community\">")
        .said("社区", "community")
        .raw("</label> <select id=\"community\">");
    let mut option = |value: &str, text: &Text| {
        page.raw("<option value=\"").raw(value).raw("\"");
        pair(page, "said", text);
        page.raw(">").text(text.get(lang)).raw("</option>");
    };
    for (at, panel) in map.panels.iter().enumerate() {
        let grids = panel.grids.len();
        let sign = if is_out(panel) { " ⚠" } else { "" };
        let name = match panel.name.as_str() {
            "" => Text::fixed("（未写明社区）", "(no community named)"),
            name => Text::new(name.to_owned(), name.to_owned()),
        };
        option(
            &at.to_string(),
            &Text::new(
                format!("{}（{grids} 格）{sign}", name.zh),
                format!("{} ({grids} grids){sign}", name.en),
            ),
        );
    }
    option("all", &Text::fixed("全部社区", "all communities"));
    page.raw("</select></p>\n");
}

fn section(page: &mut Markup, map: &Map, panel: &Panel, at: usize, lang: Lang) {
    page.raw("<section id=\"c")
        .raw(&at.to_string())
        .raw(if is_out(panel) {
            "\" class=\"out\"><h2>"
        } else {
            "\"><h2>"
        })
        .both(&panel.title)
        .raw("</h2>\n<div class=\"told-of-all\">");
    for said in &panel.said {
        page.raw("<p>").both(said).raw("</p>");
    }
    page.raw("</div>\n<div class=\"sides\">");
    if !panel.marks.is_empty() {
        picture(page, panel, at, lang);
    }
    if !panel.grids.is_empty() {
        table(page, map, panel, at);
    }
    page.raw("</div></section>\n");
}

fn picture(page: &mut Markup, panel: &Panel, at: usize, lang: Lang) {
    page.raw("<figure><div class=\"pointing\" hidden><div class=\"told\" aria-live=\"polite\"></div><div class=\"zoom\">");
    for (action, sign, text) in [
        ("-1", "−", Text::fixed("缩小", "smaller")),
        ("0", "⤢", Text::fixed("看全图", "the whole picture")),
        ("1", "＋", Text::fixed("放大", "larger")),
    ] {
        page.raw("<button type=\"button\" data-zoom=\"")
            .raw(action)
            .raw("\"");
        pair(page, "said", &text);
        page.raw(" aria-label=\"")
            .text(text.get(lang))
            .raw("\">")
            .raw(sign)
            .raw("</button>");
    }
    let (width, height) = (n(panel.layout.width), n(panel.layout.height));
    page.raw("</div></div>\n<div class=\"ground\">")
        .raw(&format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" aria-labelledby="t{at}">"#
        ))
        .raw(&drawing(panel, at, Pointing::Page(lang)))
        .raw(&format!("</svg></div>\n<figcaption id=\"t{at}\">"));
    for sign in signs(panel) {
        page.raw("<p>").both(&sign).raw("</p>");
    }
    page.raw("</figcaption></figure>\n");
}

fn table(page: &mut Markup, map: &Map, panel: &Panel, at: usize) {
    page.raw(if map.has_people {
        "<table class=\"grids staffed\"><thead><tr><th scope=\"col\">"
    } else {
        "<table class=\"grids\"><thead><tr><th scope=\"col\">"
    })
    .said("网格", "grid")
    .raw("</th><th scope=\"col\" class=\"number\">")
    .said("户数", "households")
    .raw("</th><th scope=\"col\" class=\"number\">")
    .said("人数", "residents");
    if map.has_people {
        page.raw("</th><th scope=\"col\">")
            .said("负责人", "responsible");
    }
    page.raw("</th><th scope=\"col\">")
        .said("楼栋", "buildings")
        .raw("</th></tr></thead><tbody>\n");
    for (number, grid) in panel.grids.iter().enumerate() {
        row(page, grid, number, at);
    }
    page.raw("</tbody></table>\n");
}

fn row(page: &mut Markup, grid: &Grid, number: usize, at: usize) {
    let spot = Spot {
        x: 14.0,
        y: 14.0,
        r: 12.0,
    };
    let lines: Vec<Text> = std::iter::once(words::of_grid(grid))
        .chain(grid.people.iter().cloned())
        .collect();
    page.raw(&format!(
        r#"<tr data-grid="{number}" data-told-zh="{}" data-told-en="{}" tabindex="0"><th scope="row"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">{}</svg> "#,
        told(&lines, Lang::Zh),
        told(&lines, Lang::En),
        swatch(grid.look, &grid.short, grid.missed.is_some(), at, spot)
    ))
    .text(&grid.name)
    .raw("</th><td class=\"number\">")
    .count(grid.households)
    .raw("</td><td class=\"number\">")
    .count(grid.residents)
    .raw("</td>");
    if let Some(worker) = &grid.worker {
        page.raw("<td>").both(worker).raw("</td>");
    }
    page.raw("<td class=\"blocks\">")
        .both(&Text::new(grid.blocks.join("、"), grid.blocks.join(", ")));
    if let Some(missed) = &grid.missed {
        page.raw("<strong class=\"missed\">")
            .both(missed)
            .raw("</strong>");
    }
    if grid.is_locked {
        page.raw("<em>").both(&words::LOCKED).raw("</em>");
    }
    page.raw("</td></tr>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_knows_the_style_and_the_script_of_the_map() {
        policy::tests::assert_known(&[STYLE, SCRIPT]);
    }
}
