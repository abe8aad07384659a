//! What Cargo.toml promises is so: the oldest compiler, a reason beside every dependency, a small package.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn manifest() -> String {
    std::fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).unwrap()
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(ROOT)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

/// `1.88` and `1.88.0` are the same.
fn version(text: &str) -> [u32; 3] {
    let mut parts = text.split('.').map(|part| part.parse().unwrap());
    [(); 3].map(|()| parts.next().unwrap_or(0))
}

/// Packages that ask for a newer compiler than the stated one.
fn too_new(metadata: &Value, stated: &str) -> Vec<String> {
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .filter(|package| {
            package["rust_version"]
                .as_str()
                .is_some_and(|asked| version(asked) > version(stated))
        })
        .map(|package| format!("{} {}", package["name"], package["rust_version"]))
        .collect()
}

#[test]
fn no_dependency_asks_for_a_newer_compiler_than_the_one_stated() {
    let host = cargo(&["--version", "--verbose"]);
    let host = host
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let metadata = cargo(&[
        "metadata",
        "--format-version=1",
        "--locked",
        "--filter-platform",
        host,
    ]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let stated = env!("CARGO_PKG_RUST_VERSION");
    assert_eq!(too_new(&metadata, stated), [""; 0]);
    // The check itself: nearly everything is newer than the first edition.
    assert!(too_new(&metadata, "1.0").len() > 20);
    assert!(
        too_new(&metadata, "1.87")
            .iter()
            .any(|package| package.contains("gridcode"))
    );
}

#[test]
fn every_dependency_stands_under_its_reason() {
    let manifest = manifest();
    let mut section = "";
    let mut above = "";
    let mut without = Vec::new();
    for line in manifest.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if section.ends_with("dependencies") && line.contains('=') && above.is_empty() {
            without.push(line);
        }
        // A reason holds for the lines right below it.
        if line.is_empty() || line.starts_with(['#', '[']) {
            above = line.strip_prefix('#').unwrap_or_default();
        }
    }
    assert_eq!(without, [""; 0]);
}

#[test]
fn the_package_holds_what_a_user_needs_and_little_else() {
    // Where there is no repository, everything is listed that is not excluded: the same files.
    let listed = cargo(&["package", "--list", "--allow-dirty", "--offline"]);
    let files: Vec<_> = listed.lines().map(|line| line.replace('\\', "/")).collect();
    for needed in [
        "Cargo.toml",
        "Cargo.lock",
        "CHANGELOG.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "docs/grammar.md",
        "docs/plan.schema.json",
        "docs/report.schema.json",
        "examples/parse.rs",
        "src/lib.rs",
        "src/codebook/shushan.toml",
        "src/table/headers.toml",
    ] {
        assert!(
            files.iter().any(|file| file == needed),
            "{needed} is not in the package"
        );
    }
    for file in &files {
        let folder = file.split('/').next().unwrap();
        let kept = ["src", "docs", "examples"].contains(&folder) || !file.contains('/');
        assert!(
            kept && !file.starts_with("examples/synthetic"),
            "{file} is in the package"
        );
    }
    let bytes: u64 = files
        .iter()
        .filter_map(|file| std::fs::metadata(Path::new(ROOT).join(file)).ok())
        .map(|file| file.len())
        .sum();
    assert!(bytes < 3_600_000, "{bytes} bytes");
}
