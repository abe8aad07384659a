//! Columns of a roster that seem to say who has which grid or building, and whose header is not known: said, and not passed over.

use super::Sheet;
use super::finding::{Finding, Kind, Sink};
use super::role::Roles;
use super::rows;
use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::row::{Place, tells_person};

/// What such headers speak of.
const PLACES: [&str; 8] = [
    "网格", "楼栋", "楼号", "楼幢", "栋号", "片区", "grid", "building",
];

/// Endings of headers about something else: numbers, people, remarks.
const OTHERS: [&str; 16] = [
    "数", "数量", "面积", "人", "员", "长", "姓名", "名", "电话", "手机", "方式", "备注", "照片",
    "率", "count", "name",
];

/// Says each such column once.
pub(super) fn find(sheet: &Sheet, roles: &Roles, findings: &mut Sink<'_>) {
    let people = rows::role_columns(&sheet.headers, roles);
    for at in sheet.unread() {
        let header = sheet.headers.get(at).trim();
        let folded = header.to_lowercase();
        let is_place = PLACES.iter().any(|word| folded.contains(word))
            && !OTHERS.iter().any(|end| folded.ends_with(end));
        let is_level = people.iter().any(|(column, ..)| *column == at);
        let is_filled = || sheet.lines.iter().any(|row| !row.get(at).trim().is_empty());
        if !is_place
            || is_level
            || header.chars().count() > 20
            || tells_person(header)
            || !is_filled()
        {
            continue;
        }
        findings(Finding {
            kind: Kind::UnknownHeader,
            severity: Severity::Warning,
            file: sheet.file.clone(),
            place: Place {
                sheet: sheet.name.clone(),
                row: sheet.header,
                column: Some(at),
            },
            message: Text::new(
                format!("不认识表头“{header}”，这一列没有用上"),
                format!("the header \"{header}\" is not known: the column is not used"),
            ),
            advice: Text::fixed(
                "如写的是负责的网格或楼栋，请把表头改为“负责网格”或“负责楼栋”",
                "if it says who has which grid or building, call it `grids` or `buildings`",
            ),
        });
    }
}
