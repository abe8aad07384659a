//! Documents made from the code are as the code says. `UPDATE=1 cargo test --test it docs` writes them anew.

use std::path::Path;

use gridcode::Lang;
use gridcode::reminder::{Events, events_page};
use gridcode::rule;

/// Compares a document with what it ought to hold, or writes it where `UPDATE` is set.
#[track_caller]
#[expect(
    clippy::disallowed_methods,
    reason = "UPDATE is the word of whoever runs the tests"
)]
pub(crate) fn fresh(name: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, expected).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    let line = found
        .lines()
        .zip(expected.lines())
        .position(|(found, expected)| found != expected);
    assert!(
        found == expected,
        "docs/{name} differs from the code at line {}; UPDATE=1 cargo test --test it docs writes it anew",
        line.unwrap_or_else(|| found.lines().count().min(expected.lines().count())) + 1
    );
}

/// The line at the top of every document that is made from the code.
pub(crate) fn made_from(source: &str, lang: Lang) -> String {
    lang.pick(
        format!("<!-- 由 {source} 生成；UPDATE=1 cargo test --test it docs 重新生成。 -->"),
        format!("<!-- Made from {source}; UPDATE=1 cargo test --test it docs makes it anew. -->"),
    )
}

fn rules(lang: Lang) -> String {
    let mut book = made_from("src/rule/", lang);
    book.push_str(lang.pick(
        "\n\n# 规则\n\n`gridcode validate` 按以下规则检查名单，`gridcode explain 规则名` 显示其中一页。\
         级别可用 `--deny`、`--warn`、`--allow` 加规则名或编号调整。\n\n| 编号 | 规则 | 级别 | 说明 |\n|---|---|---|---|\n",
        "\n\n# Rules\n\n`gridcode validate` checks a list by these rules; `gridcode explain NAME` prints one of the pages.\n\
         `--deny`, `--warn` and `--allow` with a name or number change how grave a finding is.\n\n\
         | number | rule | severity | what it finds |\n|---|---|---|---|\n",
    ));
    for info in rule::all().iter().map(|rule| rule.info()) {
        let anchor = format!("{}-{}", info.id.to_lowercase(), info.name);
        let title = info.title(lang).trim_end_matches(['.', '。']);
        let severity = info.severity.label(lang);
        let name = info.name;
        let number = info.id;
        book.push_str(&["| [", number, "](#", &anchor, ") | `", name, "` | "].concat());
        book.push_str(&[severity, " | ", title, " |\n"].concat());
    }
    for info in rule::all().iter().map(|rule| rule.info()) {
        book.push('\n');
        book.push_str(&rule::markdown(info, lang));
    }
    book
}

#[test]
fn the_book_of_rules_is_as_the_rules_say() {
    fresh("rules.md", &rules(Lang::En));
    fresh("rules.zh-CN.md", &rules(Lang::Zh));
}

#[test]
fn the_page_of_life_events_is_as_the_events_say() {
    for (name, lang) in [("events.md", Lang::En), ("events.zh-CN.md", Lang::Zh)] {
        let page = events_page(Events::builtin(), lang);
        let top = made_from("src/reminder/", lang);
        fresh(name, &format!("{top}\n\n{page}"));
    }
}
