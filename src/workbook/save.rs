//! Writing a changed workbook: every sheet is looked at first, then everything is written in one go.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use super::area::{Area, quoted};
use super::beside::{Around, Beside, beside};
use super::book::Workbook;
use super::contents::Changes;
use super::edits::{Look, Saved};
use super::relations::{Relations, declare, declare_ending, declared, remove_part};
use super::rewrite::{Boxes, Filter, Plan, rewrite};
use super::scan::{Asked, Scan, has_formula, scan};
use super::styles::Styles;
use super::{WorkbookError, comments, drawing, new_sheet, widths};
use crate::row::Place;
use crate::table::{COLUMN, FILTER, SHEET};

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const SHEET_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const STYLES_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
const COMMENTS_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// What is found out about a sheet before it is written.
struct Prepared {
    at: usize,
    scan: Scan,
    own: Vec<u32>,
    first: Option<u32>,
    filter: Filter,
    shown: Option<Area>,
    boxes: Boxes,
    cols: Vec<widths::Col>,
    dimension: Option<Area>,
}

impl Workbook {
    /// Writes the workbook with its changes; tells what was left as it was.
    ///
    /// # Errors
    /// When the workbook is damaged, or the target cannot be written.
    pub fn save(mut self, target: &mut dyn Write) -> Result<Saved, WorkbookError> {
        let mut saved = Saved::default();
        let relationships = if self.contents.is_strict() {
            STRICT
        } else {
            OFFICE
        };
        let mut main = Relations::of(&mut self.package, &self.main.clone())?;
        let styles_part = match main.kind("styles") {
            Some(relation) => relation.part.clone(),
            None => "xl/styles.xml".to_owned(),
        };
        let styles_text = self.package.text(&styles_part)?;
        let had_styles = styles_text.is_some();
        let mut styles = Styles::new(styles_text)?;
        if !had_styles {
            main.add(&format!("{relationships}/styles"), &styles_part)?;
            declare(&mut self.package, &styles_part, STYLES_TYPE)?;
        }
        let mut changes = Changes {
            clean: self.clean,
            hidden: self.hidden.clone(),
            ..Changes::default()
        };
        let mut formulas_go = false;
        if self.clean {
            formulas_go = self.take_away(&mut main, &mut changes)?;
        }
        let mut prepared = Vec::new();
        let mut block = 1;
        for at in 0..self.sheets.len() {
            prepared.extend(self.prepare(
                at,
                &mut styles,
                &mut changes,
                &mut saved,
                (&mut block, relationships),
            )?);
        }
        formulas_go |= prepared.iter().any(|sheet| sheet.scan.own_formula);
        if formulas_go {
            self.forget_order(&mut main)?;
        }
        self.be_no_template()?;
        self.come(&mut main, &mut styles, &mut changes, relationships)?;
        let has_columns = prepared.iter().any(|sheet| sheet.first.is_some());
        let (header_style, text_style) = if has_columns {
            (styles.text(Look::Bold), styles.text(Look::Plain))
        } else {
            (0, 0)
        };
        saved.without_colour = styles.full;
        if let Some(text) = styles.finish(!had_styles) {
            self.package.set(&styles_part, text);
        }
        main.store(&mut self.package);
        let contents = self.contents.changed(&changes)?;
        let main_part = self.main.clone();
        self.package.set(&main_part, contents);

        let by_part = self.parts();
        let streamed: Vec<String> = by_part
            .iter()
            .filter(|(_, at)| prepared.iter().any(|sheet| sheet.at == **at))
            .map(|(part, _)| part.clone())
            .collect();
        let (sheets, clean) = (self.sheets, self.clean);
        let bytes = self
            .package
            .save_bytes(&streamed, &mut |part, source, target| {
                let at = by_part.get(part).copied().unwrap_or(usize::MAX);
                let (Some(sheet), Some(ready)) =
                    (sheets.get(at), prepared.iter().find(|sheet| sheet.at == at))
                else {
                    return Err(WorkbookError::Structure(format!("no part {part}")));
                };
                let plan = Plan {
                    asked: Asked {
                        edits: &sheet.edits,
                        own: &ready.own,
                        clean,
                    },
                    prefix: ready.scan.prefix.clone(),
                    cols: ready.cols.clone(),
                    cols_before: ready.scan.cols.clone(),
                    dimension: ready.dimension,
                    first: ready.first,
                    filter: ready.filter.clone(),
                    shown: ready.shown,
                    boxes: ready.boxes.clone(),
                    relationships,
                    header_style,
                    text_style,
                };
                rewrite(source, target, &plan, &mut styles)
            })?;
        target.write_all(&bytes)?;
        Ok(saved)
    }

    /// Takes the sheets away that this program made; tells whether somebody put a formula into one.
    fn take_away(
        &mut self,
        main: &mut Relations,
        changes: &mut Changes,
    ) -> Result<bool, WorkbookError> {
        let mut formulas = false;
        for sheet in self.sheets.iter().filter(|sheet| sheet.ours) {
            changes.gone.push(sheet.tab);
            if let Some(tab) = self.contents.tabs.get(sheet.tab) {
                main.remove(&tab.id)?;
            }
            // The sheet goes, whatever it is: one that cannot be read through may hold a formula.
            formulas = formulas || has_formula(self.package.stream(&sheet.part)?).unwrap_or(true);
            let mut own = Relations::of(&mut self.package, &sheet.part)?;
            let ids: Vec<String> = own.all.iter().map(|relation| relation.id.clone()).collect();
            for id in ids {
                own.remove(&id)?;
            }
            own.store(&mut self.package);
            remove_part(&mut self.package, &sheet.part)?;
        }
        self.sheets.retain(|sheet| !sheet.ours);
        Ok(formulas)
    }

    /// Takes the order of calculation away. Where it names a formula that is gone, Excel calls the workbook damaged;
    /// where there is none, Excel makes one.
    fn forget_order(&mut self, main: &mut Relations) -> Result<(), WorkbookError> {
        if let Some(order) = main.kind("calcChain").cloned() {
            main.remove(&order.id)?;
            remove_part(&mut self.package, &order.part)?;
        }
        Ok(())
    }

    /// A template becomes a workbook: under the names that results have, Excel opens no template.
    fn be_no_template(&mut self) -> Result<(), WorkbookError> {
        let kind = declared(&mut self.package, &self.main)?;
        if kind.contains(".template.") {
            let main = self.main.clone();
            let kind = kind.replace(".template.", ".sheet.");
            declare(&mut self.package, &main, &kind)?;
        }
        Ok(())
    }

    /// Puts the new sheets into the package.
    fn come(
        &mut self,
        main: &mut Relations,
        styles: &mut Styles,
        changes: &mut Changes,
        relationships: &str,
    ) -> Result<(), WorkbookError> {
        let strict = self.contents.is_strict();
        for (number, sheet) in (1..).zip(std::mem::take(&mut self.new)) {
            let part = self.package.free("xl/worksheets/sheet", ".xml");
            self.package
                .set(&part, new_sheet::xml(&sheet, strict, styles));
            declare(&mut self.package, &part, SHEET_TYPE)?;
            let id = main.add(&format!("{relationships}/worksheet"), &part)?;
            if !sheet.lasting {
                changes.names.push((
                    format!("{SHEET}{number}"),
                    format!("{}!$A$1", quoted(&sheet.name)),
                ));
            }
            changes.new.push((sheet.name, id));
        }
        Ok(())
    }

    /// Looks at a sheet and decides what becomes of it; `None` where it stays as it is.
    fn prepare(
        &mut self,
        at: usize,
        styles: &mut Styles,
        changes: &mut Changes,
        saved: &mut Saved,
        (block, relationships): (&mut usize, &'static str),
    ) -> Result<Option<Prepared>, WorkbookError> {
        let clean = self.clean;
        let Some(sheet) = self.sheets.get(at) else {
            return Ok(None);
        };
        if !clean && sheet.edits.is_empty() {
            return Ok(None);
        }
        let (name, part, tab) = (sheet.name.clone(), sheet.part.clone(), sheet.tab);
        let own = self.made.columns_of(&name);
        let tables = self.tables(&part)?;
        let Some(sheet) = self.sheets.get(at) else {
            return Ok(None);
        };
        let asked = Asked {
            edits: &sheet.edits,
            own: &own,
            clean,
        };
        let scan = scan(self.package.stream(&part)?, &asked, styles)?;
        let places = scan.formulas.iter();
        saved.formulas.extend(
            places.map(|(row, column)| Place::cell(Some(&name), u64::from(*row), *column as usize)),
        );
        if scan.protected && !sheet.edits.is_empty() {
            saved.protected.push(name.clone());
        }
        let own = if clean { own } else { Vec::new() };
        let edge = scan.content.map_or(0, |area| area.right);
        let pictures = self.pictures(&part, edge)?;
        let Some(edits) = self.sheets.get(at).map(|sheet| &sheet.edits) else {
            return Ok(None);
        };
        let columns = edits.columns.as_ref();
        let around = Around {
            scan: &scan,
            own: &own,
            tables: &tables,
            edits: edits.last_column(),
            pictures,
            filter_is_ours: clean && self.made.filters.contains(&name),
        };
        let beside = beside(&around, columns);
        if columns.is_some() && beside.first.is_none() {
            saved.without_columns.push(name.clone());
        }
        if beside.no_filter {
            saved.without_filter.push(name.clone());
        }
        for area in &beside.columns {
            let number = changes.names.len() + 1;
            changes
                .names
                .push((format!("{COLUMN}{number}"), area.absolute(&name)));
        }
        if let Some(corner) = beside.new_filter {
            let number = changes.names.len() + 1;
            changes
                .names
                .push((format!("{FILTER}{number}"), corner.absolute(&name)));
        }
        let shown = beside.shown(&scan);
        let Beside { first, filter, .. } = beside;
        match &filter {
            Filter::Keep => {}
            Filter::Drop => {
                changes.filters.insert(tab, None);
            }
            Filter::Set(area, _) => {
                changes.filters.insert(tab, Some(area.absolute(&name)));
            }
        }
        let widths = columns.map_or(&[][..], |columns| &columns.widths);
        let new_cols: Vec<(u32, u32)> = beside
            .columns
            .iter()
            .map(|area| area.left)
            .zip(widths.iter().copied().chain(std::iter::repeat(20)))
            .collect();
        let cols = widths::changed(&scan.cols, &own, &new_cols, &scan.prefix);
        let dimension = beside.columns.iter().fold(scan.named, |all, area| {
            Some(all.map_or(*area, |all| all.with(*area)))
        });
        let boxes = self.comment(at, &scan, saved, (block, relationships))?;
        let has_edits = self
            .sheets
            .get(at)
            .is_some_and(|sheet| !sheet.edits.is_empty());
        let is_touched = has_edits || scan.ours || filter != Filter::Keep || boxes != Boxes::Keep;
        Ok(is_touched.then_some(Prepared {
            at,
            scan,
            own,
            first,
            filter,
            shown,
            boxes,
            cols,
            dimension,
        }))
    }

    /// Writes the comments of a sheet, and says what becomes of their drawing.
    fn comment(
        &mut self,
        at: usize,
        scan: &Scan,
        saved: &mut Saved,
        (block, relationships): (&mut usize, &str),
    ) -> Result<Boxes, WorkbookError> {
        let strict = self.contents.is_strict();
        let Some(sheet) = self.sheets.get(at) else {
            return Ok(Boxes::Keep);
        };
        let part = sheet.part.clone();
        let marks = sheet
            .edits
            .marks
            .iter()
            .filter(|(_, mark)| !mark.note.is_empty());
        let notes: BTreeMap<comments::Cell, String> = marks
            .map(|(cell, mark)| (*cell, mark.note.clone()))
            .collect();
        saved.without_note += notes.len().saturating_sub(comments::MOST) as u64;
        let mut relations = Relations::of(&mut self.package, &part)?;
        let known = relations.kind("comments").cloned();
        if notes.is_empty() && (known.is_none() || !self.clean) {
            return Ok(Boxes::Keep);
        }
        let text = match &known {
            Some(relation) => self.package.text(&relation.part)?,
            None => None,
        };
        let edited = comments::edit(text, self.clean, strict, &notes)?;
        saved.conversations += edited.threaded;
        match (&known, edited.xml) {
            (Some(relation), Some(xml)) => self.package.set(&relation.part, xml),
            (Some(relation), None) => {
                relations.remove(&relation.id)?;
                remove_part(&mut self.package, &relation.part)?;
            }
            (None, Some(xml)) => {
                let part = self.package.free("xl/comments", ".xml");
                self.package.set(&part, xml);
                declare(&mut self.package, &part, COMMENTS_TYPE)?;
                relations.add(&format!("{relationships}/comments"), &part)?;
            }
            (None, None) => {}
        }
        let boxes = self.boxes(
            scan,
            &mut relations,
            (&edited.gone, &edited.new),
            (block, relationships),
        )?;
        debug_assert_eq!(relations.part(), part);
        relations.store(&mut self.package);
        Ok(boxes)
    }

    fn boxes(
        &mut self,
        scan: &Scan,
        relations: &mut Relations,
        (gone, new): (&BTreeSet<comments::Cell>, &BTreeMap<comments::Cell, String>),
        (block, relationships): (&mut usize, &str),
    ) -> Result<Boxes, WorkbookError> {
        let known = scan
            .drawing
            .as_deref()
            .and_then(|id| relations.id(id))
            .cloned();
        let text = match &known {
            Some(relation) => self.package.text(&relation.part)?,
            None => None,
        };
        if text.is_none() && new.is_empty() {
            return Ok(Boxes::Keep);
        }
        let drawing = drawing::edit(text.as_deref(), gone, new, block);
        Ok(match (known, drawing) {
            (Some(relation), Some(drawing)) => {
                self.package.set(&relation.part, drawing);
                Boxes::Keep
            }
            (Some(relation), None) => {
                relations.remove(&relation.id)?;
                remove_part(&mut self.package, &relation.part)?;
                Boxes::Drop
            }
            (None, Some(drawing)) => {
                let part = self.package.free("xl/drawings/vmlDrawing", ".vml");
                self.package.set(&part, drawing);
                declare_ending(&mut self.package, "vml", DRAWING_TYPE)?;
                Boxes::Set(relations.add(&format!("{relationships}/vmlDrawing"), &part)?)
            }
            (None, None) => Boxes::Keep,
        })
    }
}
