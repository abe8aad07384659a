//! What is inside a zip archive or compound file, looked at before a workbook reader is let near it.

use std::collections::BTreeMap;
use std::io::{BufReader, Read};

use calamine::Dimensions;
use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use super::areas::{self, Tail};
use super::fill::fill;
use super::kind;
use super::source::Input;
use super::text::unsupported;
use super::{Format, Source, TableError};

/// No part that has to be held in memory may unpack to more.
const LARGEST_PART: u64 = 1 << 30;
/// A sheet is streamed and may be larger, but not while it packs beyond anything a real list does.
const LARGEST_SHEET: u64 = 16 << 30;
const SUSPECT_SIZE: u64 = 256 << 20;
const SUSPECT_RATIO: u64 = 500;

/// The parts that say which sheets there are hold no more of what is looked for.
const MOST_OF_INDEX: u64 = 1 << 20;

const ODS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
const MERGE: &[u8] = b"mergeCell";
/// How a formula opens in the XML of a sheet, but for the sign after it.
const FORMULA: &[u8] = b"<f";
/// How much is unpacked at a time, and how much of it is looked at once more with what follows.
const BLOCK: usize = 1 << 16;
const KEPT: usize = MERGE.len() - 1;
const COUNT: &[u8] = b"uniqueCount=\"";
/// A promise of so many texts is believed; a larger one only where the part is large enough to keep it.
const MOST_PROMISED: u64 = 1 << 24;

/// What a look inside found.
#[derive(Debug)]
pub(crate) struct Inside {
    pub(crate) format: Format,
    /// Whether any sheet may have merged cells; finding out which costs another pass, where it is not known.
    pub(crate) merges: bool,
    /// The sheets in the order of their tabs, as far as they are understood: the name of each, and its merged areas where
    /// these are.
    pub(crate) areas: Vec<(String, Option<Vec<Dimensions>>)>,
    /// Whether any sheet may have formulas, which may come without their value.
    pub(crate) formulas: bool,
}

/// Looks into a zip archive: which workbook it is, whether every part is whole, and whether it is a bomb.
pub(crate) fn of_zip(source: &Source) -> Result<Inside, TableError> {
    let mut archive =
        ZipArchive::new(BufReader::new(source.open()?)).map_err(|error| damaged(source, &error))?;
    let names: Vec<String> = archive
        .file_names_raw()
        .map(|name| String::from_utf8_lossy(name).replace('\\', "/"))
        .collect();
    let Some(format) = format(&mut archive, &names) else {
        let (what, advice) = kind::of_package(&names);
        return Err(unsupported(source, what, advice));
    };
    let mut inside = Inside {
        format,
        merges: false,
        areas: Vec::new(),
        formulas: false,
    };
    let mut tails: BTreeMap<&str, Option<Vec<Dimensions>>> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        let lower = name.to_ascii_lowercase();
        let is_sheet = lower.starts_with("xl/worksheets/");
        if !is_sheet && !is_held_in_memory(&lower) {
            continue;
        }
        let limit = if is_sheet {
            LARGEST_SHEET
        } else {
            LARGEST_PART
        };
        let (found, tail) = survey(source, &mut archive, index, limit)?;
        if is_sheet {
            tails.insert(name, tail.areas());
        }
        inside.merges |= found.merges && is_sheet;
        inside.formulas |= found.formulas && is_sheet;
    }
    if inside.merges && format == Format::Xlsx {
        let mut part = |name: &str| -> Option<Vec<u8>> {
            let mut text = Vec::new();
            let part = archive.by_name(name).ok()?;
            part.take(MOST_OF_INDEX).read_to_end(&mut text).ok()?;
            Some(text)
        };
        let workbook = part("xl/workbook.xml");
        let relationships = part("xl/_rels/workbook.xml.rels");
        let parts = workbook
            .zip(relationships)
            .and_then(|(workbook, relationships)| areas::parts(&workbook, &relationships));
        let areas = parts.into_iter().flatten().map(|(name, part)| {
            let areas = tails.get(part.as_str()).cloned().flatten();
            (name, areas)
        });
        inside.areas = areas.collect();
    }
    Ok(inside)
}

fn is_held_in_memory(lower: &str) -> bool {
    let is_part = std::path::Path::new(lower)
        .extension()
        .is_some_and(|end| end == "xml" || end == "bin" || end == "rels");
    is_part && !lower.starts_with("xl/media/")
}

fn format(archive: &mut ZipArchive<BufReader<Input>>, names: &[String]) -> Option<Format> {
    let has = |part: &str| names.iter().any(|name| name.eq_ignore_ascii_case(part));
    if has("xl/workbook.bin") {
        return Some(Format::Xlsb);
    }
    let in_sheets = |name: &String| name.to_ascii_lowercase().starts_with("xl/worksheets/");
    if has("xl/workbook.xml") || names.iter().any(in_sheets) {
        return Some(Format::Xlsx);
    }
    let mut mime = Vec::new();
    let part = archive.by_name("mimetype").ok()?;
    part.take(ODS.len() as u64).read_to_end(&mut mime).ok()?;
    (mime == ODS).then_some(Format::Ods)
}

/// What a part speaks of.
#[derive(Clone, Copy, Default)]
struct Spoken {
    merges: bool,
    formulas: bool,
}

impl Spoken {
    /// Looks for what was not found before; every block is looked through at the speed of memory.
    fn look(&mut self, block: &[u8]) {
        self.merges = self.merges || memmem::find(block, MERGE).is_some();
        self.formulas = self.formulas || {
            let after = |at: usize| block.get(at + FORMULA.len());
            memmem::find_iter(block, FORMULA).any(|at| matches!(after(at), Some(b'>' | b' ')))
        };
    }
}

/// Unpacks one part into nothing: it must be whole and not too large. Says whether it speaks of merged cells and of formulas.
fn survey(
    source: &Source,
    archive: &mut ZipArchive<BufReader<Input>>,
    index: usize,
    limit: u64,
) -> Result<(Spoken, Tail), TableError> {
    let mut part = archive
        .by_index(index)
        .map_err(|error| damaged(source, &error))?;
    let packed = part.compressed_size().max(1);
    let (mut spoken, mut tail) = (Spoken::default(), Tail::default());
    let mut total = 0;
    let mut block = vec![0; KEPT + BLOCK];
    // How many bytes of the last block stay, in case a word lies across the border.
    let mut kept = 0;
    loop {
        let room = block.get_mut(kept..).unwrap_or_default();
        let (read, result) = fill(&mut part, room);
        result.map_err(|error| TableError::Corrupt {
            name: source.name().to_owned(),
            detail: format!("zip: {error}"),
        })?;
        if read == 0 {
            return Ok((spoken, tail));
        }
        let seen = block.get(..kept + read).unwrap_or_default();
        total += read as u64;
        if total > limit || (total > SUSPECT_SIZE && total / packed > SUSPECT_RATIO) {
            return Err(TableError::TooLarge {
                name: source.name().to_owned(),
            });
        }
        if total == read as u64 && promised(seen) > MOST_PROMISED.max(part.size() / 5) {
            return Err(TableError::Corrupt {
                name: source.name().to_owned(),
                detail: "it promises more texts than it holds".to_owned(),
            });
        }
        spoken.look(seen);
        if spoken.merges {
            tail.take(seen, kept);
        }
        let from = seen.len().saturating_sub(KEPT);
        kept = seen.len() - from;
        block.copy_within(from..from + kept, 0);
    }
}

/// How many shared strings the first bytes of a part promise; the workbook reader reserves memory for them all.
fn promised(block: &[u8]) -> u64 {
    let Some(at) = block.windows(COUNT.len()).position(|word| word == COUNT) else {
        return 0;
    };
    block
        .iter()
        .skip(at + COUNT.len())
        .map_while(|sign| sign.is_ascii_digit().then(|| u64::from(sign - b'0')))
        .fold(0, |sum: u64, digit| {
            sum.saturating_mul(10).saturating_add(digit)
        })
}

fn damaged(source: &Source, error: &ZipError) -> TableError {
    let name = source.name().to_owned();
    match error {
        ZipError::InvalidPassword => TableError::Password { name },
        ZipError::UnsupportedArchive(why) if why.to_ascii_lowercase().contains("password") => {
            TableError::Password { name }
        }
        error => TableError::Corrupt {
            name,
            detail: format!("zip: {error}"),
        },
    }
}

/// Looks into a compound file for the stream that tells what it is.
///
/// A directory entry is 128 bytes on a multiple of 128: its name in UTF-16LE, and at byte 64 the name's length.
pub(crate) fn of_compound(source: &Source) -> Result<Inside, TableError> {
    let mut input = BufReader::with_capacity(1 << 16, source.open()?);
    let (mut workbook, mut word) = (false, false);
    let mut entry = [0; 128];
    let (mut read, mut directory) = (0_u64, None);
    while input.read_exact(&mut entry).is_ok() {
        if is_entry(&entry, "EncryptedPackage") {
            return Err(TableError::Password {
                name: source.name().to_owned(),
            });
        }
        directory = directory.or_else(|| Some(directory_end(&entry)));
        read += entry.len() as u64;
        workbook |= is_entry(&entry, "Workbook") || is_entry(&entry, "Book");
        word |= is_entry(&entry, "WordDocument");
    }
    if !workbook && directory.is_none_or(|end| read < end) {
        return Err(TableError::Corrupt {
            name: source.name().to_owned(),
            detail: "it ends before its directory".to_owned(),
        });
    }
    if !workbook {
        let (what, advice) = kind::of_compound(word);
        return Err(unsupported(source, what, advice));
    }
    Ok(Inside {
        format: Format::Xls,
        merges: true,
        areas: Vec::new(),
        formulas: false,
    })
}

/// Where the first sector of the directory ends, by the head of the file.
fn directory_end(head: &[u8; 128]) -> u64 {
    let at = |from: usize| head.get(from).map_or(0, |byte| u64::from(*byte));
    let size = 1_u64 << at(30).min(16);
    let first = at(48) | at(49) << 8 | at(50) << 16 | at(51) << 24;
    (first + 2) * size
}

fn is_entry(entry: &[u8; 128], name: &str) -> bool {
    let mut expected: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    expected.extend([0, 0]);
    let length = u16::try_from(expected.len()).unwrap_or(0).to_le_bytes();
    entry.starts_with(&expected) && entry.get(64..66) == Some(&length)
}
