//! `Output`: a file that appears whole under its name, or not at all.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{Source, TableError};

/// A file being written. It stands under its name only after [`commit`](Self::commit); dropped before that,
/// nothing is left, and a file that stood there before is untouched.
///
/// ```
/// use std::io::Write;
/// use gridcode::table::Output;
///
/// let folder = tempfile::tempdir()?;
/// let target = folder.path().join("codes.csv");
/// let mut output = Output::create(&target, &[])?;
/// output.write_all(b"803Aa7\n")?;
/// assert!(!target.exists());
/// output.commit()?;
/// assert_eq!(std::fs::read(&target)?, b"803Aa7\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Output {
    name: String,
    target: PathBuf,
    /// Whether a file stands under the name already.
    replaces: bool,
    file: Kept,
}

#[derive(Debug)]
enum Kept {
    /// Beside the target, so that the rename stays within one disk.
    Temporary(BufWriter<NamedTempFile>),
    /// A device or pipe such as `/dev/null`, which must never be replaced by a file.
    Direct(BufWriter<File>),
}

impl Output {
    /// Begins a file at `target`, which must be none of the inputs.
    ///
    /// # Errors
    /// When the target is an input or a directory, or its folder does not exist or cannot be written.
    pub fn create(target: impl AsRef<Path>, inputs: &[&Source]) -> Result<Self, TableError> {
        let name = target.as_ref().display().to_string();
        // A link stays a link: the file it leads to is what is written.
        let target = std::fs::canonicalize(&target).unwrap_or_else(|_| target.as_ref().to_owned());
        let before = std::fs::metadata(&target).ok();
        if before.as_ref().is_some_and(std::fs::Metadata::is_dir) {
            return Err(TableError::Directory { name });
        }
        let is_input = |source: &&Source| source.file().is_some_and(|path| is_same(path, &target));
        if inputs.iter().any(is_input) {
            return Err(TableError::SameFile { name });
        }
        let refused = |error| TableError::Unreachable {
            name: name.clone(),
            error,
        };
        let file = match &before {
            Some(about) if !about.is_file() => {
                let device = OpenOptions::new().write(true).open(&target);
                Kept::Direct(BufWriter::new(device.map_err(refused)?))
            }
            _ => Kept::Temporary(BufWriter::new(
                beside(&target, before.as_ref()).map_err(refused)?,
            )),
        };
        Ok(Self {
            name,
            target,
            replaces: before.is_some(),
            file,
        })
    }

    /// Whether a file could be begun at `target`: for work that is long, or that writes several files, so that what
    /// cannot be written is told before anything is. Nothing is left there, and nothing that is there is touched.
    ///
    /// # Errors
    /// As [`create`](Self::create); a device or pipe is not opened, which its reader would notice.
    ///
    /// ```
    /// use gridcode::table::Output;
    ///
    /// let folder = tempfile::tempdir()?;
    /// assert!(Output::is_possible(folder.path().join("map.svg"), &[]).is_ok());
    /// assert!(Output::is_possible(folder.path().join("none/map.svg"), &[]).is_err());
    /// assert_eq!(std::fs::read_dir(folder.path())?.count(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_possible(target: impl AsRef<Path>, inputs: &[&Source]) -> Result<(), TableError> {
        let about = std::fs::metadata(&target);
        if about.is_ok_and(|about| !about.is_file() && !about.is_dir()) {
            return Ok(());
        }
        Self::create(target, inputs).map(drop)
    }

    /// Where the unfinished file is, for a program that is told to stop at once.
    #[must_use]
    pub fn temporary(&self) -> Option<&Path> {
        match &self.file {
            Kept::Temporary(file) => Some(file.get_ref().path()),
            Kept::Direct(_) => None,
        }
    }

    /// Puts the finished file under its name.
    ///
    /// # Errors
    /// When the last bytes cannot be written or the file cannot be renamed; then nothing is left of it.
    pub fn commit(self) -> Result<(), TableError> {
        let name = self.name;
        let refused = |error| TableError::Unreachable {
            name: name.clone(),
            error,
        };
        match self.file {
            Kept::Temporary(file) => {
                let file = file
                    .into_inner()
                    .map_err(|error| refused(error.into_error()))?;
                // What is replaced is lost only once the new file is on the disk.
                if self.replaces {
                    file.as_file().sync_all().map_err(refused)?;
                }
                file.persist(&self.target)
                    .map_err(|error| refused(error.error))?;
            }
            Kept::Direct(mut file) => file.flush().map_err(refused)?,
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.file {
            Kept::Temporary(file) => file.write(bytes),
            Kept::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.file {
            Kept::Temporary(file) => file.flush(),
            Kept::Direct(file) => file.flush(),
        }
    }
}

/// A temporary file in the target's folder, with the rights of the file it will replace or of any new file.
fn beside(target: &Path, before: Option<&std::fs::Metadata>) -> io::Result<NamedTempFile> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".gridcode-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    if let Some(before) = before {
        file.as_file().set_permissions(before.permissions())?;
    }
    Ok(file)
}

/// Whether two paths lead to one file, through links of either kind.
fn is_same(left: &Path, right: &Path) -> bool {
    let same_path = match (std::fs::canonicalize(left), std::fs::canonicalize(right)) {
        (Ok(left), Ok(right)) => left == right,
        _ => return false,
    };
    same_path || is_same_inode(left, right)
}

#[cfg(unix)]
fn is_same_inode(left: &Path, right: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (std::fs::metadata(left), std::fs::metadata(right)) {
        (Ok(left), Ok(right)) => {
            left.is_file() && (left.dev(), left.ino()) == (right.dev(), right.ino())
        }
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same_inode(_: &Path, _: &Path) -> bool {
    false
}
