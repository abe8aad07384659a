//! Every console block of `tests/cmd` and of the READMEs is executed, and must say what stands there.
//!
//! `TRYCMD=overwrite cargo test --test it cmd` writes what the program says now into the files; read the difference before
//! it is committed. Blocks whose result depends on the day name one with `--on`.

use std::process::{Command, Output};

use trycmd::TestCases;

/// The program with nothing of the tester's own surroundings in its way.
fn cases(locale: &str) -> TestCases {
    let cases = TestCases::new();
    cases
        .env("LC_ALL", locale)
        .env("LANG", locale)
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .env("CLICOLOR_FORCE", "0")
        // Whole workbooks are read on machines that are busy.
        .timeout(std::time::Duration::from_secs(300));
    cases
}

#[test]
fn what_the_english_pages_show_is_what_the_program_says() {
    cases("en_US.UTF-8")
        .case("tests/cmd/*.md")
        .case("tests/cmd/*.toml")
        .case("README.md");
}

#[test]
fn what_the_chinese_readme_shows_is_what_the_program_says() {
    cases("zh_CN.UTF-8").case("README.zh-CN.md");
}

/// The console pages cannot hold backslashes, of which man pages, scripts and JSON are full.
fn gridcode(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gridcode"))
        .args(arguments)
        .output()
        .unwrap()
}

fn text(arguments: &[&str]) -> String {
    let output = gridcode(arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

const COMMANDS: [&str; 15] = [
    "decode",
    "validate",
    "ask",
    "encode",
    "partition",
    "assign",
    "find",
    "remind",
    "diff",
    "fix",
    "template",
    "explain",
    "codebook",
    "completions",
    "man",
];

#[test]
fn completions_of_every_shell_know_every_command() {
    let shells = [
        ("bash", "_gridcode() {"),
        ("zsh", "#compdef gridcode"),
        ("fish", "complete -c gridcode"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "set edit:completion:arg-completer[gridcode]"),
    ];
    for (shell, sign) in shells {
        let script = text(&["completions", shell]);
        assert!(script.contains(sign), "{shell}");
        for command in COMMANDS {
            assert!(script.contains(command), "{shell} {command}");
        }
    }
    assert!(text(&["completions", "zsh", "--lang", "zh"]).contains("核对住户名单"));
}

#[test]
fn there_is_a_man_page_for_every_command_in_both_languages() {
    for (lang, name, options) in [
        ("zh", ".SH 名称", ".SH 选项"),
        ("en", ".SH NAME", ".SH OPTIONS"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        assert_eq!(text(&["man", path, "--lang", lang]), "");
        let main = std::fs::read_to_string(folder.path().join("gridcode.1")).unwrap();
        assert_eq!(main, text(&["man", "--lang", lang]));
        assert!(main.contains(name), "{main}");
        for command in COMMANDS {
            assert!(main.contains(&format!("gridcode\\-{command}(1)")), "{main}");
            let page = format!("gridcode-{command}.1");
            let page = std::fs::read_to_string(folder.path().join(page)).unwrap();
            assert!(page.contains(name), "{page}");
            if lang == "zh" {
                for english in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "VERSION"] {
                    assert!(!page.contains(&format!(".SH {english}")), "{page}");
                }
            }
        }
        let validate = std::fs::read_to_string(folder.path().join("gridcode-validate.1")).unwrap();
        assert!(validate.contains(options), "{validate}");
    }
}

#[test]
fn rules_are_explained_to_machines_in_both_languages() {
    let rules: serde_json::Value =
        serde_json::from_str(&text(&["explain", "--all", "--json"])).unwrap();
    let rules = rules.as_array().unwrap();
    assert_eq!(rules.len(), gridcode::rule::all().len());
    for rule in rules {
        for part in ["title", "page"] {
            for lang in ["zh", "en"] {
                assert!(!rule[part][lang].as_str().unwrap().is_empty(), "{rule}");
            }
        }
    }
}

#[test]
fn colour_comes_only_when_it_is_asked_for_and_nobody_is_looking() {
    let escapes = |arguments: &[&str]| {
        let output = gridcode(arguments);
        [output.stdout, output.stderr].concat().contains(&0x1b)
    };
    assert!(!escapes(&["decode", "803Ca7"]));
    assert!(!escapes(&["--help", "--lang", "zh"]));
    assert!(!escapes(&["validate", "--bogus"]));
    assert!(escapes(&["decode", "803Ca7", "--color", "always"]));
    assert!(escapes(&["validate", "nofile.csv", "--color", "always"]));
    assert!(!escapes(&["decode", "803Ca7", "--color", "never"]));
}

#[test]
fn no_english_is_left_in_the_chinese_help() {
    let mut pages = vec![
        text(&["--lang", "zh", "--help"]),
        text(&["--lang", "zh", "-h"]),
    ];
    for command in COMMANDS {
        pages.push(text(&["--lang", "zh", command, "--help"]));
        pages.push(text(&["--lang", "zh", command, "-h"]));
    }
    for page in pages {
        for english in [
            "Usage",
            "OPTIONS",
            "Options",
            "Arguments",
            "Commands",
            "default:",
            "possible",
            "aliases",
        ] {
            assert!(!page.contains(english), "{english} in {page}");
        }
        assert!(page.contains("用法：gridcode"), "{page}");
    }
}
