//! A folder of its own in which tests run `gridcode partition` as a user would.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The path of a fixture, as an argument.
pub(crate) fn fixture(name: &str) -> String {
    let path = Path::new(ROOT).join("fixtures").join(name);
    path.to_str().unwrap().to_owned()
}

/// A folder in which the program runs.
pub(crate) struct Desk(tempfile::TempDir);

impl Desk {
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            std::fs::write(desk.path(name), text).unwrap();
        }
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs the program; what it writes, and what it says on standard error.
    #[track_caller]
    pub(crate) fn run(&self, status: i32, arguments: &[&str]) -> (String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_gridcode"))
            .args(["--lang", "en", "partition"])
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {said}");
        (String::from_utf8(output.stdout).unwrap(), said)
    }

    pub(crate) fn files(&self) -> BTreeSet<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name());
        names
            .map(|name| name.to_str().unwrap().to_owned())
            .collect()
    }
}
