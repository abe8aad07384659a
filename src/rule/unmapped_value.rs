//! Rule GC016: a resident type or tenure that leads to no letter.

use super::meaning::{choice, choice_of, one_line, quoted};
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::codebook::{Codebook, Mapped, Words};
use crate::household::Entry;
use crate::lang::{Lang, Text};
use crate::row::Field;

rule! {
    /// A resident type or tenure leads to no letter.
    ///
    /// The word in the list is either unknown to the codebook, or known and without a letter: a lent home
    /// (借住) is neither own nor rented, in an empty one (空置) there is no household. Nothing is ever guessed.
    ///
    /// Where your community counts such a word as one of the letters, say so once in a codebook of your own, a
    /// text file that begins with `extends = "shushan"`; the message gives the line. Name the file with
    /// `--codebook`. Where nobody lives there, the row does not belong in the list of households.
    ///
    /// ---
    /// 居住类型或住房性质没有对应的字母。
    ///
    /// 名单中的词，或者码本不认得，或者认得而没有对应的字母：借住既不是自购也不是出租，空置的房子没有住户。
    /// 程序从不猜测。
    ///
    /// 本社区如果规定这个词算作某个字母，在自定码本中写一行即可；自定码本是以 `extends = "shushan"`
    /// 开头的文本文件，用 `--codebook` 指定，提示会给出要写的那一行。确实无人居住的，不应列入住户名单。
    pub struct UnmappedValue("GC016", "unmapped-value", Error);
}

impl Rule for UnmappedValue {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, context: &Context<'_>, found: &mut Findings<'_>) {
        let codebook = context.codebook;
        if let Some(mapped @ (Mapped::NoLetter(_) | Mapped::Unknown)) = entry.resident {
            let mut letters = codebook
                .residents()
                .iter()
                .map(|entry| (entry.letter, &entry.meaning));
            let cell = Cell {
                entry,
                field: Field::ResidentType,
                letters: choice_of(letters.clone()),
                codebook,
            };
            let letter = letters.next_back().map(|(letter, _)| letter.to_string());
            cell.report(mapped, codebook.resident_words(), letter, found);
        }
        if let Some(mapped @ (Mapped::NoLetter(_) | Mapped::Unknown)) = entry.tenure {
            let mut letters = codebook
                .tenures()
                .iter()
                .map(|entry| (entry.letter, &entry.meaning));
            let cell = Cell {
                entry,
                field: Field::Tenure,
                letters: choice_of(letters.clone()),
                codebook,
            };
            let letter = letters.next_back().map(|(letter, _)| letter.to_string());
            cell.report(mapped, codebook.tenure_words(), letter, found);
        }
    }
}

struct Cell<'a> {
    entry: &'a Entry<'a>,
    field: Field,
    letters: Vec<Text>,
    codebook: &'a Codebook,
}

impl Cell<'_> {
    fn report<L: Copy + PartialEq>(
        &self,
        mapped: Mapped<'_, L>,
        words: &Words<L>,
        letter: Option<String>,
        found: &mut Findings<'_>,
    ) {
        let reason = match mapped {
            Mapped::Letter(_) | Mapped::Nothing => return,
            Mapped::NoLetter(reason) => Some(reason),
            Mapped::Unknown => None,
        };
        let text = self.entry.raw(self.field).trim();
        // A text that may not be shown, or not whole, has no place in the line either.
        let shown = found
            .shown(self.entry, self.field)
            .filter(|shown| shown.trim() == text);
        let (zh, en) = (self.field.label(Lang::Zh), self.field.label(Lang::En));
        let actual = match &shown {
            Some(word) => Text::new(format!("“{word}”"), format!("`{word}`", word = word.trim())),
            None => Text::fixed("别的内容", "something else"),
        };
        let because = reason.filter(|reason| !reason.zh.is_empty());
        let because = because.map_or_else(Text::default, |reason| {
            Text::new(format!("（{}）", reason.zh), format!(" ({})", reason.en))
        });
        let message = Text::new(
            format!(
                "{zh}应为能对应 {}的词，实为{}{}",
                choice(&self.letters, Lang::Zh),
                actual.zh,
                because.zh
            ),
            format!(
                "expected a {en} that leads to {}, found {}{}",
                choice(&self.letters, Lang::En),
                actual.en,
                because.en
            ),
        );
        let advice = letter.map_or_else(Text::default, |letter| {
            let header = self.entry.header(self.field);
            let line = format!(
                "{} = \"{letter}\"",
                self.key(shown.as_deref().unwrap_or("…").trim(), header, words)
            );
            let condition = Text::new(
                format!("本社区如规定它算作 {letter}"),
                format!("if your community counts it as `{letter}`"),
            );
            one_line(self.codebook.name(), &line, &condition)
        });
        found.cell(
            UnmappedValue::INFO,
            self.entry,
            self.field,
            Said::new(message, advice),
        );
    }

    /// Where the word stands in a codebook: under its header where it is a coded value of it.
    fn key<L: Copy + PartialEq>(&self, word: &str, header: &str, words: &Words<L>) -> String {
        let kind = self.field.key();
        let listed = words.find(word, header) != words.find(word, "");
        let coded = word.bytes().all(|byte| byte.is_ascii_digit());
        let word = quoted(word);
        if (listed || coded) && !header.is_empty() {
            let header = quoted(header.rsplit('/').next().unwrap_or(header).trim());
            format!("lists.{kind}.{header}.{word}")
        } else {
            format!("values.{kind}.{word}")
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::quoted;
    use crate::codebook::{Codebook, Mapped};
    use crate::rule::Settings;
    use crate::rule::sample::{Level, findings_by, only, says};

    #[test]
    fn the_word_its_reason_and_the_line_that_would_map_it_are_told() {
        let found = only(
            "unmapped-value",
            Level::Household,
            "房号|住房性质\n803|借住\n804|自购",
        );
        assert_eq!(found.len(), 1);
        says(
            &found[0],
            "住房性质应为能对应 a（自购房）或 b（出租房）的词，实为“借住”（借住：既不是自购，也不是出租）；\
             本社区如规定它算作 b，在以 extends = \"shushan\" 开头的码本文件中加一行：values.tenure.\"借住\" = \"b\"",
            "expected a tenure that leads to `a` (self-owned home) or `b` (rented home), found `借住` \
             (lent home: neither own nor rented); if your community counts it as `b`, add this line to a codebook file \
             that begins with extends = \"shushan\": values.tenure.\"借住\" = \"b\"",
        );
    }

    #[test]
    fn the_line_maps_the_word_whatever_header_it_stands_under() {
        for (header, word) in [
            ("住房性质", "借住"),
            ("住所类型", "04"),
            ("是否出租", "否"),
            ("房屋状态", "2008"),
            ("住房", "a\"\\b\u{1}"),
        ] {
            let list = format!("房号|{header}=住房性质\n803|{word}");
            let found = only("unmapped-value", Level::Household, &list);
            let line = found[0].advice.en.split_once("\": ").unwrap().1.to_owned();
            let own = format!("extends = \"shushan\"\n{line}");
            let book = Codebook::from_toml(&own, "own.toml").unwrap();
            assert!(
                matches!(book.tenure_words().find(word, header), Mapped::Letter(_)),
                "{line}"
            );
            assert_eq!(
                findings_by(Level::Household, &list, &book, &Settings::default()),
                []
            );
        }
    }

    #[test]
    fn a_value_that_may_be_a_name_is_not_repeated() {
        let found = only(
            "unmapped-value",
            Level::Household,
            "姓名|居住类型|身份证号\n男|张三丰|常住",
        );
        assert!(!found.is_empty());
        for found in found {
            assert!(!format!("{found:?}").contains("张三丰"), "{found:?}");
            assert!(found.advice.en.ends_with("values.resident.\"…\" = \"B\""));
        }
    }

    #[test]
    fn a_value_filled_down_is_reported_once() {
        let list = "楼栋|房号|住房性质\n3栋|803|借住\n3栋|803|^借住";
        assert_eq!(only("unmapped-value", Level::Person, list).len(), 1);
    }

    proptest! {
        #[test]
        fn any_text_quoted_is_read_back_as_it_was(text in "\\PC{0,8}|.{0,8}") {
            let document: toml::Table = format!("key = {}", quoted(&text)).parse().unwrap();
            prop_assert_eq!(document["key"].as_str(), Some(text.as_str()));
        }
    }
}
