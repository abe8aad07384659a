//! Every example is short, runs, and prints what it promises.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Each example of one page, with something it must print.
const EXAMPLES: [(&str, &[&str]); 7] = [
    (
        "address",
        &["翠竹园三栋二单元八〇三 → 翠竹园3栋2单元803室", "2月3日"],
    ),
    (
        "diff",
        &[
            "+ 3栋2单元704室  704Bb  moved in",
            "803Aa → 803Ab  another tenure a → b; more residents 3 → 4",
        ],
    ),
    (
        "encode",
        &[
            "3栋 | 803 | 父亲 | 81 | 常住 | 自购房 | 803Aa8",
            "2 households coded, 0 not",
        ],
    ),
    ("parse", &["803Aa7: unit 803", "8.03E+05"]),
    (
        "remind",
        &[
            "2026-12-05 apply senior card: 3栋2单元803室, row 2, female, 60 years",
            "1 resident has no birth date",
        ],
    ),
    (
        "staff",
        &[
            "the roster has no area grid head",
            "  grid 02 (1 household, 0 residents, 0 priority households)",
            "丙",
        ],
    ),
    (
        "validate",
        &[
            "E4 error undefined-letter:",
            "write 804Bb (safe)",
            "4 rows: 2 accepted, 1 with errors, 1 skipped",
        ],
    ),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of this profile: the test program stands in its `deps`.
fn profile() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    program.ancestors().nth(2).unwrap().to_owned()
}

/// Builds the examples where `cargo test` has not done so already: it does not for `--test it` alone.
fn build() {
    let profile = profile();
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "--quiet", "--examples", "--target-dir"])
        .arg(profile.parent().unwrap())
        .current_dir(root());
    // The same features as this test: nothing is built twice, and the examples are tried without them too.
    if !cfg!(feature = "cli") {
        cargo.arg("--no-default-features");
        if cfg!(feature = "excel") {
            cargo.args(["--features", "excel"]);
        }
    }
    if profile.ends_with("release") {
        cargo.arg("--release");
    }
    assert!(cargo.status().unwrap().success());
}

#[test]
fn every_example_runs_and_prints_what_it_promises() {
    build();
    for (name, promised) in EXAMPLES {
        let program = profile()
            .join("examples")
            .join(name)
            .with_extension(std::env::consts::EXE_EXTENSION);
        let output = Command::new(program).output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {said}");
        for text in promised {
            assert!(
                printed.contains(text),
                "{name} does not print `{text}`:\n{printed}"
            );
        }
    }
}

#[test]
fn every_example_is_run_here_and_fits_on_a_page() {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(root().join("examples")).unwrap() {
        let path = entry.unwrap().path();
        // `synthetic` is a program of many files with a test of its own.
        if path.is_file() {
            names.push(path.file_stem().unwrap().to_str().unwrap().to_owned());
            let lines = std::fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= 40, "{} has {lines} lines", path.display());
        }
    }
    names.sort();
    assert_eq!(names, EXAMPLES.map(|(name, _)| name));
}
