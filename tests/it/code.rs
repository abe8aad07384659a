//! Codes as texts: strict reading and writing are inverse, errors point into the text, repairs tell everything.

use gridcode::Lang;
use gridcode::code::{
    Alphabet, Confidence, Flags, GridCode, ParseErrorKind, Part, Reason, ResidentLetter,
    TenureLetter, Unit, repair, repair_in,
};
use proptest::prelude::*;

fn unit() -> impl Strategy<Value = Unit> {
    (1..=Unit::MAX_DIGITS)
        .prop_flat_map(|digits| (0..10_u32.pow(digits.into()), Just(digits)))
        .prop_map(|(number, digits)| Unit::new(number, digits).unwrap())
}

fn flags() -> impl Strategy<Value = Flags> {
    proptest::collection::vec(0..10_u8, 0..8).prop_map(Flags::from_iter)
}

/// Every code there can be.
fn code() -> impl Strategy<Value = GridCode> {
    (
        unit(),
        prop::char::range('A', 'Z'),
        prop::char::range('a', 'z'),
        flags(),
    )
        .prop_map(|(unit, resident, tenure, flags)| GridCode {
            unit,
            resident: ResidentLetter::new(resident).unwrap(),
            tenure: TenureLetter::new(tenure).unwrap(),
            flags,
        })
}

/// Codes with the published letters.
fn published() -> impl Strategy<Value = GridCode> {
    (code(), any::<[bool; 2]>()).prop_map(|(code, [floating, rented])| GridCode {
        resident: if floating {
            ResidentLetter::B
        } else {
            ResidentLetter::A
        },
        tenure: if rented {
            TenureLetter::B
        } else {
            TenureLetter::A
        },
        ..code
    })
}

/// What dirt is made of.
const DIRT: &str = "[0-9A-Ca-cOIl0-9 '\t\n\u{3000}\u{a0}\u{feff}\u{200b}\u{ad}\u{202e}０-９Ａ-Ｂａ-ｂаАВαβɑ①⑧八〇三百零十室号._/·\\-–、，。\u{301}\u{fffd}😀]{0,4}";

/// A code with a piece of dirt at one place, or one of its characters gone.
fn mutated() -> impl Strategy<Value = String> {
    (code(), any::<prop::sample::Index>(), DIRT, any::<bool>()).prop_map(
        |(code, place, dirt, replace)| {
            let mut text = code.to_string();
            let at = place.index(text.len());
            text.replace_range(at..at + usize::from(replace), &dirt);
            text
        },
    )
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![3 => mutated(), 2 => DIRT, 2 => "[0-9]{1,6}[A-Ca-c]{0,3}[0-9]{0,4}", 1 => any::<String>()]
}

fn alphabet() -> impl Strategy<Value = Alphabet> {
    prop_oneof![
        Just(Alphabet::PUBLISHED),
        Just(Alphabet::ANY),
        Just(Alphabet::EMPTY)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_printed_reads_back(code in code()) {
        let text = code.to_string();
        prop_assert_eq!(GridCode::parse_in(&text, Alphabet::ANY), Ok(code));
        prop_assert!(text.len() <= GridCode::MAX_LEN);
        let mut buffer = [0; GridCode::MAX_LEN];
        prop_assert_eq!(code.encode_into(&mut buffer), &text);
        prop_assert_eq!(serde_json::from_str::<GridCode>(&serde_json::to_string(&code).unwrap()).unwrap(), code);
    }

    #[test]
    fn what_is_read_prints_back(text in any_text(), alphabet in alphabet()) {
        if let Ok(code) = GridCode::parse_in(&text, alphabet) {
            prop_assert_eq!(code.to_string(), text);
            prop_assert!(alphabet.has_resident(code.resident) && alphabet.has_tenure(code.tenure));
        }
    }

    #[test]
    fn the_grammar_is_the_one_of_the_documents(text in any_text()) {
        let grammar = regex::Regex::new("^[0-9]{1,5}[AB][ab]0?1?2?3?4?5?6?7?8?9?$").unwrap();
        // `$` of this engine means the very end; a line feed at the end is refused by both.
        prop_assert_eq!(GridCode::parse(&text).is_ok(), grammar.is_match(&text));
    }

    #[test]
    fn an_error_points_into_the_text_and_speaks_both_languages(text in any_text(), alphabet in alphabet()) {
        if let Err(error) = GridCode::parse_in(&text, alphabet) {
            let span = error.span();
            let before = text.get(..span.start);
            let wrong = text.get(span.clone());
            prop_assert!(before.is_some() && wrong.is_some(), "{:?} in {:?}", span, text);
            prop_assert_eq!(error.found(), text[span.start..].chars().next());
            prop_assert_eq!(wrong == Some(""), error.found().is_none());
            prop_assert_eq!(error.alphabet(), alphabet);
            for lang in [Lang::Zh, Lang::En] {
                let message = error.message(lang).to_string();
                prop_assert!(message.starts_with(lang.pick("此处应为", "expected ")), "{}", message);
                prop_assert!(!message.chars().any(char::is_control));
            }
        }
    }

    #[test]
    fn everything_before_an_error_was_right(text in any_text()) {
        // The text up to the error can still become a code; only a repeated or falling flag, or a sixth digit, ends it.
        if let Err(error) = GridCode::parse(&text) && error.kind() != ParseErrorKind::UnitTooLong {
            let before = &text[..error.span().start];
            let rest = match error.part() {
                Part::Unit => "1Aa",
                Part::Resident => "Aa",
                Part::Tenure => "a",
                Part::Flags => "",
            };
            prop_assert!(GridCode::parse(&format!("{before}{rest}")).is_ok(), "{:?} then {:?}", before, rest);
        }
    }

    #[test]
    fn repair_leaves_a_printed_code_alone(code in code()) {
        let repaired = repair_in(&code.to_string(), Alphabet::ANY).unwrap();
        prop_assert_eq!(repaired.code, code);
        prop_assert_eq!(repaired.changes, vec![]);
    }

    #[test]
    fn the_changes_of_a_repair_make_the_code(text in any_text(), alphabet in alphabet()) {
        if let Ok(repaired) = repair_in(&text, alphabet) {
            let mut made = String::new();
            let mut done = 0;
            for change in &repaired.changes {
                prop_assert!(done <= change.span.start, "changes overlap: {:?}", repaired);
                prop_assert_eq!(&text[change.span.clone()], &change.before);
                prop_assert_ne!(&change.before, &change.after);
                made.push_str(&text[done..change.span.start]);
                made.push_str(&change.after);
                done = change.span.end;
            }
            made.push_str(&text[done..]);
            prop_assert_eq!(&made, &repaired.code.to_string());
            prop_assert_eq!(GridCode::parse_in(&made, alphabet), Ok(repaired.code));
            prop_assert_eq!(repaired.changes.is_empty(), made == text);
            prop_assert!(repaired.confidence() < Confidence::Never);
        }
    }

    #[test]
    fn a_refused_repair_says_why(text in any_text()) {
        if let Err(refused) = repair(&text) {
            prop_assert_eq!(Err(refused.error()), GridCode::parse(&text));
            if let Reason::Ambiguous(codes) = refused.reason() {
                prop_assert!(codes.len() > 1);
                prop_assert!(codes.is_sorted());
            }
            for lang in [Lang::Zh, Lang::En] {
                let message = refused.message(lang).to_string();
                prop_assert!(message.starts_with(lang.pick("此处应为", "expected ")), "{}", message);
            }
        }
    }

    #[test]
    fn safe_dirt_around_and_between_the_parts_comes_off(
        code in published(),
        dirt in proptest::collection::vec("[ \t\n\r\u{a0}\u{3000}\u{feff}\u{200b}\u{200e}\u{ad}]{0,3}", 5),
    ) {
        let [resident, tenure] = [code.resident.as_char(), code.tenure.as_char()];
        let parts = [code.unit.to_string(), resident.to_string(), tenure.to_string(), code.flags.to_string()];
        let mut text = dirt[0].clone();
        for (part, dirt) in parts.iter().zip(&dirt[1..]) {
            text.push_str(part);
            text.push_str(dirt);
        }
        let repaired = repair(&text).unwrap();
        prop_assert_eq!(repaired.code, code);
        prop_assert_eq!(repaired.confidence(), Confidence::Safe);
    }

    #[test]
    fn full_width_codes_are_safe(code in published()) {
        let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap();
        let text: String = code.to_string().chars().map(wide).collect();
        let repaired = repair(&text).unwrap();
        prop_assert_eq!(repaired.code, code);
        prop_assert_eq!(repaired.confidence(), Confidence::Safe);
        prop_assert_eq!(repaired.changes.len(), 1);
    }

    #[test]
    fn shuffled_flags_are_sorted_and_never_safe(code in published(), digits in proptest::collection::vec(0..10_u8, 2..10)) {
        if digits.is_sorted_by(|a, b| a < b) {
            return Ok(());
        }
        let mut text = GridCode { flags: Flags::NONE, ..code }.to_string();
        text.extend(digits.iter().map(|digit| char::from(b'0' + digit)));
        let repaired = repair(&text).unwrap();
        prop_assert_eq!(repaired.code, GridCode { flags: digits.into_iter().collect(), ..code });
        prop_assert_eq!(repaired.confidence(), Confidence::Suggested);
    }

    #[test]
    fn order_is_by_number_then_writing_then_parts(a in code(), b in code()) {
        let key = |code: GridCode| {
            let flags = code.flags.iter().fold(0_u32, |bits, digit| bits | 1 << digit);
            (code.unit.number(), code.unit.digits(), code.resident, code.tenure, flags)
        };
        prop_assert_eq!(a.cmp(&b), key(a).cmp(&key(b)));
        prop_assert_eq!(a == b, a.to_string() == b.to_string());
    }
}

#[test]
fn a_code_is_eight_bytes() {
    assert_eq!(size_of::<GridCode>(), 8);
    assert_eq!(size_of::<Option<GridCode>>(), 12);
}

#[test]
fn the_three_printed_examples_are_read() {
    for (text, unit, flag) in [("803Aa7", 803, 7), ("606Aa5", 606, 5), ("505Aa5", 505, 5)] {
        let code: GridCode = text.parse().unwrap();
        assert_eq!((code.unit.number(), code.unit.digits()), (unit, 3));
        assert_eq!(
            (code.resident, code.tenure),
            (ResidentLetter::A, TenureLetter::A)
        );
        assert_eq!(code.flags, Flags::NONE.with(flag));
        assert_eq!(format!("{code:?}"), format!("GridCode({text})"));
    }
}

#[test]
fn a_text_of_ten_megabytes_is_refused_near_its_beginning() {
    let millions = |piece: &str| piece.repeat(10_000_000 / piece.len());
    for text in [
        millions("8"),
        millions(" "),
        millions("八"),
        format!("803Aa{}", millions("7")),
        format!("803Aa7{}", millions(" ")),
    ] {
        let refused = repair(&text).unwrap_err();
        assert_eq!(refused.reason(), &Reason::Syntax);
        assert!(refused.error().span().end <= 100);
        assert!(refused.to_string().len() < 100);
    }
}
