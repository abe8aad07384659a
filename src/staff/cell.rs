//! A cell that holds several things: `1、2、3`, `1-3`, `3栋、5栋`, `3栋至5栋`.

use unicode_normalization::UnicodeNormalization as _;

use super::label::Label;

/// A run of more than this is a slip of the keys.
const LONGEST: u64 = 500;

/// The parts of a cell. Blanks divide only where nothing else does and every part has a digit.
pub(super) fn parts(cell: &str) -> Vec<String> {
    let hard = ['、', '，', ',', '；', ';', '/', '／', '\n', '\t', '|', '&'];
    let parts = cell.split(hard).flat_map(joined).map(str::trim);
    let mut found = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let is_list =
            words.len() > 1 && words.iter().all(|word| is_thing(word)) && !is_one_place(&words);
        if is_list {
            found.extend(words.into_iter().map(str::to_owned));
        } else {
            found.push(part.to_owned());
        }
    }
    found
}

/// What words join: `3栋和5栋`, `1、2及3网格`, `4 and 5`. Within a name they join nothing: `和平苑3栋`.
fn joined(part: &str) -> Vec<&str> {
    let ends = |text: &str| {
        let text = text.trim_end();
        text.ends_with(|c: char| c.is_numeric() || "栋幢座楼号格元室层#＃".contains(c))
            || ends_in_numeral(text)
    };
    let begins = |text: &str| {
        let text = text.trim_start();
        text.starts_with(|c: char| c.is_numeric() || c.is_ascii_alphabetic() || c == '第')
            || is_numeral(text)
    };
    let mut found = Vec::new();
    let (mut rest, mut from) = (part, 0);
    while let Some((at, word)) = ["和", "与", "及", " and "]
        .iter()
        .filter_map(|word| Some((from + rest.get(from..)?.find(word)?, *word)))
        .min()
    {
        let (left, right) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let right = right.get(word.len()..).unwrap_or_default();
        if ends(left) && begins(right) {
            found.push(left);
            (rest, from) = (right, 0);
        } else {
            from = at + word.len();
        }
    }
    found.push(rest);
    found
}

/// Whether a word names a grid or a building alone: `3`, `第3网格`, `东苑3栋`.
fn is_thing(word: &str) -> bool {
    let begins = word.starts_with(|c: char| c.is_numeric() || c == '第') || is_numeral(word);
    let ends = word.ends_with(['栋', '幢', '座', '楼', '#', '＃']) || word.ends_with("网格");
    begins || ends && word.chars().any(char::is_numeric)
}

/// `3栋 2单元` is one place.
fn is_one_place(words: &[&str]) -> bool {
    let within = |word: &&str| {
        let inside = word.ends_with("单元") || word.ends_with(['室', '层', '门', '梯']);
        inside && !word.contains(['栋', '幢', '座', '楼', '#'])
    };
    words.iter().skip(1).any(within)
}

fn ends_in_numeral(word: &str) -> bool {
    word.ends_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'])
}

/// Whether a cell says that all grids, or all buildings, are meant.
pub(super) fn is_all(cell: &str) -> bool {
    let bare: String = cell.nfkc().filter(|c| c.is_alphanumeric()).collect();
    let bare = bare.to_lowercase();
    let thing = ["网格", "楼栋", "楼", "grids", "buildings"];
    let bare = thing
        .iter()
        .find_map(|thing| bare.strip_suffix(thing))
        .unwrap_or(&bare);
    matches!(
        bare,
        "全部"
            | "所有"
            | "全社区"
            | "全体"
            | "整个社区"
            | "本社区"
            | "本社区全部"
            | "全辖区"
            | "all"
    )
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
    /// `1-3`, `01~03`, `第1-3网格`, `一至三网格`, `3栋至5栋`, `1#-5#楼`, `A区3-5栋`; `None` where the text is no run, or one that
    /// falls or is too long.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
        let at = text.find(['-', '~', '–', '—', '至', '到', '−'])?;
        let (left, right) = text.split_at_checked(at)?;
        let dash = right.chars().next()?;
        let right = right
            .get(dash.len_utf8()..)?
            .trim_start_matches(['-', '—', '–']);
        let is_digit = |c: char| c.is_ascii_digit();
        let numbers = Self::between(left, right, dash, &is_digit);
        numbers.or_else(|| Self::between(left, right, dash, &is_chinese))
    }

    /// The run of two texts, where numbers are written in such characters.
    fn between(
        left: &str,
        right: &str,
        dash: char,
        is_digit: &dyn Fn(char) -> bool,
    ) -> Option<Self> {
        let (last, c) = left.char_indices().rfind(|(_, c)| is_digit(*c))?;
        let start = last + c.len_utf8();
        let digits = left.get(..start)?.char_indices().rev();
        let (first, _) = digits.take_while(|(_, c)| is_digit(*c)).last()?;
        let from = number(left.get(first..start)?)?;
        let (before, class) = (left.get(..first)?, left.get(start..)?);
        let right = without(before, right);
        let end = right.find(|c: char| !is_digit(c)).unwrap_or(right.len());
        let to = number(right.get(..end)?)?;
        let behind = right.get(end..)?;
        // 1#-5#楼: what stands behind the first is the beginning of what stands behind the last, or the other way round.
        let fits = behind.is_empty() || behind.starts_with(class) || class.starts_with(behind);
        let is_number = behind.contains(|c: char| c.is_ascii_digit());
        if !fits || is_number || to < from || to - from > LONGEST {
            return None;
        }
        let behind = if behind.len() < class.len() {
            class
        } else {
            behind
        };
        Some(Self {
            before: before.to_owned(),
            from,
            to,
            behind: behind.to_owned(),
            is_bare: before.is_empty() && behind.is_empty() && dash == '-',
        })
    }

    /// What the run stands for, one by one.
    pub(super) fn members(&self) -> impl Iterator<Item = String> + '_ {
        (self.from..=self.to).map(|number| format!("{}{number}{}", self.before, self.behind))
    }
}

fn is_chinese(c: char) -> bool {
    "〇零一二三四五六七八九十百".contains(c)
}

/// A number in digits, or in the numerals that names of grids are written in.
fn number(text: &str) -> Option<u64> {
    match Label::of(text) {
        Label::Number(number) => Some(number),
        Label::Text(_) => None,
    }
}

/// What is said of the first and again of the last: `翠竹园第1网格至第3网格`, where only the end of it may be said again.
fn without<'t>(before: &str, right: &'t str) -> &'t str {
    let ends = before.char_indices().filter_map(|(at, _)| before.get(at..));
    let again = ends.filter_map(|end| right.strip_prefix(end));
    again.min_by_key(|rest| rest.len()).unwrap_or(right)
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
            ("西苑1栋 东苑2栋", vec!["西苑1栋", "东苑2栋"]),
            ("翠竹园 3栋", vec!["翠竹园 3栋"]),
            ("3栋 2单元", vec!["3栋 2单元"]),
            ("3栋1单元 3栋2单元", vec!["3栋1单元", "3栋2单元"]),
            ("4, 5 and 6", vec!["4", "5", "6"]),
            ("1栋和2栋及A座", vec!["1栋", "2栋", "A座"]),
            ("一、二和三网格", vec!["一", "二", "三网格"]),
            ("和平苑3栋与和平苑5栋", vec!["和平苑3栋与和平苑5栋"]),
        ] {
            assert_eq!(parts(cell), expected, "{cell}");
        }
    }

    #[test]
    fn all_is_all() {
        for cell in [
            "全部",
            "所有网格",
            "全部楼栋",
            "全社区",
            "All",
            "all buildings",
        ] {
            assert!(is_all(cell), "{cell}");
        }
        for cell in ["", "1", "全部1-3", "网格", "全椒路小区"] {
            assert!(!is_all(cell), "{cell}");
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
        assert_eq!(members("1#-3#楼"), list(&["1#楼", "2#楼", "3#楼"]));
        assert_eq!(members("1#楼-3#"), list(&["1#楼", "2#楼", "3#楼"]));
        assert_eq!(members("1号-2号楼"), list(&["1号楼", "2号楼"]));
        assert_eq!(members("一至三网格"), list(&["1网格", "2网格", "3网格"]));
        assert_eq!(
            members("甲社区第九网格至第十网格"),
            list(&["甲社区第9网格", "甲社区第10网格"])
        );
        assert_eq!(members("三里庄1-2栋"), list(&["三里庄1栋", "三里庄2栋"]));
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
