//! Bytes to text, block by block, strictly: what cannot be decoded is an error, never a replacement character.

use std::io::Read;

use super::fill::fill;
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};

/// Why no further text can be had.
#[derive(Debug)]
pub(crate) enum DecodeError {
    /// The byte at this offset does not fit the encoding.
    Malformed(u64),
    /// The bytes cannot be read.
    Io(std::io::Error),
}

/// A stream of bytes read as text of one encoding.
pub(crate) struct Decode<R> {
    input: R,
    /// `None` for UTF-8, which is checked and copied.
    decoder: Option<Decoder>,
    /// Room for a block; the first `held` bytes are the beginning of a character that the last one cut in two.
    raw: Vec<u8>,
    held: usize,
    /// The offset of the first byte in `raw`.
    offset: u64,
    ended: bool,
    /// Why there is no text after that which was given last.
    failed: Option<DecodeError>,
}

impl<R: Read> Decode<R> {
    /// Starts after a byte order mark of `mark` bytes.
    pub(crate) fn new(
        mut input: R,
        encoding: &'static Encoding,
        mark: usize,
    ) -> std::io::Result<Self> {
        let skipped = std::io::copy(&mut (&mut input).take(mark as u64), &mut std::io::sink())?;
        Ok(Self {
            input,
            decoder: (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling()),
            raw: Vec::new(),
            held: 0,
            offset: skipped,
            ended: false,
            failed: None,
        })
    }

    /// Whether every byte has been turned into text.
    pub(crate) fn ended(&self) -> bool {
        self.ended
    }

    /// Where in the stream the text ends that was given so far; `None` where text is not the bytes it is made of.
    pub(crate) fn place(&self) -> Option<u64> {
        self.decoder.is_none().then_some(self.offset)
    }

    /// Why the text breaks off after what [`more`](Self::more) gave last.
    pub(crate) fn failure(&mut self) -> Result<(), DecodeError> {
        self.failed.take().map_or(Ok(()), Err)
    }

    /// Reads about `want` bytes on and appends their text. An error comes after all the text before it, so that how
    /// much is read at a time makes no difference.
    pub(crate) fn more(&mut self, out: &mut String, want: usize) -> Result<(), DecodeError> {
        self.failure()?;
        let before = out.len();
        match self.append(out, want) {
            Err(error) if out.len() > before => {
                self.failed = Some(error);
                Ok(())
            }
            result => result,
        }
    }

    fn append(&mut self, out: &mut String, want: usize) -> Result<(), DecodeError> {
        let end = self.held + want;
        if self.raw.len() < end {
            self.raw.resize(end, 0);
        }
        let room = self.raw.get_mut(self.held..end).unwrap_or_default();
        let (read, result) = fill(&mut self.input, room);
        let last = result.is_ok() && read < want;
        let filled = self.held + read;
        match &mut self.decoder {
            None => self.copy_utf8(out, filled, last)?,
            Some(decoder) => {
                debug_assert_eq!(self.held, 0, "a decoder keeps its own unfinished bytes");
                let block = self.raw.get(..filled).unwrap_or_default();
                decode(decoder, block, self.offset, last, out)?;
                self.offset += filled as u64;
            }
        }
        result.map_err(DecodeError::Io)?;
        self.ended = last;
        Ok(())
    }

    fn copy_utf8(
        &mut self,
        out: &mut String,
        filled: usize,
        last: bool,
    ) -> Result<(), DecodeError> {
        // A character that the block cuts in two waits for its other half; nothing is checked twice.
        let block = self.raw.get(..filled).unwrap_or_default();
        let end = if last {
            filled
        } else {
            whole_characters(block)
        };
        let block = block.get(..end).unwrap_or_default();
        // The quicker check says only yes or no; where the bad byte is, is asked once in a file.
        let checked = simdutf8::basic::from_utf8(block);
        let text = checked.unwrap_or_else(|_| whole_text(block));
        let (good, broken) = (text.len(), checked.is_err());
        out.push_str(text);
        self.raw.copy_within(good..filled, 0);
        self.held = filled - good;
        self.offset += good as u64;
        if broken {
            return Err(DecodeError::Malformed(self.offset));
        }
        Ok(())
    }
}

/// The text before the first bad byte.
#[cold]
fn whole_text(bytes: &[u8]) -> &str {
    let good =
        simdutf8::compat::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    std::str::from_utf8(bytes.get(..good).unwrap_or_default()).unwrap_or_default()
}

/// How many of the bytes are left without a last character that wants more bytes.
fn whole_characters(bytes: &[u8]) -> usize {
    let tail = bytes.iter().rev().take(3).zip(1..);
    let begun = tail.into_iter().find(|(byte, _)| **byte & 0xc0 != 0x80);
    match begun {
        Some((&lead, held)) if lead >= 0xc0 && held < lead.leading_ones() as usize => {
            bytes.len() - held
        }
        _ => bytes.len(),
    }
}

/// Decodes one block. `offset` is where the block begins in the stream.
fn decode(
    decoder: &mut Decoder,
    block: &[u8],
    offset: u64,
    last: bool,
    out: &mut String,
) -> Result<(), DecodeError> {
    let room = decoder
        .max_utf8_buffer_length_without_replacement(block.len())
        .unwrap_or(block.len() * 4 + 16);
    out.reserve(room);
    let mut used = 0;
    loop {
        let rest = block.get(used..).unwrap_or_default();
        let (result, read) = decoder.decode_to_string_without_replacement(rest, out, last);
        used += read;
        match result {
            DecoderResult::InputEmpty => return Ok(()),
            DecoderResult::OutputFull => out.reserve(room.max(64)),
            DecoderResult::Malformed(bad, after) => {
                let back = u64::from(bad) + u64::from(after);
                return Err(DecodeError::Malformed(
                    (offset + used as u64).saturating_sub(back),
                ));
            }
        }
    }
}
