//! What a header means: its text without marks, remarks and blanks, looked up in `headers.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::row::Field;

/// A field that a header can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) field: Field,
    /// Whether the header says it alone; otherwise the values of the column have to agree.
    pub(super) sure: bool,
}

/// Every header that is understood.
#[derive(Debug, Default)]
pub(super) struct Headers {
    meanings: BTreeMap<String, Vec<Meaning>>,
    carried: BTreeSet<String>,
    serial: BTreeSet<String>,
    somebody_else: Vec<String>,
    somewhere_else: Vec<String>,
    prefix: Vec<String>,
}

static BUILT_IN: LazyLock<Headers> =
    // The text is compiled in, and a test holds every line of it to be sound.
    LazyLock::new(|| Headers::parse(SOURCE).unwrap_or_default());

pub(super) const SOURCE: &str = include_str!("headers.toml");

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lines {
    #[serde(default)]
    pub(super) zh: Vec<String>,
    #[serde(default)]
    pub(super) en: Vec<String>,
    #[serde(default, rename = "if-values-fit")]
    pub(super) fit: Vec<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Carried {
    pub(super) headers: Vec<String>,
    somebody_else: Vec<String>,
    somewhere_else: Vec<String>,
    prefix: Vec<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Serial {
    headers: Vec<String>,
}

#[derive(serde::Deserialize)]
pub(super) struct File {
    pub(super) carried: Carried,
    serial: Serial,
    #[serde(flatten)]
    pub(super) fields: BTreeMap<String, Lines>,
}

impl Headers {
    /// The headers of `headers.toml`.
    pub(super) fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Reads a header table; the error says which line cannot be right.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut headers = Self::default();
        for header in &file.carried.headers {
            if !headers.carried.insert(fold(header)) {
                return Err(format!("{header} stands twice under carried"));
            }
        }
        headers.serial = file.serial.headers.iter().map(|text| fold(text)).collect();
        let words = |list: &[String]| list.iter().map(|text| fold(text)).collect();
        headers.somebody_else = words(&file.carried.somebody_else);
        headers.somewhere_else = words(&file.carried.somewhere_else);
        headers.prefix = words(&file.carried.prefix);
        for key in file.fields.keys() {
            if Field::from_key(key).is_none() {
                return Err(format!("{key} is not the key of a field"));
            }
        }
        for &field in Field::ALL {
            let Some(lines) = file.fields.get(field.key()) else {
                continue;
            };
            let sure = lines.zh.iter().chain(&lines.en).map(|text| (text, true));
            let fit = lines.fit.iter().map(|text| (text, false));
            for (header, sure) in sure.chain(fit) {
                headers.add(header, Meaning { field, sure })?;
            }
        }
        for list in headers.meanings.values_mut() {
            // Where the values fit two fields alike, the room counts first.
            list.sort_by_key(|meaning| (!meaning.sure, meaning.field != Field::Unit));
        }
        Ok(headers)
    }

    fn add(&mut self, header: &str, meaning: Meaning) -> Result<(), String> {
        let key = fold(header);
        if key.is_empty() || self.carried.contains(&key) || self.serial.contains(&key) {
            return Err(format!("{header} cannot be a header of a field"));
        }
        let list = self.meanings.entry(key).or_default();
        let twice = list
            .iter()
            .any(|known| known.field == meaning.field || known.sure && meaning.sure);
        if twice {
            return Err(format!("{header} stands twice"));
        }
        list.push(meaning);
        Ok(())
    }

    /// What a header of one cell can mean, likeliest first; empty when it is unknown.
    pub(super) fn meanings(&self, header: &str) -> Vec<Meaning> {
        // Nothing that long is a header, and prose is not worth folding.
        if header.len() > 120 {
            return Vec::new();
        }
        let folded = Folded::of(header);
        if let Some(found) = self.exact(&folded.whole) {
            return found;
        }
        if folded.remark.is_empty() {
            return Vec::new();
        }
        if let Some(found) = self.under(&folded.remark, &folded.base) {
            return found;
        }
        self.exact(&folded.base).unwrap_or_default()
    }

    /// What a header of several rows can mean, topmost part first.
    pub(super) fn meanings_of(&self, parts: &[String]) -> Vec<Meaning> {
        let Some((lowest, groups)) = parts.split_last() else {
            return Vec::new();
        };
        let base = Folded::of(lowest);
        for group in groups {
            if let Some(found) = self.under(&fold(group), &base.base) {
                return found;
            }
        }
        let found = self.meanings(lowest);
        if found.is_empty() && !groups.is_empty() && !self.carried.contains(&base.whole) {
            let joined = fold(&parts.join("/"));
            return self.exact(&joined).unwrap_or_default();
        }
        found
    }

    /// Whether a column only counts the rows.
    pub(super) fn is_serial(&self, header: &str) -> bool {
        let folded = Folded::of(header);
        self.serial.contains(&folded.whole) || self.serial.contains(&folded.base)
    }

    /// `Some(empty)` for a header that is known to mean no field.
    fn exact(&self, key: &str) -> Option<Vec<Meaning>> {
        if self.carried.contains(key) {
            return Some(Vec::new());
        }
        self.meanings.get(key).cloned()
    }

    /// What a group or a bracketed remark makes of a header; `None` when it changes nothing.
    fn under(&self, group: &str, base: &str) -> Option<Vec<Meaning>> {
        let starts = |words: &[String]| words.iter().any(|word| group.starts_with(word.as_str()));
        if starts(&self.somebody_else) {
            return Some(Vec::new());
        }
        if starts(&self.somewhere_else) {
            let mut found = self.exact(base).unwrap_or_default();
            found.retain(|meaning| !is_place(meaning.field));
            return Some(found);
        }
        self.prefix
            .iter()
            .filter(|word| group.starts_with(word.as_str()))
            .find_map(|word| self.meanings.get(&format!("{word}{base}")).cloned())
    }
}

fn is_place(field: Field) -> bool {
    matches!(
        field,
        Field::Community
            | Field::Street
            | Field::Estate
            | Field::Address
            | Field::Building
            | Field::Entrance
            | Field::Floor
            | Field::Unit
            | Field::Grid
    )
}

/// A header as it is compared.
struct Folded {
    /// All of it, the brackets taken away but not what stands in them.
    whole: String,
    /// Without what stands in brackets.
    base: String,
    /// What stands in brackets.
    remark: String,
}

impl Folded {
    fn of(header: &str) -> Self {
        let text: String = header.nfkc().flat_map(char::to_lowercase).collect();
        let mut folded = Self {
            whole: String::new(),
            base: String::new(),
            remark: String::new(),
        };
        let mut depth = 0_usize;
        for character in without_number(text.trim()).chars() {
            match character {
                '(' | '[' | '{' | '【' | '〔' | '<' | '《' => depth += 1,
                ')' | ']' | '}' | '】' | '〕' | '>' | '》' => depth = depth.saturating_sub(1),
                '*' | '※' | '★' | '☆' | '●' | '▲' | '△' | '◆' | '_' | '-' | '.' | '—' | '–'
                | '·' | '"' | '\'' | '“' | '”' => {}
                _ if is_empty_char(character) => {}
                _ => {
                    let character = match character {
                        '、' | ',' | '+' | '|' | '\\' | '&' | ';' => '/',
                        other => other,
                    };
                    folded.whole.push(character);
                    if depth == 0 {
                        folded.base.push(character);
                    } else {
                        folded.remark.push(character);
                    }
                }
            }
        }
        for text in [&mut folded.whole, &mut folded.base] {
            let kept = text.trim_end_matches([':', '/', '。']).len();
            text.truncate(kept);
        }
        folded
    }
}

/// A header as it is compared: with and without what stands in brackets.
pub(crate) fn folded_header(header: &str) -> (String, String) {
    let Folded { whole, base, .. } = Folded::of(header);
    (whole, base)
}

/// A header as it is compared, remarks in brackets included.
pub(super) fn fold(header: &str) -> String {
    Folded::of(header).whole
}

/// `1.楼栋` and `2、单元` without their number.
fn without_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == text.len() {
        return text;
    }
    match rest.strip_prefix(['.', '、', ')', ':']) {
        Some(rest) if !rest.trim().is_empty() => rest,
        _ => text,
    }
}

/// A header as it is shown: without `*`, line breaks and `(必填)`.
pub(super) fn clean(header: &str) -> String {
    let mut text = String::new();
    let mut gap = false;
    for character in header.chars() {
        if is_empty_char(character) {
            gap = !text.is_empty();
        } else if !matches!(character, '*' | '＊' | '※' | '★' | '☆' | '●') {
            // A blank separates Latin words; inside Chinese it is only there for the looks.
            if gap && character.is_ascii() && text.ends_with(|c: char| c.is_ascii()) {
                text.push(' ');
            }
            gap = false;
            text.push(character);
        }
    }
    for remark in [
        "（必填）",
        "(必填)",
        "（选填）",
        "(选填)",
        "(required)",
        "(optional)",
    ] {
        if text.len() > remark.len() && text.contains(remark) {
            text = text.replace(remark, "");
        }
    }
    let kept = text.trim_end().trim_end_matches([':', '：']).len();
    text.truncate(kept);
    text.trim().to_owned()
}

/// White space, and what takes no space at all.
pub(super) fn is_empty_char(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
        )
}

/// Whether nothing can be seen of a cell.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(is_empty_char)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(header: &str) -> Option<(Field, bool)> {
        let list = Headers::built_in().meanings(header);
        list.first().map(|meaning| (meaning.field, meaning.sure))
    }

    #[test]
    fn every_line_of_the_table_is_sound() {
        let headers = Headers::parse(SOURCE).unwrap();
        for &field in Field::ALL {
            assert!(
                headers
                    .meanings
                    .values()
                    .flatten()
                    .any(|meaning| meaning.field == field && meaning.sure),
                "no header for {}",
                field.key()
            );
        }
    }

    #[test]
    fn every_label_of_a_field_is_one_of_its_headers() {
        use crate::lang::Lang;
        for &field in Field::ALL {
            for lang in [Lang::Zh, Lang::En] {
                let label = field.label(lang);
                let list = Headers::built_in().meanings(label);
                assert!(
                    list.iter().any(|meaning| meaning.field == field),
                    "{label} does not mean {}",
                    field.key()
                );
            }
        }
    }

    #[test]
    fn a_table_with_a_fault_names_it() {
        let tail = "\n[carried]\nheaders=['户籍地址']\nsomebody-else=[]\nsomewhere-else=[]\nprefix=[]\n[serial]\nheaders=['序号']";
        for (text, said) in [
            ("[unit]\nzh=['房号','房 号']", "stands twice"),
            ("[unit]\nzh=['房号']\n[floor]\nzh=['房号']", "stands twice"),
            ("[unit]\nzh=['户籍地址']", "cannot be"),
            ("[door]\nzh=['门']", "not the key"),
            ("[unit]\nzn=['门']", "zn"),
        ] {
            let error = Headers::parse(&format!("{text}{tail}")).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }

    #[test]
    fn marks_blanks_remarks_and_width_do_not_matter() {
        for header in [
            "*房号",
            "＊房 号",
            "房号（必填）",
            "房号(选填)：",
            "房\n号",
            "房\u{a0}号 ",
            "4、房号",
            "Ｒｏｏｍ No.",
            "ROOM_NO",
            "\u{feff}房号",
        ] {
            assert_eq!(first(header), Some((Field::Unit, true)), "{header:?}");
        }
        assert_eq!(first("楼号、单元、房间号"), Some((Field::Address, true)));
        assert_eq!(first("手机号(码)"), Some((Field::Phone, true)));
        assert_eq!(first("年龄（周岁）"), Some((Field::Age, true)));
    }

    #[test]
    fn the_head_is_not_the_resident_and_the_register_not_the_dwelling() {
        assert_eq!(first("户主姓名"), Some((Field::HeadName, true)));
        assert_eq!(first("姓名（户主）"), Some((Field::HeadName, true)));
        assert_eq!(first("姓名"), Some((Field::Name, true)));
        for header in ["户籍地址", "地址（户籍）", "姓名（网格员）", "网格员电话"]
        {
            assert_eq!(first(header), None, "{header}");
        }
        let of = |parts: &[&str]| {
            let parts: Vec<String> = parts.iter().map(|&part| part.to_owned()).collect();
            let list = Headers::built_in().meanings_of(&parts);
            list.first().map(|meaning| meaning.field)
        };
        assert_eq!(of(&["户主信息", "姓名"]), Some(Field::HeadName));
        assert_eq!(of(&["户主信息", "身份证号"]), Some(Field::HeadId));
        assert_eq!(of(&["户籍信息", "详细地址"]), None);
        assert_eq!(of(&["网格员", "电话"]), None);
        assert_eq!(of(&["房屋信息", "楼栋"]), Some(Field::Building));
    }

    #[test]
    fn a_header_is_shown_without_its_marks() {
        assert_eq!(clean("*身份证\n号"), "身份证号");
        assert_eq!(clean(" Room\nno. "), "Room no.");
        assert_eq!(clean("房号（必填）："), "房号");
        assert_eq!(clean("建筑面积（平米）"), "建筑面积（平米）");
    }
}
