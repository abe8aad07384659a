//! What is different between two lists as lines for a person.

use std::fmt::Write as _;

use super::text::{Paint, Style, account, grouped};
use crate::census::diff::{Change, Diff, Kind, Listed, State, Total};
use crate::code::{Flags, GridCode};
use crate::lang::Lang;

/// One household: its door, its code before and after, and in which ways they differ.
#[must_use]
pub fn change(change: &Change, lang: Lang, paint: Paint<'_>) -> String {
    let mut line = String::new();
    let sign = match (&change.old, &change.new) {
        (None, _) => ("+", Style::Fix),
        (_, None) => ("-", Style::Error),
        _ => ("~", Style::Warning),
    };
    let _ = write!(
        line,
        "{} {}",
        paint(sign.1, sign.0),
        paint(Style::Place, &door(change, lang))
    );
    let codes = codes(change, lang);
    if !codes.is_empty() {
        let _ = write!(line, "  {}", paint(Style::Plain, &codes));
    }
    let words: Vec<String> = change
        .kinds
        .iter()
        .map(|kind| in_words(kind, change, lang))
        .collect();
    let words = words.join(lang.pick("；", "; "));
    let _ = write!(line, "  {}", paint(Style::Plain, &words));
    let _ = write!(line, "  {}", paint(Style::Dim, &places(change, lang)));
    line
}

/// What a household is called: its key, or the row of one that only a number in the register tells.
#[must_use]
pub fn door(change: &Change, lang: Lang) -> String {
    match &change.key {
        Some(key) => key.to_string(),
        None => lang
            .pick("门牌未写明的住户", "household without a door")
            .to_owned(),
    }
}

fn places(change: &Change, lang: Lang) -> String {
    let row = |state: &State| {
        lang.pick(
            format!("第{}行", state.place),
            format!("row {}", state.place),
        )
    };
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!("[{} → {}]", row(old), row(new)),
        (Some(old), None) => format!(
            "[{}]",
            lang.pick(format!("旧{}", row(old)), format!("old {}", row(old)))
        ),
        (None, Some(new)) => format!(
            "[{}]",
            lang.pick(format!("新{}", row(new)), format!("new {}", row(new)))
        ),
        (None, None) => String::new(),
    }
}

/// The code before and after, once where it is the same.
fn codes(change: &Change, lang: Lang) -> String {
    let (old, new) = change.codes();
    let text = |code: Option<GridCode>| {
        code.map_or_else(
            || lang.pick("无编码", "no code").to_owned(),
            |code| code.to_string(),
        )
    };
    match (&change.old, &change.new) {
        (Some(_), Some(_)) if old == new => text(new),
        (Some(_), Some(_)) => format!("{} → {}", text(old), text(new)),
        (Some(_), None) => text(old),
        (None, _) => text(new),
    }
}

/// One way in which a household differs, with the value before and after.
#[must_use]
pub fn in_words(kind: Kind, change: &Change, lang: Lang) -> String {
    let label = kind.label(lang);
    let (Some(old), Some(new)) = (&change.old, &change.new) else {
        return label.to_owned();
    };
    let values = match kind {
        Kind::ResidentType => old
            .resident
            .zip(new.resident)
            .map(|(old, new)| format!("{} → {}", old.as_char(), new.as_char())),
        Kind::Tenure => old
            .tenure
            .zip(new.tenure)
            .map(|(old, new)| format!("{} → {}", old.as_char(), new.as_char())),
        Kind::FlagCome => Some(digits(change.flags_come())),
        Kind::FlagGone => Some(digits(change.flags_gone())),
        Kind::MoreResidents | Kind::FewerResidents => old
            .residents
            .zip(new.residents)
            .map(|(old, new)| format!("{old} → {new}")),
        Kind::KeyRewritten => change
            .old_key
            .as_ref()
            .zip(change.key.as_ref())
            .map(|(old, new)| format!("{old} → {new}")),
        Kind::MovedIn | Kind::MovedOut | Kind::CodeRewritten | Kind::CodeCome | Kind::CodeGone => {
            None
        }
    };
    values.map_or_else(|| label.to_owned(), |values| format!("{label} {values}"))
}

fn digits(flags: Flags) -> String {
    flags.iter().map(|digit| char::from(b'0' + digit)).collect()
}

/// A total in words: `2 moved in, 1 moved out, 3 residents more`.
#[must_use]
pub fn total(total: &Total, lang: Lang) -> String {
    let mut parts: Vec<String> = total
        .iter()
        .map(|(kind, count)| {
            let (label, count) = (kind.label(lang), grouped(count));
            lang.pick(format!("{label} {count}"), format!("{count} {label}"))
        })
        .collect();
    if total.residents_more != 0 {
        let count = grouped(total.residents_more.unsigned_abs());
        parts.push(match (total.residents_more > 0, lang) {
            (true, Lang::Zh) => format!("人数共 +{count}"),
            (false, Lang::Zh) => format!("人数共 -{count}"),
            (true, Lang::En) => format!("residents +{count}"),
            (false, Lang::En) => format!("residents -{count}"),
        });
    }
    parts.join(lang.pick("，", ", "))
}

/// The totals: all, grid by grid where grids are known, and building by building.
#[must_use]
pub fn totals(diff: &Diff, lang: Lang, paint: Paint<'_>) -> String {
    let mut text = String::new();
    let all = diff.total();
    let (same, different) = (grouped(diff.same), grouped(all.households));
    let _ = writeln!(
        text,
        "{}",
        lang.pick(
            format!("相同 {same} 户，不同 {different} 户"),
            format!("{same} households the same, {different} different"),
        )
    );
    if diff.is_same() {
        return text;
    }
    let mut line = |name: &str, sum: &Total| {
        let households = grouped(sum.households);
        let head = lang.pick(
            format!("{name}：{households} 户"),
            format!("{name}: {households}"),
        );
        let _ = writeln!(
            text,
            "{} = {}",
            paint(Style::Title, &head),
            paint(Style::Plain, &total(sum, lang))
        );
    };
    line(lang.pick("合计", "in all"), &all);
    let grids = diff.by_grid();
    if grids.iter().any(|(grid, _)| grid.is_some()) {
        for (grid, sum) in &grids {
            let name = match grid {
                Some(grid) => lang.pick(format!("网格 {grid}"), format!("grid {grid}")),
                None => lang.pick("未写明网格", "no grid named").to_owned(),
            };
            line(&name, sum);
        }
    }
    for (building, sum) in diff.by_building() {
        let name = match building {
            Some(key) if !key.to_string().is_empty() => {
                lang.pick(key.to_string(), format!("building {key}"))
            }
            _ => lang.pick("未写明楼栋", "no building named").to_owned(),
        };
        line(&name, &sum);
    }
    text
}

/// What became of the rows and households of one list.
#[must_use]
pub fn listed(listed: &Listed, lang: Lang) -> String {
    let mut text = account(&listed.account.total(), lang);
    let (compared, repeated, unnamed) = (
        grouped(listed.compared),
        grouped(listed.repeated),
        grouped(listed.unnamed),
    );
    let _ = match lang {
        Lang::Zh => write!(
            text,
            " = 参与比较 {compared} + 重复登记 {repeated} + 认不出户 {unnamed}"
        ),
        Lang::En => write!(
            text,
            " = {compared} compared + {repeated} listed before + {unnamed} not told apart"
        ),
    };
    text
}
