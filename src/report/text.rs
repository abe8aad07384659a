//! Findings and accounts as lines for a person.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::census::{Account, SheetAccount};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Lang;

/// What a piece of text is, so that a terminal can colour it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// Ordinary text.
    Plain,
    /// A file's name over its findings.
    Title,
    /// The word “error”.
    Error,
    /// The word “warning”.
    Warning,
    /// The word “note”.
    Note,
    /// A cell.
    Place,
    /// What to write instead.
    Fix,
    /// What is of lesser weight: rule names.
    Dim,
}

/// Turns a styled piece into what is printed. It has to call [`escape`] on the text, which may come from a file.
pub type Paint<'a> = &'a dyn Fn(Style, &str) -> String;

/// No colour; text from files is escaped.
///
/// ```
/// use gridcode::report::text::{Style, plain};
/// assert_eq!(plain(Style::Error, "a\u{1b}[31mb"), "a\\u{1b}[31mb");
/// ```
#[must_use]
pub fn plain(_style: Style, text: &str) -> String {
    escape(text)
}

/// Makes control characters, bidirectional marks and invisible characters visible, so that no cell can steer a terminal.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        let invisible = matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}');
        if c.is_control() || invisible {
            let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// One finding: severity, cell, value, what is wrong, what to write, rule.
#[must_use]
pub fn finding(finding: &Diagnostic, lang: Lang, paint: Paint<'_>) -> String {
    let style = match finding.severity {
        Severity::Error => Style::Error,
        Severity::Warning => Style::Warning,
        Severity::Note => Style::Note,
    };
    let mut line = paint(style, finding.severity.label(lang));
    let place = match finding.place.column {
        Some(_) => finding.place.to_string(),
        None => lang.pick(
            format!("第{}行", finding.place),
            format!("row {}", finding.place),
        ),
    };
    let _ = write!(line, " {}", paint(Style::Place, &place));
    if let Some(field) = finding.field {
        let _ = write!(line, " {}", paint(Style::Plain, field.label(lang)));
    }
    if let Some(value) = &finding.value {
        let quoted = lang.pick(format!("“{value}”"), format!("\"{value}\""));
        let _ = write!(line, " {}", paint(Style::Plain, &quoted));
    }
    let colon = lang.pick("：", ": ");
    let _ = write!(
        line,
        "{colon}{}",
        paint(Style::Plain, finding.message.get(lang))
    );
    let mut advice = finding.advice.get(lang);
    if let Some(fix) = &finding.fix {
        let confidence = fix.confidence.label(lang);
        let (open, close) = lang.pick(("（", "）"), (" (", ")"));
        let _ = write!(
            line,
            " → {}{open}{confidence}{close}",
            paint(Style::Fix, &fix.text)
        );
        // Advice that only names the fix once more says nothing new on the same line.
        if advice.contains(fix.text.as_str()) {
            advice = "";
        }
    }
    if !advice.is_empty() {
        let _ = write!(
            line,
            "{}{}",
            lang.pick("；", "; "),
            paint(Style::Plain, advice)
        );
    }
    let _ = write!(
        line,
        " {}",
        paint(Style::Dim, &format!("[{}]", finding.rule))
    );
    line
}

/// The findings of several files by rule, most first; empty where nothing was found.
#[must_use]
pub fn by_rule(accounts: &[Account], lang: Lang, paint: Paint<'_>) -> String {
    let mut counts: Vec<(&str, u64, Severity, String)> = Vec::new();
    for account in accounts {
        for (rule, count) in &account.rules {
            let worst = match (count.errors, count.warnings) {
                (0, 0) => Severity::Note,
                (0, _) => Severity::Warning,
                _ => Severity::Error,
            };
            match counts.iter_mut().find(|(name, ..)| name == rule) {
                Some(entry) => {
                    entry.1 += count.total();
                    entry.2 = entry.2.max(worst);
                }
                None => counts.push((rule, count.total(), worst, count.first.to_string())),
            }
        }
    }
    counts.sort_by(|a, b| b.2.cmp(&a.2).then(b.1.cmp(&a.1)).then(a.0.cmp(b.0)));
    let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
    let names = widest(&mut counts.iter().map(|(rule, ..)| rule.width()));
    let places = widest(&mut counts.iter().map(|(.., first)| first.width()));
    let mut table = String::new();
    for (rule, count, severity, first) in counts {
        let style = match severity {
            Severity::Error => Style::Error,
            Severity::Warning => Style::Warning,
            Severity::Note => Style::Note,
        };
        let title = crate::rule::find(rule)
            .map_or("", |info| info.title(lang))
            .trim_end_matches(['。', '.']);
        let label = pad(severity.label(lang), lang.pick(4, 7));
        let from = lang.pick("首处", "first");
        let _ = writeln!(
            table,
            "{} {:>8}  {}  {}  {}",
            paint(style, &label),
            grouped(count),
            pad(rule, names),
            paint(Style::Dim, &format!("{from} {}", pad(&first, places))),
            paint(Style::Plain, title)
        );
    }
    table
}

/// The account of some rows: `read = accepted + with errors + skipped (reasons)`.
#[must_use]
pub fn account(total: &SheetAccount, lang: Lang) -> String {
    let reasons: Vec<String> = total
        .skipped
        .iter()
        .map(|(kind, count)| format!("{} {}", kind.label(lang), grouped(*count)))
        .chain((total.without_table > 0).then(|| {
            format!(
                "{} {}",
                lang.pick("无表格的工作表", "in sheets without a table"),
                grouped(total.without_table)
            )
        }))
        .collect();
    let (read, accepted, errors, skipped, households) = (
        grouped(total.rows),
        grouped(total.accepted),
        grouped(total.with_errors),
        grouped(total.skipped_rows()),
        grouped(total.households),
    );
    let reasons = match (reasons.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("（{}）", reasons.join("、")),
        (false, Lang::En) => format!(" ({})", reasons.join(", ")),
    };
    let households = match (total.households, lang) {
        // Not every command makes households of rows.
        (0, _) => String::new(),
        (_, Lang::Zh) => format!("；共 {households} 户"),
        (1, Lang::En) => "; 1 household".to_owned(),
        (_, Lang::En) => format!("; {households} households"),
    };
    let rows = if total.rows == 1 { "row" } else { "rows" };
    lang.pick(
        format!("读入 {read} 行 = 无错 {accepted} + 有错 {errors} + 跳过 {skipped}{reasons}{households}"),
        format!("{read} {rows} read = {accepted} accepted + {errors} with errors + {skipped} skipped{reasons}{households}"),
    )
}

/// A count of findings in words: `3 errors, 1 warning`.
#[must_use]
pub fn tally(accounts: &[Account], lang: Lang) -> String {
    let sum = |severity| {
        accounts
            .iter()
            .map(|account| account.findings(severity))
            .sum::<u64>()
    };
    let (errors, warnings, notes) = (
        sum(Severity::Error),
        sum(Severity::Warning),
        sum(Severity::Note),
    );
    if errors + warnings + notes == 0 {
        return lang.pick("没有发现问题", "nothing found").to_owned();
    }
    let plural = |count: u64, word: &str| {
        format!(
            "{} {word}{}",
            grouped(count),
            if count == 1 { "" } else { "s" }
        )
    };
    lang.pick(
        format!(
            "错误 {} 处，警告 {} 处，提示 {} 处",
            grouped(errors),
            grouped(warnings),
            grouped(notes)
        ),
        format!(
            "{}, {}, {}",
            plural(errors, "error"),
            plural(warnings, "warning"),
            plural(notes, "note")
        ),
    )
}

/// A number with thousands apart: `4,334`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Pads to a width in terminal columns, in which a Chinese character takes two.
fn pad(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(blanks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(4_334), "4,334");
        assert_eq!(grouped(494_000_000), "494,000,000");
    }

    #[test]
    fn no_cell_can_steer_a_terminal() {
        assert_eq!(
            escape("803\u{202e}Aa7\r\n\u{7}\u{200b}"),
            "803\\u{202e}Aa7\\u{d}\\u{a}\\u{7}\\u{200b}"
        );
        assert_eq!(escape("翠竹园 803Aa7"), "翠竹园 803Aa7");
    }
}
