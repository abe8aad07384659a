//! What is different between two lists as tables: the households, and the totals by grid and building.

use super::diff_text::{door, in_words};
use crate::census::diff::{Change, Diff, Kind, State, Total};
use crate::code::GridCode;
use crate::lang::Lang;

/// How many columns a household has.
pub const COLUMNS: usize = 10;

/// The header over the households.
#[must_use]
pub fn header(lang: Lang) -> [&'static str; COLUMNS] {
    lang.pick(
        [
            "网格",
            "住户",
            "变化",
            "说明",
            "原编码",
            "新编码",
            "原人数",
            "新人数",
            "旧名单行",
            "新名单行",
        ],
        [
            "grid",
            "household",
            "change",
            "in words",
            "old code",
            "new code",
            "old residents",
            "new residents",
            "row in the old list",
            "row in the new list",
        ],
    )
}

/// One household as a row. Changes are named as in JSON, several apart by blanks, so that they can be filtered.
#[must_use]
pub fn row(change: &Change, lang: Lang) -> [String; COLUMNS] {
    let keys: Vec<&str> = change.kinds.iter().map(Kind::key).collect();
    let labels: Vec<&str> = change.kinds.iter().map(|kind| kind.label(lang)).collect();
    let words: Vec<String> = change
        .kinds
        .iter()
        .map(|kind| in_words(kind, change, lang))
        .collect();
    let (old_code, new_code) = change.codes();
    let code = |code: Option<GridCode>| code.map(|code| code.to_string()).unwrap_or_default();
    let residents = |state: &Option<State>| {
        let count = state.as_ref().and_then(|state| state.residents);
        count.map(|count| count.to_string()).unwrap_or_default()
    };
    let place = |state: &Option<State>| {
        let state = state.as_ref();
        state
            .map(|state| state.place.to_string())
            .unwrap_or_default()
    };
    [
        change.grid.clone().unwrap_or_default(),
        door(change, lang),
        lang.pick(labels.join("、"), keys.join(" ")),
        words.join(lang.pick("；", "; ")),
        code(old_code),
        code(new_code),
        residents(&change.old),
        residents(&change.new),
        place(&change.old),
        place(&change.new),
    ]
}

/// The header over the totals.
#[must_use]
pub fn totals_header(lang: Lang) -> Vec<&'static str> {
    let first = lang.pick(
        ["范围", "名称", "不同户数", "人数增减"],
        ["of", "name", "households different", "residents more"],
    );
    let kinds = Kind::ALL.into_iter();
    first
        .into_iter()
        .chain(kinds.map(|kind| kind.label(lang)))
        .collect()
}

/// The totals of all, of each grid, and of each building.
#[must_use]
pub fn totals(diff: &Diff, lang: Lang) -> Vec<Vec<String>> {
    let line = |of: &str, name: String, total: &Total| {
        let mut cells = vec![
            of.to_owned(),
            name,
            total.households.to_string(),
            total.residents_more.to_string(),
        ];
        cells.extend(
            Kind::ALL
                .into_iter()
                .map(|kind| total.count(kind).to_string()),
        );
        cells
    };
    let mut lines = vec![line(lang.pick("全部", "all"), String::new(), &diff.total())];
    let grids = diff.by_grid();
    if grids.iter().any(|(grid, _)| grid.is_some()) {
        for (grid, total) in grids {
            lines.push(line(
                lang.pick("网格", "grid"),
                grid.unwrap_or_default(),
                &total,
            ));
        }
    }
    for (building, total) in diff.by_building() {
        let name = building.map(|key| key.to_string()).unwrap_or_default();
        lines.push(line(lang.pick("楼栋", "building"), name, &total));
    }
    lines
}
