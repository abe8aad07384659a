//! A double-click on the program, or files dropped on it, made into a command that asks, checks and waits.

use std::ffi::{OsStr, OsString};
use std::path::Path;

/// The arguments of this run: as typed, or those of `ask` where nobody typed anything.
pub fn arguments() -> Vec<OsString> {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let by_explorer = started_by_explorer();
    if by_explorer {
        letters_of_every_language();
    }
    rewritten(by_explorer, &typed)
}

/// Explorer passes nothing, or the full paths of what was dropped. Anything else was put into a shortcut by somebody.
fn rewritten(by_explorer: bool, typed: &[OsString]) -> Vec<OsString> {
    let dropped = typed.get(1..).unwrap_or_default();
    if !by_explorer || !dropped.iter().all(|path| is_full_path(path)) {
        return typed.to_vec();
    }
    let program = typed.first().cloned();
    let mut rewritten = vec![program.unwrap_or_else(|| "gridcode".into())];
    rewritten.extend(["ask".into(), "--wait".into()]);
    rewritten.extend(dropped.iter().cloned());
    rewritten
}

/// `C:\list.xlsx`, `\\server\lists\list.xlsx`: told by its letters, so that the tests mean the same on every system.
fn is_full_path(path: &OsStr) -> bool {
    let text = path.to_string_lossy();
    let mut chars = text.chars();
    let drive = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next() == Some(':')
        && matches!(chars.next(), Some('\\' | '/'));
    drive || text.starts_with("\\\\") || Path::new(path).is_absolute()
}

/// Whether this window is the program's own, opened by Explorer for a person.
#[cfg(windows)]
fn started_by_explorer() -> bool {
    std::io::IsTerminal::is_terminal(&std::io::stdin()) && mousetrap::started_by_explorer()
}

#[cfg(not(windows))]
fn started_by_explorer() -> bool {
    false
}

/// Sets the console to UTF-8. What this program writes is right on any code page, as the standard library hands whole
/// characters to a console; the code page decides which characters its font must have, and what other programs in the
/// window make of ours. The system's own command does it without unsafe code, and the window is ours alone: nobody
/// finds his command prompt changed afterwards.
#[cfg(windows)]
fn letters_of_every_language() {
    use std::process::{Command, Stdio};
    #[expect(
        clippy::disallowed_methods,
        reason = "where the system lies is the program's business"
    )]
    let Some(system) = std::env::var_os("SystemRoot") else {
        return;
    };
    let chcp = Path::new(&system).join("System32").join("chcp.com");
    // A console that stays as it was is no reason to stop.
    let _ = Command::new(chcp)
        .arg("65001")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}

#[cfg(not(windows))]
fn letters_of_every_language() {}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(by_explorer: bool, typed: &[&str]) -> Vec<String> {
        let typed: Vec<OsString> = typed.iter().map(Into::into).collect();
        rewritten(by_explorer, &typed)
            .into_iter()
            .map(|argument| argument.into_string().unwrap())
            .collect()
    }

    #[test]
    fn a_double_click_asks_and_waits() {
        assert_eq!(
            of(true, &["gridcode.exe"]),
            ["gridcode.exe", "ask", "--wait"]
        );
        assert_eq!(of(true, &[]), ["gridcode", "ask", "--wait"]);
    }

    #[test]
    fn dropped_files_are_checked_in_their_order() {
        assert_eq!(
            of(
                true,
                &[
                    "gridcode.exe",
                    "D:\\名单\\3栋 住户.xlsx",
                    "\\\\server\\lists\\a.csv"
                ]
            ),
            [
                "gridcode.exe",
                "ask",
                "--wait",
                "D:\\名单\\3栋 住户.xlsx",
                "\\\\server\\lists\\a.csv"
            ]
        );
    }

    #[test]
    fn a_shortcut_with_a_command_of_its_own_stays_as_it_is() {
        for typed in [
            &["gridcode.exe", "validate", "D:\\list.xlsx"][..],
            &["gridcode.exe", "--lang", "zh"],
            &["gridcode.exe", "ask", "--codebook", "ours.toml"],
            // A relative path was typed by somebody.
            &["gridcode.exe", "list.xlsx"],
        ] {
            assert_eq!(of(true, typed), typed);
        }
    }

    #[test]
    fn what_was_typed_in_a_terminal_stays_as_it_is() {
        for typed in [
            &["gridcode"][..],
            &["gridcode", "D:\\list.xlsx"],
            &["gridcode", "validate", "list.xlsx"],
        ] {
            assert_eq!(of(false, typed), typed);
        }
    }
}
