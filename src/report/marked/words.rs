//! A finding in the words of a comment and of the columns at the right.

use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::rule;

/// The comment of a cell: for each finding what is wrong, what to write, which rule.
pub(super) fn note(findings: &[&Diagnostic], lang: Lang) -> String {
    let notes: Vec<String> = findings
        .iter()
        .map(|finding| {
            let colon = lang.pick("：", ": ");
            let mut lines = vec![format!(
                "{}{colon}{}",
                finding.severity.label(lang),
                finding.message.get(lang)
            )];
            let advice = advice(finding, lang);
            if !advice.is_empty() {
                lines.push(format!("{}{colon}{advice}", lang.pick("建议", "advice")));
            }
            let title = rule::find(finding.rule).map_or("", |info| info.title(lang));
            let title = title.trim_end_matches(['。', '.']);
            lines.push(lang.pick(
                format!("规则：{title}（{}）", finding.rule),
                format!("rule: {title} ({})", finding.rule),
            ));
            lines.join("\n")
        })
        .collect();
    notes.join("\n\n")
}

/// What to write, and what else to do.
pub(super) fn advice(finding: &Diagnostic, lang: Lang) -> String {
    let mut parts = Vec::new();
    let mut advice = finding.advice.get(lang);
    if let Some(fix) = &finding.fix {
        let confidence = fix.confidence.label(lang);
        parts.push(lang.pick(
            format!("改为 {}（{confidence}）", fix.text),
            format!("write {} ({confidence})", fix.text),
        ));
        // Advice that only names the fix once more says nothing new.
        if advice.contains(fix.text.as_str()) {
            advice = "";
        }
    }
    if !advice.is_empty() {
        parts.push(advice.to_owned());
    }
    parts.join(lang.pick("；", "; "))
}

/// What is wrong, with the cell before it: the columns stand far from it.
pub(super) fn problem(finding: &Diagnostic, lang: Lang) -> String {
    let cell = match finding.place.column {
        Some(_) => format!(" {}", finding.place.name()),
        None => String::new(),
    };
    let field = finding
        .field
        .map_or(String::new(), |field| format!(" {}", field.label(lang)));
    format!(
        "{}{cell}{field}{}{}",
        finding.severity.label(lang),
        lang.pick("：", ": "),
        finding.message.get(lang)
    )
}
