//! Lines of a file laid over an inherited codebook; whatever overlaps or contradicts is refused.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;

use super::load::{Origin, Raw, RawEntry, RawFlag, RawLetter, RawText, RawWhen, RawWords};
use super::one_char;
use super::words::{Entry, Words, plain};
use super::{AgeOf, Basis, Codebook, CodebookError, Flag, Letter, Meaning, When};
use crate::code::{Alphabet, ResidentLetter, TenureLetter};
use crate::lang::Text;

type Result<T> = std::result::Result<T, CodebookError>;

pub(super) struct Builder<'a> {
    origin: Origin<'a>,
    book: Codebook,
    /// The basis of a line that does not say its own.
    basis: Basis,
    sources: BTreeMap<String, Text>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(origin: Origin<'a>, base: Option<&Codebook>, basis: Basis) -> Self {
        let book = base.cloned().unwrap_or_else(|| Codebook {
            name: String::new(),
            title: Text::default(),
            residents: Vec::new(),
            tenures: Vec::new(),
            flags: Vec::new(),
            resident_words: Words::default(),
            tenure_words: Words::default(),
            resident_of: super::ResidentOf::Head,
            tenure_if_any: None,
            alphabet: Alphabet::EMPTY,
        });
        Self {
            origin,
            book,
            basis,
            sources: BTreeMap::new(),
        }
    }

    pub(super) fn build(mut self, raw: Raw) -> Result<Codebook> {
        self.book.name = raw.name.unwrap_or_else(|| "local".to_owned());
        let title = raw.title.and_then(RawText::text);
        self.book.title =
            title.unwrap_or_else(|| Text::fixed("本社区码本", "the community's own codebook"));
        self.sources = raw
            .sources
            .into_iter()
            .filter_map(|(key, text)| Some((key, text.text()?)))
            .collect();

        let letters = std::mem::take(&mut self.book.residents);
        self.book.residents = self.letters(letters, &raw.resident, ResidentLetter::new, "A–Z")?;
        let letters = std::mem::take(&mut self.book.tenures);
        self.book.tenures = self.letters(letters, &raw.tenure, TenureLetter::new, "a–z")?;
        self.flags(&raw.flag)?;
        self.alphabet()?;

        let residents: Vec<_> = self
            .book
            .residents
            .iter()
            .map(|entry| entry.letter)
            .collect();
        let resident = |text: &str| {
            one_char(text)
                .and_then(ResidentLetter::new)
                .filter(|letter| residents.contains(letter))
        };
        let tenures: Vec<_> = self.book.tenures.iter().map(|entry| entry.letter).collect();
        let tenure = |text: &str| {
            one_char(text)
                .and_then(TenureLetter::new)
                .filter(|letter| tenures.contains(letter))
        };

        let mut words = std::mem::take(&mut self.book.resident_words);
        self.words(&mut words.everywhere, raw.values.resident, &resident)?;
        for (header, list) in raw.lists.resident {
            self.words(
                words.under.entry(plain(&header)).or_default(),
                list,
                &resident,
            )?;
        }
        self.book.resident_words = words;
        let mut words = std::mem::take(&mut self.book.tenure_words);
        self.words(&mut words.everywhere, raw.values.tenure, &tenure)?;
        for (header, list) in raw.lists.tenure {
            self.words(
                words.under.entry(plain(&header)).or_default(),
                list,
                &tenure,
            )?;
        }
        self.book.tenure_words = words;

        if let Some(of) = raw.household.resident {
            self.book.resident_of = of;
        }
        if let Some(letter) = raw.household.tenure_if_any {
            self.book.tenure_if_any = Some(
                tenure(letter.get_ref())
                    .ok_or_else(|| self.undefined(&letter.span(), letter.get_ref()))?,
            );
        }
        Ok(self.book)
    }

    fn letters<L: Copy + Ord>(
        &self,
        mut letters: Vec<Letter<L>>,
        raw: &BTreeMap<Spanned<String>, RawLetter>,
        letter_of: impl Fn(char) -> Option<L>,
        range: &str,
    ) -> Result<Vec<Letter<L>>> {
        for (key, line) in raw {
            let Some(letter) = one_char(key.get_ref()).and_then(&letter_of) else {
                let said = Text::new(
                    format!("“{}”不能作字母，此处应为 {range} 中的一个", key.get_ref()),
                    format!("expected one letter {range}, found `{}`", key.get_ref()),
                );
                return Err(self.origin.fault(&key.span(), said));
            };
            let meaning =
                self.meaning(key, line.text(), line.basis.as_ref(), line.source.as_ref())?;
            if let Some(old) = letters.iter_mut().find(|entry| entry.letter == letter) {
                self.may_replace(key, &old.meaning, line.replaces)?;
                old.meaning = meaning;
            } else {
                letters.push(Letter { letter, meaning });
            }
        }
        letters.sort_by_key(|entry| entry.letter);
        Ok(letters)
    }

    fn flags(&mut self, raw: &BTreeMap<Spanned<String>, RawFlag>) -> Result<()> {
        let mut flags = std::mem::take(&mut self.book.flags);
        for (key, line) in raw {
            let digit = one_char(key.get_ref())
                .and_then(|c| c.to_digit(10))
                .and_then(|digit| u8::try_from(digit).ok());
            let Some(digit) = digit else {
                let said = Text::new(
                    format!("“{}”不能作标记，此处应为一位数字 0–9", key.get_ref()),
                    format!("expected one digit 0–9, found `{}`", key.get_ref()),
                );
                return Err(self.origin.fault(&key.span(), said));
            };
            let meaning =
                self.meaning(key, line.text(), line.basis.as_ref(), line.source.as_ref())?;
            let when = line.when.as_ref().map(|when| self.when(when)).transpose()?;
            if let Some(old) = flags.iter_mut().find(|flag| flag.digit == digit) {
                self.may_replace(key, &old.meaning, line.replaces)?;
                *old = Flag {
                    digit,
                    meaning,
                    when,
                };
            } else {
                flags.push(Flag {
                    digit,
                    meaning,
                    when,
                });
            }
        }
        flags.sort_by_key(|flag| flag.digit);
        self.no_overlap(&flags, raw)?;
        self.book.flags = flags;
        Ok(())
    }

    fn when(&self, raw: &Spanned<RawWhen>) -> Result<When> {
        let line = raw.get_ref();
        match (line.age_of, line.from, line.to, &line.tag) {
            (Some(of), Some(from), to, None) if to.is_none_or(|to| from <= to) => {
                Ok(When::Age { of, from, to })
            }
            (Some(_), Some(from), Some(to), None) => {
                let said = Text::new(
                    format!("年龄范围颠倒：从 {from} 到 {to}"),
                    format!("the ages run backwards: from {from} to {to}"),
                );
                Err(self.origin.fault(&raw.span(), said))
            }
            (None, None, None, Some(tag)) if !tag.trim().is_empty() => {
                Ok(When::Tag(tag.trim().to_owned()))
            }
            _ => {
                let said = Text::fixed(
                    "此处应为 { age-of = \"any\", from = 80 } 或 { tag = \"独居\" } 的写法",
                    "expected either { age-of = \"any\", from = 80 } or { tag = \"独居\" }",
                );
                Err(self.origin.fault(&raw.span(), said))
            }
        }
    }

    /// The eldest resident has one age: two flags that both look at it must not claim the same age.
    fn no_overlap(&self, flags: &[Flag], raw: &BTreeMap<Spanned<String>, RawFlag>) -> Result<()> {
        let eldest = flags.iter().filter_map(|flag| match flag.when {
            Some(When::Age {
                of: AgeOf::Eldest,
                from,
                to,
            }) => Some((flag.digit, from, to.unwrap_or(u16::MAX))),
            _ => None,
        });
        let mut ranges: Vec<_> = eldest.collect();
        ranges.sort_by_key(|(_, from, _)| *from);
        for pair in ranges.windows(2) {
            if let [(first, _, end), (second, start, _)] = pair
                && start <= end
            {
                let at_fault = |key: &&Spanned<String>| {
                    let digit = one_char(key.get_ref()).and_then(|c| c.to_digit(10));
                    digit == Some(u32::from(*second)) || digit == Some(u32::from(*first))
                };
                let span = raw
                    .keys()
                    .filter(at_fault)
                    .map(Spanned::span)
                    .max_by_key(|span| span.start);
                let said = Text::new(
                    format!("标记 {first} 与标记 {second} 的年龄范围重叠"),
                    format!("flags {first} and {second} claim the same ages"),
                );
                return Err(self.origin.fault(&span.unwrap_or(0..0), said));
            }
        }
        Ok(())
    }

    fn meaning(
        &self,
        key: &Spanned<String>,
        text: Option<Text>,
        basis: Option<&Spanned<Basis>>,
        source: Option<&Spanned<String>>,
    ) -> Result<Meaning> {
        let Some(text) = text else {
            let said = Text::fixed(
                "缺少含义：写上 zh = \"…\" 或 en = \"…\"",
                "no meaning: write zh = \"…\" or en = \"…\"",
            );
            return Err(self.origin.fault(&key.span(), said));
        };
        let source = match source {
            None => Text::default(),
            Some(name) => self
                .sources
                .get(name.get_ref())
                .cloned()
                .unwrap_or_else(|| {
                    // A community may name its source directly.
                    Text::new(name.get_ref().clone(), name.get_ref().clone())
                }),
        };
        if let Some(claimed) = basis
            && *claimed.get_ref() == Basis::Published
            && source == Text::default()
        {
            let said = Text::fixed(
                "依据写作 published（公开），但没有写来源 source",
                "the basis is `published`, but no source is named",
            );
            return Err(self.origin.fault(&claimed.span(), said));
        }
        Ok(Meaning {
            text,
            basis: basis.map_or(self.basis, |basis| *basis.get_ref()),
            source,
        })
    }

    fn may_replace(&self, key: &Spanned<String>, old: &Meaning, replaces: bool) -> Result<()> {
        if replaces || old.basis != Basis::Published {
            return Ok(());
        }
        let said = Text::new(
            format!(
                "“{}”已有公开的含义（{}）；确要改变，请加 replaces = true",
                key.get_ref(),
                old.text.zh
            ),
            format!(
                "`{}` has a published meaning ({}); write replaces = true where it is meant to change",
                key.get_ref(),
                old.text.en
            ),
        );
        Err(self.origin.fault(&key.span(), said))
    }

    fn words<L: Copy + PartialEq>(
        &self,
        into: &mut BTreeMap<String, Entry<L>>,
        raw: RawWords,
        letter_of: &impl Fn(&str) -> Option<L>,
    ) -> Result<()> {
        let mut here: BTreeMap<String, Spanned<String>> = BTreeMap::new();
        for (key, entry) in raw {
            let word = plain(key.get_ref());
            if word.is_empty() {
                let said = Text::fixed("词是空的", "the word is empty");
                return Err(self.origin.fault(&key.span(), said));
            }
            let entry = match entry {
                RawEntry::Letter(letter) if letter.is_empty() => Entry::Nothing,
                RawEntry::Letter(letter) => Entry::Letter(
                    letter_of(&letter).ok_or_else(|| self.undefined(&key.span(), &letter))?,
                ),
                RawEntry::Reason(reason) => Entry::NoLetter(reason.text().unwrap_or_default()),
            };
            if let Some(other) = here.insert(word.clone(), key.clone()) {
                // Words come in their order, not in that of the file: the later line is the one too many.
                let (first, second) = if other.span().start < key.span().start {
                    (&other, &key)
                } else {
                    (&key, &other)
                };
                let said = Text::new(
                    format!(
                        "“{}”与“{}”是同一个词，写了两次",
                        second.get_ref(),
                        first.get_ref()
                    ),
                    format!(
                        "`{}` and `{}` are the same word, written twice",
                        second.get_ref(),
                        first.get_ref()
                    ),
                );
                return Err(self.origin.fault(&second.span(), said));
            }
            if let (Some(Entry::Letter(old)), Entry::Letter(new)) = (into.get(&word), &entry)
                && old != new
            {
                let said = Text::new(
                    format!("“{}”在所继承的码本中已对应另一个字母", key.get_ref()),
                    format!(
                        "`{}` leads to another letter in the codebook that this one extends",
                        key.get_ref()
                    ),
                );
                return Err(self.origin.fault(&key.span(), said));
            }
            into.insert(word, entry);
        }
        Ok(())
    }

    fn alphabet(&mut self) -> Result<()> {
        if self.book.residents.is_empty() || self.book.tenures.is_empty() {
            let said = Text::fixed(
                "码本至少要有一个居住类型字母和一个住房性质字母；可在第一行写 extends = \"shushan\"",
                "a codebook needs at least one resident letter and one tenure letter; begin with extends = \"shushan\" to have the published ones",
            );
            return Err(self.origin.fault(&(0..0), said));
        }
        let alphabet = self
            .book
            .residents
            .iter()
            .fold(Alphabet::EMPTY, |all, entry| {
                all.with_resident(entry.letter)
            });
        self.book.alphabet = self
            .book
            .tenures
            .iter()
            .fold(alphabet, |all, entry| all.with_tenure(entry.letter));
        Ok(())
    }

    fn undefined(&self, span: &Range<usize>, letter: &str) -> CodebookError {
        let said = Text::new(
            format!("字母“{letter}”在码本中没有定义"),
            format!("the letter `{letter}` is not defined in this codebook"),
        );
        self.origin.fault(span, said)
    }
}
