//! The people of a cell: one or several, with their buildings or their telephone numbers beside the names.

use unicode_normalization::UnicodeNormalization as _;

/// So many digits are a telephone's or an ID's, and no part of a name: `网格员01` is one.
const LONG: usize = 7;

/// Surnames of two characters, after which a blank divides nobody.
const DOUBLE: &[&str] = &[
    "欧阳", "司马", "诸葛", "上官", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒",
    "宇文", "长孙", "端木", "申屠", "澹台",
];

/// Somebody of a cell.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    /// The buildings written beside the name, as they are written.
    pub(super) buildings: String,
    /// The number written beside the name, as it is written.
    pub(super) phone: Option<String>,
}

/// The people of a cell: `甲、乙`, `甲（3栋、5栋）；乙（7栋）`, `1栋甲 2栋乙`, each perhaps with a telephone number, which is no
/// part of the name. Empty where nobody is named.
pub(super) fn people(cell: &str) -> Vec<Named> {
    let folded: String = cell.trim().nfkc().collect();
    let mut found: Vec<Named> = Vec::new();
    // Buildings before the name that they belong to.
    let mut waiting: Vec<String> = Vec::new();
    for (outside, inside) in pieces(&folded) {
        for (text, phone) in with_numbers(&outside) {
            let words = words(&text);
            let last = words.len().saturating_sub(1);
            for (at, word) in words.iter().enumerate() {
                let (place, name) = place_and_name(word);
                let phone = phone.clone().filter(|_| at == last);
                match (place.is_empty(), name.is_empty()) {
                    (_, false) => {
                        waiting.extend((!place.is_empty()).then_some(place));
                        found.push(Named {
                            name: tidy(name),
                            buildings: std::mem::take(&mut waiting).join("、"),
                            phone,
                        });
                    }
                    (false, true) => waiting.push(place),
                    (true, true) => beside(&mut found, phone),
                }
            }
            if words.is_empty() {
                beside(&mut found, phone);
            }
        }
        let mut inside_texts = Vec::new();
        for (text, phone) in with_numbers(&inside) {
            beside(&mut found, phone);
            inside_texts.push(text);
        }
        let inside = inside_texts.join(" ");
        let has_place = inside.chars().any(char::is_numeric) || inside.contains(['栋', '座', '楼']);
        if let Some(last) = found.last_mut().filter(|_| has_place) {
            inside.trim().clone_into(&mut last.buildings);
        }
    }
    // 甲1栋、2栋: buildings with no name behind them are those of the last.
    if let Some(last) = found.last_mut().filter(|_| !waiting.is_empty()) {
        waiting.insert(0, std::mem::take(&mut last.buildings));
        waiting.retain(|place| !place.is_empty());
        last.buildings = waiting.join("、");
    }
    found
}

/// A number that stands alone is the last one's.
fn beside(found: &mut [Named], phone: Option<String>) {
    if let Some(last) = found.last_mut() {
        last.phone = last.phone.take().or(phone);
    }
}

/// What the marks of a list divide, each with the text of its brackets.
fn pieces(cell: &str) -> Vec<(String, String)> {
    // `Lee, Ann` is one person.
    let is_latin = !cell.chars().any(crate::row::is_han) && !cell.contains([';', '/', '\n']);
    let mut found = Vec::new();
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_usize);
    for c in cell.chars().chain(std::iter::once(';')) {
        match c {
            '(' | '【' | '[' => depth += 1,
            ')' | '】' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 && is_latin => outside.push(c),
            '、' | ',' | ';' | '/' | '\n' | '|' if depth == 0 => {
                found.push((std::mem::take(&mut outside), std::mem::take(&mut inside)));
            }
            _ if depth > 0 => inside.push(c),
            _ => outside.push(c),
        }
    }
    found
}

/// A text taken apart at its long numbers, each with the text that it belongs to: `甲 138…`, `138… 甲`, `甲138…乙139…`.
fn with_numbers(text: &str) -> Vec<(String, Option<String>)> {
    let (mut texts, mut numbers) = (vec![String::new()], Vec::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = number_at(rest);
        if length > 0 {
            let (number, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
            numbers.push(number.trim().to_owned());
            texts.push(String::new());
            rest = behind;
        } else {
            // A run of few digits is passed over whole: its tail is no number of its own.
            let few = rest.find(|c: char| !c.is_ascii_digit());
            let step = match few {
                Some(0) => first.len_utf8(),
                Some(few) => few,
                None => rest.len(),
            };
            let (passed, behind) = rest.split_at_checked(step).unwrap_or((rest, ""));
            if let Some(last) = texts.last_mut() {
                last.push_str(passed);
            }
            rest = behind;
        }
    }
    let texts: Vec<String> = texts.iter().map(|text| without_label(text)).collect();
    let leads = texts.first().is_some_and(String::is_empty) && !numbers.is_empty();
    let mut numbers = numbers.into_iter();
    texts
        .into_iter()
        .skip(usize::from(leads))
        .map(|text| (text, numbers.next()))
        .filter(|(text, number)| !text.is_empty() || number.is_some())
        .collect()
}

/// How long the telephone or ID number is that a text begins with; 0 where it begins with none.
fn number_at(text: &str) -> usize {
    let (mut digits, mut end) = (0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' => {
                digits += 1;
                end = at + 1;
            }
            '+' if at == 0 => {}
            '-' | ' ' | '\u{2010}'..='\u{2015}' if digits > 0 => {}
            'X' | 'x' if digits == 17 => end = at + 1,
            _ => break,
        }
    }
    if digits >= LONG { end } else { 0 }
}

/// Takes the words for a number, and what joins it to a name, off the ends.
fn without_label(text: &str) -> String {
    let marks = |c: char| c.is_whitespace() || ":-—–,.=*·".contains(c);
    let mut rest = text.trim_matches(marks);
    for word in [
        "联系电话",
        "联系方式",
        "电话号码",
        "手机号码",
        "手机号",
        "电话",
        "手机",
        "身份证号码",
        "身份证号",
        "身份证",
        "Tel",
        "tel",
        "TEL",
        "Phone",
        "phone",
    ] {
        let shorter = rest.strip_suffix(word).or_else(|| rest.strip_prefix(word));
        rest = shorter.unwrap_or(rest).trim_matches(marks);
    }
    rest.to_owned()
}

/// The words of a text that are each somebody or some building: blanks divide people where both sides are whole names, and
/// stand within a name otherwise (`张　三`).
fn words(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_name = |word: &&str| {
        (2..=4).contains(&word.chars().count()) && word.chars().all(crate::row::is_han)
    };
    let is_place = |word: &&str| !place_and_name(word).0.is_empty();
    let are_people = words.iter().all(is_name) && !words.iter().any(|word| DOUBLE.contains(word));
    if words.len() > 1 && (are_people || words.iter().any(is_place)) {
        words.into_iter().map(str::to_owned).collect()
    } else if words.is_empty() {
        Vec::new()
    } else {
        vec![text.trim().to_owned()]
    }
}

const UNITS: [char; 7] = ['栋', '幢', '座', '楼', '#', '元', '层'];

/// `1栋甲` and `甲1栋`: the building, and the name; either may be empty.
fn place_and_name(word: &str) -> (String, &str) {
    let begins = |c: char| c.is_ascii_alphanumeric() || "第一二三四五六七八九十".contains(c);
    let belongs = |c: char| begins(c) || UNITS.contains(&c) || "号单-~—至到".contains(c);
    let marks = |c: char| c.is_whitespace() || ":-—".contains(c);
    let end = word.find(|c: char| !belongs(c)).unwrap_or(word.len());
    let front = word.get(..end).unwrap_or_default();
    let unit = front.char_indices().rfind(|(_, c)| UNITS.contains(c));
    if let Some((at, c)) = unit.filter(|_| word.starts_with(begins)) {
        let (place, name) = word
            .split_at_checked(at + c.len_utf8())
            .unwrap_or((word, ""));
        // 3栋楼栋长: 甲
        let name = name
            .strip_prefix('长')
            .filter(|rest| rest.starts_with(marks))
            .unwrap_or(name);
        let place = place
            .strip_suffix("楼栋")
            .filter(|rest| rest.ends_with(UNITS))
            .unwrap_or(place);
        return (place.to_owned(), name.trim_matches(marks));
    }
    let start = word
        .char_indices()
        .rev()
        .take_while(|(_, c)| belongs(*c))
        .last();
    let behind = start.and_then(|(at, _)| {
        let digit = word.get(at..)?.find(|c: char| c.is_ascii_digit())?;
        word.split_at_checked(at + digit)
    });
    match behind {
        Some((name, place)) if place.ends_with(UNITS) => {
            (place.to_owned(), name.trim_matches(marks))
        }
        _ => (String::new(), word.trim_matches(marks)),
    }
}

/// A name as it is compared and written: 张　三 is 张三.
fn tidy(name: &str) -> String {
    if name.chars().any(crate::row::is_han) {
        name.chars().filter(|c| !c.is_whitespace()).collect()
    } else {
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(cell: &str) -> Vec<(String, String, String)> {
        let all = people(cell).into_iter();
        all.map(|named| (named.name, named.buildings, named.phone.unwrap_or_default()))
            .collect()
    }

    /// That a cell tells these names, and where they work.
    fn tells(cell: &str, expected: &[(&str, &str)]) {
        let found = told(cell);
        let found: Vec<_> = found
            .iter()
            .map(|(name, places, _)| (name.as_str(), places.as_str()))
            .collect();
        assert_eq!(found, expected, "{cell}");
    }

    #[test]
    fn several_people_stand_in_one_cell() {
        for (cell, expected) in [
            ("甲、乙", vec![("甲", ""), ("乙", "")]),
            (
                "甲（3栋、5栋）；乙(7栋)",
                vec![("甲", "3栋、5栋"), ("乙", "7栋")],
            ),
            ("甲（组长）", vec![("甲", "")]),
            ("甲甲 乙乙乙", vec![("甲甲", ""), ("乙乙乙", "")]),
            ("甲　乙", vec![("甲乙", "")]),
            ("欧阳 甲乙", vec![("欧阳甲乙", "")]),
            ("Worker  01", vec![("Worker 01", "")]),
            ("Lee, Ann", vec![("Lee, Ann", "")]),
            ("网格员01", vec![("网格员01", "")]),
            ("", vec![]),
            ("、", vec![]),
        ] {
            tells(cell, &expected);
        }
    }

    #[test]
    fn buildings_stand_before_or_behind_a_name() {
        for (cell, expected) in [
            ("1栋甲甲 2栋乙乙", vec![("甲甲", "1栋"), ("乙乙", "2栋")]),
            ("1栋：甲、2#乙", vec![("甲", "1栋"), ("乙", "2#")]),
            (
                "1栋、2栋甲，3-5栋乙",
                vec![("甲", "1栋、2栋"), ("乙", "3-5栋")],
            ),
            ("甲1栋、乙2栋1单元", vec![("甲", "1栋"), ("乙", "2栋1单元")]),
            ("甲1栋、2栋", vec![("甲", "1栋、2栋")]),
            ("1栋单甲", vec![("单甲", "1栋")]),
            ("3栋楼栋长：甲", vec![("甲", "3栋")]),
            ("楼长01", vec![("楼长01", "")]),
        ] {
            tells(cell, &expected);
        }
    }

    #[test]
    fn a_long_number_is_no_part_of_a_name() {
        for (cell, expected) in [
            ("甲10000000001", vec![("甲", "10000000001")]),
            ("甲 100 0000 0001", vec![("甲", "100 0000 0001")]),
            ("甲（10000000001）", vec![("甲", "10000000001")]),
            (
                "甲（电话：10000000001）、乙",
                vec![("甲", "10000000001"), ("乙", "")],
            ),
            ("甲：10000000001", vec![("甲", "10000000001")]),
            ("１０００００００００１甲", vec![("甲", "10000000001")]),
            (
                "甲10000000001乙10000000002",
                vec![("甲", "10000000001"), ("乙", "10000000002")],
            ),
            ("甲、10000000001", vec![("甲", "10000000001")]),
            ("甲手机0551-60000001", vec![("甲", "0551-60000001")]),
            ("甲99010019700101001X", vec![("甲", "99010019700101001X")]),
            ("10000000001", vec![]),
        ] {
            let found = told(cell);
            let found: Vec<_> = found
                .iter()
                .map(|(name, _, phone)| (name.as_str(), phone.as_str()))
                .collect();
            assert_eq!(found, expected, "{cell}");
        }
    }
}
