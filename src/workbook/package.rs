//! The package of a workbook: its parts, and what has been changed of them.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor, Read, Seek, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::WorkbookError;
use crate::table::{Input, Source};

/// No part that is changed as a whole may unpack to more.
const LARGEST_PART: u64 = 256 << 20;

/// Writes a part anew: its key, what it says, where to.
pub(super) type Rewrite<'r> =
    &'r mut dyn FnMut(&str, &mut dyn BufRead, &mut dyn Write) -> Result<(), WorkbookError>;

/// The parts of a package. Those that nobody changes are copied as they are, packed as they are.
pub(super) struct Package {
    archive: ZipArchive<BufReader<Input>>,
    /// By their name in lower case, without a leading `/`.
    places: BTreeMap<String, usize>,
    /// New content by such a name; `None` where the part goes.
    changed: BTreeMap<String, Option<Vec<u8>>>,
    /// Parts that the package did not have, in the order they came; with the name to be written.
    added: Vec<String>,
}

impl std::fmt::Debug for Package {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Package")
            .field("parts", &self.places.len())
            .finish_non_exhaustive()
    }
}

/// How the name of a part is compared.
pub(super) fn key(name: &str) -> String {
    name.replace('\\', "/")
        .trim_start_matches('/')
        .to_ascii_lowercase()
}

impl Package {
    pub(super) fn open(source: &Source) -> Result<Self, WorkbookError> {
        let archive = ZipArchive::new(BufReader::new(source.open()?))?;
        let names = archive.file_names_raw().enumerate();
        let places = names
            .map(|(index, name)| (key(&String::from_utf8_lossy(name)), index))
            .collect();
        Ok(Self {
            archive,
            places,
            changed: BTreeMap::new(),
            added: Vec::new(),
        })
    }

    /// Whether the package has a part, after all changes.
    pub(super) fn has(&self, name: &str) -> bool {
        let key = key(name);
        match self.changed.get(&key) {
            Some(content) => content.is_some(),
            None => self.places.contains_key(&key),
        }
    }

    /// The text of a part, after all changes; `None` where there is no such part.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, WorkbookError> {
        let key = key(name);
        let bytes = match (self.changed.get(&key), self.places.get(&key)) {
            (Some(Some(bytes)), _) => bytes.clone(),
            (Some(None), _) | (None, None) => return Ok(None),
            (None, Some(&index)) => {
                let mut bytes = Vec::new();
                let part = self.archive.by_index(index)?;
                part.take(LARGEST_PART).read_to_end(&mut bytes)?;
                if bytes.len() as u64 == LARGEST_PART {
                    return Err(WorkbookError::Structure(format!("{name} is too large")));
                }
                bytes
            }
        };
        let text = String::from_utf8(bytes)
            .map_err(|_| WorkbookError::Structure(format!("{name} is not UTF-8")))?;
        Ok(Some(text))
    }

    /// Changes a part, or adds it.
    pub(super) fn set(&mut self, name: &str, content: String) {
        let key = key(name);
        if !self.places.contains_key(&key)
            && !self.added.iter().any(|known| self::key(known) == key)
        {
            self.added.push(name.trim_start_matches('/').to_owned());
        }
        self.changed.insert(key, Some(content.into_bytes()));
    }

    /// Takes a part away.
    pub(super) fn remove(&mut self, name: &str) {
        self.changed.insert(key(name), None);
    }

    /// The first name of a pattern such as `xl/comments{}.xml` that no part has.
    pub(super) fn free(&self, before: &str, after: &str) -> String {
        let mut number = 1_u32;
        loop {
            let name = format!("{before}{number}{after}");
            if !self.has(&name) {
                return name;
            }
            number += 1;
        }
    }

    /// A part to be read piece by piece, as it stands in the file.
    pub(super) fn stream(&mut self, name: &str) -> Result<impl BufRead + '_, WorkbookError> {
        let index = self.places.get(&key(name)).copied();
        let index = index.ok_or_else(|| WorkbookError::Structure(format!("no part {name}")))?;
        Ok(BufReader::with_capacity(
            1 << 16,
            self.archive.by_index(index)?,
        ))
    }

    /// Writes the package. Each of the `streamed` parts (by [`key`]) goes through `rewrite`.
    pub(super) fn save<W: Write + Seek>(
        mut self,
        target: W,
        streamed: &[String],
        rewrite: Rewrite<'_>,
    ) -> Result<W, WorkbookError> {
        let mut writer = ZipWriter::new(target);
        // The library has no clock.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for index in 0..self.archive.len() {
            let name = {
                let part = self.archive.by_index_raw(index)?;
                String::from_utf8_lossy(part.name_raw()).into_owned()
            };
            let key = key(&name);
            // Of two parts of one name, readers take the last.
            let is_last = self.places.get(&key) == Some(&index);
            match self.changed.get(&key) {
                Some(None) => {}
                Some(Some(bytes)) => {
                    if is_last {
                        writer.start_file(name, options)?;
                        writer.write_all(bytes)?;
                    }
                }
                None if is_last && streamed.contains(&key) => {
                    let part = self.archive.by_index(index)?;
                    // A little more may come of it.
                    writer.start_file(name, options.large_file(part.size() > 3 << 30))?;
                    let mut part = BufReader::with_capacity(1 << 16, part);
                    rewrite(&key, &mut part, &mut writer)?;
                }
                None => writer.raw_copy_file(self.archive.by_index_raw(index)?)?,
            }
        }
        for name in &self.added {
            if let Some(Some(bytes)) = self.changed.get(&key(name)) {
                writer.start_file(name.clone(), options)?;
                writer.write_all(bytes)?;
            }
        }
        Ok(writer.finish()?)
    }

    /// The same, into memory: what a target without seeking is given afterwards.
    pub(super) fn save_bytes(
        self,
        streamed: &[String],
        rewrite: Rewrite<'_>,
    ) -> Result<Vec<u8>, WorkbookError> {
        Ok(self
            .save(Cursor::new(Vec::new()), streamed, rewrite)?
            .into_inner())
    }
}
