//! `--grids`: a number of grids, a range of numbers, or a word.

use gridcode::partition::Count;

use crate::failure::Failure;

/// `auto`, `min`, `11` or `9..12`.
pub fn grid_count(text: Option<&str>) -> Result<Count, Failure> {
    let text = text.unwrap_or("auto").trim();
    let range = text
        .split_once("..")
        .or_else(|| text.split_once(['-', '–', '~']));
    let count = match (text, range) {
        ("auto", _) => Some(Count::Nearest),
        ("min", _) => Some(Count::Fewest),
        (_, Some((from, to))) => from
            .trim()
            .parse()
            .ok()
            .zip(to.trim_start_matches('=').trim().parse().ok())
            .filter(|(from, to)| from <= to && *to > 0)
            .map(|(from, to)| Count::Between(from, to)),
        (number, None) => number
            .parse()
            .ok()
            .filter(|number| *number > 0)
            .map(Count::Exactly),
    };
    count.ok_or_else(|| {
        Failure::said(
            format!("--grids 此处应为 auto、min、一个数（如 11）或一个范围（如 9..12），实为“{text}”"),
            format!("--grids: expected auto, min, a number such as 11 or a range such as 9..12, found `{text}`"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_ranges_are_read() {
        let read = |text| grid_count(Some(text)).ok();
        assert_eq!(grid_count(None).ok(), Some(Count::Nearest));
        assert_eq!(read("min"), Some(Count::Fewest));
        assert_eq!(read("11"), Some(Count::Exactly(11)));
        assert_eq!(read("9..12"), Some(Count::Between(9, 12)));
        assert_eq!(read("9-12"), Some(Count::Between(9, 12)));
        for wrong in ["0", "12..9", "-3", "many", "", "0..0"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
