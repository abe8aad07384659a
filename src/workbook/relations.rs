//! Relationships between the parts of a package, and what each part is declared to be.

use super::WorkbookError;
use super::package::{Package, key};
use super::xml::{self, Kind};

const NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const TYPES: &str = "[Content_Types].xml";

/// One relationship of a part.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type: `worksheet`, `comments`.
    pub(super) kind: String,
    /// The part it leads to; empty for what lies outside the package.
    pub(super) part: String,
}

/// The relationships of one part.
#[derive(Debug)]
pub(super) struct Relations {
    /// The part that has them.
    part: String,
    path: String,
    xml: String,
    pub(super) all: Vec<Relation>,
}

impl Relations {
    /// Those of a part; none where it has none.
    pub(super) fn of(package: &mut Package, part: &str) -> Result<Self, WorkbookError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = if folder.is_empty() {
            format!("_rels/{name}.rels")
        } else {
            format!("{folder}/_rels/{name}.rels")
        };
        let xml = package.text(&path)?.unwrap_or_else(|| {
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{NAMESPACE}\"></Relationships>")
        });
        let mut all = Vec::new();
        for token in xml::tokens(&xml)? {
            if token.name != "Relationship" || !matches!(token.kind, Kind::Start | Kind::Empty) {
                continue;
            }
            let get = |name| xml::attribute(token.raw, name).unwrap_or_default();
            let kind = get("Type");
            all.push(Relation {
                id: get("Id").into_owned(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                part: if get("TargetMode") == "External" {
                    String::new()
                } else {
                    resolve(folder, &get("Target"))
                },
            });
        }
        Ok(Self {
            part: part.to_owned(),
            path,
            xml,
            all,
        })
    }

    /// The first of a kind.
    pub(super) fn kind(&self, kind: &str) -> Option<&Relation> {
        self.all.iter().find(|relation| relation.kind == kind)
    }

    pub(super) fn id(&self, id: &str) -> Option<&Relation> {
        self.all.iter().find(|relation| relation.id == id)
    }

    /// Adds one, and gives its id. `kind` is the whole type.
    pub(super) fn add(&mut self, kind: &str, part: &str) -> Result<String, WorkbookError> {
        let id = (1..u32::MAX)
            .map(|number| format!("rId{number}"))
            .find(|id| self.id(id).is_none())
            .unwrap_or_default();
        let prefix = xml::root_prefix(&self.xml)?;
        let element =
            format!("<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"/{part}\"/>");
        self.xml = xml::before_end(&self.xml, &element)?;
        self.all.push(Relation {
            id: id.clone(),
            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
            part: part.to_owned(),
        });
        Ok(id)
    }

    /// Takes one away.
    pub(super) fn remove(&mut self, id: &str) -> Result<(), WorkbookError> {
        self.all.retain(|relation| relation.id != id);
        self.xml = without(&self.xml, "Relationship", "Id", &|value| value == id)?;
        Ok(())
    }

    /// Puts them into the package.
    pub(super) fn store(self, package: &mut Package) {
        if self.all.is_empty() {
            package.remove(&self.path);
        } else {
            package.set(&self.path, self.xml);
        }
    }

    /// The part that has them.
    pub(super) fn part(&self) -> &str {
        &self.part
    }
}

/// The part that a target means, seen from a folder.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let whole = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut names: Vec<&str> = Vec::new();
    for name in whole.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}

/// A part without those elements whose attribute fits.
fn without(
    text: &str,
    element: &str,
    attribute: &str,
    fits: &dyn Fn(&str) -> bool,
) -> Result<String, WorkbookError> {
    let tokens = xml::tokens(text)?;
    let mut out = String::with_capacity(text.len());
    let (mut at, mut from) = (0, 0);
    while let Some(token) = tokens.get(at) {
        let goes = token.name == element
            && matches!(token.kind, Kind::Start | Kind::Empty)
            && xml::attribute(token.raw, attribute).is_some_and(|value| fits(&value));
        if goes {
            out.push_str(text.get(from..token.from).unwrap_or_default());
            (from, at) = xml::element_end(&tokens, at);
        } else {
            at += 1;
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Ok(out)
}

/// Declares what a part is.
pub(super) fn declare(package: &mut Package, part: &str, kind: &str) -> Result<(), WorkbookError> {
    let types = types(package)?;
    let types = without(&types, "Override", "PartName", &|name| {
        key(name) == key(part)
    })?;
    let prefix = xml::root_prefix(&types)?;
    let element = format!("<{prefix}Override PartName=\"/{part}\" ContentType=\"{kind}\"/>");
    let types = xml::before_end(&types, &element)?;
    package.set(TYPES, types);
    Ok(())
}

/// Declares what the parts with an ending are, where nothing says so yet.
pub(super) fn declare_ending(
    package: &mut Package,
    ending: &str,
    kind: &str,
) -> Result<(), WorkbookError> {
    let types = types(package)?;
    let tokens = xml::tokens(&types)?;
    let known = tokens.iter().any(|token| {
        token.name == "Default"
            && xml::attribute(token.raw, "Extension")
                .is_some_and(|known| known.eq_ignore_ascii_case(ending))
    });
    if known {
        return Ok(());
    }
    let first = tokens
        .iter()
        .find(|token| token.depth == 1 && matches!(token.kind, Kind::Start | Kind::Empty));
    let Some(first) = first else {
        return Err(WorkbookError::Structure("no content types".to_owned()));
    };
    let prefix = xml::prefix(first.raw);
    let element = format!("<{prefix}Default Extension=\"{ending}\" ContentType=\"{kind}\"/>");
    let (before, after) = types.split_at_checked(first.from).unwrap_or_default();
    let types = format!("{before}{element}{after}");
    package.set(TYPES, types);
    Ok(())
}

/// Takes a part and its declaration away.
pub(super) fn remove_part(package: &mut Package, part: &str) -> Result<(), WorkbookError> {
    let types = types(package)?;
    let types = without(&types, "Override", "PartName", &|name| {
        key(name) == key(part)
    })?;
    package.set(TYPES, types);
    package.remove(part);
    Ok(())
}

/// What a part is declared to be by its own name.
pub(super) fn declared(package: &mut Package, part: &str) -> Result<String, WorkbookError> {
    let types = types(package)?;
    for token in xml::tokens(&types)? {
        if token.name == "Override"
            && xml::attribute(token.raw, "PartName").is_some_and(|name| key(&name) == key(part))
        {
            return Ok(xml::attribute(token.raw, "ContentType")
                .unwrap_or_default()
                .into_owned());
        }
    }
    Ok(String::new())
}

fn types(package: &mut Package) -> Result<String, WorkbookError> {
    package
        .text(TYPES)?
        .ok_or_else(|| WorkbookError::Structure("no content types".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_absolute_or_seen_from_the_part() {
        assert_eq!(
            resolve("xl/worksheets", "../comments1.xml"),
            "xl/comments1.xml"
        );
        assert_eq!(
            resolve("xl", "/xl/worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(resolve("", "xl/workbook.xml"), "xl/workbook.xml");
        assert_eq!(
            resolve("xl", "worksheets\\sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
    }

    #[test]
    fn only_the_element_that_fits_goes() {
        let text = "<R><a Id='1'/>\n<a Id='2'>x</a></R>";
        assert_eq!(
            without(text, "a", "Id", &|id| id == "2").unwrap(),
            "<R><a Id='1'/>\n</R>"
        );
    }
}
