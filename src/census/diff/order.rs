//! The order in which differences are told: grid by grid, and in each as one walks.

use std::cmp::Ordering;

use super::Change;

/// Grids by their names, those without one last; in each by key, and what has none by its row.
pub(super) fn in_walking_order(one: &Change, other: &Change) -> Ordering {
    let place = |change: &Change| {
        let state = change.new.as_ref().or(change.old.as_ref());
        state.map(|state| (change.new.is_none(), state.place.clone()))
    };
    by_grid(one.grid.as_deref(), other.grid.as_deref())
        .then_with(|| one.key.is_none().cmp(&other.key.is_none()))
        .then_with(|| one.key.cmp(&other.key))
        .then_with(|| place(one).cmp(&place(other)))
}

/// Grid 9 before grid 10; those without a name last.
pub(super) fn by_grid(one: Option<&str>, other: Option<&str>) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => natural(one, other),
        (one, other) => one.is_none().cmp(&other.is_none()),
    }
}

/// Texts as one counts: runs of digits by their value, all else by its characters.
fn natural(one: &str, other: &str) -> Ordering {
    let (mut left, mut right) = (one, other);
    loop {
        let ((a, rest_a), (b, rest_b)) = (run(left), run(right));
        if a.is_empty() || b.is_empty() {
            return a.len().cmp(&b.len()).then_with(|| one.cmp(other));
        }
        let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let order = if number(a) && number(b) {
            let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
            a.len().cmp(&b.len()).then_with(|| a.cmp(b))
        } else {
            a.cmp(b)
        };
        if order != Ordering::Equal {
            return order;
        }
        (left, right) = (rest_a, rest_b);
    }
}

/// The digits that a text begins with, or all up to the next digit; and the rest.
fn run(text: &str) -> (&str, &str) {
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text.find(|c: char| c.is_ascii_digit() != digits);
    text.split_at_checked(end.unwrap_or(text.len()))
        .unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grids_are_counted_and_not_spelled() {
        let mut grids = vec![
            None,
            Some("第10网格"),
            Some("第9网格"),
            Some("第09网格"),
            Some("A"),
        ];
        grids.sort_by(|one, other| by_grid(*one, *other));
        assert_eq!(
            grids,
            [
                Some("A"),
                Some("第09网格"),
                Some("第9网格"),
                Some("第10网格"),
                None
            ]
        );
    }
}
