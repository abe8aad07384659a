//! The grammar of delimited text: one record out of a stretch of text, cell by cell, blank lines included.

/// What a look at the text found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A whole record; the next begins at this byte.
    Record(usize),
    /// The text ends before the record does: read on, then begin this record again.
    More,
    /// The text is at its end, and there is no further record.
    End,
    /// The text is at its end inside a quoted cell.
    Open,
}

/// How cells and records are told apart. Quotes are always `"`, doubled inside a quoted cell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grammar {
    /// One ASCII byte, none of quote, CR and LF.
    pub(crate) delimiter: u8,
}

impl Grammar {
    /// Reads the record that begins at byte `start` and hands each cell over, in order.
    ///
    /// CR, LF and CRLF each end a record; a blank line is a record without cells. `whole` says that no text follows.
    /// Cells handed over before [`Step::More`] come again.
    pub(crate) fn record(
        self,
        text: &str,
        start: usize,
        whole: bool,
        cell: &mut impl FnMut(&str),
    ) -> Step {
        let bytes = text.as_bytes();
        match bytes.get(start) {
            None => return if whole { Step::End } else { Step::More },
            Some(b'\n' | b'\r') => return after_line(bytes, start, whole),
            Some(_) => {}
        }
        let mut at = start;
        loop {
            let end = if bytes.get(at) == Some(&b'"') {
                match self.quoted(text, at, whole, cell) {
                    Ok(end) => end,
                    Err(step) => return step,
                }
            } else {
                let end = self.plain_end(bytes, at);
                if end == bytes.len() && !whole {
                    return Step::More;
                }
                cell(text.get(at..end).unwrap_or_default());
                end
            };
            match bytes.get(end) {
                None => return Step::Record(end),
                Some(&byte) if byte == self.delimiter => at = end + 1,
                Some(_) => return after_line(bytes, end, whole),
            }
            if at == bytes.len() && !whole {
                return Step::More;
            }
        }
    }

    /// Where an unquoted stretch ends: at a delimiter, at a line end, or with the text.
    fn plain_end(self, bytes: &[u8], from: usize) -> usize {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter()
            .position(|&byte| byte == self.delimiter || byte == b'\n' || byte == b'\r')
            .map_or(bytes.len(), |length| from + length)
    }

    /// Hands over the cell that opens with the quote at `open`; returns where it ends.
    ///
    /// What stands between the closing quote and the delimiter belongs to the cell, as in every spreadsheet program.
    fn quoted(
        self,
        text: &str,
        open: usize,
        whole: bool,
        cell: &mut impl FnMut(&str),
    ) -> Result<usize, Step> {
        let bytes = text.as_bytes();
        let mut joined = String::new();
        let mut from = open + 1;
        let close = loop {
            let rest = bytes.get(from..).unwrap_or_default();
            let Some(length) = rest.iter().position(|&byte| byte == b'"') else {
                return Err(if whole { Step::Open } else { Step::More });
            };
            let quote = from + length;
            match bytes.get(quote + 1) {
                Some(b'"') => {
                    joined.push_str(text.get(from..=quote).unwrap_or_default());
                    from = quote + 2;
                }
                None if !whole => return Err(Step::More),
                _ => break quote,
            }
        };
        let last = text.get(from..close).unwrap_or_default();
        let end = self.plain_end(bytes, close + 1);
        if end == bytes.len() && !whole {
            return Err(Step::More);
        }
        let tail = text.get(close + 1..end).unwrap_or_default();
        if joined.is_empty() && tail.is_empty() {
            cell(last);
        } else {
            joined.push_str(last);
            joined.push_str(tail);
            cell(&joined);
        }
        Ok(end)
    }
}

/// The step over the line end at byte `at`.
fn after_line(bytes: &[u8], at: usize, whole: bool) -> Step {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => Step::Record(at + 2),
        (Some(b'\r'), None) if !whole => Step::More,
        _ => Step::Record(at + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn records(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let grammar = Grammar { delimiter };
        let mut all = Vec::new();
        let mut at = 0;
        loop {
            let mut cells = Vec::new();
            let step = grammar.record(text, at, true, &mut |cell| cells.push(cell.to_owned()));
            match step {
                Step::Record(next) => {
                    assert!(next > at);
                    at = next;
                    all.push(cells);
                }
                Step::End => return all,
                Step::More => panic!("more than the whole text"),
                Step::Open => {
                    all.push(cells);
                    return all;
                }
            }
        }
    }

    #[test]
    fn blank_lines_are_records_without_cells() {
        assert_eq!(
            records("a\n\n\r\n\rb", b','),
            [vec!["a"], vec![], vec![], vec![], vec!["b"]]
        );
        assert_eq!(records("\"\"\n", b','), [vec![""]]);
        assert_eq!(records("a,\n", b','), [vec!["a", ""]]);
    }

    #[test]
    fn text_that_ends_inside_a_record_asks_for_more_and_never_guesses() {
        let text = "楼栋,\"a\"\"\n1\",x\r\n803\n";
        let grammar = Grammar { delimiter: b',' };
        for (cut, _) in text.char_indices() {
            let head = &text[..cut];
            let step = grammar.record(head, 0, false, &mut |_| {});
            let done = cut > text.find("\r\n").unwrap() + 1;
            assert_eq!(step == Step::More, !done, "cut at {cut}: {step:?}");
        }
    }

    proptest! {
        #[test]
        fn records_are_those_of_the_csv_crate_with_the_blank_lines_it_skips(
            text in r#"([a楼,;"]|""|\r\n|\n|\r){0,40}"#
        ) {
            let mut oracle = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            let theirs: Vec<Vec<String>> = oracle
                .records()
                .map(|record| record.unwrap().iter().map(str::to_owned).collect())
                .collect();
            let open = {
                let grammar = Grammar { delimiter: b',' };
                let mut at = 0;
                loop {
                    match grammar.record(&text, at, true, &mut |_| {}) {
                        Step::Record(next) => at = next,
                        step => break step == Step::Open,
                    }
                }
            };
            // An unclosed quote is refused here, and read to the end there.
            if !open {
                let ours: Vec<_> = records(&text, b',').into_iter().filter(|record| !record.is_empty()).collect();
                prop_assert_eq!(ours, theirs);
            }
        }
    }
}
