//! The XML of a sheet that comes to a workbook.

use std::fmt::Write as _;

use super::area::{Area, letters, quoted};
use super::edits::{Look, NewSheet};
use super::styles::Styles;
use super::xml;

/// Excel takes no longer name.
const LONGEST_NAME: usize = 31;

/// A sheet as XML.
pub(super) fn xml(sheet: &NewSheet, strict: bool, styles: &mut Styles) -> String {
    let namespace = if strict {
        "http://purl.oclc.org/ooxml/spreadsheetml/main"
    } else {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{namespace}\">"
    );
    out.push_str("<sheetViews><sheetView workbookViewId=\"0\">");
    if sheet.headers > 0 {
        let top = sheet.headers + 1;
        let _ = write!(
            out,
            "<pane ySplit=\"{}\" topLeftCell=\"A{top}\" activePane=\"bottomLeft\" state=\"frozen\"/>",
            sheet.headers
        );
    }
    out.push_str("</sheetView></sheetViews>");
    if !sheet.widths.is_empty() {
        out.push_str("<cols>");
        for (number, width) in (1_u32..).zip(&sheet.widths) {
            let _ = write!(
                out,
                "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>"
            );
        }
        out.push_str("</cols>");
    }
    out.push_str("<sheetData>");
    let (mut links, mut width) = (String::new(), 0);
    for (number, row) in (1_u32..).zip(&sheet.rows) {
        let _ = write!(out, "<row r=\"{number}\">");
        for (column, cell) in (0_u32..).zip(row) {
            if cell.text.is_empty() && cell.tint.is_none() {
                continue;
            }
            width = width.max(column);
            let place = format!("{}{number}", letters(column));
            let mut style = styles.text(cell.look);
            if let Some(tint) = cell.tint {
                style = styles.marked(style, tint);
            }
            if cell.text.is_empty() {
                let _ = write!(out, "<c r=\"{place}\" s=\"{style}\"/>");
                continue;
            }
            let text = xml::escape_text(&cell.text);
            let _ = write!(
                out,
                "<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            );
            if let Some(target) = &cell.link
                && cell.look == Look::Link
            {
                let sheet = target
                    .sheet
                    .as_deref()
                    .map(|sheet| format!("{}!", quoted(sheet)))
                    .unwrap_or_default();
                let cell = if target.column.is_some() {
                    target.name()
                } else {
                    format!("A{}", target.row.max(1))
                };
                let location = xml::escape_attribute(&format!("{sheet}{cell}"));
                let _ = write!(
                    links,
                    "<hyperlink ref=\"{place}\" location=\"{location}\"/>"
                );
            }
        }
        out.push_str("</row>");
    }
    out.push_str("</sheetData>");
    if let Some(area) = filter(sheet, width) {
        let _ = write!(out, "<autoFilter ref=\"{}\"/>", area.name());
    }
    if !links.is_empty() {
        let _ = write!(out, "<hyperlinks>{links}</hyperlinks>");
    }
    // Every cell is a text on purpose: no green corners where it looks like a number.
    let all = Area {
        top: 1,
        left: 0,
        bottom: u32::try_from(sheet.rows.len()).unwrap_or(1).max(1),
        right: width,
    };
    let _ = write!(
        out,
        "<ignoredErrors><ignoredError sqref=\"{}\" numberStoredAsText=\"1\"/></ignoredErrors>",
        all.name()
    );
    out.push_str("</worksheet>");
    out
}

/// From the header to the last row.
fn filter(sheet: &NewSheet, right: u32) -> Option<Area> {
    let bottom = u32::try_from(sheet.rows.len()).ok()?;
    (sheet.headers > 0 && bottom >= sheet.headers).then_some(Area {
        top: sheet.headers,
        left: 0,
        bottom,
        right,
    })
}

/// A name that a tab can have and no other has.
pub(super) fn free_name(wanted: &str, taken: &[String]) -> String {
    let clean: String = wanted
        .chars()
        .filter(|sign| {
            !matches!(sign, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !sign.is_control()
        })
        .collect();
    let clean = if clean.trim().is_empty() {
        "Sheet"
    } else {
        clean.trim()
    };
    let is_taken = |name: &str| {
        taken
            .iter()
            .any(|known| known.to_lowercase() == name.to_lowercase())
    };
    let name = shortened(clean, LONGEST_NAME);
    if !is_taken(&name) {
        return name;
    }
    (2_u32..u32::MAX)
        .map(|number| {
            let end = format!(" ({number})");
            format!("{}{end}", shortened(clean, LONGEST_NAME - end.len()))
        })
        .find(|name| !is_taken(name))
        .unwrap_or_default()
}

/// So many UTF-16 units of a text, no sign cut in two.
fn shortened(text: &str, most: usize) -> String {
    let mut length = 0;
    text.chars()
        .take_while(|sign| {
            length += sign.len_utf16();
            length <= most
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_that_a_tab_can_have() {
        let taken = ["汇总".to_owned(), "summary".to_owned()];
        assert_eq!(free_name("汇总", &taken), "汇总 (2)");
        assert_eq!(free_name("Summary", &taken), "Summary (2)");
        assert_eq!(free_name("[a]:'*", &taken), "a");
        assert_eq!(free_name(&"长".repeat(40), &taken).chars().count(), 31);
    }
}
