//! The signs of the map, and names of grids short enough for a mark.

use unicode_width::UnicodeWidthStr as _;

use crate::lang::Text;

/// So many columns of text have room in a mark.
const ROOM: usize = 4;

/// Names as they have room in a mark: the number of `第3网格` is enough as long as no other grid has it too.
pub(super) fn short(names: &[&str]) -> Vec<String> {
    let numbers: Vec<Option<&str>> = names.iter().map(|name| number(name)).collect();
    let is_alone = |number: &str| {
        let alike = |name: &&&str| **name == number;
        numbers.iter().flatten().filter(alike).count() == 1
    };
    let all = names.iter().zip(&numbers);
    all.map(|(name, number)| match number {
        _ if name.width() <= ROOM => (*name).to_owned(),
        Some(number) if is_alone(number) && number.len() <= ROOM => (*number).to_owned(),
        _ => cut(name, ROOM),
    })
    .collect()
}

/// The digits of a name that has one run of them.
fn number(name: &str) -> Option<&str> {
    let from = name.find(|c: char| c.is_ascii_digit())?;
    let rest = name.get(from..)?;
    let to = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (digits, behind) = rest.split_at_checked(to)?;
    (!behind.contains(|c: char| c.is_ascii_digit())).then_some(digits)
}

/// A text that takes no more columns; what is cut off is an ellipsis.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        let mut longer = cut.clone();
        longer.push(c);
        if longer.width() + 1 > columns {
            break;
        }
        cut = longer;
    }
    cut.push('…');
    cut
}

/// The same for names of buildings, of which the end tells more than the beginning: `…A区12栋`.
pub(super) fn cut_front(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut rest = text.chars();
    while rest.as_str().width() + 1 > columns && rest.next().is_some() {}
    format!("…{}", rest.as_str())
}

/// Lines of no more columns: Chinese breaks anywhere, other words at blanks.
pub(super) fn lines(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        if !line.is_empty() && line.width() + word.trim_end().width() > columns {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        line.push_str(word);
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Pieces that stay on one line: a wide character with the punctuation behind it, or a word with its blanks.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut from = 0;
    let mut last: Option<char> = None;
    for (at, c) in text.char_indices() {
        let closes = "，。；：、）》”’,.;:)".contains(c);
        let opens = last.is_some_and(|last| "（《“‘(".contains(last));
        let is_end = last.is_some_and(|last| {
            (last == ' ' && c != ' ') || (!closes && !opens && (is_wide(last) || is_wide(c)))
        });
        if is_end {
            words.extend(text.get(from..at));
            from = at;
        }
        last = Some(c);
    }
    words.extend(text.get(from..).filter(|rest| !rest.is_empty()));
    words
}

fn is_wide(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(2)
}

pub(super) const OUT: Text = Text::fixed(
    "斜线和 ! ：户数或人数不在标准之内",
    "hatched and !: households or residents outside the limits",
);
pub(super) const TOO_BIG: Text = Text::fixed(
    "双圈：单栋就超过上限，又不能分开",
    "double ring: above a limit alone, and cannot be divided",
);
pub(super) const TIED: Text = Text::fixed(
    "灰线相连：同一栋楼的几部分",
    "grey line: parts of one building",
);
pub(super) const BARRIER: Text = Text::fixed(
    "虚线：屏障（河流、铁路等）",
    "broken line: a barrier (river, railway and the like)",
);
pub(super) const CIRCLE: Text = Text::fixed(
    "每个圆是一个划分单元（楼栋或其一部分），数字是网格；面积越大，户数越多",
    "each circle is a building or a part of one, its figure is the grid; the larger, the more households",
);
pub(super) const SQUARE: Text = Text::fixed(
    "每个方块是一个划分单元（楼栋或其一部分），数字是网格；面积越大，户数越多",
    "each square is a building or a part of one, its figure is the grid; the larger, the more households",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_holds_the_number_of_a_grid_where_that_tells_it_from_all_others() {
        assert_eq!(short(&["01", "02"]), ["01", "02"]);
        assert_eq!(short(&["翠竹园第3网格", "翠竹园第12网格"]), ["3", "12"]);
        assert_eq!(
            short(&["东区第1网格", "西区第1网格", "东区"]),
            ["东…", "西…", "东区"]
        );
        assert_eq!(short(&["A1区B2号"]), ["A1…"]);
    }

    #[test]
    fn lines_are_no_longer_than_asked_and_lose_nothing() {
        let text = "分为 11 个网格，全部符合标准（每格 300–500 户、1,000–1,500 人）";
        let broken = lines(text, 24);
        assert!(broken.iter().all(|line| line.width() <= 26), "{broken:?}");
        let joined: String = broken.concat();
        assert_eq!(joined.replace(' ', ""), text.replace(' ', ""));
        assert_eq!(lines("one two three", 8), ["one two", "three"]);
        assert_eq!(cut("翠竹园3栋", 6), "翠竹…");
        assert_eq!(cut_front("翠竹园12栋", 8), "…园12栋");
        assert_eq!(cut_front("3栋", 8), "3栋");
    }
}
