//! A code in other people's data: a string, by its text.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};

use super::{Alphabet, GridCode};

/// Written as its text: `"803Aa7"`.
impl Serialize for GridCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.encode_into(&mut [0; Self::MAX_LEN]))
    }
}

/// Read strictly, with every letter of the grammar ([`Alphabet::ANY`]): stored data outlives a codebook,
/// and which letters are in use is the codebook's to say, not the data format's.
impl<'de> Deserialize<'de> for GridCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(CodeText)
    }
}

struct CodeText;

impl Visitor<'_> for CodeText {
    type Value = GridCode;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a grid code such as \"803Aa7\"")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<GridCode, E> {
        GridCode::parse_in(text, Alphabet::ANY).map_err(E::custom)
    }

    // A reader of bytes, such as one of a binary format, hands over the same text.
    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<GridCode, E> {
        match str::from_utf8(bytes) {
            Ok(text) => self.visit_str(text),
            Err(_) => Err(E::invalid_value(Unexpected::Bytes(bytes), &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_holds_the_text() {
        let code = GridCode::parse("0803Bb58").unwrap();
        let json = serde_json::to_string(&code).unwrap();
        assert_eq!(json, "\"0803Bb58\"");
        assert_eq!(serde_json::from_str::<GridCode>(&json).unwrap(), code);
    }

    #[test]
    fn any_letter_of_the_grammar_is_read() {
        let code: GridCode = serde_json::from_str("\"803Qz\"").unwrap();
        assert_eq!(code.to_string(), "803Qz");
    }

    #[test]
    fn a_refused_text_says_why() {
        let error = serde_json::from_str::<GridCode>("\"803A7\"").unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("expected a tenure, a small letter, found '7'")
        );
        let error = serde_json::from_str::<GridCode>("803").unwrap_err();
        assert!(
            error.to_string().starts_with(
                "invalid type: integer `803`, expected a grid code such as \"803Aa7\""
            )
        );
    }
}
