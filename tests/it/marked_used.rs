//! A marked workbook after somebody has worked in it with a table program: filtered, calculated, saved as a template.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};

use gridcode::Lang;
use gridcode::census::fix::plan;
use gridcode::code::Confidence;
use gridcode::report::fixed_workbook;
use gridcode::table::{ReadOptions, RowWriter as _, Source, XlsxWriter};

use crate::marked::{marked, options};
use crate::workbook::parts;

/// A list with two rows of errors, marked.
fn list() -> Vec<u8> {
    let text = "楼栋,房号,网格编码\n3栋,803,803Aa\n3栋,804,804Ca\n3栋,805,805Aa\n3栋,806,8O6Aa\n";
    marked(&Source::bytes("住户.csv", text.into()), Lang::Zh).0
}

fn again(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    parts(&marked(&Source::bytes("住户.xlsx", bytes.to_vec()), Lang::Zh).0)
}

fn text(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts[name].clone()).unwrap()
}

/// The workbook with parts changed, or added.
fn changed(bytes: &[u8], change: impl FnOnce(&mut BTreeMap<String, String>)) -> Vec<u8> {
    let mut texts = parts(bytes)
        .into_iter()
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect();
    change(&mut texts);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in texts {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn replaced(texts: &mut BTreeMap<String, String>, part: &str, from: &str, to: &str) {
    let text = texts.get_mut(part).unwrap();
    assert!(text.contains(from), "{from}\n{text}");
    *text = text.replacen(from, to, 1);
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// Filters as Excel does: the condition, and the rows that it hides.
fn filtered(conditions: &str) -> Vec<u8> {
    changed(&list(), |texts| {
        let filter = format!("<autoFilter ref=\"A1:F5\">{conditions}</autoFilter>");
        replaced(texts, SHEET, "<autoFilter ref=\"A1:F5\"/>", &filter);
        for row in [2, 4] {
            let (from, to) = (
                format!("<row r=\"{row}\""),
                format!("<row r=\"{row}\" hidden=\"1\""),
            );
            replaced(texts, SHEET, &from, &to);
        }
    })
}

const BY_RULE: &str = "<filterColumn colId=\"5\"><filters><filter val=\"undefined-letter\"/></filters></filterColumn>";
const BY_BUILDING: &str =
    "<filterColumn colId=\"0\"><filters><filter val=\"3栋\"/></filters></filterColumn>";

#[test]
fn rows_hidden_by_a_filter_on_our_columns_are_seen_again_after_the_next_check() {
    let sheet = text(&again(&filtered(BY_RULE)), SHEET);
    assert!(!sheet.contains("hidden=\"1\""), "{sheet}");
    assert!(
        sheet.contains("<autoFilter ref=\"A1:F5\">") && !sheet.contains("<filterColumn"),
        "{sheet}"
    );
}

#[test]
fn rows_stay_hidden_where_a_condition_on_the_list_itself_is_left() {
    let sheet = text(&again(&filtered(&format!("{BY_BUILDING}{BY_RULE}"))), SHEET);
    assert_eq!(sheet.matches("hidden=\"1\"").count(), 2, "{sheet}");
    assert!(
        sheet.contains(BY_BUILDING) && !sheet.contains(BY_RULE),
        "{sheet}"
    );
}

const CHAIN: &str = "xl/calcChain.xml";

/// A workbook with an order of calculation, as Excel keeps it.
fn with_chain(bytes: &[u8]) -> Vec<u8> {
    changed(bytes, |texts| {
        let chain = "<calcChain xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><c r=\"D3\" i=\"1\"/></calcChain>";
        texts.insert(CHAIN.into(), chain.into());
        replaced(
            texts,
            "[Content_Types].xml",
            "</Types>",
            "<Override PartName=\"/xl/calcChain.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml\"/></Types>",
        );
        replaced(
            texts,
            "xl/_rels/workbook.xml.rels",
            "</Relationships>",
            "<Relationship Id=\"rId90\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain\" Target=\"calcChain.xml\"/></Relationships>",
        );
    })
}

#[test]
fn the_order_of_calculation_goes_with_a_formula_that_it_names() {
    let once = with_chain(&list());
    assert!(again(&once).contains_key(CHAIN), "no formula went");
    let own_column = changed(&once, |texts| {
        let sheet = texts.get_mut(SHEET).unwrap();
        let from = sheet.find("<c r=\"D3\"").unwrap();
        let to = from + sheet[from..].find("</c>").unwrap() + 4;
        sheet.replace_range(from..to, "<c r=\"D3\"><f>1+1</f><v>2</v></c>");
    });
    let own_sheet = changed(&once, |texts| {
        let (_, sheet) = texts
            .iter_mut()
            .find(|(name, _)| name.ends_with("sheet2.xml"))
            .unwrap();
        *sheet = sheet.replacen(
            "</sheetData>",
            "<row r=\"99\"><c r=\"A99\"><f>1+1</f></c></row></sheetData>",
            1,
        );
    });
    for bytes in [own_column, own_sheet] {
        let parts = again(&bytes);
        assert!(!parts.contains_key(CHAIN));
        for name in ["[Content_Types].xml", "xl/_rels/workbook.xml.rels"] {
            assert!(!text(&parts, name).contains("calcChain"), "{name}");
        }
    }
}

#[test]
fn a_template_of_excel_becomes_a_workbook() {
    let template = changed(&list(), |texts| {
        replaced(
            texts,
            "[Content_Types].xml",
            "spreadsheetml.sheet.main+xml",
            "spreadsheetml.template.main+xml",
        );
    });
    let types = text(&again(&template), "[Content_Types].xml");
    assert!(
        types.contains("spreadsheetml.sheet.main+xml") && !types.contains("template"),
        "{types}"
    );
}

#[test]
fn two_findings_in_one_cell_have_one_link_in_the_summary() {
    let text_list = "楼栋,房号,居住类型,住房性质,网格编码\n3栋,803,常住人口,自购房,803Bb\n";
    let (bytes, _) = marked(&Source::bytes("住户.csv", text_list.into()), Lang::Zh);
    let summary = text(&parts(&bytes), "xl/worksheets/sheet2.xml");
    assert!(
        summary.contains(">code-mismatch<") && summary.contains(">2<"),
        "{summary}"
    );
    assert_eq!(summary.matches("<hyperlink ").count(), 1, "{summary}");
}

#[test]
fn repairs_tell_where_marks_of_an_earlier_check_are_left() {
    let list = Source::bytes("住户.csv", "楼栋,房号,网格编码\n3栋,803,８０３Aa\n".into());
    let (once, _) = marked(&list, Lang::Zh);
    let clean = Source::path("fixtures/communities/cuizhuyuan.xlsx");
    for (source, is_marked) in [(Source::bytes("住户.xlsx", once), true), (clean, false)] {
        let plan = plan(&source, &options(), Confidence::Safe, &BTreeSet::new()).unwrap();
        let fixed = fixed_workbook::write(
            &source,
            &ReadOptions::default(),
            &plan,
            Lang::Zh,
            &mut Vec::new(),
            &mut |_, _| {},
        );
        assert_eq!(fixed.unwrap().marked, is_marked);
    }
}

#[test]
fn the_rows_to_correct_of_a_list_as_wide_as_a_sheet_are_no_wider() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip([["楼栋", "房号", "网格编码"], ["3栋", "803", "803Ca"]])
    {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    sheet.write_string(0, 16_383, "末").unwrap();
    let list = Source::bytes("住户.xlsx", workbook.save_to_buffer().unwrap());
    let (once, _) = marked(&list, Lang::Zh);
    let rows = text(&parts(&once), "xl/worksheets/sheet3.xml");
    assert!(rows.contains("\"XFD1\"") && !rows.contains("XFE"), "{rows}");
    assert!(rows.contains(">803Ca<"), "{rows}");
    assert!(marked(&Source::bytes("住户.xlsx", once.clone()), Lang::Zh).0 == once);
}

#[test]
fn a_word_far_to_the_right_of_a_list_costs_no_cells_for_every_row_to_correct() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, cell) in (0..).zip(["楼栋", "房号", "网格编码"]) {
        sheet.write_string(0, column, cell).unwrap();
    }
    sheet.write_string(0, 16_000, "末").unwrap();
    for row in 1..300_u32 {
        let room = (100 + row).to_string();
        for (column, cell) in (0..).zip(["3栋", &room, &format!("{room}Ca")]) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    let list = Source::bytes("住户.xlsx", workbook.save_to_buffer().unwrap());
    let rows = text(
        &parts(&marked(&list, Lang::Zh).0),
        "xl/worksheets/sheet3.xml",
    );
    assert_eq!(rows.matches("<row ").count(), 300);
    assert!(!rows.contains("原行号"));
}

const RELATIONS: &str = "xl/worksheets/_rels/sheet1.xml.rels";
const PIVOT: &str = "xl/pivotTables/pivotTable1.xml";

/// A list with a pivot table beside it that has not been filled yet, so that no cell tells of it.
fn with_pivot() -> Vec<u8> {
    let text = "楼栋,房号,网格编码\n3栋,803,803Aa\n3栋,804,804Ca\n";
    let mut bytes = Vec::new();
    let mut writer = XlsxWriter::new(&mut bytes);
    writer.begin("住户", 1).unwrap();
    for line in text.lines() {
        writer.write_row(&mut line.split(',')).unwrap();
    }
    Box::new(writer).finish().unwrap();
    changed(&bytes, |texts| {
        let office = "http://schemas.openxmlformats.org";
        texts.insert(
            PIVOT.to_owned(),
            format!("<pivotTableDefinition xmlns=\"{office}/spreadsheetml/2006/main\" name=\"p\" cacheId=\"1\" dataCaption=\"v\"><location ref=\"E1:G18\" firstHeaderRow=\"0\" firstDataRow=\"0\" firstDataCol=\"0\"/></pivotTableDefinition>"),
        );
        texts.insert(
            RELATIONS.to_owned(),
            format!("<Relationships xmlns=\"{office}/package/2006/relationships\"><Relationship Id=\"rId9\" Type=\"{office}/officeDocument/2006/relationships/pivotTable\" Target=\"../pivotTables/pivotTable1.xml\"/></Relationships>"),
        );
    })
}

#[test]
fn columns_stand_beyond_a_pivot_table_and_no_filter_lies_upon_it() {
    let before = with_pivot();
    let after = again(&before);
    assert_eq!(after[PIVOT], parts(&before)[PIVOT]);
    let sheet = text(&after, SHEET);
    assert!(
        !sheet.contains("r=\"E1\"") && sheet.contains("r=\"H1\""),
        "{sheet}"
    );
    // The list's own filter ends before the pivot table, and a sheet can have one only.
    assert!(sheet.contains("<autoFilter ref=\"A1:C3\"/>"), "{sheet}");
    let without = changed(&before, |texts| {
        replaced(texts, SHEET, "<autoFilter ref=\"A1:C3\"/>", "");
    });
    let sheet = text(&again(&without), SHEET);
    assert!(sheet.contains("<autoFilter ref=\"H1:J3\"/>"), "{sheet}");
}
