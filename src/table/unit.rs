//! The characters of an encoded text by their bytes: where each ends, and which are delimiters, quotes and line ends.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, SHIFT_JIS, UTF_16BE, UTF_16LE,
};

/// How an encoding cuts its bytes into characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Units {
    /// A byte below 128 is always that ASCII character: UTF-8 and all encodings of one byte.
    Bytes,
    /// Two bytes, or four where the second is a digit.
    Gb,
    /// Two bytes where the first lies in one of these ranges.
    Pairs([(u8, u8); 2]),
    /// Two bytes each, little or big end first.
    Wide { little: bool },
}

/// One character, or a piece of one that holds nothing special.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) length: usize,
    /// What it is in ASCII.
    pub(super) sign: Option<u8>,
}

impl Units {
    /// `None` for the one encoding in which bytes mean something only after what came before.
    pub(super) fn of(encoding: &'static Encoding) -> Option<Self> {
        Some(if encoding == UTF_16LE {
            Self::Wide { little: true }
        } else if encoding == UTF_16BE {
            Self::Wide { little: false }
        } else if encoding == GB18030 || encoding == GBK {
            Self::Gb
        } else if encoding == BIG5 || encoding == EUC_KR {
            Self::Pairs([(0x81, 0xfe), (0x81, 0xfe)])
        } else if encoding == SHIFT_JIS {
            Self::Pairs([(0x81, 0x9f), (0xe0, 0xfc)])
        } else if encoding == ISO_2022_JP {
            return None;
        } else {
            Self::Bytes
        })
    }

    /// The character that begins at `at`; `None` where there is none, or where more bytes have to be read to know it.
    pub(super) fn next(self, bytes: &[u8], at: usize, ended: bool) -> Option<Unit> {
        let first = *bytes.get(at)?;
        let second = bytes.get(at + 1).copied();
        let length = match self {
            Self::Wide { .. } => 2,
            Self::Gb if (0x81..=0xfe).contains(&first) => match second {
                Some(b'0'..=b'9') => 4,
                Some(_) => 2,
                None if ended => 1,
                None => return None,
            },
            Self::Pairs(leads)
                if leads
                    .iter()
                    .any(|(from, to)| (*from..=*to).contains(&first)) =>
            {
                2
            }
            Self::Bytes | Self::Gb | Self::Pairs(_) => 1,
        };
        let left = bytes.len() - at;
        if left < length && !ended {
            return None;
        }
        let sign = match (self, second) {
            (Self::Wide { little: true }, Some(0)) => Some(first),
            (Self::Wide { little: false }, Some(second)) if first == 0 => Some(second),
            (Self::Wide { .. }, _) => None,
            _ => (length == 1).then_some(first),
        };
        Some(Unit {
            length: length.min(left),
            sign: sign.filter(u8::is_ascii),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ASCII characters of a text, found in its bytes.
    fn signs(text: &str, encoding: &'static Encoding) -> String {
        let bytes = encoding.encode(text).0;
        let units = Units::of(encoding).unwrap();
        let (mut at, mut signs) = (0, String::new());
        while let Some(unit) = units.next(&bytes, at, true) {
            signs.extend(unit.sign.map(char::from));
            at += unit.length;
        }
        assert_eq!(at, bytes.len());
        signs
    }

    #[test]
    fn bytes_inside_a_character_are_no_delimiters() {
        // The second bytes of these are | and other ASCII characters.
        let text = "\u{4e04}|丂,\"亅|\u{20087},龥;𠂇|\r\n";
        for encoding in [GB18030, encoding_rs::UTF_8] {
            assert_eq!(signs(text, encoding), "|,\"|,;|\r\n", "{}", encoding.name());
        }
        assert_eq!(signs("功|許,表;|\n", BIG5), "|,;|\n");
        assert_eq!(signs("ソ|表,ー;|\n", SHIFT_JIS), "|,;|\n");
    }

    #[test]
    fn a_character_that_is_cut_waits_for_its_rest() {
        let bytes = GB18030.encode("楼\u{20087}").0;
        assert_eq!(Units::Gb.next(bytes.get(..1).unwrap(), 0, false), None);
        assert_eq!(Units::Gb.next(bytes.get(..5).unwrap(), 2, false), None);
        assert_eq!(Units::Gb.next(&bytes, 2, false).unwrap().length, 4);
        let wide = Units::Wide { little: true };
        assert_eq!(wide.next(b"a", 0, false), None);
        assert_eq!(wide.next(b"a\0", 0, false).unwrap().sign, Some(b'a'));
    }
}
