//! A cell that holds several things: `1、2、3`, `1-3`, `3栋、5栋`, `3栋至5栋`.

use unicode_normalization::UnicodeNormalization as _;

/// A run of more than this is a slip of the keys.
const LONGEST: u64 = 500;

/// The parts of a cell. Blanks divide only where nothing else does and every part has a digit.
pub(super) fn parts(cell: &str) -> Vec<String> {
    let hard = ['、', '，', ',', '；', ';', '/', '／', '\n', '\t', '|', '&'];
    let parts: Vec<&str> = cell.split(hard).map(str::trim).collect();
    let mut found = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let is_list = words.len() > 1
            && words.iter().all(|word| {
                word.starts_with(|c: char| c.is_numeric() || c == '第') || is_numeral(word)
            });
        if is_list {
            found.extend(words.into_iter().map(str::to_owned));
        } else {
            found.push(part.to_owned());
        }
    }
    found
}

fn is_numeral(word: &str) -> bool {
    word.starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'])
}

/// A run: what stands before the numbers, from, to, and what stands behind them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) before: String,
    pub(super) from: u64,
    pub(super) to: u64,
    pub(super) behind: String,
    /// Nothing but `3-5`: among buildings it may be an entrance as well.
    pub(super) is_bare: bool,
}

impl Run {
    /// `1-3`, `01~03`, `第1-3网格`, `3栋至5栋`, `A区3-5栋`; `None` where the text is no run, or one that falls or is too long.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
        let at = text.find(['-', '~', '–', '—', '至', '到', '−'])?;
        let (left, right) = text.split_at_checked(at)?;
        let dash = right.chars().next()?;
        let right = right
            .get(dash.len_utf8()..)?
            .trim_start_matches(['-', '—', '–']);
        let start = left.rfind(|c: char| c.is_ascii_digit())? + 1;
        let first = left
            .get(..start)?
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |place| {
                place
                    + left
                        .get(place..)
                        .and_then(|rest| rest.chars().next())
                        .map_or(1, char::len_utf8)
            });
        let from: u64 = left.get(first..start)?.parse().ok()?;
        let (before, class) = (left.get(..first)?, left.get(start..)?);
        let right = right.strip_prefix(before).unwrap_or(right);
        let end = right
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(right.len());
        let to: u64 = right.get(..end)?.parse().ok()?;
        let behind = right.get(end..)?;
        let fits = class.is_empty() || behind.is_empty() || class == behind;
        let is_number = behind.contains(|c: char| c.is_ascii_digit());
        if !fits || is_number || to < from || to - from > LONGEST {
            return None;
        }
        Some(Self {
            before: before.to_owned(),
            from,
            to,
            behind: if behind.is_empty() { class } else { behind }.to_owned(),
            is_bare: before.is_empty() && class.is_empty() && behind.is_empty() && dash == '-',
        })
    }

    /// What the run stands for, one by one.
    pub(super) fn members(&self) -> impl Iterator<Item = String> + '_ {
        (self.from..=self.to).map(|number| format!("{}{number}{}", self.before, self.behind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_taken_apart() {
        for (cell, expected) in [
            ("1、2、3", vec!["1", "2", "3"]),
            ("1，2,3；4", vec!["1", "2", "3", "4"]),
            ("3栋 5栋", vec!["3栋", "5栋"]),
            ("第1网格 第2网格", vec!["第1网格", "第2网格"]),
            ("Blk 9 Elm Rd", vec!["Blk 9 Elm Rd"]),
            ("  ", vec![]),
            ("3栋\n5栋", vec!["3栋", "5栋"]),
        ] {
            assert_eq!(parts(cell), expected, "{cell}");
        }
    }

    #[test]
    fn runs_are_read_with_what_stands_around_them() {
        let members = |text| Run::of(text).map(|run| run.members().collect::<Vec<_>>());
        let list = |texts: &[&str]| Some(texts.iter().map(|&text| text.to_owned()).collect());
        assert_eq!(members("1-3"), list(&["1", "2", "3"]));
        assert_eq!(members("０1～03"), list(&["1", "2", "3"]));
        assert_eq!(members("第1-2网格"), list(&["第1网格", "第2网格"]));
        assert_eq!(members("3栋至4栋"), list(&["3栋", "4栋"]));
        assert_eq!(members("A区3-4栋"), list(&["A区3栋", "A区4栋"]));
        for text in [
            "3",
            "5-3",
            "1-9999999",
            "3栋2单元",
            "3-2-803",
            "甲-乙",
            "-",
            "99999999999999999999-1",
        ] {
            assert_eq!(members(text), None, "{text}");
        }
        assert!(Run::of("3-5").unwrap().is_bare);
        assert!(!Run::of("3-5栋").unwrap().is_bare);
    }
}
