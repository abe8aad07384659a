//! The findings cell by cell: the first stand in the page, all that are listed in its data, shown by its script.

use super::markup::Markup;
use super::{Checked, Page, table_of, tables};
use crate::census::RuleCount;
use crate::diagnostic::Diagnostic;
use crate::lang::Text;

/// So many are shown at a time, and where no script runs.
pub(super) const AT_A_TIME: usize = 50;

/// How many findings there are, and how many are listed.
pub(super) fn totals(page: &Page<'_>) -> (u64, u64) {
    let all = page.checked().flat_map(|list| list.account.rules.values());
    let listed = page.checked().map(|list| list.findings.len() as u64);
    (all.map(RuleCount::total).sum(), listed.sum())
}

/// The section.
pub(super) fn write(page: &Page<'_>, out: &mut Markup) {
    let (all, listed) = totals(page);
    out.raw("<section id=\"findings\">\n<h2>")
        .said("逐格", "Cell by cell")
        .raw("</h2>\n");
    if all == 0 {
        out.raw("<p class=\"sound\">")
            .said("没有发现问题", "nothing found")
            .raw("</p>\n</section>\n");
        return;
    }
    if all > listed {
        out.raw("<p class=\"hint\" id=\"not-listed\">")
            .both(&not_listed(all, listed))
            .raw("</p>\n");
    }
    controls(page, out);
    if listed > AT_A_TIME as u64 {
        out.raw("<noscript><p class=\"hint\">")
            .both(&Text::new(
                format!("浏览器没有运行本页的脚本：这里只列出前 {AT_A_TIME} 条"),
                format!("this page's script does not run: only the first {AT_A_TIME} stand here"),
            ))
            .raw("</p></noscript>\n");
    }
    out.raw("<p class=\"print\" id=\"filters\"></p>\n<table class=\"stack\" role=\"table\" id=\"table\"><caption>").said("问题清单", "findings").raw("</caption><thead role=\"rowgroup\"><tr role=\"row\">");
    for (zh, en) in [
        ("级别", "severity"),
        ("位置", "cell"),
        ("问题和建议", "what is wrong, and what to do"),
        ("规则", "rule"),
    ] {
        out.raw("<th scope=\"col\" role=\"columnheader\">")
            .said(zh, en)
            .raw("</th>");
    }
    out.raw("</tr></thead><tbody role=\"rowgroup\" id=\"rows\">\n");
    let mut left = AT_A_TIME;
    for list in page.checked() {
        let tables = tables(list.account);
        for finding in list.findings.iter().take(left) {
            let building = table_of(&tables, finding).and_then(|table| {
                let at = list.codes.of_rows.get(&(table, finding.place.row))?;
                list.codes.buildings.get(*at)?.name.as_deref()
            });
            row(&list, finding, page.lists.len() > 1, building, out);
        }
        left = left.saturating_sub(list.findings.len());
    }
    out.raw("</tbody></table>\n<p class=\"pager\" id=\"pager\" hidden><button type=\"button\" id=\"back\">")
        .said("上一页", "back")
        .raw("</button><span id=\"page\"></span><button type=\"button\" id=\"on\">")
        .said("下一页", "on")
        .raw("</button></p>\n</section>\n");
}

fn not_listed(all: u64, listed: u64) -> Text {
    let (hidden, all) = (all - listed, all);
    Text::of(|lang| {
        let (hidden, all) = (
            crate::report::text::grouped(hidden),
            crate::report::text::grouped(all),
        );
        lang.pick(
            format!("共 {all} 处，另有 {hidden} 处没有列在本页中（计数已包含）；--max-errors 0 列出全部"),
            format!("of {all} findings {hidden} are counted and not listed in this page; --max-errors 0 lists all"),
        )
    })
}

/// The filters, for the script: without it they would do nothing, and are not shown.
fn controls(page: &Page<'_>, out: &mut Markup) {
    out.raw("<form class=\"controls\" id=\"controls\" hidden>\n<p class=\"search\"><label for=\"search\">")
        .said("搜索", "search")
        .raw("</label><input type=\"search\" id=\"search\" autocomplete=\"off\"></p>\n");
    let selects = [
        ("severity", "级别", "severity", true),
        ("rule", "规则", "rule", true),
        ("list", "名单", "list", page.lists.len() > 1),
        ("sheet", "工作表", "sheet", true),
        ("building", "楼栋", "building", true),
        ("order", "次序", "order", true),
    ];
    for (id, zh, en, _) in selects.iter().filter(|select| select.3) {
        out.raw("<p><label for=\"")
            .raw(id)
            .raw("\">")
            .said(zh, en)
            .raw("</label><select id=\"")
            .raw(id)
            .raw("\" autocomplete=\"off\"></select></p>\n");
    }
    out.raw("<p><button type=\"reset\" id=\"reset\">")
        .said("清除", "clear")
        .raw("</button></p>\n</form>\n");
    out.raw("<p class=\"quiet\" id=\"count\" aria-live=\"polite\" role=\"status\"></p>\n");
}

/// One finding, as the script shows it too.
fn row(
    list: &Checked<'_>,
    finding: &Diagnostic,
    several: bool,
    building: Option<&str>,
    out: &mut Markup,
) {
    out.raw("<tr role=\"row\" class=\"")
        .raw(finding.severity.key())
        .raw("\"><td role=\"cell\"><span class=\"badge\">");
    out.both(&Text::of(|lang| finding.severity.label(lang)))
        .raw("</span></td><td role=\"cell\" class=\"where\"><b>")
        .text(&finding.place.name())
        .raw("</b>");
    let list = several.then_some(list.account.file.as_str());
    for text in [list, finding.place.sheet.as_deref(), building]
        .into_iter()
        .flatten()
    {
        out.raw("<small>").text(text).raw("</small>");
    }
    out.raw("</td><td role=\"cell\" class=\"what\"><p>");
    if let Some(field) = finding.field {
        out.raw("<strong>")
            .both(&Text::of(|lang| field.label(lang)))
            .raw("</strong> ");
    }
    if let Some(value) = &finding.value {
        out.raw("<q>").text(value).raw("</q> ");
    }
    out.both(&finding.message).raw("</p>");
    if let Some(fix) = &finding.fix {
        out.raw("<p class=\"fix\">→ <code>")
            .text(&fix.text)
            .raw("</code> ");
        out.both(&Text::of(|lang| fix.confidence.label(lang)))
            .raw("</p>");
    }
    if !finding.advice.zh.is_empty() || !finding.advice.en.is_empty() {
        out.raw("<p class=\"quiet\">")
            .both(&finding.advice)
            .raw("</p>");
    }
    out.raw("</td><td role=\"cell\"><a href=\"#rule-")
        .raw(finding.rule)
        .raw("\"><code>")
        .raw(finding.rule)
        .raw("</code></a></td></tr>\n");
}
