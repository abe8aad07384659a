//! Repairs in words: the cell, what stood there, what stands there now and why; and what is left for people.

use super::text::{Paint, Style, grouped};
use crate::census::fix::{Left, Repair};
use crate::lang::Lang;
use crate::rule;

/// The header of a log of repairs.
#[must_use]
pub const fn header(lang: Lang) -> [&'static str; 6] {
    match lang {
        Lang::Zh => ["单元格", "修改前", "修改后", "原因", "规则", "把握"],
        Lang::En => ["cell", "before", "after", "why", "rule", "confidence"],
    }
}

/// A row of a log of repairs.
#[must_use]
pub fn row<'t>(repair: &'t Repair, before: &'t str, lang: Lang) -> [std::borrow::Cow<'t, str>; 6] {
    [
        repair.place.to_string().into(),
        before.into(),
        repair.after.as_str().into(),
        why(repair, lang).into(),
        repair.rule.into(),
        repair.confidence.label(lang).into(),
    ]
}

/// Why a cell is repaired: the title of the rule.
#[must_use]
pub fn why(repair: &Repair, lang: Lang) -> &'static str {
    rule::find(repair.rule).map_or("", |info| info.title(lang))
}

/// One repair as a line; `before` where it may be shown.
#[must_use]
pub fn line(repair: &Repair, before: Option<&str>, lang: Lang, paint: Paint<'_>) -> String {
    let place = paint(Style::Place, &repair.place.to_string());
    let field = repair.field.map_or("", |field| field.label(lang));
    let after = paint(Style::Fix, &repair.after);
    let confidence = repair.confidence.label(lang);
    let confidence = lang.pick(format!("（{confidence}）"), format!(" ({confidence})"));
    let before = match (before, lang) {
        (Some(""), _) => lang.pick("（空）", "(empty)").to_owned(),
        (Some(text), Lang::Zh) => format!("“{}”", paint(Style::Plain, text)),
        (Some(text), Lang::En) => format!("`{}`", paint(Style::Plain, text)),
        (None, _) => lang.pick("（内容不显示）", "(not shown)").to_owned(),
    };
    let rule = paint(Style::Dim, &format!("[{}]", repair.rule));
    format!("{place} {field} {before} → {after}{confidence} {rule}")
}

/// What was done and what is left, a sentence each; `dry` says that nothing was written.
#[must_use]
pub fn account(done: u64, left: &Left, dry: bool, lang: Lang) -> Vec<String> {
    let count = grouped(done);
    let cells = if done == 1 { "cell" } else { "cells" };
    let mut lines = vec![match (dry, lang) {
        (true, Lang::Zh) => format!("可修改 {count} 格；没有写文件"),
        (false, Lang::Zh) => format!("已修改 {count} 格"),
        (true, Lang::En) => format!("{count} {cells} to write anew; nothing was written"),
        (false, Lang::En) => format!("{count} {cells} written anew"),
    }];
    let reasons = [
        (
            left.to_check,
            lang.pick(
                "处有建议的写法，须先核对；核对后加 --suggested 采用",
                "have a suggestion that somebody has to check; --suggested applies those",
            ),
        ),
        (
            left.to_ask,
            lang.pick(
                "处无法自动修改，须问住户或查证件、原表",
                "cannot be put right by a program: ask the household, or look at cards and papers",
            ),
        ),
        (
            left.no_column,
            lang.pick("处没有可填的列", "have no column to write into"),
        ),
        (
            left.would_repeat,
            lang.pick(
                "处改了就会与别的行成为同一户，没有改",
                "would have made two rows the same household, and were left",
            ),
        ),
        (
            left.sealed,
            lang.pick(
                "格是公式，没有改：请改公式所引用的格",
                "hold formulas and were left: write what the formula refers to",
            ),
        ),
    ];
    for (count, reason) in reasons {
        if count > 0 {
            let count = grouped(count);
            lines.push(lang.pick(
                format!("留下 {count} {reason}"),
                format!("left: {count} {reason}"),
            ));
        }
    }
    lines
}
