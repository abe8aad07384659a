//! The three columns at the right of a list: what is wrong with a row, what to do, which rules say so.

use std::collections::BTreeMap;

use super::words::{advice, problem};
use crate::census::Account;
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::workbook::NewColumns;

/// No cell can hold more, and nobody reads so much in one.
const LONGEST: usize = 8_000;

/// The headers.
pub(super) const fn headers(lang: Lang) -> [&'static str; 3] {
    match lang {
        Lang::Zh => ["错误", "建议", "规则"],
        Lang::En => ["problem", "advice", "rule"],
    }
}

/// The columns of each sheet in which something was found. Findings come in the order of places.
pub(super) fn of(
    account: &Account,
    findings: &[&Diagnostic],
    lang: Lang,
) -> Vec<(Option<String>, NewColumns)> {
    let mut sheets = Vec::new();
    for of_sheet in findings.chunk_by(|a, b| a.place.sheet == b.place.sheet) {
        let Some(sheet) = of_sheet
            .first()
            .map(|first| first.place.sheet.as_deref().map(str::to_owned))
        else {
            continue;
        };
        let accounts = account.sheets.iter().find(|account| account.sheet == sheet);
        let header_row = accounts
            .and_then(|account| account.header)
            .map_or(0, |(_, last)| last);
        let mut cells = BTreeMap::new();
        for of_row in of_sheet.chunk_by(|a, b| a.place.row == b.place.row) {
            let Some(row) = of_row
                .first()
                .map(|first| first.place.row)
                .filter(|row| *row > 0)
            else {
                continue;
            };
            let bar = lang.pick(" ｜ ", " | ");
            let mut rules: Vec<String> = Vec::new();
            for finding in of_row {
                if !rules.iter().any(|rule| rule == finding.rule) {
                    rules.push(finding.rule.to_owned());
                }
            }
            let problems: Vec<String> = of_row
                .iter()
                .map(|finding| problem(finding, lang))
                .collect();
            let advice: Vec<String> = of_row
                .iter()
                .map(|finding| advice(finding, lang))
                .filter(|advice| !advice.is_empty())
                .collect();
            cells.insert(
                row,
                vec![
                    line(&problems, bar),
                    line(&advice, bar),
                    line(&rules, lang.pick("、", ", ")),
                ],
            );
        }
        if !cells.is_empty() {
            sheets.push((
                sheet,
                NewColumns {
                    header_row,
                    headers: headers(lang).map(str::to_owned).to_vec(),
                    widths: vec![60, 50, 24],
                    cells,
                },
            ));
        }
    }
    sheets
}

/// All in one line: rows keep the height they have.
fn line(texts: &[String], between: &str) -> String {
    let whole = texts.join(between);
    if whole.len() > LONGEST {
        let short: String = whole.chars().take(LONGEST / 4).collect();
        return format!("{short}…");
    }
    whole
}
