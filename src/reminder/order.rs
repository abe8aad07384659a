//! Names of grids and workers in natural order: 网格2 before 网格10.

use std::cmp::Ordering;

/// Compares two names: runs of digits as numbers, all else as text.
pub(super) fn natural(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (left, right);
    loop {
        let (Some((a, rest_a)), Some((b, rest_b))) = (piece(left), piece(right)) else {
            return left.len().cmp(&right.len());
        };
        let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let order = if digits(a) && digits(b) {
            let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
            a.len().cmp(&b.len()).then(a.cmp(b))
        } else {
            a.cmp(b)
        };
        if order != Ordering::Equal {
            return order;
        }
        (left, right) = (rest_a, rest_b);
    }
}

/// The first run of digits, or of anything else.
fn piece(text: &str) -> Option<(&str, &str)> {
    let is_digit = text.chars().next()?.is_ascii_digit();
    let end = text.find(|c: char| c.is_ascii_digit() != is_digit);
    text.split_at_checked(end.unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_are_numbers() {
        let mut names = ["网格10", "10", "网格2", "", "02", "网格"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["", "02", "10", "网格", "网格2", "网格10"]);
    }
}
