//! The changes of a repair, made in the text, give the code; a code needs none.
#![no_main]

use gridcode::code::{Alphabet, GridCode, repair_in};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for alphabet in [Alphabet::PUBLISHED, Alphabet::ANY] {
        match repair_in(text, alphabet) {
            Ok(repaired) => {
                let mut made = text.to_owned();
                for change in repaired.changes.iter().rev() {
                    assert_eq!(text[change.span.clone()], change.before);
                    made.replace_range(change.span.clone(), &change.after);
                }
                assert_eq!(made, repaired.code.to_string());
                assert_eq!(repaired.changes.is_empty(), made == text);
            }
            Err(refused) => {
                assert_eq!(GridCode::parse_in(text, alphabet), Err(refused.error()));
                assert!(!refused.text().zh.is_empty());
            }
        }
    }
});
