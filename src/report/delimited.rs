//! Findings as rows of a table, for a spreadsheet or a script.

use crate::diagnostic::Diagnostic;
use crate::lang::Lang;

/// How many columns a finding has.
pub const COLUMNS: usize = 13;

/// The header row.
#[must_use]
pub fn header(lang: Lang) -> [&'static str; COLUMNS] {
    lang.pick(
        ["文件", "工作表", "单元格", "行号", "数据行", "级别", "规则", "列", "值", "问题", "建议", "应写成", "可信度"],
        ["file", "sheet", "cell", "row", "record", "severity", "rule", "field", "value", "message", "advice", "fix", "confidence"],
    )
}

/// One finding as a row.
#[must_use]
pub fn row(file: &str, finding: &Diagnostic, lang: Lang) -> [String; COLUMNS] {
    let fix = finding.fix.as_ref();
    [
        file.to_owned(),
        finding.place.sheet.as_deref().unwrap_or_default().to_owned(),
        finding.place.name(),
        finding.place.row.to_string(),
        finding.record.to_string(),
        finding.severity.label(lang).to_owned(),
        finding.rule.to_owned(),
        finding.field.map_or("", |field| field.label(lang)).to_owned(),
        finding.value.clone().unwrap_or_default(),
        finding.message.get(lang).to_owned(),
        finding.advice.get(lang).to_owned(),
        fix.map(|fix| fix.text.clone()).unwrap_or_default(),
        fix.map_or("", |fix| fix.confidence.label(lang)).to_owned(),
    ]
}
