//! The list of sheets and names in a workbook: `xl/workbook.xml`, read and written anew with changes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::WorkbookError;
use super::xml::{self, Kind, Token};
use crate::table::PREFIX;

/// The name under which programs keep the area of a sheet's filter.
const FILTER_AREA: &str = "_xlnm._FilterDatabase";

/// A sheet of any kind, in the order of tabs.
#[derive(Clone, Debug)]
pub(super) struct Tab {
    pub(super) name: String,
    /// The id of its relationship.
    pub(super) id: String,
}

/// `xl/workbook.xml`.
#[derive(Debug)]
pub(super) struct Contents {
    xml: String,
    pub(super) tabs: Vec<Tab>,
    /// Names and what they stand for.
    pub(super) names: Vec<(String, String)>,
}

/// What is to change.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Numbers of tabs that go.
    pub(super) gone: Vec<usize>,
    /// Tabs that come: name and relationship.
    pub(super) new: Vec<(String, String)>,
    /// Whether all names of this program go.
    pub(super) clean: bool,
    /// Names that come, and what they stand for.
    pub(super) names: Vec<(String, String)>,
    /// The area of a tab's filter, by the tab's number before the change; `None` where there is none any more.
    pub(super) filters: BTreeMap<usize, Option<String>>,
    /// Names of tabs to be hidden.
    pub(super) hidden: Vec<String>,
}

impl Contents {
    pub(super) fn new(xml: String) -> Result<Self, WorkbookError> {
        let mut tabs = Vec::new();
        let mut names: Vec<(String, String)> = Vec::new();
        let mut open = false;
        for token in xml::tokens(&xml)? {
            match (token.name, token.kind) {
                ("sheet", Kind::Start | Kind::Empty) => tabs.push(Tab {
                    name: xml::attribute(token.raw, "name")
                        .unwrap_or_default()
                        .into_owned(),
                    id: xml::relation_id(token.raw).unwrap_or_default(),
                }),
                ("definedName", Kind::Start) => {
                    let name = xml::attribute(token.raw, "name").unwrap_or_default();
                    names.push((name.into_owned(), String::new()));
                    open = true;
                }
                ("definedName", Kind::End) => open = false,
                (_, Kind::Text) if open => {
                    if let Some((_, formula)) = names.last_mut() {
                        formula.push_str(&xml::unescape(token.raw));
                    }
                }
                _ => {}
            }
        }
        if tabs.is_empty() {
            return Err(WorkbookError::Structure("no sheets".to_owned()));
        }
        Ok(Self { xml, tabs, names })
    }

    /// Whether the workbook is of the strict kind.
    pub(super) fn is_strict(&self) -> bool {
        self.xml
            .contains("http://purl.oclc.org/ooxml/spreadsheetml/main")
    }

    /// The XML with changes.
    pub(super) fn changed(&self, changes: &Changes) -> Result<String, WorkbookError> {
        let xml = self.xml.as_str();
        let prefix = xml::root_prefix(xml)?;
        let tokens = xml::tokens(xml)?;
        let moved = Moved::new(self.tabs.len(), &changes.gone);
        let names = self.new_names(&tokens, changes, &moved, &prefix);
        let mut out = String::with_capacity(xml.len() + 1024);
        let (mut at, mut tab, mut highest) = (0, 0, 0_u32);
        let mut names = (!names.is_empty())
            .then(|| format!("<{prefix}definedNames>{names}</{prefix}definedNames>"));
        // The last element that names stand after, where there are none yet.
        let before = tokens.iter().rposition(|token| {
            token.depth == 1
                && matches!(token.kind, Kind::End | Kind::Empty)
                && matches!(
                    token.name,
                    "definedNames" | "externalReferences" | "functionGroups" | "sheets"
                )
        });
        let has_names = tokens
            .iter()
            .any(|token| token.depth == 1 && token.name == "definedNames");
        while let Some(token) = tokens.get(at) {
            match (token.name, token.kind, token.depth) {
                ("sheet", Kind::Start | Kind::Empty, 2) => {
                    let (end, next) = xml::element_end(&tokens, at);
                    if moved.to(tab).is_some() {
                        let number =
                            xml::attribute(token.raw, "sheetId").and_then(|id| id.parse().ok());
                        highest = highest.max(number.unwrap_or(0));
                        let name = self.tabs.get(tab).map_or("", |tab| tab.name.as_str());
                        if changes.hidden.iter().any(|hidden| hidden == name) {
                            out.push_str(&xml::with_attribute(token.raw, "state", Some("hidden")));
                            out.push_str(xml.get(token.to..end).unwrap_or_default());
                        } else {
                            out.push_str(xml.get(token.from..end).unwrap_or_default());
                        }
                    }
                    tab += 1;
                    at = next;
                    continue;
                }
                ("sheets", Kind::End, 1) => {
                    for (name, id) in &changes.new {
                        highest += 1;
                        let name = xml::escape_attribute(name);
                        let space = self.relationships();
                        let _ = write!(
                            out,
                            "<{prefix}sheet xmlns:r=\"{space}\" name=\"{name}\" sheetId=\"{highest}\" r:id=\"{id}\"/>"
                        );
                    }
                    out.push_str(token.raw);
                }
                ("workbookView", Kind::Start | Kind::Empty, 2) => {
                    let mut tag = token.raw.to_owned();
                    for name in ["activeTab", "firstSheet"] {
                        if let Some(old) =
                            xml::attribute(&tag, name).and_then(|old| old.parse().ok())
                        {
                            let new = moved.to(old).unwrap_or(0).to_string();
                            tag = xml::with_attribute(&tag, name, Some(&new));
                        }
                    }
                    out.push_str(&tag);
                }
                ("definedNames", Kind::Start | Kind::Empty, 1) => {
                    let (_, next) = xml::element_end(&tokens, at);
                    out.push_str(&names.take().unwrap_or_default());
                    at = next;
                    continue;
                }
                _ => out.push_str(token.raw),
            }
            if !has_names && Some(at) == before {
                out.push_str(&names.take().unwrap_or_default());
            }
            at += 1;
        }
        Ok(out)
    }

    fn relationships(&self) -> &'static str {
        if self.is_strict() {
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        } else {
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        }
    }

    fn new_names(
        &self,
        tokens: &[Token<'_>],
        changes: &Changes,
        moved: &Moved,
        prefix: &str,
    ) -> String {
        let mut filters = changes.filters.clone();
        let mut out = String::new();
        for (at, token) in tokens.iter().enumerate() {
            if token.name != "definedName" || token.kind != Kind::Start {
                continue;
            }
            let (end, _) = xml::element_end(tokens, at);
            let name = xml::attribute(token.raw, "name").unwrap_or_default();
            if changes.clean && name.starts_with(PREFIX) {
                continue;
            }
            let local = xml::attribute(token.raw, "localSheetId")
                .and_then(|id| id.trim().parse::<usize>().ok());
            let mut tag = token.raw.to_owned();
            if let Some(local) = local {
                let Some(new) = moved.to(local) else {
                    continue;
                };
                if new != local {
                    tag = xml::with_attribute(&tag, "localSheetId", Some(&new.to_string()));
                }
                if name == FILTER_AREA
                    && let Some(area) = filters.remove(&local)
                {
                    if let Some(area) = area {
                        let area = xml::escape_attribute(&area);
                        let _ = write!(out, "{tag}{area}</{prefix}definedName>");
                    }
                    continue;
                }
            }
            out.push_str(&tag);
            out.push_str(self.xml.get(token.to..end).unwrap_or_default());
        }
        for (tab, area) in filters {
            if let (Some(area), Some(tab)) = (area, moved.to(tab)) {
                let area = xml::escape_attribute(&area);
                let _ = write!(
                    out,
                    "<{prefix}definedName name=\"{FILTER_AREA}\" localSheetId=\"{tab}\" hidden=\"1\">{area}</{prefix}definedName>"
                );
            }
        }
        for (name, formula) in &changes.names {
            let formula = xml::escape_attribute(formula);
            let _ = write!(
                out,
                "<{prefix}definedName name=\"{name}\" hidden=\"1\">{formula}</{prefix}definedName>"
            );
        }
        out
    }
}

/// Where tabs go when some are taken away.
struct Moved(Vec<Option<usize>>);

impl Moved {
    fn new(count: usize, gone: &[usize]) -> Self {
        let mut next = 0;
        Self(
            (0..count)
                .map(|tab| {
                    (!gone.contains(&tab)).then(|| {
                        next += 1;
                        next - 1
                    })
                })
                .collect(),
        )
    }

    fn to(&self, tab: usize) -> Option<usize> {
        self.0.get(tab).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "<workbook xmlns=\"u\"><bookViews><workbookView activeTab=\"2\"/></bookViews><sheets>\
        <sheet name=\"汇总\" sheetId=\"9\" r:id=\"rId9\"/><sheet name=\"甲\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"乙\" sheetId=\"2\" r:id=\"rId2\"/></sheets>\
        <definedNames><definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"2\" hidden=\"1\">乙!$A$1:$B$2</definedName>\
        <definedName name=\"_gridcode.sheet.1\" hidden=\"1\">汇总!$A$1</definedName><definedName name=\"甲名\">甲!$A$1</definedName></definedNames><calcPr/></workbook>";

    #[test]
    fn tabs_go_and_what_counts_tabs_follows() {
        let contents = Contents::new(BOOK.to_owned()).unwrap();
        let changes = Changes {
            gone: vec![0],
            clean: true,
            new: vec![("待&改".to_owned(), "rId3".to_owned())],
            names: vec![("_gridcode.sheet.1".to_owned(), "'待&改'!$A$1".to_owned())],
            filters: BTreeMap::from([(2, Some("乙!$A$1:$C$2".to_owned())), (1, None)]),
            ..Changes::default()
        };
        let new = contents.changed(&changes).unwrap();
        for part in [
            "<workbookView activeTab=\"1\"/>",
            "name=\"待&amp;改\" sheetId=\"3\" r:id=\"rId3\"/></sheets>",
            "localSheetId=\"1\" hidden=\"1\">乙!$A$1:$C$2<",
            ">甲!$A$1<",
            "<definedName name=\"_gridcode.sheet.1\" hidden=\"1\">'待&amp;改'!$A$1<",
        ] {
            assert!(new.contains(part), "{part}\n{new}");
        }
        assert!(!new.contains("汇总"));
    }

    #[test]
    fn names_come_where_there_were_none_and_the_element_goes_with_the_last() {
        let none = "<x:workbook xmlns:x=\"u\"><x:sheets><x:sheet name=\"甲\" sheetId=\"1\" r:id=\"a\"/></x:sheets><x:externalReferences/><x:calcPr/></x:workbook>";
        let changes = Changes {
            clean: true,
            names: vec![("_gridcode.sheet.1".to_owned(), "甲!$A$1".to_owned())],
            ..Changes::default()
        };
        let with = Contents::new(none.to_owned())
            .unwrap()
            .changed(&changes)
            .unwrap();
        assert!(
            with.contains(
                "<x:externalReferences/><x:definedNames><x:definedName name=\"_gridcode.sheet.1\""
            ),
            "{with}"
        );
        let clean = Changes {
            clean: true,
            ..Changes::default()
        };
        assert_eq!(Contents::new(with).unwrap().changed(&clean).unwrap(), none);
    }
}
