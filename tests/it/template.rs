//! The form to fill in: every choice encodes, what is filled in is sound, and neither example nor explanations are data.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use gridcode::census::{Options, SheetChoice, Target, check, encode};
use gridcode::codebook::Codebook;
use gridcode::diagnostic::Diagnostic;
use gridcode::household::Level;
use gridcode::row::{Field, Row};
use gridcode::table::{
    Book, CsvOptions, CsvWriter, ReadOptions, RowKind, RowWriter, Source, TableError, XlsxWriter,
};
use gridcode::template::{Line, Sheet, Template};
use gridcode::{GridCode, Lang};
use jiff::civil::date;
use proptest::prelude::*;

const ALL: [(Level, Lang); 4] = [
    (Level::Household, Lang::Zh),
    (Level::Household, Lang::En),
    (Level::Person, Lang::Zh),
    (Level::Person, Lang::En),
];

fn community() -> Codebook {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/examples/community.toml");
    Codebook::from_toml(&std::fs::read_to_string(path).unwrap(), "community.toml").unwrap()
}

/// A codebook whose words do not fit a list, stand in for nothing, or lead elsewhere.
fn awkward() -> Codebook {
    let mut toml = String::from("name = \"awkward\"\nextends = \"shushan\"\n");
    let letters = [
        ("c", "借住"),
        ("d", "无"),
        ("e", "单位，宿舍,一"),
        ("f", "\\\"引号\\\""),
        ("g", "=1+1"),
        ("h", " 前有空格"),
        ("i", "a"),
    ];
    for (letter, meaning) in letters {
        let _ = writeln!(
            toml,
            "[tenure.{letter}]\nzh = \"{meaning}\"\nen = \"{meaning}\""
        );
    }
    for letter in 'C'..='T' {
        let _ = writeln!(
            toml,
            "[resident.{letter}]\nzh = \"第{letter}类常住在这里的居民\"\nen = \"resident of class {letter}\""
        );
    }
    toml += "[flag.9]\nzh = \"独居\"\nen = \"alone\"\nwhen = { tag = \"独居老人\" }\n";
    toml += "[values.resident]\n";
    for letter in 'C'..='S' {
        let _ = writeln!(toml, "\"第{letter}类常住在这里的居民\" = \"{letter}\"");
    }
    toml +=
        "[values.tenure]\n\"单位，宿舍,一\" = \"e\"\n\"\\\"引号\\\"\" = \"f\"\n\"=1+1\" = \"g\"\n";
    Codebook::from_toml(&toml, "awkward.toml").unwrap()
}

fn form(template: &Template<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    template.write(&mut bytes).unwrap();
    bytes
}

fn rows(bytes: Vec<u8>, sheet: usize) -> Vec<Row> {
    let mut book = Book::open(&Source::bytes("f.xlsx", bytes), &ReadOptions::default()).unwrap();
    let mut rows = book.rows(sheet).unwrap();
    let (mut all, mut row) = (Vec::new(), Row::default());
    while rows.next_row(&mut row).unwrap() {
        all.push(row.clone());
    }
    all
}

/// The form with households in it: the same header and example, and each household as people fill it in.
fn filled(template: &Template<'_>, households: &[[usize; 3]], codes: bool) -> Vec<u8> {
    let columns = template.columns();
    let mut bytes = Vec::new();
    let mut writer = XlsxWriter::new(&mut bytes);
    writer.begin(template.sheet_name(Sheet::Form), 1).unwrap();
    let mut write = |cells: Vec<String>| {
        writer
            .write_row(&mut cells.iter().map(String::as_str))
            .unwrap();
    };
    write(
        columns
            .iter()
            .map(|column| column.header.to_owned())
            .collect(),
    );
    write(
        columns
            .iter()
            .map(|column| column.example.clone())
            .collect(),
    );
    let book = template.codebook();
    for (number, [resident, tenure, eldest]) in households.iter().enumerate() {
        let unit = 101 + number;
        let cell = |column: &gridcode::template::Column| match column.field {
            None if column.header == columns[0].header => (number + 1).to_string(),
            Some(Field::Building) => "3栋".to_owned(),
            Some(Field::Unit) => unit.to_string(),
            Some(Field::ResidentType) => column.choices()[*resident].clone(),
            Some(Field::Tenure) => column.choices()[*tenure].clone(),
            Some(Field::BirthDate) => format!("{}-02-03", 1930 + eldest),
            Some(Field::Relation) => column.choices()[0].clone(),
            Some(Field::Name | Field::HeadName) => "甲".to_owned(),
            Some(Field::GridCode) if codes => {
                // 80 years on the day of the test.
                let flag = if *eldest <= 16 { "8" } else { "" };
                let [letter, small] = [
                    book.residents()[*resident].letter.as_char(),
                    book.tenures()[*tenure].letter.as_char(),
                ];
                format!("{unit}{letter}{small}{flag}")
            }
            _ => String::new(),
        };
        write(columns.iter().map(cell).collect());
    }
    Box::new(writer).finish().unwrap();
    bytes
}

fn options(book: &Codebook) -> Options<'_> {
    Options::new(book, date(2026, 11, 1))
}

struct Codes(CsvWriter<Vec<u8>>);

impl Target for Codes {
    fn sheet(&mut self, _name: Option<&str>, _headers: u64) -> Result<(), TableError> {
        Ok(())
    }

    fn row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<(), TableError> {
        self.0.write_row(cells)
    }
}

#[test]
fn a_form_is_read_as_a_list_without_households() {
    for (level, lang) in ALL {
        for book in [Codebook::shushan().clone(), community(), awkward()] {
            let template = Template::new(level, lang, &book);
            let source = Source::bytes("form.xlsx", form(&template));
            let mut found = Vec::new();
            let account =
                check(&source, &options(&book), &mut |finding| found.push(finding)).unwrap();
            assert_eq!(found, []);
            let total = account.total();
            assert_eq!((total.data_rows(), total.households), (0, 0));
            assert!(total.balances());
            let [list, guide] = account.sheets.as_slice() else {
                panic!("a form and its explanations")
            };
            assert_eq!(list.skipped[&RowKind::Header], 1);
            assert_eq!(list.skipped[&RowKind::Example], 1);
            assert_eq!((guide.level, guide.without_table), (None, guide.rows));
        }
    }
}

#[test]
fn the_sheet_of_explanations_is_no_table_even_by_itself() {
    for (level, lang) in ALL {
        let template = Template::new(level, lang, Codebook::shushan());
        let source = Source::bytes("form.xlsx", form(&template));
        let mut options = options(Codebook::shushan());
        options.sheet = Some(SheetChoice::Name(
            template.sheet_name(Sheet::Guide).to_owned(),
        ));
        let refused = check(&source, &options, &mut |_| ()).unwrap_err();
        assert!(matches!(refused, TableError::NoTable { .. }), "{refused:?}");
    }
}

#[test]
fn the_explanations_name_every_column_letter_and_rule() {
    for (level, lang) in ALL {
        let book = community();
        let template = Template::new(level, lang, &book);
        let said: Vec<String> = template
            .guide()
            .into_iter()
            .filter_map(|line| match line {
                Line::Cells([first, ..]) => Some(first),
                Line::Title(_) | Line::Heading(_) | Line::Text(_) => None,
            })
            .collect();
        for column in template.columns() {
            assert!(said.iter().any(|first| first == column.header));
        }
        for rule in gridcode::rule::all() {
            assert!(said.iter().any(|first| first == rule.info().name));
        }
        assert!(
            ["A", "B", "a", "b", "c", "5", "7", "8"]
                .iter()
                .all(|sign| said.iter().any(|first| first == sign))
        );
    }
}

#[test]
fn the_same_form_is_the_same_bytes() {
    for (level, lang) in ALL {
        let template = Template::new(level, lang, Codebook::shushan());
        assert!(form(&template) == form(&template));
    }
}

#[test]
fn all_cells_of_a_form_are_text_and_its_example_is_sound() {
    for (level, lang) in ALL {
        let template = Template::new(level, lang, Codebook::shushan());
        let all = rows(form(&template), 0);
        assert_eq!(all.len(), 2);
        let code: GridCode = "803Aa8".parse().unwrap();
        assert_eq!(template.example_code(), Some(code));
        // Without its mark the example is a household like any other, and sound.
        let width = all[0].len();
        let lines = all.iter().map(|row| {
            (0..width)
                .map(|column| row.get(column))
                .map(|cell| {
                    if ["示例", "Example"].contains(&cell) {
                        "1"
                    } else {
                        cell
                    }
                })
                .collect::<Vec<_>>()
                .join(",")
        });
        let list = lines.collect::<Vec<_>>().join("\n");
        let mut found = Vec::new();
        let account = check(
            &Source::bytes("l.csv", list.into_bytes()),
            &options(Codebook::shushan()),
            &mut |finding| found.push(finding),
        )
        .unwrap();
        assert_eq!(found, []);
        assert_eq!(account.total().accepted, 1);
    }
}

#[test]
fn an_example_is_skipped_wherever_sorting_puts_it() {
    let example = "示例,3栋,2单元,803,常住人口,自购房\n";
    let household = |room: usize| format!("{room},3栋,2单元,{room},常住人口,自购房\n");
    let header = "序号,楼栋,单元,房号,居住类型,住房性质\n";
    let count = 3_000;
    for place in [0, 1, 2, count / 2, count] {
        let mut list = header.to_owned();
        for room in 0..=count {
            if room == place {
                list += example;
            }
            if room < count {
                list += &household(1_000 + room);
            }
        }
        for threads in [1, 3] {
            let mut options = options(Codebook::shushan());
            options.threads = threads.try_into().unwrap();
            options.chunk = 1 << 10;
            let mut found = Vec::new();
            let account = check(
                &Source::bytes("l.csv", list.clone().into_bytes()),
                &options,
                &mut |finding| found.push(finding),
            )
            .unwrap();
            assert_eq!(found, []);
            let total = account.total();
            assert_eq!(
                (total.skipped.get(&RowKind::Example), total.accepted),
                (Some(&1), count as u64),
                "{place} {threads}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Of every codebook, in both forms and languages: what is chosen encodes, and the list with its codes is sound.
    #[test]
    fn a_filled_form_encodes_and_is_sound(
        households in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..60), 1..30),
        book in prop::sample::select(vec![0, 1, 2]),
        (level, lang) in prop::sample::select(ALL.to_vec()),
    ) {
        let book = [Codebook::shushan().clone(), community(), awkward()][book].clone();
        let template = Template::new(level, lang, &book);
        let columns = template.columns();
        let choices = |field| columns.iter().find(|column| column.field == Some(field)).unwrap().choices().len();
        let households: Vec<[usize; 3]> = households
            .iter()
            .map(|(resident, tenure, eldest)| [resident.index(choices(Field::ResidentType)), tenure.index(choices(Field::Tenure)), *eldest])
            .collect();

        let mut options = options(&book);
        options.level = Some(level);
        let with_codes = Source::bytes("l.xlsx", filled(&template, &households, true));
        let mut found: Vec<Diagnostic> = Vec::new();
        let account = check(&with_codes, &options, &mut |finding| found.push(finding)).unwrap();
        prop_assert!(found.is_empty(), "{:?}", found);
        prop_assert_eq!(account.total().accepted, households.len() as u64);

        let without = Source::bytes("l.xlsx", filled(&template, &households, false));
        let mut target = Codes(CsvWriter::new(Vec::new(), &CsvOptions::default()).unwrap());
        let done = encode(&without, &options, &mut target, &mut |finding| found.push(finding)).unwrap();
        prop_assert!(found.is_empty(), "{:?}", found);
        prop_assert_eq!((done.coded, done.uncoded), (households.len() as u64, 0));
    }
}

#[test]
fn every_choice_leads_to_its_letter() {
    for (level, lang) in ALL {
        for book in [
            Codebook::shushan(),
            Codebook::builtin("age-decade").unwrap(),
            &community(),
            &awkward(),
        ] {
            let template = Template::new(level, lang, book);
            let columns = template.columns();
            let column = |field| {
                columns
                    .iter()
                    .find(|column| column.field == Some(field))
                    .unwrap()
            };
            let (resident, tenure) = (column(Field::ResidentType), column(Field::Tenure));
            let found: Vec<_> = resident
                .choices()
                .iter()
                .map(|word| book.resident_for(word, resident.header))
                .collect();
            let letters: Vec<_> = book
                .residents()
                .iter()
                .map(|entry| gridcode::codebook::Mapped::Letter(entry.letter))
                .collect();
            assert_eq!(found, letters);
            let found: Vec<_> = tenure
                .choices()
                .iter()
                .map(|word| book.tenure_for(word, tenure.header))
                .collect();
            let letters: Vec<_> = book
                .tenures()
                .iter()
                .map(|entry| gridcode::codebook::Mapped::Letter(entry.letter))
                .collect();
            assert_eq!(found, letters);
        }
    }
}

/// The formula of the code column says of every vector what the strict parser says. Asked of `LibreOffice`, where there is one.
#[test]
#[expect(clippy::print_stdout, reason = "a test that was not made says so")]
fn the_formula_accepts_exactly_what_the_strict_parser_accepts() {
    let Some(office) = ["soffice", "libreoffice"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok())
    else {
        println!("LibreOffice is not installed: the formula is not tried");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let asked = gridcode_formulas::texts();
    let (letters, numbers) = gridcode_formulas::workbook(&asked);
    std::fs::write(folder.path().join("formulas.xlsx"), numbers).unwrap();
    let done = Command::new(office)
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.path().join("profile").display()
        ))
        .args([
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true",
            "--outdir",
        ])
        .arg(folder.path())
        .arg(folder.path().join("formulas.xlsx"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    let told = std::fs::read_to_string(folder.path().join("formulas.csv")).unwrap();
    let told: Vec<&str> = told.lines().collect();
    assert_eq!(told.len(), asked.len());
    let (mut yes, mut no) = (0, 0);
    for (text, told) in asked.iter().zip(told) {
        let strict = letters.parse(text).is_ok();
        assert_eq!(told == "TRUE", strict, "{text:?} {told}");
        if strict { yes += 1 } else { no += 1 }
    }
    assert!(yes > 20 && no > 100, "{yes} {no}");
}

/// The formula of the form, copied beside every text that a cell can hold.
mod gridcode_formulas {
    use super::*;
    use gridcode::template::Check;

    /// The vectors, and every way to change one character of a code.
    pub(super) fn texts() -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/codes");
        let mut texts = Vec::new();
        for name in ["valid.csv", "invalid.csv", "repair.csv"] {
            let mut reader = csv::Reader::from_path(folder.join(name)).unwrap();
            texts.extend(
                reader
                    .records()
                    .map(|record| unescaped(&record.unwrap()[0])),
            );
        }
        for code in ["803Aa7", "12345Bb0123456789", "1Ab"] {
            for at in 0..=code.len() {
                for sign in [
                    "0", "5", "9", "A", "B", "C", "a", "b", "c", "-", " ", ".", "+", "E", "e",
                    "８", "室",
                ] {
                    texts.push(format!("{}{sign}{}", &code[..at], &code[at..]));
                    if at < code.len() {
                        texts.push(format!("{}{sign}{}", &code[..at], &code[at + 1..]));
                    }
                }
            }
        }
        // What no cell of a workbook can hold, and what an empty cell is not asked.
        texts.retain(|text| {
            !text.is_empty()
                && text
                    .chars()
                    .all(|c| c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        });
        texts.sort();
        texts.dedup();
        texts
    }

    fn unescaped(text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("\\u{") {
            let (digits, after) = after.split_once('}').unwrap();
            out.push_str(before);
            out.push(char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap());
            rest = after;
        }
        out + rest
    }

    pub(super) fn workbook(texts: &[String]) -> (&'static Codebook, Vec<u8>) {
        let book = Codebook::shushan();
        let template = Template::new(Level::Household, Lang::Zh, book);
        let columns = template.columns();
        let code = columns
            .iter()
            .find(|column| column.field == Some(Field::GridCode))
            .unwrap();
        let Check::Must(formula) = &code.check else {
            panic!("codes are held to a formula")
        };
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        // What has no result yet is worked out by whoever opens it.
        sheet.set_formula_result_default("");
        for row in 0..u32::try_from(texts.len()).unwrap() {
            // The export shows the first sheet only.
            sheet
                .write_formula(
                    row,
                    0,
                    formula
                        .replace("{}", &format!("texts!A{}", row + 1))
                        .as_str(),
                )
                .unwrap();
        }
        let sheet = workbook.add_worksheet();
        sheet.set_name("texts").unwrap();
        for (row, text) in (0..).zip(texts) {
            sheet.write_string(row, 0, text).unwrap();
        }
        for (name, value) in template.names() {
            workbook.define_name(name, &value).unwrap();
        }
        (book, workbook.save_to_buffer().unwrap())
    }
}

/// Not a likeness of the form but the form itself.
#[test]
fn the_form_with_rows_written_into_it_is_sound() {
    use gridcode::row::Place;
    use gridcode::workbook::Workbook;

    for (level, lang) in ALL {
        for book in [Codebook::shushan().clone(), community(), awkward()] {
            let template = Template::new(level, lang, &book);
            let mut workbook =
                Workbook::open(&Source::bytes("form.xlsx", form(&template))).unwrap();
            let sheet = Some(template.sheet_name(Sheet::Form));
            for (column, about) in template.columns().into_iter().enumerate() {
                for row in 3..6 {
                    let text = match about.field {
                        None => continue,
                        Some(Field::Unit) => format!("80{row}"),
                        Some(Field::GridCode) => about.example.replace("803", &format!("80{row}")),
                        Some(_) => about.example.clone(),
                    };
                    if !text.is_empty() {
                        workbook
                            .set_text(&Place::cell(sheet, row, column), &text)
                            .unwrap();
                    }
                }
            }
            let mut bytes = Vec::new();
            workbook.save(&mut bytes).unwrap();
            let mut found = Vec::new();
            let source = Source::bytes("filled.xlsx", bytes);
            let account =
                check(&source, &options(&book), &mut |finding| found.push(finding)).unwrap();
            assert_eq!(found, []);
            let total = account.total();
            assert_eq!((total.accepted, total.skipped[&RowKind::Example]), (3, 1));
        }
    }
}
