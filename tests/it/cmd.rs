//! Every console block of `tests/cmd` and of the READMEs is executed, and must say what stands there.
//!
//! `TRYCMD=overwrite cargo test --test it cmd` writes what the program says now into the files; read the difference before
//! it is committed. Blocks whose result depends on the day name one with `--on`.

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
