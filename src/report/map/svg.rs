//! The map as one SVG picture in one language: a panel for each community, with its legend beneath.

use std::fmt::Write as _;

use super::draw::{Pointing, drawing, n, swatch};
use super::layout::Spot;
use super::legend::{BARRIER, CIRCLE, OUT, SQUARE, TIED, TOO_BIG, lines};
use super::{Grid, Map, Panel, words};
use crate::lang::{Lang, Text};
use crate::report::html::markup::escaped;
use crate::report::text::grouped;

/// A panel is no narrower.
const NARROWEST: f64 = 640.0;
/// How wide a column of the type is.
const COLUMN: f64 = 6.6;
/// From one line to the next.
const LINE: f64 = 19.0;
/// An entry of the legend is at least so wide.
const ENTRY: f64 = 310.0;
const EDGE: f64 = 24.0;

/// The map as a picture. What is told of a building stands in its tooltip.
///
/// All communities are on it, in rows as many as columns; one community is the whole picture.
///
/// ```
/// use gridcode::Lang;
/// use gridcode::report::map::{html, map, svg};
/// # use gridcode::{census, codebook::Codebook, partition, survey, table::Source};
/// # let source = Source::bytes("list.csv", "楼栋,户数,人数\n1栋,400,1200\n2栋,400,1200\n".as_bytes().to_vec());
/// # let options = census::Options::new(Codebook::shushan(), jiff::civil::date(2026, 11, 1));
/// # let solving = partition::Options::default();
/// # let wishes = survey::Wishes { standard: solving.standard, priority_weight: 1, locked: Vec::new() };
/// # let survey = survey::read(&source, &options, survey::Beside::default(), survey::Previous::None, &wishes, &mut |_| {}, &mut |_| {})?;
/// # let divisions: Vec<_> = survey.communities.iter().map(|one| survey::divide_community(one, &solving)).collect();
/// let map = map(&survey, &divisions, None);
/// assert!(svg(&map, Lang::En).starts_with("<svg"));
/// assert!(html(&map, Lang::Zh).starts_with("<!DOCTYPE html>"));
/// # Ok::<(), survey::SurveyError>(())
/// ```
#[must_use]
pub fn svg(map: &Map, lang: Lang) -> String {
    let count = map.panels.len();
    let mut columns = count.isqrt();
    if columns * columns < count {
        columns += 1;
    }
    let panels: Vec<(f64, f64, String)> = map
        .panels
        .iter()
        .enumerate()
        .map(|(at, panel)| whole(panel, at, lang))
        .collect();
    let widest = panels.iter().map(|(wide, ..)| *wide).fold(0.0, f64::max);
    let mut body = String::new();
    let (mut width, mut top) = (0.0_f64, 0.0_f64);
    for row in panels.chunks(columns.max(1)) {
        let (mut left, mut height) = (0.0_f64, 0.0_f64);
        for (_, high, panel) in row {
            let _ = writeln!(
                body,
                "<g transform=\"translate({} {})\">{panel}</g>",
                n(left),
                n(top)
            );
            left += widest;
            height = height.max(*high);
        }
        width = width.max(left);
        top += height;
    }
    let (width, height) = (n(width), n(top));
    let title = lang.pick("网格图", "map of the grids");
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"><title>{title}</title><rect width="{width}" height="{height}" fill="#FFFFFF"/>
{body}</svg>
"##,
        lang.tag()
    )
}

/// A panel with its title and legend: width, height, elements.
fn whole(panel: &Panel, at: usize, lang: Lang) -> (f64, f64, String) {
    let width = panel.layout.width.max(NARROWEST) + 2.0 * EDGE;
    let mut svg = String::new();
    let mut y = EDGE + 20.0;
    text(
        &mut svg,
        (EDGE, y),
        panel.title.get(lang),
        "font-size=\"18\" font-weight=\"600\"",
    );
    y += 8.0;
    let room = columns(width - 2.0 * EDGE);
    for said in &panel.said {
        for line in lines(said.get(lang), room) {
            y += LINE;
            text(&mut svg, (EDGE, y), &line, "font-size=\"13\"");
        }
    }
    y += LINE;
    let left = (width - panel.layout.width) / 2.0;
    let _ = write!(
        svg,
        "<g transform=\"translate({} {})\">{}</g>",
        n(left),
        n(y),
        drawing(panel, at, Pointing::Tooltip(lang))
    );
    y += panel.layout.height + 10.0;
    let across = whole_number((width - 2.0 * EDGE) / ENTRY).max(1);
    let wide = (width - 2.0 * EDGE) / length(across);
    for row in panel.grids.chunks(across) {
        let mut lowest = y;
        for (column, grid) in row.iter().enumerate() {
            let x = EDGE + length(column) * wide;
            let end = entry(&mut svg, (x, y, wide), grid, at, lang);
            lowest = lowest.max(end);
        }
        y = lowest + 10.0;
    }
    for sign in signs(panel) {
        for line in lines(sign.get(lang), room) {
            y += LINE;
            text(
                &mut svg,
                (EDGE, y),
                &line,
                "font-size=\"12\" fill-opacity=\"0.8\"",
            );
        }
    }
    (width, y + EDGE, svg)
}

/// One grid of the legend; where it ends.
fn entry(
    svg: &mut String,
    (x, y, wide): (f64, f64, f64),
    grid: &Grid,
    at: usize,
    lang: Lang,
) -> f64 {
    let spot = Spot {
        x: x + 13.0,
        y: y + 13.0,
        r: 12.0,
    };
    svg.push_str(&swatch(
        grid.look,
        &grid.short,
        grid.missed.is_some(),
        at,
        spot,
    ));
    // The first line is bold, and wider.
    let room = columns((wide - 44.0) / 1.13);
    let (households, residents) = (grouped(grid.households), grouped(grid.residents));
    let first = lang.pick(
        format!("{} 网格：{households} 户，{residents} 人", grid.name),
        format!(
            "grid {}: {households} households, {residents} residents",
            grid.name
        ),
    );
    let mut said = lines(&first, room);
    let bold = said.len();
    let aside = grid.is_locked.then_some(words::LOCKED);
    for more in grid.missed.iter().chain(&aside).chain(&grid.people) {
        said.extend(lines(more.get(lang), room));
    }
    let mut line = y + 18.0;
    for (number, text_of) in said.iter().enumerate() {
        let style = if number < bold {
            "font-size=\"13\" font-weight=\"600\""
        } else {
            "font-size=\"12\""
        };
        text(svg, (x + 32.0, line), text_of, style);
        line += 16.0;
    }
    (line - 16.0 + 6.0).max(y + 26.0)
}

/// The signs that occur in a panel.
pub(super) fn signs(panel: &Panel) -> Vec<Text> {
    let mut signs = Vec::new();
    if !panel.marks.is_empty() {
        signs.push(if panel.layout.ground.is_some() {
            CIRCLE
        } else {
            SQUARE
        });
    }
    if panel.grids.iter().any(|grid| grid.missed.is_some()) {
        signs.push(OUT);
    }
    if panel.marks.iter().any(|mark| mark.is_too_big) {
        signs.push(TOO_BIG);
    }
    if !panel.split.is_empty() {
        signs.push(TIED);
    }
    if !panel.barriers.is_empty() {
        signs.push(BARRIER);
    }
    signs
}

fn text(svg: &mut String, (x, y): (f64, f64), said: &str, style: &str) {
    let _ = write!(
        svg,
        r##"<text x="{}" y="{}" fill="#222222" {style}>{}</text>"##,
        n(x),
        n(y),
        escaped(said)
    );
}

/// How many columns of text have room in a length.
fn columns(length: f64) -> usize {
    whole_number(length / COLUMN)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a length of the picture is positive and some thousands at most"
)]
fn whole_number(length: f64) -> usize {
    length.max(0.0) as usize
}

#[expect(clippy::cast_precision_loss, reason = "some columns")]
fn length(count: usize) -> f64 {
    count as f64
}
