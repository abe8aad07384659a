//! The dialect of a text file: its encoding, its delimiter, its line ends.

use super::TableError;
use super::record::{Records, Step};

/// How many records the delimiter is decided from.
const RECORDS: usize = 200;
/// The candidates; among equals the earlier one is chosen.
const CANDIDATES: [u8; 4] = [b',', b'\t', b';', b'|'];

/// How the lines of a text file end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineEnd {
    /// CR LF, as Windows and every spreadsheet program write it.
    #[default]
    CrLf,
    /// LF, as Unix writes it.
    Lf,
    /// CR, as old Macintosh programs wrote it.
    Cr,
}

impl LineEnd {
    /// The characters themselves.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CrLf => "\r\n",
            Self::Lf => "\n",
            Self::Cr => "\r",
        }
    }
}

/// What was found out about a text file: enough to write another like it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// The encoding by its WHATWG name: `UTF-8`, `gb18030`, `UTF-16LE`.
    pub encoding: &'static str,
    /// Whether the file begins with a byte order mark.
    pub mark: bool,
    /// The delimiter.
    pub delimiter: char,
    /// How the first line ends.
    pub line_end: LineEnd,
    /// Whether the file is a gzip stream.
    pub gzip: bool,
}

/// The delimiter as the one byte it has to be.
pub(crate) fn checked_delimiter(delimiter: char) -> Result<u8, TableError> {
    match u8::try_from(delimiter) {
        Ok(byte)
            if byte.is_ascii()
                && !byte.is_ascii_alphanumeric()
                && !matches!(byte, b'"' | b'\'' | b'\n' | b'\r' | 0) =>
        {
            Ok(byte)
        }
        _ => Err(TableError::Delimiter { delimiter }),
    }
}

/// Excel's `sep=;` line at the very start: the delimiter it names and where the table begins after it.
///
/// Excel hides this line and does not count it as a row, and neither do we.
pub(crate) fn separator_line(sample: &str) -> Option<(u8, usize)> {
    let rest = sample
        .get(..4)
        .filter(|head| head.eq_ignore_ascii_case("sep="))
        .and_then(|_| sample.get(4..))?;
    let mut signs = rest.char_indices();
    let (_, sign) = signs.next()?;
    let delimiter = checked_delimiter(sign).ok()?;
    let after = &rest.get(sign.len_utf8()..)?;
    let length = match after.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        [] => 0,
        _ => return None,
    };
    Some((delimiter, 5 + length))
}

/// How the first line of the sample ends; CRLF where there is no line end.
pub(crate) fn line_end(sample: &str) -> LineEnd {
    let mut quoted = false;
    let mut signs = sample.bytes().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => return LineEnd::Lf,
            b'\r' if !quoted && signs.peek() == Some(&b'\n') => return LineEnd::CrLf,
            b'\r' if !quoted => return LineEnd::Cr,
            _ => {}
        }
    }
    LineEnd::CrLf
}

/// The delimiter that explains the most cells of the sample; a comma where none explains any.
///
/// For each candidate the records are read as that delimiter tells, and the number of cells that most records with
/// at least two cells have is taken: title rows, notes and a ragged row have other numbers and so no say.
pub(crate) fn delimiter(sample: &str, start: usize, whole: bool) -> u8 {
    let mut best = (b',', 0);
    for candidate in CANDIDATES {
        let score = score(sample, start, whole, candidate);
        if score > best.1 {
            best = (candidate, score);
        }
    }
    best.0
}

fn score(sample: &str, start: usize, whole: bool, delimiter: u8) -> usize {
    let widths = widths(sample, start, whole, delimiter);
    let filled = widths.len();
    let mut many: Vec<usize> = widths.into_iter().filter(|&width| width > 1).collect();
    many.sort_unstable();
    let (records, width) = many
        .chunk_by(|left, right| left == right)
        .map(|same| (same.len(), same.first().copied().unwrap_or_default()))
        .max()
        .unwrap_or_default();
    // A sign that now and then occurs in a list of one column is a sign in a text, not a delimiter.
    let credible = records * 2 >= filled || (width > 2 && records > 1 && records * 5 >= filled);
    if credible {
        records * width.saturating_sub(1)
    } else {
        0
    }
}

/// The number of cells of each record that is not blank.
fn widths(sample: &str, start: usize, whole: bool, delimiter: u8) -> Vec<usize> {
    let mut widths = Vec::with_capacity(RECORDS);
    let mut records = Records::new(delimiter);
    let mut at = start;
    while widths.len() < RECORDS && records.read(sample, &mut at, whole) == Step::Record {
        if records.width() > 0 {
            widths.push(records.width());
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_ragged_row_titles_and_notes_never_flip_the_delimiter() {
        let text = "翠竹园社区住户表;2026\n说明,不要改动\n\n楼栋,单元,房号,网格码\n3栋,2单元,803,803Aa7\n3栋,2单元\n3栋,2单元,804,804Bb\n";
        assert_eq!(delimiter(text, 0, true), b',');
        let tabs = text.replace(',', "\t");
        assert_eq!(delimiter(&tabs, 0, true), b'\t');
    }

    #[test]
    fn commas_inside_cells_do_not_win_over_the_real_delimiter() {
        let text = "楼栋;房号;人群标签\n3;803;独居,低保\n3;804;独居,低保\n4;901;独居,低保\n";
        assert_eq!(delimiter(text, 0, true), b';');
        assert_eq!(delimiter("\"a;b;c\",1\n\"a;b;c\",2\n", 0, true), b',');
    }

    #[test]
    fn a_single_column_is_a_table_of_commas() {
        let codes = "803Aa7\n606Aa5\n505Aa5\n1001Aa;备注\n";
        assert_eq!(delimiter(codes, 0, true), b',');
        assert_eq!(delimiter("803Aa7", 0, true), b',');
        assert_eq!(delimiter("", 0, true), b',');
    }

    #[test]
    fn a_separator_line_is_read_only_when_it_is_one() {
        assert_eq!(separator_line("sep=;\r\na;b"), Some((b';', 7)));
        assert_eq!(separator_line("SEP=\t\na"), Some((b'\t', 6)));
        assert_eq!(separator_line("sep=;x\n"), None);
        assert_eq!(separator_line("\"sep=;\"\n"), None);
        assert_eq!(separator_line("sep"), None);
    }
}
