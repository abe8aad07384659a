//! The account: every row read, for all lists together and for each sheet.

use super::markup::Markup;
use super::{Checked, List, Page};
use crate::census::SheetAccount;
use crate::diagnostic::Severity;
use crate::household::Level;
use crate::lang::Text;
use crate::report::text;

/// The section.
pub(super) fn write(page: &Page<'_>, out: &mut Markup) {
    let accounts = page.accounts();
    let total = accounts
        .iter()
        .fold(SheetAccount::default(), |sum, account| {
            sum.plus(&account.total())
        });
    out.raw("<section id=\"account\">\n<h2>")
        .said("账目", "The account")
        .raw("</h2>\n");
    out.raw("<ul class=\"tally\">");
    let tiles = [
        (Severity::Error, Text::fixed("处错误", "errors")),
        (Severity::Warning, Text::fixed("处警告", "warnings")),
        (Severity::Note, Text::fixed("处提示", "notes")),
    ];
    for (severity, label) in tiles {
        let count: u64 = accounts
            .iter()
            .map(|account| account.findings(severity))
            .sum();
        let none = if count == 0 { " none" } else { "" };
        out.raw("<li class=\"").raw(severity.key()).raw(none);
        out.raw("\"><strong>").count(count).raw("</strong> ");
        out.both(&label).raw("</li>");
    }
    out.raw("<li><strong>")
        .count(total.households)
        .raw("</strong> ")
        .said("户", "households")
        .raw("</li></ul>\n");
    bar(&total, out);
    out.raw("<p>")
        .both(&Text::of(|lang| text::account(&total, lang)))
        .raw("</p>\n");
    let alone = page.lists.len() == 1;
    for list in page.lists {
        out.raw("<article class=\"list\">\n");
        if !alone {
            out.raw("<h3>").text(list.name()).raw("</h3>\n");
        }
        match list {
            List::Checked(checked) => sheets(checked, alone, out),
            List::Failed { why, .. } => {
                out.raw("<p class=\"failed\">")
                    .said("未能核对：", "could not be checked: ")
                    .both(why)
                    .raw("</p>\n");
            }
        }
        out.raw("</article>\n");
    }
    out.raw("</section>\n");
}

/// The rows as one bar: without errors, with errors, skipped.
fn bar(total: &SheetAccount, out: &mut Markup) {
    let parts = [
        (
            "sound",
            total.accepted,
            Text::fixed("无错", "without errors"),
        ),
        (
            "wrong",
            total.with_errors,
            Text::fixed("有错", "with errors"),
        ),
        (
            "skipped",
            total.skipped_rows(),
            Text::fixed("跳过", "skipped"),
        ),
    ];
    out.raw("<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    let mut before = 0;
    for (class, count, _) in &parts {
        rect(class, before, *count, total.rows, out);
        before += count;
    }
    out.raw("</svg>\n<ul class=\"legend\">");
    for (class, count, label) in &parts {
        out.raw(
            "<li><svg class=\"swatch\" viewBox=\"0 0 1 1\" aria-hidden=\"true\"><rect class=\"",
        )
        .raw(class)
        .raw("\" width=\"1\" height=\"1\"/></svg>");
        out.both(label).raw(" ").count(*count).raw("</li>");
    }
    out.raw("</ul>\n");
}

/// A piece of a bar that is 1000 wide for `whole`.
pub(super) fn rect(class: &str, before: u64, count: u64, whole: u64, out: &mut Markup) {
    let at = |sum: u64| sum.saturating_mul(1000) / whole.max(1);
    let (from, to) = (at(before), at(before + count));
    if count > 0 {
        // What is there can be seen.
        out.raw("<rect class=\"")
            .raw(class)
            .raw("\" x=\"")
            .digits(from.min(998))
            .raw("\" width=\"");
        out.digits((to - from).max(2)).raw("\" height=\"10\"/>");
    }
}

const HEADERS: [Text; 7] = [
    Text::fixed("工作表", "sheet"),
    Text::fixed("登记方式", "a row is"),
    Text::fixed("读入", "rows read"),
    Text::fixed("无错", "accepted"),
    Text::fixed("有错", "with errors"),
    Text::fixed("跳过", "skipped"),
    Text::fixed("户数", "households"),
];

fn sheets(checked: &Checked<'_>, alone: bool, out: &mut Markup) {
    let account = checked.account;
    if !alone {
        out.raw("<p>")
            .both(&Text::of(|lang| text::account(&account.total(), lang)))
            .raw("<br>");
        out.both(&Text::of(|lang| {
            text::tally(std::slice::from_ref(account), lang)
        }))
        .raw("</p>\n");
    }
    if account.sheets.len() > 1 {
        out.raw(
            "<table class=\"stack flow\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">",
        );
        for (at, header) in HEADERS.iter().enumerate() {
            let class = if at > 1 { " class=\"number\"" } else { "" };
            out.raw("<th scope=\"col\" role=\"columnheader\"")
                .raw(class)
                .raw(">")
                .both(header)
                .raw("</th>");
        }
        out.raw("</tr></thead><tbody role=\"rowgroup\">\n");
        for sheet in &account.sheets {
            row(sheet, out);
        }
        out.raw("</tbody></table>\n");
    }
    if !account.notes.is_empty() {
        out.raw("<details><summary>")
            .said("文件是怎样读的", "how the file was read")
            .raw("</summary><ul>");
        for note in &account.notes {
            out.raw("<li>").both(note).raw("</li>");
        }
        out.raw("</ul></details>\n");
    }
}

fn row(sheet: &SheetAccount, out: &mut Markup) {
    out.raw("<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">")
        .text(sheet.sheet.as_deref().unwrap_or("–"))
        .raw("</th>");
    let level = match sheet.level {
        Some(Level::Household) => Text::fixed("一行一户", "a household"),
        Some(Level::Person) => Text::fixed("一行一人", "a resident"),
        None => Text::fixed("没有表格", "no table"),
    };
    let [_, of_level, numbers @ ..] = &HEADERS;
    key(of_level, "", out);
    out.both(&level).raw("</td>");
    let counts = [
        sheet.rows,
        sheet.accepted,
        sheet.with_errors,
        sheet.skipped_rows(),
        sheet.households,
    ];
    for (label, count) in numbers.iter().zip(counts) {
        key(label, "number", out);
        out.count(count).raw("</td>");
    }
    out.raw("</tr>\n");
}

/// Begins a cell that says what it is where the table is too wide for its headers.
fn key(label: &Text, class: &str, out: &mut Markup) {
    out.raw("<td role=\"cell\" class=\"")
        .raw(class)
        .raw("\"><span class=\"key\" aria-hidden=\"true\">")
        .both(label)
        .raw("</span>");
}
