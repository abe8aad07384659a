//! `Source`: an input that can be opened again and again, wherever its bytes are.

use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use super::TableError;
#[cfg(feature = "excel")]
use super::remembered::Memory;
use super::spool::Spool;

/// What a pipe may send before it is moved from memory to a temporary file.
const IN_MEMORY: u64 = 8 << 20;
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// An input: a file, bytes in memory, or what a pipe has sent.
///
/// Reading a list takes more than one look at its bytes (which encoding? which delimiter? where is the header?),
/// so whatever cannot be opened twice is kept.
///
/// ```
/// use gridcode::table::Source;
/// let source = Source::bytes("list.csv", b"803Aa7\n".to_vec());
/// assert_eq!(source.name(), "list.csv");
/// ```
#[derive(Clone)]
pub struct Source {
    name: String,
    origin: Origin,
    /// What has been read of it, where that is remembered.
    #[cfg(feature = "excel")]
    memory: Option<Arc<Memory>>,
}

#[derive(Clone)]
enum Origin {
    Path(PathBuf),
    Bytes(Arc<[u8]>),
    Spooled(Arc<File>),
}

impl Source {
    /// A file. It is looked at when the book is opened, not before.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self {
            name: path.display().to_string(),
            ..Self::of(Origin::Path(path))
        }
    }

    /// Bytes in memory, and the name to use for them in messages.
    pub fn bytes(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            name: name.into(),
            ..Self::of(Origin::Bytes(bytes.into()))
        }
    }

    fn of(origin: Origin) -> Self {
        Self {
            name: String::new(),
            origin,
            #[cfg(feature = "excel")]
            memory: None,
        }
    }

    /// Everything a reader has to give, such as standard input: up to 8 MiB stay in memory,
    /// more goes to a temporary file without a name, of which nothing stays however the program ends.
    ///
    /// # Errors
    /// When the reader fails or the temporary file cannot be written.
    pub fn reader(name: impl Into<String>, mut reader: impl Read) -> Result<Self, TableError> {
        let name = name.into();
        let mut head = Vec::new();
        (&mut reader).take(IN_MEMORY).read_to_end(&mut head)?;
        if (head.len() as u64) < IN_MEMORY {
            return Ok(Self::bytes(name, head));
        }
        let mut file = tempfile::tempfile()?;
        file.write_all(&head)?;
        drop(head);
        io::copy(&mut reader, &mut file)?;
        file.flush()?;
        Ok(Self {
            name,
            ..Self::of(Origin::Spooled(Arc::new(file)))
        })
    }

    /// The name used in messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The path, where the source is a file of the user's.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match &self.origin {
            Origin::Path(path) => Some(path),
            Origin::Bytes(_) | Origin::Spooled(_) => None,
        }
    }

    /// How many bytes it has, as they are stored; 0 where that is not known.
    pub(crate) fn stored_size(&self) -> u64 {
        match &self.origin {
            Origin::Path(path) => std::fs::metadata(path).map_or(0, |about| about.len()),
            Origin::Bytes(bytes) => bytes.len() as u64,
            Origin::Spooled(file) => file.metadata().map_or(0, |about| about.len()),
        }
    }

    /// The same input, able to be opened twice: a named pipe gives its bytes only once.
    pub(crate) fn settled(&self) -> Result<Self, TableError> {
        let Origin::Path(path) = &self.origin else {
            return Ok(self.clone());
        };
        let about = std::fs::metadata(path).map_err(|error| self.refused(error))?;
        if about.is_dir() {
            return Err(TableError::Directory {
                name: self.name.clone(),
            });
        }
        if about.is_file() {
            return Ok(self.clone());
        }
        let pipe = File::open(path).map_err(|error| self.refused(error))?;
        Self::reader(self.name.clone(), pipe)
    }

    /// The same input, [settled](Self::settled), for one piece of work that reads it more than once: a workbook is not taken
    /// apart again, as long as it is short.
    pub(crate) fn remembering(&self) -> Result<Self, TableError> {
        #[cfg(feature = "excel")]
        if self.memory.is_none() {
            let memory = Some(Arc::default());
            return Ok(Self {
                memory,
                ..self.settled()?
            });
        }
        self.settled()
    }

    /// What has been read, where that is to be remembered.
    #[cfg(feature = "excel")]
    pub(crate) fn memory(&self) -> Option<&Arc<Memory>> {
        self.memory.as_ref()
    }

    /// The bytes as they are, from the first.
    pub(crate) fn open(&self) -> Result<Input, TableError> {
        match &self.origin {
            Origin::Path(path) => File::open(path)
                .map(Input::File)
                .map_err(|error| self.refused(error)),
            Origin::Bytes(bytes) => Ok(Input::Bytes(Cursor::new(Arc::clone(bytes)))),
            Origin::Spooled(file) => Ok(Input::Spooled(Spool::new(Arc::clone(file)))),
        }
    }

    /// The bytes from the first, unpacked where they are a gzip stream; `true` when they were.
    pub(crate) fn unpacked(&self) -> Result<(Unpacked, bool), TableError> {
        let mut input = self.open()?;
        let mut magic = Vec::with_capacity(GZIP.len());
        (&mut input)
            .take(GZIP.len() as u64)
            .read_to_end(&mut magic)?;
        input.rewind()?;
        if magic == GZIP {
            let stream = MultiGzDecoder::new(io::BufReader::with_capacity(1 << 16, input));
            Ok((Unpacked::Gzip(Box::new(stream)), true))
        } else {
            Ok((Unpacked::Plain(input), false))
        }
    }

    /// An error met while the bytes were read.
    pub(crate) fn broke(&self, error: io::Error, packed: bool) -> TableError {
        if packed {
            TableError::Corrupt {
                name: self.name.clone(),
                detail: format!("gzip: {error}"),
            }
        } else {
            self.refused(error)
        }
    }

    fn refused(&self, error: io::Error) -> TableError {
        TableError::of_path(&self.name, error)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// An opened source.
pub(crate) enum Input {
    File(File),
    Bytes(Cursor<Arc<[u8]>>),
    Spooled(Spool),
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(buffer),
            Self::Bytes(bytes) => bytes.read(buffer),
            Self::Spooled(file) => file.read(buffer),
        }
    }
}

impl Seek for Input {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Bytes(bytes) => bytes.seek(to),
            Self::Spooled(file) => file.seek(to),
        }
    }
}

/// An opened source behind its gzip layer, if it has one.
pub(crate) enum Unpacked {
    Plain(Input),
    Gzip(Box<MultiGzDecoder<io::BufReader<Input>>>),
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(input) => input.read(buffer),
            Self::Gzip(stream) => stream.read(buffer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_larger_than_the_limit_goes_to_a_file_and_reads_back_whole() {
        let bytes: Vec<u8> = (0..=255_u8).cycle().take(9 << 20).collect();
        let source = Source::reader("-", bytes.as_slice()).unwrap();
        assert!(matches!(source.origin, Origin::Spooled(_)));
        let mut other = source.open().unwrap();
        for _ in 0..2 {
            let mut back = Vec::new();
            source.open().unwrap().read_to_end(&mut back).unwrap();
            assert!(back == bytes);
        }
        let (mut back, mut end) = (Vec::new(), Vec::new());
        assert_eq!(other.seek(SeekFrom::End(-9)).unwrap(), (9 << 20) - 9);
        other.read_to_end(&mut end).unwrap();
        assert!(other.seek(SeekFrom::Current(-(10 << 20))).is_err());
        other.rewind().unwrap();
        other.read_to_end(&mut back).unwrap();
        assert!(end == bytes[bytes.len() - 9..] && back == bytes);
    }

    #[cfg(unix)]
    #[test]
    fn what_a_pipe_has_sent_has_no_name_that_could_outlast_the_program() {
        use std::os::unix::fs::MetadataExt;
        let source = Source::reader("-", io::repeat(b'a').take(9 << 20)).unwrap();
        let Origin::Spooled(file) = &source.origin else {
            panic!("nine megabytes are kept in memory")
        };
        assert_eq!(file.metadata().unwrap().nlink(), 0);
    }

    #[test]
    fn a_small_pipe_stays_in_memory() {
        let source = Source::reader("-", &b"803Aa7"[..]).unwrap();
        assert!(matches!(source.origin, Origin::Bytes(_)));
    }
}
