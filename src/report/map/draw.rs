//! The drawing of one community as SVG elements: barriers, lines along which grids hang together, marks.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use super::colour::{Look, NO_GRID};
use super::layout::Spot;
use super::legend::cut_front;
use super::words::tenths;
use super::{Mark, Panel};
use crate::lang::{Lang, Text};
use crate::report::html::markup::escaped;

/// What tells of a mark where somebody points at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pointing {
    /// A tooltip in one language.
    Tooltip(Lang),
    /// A tooltip for readers without scripts, and both languages for the script of the page; marks can be reached by key.
    Page(Lang),
}

impl Pointing {
    fn lang(self) -> Lang {
        match self {
            Self::Tooltip(lang) | Self::Page(lang) => lang,
        }
    }
}

/// The size of the type of names.
const NAME: f64 = 12.0;
const OUTLINE: &str = "#333333";
const ALARM: &str = "#B3261E";

/// The hatching of what is out of bounds; `at` tells the pictures of one page apart.
fn definitions(at: usize) -> String {
    format!(
        r##"<defs><pattern id="hatch{at}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M1.5 0V6" stroke="#000000" stroke-opacity="0.4" stroke-width="1.6"/></pattern></defs>"##
    )
}

/// The whole drawing, without its frame.
pub(super) fn drawing(panel: &Panel, at: usize, pointing: Pointing) -> String {
    let mut svg = definitions(at);
    barriers(&mut svg, panel, at);
    ways(&mut svg, panel);
    split(&mut svg, panel);
    let is_strip = panel.layout.ground.is_none();
    svg.push_str("<g class=\"marks\">");
    let places = panel.layout.spots.iter().zip(&panel.layout.rooms);
    for (mark, (spot, room)) in panel.marks.iter().zip(places) {
        draw_mark(
            &mut svg,
            panel,
            (mark, *spot, *room),
            at,
            is_strip,
            pointing,
        );
    }
    svg.push_str("</g>");
    apart(&mut svg, panel, pointing);
    scale(&mut svg, panel);
    svg
}

/// A length to a tenth of a unit.
pub(super) fn n(length: f64) -> String {
    let tenths = tenths(length);
    let sign = if tenths < 0 { "-" } else { "" };
    let size = tenths.unsigned_abs();
    match size % 10 {
        0 => format!("{sign}{}", size / 10),
        rest => format!("{sign}{}.{rest}", size / 10),
    }
}

/// A swatch as it stands in a legend: the mark of a grid without a building.
pub(super) fn swatch(look: Look, short: &str, is_out: bool, at: usize, spot: Spot) -> String {
    let mut svg = String::new();
    disc(&mut svg, spot, (look.fill(), look.rings), false);
    if is_out {
        hatch(&mut svg, spot, at, false);
    }
    figure(&mut svg, spot, look.ink(), short, is_out);
    svg
}

fn barriers(svg: &mut String, panel: &Panel, at: usize) {
    let (Some(ground), false) = (panel.layout.ground, panel.barriers.is_empty()) else {
        return;
    };
    let (width, height) = (n(panel.layout.width), n(panel.layout.height));
    let _ = write!(
        svg,
        r#"<clipPath id="clip{at}"><rect width="{width}" height="{height}"/></clipPath><g class="barriers" clip-path="url(#clip{at})"><path d=""#
    );
    for (from, to) in &panel.barriers {
        let ((a, b), (c, d)) = (ground.place(*from), ground.place(*to));
        let _ = write!(svg, "M{} {}L{} {}", n(a), n(b), n(c), n(d));
    }
    svg.push_str(
        r##"" fill="none" stroke="#7A8CA3" stroke-width="3" stroke-dasharray="9 6"/></g>"##,
    );
}

/// One path a grid, so that where lines cross they are not darker.
fn ways(svg: &mut String, panel: &Panel) {
    let largest = largest(panel);
    svg.push_str(r#"<g class="ways" fill="none" stroke-linecap="round">"#);
    for (number, grid) in panel.grids.iter().enumerate() {
        let mut path = String::new();
        for (_, a, b) in panel.ways.iter().filter(|(of, ..)| *of == number) {
            if let Some((a, b)) = panel.layout.spots.get(*a).zip(panel.layout.spots.get(*b)) {
                let _ = write!(path, "M{} {}L{} {}", n(a.x), n(a.y), n(b.x), n(b.y));
            }
        }
        if !path.is_empty() {
            let _ = write!(
                svg,
                r#"<path class="way" data-grid="{number}" d="{path}" stroke="{}" stroke-opacity="0.45" stroke-width="{}"/>"#,
                grid.look.fill(),
                n(largest * 0.7)
            );
        }
    }
    svg.push_str("</g>");
}

/// Buildings of which parts stand beside one another: a line through them, and the name above.
fn split(svg: &mut String, panel: &Panel) {
    for (name, parts) in &panel.split {
        let spots: Vec<&Spot> = parts
            .iter()
            .filter_map(|part| panel.layout.spots.get(*part))
            .collect();
        let points = spots
            .iter()
            .map(|spot| format!("{},{}", n(spot.x), n(spot.y)));
        let points = points.collect::<Vec<_>>().join(" ");
        let Some(top) = spots
            .iter()
            .min_by(|a, b| (a.y - a.r).total_cmp(&(b.y - b.r)))
        else {
            continue;
        };
        let west = spots
            .iter()
            .map(|spot| spot.x)
            .fold(f64::INFINITY, f64::min);
        let east = spots.iter().map(|spot| spot.x).fold(0.0, f64::max);
        let _ = write!(
            svg,
            r##"<polyline class="ties" points="{points}" fill="none" stroke="#555555" stroke-width="4" stroke-linecap="round"/>"##
        );
        let is_above = panel.layout.ground.is_some();
        if is_above {
            let at = (f64::midpoint(west, east), top.y - top.r - 5.0);
            name_of(svg, at, &cut_front(name, 16));
        }
    }
}

fn name_of(svg: &mut String, (x, y): (f64, f64), name: &str) {
    let _ = write!(
        svg,
        r##"<text class="name" x="{}" y="{}" font-size="{}" text-anchor="middle" fill="#333333" stroke="#FFFFFF" stroke-width="2.5" paint-order="stroke">{}</text>"##,
        n(x),
        n(y),
        n(NAME),
        escaped(name)
    );
}

fn draw_mark(
    svg: &mut String,
    panel: &Panel,
    (mark, spot, room): (&Mark, Spot, usize),
    at: usize,
    is_strip: bool,
    pointing: Pointing,
) {
    let grid = mark.grid.and_then(|grid| panel.grids.get(grid));
    svg.push_str("<g class=\"mark\"");
    if let Some(grid) = mark.grid {
        let _ = write!(svg, r#" data-grid="{grid}""#);
    }
    if let Pointing::Page(_) = pointing {
        let (zh, en) = (told(&mark.told, Lang::Zh), told(&mark.told, Lang::En));
        let _ = write!(
            svg,
            r#" tabindex="0" role="img" data-told-zh="{zh}" data-told-en="{en}""#
        );
    }
    let _ = write!(svg, "><title>{}</title>", told(&mark.told, pointing.lang()));
    let (fill, rings) = grid.map_or((NO_GRID, 0), |grid| (grid.look.fill(), grid.look.rings));
    if mark.is_too_big {
        let wider = Spot {
            r: spot.r + 4.0,
            ..spot
        };
        outline(svg, wider, is_strip, "none", (ALARM, "2"));
    }
    disc(svg, spot, (fill, rings), is_strip);
    let is_out = grid.is_some_and(|grid| grid.missed.is_some());
    if is_out {
        hatch(svg, spot, at, is_strip);
    }
    if let Some(grid) = grid {
        figure(svg, spot, grid.look.ink(), &grid.short, is_out);
    }
    if let Some(label) = fitting(&mark.label, room) {
        name_of(svg, (spot.x, spot.y + spot.r + NAME), &label);
    }
    if mark.has_sign {
        sign(svg, spot);
    }
    svg.push_str("</g>");
}

/// A name as it has room: of `2单元` the number is enough, of other names the end; `None` where nothing would be told.
fn fitting(name: &str, room: usize) -> Option<String> {
    let number = name.strip_suffix("单元").unwrap_or(name);
    [name, number]
        .into_iter()
        .find(|name| name.width() <= room)
        .map(str::to_owned)
        .or_else(|| (room >= 5).then(|| cut_front(name, room)))
}

/// Lines as they stand in an attribute or a tooltip.
pub(super) fn told(lines: &[Text], lang: Lang) -> String {
    let lines = lines.iter().map(|line| escaped(line.get(lang)));
    lines.collect::<Vec<_>>().join("&#10;")
}

/// The mark itself, and its rings.
fn disc(svg: &mut String, spot: Spot, (fill, rings): (&str, usize), is_strip: bool) {
    outline(svg, spot, is_strip, fill, (OUTLINE, "1.2"));
    for ring in 1..=rings {
        let ring = u32::try_from(ring).unwrap_or(u32::MAX);
        let inner = Spot {
            r: (spot.r - 3.0 * f64::from(ring)).max(2.0),
            ..spot
        };
        outline(svg, inner, is_strip, "none", ("#000000", "1.2"));
    }
}

fn hatch(svg: &mut String, spot: Spot, at: usize, is_strip: bool) {
    outline(
        svg,
        spot,
        is_strip,
        &format!("url(#hatch{at})"),
        (ALARM, "2"),
    );
}

fn outline(
    svg: &mut String,
    spot: Spot,
    is_strip: bool,
    fill: &str,
    (stroke, width): (&str, &str),
) {
    let (x, y, r) = (n(spot.x), n(spot.y), n(spot.r));
    let _ = if is_strip {
        let (left, top, side) = (n(spot.x - spot.r), n(spot.y - spot.r), n(2.0 * spot.r));
        write!(
            svg,
            r#"<rect x="{left}" y="{top}" width="{side}" height="{side}" rx="5" fill="{fill}" stroke="{stroke}" stroke-width="{width}"/>"#
        )
    } else {
        write!(
            svg,
            r#"<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}" stroke="{stroke}" stroke-width="{width}"/>"#
        )
    };
}

/// The grid's name in a mark. On hatching it stands on a plate, to be read.
fn figure(svg: &mut String, spot: Spot, ink: &str, short: &str, is_out: bool) {
    let columns = f64::from(u32::try_from(short.width().max(1)).unwrap_or(u32::MAX));
    let size = (spot.r * 0.95).min(2.0 * spot.r * 0.82 / (columns * 0.58));
    let ink = if is_out {
        let (wide, high) = (columns * size * 0.58 + 4.0, size * 1.05);
        let _ = write!(
            svg,
            r##"<rect class="plate" x="{}" y="{}" width="{}" height="{}" rx="3" fill="#FFFFFF" fill-opacity="0.88"/>"##,
            n(spot.x - wide / 2.0),
            n(spot.y - high / 2.0),
            n(wide),
            n(high)
        );
        "#111111"
    } else {
        ink
    };
    let _ = write!(
        svg,
        r#"<text class="figure" x="{}" y="{}" font-size="{}" font-weight="600" text-anchor="middle" fill="{ink}">{}</text>"#,
        n(spot.x),
        n(spot.y + size * 0.36),
        n(size),
        escaped(short)
    );
}

/// An exclamation mark at the upper right.
fn sign(svg: &mut String, spot: Spot) {
    let (x, y) = (spot.x + spot.r * 0.8, spot.y - spot.r * 0.8);
    let _ = write!(
        svg,
        r##"<circle cx="{}" cy="{}" r="8" fill="{ALARM}" stroke="#FFFFFF" stroke-width="1.5"/><text x="{}" y="{}" font-size="12" font-weight="700" text-anchor="middle" fill="#FFFFFF">!</text>"##,
        n(x),
        n(y),
        n(x),
        n(y + 4.3)
    );
}

fn apart(svg: &mut String, panel: &Panel, pointing: Pointing) {
    let Some(y) = panel.layout.apart else {
        return;
    };
    let text = |lang: Lang, said: &str| {
        format!(
            r##"<text class="word" lang="{}" x="20" y="{}" font-size="12" fill="#444444">{said}</text>"##,
            lang.tag(),
            n(y + 16.0)
        )
    };
    let (zh, en) = (
        text(Lang::Zh, "没有位置"),
        text(Lang::En, "without a position"),
    );
    let said = match pointing {
        Pointing::Tooltip(lang) => lang.pick(zh, en),
        Pointing::Page(_) => zh + &en,
    };
    let _ = write!(
        svg,
        r##"<path class="line" d="M20 {0}H{1}" stroke="#999999" stroke-dasharray="4 4"/>{said}"##,
        n(y),
        n(panel.layout.width - 20.0)
    );
}

/// A bar of a round number of metres, at the lower left of the ground.
fn scale(svg: &mut String, panel: &Panel) {
    let Some(ground) = panel.layout.ground else {
        return;
    };
    let ground_ends = panel.layout.apart.unwrap_or(panel.layout.height);
    let (metres, length) = ground.bar();
    let y = ground_ends - 12.0;
    let _ = write!(
        svg,
        r##"<g class="scale"><path class="line" d="M20 {0}v6h{1}v-6" fill="none" stroke="#444444" stroke-width="1.5"/><text class="word" x="{2}" y="{3}" font-size="12" fill="#444444">{metres} m</text></g>"##,
        n(y - 6.0),
        n(length),
        n(20.0 + length + 6.0),
        n(y + 2.0)
    );
}

fn largest(panel: &Panel) -> f64 {
    let spots = panel.layout.spots.iter();
    spots.map(|spot| spot.r).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_to_a_tenth() {
        assert_eq!(n(12.0), "12");
        assert_eq!(n(12.34), "12.3");
        assert_eq!(n(-0.25), "-0.3");
        assert_eq!(n(-0.04), "0");
    }
}
