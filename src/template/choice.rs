//! The words to choose from: for each letter one that leads back to it.

use crate::codebook::{Codebook, Mapped, Meaning, Words};
use crate::household::is_placeholder;
use crate::lang::Lang;
use crate::row::Field;

/// Longer words do not fit into a cell that people choose from.
const LONGEST: usize = 40;

/// A word to choose, and how it is explained beside the cell.
pub(super) struct Choice {
    pub(super) word: String,
    pub(super) explained: String,
}

impl Choice {
    fn new(letter: char, word: String, meaning: &Meaning, lang: Lang) -> Self {
        let own = letter.to_string();
        // Where the letter itself has to be chosen, what it means has to be said.
        let other = if word == own {
            meaning.text.get(lang)
        } else {
            &own
        };
        let explained = format!("{word} = {other}");
        Self { word, explained }
    }
}

/// A word for each resident letter, in the order of the letters.
pub(super) fn residents(book: &Codebook, header: &str, lang: Lang) -> Vec<Choice> {
    let lookup = |text: &str| match book.resident_for(text, header) {
        Mapped::Letter(letter) => Some(letter.as_char()),
        _ => None,
    };
    let field = Field::ResidentType;
    let letters = book.residents().iter();
    letters
        .map(|entry| {
            let letter = entry.letter.as_char();
            let words = leading(book.resident_words(), |found| found.as_char() == letter);
            Choice::new(
                letter,
                word(letter, &entry.meaning, &words, field, &lookup, lang),
                &entry.meaning,
                lang,
            )
        })
        .collect()
}

/// A word for each tenure letter, in the order of the letters.
pub(super) fn tenures(book: &Codebook, header: &str, lang: Lang) -> Vec<Choice> {
    let lookup = |text: &str| match book.tenure_for(text, header) {
        Mapped::Letter(letter) => Some(letter.as_char()),
        _ => None,
    };
    let field = Field::Tenure;
    let letters = book.tenures().iter();
    letters
        .map(|entry| {
            let letter = entry.letter.as_char();
            let words = leading(book.tenure_words(), |found| found.as_char() == letter);
            Choice::new(
                letter,
                word(letter, &entry.meaning, &words, field, &lookup, lang),
                &entry.meaning,
                lang,
            )
        })
        .collect()
}

/// The words that lead to a letter.
fn leading<L: Copy>(words: &Words<L>, is: impl Fn(L) -> bool) -> Vec<&str> {
    let leads = |mapped: &Mapped<'_, L>| matches!(mapped, Mapped::Letter(letter) if is(*letter));
    words
        .iter()
        .filter(|(_, mapped)| leads(mapped))
        .map(|(word, _)| word)
        .collect()
}

/// What the letter means, if a list may say so; else a word for it in the same writing; else the letter itself.
fn word(
    letter: char,
    meaning: &Meaning,
    words: &[&str],
    field: Field,
    lookup: &dyn Fn(&str) -> Option<char>,
    lang: Lang,
) -> String {
    let says = |text: &&str| {
        lookup(text) == Some(letter)
            && text.trim() == *text
            && text.chars().count() <= LONGEST
            && !text.chars().any(char::is_control)
            && !is_placeholder(field, text)
    };
    let same_writing = |word: &&&str| word.is_ascii() == (lang == Lang::En);
    let own = [meaning.text.get(lang)];
    let candidates = own.iter().chain(words.iter().filter(same_writing)).copied();
    match candidates
        .filter(|text| text.chars().count() > 1)
        .find(says)
    {
        Some(word) => word.to_owned(),
        None => letter.to_string(),
    }
}
