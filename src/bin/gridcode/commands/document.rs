//! A JSON report written piece by piece, with the same text as if it were written whole.

use std::io::{self, Write};

use serde::Serialize;

/// Where a report has come to.
#[derive(Debug)]
pub struct Document {
    pretty: bool,
    /// How many files, and how many findings of the last.
    files: u64,
    findings: u64,
}

/// How deep the parts of a report stand.
const REPORT: usize = 1;
const FILE: usize = 3;
const FINDING: usize = 4;

impl Document {
    /// `pretty`: for a person to read.
    pub fn new(pretty: bool) -> Self {
        Self {
            pretty,
            files: 0,
            findings: 0,
        }
    }

    /// Writes what comes before the files.
    pub fn begin(&self, out: &mut impl Write, head: &impl Serialize) -> io::Result<()> {
        let members = self.members(head, REPORT)?;
        let (line, colon) = (self.line(REPORT), self.colon());
        write!(out, "{{{line}{members},{line}\"files\"{colon}[")
    }

    /// Begins a file.
    pub fn file(&mut self, out: &mut impl Write, name: &str) -> io::Result<()> {
        let comma = if self.files > 0 { "," } else { "" };
        (self.files, self.findings) = (self.files + 1, 0);
        let (outer, line, colon) = (self.line(FILE - 1), self.line(FILE), self.colon());
        let name = serde_json::to_string(name)?;
        write!(
            out,
            "{comma}{outer}{{{line}\"file\"{colon}{name},{line}\"findings\"{colon}["
        )
    }

    /// Writes a finding of the file.
    pub fn finding(&mut self, out: &mut impl Write, finding: &impl Serialize) -> io::Result<()> {
        let comma = if self.findings > 0 { "," } else { "" };
        self.findings += 1;
        write!(out, "{comma}{}", self.line(FINDING))?;
        if self.pretty {
            let text = serde_json::to_string_pretty(finding)?;
            return out.write_all(text.replace('\n', &self.line(FINDING)).as_bytes());
        }
        Ok(serde_json::to_writer(out, finding)?)
    }

    /// Writes what is said of the file after its findings.
    pub fn file_end(&self, out: &mut impl Write, end: &impl Serialize) -> io::Result<()> {
        let members = self.members(end, FILE)?;
        let close = self.close(self.findings, FILE);
        let (line, outer) = (self.line(FILE), self.line(FILE - 1));
        write!(out, "{close},{line}{members}{outer}}}")
    }

    /// Writes what comes after the files.
    pub fn end(&self, out: &mut impl Write, end: &impl Serialize) -> io::Result<()> {
        let members = self.members(end, REPORT)?;
        let close = self.close(self.files, REPORT);
        let (line, outer) = (self.line(REPORT), self.line(0));
        writeln!(out, "{close},{line}{members}{outer}}}")
    }

    /// The end of a list of so many.
    fn close(&self, items: u64, depth: usize) -> String {
        let line = if items > 0 {
            self.line(depth)
        } else {
            String::new()
        };
        format!("{line}]")
    }

    /// The members of an object, without its braces.
    fn members(&self, value: &impl Serialize, depth: usize) -> io::Result<String> {
        let text = if self.pretty {
            serde_json::to_string_pretty(value)?.replace("\n  ", &self.line(depth))
        } else {
            serde_json::to_string(value)?
        };
        let text = text.strip_prefix('{').unwrap_or(&text);
        let text = text.strip_suffix('}').unwrap_or(text);
        Ok(text.trim().to_owned())
    }

    /// A new line, where there are any.
    fn line(&self, depth: usize) -> String {
        if self.pretty {
            format!("\n{:1$}", "", 2 * depth)
        } else {
            String::new()
        }
    }

    fn colon(&self) -> &'static str {
        if self.pretty { ": " } else { ":" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gridcode::census::{Account, Options, SheetAccount, check};
    use gridcode::codebook::Codebook;
    use gridcode::report::json;
    use gridcode::table::Source;
    use jiff::civil::date;

    #[test]
    fn the_pieces_are_the_whole() {
        let codebook = Codebook::shushan();
        let options = Options::new(codebook, date(2026, 11, 1));
        let lists = [
            "楼栋,房号,网格编码\n3栋,803,803Aa\n",
            "楼栋,房号,网格编码\n3栋,803,803Xa8\n3栋,804,８０４Aa\n3栋,,805Aa\n",
        ];
        for count in 0..=lists.len() {
            let files: Vec<_> = lists[..count]
                .iter()
                .map(|list| {
                    let mut found = Vec::new();
                    let source = Source::bytes("甲\"\n.csv", list.as_bytes().to_vec());
                    let account =
                        check(&source, &options, &mut |finding| found.push(finding)).unwrap();
                    (account, found)
                })
                .collect();
            let accounts = || files.iter().map(|(account, _): &(Account, _)| account);
            let total = accounts().fold(SheetAccount::default(), |sum: SheetAccount, account| {
                sum.plus(&account.total())
            });
            let whole = json::report(&files, &total, codebook, options.on);
            for pretty in [false, true] {
                let mut document = Document::new(pretty);
                let mut out = Vec::new();
                document
                    .begin(&mut out, &json::Head::new(codebook, options.on))
                    .unwrap();
                for (account, found) in &files {
                    document.file(&mut out, &account.file).unwrap();
                    for finding in found {
                        document
                            .finding(&mut out, &json::Finding::new(finding, None))
                            .unwrap();
                    }
                    let end = json::FileEnd::new(account, found.len() as u64);
                    document.file_end(&mut out, &end).unwrap();
                }
                document
                    .end(&mut out, &json::ReportEnd::new(accounts(), &total))
                    .unwrap();
                let expected = if pretty {
                    serde_json::to_string_pretty(&whole).unwrap()
                } else {
                    serde_json::to_string(&whole).unwrap()
                };
                assert_eq!(String::from_utf8(out).unwrap(), expected + "\n");
            }
        }
    }
}
