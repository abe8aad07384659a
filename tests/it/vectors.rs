//! The vectors in `fixtures/codes`: every line is what this library, and a binding in any language, must answer.

use std::fmt::Write as _;
use std::path::PathBuf;

use gridcode::code::{Alphabet, Change, Confidence, GridCode, Reason, repair_in};

/// A table of vectors: the header, and rows of cells.
struct Vectors {
    path: PathBuf,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Vectors {
    fn open(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures/codes")
            .join(name);
        let bytes = std::fs::read(&path).unwrap();
        assert!(
            !bytes.starts_with(b"\xef\xbb\xbf"),
            "{name} has no byte order mark"
        );
        assert!(!bytes.contains(&b'\r'), "{name} has plain line feeds");
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(bytes.as_slice());
        let mut rows = reader
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect());
        Self {
            path,
            header: rows.next().unwrap(),
            rows: rows.collect(),
        }
    }

    /// Holds every row against what the library answers to its first columns.
    fn hold(&self, given: usize, answer: impl Fn(&[String]) -> Vec<String>) {
        let mut wrong = String::new();
        for (index, row) in self.rows.iter().enumerate() {
            let answer = answer(&row[..given]);
            if answer != row[given..] {
                let line = index + 2;
                writeln!(
                    wrong,
                    "line {line}: {}\n  have {:?}\n  want {:?}",
                    row[0],
                    answer,
                    &row[given..]
                )
                .unwrap();
            }
        }
        assert!(
            wrong.is_empty(),
            "{} of {:?}:\n{wrong}",
            self.path.display(),
            self.header
        );
    }

    fn write(&self, given: usize, answer: impl Fn(&[String]) -> Vec<String>) {
        let mut writer = csv::Writer::from_path(&self.path).unwrap();
        writer.write_record(&self.header).unwrap();
        for row in &self.rows {
            let answer = answer(&row[..given]);
            writer
                .write_record(row[..given].iter().chain(&answer))
                .unwrap();
        }
        writer.flush().unwrap();
    }
}

/// The text that a cell stands for: `\u{200b}` is one character, everything else itself.
fn unescape(cell: &str) -> String {
    let mut text = String::new();
    let mut rest = cell;
    while let Some((before, escaped)) = rest.split_once("\\u{") {
        let (point, after) = escaped.split_once('}').unwrap();
        text.push_str(before);
        text.push(char::from_u32(u32::from_str_radix(point, 16).unwrap()).unwrap());
        rest = after;
    }
    text + rest
}

/// The cell that stands for a text: what cannot be told apart by eye is escaped.
fn escape(text: &str) -> String {
    let mut cell = String::new();
    for c in text.chars() {
        match c {
            '\\' => cell.push_str("\\u{5c}"),
            '!'..='~' | '、' | '。' | '〇' | '\u{4e00}'..='\u{9fff}' | '！'..='～' => {
                cell.push(c);
            }
            _ => write!(cell, "\\u{{{:x}}}", u32::from(c)).unwrap(),
        }
    }
    cell
}

fn alphabet(cell: &str) -> Alphabet {
    match cell {
        "published" => Alphabet::PUBLISHED,
        "any" => Alphabet::ANY,
        other => panic!("no alphabet is called {other}"),
    }
}

fn valid(given: &[String]) -> Vec<String> {
    let code = GridCode::parse_in(&unescape(&given[0]), Alphabet::ANY).unwrap();
    vec![
        code.unit.to_string(),
        code.unit.number().to_string(),
        code.unit.digits().to_string(),
        code.resident.to_string(),
        code.tenure.to_string(),
        code.flags.to_string(),
    ]
}

fn invalid(given: &[String]) -> Vec<String> {
    let error = GridCode::parse_in(&unescape(&given[0]), alphabet(&given[1])).unwrap_err();
    let text = error.text();
    vec![
        error.kind().key().to_owned(),
        error.part().key().to_owned(),
        error.span().start.to_string(),
        error.span().end.to_string(),
        error
            .found()
            .map(|c| escape(c.encode_utf8(&mut [0; 4])))
            .unwrap_or_default(),
        text.zh.into_owned(),
        text.en.into_owned(),
    ]
}

fn change(change: &Change) -> String {
    let Change {
        span,
        after,
        kind,
        confidence,
        ..
    } = change;
    let mut cell = format!(
        "{}..{} {} {}",
        span.start,
        span.end,
        kind.key(),
        confidence.key()
    );
    if !after.is_empty() {
        write!(cell, " {after}").unwrap();
    }
    cell
}

fn repaired(given: &[String]) -> Vec<String> {
    let cells = |cells: [&str; 5], zh: String, en: String| {
        cells
            .into_iter()
            .map(str::to_owned)
            .chain([zh, en])
            .collect()
    };
    let joined = |changes: &[Change], by: &str, say: &dyn Fn(&Change) -> String| {
        changes.iter().map(say).collect::<Vec<_>>().join(by)
    };
    match repair_in(&unescape(&given[0]), alphabet(&given[1])) {
        Ok(repaired) => {
            let all = &repaired.changes;
            let (code, changes) = (repaired.code.to_string(), joined(all, "; ", &change));
            let confidence = repaired.confidence().key();
            let zh = joined(all, "；", &|change| change.text().zh.into_owned());
            let en = joined(all, "; ", &|change| change.text().en.into_owned());
            cells(["repaired", "", &code, confidence, &changes], zh, en)
        }
        Err(refused) => {
            let outcome = match (refused.reason(), refused.confidence()) {
                (Reason::Ambiguous(_), None) => "ambiguous",
                (_, Some(Confidence::Never)) => "never",
                _ => "unrepairable",
            };
            let codes = match refused.reason() {
                Reason::Ambiguous(codes) => codes
                    .iter()
                    .map(GridCode::to_string)
                    .collect::<Vec<_>>()
                    .join(" "),
                _ => String::new(),
            };
            let confidence = refused.confidence().map_or("", Confidence::key);
            let text = refused.text();
            cells(
                [outcome, refused.reason().key(), &codes, confidence, ""],
                text.zh.into_owned(),
                text.en.into_owned(),
            )
        }
    }
}

#[test]
fn every_valid_text_has_its_parts_and_prints_back() {
    let vectors = Vectors::open("valid.csv");
    assert!(vectors.rows.len() >= 50);
    vectors.hold(1, valid);
    for row in &vectors.rows {
        let code = GridCode::parse_in(&row[0], Alphabet::ANY).unwrap();
        assert_eq!(code.to_string(), row[0]);
        let published = "AB".contains(&row[4]) && "ab".contains(&row[5]);
        assert_eq!(
            GridCode::parse(&row[0]).ok(),
            published.then_some(code),
            "{}",
            row[0]
        );
    }
}

#[test]
fn every_invalid_text_is_refused_at_its_place_with_its_sentence() {
    let vectors = Vectors::open("invalid.csv");
    assert!(vectors.rows.len() >= 100);
    vectors.hold(2, invalid);
}

#[test]
fn every_dirty_text_is_repaired_or_refused_as_written() {
    let vectors = Vectors::open("repair.csv");
    assert!(vectors.rows.len() >= 200);
    vectors.hold(2, repaired);
}

#[test]
fn the_notation_of_the_vectors_loses_nothing() {
    for name in ["valid.csv", "invalid.csv", "repair.csv"] {
        let vectors = Vectors::open(name);
        let mut seen = std::collections::BTreeSet::new();
        for row in &vectors.rows {
            assert_eq!(escape(&unescape(&row[0])), row[0], "{name}");
            let given = (
                row[0].clone(),
                vectors.header[1].eq("alphabet").then(|| row[1].clone()),
            );
            assert!(seen.insert(given), "{name} has {} twice", row[0]);
        }
    }
}

/// After a new text or a better wording: `cargo test --test it -- --ignored vectors`, then read every changed line.
#[test]
#[ignore = "writes the fixtures anew"]
fn write_the_answers_anew() {
    Vectors::open("valid.csv").write(1, valid);
    Vectors::open("invalid.csv").write(2, invalid);
    Vectors::open("repair.csv").write(2, repaired);
}
