//! The file that a command writes: its format by its name, whole or not at all.

use std::io::Write;
use std::path::Path;

use gridcode::Text;
use gridcode::census::Target;
use gridcode::table::{
    Book, CsvLines, CsvOptions, CsvWriter, Output as File, ReadOptions, RowWriter as _, Source,
    TableError, TextEncoding, XlsxWriter,
};

use crate::cli::{OutputEncoding, Writing};
use crate::failure::Failure;
use crate::interrupt;

/// Lets a command write its rows into a file or to `stdout`, where the path is `-`; keeps the file only if all went well.
pub fn write_to<T>(
    path: &Path,
    source: &Source,
    read: &ReadOptions,
    writing: &Writing,
    stdout: &mut dyn Write,
    work: impl FnOnce(&mut dyn Target) -> Result<T, TableError>,
) -> Result<T, Failure> {
    write_apart(path, (source, &[]), read, writing, stdout, work)
}

/// The same, with further files that are read and must not be written over.
pub fn write_apart<T>(
    path: &Path,
    (source, others): (&Source, &[&Source]),
    read: &ReadOptions,
    writing: &Writing,
    stdout: &mut dyn Write,
    work: impl FnOnce(&mut dyn Target) -> Result<T, TableError>,
) -> Result<T, Failure> {
    let sources: Vec<&Source> = others.iter().copied().chain([source]).collect();
    let name = path.display().to_string();
    let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    let ending = ending.as_ref().and_then(|ending| ending.to_str());
    let failed = |error| Failure::table(source.name().to_owned(), error);
    if path.as_os_str() == "-" {
        let options =
            csv_options(source, read, writing, ',', TextEncoding::Utf8).map_err(failed)?;
        return csv(stdout, options, work).map_err(piped(source));
    }
    let delimiter = match ending {
        Some("csv" | "txt") => ',',
        Some("tsv") => '\t',
        Some("xlsx") => {
            let mut file = File::create(path, &sources)
                .map_err(|error| Failure::table(name.clone(), error))?;
            interrupt::unfinished(file.temporary());
            let mut target = Workbook {
                writer: XlsxWriter::new(&mut file),
                sheets: 0,
            };
            let done = work(&mut target).map_err(failed)?;
            Box::new(target.writer).finish().map_err(failed)?;
            keep(file, name)?;
            return Ok(done);
        }
        _ => return Err(no_table(path)),
    };
    let options =
        csv_options(source, read, writing, delimiter, TextEncoding::Utf8Mark).map_err(failed)?;
    let mut file =
        File::create(path, &sources).map_err(|error| Failure::table(name.clone(), error))?;
    interrupt::unfinished(file.temporary());
    let done = csv(&mut file, options, work).map_err(failed)?;
    keep(file, name)?;
    Ok(done)
}

/// Refuses a name that says nothing of a table, as [`write_to`] would.
pub fn is_table(path: &Path) -> Result<(), Failure> {
    let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    let ending = ending.as_ref().and_then(|ending| ending.to_str());
    match ending {
        Some("csv" | "txt" | "tsv" | "xlsx") => Ok(()),
        _ if path.as_os_str() == "-" => Ok(()),
        _ => Err(no_table(path)),
    }
}

fn no_table(path: &Path) -> Failure {
    let name = path.display();
    Failure::said(
        format!("不能写成“{name}”：文件名应以 .xlsx、.csv 或 .tsv 结尾，或用 - 输出到标准输出"),
        format!(
            "cannot write `{name}`: name a file ending in .xlsx, .csv or .tsv, or - for standard output"
        ),
    )
}

/// Puts the finished file under its name. Until it is there, whoever ends the program leaves none of it: a slow disk
/// may take longer than a user waits.
pub fn keep(file: File, name: String) -> Result<(), Failure> {
    let kept = file.commit().map_err(|error| Failure::table(name, error));
    interrupt::unfinished(None);
    kept
}

/// What is said when a file has been written.
pub fn written(path: &Path) -> Text {
    let name = path.display();
    Text::new(
        format!("结果已写入“{name}”"),
        format!("result written to `{name}`"),
    )
}

fn csv_options(
    source: &Source,
    read: &ReadOptions,
    writing: &Writing,
    delimiter: char,
    default: TextEncoding,
) -> Result<CsvOptions, TableError> {
    let encoding = match writing.output_encoding {
        None => default,
        Some(OutputEncoding::Utf8Bom) => TextEncoding::Utf8Mark,
        Some(OutputEncoding::Utf8) => TextEncoding::Utf8,
        Some(OutputEncoding::Gb18030) => TextEncoding::Gb18030,
        Some(OutputEncoding::Utf16) => TextEncoding::Utf16Le,
        Some(OutputEncoding::Input) => {
            let book = Book::open(source, read)?;
            let like = book.dialect().map(CsvOptions::like).unwrap_or_default();
            return Ok(CsvOptions {
                raw: writing.raw,
                ..like
            });
        }
    };
    Ok(CsvOptions {
        delimiter,
        encoding,
        raw: writing.raw,
        ..CsvOptions::default()
    })
}

fn csv<W: Write, T>(
    target: W,
    options: CsvOptions,
    work: impl FnOnce(&mut dyn Target) -> Result<T, TableError>,
) -> Result<T, TableError> {
    let mut target = Csv {
        writer: CsvWriter::new(target, &options)?,
        options,
        sheets: Vec::new(),
    };
    let done = work(&mut target)?;
    Box::new(target.writer).finish()?;
    Ok(done)
}

/// A reader of standard output who has gone is no fault.
fn piped(source: &Source) -> impl Fn(TableError) -> Failure {
    move |error| match error {
        TableError::Io(error) => Failure::from(error),
        error => Failure::table(source.name().to_owned(), error),
    }
}

struct Csv<W> {
    writer: CsvWriter<W>,
    options: CsvOptions,
    sheets: Vec<String>,
}

impl<W: Write> Target for Csv<W> {
    fn sheet(&mut self, name: Option<&str>, _headers: u64) -> Result<(), TableError> {
        self.sheets.push(name.unwrap_or_default().to_owned());
        if self.sheets.len() > 1 {
            return Err(TableError::OneTable {
                sheets: self.sheets.clone(),
            });
        }
        Ok(())
    }

    fn row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<(), TableError> {
        self.writer.write_row(cells)
    }

    fn csv(&self) -> Option<CsvOptions> {
        Some(self.options)
    }

    fn append(
        &mut self,
        lines: &mut CsvLines,
        failed: Option<TableError>,
    ) -> Result<(), TableError> {
        match failed {
            Some(error) => Err(self.writer.placed(error)),
            None => self.writer.append(lines),
        }
    }
}

struct Workbook<W: Write + Send> {
    writer: XlsxWriter<W>,
    sheets: usize,
}

impl<W: Write + Send> Target for Workbook<W> {
    fn sheet(&mut self, name: Option<&str>, headers: u64) -> Result<(), TableError> {
        self.sheets += 1;
        let own = format!("Sheet{}", self.sheets);
        self.writer
            .begin(name.unwrap_or(&own), u32::try_from(headers).unwrap_or(0))
    }

    fn other_sheet(&mut self, name: Option<&str>) -> Result<bool, TableError> {
        self.sheet(name, 0)?;
        Ok(true)
    }

    fn row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<(), TableError> {
        self.writer.write_row(cells)
    }
}
