//! The synthetic communities: the same for the same seed, sound where they claim to be, and the committed files fresh.

#![expect(
    clippy::unwrap_used,
    reason = "clippy takes only functions marked #[test] for tests, not what they call"
)]

#[path = "../../examples/synthetic/community.rs"]
mod community;
#[path = "../../examples/synthetic/files.rs"]
mod files;
#[path = "../../examples/synthetic/household_slips.rs"]
mod household_slips;
#[path = "../../examples/synthetic/ids.rs"]
mod ids;
#[path = "../../examples/synthetic/lists.rs"]
mod lists;
#[path = "../../examples/synthetic/people.rs"]
mod people;
#[path = "../../examples/synthetic/plan.rs"]
mod plan;
#[path = "../../examples/synthetic/resident_slips.rs"]
mod resident_slips;
#[path = "../../examples/synthetic/text.rs"]
mod text;
#[path = "../../examples/synthetic/workbook.rs"]
mod workbook;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use calamine::{Data, Range, Reader as _, Xlsx};

use community::Source;
use files::{ON, SEED};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/communities")
}

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(bytes)
        .read_to_end(&mut plain)
        .unwrap();
    plain
}

fn sheets(bytes: &[u8]) -> Vec<(String, Range<Data>)> {
    Xlsx::new(Cursor::new(bytes)).unwrap().worksheets()
}

#[test]
fn the_committed_files_are_what_the_committed_seed_makes() {
    for (name, made) in files::all(SEED, ON, plan::HOUSEHOLDS).unwrap() {
        let committed = fs::read(folder().join(name)).unwrap();
        // Packed files are compared by content: another version of the packer is no other community.
        let fresh = match name.rsplit('.').next() {
            Some("gz") => gunzip(&committed) == gunzip(&made),
            Some("xlsx") => sheets(&committed) == sheets(&made),
            _ => committed == made,
        };
        assert!(
            fresh,
            "{name} is stale: run `cargo run --release --example synthetic`"
        );
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_gives_others() {
    let made = files::all(7, ON, 120).unwrap();
    assert!(made == files::all(7, ON, 120).unwrap());
    for (one, other) in made.iter().zip(files::all(8, ON, 120).unwrap()) {
        assert_eq!(one.0, other.0);
        assert!(one.1 != other.1, "{} ignores the seed", one.0);
    }
}

#[test]
fn the_community_has_the_published_number_of_households_in_79_buildings() {
    let homes = Source::new(SEED, ON).community(usize::MAX);
    let mut buildings: BTreeMap<&str, usize> = BTreeMap::new();
    let mut estates: BTreeMap<&str, usize> = BTreeMap::new();
    let mut doors = BTreeSet::new();
    for home in &homes {
        *buildings.entry(&home.building).or_default() += 1;
        *estates.entry(home.estate).or_default() += 1;
        assert!(doors.insert((&home.building, home.entrance, &home.room)));
        assert!((1..=6).contains(&home.people.len()));
    }
    assert_eq!(homes.len(), 4_334);
    assert_eq!(buildings.len(), 79);
    assert!(buildings.values().all(|homes| *homes <= 500));
    assert_eq!(
        (
            estates["翠竹园A区"],
            estates["翠竹园B区"],
            estates["翠竹园C区"]
        ),
        (646, 449, 136)
    );
    let residents: usize = homes.iter().map(|home| home.people.len()).sum();
    assert!((11_200..=11_800).contains(&residents), "{residents}");
    let eighty = homes.iter().filter(|home| home.flag() == "8").count();
    assert!((200..=320).contains(&eighty), "{eighty}");
}

#[test]
fn every_resident_has_a_sound_number_of_their_own_an_age_that_is_true_and_the_head_comes_first() {
    let mut seen = BTreeSet::new();
    for home in Source::new(3, ON).community(usize::MAX) {
        assert_eq!(
            home.people
                .iter()
                .filter(|person| person.relation == "户主")
                .count(),
            1
        );
        assert_eq!(home.people[0].relation, "户主");
        for person in &home.people {
            assert!(person.id.starts_with("9901"));
            assert_eq!(
                person.id[6..14],
                person.birth.strftime("%Y%m%d").to_string()
            );
            assert_eq!(person.id, ids::with_check(&person.id[..17]));
            assert_eq!(person.id.as_bytes()[16] % 2 == 1, person.male);
            assert!(!person.id.ends_with("000"));
            let before_birthday =
                (ON.month(), ON.day()) < (person.birth.month(), person.birth.day());
            assert_eq!(
                i16::from(person.age),
                ON.year() - person.birth.year() - i16::from(before_birthday)
            );
            assert!(seen.insert(person.id.clone()));
        }
    }
}

#[test]
fn the_check_character_is_that_of_the_examples_printed_in_the_standard() {
    assert_eq!(ids::with_check("11010519491231002"), "11010519491231002X");
    assert_eq!(ids::with_check("44052418800101001"), "440524188001010014");
}

#[test]
fn every_cell_of_the_answer_sheet_holds_what_it_says_and_every_kind_is_planted() {
    let made: BTreeMap<_, _> = files::all(SEED, ON, plan::HOUSEHOLDS)
        .unwrap()
        .into_iter()
        .collect();
    let mut kinds = BTreeSet::new();

    let book = sheets(&made["cuizhuyuan-dirty.xlsx"]);
    let list = &book.iter().find(|(name, _)| name == "住户清册").unwrap().1;
    let mut planted = csv::Reader::from_reader(&*made["cuizhuyuan-dirty.expected.csv"]);
    for line in planted.records().map(Result::unwrap) {
        assert_eq!(&line[0], "住户清册");
        let (row, column) = cell(&line[1]);
        let found = list.get_value((row, column.unwrap())).unwrap();
        match (&line[2], found) {
            ("duplicate-household", found) => assert!(line[3].contains(&found.to_string())),
            // 3月4日 is only how the date is shown.
            (_, Data::DateTime(_)) => assert_eq!(&line[3], "3月4日"),
            (_, found) => assert_eq!(&line[3], found.to_string()),
        }
        kinds.insert(line[2].to_owned());
    }

    let rows: Vec<_> = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(&*made["cuizhuyuan-residents-dirty.csv"])
        .records()
        .map(Result::unwrap)
        .collect();
    let mut planted = csv::Reader::from_reader(&*made["cuizhuyuan-residents-dirty.expected.csv"]);
    for line in planted.records().map(Result::unwrap) {
        let (row, column) = cell(&line[1]);
        let row = &rows[usize::try_from(row).unwrap()];
        match column {
            Some(column) => assert_eq!(&line[3], &row[usize::try_from(column).unwrap()]),
            None => assert_eq!(&line[3], format!("{} cells", row.len())),
        }
        kinds.insert(line[2].to_owned());
    }
    let all: Vec<_> = "age-mismatch birth-future birth-id-mismatch birth-impossible code-mismatch code-syntax \
        date-mangled duplicate-household flag-missing flag-stale harmless id-checksum id-date id-length id-truncated \
        look-alike missing-resident missing-tenure missing-unit placeholder ragged residents-count \
        scientific-notation two-codes undefined-flag undefined-letter unmapped-value"
        .split_whitespace()
        .collect();
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>(), all);
}

/// `F12` as 0-based row and column; `12` is a whole row.
fn cell(name: &str) -> (u32, Option<u32>) {
    let column = name.bytes().next().filter(u8::is_ascii_uppercase);
    let row: u32 = name
        .trim_start_matches(|c: char| c.is_ascii_uppercase())
        .parse()
        .unwrap();
    (row - 1, column.map(|letter| u32::from(letter - b'A')))
}

#[test]
fn a_long_list_has_as_many_households_as_asked_for_and_none_twice() {
    let mut list = Vec::new();
    let rows = text::stream(&mut list, 5, ON, 9_000, false).unwrap();
    assert_eq!(rows, 9_000);
    let mut keys = BTreeSet::new();
    let mut communities = BTreeSet::new();
    for row in csv::Reader::from_reader(&*list)
        .records()
        .map(Result::unwrap)
    {
        communities.insert(row[0].to_owned());
        assert!(keys.insert([&row[0], &row[2], &row[3], &row[4]].map(str::to_owned)));
    }
    assert_eq!((keys.len(), communities.len()), (9_000, 3));
}
