//! The law of the rooms: ARCHITECTURE.md says what may import what, and every file of `src/` keeps to it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

mod planted;

/// Room → the rooms it may import, from the bottom of the house to the top.
type Law = Vec<(String, BTreeSet<String>)>;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn architecture() -> String {
    std::fs::read_to_string(Path::new(ROOT).join("ARCHITECTURE.md")).unwrap()
}

/// Every Rust file below a folder, as (path from the root, text), in the order of paths.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(ROOT).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(ROOT).unwrap().to_str().unwrap();
                let text = std::fs::read_to_string(&path).unwrap();
                files.push((name.replace('\\', "/"), text));
            }
        }
    }
    files.sort();
    files
}

/// The lines of the table below a header, cell by cell.
fn table<'a>(page: &'a str, header: &str) -> Vec<Vec<&'a str>> {
    page.lines()
        .skip_while(|line| *line != header)
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect()
}

fn law(page: &str) -> Law {
    let words = |text: &str| {
        text.split(' ')
            .filter(|word| *word != "–")
            .map(str::to_owned)
            .collect()
    };
    let mut law: Law = table(page, "| room | may import |")
        .into_iter()
        .map(|cells| (cells[0].to_owned(), words(cells[1])))
        .collect();
    // The program's line is words; what it may import is the library's public rooms.
    let rooms: BTreeSet<_> = law.iter().map(|(room, _)| room.clone()).collect();
    if let Some((_, allowed)) = law.iter_mut().find(|(room, _)| room == "bin") {
        assert!(allowed.contains("public"), "bin imports the public API");
        *allowed = rooms;
        allowed.remove("bin");
    }
    law
}

/// What is wrong with the table itself: imports that do not point upward.
fn faults_of_law(law: &Law) -> Vec<String> {
    let mut above = BTreeSet::new();
    let mut faults = Vec::new();
    for (room, allowed) in law {
        for import in allowed.difference(&above) {
            faults.push(format!("{room}: `{import}` stands in no line above"));
        }
        if !above.insert(room.clone()) {
            faults.push(format!("{room} has two lines"));
        }
    }
    faults
}

/// The room of a file: its folder or file below `src`.
fn room_of(path: &str) -> &str {
    let below = path.strip_prefix("src/").unwrap();
    below.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The first names after each `root::`, groups taken apart: `crate::{a::X, b}` imports `a` and `b`.
fn names_after<'t>(text: &'t str, root: &str) -> Vec<&'t str> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut names = Vec::new();
    for (at, found) in text.match_indices(root) {
        let before = &text[..at];
        // `my_crate::` is another word; `r#crate` cannot be written.
        if before.ends_with(is_name) {
            continue;
        }
        let Some(rest) = text[at + found.len()..].trim_start().strip_prefix("::") else {
            continue;
        };
        let rest = rest.trim_start();
        let Some(group) = rest.strip_prefix('{') else {
            names.push(rest.split(|c| !is_name(c)).next().unwrap());
            continue;
        };
        let mut depth = 0;
        let mut start = 0;
        for (at, c) in group.char_indices() {
            let ends = depth == 0 && (c == ',' || c == '}');
            if ends {
                let member =
                    group[start..at].trim_start_matches(|c: char| c.is_whitespace() || c == '/');
                let name = member.split(|c| !is_name(c)).next().unwrap();
                // Nothing stands after the last comma.
                if !member.is_empty() {
                    names.push(name);
                }
                start = at + 1;
            }
            match c {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
        }
    }
    names
}

/// What the front door calls by a short name: `GridCode` → `code`.
fn reexports(lib: &str) -> BTreeMap<String, String> {
    let mut short = BTreeMap::new();
    for line in lib.lines().filter_map(|line| line.strip_prefix("pub use ")) {
        let (room, names) = line.trim_end_matches(';').split_once("::").unwrap();
        for name in names.trim_matches(['{', '}']).split(',') {
            short.insert(name.trim().to_owned(), room.to_owned());
        }
    }
    short
}

/// The rooms that a file imports, by any road: `crate::`, the crate's own name in doc tests, `super::` out of the room.
fn imports(
    path: &str,
    text: &str,
    law: &Law,
    short: &BTreeMap<String, String>,
) -> BTreeSet<String> {
    let in_program = room_of(path) == "bin";
    let mut names = names_after(text, "gridcode");
    if !in_program {
        names.extend(names_after(text, "crate"));
        let is_room = |name: &&str| law.iter().any(|(room, _)| room == name);
        names.extend(names_after(text, "super").into_iter().filter(is_room));
    }
    names
        .into_iter()
        .map(|name| short.get(name).map_or(name, String::as_str).to_owned())
        .filter(|name| name != room_of(path))
        .collect()
}

/// Imports that the table does not allow, and allowed ones that nobody needs.
fn faults_of_imports(files: &[(String, String)], law: &Law) -> Vec<String> {
    let lib = files.iter().find(|(path, _)| path == "src/lib.rs").unwrap();
    let short = reexports(&lib.1);
    let mut used: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut faults = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| path != "src/lib.rs") {
        let Some((room, allowed)) = law.iter().find(|(room, _)| room == room_of(path)) else {
            faults.push(format!("{path}: its room has no line in the table"));
            continue;
        };
        let found = imports(path, text, law, &short);
        for import in found.difference(allowed) {
            faults.push(format!("{path}: {room} may not import `{import}`"));
        }
        used.entry(room).or_default().extend(found);
    }
    for (room, allowed) in law.iter().filter(|(room, _)| room != "bin") {
        let used = used.remove(room.as_str()).unwrap_or_default();
        for idle in allowed.difference(&used) {
            faults.push(format!("{room} may import `{idle}`, and does not"));
        }
    }
    faults
}

/// Crates from outside that are named where the second table does not say so.
fn faults_of_crates(files: &[(String, String)], homes: &[Vec<&str>]) -> Vec<String> {
    let mut faults = Vec::new();
    for line in homes {
        let [name, places] = line[..] else {
            panic!("{line:?} has not two cells");
        };
        let mut idle: BTreeSet<&str> = places.split(' ').collect();
        for (path, text) in files {
            if names_after(text, name).is_empty() {
                continue;
            }
            let home = |place: &&str| {
                path == place
                    || path
                        .strip_prefix(place)
                        .is_some_and(|rest| rest.starts_with('/'))
            };
            match places.split(' ').find(home) {
                Some(place) => _ = idle.remove(place),
                None => faults.push(format!("{path}: `{name}` is named only in {places}")),
            }
        }
        faults.extend(
            idle.iter()
                .map(|place| format!("`{name}` is not named in {place}")),
        );
    }
    faults
}

/// What is wrong with the shape of one file.
fn faults_of_file(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let opening: Vec<&str> = text
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .take_while(|line| !line.trim().is_empty())
        .collect();
    if !opening
        .last()
        .is_some_and(|line| line.trim_end().ends_with('.'))
    {
        faults.push(format!("{path}: begins with no `//!` sentence"));
    }
    if text.lines().count() > 500 {
        faults.push(format!("{path}: more than 500 lines"));
    }
    let odds_and_ends = ["util", "utils", "common", "helper", "helpers", "misc"];
    if path
        .trim_end_matches(".rs")
        .split('/')
        .any(|name| odds_and_ends.contains(&name))
    {
        faults.push(format!("{path}: a name that says nothing"));
    }
    faults
}

/// What the program must not do to reach behind the public API.
fn faults_of_program(path: &str, text: &str) -> Vec<String> {
    let behind = ["#[path", "include!", "extern crate", "gridcode as "];
    behind
        .iter()
        .filter(|way| text.contains(**way))
        .map(|way| format!("{path}: `{way}` reaches behind the public API"))
        .collect()
}

#[test]
fn every_allowed_import_points_upward() {
    let law = law(&architecture());
    assert!(law.len() >= 12, "the table of the law was not found");
    assert_eq!(faults_of_law(&law), [""; 0]);
}

#[test]
fn every_import_in_src_is_allowed_and_every_allowed_import_is_needed() {
    let faults = faults_of_imports(&sources("src"), &law(&architecture()));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_crate_from_outside_is_named_only_where_it_is_at_home() {
    let page = architecture();
    let homes = table(&page, "| crate | named in |");
    assert!(homes.iter().any(|line| line[0] == "nom"));
    let faults = faults_of_crates(&sources("src"), &homes);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_room_is_public_has_a_line_of_description_and_stands_in_the_law() {
    let page = architecture();
    let mut described: Vec<_> = table(&page, "| room | what it is |")
        .iter()
        .map(|line| line[0].trim_matches('`').to_owned())
        .collect();
    let law: Vec<_> = law(&page).into_iter().map(|(room, _)| room).collect();
    assert_eq!(described, law);
    let lib = std::fs::read_to_string(Path::new(ROOT).join("src/lib.rs")).unwrap();
    let doors: Vec<_> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    described.retain(|room| room != "bin");
    described.sort();
    assert_eq!(described, doors);
}

#[test]
fn every_file_is_short_has_a_telling_name_and_says_what_it_is_for() {
    let mut faults = Vec::new();
    for (path, text) in sources("src") {
        faults.extend(faults_of_file(&path, &text));
        if room_of(&path) == "bin" {
            faults.extend(faults_of_program(&path, &text));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_path_that_the_page_names_exists() {
    let page = architecture();
    let named: Vec<_> = page
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|name| {
            let inside = ["src/", "docs/", "fixtures/", "scripts/", "tests/it"];
            inside.iter().any(|folder| name.starts_with(folder)) && !name.contains('<')
        })
        .collect();
    assert!(named.len() > 10);
    for name in named {
        assert!(Path::new(ROOT).join(name).exists(), "{name} does not exist");
    }
}
