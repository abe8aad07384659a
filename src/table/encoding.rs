//! Which encoding a text is in, by rule and never by guess: the same bytes always give the same answer.

use std::io::Read;

use encoding_rs::{Encoding, GB18030, GBK, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};

use super::decode::{Decode, DecodeError};
use super::fill::fill;
use super::{Remedy, Source, TableError};
use crate::lang::Text;

const BLOCK: usize = 1 << 18;
/// Lead bytes from here on begin characters at or above U+0800.
const LEAD_OF_THREE: u8 = 0xE0;
/// So many Chinese characters in a row do not come out of GB18030 text by chance.
const ENOUGH: usize = 8;

/// What to do where the letters are wrong, for who types no options.
const RESAVE: (&str, &str) = (
    "；如果文字是乱码，请用 Excel 或 WPS 打开名单，另存为 .xlsx 再检查",
    "; if its words are garbled, open the list in Excel or WPS, save it as .xlsx and check that",
);

/// The encoding of a text, and how it was found.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub(crate) encoding: &'static Encoding,
    /// The length of the byte order mark.
    pub(crate) mark: usize,
    /// Why, where the reader of the output should know.
    pub(crate) note: Option<Text>,
}

/// The encoding with a name such as `gbk` or `utf-8`. GBK is always read as its superset GB18030.
pub(crate) fn by_label(label: &str) -> Result<&'static Encoding, TableError> {
    match Encoding::for_label(label.trim().as_bytes()) {
        Some(encoding) if encoding == GBK => Ok(GB18030),
        Some(encoding) if encoding != REPLACEMENT && encoding != X_USER_DEFINED => Ok(encoding),
        _ => Err(TableError::UnknownEncoding {
            label: label.to_owned(),
        }),
    }
}

/// Decides: an asked-for encoding, a byte order mark, strict UTF-8 over the whole input, GB18030, in this order. Where
/// the sample is UTF-8 with Chinese characters, the whole input need not be read to know that.
///
/// One hole is closed: 13.75 % of the GB2312 characters (楼, 元, 注) are two bytes that are also valid UTF-8 below
/// U+0800. A text whose non-ASCII characters all lie there, and that is valid GB18030, is GB18030.
///
/// And UTF-8 with one broken byte is never turned into GB18030 gibberish: where Chinese characters in UTF-8 stand
/// before the first bad byte, the text is damaged UTF-8 and refused.
pub(crate) fn decide(
    source: &Source,
    sample: &[u8],
    asked: Option<&str>,
    remedy: Remedy,
) -> Result<Decision, TableError> {
    let marked = Encoding::for_bom(sample);
    if let Some(label) = asked {
        let encoding = by_label(label)?;
        let mark = match marked {
            Some((found, length)) if found == encoding => length,
            _ => 0,
        };
        return Ok(Decision {
            encoding,
            mark,
            note: None,
        });
    }
    if let Some((encoding, mark)) = marked {
        return Ok(Decision {
            encoding,
            mark,
            note: None,
        });
    }
    if let Some(encoding) = utf16_without_mark(sample) {
        return Ok(Decision {
            encoding,
            mark: 0,
            note: Some(Text::new(
                format!(
                    "按 {} 读取：没有字节顺序标记，由空字节的位置判定",
                    encoding.name()
                ),
                format!(
                    "read as {}: it has no byte order mark, the zero bytes tell",
                    encoding.name()
                ),
            )),
        });
    }
    if is_plainly_utf8(sample) {
        return Ok(Decision {
            encoding: UTF_8,
            mark: 0,
            note: None,
        });
    }
    by_content(source, remedy)
}

/// Whether the beginning of a text settles it: nothing that follows could make another encoding of it, and a bad byte
/// that comes is found on the way.
fn is_plainly_utf8(sample: &[u8]) -> bool {
    let good = match simdutf8::compat::from_utf8(sample) {
        Ok(_) => sample,
        // The last character may be cut in two.
        Err(error) if error.error_len().is_none() => {
            sample.get(..error.valid_up_to()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    high(good) >= ENOUGH
}

/// How many characters at or above U+0800 there are; not counted beyond [`ENOUGH`].
fn high(text: &[u8]) -> usize {
    let lead = |&&byte: &&u8| byte >= LEAD_OF_THREE;
    text.iter().filter(lead).take(ENOUGH).count()
}

/// What a pass over the whole input as UTF-8 found.
struct Utf8Pass {
    ascii: bool,
    /// How many characters at or above U+0800 stand before the first bad byte; not counted beyond [`ENOUGH`].
    high: usize,
    bad: Option<u64>,
}

fn by_content(source: &Source, remedy: Remedy) -> Result<Decision, TableError> {
    let pass = utf8_pass(source)?;
    let utf8 = Decision {
        encoding: UTF_8,
        mark: 0,
        note: None,
    };
    match pass.bad {
        None if pass.ascii || pass.high > 0 => Ok(utf8),
        None => Ok(match first_bad(source, GB18030)? {
            None => Decision {
                encoding: GB18030,
                mark: 0,
                note: Some(Text::new(
                    "按 GB18030 读取：虽然也是有效的 UTF-8，但其中没有一个汉字".to_owned()
                        + remedy.pick("（可用 --encoding utf-8 改变）", RESAVE.0),
                    "read as GB18030: it is also valid UTF-8, but without a single Chinese character"
                        .to_owned()
                        + remedy.pick(" (--encoding utf-8 overrides)", RESAVE.1),
                )),
            },
            Some(_) => utf8,
        }),
        Some(utf8_bad) if pass.high >= ENOUGH => Err(malformed(source, UTF_8, utf8_bad)),
        Some(utf8_bad) => match first_bad(source, GB18030)? {
            None => Ok(Decision {
                encoding: GB18030,
                mark: 0,
                note: Some(Text::new(
                    "按 GB18030（GBK）读取：不是有效的 UTF-8".to_owned()
                        + remedy.pick("（可用 --encoding 改变）", RESAVE.0),
                    "read as GB18030 (GBK): it is not valid UTF-8".to_owned()
                        + remedy.pick(" (--encoding overrides)", RESAVE.1),
                )),
            }),
            Some(gb_bad) if gb_bad > utf8_bad => Err(malformed(source, GB18030, gb_bad)),
            Some(_) => Err(malformed(source, UTF_8, utf8_bad)),
        },
    }
}

fn utf8_pass(source: &Source) -> Result<Utf8Pass, TableError> {
    let (mut input, packed) = source.unpacked()?;
    let mut pass = Utf8Pass {
        ascii: true,
        high: 0,
        bad: None,
    };
    // The last character of a block may go on in the next one.
    let mut room = vec![0; BLOCK + 4];
    let (mut held, mut offset) = (0, 0);
    loop {
        let (read, result) = fill(
            &mut input,
            room.get_mut(held..held + BLOCK).unwrap_or_default(),
        );
        result.map_err(|error| source.broke(error, packed))?;
        let block = room.get(..held + read).unwrap_or_default();
        let (good, bad) = match simdutf8::compat::from_utf8(block) {
            Ok(_) => (block.len(), false),
            Err(error) => (
                error.valid_up_to(),
                error.error_len().is_some() || read < BLOCK,
            ),
        };
        let text = block.get(..good).unwrap_or_default();
        pass.ascii = pass.ascii && text.is_ascii();
        if !pass.ascii && pass.high < ENOUGH {
            pass.high += high(text);
        }
        if bad {
            pass.bad = Some(offset + good as u64);
            return Ok(pass);
        }
        held = block.len() - good;
        room.copy_within(good..good + held, 0);
        offset += good as u64;
        if read < BLOCK {
            return Ok(pass);
        }
    }
}

/// The offset of the first byte that is not valid in an encoding.
fn first_bad(source: &Source, encoding: &'static Encoding) -> Result<Option<u64>, TableError> {
    let (input, packed) = source.unpacked()?;
    let mut text = String::new();
    let mut decode =
        Decode::new(input, encoding, 0).map_err(|error| source.broke(error, packed))?;
    while !decode.ended() {
        text.clear();
        match decode.more(&mut text, BLOCK) {
            Ok(()) => {}
            Err(DecodeError::Malformed(byte)) => return Ok(Some(byte)),
            Err(DecodeError::Io(error)) => return Err(source.broke(error, packed)),
        }
    }
    Ok(None)
}

/// The error for a byte that does not fit: its line is counted only now, by reading again up to it.
pub(crate) fn malformed(source: &Source, encoding: &'static Encoding, byte: u64) -> TableError {
    TableError::Encoding {
        name: source.name().to_owned(),
        encoding: encoding.name(),
        line: line_of(source, encoding, byte).unwrap_or(1),
        byte,
    }
}

fn line_of(source: &Source, encoding: &'static Encoding, byte: u64) -> Result<u64, TableError> {
    let (input, packed) = source.unpacked()?;
    let mut text = String::new();
    let mut line = 1;
    let mut after_cr = false;
    let mut decode =
        Decode::new(input.take(byte), encoding, 0).map_err(|error| source.broke(error, packed))?;
    while !decode.ended() {
        text.clear();
        // The bytes before the first bad one decode; whatever else is met ends the count.
        if decode.more(&mut text, BLOCK).is_err() {
            break;
        }
        for sign in text.bytes() {
            line += u64::from(sign == b'\r' || sign == b'\n' && !after_cr);
            after_cr = sign == b'\r';
        }
    }
    Ok(line)
}

/// UTF-16 that lacks its mark: every delimiter, digit and line end has a zero byte, always on the same side.
fn utf16_without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    memchr::memchr(0, sample)?;
    let pairs = sample.chunks_exact(2);
    let total = pairs.len();
    let (mut before, mut after) = (0, 0);
    for pair in pairs {
        match pair {
            [0, 0] => return None,
            [0, _] => before += 1,
            [_, 0] => after += 1,
            _ => {}
        }
    }
    let one_side = |most: usize, least: usize| most * 20 >= total && least * 20 <= most;
    let encoding = match (before, after) {
        (0, 0) => return None,
        (be, le) if one_side(le, be) => UTF_16LE,
        (be, le) if one_side(be, le) => UTF_16BE,
        _ => return None,
    };
    let even = sample.get(..total * 2).unwrap_or_default();
    let mut text = String::new();
    let mut decode = Decode::new(even, encoding, 0).ok()?;
    // The sample may cut a surrogate pair: one unit less is tried before it is called broken.
    if decode.more(&mut text, even.len() + 1).is_ok() {
        return Some(encoding);
    }
    let shorter = even.get(..even.len().saturating_sub(2))?;
    let mut decode = Decode::new(shorter, encoding, 0).ok()?;
    decode
        .more(&mut text, shorter.len() + 1)
        .is_ok()
        .then_some(encoding)
}
