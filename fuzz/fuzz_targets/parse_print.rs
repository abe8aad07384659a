//! Whatever is read prints back, and every refusal points into the text.
#![no_main]

use gridcode::code::{Alphabet, GridCode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for alphabet in [Alphabet::PUBLISHED, Alphabet::ANY] {
        match GridCode::parse_in(text, alphabet) {
            Ok(code) => {
                assert_eq!(code.to_string(), text);
                assert_eq!(GridCode::parse_in(&code.to_string(), alphabet), Ok(code));
            }
            Err(error) => {
                assert!(text.get(error.span()).is_some());
                assert_eq!(error.found(), text[error.span().start..].chars().next());
                let message = error.text();
                assert!(
                    !message
                        .zh
                        .chars()
                        .chain(message.en.chars())
                        .any(char::is_control)
                );
            }
        }
    }
});
