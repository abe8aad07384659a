//! A small house with planted faults: the law of the rooms must find each of them.

use super::*;

const PAGE: &str = "| room | may import |\n|---|---|\n| lang | – |\n| code | lang |\n| table | lang |\n\
    | bin | the public API only |\n\n| crate | named in |\n|---|---|\n| nom | src/code/parse.rs |\n| csv | src/table |\n";

fn files(planted: &[(&str, &str)]) -> Vec<(String, String)> {
    let sound = [
        (
            "src/lib.rs",
            "pub mod lang;\npub use code::GridCode;\npub use lang::{Lang, Text};\n",
        ),
        (
            "src/code/mod.rs",
            "use crate::lang::Lang;\nuse gridcode::GridCode;\n",
        ),
        ("src/code/parse.rs", "use nom::Parser;\n"),
        ("src/table/mod.rs", "use crate::Text;\nuse csv::Reader;\n"),
        (
            "src/bin/gridcode/main.rs",
            "use crate::cli::Cli;\nuse gridcode::{Lang, code::Unit};\n",
        ),
    ];
    sound
        .iter()
        .chain(planted)
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

#[test]
fn a_sound_house_has_no_faults() {
    let law = law(PAGE);
    assert_eq!(faults_of_law(&law), [""; 0]);
    assert_eq!(faults_of_imports(&files(&[]), &law), [""; 0]);
    assert_eq!(
        faults_of_crates(&files(&[]), &table(PAGE, "| crate | named in |")),
        [""; 0]
    );
}

#[test]
fn an_import_against_the_law_is_found_however_it_is_written() {
    for text in [
        "use crate::table::Row;",
        "use crate :: table :: Row;",
        "use crate::{lang::{Lang, Text}, table::Row};",
        "use crate::{\n    lang::Lang,\n    table,\n};",
        "fn row() -> crate::table::Row {}",
        "/// let row = gridcode::table::Row::default();",
        "/// use gridcode::{\n/// Lang,\n/// table::Row};",
        "use super::super::table::Row;",
        "use super::{parse, table::Row};",
        "macro_rules! row { () => { $crate::table::Row } }",
        "pub(in crate::table) struct Row;",
    ] {
        let faults = faults_of_imports(&files(&[("src/code/planted.rs", text)]), &law(PAGE));
        assert_eq!(
            faults,
            ["src/code/planted.rs: code may not import `table`"],
            "{text}"
        );
    }
    let faults = |path, text| faults_of_imports(&files(&[(path, text)]), &law(PAGE));
    assert_eq!(
        faults("src/lang.rs", "use crate::GridCode;"),
        ["src/lang.rs: lang may not import `code`"]
    );
    assert_eq!(
        faults("src/code/planted.rs", "use crate::*;"),
        ["src/code/planted.rs: code may not import ``"]
    );
    assert_eq!(
        faults("src/bin/gridcode/planted.rs", "use gridcode::secret::Key;"),
        ["src/bin/gridcode/planted.rs: bin may not import `secret`"]
    );
    assert_eq!(
        faults("src/attic/mod.rs", ""),
        ["src/attic/mod.rs: its room has no line in the table"]
    );
}

#[test]
fn other_words_are_no_imports() {
    let text = "let my_crate::table = 1; // a gridcode table, the crate's table\nuse super::Row;";
    assert_eq!(
        faults_of_imports(&files(&[("src/code/planted.rs", text)]), &law(PAGE)),
        [""; 0]
    );
}

#[test]
fn a_table_that_points_downward_at_nothing_or_says_too_much_is_found() {
    let downward = PAGE.replace("| lang | – |", "| lang | code attic |");
    assert_eq!(
        faults_of_law(&law(&downward)),
        [
            "lang: `attic` stands in no line above",
            "lang: `code` stands in no line above"
        ]
    );
    let itself = PAGE.replace("| table | lang |", "| table | table |");
    assert_eq!(
        faults_of_law(&law(&itself)),
        ["table: `table` stands in no line above"]
    );
    let twice = PAGE.replace("| table | lang |", "| lang | – |");
    assert_eq!(faults_of_law(&law(&twice)), ["lang has two lines"]);
    let generous = PAGE.replace("| table | lang |", "| table | lang code |");
    assert_eq!(
        faults_of_imports(&files(&[]), &law(&generous)),
        ["table may import `code`, and does not"]
    );
}

#[test]
fn a_crate_away_from_home_is_found() {
    let homes = table(PAGE, "| crate | named in |");
    for (path, text, fault) in [
        (
            "src/code/format.rs",
            "use nom::Parser;",
            "`nom` is named only in src/code/parse.rs",
        ),
        (
            "src/tables.rs",
            "fn read(from: ::csv::Reader) {}",
            "`csv` is named only in src/table",
        ),
    ] {
        let faults = faults_of_crates(&files(&[(path, text)]), &homes);
        assert_eq!(faults, [format!("{path}: {fault}")]);
    }
    let idle = PAGE.replace("src/code/parse.rs", "src/code/parse.rs src/attic");
    assert_eq!(
        faults_of_crates(&files(&[]), &table(&idle, "| crate | named in |")),
        ["`nom` is not named in src/attic"]
    );
}

#[test]
fn a_file_without_a_sentence_too_long_or_named_for_nothing_is_found() {
    let sentence = "//! A sentence.\n";
    assert_eq!(faults_of_file("src/code/parse.rs", sentence), [""; 0]);
    let long = format!("{sentence}{}", "\n".repeat(500));
    for (path, text, fault) in [
        (
            "src/a.rs",
            "use std::fmt;\n",
            "begins with no `//!` sentence",
        ),
        ("src/a.rs", "//! parsing\n", "begins with no `//!` sentence"),
        (
            "src/a.rs",
            "\n//! A sentence.\n",
            "begins with no `//!` sentence",
        ),
        ("src/a.rs", &long, "more than 500 lines"),
        ("src/util/a.rs", sentence, "a name that says nothing"),
        ("src/code/helpers.rs", sentence, "a name that says nothing"),
        ("src/code/common.rs", sentence, "a name that says nothing"),
    ] {
        assert_eq!(faults_of_file(path, text), [format!("{path}: {fault}")]);
    }
}

#[test]
fn a_program_that_reaches_behind_the_public_api_is_found() {
    for text in [
        "#[path = \"../../code/mod.rs\"]\nmod code;",
        "include!(\"../../lang.rs\");",
    ] {
        assert_eq!(faults_of_program("src/bin/gridcode/main.rs", text).len(), 1);
    }
}
