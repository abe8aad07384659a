//! The summary sheet: the account of rows, the findings by rule with links to the first cells.

use super::{Checked, linked, tint};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::report::text;
use crate::rule;
use crate::table::Remedy;
use crate::workbook::{Look, NewCell, NewSheet};

/// So many cells of a rule have a link.
const LINKS: usize = 3;

/// The sheet. Findings come in the order of places.
pub(super) fn sheet(checked: &Checked<'_>, findings: &[&Diagnostic], only: &str) -> NewSheet {
    let lang = checked.lang;
    let mut rows = vec![vec![NewCell::bold(
        lang.pick("检查结果", "What the check found"),
    )]];
    rows.push(pair(
        lang.pick("年龄计算到", "ages as of"),
        &checked.options.on.to_string(),
    ));
    rows.push(pair(
        lang.pick("合计", "in all"),
        &text::tally(std::slice::from_ref(checked.account), lang),
    ));
    rows.push(Vec::new());
    account(checked, only, &mut rows);
    rows.push(Vec::new());
    by_rule(findings, lang, only, &mut rows);
    rows.push(Vec::new());
    legend(lang, checked.options.read.remedy, &mut rows);
    NewSheet {
        name: lang.pick("汇总", "Summary").to_owned(),
        rows,
        widths: vec![16, 26, 46, 10, 18, 18, 18],
        headers: 0,
        lasting: false,
    }
}

fn pair(name: &str, value: &str) -> Vec<NewCell> {
    vec![NewCell::bold(name), NewCell::plain(value)]
}

/// Every row read, sheet by sheet, and all together.
fn account(checked: &Checked<'_>, only: &str, rows: &mut Vec<Vec<NewCell>>) {
    let lang = checked.lang;
    let header = lang.pick(
        [
            "工作表",
            "读入行数",
            "跳过的原因",
            "无错",
            "有错",
            "跳过",
            "户数",
        ],
        [
            "sheet",
            "rows read",
            "why skipped",
            "accepted",
            "with errors",
            "skipped",
            "households",
        ],
    );
    rows.push(header.map(NewCell::bold).to_vec());
    let total = checked.account.total();
    let several = checked.account.sheets.len() > 1;
    let all = checked
        .account
        .sheets
        .iter()
        .chain(several.then_some(&total));
    for sheet in all {
        let mut reasons: Vec<String> = sheet
            .skipped
            .iter()
            .map(|(kind, count)| format!("{} {}", kind.label(lang), text::grouped(*count)))
            .collect();
        if sheet.without_table > 0 {
            let words = lang.pick("没有表格", "no table");
            reasons.push(format!("{words} {}", text::grouped(sheet.without_table)));
        }
        let name = match &sheet.sheet {
            Some(name) => name.clone(),
            None if std::ptr::eq(sheet, &raw const total) => lang.pick("合计", "in all").to_owned(),
            None => only.to_owned(),
        };
        rows.push(
            [
                name,
                text::grouped(sheet.rows),
                reasons.join(lang.pick("、", ", ")),
                text::grouped(sheet.accepted),
                text::grouped(sheet.with_errors),
                text::grouped(sheet.skipped_rows()),
                text::grouped(sheet.households),
            ]
            .map(NewCell::plain)
            .to_vec(),
        );
    }
}

/// The findings by rule, the gravest and most frequent first.
fn by_rule(findings: &[&Diagnostic], lang: Lang, only: &str, rows: &mut Vec<Vec<NewCell>>) {
    let mut rules: Vec<(Severity, u64, &str, Vec<NewCell>)> = Vec::new();
    for finding in findings {
        let at = rules.iter().position(|(severity, _, name, _)| {
            (*severity, *name) == (finding.severity, finding.rule)
        });
        let at = at.unwrap_or_else(|| {
            rules.push((finding.severity, 0, finding.rule, Vec::new()));
            rules.len() - 1
        });
        if let Some((_, count, _, links)) = rules.get_mut(at) {
            *count += 1;
            let place = linked(&finding.place, only);
            // Two findings in one cell need one link.
            let is_new = links
                .iter()
                .all(|known| known.link.as_ref() != Some(&place));
            if links.len() < LINKS && is_new {
                links.push(NewCell {
                    text: place.to_string(),
                    look: Look::Link,
                    tint: None,
                    link: Some(place),
                });
            }
        }
    }
    if rules.is_empty() {
        rows.push(vec![NewCell::bold(
            lang.pick("没有发现问题", "nothing found"),
        )]);
        return;
    }
    rules.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(b.2)));
    let header = lang.pick(
        ["级别", "规则", "问题", "处数", "第1格", "第2格", "第3格"],
        [
            "severity",
            "rule",
            "what is wrong",
            "count",
            "first",
            "second",
            "third",
        ],
    );
    rows.push(header.map(NewCell::bold).to_vec());
    for (severity, count, name, links) in rules {
        let title = rule::find(name).map_or("", |info| info.title(lang));
        let mut row = vec![
            NewCell {
                tint: Some(tint(severity)),
                ..NewCell::plain(severity.label(lang))
            },
            NewCell::plain(name),
            NewCell {
                look: Look::Wrapped,
                ..NewCell::plain(title.trim_end_matches(['。', '.']))
            },
            NewCell::plain(text::grouped(count)),
        ];
        row.extend(links);
        rows.push(row);
    }
}

/// What the colours say, and what to do with the workbook.
fn legend(lang: Lang, remedy: Remedy, rows: &mut Vec<Vec<NewCell>>) {
    rows.push(vec![NewCell::bold(lang.pick("说明", "How to read this"))]);
    let colours = lang.pick(
        [
            (Severity::Error, "要改正"),
            (Severity::Warning, "请看一眼"),
            (Severity::Note, "只是告诉您"),
        ],
        [
            (Severity::Error, "to be corrected"),
            (Severity::Warning, "worth a look"),
            (Severity::Note, "for your information"),
        ],
    );
    for (severity, words) in colours {
        rows.push(vec![
            NewCell {
                tint: Some(tint(severity)),
                ..NewCell::plain(severity.label(lang))
            },
            NewCell::plain(words),
        ]);
    }
    let lines: [&str; 3] = lang.pick(
        [
            "名单里标了颜色的格子带有批注，写明错在哪里、怎样改；最右边的三列可以筛选。",
            "改好后对这个文件再检查一次即可：这里加的颜色、批注、列和工作表会自动换成新的，不会当作名单。",
            remedy.pick(
                "也可以只改“待改行”，用 --sheet 待改行 单独检查；改好的内容请抄回名单，再次检查时这张表会重写。",
                "“待改行”只列出有错的行；在其中改好的内容请抄回名单，再次检查时这张表会重写。",
            ),
        ],
        [
            "Coloured cells of the list have comments that say what is wrong and what to write; the three columns at its right can be filtered.",
            "After correcting, check this file again: the colours, comments, columns and sheets added here are replaced, and never taken for a list.",
            remedy.pick(
                "Or correct the sheet of rows to correct alone and check it with --sheet; copy what you corrected back into the list: the next check writes this sheet anew.",
                "The sheet of rows to correct has the rows with errors only; copy what you correct there back into the list: the next check writes this sheet anew.",
            ),
        ],
    );
    rows.extend(lines.iter().map(|line| vec![NewCell::plain(*line)]));
}
