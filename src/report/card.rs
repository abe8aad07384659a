//! The key card of a codebook: what to know to read and write its codes, on one page.

use std::fmt::Write as _;

use super::text::{Paint, Style};
use crate::codebook::{AgeOf, Codebook, Mapped, Meaning, ResidentOf, When, Words};
use crate::lang::Lang;

/// The card in one language. With `words`, the words of lists that lead to each letter are listed too.
#[must_use]
pub fn card(codebook: &Codebook, lang: Lang, words: bool, paint: Paint<'_>) -> String {
    let mut card = String::new();
    let _ = writeln!(card, "{}", paint(Style::Title, codebook.title().get(lang)));
    let _ = writeln!(
        card,
        "{}",
        lang.pick(
            "房号（1–5位数字）＋ 居住类型（大写字母）＋ 住房性质（小写字母）＋ 标记（从小到大的数字，可无）",
            "unit (1–5 digits) + resident type (capital letter) + tenure (small letter) + flags (rising digits, or none)"
        )
    );
    heading(&mut card, lang.pick("居住类型", "Resident type"), paint);
    for entry in codebook.residents() {
        line(
            &mut card,
            entry.letter.as_char(),
            &entry.meaning,
            "",
            lang,
            paint,
        );
        if words {
            leading(&mut card, codebook.resident_words(), entry.letter, lang);
        }
    }
    heading(&mut card, lang.pick("住房性质", "Tenure"), paint);
    for entry in codebook.tenures() {
        line(
            &mut card,
            entry.letter.as_char(),
            &entry.meaning,
            "",
            lang,
            paint,
        );
        if words {
            leading(&mut card, codebook.tenure_words(), entry.letter, lang);
        }
    }
    heading(&mut card, lang.pick("标记", "Flags"), paint);
    for flag in codebook.flags() {
        let when = flag.when.as_ref().map_or_else(
            || lang.pick("只读不写", "read, never written").to_owned(),
            |when| condition(when, lang),
        );
        line(
            &mut card,
            char::from(b'0' + flag.digit),
            &flag.meaning,
            &when,
            lang,
            paint,
        );
    }
    heading(
        &mut card,
        lang.pick("一户多人", "One code for many residents"),
        paint,
    );
    let _ = writeln!(
        card,
        "  {}",
        match codebook.resident_of() {
            ResidentOf::Head => lang.pick(
                "居住类型取户主的；没有标明户主时取第一行的",
                "the resident type is the head's; the first row's where no head is marked"
            ),
            ResidentOf::First =>
                lang.pick("居住类型取第一行的", "the resident type is the first row's"),
        }
    );
    if let Some(letter) = codebook.tenure_if_any() {
        let letter = letter.as_char();
        let _ = writeln!(
            card,
            "  {}",
            lang.pick(
                format!("只要有一行的住房性质是 {letter}，整户就是 {letter}"),
                format!("the tenure is {letter} as soon as one row has {letter}")
            )
        );
    }
    if words {
        heading(
            &mut card,
            lang.pick("没有字母可用的词", "Words that no letter fits"),
            paint,
        );
        reasons(&mut card, codebook.resident_words(), lang);
        reasons(&mut card, codebook.tenure_words(), lang);
    }
    if codebook.is_inferred() {
        let warning = lang.pick(
            "注意：标为“推测”的各行没有公开依据，不可当作官方规定。",
            "Note: nothing published supports the lines marked `inferred`; they are no official rule.",
        );
        let _ = writeln!(card, "\n{}", paint(Style::Warning, warning));
    }
    card
}

fn heading(card: &mut String, text: &str, paint: Paint<'_>) {
    let _ = writeln!(card, "\n{}", paint(Style::Title, text));
}

fn line(
    card: &mut String,
    sign: char,
    meaning: &Meaning,
    when: &str,
    lang: Lang,
    paint: Paint<'_>,
) {
    let mut basis = meaning.basis.label(lang).to_owned();
    let source = meaning.source.get(lang);
    if !source.is_empty() {
        basis = lang.pick(format!("{basis}：{source}"), format!("{basis}: {source}"));
    }
    if !when.is_empty() {
        basis = lang.pick(format!("{when}；{basis}"), format!("{when}; {basis}"));
    }
    let basis = paint(
        Style::Dim,
        &lang.pick(format!("（{basis}）"), format!(" ({basis})")),
    );
    let _ = writeln!(
        card,
        "  {sign}  {}{basis}",
        paint(Style::Plain, meaning.text.get(lang))
    );
}

fn condition(when: &When, lang: Lang) -> String {
    match when {
        When::Age { of, from, to } => {
            let who = match of {
                AgeOf::Any => lang.pick("任一人", "any resident"),
                AgeOf::Eldest => lang.pick("最年长者", "the eldest resident"),
                AgeOf::Head => lang.pick("户主", "the head"),
            };
            match to {
                Some(to) => lang.pick(
                    format!("{who}{from}–{to}岁"),
                    format!("{who} aged {from}–{to}"),
                ),
                None => lang.pick(
                    format!("{who}满{from}岁"),
                    format!("{who} aged {from} or over"),
                ),
            }
        }
        When::Tag(word) => lang.pick(
            format!("人群标签含“{word}”"),
            format!("the tags contain \"{word}\""),
        ),
    }
}

fn leading<L: Copy + PartialEq>(card: &mut String, words: &Words<L>, letter: L, lang: Lang) {
    let list: Vec<&str> = words
        .iter()
        .filter(|(_, mapped)| *mapped == Mapped::Letter(letter))
        .map(|(word, _)| word)
        .collect();
    let _ = writeln!(
        card,
        "     {}{}",
        lang.pick("由这些词得出：", "from: "),
        list.join(lang.pick("、", ", "))
    );
    for (header, list) in words.lists() {
        let codes: Vec<&str> = list
            .filter(|(_, mapped)| *mapped == Mapped::Letter(letter))
            .map(|(code, _)| code)
            .collect();
        if !codes.is_empty() {
            let codes = codes.join(lang.pick("、", ", "));
            let under = lang.pick(
                format!("“{header}”列中的 {codes}"),
                format!("{codes} under \"{header}\""),
            );
            let _ = writeln!(card, "     {under}");
        }
    }
}

fn reasons<L: Copy>(card: &mut String, words: &Words<L>, lang: Lang) {
    for (word, mapped) in words.iter() {
        if let Mapped::NoLetter(reason) = mapped {
            let _ = writeln!(card, "  {word}  {}", reason.get(lang));
        }
    }
}
