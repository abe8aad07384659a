//! What a dropped or pasted path looks like in a line, and the paths it can mean.

use std::path::PathBuf;

/// Every way to read a line as paths, the plainest first; the caller takes the first of which all exist.
///
/// Windows drops a path as it is or in double quotes, PowerShell behind `&` in single ones, Unix terminals with
/// backslashes before blanks, and file managers copy `file://` addresses. A name may hold any of these signs itself,
/// so no reading rules out another. There is always a first one, for the sentence that nothing is there.
pub fn readings(line: &str) -> Vec<Vec<PathBuf>> {
    let line = trimmed(line);
    let called = line.strip_prefix('&').map_or(line, str::trim_start);
    let mut readings = vec![vec![path(unquoted(called).as_deref().unwrap_or(called))]];
    let mut further = |words: Vec<String>| {
        let paths: Vec<PathBuf> = words.iter().map(|word| path(word)).collect();
        if !paths.is_empty() && !readings.contains(&paths) {
            readings.push(paths);
        }
    };
    further(vec![line.to_owned()]);
    further(words(called, false));
    further(words(called, true));
    readings
}

/// Without blanks, and without the invisible marks of direction that Windows puts before a path copied from its dialogs.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    })
}

/// The text between quotes that hold all of it. PowerShell writes a quote within quotes twice.
fn unquoted(text: &str) -> Option<String> {
    for (open, close) in [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’')] {
        let Some(inner) = text
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
        else {
            continue;
        };
        let twice = format!("{close}{close}");
        if !inner.replace(&twice, "").contains(close) {
            return Some(inner.replace(&twice, &close.to_string()));
        }
    }
    None
}

/// The line cut at blanks outside quotes; with `escapes`, a backslash keeps the next sign as it is.
fn words(text: &str, escapes: bool) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match (sign, quote) {
            ('\\', None | Some('"')) if escapes => {
                word.get_or_insert_default().extend(signs.next());
            }
            (_, Some(open)) if sign == open => quote = None,
            ('"' | '\'', None) => {
                quote = Some(sign);
                word.get_or_insert_default();
            }
            (_, None) if sign.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(sign),
        }
    }
    words.extend(word);
    words.retain(|word| !word.is_empty());
    words
}

/// A path as it stands, or the one that a `file://` address names.
fn path(text: &str) -> PathBuf {
    addressed(text).unwrap_or_else(|| trimmed(text).into())
}

fn addressed(text: &str) -> Option<PathBuf> {
    let (scheme, rest) = text.split_at_checked("file:".len())?;
    if !scheme.eq_ignore_ascii_case("file:") {
        return None;
    }
    let decoded = decoded(rest)?;
    let Some(named) = decoded.strip_prefix("//") else {
        return Some(decoded.into());
    };
    let (host, path) = named.split_at_checked(named.find('/')?)?;
    if !host.is_empty() && !host.eq_ignore_ascii_case("localhost") {
        // A shared folder.
        return Some(format!("\\\\{host}{}", path.replace('/', "\\")).into());
    }
    // `/C:/list.xlsx` is `C:\list.xlsx`.
    let drive = path.strip_prefix('/').filter(|drive| {
        let mut chars = drive.chars();
        chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && chars.next() == Some(':')
    });
    Some(match drive {
        Some(drive) => drive.replace('/', "\\").into(),
        None => path.into(),
    })
}

/// `%20` and its like made into what they stand for; `None` where that is no text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut ahead = rest.clone();
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            if let (Some(high), Some(low)) = (digit(ahead.next()), digit(ahead.next())) {
                bytes.push(u8::try_from(high * 16 + low).ok()?);
                rest = ahead;
                continue;
            }
        }
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether one of the readings is these paths.
    fn can_mean(line: &str, paths: &[&str]) -> bool {
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        readings(line).contains(&paths)
    }

    fn first(line: &str) -> String {
        let first = readings(line).swap_remove(0);
        assert_eq!(first.len(), 1, "{line}");
        first[0].to_str().unwrap().to_owned()
    }

    #[test]
    fn a_plain_path_is_taken_as_it_is() {
        assert_eq!(
            first("D:\\名单\\3栋 住户.xlsx\r\n"),
            "D:\\名单\\3栋 住户.xlsx"
        );
        assert_eq!(first("  住户.csv  \n"), "住户.csv");
        assert_eq!(first("it's.csv"), "it's.csv");
        assert_eq!(first("100%25.csv"), "100%25.csv");
    }

    #[test]
    fn quotes_around_a_path_are_taken_off() {
        for line in [
            "\"D:\\a b.csv\"\n",
            "'D:\\a b.csv'",
            "& 'D:\\a b.csv'",
            "& \"D:\\a b.csv\" ",
            "“D:\\a b.csv”",
            "\u{202a}D:\\a b.csv",
            "\" D:\\a b.csv \"",
        ] {
            assert_eq!(first(line), "D:\\a b.csv", "{line}");
        }
        assert_eq!(first("& 'D:\\it''s.csv'"), "D:\\it's.csv");
    }

    #[test]
    fn backslashes_of_unix_terminals_are_taken_off_and_those_of_windows_kept() {
        assert!(can_mean(
            "/lists/3栋\\ 住户\\ \\(新\\).csv ",
            &["/lists/3栋 住户 (新).csv"]
        ));
        assert!(can_mean("'/lists/it'\\''s.csv'", &["/lists/it's.csv"]));
        assert_eq!(
            first("\\\\server\\lists\\a.csv"),
            "\\\\server\\lists\\a.csv"
        );
    }

    #[test]
    fn addresses_are_made_into_paths() {
        assert_eq!(
            first("file:///D:/%E5%90%8D%E5%8D%95/3%20%E6%A0%8B.csv"),
            "D:\\名单\\3 栋.csv"
        );
        assert_eq!(first("file:///lists/a%20b.csv"), "/lists/a b.csv");
        assert_eq!(first("'FILE://localhost/lists/a.csv'"), "/lists/a.csv");
        assert_eq!(
            first("file://server/lists/a.csv"),
            "\\\\server\\lists\\a.csv"
        );
        // What is no sign in hexadecimal digits is kept.
        assert_eq!(first("file:///lists/100%.csv"), "/lists/100%.csv");
        assert_eq!(first("file:///lists/1%+2.csv"), "/lists/1%+2.csv");
        // What decodes to no text is taken as it stands.
        assert_eq!(first("file:///%ff.csv"), "file:///%ff.csv");
    }

    #[test]
    fn several_paths_may_be_dropped_at_once() {
        assert!(can_mean(
            "\"D:\\a b.csv\" D:\\c.xlsx",
            &["D:\\a b.csv", "D:\\c.xlsx"]
        ));
        assert!(can_mean("'/a b.csv' '/c.xlsx'\n", &["/a b.csv", "/c.xlsx"]));
        assert!(can_mean(
            "/a\\ b.csv file:///c%20d.csv",
            &["/a b.csv", "/c d.csv"]
        ));
    }

    #[test]
    fn signs_that_belong_to_a_name_are_not_lost() {
        assert!(can_mean("'quoted'", &["'quoted'"]));
        assert!(can_mean("& a.csv", &["& a.csv"]));
        assert!(can_mean("\"", &["\""]));
    }
}
